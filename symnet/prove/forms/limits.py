"""Which terms are small enough to be multiplied out, so that a hostile one ends at once."""

from __future__ import annotations

from math import prod
from typing import Final

from symnet.term import Term, fold

#: Ops that are not looked into: what they stand for is one generator.
CLOSED: Final = ("cases", "derivative", "sigma", "pi")
#: How many monomials there may be, of which degree, and the bits of a number.
MONOMIALS: Final = 400
_DEGREE: Final = 40
_BITS: Final = 400

_Size = tuple[int, int, int]


class Unwieldy(Exception):
    """A term is too large to be looked at as a rational function, or divides by zero."""


def check_size(term: Term) -> None:
    """See that a clean term stays small when it is multiplied out; raise :class:`Unwieldy` otherwise."""
    fold(term, _size, leaves=CLOSED)


def small(exponent: int) -> int:
    """The exponent, unless it is large."""
    if abs(exponent) > _DEGREE:
        raise Unwieldy
    return exponent


def _size(node: Term, args: list[_Size]) -> _Size:
    """How many monomials there are above and below, at most, and of which degree."""
    match node.op:
        case "number":
            if max(node.value.numerator.bit_length(), node.value.denominator.bit_length()) > _BITS:
                raise Unwieldy
            found = 1, 1, 0
        case "sum":
            found = _sum(args)
        case "multiply":
            found = prod(n for n, *_ in args), prod(d for _, d, _ in args), sum(degree for *_, degree in args)
        case "power":
            (n, d, degree), k = args[0], small(node.value)
            found = n**k, d**k, degree * k
        case "divide":
            (n, d, p), (m, e, q) = args
            found = n * e, d * m, p + q
        case _:
            found = 1, 1, 1
    if max(found[:2]) > MONOMIALS or found[2] > _DEGREE:
        raise Unwieldy
    return found


def _sum(args: list[_Size]) -> _Size:
    degrees = [degree for *_, degree in args]
    below = prod({d for _, d, _ in args})  # summands of one size may well have one denominator
    return sum(n * (below // d) for n, d, _ in args), below, max(degrees) if below == 1 else sum(degrees)
