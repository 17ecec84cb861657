"""All facts about a derived function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from symnet.prove.derivative import Derivative
from symnet.prove.properties.data import Property
from symnet.prove.properties.ranges import Part, Setting, find_range
from symnet.prove.properties.shape import domain, limits, lipschitz, monotony, parity
from symnet.term import Condition, Term


def properties(
    found: Derivative, numbers: Mapping[Term, Fraction], assumptions: Sequence[Condition] = ()
) -> tuple[Property, ...]:
    """Find out what holds of h and h′, and prove what can be proved."""
    return tuple(_properties(found, Setting(found.variable, {**found.numbers, **numbers}, assumptions)))


def _properties(found: Derivative, setting: Setting) -> Iterator[Property]:
    yield domain(found, setting)
    functions = [Part(p.branch, p.branch.function) for p in found.pieces]
    slopes = [Part(p.branch, p.derivative) for p in found.pieces]
    ranges = [
        find_range("range", functions, [m.value for m in found.meetings], setting),
        find_range("derivative range", slopes, [m.slope for m in found.meetings if m.slope is not None], setting),
    ]
    rest = [limits(found, setting), parity(found, setting), monotony(found, setting)]
    rest.append(None if ranges[1] is None or any(m.is_jump for m in found.meetings) else lipschitz(ranges[1], setting))
    yield from (p for p in (*ranges, *rest) if p is not None)
