"""The derivative of an activation function, branch by branch, as a textbook would derive it.

The search writes, for a = h(z): names for the parts u, v, … of the formula; the derivative of each part; the quotient,
product or chain rule with those put in; a shorter form; and, where one is found, the same written in a. Each line is
checked by the kernel as it is written. Where branches meet there are one-sided derivatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from symnet.errors import Rejected, SymnetError
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.branches import Branch, arms_at, branches, letters
from symnet.prove.lines import Lines
from symnet.prove.naming import Named, named
from symnet.prove.output import InOutput, in_output
from symnet.prove.settling import Settling, agree
from symnet.prove.tidy import tidy
from symnet.term import Condition, Term, cases, derivative, number, put, substitute, symbol, symbols


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found on one branch: h′(z), the line that says so, and h′ in a with its line, if there is one."""

    branch: Branch
    derivative: Term
    line: int
    in_output: InOutput
    output_line: int | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two branches meet: the value there, the values that the branches tend to, and the slopes.

    ``slope`` is the derivative if there is one. A slope is None on a side where the function jumps.
    """

    at: Term
    value: Term
    left: Term
    right: Term
    left_slope: Term | None
    right_slope: Term | None
    slope: Term | None
    lines: tuple[int, ...]

    @property
    def is_jump(self) -> bool:
        """Whether h is not continuous there."""
        return self.left_slope is None or self.right_slope is None

    @property
    def is_kink(self) -> bool:
        """Whether h is continuous there and has no derivative."""
        return not self.is_jump and self.slope is None


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derived function: everything that was found, and the replayed derivation that shows it.

    ``in_output`` is h′ in a where one formula serves all branches: that of the only branch, or one in |a|.
    """

    function: Term
    variable: Term
    output: Term
    pieces: tuple[Piece, ...]
    meetings: tuple[Meeting, ...]
    replayed: Replayed
    numbers: dict[Term, Fraction]
    in_output: Term | None = None


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

    Raises :class:`~symnet.errors.UsageError` for guards that are not linear in the variable, and
    :class:`~symnet.errors.Rejected` for what has no rule, as a function of which nothing is known.
    """
    return _Search(function, variable, numbers, assumptions, output).run()


class _Search:
    def __init__(
        self,
        function: Term,
        variable: Term,
        numbers: Mapping[Term, Fraction],
        assumptions: Sequence[Condition],
        output: str,
    ) -> None:
        self.function, self.variable = function, variable
        self.numbers = {letter: numbers.get(letter, Fraction(1)) for letter in letters(function, variable)}
        taken = {variable.name.base} | {letter.name.base for letter in self.numbers}
        self.output = symbol(next(x for x in (output, "y", "h", "f", "a_1") if x not in taken))
        self.branches = branches(function, variable, self.numbers)
        taken.add(self.output.name.base)
        self.plans = [named(b.function, variable, taken) for b in self.branches]
        definitions = {letter: body for plan in self.plans for letter, body in plan.everything()}
        self.lines = Lines([*definitions.items(), (self.output, function)])
        self.settling = Settling(self.lines, variable, assumptions)
        self.primes: dict[Term, int] = {}

    def run(self) -> Derivative:
        pieces = [self.piece(branch, plan) for branch, plan in zip(self.branches, self.plans, strict=True)]
        meetings = [self.meeting(left, right) for left, right in pairwise(pieces)]
        goals = [line for p in pieces for line in (p.line, p.output_line) if line is not None]
        goals += [line for m in meetings for line in m.lines]
        formulas = {p.in_output.formula for p in pieces}
        single = formulas.pop() if len(formulas) == 1 else None
        joined = self.joined(pieces) if single is None and None not in formulas else None
        if joined is not None:
            goals.append(joined)
            single = self.lines.rhs(joined)
        replayed = self.lines.replayed(*goals)
        found = (tuple(pieces), tuple(meetings), replayed, self.numbers, single)
        return Derivative(self.function, self.variable, self.output, *found)

    # One branch.

    def piece(self, branch: Branch, plan: Named) -> Piece:
        """h′ on a branch, and h′ in a there."""
        lines = self.lines
        line = lines.unfold(lines.start(derivative(self.output, self.variable)), self.output)
        for node, taken in branch.arms:
            line = lines.choose(line, node, taken)
        line = self.tidied(lines.unfold(self.rules_applied(line, plan), *plan.parts))
        slope = lines.rhs(line)
        found = in_output(branch.function, slope, self.variable, self.output)
        shown = None
        if found.formula not in (None, slope):
            shown = self.settling.settled(self.written_in_output(line, branch, found.formula), branch)
        return Piece(branch, slope, self.settling.settled(line, branch), found, shown)

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
        """The right-hand side in a shorter form."""
        return self.lines.same(line, tidy(self.lines.rhs(line), self.variable))

    def written_in_output(self, line: int, branch: Branch, formula: Term) -> int:
        """h′ in a: the formula with h for a, then a for h."""
        if self.output not in symbols(formula):
            return self.lines.same(line, formula)
        line = self.lines.same(line, substitute(formula, {self.output: branch.function}))
        return self.lines.substitute(line, self.value_is_output(branch))

    def value_is_output(self, branch: Branch) -> int:
        """The line f(z) = a on a branch."""
        line = self.lines.unfold(self.lines.start(self.output), self.output)
        for node, taken in branch.arms:
            line = self.lines.choose(line, node, taken)
        return self.lines.symmetry(line)

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
            ends = [gap(zero, self.variable), gap(self.variable, zero)]
            return self.lines.write("split", sides, ends)
        except Rejected:
            return None

    def in_size(self, piece: Piece, formula: Term, signed: Term, size: Term) -> int:
        """h′ in |a| on a branch where a, or −a, is positive."""
        lines = self.lines
        positive = lines.unfold(lines.start(signed), self.output)
        for node, taken in piece.branch.arms:
            positive = lines.choose(positive, node, taken)
        end = gap(number(0), self.variable) if piece.branch.upper is None else gap(self.variable, number(0))
        positive = lines.discharge(lines.write("sign", (positive, *self.settling.supposed([end]))))
        known = lines.symmetry(lines.choose(lines.start(size), size, 0 if signed == self.output else 1))
        line = lines.substitute(lines.regroup(piece.output_line or 0, formula), known)
        return lines.discharge(line, positive, *self.settling.supposed([end]))

    # Where two branches meet.

    def meeting(self, left: Piece, right: Piece) -> Meeting:
        """Value, one-sided values and slopes where two branches meet."""
        at = left.branch.upper
        if at is None:
            raise SymnetError("two branches do not meet")
        value_line = self.value_line(at)
        value = self.lines.rhs(value_line)
        tends = [tidy(put(p.branch.function, self.variable, at)) for p in (left, right)]
        slopes = [
            self.one_sided(p, at, side, value_line) if agree(t, value) else None
            for p, t, side in zip((left, right), tends, ("left", "right"), strict=True)
        ]
        both = None if None in slopes else self.both_sides(*slopes)  # type: ignore[arg-type]
        rhs = [None if n is None else self.lines.rhs(n) for n in (*slopes, both)]
        shown = [n for n in slopes if n is not None] if both is None else [both]
        return Meeting(at, value, tends[0], tends[1], rhs[0], rhs[1], rhs[2], tuple(shown))

    def value_line(self, at: Term) -> int:
        """h(c) = its value."""
        term = put(self.function, self.variable, at)
        line = self.lines.start(term)
        numbers = self.numbers
        arms, _ = arms_at(term, numbers)
        for node, taken in arms:
            line = self.lines.choose(line, node, taken)
        line = self.lines.same(line, tidy(self.lines.rhs(line)))
        return self.settling.with_assumptions(self.lines.discharge(line))

    def one_sided(self, piece: Piece, at: Term, side: str, value_line: int) -> int:
        """h′ from one side."""
        lines, branch = self.lines, piece.branch
        line = lines.unfold(lines.start(self.output), self.output)
        for node, taken in branch.arms:
            line = lines.choose(line, node, taken)
        line = self.settling.near(line, branch, at)
        at_point = lines.same(value_line, put(branch.function, self.variable, at))
        wanted = derivative(self.output, self.variable, at, side)
        line = lines.write("one_sided", (line, at_point), (wanted,))
        line = self.tidied(lines.differentiate(line))
        return self.settling.with_assumptions(lines.discharge(line))

    def both_sides(self, left: int, right: int) -> int | None:
        """The derivative, where the slopes agree."""
        if not agree(self.lines.rhs(left), self.lines.rhs(right)):
            return None
        both = self.lines.write("both_sides", (left, self.lines.same(right, self.lines.rhs(left))))
        return self.settling.with_assumptions(self.lines.discharge(both))
