"""What a picture of an activation shows, as plain data: h and h′, where they break, and between which bounds they lie.

Nothing here is checked against anything: whoever makes a :class:`Figure` says what is drawn. How it is drawn is said in
:mod:`symnet.render.drawing`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from symnet.errors import UsageError, brief
from symnet.term import Term

#: The narrowest and the widest window.
NARROWEST: Final = 1e-100
WIDEST: Final = 1e100


@dataclass(frozen=True, slots=True)
class Kink:
    """A point where h′ jumps, or h itself does.

    ``at`` is a closed term, or one in the parameters of the figure. ``value`` is h there, None where h is undefined;
    ``left`` and ``right`` are the limits of h, ``left_slope`` and ``right_slope`` its one-sided derivatives, each None
    where there is none.
    """

    at: Term
    value: Term | None
    left: Term | None
    right: Term | None
    left_slope: Term | None
    right_slope: Term | None


@dataclass(frozen=True, slots=True)
class Interval:
    """The values between two ends; an end of None is unbounded, a closed one is a value itself."""

    lower: Term | None
    upper: Term | None
    lower_closed: bool = False
    upper_closed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """h and h′ over a window.

    ``function`` and ``derivative`` are terms in the symbol ``variable``; ``values`` gives the number that each
    parameter has in the picture. ``range`` and ``derivative_range`` are where h and h′ lie, None where that is not
    known. Raises :class:`~symnet.errors.UsageError` for a window that is empty, not finite, or
    too narrow or too wide for floats.

    >>> from symnet.term import number, symbol
    >>> z = symbol("z")
    >>> Figure("square", z, z**2, 2 * z, range=Interval(number(0), None, lower_closed=True)).window
    (-5, 5)
    >>> Figure("square", z, z**2, 2 * z, window=(1, 1))
    Traceback (most recent call last):
    symnet.errors.UsageError: the window of a figure is (left, right) with left < right, both finite, not (1, 1)
    """

    title: str
    variable: Term
    function: Term
    derivative: Term
    values: Mapping[Term, Fraction] = field(default_factory=dict)
    kinks: tuple[Kink, ...] = ()
    range: Interval | None = None
    derivative_range: Interval | None = None
    window: tuple[float, float] = (-5, 5)

    def __post_init__(self) -> None:
        left, right = self.window
        if not (math.isfinite(left) and math.isfinite(right) and left < right):
            raise UsageError(
                f"the window of a figure is (left, right) with left < right, both finite, not {brief(self.window)}"
            )
        if not max(NARROWEST, 1e-6 * max(abs(left), abs(right))) <= right - left <= WIDEST:
            raise UsageError(f"the window {brief(self.window)} is too narrow or too wide to tell its points apart")
