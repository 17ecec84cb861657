"""The bridge between terms and SymPy expressions.

:func:`to_sympy` and :func:`from_sympy` are inverse up to what SymPy rewrites on construction (it orders sums, merges
equal terms, turns 0 ≤ z into z ≥ 0), so ``from_sympy(to_sympy(t))`` has the same normal form as t. Names map one to
one: w₁₂⁽³⁾ is the SymPy symbol ``w_1_2^(3)``, which ``sympy.latex`` prints as w^{(3)}_{1 2}.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import sympy

from symnet import term as t
from symnet.errors import ParseError
from symnet.term import Name, Size, Term, fold

_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)((?:_\d+)*)(?:\^\((\d+)\))?", re.ASCII)


def sympy_name(name: Name) -> str:
    """The text of a name in SymPy.

    >>> sympy_name(Name("w", layer=3, entry=(1, 2)))
    'w_1_2^(3)'
    """
    if "_" in name.base:
        raise ParseError(f"{name} cannot be written in SymPy: its _ would read as an index")
    layer = "" if name.layer is None else f"^({name.layer})"
    return name.base + "".join(f"_{i}" for i in name.entry) + layer


def read_name(text: str) -> Name:
    """The name that :func:`sympy_name` wrote; :class:`~symnet.errors.ParseError` for anything else.

    >>> read_name("w_1_2^(3)")
    Name(base='w', layer=3, entry=(1, 2))
    """
    match = _NAME.fullmatch(text)
    if not match:
        raise ParseError(f"{text!r} is not a name: write a letter, then letters or digits, as in W^(1) or w_1_2^(1)")
    base, entry, layer = match.groups()
    return Name(base, int(layer) if layer else None, tuple(int(i) for i in entry.split("_")[1:]))


def sympy_size(size: Size) -> Any:
    """A size as a SymPy integer or as a positive integer symbol."""
    if isinstance(size, int):
        return sympy.Integer(size)
    return sympy.Symbol(sympy_name(size), integer=True, positive=True)


def to_sympy(term: Term) -> Any:
    """A term as a SymPy expression. Matrix products stay flat and unevaluated; scalars are evaluated by SymPy.

    >>> W, x = t.symbol("W", (2, 2)), t.symbol("x", (2, 1))
    >>> to_sympy(W @ x + x)
    W*x + x
    """
    return fold(term, _write)


def _write(node: Term, args: list[Any]) -> Any:
    matrix = bool(node.shape)
    shape = [sympy_size(s) for s in node.shape]
    match node.op:
        case "number":
            return sympy.Rational(node.value.numerator, node.value.denominator)
        case "symbol":
            name = sympy_name(node.name)
            return sympy.MatrixSymbol(name, *shape) if matrix else sympy.Symbol(name)
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
        case _:
            return _write_cases(node, args)


def _write_apply(node: Term, argument: Any) -> Any:
    name = sympy_name(node.name)
    function = sympy.exp if name == "exp" else sympy.Function(name)
    if not node.shape:
        return function(argument)
    variable = sympy.Dummy("z")
    return sympy.matrices.expressions.applyfunc.ElementwiseApplyFunction(
        sympy.Lambda(variable, function(variable)), argument
    )


def _write_cases(node: Term, args: list[Any]) -> Any:
    arms = []
    for i, relation in enumerate(node.value):
        left, right, value = args[3 * i : 3 * i + 3]
        arms.append((value, left < right if relation == "<" else left <= right))
    return sympy.Piecewise(*arms, (args[-1], True))


def from_sympy(expression: Any) -> Term:
    """A SymPy expression as a term. Floats, complex numbers and functions that terms lack are refused by name.

    >>> x, y = sympy.symbols("x y")
    >>> from_sympy((x + y) ** 2 / 3)
    multiply(number(1/3), power(sum(x, y), 2))
    >>> from_sympy(0.5 * x)
    Traceback (most recent call last):
    symnet.errors.ParseError: 0.500000000000000 is a Float, which never enters a proof: write sympy.Rational instead
    """
    if not isinstance(expression, sympy.Basic):
        raise ParseError(f"{expression!r} is a {type(expression).__name__}, not a SymPy expression")
    done: dict[Any, Term] = {}
    todo = [(expression, False)]
    while todo:
        node, ready = todo.pop()
        if ready:
            done[node] = _read(node, [done[a] for a in _parts(node)])
        elif node not in done:
            todo.append((node, True))
            todo += [(a, False) for a in _parts(node)]
    return done[expression]


def _parts(node: Any) -> tuple[Any, ...]:
    """The arguments that are terms themselves."""
    if isinstance(node, sympy.Piecewise):
        arms = [p for value, condition in node.args for p in (*_relation(condition)[::2], value)]
        return tuple(arms)
    if isinstance(node, sympy.Pow | sympy.MatPow):
        return (node.base,)
    if isinstance(node, sympy.MatrixSymbol) or node.is_Atom or node.func in _CONSTANT_MATRICES:
        return ()
    return tuple(node.args)


def _relation(condition: Any) -> tuple[Any, ...]:
    """(left, relation, right) with < or <=; () for the condition True."""
    if condition == sympy.true:
        return ()
    if isinstance(condition, sympy.StrictLessThan | sympy.LessThan):
        return (condition.lhs, "<" if isinstance(condition, sympy.StrictLessThan) else "<=", condition.rhs)
    if isinstance(condition, sympy.StrictGreaterThan | sympy.GreaterThan):
        return (condition.rhs, "<" if isinstance(condition, sympy.StrictGreaterThan) else "<=", condition.lhs)
    raise ParseError(f"the condition {condition} is not one inequality between two expressions")


def _read(node: Any, args: list[Term]) -> Term:
    for kind, reader in _READERS:
        if isinstance(node, kind):
            return reader(node, args)
    if isinstance(node, sympy.Float):
        raise ParseError(f"{node} is a Float, which never enters a proof: write sympy.Rational instead")
    raise ParseError(f"{node} ({type(node).__name__}) has no counterpart among the terms")


def _size(value: Any) -> Size:
    if isinstance(value, sympy.Integer):
        return int(value)
    if isinstance(value, sympy.Symbol):
        return read_name(value.name)
    raise ParseError(f"the size {value} is neither a whole number nor one symbol")


def _power(node: Any, args: list[Term]) -> Term:
    if not isinstance(node.exp, sympy.Integer):
        raise ParseError(f"{node} has an exponent that is not a whole number")
    exponent = int(node.exp)
    if exponent >= 0:
        return args[0] ** exponent
    return 1 / (args[0] if exponent == -1 else args[0] ** -exponent)


def _matmul(node: Any, args: list[Term]) -> Term:
    scalars, matrices = [a for a in args if not a.shape], [a for a in args if a.shape]
    product = t.product(matrices)
    return t.multiply(scalars) * product if scalars else product


def _matrix_power(node: Any, args: list[Term]) -> Term:
    if not isinstance(node.exp, sympy.Integer) or not 1 <= node.exp <= 1000:
        raise ParseError(f"{node} has an exponent that is not a whole number from 1 to 1000")
    return t.product(args * int(node.exp))


def _all_ones(node: Any, args: list[Term]) -> Term:
    rows, columns = (_size(s) for s in node.shape)
    if columns == 1:
        return t.ones(rows)
    return t.ones(columns).T if rows == 1 else t.ones(rows) @ t.ones(columns).T


def _piecewise(node: Any, args: list[Term]) -> Term:
    relations = tuple(_relation(condition)[1] for _, condition in node.args[:-1])
    if node.args[-1][1] != sympy.true:
        raise ParseError(f"{node} does not say what it is otherwise: end it with (value, True)")
    return Term("cases", tuple(args), relations)


_CONSTANT_MATRICES: Final = (sympy.Identity, sympy.ZeroMatrix, sympy.OneMatrix)

_READERS: Final[tuple[tuple[Any, Callable[[Any, list[Term]], Term]], ...]] = (
    (sympy.Rational, lambda node, args: t.number(Fraction(int(node.p), int(node.q)))),
    (sympy.Symbol, lambda node, args: t.symbol(read_name(node.name))),
    (sympy.MatrixSymbol, lambda node, args: t.symbol(read_name(node.name), tuple(map(_size, node.shape)))),
    (sympy.Add | sympy.MatAdd, lambda node, args: t.total(args)),
    (sympy.MatMul, _matmul),  # before Mul, of which it is a subclass
    (sympy.Mul, lambda node, args: t.multiply(args)),
    (sympy.MatPow, _matrix_power),
    (sympy.Pow, _power),
    (sympy.Transpose, lambda node, args: args[0].T),
    (sympy.Identity, lambda node, args: t.identity(_size(node.shape[0]))),
    (sympy.ZeroMatrix, lambda node, args: t.zero(*map(_size, node.shape))),
    (sympy.OneMatrix, _all_ones),
    (sympy.Piecewise, _piecewise),
    (sympy.exp, lambda node, args: t.apply("exp", args[0])),
    (sympy.core.function.AppliedUndef, lambda node, args: t.apply(read_name(node.func.__name__), args[0])),
)
