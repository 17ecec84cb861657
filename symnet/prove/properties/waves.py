"""Functions with sines that turn again and again: they are looked at between bounds that are met again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from symnet.errors import Undecided
from symnet.prove.properties.algebra import derivative_of, is_applied
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.enclosures import enclosed
from symnet.prove.properties.numerics import precise
from symnet.prove.properties.scan import CLOSE, changes_of, met_at, named, root_between
from symnet.prove.properties.setting import Numbers, Setting
from symnet.prove.properties.shape import Cell, Part, Point, Shape
from symnet.term import postorder

#: How far the function is looked at, how finely, and how often it has to turn; how many of its turns are worked out.
_REACH: Final = 40
_STEP: Final = 1 / 64
_TURNS: Final = 6
_MOST: Final = 24

Turns = Sequence[tuple[Any, Any]]


def is_wave(part: Part) -> bool:
    """Whether a formula with sines or cosines holds everywhere."""
    circular = any(is_applied(n, "sin", "cos") for n in postorder(part.formula))
    return circular and (part.lower.value, part.upper.value) == (Infinite.BELOW, Infinite.ABOVE)


def wave_shape(part: Part, setting: Setting) -> Shape:
    """The shape of a wave: one lowest and one highest point, and all of it between them.

    Raises :class:`~symnet.errors.Undecided` where it does not come back to its lowest and highest value.
    """
    turning = [_turns(part, setting, numbers) for numbers in setting.samples]
    low, high = (_extreme(part, setting, turning, side) for side in (-1, 1))
    for i, numbers in enumerate(setting.samples):
        _check_far(part, setting, numbers, float(low.value.numbers[i]), float(high.value.numbers[i]))
    points = sorted((low, high), key=lambda p: p.at.numbers[0])
    whole = Cell(part, part.lower, part.upper, 1, low.value, high.value)
    return Shape((whole,), tuple(points), is_wave=True)


def _turns(part: Part, setting: Setting, numbers: Numbers) -> Turns:
    """Where the function turns closest to 0, and its values there."""
    import numpy as np

    slope = derivative_of(part.formula, setting.variable)
    met = met_at(slope, setting, numbers, np.arange(-_REACH, _REACH, _STEP) + _STEP / 3)
    nearest = sorted(changes_of(met), key=lambda change: (abs(change[0]), change))[:_MOST]
    if len(nearest) < _TURNS:
        raise Undecided("a function turns too rarely to be a wave")
    found = [root_between(slope, setting, numbers, *change) for change in nearest]
    return [(x, precise(part.formula, {**numbers, setting.variable: x})) for x in found]


def _extreme(part: Part, setting: Setting, turning: Sequence[Turns], side: int) -> Point:
    """The highest or lowest value, and the place closest to 0 where it is taken."""
    places, values = [], []
    for turns in turning:
        best = max((v for _, v in turns), key=lambda v: side * v)
        same = [(x, v) for x, v in turns if abs(v - best) < float(CLOSE)]
        if len(same) < len(turns) // 2 - 1:
            raise Undecided("a function does not come back to its highest value")
        x, v = min(same, key=lambda pair: (abs(pair[0]), pair[0] < 0))
        places.append(x)
        values.append(v)
    return Point(named(setting, places), named(setting, values), part)


def _check_far(part: Part, setting: Setting, numbers: Numbers, low: float, high: float) -> None:
    import numpy as np

    places = np.concatenate([np.geomspace(_REACH, 1e6, 2000) * side for side in (1, -1)])
    below, above = enclosed(part.formula, {s: (v, v) for s, v in setting.points(numbers, places).items()})
    if ((below > high) | (above < low)).any():
        raise Undecided("a function goes beyond its values near 0")
