"""Where terms as written are defined, and where they have a derivative.

A quotient is defined where its denominator is not 0, a logarithm where its argument is positive, a root where its
argument is not negative. A function written with these and with exp, sin, cos, atan, tanh, erf has a derivative where
its denominators are not 0, the arguments of its logarithms *and* roots are positive, and no case distinction switches.
All of that holds on an open set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from symnet.errors import Rejected
from symnet.kernel.signs import ALLOWED, gap, sign_set
from symnet.term import Bound, Condition, Term, known_function, postorder
from symnet.term.node import PARTIAL


def defined_where(node: Term) -> Condition | None:
    """The condition that a node adds to those of its arguments; of a derivative nothing is said here."""
    if node.op == "divide":
        return Condition(node.args[1])
    if node.op == "apply":
        if node.shape and known_function(node.value) in PARTIAL:
            raise Rejected(f"{node.value} of a matrix is not supported: it may be undefined for some entry")
        match known_function(node.value):
            case "log":
                return Condition(node.args[0], ">")
            case "sqrt":
                return Condition(node.args[0], ">=")
    return None


def is_open(condition: Condition | Bound) -> bool:
    """Whether a condition has to be kept: not when it is about numbers and holds.

    Raises :class:`~symnet.errors.Rejected` when it is about numbers and does not hold.
    """
    if type(condition) is not Condition or condition.term.size > _LONG:
        return True
    if any(node.op not in _ARITHMETIC for node in postorder(condition.term)):
        return True
    signs, allowed = sign_set(condition.term, {}), ALLOWED[condition.relation]
    if not signs & allowed:
        value = repr(condition.term)[7:-1] if condition.term.op == "number" else "a number"
        raise Rejected(f"it needs {value} {condition.relation} 0, as when one divides by 0 or crosses a kink")
    return bool(signs & ~allowed)


#: What is worked out to see whether a condition about numbers holds.
_ARITHMETIC: Final = ("number", "sum", "multiply")
#: Conditions of more nodes are kept unseen.
_LONG: Final = 200


def differentiable_where(nodes: Iterable[Term]) -> Iterator[Condition]:
    """Conditions under which a term of these nodes has a derivative in any of its symbols, and does so nearby."""
    for node in nodes:
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
