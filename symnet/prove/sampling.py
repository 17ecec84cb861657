"""Values of terms at a few points with 50 digits: what tells a search which of its candidates to try to prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from symnet.reader.agreement import value_at
from symnet.term import Term, postorder

#: Where functions are compared, and the numbers that letters are given.
POINTS: Final = tuple(Fraction(n, 10) for n in (3, -7, 13, -21, 29, 1, -1))
_LETTERS: Final = tuple(Fraction(n, 10) for n in (7, 13, 19, 23, 31))
_TOLERANCE: Final = Fraction(1, 10**25)
_BINDING: Final = ("derivative", "sigma", "pi", "index")


def numbers_for(letters: Iterable[Term]) -> dict[Term, Fraction]:
    """A positive number for each letter."""
    return {letter: _LETTERS[i % len(_LETTERS)] for i, letter in enumerate(letters)}


def value(term: Term, numbers: Mapping[Term, Fraction]) -> Any:
    """The value of a term, or None.

    >>> from symnet.term import symbol
    >>> value(1 / symbol("z"), {symbol("z"): Fraction(0)}) is None
    True
    """
    return None if any(node.op in _BINDING for node in postorder(term)) else value_at(term, numbers)


def is_close(x: Any, y: Any) -> bool:
    """Whether two values agree to about 25 digits."""
    return bool(abs(x - y) <= _TOLERANCE * (1 + abs(x)))
