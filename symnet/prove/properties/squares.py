"""Polynomials as sums of squares with positive numbers in front, by completing the square.

a x² + b x + c = a (x + b/2a)² + (c − b²/4a), where what is left has one generator less; and for the fourth degree
a x⁴ + b x³ + … = a (x² + (b/2a) x + t)² + a quadratic polynomial, for some rational t. A polynomial with square factors
only is a square already. (Motzkin's polynomial shows that not every polynomial that is nowhere negative is such a sum.)
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.polynomials import as_fraction, by_degree
from symnet.prove.properties.caching import CACHED
from symnet.term import Term, multiply, number, total

#: How many generators are gone through, and how fine the rational numbers are that are tried in the fourth degree.
_MOST: Final = 6
_GRID: Final = 16

Square = tuple[Fraction, Any]


@lru_cache(maxsize=CACHED)
def squares(term: Term) -> Term | None:
    """The term as a sum of squares with positive numbers in front; None if none is found.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> squares(z**2 + z + 1)
    sum(power(divide(sum(multiply(number(2), z), number(1)), number(2)), 2), number(3/4))
    """
    try:
        return in_a_field(lambda field: _written(field, term), term)
    except Unwieldy:
        return None


def _written(field: Field, term: Term) -> Term | None:
    f = field.value(cleaned(term))
    if not f.denom.is_ground or not f:
        return None
    found = _squares(field, f.numer, _MOST)
    if found is None:
        return None
    below = as_fraction(f.denom.LC)
    return total(_square(field, c / below, q) for c, q in found)


def _square(field: Field, c: Fraction, q: Any) -> Term:
    root = field.rational(q)
    if root is not None:
        return number(c * root**2)
    square = field.written(q) ** 2
    return square if c == 1 else multiply([number(c), square])


def _squares(field: Field, p: Any, most: int) -> list[Square] | None:
    """Pairs (c, q) with p = Σ c q², where every c is positive."""
    if not p:
        return []
    if p.is_ground:
        c = as_fraction(p.LC)
        return [(c, field.field.one)] if c > 0 else None
    if most:
        for place in range(len(field.atoms)):
            for first, rest in _completed(field, p, place):
                others = _squares(field, rest, most - 1)
                if others is not None:
                    return [first, *others]
    return None


def _completed(field: Field, p: Any, place: int) -> Iterator[tuple[Square, Any]]:
    """A square with the highest power of a generator, and what is left."""
    coefficients = {n: field.field(c) for n, c in by_degree(p, place).items()}
    degree = max(coefficients)
    leading = field.rational(coefficients[degree])
    if not leading or leading < 0 or degree not in (2, 4):
        return
    x, zero = field.variables[place], field.field.zero
    b = coefficients.get(degree - 1, zero)
    root = x ** (degree // 2) + b / (2 * field.constant(leading)) * x ** (degree // 2 - 1)
    for t in [field.constant(q) for q in _grid(field, coefficients, leading)] if degree == 4 else [zero]:
        rest = field.reduced(field.field(p) - field.constant(leading) * (root + t) ** 2)
        if rest.denom.is_ground and rest.numer.degree(place) <= degree - 2:
            yield (leading, root + t), rest.numer * (1 / rest.denom.LC)


def _grid(field: Field, coefficients: dict[int, Any], leading: Fraction) -> list[Fraction]:
    """Numbers t for which a (x² + (b/2a) x + t)² leaves a polynomial that is nowhere negative, the simplest first."""
    values = [field.rational(coefficients.get(n, field.field.zero)) for n in range(5)]
    if any(v is None for v in values):
        return [Fraction(0)]
    e, d, c, b, a = (v or Fraction(0) for v in values)
    found = []
    for t in sorted(
        (Fraction(k, _GRID) for k in range(-4 * _GRID, 4 * _GRID + 1)), key=lambda t: (t.denominator, abs(t))
    ):
        square, line, rest = c - b * b / (4 * a) - 2 * a * t, d - b * t, e - a * t * t
        if square >= 0 and rest >= 0 and line * line <= 4 * square * rest:
            found.append(t)
    return found[:4]
