"""That a formula in a = h(z) with roots is h′, once h stands for a: √(w²) = w on a branch where w > 0.

For the bent identity 4(a² + a + 1) is (z + 2√(z² + 1))². No normal form knows the sign of what is squared, so it is
first proved that it is positive all over the branch; where that fails, the root is left alone, and so is the formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from symnet.errors import Rejected, SymnetError
from symnet.prove.branches import Branch
from symnet.prove.lines import Lines
from symnet.prove.naming import is_linear
from symnet.prove.tidy import proved_equal, tidy
from symnet.term import Condition, Term, apply, known_function, postorder, substitute, symbol, symbols

if TYPE_CHECKING:
    from symnet.prove.properties.ground import Ground

#: Stands for a root while it is solved for; no user can write that name.
_ROOT: Final = symbol("rootwanted")


@dataclass(frozen=True)
class Reach:
    """Where a formula is to hold: a branch of a function, numbers for its letters, and what is assumed of them."""

    function: Term
    variable: Term
    branch: Branch
    numbers: Mapping[Term, Fraction]
    assumptions: Sequence[Condition] = ()

    def ground(self, lines: Lines) -> Ground:
        """What is known there."""
        from symnet.prove.properties.data import Infinite  # the facts are found with the help of derivatives
        from symnet.prove.properties.region import Region
        from symnet.prove.properties.scan import spot
        from symnet.prove.properties.setting import settings

        setting = next(settings(self.variable, self.numbers, tuple(self.assumptions), [self.branch]))
        lower = spot(Infinite.BELOW if self.branch.lower is None else self.branch.lower, setting)
        upper = spot(Infinite.ABOVE if self.branch.upper is None else self.branch.upper, setting)
        return Region(self.variable, lower, upper).ground(lines, setting)


class Radicals:
    """The lines √u = w about the roots in a formula F in a, where F(h) = h′ needs them; a is defined as the function.

    ``slope`` is h′ on the branch. Roots for which no such line is proved are left out.
    """

    def __init__(self, lines: Lines, reach: Reach, formula: Term, output: Term, slope: Term) -> None:
        self.lines = lines
        self.reach = reach
        self.formula, self.output, self.slope = formula, output, slope
        roots = [n for n in postorder(formula) if n.op == "apply" and known_function(n.value) == "sqrt"]
        self.ground = reach.ground(lines) if roots else None
        self.facts: list[int] = []  # w > 0, u > 0 and √u > 0
        self.output_is = lines.take(lines.unfold(lines.start(output), output), reach.branch.arms)
        found = {root: self.line(root) for root in dict.fromkeys(roots)}
        self.known = {root: n for root, n in found.items() if n is not None}

    @property
    def opened(self) -> Term:
        """F(h) with the roots taken."""
        taken = substitute(self.formula, {root: self.lines.rhs(n) for root, n in self.known.items()})
        return substitute(taken, {self.output: self.reach.branch.function})

    def line(self, root: Term) -> int | None:
        """√u = √(w²) = w, and u = w² > 0."""
        for value in self.values(root):
            try:
                return self.taken(root, value)
            except SymnetError:
                continue
        return None

    def taken(self, root: Term, value: Term) -> int:
        """The line √u = w."""
        lines = self.lines
        positive = self.ground.positive(value) if self.ground else None
        if positive is None:
            raise Rejected("it is not seen that the root is positive")
        square = self.in_variable(root.args[0], value**2)
        square = lines.discharge(lines.write("sign", (square, positive)))
        line = self.in_variable(root, apply("sqrt", value**2))
        line = self.without(lines.substitute(line, self.root_of_square(value, positive)), square)
        self.facts += [positive, square, self.without(lines.write("sign", (line, positive)), square)]
        return line

    def in_variable(self, term: Term, target: Term) -> int:
        """A term in a as a function of the variable."""
        return self.lines.same(self.lines.substitute(self.lines.start(term), self.output_is), target)

    def root_of_square(self, value: Term, positive: int) -> int:
        """√(w²) = w (√(w²) + w)/(√(w²) + w) = w, since w > 0."""
        lines, root = self.lines, apply("sqrt", value**2)
        line = lines.elementary(lines.start(root), value * (root + value) / (root + value))
        return lines.discharge(lines.regroup(line, value), positive)

    def without(self, line: int, *lemmas: int) -> int:
        """The line without what follows by signs, and from lines."""
        return self.lines.discharge(self.lines.discharge(line), *lemmas)

    def settled(self, line: int) -> int:
        """The line without conditions that hold for every a, or on the branch, as far as that is seen."""
        lines = self.lines
        line = self.without(line, *self.facts)
        open_ones = [c for c in lines.conditions(line) if isinstance(c, Condition) and not self.is_about_ends(c)]
        lemmas = [self.reason(c) for c in open_ones]
        return lines.discharge(line, *(n for n in lemmas if n is not None))

    def is_about_ends(self, condition: Condition) -> bool:
        """Whether a condition compares the variable with a number, which is no concern of roots."""
        return is_linear(condition.term, self.reach.variable) and self.output not in symbols(condition.term)

    def reason(self, condition: Condition) -> int | None:
        """A line that says that a condition holds."""
        try:
            found = self.compared(self.lines.start(condition.term), condition.relation)
            return self.compared(self.taken_in(condition.term), condition.relation) if found is None else found
        except SymnetError:
            return None

    def taken_in(self, term: Term) -> int:
        """A term in a and roots as a function of the variable, in a shorter form."""
        lines = self.lines
        line = lines.substitute(lines.substitute(lines.start(term), *self.known.values()), self.output_is)
        return lines.same(line, tidy(lines.rhs(line)))

    def compared(self, line: int, relation: str) -> int | None:
        """From l = r: how l compares with 0."""
        value = self.lines.rhs(line)
        lemma = self.ground.positive(value, relation != ">=") if self.ground else None
        if lemma is None and relation == "!=" and self.ground:
            lemma = self.ground.positive(-value)
        if lemma is None:
            return None
        return self.without(self.lines.write("sign", (line, lemma)), *self.facts)

    def values(self, root: Term) -> list[Term]:
        """What a root has to be, where the formula is to have the value h′."""
        from symnet.prove.properties.inverse import solutions

        opened = substitute(substitute(self.formula, {root: _ROOT}), {self.output: self.reach.branch.function})
        return [tidy(w) for w in solutions(opened, _ROOT, self.slope)]


def is_proved(reach: Reach, formula: Term, output: Term, slope: Term) -> bool:
    """Whether F(h) = h′ on the branch once the roots are taken."""
    try:
        found = Radicals(Lines([(output, reach.function)]), reach, formula, output, slope)
        return bool(found.known) and proved_equal(slope, found.opened)
    except SymnetError:
        return False
