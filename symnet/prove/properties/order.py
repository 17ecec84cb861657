"""Which of two values is the lower one, and unions of intervals with as few parts as that allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from symnet.prove.lines import Lines
from symnet.prove.properties.data import End, Infinite, Interval, Values
from symnet.prove.properties.numerics import as_precise, context
from symnet.prove.properties.region import letters_only
from symnet.prove.properties.scan import CLOSE, Spot
from symnet.prove.properties.setting import Setting
from symnet.prove.tidy import proved_equal


@dataclass(frozen=True, slots=True)
class Stretch:
    """The values between two others."""

    low: Spot
    high: Spot
    low_closed: bool = False
    high_closed: bool = False


@dataclass(frozen=True)
class Order:
    """How values compare, whatever the letters are.

    That two are equal is proved by their normal forms. Which of two is the larger one is proved where there are
    letters; numbers that are not equal are told apart by their first 40 digits of 150.
    """

    setting: Setting

    def compare(self, a: Spot, b: Spot) -> int | None:
        """−1, 0 or 1; None where that is not known."""
        found = {_compared(x, y) for x, y in zip(a.numbers, b.numbers, strict=True)}
        if len(found) > 1:
            return None
        (sign,) = found
        if a.value == b.value or a.is_infinite or b.is_infinite:
            return sign
        return sign if self._is_proved(a, b, sign) else None

    def _is_proved(self, a: Spot, b: Spot, sign: int) -> bool:
        if a.is_estimate or b.is_estimate:
            return True  # what is said of them is numerical
        low, high = (a.term, b.term) if sign <= 0 else (b.term, a.term)
        if low is None or high is None:
            return False
        if not sign:
            return proved_equal(low, high)
        return not self.setting.letters or letters_only(Lines(), self.setting).positive(high - low) is not None

    # Unions.

    def joined(self, stretches: Iterable[Stretch]) -> list[Stretch]:
        """The same union with fewer parts, from left to right."""
        found: list[Stretch] = []
        for stretch in stretches:
            while True:
                pair = next(((s, j) for s in found if (j := self._join(s, stretch)) is not None), None)
                if pair is None:
                    break
                found.remove(pair[0])
                stretch = pair[1]
            found.append(stretch)
        return sorted(found, key=lambda s: (s.low.numbers[0], s.high.numbers[0]))

    def _join(self, a: Stretch, b: Stretch) -> Stretch | None:
        lows, highs = self.compare(a.low, b.low), self.compare(a.high, b.high)
        if lows is None or highs is None or not (self._reaches(a, b) and self._reaches(b, a)):
            return None
        low, high = (a if lows <= 0 else b), (a if highs >= 0 else b)
        return Stretch(
            low.low,
            high.high,
            low.low_closed or (not lows and b.low_closed),
            high.high_closed or (not highs and b.high_closed),
        )

    def _reaches(self, a: Stretch, b: Stretch) -> bool:
        """Whether a ends no further left than where b begins, with nothing between."""
        sign = self.compare(a.high, b.low)
        return sign is not None and (sign > 0 or (not sign and (a.high_closed or b.low_closed)))

    def contains(self, outer: Stretch, inner: Stretch) -> bool:
        """Whether one stretch lies in another."""
        low, high = self.compare(outer.low, inner.low), self.compare(outer.high, inner.high)
        if low is None or high is None:
            return False
        return (low < 0 or (not low and (outer.low_closed or not inner.low_closed))) and (
            high > 0 or (not high and (outer.high_closed or not inner.high_closed))
        )


def _compared(x: Any, y: Any) -> int:
    if context().isinf(x) or context().isinf(y) or abs(x - y) > as_precise(CLOSE) * (1 + abs(x)):
        return int(x > y) - int(x < y)
    return 0


def values_of(stretches: Sequence[Stretch]) -> Values:
    """The union as it is given to others."""
    low = min(stretches, key=lambda s: (s.low.numbers[0], not s.low_closed))
    high = max(stretches, key=lambda s: (s.high.numbers[0], s.high_closed))
    hull = Interval(_end(low.low), _end(high.high), low.low_closed, high.high_closed)
    return Values(tuple(Interval(_end(s.low), _end(s.high), s.low_closed, s.high_closed) for s in stretches), hull)


def _end(spot: Spot) -> End:
    return None if isinstance(spot.value, Infinite) else spot.value


def is_estimated(stretch: Stretch) -> bool:
    """Whether an end is an estimate."""
    return stretch.low.is_estimate or stretch.high.is_estimate
