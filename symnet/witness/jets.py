"""Slopes of a function at a point, enclosed: every operation carries a value and a slope, both of them intervals.

This is an opinion on h′ that shares nothing with a derivation and nothing with torch. Source: R. E. Moore,
R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis*, SIAM 2009, chapters 2, 5 and 9.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from symnet.errors import Undecided
from symnet.term import Term
from symnet.witness.arithmetic import Arithmetic
from symnet.witness.enclosure import PointIntervals, Sweep, compare, number_of, refined
from symnet.witness.interval import Enclosure


class Jet(NamedTuple):
    """A value and its derivative in one variable; no slope is a slope of 0."""

    value: Any
    slope: Any = None

    def __add__(self, other: Jet) -> Jet:  # type: ignore[override]
        return Jet(self.value + other.value, _add(self.slope, other.slope))

    def __mul__(self, other: Jet) -> Jet:  # type: ignore[override]
        return Jet(self.value * other.value, _add(_times(self.slope, other.value), _times(other.slope, self.value)))

    def __truediv__(self, other: Jet) -> Jet:
        value = self.value / other.value
        above = _add(self.slope, _times(other.slope, -value))
        return Jet(value, None if above is None else above / other.value)


def _add(a: Any, b: Any) -> Any:
    return b if a is None else a if b is None else a + b


def _times(slope: Any, factor: Any) -> Any:
    return None if slope is None else slope * factor


class Jets(Arithmetic[Jet]):
    """Values with slopes, by the chain rule.

    >>> jets = Jets(PointIntervals(64))
    >>> square = Jet(jets.intervals.number(Fraction(3)), jets.intervals.number(Fraction(1)))
    >>> square = square * square
    >>> [float(x.mid) for x in square]
    [9.0, 6.0]
    """

    def __init__(self, intervals: PointIntervals) -> None:
        self.intervals = intervals

    def number(self, value: Fraction) -> Jet:
        return Jet(self.intervals.number(value))

    def pi(self) -> Jet:
        return Jet(self.intervals.pi())

    def exp(self, argument: Jet) -> Jet:
        return self.known("exp", argument)

    def known(self, function: str, argument: Jet) -> Jet:
        value = self.intervals.known(function, argument.value)
        if argument.slope is None:
            return Jet(value)
        return Jet(value, argument.slope * _SLOPES[function](self.intervals, argument.value, value))

    def choose(self, left: Jet, relation: str, right: Jet, then: Jet, otherwise: Jet) -> Jet:
        holds = compare(left.value, relation, right.value)
        if holds is None:
            raise Undecided("a guard is open there, even with many bits")
        return then if holds else otherwise


#: The derivative of each function that the kernel knows, from the argument x and the value y.
_SLOPES: Final[dict[str, Callable[[PointIntervals, Any, Any], Any]]] = {
    "exp": lambda a, x, y: y,
    "log": lambda a, x, y: 1 / x,
    "sqrt": lambda a, x, y: 1 / (2 * y),
    "sin": lambda a, x, y: a.known("cos", x),
    "cos": lambda a, x, y: -a.known("sin", x),
    "atan": lambda a, x, y: 1 / (1 + x**2),
    "tanh": lambda a, x, y: 1 - y**2,
    "erf": lambda a, x, y: 2 / a.context.sqrt(a.pi()) * a.known("exp", -(x**2)),
}


def slope(term: Term, variable: Term, values: Mapping[Term, Fraction]) -> Enclosure:
    """An enclosure of the derivative at a point where no guard switches, as :func:`enclosure` does for the value.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> slope(z**3, z, {z: Fraction(1, 2)})
    (Fraction(3, 4), Fraction(3, 4))
    """
    (found,) = refined(lambda a: (jets_at(a, variable, values).value(term).slope,))
    return found


def jets_at(
    intervals: PointIntervals,
    variable: Term,
    values: Mapping[Term, Fraction],
    choices: Mapping[int, int] | None = None,
    at: Any = None,
) -> Sweep[Jet]:
    """An evaluation with slopes in the variable, which may be an interval ``at`` instead of a number of ``values``."""
    jets = Jets(intervals)

    def value_of(s: Term) -> Jet:
        if s == variable and at is not None:
            return Jet(at, intervals.number(Fraction(1)))
        value = intervals.number(number_of(s, values))
        return Jet(value, intervals.number(Fraction(1)) if s == variable else None)

    return Sweep(jets, value_of, lambda left, how, right: compare(left.value, how, right.value), choices)
