"""A statement for every place, from what it says between some places and at each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.term import Condition, Term, number


def everywhere(
    lines: Lines, x: Term, cuts: Sequence[Term], between: Callable[[int], int], at: Callable[[int], int]
) -> int:
    """The statement without conditions on x: ``between(i)`` holds between cut i − 1 and cut i, ``at(i)`` at cut i.

    The lines between two cuts rest on x > c and x < c, and those at a cut on the hypothesis x − c = 0.
    """
    line = between(len(cuts))
    for i in reversed(range(len(cuts))):
        above, below = gap(cuts[i], x), gap(x, cuts[i])
        if Condition(above, ">") not in lines.conditions(line):
            continue
        lower = between(i)
        if Condition(below, ">") not in lines.conditions(lower):
            line = lower
            continue
        line = lines.write("split", alike(lines, (line, lower, at(i))), (above, below))
    return line


def alike(lines: Lines, found: Sequence[int]) -> list[int]:
    """Lines that say the same: where one says ≥, all do."""
    if not lines[found[0]].inequalities or len({lines[n].inequalities[0].relation for n in found}) == 1:
        return list(found)
    return [weakened(lines, n) for n in found]


def weakened(lines: Lines, line: int) -> int:
    """t ≥ 0 from t > 0."""
    said = lines[line].inequalities[0]
    if said.relation == ">=":
        return line
    return lines.write("discharge", (lines.suppose(Condition(said.term, ">=")), line))


def equal_to(lines: Lines, x: Term, cut: Term) -> int:
    """The line x = c, resting on the hypothesis x − c = 0."""
    zero = lines.write("assume", (), (gap(cut, x), number(0)))
    if lines.equation(zero).lhs == x:
        return zero
    line = lines.regroup(lines.start(x), gap(cut, x) + cut)
    return lines.regroup(lines.substitute(line, zero), cut)
