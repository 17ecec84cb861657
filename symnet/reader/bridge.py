"""The bridge between terms and SymPy expressions.

:func:`to_sympy` and :func:`from_sympy` are inverse up to what SymPy rewrites on construction (it orders sums, merges
equal terms, turns 0 ≤ z into z ≥ 0), so ``from_sympy(to_sympy(t))`` has the same normal form as t. Names map one to
one: w₁₂⁽³⁾ is the SymPy symbol ``w_1_2^(3)``, which ``sympy.latex`` prints as w^{(3)}_{1 2}.

A name with an index that is a letter, Σ and ∏ become the expressions of :mod:`.indexed`. They can be looked at and
written out for a number, but not read back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import sympy

from symnet import term as t
from symnet.errors import ParseError
from symnet.reader.indexed import (
    INDEXED,
    IndexedMatrix,
    IndexedSize,
    IndexedSymbol,
    MatrixSum,
    OrderedProduct,
    check_base,
    is_indexed,
    member,
    name_of,
    sympy_position,
)
from symnet.term import Name, Size, Term, fold

_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)((?:_\d+)*)(?:\^\((\d+)\))?", re.ASCII)


def sympy_name(name: Name) -> str:
    """The text of a name in SymPy, for a name whose indices are numbers.

    >>> sympy_name(Name("w", layer=3, entry=(1, 2)))
    'w_1_2^(3)'
    """
    check_base(name)
    if is_indexed(name):
        raise ParseError(f"{name} has an index that is a letter: it is a member of a family, not one name")
    return name_of(name.base, () if name.layer is None else (name.layer,), name.entry)


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
    if is_indexed(size):
        return member(size, IndexedSize)
    return sympy.Symbol(sympy_name(size), integer=True, positive=True)


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
    if isinstance(node, _UNREADABLE):
        hint = "put numbers for the letters, as in .subs({'L': 3}).doit()"
        raise ParseError(f"{node} has an index that is a letter, and is not read back: {hint}")
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
    if isinstance(value, IndexedSize):
        raise ParseError(f"the size {value} has an index that is a letter, and is not read back")
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


_UNREADABLE: Final = (*INDEXED, sympy.Sum, sympy.Product)
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
