"""The least L with |h(q) − h(p)| ≤ L |q − p|: the greatest size of h′, where h is continuous on an interval."""

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
from symnet.prove.properties.inclusion import Study, is_simple, value_shown
from symnet.prove.properties.joining import Join, Link
from symnet.prove.properties.monotony import letters_for
from symnet.prove.properties.order import Order, Stretch
from symnet.prove.properties.reasons import CHEAP, REASONS
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot, estimated, inside, spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part
from symnet.prove.properties.slopes import by_pieces
from symnet.term import Condition, Term, cases, number, symbol

#: Letters for the constant, the first that the function does not have.
_NAMES: Final = ("L", "K", "C", "N")
_CLOSE: Final = 1e-40


def lipschitz(
    found: Derivative, parts: Sequence[Part], slopes: Study, values: Sequence[Stretch], slope_range: Property
) -> Property | None:
    """The constant; None where h′ is not bounded, or h is not continuous on one interval."""
    setting = slopes.setting
    if not _is_continuous(found, parts) or any(isinstance(s.value, Infinite) for v in values for s in (v.low, v.high)):
        return None
    sizes = list(_largest(values, setting))
    value = _maximum(sizes)
    if slope_range.status == NUMERICAL or any(s.spot.term is None for s in sizes):
        return Property("Lipschitz constant", value, NUMERICAL, where=setting.where) if value is not None else None
    shown = [_bounded(found, parts, slopes, sizes, sign) for sign in (1, -1)]
    proofs = tuple(s for s in shown if s is not None)
    if len(proofs) < 2:
        return Property("Lipschitz constant", value, NUMERICAL, where=setting.where)
    reached = _reached(slopes, sizes, slope_range)
    status = BOUND if reached is None else PROVED
    return Property("Lipschitz constant", value, status, (*proofs, *(reached or ())), setting.where)


def _is_continuous(found: Derivative, parts: Sequence[Part]) -> bool:
    """Whether parts follow each other without a gap, and h does not jump where they meet."""
    met = {m.at for m in found.meetings if not m.is_jump}
    return all(a.upper.value == b.lower.value and a.upper.value in met for a, b in pairwise(parts))


# The size of h′.


@dataclass(frozen=True, slots=True)
class _Size:
    """The size of an end of the values of h′, and what a number has to exceed for that."""

    spot: Spot
    above: tuple[Term, ...]


def _largest(values: Sequence[Stretch], setting: Setting) -> Iterator[_Size]:
    """The sizes that none of the others is known to exceed."""
    order = Order(setting)
    kept: list[_Size] = []
    for size in (_size(end, setting) for v in values for end in (v.low, v.high)):
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
    found: Derivative, parts: Sequence[Part], slopes: Study, sizes: Sequence[_Size], sign: int
) -> Replayed | None:
    """L (q − p) ≥ ±(h(q) − h(p)) for p < q: the function L z ∓ h does not fall. Several L are one letter above all."""
    setting, z = slopes.setting, slopes.setting.variable
    above = [t for s in sizes for t in s.above]
    constant, setting = (above[0], setting) if len(above) == 1 else _letter(setting, sizes)

    def tilted(term: Term) -> Term:
        return constant * z - term if sign > 0 else constant * z + term

    links = tuple(
        Link(p.lower, p.upper, tilted(p.formula), p.lower.term is not None, p.upper.term is not None) for p in parts
    )
    reasons = tuple(_reasons(slopes, link, setting) for link in links)
    letters = letters_for(slopes)

    def prove(lines: Lines) -> int:
        return Join(lines, tilted(found.function), setting, slopes.given, links, 1, False, letters, reasons).proved()

    return attempt(prove)


def _reasons(slopes: Study, link: Link, setting: Setting) -> tuple[Reason, ...]:
    """The usual reasons, and the pieces on which h′ grows or falls."""
    region = Region(setting.variable, link.lower, link.upper, link.lower_closed, link.upper_closed)
    cuts = [p.at for p in slopes.shape.points if inside(p.at, link.lower, link.upper)]
    if setting is not slopes.setting:
        return REASONS
    if all(is_simple(p.value) for p in slopes.shape.points):
        return (*REASONS, by_pieces(region, cuts, setting))
    return (*REASONS[:CHEAP], by_pieces(region, cuts, setting))


def _letter(setting: Setting, sizes: Sequence[_Size]) -> tuple[Term, Setting]:
    """A letter for a number that is at least as large as each of these."""
    taken = {s.name.base for s in (setting.variable, *setting.letters)}
    letter = symbol(next(x for x in _NAMES if x not in taken))
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
        if abs(abs(point.value.numbers[0]) - sizes[0].spot.numbers[0]) < _CLOSE and point.part is not None:
            shown = value_shown(slopes, point)
            if shown is not None:
                return (shown,)
    return None
