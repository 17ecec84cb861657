"""A derived function as a figure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symnet.prove.branches import value_at
from symnet.prove.derivative import Derivative
from symnet.prove.meetings import Meeting
from symnet.prove.properties import Interval as Found
from symnet.prove.properties.data import Estimate
from symnet.render.figure import Figure, Interval, Kink

if TYPE_CHECKING:
    from symnet.api.derived import Derived

#: How far from zero a picture reaches, and how much further than the outermost kink.
REACH = 5


def figure(derived: Derived, window: tuple[float, float] | None) -> Figure:
    """What is drawn of a derived function."""
    found = derived.found
    return Figure(
        derived.short_title,
        found.variable,
        found.function,
        derived.derivative_term,
        found.numbers,
        tuple(_kink(m) for m in found.meetings if m.slope is None),
        _interval(derived.range),
        _interval(derived.derivative_range),
        window or _window(found),
    )


def _kink(meeting: Meeting) -> Kink:
    return Kink(meeting.at, meeting.value, meeting.left, meeting.right, meeting.left_slope, meeting.right_slope)


def _interval(found: Found | None) -> Interval | None:
    if found is None:
        return None
    lower, upper = (end.term if isinstance(end, Estimate) else end for end in (found.lower, found.upper))
    return Interval(lower, upper, found.lower_closed, found.upper_closed)


def _window(found: Derivative) -> tuple[float, float]:
    """Five to either side of 0, and past every place where branches meet."""
    places = [value_at(m.at, found.numbers) for m in found.meetings]
    reach = max([Fraction(REACH), *(abs(p) + 2 for p in places)])
    return -float(reach), float(reach)
