"""Where the cases of a term switch, solved for the variable.

A guard l ⋈ r switches where l = r. With l − r = s·z + t, and z neither in s nor in t, that is z = −t/s. Only sums,
products and quotients of numbers are worked out, so that −λ stays as it was written.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symnet.activations.row import Z
from symnet.errors import UsageError
from symnet.term import Term, fold, multiply, number, postorder


class _Line(NamedTuple):
    """slope · z + start; a slope of 0 stands for a term without z."""

    slope: Term
    start: Term


_ZERO, _ONE = number(0), number(1)


def guards(term: Term, variable: Term = Z) -> tuple[Term, ...]:
    """The values of the variable at which some guard of a term switches, in order of appearance, each once.

    A guard without the variable in it never switches and is passed over. Whether the function bends or jumps there, or
    neither, is not looked at.

    >>> from symnet.activations import find
    >>> guards(find("softshrink").definition)
    (multiply(number(-1), lambda), lambda)
    >>> guards(find("hardsigmoid").definition), guards(find("tanh").definition)
    ((number(-3), number(3)), ())

    Raises :class:`~symnet.errors.UsageError` for a guard that is not linear in the variable, as 1 ≤ z² is.
    """
    found: dict[Term, None] = {}
    for node in postorder(term):
        if node.op == "cases":
            for i in range(len(node.value)):
                left, right = node.args[3 * i : 3 * i + 2]
                found |= dict.fromkeys(_switch(left, right, variable))
    return tuple(found)


def _switch(left: Term, right: Term, variable: Term) -> tuple[Term, ...]:
    """Where left = right: one place, or none when the variable is in neither."""
    sides = [_line(side, variable) for side in (left, right)]
    if None in sides:
        raise UsageError(f"the guard between {left} and {right} is not linear in {variable}: write cases that are")
    (s, a), (t, b) = sides  # type: ignore[misc]
    if s == t:
        return ()
    flipped = s == _ZERO  # so that λ < z switches at λ, not at −(−λ)
    start, slope = (_difference(a, b), t) if flipped else (_difference(b, a), _difference(s, t))
    return (_ratio(start, slope),)


def _line(term: Term, variable: Term) -> _Line | None:
    """The term as a line in the variable; None where it is none."""

    def combine(node: Term, args: list[_Line | None]) -> _Line | None:
        if node == variable:
            return _Line(_ONE, _ZERO)
        lines = [a for a in args if a is not None]
        if len(lines) < len(args):
            return None
        found = _combine(node.op, lines) if lines else None
        return _Line(_ZERO, node) if found is None and all(a.slope == _ZERO for a in lines) else found

    return fold(term, combine)


def _combine(op: str, lines: list[_Line]) -> _Line | None:
    """A sum of lines, a multiple of a line or a fraction of one; None for anything else."""
    first, *rest = lines
    if op == "sum":
        for line in rest:
            first = _Line(_sum(first.slope, line.slope), _sum(first.start, line.start))
        return first
    if op == "divide" and rest[0].slope == _ZERO != rest[0].start:
        return _Line(*(_ratio(part, rest[0].start) for part in first))
    if op == "multiply" and sum(line.slope != _ZERO for line in lines) <= 1:
        *factors, scaled = sorted(lines, key=lambda line: line.slope != _ZERO)
        for factor in reversed(factors):
            scaled = _Line(*(_product(factor.start, part) for part in scaled))
        return scaled
    return None


# Arithmetic that works numbers out and leaves letters as they are.


def _value(term: Term) -> Fraction | None:
    found: Fraction | None = term.value if term.op == "number" else None
    return found


def _sum(a: Term, b: Term) -> Term:
    x, y = _value(a), _value(b)
    if x is not None and y is not None:
        return number(x + y)
    return b if x == 0 else a if y == 0 else a + b


def _product(a: Term, b: Term) -> Term:
    x, y = _value(a), _value(b)
    if x is not None and y is not None:
        return number(x * y)
    if 0 in (x, y):
        return _ZERO
    if x is not None and b.op == "multiply" and (first := _value(b.args[0])) is not None:
        return _product(number(x * first), multiply(b.args[1:]))
    return b if x == 1 else a if y == 1 else a * b


def _difference(a: Term, b: Term) -> Term:
    return _ZERO if a == b else _sum(a, _product(number(-1), b))


def _ratio(a: Term, b: Term) -> Term:
    x, y = _value(a), _value(b)
    if x is not None and y:
        return number(x / y)
    return _product(number(1 / y), a) if y else a / b
