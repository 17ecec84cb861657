"""A term as a product of factors, whose signs are looked for one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.polynomials import as_fraction
from symnet.prove.properties.caching import CACHED
from symnet.term import Term, multiply, number

#: Polynomials with more monomials are not factored.
_MONOMIALS: Final = 60

Power = tuple[Term, int]


@lru_cache(maxsize=CACHED)
def factored(term: Term, positive: bool = False) -> tuple[Fraction, list[Power]] | None:
    """A number and the powers of factors that a term is a product of; None where the term is too large.

    With ``positive`` an exponential is written with a positive exponent, and otherwise as the term writes it.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> factored((z**2 - 2 * z + 1) / (2 * z))
    (Fraction(1, 2), [(z, -1), (sum(z, number(-1)), 2)])
    """
    try:
        return in_a_field(lambda field: _factored(field, term), term)
    except Unwieldy:
        return None


def _factored(field: Field, term: Term) -> tuple[Fraction, list[Power]] | None:
    f = field.value(cleaned(term))
    if not f or max(len(p.terms()) for p in (f.numer, f.denom)) > _MONOMIALS:
        return None
    coefficient, powers = Fraction(1), list[Power]()
    for p, sign in ((f.numer, 1), (f.denom, -1)):
        c, factors = p.factor_list()
        coefficient *= as_fraction(c) ** sign
        powers += [(_written(field, q), sign * n) for q, n in factors]
    powers.sort(key=lambda power: power[0].size)
    return coefficient, powers


def _written(field: Field, q: Any) -> Term:
    return field.written(field.field(q))


def product(coefficient: Fraction, powers: Sequence[Power]) -> Term:
    """The product that :func:`factored` has found, written so that the sign of each factor is seen."""
    above = [t**n if n > 1 else t for t, n in powers if n > 0]
    below = [t**-n if n < -1 else t for t, n in powers if n < 0]
    top = multiply([number(coefficient), *above]) if coefficient != 1 or not above else multiply(above)
    return top / multiply(below) if below else top
