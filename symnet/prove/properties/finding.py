"""All facts about a derived function, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from symnet.errors import SymnetError
from symnet.prove.derivative import Derivative
from symnet.prove.properties.corners import corners, has_corner, lines_at
from symnet.prove.properties.data import BOUND, CONTAINED, NUMERICAL, PROVED, Property
from symnet.prove.properties.domains import domain, unsolved
from symnet.prove.properties.ground import IN_ALL, Effort
from symnet.prove.properties.lipschitz import lipschitz
from symnet.prove.properties.monotony import limits, monotony
from symnet.prove.properties.parity import Interval, parity
from symnet.prove.properties.ranges import find_range
from symnet.prove.properties.region import Region
from symnet.prove.properties.scan import Spot, inside
from symnet.prove.properties.setting import Setting, settings
from symnet.prove.properties.shape import (
    Part,
    Point,
    Shape,
    connected_parts,
    ends_of,
    parts_of,
    points_of,
    shape_of,
    slope_points,
    slopes_of,
)
from symnet.prove.properties.study import Curve, Study
from symnet.prove.properties.waves import is_wave, wave_shape
from symnet.term import Condition, Term

#: In which order facts are given.
KINDS: Final = (
    "domain",
    "range",
    "derivative range",
    "jump",
    "kink",
    "limit at −∞",
    "limit at ∞",
    "parity",
    "monotony",
    "Lipschitz constant",
)
_RANK: Final = {PROVED: 0, CONTAINED: 1, BOUND: 1, NUMERICAL: 2}


def properties(
    found: Derivative, numbers: Mapping[Term, Fraction], assumptions: Sequence[Condition] = ()
) -> tuple[Property, ...]:
    """Find out what holds of h and h′, and prove what can be proved.

    ``numbers`` are those of the letters, and ``assumptions`` what may be assumed of them. A fact holds for all numbers
    for which the assumptions hold, as far as they hold for these, and ``where`` says what else it rests on.

    >>> from symnet.activations import find
    >>> from symnet.prove.derivative import derive
    >>> from symnet.term import symbol
    >>> row = find("relu")
    >>> [p.value for p in properties(derive(row.definition, symbol("z"), {}), {}) if p.kind == "monotony"]
    ['nondecreasing']
    """
    best: dict[str, list[Property]] = {}
    branches = [p.branch for p in found.pieces]
    in_all = Effort(IN_ALL)
    for setting in settings(found.variable, {**found.numbers, **numbers}, assumptions, branches):
        told: dict[str, list[Property]] = {}
        for p in _Search(found, replace(setting, in_all=in_all)).all():
            told.setdefault(p.kind, []).append(p)
        for kind, facts in told.items():
            if kind not in best or _rank(facts[0]) < _rank(best[kind][0]):
                best[kind] = facts
        if {"range", "derivative range"} <= best.keys() and all(_rank(p) == (0, 0) for ps in best.values() for p in ps):
            break
    return tuple(p for kind in KINDS for p in best.get(kind, ()))


def _rank(p: Property) -> tuple[int, int]:
    """Facts that say more come first."""
    return int(p.value is None), _RANK[p.status]


# The facts.


class _Search:
    """The facts under one choice of assumptions."""

    def __init__(self, found: Derivative, setting: Setting) -> None:
        self.found = found
        self.setting = setting
        self.parts: tuple[Part, ...] = ()
        self.points: list[Point] = []
        self.is_whole = False  # whether it is proved that h has no value but on the parts and at the points

    def all(self) -> Iterator[Property]:
        """What is found out."""
        yield self.domain()
        intervals = self.intervals()
        known = intervals if self.is_whole else None
        yield from _one(lambda: parity(self.found.function, self.setting, known))
        if self.parts:
            yield from corners(self.found, self.parts, self.setting)
            yield from self.of_function()
            yield from self.of_slope(intervals)

    def domain(self) -> Property:
        """The domain; after that its parts are known, if they are found."""
        found, setting = self.found, self.setting
        try:
            self.parts = parts_of(found, setting)
            self.points = points_of(found, self.parts, setting)
            fact = domain(found, self.parts, self.points, setting)
        except SymnetError:
            self.parts, self.points = (), []
            fact = unsolved(found, setting)
        self.is_whole = fact.value is not None
        return fact

    def intervals(self) -> list[Interval]:
        """The intervals of the domain, with the parts of each."""
        values = {p.at.value for p in self.points}
        found: list[Interval] = []
        for parts in connected_parts(self.parts, self.points):
            low, high = parts[0].lower, parts[-1].upper
            found.append((Region(self.setting.variable, low, high, low.value in values, high.value in values), parts))
        return found

    def of_function(self) -> Iterator[Property]:
        """The range of h, its limits, and whether it grows."""
        study = self.study(Curve(self.found.function, self.found.variable), self.parts, self.points)
        if study is None:
            return
        yield from _one(lambda: find_range("range", study))
        if not study.shape.is_wave:
            yield from _one(lambda: monotony(study))
            yield from limits(study)

    def of_slope(self, intervals: Sequence[Interval]) -> Iterator[Property]:
        """The range of h′, and the Lipschitz constant."""
        found, setting = self.found, self.setting
        try:
            slopes, points = slopes_of(self.parts, setting), slope_points(found, setting)
        except SymnetError:
            return
        study = self.study(Curve(found.function, found.variable, is_slope=True), slopes, points)
        missing = list(self.missing(slopes, intervals))
        if study is None or not all(_is_steep(study.shape, at) for at in missing):
            return
        at_points = tuple(lines_at(found, m) for m in found.meetings if m.slope is not None)
        study = replace(study, is_whole=study.is_whole and not missing, at_points=at_points)
        for slope_range in _one(lambda: find_range("derivative range", study)):
            yield slope_range
            if self.is_whole and len(intervals) == 1:
                yield from _one(lambda: lipschitz(found, intervals[0], study, slope_range))  # noqa: B023

    def study(self, curve: Curve, parts: Sequence[Part], points: Sequence[Point]) -> Study | None:
        """The function with its shape; None where that is not clear."""
        try:
            return Study(curve, shape_of(parts, points, self.setting), self.setting, self.is_whole)
        except SymnetError:
            if len(parts) != 1 or not is_wave(parts[0]):
                return None
        try:
            return Study(curve, wave_shape(parts[0], self.setting), self.setting, self.is_whole)
        except SymnetError:
            return None

    def missing(self, slopes: Sequence[Part], intervals: Sequence[Interval]) -> Iterator[Spot]:
        """Places inside the domain where no formula says what h′ is, and h neither jumps nor has a kink."""
        told = {m.at for m in self.found.meetings if m.slope is not None or has_corner(m)}
        for at in ends_of(slopes):
            if at.value not in told and any(inside(at, region.lower, region.upper) for region, _ in intervals):
                yield at


def _is_steep(slopes: Shape, at: Spot) -> bool:
    """Whether h′ tends to −∞ or ∞ at a place, so that h has no derivative there."""
    ends = [(c.lower, c.left) for c in slopes.cells] + [(c.upper, c.right) for c in slopes.cells]
    return any(place.value == at.value and value.is_infinite for place, value in ends)


def _one(find: Callable[[], Property | None]) -> Iterator[Property]:
    """What is found, if it is."""
    try:
        found = find()
    except SymnetError:
        return
    if found is not None:
        yield found
