"""How hard a term is to read: the number of its nodes in hundredths, with the habits of textbooks as preferences."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import gcd
from typing import Final

from symnet.prove.forms.cleaning import factored
from symnet.term import Term, fold, known_function, postorder

#: A node, and a further digit of a number.
_NODE: Final = 100
_DIGIT: Final = 33
#: What a sum costs more when its summands share a factor: a(1 − a), not a − a².
_SHARED: Final = 200
_SHARED_NUMBER: Final = 100
#: What a sum costs more when a quotient stands first in it, and not last.
_QUOTIENT_FIRST: Final = 1
#: What a quotient, a sign, and an exponential in the direction that the input does not have cost.
_QUOTIENT: Final = 150
_SIGN: Final = 25
#: What a minus sign in front of a sum costs more.
_BEFORE_SUM: Final = 60
_REVERSED: Final = 100
#: What each function around another one costs, as in tanh(log(1 + e^z)).
_NESTED: Final = 300

_Cost = tuple[int, int]


def cost(term: Term, directions: Collection[int] = (1, -1)) -> int:
    """The cost of a clean term; ``directions`` are the signs that exponents may have for nothing.

    >>> from symnet.term import apply, symbol
    >>> a = symbol("a")
    >>> cost(a * (1 - a)) < cost(a - a**2)
    True
    """

    def combine(node: Term, args: list[_Cost]) -> _Cost:
        spent, depth = sum(c for c, _ in args), max((d for _, d in args), default=0)
        match node.op:
            case "number":
                return _NODE + _DIGIT * _further_digits(node.value), 0
            case "sum":
                return spent + _NODE * (len(args) - 1) + _shared(node) + _QUOTIENT_FIRST * _falls(node), depth
            case "multiply":
                signed = node.args[0].op == "number" and node.args[0].value < 0
                unit = signed and node.args[0].value == -1
                before_sum = unit and len(args) == 2 and node.args[1].op == "sum"
                return spent + _NODE * (
                    len(args) - 1
                ) + _SIGN * signed - 2 * _NODE * unit + _BEFORE_SUM * before_sum, depth
            case "divide":
                return spent + _QUOTIENT, depth
            case "apply":
                return spent + _NODE + _NESTED * depth + _REVERSED * (
                    _direction(node) not in (0, *directions)
                ), depth + 1
        return spent + _NODE, depth

    return fold(term, combine)[0]


def directions(term: Term) -> frozenset[int]:
    """The signs of the exponents in a term; both when there is none."""
    found = {_direction(node) for node in postorder(term) if node.op == "apply"} - {0}
    return frozenset(found or (1, -1))


def _direction(node: Term) -> int:
    """The sign in front of the exponent of an exponential; none for a sum, or another function."""
    if known_function(node.value) != "exp" or node.args[0].op == "sum":
        return 0
    return -1 if factored(node.args[0])[0] < 0 else 1


def _shared(node: Term) -> int:
    """What is added for a factor that all summands have."""
    parts = [factored(a) for a in node.args]
    factors = [{(base, n > 0) for base, n in powers.items()} for _, powers in parts]
    common = max(gcd(*(c.numerator for c, _ in parts)), gcd(*(c.denominator for c, _ in parts)))
    return _SHARED * bool(set.intersection(*factors)) + _SHARED_NUMBER * (common > 1)


def _falls(node: Term) -> bool:
    return node.args[0].op == "divide" != node.args[-1].op


def _further_digits(value: Fraction) -> int:
    """About how many characters more than one a number has."""
    parts = [abs(value.numerator)] + ([value.denominator] if value.denominator > 1 else [])
    return (value < 0) + sum(1 + (n.bit_length() - 1) * 3 // 10 for n in parts if n) + len(parts) - 2
