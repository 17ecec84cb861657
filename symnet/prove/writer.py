"""A writer of derivations, which follows along what each step will conclude.

The writer predicts the kernel's conclusions with the same substitutions, so that a search can see where it stands and
skip a line that would repeat the one before it. A wrong prediction costs a proof, never a wrong theorem.
"""

from __future__ import annotations

from collections.abc import Iterable

from symnet.term import Definition, Derivation, Equation, Step, Term, substitute


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

    def unfold(self, *symbols: Term) -> None:
        """Replace defined symbols by their bodies."""
        self._rewrite(Step("unfold", (self.last,), symbols), {s: self._bodies[s] for s in symbols})

    def fold(self, *symbols: Term) -> None:
        """Replace bodies by the symbols defined as them."""
        self._rewrite(Step("fold", (self.last,), symbols), {self._bodies[s]: s for s in symbols})

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

    def derivation(self, goals: Iterable[int]) -> Derivation:
        """What has been written, with the lines that are its claim."""
        return Derivation(tuple(self.definitions), tuple(self.steps), tuple(goals))

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
