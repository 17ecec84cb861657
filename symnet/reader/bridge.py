"""The bridge between terms and SymPy expressions.

:func:`to_sympy` and :func:`from_sympy` are inverse up to what SymPy rewrites on construction (it orders sums, merges
equal terms, turns 0 ≤ z into z ≥ 0), so ``from_sympy(to_sympy(t))`` has the values of t. Names map one to
one: w₁₂⁽³⁾ is the SymPy symbol ``w_1_2^(3)``, which ``sympy.latex`` prints as w^{(3)}_{1 2}.

A name with an index that is a letter, Σ and ∏ become the expressions of :mod:`.indexed`. They can be looked at and
written out for a number, but not read back.
"""

from __future__ import annotations

from typing import Any

import sympy

from symnet import term as t
from symnet.errors import ParseError
from symnet.reader.conditions import one_line
from symnet.reader.incoming import from_callable, from_sympy
from symnet.reader.indexed import (
    IndexedMatrix,
    IndexedSymbol,
    MatrixSum,
    OrderedProduct,
    is_indexed,
    member,
    sympy_position,
)
from symnet.reader.names import read_name, sympy_name, sympy_size
from symnet.term import KNOWN, Name, Term, fold

__all__ = ["from_callable", "from_sympy", "read_name", "sympy_name", "sympy_size", "to_sympy"]


def to_sympy(term: Term) -> Any:
    """A term as a SymPy expression. Matrix products stay flat and unevaluated; scalars are evaluated by SymPy.

    An index is a plain SymPy symbol. A scalar Σ or ∏ is SymPy's own, which agrees with the kernel's for every range
    that is not shorter than the empty one.

    >>> W, x = t.symbol("W", (2, 2)), t.symbol("x", (2, 1))
    >>> to_sympy(W @ x + x)
    W*x + x
    >>> to_sympy(t.indexed_product("j", 1, t.index("L"), t.symbol(Name("W", t.index("j")), (2, 2))))
    Product(W^(j), (j, L, ..., 1))
    """
    indices = {t.symbol(name): name for name in sorted(term.free | term.bound)}
    if indices and (both := [name for s, name in indices.items() if s in t.symbols(term)]):
        raise ParseError(f"{both[0]} is an index and a letter there: in SymPy the two would be one symbol")
    return fold(term, _write)


def _write(node: Term, args: list[Any]) -> Any:
    matrix = bool(node.shape)
    shape = [sympy_size(s) for s in node.shape]
    match node.op:
        case "number":
            return sympy.Rational(node.value.numerator, node.value.denominator)
        case "symbol":
            return _write_symbol(node.name, shape)
        case "index":
            return sympy_position(node.value)
        case "sigma" | "pi":
            return _write_over_index(node, args[0])
        case "sum":
            return sympy.MatAdd(*args) if matrix else sympy.Add(*args)
        case "multiply":
            return sympy.Mul(*args)
        case "power":
            return sympy.Pow(args[0], node.value)
        case "divide":
            return args[0] / args[1]
        case "product":
            return sympy.MatMul(*args, evaluate=False)
        case "scale":
            return sympy.MatMul(*args)
        case "transpose":
            return sympy.Transpose(args[0])
        case "identity":
            return sympy.Identity(shape[0])
        case "zero":
            return sympy.ZeroMatrix(*shape)
        case "ones":
            return sympy.OneMatrix(*shape)
        case "apply":
            return _write_apply(node, args[0])
        case "constant":
            return sympy.pi
        case "derivative":
            return _write_derivative(node, args)
        case _:
            return _write_cases(node, args)


def _write_symbol(name: Name, shape: list[Any]) -> Any:
    if is_indexed(name):
        return member(name, IndexedMatrix, *shape) if shape else member(name, IndexedSymbol)
    return sympy.MatrixSymbol(sympy_name(name), *shape) if shape else sympy.Symbol(sympy_name(name))


def _write_over_index(node: Term, body: Any) -> Any:
    """Σ or ∏: of matrices as :mod:`.indexed` has it, of scalars as SymPy has it."""
    variable, lower, upper, *direction = node.value
    limits = (sympy.Symbol(variable), sympy_position(lower), sympy_position(upper))
    if node.op == "sigma":
        return MatrixSum(body, limits) if node.shape else sympy.Sum(body, limits)
    return OrderedProduct(body, limits, *direction) if node.shape else sympy.Product(body, limits)


def _write_apply(node: Term, argument: Any) -> Any:
    name = sympy_name(node.name)
    function = getattr(sympy, name) if name in KNOWN else sympy.Function(name)
    if not node.shape:
        return function(argument)
    variable = sympy.Dummy("z")
    return sympy.matrices.expressions.applyfunc.ElementwiseApplyFunction(
        sympy.Lambda(variable, function(variable)), argument
    )


def _write_derivative(node: Term, args: list[Any]) -> Any:
    name, side = node.value
    if side != "both":
        raise ParseError(f"the derivative from the {side} has no counterpart in SymPy")
    variable = _write_symbol(name, [])
    derived = sympy.Derivative(args[0], variable)
    return derived if args[1] == variable else sympy.Subs(derived, variable, args[1])


def _write_cases(node: Term, args: list[Any]) -> Any:
    arms = []
    try:
        for i, relation in enumerate(node.value):
            left, right, value = args[3 * i : 3 * i + 3]
            arms.append((value, left < right if relation == "<" else left <= right))
        return sympy.Piecewise(*arms, (args[-1], True))
    except TypeError as error:  # such as √(−1) < 0
        raise ParseError(f"SymPy cannot write the cases: {one_line(error)}") from None
