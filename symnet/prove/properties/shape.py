"""The shape of a function: the intervals on which it is given by one formula and grows or falls, and what lies between.

All of this is numerical, and is what the search tries to prove afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from symnet.errors import Undecided
from symnet.prove.branches import arms_at
from symnet.prove.derivative import Derivative
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.lines import Lines
from symnet.prove.properties.caching import CACHED, tidy
from symnet.prove.properties.data import Estimate, Infinite
from symnet.prove.properties.limits import limit
from symnet.prove.properties.numerics import precise
from symnet.prove.properties.scan import Spot, estimated, inside, roots, spot, turns
from symnet.prove.properties.setting import Setting
from symnet.prove.sampling import value as value_there
from symnet.term import Condition, Term, derivative, put, symbols

Arms = tuple[tuple[Term, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An open interval on which one formula holds, the derivative of that, and the arms of cases that lead to it."""

    lower: Spot
    upper: Spot
    formula: Term
    slope: Term
    arms: Arms


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


@dataclass(frozen=True)
class Shape:
    """A function as cells with points between them, from left to right."""

    cells: tuple[Cell, ...]
    points: tuple[Point, ...]

    def value_at(self, place: Spot) -> Point | None:
        """The point at a place, if the function has a value there."""
        return next((p for p in self.points if p.at.value == place.value), None)


@lru_cache(maxsize=CACHED)
def derivative_of(formula: Term, variable: Term) -> Term:
    """The derivative by the rules, without zeros and ones."""
    lines = Lines()
    return cleaned(lines.rhs(lines.differentiate(lines.start(derivative(formula, variable)))))


# Where a formula has a value.


def defined(formula: Term, setting: Setting, lower: Spot, upper: Spot) -> list[tuple[Spot, Spot]]:
    """The open intervals between two places on which a formula has a value."""
    cuts: dict[Any, Spot] = {}
    conditions = list(_conditions(formula, setting))
    for c in conditions:
        _, found = turns(c.term, setting, lower, upper)
        touching = [spot(t, setting) for t in roots(c.term, setting) if _is_root(c.term, t, setting)]
        cuts |= {s.numbers[0]: s for s in [*touching, *found] if inside(s, lower, upper)}
    if any(cut.term is None for cut in cuts.values()):
        raise Undecided("there is no term for where a function begins to have values")
    places = [lower, *(cuts[x] for x in sorted(cuts)), upper]
    return [(a, b) for a, b in pairwise(places) if all(_holds_between(c, setting, a, b) for c in conditions)]


def _conditions(formula: Term, setting: Setting) -> Iterator[Condition]:
    lines = Lines()
    line = lines.discharge(lines.start(formula))
    for c in lines.conditions(line):
        if isinstance(c, Condition) and setting.variable in symbols(c.term):
            yield c


def _is_root(term: Term, at: Term, setting: Setting) -> bool:
    values = [precise(put(term, setting.variable, at), numbers) for numbers in setting.samples]
    return all(v is not None and abs(v) < 1e-40 for v in values)


def _holds_between(condition: Condition, setting: Setting, lower: Spot, upper: Spot) -> bool:
    signs, _ = turns(condition.term, setting, lower, upper)
    return signs == (1,) or (condition.relation == "!=" and signs == (-1,))


# Cells.


def cells_of(part: Part, setting: Setting) -> tuple[list[Cell], list[Point]]:
    """The cells of a part, and the points between them where it turns.

    Raises :class:`~symnet.errors.Undecided` where that is not clear.
    """
    signs, found = turns(part.slope, setting, part.lower, part.upper)
    if not signs and setting.variable in symbols(part.formula):
        raise Undecided("the sign of a derivative is not clear")
    points = [Point(at, _value(part.formula, at, setting), part) for at in found]
    first, last = _end(part, setting, part.lower, 1), _end(part, setting, part.upper, -1)
    places = [(part.lower, first), *((p.at, p.value) for p in points), (part.upper, last)]
    return [
        Cell(part, a, b, direction, left, right)
        for direction, ((a, left), (b, right)) in zip(signs or (0,), pairwise(places), strict=True)
    ], points


def _value(formula: Term, at: Spot, setting: Setting) -> Spot:
    """The value of a formula at a place."""
    if at.term is not None:
        return spot(tidy(put(formula, setting.variable, at.term)), setting)
    values = tuple(
        precise(formula, {**numbers, setting.variable: x})
        for numbers, x in zip(setting.samples, at.numbers, strict=True)
    )
    if None in values:
        raise Undecided("a formula has no value at a place")
    return Spot(estimated(values[0]), values)


def _end(part: Part, setting: Setting, at: Spot, side: int) -> Spot:
    """What a part tends to at one of its ends."""
    found = None if isinstance(at.value, Estimate) else limit(part.formula, setting, at.value, side)
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
    places = [end for p in parts for end in (p.lower, p.upper) if not isinstance(end.value, Infinite)]
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
        elif (
            at.term is not None and value_there(put(found.function, found.variable, at.term), found.numbers) is not None
        ):
            term = put(found.function, found.variable, at.term)
            points.append(Point(at, spot(tidy(arms_at(term, found.numbers)[1]), setting)))
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
