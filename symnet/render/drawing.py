"""From a figure to what is put on paper: strokes, circles and labels, as numbers and short formulas.

matplotlib and pgfplots draw the same :class:`Drawing`, so they show the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from symnet.errors import UsageError
from symnet.render.bounds import Bound, Level, bounds_of, levels_of
from symnet.render.escape import plain_prose
from symnet.render.expression import latex, text
from symnet.render.figure import Figure, Kink
from symnet.render.sampling import Function, value_of
from symnet.render.tracing import Span, Stroke, grid, near, strokes
from symnet.term import Term, number

#: A function that runs away is shown up to so many half windows. It runs away when it gets three times as high and is
#: inside most of the time, or a hundred times as high and is inside some of the time.
BOX: Final = 1.5
RUNAWAY: Final = 3.0
MOST: Final = 0.5
FAR: Final = 100.0
SOME: Final = 0.1
#: The heights that can be drawn.
FARTHEST: Final = 1e100
#: The air above and below, and how far off a bound may be to be shown, as parts of the height.
MARGIN: Final = 0.06
REACH: Final = 1.0
#: The longest title.
LONGEST_TITLE: Final = 60
#: How much rounding is forgiven where two numbers ought to be equal.
ROUNDING: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle: filled where the point belongs to the curve, open where the curve only comes near it."""

    x: float
    y: float
    filled: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """h or h′: its name in LaTeX, as in ``h(z)``, and what is drawn of it."""

    name: str
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture: ``variable`` is the label of the horizontal axis in LaTeX, ``view`` the span of heights."""

    title: str
    variable: str
    window: Span
    view: Span
    function: Curve
    derivative: Curve


@dataclass(frozen=True, slots=True)
class _Place:
    """A kink in numbers, nan where there is none: h there, and the limits of h and h′ from the left and the right."""

    x: float
    value: float
    limits: Span
    slopes: Span

    @property
    def is_jump(self) -> bool:
        """Whether h is interrupted there, and not only bent."""
        return any(y == y and not _equal(y, self.value) for y in self.limits)


def drawing(figure: Figure) -> Drawing:
    """What a figure shows.

    Raises :class:`~symnet.errors.UsageError` when h or h′ cannot be drawn, as
    :class:`~symnet.render.sampling.Function` does, and when h is undefined in all of the window.

    >>> from symnet.term import number, symbol
    >>> z = symbol("z")
    >>> drawing(Figure("line", z, 2 * z, number(2), window=(-1, 1))).function.strokes
    (((-1, -2.0), (1, 2.0)),)
    """
    h = Function(figure.function, figure.variable, figure.values)
    slope = Function(figure.derivative, figure.variable, figure.values, within=h)
    places = [place for kink in figure.kinks if (place := _place(figure, kink, slope))]
    jumps, bends = [p.x for p in places if p.is_jump], [p.x for p in places if not p.is_jump]
    pens = _Pen(h, grid(figure.window, jumps, bends)), _Pen(slope, grid(figure.window, jumps + bends))
    bounds = bounds_of("h", figure.range, figure.values), bounds_of("h'", figure.derivative_range, figure.values)
    view = _with_bounds(_view(figure, [_heights(pen, figure.window) for pen in pens]), bounds)
    levels = levels_of([[b for b in found if _is_in(view, b[0])] for found in bounds], view)
    marks = [m for p in places for m in _marks(p)], [m for p in places for m in _slope_marks(p)]
    z = latex(figure.variable)
    curves = [
        Curve(
            f"{letter}({z})",
            tuple(strokes(pen.function, pen.parts, view, pen.function.points)),
            tuple(mark for mark in found if _is_in(view, mark.y)),
            tuple(about),
        )
        for letter, pen, found, about in zip(("h", "h'"), pens, marks, levels, strict=True)
    ]
    return Drawing(_title(figure), z, figure.window, view, *curves)


@dataclass(frozen=True, slots=True)
class _Pen:
    """A function, and where it is looked at."""

    function: Function
    parts: list[list[float]]


def _is_in(span: Span, value: float) -> bool:
    return span[0] <= value <= span[1]


def _title(figure: Figure) -> str:
    """The title, and the numbers that the parameters have."""
    given = [f"{text(name)} = {text(number(value))}" for name, value in figure.values.items()]
    title = "".join(c for c in plain_prose(", ".join([figure.title, *given])) if c.isprintable())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


# Kinks.


def _place(figure: Figure, kink: Kink, slope: Function) -> _Place | None:
    x, beside = value_of(kink.at, figure.values), near(figure.window)
    if not _is_in(figure.window, x):
        return None

    def given(term: Term | None, otherwise: float = math.nan) -> float:
        return otherwise if term is None else value_of(term, figure.values)

    slopes = given(kink.left_slope, slope(x - beside)), given(kink.right_slope, slope(x + beside))
    return _Place(x, given(kink.value), (given(kink.left), given(kink.right)), slopes)


def _marks(place: _Place) -> Iterator[Mark]:
    """On h: where it is, and which limits it does not take."""
    if place.value == place.value:
        yield Mark(place.x, place.value, True)
    yield from (Mark(place.x, y, False) for y in _distinct(place.limits) if not _equal(y, place.value))


def _slope_marks(place: _Place) -> Iterator[Mark]:
    """On h′: its limits, none of which is a derivative, unless h is smooth there."""
    slopes = _distinct(place.slopes)
    if place.is_jump or len(slopes) > 1:
        yield from (Mark(place.x, y, False) for y in slopes)


def _distinct(pair: Span) -> list[float]:
    left, right = pair
    return [y for y in ([left] if _equal(left, right) else pair) if y == y]


def _equal(left: float, right: float) -> bool:
    return abs(left - right) <= ROUNDING * max(1, abs(left), abs(right))


# Heights.


@dataclass(frozen=True, slots=True)
class _Heights:
    """The heights of a curve at regular points, and close to those where it has none."""

    regular: list[float]
    close: list[float]


def _heights(pen: _Pen, window: Span) -> _Heights:
    xs = [x for part in pen.parts for x in part]
    holes = [x + beside for x in xs if math.isnan(pen.function(x)) for beside in (-near(window), near(window))]
    regular, close = ([y for y in map(pen.function, points) if y == y] for points in (xs, holes))
    return _Heights(regular, close)


def _view(figure: Figure, curves: Sequence[_Heights]) -> Span:
    """From the lowest to the highest point of both curves; of a curve that runs away, what fits the window."""
    box = BOX * (figure.window[1] - figure.window[0]) / 2
    found = [_extent(curve, box) for curve in curves if curve.regular]
    if not curves[0].regular:
        raise UsageError(f"this function is undefined everywhere in the window {figure.window}: choose another one")
    low, high = min(low for low, _ in found), max(high for _, high in found)
    size = max(1.0, abs(low), abs(high))
    return (low, high) if high - low > ROUNDING * size else (low - size, high + size)


def _extent(heights: _Heights, box: float) -> Span:
    ys = heights.regular
    low, high = min(ys), max(ys)
    highest = max(map(abs, (low, high, *heights.close)))
    inside = sum(abs(y) <= box for y in ys) / len(ys)
    if (highest > RUNAWAY * box and inside >= MOST) or (highest > FAR * box and inside >= SOME):
        return max(low, -box), min(high, box)
    # A function may exceed every float; a picture may not.
    return min(max(low, -FARTHEST), FARTHEST), max(min(high, FARTHEST), -FARTHEST)


def _with_bounds(view: Span, bounds: Iterable[Iterable[Bound]]) -> Span:
    """The view with the bounds that are not too far off, and some air around."""
    low, high = view
    reach = REACH * (high - low)
    heights = [low, high, *(b[0] for found in bounds for b in found if low - reach <= b[0] <= high + reach)]
    air = MARGIN * (max(heights) - min(heights))
    return min(heights) - air, max(heights) + air
