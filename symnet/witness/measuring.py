"""Torch's numbers against exact ones, point by point, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from symnet.witness.enclosure import distance, overlap
from symnet.witness.interval import Enclosure
from symnet.witness.models import At
from symnet.witness.rounding import nearest
from symnet.witness.slopes import Exceptional, Measured, Point

#: Below this a float64 has fewer than 53 bits.
NORMAL: Final = Fraction(1, 2**1022)


class Compared(NamedTuple):
    """One point. ``expected`` is what torch would say without rounding: not ``exact`` where it approximates."""

    point: Point
    torch: float
    exact: Enclosure
    expected: Enclosure
    bound: Fraction

    @property
    def error(self) -> Fraction | float:
        """How far torch certainly is from what is expected, which is known to 90 bits."""
        return distance(Fraction(self.torch), self.expected) if np.isfinite(self.torch) else np.inf

    @property
    def ratio(self) -> float:
        """The error in units of the bound."""
        error = self.error
        if error <= self.bound:
            return nearest(Fraction(error) / self.bound) if self.bound else 0.0
        return max(nearest(Fraction(error) / self.bound), _ABOVE_ONE) if self.bound and error != np.inf else np.inf

    @property
    def kind(self) -> str:
        """Why torch is not close to the exact value, or "" where it is."""
        if self.expected is not self.exact:
            return "approximation"
        low, high = sorted(map(abs, self.exact))
        if not high or distance(Fraction(self.torch), self.exact) * 2 <= low:
            return ""
        return "underflow" if high < NORMAL else "rounding"


_ABOVE_ONE: Final = float(np.nextafter(1.0, 2.0))


def compare_at(
    point: Point,
    torch: float,
    bound: float,
    exact: Enclosure | None,
    shift: Callable[[], Enclosure | None] | None = None,
) -> Compared | None:
    """Torch's number at a point against an exact one; None where there is no exact one, or the bound allows anything.

    ``shift`` says how far from the truth it is what torch means to compute. Where the difference is larger than the
    bound, the claim is moved by as much.
    """
    if exact is None or not np.isfinite(bound) or allows_anything(Fraction(bound), exact):
        return None
    found = Compared(point, torch, exact, exact, Fraction(bound))
    if shift is None or found.error <= found.bound or not (by := shift()):
        return found
    return found._replace(expected=(exact[0] + by[0], exact[1] + by[1]))


def allows_anything(bound: Fraction, exact: Enclosure) -> bool:
    """Whether rounding may be larger than the value, and than 1, so that a comparison would show nothing.

    >>> allows_anything(Fraction(200), (Fraction(1), Fraction(1))), allows_anything(Fraction(1, 9), (Fraction(0),) * 2)
    (True, False)
    """
    low, high = exact
    return bound > max(Fraction(1), abs(low), abs(high))


def shift_at(point: float, truth: At, meant: At) -> Enclosure | None:
    """How far what torch means to compute is from the truth; None where that is nothing, or not known."""
    there, true = meant(point), truth(point)
    if there is None or true is None or overlap(there, true):
        return None
    return there[0] - true[1], there[1] - true[0]


def measured(found: Sequence[Compared], left_out: Iterable[Point]) -> Measured:
    """The extremes of a comparison at one point or more."""
    largest, worst = max(found, key=lambda c: c.error), max(found, key=lambda c: c.ratio)
    return Measured(
        largest_error=nearest(Fraction(largest.error)) if largest.error != np.inf else np.inf,
        bound=nearest(largest.bound),
        worst_ratio=worst.ratio,
        worst_point=worst.point,
        seen=worst.torch,
        expected=nearest(worst.expected[0]),
        compared=len(found),
        left_out=tuple(left_out),
    )


def exceptions(quantity: str, found: Sequence[Compared]) -> list[Exceptional]:
    """The points at which rounding or a stated formula explains that torch is not close."""
    return [
        Exceptional(quantity, kind, c.point, c.torch, nearest(c.exact[0]))
        for c in found
        if c.error <= c.bound and (kind := c.kind)
    ]
