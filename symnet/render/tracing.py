"""From a function to the strokes that draw it: where the pen goes, and where it is lifted.

The pen is lifted at every break that is given, wherever the function is undefined, and where it jumps although nobody
said so. Nothing joins the two arms of 1/z.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Stroke = tuple[Point, ...]
#: From left to right, or from low to high.
Span = tuple[float, float]

#: How many steps a window is divided into at first, and how close to a break a stroke comes, as a part of the window.
STEPS: Final = 200
NEAR: Final = 1e-9
#: As parts of the height: how far a curve may be from its chord, which gap is a jump, what is left out as straight.
STRAIGHT: Final = 1e-3
JUMP: Final = 1e-2
THIN: Final = 2e-4
#: How many points may be put between two neighbours.
FINEST: Final = 100


def near(window: Span) -> float:
    """How close to a break a stroke comes.

    >>> near((-5, 5))
    1e-08
    """
    return NEAR * (window[1] - window[0])


def grid(window: Span, breaks: Iterable[float] = (), corners: Iterable[float] = ()) -> list[list[float]]:
    """Where to look at first: between any two breaks, points from end to end, with the corners and beside them.

    >>> [(part[0], part[-1], len(part)) for part in grid((-5, 5), breaks=[0])]
    [(-5, -1e-08, 101), (1e-08, 5, 101)]
    """
    left, right = window
    beside, cuts = near(window), sorted(set(breaks))
    starts = [left, *(cut + beside for cut in cuts)]
    stops = [*(cut - beside for cut in cuts), right]
    regular = [left + (right - left) * i / STEPS for i in range(STEPS + 1)]
    inner = sorted({*regular, *(x for c in corners for x in (c - beside, c, c + beside))})
    return [[a, *(x for x in inner if a < x < b), b] for a, b in zip(starts, stops, strict=True) if a < b]


def strokes(
    function: Callable[[float], float], parts: Iterable[Sequence[float]], view: Span, points: int
) -> list[Stroke]:
    """The strokes over the parts of a grid, true to the curve where it is in view.

    Heights are cut off one view above and one below. About ``points`` points are put between those of the grid, at
    most; those that a straight line goes through anyway are left out.

    >>> strokes(lambda x: abs(x), [[-1, 0, 1]], (0, 1), 100)
    [((-1, 1), (0, 0), (1, 1))]
    """
    low, high = view
    height = high - low

    def curve(x: float) -> Point:
        y = function(x)
        return x, min(max(y, low - height), high + height) if y == y else y

    found: list[Stroke] = []
    for part in parts:
        refined = _refined(curve, part, height, points)
        points -= len(refined) - len(part)
        found += [_thinned(s, THIN * height) for s in _lifted(refined, height) if len(s) > 1]
    return found


def _refined(curve: Callable[[float], Point], xs: Sequence[float], height: float, points: int) -> list[Point]:
    """The points at xs, with others between them wherever the curve is not straight yet."""
    closest = 1.5 * NEAR * (xs[-1] - xs[0])
    found = [curve(xs[0])]
    for x in xs[1:]:
        todo, left = [curve(x)], min(FINEST, points)
        while todo:
            start, end = found[-1], todo[-1]
            if left and end[0] - start[0] > closest:
                middle = curve((start[0] + end[0]) / 2)
                if not _is_straight(start, middle, end, STRAIGHT * height):
                    todo.append(middle)
                    left, points = left - 1, points - 1
                    continue
            found.append(todo.pop())
    return found


def _is_straight(start: Point, middle: Point, end: Point, tolerance: float) -> bool:
    heights = start[1], middle[1], end[1]
    if any(map(math.isnan, heights)):
        return all(map(math.isnan, heights))
    return abs(middle[1] - (start[1] + end[1]) / 2) <= tolerance


def _lifted(points: Sequence[Point], height: float) -> Iterator[Stroke]:
    """The points between one lift of the pen and the next."""
    closest = 3 * NEAR * (points[-1][0] - points[0][0])
    stroke: list[Point] = []
    for x, y in points:
        jumps = bool(stroke) and x - stroke[-1][0] <= closest and abs(y - stroke[-1][1]) > JUMP * height
        if math.isnan(y) or jumps:
            yield tuple(stroke)
            stroke = []
        if not math.isnan(y):
            stroke.append((x, y))
    yield tuple(stroke)


def _thinned(stroke: Stroke, tolerance: float) -> Stroke:
    """The stroke without the points that lie between two others: a straight line has two points.

    From the last point that was kept, ``least`` and ``most`` are the slopes that pass all points since.
    """
    kept = [stroke[0]]
    least, most = -math.inf, math.inf
    for before, (x, y) in pairwise(stroke):
        width = x - kept[-1][0]
        if not least <= (y - kept[-1][1]) / width <= most:
            kept.append(before)
            least, most, width = -math.inf, math.inf, x - before[0]
        least = max(least, (y - kept[-1][1] - tolerance) / width)
        most = min(most, (y - kept[-1][1] + tolerance) / width)
    return (*kept, stroke[-1])
