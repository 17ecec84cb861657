"""Conditions on the variable: which of them follow from its being in an interval.

A condition that a rule of the kernel brings in, as z − 6 ≠ 0, is shown to follow from an end of a branch, as 6 − z > 0,
or from what is assumed of the letters, and is discharged by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from symnet.errors import Rejected
from symnet.kernel.signs import gap
from symnet.prove.branches import Branch
from symnet.prove.lines import Lines
from symnet.prove.tidy import tidy
from symnet.ring import Work
from symnet.term import Condition, Term, number
from symnet.tower import equal

#: What comparing two forms may cost while searching.
COMPARING: Final = 2_000_000
#: The relations that are enough for a condition.
_ENOUGH: Final = {"!=": ("!=", ">"), ">": (">",), ">=": (">", ">=")}


class Settling:
    """Discharging the conditions of lines on one variable."""

    def __init__(self, lines: Lines, variable: Term, assumptions: Sequence[Condition]) -> None:
        self.lines = lines
        self.variable = variable
        self.assumptions = assumptions

    def settled(self, line: int, branch: Branch) -> int:
        """The line resting on z being in the interval, and on what is assumed of letters if that is needed."""
        lines = self.lines
        line = lines.discharge(line)
        ends = [gap(branch.lower, self.variable)] if branch.lower is not None else []
        ends += [gap(self.variable, branch.upper)] if branch.upper is not None else []
        known = {Condition(end, ">") for end in ends}
        if self.open_conditions(line, known):
            line = self.with_assumptions(line)
        for _ in range(2):  # a lemma about a condition with cases in it brings conditions of its own
            lemmas = [n for c in self.open_conditions(line, known) for n in self.from_ends(c, ends, branch)]
            line = lines.discharge(line, *lemmas) if lemmas else line
        return line

    def with_assumptions(self, line: int) -> int:
        """The line with fewer conditions, for as few assumptions on letters as that takes."""
        choices = [[c] for c in self.assumptions] + ([list(self.assumptions)] if len(self.assumptions) > 1 else [])
        found = [line, *(self.lines.discharge(line, *self.supposed(c.term for c in chosen)) for chosen in choices)]
        return min(found, key=lambda n: len(self.lines.conditions(n)))

    def open_conditions(self, line: int, known: set[Condition]) -> list[Condition]:
        """The conditions of a line on the variable, besides those that are known to be wanted."""
        scope = self.lines.session.scope
        found = [c for c in self.lines.conditions(line) if isinstance(c, Condition) and c not in known]
        return [c for c in found if scope.depends(c.term, self.variable.name)]

    def supposed(self, terms: Iterable[Term]) -> list[int]:
        """The lines t > 0 if t > 0."""
        return [self.lines.write("suppose", (), (term,)) for term in terms]

    def from_ends(self, condition: Condition, ends: list[Term], branch: Branch) -> list[int]:
        """That a condition follows from z being in the interval: it is a multiple of z − c, and something positive."""
        line = self.lines.start(condition.term)
        for node, taken in branch.arms:
            line = self.lines.choose(line, node, taken) if self.lines.mentions(line, (node,)) else line
        if not self.lines.session.scope.depends(self.lines.rhs(line), self.variable.name):
            found = self.inequality(line, tidy(self.lines.rhs(line)), [])
            return [] if found is None else [found]
        for end, sign in product(ends, (1, -1)):
            multiple = end if sign > 0 else -end
            rest = tidy(self.lines.rhs(line) - multiple)
            if self.lines.session.scope.depends(rest, self.variable.name):
                continue
            for remainder, known in self.remainders(rest):
                target = multiple if remainder == number(0) else multiple + remainder
                found = self.inequality(line, target, [end, *known])
                if found is not None and self.lines[found].inequalities[0].relation in _ENOUGH[condition.relation]:
                    return [found]
        return []

    def inequality(self, line: int, target: Term, known: list[Term]) -> int | None:
        """What the signs of the parts of the target say of a term, where some terms are positive."""
        try:
            return self.lines.write("sign", (self.lines.regroup(line, target), *self.supposed(known)))
        except Rejected:
            return None

    def remainders(self, rest: Term) -> Iterator[tuple[Term, list[Term]]]:
        """Ways to write what is left, with the assumptions on letters that tell its sign."""
        yield rest, []
        for c in self.assumptions:
            yield rest, [c.term]
            for multiple in (c.term, -c.term):
                if agree(rest, multiple):
                    yield multiple, [c.term]

    def near(self, line: int, branch: Branch, at: Term) -> int:
        """The line h = f with conditions on z that hold near the point made strict, so that they are open."""
        ends = [gap(end, self.variable) for end in (branch.lower,) if end is not None and end != at]
        ends += [gap(self.variable, end) for end in (branch.upper,) if end is not None and end != at]
        here = [gap(at, self.variable), gap(self.variable, at)]
        lemmas = []
        for c in self.open_conditions(line, set()):
            if c.term not in here:
                lemmas += self.from_ends(c, ends, branch) or self.from_ends(c, here, branch)
        return self.lines.discharge(line, *lemmas) if lemmas else line


def agree(a: Term, b: Term) -> bool:
    """Whether two terms have the same normal form."""
    return equal(a, b, Work(COMPARING))
