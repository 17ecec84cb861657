"""One evaluator for every arithmetic: a fold over a term.

An :class:`Arithmetic` says what numbers, comparisons and functions are; sums, products and quotients are Python's own
operators on its values. Fractions (here), intervals (:mod:`.interval`) and arrays with an error bound (:mod:`.bounded`)
share the fold.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, Final, Generic, NoReturn, TypeVar

from symnet.activations import ACTIVATIONS, Z
from symnet.errors import UsageError
from symnet.network.reading import LayerActivation
from symnet.term import Name, Shape, Term, fold, number, postorder, substitute, symbol

Value = TypeVar("Value")

#: What the fold calls a term's op, besides symbols.
_OPS: Final[dict[str, Callable[[Any, Term, list[Any]], Any]]] = {
    "number": lambda a, t, args: a.number(t.value),
    "sum": lambda a, t, args: reduce(operator.add, args),
    "multiply": lambda a, t, args: reduce(operator.mul, args),
    "power": lambda a, t, args: power(a.number(Fraction(1)), args[0], t.value),
    "divide": lambda a, t, args: args[0] / args[1],
    "product": lambda a, t, args: reduce(operator.matmul, args),
    "scale": lambda a, t, args: a.scale(*args),
    "transpose": lambda a, t, args: args[0].T,
    "identity": lambda a, t, args: a.constant(t.op, t.shape),
    "zero": lambda a, t, args: a.constant(t.op, t.shape),
    "ones": lambda a, t, args: a.constant(t.op, t.shape),
    "apply": lambda a, t, args: a.apply(t.name, args[0]),
    "cases": lambda a, t, args: a.cases(t.value, args),
}


class Arithmetic(ABC, Generic[Value]):
    """What a kind of values must know beyond ``+ * /`` (and ``@``, ``.T`` where there are matrices)."""

    @abstractmethod
    def number(self, value: Fraction) -> Value:
        """A rational number as a value."""

    @abstractmethod
    def exp(self, argument: Value) -> Value:
        """e to the argument."""

    @abstractmethod
    def choose(self, left: Value, relation: str, right: Value, then: Value, otherwise: Value) -> Value:
        """``then`` if left ⋈ right, else ``otherwise``."""

    def scale(self, scalar: Value, matrix: Value) -> Value:
        """A scalar times a matrix."""
        raise UsageError(f"{type(self).__name__} has no matrices")

    def constant(self, kind: str, shape: Shape) -> Value:
        """An identity, zero or ones matrix."""
        raise UsageError(f"{type(self).__name__} has no matrices")

    def apply(self, function: Name, argument: Value) -> Value:
        """exp, or a row of the activation table through its definition."""
        if function == Name("exp"):
            return self.exp(argument)
        row = ACTIVATIONS.get(str(function))
        if row is None or row.name == "affine":
            raise UsageError(f"the function {function} is not in the activation table")
        return evaluate(row.definition, self, {Z: argument}.__getitem__)

    def cases(self, relations: Sequence[str], args: Sequence[Value]) -> Value:
        """The first arm whose relation holds, else the last argument."""
        found = args[-1]
        for i in reversed(range(len(relations))):
            left, right, value = args[3 * i : 3 * i + 3]
            found = self.choose(left, relations[i], right, value, found)
        return found


def evaluate(term: Term, arithmetic: Arithmetic[Value], value_of: Callable[[Term], Value]) -> Value:
    """The value of a term, where ``value_of`` gives the values of its symbols. No recursion over the term.

    >>> x = symbol("x")
    >>> evaluate((x + 1) ** 2 / 2, Rationals(), {x: Fraction(1, 3)}.__getitem__)
    Fraction(8, 9)
    """

    def combine(node: Term, args: list[Value]) -> Value:
        if node.op == "symbol":
            return value_of(node)
        value: Value = _OPS[node.op](arithmetic, node, args)
        return value

    return fold(term, combine)


def power(one: Value, base: Value, exponent: int) -> Value:
    """base to a whole exponent from 0 by repeated squaring; the empty product is one."""
    times: Callable[[Value, Value], Value] = operator.mul
    result = one
    while exponent:
        if exponent & 1:
            result = times(result, base)
        exponent >>= 1
        if exponent:
            base = times(base, base)
    return result


def closed_definition(activation: LayerActivation) -> Term:
    """The table's definition in z, with numbers for the parameters of an affine activation.

    >>> closed_definition(LayerActivation(ACTIVATIONS["affine"], (Fraction(2), Fraction(1))))
    sum(multiply(number(2), z), number(1))
    """
    if activation.parameters is None:
        return activation.row.definition
    alpha, beta = map(number, activation.parameters)
    return substitute(activation.row.definition, {symbol("alpha"): alpha, symbol("beta"): beta})


def is_elementary(definition: Term) -> bool:
    """Whether a definition applies a function such as exp, so that rational arithmetic alone cannot evaluate it."""
    return any(node.op == "apply" for node in postorder(definition))


class Rationals(Arithmetic[Fraction]):
    """Exact rational arithmetic."""

    def number(self, value: Fraction) -> Fraction:
        return value

    def exp(self, argument: Fraction) -> NoReturn:
        raise UsageError("exp of a rational number is not rational in general: use intervals")

    def choose(self, left: Fraction, relation: str, right: Fraction, then: Fraction, otherwise: Fraction) -> Fraction:
        return then if (left < right if relation == "<" else left <= right) else otherwise
