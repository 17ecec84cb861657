"""How what a reader meets is written as terms: signs, quotients and powers.

The kernel has whole powers only, so u^(1/2) is √u, u^(−2) is 1/u² and a^b is exp(b log a), which says a > 0. The
readers of text and of LaTeX and the SymPy bridge all write powers with :func:`raised`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Final

from symnet.errors import ParseError
from symnet.term import Term, apply, fold, multiply, number

#: The largest whole exponent, and the largest degree that powers of powers come to.
LARGEST_EXPONENT: Final = 10_000
#: The most bits of a number that an exponent is worked out from.
_BITS: Final = 4_000
#: The largest exponent, in nodes, that is worked out at all.
_SMALL: Final = 100

ZERO: Final = number(0)
ONE: Final = number(1)
E: Final = apply("exp", ONE)


def negate(term: Term) -> Term:
    """−u; the sign joins a positive number in front.

    >>> from symnet.term import symbol
    >>> negate(number(2)), negate(2 * symbol("z"))
    (number(-2), multiply(number(-2), z))
    """
    if term.op == "number":
        return number(-term.value)
    if term.op != "multiply":
        return -term
    first, *rest = term.args
    if first.op == "number":
        return multiply([negate(first), *rest]) if first.value > 0 else -term
    return multiply([number(-1), *term.args])


def quotient(above: Term, below: Term) -> Term:
    """u/v; two numbers make one number. Raises :class:`~symnet.errors.ParseError` when v is written 0."""
    if below.op == "number":
        if not below.value:
            raise ParseError("this divides by 0")
        if above.op == "number":
            return number(above.value / below.value)
    return above / below


def rational_value(term: Term) -> Fraction | None:
    """The value of a small term without letters and functions, such as (1 + 2)/4; None for any other.

    Raises :class:`~symnet.errors.ParseError` when it is too large, as 9^9^9 is.

    >>> rational_value((number(1) + 2) / 4)
    Fraction(3, 4)
    """
    return fold(term, _value) if term.size <= _SMALL else None


def _value(node: Term, args: list[Fraction | None]) -> Fraction | None:
    if node.op == "number":
        return node.value  # type: ignore[no-any-return]
    known = [a for a in args if a is not None]
    if len(known) < len(args) or not args:
        return None
    match node.op:
        case "sum":
            return sum(known, Fraction(0))
        case "multiply":
            return reduce(lambda a, b: a * b, known)
        case "divide":
            return known[0] / known[1] if known[1] else None
        case "power":
            return _power_value(known[0], node.value)
        case _:
            return None


def _power_value(base: Fraction, exponent: int) -> Fraction:
    if max(base.numerator.bit_length(), base.denominator.bit_length()) * exponent > _BITS:
        raise ParseError(f"an exponent is at most {LARGEST_EXPONENT:,}, and this one is much larger")
    return base**exponent


def raised(base: Term, exponent: Term) -> Term:
    """base^exponent, for any exponent.

    Raises :class:`~symnet.errors.ParseError` for a whole exponent above :data:`LARGEST_EXPONENT`, and for a power of
    a number that is not positive when the exponent is not whole.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> raised(z, number(Fraction(3, 2))), raised(z, number(-2)), raised(E, z)
    (power(apply(z, sqrt), 3), divide(number(1), power(z, 2)), apply(z, exp))
    >>> raised(number(2), z)
    apply(multiply(z, apply(number(2), log)), exp)
    """
    if base == E:
        return apply("exp", exponent)
    value = rational_value(exponent)
    if value is not None and value.denominator == 1:
        return whole_power(base, int(value))
    if base.op == "number" and base.value <= 0:
        raise ParseError("only a positive number has a power that is not whole")
    if value is None:
        return apply("exp", multiply([*_factors(exponent), apply("log", base)]))
    if value.denominator & (value.denominator - 1) or value.denominator > 1024:
        return apply("exp", number(value) * apply("log", base))
    found = root(base, value.denominator)
    if value.numerator in (1, -1):
        return found if value > 0 else quotient(ONE, found)
    return whole_power(found, value.numerator)


def _factors(term: Term) -> tuple[Term, ...]:
    return term.args if term.op == "multiply" else (term,)


def root(term: Term, degree: int) -> Term:
    """The root of degree 2, 4, 8, …: √ taken again and again."""
    while degree > 1:
        term, degree = apply("sqrt", term), degree // 2
    return term


def whole_power(base: Term, exponent: int) -> Term:
    """u^n for a whole n, and 1/u^|n| when n is negative."""
    if abs(exponent) > LARGEST_EXPONENT:
        raise ParseError(f"an exponent is at most {LARGEST_EXPONENT:,}, and this one is larger")
    if exponent >= 0:
        return base**exponent
    return quotient(ONE, base if exponent == -1 else base**-exponent)
