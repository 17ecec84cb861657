"""Inequalities from the sign of a derivative, by the mean value theorem.

Where f′ is positive inside an interval and not negative at its ends, f(v) − f(u) is the sum of three differences: two
at the ends, which are not negative, and one inside, which is positive. And a term is positive on an interval if it is
so at an end and grows away from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from symnet.errors import SymnetError, Undecided
from symnet.prove.lines import Lines
from symnet.prove.properties.algebra import derivative_of, tidy
from symnet.prove.properties.ground import MINUS, Ground, Reason
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region, letters_only
from symnet.prove.properties.scan import CLOSE, Spot, terms_of, values_at, vanishes_at
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.splitting import equal_to, everywhere
from symnet.term import Condition, Term, derivative, number, put, symbols


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
        return any(v is not None and abs(v) < float(CLOSE) for end in ends for v in values_at(slope, end, self.setting))

    def _slope(self, region: Region, strict: bool) -> int | None:
        lines, ground = self.lines, region.ground(self.lines, self.setting, self.reasons)
        line = lines.differentiate(lines.start(derivative(self.body, region.variable)), clear=False)
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
        start, end = (put(self.body, self.region.variable, place) for place in (low, high))
        return ground.concluded(lines.regroup(lines.start(end - start), last + second + first), found)

    def _about_region(self, line: int) -> bool:
        return any(
            isinstance(c, Condition) and self.region.variable in symbols(c.term) for c in self.lines.conditions(line)
        )

    def _between(self, ground: Ground, slope: int, low: Term, high: Term) -> int | None:
        try:
            return ground.settled(self.lines.write("mean_value", (slope,), (low, high)))
        except SymnetError:
            return None


def by_pieces(region: Region, cuts: Sequence[Spot], setting: Setting) -> Reason:
    """The reason that a term is positive on each piece of a region, and at the places between them."""
    return partial(_by_pieces, region, cuts, setting)


def _by_pieces(
    region: Region, cuts: Sequence[Spot], setting: Setting, ground: Ground, term: Term, strict: bool
) -> int | None:
    if ground.depth:
        return None
    lines, z, places = ground.lines, region.variable, terms_of(cuts)
    ends = [region.lower, *cuts, region.upper]

    def between(i: int) -> int:
        first, last = i == 0, i == len(cuts)
        piece = Region(z, ends[i], ends[i + 1], region.lower_closed and first, region.upper_closed and last)
        return found(_on_piece(piece, setting, ground, term, strict))

    def at(i: int) -> int:
        equal = equal_to(lines, z, places[i])
        line = lines.substitute(lines.start(term), equal)
        letters = replace(letters_only(lines, setting), equals=(equal,))
        return found(letters.concluded(line, [found(_not_negative(letters, lines.rhs(line), strict))]))

    return everywhere(lines, z, places, between, at)


def found(line: int | None) -> int:
    """A line that is needed.

    Raises :class:`~symnet.errors.Undecided` where it was not found.
    """
    if line is None:
        raise Undecided("what a proof needs is not seen to hold")
    return line


def _on_piece(piece: Region, setting: Setting, ground: Ground, term: Term, strict: bool) -> int | None:
    """The line that a term is positive on a piece; first from an end where it is 0, if there is one."""
    slope: Reason = partial(_by_slope, piece, setting)
    meets = any(end.term is not None and vanishes_at(term, end, setting) for end in (piece.lower, piece.upper))
    reasons = (slope, *REASONS) if meets else (*REASONS, slope)
    return piece.ground(ground.lines, setting, reasons).positive(term, strict)


def _by_slope(piece: Region, setting: Setting, ground: Ground, term: Term, strict: bool) -> int | None:
    """t(z) = (t(z) − t(c)) + t(c), where t grows away from an end c and is not negative there."""
    if ground.depth:
        return None
    sign = ground.sign(derivative_of(term, piece.variable))
    for end, side in ((piece.lower, 1), (piece.upper, -1)):
        if (
            sign != side
            or end.term is None
            or any(v is None or v < -float(CLOSE) for v in values_at(term, end, setting))
        ):
            continue
        line = _from_end(piece, end.term, setting, ground, term, strict, side)
        if line is not None:
            return line
    return None


def _from_end(
    piece: Region, at: Term, setting: Setting, ground: Ground, term: Term, strict: bool, side: int
) -> int | None:
    lines, z = ground.lines, piece.variable
    growth = Growth(lines, term, Region(z, piece.lower, piece.upper, side > 0, side < 0), setting, side)
    rest = put(term, z, at)
    try:
        lines.elementary(lines.start(rest), number(0))
        rest, known, is_zero = number(0), None, True
    except SymnetError:
        known, is_zero = _not_negative(ground, rest, False), False
        if known is None:
            return None
    low, high = (at, z) if side > 0 else (z, at)
    difference = growth.difference(ground, low, high, strict and is_zero)
    if difference is None:
        return None
    line = lines.same(lines.start(term), lines.rhs(difference) + rest)
    return ground.concluded(line, [n for n in (difference, known) if n is not None])


def _not_negative(ground: Ground, term: Term, strict: bool) -> int | None:
    """The line t > 0, or t ≥ 0 where that is enough."""
    line = ground.deeper().positive(term)
    return line if line is not None or strict else ground.deeper().positive(term, strict=False)
