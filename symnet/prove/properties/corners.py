"""Jumps and kinks: what h tends to, and what h′ is, on both sides of a place where branches meet.

A formula of known functions is continuous where it has a value: so h tends to f(c) if it is f on one side of c. At a
kink there are the lines about the one-sided derivatives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symnet.kernel import Replayed
from symnet.prove.derivative import Derivative
from symnet.prove.lines import Lines
from symnet.prove.meetings import Meeting
from symnet.prove.properties.data import PROVED, Property
from symnet.prove.properties.region import Region, attempt, letters_only
from symnet.prove.properties.scan import spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part, Point, Shape
from symnet.prove.properties.slopes import found as needed
from symnet.prove.properties.study import Curve, Study
from symnet.term import Term, put


def has_corner(m: Meeting) -> bool:
    """Whether h is known to have no derivative where branches meet."""
    return _jumps(m) or (m.slope is None and None not in (m.left_slope, m.right_slope))


def _jumps(m: Meeting) -> bool:
    return any(side is not None and side != m.value for side in (m.left, m.right))


def corners(found: Derivative, parts: Sequence[Part], setting: Setting) -> Iterator[Property]:
    """The jumps and kinks that are proved, from left to right."""
    study = Study(Curve(found.function, found.variable), Shape((), ()), setting, is_whole=False)
    for m in found.meetings:
        if _jumps(m):
            shown = [study.value_shown(Point(spot(m.at, setting), spot(m.value, setting)))]
            for part in parts:
                for end, side in ((part.upper, m.left), (part.lower, m.right)):
                    if end.value == m.at and side is not None:
                        shown.append(_tends(study, part, m.at, side))
            if None not in shown:
                yield Property("jump", m, PROVED, tuple(s for s in shown if s is not None), setting.where)
        elif has_corner(m):
            yield Property("kink", m, PROVED, (lines_at(found, m),), setting.where)


def _tends(study: Study, part: Part, at: Term, value: Term) -> Replayed | None:
    """That h is a formula on a part, and what the formula is at an end."""
    region = Region(study.curve.variable, part.lower, part.upper)

    def prove(lines: Lines) -> list[int]:
        opened = region.ground(lines, study.setting).settled(study.curve.opened(lines, part))
        there = lines.same(lines.start(put(part.formula, study.curve.variable, at)), value)
        return [needed(opened), needed(letters_only(lines, study.setting).settled(there))]

    return attempt(prove, region.known(study.setting))


def lines_at(found: Derivative, m: Meeting) -> Replayed:
    """The lines about h′ where branches meet, as a derivation of its own."""
    lines = Lines([(d.symbol, d.body) for d in found.replayed.definitions])
    for step in found.replayed.steps:
        lines.write(step.rule, step.premises, step.terms)
    return lines.kept(*m.lines)[0]
