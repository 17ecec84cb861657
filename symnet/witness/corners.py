"""What a function of one variable does where its cases switch: its limits and slopes on either side.

A branch is evaluated at its end: which arms are taken is decided beside the kink, and then they are evaluated at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from symnet.activations.guards import guards
from symnet.errors import Undecided
from symnet.term import Term, number
from symnet.witness.bounded import ACCURACY
from symnet.witness.enclosure import BITS, Choices, PointIntervals, enclosure, intervals_of, overlap, refined, sweep
from symnet.witness.interval import Enclosure
from symnet.witness.jets import Jet, jets_at
from symnet.witness.rounding import nearest


class Side(NamedTuple):
    """The limit and the slope of the branch on one side, or None where it has none."""

    value: Enclosure | None
    slope: Enclosure | None


@dataclass(frozen=True, slots=True)
class Corner:
    """Where the cases of a function switch.

    ``point`` is the nearest float64, and ``exact`` whether it is the place itself. ``left`` and ``right`` are the
    slopes of the branches there. ``jumps`` is whether the branches have different limits (or one has none), and
    ``smooth`` whether there is a derivative as far as 90 bits tell. ``autograd`` is torch's value there: a convention
    unless the corner is smooth, and None where torch has none or the place is no float64.
    """

    place: str
    point: float
    exact: bool
    left: float | None
    right: float | None
    jumps: bool
    smooth: bool
    autograd: float | None = None

    @property
    def is_between(self) -> bool | None:
        """Whether autograd's value lies between the slopes of the two sides, both included, but for rounding."""
        if self.autograd is None or self.left is None or self.right is None:
            return None
        low, high = sorted((self.left, self.right))
        slack = ACCURACY * max(abs(low), abs(high))
        return low - slack <= self.autograd <= high + slack

    def __str__(self) -> str:
        what = "jump" if self.jumps else "derivative" if self.smooth else "kink"
        left, right = ("none" if s is None else f"{s:.6g}" for s in (self.left, self.right))
        said = "nothing" if self.autograd is None else f"{self.autograd:.6g}"
        return f"{what} at {self.place}: slopes {left} and {right}, autograd says {said}"


def corners(
    function: Term, variable: Term, values: Mapping[Term, Fraction], kinks: Sequence[Fraction | Term] | None
) -> list[Corner]:
    """The places where the function's cases switch, and those given, in order, without autograd's values.

    >>> from symnet.activations import Z, find
    >>> for corner in corners(find("hardtanh").at_defaults, Z, {}, None):
    ...     print(corner)
    kink at -1: slopes 0 and 1, autograd says nothing
    kink at 1: slopes 1 and 0, autograd says nothing

    Raises :class:`~symnet.errors.UsageError` for a guard that is not linear in the variable when no kinks are given,
    and for a symbol without a number.
    """
    found = guards(function, variable) if kinks is None else [_as_term(k) for k in kinks]
    if not found:
        return []
    places = {enclosure(k, values): k for k in reversed(found)}
    gaps = [b[0] - a[0] for a, b in pairwise(sorted(places))]
    return [
        _corner(_Branches(function, variable, values, places[place]), place, _step(place, left, right))
        for place, left, right in zip(sorted(places), [None, *gaps], [*gaps, None], strict=True)
    ]


def _as_term(kink: Fraction | Term) -> Term:
    return kink if isinstance(kink, Term) else number(Fraction(kink))


def _step(place: Enclosure, *gaps: Fraction | None) -> Fraction:
    """How far beside a kink its branches are asked for: not beyond the next one."""
    return min([max(Fraction(1), abs(place[0])) / 2**40, *(gap / 2 for gap in gaps if gap is not None)])


def _corner(branches: _Branches, place: Enclosure, step: Fraction) -> Corner:
    left, right = branches.side(place[0] - step), branches.side(place[1] + step)
    point = nearest(place[0])
    exact = place[0] == place[1]
    jumps = left.value is None or right.value is None or not overlap(left.value, right.value)
    bends = left.slope is None or right.slope is None or not overlap(left.slope, right.slope)
    return Corner(
        place=str(place[0]) if exact else f"{point:.9g}",
        point=point,
        exact=exact and Fraction(point) == place[0],
        left=_float(left.slope),
        right=_float(right.slope),
        jumps=jumps,
        smooth=not (jumps or bends),
    )


def _float(slope: Enclosure | None) -> float | None:
    return None if slope is None else nearest(slope[0])


class _Branches(NamedTuple):
    """The branches of a function, evaluated at a kink, where they end."""

    function: Term
    variable: Term
    values: Mapping[Term, Fraction]
    kink: Term

    def side(self, beside: Fraction) -> Side:
        """Limit and slope at the kink of the branch that holds at a point beside it."""
        choices = self.choices(beside)
        if choices is None:
            return Side(None, None)
        return Side(
            _or_none(lambda a: self.at_kink(a, choices).value), _or_none(lambda a: self.at_kink(a, choices).slope)
        )

    def choices(self, beside: Fraction) -> Choices | None:
        """The arms taken there; None where the function is not defined."""
        values = {**self.values, self.variable: beside}
        for bits in BITS:
            there = sweep(intervals_of(bits), values)
            try:
                there.value(self.function)
            except Undecided:
                continue
            return there.choices
        return None

    def at_kink(self, intervals: PointIntervals, choices: Choices) -> Jet:
        at = sweep(intervals, self.values).value(self.kink)
        return jets_at(intervals, self.variable, self.values, choices, at).value(self.function)


def _or_none(compute: Callable[[PointIntervals], Any]) -> Enclosure | None:
    try:
        (found,) = refined(lambda a: (compute(a),))
    except Undecided:
        return None
    return found
