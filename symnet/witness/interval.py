"""Intervals of real numbers, by mpmath's interval arithmetic in a context of our own.

``mpmath.iv`` is one shared context with one precision for the whole process. Each :class:`Intervals` makes its own
``MPIntervalContext`` instead, so no precision leaks in or out and threads do not meet.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from symnet.errors import MissingDependency, Undecided
from symnet.witness.arithmetic import Arithmetic

#: The largest binary exponent, up or down, of an end that is written out as a rational.
EXPONENTS: Final = 100_000
#: The widest interval that exp is taken of.
WIDEST: Final = 1
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
            raise MissingDependency("enclosures of sigmoid and tanh need mpmath: pip install mpmath") from error
        self.context = MPIntervalContext()
        self.context.prec = bits

    def number(self, value: Fraction) -> Any:
        return self.context.mpf(value.numerator) / self.context.mpf(value.denominator)

    def exp(self, argument: Any) -> Any:
        if not argument.delta <= WIDEST:
            raise Undecided("an enclosure has become too wide to say anything: more bits are needed")
        return self.context.exp(argument)

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
