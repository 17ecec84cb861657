"""How conditions and inequalities are written: z > λ for z − λ > 0, a < 1 for 1 − a > 0, z < 0 for −z > 0.

The kernel compares with 0. On the page what is spoken of stands on the left: the variable that is differentiated in,
where one side has it, and otherwise the side that is no number, or the one that is not subtracted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from symnet.term import Bound, Condition, Index, Name, Position, Term, multiply, natural, number, symbols

#: How the relation of a condition is printed, and what it becomes where the two sides change places.
SIGNS: Final = {"!=": "≠", ">": ">", ">=": "≥"}
_TURNED: Final = {"!=": "≠", ">": "<", ">=": "≤"}
_FROM_RIGHT: Final = {"<": ">", "<=": ">="}
_ZERO: Final = number(0)
#: How many conditions stand beside a line, and how many nodes they have.
MOST_BESIDE: Final = 3
LONGEST_BESIDE: Final = 36


@dataclass(frozen=True, slots=True)
class Related:
    """Two sides and what stands between them, ``lhs relation rhs``; a ``low`` end stands before both: −λ < z < λ."""

    lhs: Term
    relation: str
    rhs: Term
    low: tuple[Term, str] | None = None


def intervals(conditions: Iterable[Condition | Bound], variables: Collection[Name] = ()) -> list[Related]:
    """The conditions as they are written, with z > −λ and z < λ as −λ < z < λ.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> [found] = intervals([Condition(z, ">"), Condition(1 - z, ">=")])
    >>> found.low, found.lhs, found.relation, found.rhs
    ((number(0), '<'), z, '≤', number(1))
    """
    found: list[Related] = []
    given = list(dict.fromkeys(relation(c, variables) for c in conditions))
    strict = {(r.lhs, _STRICT.get(r.relation), r.rhs) for r in given}
    for related in (r for r in given if (r.lhs, r.relation, r.rhs) not in strict):
        opposite = [
            r for r in found if r.lhs == related.lhs and {_SIDE.get(r.relation), _SIDE.get(related.relation)} == {1, -1}
        ]
        if not opposite or opposite[0].low is not None:
            found.append(related)
            continue
        above, below = (related, opposite[0]) if _SIDE[related.relation] > 0 else (opposite[0], related)
        found[found.index(opposite[0])] = replace(below, low=(above.rhs, _BEHIND[above.relation]))
    return found


#: What is weaker than a relation and says nothing beside it.
_STRICT: Final = {">": "≥", "<": "≤"}
#: Which relations say that something is larger, and which that it is smaller; what z > c is as c < z.
_SIDE: Final = {">": 1, "≥": 1, "<": -1, "≤": -1}
_BEHIND: Final = {">": "<", "≥": "≤"}


def relation(condition: Condition | Bound, variables: Collection[Name] = ()) -> Related:
    """x ≠ 0, z > λ; L ≥ 1 and i ≤ L, where what is spoken of stands on the left.

    >>> from symnet.term import symbol
    >>> z, c = symbol("z"), symbol("c")
    >>> found = relation(Condition(c - z, ">"), {z.name})
    >>> found.lhs, found.relation, found.rhs
    (z, '<', c)
    """
    if isinstance(condition, Bound):
        lower, upper = natural(condition.lower), natural(condition.upper)
        return Related(lower, "≤", upper) if speaks_of(condition) == condition.lower else Related(upper, "≥", lower)
    sign, term = _signed(condition.term)
    if term.op == "sum" and len(term.args) == 2:
        sides = [_signed(arg) for arg in term.args]
        place = _spoken_of(sides, variables)
        if place is not None:
            (own, left), (other, right) = sides[place], sides[1 - place]
            return Related(left, _sign(condition, sign * own), right if own != other else _opposite(right))
    return Related(term, _sign(condition, sign), _ZERO)


def is_brief(conditions: Collection[Condition | Bound]) -> bool:
    """Whether conditions are few and short enough to stand in brackets beside a line."""
    sizes = [c.term.size if isinstance(c, Condition) else 2 for c in conditions]
    return len(sizes) <= MOST_BESIDE and sum(sizes) <= LONGEST_BESIDE


def compared_from(low: Term, relation: str, high: Term, variables: Collection[Name]) -> tuple[Term, str, Term]:
    """The comparison of a case distinction: z ≥ 0 for 0 ≤ z."""
    turns = low.op == "number" != high.op or (_mentions(high, variables) and not _mentions(low, variables))
    return (high, _FROM_RIGHT[relation], low) if turns else (low, relation, high)


def speaks_of(bound: Bound) -> Position:
    """What stands on the left of a bound: i of i ≤ L, and L of L ≥ 1."""
    return bound.lower if isinstance(bound.lower, Index) else bound.upper


def _sign(condition: Condition, sign: int) -> str:
    return (SIGNS if sign > 0 else _TURNED)[condition.relation]


def _signed(term: Term) -> tuple[int, Term]:
    """The sign that a term is written with, and the term without it; 0 and what is no product has none."""
    if term.op == "number":
        return (-1, number(-term.value)) if term.value < 0 else (1, term)
    if term.op != "multiply" or term.args[0].op != "number" or term.args[0].value >= 0:
        return 1, term
    first, *rest = term.args
    if first.value == -1:
        sign, inside = _signed(multiply(rest))
        return -sign, inside
    return -1, multiply([number(-first.value), *rest])


def _opposite(term: Term) -> Term:
    return number(-term.value) if term.op == "number" else -term


def _spoken_of(sides: list[tuple[int, Term]], variables: Collection[Name]) -> int | None:
    """Which of two summands stands on the left, the other being brought to the right; None when neither does."""
    mentioned = [_mentions(t, variables) for _, t in sides]
    numbers = [t.op == "number" for _, t in sides]
    place = None
    for found, wanted in ((mentioned, True), (numbers, False)):
        if place is None and found[0] != found[1]:
            place = found.index(wanted)
    if sides[0][0] != sides[1][0]:
        return place if place is not None else int(sides[0][0] < 0)
    return place if place is not None and sides[place][1].op == "symbol" else None


def _mentions(term: Term, variables: Collection[Name]) -> bool:
    return bool(variables) and any(s.name in variables for s in symbols(term))
