"""Functions given by cases: rows of a value and a condition, as the kernel's cases.

The kernel tries its comparisons from the first to the last, so in a row a comparison is left out when it says that an
earlier row does not hold. The last row needs no condition. When it has one, it must hold exactly where no other row
does, which is checked: a formula with a gap, or with two values at one point, is not a function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from typing import Final

from symnet.errors import ParseError
from symnet.reader.writing import rational_value
from symnet.term import Term, cases


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left < right`` or ``left <= right``."""

    left: Term
    relation: str
    right: Term

    @property
    def opposite(self) -> Comparison:
        """Its negation: not l < r is r <= l."""
        return Comparison(self.right, "<=" if self.relation == "<" else "<", self.left)


#: The ways in which a condition can hold: in each, all of the comparisons do.
Condition = list[tuple[Comparison, ...]]
#: A value, and where it is taken; None in the last row is "otherwise".
Row = tuple[Term, Condition | None]
Arm = tuple[tuple[Comparison, ...], Term]

#: The most comparisons in all conditions together, and in one.
_MOST: Final = 200
MOST_COMPARISONS: Final = 50


def piecewise(rows: Sequence[Row]) -> Term:
    """The cases that the rows describe.

    Raises :class:`~symnet.errors.ParseError` when the last row has a condition that is not the complement of the
    others, or when there are too many.

    >>> from symnet.term import number, symbol
    >>> z, zero = symbol("z"), number(0)
    >>> piecewise([(z, [(Comparison(zero, "<=", z),)]), (zero, [(Comparison(z, "<", zero),)])])
    cases(number(0), z, z, number(0), ('<=',))
    """
    *before, (otherwise, last) = rows
    conditions = [condition for _, condition in before if condition is not None]
    if len(conditions) < len(before):
        raise ParseError("only the last case can do without a condition")
    if sum(len(way) for condition in (*conditions, last or []) for way in condition) > _MOST:
        raise ParseError(f"the cases make more than {_MOST} comparisons")
    arms = _tried(before)
    if last is not None:
        _check_last(conditions, last, arms)
    return _write(arms, otherwise)


def _tried(rows: Sequence[Row]) -> list[Arm]:
    """The arms in order, each without the comparisons that hold anyway when all arms before it have failed."""
    arms: list[Arm] = []
    for value, condition in rows:
        settled = _settled(arms)
        arms += [(tuple(c for c in way if c not in settled), value) for way in condition or ()]
    return arms


def _settled(arms: Sequence[Arm]) -> set[Comparison]:
    """What holds when all of the arms have failed."""
    return {way[0].opposite for way, _ in arms if len(way) == 1}


def _write(arms: list[Arm], otherwise: Term) -> Term:
    """One ``cases`` for a run of single comparisons; an arm with several needs one inside the other."""
    result, run = otherwise, []
    for way, value in reversed(arms):
        if len(way) == 1:
            run.append((way[0], value))
            continue
        rest, result, run = _arms(run, result), value, []
        for c in reversed(way):
            result = _arms([(c, result)], rest)
    return _arms(run, result)


def _arms(backwards: list[tuple[Comparison, Term]], otherwise: Term) -> Term:
    if not backwards:
        return otherwise
    return cases(*((c.left, c.relation, c.right, value) for c, value in reversed(backwards)), otherwise=otherwise)


# The last condition.


def _check_last(before: list[Condition], last: Condition, arms: list[Arm]) -> None:
    """Refuse a last condition that leaves a gap, or that holds where an earlier one does."""
    lines = _on_a_line([*before, last])
    if lines is None:
        # Letters among the limits, as in z > λ. That the cases leave no gap can still be seen.
        if len(last) != 1 or not set(last[0]) <= _settled(arms):
            hint = "write otherwise in its place"
            raise ParseError(f"the last condition is not seen to be the complement of the others: {hint}")
        return
    *others, final = lines
    for point in _points(lines):
        held, holds = any(_holds(c, point) for c in others), _holds(final, point)
        if held == holds:
            said = "two cases hold, the last and one before it," if held else "no case holds"
            raise ParseError(f"{said} where the compared term is {point}: the last must hold where all others fail")


#: A comparison of one term t with a number q: (t on the left, relation, q).
_Limit = tuple[bool, str, Fraction]


def _on_a_line(conditions: list[Condition]) -> list[list[list[_Limit]]] | None:
    """The conditions as limits of one term by numbers; None when they are something else."""
    found: set[Term] = set()
    lines = []
    for condition in conditions:
        line = []
        for way in condition:
            limits = [_limit(c, found) for c in way]
            if None in limits:
                return None
            line.append([limit for limit in limits if limit])
        lines.append(line)
    return lines if len(found) == 1 else None


def _limit(c: Comparison, found: set[Term]) -> _Limit | None:
    left, right = rational_value(c.left), rational_value(c.right)
    if (left is None) == (right is None):
        return None
    found.add(c.left if left is None else c.right)
    return (True, c.relation, right) if right is not None else (False, c.relation, left or Fraction(0))


def _holds(line: list[list[_Limit]], point: Fraction) -> bool:
    return any(all(_meets(limit, point) for limit in way) for way in line)


def _meets(limit: _Limit, point: Fraction) -> bool:
    on_the_left, relation, number = limit
    left, right = (point, number) if on_the_left else (number, point)
    return left < right or (relation == "<=" and left == right)


def _points(lines: list[list[list[_Limit]]]) -> list[Fraction]:
    """Every limit, one point between each two, and one beyond either end: all that can differ."""
    limits = sorted({limit[2] for line in lines for way in line for limit in way})
    between = [(a + b) / 2 for a, b in pairwise(limits)]
    return sorted(chain(limits, between, [limits[0] - 1, limits[-1] + 1]))
