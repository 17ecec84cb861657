"""What a derivation claims, goal by goal: branches of a function have conditions of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from symnet.kernel import Replayed
from symnet.render.layout import Row
from symnet.render.relations import Related, intervals, is_brief, relation
from symnet.render.story import ANALYSIS
from symnet.render.values import value_of
from symnet.render.wording import Phrase, listed, say
from symnet.term import Bound, Claim, Condition, Equation, Name, Term, natural

Conditions = Sequence[Condition | Bound]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is claimed, and under which conditions besides those of the whole claim."""

    said: Equation | Condition
    conditions: Conditions = ()

    @classmethod
    def of(cls, claim: Claim, conditions: Conditions = ()) -> list[Statement]:
        """What a claim says, one by one."""
        equations = [cls(equation, conditions) for equation in claim.equations]
        return equations + [cls(inequality, conditions) for inequality in claim.inequalities]

    def related(self, variables: Collection[Name] = ()) -> Related:
        """Its two sides."""
        if isinstance(self.said, Equation):
            return Related(self.said.lhs, "=", self.said.rhs)
        return relation(self.said, variables)


def common(replayed: Replayed) -> Conditions:
    """The conditions of the whole claim."""
    if not _is_apart(replayed):
        return replayed.claim.conditions
    first, *rest = (replayed.lines[i].conditions for i in replayed.goals)
    return [c for c in first if all(c in others for others in rest)]


def statements(replayed: Replayed) -> list[Statement]:
    """What is claimed, one by one.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> x = symbol("x")
    >>> steps = (Step("start", (), (x + x,)), Step("regroup", (0,), (2 * x,)))
    >>> [statement] = statements(replay(Derivation((), steps, (1,))))
    >>> statement.said.rhs, statement.conditions
    (multiply(number(2), x), ())
    """
    if not _is_apart(replayed):
        return Statement.of(replayed.claim)
    shared, lines = common(replayed), [replayed.lines[i] for i in replayed.goals]
    own = [tuple(c for c in line.conditions if c not in shared) for line in lines]
    found = [s for line, conditions in zip(lines, own, strict=True) for s in Statement.of(line, conditions)]
    return list(dict.fromkeys(found))


def _is_apart(replayed: Replayed) -> bool:
    """Whether the goals of a page about derivatives hold under different conditions."""
    sets = {frozenset(replayed.lines[i].conditions) for i in replayed.goals}
    return len(sets) > 1 and any(step.rule in ANALYSIS for step in replayed.steps)


def groups(replayed: Replayed) -> list[tuple[list[Statement], Conditions]]:
    """What is claimed in displays, each with the conditions below it: one display, if that is possible."""
    found, shared = statements(replayed), common(replayed)
    if all(is_brief(s.conditions) for s in found):
        return [(found, shared)]
    return [([Statement(s.said)], [*s.conditions, *shared]) for s in found]


def rows(replayed: Replayed, found: Sequence[Statement], language: str, variables: Collection[Name]) -> Iterator[Row]:
    """Rows of a claim; where two equations begin alike, the second goes on from the first."""
    before: tuple[Term, Conditions] | None = None
    for one in found:
        related = one.related(variables)
        goes_on = (related.lhs, one.conditions) == before and related.relation == "="
        why = () if goes_on else _about(replayed, one, language, variables)
        yield Row(None if goes_on else related.lhs, related.relation, related.rhs, why)
        before = (related.lhs, one.conditions) if related.relation == "=" else None


def _about(replayed: Replayed, statement: Statement, language: str, variables: Collection[Name]) -> Phrase:
    """``for z > 0``, or ``a at z = 0``"""
    if statement.conditions:
        return where(language, statement.conditions, variables)
    value = value_of(replayed, statement.said.lhs) if isinstance(statement.said, Equation) else None
    return say(language, "value of", symbol=(value.symbol,), point=(value.point,)) if value else ()


def where(language: str, conditions: Conditions, variables: Collection[Name]) -> Phrase:
    """``for z > 0``"""
    found = intervals(conditions, variables)
    return say(language, "where condition", conditions=listed(language, found, "and", len(found)))


def claim_terms(claim: Claim) -> Iterator[Term]:
    """The terms of a claim, with those of its conditions and hypotheses."""
    for equation in (*claim.equations, *claim.hypotheses):
        yield from (equation.lhs, equation.rhs)
    for condition in (*claim.inequalities, *claim.conditions):
        yield from (
            (condition.term,)
            if isinstance(condition, Condition)
            else (natural(condition.lower), natural(condition.upper))
        )
