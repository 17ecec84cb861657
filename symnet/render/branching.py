"""For which values a chain of equations about derivatives holds, and why everything in it is defined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from symnet.kernel import Replayed
from symnet.render.blocks import Prose
from symnet.render.calculus import moves
from symnet.render.differentiation import varies
from symnet.render.grounds import Situation, facts, news
from symnet.render.relations import Related, intervals
from symnet.render.statement import common
from symnet.render.story import Story, left_side
from symnet.render.values import value_of
from symnet.render.wording import Part, Phrase, listed, say
from symnet.term import Bound, Claim, Condition, Equation, Name, Term


class Branching:
    """What stands around the chains of a page about derivatives."""

    def __init__(
        self, replayed: Replayed, language: str, bodies: Mapping[Term, Term], variables: Collection[Name]
    ) -> None:
        self.replayed = replayed
        self.language = language
        self.bodies = bodies
        self.variables = variables
        self.told: set[Related] = set()
        self.shared = set(common(replayed))
        self.chosen: set[int] = set()  # the lines that rest on the choice of a branch
        for i, step in enumerate(replayed.steps):
            if step.rule == "choose" or self.chosen.intersection(step.premises):
                self.chosen.add(i)
        self.cases = {p for step in replayed.steps if step.rule == "split" for p in step.premises}

    def ordered(self, story: Story) -> list[list[int]]:
        """The chains that are printed: before the branches what holds without any, behind them the points between."""
        said = self._points_last([chain for chain in story.chains if chain[0] not in story.unsaid])
        first: list[list[int]] = []
        known, goals = set(story.unsaid), set(self.replayed.goals)
        taken_up = goals.intersection(p for chain in said for p in self.replayed.steps[chain[0]].premises[:1])
        for chain in said:
            if taken_up.intersection(chain):  # what comes between is for what is said next
                break
            used = {p for i in chain for p in self.replayed.steps[i].premises} - set(chain)
            if not (self.chosen | goals).intersection(chain) and used <= known:
                first.append(chain)
                known.update(chain)
        return first + [chain for chain in said if chain not in first]

    def _points_last(self, chains: list[list[int]]) -> list[list[int]]:
        """The chains, but those about a derivative at a point behind the others, unless one of these needs them."""
        points = [chain for chain in chains if self._is_at_point(chain[-1])]
        others = [chain for chain in chains if not self._is_at_point(chain[-1])]
        used = {p for chain in others for i in chain for p in self.replayed.steps[i].premises}
        return chains if used.intersection(i for chain in points for i in chain) else others + points

    def _is_at_point(self, line: int) -> bool:
        subject = left_side(self.replayed.lines[line])
        return subject.op == "derivative" and moves(subject)

    def where(self, chain: Sequence[int], branches: bool) -> Phrase:
        """``For z > 0,``, ``At z = 0, from the right,``, or ``Together,`` behind such."""
        last = chain[-1]
        line, subject = self.replayed.lines[last], left_side(self.replayed.lines[last])
        if subject.op == "derivative" and moves(subject):
            (_, point), (name, side) = subject.args, subject.value
            key = "at" if side == "both" else f"at, {side}"
            letters = intervals([c for c in self._own(line) if not self._is_about(c)], self.variables)
            places: list[Part] = [Equation(Term("symbol", (), (name, ())), point), *letters]
            return say(self.language, key, point=listed(self.language, places, "and", len(places)))
        if found := self._cases(last):
            return say(self.language, "for conditions", conditions=listed(self.language, found, "and", len(found)))
        if branches and self.replayed.steps[last].rule == "split":
            return say(self.language, "together")
        if (value := value_of(self.replayed, subject)) is not None:
            return say(self.language, "value at", symbol=(value.symbol,), point=(value.point,))
        variable = next((v for v in self.variables if varies(subject, v, self.bodies)), None)
        if not branches or variable is None:
            return ()
        return say(self.language, "for every", variable=(Term("symbol", (), (variable, ())),))

    def _own(self, line: Claim) -> list[Condition]:
        """The conditions of a line that are not those of the whole claim."""
        return [c for c in line.conditions if isinstance(c, Condition) and c not in self.shared]

    def _cases(self, last: int) -> list[Related]:
        """In which case a line holds: where its branch was chosen, and what was assumed for it alone."""
        line = self.replayed.lines[last]
        assumed = [e for e in line.hypotheses if e not in self.replayed.claim.hypotheses]
        found = [Related(e.lhs, "=", e.rhs) for e in assumed]
        if (last in self.chosen or self.cases.intersection(self._same(last))) and not found:
            own = self._own(line)
            about = [c for c in own if _compares(c) and (self._is_about(c) or not self.variables)]
            shared = [c for c in line.conditions if c in self.shared and _compares(c) and self._is_about(c)]
            letters = [c for c in own if _compares(c) and c not in about] if about else []
            found = intervals([*shared, *about, *letters], self.variables) if shared or about else []
        return found

    def _same(self, line: int) -> Iterator[int]:
        """A line, and those that only drop conditions of it."""
        yield line
        for i, step in enumerate(self.replayed.steps):
            if step.rule == "discharge" and step.premises[0] == line:
                yield i

    def _is_about(self, condition: Condition | Bound) -> bool:
        return isinstance(condition, Condition) and any(
            varies(condition.term, name, self.bodies) for name in self.variables
        )

    def notes(self, story: Story, chain: Sequence[int]) -> Iterator[Prose]:
        """Below a chain: what makes everything in it defined, if that is news."""
        found: dict[Condition, None] = {}
        for i in story.needed:
            step = self.replayed.steps[i]
            if step.rule == "discharge" and story.reference(step.premises[0]).line in chain:
                line = self.replayed.lines[i]
                of = Situation(self.language, step, self.replayed.lines, self.bodies, line, self.variables)
                found.update(dict.fromkeys(facts(of)))
        said = [fact for fact in news(found, self.variables) if fact not in self.told]
        self.told.update(said)
        if said:
            yield Prose(say(self.language, "defined", facts=listed(self.language, said, "and", len(said))))


def _compares(condition: Condition | Bound) -> bool:
    return isinstance(condition, Condition) and condition.relation != "!="
