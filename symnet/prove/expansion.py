"""The outputs of a network multiplied out entry by entry, one at a time, however many products that gives.

An expansion is the normal form of an output through the definitions of the network, as the kernel's ring computes it,
and not a line of a derivation: a result of a million products is read by nobody, and would take gigabytes as a term.
It goes from the ring to the printer as a stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from symnet.errors import Rejected, UsageError
from symnet.network import Network, entry_equations
from symnet.ring import ONE, Ring, TooNarrow, Value, Work, fraction
from symnet.term import Term, symbols

#: How many bytes the normal form of one output may take, unless the caller says otherwise.
MEMORY: Final = 2**30
#: Operations that expanding may take: memory is what ends it.
WORK: Final = 10**12


class Expanded:
    """A scalar multiplied out: as many products as ``len`` says, which iterating unpacks one at a time."""

    def __init__(self, ring: Ring, value: Value) -> None:
        f = fraction(value)
        below = {0: 1} if f.denominator is ONE else ring.terms(f.denominator)
        if below.keys() != {0}:
            raise Rejected("it divides by more than numbers, so it is no sum of products")
        self.polynomial = f.numerator
        self.scale = f.scale * below[0]
        self.ring = ring

    def __len__(self) -> int:
        return len(self.polynomial.monomials)

    def __iter__(self) -> Iterator[tuple[int | Fraction, list[tuple[Term, int]]]]:
        """A coefficient, and atoms with their exponents, in the order in which the atoms were numbered."""
        atoms, unpack = list(self.ring.atoms), self.ring.unpack
        for monomial, coefficient in zip(self.polynomial.monomials, self.polynomial.coefficients, strict=True):
            factors = [(atoms[number], exponent) for number, exponent in unpack(monomial)]
            yield coefficient if self.scale == 1 else Fraction(coefficient, self.scale), factors


def expansions(
    terms: Sequence[Term], bodies: Mapping[Term, Term], work: Work, atoms: Iterable[Term] = ()
) -> Iterator[Expanded]:
    """Multiply out one scalar after another, where a symbol with a body stands for it.

    The body of a symbol is multiplied out once for all of them. To hold one result at a time, drop each before asking
    for the next, and leave terms and bodies as they are. Factors come in the order of ``atoms``; other atoms follow as
    they appear.
    """
    letters, exponent, done = tuple(atoms), 1, 0
    while done < len(terms):
        ring, values = Ring(work, exponent), dict[int, Value]()
        try:
            for letter in letters:
                ring.atom(letter)
            while done < len(terms):
                found = Expanded(ring, ring.evaluate(terms[done], values, bodies))
                value = values.pop(id(ring.meant(terms[done], bodies)))
                if value is found.polynomial and not any(other is value for other in values.values()):
                    ring.held -= len(found)  # it is nobody else's, and goes when the caller drops it
                done += 1
                del value
                yield found
                del found
        except TooNarrow as needed:
            exponent = needed.exponent


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
