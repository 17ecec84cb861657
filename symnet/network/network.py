"""The network that users make, with its layers and their SymPy views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symnet.errors import UsageError
from symnet.network.architecture import Architecture
from symnet.network.reading import (
    LayerActivation,
    check_weights,
    read_activations,
    read_bias,
    read_weights,
    read_widths,
)
from symnet.term import Name, Size


class Network(Architecture):
    """A fully connected network with numeric or symbolic widths, weights and activations.

    Args:
        widths: n_0, …, n_L: whole numbers from 1, or names such as ``"n0"``. May be left out when ``weights`` or
            ``depth`` say them.
        activations: one entry for all hidden layers (the output activation is then the identity), or a sequence of one
            entry a layer, the last being the output activation g. An entry is a name of the table
            (:data:`symnet.activations.ACTIVATIONS`) or a pair of rationals (α, β) for z ↦ α z + β.
        weights: one pair (W, b) a layer, exact: ints, Fractions, or decimal strings. W has a row for each output in
            the column convention, and a row for each input in the row convention. b may be None.
        bias: whether layers have a bias, for all or one entry a layer.
        convention: ``"column"`` for W x + b with x n_0×1, ``"row"`` for X W + 1 b with X m×n_0 and 1 the m×1 ones.
        depth: the number of affine layers, at least 1, with symbolic widths n_0, …, n_L.

    Raises:
        UsageError: an argument is of the wrong kind; ShapeError: given weights do not fit together.

    >>> net = Network(widths=(2, 3, 1), activations=("tanh", "identity"))
    >>> net.depth, net.layers[0].activation.name
    (2, 'tanh')
    >>> net.layers[0].preactivation
    W^(1)*x + b^(1)
    """

    def __init__(
        self,
        widths: Sequence[int | str] | None = None,
        activations: str | Sequence[Any] = "identity",
        weights: Sequence[Any] | None = None,
        bias: bool | Sequence[bool] = True,
        convention: str = "column",
        *,
        depth: int | None = None,
    ) -> None:
        if convention not in ("column", "row"):
            raise UsageError(f"convention is 'column' (W x + b) or 'row' (X W + b), not {convention!r}")
        self.convention = convention
        pairs = None if weights is None else read_weights(weights)
        self.widths = read_widths(widths, depth, pairs, convention)
        self.activations = read_activations(activations, self.depth)
        self.bias = read_bias(bias, self.depth, pairs)
        self.weights = pairs
        if pairs is not None:
            check_weights(pairs, self.widths, convention)
        self.layers = tuple(Layer(self, k) for k in range(1, self.depth + 1))

    @property
    def output(self) -> Any:
        """The network's output as a SymPy expression in its input."""
        return self.layers[-1].activation_output

    @cached_property
    def _forward(self) -> Any:
        from symnet.network.views import Forward

        return Forward(self)

    def with_convention(self, convention: str) -> Network:
        """The same network written in the other convention; given weight matrices are transposed."""
        if convention == self.convention:
            return self
        weights = self.weights and [(tuple(zip(*rows, strict=True)), bias) for rows, bias in self.weights]
        names = [str(n).replace("_", "") if isinstance(n, Name) else n for n in self.widths]
        return Network(names, [a.written for a in self.activations], weights, self.bias, convention)

    def __repr__(self) -> str:
        widths = "–".join(map(str, self.widths)) if self.depth <= 8 else f"{self.widths[0]}–…–{self.widths[-1]}"
        names = list(dict.fromkeys(a.name for a in self.activations[:-1]))
        hidden = f", hidden {', '.join(names)}" if names else ""
        kind = "" if self.weights is None else ", given weights"
        return f"<Network {widths}: depth {self.depth}{hidden}, output {self.activations[-1].name}{kind}>"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Layer ``index`` (from 1) of a network, with its SymPy views, which are built when asked for."""

    network: Network
    index: int

    @property
    def activation(self) -> LayerActivation:
        """The activation of this layer."""
        return self.network.activations[self.index - 1]

    @property
    def shape(self) -> tuple[Size, Size]:
        """The shape of this layer's weight matrix, in the network's convention."""
        return self.network.weight_shape(self.index)

    @property
    def preactivation(self) -> Any:
        """z⁽ᵏ⁾ as a SymPy expression in the network's input."""
        return self.network._forward.layer(self.index)[0]

    @property
    def activation_output(self) -> Any:
        """a⁽ᵏ⁾ = h⁽ᵏ⁾(z⁽ᵏ⁾) as a SymPy expression in the network's input."""
        return self.network._forward.layer(self.index)[1]
