"""Arithmetic for pictures, at one precision or another: each value with an estimate of its error, to first order.

Nothing here enters a proof, and the estimates are no bounds: the witness has its own arithmetic with those.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Final, NamedTuple

from symnet.term import KNOWN

#: A float, or a number of mpmath.
Real = Any
#: Beyond 2^HUGE mpmath takes no exp, sin or cos: the answer would need that many bits.
HUGE: Final = 4000
#: Below 2^-1000 a float may lose digits without a word.
SMALL: Final = 1000


class Valued(NamedTuple):
    """A value and an estimate of its error."""

    value: Real
    error: Real


class Absent(Enum):
    """Why there is no value: the term has none there, or this precision cannot tell."""

    UNDEFINED = 0
    UNSURE = 1


Found = Valued | Absent
#: The first of these that is met is the one that counts.
_REASONS: Final = (Absent.UNDEFINED, Absent.UNSURE)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Numbers of one precision.

    ``tiny`` is what a result may lose to underflow. The ``final`` precision has to decide: what it cannot tell from 0
    is 0.
    """

    convert: Callable[[Fraction], Real]
    functions: Mapping[str, Callable[[Real], Real]]
    pi: Real
    bits: int
    unit: Real
    tiny: Real
    final: bool = False

    def number(self, value: Fraction) -> Valued:
        """A rational number, exact where it fits."""
        numerator, denominator = value.as_integer_ratio()
        fits = numerator.bit_length() <= self.bits and denominator.bit_length() < SMALL
        exact = fits and not denominator & (denominator - 1)
        found = self.convert(value)
        return Valued(found, 0) if exact else self.rounded(found, 0)

    def rounded(self, value: Real, error: Real, times: int = 1) -> Valued:
        """A value after some roundings."""
        return Valued(value, error + times * self.unit * abs(value) + self.tiny)

    def undecided(self) -> Absent:
        """What is said of a point that may or may not be in the domain."""
        return Absent.UNDEFINED if self.final else Absent.UNSURE


def floats() -> Arithmetic:
    """Python's floats."""
    functions = {name: getattr(math, name) for name in KNOWN}
    return Arithmetic(float, functions, math.pi, 53, sys.float_info.epsilon, 5e-324)


def reals(bits: int, final: bool) -> Arithmetic:
    """Numbers of mpmath, in a context of our own, so that no precision leaks in or out."""
    from mpmath.ctx_mp import MPContext

    context = MPContext()
    context.prec = bits
    functions = {name: getattr(context, name) for name in KNOWN}
    functions |= {name: _limited(context, name) for name in ("exp", "sin", "cos")}
    tiny = context.ldexp(1, -(1 << HUGE - 1))
    convert = lambda value: context.mpf(value.numerator) / value.denominator  # noqa: E731 (a row of the table)
    return Arithmetic(convert, functions, +context.pi, bits, context.ldexp(1, 1 - bits), tiny, final)


def _limited(context: Any, name: str) -> Callable[[Real], Real]:
    """The function where it can be computed; exp is 0 where it is smaller than ``tiny``."""
    function = getattr(context, name)

    def limited(argument: Real) -> Real:
        if not argument or context.mag(argument) < HUGE:
            return function(argument)
        if name == "exp" and argument < 0:
            return context.mpf(0)
        raise OverflowError

    return limited


def applied(op: str, carried: Any, args: Sequence[Found], arithmetic: Arithmetic) -> Found:
    """One operation. Cases look at the arms that are reached only; everything else needs all its arguments."""
    if op == "cases":
        return _chosen(carried, args, arithmetic)
    absent = [a for a in args if a.__class__ is Absent]
    if absent:
        return min(absent, key=_REASONS.index)
    try:
        found: Found = _RULES[op](arithmetic, carried, *args)
    except (OverflowError, ZeroDivisionError, ValueError):
        return Absent.UNSURE
    # What is not finite is not equal to itself, or not to what it is without itself.
    if found.__class__ is Absent or found.value - found.value == 0 == found.error - found.error:  # type: ignore[union-attr]
        return found
    return Absent.UNSURE


def _chosen(relations: Sequence[str], args: Sequence[Found], arithmetic: Arithmetic) -> Found:
    for i, relation in enumerate(relations):
        left, right, value = args[3 * i : 3 * i + 3]
        if isinstance(left, Absent) or isinstance(right, Absent):
            return Absent.UNDEFINED if Absent.UNDEFINED in (left, right) else Absent.UNSURE
        gap, error = right.value - left.value, left.error + right.error
        if error and abs(gap) <= error:
            if not arithmetic.final:
                return Absent.UNSURE
            gap = 0
        if gap > 0 or (gap == 0 and relation == "<="):
            return value
    return args[-1]


def _number(arithmetic: Arithmetic, carried: Fraction) -> Found:
    return arithmetic.number(carried)


def _constant(arithmetic: Arithmetic, carried: str) -> Found:
    return arithmetic.rounded(arithmetic.pi, 0)


def _sum(arithmetic: Arithmetic, carried: None, *args: Valued) -> Found:
    size = sum(abs(a.value) for a in args)
    error = sum(a.error for a in args) + (len(args) - 1) * arithmetic.unit * size
    return Valued(sum(a.value for a in args), error)


def _multiply(arithmetic: Arithmetic, carried: None, first: Valued, *rest: Valued) -> Found:
    value, error = first
    for factor in rest:
        error = error * (abs(factor.value) + factor.error) + abs(value) * factor.error
        value, error = arithmetic.rounded(value * factor.value, error)
    return Valued(value, error)


def _power(arithmetic: Arithmetic, exponent: int, base: Valued) -> Found:
    if not exponent:
        return arithmetic.number(Fraction(1))
    slope = exponent * (abs(base.value) + base.error) ** (exponent - 1)
    return arithmetic.rounded(base.value**exponent, slope * base.error, exponent)


def _divide(arithmetic: Arithmetic, carried: None, above: Valued, below: Valued) -> Found:
    if abs(below.value) <= below.error or not below.value:
        return arithmetic.undecided() if below.error else Absent.UNDEFINED
    value = above.value / below.value
    error = (above.error + abs(value) * below.error) / (abs(below.value) - below.error)
    return arithmetic.rounded(value, error)


def _apply(arithmetic: Arithmetic, carried: Any, argument: Valued) -> Found:
    name, (x, error) = carried.base, argument
    if name in _PARTIAL:
        return _PARTIAL[name](arithmetic, x, error)
    value = arithmetic.functions[name](x)
    if name == "exp":
        return arithmetic.rounded(value, 2 * value * error, 4) if error < 1 else Absent.UNSURE
    # The others have slopes of at most 1, and erf one of 2/sqrt(pi).
    return arithmetic.rounded(value, error * (1.2 if name == "erf" else 1), 4)


def _log(arithmetic: Arithmetic, x: Real, error: Real) -> Found:
    if x <= error:
        return arithmetic.undecided() if x > -error else Absent.UNDEFINED
    return arithmetic.rounded(arithmetic.functions["log"](x), error / (x - error), 4)


def _sqrt(arithmetic: Arithmetic, x: Real, error: Real) -> Found:
    root = arithmetic.functions["sqrt"]
    if x < -error:
        return Absent.UNDEFINED
    if x > error or not error:
        value = root(x)
        return arithmetic.rounded(value, error / value) if value else Valued(value, 0)
    return Valued(root(max(x, 0)), root(error)) if arithmetic.final else Absent.UNSURE


_PARTIAL: Final[dict[str, Callable[[Arithmetic, Real, Real], Found]]] = {"log": _log, "sqrt": _sqrt}
_RULES: Final[dict[str, Callable[..., Found]]] = {
    "number": _number,
    "constant": _constant,
    "sum": _sum,
    "multiply": _multiply,
    "power": _power,
    "divide": _divide,
    "apply": _apply,
}
#: What can be drawn, besides symbols with a value.
OPS: Final = frozenset({*_RULES, "cases"})
