"""Where terms as written are defined, and where they have a derivative.

A quotient is defined where its denominator is not 0, a logarithm where its argument is positive, a root where its
argument is not negative. A function written with these and with exp, sin, cos, atan, tanh, erf has a derivative where
its denominators are not 0, the arguments of its logarithms *and* roots are positive, and no case distinction switches.
All of that holds on an open set.
"""

from __future__ import annotations

from collections.abc import Iterator

from symnet.errors import Rejected
from symnet.term import Bound, Condition, Term, known_function, number, postorder

_MINUS = number(-1)


def gap(low: Term, high: Term) -> Term:
    """high − low, without zeros."""
    if low == _ZERO:
        return high
    return _MINUS * low if high == _ZERO else high - low


_ZERO = number(0)


def defined_where(node: Term) -> Condition | None:
    """The condition that a node adds to those of its arguments; of a derivative nothing is said here."""
    if node.op == "divide":
        return Condition(node.args[1])
    if node.op == "apply" and not node.shape:
        match known_function(node.value):
            case "log":
                return Condition(node.args[0], ">")
            case "sqrt":
                return Condition(node.args[0], ">=")
    return None


def is_open(condition: Condition | Bound) -> bool:
    """Whether a condition has to be kept: not when it is about a number and holds.

    Raises :class:`~symnet.errors.Rejected` when it is about a number and does not hold.
    """
    if type(condition) is not Condition or condition.term.op != "number":
        return True
    value, relation = condition.term.value, condition.relation
    if not {"!=": value != 0, ">": value > 0, ">=": value >= 0}[relation]:
        raise Rejected(f"it needs {value} {relation} 0, as when a denominator is 0, or a logarithm is taken of 0")
    return False


def differentiable_where(body: Term) -> Iterator[Condition]:
    """Conditions under which a term has a derivative in any of its symbols, and does so nearby."""
    for node in postorder(body):
        if node.op == "apply" and not known_function(node.value):
            raise Rejected(f"nothing is known of {node.value}, so it cannot be differentiated: unfold it first")
        if node.op == "derivative":
            raise Rejected("a derivative of a derivative: evaluate the inner one first")
        if node.op == "cases":
            for i in range(len(node.value)):
                yield Condition(gap(node.args[3 * i], node.args[3 * i + 1]))
        elif (needed := defined_where(node)) is not None:
            yield Condition(needed.term, ">") if needed.relation == ">=" else needed


def is_continuous(term: Term) -> bool:
    """Whether a term is continuous wherever it is defined."""
    return all(
        node.op not in ("cases", "derivative") and (node.op != "apply" or bool(known_function(node.value)))
        for node in postorder(term)
    )
