"""Places and values: as terms where these are found, and as numbers; and where a function changes its sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from symnet.errors import Undecided
from symnet.prove.properties.algebra import tidy
from symnet.prove.properties.data import Estimate, Infinite
from symnet.prove.properties.enclosures import signs
from symnet.prove.properties.inverse import solutions
from symnet.prove.properties.limits import agrees, identified
from symnet.prove.properties.numerics import context, precise
from symnet.prove.properties.setting import Numbers, Setting
from symnet.term import Term, number, symbols

#: Functions that change their sign more often than this are not looked at further.
MOST: Final = 8
#: Digits of an estimate, and how close values have to be to be taken for equal.
DIGITS: Final = 10
CLOSE: Final = Fraction(1, 10**40)
#: Steps of the search for a root, and how close it has to come.
_STEPS: Final = 300
_SMALL: Final = 10.0**-70
_FAR: Final = (50, 200, 1000, 10**4, 10**8)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or a value: a term, infinity, or an estimate, and the number that it is for each choice of numbers."""

    value: Term | Estimate | Infinite
    numbers: tuple[Any, ...]

    @property
    def term(self) -> Term | None:
        """The term, if it is one."""
        return self.value if isinstance(self.value, Term) else None

    @property
    def is_infinite(self) -> bool:
        """Whether this is −∞ or ∞."""
        return isinstance(self.value, Infinite)

    @property
    def is_estimate(self) -> bool:
        """Whether only the first digits are known."""
        return isinstance(self.value, Estimate)


def spot(value: Term | Infinite, setting: Setting) -> Spot:
    """A place or a value that is known.

    Raises :class:`~symnet.errors.Undecided` for a term without a value.
    """
    mp = context()
    if isinstance(value, Infinite):
        return Spot(value, tuple(mp.inf if value is Infinite.ABOVE else -mp.inf for _ in setting.samples))
    found = tuple(precise(value, numbers) for numbers in setting.samples)
    if None in found:
        raise Undecided(f"{value} has no value for some numbers of the letters")
    return Spot(value, found)


def estimated(value: Any) -> Estimate:
    """A number by its first digits."""
    mp = context()
    if not value:
        return Estimate("0")
    unit = mp.mpf(10) ** (int(mp.floor(mp.log10(abs(value)))) + 1 - DIGITS)
    return Estimate(mp.nstr(int(value / unit) * unit, DIGITS, strip_zeros=False, min_fixed=-6, max_fixed=10))


def named(setting: Setting, values: Sequence[Any], terms: Sequence[Term] = ()) -> Spot:
    """The first of the terms that has these values; an estimate where there are no letters.

    Raises :class:`~symnet.errors.Undecided` where there are letters and none of the terms fits.
    """
    for term in (*terms, *identified(setting, values)):
        if agrees(term, setting.samples, values, CLOSE):
            return spot(term, setting)
    if setting.letters:
        raise Undecided("a place depends on letters and has no term")
    return Spot(estimated(values[0]), tuple(values))


def inside(at: Spot, lower: Spot, upper: Spot) -> bool:
    """Whether a place is between two others, whatever the numbers are."""
    return all(low < x < high for low, x, high in zip(lower.numbers, at.numbers, upper.numbers, strict=True))


def terms_of(places: Sequence[Spot]) -> list[Term]:
    """The terms of places.

    Raises :class:`~symnet.errors.Undecided` where one has none.
    """
    found = [p.term for p in places if p.term is not None]
    if len(found) < len(places):
        raise Undecided("there is no term for a place")
    return found


def values_at(term: Term, at: Spot, setting: Setting) -> list[Any]:
    """The values of a term at a place, one for each choice of numbers; None where there is none."""
    pairs = zip(setting.samples, at.numbers, strict=True)
    return [precise(term, {**numbers, setting.variable: x}) for numbers, x in pairs]


def vanishes_at(term: Term, at: Spot, setting: Setting) -> bool:
    """Whether a term is 0 at a place, as far as numbers tell."""
    return all(v is not None and abs(v) < float(CLOSE) for v in values_at(term, at, setting))


# Where a term changes its sign.


def grid(lower: Any, upper: Any) -> Any:
    """Points of an open interval, close to its ends and far out, as floats, in order."""
    import numpy as np

    low, high = float(lower), float(upper)
    steps = np.unique(np.concatenate([np.geomspace(1e-6, 1e6, 241), np.linspace(1 / 32, 16, 512)]))
    if np.isinf(low) and np.isinf(high):
        return np.concatenate([-steps[::-1], [0.0], steps])
    if np.isinf(low) or np.isinf(high):
        found = low + steps if np.isinf(high) else high - steps[::-1]
        zero = [0.0] if low < 0 < high else []
        return np.unique(np.concatenate([found, zero]))
    ends = np.geomspace(1e-9, 0.5, 120)
    parts = np.unique(np.concatenate([ends, 1 - ends, np.linspace(0, 1, 402)[1:-1]]))
    found = low + (high - low) * parts
    return found[(found > low) & (found < high)]


Met = list[tuple[float, int]]
Changes = list[tuple[float, float]]


def met_at(term: Term, setting: Setting, numbers: Numbers, places: Any) -> Met:
    """The places where the sign of a term is certain and not 0, with that sign."""
    found = signs(term, setting.points(numbers, places))
    return [(p, int(s)) for p, s in zip(places.tolist(), found.tolist(), strict=True) if s in (1, -1)]


def changes_of(met: Met) -> Changes:
    """Between which places a sign changes."""
    return [(a, b) for (a, s), (b, t) in pairwise(met) if s != t]


def _pattern(term: Term, setting: Setting, numbers: Numbers, lower: Any, upper: Any) -> tuple[tuple[int, ...], Changes]:
    """The signs of a term on an open interval from left to right, and between which places they change."""
    if setting.variable not in symbols(term):
        value = precise(term, numbers)
        return (() if not value else (int(context().sign(value)),)), []
    met = met_at(term, setting, numbers, grid(lower, upper))
    met = sorted([*met, *_far_out(term, setting, numbers, lower, upper)])
    changes = changes_of(met)
    if len(changes) > MOST:
        raise Undecided("the sign changes too often")
    return tuple(s for i, (_, s) in enumerate(met) if not i or s != met[i - 1][1]), changes


def _far_out(term: Term, setting: Setting, numbers: Numbers, lower: Any, upper: Any) -> Met:
    mp = context()
    places = [mp.mpf(side * x) for x in _FAR for side in (1, -1) if lower < side * x < upper]
    values = [(p, precise(term, {**numbers, setting.variable: p})) for p in places]
    return [(float(p), int(mp.sign(v))) for p, v in values if v]


def turns(term: Term, setting: Setting, lower: Spot, upper: Spot) -> tuple[tuple[int, ...], list[Spot]]:
    """The signs of a term between two places, and the places where it changes its sign.

    Raises :class:`~symnet.errors.Undecided` where that depends on the numbers for the letters, or is too often.
    """
    ends = zip(setting.samples, lower.numbers, upper.numbers, strict=True)
    patterns = [_pattern(term, setting, numbers, low, high) for numbers, low, high in ends]
    if len({found for found, _ in patterns}) > 1:
        raise Undecided("the signs depend on the numbers for the letters")
    terms = roots(term, setting) if patterns[0][1] else []
    columns = zip(*(changes for _, changes in patterns), strict=True)
    return patterns[0][0], [
        named(
            setting, [root_between(term, setting, n, *c) for n, c in zip(setting.samples, column, strict=True)], terms
        )
        for column in columns
    ]


def roots(term: Term, setting: Setting) -> list[Term]:
    """Terms for z at which a term may be 0."""
    return [tidy(t) for t in solutions(term, setting.variable, number(0))]


def zeros(term: Term, setting: Setting, lower: Spot, upper: Spot) -> Iterator[Spot]:
    """Places between two others where a term is 0, whether or not it changes its sign there."""
    for found in dict.fromkeys(roots(term, setting)):
        try:
            at = spot(found, setting)
        except Undecided:
            continue
        if inside(at, lower, upper) and vanishes_at(term, at, setting):
            yield at


def root_between(term: Term, setting: Setting, numbers: Numbers, low: float, high: float) -> Any:
    """Where a term changes its sign, by the Illinois method, and by halving where that is slow.

    (Dahlquist, Björck, *Numerical Methods*, 6.4.)
    """
    mp = context()

    def value(x: Any) -> Any:
        found = precise(term, {**numbers, setting.variable: x})
        if found is None or mp.isinf(found):
            raise Undecided("a function has no value where it changes its sign")
        return found

    def is_root(x: Any) -> bool:
        step = _SMALL * (1 + abs(x))
        return bool(value(x - step) * value(x + step) < 0)

    a, b = mp.mpf(low), mp.mpf(high)
    f, g, width = value(a), value(b), abs(b - a)
    for step in range(_STEPS):
        halve = f == g
        if step % 3 == 2:
            halve, width = halve or 2 * abs(b - a) > width, abs(b - a)
        middle = (a + b) / 2 if halve else b - g * (b - a) / (g - f)
        found = value(middle)
        if not found or (abs(b - middle) <= _SMALL * (1 + abs(b)) and is_root(middle)):
            return middle
        a, f = (b, g) if found * g < 0 else (a, f / 2)
        b, g = middle, found
    raise Undecided("where a function changes its sign is not clear")
