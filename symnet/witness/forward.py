"""The torch side of the witness: a forward pass built from the network alone, and the bound of its rounding error.

:func:`torch_network` stacks ``torch.nn.Linear`` layers in float64 and torch's own activations, by the name that the
activation table gives. :func:`bounded_forward` walks the same layers with :class:`~symnet.witness.bounded.Bounded`
arrays. Neither sees a proof. Samples run along the first axis; features along the last, as torch has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from symnet.activations import Z
from symnet.network import Network
from symnet.network.reading import LayerActivation
from symnet.term import Name, Size, Term, symbol
from symnet.witness.arithmetic import evaluate
from symnet.witness.bounded import Array, Bounded, BoundedArithmetic, concatenate
from symnet.witness.tensors import load_torch as load_torch
from symnet.witness.tensors import torch_function

#: What is said of a network whose values are no float64.
OUT_OF_RANGE: Final = "the values leave the range of float64, so torch has no say: use check=False or --no-check"
ALPHA: Final = symbol("alpha")
BETA: Final = symbol("beta")

#: The shares of negative numbers among drawn weights, draw by draw. Random signs make worst-case bounds grow faster
#: than the values themselves, layer by layer; positive weights keep the witness sharp at any depth. So both are drawn,
#: with fewer negative ones in a deeper network: a bound may outgrow the values by CANCELLATION.
NEGATIVE: Final = (0.5, 0.0, 0.125)
CANCELLATION: Final = 1e6


def negative_share(depth: int, index: int) -> float:
    """The share of negative numbers among the weights of a draw.

    >>> [round(negative_share(20, i), 3) for i in range(3)]
    [0.249, 0.0, 0.125]
    """
    return float(min(NEGATIVE[index % len(NEGATIVE)], (1 - CANCELLATION ** (-1 / depth)) / 2))


@dataclass(frozen=True, slots=True)
class LayerValues:
    """One layer's numbers: ``weight`` is in×out and ``bias`` 1×out in either convention; α and β are scalars."""

    weight: Bounded
    bias: Bounded | None
    alpha: Bounded
    beta: Bounded


def draw_layers(
    network: Network, widths: Sequence[int], rng: np.random.Generator, negative: float
) -> list[LayerValues]:
    """The network's given numbers, correctly rounded to float64; random ones for the letters."""
    return [
        LayerValues(
            _draw_weight(network, k, widths[k : k + 2], rng, negative),
            _draw_bias(network, k, widths[k + 1], rng, negative),
            *_draw_parameters(activation, rng, negative),
        )
        for k, activation in enumerate(network.activations)
    ]


def draw(rng: np.random.Generator, shape: tuple[int, ...], negative: float) -> Array:
    """Numbers ±2^t with t uniform in [−1, 1]: none so small that it would not matter."""
    size: Array = 2.0 ** rng.uniform(-1, 1, shape)
    return np.where(rng.uniform(size=shape) < negative, -size, size)


def _draw_weight(network: Network, k: int, widths: Sequence[int], rng: np.random.Generator, negative: float) -> Bounded:
    inputs, outputs = widths
    if network.weights is not None:
        given = _rationals([entry for row in network.weights[k][0] for entry in row])
        return given.reshape(outputs, inputs).T if network.convention == "column" else given.reshape(inputs, outputs)
    usual_growth = max(1.0, inputs**0.5, inputs * (1 - 2 * negative))
    return Bounded.exactly(draw(rng, (inputs, outputs), negative) / usual_growth)


def _draw_bias(network: Network, k: int, width: int, rng: np.random.Generator, negative: float) -> Bounded | None:
    if not network.bias[k]:
        return None
    if network.weights is not None:
        return _rationals(network.weights[k][1]).reshape(1, width)
    return Bounded.exactly(draw(rng, (1, width), negative))


def _draw_parameters(activation: LayerActivation, rng: np.random.Generator, negative: float) -> tuple[Bounded, Bounded]:
    if activation.parameters is not None:
        alpha, beta = map(Bounded.rational, activation.parameters)
        return alpha, beta
    values = draw(rng, (2,), negative)
    return Bounded.exactly(values[0]), Bounded.exactly(values[1])


def _rationals(values: Sequence[Fraction]) -> Bounded:
    found = [Bounded.rational(v) for v in values]
    return Bounded(np.array([b.value for b in found]), np.array([b.error for b in found]))


# The bound.


def bounded_forward(
    network: Network, layers: Sequence[LayerValues], inputs: Bounded, *, output: bool = True
) -> Bounded:
    """The network's output with a bound that holds for torch's evaluation too; without ``output``, in front of g.

    [a, 1] times W on b is one dot product of n + 1 terms, whichever of them torch adds first.
    """
    a = inputs
    for k, layer in enumerate(layers):
        z = _affine(a, layer)
        a = _activate(network.activations[k], layer, z) if output or k + 1 < len(layers) else z
    return a


def _affine(a: Bounded, layer: LayerValues) -> Bounded:
    if layer.bias is None:
        return a @ layer.weight
    one = Bounded.exactly(np.ones((*a.value.shape[:-1], 1)))
    return concatenate([a, one], -1) @ concatenate([layer.weight, layer.bias], 0)


def _activate(activation: LayerActivation, layer: LayerValues, z: Bounded) -> Bounded:
    """h(z) through the table; the definition itself where it has parameters."""
    row = activation.row
    if not row.affine:
        return BoundedArithmetic().apply(Name(row.name), z)
    values: dict[Term, Bounded] = {Z: z, ALPHA: layer.alpha, BETA: layer.beta}
    return evaluate(row.definition, BoundedArithmetic(), values.__getitem__)


# Torch.


def torch_network(network: Network, layers: Sequence[LayerValues], *, output: bool = True) -> Any:
    """The network as a ``torch.nn.Sequential`` in float64; without ``output``, up to the last preactivation."""
    modules = []
    for k, layer in enumerate(layers):
        modules.append(_linear(layer))
        if output or k + 1 < len(layers):
            modules.append(_torch_activation(network.activations[k], layer))
    return load_torch().nn.Sequential(*modules)


def run_torch(module: Any, inputs: Array) -> Array:
    """A forward pass without gradients."""
    torch = load_torch()
    with torch.no_grad():
        seen: Array = module(torch.from_numpy(np.array(inputs, dtype=np.float64))).numpy()
    return seen


def _linear(layer: LayerValues) -> Any:
    """An ``nn.Linear`` with these numbers; it is made without its random start, which would move torch's generator."""
    torch = load_torch()
    inputs, outputs = layer.weight.value.shape
    linear = torch.nn.Linear(inputs, outputs, bias=layer.bias is not None, dtype=torch.float64, device="meta")
    linear = linear.to_empty(device="cpu")
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(np.array(layer.weight.value.T)))
        if layer.bias is not None:
            linear.bias.copy_(torch.from_numpy(np.array(layer.bias.value[0])))
    return linear


def _torch_activation(activation: LayerActivation, layer: LayerValues) -> Any:
    torch = load_torch()
    function = _affine_function(layer) if activation.name == "affine" else torch_function(activation.row)
    if isinstance(function, torch.nn.Module):
        return function

    class Pointwise(torch.nn.Module):  # type: ignore[misc,name-defined]
        def forward(self, z: Any) -> Any:
            return function(z)

    return Pointwise()


def _affine_function(layer: LayerValues) -> Callable[[Any], Any]:
    alpha, beta = float(layer.alpha.value), float(layer.beta.value)
    return lambda z: alpha * z + beta


def numbers(widths: Sequence[Size], sizes: dict[Name, int]) -> list[int]:
    """Widths with numbers for the names."""
    return [n if isinstance(n, int) else sizes[n] for n in widths]
