"""Functions with sines that turn again and again: they are looked at between bounds that are met again and again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from symnet.errors import Undecided
from symnet.kernel import Replayed
from symnet.prove.properties.data import CONTAINED, NUMERICAL, Infinite, Property
from symnet.prove.properties.enclosures import stays
from symnet.prove.properties.inclusion import Study, bounded, value_shown
from symnet.prove.properties.numerics import precise, signs, sweep
from symnet.prove.properties.order import Stretch, values_of
from symnet.prove.properties.ranges import ROOM
from symnet.prove.properties.region import Curve, Region, attempt
from symnet.prove.properties.scan import named, root_between
from symnet.prove.properties.setting import Numbers, Setting
from symnet.prove.properties.shape import Part, Point, Shape, derivative_of
from symnet.term import known_function, postorder

#: How far the function is looked at, how finely, and how often it has to turn.
_REACH: Final = 40
_STEP: Final = 1 / 64
_TURNS: Final = 6
_CLOSE: Final = 1e-40


def is_wave(part: Part) -> bool:
    """Whether a formula with sines or cosines holds everywhere."""
    circular = any(n.op == "apply" and known_function(n.value) in ("sin", "cos") for n in postorder(part.formula))
    return circular and (part.lower.value, part.upper.value) == (Infinite.BELOW, Infinite.ABOVE)


def wave(kind: str, curve: Curve, part: Part, setting: Setting, given: Numbers) -> tuple[Property, Study, Stretch]:
    """The range of such a function: from its lowest to its highest value, which it takes again and again.

    Raises :class:`~symnet.errors.Undecided` where it does not take them again and again.
    """
    turning = [_turns(part, setting, numbers) for numbers in setting.samples]
    points = tuple(_extreme(part, setting, turning, side) for side in (-1, 1))
    low, high = (p.value for p in points)
    stretch = Stretch(low, high, True, True)
    for i, numbers in enumerate(setting.samples):
        _check_far(part, setting, numbers, float(low.numbers[i]), float(high.numbers[i]))
    study = Study(curve, Shape((), points), setting, given)
    proofs = _proofs(study, part, stretch)
    if proofs is None:
        room = ROOM * max(abs(float(x)) for x in (*low.numbers, *high.numbers))
        for i, numbers in enumerate(setting.samples):
            bounds = float(low.numbers[i]) - room, float(high.numbers[i]) + room
            if not stays(part.formula, setting.variable, numbers, (-math.inf, math.inf), bounds):
                raise Undecided("a function is not seen to stay between its lowest and its highest value")
    status = NUMERICAL if proofs is None else CONTAINED
    return Property(kind, values_of([stretch]), status, proofs or (), setting.where), study, stretch


def _proofs(study: Study, part: Part, stretch: Stretch) -> tuple[Replayed, ...] | None:
    region = Region(study.setting.variable, part.lower, part.upper)
    found = [
        attempt(lambda lines: bounded(study, part, region, (), end, side, lines))  # noqa: B023
        for end, side in (((stretch.low, True), -1), ((stretch.high, True), 1))
    ]
    found += [value_shown(study, p) for p in study.shape.points]
    return None if None in found else tuple(f for f in found if f is not None)


Turns = Sequence[tuple[Any, Any]]


def _turns(part: Part, setting: Setting, numbers: Numbers) -> Turns:
    """Where the function turns near 0, and its values there."""
    import numpy as np

    places = np.arange(-_REACH, _REACH, _STEP) + _STEP / 3
    slope = derivative_of(part.formula, setting.variable)
    points = {setting.variable: places, **{s: np.full(len(places), float(q)) for s, q in numbers.items()}}
    met = [(p, s) for p, s in zip(places.tolist(), signs(slope, points).tolist(), strict=True) if s in (1, -1)]
    found = [root_between(slope, setting, numbers, a, b) for (a, s), (b, t) in pairwise(met) if s != t]
    if len(found) < _TURNS:
        raise Undecided("a function turns too rarely to be a wave")
    return [(x, precise(part.formula, {**numbers, setting.variable: x})) for x in found]


def _extreme(part: Part, setting: Setting, turning: Sequence[Turns], side: int) -> Point:
    """The highest or lowest value, and the place closest to 0 where it is taken."""
    places, values = [], []
    for turns in turning:
        best = max((v for _, v in turns), key=lambda v: side * v)
        same = [(x, v) for x, v in turns if abs(v - best) < _CLOSE]
        if len(same) < len(turns) // 2 - 1:
            raise Undecided("a function does not come back to its highest value")
        x, v = min(same, key=lambda pair: (abs(pair[0]), pair[0] < 0))
        places.append(x)
        values.append(v)
    return Point(named(setting, places, []), named(setting, values, []), part)


def _check_far(part: Part, setting: Setting, numbers: Numbers, low: float, high: float) -> None:
    import numpy as np

    places = np.concatenate([np.geomspace(_REACH, 1e6, 2000) * side for side in (1, -1)])
    points = {setting.variable: places, **{s: np.full(len(places), float(q)) for s, q in numbers.items()}}
    value, error = sweep(part.formula, points)
    if ((value - error > high) | (value + error < low)).any():
        raise Undecided("a function goes beyond its values near 0")
