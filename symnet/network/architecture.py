"""What an architecture consists of, read and checked: widths, activations, biases, weights, convention.

Layer k, for k = 1 … L, is z⁽ᵏ⁾ = W⁽ᵏ⁾ a⁽ᵏ⁻¹⁾ + b⁽ᵏ⁾, a⁽ᵏ⁾ = h⁽ᵏ⁾(z⁽ᵏ⁾) with a⁽⁰⁾ = x; the last layer's activation is
the output activation g.
"""

from __future__ import annotations

from symnet.network.reading import LayerActivation, Weights
from symnet.term import Size


class Architecture:
    """The data of a network: n_0 … n_L, and an activation, a bias and perhaps weights for each layer."""

    widths: tuple[Size, ...]
    activations: tuple[LayerActivation, ...]
    bias: tuple[bool, ...]
    weights: list[Weights] | None
    convention: str

    @property
    def depth(self) -> int:
        """The number of affine layers L."""
        return len(self.widths) - 1

    @property
    def is_numeric(self) -> bool:
        """Whether every width is a number."""
        return all(type(n) is int for n in self.widths)

    @property
    def is_chain_of_scalars(self) -> bool:
        """Whether every width is 1; the entries then need no indices."""
        return all(n == 1 for n in self.widths)

    def weight_shape(self, k: int) -> tuple[Size, Size]:
        """The shape of the weight matrix of layer k, in the network's convention."""
        inputs, outputs = self.widths[k - 1 : k + 1]
        return (outputs, inputs) if self.convention == "column" else (inputs, outputs)
