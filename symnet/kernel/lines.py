"""Reading lines and writing new ones: what the rules have in common."""

from __future__ import annotations

from collections.abc import Iterable

from symnet.errors import Rejected
from symnet.kernel.conditions import is_continuous
from symnet.kernel.scope import Scope
from symnet.term import Bound, Claim, Condition, Equation, Term, postorder, substitute

Lines = list[Claim]
Terms = tuple[Term, ...]


def expect(lines: Lines, premises: int | None, given: Terms, terms: int | None = None) -> None:
    """See that a step has as many premises and terms as its rule takes."""
    if premises is not None and len(lines) != premises:
        raise Rejected(f"it takes {premises} earlier lines, not {len(lines)}")
    if (terms is None and not given) or (terms is not None and len(given) != terms):
        raise Rejected(f"it takes {'one or more' if terms is None else terms} terms, not {len(given)}")


def equation_of(line: Claim) -> Equation:
    """The equation that a line is."""
    if not line.equations:
        raise Rejected("it takes an equation there, not an inequality")
    return line.equations[0]


def inequality_of(line: Claim) -> Condition:
    """The inequality that a line is."""
    if not line.inequalities:
        raise Rejected("it takes an inequality there, not an equation")
    return line.inequalities[0]


def right_side(line: Claim) -> Term:
    """What the rules rewrite: the right-hand side of an equation, or the term that an inequality compares with 0."""
    return line.equations[0].rhs if line.equations else line.inequalities[0].term


def restated(scope: Scope, rhs: Term, line: Claim, *lemmas: Claim, needs: Iterable[Bound | Condition] = ()) -> Claim:
    """The first line with another right-hand side."""
    if line.equations:
        return scope.conclude(line.equations[0].lhs, rhs, line, *lemmas, bounds=tuple(needs))
    return scope.conclude_sign(Condition(rhs, line.inequalities[0].relation), line, *lemmas, needs=tuple(needs))


def rewrite(
    scope: Scope, lines: Lines, replacement: dict[Term, Term], needs: Iterable[Bound | Condition] = ()
) -> Claim:
    """The first line with terms replaced on its right-hand side, by what the further lines say."""
    old = right_side(lines[0])
    scope.measure(old)
    rhs = substitute(old, replacement)
    if rhs == old:
        raise Rejected("nothing on the right-hand side matches")
    lemmas = [*lines[1:], Claim((), tuple(needs))]
    for derivative in rewritten_derivatives(old, replacement):
        for lemma in lemmas:
            _check_open(scope, derivative, lemma)
    return restated(scope, rhs, lines[0], *lemmas)


def rewritten_derivatives(term: Term, replacement: dict[Term, Term]) -> list[Term]:
    """The derivatives in a term whose bodies a replacement changes."""
    found = [node for node in postorder(term) if node.op == "derivative"] if term.partial else []
    return [node for node in found if substitute(node.args[0], replacement) != node.args[0]]


def _check_open(scope: Scope, derivative: Term, lemma: Claim) -> None:
    """See that a line holds for all values of the variable near the point: only then may it rewrite a derivative."""
    name, point = derivative.value[0], derivative.args[1]
    for h in lemma.hypotheses:
        if scope.depends(h.lhs, name) or scope.depends(h.rhs, name):
            raise Rejected(f"a hypothesis is about {name}, so it may not rewrite what is differentiated in {name}")
    for c in lemma.conditions:
        if type(c) is not Condition or not scope.depends(c.term, name):
            continue
        if c.relation == ">=" or not is_continuous(scope.expanded(c.term)):
            raise Rejected(f"a condition on {name} need not hold near {name}, so it may not rewrite a derivative")
        if point != Term("symbol", (), (name, ())):
            raise Rejected(f"a condition on {name} is not about the point of the derivative")
