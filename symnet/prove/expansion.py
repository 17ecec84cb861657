"""The outputs of a network multiplied out entry by entry, one at a time, however many products that gives.

An expansion is the normal form of an output through the definitions of the network, as the kernel's ring computes it,
and not a line of a derivation: a result of a million products is read by nobody, and would take gigabytes as a term.
It goes from the ring to the printer as a stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from symnet.errors import Rejected, UsageError
from symnet.network import Network, entry_equations
from symnet.ring import Expanded, Work, expansions
from symnet.term import Term, symbols

#: How many bytes the normal form of one output may take, unless the caller says otherwise.
MEMORY: Final = 2**30
#: Operations that expanding may take: memory is what ends it.
WORK: Final = 10**12


@dataclass(frozen=True, slots=True)
class Expansion:
    """``output = `` a sum of ``len(products)`` products; iterating ``products`` gives coefficients and factors."""

    output: Term
    symbols: tuple[Term, ...]
    products: Expanded


def count_products(network: Network) -> int | None:
    """How many products each output has, multiplied out; None where given numbers decide.

    >>> count_products(Network(widths=(2, 2, 1))), count_products(Network(widths=(5,) * 9))
    (7, 488281)
    """
    if network.weights is not None or not network.is_numeric:
        return None
    if any(activation.parameters for activation in network.activations):
        return None
    widths, count = [n for n in network.widths if isinstance(n, int)], 1
    for n, bias, activation in zip(widths, network.bias, network.activations, strict=False):
        count = n * count + bias + (activation.name == "affine")
    return count


def expand(network: Network, memory: int = MEMORY) -> Iterator[Expansion]:
    """Multiply out one output after another; where the output activation is not affine, its preactivation.

    The layers below the last are multiplied out once for all outputs. To hold one result at a time, drop each before
    asking for the next.

    Raises :class:`~symnet.errors.UsageError` for widths that are names, for a hidden activation that is not affine, and
    when an output takes more than ``memory`` bytes.

    >>> (y,) = expand(Network(widths=(1, 2, 1)))
    >>> y.output, len(y.products)
    (y, 5)
    >>> for coefficient, factors in y.products: print(coefficient, *(f"{s.name}" for s, _ in factors))
    1 w_1,1^(2) w_1,1^(1) x_1
    1 w_1,1^(2) b_1^(1)
    1 w_1,2^(2) w_2,1^(1) x_1
    1 w_1,2^(2) b_2^(1)
    1 b_1^(2)
    """
    for layer in network.layers[:-1]:
        if not layer.activation.row.affine:
            raise UsageError(f"layer {layer.index} has the activation {layer.activation.name}: only affine ones expand")
    equations = entry_equations(network)
    last, bodies = equations.layers[-1], {d.symbol: d.body for d in equations.definitions}
    outputs = last.outputs if network.activations[-1].row.affine else last.preactivations
    letters = tuple(s for layer in reversed(equations.layers) for s in symbols(*(d.body for d in layer.definitions)))
    parameters = dict.fromkeys(s for s in letters if s not in bodies and s not in equations.inputs)
    free = (*parameters, *equations.inputs)  # as one writes a product: outer layers first, the input last
    try:
        found = expansions(outputs, bodies, Work(WORK, memory), free)
        for output in outputs:
            yield Expansion(output, free, next(found))
    except Rejected as error:
        raise UsageError(f"{network!r} is too large to expand: {error} (memory=, --memory)") from None
