"""Intervals of real numbers, by mpmath's interval arithmetic in a context of our own.

``mpmath.iv`` is one shared context with one precision for the whole process. Each :class:`Intervals` makes its own
``MPIntervalContext`` instead, so no precision leaks in or out and threads do not meet.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf
from typing import Any, Final

from symnet.errors import MissingDependency, Undecided, UsageError
from symnet.witness.arithmetic import Arithmetic

#: The largest binary exponent, up or down, of an end that is written out as a rational.
EXPONENTS: Final = 100_000
#: The largest binary exponent of an argument of exp, sin, …; reducing it takes that many bits.
REDUCIBLE: Final = 10_000
#: The widest interval that exp is taken of, on which it grows by a factor of e.
WIDEST: Final = 1
#: With more bits than these mpmath takes e to a whole number by multiplication.
MULTIPLIED: Final = 600
#: Two rationals lo <= hi with the exact value between them.
Enclosure = tuple[Fraction, Fraction]


class Intervals(Arithmetic[Any]):
    """Interval arithmetic with endpoints of ``bits`` bits; the exact value always lies inside.

    exp of an interval wider than ``WIDEST`` raises :class:`~symnet.errors.Undecided`: in a deep network such widths
    would grow beyond all bounds within a few layers.
    Raises :class:`~symnet.errors.MissingDependency` without mpmath.

    >>> lo, hi = Intervals(64).exact(Intervals(64).number(Fraction(1, 3)))
    >>> lo < Fraction(1, 3) < hi
    True
    """

    def __init__(self, bits: int) -> None:
        try:
            from mpmath.ctx_iv import MPIntervalContext
        except ImportError as error:
            raise MissingDependency("enclosures of exp and the like need mpmath: pip install mpmath") from error
        self.context = MPIntervalContext()
        self.context.prec = bits
        self.small = self.context.mpf(2) ** (-bits)
        # The ends that mpmath finds for exp, log, sin and cos may be rounded the wrong way, by a unit in their last
        # place (mpmath's issue 1181), so each is moved outwards by 16.
        self.about_one = 1 + 16 * self.context.mpf([-1, 1]) * self.small

    def number(self, value: Fraction) -> Any:
        return self.context.mpf(value.numerator) / self.context.mpf(value.denominator)

    def exp(self, argument: Any) -> Any:
        _check_size(argument, REDUCIBLE)
        if not argument.delta <= WIDEST:
            raise Undecided("an enclosure has become too wide to say anything: more bits are needed")
        return self._exp(argument)

    def pi(self) -> Any:
        return self.context.pi * self.about_one

    def known(self, function: str, argument: Any) -> Any:
        """exp, log, …; :class:`~symnet.errors.Undecided` for a log or sqrt that the interval leaves undefined."""
        _check_size(argument, inf if function in ("log", "sqrt", "atan") else REDUCIBLE)
        if function in ("log", "sqrt") and not (argument.a > 0 if function == "log" else argument.a >= 0):
            raise Undecided(f"an enclosure reaches where {function} is not defined: more bits are needed")
        match function:
            case "exp":
                return self.exp(argument)
            case "sqrt":
                return self.context.sqrt(argument)
            case "log" | "sin" | "cos":
                return getattr(self.context, function)(argument) * self.about_one
            case "atan":  # not mpmath's, whose enclosure of atan(123456789) at 1024 bits does not hold the value
                return self._increasing(self._atan, argument)
            case "tanh":
                return self._increasing(self._tanh, argument)
            case "erf":
                return self._increasing(self._erf, argument)
        raise UsageError(f"Intervals has no {function}")

    def _exp(self, argument: Any) -> Any:
        if argument == 0:
            return self.context.exp(argument)
        if self.context.prec > MULTIPLIED and abs(argument) > 64:
            return self._exp_of_large(argument)
        return self.context.exp(argument) * self.about_one

    def _exp_of_large(self, argument: Any) -> Any:
        """To a whole number, and every large one is one, mpmath would multiply e with itself for seconds."""
        third = self.context.mpf(1) / 3
        if abs(argument) < 2**64:
            return self.context.exp(argument - third) * self.context.exp(third) * self.about_one
        bits, self.context.prec = self.context.prec, MULTIPLIED
        try:
            return self.context.exp(argument) * (
                1 + self.context.mpf([-1, 1]) / self.context.mpf(2) ** (MULTIPLIED - 8)
            )
        finally:
            self.context.prec = bits

    def _increasing(self, function: Callable[[Any], Any], argument: Any) -> Any:
        """An increasing function of an interval, from its values at the ends."""
        return self.context.mpf([function(argument.a).a, function(argument.b).b])

    def _tanh(self, end: Any) -> Any:
        """1 − 2/(e^2x + 1), in which x occurs once."""
        return 1 - 2 / (self._exp(2 * end) + 1)

    def _atan(self, end: Any) -> Any:
        """Σ (−1)ⁿ x^(2n+1)/(2n+1), whose rest is less than the next term, after halving the angle eight times."""
        for _ in range(8):
            end = end / (1 + self.context.sqrt(1 + end * end))
        power, total, square, n = end, end, end * end, 1
        while not abs(power) < self.small:
            power, n = -power * square, n + 2
            total = total + power / n
        rest = abs(power).b
        return 256 * (total + self.context.mpf([-rest, rest]))

    def _erf(self, end: Any) -> Any:
        """2/√π e^(−x²) Σ 2ⁿ x^(2n+1)/(2n+1)!!, whose terms are positive for x > 0; far out, 1 − e^(−x²) ≤ erf x < 1.

        Source of the series: NIST Digital Library of Mathematical Functions, (7.6.2). The bound holds because
        1 − erf x is 2/√π times the integral of e^(−(x+t)²) over t > 0, in which (x + t)² ≥ x² + t².
        """
        if end < 0:
            return -self._erf(-end)
        square = end * end
        if square > self.context.prec:
            return self.context.mpf([(1 - self._exp(-square)).a, 1])
        term = total = end
        n = 1
        while not (4 * square < 2 * n + 1 and term < self.small):
            term = term * 2 * square / (2 * n + 1)
            total, n = total + term, n + 1
        rest = self.context.mpf([0, term.b])  # the terms now halve at least, so those to come add up to less than this
        return 2 / self.context.sqrt(self.pi()) * self._exp(-square) * (total + rest)

    def choose(self, left: Any, relation: str, right: Any, then: Any, otherwise: Any) -> Any:
        """One branch where the intervals decide the comparison, the hull of both where they do not."""
        holds = left < right if relation == "<" else left <= right
        if holds is None:
            return self.hull(then, otherwise)
        return then if holds else otherwise

    def hull(self, first: Any, second: Any) -> Any:
        """The smallest interval around two."""
        (a, b), (c, d) = self.exact(first), self.exact(second)
        low, high = self.number(min(a, c)), self.number(max(b, d))
        return self.context.mpf([low.a, high.b])

    def between(self, low: Fraction, high: Fraction) -> Any:
        """An interval around two rational ends."""
        return self.hull(self.number(low), self.number(high))

    def exact(self, interval: Any) -> Enclosure:
        """The ends as exact rationals; :class:`~symnet.errors.Undecided` where one is infinite or enormous."""
        low, high = interval._mpi_
        return -_upper(-_sign(low), low), _upper(_sign(high), high)


def _check_size(interval: Any, largest: float) -> None:
    """Refuse ends that are infinite, or that have a larger binary exponent."""
    for _, mantissa, exponent, bits in interval._mpi_:
        if (not mantissa and exponent) or exponent + bits > largest:
            raise Undecided("an enclosure has become too large for a function to be taken of it")


def _sign(end: Any) -> int:
    return -1 if end[0] else 1


def _upper(sign: int, end: Any) -> Fraction:
    """sign · |end|, or the next coarse number above it when the end is tinier than 2^−EXPONENTS."""
    _, mantissa, exponent, bits = end
    if (not mantissa and exponent) or exponent + bits > EXPONENTS:
        raise Undecided("an enclosure has an end too large to be written down")
    if mantissa and exponent + bits < -EXPONENTS:
        return Fraction(1, 2**EXPONENTS) if sign > 0 else Fraction(0)
    return sign * int(mantissa) * Fraction(2) ** int(exponent)
