"""That a term is not zero, because none of its factors is: z² − 1 ≠ 0 where z − 1 ≠ 0 and z + 1 ≠ 0."""

from __future__ import annotations

from typing import Any

from symnet.errors import Rejected
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.lines import Lines
from symnet.prove.tidy import LARGEST
from symnet.term import Term, multiply

#: Factors above and below the line, each with its exponent, and a number.
Factored = tuple[list[tuple[Term, int]], list[tuple[Term, int]], Term]


def by_factors(lines: Lines, term: Term) -> int | None:
    """The line term ≠ 0, under the conditions that its factors are not zero; None where they are not shorter.

    >>> from symnet.term import symbol
    >>> z, lines = symbol("z"), Lines()
    >>> [c.term for c in lines.conditions(by_factors(lines, z**2 - z))]
    [z, sum(z, number(-1))]
    """
    found = _factored(term)
    if found is None:
        return None
    above, below, coefficient = found
    if not above or any(f.size >= term.size for f, _ in (*above, *below)):
        return None
    # f/f brings the condition f ≠ 0, which the rule for signs then knows
    parts = [f**k * (f / f) for f, k in above] + [1 / f**k for f, k in below]
    try:
        return lines.write("sign", (lines.same(lines.start(term), multiply([coefficient, *parts])),))
    except Rejected:
        return None


def where_not_zero(lines: Lines, line: int) -> int | None:
    """From l = r: the line l ≠ 0, under the condition r ≠ 0.

    >>> from symnet.term import Condition, symbol
    >>> z, lines = symbol("z"), Lines()
    >>> lines.conditions(where_not_zero(lines, lines.start(z - 1))) == (Condition(z - 1),)
    True
    """
    r = lines.rhs(line)
    try:
        return lines.write("sign", (lines.same(line, r * (r / r)),))  # r/r brings the condition
    except Rejected:
        return None


def _factored(term: Term) -> Factored | None:
    """The irreducible factors of a term."""

    def compute(field: Field) -> Factored:
        f = field.value(cleaned(term))
        (c, above), (d, below) = f.numer.factor_list(), f.denom.factor_list()
        return _written(field, above), _written(field, below), field.written(field.field(c) / field.field(d))

    if term.size > LARGEST or term.op in ("number", "symbol"):
        return None
    try:
        return in_a_field(compute, term)
    except Unwieldy:
        return None


def _written(field: Field, factors: list[tuple[Any, int]]) -> list[tuple[Term, int]]:
    return [(field.written(field.field(p)), int(k)) for p, k in factors if not p.is_ground]
