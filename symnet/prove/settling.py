"""Conditions: which of them follow from the variable being in an interval, or from what is known of letters.

A condition that a rule of the kernel brings in, as 6 − z ≠ 0, is shown to follow from the ends of a branch, as
3 − z > 0, and from what is assumed of the letters, and is discharged by that. Which of these are needed is tried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any, Final

from symnet.errors import Rejected, Undecided
from symnet.kernel.signs import ALLOWED, gap
from symnet.prove.branches import Branch, rational_value, value_at
from symnet.prove.lines import COMPARED, COMPARING, SUPPOSING, Lines
from symnet.prove.naming import is_linear
from symnet.prove.nonzero import by_factors, where_not_zero
from symnet.prove.sampling import is_close, value
from symnet.prove.tidy import tidy
from symnet.ring import Work
from symnet.term import Condition, Term, number, put
from symnet.tower import equal

#: How many conditions are tried together as the reason for another.
MOST_REASONS: Final = 4
#: How often conditions are looked at: a reason may bring conditions of its own.
_ROUNDS: Final = 3
#: Where terms are compared that may differ by a number.
PLACES: Final = (Fraction(3, 10), Fraction(29, 10))
_ZERO, _ONE = number(0), number(1)


class Settling:
    """Discharging the conditions of lines on one variable.

    ``numbers`` are one for each letter. Where nothing is assumed of a letter but its sign decides the order of places,
    the numbers say which sign to suppose.
    """

    def __init__(
        self, lines: Lines, variable: Term, numbers: Mapping[Term, Fraction], assumptions: Sequence[Condition] = ()
    ) -> None:
        self.lines = lines
        self.variable = variable
        self.numbers = numbers
        self.assumptions = [c for c in assumptions if c.relation in SUPPOSING]

    def settled(self, line: int, branch: Branch | None = None) -> int:
        """The line resting on z being inside the interval of a branch, and on as little as can be for the letters."""
        line = self.by_reasons(self.discharged(line), branch)
        factored = self.in_factors(line)
        line = line if factored == line else self.by_reasons(factored, branch)
        return self.lines.discharge(self.with_letters(line))

    def by_reasons(self, line: int, branch: Branch | None) -> int:
        """The line without conditions on z that follow from z being inside the interval, or from other conditions."""
        known = set(self.inside(branch))
        for _ in range(_ROUNDS):
            lemmas = [n for c in self.about_variable(line, known) if (n := self.reason(c, line, branch)) is not None]
            if not lemmas:
                break
            line = self.lines.discharge(line, *lemmas)
        return line

    def discharged(self, line: int) -> int:
        """The line without conditions that follow by signs; z > 0 is kept, rather than z ≥ 0 and z ≠ 0."""
        conditions = self.conditions(line)
        strict = [c for c in conditions if c.relation == ">" and Condition(c.term, ">=") in conditions]
        if strict:
            line = self.lines.discharge(line, *map(self.lines.suppose, strict))
        return self.lines.discharge(line)

    def in_factors(self, line: int) -> int:
        """The line with the factors of what must not be zero, where they are shorter."""
        needed = [c.term for c in self.conditions(line) if c.relation == "!="]
        for term in sorted(needed, key=lambda t: -t.size):  # 1 + 1/z comes up again for 1/(1 + 1/z)
            lemma = by_factors(self.lines, term)
            line = line if lemma is None else self.lines.discharge(line, lemma)
        return line

    def near(self, line: int) -> int:
        """The line with ≥ made > in conditions on z, so that they hold near wherever they hold."""
        weak = [c for c in self.about_variable(line, set()) if c.relation == ">="]
        strict = [self.lines.suppose(Condition(c.term, ">")) for c in weak]
        return self.lines.discharge(line, *strict) if strict else line

    def holds_at(self, line: int, place: Fraction) -> bool:
        """Whether the conditions of a line hold at a place, for the numbers of the letters."""
        numbers, scope = {**self.numbers, self.variable: place}, self.lines.session.scope
        values = [(value(scope.expanded(c.term), numbers), c.relation) for c in self.conditions(line)]
        return all(v is not None and compare(v, relation) for v, relation in values)

    def inside(self, branch: Branch | None) -> list[Condition]:
        """That z is inside the interval of a branch."""
        if branch is None:
            return []
        ends = [] if branch.lower is None else [gap(branch.lower, self.variable)]
        ends += [] if branch.upper is None else [gap(self.variable, branch.upper)]
        return [Condition(end, ">") for end in ends]

    def about_variable(self, line: int, known: set[Condition]) -> list[Condition]:
        """The conditions of a line on the variable, besides those that are known."""
        return [c for c in self.conditions(line) if c not in known and self.varies(c.term)]

    def conditions(self, line: int) -> list[Condition]:
        """What a line rests on, but for ranges of indices."""
        return [c for c in self.lines.conditions(line) if isinstance(c, Condition)]

    def varies(self, term: Term) -> bool:
        """Whether a term depends on the variable, through definitions too."""
        return self.lines.session.scope.depends(term, self.variable.name)

    # The reason for a condition.

    def reason(self, condition: Condition, line: int, branch: Branch | None = None) -> int | None:
        """A line that says that a condition of a line holds, inside the interval of a branch."""
        lines, inside = self.lines, self.inside(branch)
        others = [*self.assumptions, *(c for c in self.conditions(line) if c != condition and c.relation in SUPPOSING)]
        start = lines.unfold(lines.start(condition.term), *lines.definitions)
        start = start if branch is None else lines.take(start, branch.arms)
        for target, supposed in self.forms(lines.rhs(start), inside, others):
            found = self.shown(start, target, condition.relation, [*inside, *self.assumptions, *supposed])
            if found is not None:
                return found
        return None if lines.rhs(start) == condition.term else self.restated(start, condition.relation)

    def restated(self, line: int, relation: str) -> int | None:
        """From l = r: what is said of l, under the same condition on r."""
        if relation == "!=":
            return where_not_zero(self.lines, line)
        return self.shown(line, self.lines.rhs(line), relation, [Condition(self.lines.rhs(line), relation)])

    def forms(
        self, term: Term, inside: Sequence[Condition], others: Sequence[Condition]
    ) -> Iterator[tuple[Term, list[Condition]]]:
        """Ways to write a term, each with what may be supposed besides what is known: as it is, as ±(k (z − c) + r),
        shorter, and as ±(t + r) where t is what another condition is about.
        """
        yield term, []
        for end in inside if is_linear(term, self.variable) else ():
            slope = self.slope(term) * self.slope(end.term)
            for sign in (_ONE, -_ONE):
                factor = short(sign * slope)
                rest = short(put(sign * term - factor * end.term, self.variable, _ZERO))
                if self.is_positive(factor):
                    yield combined(sign, factor, end.term, rest), self.suppositions(factor, rest)
        yield tidy(term), []
        for known, sign in product(others, (_ONE, -_ONE)):
            gap_to = sign * term - known.term
            if self.looks_constant(gap_to) and self.is_positive(rest := tidy(gap_to), or_zero=True):
                yield combined(sign, _ONE, known.term, rest), [known, *self.suppositions(_ONE, rest)]

    def looks_constant(self, term: Term) -> bool:
        """Whether a term has one value at two places, as far as it has any; that is quick to see."""
        expanded = self.lines.session.scope.expanded(term)
        found = [value(expanded, {**self.numbers, self.variable: x}) for x in PLACES]
        return None in found or is_close(*found)

    def slope(self, linear: Term) -> Term:
        """What a linear term is multiplied by the variable with."""
        return short(put(linear, self.variable, _ONE) - put(linear, self.variable, _ZERO))

    def suppositions(self, factor: Term, rest: Term) -> list[Condition]:
        """factor > 0 and rest ≥ 0, where that is about letters, and so for their numbers."""
        found = [Condition(factor, ">")] if factor.op != "number" else []
        if rest.op != "number" and self.is_positive(rest, or_zero=True):
            found.append(Condition(rest, ">="))
        return found

    def is_positive(self, term: Term, or_zero: bool = False) -> bool:
        """Whether a term is positive for the numbers of the letters."""
        try:
            return compare(value_at(term, self.numbers), ">=" if or_zero else ">")
        except Undecided:
            return False

    def shown(self, line: int, target: Term, relation: str, allowed: Sequence[Condition]) -> int | None:
        """The left-hand side compared with 0, by the signs of the parts of the target, for as few reasons as can be."""
        scope, held = self.lines.session.scope, self.lines.conditions(line)
        counts = range(min(MOST_REASONS, len(allowed)) + 1)
        for reasons in chain.from_iterable(combinations(allowed, n) for n in counts):
            if not scope.signs(target, [*held, *reasons]) & ~ALLOWED[relation]:
                return self.by_signs(line, target, reasons)
        return None

    def by_signs(self, line: int, target: Term, reasons: Iterable[Condition]) -> int | None:
        """The same, once it is known for which reasons."""
        try:
            return self.lines.write("sign", (self.lines.same(line, target), *map(self.lines.suppose, reasons)))
        except Rejected:
            return None

    # Conditions on letters alone.

    def with_letters(self, line: int) -> int:
        """The line with conditions on letters that are shorter, and fewer where one tells another."""
        for c in self.conditions(line):
            if not self.varies(c.term):
                lemma = self.shorter(c) or self.reason(c, line)
                line = line if lemma is None else self.fewer(line, lemma)
        return self.with_assumptions(line)

    def fewer(self, line: int, lemma: int) -> int:
        """The line without what follows from the lemma, if it has no more conditions then."""
        found = self.lines.discharge(self.lines.discharge(line, lemma))
        return min(line, found, key=lambda n: sum(c.term.size for c in self.conditions(n)))

    def shorter(self, condition: Condition) -> int | None:
        """That a condition follows from a shorter one: λ − (−λ) > 0 from λ > 0."""
        if condition.relation not in SUPPOSING:
            return None
        target = tidy(condition.term)
        if target.size >= condition.term.size:
            return None
        bare = Condition(without_factor(target), condition.relation)
        return self.shown(self.lines.start(condition.term), target, condition.relation, [bare])

    def with_assumptions(self, line: int) -> int:
        """The line with fewer conditions, for as few assumptions on letters as that takes."""
        found = [line]
        for n in range(1, len(self.assumptions) + 1):
            chosen = combinations(self.assumptions, n)
            found += [self.lines.discharge(line, *map(self.lines.suppose, conditions)) for conditions in chosen]
        return min(found, key=lambda n: len(self.lines.conditions(n)))


def compare(value: Any, relation: str) -> bool:
    """Whether a number compares with 0 in that way."""
    return bool({"!=": value != 0, ">": value > 0, ">=": value >= 0}[relation])


def short(term: Term) -> Term:
    """A number worked out; any other term in a shorter form."""
    found = rational_value(term, {})
    return tidy(term) if found is None else number(found)


def combined(sign: Term, factor: Term, end: Term, rest: Term) -> Term:
    """±(k e + r), without ones and zeros."""
    multiple = end if factor == _ONE else factor * end
    found = multiple if rest == _ZERO else multiple + rest
    return found if sign == _ONE else -found


def without_factor(term: Term) -> Term:
    """The term without a positive number in front.

    >>> from symnet.term import symbol
    >>> without_factor(2 * symbol("lambda"))
    lambda
    """
    if term.op == "divide" and term.args[1].op == "number" and term.args[1].value > 0:
        return without_factor(term.args[0])
    if term.op == "multiply" and len(term.args) == 2 and term.args[0].op == "number" and term.args[0].value > 0:
        return term.args[1]
    return term


def agree(a: Term, b: Term) -> bool:
    """Whether two terms have the same normal form."""
    return equal(a, b, Work(COMPARING, COMPARED))
