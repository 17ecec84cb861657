"""Whether a function is odd or even.

It is shown on each interval of the domain; or, where the domain is not known, under the conditions of the function,
which then have to be the same ones at −z. Where that is not proved nothing is said: that values agree at some points
means little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from symnet.kernel import Replayed
from symnet.prove.branches import arms_at
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.lines import Lines
from symnet.prove.properties.data import PROVED, Property
from symnet.prove.properties.joining import middle
from symnet.prove.properties.numerics import as_precise, precise
from symnet.prove.properties.region import Region, attempt, letters_only
from symnet.prove.properties.scan import Spot, inside, spot, terms_of
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Part, conditions_of, ends_of
from symnet.prove.properties.slopes import found
from symnet.prove.properties.splitting import equal_to, everywhere
from symnet.prove.tidy import proved_equal
from symnet.term import Condition, Term, number, put

#: Where values are compared, and how many of them there have to be.
_POINTS: Final = tuple(Fraction(n, 16) for n in (0, 1, 3, 5, 8, 11, 13, 17, 23, 32, 41, 48, 67, 96, 131, 300, 1000))
_ENOUGH: Final = 5
_CLOSE: Final = Fraction(1, 10**80)


Interval = tuple[Region, Sequence[Part]]


def parity(function: Term, setting: Setting, intervals: Sequence[Interval] | None) -> Property | None:
    """h(−z) = h(z), or h(−z) = −h(z), where one of them is proved.

    ``intervals`` are those of the domain, each with its parts; None where the domain is not known.
    """
    for kind, sign in (("even", 1), ("odd", -1)):
        opposite = put(function, setting.variable, -setting.variable)
        difference = opposite - function if sign > 0 else opposite + function
        if not _vanishes(function, difference, setting):
            continue
        if intervals is None:
            shown = [_under_conditions(function, difference, setting)]
        else:
            shown = [_on_interval(difference, setting, region, parts) for region, parts in intervals]
        if None not in shown:
            return Property("parity", kind, PROVED, tuple(s for s in shown if s is not None), setting.where)
    return None


def _vanishes(function: Term, difference: Term, setting: Setting) -> bool:
    """Whether h(−z) ∓ h(z) is 0 wherever one of them has a value."""
    compared = 0
    for numbers in setting.samples:
        for x in _POINTS:
            points = [{**numbers, setting.variable: as_precise(signed)} for signed in (x, -x)]
            values = [precise(function, p) for p in points]
            if (values[0] is None) != (values[1] is None):
                return False
            found = None if None in values else precise(difference, points[0])
            if found is not None and abs(found) > as_precise(_CLOSE) * (1 + abs(values[0])):
                return False
            compared += found is not None
    return compared >= _ENOUGH


def _under_conditions(function: Term, difference: Term, setting: Setting) -> Replayed | None:
    """h(−z) ∓ h(z) = 0 where h(z) has a value, if it has one at −z under the same conditions."""
    z, conditions = setting.variable, conditions_of(function, setting)
    opposite = [Condition(put(c.term, z, -z), c.relation) for c in conditions]
    if not all(any(_same(c, d) for d in conditions) for c in opposite):
        return None

    def prove(lines: Lines) -> int:
        return lines.discharge(lines.same(lines.start(difference), number(0)))

    return attempt(prove, (*conditions, *opposite, *setting.known))


def _same(c: Condition, d: Condition) -> bool:
    """Whether two conditions say the same."""
    opposite = c.relation == "!=" and proved_equal(c.term, -d.term)
    return c.relation == d.relation and (opposite or proved_equal(c.term, d.term))


def _on_interval(difference: Term, setting: Setting, region: Region, parts: Sequence[Part]) -> Replayed | None:
    return attempt(lambda lines: _proved(difference, setting, region, parts, lines), region.known(setting))


def _proved(difference: Term, setting: Setting, region: Region, parts: Sequence[Part], lines: Lines) -> int:
    """h(−z) ∓ h(z) = 0 between the ends of parts and their opposites, and at these."""
    z, zero = setting.variable, number(0)
    places = [p for p in _both_signs(ends_of(parts), setting) if inside(p, region.lower, region.upper)]
    ends, cuts = [region.lower, *places, region.upper], terms_of(places)

    def between(i: int) -> int:
        here = {**setting.given, z: middle(ends[i], ends[i + 1])}
        line = lines.take(lines.start(difference), arms_at(difference, here)[0])
        closed = region.lower_closed and i == 0, region.upper_closed and i == len(cuts)
        ground = Region(z, ends[i], ends[i + 1], *closed).ground(lines, setting)
        return found(ground.settled(lines.same(line, zero)))

    def at(i: int) -> int:
        equal = equal_to(lines, z, cuts[i])
        line = lines.substitute(lines.start(difference), equal)
        line = lines.take(line, arms_at(lines.rhs(line), setting.given)[0])
        ground = replace(letters_only(lines, setting), equals=(equal,))
        return found(ground.settled(lines.same(line, zero)))

    return everywhere(lines, z, cuts, between, at)


def _both_signs(places: Sequence[Spot], setting: Setting) -> list[Spot]:
    """The places and their opposites, in order."""
    met = {float(x.numbers[0]): x for x in places}
    for term in terms_of(places):
        opposite = spot(cleaned(-term), setting)
        met.setdefault(float(opposite.numbers[0]), opposite)
    return [met[x] for x in sorted(met)]
