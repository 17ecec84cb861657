"""A writer of derivations, which follows along what each step will conclude.

The writer predicts the kernel's conclusions with the same substitutions, so that a search can see where it stands and
skip a line that would repeat the one before it. A wrong prediction costs a proof, never a wrong theorem.
"""

from __future__ import annotations

from collections.abc import Iterable

from symnet.kernel.indexed import by_recursion
from symnet.kernel.scope import family
from symnet.term import (
    Definition,
    Derivation,
    Equation,
    Index,
    Step,
    Term,
    index,
    instance,
    natural,
    shifted,
    substitute,
)


class Writer:
    """Steps in the making. Every method but :meth:`start` goes on from the last line.

    >>> from symnet.kernel import replay
    >>> from symnet.term import symbol
    >>> s, x = symbol("s"), symbol("x")
    >>> w = Writer([Definition(s, x + x)])
    >>> w.start(s); w.unfold(s); w.regroup(2 * x)
    >>> replay(w.derivation([w.last])).claim.equations[0]
    Equation(lhs=s, rhs=multiply(number(2), x))
    """

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.definitions = list(definitions)
        self.steps: list[Step] = []
        self.lines: list[Equation] = []
        self._bodies = {d.symbol: d.body for d in self.definitions}
        self._recursions = {
            family(d.symbol.name): d for d in self.definitions if isinstance(d.symbol.name.layer, Index)
        }

    @property
    def last(self) -> int:
        """The number of the last line."""
        return len(self.lines) - 1

    def define(self, symbol: Term, body: Term) -> None:
        """Add an abbreviation."""
        self.definitions.append(Definition(symbol, body))
        self._bodies[symbol] = body

    def start(self, term: Term) -> None:
        """term = term"""
        self._write(Step("start", (), (term,)), Equation(term, term))

    def assume(self, lhs: Term, rhs: Term) -> None:
        """lhs = rhs, as a hypothesis"""
        self._write(Step("assume", (), (lhs, rhs)), Equation(lhs, rhs))

    def unfold(self, *symbols: Term) -> None:
        """Replace defined symbols, Σ or ∏ by their bodies."""
        self._rewrite(Step("unfold", (self.last,), symbols), {s: self._body(s) for s in symbols})

    def fold(self, *symbols: Term) -> None:
        """Replace bodies by the symbols, Σ or ∏ defined as them."""
        self._rewrite(Step("fold", (self.last,), symbols), {self._body(s): s for s in symbols})

    def substitute(self, *lines: int) -> None:
        """Use earlier lines a = b to replace a by b."""
        equations = [self.lines[i] for i in lines]
        self._rewrite(Step("substitute", (self.last, *lines)), {e.lhs: e.rhs for e in equations})

    def distribute(self, target: Term) -> None:
        """Go on to ``target``, a sum of products; not when the last line ends there already."""
        self._reach("distribute", target)

    def regroup(self, target: Term) -> None:
        """Go on to ``target``, the same by normal form; not when the last line ends there already."""
        self._reach("regroup", target)

    def symmetry(self) -> None:
        """Exchange the sides."""
        line = self.lines[-1]
        self._write(Step("symmetry", (self.last,)), Equation(line.rhs, line.lhs))

    def termwise(self, lemma: int, binder: Term, variable: str) -> None:
        """Use the earlier line s(i) = t(i) to rewrite the body of a Σ or ∏."""
        step = Step("termwise", (self.last, lemma), (binder, natural(index(variable))))
        body = instance(self.lines[lemma].rhs, variable, index(binder.value[0]))
        self._rewrite(step, {binder: Term(binder.op, (body,), binder.value)})

    def instantiate(self, line: int, what: Term, value: Term) -> None:
        """Go on from an earlier line, with a term for a symbol, or a number or index for an index variable."""
        known = self.lines[line]
        if what.op == "symbol":
            found = [substitute(side, {what: value}) for side in (known.lhs, known.rhs)]
        else:
            place = value.value if value.op == "index" else value.value.numerator
            found = [instance(side, what.value.variables[0], place) for side in (known.lhs, known.rhs)]
        self._write(Step("instantiate", (line,), (what, value)), Equation(*found))

    def induct(self, base: int, hypothesis: int, variable: str) -> None:
        """Conclude by induction from the base, and the last line, which rests on a hypothesis."""
        self._write(Step("induct", (base, self.last), (natural(index(variable)),)), self.lines[hypothesis])

    def derivation(self, goals: Iterable[int]) -> Derivation:
        """What has been written, with the lines that are its claim."""
        return Derivation(tuple(self.definitions), tuple(self.steps), tuple(goals))

    def _body(self, term: Term) -> Term:
        if term.op != "symbol":
            return by_recursion(term)[0]
        if term in self._bodies:
            return self._bodies[term]
        step = self._recursions[family(term.name)]
        (variable,) = step.symbol.name.layer.variables  # type: ignore[union-attr]
        return instance(step.body, variable, shifted(term.name.layer, -1))  # type: ignore[arg-type]

    def _reach(self, rule: str, target: Term) -> None:
        line = self.lines[-1]
        if target != line.rhs:
            self._write(Step(rule, (self.last,), (target,)), Equation(line.lhs, target))

    def _rewrite(self, step: Step, replacement: dict[Term, Term]) -> None:
        line = self.lines[-1]
        self._write(step, Equation(line.lhs, substitute(line.rhs, replacement)))

    def _write(self, step: Step, line: Equation) -> None:
        self.steps.append(step)
        self.lines.append(line)
