"""The least L with |h(q) − h(p)| ≤ L |q − p|: the greatest size of h′, where h is continuous on an interval.

That L is one: L z − h(z) and L z + h(z) do not fall. That no smaller one is: h′ takes the value L or −L, or comes as
close to it as one likes, and every Lipschitz constant is at least |h′(z)|.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from symnet.kernel import Replayed
from symnet.prove.derivative import Derivative
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.lines import Lines
from symnet.prove.properties.data import BOUND, NUMERICAL, PROVED, Estimate, Infinite, Property
from symnet.prove.properties.ground import Reason
from symnet.prove.properties.joining import Join, Link
from symnet.prove.properties.monotony import both, known_of, two_places
from symnet.prove.properties.order import Order
from symnet.prove.properties.ranges import reasons_with
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot, estimated, inside, spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part
from symnet.prove.properties.slopes import by_pieces
from symnet.prove.properties.study import Study
from symnet.term import Condition, Term, cases, number

#: Letters for the constant, the first that the function does not have.
_NAMES: Final = ("L", "K", "C", "N")


def lipschitz(
    found: Derivative, interval: tuple[Region, Sequence[Part]], slopes: Study, slope_range: Property
) -> Property | None:
    """The constant on a domain that is one interval; None where h′ is not bounded, or h is not continuous."""
    (region, parts), setting = interval, slopes.setting
    ends = [end for v in slopes.stretches() for end in (v.low, v.high)]
    if not _is_continuous(found, region, parts) or any(end.is_infinite for end in ends):
        return None
    sizes = list(_largest(ends, setting))
    value = _maximum(sizes)
    shown = None
    if slope_range.status != NUMERICAL and all(s.spot.term is not None for s in sizes):
        shown = [_bounded(found, region, parts, slopes, sizes, sign) for sign in (1, -1)]
    if shown is None or None in shown:
        return None if value is None else Property("Lipschitz constant", value, NUMERICAL, where=setting.where)
    reached = _reached(slopes, sizes, slope_range)
    proofs = (*(s for s in shown if s is not None), *(reached or ()))
    return Property("Lipschitz constant", value, BOUND if reached is None else PROVED, proofs, setting.where)


def _is_continuous(found: Derivative, region: Region, parts: Sequence[Part]) -> bool:
    """Whether h does not jump where parts meet, nor at an end that belongs to the domain."""
    met = {m.at for m in found.meetings if not m.is_jump}
    jumps = {m.at for m in found.meetings if m.is_jump}
    ends = {region.lower.value, region.upper.value}
    return all(a.upper.value in met for a, _ in pairwise(parts)) and not ends & jumps


# The size of h′.


@dataclass(frozen=True, slots=True)
class _Size:
    """The size of an end of the values of h′, and what a number has to exceed for that."""

    spot: Spot
    above: tuple[Term, ...]


def _largest(ends: Sequence[Spot], setting: Setting) -> Iterator[_Size]:
    """The sizes that none of the others is known to exceed."""
    order = Order(setting)
    kept: list[_Size] = []
    for size in (_size(end, setting) for end in ends):
        if not any(order.compare(size.spot, k.spot) in (0, -1) for k in kept):
            kept = [k for k in kept if order.compare(k.spot, size.spot) != -1] + [size]
    yield from kept


def _size(end: Spot, setting: Setting) -> _Size:
    sign = Order(setting).compare(end, spot(number(0), setting))
    numbers = tuple(abs(x) for x in end.numbers)
    if end.term is None:
        return _Size(Spot(estimated(numbers[0]), numbers), ())
    opposite = cleaned(number(-1) * end.term)
    if sign is not None:
        term = end.term if sign >= 0 else opposite
        return _Size(Spot(term, numbers), (term,))
    size = cases((number(0), "<=", end.term, end.term), otherwise=opposite)
    return _Size(Spot(size, numbers), (end.term, opposite))


def _maximum(sizes: Sequence[_Size]) -> Term | Estimate | None:
    """The largest of several sizes."""
    if len(sizes) == 1:
        value = sizes[0].spot.value
        return None if isinstance(value, Infinite) else value
    terms = [s.spot.term for s in sizes]
    found = terms[0]
    for term in terms[1:]:
        if found is None or term is None:
            return None
        found = cases((found, "<=", term, term), otherwise=found)
    return found


# Proofs.


def _bounded(
    found: Derivative, region: Region, parts: Sequence[Part], slopes: Study, sizes: Sequence[_Size], sign: int
) -> Replayed | None:
    """L (q − p) ≥ ±(h(q) − h(p)) for p < q: the function L z ∓ h does not fall. Several L are one letter above all."""
    setting, z = slopes.setting, slopes.setting.variable
    above = [t for s in sizes for t in s.above]
    constant, setting = (above[0], setting) if len(above) == 1 else _letter(setting, sizes)

    def tilted(term: Term) -> Term:
        return constant * z - term if sign > 0 else constant * z + term

    links = [
        Link(p.lower, p.upper, tilted(p.formula), p.lower.term is not None, p.upper.term is not None) for p in parts
    ]
    links[0] = replace(links[0], lower_closed=region.lower_closed)
    links[-1] = replace(links[-1], upper_closed=region.upper_closed)
    reasons = tuple(_reasons(slopes, link, setting) for link in links)
    letters = two_places(setting)
    regions = [replace(region, variable=x) for x in letters]

    def prove(lines: Lines) -> int | None:
        join = Join(lines, tilted(found.function), setting, tuple(links), 1, False, letters, reasons)
        return both(regions, setting, lines).settled(join.proved())

    return attempt(prove, known_of(regions, setting))


def _reasons(slopes: Study, link: Link, setting: Setting) -> tuple[Reason, ...]:
    """The usual reasons, and the pieces on which h′ grows or falls."""
    if setting is not slopes.setting:
        return REASONS
    points = slopes.shape.points
    cuts = [p.at for p in points if inside(p.at, link.lower, link.upper)]
    return reasons_with(by_pieces(link.region(setting.variable), cuts, setting), [p.value for p in points])


def _letter(setting: Setting, sizes: Sequence[_Size]) -> tuple[Term, Setting]:
    """A letter for a number that is at least as large as each of these."""
    letter = next(setting.fresh(_NAMES))
    above = tuple(Condition(letter - term, ">=") for s in sizes for term in s.above)
    samples = tuple(
        {**numbers, letter: Fraction(math.ceil(64 * max(float(s.spot.numbers[i]) for s in sizes)) + 1, 64)}
        for i, numbers in enumerate(setting.samples)
    )
    return letter, replace(setting, assumptions=(*setting.assumptions, *above), samples=samples)


def _reached(slopes: Study, sizes: Sequence[_Size], slope_range: Property) -> tuple[Replayed, ...] | None:
    """That h′ comes as close to ±L as one likes: since its range is proved, or since it takes that value."""
    if slope_range.status == PROVED:
        return slope_range.shown
    for point in slopes.shape.points if len(sizes) == 1 else ():
        size = _size(point.value, slopes.setting).spot
        if point.part is not None and slopes.order.compare(size, sizes[0].spot) == 0:
            shown = slopes.value_shown(point)
            if shown is not None:
                return (shown,)
    return None
