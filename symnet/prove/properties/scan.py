"""Where a function of one variable changes its sign: numerically, and as terms where these are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from symnet.errors import Undecided
from symnet.prove.properties.data import Estimate, Infinite
from symnet.prove.properties.inverse import solutions
from symnet.prove.properties.limits import agrees, identified
from symnet.prove.properties.numerics import context, precise, signs
from symnet.prove.properties.setting import Numbers, Setting
from symnet.term import Term, number, symbols

#: Functions that change their sign more often than this are not looked at further.
MOST: Final = 8
#: Digits of an estimate, and how close a term has to come to a root.
DIGITS: Final = 10
_CLOSE: Final = Fraction(1, 10**40)
#: Steps of the search for a root, and how close they have to come to each other.
_STEPS: Final = 200
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


def named(setting: Setting, values: Sequence[Any], terms: Sequence[Term]) -> Spot:
    """The first of the terms that has these values; an estimate where there are no letters.

    Raises :class:`~symnet.errors.Undecided` where there are letters and none of the terms fits.
    """
    for term in (*terms, *identified(setting, values)):
        if agrees(term, setting.samples, values, _CLOSE):
            return spot(term, setting)
    if setting.letters:
        raise Undecided("a place depends on letters and has no term")
    return Spot(estimated(values[0]), tuple(values))


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


@dataclass(frozen=True, slots=True)
class Pattern:
    """The signs that a function has on an interval from left to right, and between which points they change."""

    signs: tuple[int, ...]
    changes: tuple[tuple[Any, Any], ...]


def pattern(term: Term, setting: Setting, numbers: Numbers, lower: Any, upper: Any) -> Pattern:
    """The signs of a term on an open interval, for one choice of numbers.

    Raises :class:`~symnet.errors.Undecided` where it changes its sign too often.
    """
    import numpy as np

    z = setting.variable
    if z not in symbols(term):
        value = precise(term, numbers)
        return Pattern(() if not value else (int(context().sign(value)),), ())
    places = grid(lower, upper)
    points = {z: places, **{s: np.full(len(places), float(q)) for s, q in numbers.items()}}
    met = [(p, int(s)) for p, s in zip(places.tolist(), signs(term, points).tolist(), strict=True) if s in (1, -1)]
    met = sorted([*met, *_far_out(term, setting, numbers, lower, upper)])
    changes = [(a, b) for (a, s), (b, t) in pairwise(met) if s != t]
    if len(changes) > MOST:
        raise Undecided("the sign changes too often")
    order = [s for i, (_, s) in enumerate(met) if not i or s != met[i - 1][1]]
    return Pattern(tuple(order), tuple(changes))


def _far_out(term: Term, setting: Setting, numbers: Numbers, lower: Any, upper: Any) -> list[tuple[float, int]]:
    mp, found = context(), []
    for place in (side * x for x in _FAR for side in (1, -1)):
        if lower < place < upper:
            value = precise(term, {**numbers, setting.variable: mp.mpf(place)})
            if value is not None and value:
                found.append((float(place), int(mp.sign(value))))
    return found


def turns(term: Term, setting: Setting, lower: Spot, upper: Spot) -> tuple[tuple[int, ...], list[Spot]]:
    """The signs of a term between two places, and the places where it changes its sign.

    Raises :class:`~symnet.errors.Undecided` where that depends on the numbers for the letters.
    """
    patterns = [
        pattern(term, setting, numbers, low, high)
        for numbers, low, high in zip(setting.samples, lower.numbers, upper.numbers, strict=True)
    ]
    if len({p.signs for p in patterns}) > 1:
        raise Undecided("the signs depend on the numbers for the letters")
    count = len(patterns[0].changes)
    if not count:
        return patterns[0].signs, []
    terms = list(roots(term, setting))
    found = []
    for i in range(count):
        values = [root_between(term, setting, n, *p.changes[i]) for n, p in zip(setting.samples, patterns, strict=True)]
        found.append(named(setting, values, terms))
    return patterns[0].signs, found


def roots(term: Term, setting: Setting) -> list[Term]:
    """Terms for z at which a term may be 0."""
    from symnet.prove.properties.caching import tidy

    return [tidy(t) for t in solutions(term, setting.variable, number(0))]


def root_between(term: Term, setting: Setting, numbers: Numbers, low: float, high: float) -> Any:
    """Where a term changes its sign, by the Illinois method (Dahlquist, Björck, *Numerical Methods*, 6.4)."""
    mp = context()
    a, b = mp.mpf(low), mp.mpf(high)

    def value(x: Any) -> Any:
        return precise(term, {**numbers, setting.variable: x})

    f, g = value(a), value(b)
    for _ in range(_STEPS):
        if f is None or g is None or mp.isinf(f) or mp.isinf(g):
            raise Undecided("a function has no value where it changes its sign")
        middle = (a + b) / 2 if f == g else b - g * (b - a) / (g - f)
        found = value(middle)
        if not found and found is not None:
            return middle
        if abs(b - middle) <= _SMALL * (1 + abs(b)):
            return middle
        if found is not None and found * g < 0:
            a, f = b, g
        else:
            f = f / 2
        b, g = middle, found
    raise Undecided("where a function changes its sign is not clear")


def inside(at: Spot, lower: Spot, upper: Spot) -> bool:
    """Whether a place is between two others, whatever the numbers are."""
    return all(low < x < high for low, x, high in zip(lower.numbers, at.numbers, upper.numbers, strict=True))
