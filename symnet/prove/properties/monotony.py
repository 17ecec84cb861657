"""Whether a function grows or falls, on each interval of its domain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from symnet.errors import SymnetError, Undecided
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.prove.properties.data import NUMERICAL, PROVED, Infinite, Property
from symnet.prove.properties.enclosures import stays
from symnet.prove.properties.ground import Ground
from symnet.prove.properties.inclusion import Study
from symnet.prove.properties.joining import Join, Link
from symnet.prove.properties.numerics import precise
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot, inside, roots, spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Cell, Part, Shape, derivative_of
from symnet.term import Condition, Term, put, symbol

_KINDS: Final = {
    (1, True): "increasing",
    (1, False): "nondecreasing",
    (-1, True): "decreasing",
    (-1, False): "nonincreasing",
}
#: By how much an enclosure of the slope may reach beyond 0.
_ROOM: Final = 1e-3
#: Letters for two places, the first pair that the function does not have.
_LETTERS: Final = (("p", "q"), ("x", "y"), ("u", "v"), ("s", "t"), ("k", "l"))


def monotony(study: Study) -> Property | None:
    """Whether h grows or falls; None where it does neither."""
    pieces = connected(study.shape)
    directions = {c.direction for c in study.shape.cells} - {0}
    if not directions and not _jumps(study, 1) and not _jumps(study, -1):
        return Property("monotony", "constant", PROVED, where=study.setting.where)
    if not directions:
        directions = {1} if not _jumps(study, -1) else {-1}
    if len(directions) > 1 or not pieces:
        return None
    (direction,) = directions
    if _jumps(study, -direction):
        return None
    strict = all(c.direction for c in study.shape.cells)
    shown = [growing(study, piece, direction, strict) for piece in pieces]
    found = tuple(s for s in shown if s is not None)
    if len(found) == len(shown):
        status = PROVED
    else:
        status, found = NUMERICAL, ()
        _check(study, direction)
    where = study.setting.where
    return Property("monotony", _KINDS[direction, strict], status, found, where, piecewise=len(pieces) > 1)


def _check(study: Study, direction: int) -> None:
    """See that no place was overlooked where the slope has the other sign."""
    for i, numbers in enumerate(study.setting.samples):
        for part in dict.fromkeys(cell.part for cell in study.shape.cells):
            z, window = study.setting.variable, (float(part.lower.numbers[i]), float(part.upper.numbers[i]))
            bounds = (-_ROOM, math.inf) if direction > 0 else (-math.inf, _ROOM)
            if not stays(part.slope, z, numbers, window, bounds):
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


def _jumps(study: Study, direction: int) -> bool:
    """Whether the function jumps up (direction 1) or down somewhere, or may do so."""
    signs = []
    for before, after in _neighbours(study.shape):
        value = study.shape.value_at(after.lower)
        steps = [] if value is None else [(before.right, value.value), (value.value, after.left)]
        signs += [study.order.compare(a, b) for a, b in steps]
    return any(s is None or s == -direction for s in signs)


def _neighbours(shape: Shape) -> Iterator[tuple[Cell, Cell]]:
    for cells in connected(shape):
        yield from pairwise(cells)


def letters_for(study: Study) -> tuple[Term, Term]:
    """Two letters for places."""
    taken = {s.name.base for s in (study.setting.variable, *study.setting.letters)}
    return next((symbol(a), symbol(b)) for a, b in _LETTERS if not {a, b} & taken)


def growing(study: Study, cells: Sequence[Cell], direction: int, strict: bool, alone: bool = False) -> Replayed | None:
    """The line h(q) − h(p) > 0, or ≥ 0, for p < q in an interval of the domain, or ``alone`` between its ends."""
    links = list(_links(study, cells, strict))
    if alone:
        links[0] = replace(links[0], lower_closed=False)
        links[-1] = replace(links[-1], upper_closed=False)

    def prove(lines: Lines) -> int:
        return Join(
            lines, study.curve.function, study.setting, study.given, tuple(links), direction, strict, letters_for(study)
        ).proved()

    if not alone and len(links) == 1 and _has_open_end(study, links[0]):
        return attempt(lambda lines: _compared(study, links[0], direction, lines))
    return attempt(prove)


def _has_open_end(study: Study, link: Link) -> bool:
    """Whether the function has a value at an end where its formula has no slope."""
    ends = ((link.lower, link.lower_closed), (link.upper, link.upper_closed))
    return any(study.shape.value_at(end) is not None and not closed for end, closed in ends)


def _compared(study: Study, link: Link, direction: int, lines: Lines) -> int | None:
    """f(q) − f(p) > 0 for a function f that is known to grow, up to its ends."""
    p, q = letters_for(study)
    z, order = study.setting.variable, Condition(gap(p, q), ">")
    closed = [study.shape.value_at(end) is not None for end in (link.lower, link.upper)]
    grounds = [Region(x, link.lower, link.upper, *closed).ground(lines, study.setting) for x in (p, q)]
    ends = [c for ground in grounds for c in ground.known]
    size = min(len(ground.points[x]) for ground, x in zip(grounds, (p, q), strict=True))
    points = {s: v[:size] for s, v in grounds[0].points.items()} | {q: grounds[1].points[q][:size]}
    points |= {q: points[p] + abs(points[q]) + 1}
    known = tuple(dict.fromkeys([order, *ends]))
    low, high = (put(link.formula, z, x) for x in ((p, q) if direction > 0 else (q, p)))
    return Ground(lines, known, points, REASONS).positive(high - low)


def _links(study: Study, cells: Sequence[Cell], strict: bool) -> Iterator[Link]:
    """The cells, cut where the slope is 0 if they are to grow strictly."""
    setting = study.setting
    for cell in cells:
        flat = [spot(t, setting) for t in _flat(cell, setting)] if strict else []
        places = [cell.lower, *sorted(flat, key=lambda s: s.numbers[0]), cell.upper]
        for low, high in pairwise(places):
            yield Link(low, high, cell.part.formula, *(_is_smooth_at(cell.part, end, setting) for end in (low, high)))


def _flat(cell: Cell, setting: Setting) -> list[Term]:
    """Places inside a cell where the slope is 0."""
    found = []
    for term in dict.fromkeys(roots(cell.part.slope, setting)):
        try:
            at = spot(term, setting)
        except SymnetError:
            continue
        if inside(at, cell.lower, cell.upper) and _vanishes(cell.part.slope, at, setting):
            found.append(term)
    return found


def _vanishes(term: Term, at: Spot, setting: Setting) -> bool:
    values = _values(term, at, setting)
    return all(v is not None and abs(v) < 1e-40 for v in values)  # type: ignore[arg-type]


def _values(term: Term, at: Spot, setting: Setting) -> list[object]:
    return [
        precise(term, {**numbers, setting.variable: x}) for numbers, x in zip(setting.samples, at.numbers, strict=True)
    ]


def _is_smooth_at(part: Part, end: Spot, setting: Setting) -> bool:
    """Whether a formula and its slope have a value at an end."""
    if isinstance(end.value, Infinite) or end.term is None:
        return False
    slope = derivative_of(part.formula, setting.variable)
    return None not in (*_values(part.formula, end, setting), *_values(slope, end, setting))
