"""All values that a function takes: that there are no others, and that it takes each.

There are no others: on each part a certificate says that h − lower end ≥ 0 and upper end − h ≥ 0, and at each place
between parts the value is worked out. It takes each: on a cell by a preimage for every y; and between the lowest and
the highest value that are shown in one part, on which it has a derivative, by the intermediate value theorem.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from symnet.errors import Undecided
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.prove.properties.algebra import is_applied, tidy
from symnet.prove.properties.data import CONTAINED, EVERYTHING, NUMERICAL, PROVED, Property
from symnet.prove.properties.enclosures import stays
from symnet.prove.properties.ground import Reason
from symnet.prove.properties.order import Stretch, is_estimated, values_of
from symnet.prove.properties.preimage import preimage
from symnet.prove.properties.reasons import CHEAP, REASONS
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot
from symnet.prove.properties.shape import Cell, Part
from symnet.prove.properties.slopes import by_pieces
from symnet.prove.properties.study import Study
from symnet.term import derivative, postorder

#: Which part of its size an enclosure may exceed a range.
_ROOM: Final = 1 / 500
#: Where a wave is looked at.
_WAVES: Final = (-64.0, 64.0)

Shown = tuple[Replayed, ...]


def find_range(kind: str, study: Study) -> Property:
    """The range of h or of h′.

    Raises :class:`~symnet.errors.Undecided` where an enclosure does not even see that it is one.
    """
    values = study.stretches()
    found, where = values_of(values), study.setting.where
    everything = found.parts == (EVERYTHING,)
    is_known = (study.is_whole or everything) and not any(map(is_estimated, values))
    inside = inclusions(study, values) if is_known else None
    onto = None if inside is None else _onto(study, values)
    if inside is None or (everything and onto is None):  # that a number is a number is no fact
        check(study, values)
        return Property(kind, found, NUMERICAL, where=where)
    return Property(kind, found, CONTAINED if onto is None else PROVED, (*inside, *(onto or ())), where)


def check(study: Study, values: Sequence[Stretch]) -> None:
    """See that no peak was overlooked.

    Raises :class:`~symnet.errors.Undecided` where an enclosure does not see that the values stay between their ends.
    """
    for i, numbers in enumerate(study.setting.samples):
        low, high = (end(float(s.numbers[i]) for v in values for s in (v.low, v.high)) for end in (min, max))
        room = _ROOM * max([1e-9, *(abs(x) for x in (low, high) if math.isfinite(x))])
        for part in study.parts:
            window = _WAVES if study.shape.is_wave else part.window(i)
            if not stays(part.formula, study.setting.variable, numbers, window, (low - room, high + room)):
                raise Undecided("a function is not seen to stay between its lowest and its highest value")


# There are no others.


def inclusions(study: Study, values: Sequence[Stretch]) -> Shown | None:
    """Proofs that all values are among those; None where one is missing."""
    found: list[Replayed | None] = []
    for part in study.parts:
        found += _of_part(study, part, [cell for cell in study.shape.cells if cell.part == part], values)
        if None in found:
            return None
    at_points = study.points_shown()
    return None if at_points is None else (*(p for p in found if p is not None), *at_points)


def _of_part(study: Study, part: Part, cells: Sequence[Cell], values: Sequence[Stretch]) -> Iterator[Replayed | None]:
    """Proofs that the values on a part lie between the ends of one of those stretches."""
    region = Region(study.curve.variable, cells[0].lower, cells[-1].upper)
    if not any(cell.direction for cell in cells):
        yield _constant(study, part, region, cells[0].left)
        return
    around = {s for s in values for cell in cells if study.order.contains(s, study.stretch(cell))}
    if len(around) != 1:
        yield None
        return
    (stretch,) = around
    for end, closed, side in ((stretch.low, stretch.low_closed, -1), (stretch.high, stretch.high_closed, 1)):
        if not end.is_infinite:
            yield bounded(study, part, region, [cell.lower for cell in cells[1:]], end, closed, side)


def _constant(study: Study, part: Part, region: Region, value: Spot) -> Replayed | None:
    """h(z) = c where that holds."""
    term = value.term
    if term is None or not region.is_exact:
        return None

    def prove(lines: Lines) -> int | None:
        line = lines.same(study.curve.opened(lines, part), term)
        return region.ground(lines, study.setting).settled(line)

    return attempt(prove, region.known(study.setting))


def bounded(
    study: Study, part: Part, region: Region, cuts: Sequence[Spot], end: Spot, closed: bool, side: int
) -> Replayed | None:
    """The line h(z) − lower end > 0, or upper end − h(z) > 0; with ≥ where the end belongs to the values."""
    bound = end.term
    if bound is None or not region.is_exact:
        return None
    reasons = reasons_with(by_pieces(region, cuts, study.setting), [end])

    def prove(lines: Lines) -> int | None:
        ground = region.ground(lines, study.setting, reasons)
        line = study.curve.opened(lines, part, lambda t: gap(bound, t) if side < 0 else gap(t, bound))
        line = lines.same(line, tidy(lines.rhs(line)))
        lemma = ground.positive(lines.rhs(line), not closed)
        return None if lemma is None else ground.concluded(line, [lemma])

    return attempt(prove, region.known(study.setting))


def reasons_with(pieces: Reason, values: Sequence[Spot]) -> tuple[Reason, ...]:
    """The usual reasons, and the pieces; only those that take no time where values are made of e, erf and the like."""
    functions = [n for v in values if v.term is not None for n in postorder(v.term) if n.op == "apply"]
    simple = all(is_applied(n, "sqrt") for n in functions)
    return (*(REASONS if simple else REASONS[:CHEAP]), pieces)


# It takes each.


def _onto(study: Study, values: Sequence[Stretch]) -> Shown | None:
    """That it takes all values; None where what was found does not reach all of them."""
    order, proofs = study.order, list[Replayed]()
    reached = [Stretch(p.value, p.value, True, True) for p in study.shape.points]

    def is_reached(stretch: Stretch) -> bool:
        return any(order.contains(s, stretch) for s in reached)

    for part in study.parts:
        between = between_points(study, part)
        if between is not None and not is_reached(between[0]):
            proofs.append(between[1])
            reached = order.joined([*reached, between[0]])
    for cell in study.shape.cells:
        stretch = study.stretch(cell)
        if is_reached(stretch):
            continue
        found = preimage(study, cell) if cell.direction else None
        if found is not None:
            proofs.append(found.shown)
        if found is not None or not cell.direction:
            reached = order.joined([*reached, stretch])
    return tuple(proofs) if all(map(is_reached, values)) else None


def between_points(study: Study, part: Part) -> tuple[Stretch, Replayed] | None:
    """The values from the lowest to the highest at points inside of a part, on which the function has a derivative."""
    values = [p.value for p in study.shape.points if p.part == part]
    lowest = next((v for v in values if all(study.order.compare(v, w) in (-1, 0) for w in values)), None)
    highest = next((v for v in values if all(study.order.compare(w, v) in (-1, 0) for w in values)), None)
    region = Region(study.curve.variable, part.lower, part.upper)
    if lowest is None or highest is None or lowest == highest or not region.is_exact:
        return None

    def prove(lines: Lines) -> list[int]:
        ground = region.ground(lines, study.setting)
        smooth = lines.differentiate(lines.start(derivative(part.formula, study.curve.variable)), clear=False)
        found = [ground.settled(line) for line in (study.curve.opened(lines, part), smooth)]
        if None in found:
            raise Undecided("a function is not seen to be continuous")
        return [n for n in found if n is not None]

    shown = attempt(prove, region.known(study.setting))
    return None if shown is None else (Stretch(lowest, highest, True, True), shown)
