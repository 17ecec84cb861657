"""That a function grows on the whole of an interval, from what its pieces do and what happens where they meet.

For p < q the difference h(q) − h(p) is a sum of differences: within pieces, by the mean value theorem, and at the
places between p and q where pieces meet. Which pieces p and q are in is gone through case by case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from typing import Any, Final

from symnet.errors import Undecided
from symnet.kernel.signs import gap
from symnet.prove.branches import arms_at
from symnet.prove.lines import Lines
from symnet.prove.properties.ground import MINUS, Effort, Ground, Reason
from symnet.prove.properties.numerics import as_precise, context
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region
from symnet.prove.properties.scan import Spot, terms_of
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.slopes import Growth
from symnet.prove.properties.splitting import equal_to, everywhere, weakened
from symnet.term import Condition, Term, put, total

#: How many places pieces may meet at, and how finely intervals are looked at.
MOST: Final = 4
_GRID: Final = 5


@dataclass(frozen=True, slots=True)
class Link:
    """An open interval with a formula, and whether it can be used at its ends."""

    lower: Spot
    upper: Spot
    formula: Term
    lower_closed: bool = False
    upper_closed: bool = False

    def region(self, variable: Term) -> Region:
        """The interval."""
        return Region(variable, self.lower, self.upper, self.lower_closed, self.upper_closed)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where p or q is: in a link, or where the link begins."""

    link: int
    at_start: bool = False


@dataclass(frozen=True)
class Join:
    """A function on an interval of its domain; ``direction`` −1 means that it falls."""

    lines: Lines
    function: Term
    setting: Setting
    links: tuple[Link, ...]
    direction: int
    strict: bool
    letters: tuple[Term, Term]
    reasons: tuple[Sequence[Reason], ...] = ()  # for the slope of each link

    @cached_property
    def cuts(self) -> list[Term]:
        """The places where links meet."""
        found = terms_of([link.lower for link in self.links[1:]])
        if len(found) > MOST:
            raise Undecided("pieces meet at too many places")
        return found

    @cached_property
    def growths(self) -> list[Growth]:
        """The links as formulas that grow."""
        z = self.setting.variable
        return [
            Growth(
                self.lines,
                link.formula,
                link.region(z),
                self.setting,
                self.direction,
                reasons,
            )
            for link, reasons in zip(self.links, self.reasons or repeat(REASONS))  # noqa: B905
        ]

    @property
    def statement(self) -> Term:
        """h(q) − h(p), or h(p) − h(q) for a function that falls."""
        low, high = (self._body(put(self.function, self.setting.variable, x)) for x in self.letters)
        return high - low

    def _body(self, term: Term) -> Term:
        return term if self.direction > 0 else MINUS * term

    def proved(self) -> int:
        """The statement for all p < q in the interval.

        Raises :class:`~symnet.errors.Undecided` where a difference is not seen to be positive.
        """
        _, q = self.letters
        return everywhere(
            self.lines, q, self.cuts, lambda j: self._for_p(_Place(j)), lambda j: self._for_p(_Place(j + 1, True))
        )

    def _for_p(self, q: _Place) -> int:
        """The statement where it is known where q is."""
        last = q.link - 1 if q.at_start else q.link
        cuts = self.cuts[:last]
        return everywhere(
            self.lines,
            self.letters[0],
            cuts,
            lambda i: self._settled(_Place(i), q),
            lambda i: self._settled(_Place(i + 1, True), q),
        )

    # One case.

    def _settled(self, p: _Place, q: _Place) -> int:
        places = zip(self.letters, (p, q), strict=True)
        equals = tuple(equal_to(self.lines, x, self._cut(place)) for x, place in places if place.at_start)
        ground = replace(self._ground(p, q), equals=equals)
        line = self._opened(p, q, equals)
        steps = list(self._steps(ground, p, q))
        total_of = total(self.lines.rhs(n) for n in steps)
        found = ground.concluded(self.lines.same(line, total_of), steps)
        if found is None or (self.strict and not ground.is_enough(found, True)):
            raise Undecided("a difference is not seen to be positive")
        found = found if self.strict else weakened(self.lines, found)
        return self._without_own(found, p, q)

    def _without_own(self, line: int, p: _Place, q: _Place) -> int:
        """c − p > 0 follows from q − p > 0 where q = c."""
        if not q.at_start or p.link != q.link - 1 or p.at_start:
            return line
        lines, (x, y), cut = self.lines, self.letters, self._cut(q)
        equal = lines.substitute(lines.start(gap(x, y)), equal_to(lines, y, cut))
        equal = lines.symmetry(lines.regroup(equal, gap(x, cut)))
        lemma = lines.write("sign", (equal, lines.suppose(Condition(gap(x, y), ">"))))
        return lines.discharge(line, lemma)

    def _cut(self, place: _Place) -> Term:
        return self.cuts[place.link - 1]

    def _opened(self, p: _Place, q: _Place, equals: Sequence[int]) -> int:
        """h(q) − h(p) with the formulas that hold there."""
        lines = self.lines
        line = lines.substitute(lines.start(self.statement), *equals)
        return lines.take(line, arms_at(lines.rhs(line), {**self.setting.given, **self._inside(p, q)})[0])

    def _inside(self, p: _Place, q: _Place) -> dict[Term, Fraction]:
        """Numbers p < q that are where they should be."""
        found = {}
        for letter, place, part in zip(self.letters, (p, q), (Fraction(1, 3), Fraction(2, 3)), strict=True):
            if not place.at_start:
                link = self.links[place.link]
                found[letter] = _as_fraction(_part(link.lower.numbers[0], link.upper.numbers[0], part))
        return found

    def _steps(self, ground: Ground, p: _Place, q: _Place) -> Iterator[int]:
        """Lines about the differences that make up h(q) − h(p)."""
        z = self.setting.variable
        here, value = (self._cut(p), self._value(p)) if p.at_start else (self.letters[0], None)
        if value is not None:
            yield from self._jump(ground, value, put(self.links[p.link].formula, z, here))
        last = q.link - 1 if q.at_start else q.link
        for i in range(p.link, last + 1):
            there = self.letters[1] if i == last and not q.at_start else self.cuts[i]
            difference = self.growths[i].difference(ground, here, there, self.strict)
            if difference is None:
                raise Undecided("a piece is not seen to grow")
            yield difference
            before = put(self.links[i].formula, z, there)
            if i < last:
                yield from self._jump(ground, before, put(self.links[i + 1].formula, z, there))
            elif q.at_start:
                yield from self._jump(ground, before, self._value(q))
            here = there

    def _value(self, place: _Place) -> Term:
        """h where links meet."""
        term = put(self.function, self.setting.variable, self._cut(place))
        return arms_at(term, self.setting.given)[1]

    def _jump(self, ground: Ground, before: Term, after: Term) -> Iterator[int]:
        """The line that a difference at one place is not negative; nothing where there is no difference."""
        if before != after:
            found = ground.positive(self._body(after) - self._body(before), strict=False)
            if found is None:
                raise Undecided("a jump is not seen to be upwards")
            yield found

    # What is known.

    def _ground(self, p: _Place, q: _Place) -> Ground:
        x, y = self.letters
        both = p.link == q.link and not p.at_start and not q.at_start
        known = [Condition(gap(x, y), ">")] if both else []
        if not p.at_start:
            known += self._above(x, p)
            if p.link < q.link:
                known.append(Condition(gap(x, self.cuts[p.link]), ">"))
        if not q.at_start:
            known += self._above(y, q) if p.link < q.link or p.at_start else []
            known += self._below(y, q)
        effort = Effort(in_all=self.setting.in_all)
        known += self.setting.known
        return Ground(self.lines, tuple(known), self._points(p, q), REASONS, effort=effort)

    def _above(self, x: Term, place: _Place) -> list[Condition]:
        link = self.links[place.link]
        relation = ">=" if not place.link and link.lower_closed else ">"
        return [] if link.lower.term is None else [Condition(gap(link.lower.term, x), relation)]

    def _below(self, x: Term, place: _Place) -> list[Condition]:
        link = self.links[place.link]
        relation = ">=" if place.link == len(self.links) - 1 and link.upper_closed else ">"
        return [] if link.upper.term is None else [Condition(gap(x, link.upper.term), relation)]

    def _points(self, p: _Place, q: _Place) -> dict[Term, Any]:
        import numpy as np

        rows: list[dict[Term, float]] = []
        for sample, numbers in enumerate(self.setting.samples):
            for x in self._coordinates(p, sample):
                for y in self._coordinates(q, sample):
                    if x < y or p.at_start or q.at_start:
                        pair = {} if p.at_start else {self.letters[0]: x}
                        pair |= {} if q.at_start else {self.letters[1]: y}
                        rows.append(pair | {s: float(v) for s, v in numbers.items()})
        return {s: np.array([row[s] for row in rows]) for s in rows[0]} if rows else {}

    def _coordinates(self, place: _Place, sample: int) -> Sequence[float]:
        if place.at_start:
            return [0.0]
        link = self.links[place.link]
        ends = link.lower.numbers[sample], link.upper.numbers[sample]
        return [float(_part(*ends, Fraction(k, _GRID + 1))) for k in range(1, _GRID + 1)]


def middle(lower: Spot, upper: Spot) -> Fraction:
    """A number between two places, for the numbers given."""
    return _as_fraction(_part(lower.numbers[0], upper.numbers[0], Fraction(1, 2)))


def _part(low: Any, high: Any, part: Fraction) -> Any:
    """A number inside of an interval, further right for a larger part."""
    mp, x = context(), as_precise(part)
    if mp.isinf(low) and mp.isinf(high):
        return 4 * x - 2
    if mp.isinf(low):
        return high - 1 / x
    return low + 1 / (1 - x) if mp.isinf(high) else low + (high - low) * x


def _as_fraction(value: Any) -> Fraction:
    return Fraction(int(context().nint(value * 2**40)), 2**40)
