"""What a reader hands back, and what it makes sure of last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from symnet.errors import ParseError, Undecided
from symnet.reader.agreement import difference
from symnet.reader.writing import LARGEST_EXPONENT
from symnet.term import Term, fold

#: The most nodes of a term that is read, and the most bits of the numbers that its powers come to.
LARGEST_TERM: Final = 5_000
LARGEST_NUMBER: Final = 100_000
#: The most right-hand sides of f(z) = A = B.
MOST_SIDES: Final = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A term, who read it, and what there is to say about that.

    ``variable`` is the symbol in the brackets of a left-hand side ``f(x) = …``, and None where there is none.
    ``readers`` names who read the text, the first of whom decides. ``note`` says why there was no second reading, or
    which listed difference was allowed for.
    """

    term: Term
    variable: Term | None = None
    readers: tuple[str, ...] = ("symnet",)
    note: str = ""

    def read_again(self, reader: str, note: str) -> Reading:
        """The same, confirmed by a second reader."""
        return replace(self, readers=(*self.readers, reader), note=note)


def finish(sides: list[Term], variable: Term | None) -> Reading:
    """The reading of ``f(z) = side = side …``, whose sides must agree, if it is of a size that can be worked with."""
    if len(sides) > MOST_SIDES:
        raise ParseError(f"at most {MOST_SIDES} sides of an equation are compared, not {len(sides)}")
    for side in sides:
        check_size(side)
    for other in sides[1:]:
        if found := _difference(sides[0], other):
            raise ParseError(f"the sides of the equation are not seen to be the same: {found}")
    return Reading(sides[0], variable)


def _difference(left: Term, right: Term) -> str:
    try:
        return difference(left, right)
    except Undecided as error:
        return str(error)


def check_size(term: Term) -> None:
    """Refuse a term that is too large to be worked with, or whose powers are."""
    if term.size > LARGEST_TERM:
        raise ParseError(
            f"the expression has {term.size:,} parts, written with exp and cases; at most {LARGEST_TERM:,}"
        )
    fold(term, _extent)


def _extent(node: Term, args: list[tuple[int, int]]) -> tuple[int, int]:
    """(degree, bits): bounds for the degree in the letters and functions, and for the numbers, multiplied out."""
    if node.op == "number":
        return 0, node.value.numerator.bit_length() + node.value.denominator.bit_length()
    if node.op in ("symbol", "constant", "apply"):
        return 1, 1
    degrees, bits = [degree for degree, _ in args], sum(b for _, b in args)
    degree = sum(degrees) if node.op in ("multiply", "divide") else max(degrees)
    if node.op == "power":
        degree, bits = degree * node.value, bits * node.value
    if degree > LARGEST_EXPONENT or bits > LARGEST_NUMBER:
        raise ParseError(
            f"the powers are too large: multiplied out, the degree is above {LARGEST_EXPONENT:,}, or a number huge"
        )
    return degree, bits
