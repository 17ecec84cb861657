"""Where a function has a value: the conditions of the kernel, solved for the variable.

That h has a value on an interval is a line h(z) = h(z) without other conditions. That it has none elsewhere is shown
between any two places where a condition begins or ceases to hold, and at these: one of the conditions is false there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from symnet.kernel import Replayed
from symnet.prove.branches import arms_at
from symnet.prove.derivative import Derivative
from symnet.prove.lines import Lines
from symnet.prove.properties.data import PROVED, Infinite, Property
from symnet.prove.properties.ground import MINUS
from symnet.prove.properties.order import Order, Stretch, values_of
from symnet.prove.properties.region import Region, attempt, letters_only
from symnet.prove.properties.scan import Spot, spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part, Point, conditions_of, cuts_of
from symnet.term import Condition, Term, number, put


def domain(found: Derivative, parts: Sequence[Part], points: Sequence[Point], setting: Setting) -> Property:
    """The places where h has a value, and that it has none elsewhere; only the conditions where that is not proved."""
    places = [Stretch(p.at, p.at, True, True) for p in points]
    values = Order(setting).joined([*(Stretch(p.lower, p.upper) for p in parts), *places])
    proofs: list[Replayed] = []
    for proof in _proofs(found.function, values, setting):
        if proof is None:
            return unsolved(found, setting)
        proofs.append(proof)
    return Property("domain", values_of(values), PROVED, tuple(proofs), setting.where)


def unsolved(found: Derivative, setting: Setting) -> Property:
    """The conditions as the kernel states them."""
    lines = Lines()
    shown = lines.kept(lines.discharge(lines.start(found.function)))[0]
    return Property("domain", None, PROVED, (shown,), setting.where)


def _proofs(function: Term, values: Sequence[Stretch], setting: Setting) -> Iterator[Replayed | None]:
    """That h has a value in each interval, and that a condition fails outside of them."""
    for s in values:
        region = Region(setting.variable, s.low, s.high, s.low_closed, s.high_closed)
        yield attempt(
            lambda lines: region.ground(lines, setting).settled(lines.start(function)),  # noqa: B023
            region.known(setting),
        )
    conditions = conditions_of(function, setting)
    edges = [Stretch(end, end) for end in (spot(Infinite.BELOW, setting), spot(Infinite.ABOVE, setting))]
    for left, right in pairwise([edges[0], *values, edges[1]]):
        if left.high.is_infinite and left.high.value == right.low.value:
            continue
        places = [left.high, *cuts_of(conditions, setting, left.high, right.low), right.low]
        taken = [left.high_closed or left.high.is_infinite, right.low_closed or right.low.is_infinite]
        for low, high in pairwise(places):
            if low.value != high.value:
                yield _fails_between(conditions, Region(setting.variable, low, high), setting)
        alone = [p for p, is_taken in ((places[0], taken[0]), (places[-1], taken[1])) if not is_taken]
        for place in dict.fromkeys([*alone, *places[1:-1]]):
            yield _fails_at(conditions, place, setting)


def _fails_between(conditions: Sequence[Condition], region: Region, setting: Setting) -> Replayed | None:
    """That one of the conditions is false between two places: −t ≥ 0 where t > 0 is needed, −t > 0 where t ≥ 0 is."""
    for c in conditions:
        if c.relation == "!=":
            continue
        found = attempt(
            lambda lines: region.ground(lines, setting).positive(MINUS * c.term, strict=c.relation == ">="),  # noqa: B023
            region.known(setting),
        )
        if found is not None:
            return found
    return None


def _fails_at(conditions: Sequence[Condition], place: Spot, setting: Setting) -> Replayed | None:
    """That one of the conditions is false at a place: t = 0, or −t > 0 for t ≥ 0."""
    at = place.term
    if at is None:
        return None
    for c in conditions:
        there = put(c.term, setting.variable, at)

        def prove(lines: Lines, is_weak: bool = c.relation == ">=", there: Term = there) -> int | None:
            ground = letters_only(lines, setting)
            if is_weak:
                return ground.positive(MINUS * there)
            line = lines.take(lines.start(there), arms_at(there, setting.given)[0])
            return ground.settled(lines.same(line, number(0)))

        found = attempt(prove, setting.known)
        if found is not None:
            return found
    return None
