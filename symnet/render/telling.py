"""The derivation as blocks: chains, and where there are indices lemmas and proofs by induction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from symnet.render.blocks import Block, Display, Page, Prose
from symnet.render.branching import Branching
from symnet.render.layout import Row, Run
from symnet.render.meanings import given
from symnet.render.reasons import Told, bound_to, quantified, reason, several
from symnet.render.relations import SIGNS, Related, intervals, relation
from symnet.render.stages import stages
from symnet.render.standing import own_conditions
from symnet.render.statement import common
from symnet.render.story import Induction, Story, flat, right_side, shown
from symnet.render.wording import WORDING, Phrase, joined, listed, say
from symnet.term import Bound, Claim, Condition, Equation, Name, index, natural, number, shifted
from symnet.term.node import BINDERS

#: Chains of more rows are not written on one line; chains that are claimed are not from two rows on.
MOST_ROWS = 4
#: A Σ whose terms are split off in so many steps is written out.
MOST_SPLIT = 3


class Telling:
    """The derivation, chain by chain. ``variables`` are those that the page differentiates in."""

    def __init__(self, page: Page, variables: Collection[Name] = ()) -> None:
        self.replayed = page.replayed
        self.language = page.language
        self.variables = variables
        self.story = Story(page.replayed)
        self.bodies = {d.symbol: d.body for d in page.replayed.definitions}
        self.given = given(page.replayed)
        self.branching = Branching(page.replayed, page.language, self.bodies, variables)
        self.numbers: dict[int, str] = {}
        self.lemmas = 0
        self.titled = False
        self.proving: str = ""
        self.shared = set(common(page.replayed))
        self.pending: Phrase = ()

    def blocks(self) -> Iterator[Block]:
        """The derivation, piece by piece."""
        if self.story.is_analysis and not self.story.is_indexed:
            yield from self._branches()
            return
        starts = {found.start: found for found in self.story.inductions.values()}
        within: dict[int, Induction] = {}  # the inductions whose proof is being told, by their last step
        for chain in self.story.chains:
            first = chain[0]
            if first in starts:
                within[starts[first].line] = starts[first]
                yield from self._opening(starts[first])
            if first in self.story.inductions:
                yield from self._closing(within.pop(first))
            elif first not in self.story.silent and first not in self.story.unsaid:
                yield from self._chain(chain, list(within.values())[-1:])
                if self.story.is_analysis:
                    yield from self.branching.notes(self.story, chain)

    # Branches.

    def _branches(self) -> Iterator[Block]:
        """The chains of a page about derivatives: short ones stand together, under what they hold for."""
        short: list[Row | Run] = []
        where: Phrase = ()
        for chain in self.branching.ordered(self.story):
            rows = self._rows(chain)
            if not rows:
                continue
            before, where = where, self.branching.where(chain, bool(where))
            if where != before:
                yield from _display(short)
                yield from (Prose(where, leads=True),) if where else ()
            if (run := self._run(chain, rows, where)) is not None:
                short.append(run)
            else:
                yield from _display(short)
                yield Display(tuple(rows))
            if notes := list(self.branching.notes(self.story, chain)):
                yield from _display(short)
                yield from notes
        yield from _display(short)

    def _run(self, chain: Sequence[int], rows: Sequence[Row], where: Phrase) -> Row | Run | None:
        """A chain on one line, if it is short; what is claimed is not, from three rows on."""
        if len(rows) == 1:
            return rows[0]
        most = 2 if set(chain).intersection(self.replayed.goals) else MOST_ROWS
        if len(rows) > most or any(row.left is not None for row in rows[1:]):
            return None
        first = self.replayed.steps[self._groups(chain)[0][0]]
        looks_up = first.rule == "unfold" and first.terms[0].op not in BINDERS
        given = [row.reason for row in rows[int(looks_up) :] if row.reason]
        reasons = dict.fromkeys(r for r in given if not where or r[1:] != where[1:-1])  # not: for z > 0, for z > 0
        return Run(tuple(rows), several(self.language, list(reasons)))

    # Inductions.

    def _opening(self, found: Induction) -> Iterator[Block]:
        """What is shown by induction, and how."""
        claim = self.replayed.lines[found.line]
        variable = self._variable(found)
        free = {v for e in claim.equations for v in (*e.lhs.free, *e.rhs.free)} - self.given | {variable}
        ranges = quantified(self.language, sorted(free), bounds_of(claim))
        yield Prose(say(self.language, "for ranges", ranges=ranges), True, self._title(found.line))
        equation = claim.equations[0]
        yield Display((Row(equation.lhs, "=", equation.rhs, number=self._number(found.line)),))
        self.pending = (*say(self.language, "by induction", index=(natural(index(variable)),)), " ")

    def _closing(self, found: Induction) -> Iterator[Block]:
        variable = index(self._variable(found))
        fields: dict[str, Phrase] = {"index": (natural(shifted(variable, 1)),), "variable": (natural(variable),)}
        yield Prose(say(self.language, "induced", equation=self.numbers[found.line], **fields))

    def _variable(self, found: Induction) -> str:
        name: str = self.replayed.steps[found.line].terms[0].value.variables[0]
        return name

    def _role(self, chain: Sequence[int], found: Induction) -> Iterator[Block]:
        """What a chain is in the proof by induction that it stands in."""
        variable, bounds = index(self._variable(found)), bounds_of(self.replayed.lines[chain[-1]])
        at: Phrase = ()
        if chain[-1] == found.base:
            at, key = (Equation(natural(variable), number(0)),), "base"
        elif chain[-1] == found.step:
            at, key = (natural(shifted(variable, 1)),), "step"
        if at:
            comma = say(self.language, "and")
            where = (*at, *(p for b in bounds for p in (*comma, b)))
            yield Prose((*self.pending, *say(self.language, key, index=where)), True)
            self.pending = ()

    # Chains.

    def _chain(self, chain: Sequence[int], within: Sequence[Induction]) -> Iterator[Block]:
        rows, language = self._rows(chain), self.language
        if not rows:
            return
        hypothesis = next((found for found in within if found.hypothesis == chain[0]), None)
        if hypothesis is not None:
            at = (natural(index(self._variable(hypothesis))),)
            found = say(language, "assumed", equation=self.numbers[hypothesis.line], index=at)
            self.pending = (*self.pending, *found, " ")
            return
        if roles := [block for found in within for block in self._role(chain, found)]:
            yield from roles
        elif self.story.is_indexed:
            if self.pending:
                yield Prose(self.pending[:-1])
                self.pending = ()
            yield from self._lead(chain, rows)
        yield Display(tuple(rows))

    def _lead(self, chain: Sequence[int], rows: list[Row]) -> Iterator[Block]:
        """What stands in front of a chain that is no part of an induction: a lemma, or the proof of the claim."""
        last, language = chain[-1], self.language
        claim = self.replayed.lines[last]
        free = {v for e in claim.equations for v in (*e.lhs.free, *e.rhs.free)} - self.given
        ranges = quantified(language, sorted(free), bounds_of(claim))
        where = [r for r in (ranges, *((c,) for c in self._own_conditions(last))) if r]
        lead = say(language, "for ranges", ranges=joined(language, where)) if where else ()
        title: Phrase = ()
        if last in self.story.cited and self.replayed.steps[last].rule != "assume":
            title = self._title(last)
        elif last in self.replayed.goals and self.titled:
            title = self._proof_of_claim()
        if title or lead:
            yield Prose(lead, True, title)
        if last in self.story.cited and len(rows) > 1:
            yield Display((replace(self._row(last, True), number=rows[-1].number),))
            rows[-1] = replace(rows[-1], number="")
            yield Prose((), True, say(language, "proof"))

    def _own_conditions(self, line: int) -> Iterator[Related]:
        """Under which conditions a line holds that are not those of the whole claim."""
        claim = self.replayed.lines[line]
        for e in claim.hypotheses:
            if e not in self.replayed.claim.hypotheses and not self.story.is_for_induction(e):
                yield Related(e.lhs, "=", e.rhs)
        yield from intervals(own_conditions(self.replayed, line, self.shared), self.variables)

    def _proof_of_claim(self) -> Phrase:
        """The title of a part of the proof of what is claimed, once for parts that stand together."""
        if self.proving == "now":
            return ()
        key = "proof of claim, continued" if self.proving else "proof of claim"
        self.proving = "now"
        return say(self.language, key)

    def _title(self, line: int) -> Phrase:
        """Lemma 1, Lemma 2, …; Theorem for the last induction; Claim for what is claimed."""
        self.titled = True
        self.proving = self.proving and "before"
        if line in self.replayed.goals:
            return say(self.language, "claimed")
        if line == max(self.story.inductions, default=None):
            return say(self.language, "theorem")
        self.lemmas += 1
        return say(self.language, "lemma", number=str(self.lemmas))

    # Rows.

    def _groups(self, chain: Sequence[int]) -> list[list[int]]:
        """The steps of a chain, in groups of which the last line is printed."""
        kept = self.story.cited | set(self.replayed.goals)
        return (
            stages(self.replayed, chain, kept) if self.story.is_analysis else [[i] for i in shown(self.replayed, chain)]
        )

    def _rows(self, chain: Sequence[int]) -> list[Row]:
        """The rows of a chain, with their reasons and numbers."""
        rows: list[Row] = []
        groups = {group[-1]: group for group in self._groups(chain)}
        told = set(groups) | {i for i in self.story.cited.intersection(chain) if self._starts(i)}
        if not told and (self.story.is_indexed or set(chain).intersection(self.replayed.goals)):
            told = {chain[-1]} if self.story.is_indexed or self.story.is_analysis else set()
        for i in chain:
            if i in told:
                why = () if self._starts(i) else self._reason(groups.get(i, [i]))
                rows.append(replace(self._row(i, not rows), reason=why))
            if i in self.story.cited:
                rows = rows or [self._row(i, True)]
                if rows[-1].number:
                    self.numbers[i] = rows[-1].number  # it prints like the line before
                rows[-1] = replace(rows[-1], number=self._number(i))
        return rows

    def _row(self, i: int, begins: bool) -> Row:
        """A line; one that goes on from another one has no left-hand side, also where it ends in > 0."""
        line = self.replayed.lines[i]
        if line.equations:
            equation = line.equations[0]
            return Row(equation.lhs if begins else None, "=", equation.rhs)
        said = line.inequalities[0]
        if not begins and self.replayed.steps[i].rule == "sign":
            return Row(None, SIGNS[said.relation], number(0))
        found = relation(said, self.variables)
        return Row(found.lhs, found.relation, found.rhs)

    def _starts(self, i: int) -> bool:
        return self.replayed.steps[i].rule == "start"

    # Reasons.

    def _reason(self, group: Sequence[int]) -> Phrase:
        """Why the last line of a group of steps holds: every reason that is news."""
        rules = [self.replayed.steps[i].rule for i in group]
        if rules[-1] == "choose":
            return self._one_reason(self._unfolded(group))
        if "fold" in rules[1:] and {"unfold", "choose", "fold"}.issuperset(rules):
            return self._defined(dict.fromkeys([self._unfolded(group), *group]))
        if len(group) == 1 or rules[0] == "differentiate":
            return self._one_reason(group[0])
        if rules == ["substitute", "unfold"] and not self.story.is_indexed:
            sides = [self.replayed.lines[p].equations[0].lhs for p in self.replayed.steps[group[0]].premises[1:]]
            letters = [*sides, *self.replayed.steps[group[1]].terms]
            return say(self.language, "substitute", symbols=listed(self.language, letters, "and"))
        return several(self.language, self._written_out(group) or map(self._one_reason, group))

    def _written_out(self, group: Sequence[int]) -> list[Phrase]:
        """``write out the sum`` for steps that split its terms off one by one, and the other reasons."""
        steps = [self.replayed.steps[i] for i in group]
        binders = [s.terms[0].op if s.rule == "unfold" and s.terms[0].op in BINDERS else "" for s in steps]
        if sum(map(bool, binders)) < MOST_SPLIT:
            return []
        pairs = zip(group, binders, strict=True)
        return [say(self.language, f"write out {op}") if op else self._one_reason(i) for i, op in pairs]

    def _defined(self, steps: Iterable[int]) -> Phrase:
        """``definition of a and u`` for steps that put in what symbols stand for, and symbols for what they are."""
        found = [self.replayed.steps[i] for i in steps]
        named = dict.fromkeys(t for step in found if step.rule != "choose" for t in step.terms)
        return say(self.language, "definition", symbols=listed(self.language, list(named), "and"))

    def _unfolded(self, group: Sequence[int]) -> int:
        """The step that put a case distinction in, whose branch is chosen, or else the choice itself."""
        i = group[0]
        while self.replayed.steps[i].rule == "choose":
            i = self.replayed.steps[i].premises[0]
        return i if self.replayed.steps[i].rule == "unfold" else group[-1]

    def _one_reason(self, i: int) -> Phrase:
        step, lines = self.replayed.steps[i], self.replayed.lines
        line = lines[i] if self.story.is_analysis or step.rule == "discharge" else None
        if not self.story.is_indexed:
            return reason(self.language, step, lines, self.bodies, None, line, self.variables)
        if self.story.is_hypothesis(i):
            return say(self.language, "induction hypothesis")
        before, after = (right_side(lines[k]) for k in (step.premises[0] if step.premises else i, i))
        rebracketed = step.rule == "regroup" and flat(before, brackets=False) == flat(after, brackets=False)
        told = Told(self._refer, not self.story.continues(i), before, after, rebracketed)
        return reason(self.language, step, lines, self.bodies, told, line, self.variables)

    def _number(self, line: int) -> str:
        """The number of an equation, as (1): the next one where it has none yet."""
        return self.numbers.setdefault(line, WORDING[self.language]["equation"].format(number=len(self.numbers) + 1))

    def _refer(self, line: int) -> Phrase:
        """What a reader is told to look at: (1), or the induction hypothesis, or (1) with p = L."""
        if self.story.is_hypothesis(line):
            return say(self.language, "the hypothesis")
        found = self.story.reference(line)
        if found.line in self.story.unsaid:
            return self._said(self.replayed.lines[found.line])
        if self.story.is_hypothesis(found.line):
            reference = say(self.language, "the hypothesis")
        else:
            reference = (self._number(found.line),)
        if found.what is None or found.value is None:
            return reference
        return bound_to(self.language, reference, found.what, found.value)

    def _said(self, line: Claim) -> Phrase:
        """What a line that is not printed says."""
        said = line.equations[0] if line.equations else line.inequalities[0]
        return (relation(said, self.variables),) if isinstance(said, Condition) else (said,)


def _display(rows: list[Row | Run]) -> Iterator[Display]:
    """The rows that were waiting, if there are any."""
    if rows:
        yield Display(tuple(rows))
        rows.clear()


def bounds_of(claim: Claim) -> list[Bound]:
    """The ranges of indices in which a line holds."""
    return [c for c in claim.conditions if isinstance(c, Bound)]
