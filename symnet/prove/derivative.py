"""The derivative of an activation function, branch by branch, as a textbook would derive it.

The search writes, for a = h(z): names for the parts u, v, … of the formula; the derivative of each part; the quotient,
product or chain rule with those put in; a shorter form; and, where one is found, the same written in a. Each line is
checked by the kernel as it is written. Where branches meet there are one-sided derivatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from symnet.errors import Rejected, Undecided, UsageError
from symnet.kernel import Replayed
from symnet.kernel.conditions import defined_where
from symnet.kernel.signs import gap
from symnet.prove.branches import Branch, branches, letters, samples, touching, where
from symnet.prove.lines import Lines
from symnet.prove.meetings import Meeting, Meetings
from symnet.prove.naming import Named, named
from symnet.prove.output import InOutput, in_output
from symnet.prove.radicals import Radicals, Reach
from symnet.prove.sampling import value
from symnet.prove.settling import Settling
from symnet.prove.tidy import tidy
from symnet.reader.plain import shown
from symnet.term import (
    Condition,
    Term,
    cases,
    derivative,
    known_function,
    number,
    postorder,
    put,
    substitute,
    symbol,
    symbols,
)

#: Letters for h(z) where the usual one is taken; there are more than a function may have letters.
OUTPUTS: Final = ("a", "y", "h", "f", "g", "b", "c", "d", "p", "q", "r", "s")


#: How many nodes a function may have, and how many that are not defined everywhere.
LARGEST: Final = 300
MOST_PARTIAL: Final = 16
#: How many nodes h′ may have.
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found on one branch: h′(z), the line that says so, and h′ in a with its line, if there is one."""

    branch: Branch
    derivative: Term
    line: int
    in_output: InOutput
    output_line: int | None


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derived function: everything that was found, and the replayed derivation that shows it.

    ``in_output`` is h′ in a where one formula serves all branches: that of the only branch, or one in |a|. There is a
    piece for each of the ``branches`` on which h has a value.
    """

    function: Term
    variable: Term
    output: Term
    pieces: tuple[Piece, ...]
    meetings: tuple[Meeting, ...]
    replayed: Replayed
    numbers: dict[Term, Fraction]
    in_output: Term | None
    branches: tuple[Branch, ...]


def derive(
    function: Term,
    variable: Term,
    numbers: Mapping[Term, Fraction],
    assumptions: Sequence[Condition] = (),
    output: str = "a",
) -> Derivative:
    """Derive a function of one variable; ``numbers`` and ``assumptions`` are about its other letters.

    >>> from symnet.activations import find
    >>> row = find("elu")
    >>> found = derive(row.definition, symbol("z"), row.numbers())
    >>> [p.in_output.formula for p in found.pieces]
    [sum(a, alpha), number(1)]

    Raises :class:`~symnet.errors.UsageError` for guards that are not linear in the variable, for a function of which
    nothing is known, and for one that is too large; :class:`~symnet.errors.Rejected` where a branch cannot be derived,
    and :class:`~symnet.errors.Undecided` where the result is too long.
    """
    return _Search(function, variable, numbers, assumptions, output).run()


def check(function: Term) -> None:
    """Refuse what is too large to be derived step by step, and functions of which nothing is known."""
    if unknown := {str(n.name) for n in postorder(function) if n.op == "apply" and not known_function(n.value)}:
        raise UsageError(f"nothing is known of the function {', '.join(sorted(unknown))}: write it out")
    if function.size > LARGEST:
        raise UsageError(f"the function has {function.size:,} parts; at most {LARGEST} are derived step by step")
    partial = sum(needed is not None for needed in map(defined_where, postorder(function)))
    if partial > MOST_PARTIAL:
        raise UsageError(
            f"the function has {partial} quotients, logarithms and roots; at most {MOST_PARTIAL} are derived"
        )


class _Search:
    def __init__(
        self,
        function: Term,
        variable: Term,
        numbers: Mapping[Term, Fraction],
        assumptions: Sequence[Condition],
        output: str,
    ) -> None:
        check(function)
        self.function, self.variable = function, variable
        self.numbers = {letter: numbers.get(letter, Fraction(1)) for letter in letters(function, variable)}
        taken = {variable.name.base} | {letter.name.base for letter in self.numbers}
        self.output = symbol(next(x for x in (output, *OUTPUTS) if x not in taken))
        self.branches = branches(function, variable, self.numbers)
        taken.add(self.output.name.base)
        self.plans = [named(b.function, variable, taken) for b in self.branches]
        definitions = {letter: body for plan in self.plans for letter, body in plan.everything()}
        try:
            self.lines = Lines([*definitions.items(), (self.output, function)])
        except Rejected as error:
            raise self.without_value() or error from None
        self.settling = Settling(self.lines, variable, self.numbers, assumptions)
        self.meetings = Meetings(self.settling, function, self.output, self.numbers)
        self.primes: dict[Term, int] = {}

    def run(self) -> Derivative:
        tried = [self.piece(branch, plan) for branch, plan in zip(self.branches, self.plans, strict=True)]
        pieces = [p for p in tried if p is not None]
        if not pieces and (nowhere := self.without_value()):
            raise nowhere
        found = [self.meetings.between(left, right) for left, right in pairwise(self.branches)]
        meetings = [m for m in found if m is not None]
        formulas = {p.in_output.formula for p in pieces}
        single = formulas.pop() if len(formulas) == 1 else None
        joined = self.joined(pieces) if single is None and None not in formulas else None
        single = single if joined is None else self.lines.rhs(joined)
        goals = [line for p in pieces for line in (p.line, p.output_line)]
        goals += [*(line for m in meetings for line in m.lines), joined]
        replayed, places = self.lines.kept(*(line for line in goals if line is not None))
        return Derivative(
            self.function,
            self.variable,
            self.output,
            tuple(replace(p, line=places[p.line], output_line=places.get(p.output_line)) for p in pieces),  # type: ignore[arg-type]
            tuple(replace(m, lines=tuple(places[line] for line in m.lines)) for m in meetings),
            replayed,
            self.numbers,
            single,
            self.branches,
        )

    # One branch.

    def given(self) -> str:
        """The numbers of the letters, in words."""
        said = ", ".join(f"{letter} = {n}" for letter, n in self.numbers.items())
        return f" for {said}" if said else ""

    def without_value(self) -> UsageError | None:
        """The complaint about a function without any value; None where a value is found."""
        if any(map(self.has_value, self.branches)):
            return None
        return UsageError(f"no number was found at which {shown(self.function)} has a value{self.given()}")

    def has_value(self, branch: Branch) -> bool:
        """Whether h has a value somewhere on a branch."""
        numbers = ({**self.numbers, self.variable: x} for x in samples(branch, self.numbers))
        return any(value(branch.function, n) is not None for n in numbers)

    def piece(self, branch: Branch, plan: Named) -> Piece | None:
        """h′ on a branch, and h′ in a there; None where h has no value."""
        try:
            line = self.settling.settled(self.derived(branch, plan), branch)
            self.check_conditions(line, branch)
        except Rejected as error:
            if self.has_value(branch):
                raise Rejected(f"{where(branch, self.variable)}{touching(branch) or error}") from None
            return None
        slope = self.lines.rhs(line)
        if slope.size > LONGEST:
            raise Undecided(f"h′ has {slope.size:,} parts when written out; at most {LONGEST:,} are shown")
        reach = Reach(self.function, self.variable, branch, self.numbers, self.settling.assumptions)
        found = in_output(branch.function, slope, self.variable, self.output, reach)
        if found.formula is None or found.formula == slope:
            return Piece(branch, slope, line, found, None)
        try:
            in_a = self.settling.settled(self.written_in_output(line, reach, found.formula), branch)
        except Rejected:  # more than may be spent on it
            return Piece(branch, slope, line, InOutput("none", None, found.tried), None)
        return Piece(branch, slope, line, found, in_a)

    def check_conditions(self, line: int, branch: Branch) -> None:
        """See that what h′ rests on holds somewhere on a branch."""
        if not any(self.settling.holds_at(line, x) for x in samples(branch, self.numbers)):
            needed = " and ".join(f"{shown(c.term)} {c.relation} 0" for c in self.settling.conditions(line))
            raise Rejected(f"h′ would need {needed}, and no place is known where that holds{self.given()}")

    def derived(self, branch: Branch, plan: Named) -> int:
        """The line h′ = … on a branch."""
        lines = self.lines
        line = lines.unfold(lines.start(derivative(self.output, self.variable)), self.output)
        line = self.rules_applied(lines.take(line, branch.arms), plan)
        return self.tidied(lines.unfold(line, *plan.parts))

    def rules_applied(self, line: int, plan: Named) -> int:
        """d/dz of a formula by the rules for how it is written, with the derivatives of its parts put in."""
        for letter, part in plan.parts.items():
            self.primed(letter, part)
        line = self.lines.fold(line, *plan.parts)
        line = self.lines.differentiate(line, keep=plan.parts)
        return self.lines.substitute(line, *(self.primes[letter] for letter in plan.parts))

    def primed(self, letter: Term, plan: Named) -> None:
        """The line u′ = … of a part."""
        if letter in self.primes:
            return
        line = self.lines.unfold(self.lines.start(derivative(letter, self.variable)), letter)
        line = self.rules_applied(line, plan)
        self.primes[letter] = self.tidied(self.lines.unfold(line, *plan.parts))

    def tidied(self, line: int) -> int:
        """The right-hand side in a shorter form; as it is where the kernel would need too much to see that."""
        try:
            return self.lines.same(line, tidy(self.lines.rhs(line), self.variable))
        except Rejected:
            return line

    def written_in_output(self, line: int, reach: Reach, formula: Term) -> int:
        """h′ in a: the formula with h for a and w for √w², then a for h and the root for w."""
        branch, lines = reach.branch, self.lines
        if self.output not in symbols(formula):
            return lines.same(line, formula)
        plain = substitute(formula, {self.output: branch.function})
        try:
            line = lines.discharge(lines.same(line, plain))
            return lines.substitute(line, self.value_is_output(branch))
        except Rejected:
            roots = Radicals(lines, reach, formula, self.output, lines.rhs(line))
            named = [lines.symmetry(n) for n in roots.known.values()]
            line = lines.same(line, roots.opened)
            return roots.settled(lines.substitute(line, *named, self.value_is_output(branch)))

    def value_is_output(self, branch: Branch) -> int:
        """The line f(z) = a on a branch."""
        line = self.lines.unfold(self.lines.start(self.output), self.output)
        return self.lines.symmetry(self.lines.take(line, branch.arms))

    # One formula in |a| for both signs of z.

    def joined(self, pieces: Sequence[Piece]) -> int | None:
        """h′ = F(|a|) for z ≠ 0, where h′ = F(a) and a > 0 for z > 0, and h′ = F(−a) and a < 0 for z < 0."""
        zero = number(0)
        if len(pieces) != 2 or pieces[0].branch.upper != zero or None in (p.output_line for p in pieces):
            return None
        size = cases((zero, "<=", self.output, self.output), otherwise=-self.output)
        formula = pieces[1].in_output.formula
        try:
            sides = [
                self.in_size(piece, put(formula, self.output, signed), signed, size)  # type: ignore[arg-type]
                for piece, signed in zip(reversed(pieces), (self.output, -self.output), strict=True)
            ]
            line = self.lines.write("split", sides, (gap(zero, self.variable), gap(self.variable, zero)))
        except Rejected:
            return None
        return None if self.settling.about_variable(line, {Condition(self.variable)}) else line

    def in_size(self, piece: Piece, formula: Term, signed: Term, size: Term) -> int:
        """h′ in |a| on a branch where a, or −a, is positive."""
        lines = self.lines
        positive = lines.take(lines.unfold(lines.start(signed), self.output), piece.branch.arms)
        inside = [lines.suppose(c) for c in self.settling.inside(piece.branch)]
        positive = lines.discharge(lines.write("sign", (positive, *inside)))
        known = lines.symmetry(lines.choose(lines.start(size), size, 0 if signed == self.output else 1))
        line = lines.substitute(lines.regroup(piece.output_line or 0, formula), known)
        return lines.discharge(line, positive, *inside)
