"""That a function lies between two values, from a certificate for each of its formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.branches import arms_at
from symnet.prove.lines import Lines
from symnet.prove.properties.caching import tidy
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.order import Order, Stretch
from symnet.prove.properties.reasons import CHEAP, REASONS
from symnet.prove.properties.region import Curve, Region, attempt, letters_only
from symnet.prove.properties.scan import Spot
from symnet.prove.properties.setting import Numbers, Setting
from symnet.prove.properties.shape import Cell, Part, Point, Shape
from symnet.prove.properties.slopes import by_pieces
from symnet.term import Term, known_function, number, postorder, put, symbols


@dataclass(frozen=True, slots=True)
class Preimage:
    """The lines h(g(y)) = y for the values on a cell, and whether they also say that g(y) lies in the cell."""

    shown: Replayed
    is_inside: bool


@dataclass(frozen=True)
class Study:
    """A function whose values are looked at: its shape, and what is assumed."""

    curve: Curve
    shape: Shape
    setting: Setting
    given: Numbers
    at_points: tuple[Replayed, ...] = ()  # the lines about h′ where parts meet
    preimages: dict[Cell, Preimage | None] = field(default_factory=dict)

    @property
    def order(self) -> Order:
        """How values compare."""
        return Order(self.setting)

    def stretch(self, cell: Cell) -> Stretch:
        """The values on a cell."""
        low, high = cell.image
        return Stretch(low, high, not cell.direction, not cell.direction)

    def stretches(self) -> list[Stretch]:
        """The values on all cells and at all points, in as few parts as is known to be right."""
        points = [Stretch(p.value, p.value, True, True) for p in self.shape.points]
        return self.order.joined([*map(self.stretch, self.shape.cells), *points])


def inclusions(study: Study, values: Sequence[Stretch]) -> tuple[Replayed, ...] | None:
    """Proofs that all values are among those; None where one is missing."""
    found: list[Replayed] = []
    for part in dict.fromkeys(cell.part for cell in study.shape.cells):
        cells = [cell for cell in study.shape.cells if cell.part == part]
        proofs = list(_of_part(study, part, cells, values))
        if None in proofs:
            return None
        found += [p for p in proofs if p is not None]
    at_points = points_shown(study)
    return None if at_points is None else (*found, *at_points)


def points_shown(study: Study) -> tuple[Replayed, ...] | None:
    """The lines h(c) = its value at all points."""
    meetings = study.at_points if study.curve.is_slope else ()
    found = [value_shown(study, p) for p in study.shape.points if p.part is not None or not study.curve.is_slope]
    return None if None in found else (*meetings, *(p for p in found if p is not None))


def value_shown(study: Study, point: Point) -> Replayed | None:
    """The line h(c) = its value."""
    at, value, part = point.at.term, point.value.term, point.part
    if at is None or value is None:
        return None
    if part is not None:
        return attempt(lambda lines: _value_inside(study, part, at, value, lines))
    term = put(study.curve.function, study.curve.variable, at)

    def prove(lines: Lines) -> int | None:
        line = lines.take(lines.start(term), arms_at(term, study.given)[0])
        return letters_only(lines, study.setting).settled(lines.same(line, value))

    return attempt(prove)


def _value_inside(study: Study, part: Part, at: Term, value: Term, lines: Lines) -> int | None:
    """The same inside of a part, from its formula."""
    z = study.curve.variable
    line = lines.discharge(study.curve.opened(lines, lambda t: t, part.arms, part.formula))
    if z not in symbols(at):
        line = lines.write("instantiate", (line,), (z, at))
    return letters_only(lines, study.setting).settled(lines.same(line, value))


def _of_part(study: Study, part: Part, cells: Sequence[Cell], values: Sequence[Stretch]) -> Iterator[Replayed | None]:
    """Proofs that the values on a part lie between the ends of some of those."""
    region = Region(study.curve.variable, cells[0].lower, cells[-1].upper)
    if not any(cell.direction for cell in cells):
        yield attempt(lambda lines: _constant(study, part, region, lines))
        return
    around = {s for s in values for cell in cells if study.order.contains(s, study.stretch(cell))}
    stretch = around.pop() if len(around) == 1 else None
    if stretch is None:
        yield None
        return
    cuts = [cell.lower for cell in cells[1:]]
    for side in (-1, 1):
        end = _end(stretch, side)
        if not isinstance(end[0].value, Infinite):
            yield attempt(lambda lines: bounded(study, part, region, cuts, end, side, lines))  # noqa: B023


End = tuple[Spot, bool]


def _end(stretch: Stretch, side: int) -> End:
    return (stretch.low, stretch.low_closed) if side < 0 else (stretch.high, stretch.high_closed)


def _constant(study: Study, part: Part, region: Region, lines: Lines) -> int | None:
    """h(z) = c where that holds."""
    line = study.curve.opened(lines, lambda t: t, part.arms, part.formula)
    return region.ground(lines, study.setting).settled(line)


def bounded(
    study: Study, part: Part, region: Region, cuts: Sequence[Spot], end: End, side: int, lines: Lines
) -> int | None:
    """The line h(z) − lower end > 0, or upper end − h(z) > 0; with ≥ where the end belongs to the values."""
    bound, closed = end[0].term, end[1]
    if bound is None or not region.is_exact:
        return None
    pieces = by_pieces(region, cuts, study.setting)
    reasons = (*REASONS, pieces) if is_simple(end[0]) else (*REASONS[:CHEAP], pieces)
    ground = region.ground(lines, study.setting, reasons)
    line = study.curve.opened(lines, lambda t: gap(bound, t) if side < 0 else gap(t, bound), part.arms, part.formula)
    line = lines.same(line, tidy(lines.rhs(line)))
    lemma = ground.positive(lines.rhs(line), not closed)
    return None if lemma is None else ground.concluded(line, [lemma])


def is_simple(value: Spot) -> bool:
    """Whether a value is made of numbers, letters and roots."""
    functions = [n for n in postorder(value.term or number(0)) if n.op == "apply"]
    return all(known_function(n.value) == "sqrt" for n in functions)
