"""The conditions of SymPy's Piecewise, as comparisons by < and ≤."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import sympy

from symnet.errors import ParseError
from symnet.reader.pieces import MOST_COMPARISONS

#: In each way, all of its comparisons hold: (relation, left, right).
Ways = list[list[tuple[str, Any, Any]]]


def one_line(value: object) -> str:
    """A text as one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 100 else f"{text[:100]}…"


def sides_of(condition: Any) -> Iterable[Any]:
    """The two sides of every comparison in a condition, in order."""
    return [side for way in ways_of(condition) for _, left, right in way for side in (left, right)]


def ways_of(condition: Any) -> Ways:
    """The ways in which a condition holds, each a list of comparisons by < and ≤; True holds in one way, by none."""
    if condition == sympy.true:
        return [[]]
    if condition == sympy.false:
        return []
    if isinstance(condition, sympy.Or):
        return [way for part in condition.args for way in ways_of(part)]
    if isinstance(condition, sympy.And):
        return _all(map(ways_of, condition.args))
    if isinstance(condition, sympy.ITE):  # what SymPy makes of cases in a condition
        first, then, otherwise = condition.args
        return _all([ways_of(first), ways_of(then)]) + _all([ways_of(sympy.Not(first)), ways_of(otherwise)])
    if isinstance(condition, sympy.Not) and isinstance(condition.args[0], sympy.And | sympy.Or):
        failing = [ways_of(sympy.Not(part)) for part in condition.args[0].args]
        return _all(failing) if isinstance(condition.args[0], sympy.Or) else [way for ways in failing for way in ways]
    for kind, written in _RELATIONS.items():
        if isinstance(condition, kind):
            return written(condition.lhs, condition.rhs)
    raise ParseError(f"the condition {one_line(condition)} is made of something else than <, ≤, >, ≥, =, ≠, And and Or")


def _all(conditions: Iterable[Ways]) -> Ways:
    """The ways in which all of the conditions hold."""
    found: Ways = [[]]
    for ways in conditions:
        found = [a + b for a in found for b in ways]
        if len(found) > MOST_COMPARISONS:
            raise ParseError("a condition of the Piecewise holds in too many ways")
    return found


_RELATIONS: Final[dict[Any, Callable[[Any, Any], Ways]]] = {
    sympy.StrictLessThan: lambda left, right: [[("<", left, right)]],
    sympy.LessThan: lambda left, right: [[("<=", left, right)]],
    sympy.StrictGreaterThan: lambda left, right: [[("<", right, left)]],
    sympy.GreaterThan: lambda left, right: [[("<=", right, left)]],
    sympy.Equality: lambda left, right: [[("<=", left, right), ("<=", right, left)]],
    sympy.Unequality: lambda left, right: [[("<", left, right)], [("<", right, left)]],
}
