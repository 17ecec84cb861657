"""The shape of a function: the intervals on which it is given by one formula and grows or falls, and what lies between.

All of this is numerical, and is what the search tries to prove afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from symnet.errors import Undecided
from symnet.prove.branches import arms_at
from symnet.prove.derivative import Derivative
from symnet.prove.lines import Lines
from symnet.prove.properties.algebra import derivative_of, tidy
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.limits import limit
from symnet.prove.properties.scan import Spot, estimated, inside, spot, turns, values_at, zeros
from symnet.prove.properties.setting import Setting
from symnet.prove.sampling import value as value_there
from symnet.prove.tidy import proved_equal
from symnet.term import Condition, Term, number, put, symbols

Arms = tuple[tuple[Term, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An open interval on which one formula holds, the derivative of that, and the arms of cases that lead to it."""

    lower: Spot
    upper: Spot
    formula: Term
    slope: Term
    arms: Arms

    def window(self, sample: int) -> tuple[float, float]:
        """The ends as numbers, for one choice of numbers of the letters."""
        return float(self.lower.numbers[sample]), float(self.upper.numbers[sample])


@dataclass(frozen=True, slots=True)
class Point:
    """A place between intervals, or at the end of the last, and the value there."""

    at: Spot
    value: Spot
    part: Part | None = None  # inside of which it lies


@dataclass(frozen=True, slots=True)
class Cell:
    """An open interval on which a part grows (direction 1), falls (−1) or is constant (0), and what it tends to."""

    part: Part
    lower: Spot
    upper: Spot
    direction: int
    left: Spot
    right: Spot

    @property
    def image(self) -> tuple[Spot, Spot]:
        """The ends of the values, the lower one first."""
        return (self.right, self.left) if self.direction < 0 else (self.left, self.right)

    @property
    def ends(self) -> Iterator[tuple[Any, Any]]:
        """The same as numbers, for each choice of numbers of the letters."""
        low, high = self.image
        return zip(low.numbers, high.numbers, strict=True)


@dataclass(frozen=True)
class Shape:
    """A function as cells with points between them, from left to right.

    A wave is a single cell, from its lowest to its highest value, on which it rises and falls.
    """

    cells: tuple[Cell, ...]
    points: tuple[Point, ...]
    is_wave: bool = False

    def value_at(self, place: Spot) -> Point | None:
        """The point at a place, if the function has a value there."""
        return next((p for p in self.points if p.at.value == place.value), None)


# Where a formula has a value.


def defined(formula: Term, setting: Setting, lower: Spot, upper: Spot) -> list[tuple[Spot, Spot]]:
    """The open intervals between two places on which a formula has a value."""
    conditions = conditions_of(formula, setting)
    places = [lower, *cuts_of(conditions, setting, lower, upper), upper]
    return [(a, b) for a, b in pairwise(places) if all(_holds_between(c, setting, a, b) for c in conditions)]


def conditions_of(formula: Term, setting: Setting) -> list[Condition]:
    """The conditions on the variable under which the kernel lets a formula have a value."""
    lines = Lines()
    found = lines.conditions(lines.discharge(lines.start(formula)))
    return [c for c in found if isinstance(c, Condition) and setting.variable in symbols(c.term)]


def cuts_of(conditions: Iterable[Condition], setting: Setting, lower: Spot, upper: Spot) -> list[Spot]:
    """The places between two others where a condition begins or ceases to hold.

    Raises :class:`~symnet.errors.Undecided` where there is no term for one.
    """
    found: dict[Any, Spot] = {}
    for c in conditions:
        changing = [s for s in turns(c.term, setting, lower, upper)[1] if inside(s, lower, upper)]
        found |= {s.numbers[0]: s for s in (*zeros(c.term, setting, lower, upper), *changing)}
    if any(cut.term is None for cut in found.values()):
        raise Undecided("there is no term for where a function begins to have values")
    return [found[x] for x in sorted(found)]


def _holds_between(condition: Condition, setting: Setting, lower: Spot, upper: Spot) -> bool:
    signs, _ = turns(condition.term, setting, lower, upper)
    return signs == (1,) or (condition.relation == "!=" and signs == (-1,))


# Cells.


def cells_of(part: Part, setting: Setting) -> tuple[list[Cell], list[Point]]:
    """The cells of a part, and the points between them where it turns.

    Raises :class:`~symnet.errors.Undecided` where that is not clear.
    """
    signs, found = turns(part.slope, setting, part.lower, part.upper)
    if not signs and setting.variable in symbols(part.formula) and not proved_equal(part.slope, number(0)):
        raise Undecided("the sign of a derivative is not clear")
    points = [Point(at, _value(part.formula, at, setting), part) for at in found]
    first, last = _end(part, setting, part.lower, 1), _end(part, setting, part.upper, -1)
    places = [(part.lower, first), *((p.at, p.value) for p in points), (part.upper, last)]
    cells = [
        Cell(part, a, b, direction, left, right)
        for direction, ((a, left), (b, right)) in zip(signs or (0,), pairwise(places), strict=True)
    ]
    if any(c.direction and not all(low < high for low, high in c.ends) for c in cells):
        raise Undecided("a function is not seen to tend to where it should")
    return cells, points


def _value(formula: Term, at: Spot, setting: Setting) -> Spot:
    """The value of a formula at a place."""
    if at.term is not None:
        return spot(tidy(put(formula, setting.variable, at.term)), setting)
    values = values_at(formula, at, setting)
    if None in values:
        raise Undecided("a formula has no value at a place")
    return Spot(estimated(values[0]), tuple(values))


def _end(part: Part, setting: Setting, at: Spot, side: int) -> Spot:
    """What a part tends to at one of its ends."""
    found = limit(part.formula, setting, at.value, side) if isinstance(at.value, Term | Infinite) else None
    if found is None:
        raise Undecided("what a function tends to is not clear")
    return spot(tidy(found) if isinstance(found, Term) else found, setting)


# The shapes of h and h′.


def parts_of(found: Derivative, setting: Setting) -> tuple[Part, ...]:
    """The open intervals on which h is given by one formula and has a value, from left to right."""
    parts = []
    for piece in found.pieces:
        b = piece.branch
        lower, upper = (
            spot(infinite if end is None else end, setting)
            for end, infinite in ((b.lower, Infinite.BELOW), (b.upper, Infinite.ABOVE))
        )
        parts += [
            Part(low, high, b.function, piece.derivative, b.arms)
            for left, right in defined(b.function, setting, lower, upper)
            for low, high in defined(piece.derivative, setting, left, right)
        ]
    return tuple(parts)


def slopes_of(parts: Sequence[Part], setting: Setting) -> tuple[Part, ...]:
    """The same for h′."""
    found = []
    for part in parts:
        second = derivative_of(part.slope, setting.variable)
        found += [
            Part(low, high, part.slope, second, part.arms)
            for low, high in defined(part.slope, setting, part.lower, part.upper)
        ]
    return tuple(found)


def ends_of(parts: Sequence[Part]) -> list[Spot]:
    """The places where parts begin or end, each once."""
    places = [end for p in parts for end in (p.lower, p.upper) if not end.is_infinite]
    return list({str(p.numbers[0]): p for p in places}.values())


def shape_of(parts: Iterable[Part], points: Iterable[Point], setting: Setting) -> Shape:
    """Cells and points in order."""
    cells, between = [], list(points)
    for part in parts:
        more, turning = cells_of(part, setting)
        cells += more
        between += turning
    return Shape(tuple(cells), tuple(sorted(between, key=lambda p: p.at.numbers[0])))


def points_of(found: Derivative, parts: Sequence[Part], setting: Setting) -> list[Point]:
    """The ends of parts where h has a value."""
    points = []
    for at in ends_of(parts):
        meeting = next((m for m in found.meetings if m.at == at.value), None)
        if meeting is not None:
            points.append(Point(at, spot(meeting.value, setting)))
        elif at.term is not None:
            there = put(found.function, found.variable, at.term)
            if value_there(there, found.numbers) is not None:
                points.append(Point(at, spot(tidy(arms_at(there, found.numbers)[1]), setting)))
    return points


def slope_points(found: Derivative, setting: Setting) -> list[Point]:
    """The places where parts meet and h has a derivative."""
    return [Point(spot(m.at, setting), spot(m.slope, setting)) for m in found.meetings if m.slope is not None]


def connected_parts(parts: Sequence[Part], points: Sequence[Point]) -> list[list[Part]]:
    """The parts of each interval of the domain."""
    values = {p.at.value for p in points}
    found: list[list[Part]] = []
    for part in parts:
        if found and found[-1][-1].upper.value == part.lower.value in values:
            found[-1].append(part)
        else:
            found.append([part])
    return found
