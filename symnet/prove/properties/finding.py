"""All facts about a derived function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from symnet.errors import SymnetError
from symnet.kernel import Replayed
from symnet.prove.derivative import Derivative
from symnet.prove.lines import Lines
from symnet.prove.properties.data import BOUND, CONTAINED, NUMERICAL, PROVED, Property
from symnet.prove.properties.domains import domain, unsolved
from symnet.prove.properties.ground import IN_ALL, Effort
from symnet.prove.properties.inclusion import Study
from symnet.prove.properties.lipschitz import lipschitz
from symnet.prove.properties.monotony import monotony
from symnet.prove.properties.parity import parity
from symnet.prove.properties.ranges import find_range
from symnet.prove.properties.region import Curve
from symnet.prove.properties.setting import Setting, settings
from symnet.prove.properties.shape import (
    Part,
    connected_parts,
    parts_of,
    points_of,
    shape_of,
    slope_points,
    slopes_of,
)
from symnet.prove.properties.tails import limits
from symnet.prove.properties.waves import is_wave, wave
from symnet.term import Condition, Term

#: In which order facts are given.
KINDS: Final = (
    "domain",
    "range",
    "derivative range",
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
    best: dict[str, Property] = {}
    branches = [p.branch for p in found.pieces]
    in_all = Effort(IN_ALL)
    for setting in settings(found.variable, {**found.numbers, **numbers}, assumptions, branches):
        for p in _Search(found, replace(setting, in_all=in_all)).all():
            if p.kind not in best or _RANK[p.status] < _RANK[best[p.kind].status]:
                best[p.kind] = p
        if {"range", "derivative range"} <= best.keys() and all(p.status == PROVED for p in best.values()):
            break
    return tuple(best[kind] for kind in KINDS if kind in best)


class _Search:
    """The facts under one choice of assumptions."""

    def __init__(self, found: Derivative, setting: Setting) -> None:
        self.found = found
        self.setting = setting
        self.given = setting.samples[0]

    def all(self) -> Iterator[Property]:
        """What is found out."""
        found, setting = self.found, self.setting
        try:
            parts = parts_of(found, setting)
            points = points_of(found, parts, setting)
            if not parts:
                return
            yield domain(found, parts, points, setting)
        except SymnetError:
            yield unsolved(found, setting)
            parts, points = (), []
        pieces = connected_parts(parts, points)
        yield from _one(lambda: parity(found.function, setting, self.given, pieces))
        if parts:
            yield from self.of_function(parts)
            yield from self.of_slope(parts)

    def of_function(self, parts: Sequence[Part]) -> Iterator[Property]:
        """The range of h, its limits, and whether it grows."""
        found, setting = self.found, self.setting
        curve = Curve(found.function, found.variable)
        try:
            shape = shape_of(parts, points_of(found, parts, setting), setting)
        except SymnetError:
            yield from self.of_wave("range", curve, parts)
            return
        study = Study(curve, shape, setting, self.given)
        yield from _one(lambda: find_range("range", study))
        yield from _one(lambda: monotony(study))
        yield from limits(study)

    def of_slope(self, parts: Sequence[Part]) -> Iterator[Property]:
        """The range of h′, and the Lipschitz constant."""
        found, setting = self.found, self.setting
        curve = Curve(found.function, found.variable, is_slope=True)
        try:
            slopes = slopes_of(parts, setting)
            points = slope_points(found, setting)
            shape = shape_of(slopes, points, setting)
        except SymnetError:
            yield from self.of_wave("derivative range", curve, slopes_or_none(parts, setting))
            return
        study = Study(curve, shape, setting, self.given, tuple(_at_meetings(found)))
        values = study.stretches()
        for slope_range in _one(lambda: find_range("derivative range", study)):
            yield slope_range
            yield from _one(lambda: lipschitz(found, parts, study, values, slope_range))  # noqa: B023

    def of_wave(self, kind: str, curve: Curve, parts: Sequence[Part]) -> Iterator[Property]:
        """The same for a function that turns again and again."""
        if len(parts) != 1 or not is_wave(parts[0]):
            return
        try:
            found, study, stretch = wave(kind, curve, parts[0], self.setting, self.given)
        except SymnetError:
            return
        yield found
        if curve.is_slope:
            whole = parts_of(self.found, self.setting)
            yield from _one(lambda: lipschitz(self.found, whole, study, [stretch], found))


def slopes_or_none(parts: Sequence[Part], setting: Setting) -> Sequence[Part]:
    """The parts of h′, none where these are not clear."""
    try:
        return slopes_of(parts, setting)
    except SymnetError:
        return ()


def _one(find: Callable[[], Property | None]) -> Iterator[Property]:
    """What is found, if it is."""
    try:
        found = find()
    except SymnetError:
        return
    if found is not None:
        yield found


def _at_meetings(found: Derivative) -> Iterator[Replayed]:
    """The lines about h′ where branches meet, each as a derivation of its own."""
    for meeting in found.meetings:
        if meeting.slope is not None:
            lines = Lines([(d.symbol, d.body) for d in found.replayed.definitions])
            for step in found.replayed.steps:
                lines.write(step.rule, step.premises, step.terms)
            yield lines.kept(*meeting.lines)[0]
