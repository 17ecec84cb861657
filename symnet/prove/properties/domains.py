"""Where a function has a value: the conditions of the kernel, solved for the variable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from symnet.kernel import Replayed
from symnet.prove.derivative import Derivative
from symnet.prove.lines import Lines
from symnet.prove.properties.data import PROVED, Infinite, Property
from symnet.prove.properties.ground import MINUS
from symnet.prove.properties.order import Order, Stretch, values_of
from symnet.prove.properties.region import Region, attempt, letters_only
from symnet.prove.properties.scan import Spot, spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part, Point
from symnet.term import Condition, Term, number, put, symbols


def domain(found: Derivative, parts: Sequence[Part], points: Sequence[Point], setting: Setting) -> Property:
    """The places where h has a value, and that it has none elsewhere; only the conditions where that is not proved."""
    places = [Stretch(p.at, p.at, True, True) for p in points]
    values = Order(setting).joined([*(Stretch(p.lower, p.upper) for p in parts), *places])
    shown = tuple(_proofs(found.function, values, setting))
    proofs = tuple(s for s in shown if s is not None)
    if len(proofs) < len(shown):
        return unsolved(found, setting)
    return Property("domain", values_of(values), PROVED, proofs, setting.where)


def unsolved(found: Derivative, setting: Setting) -> Property:
    """The conditions as the kernel states them."""
    line = attempt(lambda lines: lines.discharge(lines.start(found.function)))
    return Property("domain", None, PROVED, () if line is None else (line,), setting.where)


def _proofs(function: Term, values: Sequence[Stretch], setting: Setting) -> Iterator[Replayed | None]:
    """That h has a value in each interval, and that a condition fails between them."""
    z = setting.variable
    for stretch in values:
        region = Region(z, stretch.low, stretch.high, stretch.low_closed, stretch.high_closed)
        yield attempt(lambda lines: region.ground(lines, setting).settled(lines.start(function)))  # noqa: B023
    conditions = _conditions(function, setting)
    for left, right in pairwise([None, *values, None]):
        if left is None and right is not None and right.low.value is Infinite.BELOW:
            continue
        if right is None and left is not None and left.high.value is Infinite.ABOVE:
            continue
        yield _fails_between(conditions, left, right, setting)


def _conditions(function: Term, setting: Setting) -> list[Condition]:
    lines = Lines()
    found = lines.conditions(lines.discharge(lines.start(function)))
    return [c for c in found if isinstance(c, Condition) and setting.variable in symbols(c.term)]


def _fails_between(
    conditions: Sequence[Condition], left: Stretch | None, right: Stretch | None, setting: Setting
) -> Replayed | None:
    """That one of the conditions is false between two intervals."""
    low = spot(Infinite.BELOW, setting) if left is None else left.high
    high = spot(Infinite.ABOVE, setting) if right is None else right.low
    for c in conditions:
        found = attempt(lambda lines: _fails(c, low, high, left, right, setting, lines))  # noqa: B023
        if found is not None:
            return found
    return None


def _fails(
    c: Condition, low: Spot, high: Spot, left: Stretch | None, right: Stretch | None, setting: Setting, lines: Lines
) -> int | None:
    if low.value == high.value:
        there = put(c.term, setting.variable, low.term or number(0))
        return (
            None
            if c.relation == ">="
            else letters_only(lines, setting).settled(lines.same(lines.start(there), number(0)))
        )
    closed = left is not None and not left.high_closed, right is not None and not right.low_closed
    region = Region(setting.variable, low, high, *closed)
    return region.ground(lines, setting).positive(MINUS * c.term, strict=c.relation == ">=")
