"""Whether a function grows or falls, on each interval of its domain; and what it tends to at −∞ and ∞.

It grows on an interval if h(q) − h(p) > 0 for all p < q there. A limit at an infinite end is proved where the function
is constant there; or where it grows (or falls) on an interval that reaches so far, stays on one side of the limit, and
takes every value up to it on that interval: then it can tend to nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

from symnet.errors import Undecided
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.prove.properties.algebra import derivative_of
from symnet.prove.properties.data import NUMERICAL, PROVED, Infinite, Property
from symnet.prove.properties.enclosures import stays
from symnet.prove.properties.ground import Ground
from symnet.prove.properties.joining import Join, Link
from symnet.prove.properties.preimage import preimage
from symnet.prove.properties.ranges import inclusions
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot, values_at, zeros
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Cell, Part, Shape
from symnet.prove.properties.study import Study
from symnet.term import Condition, Term, put

_KINDS: Final = {
    (1, True): "increasing",
    (1, False): "nondecreasing",
    (-1, True): "decreasing",
    (-1, False): "nonincreasing",
}
#: By how much an enclosure of the slope may reach beyond 0.
_ROOM: Final = 1e-3
#: Letters for two places, the first that the function does not have.
_LETTERS: Final = ("p", "q", "x", "y", "u", "v", "s", "t", "k", "l")

Shown = tuple[Replayed, ...]


def monotony(study: Study) -> Property | None:
    """Whether h grows or falls; None where it does neither."""
    pieces, jumps = connected(study.shape), list(_jumps(study))
    directions = {c.direction for c in study.shape.cells} | set(jumps)
    if None in directions or {1, -1} <= directions or not pieces:
        return None
    direction = next(iter(directions - {0}), 0)
    if not direction:
        return _constant(study, len(pieces) > 1)
    strict = all(c.direction for c in study.shape.cells)
    shown = [growing(study, piece, direction, strict) for piece in pieces] if study.is_whole else [None]
    found = tuple(s for s in shown if s is not None)
    status, found = (PROVED, found) if len(found) == len(shown) else (NUMERICAL, ())
    if status == NUMERICAL:
        _check(study, direction)
    kind = _KINDS[direction, strict]
    return Property("monotony", kind, status, found, study.setting.where, piecewise=len(pieces) > 1)


def _constant(study: Study, piecewise: bool) -> Property | None:
    shown = inclusions(study, study.stretches()) if study.is_whole else None
    if shown is None:
        return None
    return Property("monotony", "constant", PROVED, shown, study.setting.where, piecewise)


def _check(study: Study, direction: int) -> None:
    """See that no place was overlooked where the slope has the other sign."""
    bounds = (-_ROOM, math.inf) if direction > 0 else (-math.inf, _ROOM)
    for i, numbers in enumerate(study.setting.samples):
        for part in study.parts:
            if not stays(part.slope, study.setting.variable, numbers, part.window(i), bounds):
                raise Undecided("a slope is not seen to keep its sign")


def connected(shape: Shape) -> list[list[Cell]]:
    """The cells of each interval of the domain."""
    found: list[list[Cell]] = []
    for cell in shape.cells:
        before = found[-1][-1] if found else None
        if before is not None and before.upper.value == cell.lower.value and shape.value_at(cell.lower) is not None:
            found[-1].append(cell)
        else:
            found.append([cell])
    return found


def _jumps(study: Study) -> Iterator[int | None]:
    """In which direction the function jumps between what it tends to and its value, at all ends of cells."""
    for cell in study.shape.cells:
        for at, ends in ((cell.lower, (None, cell.left)), (cell.upper, (cell.right, None))):
            point = study.shape.value_at(at)
            if point is not None:
                before, after = (point.value if end is None else end for end in ends)
                yield study.order.compare(after, before)


def two_places(setting: Setting) -> tuple[Term, Term]:
    """Letters for two places."""
    p, q, *_ = setting.fresh(_LETTERS)
    return p, q


def growing(study: Study, cells: Sequence[Cell], direction: int, strict: bool, alone: bool = False) -> Replayed | None:
    """The line h(q) − h(p) > 0, or ≥ 0, for p < q in an interval of the domain, or ``alone`` between its ends."""
    setting, letters = study.setting, two_places(study.setting)
    links = list(chain.from_iterable(_links(study, cell, strict) for cell in cells))
    ends = (cells[0].lower, cells[-1].upper)
    closed = [not alone and study.shape.value_at(end) is not None for end in ends]
    smooth = links[0].lower_closed, links[-1].upper_closed
    links[0] = replace(links[0], lower_closed=closed[0] and smooth[0])
    links[-1] = replace(links[-1], upper_closed=closed[1] and smooth[1])
    regions = [Region(x, *ends, *closed) for x in letters]

    def prove(lines: Lines) -> int | None:
        ground = both(regions, setting, lines)
        if len(links) == 1 and any(c and not s for c, s in zip(closed, smooth, strict=True)):
            low, high = (put(links[0].formula, setting.variable, x) for x in letters[::direction])
            return ground.positive(high - low)
        join = Join(lines, study.curve.function, setting, tuple(links), direction, strict, letters)
        return ground.settled(join.proved())

    return attempt(prove, known_of(regions, setting)) if regions[0].is_exact else None


def known_of(regions: Sequence[Region], setting: Setting) -> tuple[Condition, ...]:
    """What a statement about two places p < q in an interval may rest on."""
    p, q = (r.variable for r in regions)
    ends = [c for r in regions for c in r.conditions]
    return (Condition(gap(p, q), ">"), *ends, *setting.known)


def both(regions: Sequence[Region], setting: Setting, lines: Lines) -> Ground:
    """The ground of proofs about two places p < q in an interval."""
    import numpy as np

    p, q = regions
    ground = p.ground(lines, setting)
    places = ground.points[p.variable]
    points = {**ground.points, q.variable: np.roll(places, -1)}
    in_order = places < points[q.variable]
    points = {s: values[in_order] for s, values in points.items()}
    return replace(ground, known=known_of(regions, setting), points=points)


def _links(study: Study, cell: Cell, strict: bool) -> Iterator[Link]:
    """A cell, cut where the slope is 0 if the function is to grow strictly."""
    setting = study.setting
    flat = zeros(cell.part.slope, setting, cell.lower, cell.upper) if strict else ()
    for low, high in pairwise([cell.lower, *sorted(flat, key=lambda s: s.numbers[0]), cell.upper]):
        yield Link(low, high, cell.part.formula, *(_is_smooth_at(cell.part, end, setting) for end in (low, high)))


def _is_smooth_at(part: Part, end: Spot, setting: Setting) -> bool:
    """Whether a formula and its slope have a value at an end."""
    slope = derivative_of(part.formula, setting.variable)
    return end.term is not None and None not in (
        *values_at(part.formula, end, setting),
        *values_at(slope, end, setting),
    )


# Limits at the infinite ends.


def limits(study: Study) -> Iterator[Property]:
    """The limits at −∞ and at ∞, where the domain reaches so far."""
    cells = study.shape.cells
    if cells and cells[0].lower.value is Infinite.BELOW:
        yield _limit("limit at −∞", study, cells[0], cells[0].left)
    if cells and cells[-1].upper.value is Infinite.ABOVE:
        yield _limit("limit at ∞", study, cells[-1], cells[-1].right)


def _limit(kind: str, study: Study, cell: Cell, value: Spot) -> Property:
    shown = _tending(study, cell)
    return Property(kind, value.value, NUMERICAL if shown is None else PROVED, shown or (), study.setting.where)


def _tending(study: Study, cell: Cell) -> Shown | None:
    """That it is constant on the cell; or that it grows there, between its limits, and takes every value between."""
    alone = replace(study, shape=Shape((cell,), ()), at_points=())
    if not cell.direction:
        return inclusions(alone, [alone.stretch(cell)])
    onto = preimage(study, cell)
    grows = growing(alone, [cell], cell.direction, False, alone=True) if onto is not None and onto.is_inside else None
    inside = None if grows is None else inclusions(alone, [alone.stretch(cell)])
    return None if onto is None or grows is None or inside is None else (grows, *inside, onto.shown)
