"""How the lines of a derivation hang together: chains, proofs by induction, and which line refers to which.

Everything is read off the steps that were replayed. A chain is a run of steps that go on from one another. An induction
is an ``induct`` step with the chains of its base and of its step, when these stand together; lines that only exchange
the sides of another one, or put in a value, are not printed: who uses them refers to what they come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symnet.kernel import Replayed
from symnet.render.printer import is_open
from symnet.render.wording import INDEXED
from symnet.term import Term, fold

#: The rules that begin a chain even where they go on from the line before.
_APART = frozenset({"induct", "instantiate"})


@dataclass(frozen=True, slots=True)
class Induction:
    """An ``induct`` step, the first step of its proof, the lines of its base and its step, and of its hypothesis."""

    line: int
    start: int
    base: int
    step: int
    hypothesis: int

    @property
    def span(self) -> range:
        """The steps of the proof, without the conclusion."""
        return range(self.start, self.line)


@dataclass(frozen=True, slots=True)
class Reference:
    """A line with a number, and what stands in it for an index or a symbol."""

    line: int
    what: Term | None = None
    value: Term | None = None


class Story:
    """The chains of a derivation and how they refer to one another."""

    def __init__(self, replayed: Replayed) -> None:
        self.replayed = replayed
        self.chains = list(_chains(replayed))
        self.chain_of = {i: chain for chain in self.chains for i in chain}
        self.is_indexed = any(step.rule in INDEXED for step in replayed.steps)
        self.discharged = dict(self._discharged())
        self.silent = set(self._silent()) if self.is_indexed else set()
        self.inductions = {found.line: found for found in self._inductions()} if self.is_indexed else {}
        self.cited = set(self._cited()) if self.is_indexed else set()

    def continues(self, i: int) -> bool:
        """Whether a step goes on in the chain of the line before."""
        return self.chain_of[i][0] != i

    def reference(self, line: int) -> Reference:
        """What a reader is told to look at where a line is used."""
        what = value = None
        while line in self.silent:
            step = self.replayed.steps[line]
            if step.rule == "instantiate":
                what, value = step.terms
            line = step.premises[0]
        return Reference(line, what, value)

    def is_hypothesis(self, line: int) -> bool:
        """Whether a line is assumed for an induction, which does away with it."""
        return line in self.discharged

    def _discharged(self) -> Iterator[tuple[int, int]]:
        """The assumptions that an induction does away with, and that induction."""
        steps, lines = self.replayed.steps, self.replayed.lines
        for n, step in enumerate(steps):
            if step.rule == "induct":
                hypothesis = lines[n].equations[0]
                if hypothesis not in self.replayed.claim.hypotheses:
                    yield from (
                        (i, n) for i in range(n) if steps[i].rule == "assume" and lines[i].equations[0] == hypothesis
                    )

    def _silent(self) -> Iterator[int]:
        """The lines that only exchange sides or put in a value, alone in their chain, for others to refer to."""
        steps, goals = self.replayed.steps, set(self.replayed.goals)
        used = {p for step in steps for p in step.premises}
        bases = {p for step in steps if step.rule == "induct" for p in step.premises}
        given: dict[int, bool] = {}  # the silent lines, and whether a value is put in on the way
        for i, step in enumerate(steps):
            apart = step.rule in ("symmetry", "instantiate") and len(self.chain_of[i]) == 1
            if not apart or i in goals or i in bases or i not in used:
                continue
            before = given.get(step.premises[0], False)
            if step.rule == "symmetry" or (not before and step.terms[1].size <= 8):
                given[i] = before or step.rule == "instantiate"
                yield i

    def _inductions(self) -> Iterator[Induction]:
        """The inductions whose parts stand together, none across another."""
        found: list[Induction] = []
        for n, step in enumerate(self.replayed.steps):
            if step.rule == "induct" and (induction := self._induction(n, *step.premises)):
                span = induction.span
                if all(other.line < span.start or other.start > span.start for other in found):
                    found.append(induction)
        yield from found

    def _induction(self, n: int, base: int, step: int) -> Induction | None:
        hypotheses = [i for i, by in self.discharged.items() if by == n and i < self.chain_of[step][0]]
        ends = all(self.chain_of[i][-1] == i for i in (base, step)) and self.chain_of[base] != self.chain_of[step]
        if not hypotheses or not ends:
            return None
        start = min(self.chain_of[base][0], hypotheses[-1])
        return Induction(n, start, base, step, hypotheses[-1])

    def _cited(self) -> Iterator[int]:
        """The lines that need a number, because others refer to them."""
        yield from self.inductions
        for i, step in enumerate(self.replayed.steps):
            if i not in self.silent and i not in self.inductions:
                used = step.premises[1:] if self.continues(i) else step.premises
                yield from (line for p in used if not self.is_hypothesis(line := self.reference(p).line))


def _chains(replayed: Replayed) -> Iterator[list[int]]:
    """The steps as chains ``l = r₁ = r₂ = …``; a step that does not go on from the line before begins a new one."""
    chain: list[int] = []
    for i, step in enumerate(replayed.steps):
        if chain and (step.rule in _APART or not follows(replayed, i)):
            yield chain
            chain = []
        chain.append(i)
    if chain:
        yield chain


def follows(replayed: Replayed, i: int) -> bool:
    """Whether a line goes on from the line before, with the same left side."""
    before = i > 0 and replayed.steps[i].premises[:1] == (i - 1,)
    return before and replayed.lines[i].equations[0].lhs == replayed.lines[i - 1].equations[0].lhs


def shown(replayed: Replayed, chain: Sequence[int]) -> list[int]:
    """The steps of a chain that are printed: not its start, and not what prints like the line before."""
    return [i for i in chain if replayed.steps[i].rule != "start" and not _repeats(replayed, i)]


def _repeats(replayed: Replayed, i: int) -> bool:
    """Whether a line only regroups the one before in a way that prints alike, as (A B) C and A B C do."""
    if replayed.steps[i].rule not in ("distribute", "regroup") or not follows(replayed, i):
        return False
    before, after = (replayed.lines[k].equations[0].rhs for k in (i - 1, i))
    return flat(before) == flat(after)


def flat(term: Term, brackets: bool = True) -> Term:
    """The term with sums and products that lean to the left written as one; without ``brackets`` all of them."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node.op not in ("sum", "multiply", "product"):
            return Term(node.op, tuple(args), node.value)
        found: list[Term] = []
        for place, arg in enumerate(args):
            merges = arg.op == node.op and not (brackets and (place or is_open(arg)))
            found += arg.args if merges else (arg,)
        return Term(node.op, tuple(found), node.value)

    return fold(term, combine)
