"""What a function tends to at an end of an interval: a guess from its values, and a term for it.

The term is a simple number, a multiple of π, or a product of powers of the letters. It is believed when it has the
value that the function comes close to, for all numbers of the letters that are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, Final

from symnet.prove.forms.cleaning import PI, applied, cleaned, scaled, times
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.numerics import as_precise, context, precise
from symnet.prove.properties.setting import Numbers, Setting
from symnet.term import Term, fold, number, put, symbols

#: How far out, or how close to an end, functions are evaluated: 10 to these powers.
_STEPS: Final = (1, 2, 3, 5, 10, 20, 40)
#: How close to a limit a function has to come.
_CLOSE: Final = Fraction(1, 10**12)
_NEAR: Final = Fraction(1, 10**6)
#: Numbers in a term that are larger than that, or smaller than its inverse, make far out too near.
_EXTREME: Final = 10**9

At = Term | Infinite


def limit(function: Term, setting: Setting, at: At, side: int) -> Term | Infinite | None:
    """What a function tends to at a place, from the right (side 1) or the left; None when that is not clear."""
    if setting.variable not in symbols(function):
        return cleaned(function)
    if isinstance(at, Term) and _is_continuous_at(function, setting, at):
        return cleaned(put(function, setting.variable, at))
    if _is_extreme(function):
        return None
    met = [_values(function, setting, at, side, numbers) for numbers in setting.samples]
    if all(map(_vanishes, met)):
        return number(0)
    values = [_settled(m) for m in met]
    if any(v is None for v in values):
        return None
    if any(context().isinf(v) for v in values):
        return None if len(set(values)) > 1 else Infinite.ABOVE if values[0] > 0 else Infinite.BELOW
    return next((c for c in identified(setting, values) if agrees(c, setting.samples, values)), None)


def agrees(candidate: Term, samples: Sequence[Numbers], values: Sequence[Any], close: Fraction = _CLOSE) -> bool:
    """Whether a term in the letters has these values, one for each choice of numbers."""
    found = (precise(candidate, numbers) for numbers in samples)
    return all(
        f is not None and abs(f - v) <= as_precise(close) * (1 + abs(v)) for f, v in zip(found, values, strict=True)
    )


def _is_continuous_at(function: Term, setting: Setting, at: Term) -> bool:
    points = ({**numbers, setting.variable: precise(at, numbers)} for numbers in setting.samples)
    return all(p[setting.variable] is not None and precise(function, p) is not None for p in points)


def _is_extreme(function: Term) -> bool:
    def combine(node: Term, below: list[bool]) -> bool:
        q = abs(node.value) if node.op == "number" else 0
        return any(below) or bool(q and not Fraction(1, _EXTREME) < q < _EXTREME)

    return fold(function, combine)


# Values close to the place.


def _values(function: Term, setting: Setting, at: At, side: int, numbers: Numbers) -> list[Any]:
    """The values closer and closer to a place."""
    found = (precise(function, {**numbers, setting.variable: p}) for p in _points(at, side, numbers))
    return [v for v in found if v is not None]


def _vanishes(values: Sequence[Any]) -> bool:
    """Whether values come close to 0, and quickly closer: √z log z does so at 0."""
    sizes = [abs(v) for v in values[-3:]]
    return len(sizes) == 3 and sizes[2] < as_precise(_NEAR) and all(1000 * b <= a for a, b in pairwise(sizes))


def _settled(values: Sequence[Any]) -> Any:
    """What values settle at, perhaps infinity; None where they do not."""
    if len(values) < 3:
        return None
    mp = context()
    a, b, c = values[-3:]
    if mp.isinf(c) or mp.isinf(b):
        return c if b == c or (abs(b) > 10**6 and b * c > 0) else None
    if abs(c - b) <= as_precise(_CLOSE) * (1 + abs(c)) and abs(c - b) <= abs(b - a):
        return c
    grows = abs(c) > abs(b) > abs(a) and b * c > 0 and abs(c - b) > abs(b - a) * as_precise(Fraction(9, 10))
    return mp.inf * mp.sign(c) if grows and abs(c - b) > as_precise(Fraction(1, 4)) else None


def _points(at: At, side: int, numbers: Numbers) -> Iterator[Any]:
    mp = context()
    for k in _STEPS:
        if isinstance(at, Infinite):
            yield mp.mpf(10) ** k * (1 if at is Infinite.ABOVE else -1)
        else:
            yield precise(at, numbers) + side * mp.mpf(10) ** -k


# Terms for a limit.


def identified(setting: Setting, values: Sequence[Any]) -> Iterator[Term]:
    """Simple numbers, multiples of π, and products of powers of letters, close to these values."""
    mp = context()
    forms: list[Term] = [number(1), PI, 1 / PI, applied("sqrt", PI), 1 / applied("sqrt", PI)]
    letters = setting.letters
    for exponents in product((0, 2, 1, -1, -2), repeat=len(letters)) if len(letters) <= 2 else ():
        forms += [times([_half_power(s, n) for s, n in zip(letters, exponents, strict=True)])] if any(exponents) else []
    for form in forms:
        divisor = precise(form, setting.samples[0])
        if not divisor or mp.isinf(values[0]):
            continue
        q = _simple(values[0] / divisor)
        if q is not None:
            yield cleaned(scaled(q, cleaned(form)))


def _half_power(letter: Term, halves: int) -> Term:
    root = letter if halves % 2 == 0 else applied("sqrt", letter)
    return root if halves > 0 else 1 / root if halves else number(1)


def _simple(value: Any) -> Fraction | None:
    """A number with a small denominator that is close."""
    for d in (1, 2, 3, 4, 6, 8):
        n = int(context().nint(value * d))
        if abs(value * d - n) <= as_precise(_CLOSE) and abs(n) <= 100:
            return Fraction(n, d)
    return None
