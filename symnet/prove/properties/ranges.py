"""Where h and h′ lie: an estimate, then a certificate for each bound, then a preimage for every value between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symnet.errors import Rejected, SymnetError
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.branches import Branch, value_at
from symnet.prove.lines import Lines
from symnet.prove.properties.certificate import positive
from symnet.prove.properties.data import CONTAINED, NUMERICAL, PROVED, Interval, Property
from symnet.prove.properties.estimate import candidates, extent, is_close, points, value
from symnet.prove.properties.preimage import preimages
from symnet.term import Condition, Term, put, symbol, symbols

#: Values that are met no further out than this may be attained there; those further out may be limits.
NEAR = 12
HUGE = 10**6
#: The letter for a value of the function.
VALUE = symbol("y")


@dataclass(frozen=True, slots=True)
class Part:
    """A function on one branch: the formula there, and the points where it is known besides (value at a meeting)."""

    branch: Branch
    formula: Term


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a range: the variable, numbers for letters, and what is assumed of them."""

    variable: Term
    numbers: Mapping[Term, Fraction]
    assumptions: Sequence[Condition]


@dataclass(frozen=True, slots=True)
class _End:
    """A bound: its term, or None for an infinite one; whether it is attained; the proofs on every branch, if found."""

    term: Term | None
    closed: bool
    shown: tuple[Replayed, ...] | None


def find_range(kind: str, parts: Sequence[Part], values: Sequence[Term], setting: Setting) -> Property | None:
    """The range of a function given by parts, with single values where the parts meet."""
    ends = [_end(parts, values, setting, side) for side in (-1, 1)]
    if None in ends:
        return None
    lower, upper = ends
    interval = Interval(lower.term, upper.term, lower.closed, upper.closed)  # type: ignore[union-attr]
    shown = [end.shown for end in ends]  # type: ignore[union-attr]
    if None in shown:
        return Property(kind, interval, NUMERICAL)
    proofs = tuple(r for replays in shown for r in replays or ())
    onto = _onto(parts, values, interval, setting)
    return Property(kind, interval, CONTAINED if onto is None else PROVED, (*proofs, *(onto or ())))


# The ends.


def _end(parts: Sequence[Part], values: Sequence[Term], setting: Setting, side: int) -> _End | None:
    """The lower (side −1) or upper (side 1) end of the values of all parts."""
    met = [m for p in parts if (m := _furthest(p, setting, side)) is not None]
    met += [(value(v, setting.numbers), True, v) for v in values]
    if not met or any(m[0] is None for m in met):
        return None
    extreme = max(met, key=lambda m: side * m[0])
    if extreme[2] is None:
        return _End(None, False, ())
    term = extreme[2]
    closed = any(attained and is_close(v, extreme[0]) for v, attained, _ in met)
    shown = [_bounded(p, term, setting, side, closed) for p in parts]
    return _End(term, closed, None if None in shown else tuple(r for r in shown if r is not None))


def _furthest(part: Part, setting: Setting, side: int) -> tuple[Any, bool, Term | None] | None:
    """The extreme value on a part, whether it is attained, and the term it is; None for the term if it is infinite."""
    import mpmath

    lower, upper = (None if e is None else value_at(e, setting.numbers) for e in (part.branch.lower, part.branch.upper))
    where = points(lower, upper)
    found = extent(part.formula, setting.variable, setting.numbers, where)
    if found is None:
        return None
    best, at = (found.least, found.least_at) if side < 0 else (found.greatest, found.greatest_at)
    if _grows(part.formula, setting, at, best, side):
        return mpmath.inf * side, False, None
    inside = where[0] < at < where[-1] and abs(at) <= NEAR
    for term in candidates(list(setting.numbers)):
        close = is_close(value(term, setting.numbers), best)
        if close:
            exactly = best == value(term, setting.numbers)
            return value(term, setting.numbers), exactly and (inside or found.least == found.greatest), term
    return None


def _grows(formula: Term, setting: Setting, at: Fraction, best: Any, side: int) -> bool:
    """Whether the values go on without bound beyond the point where the extreme was met."""
    further = value_at_point(formula, setting, 16 * at)
    if abs(at) < 100 or setting.variable not in symbols(formula):
        return False
    return abs(best) > HUGE if further is None else bool(side * (further - best) > 1 / 2)


def value_at_point(formula: Term, setting: Setting, at: Fraction) -> Any:
    """The value at a point, or None."""
    found = extent(formula, setting.variable, setting.numbers, [at])
    return None if found is None else found.least


def _bounded(part: Part, bound: Term, setting: Setting, side: int, closed: bool) -> Replayed | None:
    """The proof that a formula stays on one side of a bound on its branch."""
    lines = Lines()
    term = bound - part.formula if side > 0 else part.formula - bound
    if side < 0 and bound.op == "number" and not bound.value:
        term = part.formula
    try:
        line = positive(lines, lines.start(term), suppositions(lines, part.branch, setting))
        if line is None or (not closed and lines[line].inequalities[0].relation != ">"):
            return None
        return lines.replayed(settled(lines, line, setting))
    except SymnetError:
        return None


def suppositions(lines: Lines, branch: Branch, setting: Setting) -> list[int]:
    """The lines that z is in the interval of a branch, and what is assumed of letters."""
    ends = [gap(branch.lower, setting.variable)] if branch.lower is not None else []
    ends += [gap(setting.variable, branch.upper)] if branch.upper is not None else []
    return [lines.write("suppose", (), (t,)) for t in (*ends, *(c.term for c in setting.assumptions))]


def settled(lines: Lines, line: int, setting: Setting) -> int:
    """The line without conditions that follow."""
    found = lines.discharge(line)
    known = [lines.write("suppose", (), (c.term,)) for c in setting.assumptions]
    needed = [c for c in lines.conditions(found) if isinstance(c, Condition)]
    return lines.discharge(found, *known) if known and needed else found


# Every value between the ends.


def _onto(
    parts: Sequence[Part], values: Sequence[Term], interval: Interval, setting: Setting
) -> tuple[Replayed, ...] | None:
    """For every value y between the ends a z with h(z) = y; on one part only, where that is the whole line."""
    if interval.lower == interval.upper and interval.lower is not None:
        return ()
    if len(parts) > 1:
        return None
    return _of_part(parts[0], interval, setting)


def _of_part(part: Part, interval: Interval, setting: Setting) -> tuple[Replayed, ...] | None:
    for preimage in preimages(part.formula, setting.variable, VALUE, setting.numbers):
        found = _is_preimage(part, preimage, interval, setting)
        if found is not None:
            return (found,)
    return None


def _is_preimage(part: Part, preimage: Term, interval: Interval, setting: Setting) -> Replayed | None:
    lines = Lines()
    ends = [gap(interval.lower, VALUE)] if interval.lower is not None else []
    ends += [gap(VALUE, interval.upper)] if interval.upper is not None else []
    closed = [interval.lower_closed] * (interval.lower is not None) + [interval.upper_closed] * (
        interval.upper is not None
    )
    try:
        line = lines.elementary(lines.start(put(part.formula, setting.variable, preimage)), VALUE)
        rules = ["suppose_weakly" if c else "suppose" for c in closed]
        known = [lines.write(rule, (), (t,)) for rule, t in zip(rules, ends, strict=True)]
        known += [lines.write("suppose", (), (c.term,)) for c in setting.assumptions]
        line = lines.discharge(lines.discharge(line), *known)
        allowed = {*ends, *(c.term for c in setting.assumptions)}
        left = [c for c in lines.conditions(line) if isinstance(c, Condition) and c.term not in allowed]
        about = [c for c in left if lines.session.scope.depends(c.term, VALUE.name)]
        lemmas = [n for c in about if (n := _follows(lines, c, known)) is not None]
        if len(lemmas) < len(about):
            return None
        return lines.replayed(lines.discharge(line, *lemmas) if lemmas else line)
    except Rejected:
        return None


def _follows(lines: Lines, condition: Condition, known: Sequence[int]) -> int | None:
    found = positive(lines, lines.start(condition.term), known)
    if found is None:
        return None
    return found if condition.relation != ">" or lines[found].inequalities[0].relation == ">" else None
