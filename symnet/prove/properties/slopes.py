"""Inequalities on an interval from its pieces, where the mean value theorem compares with the value at an end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from symnet.errors import SymnetError, Undecided
from symnet.prove.properties.ground import Ground, Reason
from symnet.prove.properties.growth import Growth
from symnet.prove.properties.numerics import precise
from symnet.prove.properties.places import equal_to, everywhere, terms_of
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.region import Region, letters_only
from symnet.prove.properties.scan import Spot
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import derivative_of
from symnet.term import Term, number, put

#: A value that is smaller than that is taken for 0.
_SMALL: Final = 1e-30


def by_pieces(region: Region, cuts: Sequence[Spot], setting: Setting) -> Reason:
    """The reason that a term is positive on each piece of a region, and at the places between them."""
    return partial(_by_pieces, region, cuts, setting)


def _by_pieces(
    region: Region, cuts: Sequence[Spot], setting: Setting, ground: Ground, term: Term, strict: bool
) -> int | None:
    if ground.depth:
        return None
    lines, z, places = ground.lines, region.variable, terms_of(cuts)
    if places is None:
        return None
    ends = [region.lower, *cuts, region.upper]

    def between(i: int) -> int:
        first, last = i == 0, i == len(cuts)
        piece = Region(z, ends[i], ends[i + 1], region.lower_closed and first, region.upper_closed and last)
        return _found(_on_piece(piece, setting, ground, term, strict))

    def at(i: int) -> int:
        equal = equal_to(lines, z, places[i])
        line = lines.substitute(lines.start(term), equal)
        letters = replace(letters_only(lines, setting), equals=(equal,))
        lemma = _found(_not_negative(letters, lines.rhs(line), strict))
        return _found(letters.concluded(line, [lemma]))

    return everywhere(lines, z, places, between, at)


def _found(line: int | None) -> int:
    if line is None:
        raise Undecided("a term is not seen to be positive on a piece")
    return line


def _on_piece(piece: Region, setting: Setting, ground: Ground, term: Term, strict: bool) -> int | None:
    """The line that a term is positive on a piece; first from an end where it is 0, if there is one."""
    slope = partial(_by_slope, piece, setting)
    meets = any(_is_zero(term, piece.variable, end, setting) for end in (piece.lower, piece.upper))
    reasons: Sequence[Callable[[Ground, Term, bool], int | None]] = (slope, *REASONS) if meets else (*REASONS, slope)
    return piece.ground(ground.lines, setting, reasons).positive(term, strict)


def _values(term: Term, z: Term, end: Spot, setting: Setting) -> list[object]:
    if end.term is None:
        return [None]
    pairs = zip(setting.samples, end.numbers, strict=True)
    return [precise(term, {**numbers, z: x}) for numbers, x in pairs]


def _is_zero(term: Term, z: Term, end: Spot, setting: Setting) -> bool:
    return all(v is not None and abs(v) < _SMALL for v in _values(term, z, end, setting))  # type: ignore[arg-type]


def _by_slope(piece: Region, setting: Setting, ground: Ground, term: Term, strict: bool) -> int | None:
    """t(z) = (t(z) − t(c)) + t(c), where t grows away from an end c and is not negative there."""
    if ground.depth:
        return None
    z, sign = piece.variable, ground.sign(derivative_of(term, piece.variable))
    for end, side in ((piece.lower, 1), (piece.upper, -1)):
        values = _values(term, z, end, setting)
        if sign != side or any(v is None or v < -_SMALL for v in values):  # type: ignore[operator]
            continue
        found = _from_end(piece, setting, ground, term, strict, side)
        if found is not None:
            return found
    return None


def _from_end(piece: Region, setting: Setting, ground: Ground, term: Term, strict: bool, side: int) -> int | None:
    lines, z = ground.lines, piece.variable
    at = (piece.lower if side > 0 else piece.upper).term or z
    growth = Growth(lines, term, Region(z, piece.lower, piece.upper, side > 0, side < 0), setting, side)
    rest = put(term, z, at)
    try:
        lines.elementary(lines.start(rest), number(0))
        known, is_zero = _not_negative(ground, number(0), False), True
    except SymnetError:
        known, is_zero = _not_negative(ground, rest, False), False
    low, high = (at, z) if side > 0 else (z, at)
    difference = growth.difference(ground, low, high, strict and (is_zero or known is None))
    if difference is None or (known is None and not is_zero):
        return None
    written = lines.rhs(difference) + (number(0) if is_zero else rest)
    line = lines.same(lines.start(term), written)
    return ground.concluded(line, [n for n in (difference, known) if n is not None])


def _not_negative(ground: Ground, term: Term, strict: bool) -> int | None:
    """The line t > 0, or t ≥ 0 where that is enough."""
    found = ground.deeper().positive(term)
    return found if found is not None or strict else ground.deeper().positive(term, strict=False)
