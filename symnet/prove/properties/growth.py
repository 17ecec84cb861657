"""Differences of values from the sign of the derivative, by the mean value theorem.

Where f′ is positive inside an interval and not negative at its ends, f(v) − f(u) is the sum of three differences: two
at the ends, which are not negative, and one inside, which is positive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from symnet.errors import SymnetError
from symnet.prove.lines import Lines
from symnet.prove.properties.caching import tidy
from symnet.prove.properties.ground import MINUS, Ground, Reason
from symnet.prove.properties.numerics import precise
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import derivative_of
from symnet.term import Condition, Term, derivative, put, symbols

#: A slope that is smaller than that is taken for 0.
_FLAT: Final = 1e-30


@dataclass(frozen=True)
class Growth:
    """A formula that grows on an interval, or falls when ``direction`` is −1, and perhaps stays equal.

    The ends of the region that are closed may be used as places.
    """

    lines: Lines
    formula: Term
    region: Region
    setting: Setting
    direction: int
    reasons: Sequence[Reason] = REASONS

    @property
    def body(self) -> Term:
        """What grows: f or −f."""
        return self.formula if self.direction > 0 else MINUS * self.formula

    @cached_property
    def inside(self) -> int | None:
        """The line D[f] > 0 in the open interval."""
        r = self.region
        return self._slope(Region(r.variable, r.lower, r.upper), True)

    @cached_property
    def throughout(self) -> int | None:
        """The line D[f] > 0 or D[f] ≥ 0 up to the ends that are closed."""
        strict = None if self._is_flat_at_an_end() else self._slope(self.region, True)
        return self.weakly if strict is None else strict

    @cached_property
    def weakly(self) -> int | None:
        """The line D[f] ≥ 0, or better, up to the ends that are closed."""
        return self._slope(self.region, False)

    def _is_flat_at_an_end(self) -> bool:
        """Whether the slope is 0 at an end that is closed."""
        r, slope = self.region, derivative_of(self.formula, self.region.variable)
        ends = [end for end, closed in ((r.lower, r.lower_closed), (r.upper, r.upper_closed)) if closed]
        values = (
            precise(slope, {**numbers, r.variable: end.numbers[i]})
            for end in ends
            for i, numbers in enumerate(self.setting.samples)
        )
        return any(v is not None and abs(v) < _FLAT for v in values)

    def _slope(self, region: Region, strict: bool) -> int | None:
        lines, ground = self.lines, region.ground(self.lines, self.setting, self.reasons)
        line = lines.differentiate(lines.start(derivative(self.body, region.variable)))
        line = lines.same(line, tidy(lines.rhs(line)))
        lemma = ground.positive(lines.rhs(line), strict)
        return None if lemma is None else ground.concluded(line, [lemma])

    def difference(self, ground: Ground, low: Term, high: Term, strict: bool) -> int | None:
        """The line f(v) − f(u) > 0, or ≥ 0, for u < v in the closed interval."""
        lines = self.lines
        if not strict:
            return None if self.weakly is None else self._between(ground, self.weakly, low, high)
        if self.inside is None:
            return None
        if not self._about_region(self.inside):
            return self._between(ground, self.inside, low, high)
        if self.throughout is None:
            return None
        if ground.is_enough(self.throughout, True):
            return self._between(ground, self.throughout, low, high)
        third, two_thirds = (low + low + high) / 3, (low + high + high) / 3
        parts = [
            self._between(ground, self.throughout, low, third),
            self._between(ground, self.inside, third, two_thirds),
            self._between(ground, self.throughout, two_thirds, high),
        ]
        if None in parts:
            return None
        found = [n for n in parts if n is not None]
        first, second, last = map(lines.rhs, found)
        whole = self.at(high) - self.at(low)
        line = lines.regroup(lines.start(whole), last + second + first)
        return ground.concluded(line, found)

    def at(self, place: Term) -> Term:
        """f there."""
        return put(self.body, self.region.variable, place)

    def _about_region(self, line: int) -> bool:
        return any(
            isinstance(c, Condition) and self.region.variable in symbols(c.term) for c in self.lines.conditions(line)
        )

    def _between(self, ground: Ground, slope: int, low: Term, high: Term) -> int | None:
        try:
            return ground.settled(self.lines.write("mean_value", (slope,), (low, high)))
        except SymnetError:
            return None
