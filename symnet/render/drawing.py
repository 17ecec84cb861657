"""From a figure to what is put on paper: strokes, circles and labels, as numbers and short formulas.

matplotlib and pgfplots draw the same :class:`Drawing`, so they show the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from symnet.errors import UsageError
from symnet.render.escape import plain_prose
from symnet.render.expression import latex, text
from symnet.render.figure import Figure, Interval, Kink
from symnet.render.notation import LATEX
from symnet.render.printer import Printer
from symnet.render.sampling import Function, value_of
from symnet.render.tracing import Span, Stroke, grid, near, strokes
from symnet.term import Term, number, postorder

#: A function that runs away is shown up to this many half windows, once it gets this many times as high.
BOX: Final = 1.5
RUNAWAY: Final = 3.0
#: The air above and below, and how far off a bound may be to be shown, as parts of the height.
MARGIN: Final = 0.06
REACH: Final = 1.0
#: How far apart the labels of bounds are, as a part of the height.
APART: Final = 0.1
#: The widest bound that is written as a formula, in em, and the longest title.
WIDEST: Final = 5.0
LONGEST_TITLE: Final = 70
#: How much rounding is forgiven where two numbers ought to be equal.
ROUNDING: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle: filled where the point belongs to the curve, open where the curve only comes near it."""

    x: float
    y: float
    filled: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A bound: its height, the height of its label, and the label in LaTeX and in Unicode, as in ``h < 1``."""

    height: float
    label_height: float
    label: str
    plain: str


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
    h, slope = (Function(term, figure.variable, figure.values) for term in (figure.function, figure.derivative))
    places = [place for kink in figure.kinks if (place := _place(figure, kink, slope))]
    jumps, bends = [p.x for p in places if p.is_jump], [p.x for p in places if not p.is_jump]
    parts = grid(figure.window, jumps, bends), grid(figure.window, jumps + bends)
    bounds = list(_bounds("h", figure.range, figure)), list(_bounds("h'", figure.derivative_range, figure))
    view = _view(figure, [h(x) for part in parts[0] for x in part], [slope(x) for part in parts[1] for x in part])
    view = _with_bounds(view, [height for found in bounds for height, *_ in found])
    shown = [[b for b in found if view[0] <= b[0] <= view[1]] for found in bounds]
    levels = _levels(shown, APART * (view[1] - view[0]))
    marks = [m for p in places for m in _marks(p)], [m for p in places for m in _slope_marks(p)]
    z = latex(figure.variable)
    curves = [
        Curve(
            f"{letter}({z})",
            tuple(strokes(function, parts[i], view, function.points)),
            tuple(m for m in marks[i] if view[0] <= m.y <= view[1]),
            tuple(levels[i]),
        )
        for i, (letter, function) in enumerate((("h", h), ("h'", slope)))
    ]
    return Drawing(_title(figure), z, figure.window, view, *curves)


def _title(figure: Figure) -> str:
    """The title, and the numbers that the parameters have."""
    given = [f"{text(name)} = {text(number(value))}" for name, value in figure.values.items()]
    title = "".join(c for c in plain_prose(", ".join([figure.title, *given])) if c.isprintable())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


# Kinks.


def _place(figure: Figure, kink: Kink, slope: Function) -> _Place | None:
    x, beside = value_of(kink.at, figure.values), near(figure.window)
    if not figure.window[0] <= x <= figure.window[1]:
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


def _view(figure: Figure, *heights: Sequence[float]) -> Span:
    """From the lowest to the highest point of both curves; of a curve that runs away, what fits the window."""
    box = BOX * (figure.window[1] - figure.window[0]) / 2
    extents = [_extent([y for y in ys if y == y], box) for ys in heights]
    if extents[0] is None:
        raise UsageError(f"this function is undefined everywhere in the window {figure.window}: choose another one")
    found = [y for extent in extents if extent for y in extent]
    low, high = min(found), max(found)
    return (low, high) if high - low > ROUNDING * max(1, abs(low)) else (low - 1, high + 1)


def _extent(ys: Sequence[float], box: float) -> Span | None:
    if not ys:
        return None
    low, high = min(ys), max(ys)
    inside = [y for y in ys if abs(y) <= box]
    if max(-low, high) > RUNAWAY * box and 2 * len(inside) >= len(ys):
        return max(low, -box), min(high, box)
    # A function may exceed every float; a picture may not.
    return max(low, -1e100), min(high, 1e100)


def _with_bounds(view: Span, bounds: Iterable[float]) -> Span:
    """The view with the bounds that are not too far off, and some air around."""
    low, high = view
    reach = REACH * (high - low)
    heights = [low, high, *(b for b in bounds if low - reach <= b <= high + reach)]
    air = MARGIN * (max(heights) - min(heights))
    return min(heights) - air, max(heights) + air


# Bounds.

#: Where a bound is, and what is said of it, in LaTeX and in Unicode.
_Bound = tuple[float, str, str]


def _bounds(letter: str, interval: Interval | None, figure: Figure) -> Iterator[_Bound]:
    """The ends of a range."""
    if interval is None:
        return
    if interval.lower is not None and interval.lower == interval.upper:
        yield _bound(letter, "=", interval.lower, figure)
        return
    if interval.upper is not None:
        yield _bound(letter, "≤" if interval.upper_closed else "<", interval.upper, figure)
    if interval.lower is not None:
        yield _bound(letter, "≥" if interval.lower_closed else ">", interval.lower, figure)


def _bound(letter: str, sign: str, end: Term, figure: Figure) -> _Bound:
    height = value_of(end, figure.values)
    formula, plain = _short(end, height)
    signed = {"≤": "\\leq", "≥": "\\geq"}.get(sign, sign)  # matplotlib does not know \le
    return height, f"{letter} {signed} {formula}", letter.replace("'", "′") + f" {sign} {plain}"


def _short(end: Term, height: float) -> tuple[str, str]:
    """A formula if it is short, else the first decimals."""
    if all(node.op != "cases" for node in postorder(end)):
        formula, width = Printer.of(LATEX, end).inline(end)
        if width <= WIDEST:
            return formula, text(end)
    decimals = f"{math.trunc(height * 1000) / 1000:.3f}"
    return f"{decimals}\\ldots", f"{decimals.replace('-', '−')}…"


def _levels(bounds: Sequence[Sequence[_Bound]], apart: float) -> list[list[Level]]:
    """The bounds of each curve, with all their labels pushed apart."""
    # At one height, h stands above h′.
    order = sorted((bound[0], -i, *bound[1:]) for i, found in enumerate(bounds) for bound in found)
    levels: list[list[Level]] = [[] for _ in bounds]
    for (height, i, *labels), place in zip(order, _spread([height for height, *_ in order], apart), strict=True):
        levels[-i].append(Level(height, place, *labels))
    return levels


def _spread(heights: Sequence[float], apart: float) -> list[float]:
    """Rising heights moved as little as possible (in the square) until they are ``apart``: neighbours are pooled.

    >>> _spread([0, 0, 5], 1)
    [-0.5, 0.5, 5.0]
    """
    pools: list[tuple[float, int]] = []
    for i, height in enumerate(heights):
        mean, count = height - i * apart, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + i * apart for i, mean in enumerate(flat)]
