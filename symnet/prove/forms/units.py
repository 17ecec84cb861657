"""Zeros and ones that the rules of differentiation leave behind, and nothing else: v + z v′ for 1 · v + z v′."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symnet.prove.forms.limits import CLOSED
from symnet.term import Term, fold, multiply, number, total

#: Terms with more nodes are left as they are.
LARGEST: Final = 2_000
#: What is not looked into: the normal form of a sum or product compares it as it is written.
_WHOLE: Final = (*CLOSED, "apply")
_ZERO: Final = number(0)


def without_units(term: Term) -> Term:
    """The term without summands 0, factors 0 and 1 and exponents 1, and with the number of each product in front.

    Numbers are multiplied, and nothing else is worked out, collected or put in another order. What a function is
    applied to stays.

    >>> from symnet.term import symbol
    >>> u, v = symbol("u"), symbol("v")
    >>> without_units(1 * v + u * (0 + v * -1))
    sum(v, multiply(number(-1), u, v))
    """
    return fold(term, _combined, leaves=_WHOLE) if term.size <= LARGEST else term


def _combined(node: Term, args: list[Term]) -> Term:
    if node.shape or not args:
        return node
    if node.op == "sum":
        return total([a for a in args if a != _ZERO] or [_ZERO])
    if node.op == "multiply":
        return _product(args)
    if node.op == "divide" and args[1] != _ZERO:
        return _quotient(*args)
    if node.op == "power" and node.value == 1:
        return args[0]
    return Term(node.op, tuple(args), node.value)


def _product(args: list[Term]) -> Term:
    """The number of a product stands in front, also that of a product in it."""
    coefficient, rest = Fraction(1), list[Term]()
    for arg in args:
        leads = arg.op == "multiply" and arg.args[0].op == "number"
        number_, *others = arg.args if leads else (arg,) if arg.op == "number" else (number(1), arg)
        coefficient *= number_.value
        rest += [multiply(others)] if others and not leads else others
    return _scaled(coefficient, rest)


def _scaled(coefficient: Fraction, rest: list[Term]) -> Term:
    if not coefficient:
        return _ZERO
    return multiply([number(coefficient), *rest] if coefficient != 1 or not rest else rest)


def _quotient(above: Term, below: Term) -> Term:
    """A minus sign stands in front of a quotient, and a quotient by 1 is what is divided."""
    if above == _ZERO or below == number(1):
        return above
    first, *rest = above.args if above.op == "multiply" else (above,)
    if first.op == "number" and first.value < 0:
        return -(_scaled(-first.value, rest) / below)
    return above / below
