"""A function of one variable as a straight-line program, and the program in torch.

A term becomes a list of additions, multiplications, divisions, applied functions and choices, each of earlier entries.
What torch computes, and the bound of its rounding error (:mod:`.rounding`), are read off the same list.

Both branches of a choice are computed. Where a branch is not taken it may overflow or leave its domain, and 0 · ∞ would
spoil the gradient; so an operation gets 1 for its arguments wherever nobody needs its result (``torch.where`` twice).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from symnet.errors import UsageError
from symnet.term import Term, postorder
from symnet.witness.tensors import Tensors, load_torch

#: The operations whose arguments are replaced where nobody needs the result.
GUARDED: Final = frozenset({"multiply", "divide", "apply"})
_COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {"<": operator.lt, "<=": operator.le}


class Operation(NamedTuple):
    """One entry: what is done to which earlier entries. ``value`` is a number, a function's name or a relation."""

    kind: str
    args: tuple[int, ...] = ()
    value: Any = None


class Program:
    """A term in one variable, with numbers for its other symbols.

    ``operations`` are of the kinds number, pi, variable, sum, multiply, divide, apply and choose (left, right, then,
    otherwise). The last is the result. ``depends`` says of each whether it depends on the variable.

    >>> from symnet.term import symbol
    >>> z, c = symbol("z"), symbol("c")
    >>> for operation in Program(c * z**3, z, {c: Fraction(2)}).operations:
    ...     print(operation.kind, operation.args)
    number ()
    variable ()
    multiply (1, 1)
    multiply (1, 2)
    multiply (0, 3)

    Raises :class:`~symnet.errors.UsageError` for a symbol without a number and for an op that is no number.
    """

    def __init__(self, term: Term, variable: Term, values: Mapping[Term, Fraction] | None = None) -> None:
        self.variable = variable
        self.values = dict(values or {})
        self.operations: list[Operation] = []
        self.depends: list[bool] = []
        places: dict[int, int] = {}
        for node in postorder(term):
            places[id(node)] = self._write(node, [places[id(a)] for a in node.args])
        self.result = places[id(term)]

    def _add(self, kind: str, *args: int, value: Any = None) -> int:
        self.operations.append(Operation(kind, args, value))
        relevant = args[2:] if kind == "choose" else args
        self.depends.append(kind == "variable" or any(self.depends[i] for i in relevant))
        return len(self.operations) - 1

    def _write(self, node: Term, args: list[int]) -> int:
        match node.op:
            case "symbol":
                return self._symbol(node)
            case "number":
                return self._number(node.value)
            case "constant":
                return self._add("pi")
            case "sum" | "multiply":
                return self._chain(node.op, args)
            case "divide":
                return self._add("divide", *args)
            case "power":
                return self._power(args[0], node.value)
            case "apply":
                return self._add("apply", *args, value=node.name)
            case "cases":
                return self._choices(node.value, args)
        raise UsageError(f"{node.op} cannot be computed in float64: write the function out")

    def _symbol(self, node: Term) -> int:
        if node == self.variable:
            return self._add("variable")
        if node not in self.values:
            raise UsageError(f"{node} has no number: give one in values")
        return self._number(Fraction(self.values[node]))

    def _number(self, value: Fraction) -> int:
        try:
            float(value)
        except OverflowError:
            raise UsageError("a number of the function is too large for float64") from None
        return self._add("number", value=value)

    def _chain(self, kind: str, args: Sequence[int]) -> int:
        found, *rest = args
        for i in rest:
            found = self._add(kind, found, i)
        return found

    def _power(self, base: int, exponent: int) -> int:
        """By repeated squaring; z⁰ is 1."""
        factors = []
        while exponent:
            if exponent & 1:
                factors.append(base)
            exponent >>= 1
            if exponent:
                base = self._add("multiply", base, base)
        return self._chain("multiply", factors) if factors else self._add("number", value=Fraction(1))

    def _choices(self, relations: Sequence[str], args: Sequence[int]) -> int:
        found = args[-1]
        for i in reversed(range(len(relations))):
            left, right, then = args[3 * i : 3 * i + 3]
            found = self._add("choose", left, right, then, found, value=relations[i])
        return found

    def needed(self, taken: Mapping[int, tuple[Any, Any]]) -> list[Any]:
        """Where each result is needed: masks, given those of the two branches of each choice. True is everywhere."""
        found: list[Any] = [False] * len(self.operations)
        found[self.result] = True
        for i in reversed(range(len(self.operations))):
            kind, args, _ = self.operations[i]
            shares = [found[i]] * len(args)
            if kind == "choose":
                shares[2:] = [_both(found[i], mask) for mask in taken[i]]
            for j, share in zip(args, shares, strict=True):
                found[j] = _either(found[j], share)
        return found


def _both(a: Any, b: Any) -> Any:
    return b if a is True else a if a is False else a & b


def _either(a: Any, b: Any) -> Any:
    if a is True or b is True:
        return True
    return b if a is False else a if b is False else a | b


def torch_program(program: Program) -> Callable[[Any], Any]:
    """The program as a function of a float64 tensor, made of torch's own operations, for autograd to follow.

    At a point where branches meet, the gradient is that of the branch whose guard holds.

    >>> import torch
    >>> from symnet.term import apply, cases, number, symbol
    >>> z = symbol("z")
    >>> h = torch_program(Program(cases((number(0), "<", z, apply("log", 1 + z)), otherwise=z), z))
    >>> x = torch.tensor([-1.0, 3.0], dtype=torch.float64, requires_grad=True)
    >>> torch.autograd.grad(h(x).sum(), x)
    (tensor([1.0000, 0.2500], dtype=torch.float64),)
    """
    torch = load_torch()

    def function(z: Any) -> Any:
        with torch.no_grad():
            _, taken = _run(program, z.detach(), None)
        values, _ = _run(program, z, program.needed(taken))
        return values[program.result].expand(z.shape)

    return function


def _run(program: Program, z: Any, needed: list[Any] | None) -> tuple[list[Any], dict[int, tuple[Any, Any]]]:
    """Every result, and which branches were taken."""
    tensors = Tensors()
    values: list[Any] = []
    taken: dict[int, tuple[Any, Any]] = {}
    for i, (kind, places, value) in enumerate(program.operations):
        args = [values[j] for j in places]
        if needed is not None and kind in GUARDED and needed[i] is not True:
            args = [tensors.torch.where(needed[i], a, 1.0) if needed[i] is not False else a.detach() for a in args]
        if kind == "choose":
            holds = _COMPARE[value](args[0], args[1])
            taken[i] = (holds, ~holds)
            values.append(tensors.torch.where(holds, args[2], args[3]))
        else:
            values.append(_compute(tensors, kind, value, args, z))
    return values, taken


def _compute(tensors: Tensors, kind: str, value: Any, args: list[Any], z: Any) -> Any:
    match kind:
        case "variable":
            return z
        case "number":
            return tensors.number(value)
        case "pi":
            return tensors.pi()
        case "sum":
            return args[0] + args[1]
        case "multiply":
            return args[0] * args[1]
        case "divide":
            return args[0] / args[1]
        case _:
            return tensors.apply(value, args[0])
