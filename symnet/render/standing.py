"""Under which conditions a line stands, as far as a reader has to be told."""

from __future__ import annotations

from collections.abc import Collection

from symnet.kernel import Replayed
from symnet.kernel.signs import ALLOWED, facts_of, sign_set
from symnet.term import Bound, Claim, Condition

#: Larger terms are not looked into.
LARGEST = 500


def settled(replayed: Replayed, line: int) -> Claim:
    """A line, or what is left of it once steps that only drop conditions have done so."""
    for i, step in enumerate(replayed.steps[line + 1 :], line + 1):
        if step.rule == "discharge" and step.premises[0] == line:
            line = i
    return replayed.lines[line]


def own_conditions(replayed: Replayed, line: int, shared: Collection[Condition | Bound]) -> list[Condition]:
    """The conditions of a line that are not those of the whole claim, and do not follow from these or each other.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, apply, symbol
    >>> z = symbol("z")
    >>> found = replay(Derivation((), (Step("start", (), (1 / z + 1 / (1 + apply("exp", z)),)),), (0,)))
    >>> [c.term for c in own_conditions(found, 0, ())]
    [z]
    """
    kept = [c for c in settled(replayed, line).conditions if isinstance(c, Condition)]
    for condition in sorted(kept, key=lambda c: -c.term.size):
        others = [c for c in kept if c != condition]
        if condition not in shared and follows(condition, others):
            kept = others
    return [c for c in kept if c not in shared]


def follows(condition: Condition, others: Collection[Condition]) -> bool:
    """Whether a condition holds by the signs of its parts, given others."""
    if condition.term.size > LARGEST:
        return False
    return not sign_set(condition.term, facts_of(others)) & ~ALLOWED[condition.relation]
