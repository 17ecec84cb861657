"""How the lines of a derivation hang together: chains, proofs by induction, and which line refers to which.

Everything is read off the steps that were replayed. A chain is a run of steps that go on from one another. An induction
is an ``induct`` step with the chains of its base and of its step, when these stand together; lines that only exchange
the sides of another one, or put in a value, are not printed: who uses them refers to what they come from.

Where derivatives are taken, more is left unsaid: lines that only look up what a symbol stands for, suppositions, and
that conditions were dropped, which is said below the chain. There a chain goes on where it stopped, also when other
chains were needed in between, and these stand before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from symnet.kernel import Replayed
from symnet.render.factors import is_open
from symnet.render.reasons import INDEXED
from symnet.render.relations import relation
from symnet.term import Claim, Condition, Equation, Term, fold

#: The rules that begin a chain even where they go on from the line before.
_APART = frozenset({"induct", "instantiate", "split"})
#: The rules by which a page is told as one about derivatives.
ANALYSIS = frozenset(
    {
        "elementary",
        "differentiate",
        "choose",
        "suppose",
        "suppose_weakly",
        "sign",
        "monotone",
        "bounded",
        "mean_value",
        "split",
        "one_sided",
        "both_sides",
    }
)
#: A chain of these alone only helps to drop a condition, or to see what a function is at a point.
_HELPS = frozenset({"start", "regroup", "elementary", "unfold", "choose", "sign", "discharge", "symmetry"})
#: A chain of these alone looks up what a symbol stands for.
_LOOKS_UP = frozenset({"start", "unfold", "choose", "symmetry", "discharge"})
_SUPPOSES = frozenset({"suppose", "suppose_weakly"})


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
        self.is_indexed = any(step.rule in INDEXED for step in replayed.steps)
        self.is_analysis = any(step.rule in ANALYSIS for step in replayed.steps)
        self.needed = _needed(replayed) if self.is_analysis else range(len(replayed.steps))
        self.chains = list(_chains(replayed, self.needed))
        if self.is_analysis and not self.is_indexed:
            self.chains = _joined(replayed, self.chains)
        self.chain_of = {i: chain for chain in self.chains for i in chain}
        self.discharged = dict(self._discharged())
        self.unsaid = set(self._unsaid()) if self.is_analysis else set()
        self.silent = set(self._silent()) if self.is_indexed else set()
        self.inductions = {found.line: found for found in self._inductions()} if self.is_indexed else {}
        self.cited = set(self._cited()) if self.is_indexed else set()

    def continues(self, i: int) -> bool:
        """Whether a step goes on in the chain of the line before."""
        return self.chain_of[i][0] != i

    def reference(self, line: int) -> Reference:
        """What a reader is told to look at where a line is used."""
        what = value = None
        while line in self.silent or self._only_discharges(line):
            step = self.replayed.steps[line]
            if step.rule == "instantiate":
                what, value = step.terms
            line = step.premises[0]
        return Reference(line, what, value)

    def _only_discharges(self, line: int) -> bool:
        """Whether a line is another one under fewer conditions, and a chain of its own."""
        return line in self.unsaid and self.replayed.steps[line].rule == "discharge"

    def _unsaid(self) -> Iterator[int]:
        """The lines of chains that are not printed: look-ups, suppositions, conditions dropped, what only helps."""
        steps, goals = self.replayed.steps, set(self.replayed.goals)
        helping = self._helping(goals)
        looked_up: set[int] = set()
        bodies = {d.body for d in self.replayed.definitions}
        for chain in self.chains:
            rules, step = {steps[i].rule for i in chain}, steps[chain[0]]
            if rules == {"discharge"} or self._is_about_a_case(chain):
                yield from chain
            elif goals.intersection(chain):
                continue
            elif rules <= _SUPPOSES or rules == {"symmetry"} or helping.issuperset(chain) or self._says_again(chain):
                yield from chain
            elif rules <= _LOOKS_UP and rules != {"start"}:
                begins = step.rule == "start" and (step.terms[0].op in ("symbol", "cases") or step.terms[0] in bodies)
                if begins or (step.premises and step.premises[0] in looked_up):
                    looked_up.update(chain)
                    yield from chain

    def _says_again(self, chain: Sequence[int]) -> bool:
        """Whether a chain comes to what it supposes, written otherwise: −z ≥ 0 from z ≤ 0."""
        line = self.replayed.lines[chain[-1]]
        supposed = [relation(c) for c in line.conditions if isinstance(c, Condition)]
        return any(relation(said) in supposed for said in line.inequalities)

    def _is_about_a_case(self, chain: Sequence[int]) -> bool:
        """Whether a chain is what is assumed in a case, or that with its sides exchanged."""
        step = self.replayed.steps[chain[0]]
        before = [self.replayed.steps[p].rule for p in step.premises]
        exchanges = step.rule == "symmetry" and before == ["assume"]
        case = chain[0] if step.rule == "assume" else step.premises[0] if exchanges else None
        return len(chain) == 1 and case is not None and self._is_case(case)

    def _is_case(self, line: int) -> bool:
        """Whether a line is assumed in one of the cases of a split: what rests on it says so."""
        hypothesis = self.replayed.lines[line].equations[0]
        return hypothesis not in self.replayed.claim.hypotheses and not self.is_hypothesis(line)

    def is_for_induction(self, equation: Equation) -> bool:
        """Whether an equation is assumed for an induction."""
        return any(self.replayed.lines[i].equations[0] == equation for i in self.discharged)

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
        for i in self.needed:
            step = steps[i]
            apart = step.rule in ("symmetry", "instantiate") and len(self.chain_of[i]) == 1
            if not apart or i in goals or i in bases or i not in used:
                continue
            before = given.get(step.premises[0], False)
            if step.rule == "symmetry" or (not before and step.terms[1].size <= 8):
                given[i] = before or step.rule == "instantiate"
                yield i

    def _helping(self, goals: set[int]) -> set[int]:
        """The lines of chains that only help to drop conditions, or say what a function is at a point."""
        found: set[int] = set()
        users: dict[int, list[int]] = {}
        for i in self.needed:
            for p in self.replayed.steps[i].premises:
                users.setdefault(p, []).append(i)
        for chain in reversed(self.chains):
            rules = {self.replayed.steps[i].rule for i in chain}
            by = {(i, user) for i in chain for user in users.get(i, ()) if user not in chain}
            helps = all(user in found or self._is_helped(i, user) for i, user in by)
            if rules <= _HELPS and by and helps and goals.isdisjoint(chain):
                found.update(chain)
        return found

    def _is_helped(self, line: int, user: int) -> bool:
        step = self.replayed.steps[user]
        return step.rule in ("discharge", "one_sided") and line in step.premises[1:]

    def _inductions(self) -> Iterator[Induction]:
        """The inductions whose parts stand together, none across another."""
        found: list[Induction] = []
        for n in self.needed:
            step = self.replayed.steps[n]
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
        for i in self.needed:
            step = self.replayed.steps[i]
            if i not in self.silent and i not in self.inductions and not self._only_discharges(i):
                used = step.premises[1:] if self.continues(i) else step.premises
                lines = [self.reference(p).line for p in used]
                yield from (line for line in lines if not self.is_hypothesis(line) and line not in self.unsaid)


def _needed(replayed: Replayed) -> list[int]:
    """The lines that the claim rests on, in order: what a search tried in vain is not printed."""
    found: set[int] = set()
    todo = list(replayed.goals)
    while todo:
        i = todo.pop()
        if i not in found:
            found.add(i)
            todo += replayed.steps[i].premises
    return sorted(found)


def _chains(replayed: Replayed, needed: Iterable[int]) -> Iterator[list[int]]:
    """The steps as chains ``l = r₁ = r₂ = …``; a step that does not go on from the line before begins a new one."""
    chain: list[int] = []
    for i in needed:
        if chain and (replayed.steps[i].rule in _APART or not follows(replayed, i)):
            yield chain
            chain = []
        chain.append(i)
    if chain:
        yield chain


def _joined(replayed: Replayed, chains: list[list[int]]) -> list[list[int]]:
    """The chains, each going on where it stopped if nobody used it in between, in the order of their last lines."""
    ends: dict[int, list[int]] = {}
    for chain in chains:
        first = chain[0]
        premises = replayed.steps[first].premises[:1]
        earlier = ends.get(premises[0]) if premises else None
        apart = replayed.steps[first].rule in _APART
        if (
            earlier is not None
            and not apart
            and _goes_on(replayed, premises[0], first)
            and not _is_used(replayed, earlier, first)
            and not _is_halfway(replayed, earlier, first)
        ):
            ends = {end: found for end, found in ends.items() if found is not earlier}
            chain = earlier + chain
        ends[_end(replayed, chain)] = ends[chain[-1]] = chain
    return sorted({id(chain): chain for chain in ends.values()}.values(), key=lambda chain: chain[-1])


def _end(replayed: Replayed, chain: Sequence[int]) -> int:
    """The last line of a chain that says something new: not one that only drops conditions."""
    return next((i for i in reversed(chain) if replayed.steps[i].rule != "discharge"), chain[-1])


def _is_used(replayed: Replayed, chain: Sequence[int], before: int) -> bool:
    """Whether a line of a chain is used after the chain and before a step, but to drop its conditions."""
    lines = set(chain)
    between = replayed.steps[chain[-1] + 1 : before]
    return any(lines.intersection(step.premises[step.rule == "discharge" :]) for step in between)


def _is_halfway(replayed: Replayed, chain: Sequence[int], before: int) -> bool:
    """Whether a chain ends at something that is claimed, and cases are told apart before a step goes on from there."""
    between = replayed.steps[chain[-1] + 1 : before]
    return chain[-1] in replayed.goals and any(step.rule == "split" for step in between)


def follows(replayed: Replayed, i: int) -> bool:
    """Whether a line goes on from the line before, with the same left side."""
    return i > 0 and replayed.steps[i].premises[:1] == (i - 1,) and _goes_on(replayed, i - 1, i)


def _goes_on(replayed: Replayed, i: int, j: int) -> bool:
    """Whether a line says something about the same left side as another one that it uses."""
    before, after = left_side(replayed.lines[i]), left_side(replayed.lines[j])
    if replayed.lines[i].inequalities:
        return replayed.steps[j].rule in _REWRITES
    return before == after


#: The rules that rewrite an inequality, or drop its conditions.
_REWRITES = frozenset({"unfold", "fold", "substitute", "regroup", "distribute", "elementary", "choose", "discharge"})


def left_side(line: Claim) -> Term:
    """What a line is about: its left-hand side, or the term that it compares with 0."""
    return line.equations[0].lhs if line.equations else line.inequalities[0].term


def shown(replayed: Replayed, chain: Sequence[int]) -> list[int]:
    """The steps of a chain that are printed: not its start, and not what prints like the line before."""
    return [i for i in chain if replayed.steps[i].rule != "start" and not repeats(replayed, i)]


def repeats(replayed: Replayed, i: int) -> bool:
    """Whether a line only regroups the one before in a way that prints alike, as (A B) C and A B C do."""
    if replayed.steps[i].rule not in ("distribute", "regroup") or not follows(replayed, i):
        return False
    before, after = (right_side(replayed.lines[k]) for k in (i - 1, i))
    return flat(before) == flat(after)


def right_side(line: Claim) -> Term:
    """What the rules rewrite: a right-hand side, or the term of an inequality."""
    return line.equations[0].rhs if line.equations else line.inequalities[0].term


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
