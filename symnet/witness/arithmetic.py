"""One evaluator for every arithmetic: a fold over a term.

An :class:`Arithmetic` says what numbers, comparisons and functions are; sums, products and quotients are Python's own
operators on its values. Fractions (here), intervals (:mod:`.interval`) and arrays with an error bound (:mod:`.bounded`)
share the fold. Σ and ∏ are loops over their range, and a member of a family such as W⁽ᵏ⁺¹⁾ is looked up at the values
of its indices.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, Final, Generic, NoReturn, TypeVar

from symnet.activations import ACTIVATIONS, Activation, Z
from symnet.errors import UsageError
from symnet.network.reading import LayerActivation
from symnet.term import (
    Name,
    Position,
    Shape,
    Term,
    at,
    fold,
    identity,
    instance,
    known_function,
    number,
    postorder,
    substitute,
    symbol,
    zero,
)

Value = TypeVar("Value")

#: The ops that are loops.
LOOPS: Final = frozenset({"sigma", "pi"})
#: How many terms and factors all the loops of an evaluation may have together.
LONGEST: Final = 1_000_000

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
    "constant": lambda a, t, args: a.pi(),
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

    def pi(self) -> Value:
        """π"""
        raise UsageError(f"{type(self).__name__} has no π: use intervals")

    def known(self, function: str, argument: Value) -> Value:
        """A function that the kernel knows: exp, log, …"""
        if function == "exp":
            return self.exp(argument)
        raise UsageError(f"{type(self).__name__} has no {function}: use intervals")

    def apply(self, function: Name, argument: Value) -> Value:
        """A function that the kernel knows, or a row of the activation table through its definition."""
        if name := known_function(function):
            return self.known(name, argument)
        return evaluate(row_of(function).at_defaults, self, {Z: argument}.__getitem__)

    def cases(self, relations: Sequence[str], args: Sequence[Value]) -> Value:
        """The first arm whose relation holds, else the last argument."""
        found = args[-1]
        for i in reversed(range(len(relations))):
            left, right, value = args[3 * i : 3 * i + 3]
            found = self.choose(left, relations[i], right, value, found)
        return found


def row_of(function: Name) -> Activation:
    """The row of a function of one number by its name; :class:`~symnet.errors.UsageError` when the table has none."""
    row = ACTIVATIONS.get(str(function))
    if row is None or row.vector or row.name == "affine":
        raise UsageError(f"the function {function} is not in the activation table")
    return row


def evaluate(
    term: Term,
    arithmetic: Arithmetic[Value],
    value_of: Callable[[Term], Value],
    places: Mapping[str, int] | None = None,
) -> Value:
    """The value of a term, where ``value_of`` gives the values of its symbols and ``places`` those of its indices.

    No recursion over the term, but for a Σ or ∏ inside another.

    >>> x = symbol("x")
    >>> evaluate((x + 1) ** 2 / 2, Rationals(), {x: Fraction(1, 3)}.__getitem__)
    Fraction(8, 9)
    >>> from symnet.term import index, indexed_sum, natural
    >>> evaluate(indexed_sum("k", 1, index("n"), x * natural(index("k"))), Rationals(), {x: 2}.__getitem__, {"n": 4})
    Fraction(20, 1)
    """
    return _Evaluation(arithmetic, value_of).value(term, places or {})


def placed(term: Term, places: Mapping[str, int]) -> Term:
    """The term with numbers for its indices.

    >>> from symnet.term import index
    >>> placed(symbol(Name("W", index("k", offset=1))), {"k": 2})
    W^(3)
    """
    for variable in sorted(term.free):
        term = instance(term, variable, _look_up(variable, places))
    return term


def place(position: Position, places: Mapping[str, int]) -> int:
    """The position with numbers for its variables."""
    for variable in () if isinstance(position, int) else position.variables:
        position = at(position, variable, _look_up(variable, places))
    return position  # type: ignore[return-value]


def _look_up(variable: str, places: Mapping[str, int]) -> int:
    if variable not in places:
        raise UsageError(f"the index {variable} has no value there")
    return places[variable]


class _Evaluation(Generic[Value]):
    """One evaluation. What a loop holds is evaluated once for each value of the indices that it depends on."""

    def __init__(self, arithmetic: Arithmetic[Value], value_of: Callable[[Term], Value]) -> None:
        self.arithmetic = arithmetic
        self.value_of = value_of
        self.known: dict[tuple[int, ...], Value] = {}
        self.turns = 0

    def value(self, term: Term, places: Mapping[str, int]) -> Value:
        """The value of a term with these values of its indices."""

        def combine(node: Term, args: list[Value]) -> Value:
            key = (id(node), *(_look_up(v, places) for v in sorted(node.free)))
            if key not in self.known:
                found = self._loop(node, places) if node.op in LOOPS else self._combine(node, args, places)
                self.known[key] = found
            return self.known[key]

        return fold(term, combine, leaves=LOOPS)

    def _combine(self, node: Term, args: list[Value], places: Mapping[str, int]) -> Value:
        if not args:
            node = placed(node, places)
        if node.op == "symbol":
            return self.value_of(node)
        value: Value = _OPS[node.op](self.arithmetic, node, args)
        return value

    def _loop(self, node: Term, places: Mapping[str, int]) -> Value:
        """Σ or ∏, of the terms or factors one by one."""
        variable, lower, upper, *direction = node.value
        first, last = place(lower, places), place(upper, places)
        if last < first:
            return self._combine(_nothing(node, last == first - 1), [], places)
        self.turns += last - first + 1
        if self.turns > LONGEST:
            raise UsageError(f"sums and products of more than {LONGEST:,} terms are too long to be evaluated")
        values = [self.value(node.args[0], {**places, variable: k}) for k in range(first, last + 1)]
        if node.op == "sigma":
            return reduce(operator.add, values)
        times: Callable[[Value, Value], Value] = operator.matmul if node.shape else operator.mul
        return reduce(times, values if direction == ["ascending"] else values[::-1])


def _nothing(node: Term, is_empty: bool) -> Term:
    """A Σ or ∏ that ends below its start: 0, or I where a ∏ ends just below."""
    if node.op == "pi" and is_empty:
        return identity(node.shape[0]) if node.shape else number(1)
    return zero(*node.shape) if node.shape else number(0)


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
    """The table's definition in z, with numbers for the parameters: those given to an affine activation, or defaults.

    >>> closed_definition(LayerActivation(ACTIVATIONS["affine"], (Fraction(2), Fraction(1))))
    sum(multiply(number(2), z), number(1))
    """
    if activation.parameters is None:
        return activation.row.at_defaults
    alpha, beta = map(number, activation.parameters)
    return substitute(activation.row.definition, {symbol("alpha"): alpha, symbol("beta"): beta})


def is_elementary(definition: Term) -> bool:
    """Whether a definition has π or a function such as exp in it, so that rational arithmetic cannot evaluate it."""
    return any(node.op in ("apply", "constant") for node in postorder(definition))


def is_piecewise_linear(definition: Term) -> bool:
    """Whether a definition in z is put together from lines, as relu is and hardswish is not.

    >>> [is_piecewise_linear(ACTIVATIONS[name].definition) for name in ("relu", "leaky_relu", "hardswish", "softsign")]
    [True, True, False, False]
    """

    def degree(node: Term, args: list[int]) -> int:
        """An upper bound of the degree in z on each piece; 2 stands for more as well."""
        match node.op:
            case "symbol":
                return int(node == Z)
            case "multiply":
                return min(sum(args), 2)
            case "divide":
                return 2 if args[1] else args[0]
            case "sum" | "cases" | "number":
                return max(args, default=0)
            case _:
                return 2 if any(args) else 0

    return fold(definition, degree) < 2


class Rationals(Arithmetic[Fraction]):
    """Exact rational arithmetic."""

    def number(self, value: Fraction) -> Fraction:
        return value

    def exp(self, argument: Fraction) -> NoReturn:
        raise UsageError("exp of a rational number is not rational in general: use intervals")

    def choose(self, left: Fraction, relation: str, right: Fraction, then: Fraction, otherwise: Fraction) -> Fraction:
        return then if (left < right if relation == "<" else left <= right) else otherwise
