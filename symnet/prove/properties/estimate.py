"""Where a function lies, numerically: what the search tries to prove afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet.reader.agreement import value_at
from symnet.term import Term, constant, number

#: Digits of the estimates, and how close an estimate has to come to a bound that is tried.
DIGITS: Final = 40
CLOSE: Final = 1e-9
#: Steps away from the ends of an interval, near and far.
STEPS: Final = (
    *(Fraction(1, 10**k) for k in (12, 9, 6, 4, 3, 2)),
    *(Fraction(k, 16) for k in range(1, 64)),
    *(Fraction(k, 4) for k in range(16, 60)),
    *map(Fraction, (16, 20, 30, 50, 80, 100, 200, 400, 10**4, 10**6, 10**9, 10**12)),
)


@dataclass(frozen=True, slots=True)
class Extent:
    """The least and the greatest value that was met, and whether they look attained, at a point or only far out."""

    least: Any
    greatest: Any
    least_at: Fraction
    greatest_at: Fraction


def points(lower: Fraction | None, upper: Fraction | None) -> list[Fraction]:
    """Points of an open interval: close to its ends, and far out."""
    if lower is None and upper is None:
        return sorted({Fraction(0), *STEPS, *(-s for s in STEPS)})
    if lower is None or upper is None:
        return sorted(lower + s for s in STEPS) if lower is not None else sorted(upper - s for s in STEPS)  # type: ignore[operator]
    width = upper - lower
    parts = [Fraction(k, 96) for k in range(1, 96)] + [Fraction(1, 10**k) for k in (12, 9, 6, 4, 3)]
    return sorted({lower + width * p for p in parts} | {upper - width * p for p in parts})


def extent(
    function: Term, variable: Term, numbers: Mapping[Term, Fraction], where: Iterable[Fraction]
) -> Extent | None:
    """The least and the greatest value at some points; None when it has no value at any."""
    import mpmath

    with mpmath.workdps(DIGITS):
        met = [(value, at) for at in where if (value := value_at(function, {**numbers, variable: at})) is not None]
        if not met:
            return None
        (least, least_at), (greatest, greatest_at) = (
            min(met, key=lambda m: (side * m[0], abs(m[1]))) for side in (1, -1)
        )
        return Extent(least, greatest, least_at, greatest_at)


def value(term: Term, numbers: Mapping[Term, Fraction]) -> Any:
    """The value of a term without the variable, or None."""
    import mpmath

    with mpmath.workdps(DIGITS):
        return value_at(term, numbers)


def is_close(a: Any, b: Any) -> bool:
    """Whether two estimates agree."""
    import mpmath

    with mpmath.workdps(DIGITS):
        return a is not None and b is not None and bool(abs(a - b) <= mpmath.mpf(CLOSE))


def candidates(letters: Iterable[Term]) -> list[Term]:
    """Numbers that bounds often are, and letters with either sign."""
    numbers = [number(Fraction(n, d)) for d in (1, 2, 4, 3, 6) for n in range(-3 * d, 3 * d + 1) if d == 1 or n % d]
    pi = constant("pi")
    return [*numbers, number(6), pi / 2, -(pi / 2), *(s for letter in letters for s in (letter, -letter, 1 / letter))]
