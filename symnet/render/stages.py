"""Which lines of a chain about derivatives are printed: steps that a reader takes at one go are one row."""

from __future__ import annotations

from collections.abc import Container, Sequence

from symnet.kernel import Replayed
from symnet.render.differentiation import rules_of
from symnet.render.story import repeats, right_side
from symnet.term import Term, number, postorder
from symnet.term.node import BINDERS


def stages(replayed: Replayed, chain: Sequence[int], kept: Container[int] = ()) -> list[list[int]]:
    """The steps of a chain in groups, of which only the last line is printed; lines that are ``kept`` are printed.

    What stands for what is put in at one go, and a derivative is worked out and tidied at one go.
    """
    found: list[list[int]] = []
    for i in chain:
        if replayed.steps[i].rule in ("start", "discharge") or repeats(replayed, i):
            continue
        if found and found[-1][-1] not in kept and _hides(replayed, found[-1], i):
            found[-1].append(i)
        else:
            found.append([i])
    return found


#: A line by the first rule is not printed where one by the second follows.
_AT_ONE_GO = frozenset(
    {
        ("unfold", "fold"),
        ("unfold", "choose"),
        ("choose", "choose"),
        ("choose", "fold"),
        ("substitute", "unfold"),
        ("unfold", "unfold"),
    }
)


def _hides(replayed: Replayed, group: Sequence[int], i: int) -> bool:
    """Whether the last line of a group need not be printed because of the line after it."""
    before, rule = replayed.steps[group[-1]].rule, replayed.steps[i].rule
    if (before, rule) in _AT_ONE_GO:
        return True
    if before == "unfold" and rule == "regroup" and replayed.steps[group[-1]].terms[0].op in BINDERS:
        return _is_raw(right_side(replayed.lines[group[-1]]))
    if before != "differentiate" or rule not in ("regroup", "elementary", "distribute"):
        return False
    hides = rule == "regroup" or not _has_rule(replayed, group[-1])
    return hides and _is_raw(right_side(replayed.lines[group[-1]]))


def _has_rule(replayed: Replayed, i: int) -> bool:
    """Whether the quotient rule or the product rule was used, which a reader wants to see."""
    bodies = {d.symbol: d.body for d in replayed.definitions}
    rules = {rule for t in replayed.steps[i].terms for rule in rules_of(t, bodies)}
    return not rules.isdisjoint(("quotient rule", "product rule"))


def _is_raw(term: Term) -> bool:
    """Whether a term has zeros and ones in it that nobody would write."""
    for node in postorder(term):
        numbers = [a.value for a in node.args if a.op == "number"]
        if node.op == "sum" and 0 in numbers:
            return True
        if node.op == "multiply" and ({0, 1}.intersection(numbers) or any(a.op == "number" for a in node.args[1:])):
            return True
        if node.op == "multiply" and any(a.op == "multiply" and a.args[0] == number(-1) for a in node.args[1:]):
            return True
    return False
