"""A derivation in the making, whose every line the kernel has just checked.

Where :class:`~symnet.prove.writer.Writer` predicts what a step will conclude, this one asks the kernel, since
conditions are hard to foresee. Every method returns the number of the line it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from symnet import tower, word
from symnet.errors import Rejected
from symnet.kernel import Replayed, Session
from symnet.prove.forms.units import without_units
from symnet.ring import Work
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Definition,
    Derivation,
    Equation,
    Step,
    Term,
    number,
    postorder,
    symbols,
)

#: What a search may spend on one derivation.
WORK: Final = 500_000_000
#: What comparing two forms may cost while searching: elementary operations, and bytes.
COMPARING: Final = 3_000_000
COMPARED: Final = 64 * 2**20
#: The rules that suppose something; there is none for ≠.
SUPPOSING: Final = {">": "suppose", ">=": "suppose_weakly"}


class Lines:
    """Checked lines.

    >>> from symnet.term import symbol
    >>> x = symbol("x")
    >>> lines = Lines()
    >>> lines.rhs(lines.regroup(lines.start(x + x), 2 * x))
    multiply(number(2), x)
    """

    def __init__(self, definitions: Iterable[tuple[Term, Term]] = (), work: int = WORK) -> None:
        self.work = work
        self.session = Session(work)
        self.definitions: dict[Term, Term] = {}
        self._supposed: dict[Condition, int] = {}
        for symbol, body in definitions:
            self.session.define(Definition(symbol, body))
            self.definitions[symbol] = body

    def __getitem__(self, line: int) -> Claim:
        return self.session.lines[line]

    def write(self, rule: str, premises: Iterable[int] = (), terms: Iterable[Term] = ()) -> int:
        """Any step."""
        self.session.conclude(Step(rule, tuple(premises), tuple(terms)))
        return len(self.session.lines) - 1

    def equation(self, line: int) -> Equation:
        """What a line says, if that is an equation."""
        return self[line].equations[0]

    def rhs(self, line: int) -> Term:
        """The side of a line that rules rewrite."""
        said = self[line]
        return said.equations[0].rhs if said.equations else said.inequalities[0].term

    def conditions(self, line: int) -> tuple[Condition | Bound, ...]:
        """What a line rests on."""
        return self[line].conditions

    def start(self, term: Term) -> int:
        """term = term"""
        return self.write("start", (), (term,))

    def unfold(self, line: int, *symbols: Term) -> int:
        """Definitions put in; the same line where none occurs."""
        found = [s for s in symbols if self.mentions(line, (s,))]
        return self.write("unfold", (line,), found) if found else line

    def fold(self, line: int, *symbols: Term) -> int:
        """Definitions used backwards; the same line where no body occurs."""
        found = [s for s in symbols if self.mentions(line, (self.definitions[s],))]
        return self.write("fold", (line,), found) if found else line

    def substitute(self, line: int, *lemmas: int) -> int:
        """Left-hand sides of lemmas replaced; the same line where none occurs."""
        found = [n for n in lemmas if self.mentions(line, (self.equation(n).lhs,))]
        return self.write("substitute", (line, *found)) if found else line

    def regroup(self, line: int, target: Term) -> int:
        """Another term with the same normal form."""
        return line if self.rhs(line) == target else self.write("regroup", (line,), (target,))

    def elementary(self, line: int, target: Term) -> int:
        """Another term with the same normal form of elementary functions."""
        return line if self.rhs(line) == target else self.write("elementary", (line,), (target,))

    def symmetry(self, line: int) -> int:
        """The sides exchanged."""
        return self.write("symmetry", (line,))

    def choose(self, line: int, cases: Term, taken: int) -> int:
        """A case distinction replaced by one of its arms."""
        return self.write("choose", (line,), (cases, number(taken)))

    def take(self, line: int, arms: Iterable[tuple[Term, int]]) -> int:
        """Case distinctions replaced one after the other, as far as they occur."""
        for cases, taken in arms:
            line = self.choose(line, cases, taken) if self.mentions(line, (cases,)) else line
        return line

    def suppose(self, condition: Condition) -> int:
        """The condition, under itself."""
        if condition not in self._supposed:
            self._supposed[condition] = self.write(SUPPOSING[condition.relation], (), (condition.term,))
        return self._supposed[condition]

    def differentiate(self, line: int, keep: Iterable[Term] = (), clear: bool = True) -> int:
        """Every derivative worked out, but for those of the symbols to keep.

        The zeros and ones that the rules leave are cleared away, unless nobody is to read the line.
        """
        kept, found = set(keep), dict[Term, None]()
        todo = [node for node in postorder(self.rhs(line)) if node.op == "derivative"]
        while todo:
            term = todo.pop()
            if term not in found and term.args[0] not in kept:
                found[term] = None
                todo += self.session.scope.derived(term)[1]
        if not found:
            return line
        line = self.write("differentiate", (line,), found)
        return self.cleared(line) if clear else line

    def cleared(self, line: int) -> int:
        """The right-hand side without the zeros and ones that the rules leave: v + z v′ for 1 · v + z v′."""
        target = without_units(self.rhs(line))
        return self.regroup(line, target) if _agree(word.equal, self.rhs(line), target) else line

    def same(self, line: int, target: Term) -> int:
        """Another term with the same normal form, the plain one if that is enough.

        The comparison is made beforehand, for a bounded price: a step that fails could use up the work of the session.
        """
        if _agree(word.equal, self.rhs(line), target):
            return self.regroup(line, target)
        if _agree(tower.equal, self.rhs(line), target):
            return self.elementary(line, target)
        raise Rejected("the two sides do not have the same normal form, as far as was looked")

    def discharge(self, line: int, *lemmas: int) -> int:
        """Conditions dropped that follow; the same line where none does."""
        try:
            return self.write("discharge", (line, *lemmas))
        except Rejected:
            return line

    def replayed(self, *goals: int) -> Replayed:
        """What has been shown."""
        return self.session.finish(tuple(dict.fromkeys(goals)))

    def kept(self, *goals: int) -> tuple[Replayed, dict[int, int]]:
        """What has been shown, replayed without the lines that it does not need; and the new number of each line."""
        steps, needed, todo = self.session.steps, set[int](), list(goals)
        while todo:
            line = todo.pop()
            if line not in needed:
                needed.add(line)
                todo += steps[line].premises
        places = {line: place for place, line in enumerate(sorted(needed))}
        mentioned = self._mentioned(t for line in places for t in steps[line].terms)
        short = Lines([(s, body) for s, body in self.definitions.items() if s in mentioned], self.work)
        for line in places:
            short.write(steps[line].rule, (places[i] for i in steps[line].premises), steps[line].terms)
        return short.replayed(*(places[goal] for goal in goals)), places

    def _mentioned(self, terms: Iterable[Term]) -> set[Term]:
        """The symbols in terms, and in what they stand for."""
        found, todo = set[Term](), list(symbols(*terms))
        while todo:
            symbol = todo.pop()
            if symbol not in found:
                found.add(symbol)
                todo += symbols(self.definitions[symbol]) if symbol in self.definitions else ()
        return found

    def derivation(self, *goals: int) -> Derivation:
        """What has been written, as plain data."""
        found = self.replayed(*goals)
        return Derivation(found.definitions, found.steps, found.goals)

    def mentions(self, line: int, terms: Iterable[Term]) -> bool:
        """Whether one of the terms occurs in what rules rewrite."""
        wanted = set(terms)
        return any(node in wanted for node in postorder(self.rhs(line)))


def _agree(equal: Callable[[Term, Term, Work], bool], lhs: Term, rhs: Term) -> bool:
    try:
        return lhs == rhs or equal(lhs, rhs, Work(COMPARING, COMPARED))
    except Rejected:
        return False
