"""Ways to write a term so that its sign is seen: as a product, as f(u) − f(v), as a sum of squares, as A + B √q.

A sum of squares is found by completing the square: a x² + b x + c = a (x + b/2a)² + (c − b²/4a), where what is left has
one generator less, and the same for a x⁴ + b x³ + …. (Motzkin's polynomial shows that not every polynomial that is
nowhere negative is such a sum.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, NamedTuple

from symnet.kernel.analysis import INCREASING
from symnet.prove.forms.cleaning import add, applied, cleaned, scaled, without_number
from symnet.prove.forms.generators import Field
from symnet.prove.forms.polynomials import as_fraction, by_degree
from symnet.prove.properties.algebra import CACHED, in_field, is_applied
from symnet.term import Term, known_function, multiply, number, symbols, total

#: Polynomials with more monomials are not factored.
_MONOMIALS: Final = 60
#: How often a square is split off.
_MOST: Final = 6

Power = tuple[Term, int]
Square = tuple[Fraction, Any]


# Products.


@lru_cache(maxsize=CACHED)
def factored(term: Term) -> tuple[Fraction, list[Power]] | None:
    """A number and the powers of factors that a term is a product of; None where the term is too large.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> factored((z**2 - 2 * z + 1) / (2 * z))
    (Fraction(1, 2), [(z, -1), (sum(z, number(-1)), 2)])
    """
    return in_field(lambda field: _factored(field, term), term)


def _factored(field: Field, term: Term) -> tuple[Fraction, list[Power]] | None:
    f = field.value(cleaned(term))
    if not f or max(len(p.terms()) for p in (f.numer, f.denom)) > _MONOMIALS:
        return None
    coefficient, powers = Fraction(1), list[Power]()
    for p, sign in ((f.numer, 1), (f.denom, -1)):
        c, factors = p.factor_list()
        coefficient *= as_fraction(c) ** sign
        powers += [(field.written(field.field(q)), sign * n) for q, n in factors]
    return coefficient, sorted(powers, key=lambda power: power[0].size)


def product(coefficient: Fraction, powers: Sequence[Power]) -> Term:
    """The product that :func:`factored` has found, written so that the sign of each factor is seen."""
    above = [t**n if n > 1 else t for t, n in powers if n > 0]
    below = [t**-n if n < -1 else t for t, n in powers if n < 0]
    top = multiply([number(coefficient), *above]) if coefficient != 1 or not above else multiply(above)
    return top / multiply(below) if below else top


# Differences f(u) − f(v) of a function that increases.


class Comparison(NamedTuple):
    """f(u) and f(v), and the multiple of f(u) − f(v) that a term is equal to."""

    high: Term
    low: Term
    written: Term


def comparisons(term: Term) -> Iterator[Comparison]:
    """Ways to write a sum as c (f(u) − f(v)) with c > 0.

    >>> from symnet.term import apply, symbol
    >>> next(comparisons(apply("exp", symbol("z")) - 1)).low
    apply(number(0), exp)
    """
    coefficient, found = without_number(cleaned(term))
    parts = [scaled(coefficient, part) for part in (found.args if found.op == "sum" else (found,))]
    for i, part in enumerate(parts):
        c, one = without_number(part)
        if not is_applied(one, *INCREASING):
            continue
        others = [p for j, p in enumerate(parts) if j != i]
        rest = cleaned(scaled(-1 / c, add(others))) if others else number(0)
        if rest.op != "apply" and set(symbols(rest)) & set(symbols(one)):
            continue
        v = _argument(known_function(one.value), rest)
        if v is not None:
            yield _comparison(c, one, Term("apply", (v,), one.value))


def _argument(function: str, value: Term) -> Term | None:
    """v with f(v) = a value, where the kernel sees that it is one."""
    if is_applied(value, function):
        return value.args[0]
    match function:
        case "exp":
            return applied("log", value) if value != number(0) else None
        case "log":
            return applied("exp", value)
        case "sqrt" if value.op == "number" and value.value >= 0:
            return number(value.value**2)
    return None


def _comparison(c: Fraction, one: Term, other: Term) -> Comparison:
    high, low = (one, other) if c > 0 else (other, one)
    difference = high - low
    return Comparison(high, low, difference if abs(c) == 1 else number(abs(c)) * difference)


# Sums of squares.


@lru_cache(maxsize=CACHED)
def squares(term: Term) -> Term | None:
    """The term as a sum of squares with positive numbers in front; None if none is found.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> squares(z**2 + z + 1)
    sum(power(divide(sum(multiply(number(2), z), number(1)), number(2)), 2), number(3/4))
    """
    return in_field(lambda field: _sum_of_squares(field, term), term)


def _sum_of_squares(field: Field, term: Term) -> Term | None:
    f = field.value(cleaned(term))
    if not f.denom.is_ground or not f:
        return None
    found = _squares(field, f.numer, _MOST)
    below = as_fraction(f.denom.LC)
    return None if found is None else total(_square(field, c / below, q) for c, q in found)


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
    for place in range(len(field.atoms)) if most else ():
        completed = _completed(field, p, place)
        others = None if completed is None else _squares(field, completed[1], most - 1)
        if completed is not None and others is not None:
            return [completed[0], *others]
    return None


def _completed(field: Field, p: Any, place: int) -> tuple[Square, Any] | None:
    """A square with the second or fourth power of a generator, and what is left."""
    coefficients = {n: field.field(c) for n, c in by_degree(p, place).items()}
    degree = max(coefficients)
    leading = field.rational(coefficients[degree])
    if not leading or leading < 0 or degree not in (2, 4):
        return None
    x, c = field.variables[place], field.constant(leading)
    root = x ** (degree // 2) + coefficients.get(degree - 1, field.field.zero) / (2 * c) * x ** (degree // 2 - 1)
    rest = field.reduced(field.field(p) - c * root**2)
    if not rest.denom.is_ground or rest.numer.degree(place) > degree - 2:
        return None
    return (leading, root), rest.numer * (1 / rest.denom.LC)


# Roots.


@lru_cache(maxsize=CACHED)
def halves(term: Term, root: Term) -> tuple[Term, Term, Term] | None:
    """A, B and A² − B² q, if a term is A + B √q with B not 0 and no denominator."""
    return in_field(lambda field: _halves(field, term, root), term, root)


def _halves(field: Field, term: Term, root: Term) -> tuple[Term, Term, Term] | None:
    f, s = field.value(cleaned(term)), field.value(root)
    place = next((i for i, g in enumerate(field.variables) if g == s), None)
    if place not in field.squares or not f.denom.is_ground:
        return None
    parts = by_degree(f.numer, place)
    if 1 not in parts or max(parts) > 1:
        return None
    a, b = (field.field(parts[n]) / field.field(f.denom) if n in parts else field.field.zero for n in (0, 1))
    return field.written(a), field.written(b), field.written(field.reduced(a**2 - b**2 * field.squares[place]))
