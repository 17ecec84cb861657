"""Whether a function is odd or even."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from symnet.errors import Undecided
from symnet.prove.branches import arms_at
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.lines import Lines
from symnet.prove.properties.data import NUMERICAL, PROVED, Property
from symnet.prove.properties.joining import between
from symnet.prove.properties.numerics import as_precise, precise
from symnet.prove.properties.places import equal_to, everywhere
from symnet.prove.properties.region import Region, attempt, letters_only
from symnet.prove.properties.scan import Spot, spot
from symnet.prove.properties.scan import inside as is_inside
from symnet.prove.properties.setting import Numbers, Setting
from symnet.prove.properties.shape import Part, ends_of
from symnet.term import Term, number, put

#: Where values are compared, and how many of them there have to be.
_POINTS: Final = tuple(Fraction(n, 16) for n in (1, 3, 5, 8, 11, 13, 17, 23, 32, 41, 48, 67, 96, 131, 300, 1000))
_ENOUGH: Final = 5
_CLOSE: Final = Fraction(1, 10**80)


def parity(function: Term, setting: Setting, given: Numbers, pieces: Sequence[Sequence[Part]]) -> Property | None:
    """h(−z) = h(z), or h(−z) = −h(z); None where neither is so.

    ``pieces`` are the parts of each interval of the domain. Where there are none it is shown under the conditions of
    the function as it is written.
    """
    z = setting.variable
    for kind, sign in (("even", 1), ("odd", -1)):
        difference = put(function, z, -z) - function if sign > 0 else put(function, z, -z) + function
        if not _vanishes(function, difference, setting):
            continue
        shown = [attempt(lambda lines: _proved(difference, setting, given, parts, lines)) for parts in pieces]  # noqa: B023
        if not pieces:
            shown = [attempt(lambda lines: lines.discharge(lines.same(lines.start(difference), number(0))))]  # noqa: B023
        found = tuple(s for s in shown if s is not None)
        is_proved = len(found) == len(shown)
        return Property("parity", kind, PROVED if is_proved else NUMERICAL, found if is_proved else (), setting.where)
    return None


def _vanishes(function: Term, difference: Term, setting: Setting) -> bool:
    """Whether h(−z) ∓ h(z) is 0 wherever one of them has a value."""
    compared = 0
    for numbers in setting.samples:
        for x in _points(setting, function):
            points = [{**numbers, setting.variable: as_precise(signed)} for signed in (x, -x)]
            values = [precise(function, p) for p in points]
            if (values[0] is None) != (values[1] is None):
                return False
            found = None if None in values else precise(difference, points[0])
            if found is not None and abs(found) > as_precise(_CLOSE) * (1 + abs(values[0])):
                return False
            compared += found is not None
    return compared >= _ENOUGH


def _points(setting: Setting, function: Term) -> Iterator[Fraction]:
    yield Fraction(0)
    yield from _POINTS


def _proved(difference: Term, setting: Setting, given: Numbers, parts: Sequence[Part], lines: Lines) -> int | None:
    """h(−z) ∓ h(z) = 0 between the ends of parts, and where two of them meet."""
    z, zero = setting.variable, number(0)
    first, last = parts[0].lower, parts[-1].upper
    places = [p for p in _both_signs(ends_of(parts), setting) if is_inside(p, first, last)]
    ends = [first, *places, last]

    def inside(i: int) -> int:
        middle = between(ends[i].numbers[0], ends[i + 1].numbers[0])
        line = lines.take(lines.start(difference), arms_at(difference, {**given, z: middle})[0])
        found = Region(z, ends[i], ends[i + 1]).ground(lines, setting).settled(lines.same(line, zero))
        return _found(found)

    def at(i: int) -> int:
        equal = equal_to(lines, z, _term(places[i]))
        line = lines.substitute(lines.start(difference), equal)
        line = lines.take(line, arms_at(lines.rhs(line), given)[0])
        ground = replace(letters_only(lines, setting), equals=(equal,))
        return _found(ground.settled(lines.same(line, zero)))

    return everywhere(lines, z, [_term(p) for p in places], inside, at)


def _both_signs(places: Sequence[Spot], setting: Setting) -> list[Spot]:
    """The places and their opposites, in order."""
    found = {float(x.numbers[0]): x for x in places}
    for place in places:
        if place.term is not None:
            opposite = spot(cleaned(-place.term), setting)
            found.setdefault(float(opposite.numbers[0]), opposite)
    return [found[x] for x in sorted(found)]


def _found(line: int | None) -> int:
    if line is None:
        raise Undecided("a condition does not follow")
    return line


def _term(place: Spot) -> Term:
    if place.term is None:
        raise Undecided("there is no term for where parts meet")
    return place.term
