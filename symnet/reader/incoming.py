"""SymPy expressions, and Python functions of a SymPy symbol, as terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import sympy
from sympy.core.function import Application, AppliedUndef

from symnet import term as t
from symnet.errors import ParseError, UsageError, brief
from symnet.reader import functions
from symnet.reader.conditions import one_line, sides_of, ways_of
from symnet.reader.indexed import INDEXED, IndexedSize
from symnet.reader.names import read_name, sympy_name
from symnet.reader.pieces import Comparison, Condition, piecewise
from symnet.reader.writing import E, quotient, raised
from symnet.term import Size, Term


def from_sympy(expression: Any) -> Term:
    """A SymPy expression as a term over the reals; assumptions on its symbols are dropped.

    A quotient becomes one again (SymPy has x·y⁻¹). √u is a function, other powers are as
    :func:`~symnet.reader.writing.raised` says. |u|, max, min, sign, Heaviside and Piecewise become cases.

    Raises :class:`~symnet.errors.ParseError`, by name, for floats, complex numbers and functions that terms lack.

    >>> x, y = sympy.symbols("x y")
    >>> from_sympy((x + y) ** 2 / 3)
    multiply(number(1/3), power(sum(x, y), 2))
    >>> from_sympy(x * sympy.tanh(x) / sympy.sqrt(y))
    divide(multiply(x, apply(x, tanh)), apply(y, sqrt))
    >>> from_sympy(0.5 * x)
    Traceback (most recent call last):
    symnet.errors.ParseError: 0.500000000000000 is a Float, which never enters a proof: write sympy.Rational('0.5')
    """
    if not isinstance(expression, sympy.Basic):
        raise ParseError(f"{_brief(expression)} is a {type(expression).__name__}, not a SymPy expression")
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


_TRUTH: Final = "write sympy.Max, sympy.Abs or sympy.Piecewise for max, abs and if"


def from_callable(function: Callable[[Any], Any], variable: str = "z") -> Term:
    """The term of a Python function, which is called once on a real SymPy symbol.

    Raises :class:`~symnet.errors.UsageError` when the function raises anything, and
    :class:`~symnet.errors.ParseError` when what it returns is no term.

    >>> from_callable(lambda z: z * sympy.atan(z))
    multiply(z, apply(z, atan))
    """
    symbol = sympy.Symbol(sympy_name(read_name(variable)), real=True)
    name = getattr(function, "__name__", type(function).__name__)
    try:
        value = function(symbol)
    except Exception as error:  # it is the user's, and may raise anything
        hint = _TRUTH if "truth value" in str(error) else "write sympy.exp for math.exp, numpy.exp or torch.exp"
        said = f"{type(error).__name__} ({one_line(error)})"
        raise UsageError(f"{name}({variable}), called on a SymPy symbol, raised {said}: {hint}") from error
    if isinstance(value, Fraction):
        return t.number(value)
    return t.number(value) if type(value) is int else from_sympy(value)


def _brief(value: object) -> str:
    return brief(value) if isinstance(value, str) else one_line(repr(value))


def _parts(node: Any) -> tuple[Any, ...]:
    """The arguments that are terms themselves."""
    if isinstance(node, _UNREADABLE):
        hint = "put numbers for the letters, as in .subs({'L': 3}).doit()"
        raise ParseError(f"{node} has an index that is a letter, and is not read back: {hint}")
    if isinstance(node, sympy.Piecewise):
        return tuple(side for value, condition in node.args for side in (*sides_of(condition), value))
    if isinstance(node, sympy.Pow):
        return node.args if not isinstance(node.exp, sympy.Integer) else (node.base,)
    if isinstance(node, sympy.MatPow):
        return (node.base,)
    if isinstance(node, sympy.Derivative):
        return (node.expr,)
    if isinstance(node, sympy.Subs):
        return (node.expr, *node.point)
    if isinstance(node, sympy.MatrixSymbol) or node.is_Atom or node.func in _CONSTANT_MATRICES:
        return ()
    _reader(node)
    return tuple(node.args)


# Cases.


def _piecewise(node: Any, args: list[Term]) -> Term:
    """The cases; the last condition is True, or the complement of the others."""
    terms = iter(args)
    rows: list[tuple[Term, Condition | None]] = []
    for _, condition in node.args:
        ways = [tuple(Comparison(next(terms), r, next(terms)) for r, _, _ in way) for way in ways_of(condition)]
        rows.append((next(terms), None if () in ways else ways))
    try:
        return piecewise(rows)
    except ParseError as error:
        raise ParseError(f"{one_line(node)}: {error}; end it with (value, True)") from None


# Nodes.


def _read(node: Any, args: list[Term]) -> Term:
    return _reader(node)(node, args)


def _reader(node: Any) -> Callable[[Any, list[Term]], Term]:
    for kind, reader in _READERS:
        if isinstance(node, kind):
            return reader
    if isinstance(node, sympy.Float):
        hint = f"write sympy.Rational('{float(node)!r}')"
        raise ParseError(f"{node} is a Float, which never enters a proof: {hint}")
    raise ParseError(f"{one_line(node)} ({type(node).__name__}) has no counterpart among the terms")


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
        return raised(args[0], args[1])
    exponent = int(node.exp)
    if exponent >= 0:
        return args[0] ** exponent
    return 1 / (args[0] if exponent == -1 else args[0] ** -exponent)


def _product(node: Any, args: list[Term]) -> Term:
    """SymPy's x·y⁻¹ is x/y, and ½·x·y⁻¹ is x/(2·y). A number alone stays in front: ½·x."""
    above = [a for a in args if not _is_reciprocal(a)]
    below = [a.args[1] for a in args if _is_reciprocal(a)]
    if not below:
        return t.multiply(above)
    if above and above[0].op == "number":
        value = above.pop(0).value
        above = [t.number(value.numerator)] * (value.numerator != 1) + above
        below = [t.number(value.denominator)] * (value.denominator != 1) + below
    return quotient(t.multiply(above or [t.number(1)]), t.multiply(below))


def _is_reciprocal(term: Term) -> bool:
    return term.op == "divide" and term.args[0] == t.number(1)


def _applied(node: Any, args: list[Term]) -> Term:
    """A function of SymPy's that is a row of the table, or an unknown one."""
    if isinstance(node, AppliedUndef):
        if len(args) != 1:
            raise ParseError(f"{one_line(node)} has {len(args)} arguments: a function of a term has one")
        return t.apply(read_name(node.func.__name__), args[0])
    name = type(node).__name__
    row = functions.FUNCTIONS.get(_SYMPY_NAMES.get(name, ""))
    if not row or not row.least <= len(args) <= row.most:
        raise ParseError(f"{one_line(node)} ({name}) has no counterpart among the terms")
    return row.write(*args)


def _derivative(node: Any, args: list[Term]) -> Term:
    """d/dz u, and its value at a point; a derivative of higher order is one of a derivative."""
    if isinstance(node, sympy.Subs):
        derived, *point = args
        if (
            derived.op != "derivative"
            or len(point) != 1
            or derived.args[1] != t.symbol(read_name(node.variables[0].name))
        ):
            raise ParseError(f"{one_line(node)} is not the derivative in one variable at one point")
        return Term("derivative", (derived.args[0], point[0]), derived.value)
    result = args[0]
    for variable in node.variables:
        result = t.derivative(result, t.symbol(read_name(variable.name)))
    return result


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


_UNREADABLE: Final = (*INDEXED, sympy.Sum, sympy.Product)
_CONSTANT_MATRICES: Final = (sympy.Identity, sympy.ZeroMatrix, sympy.OneMatrix)

#: The functions of SymPy that are rows of the table of functions, by the names of their classes.
_SYMPY_NAMES: Final = {
    **{name: name for name in functions.FUNCTIONS if hasattr(sympy, name)},
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
}

_READERS: Final[tuple[tuple[Any, Callable[[Any, list[Term]], Term]], ...]] = (
    (sympy.Rational, lambda node, args: t.number(Fraction(int(node.p), int(node.q)))),
    (sympy.Symbol, lambda node, args: t.symbol(read_name(node.name))),
    (sympy.MatrixSymbol, lambda node, args: t.symbol(read_name(node.name), tuple(map(_size, node.shape)))),
    (sympy.Add | sympy.MatAdd, lambda node, args: t.total(args)),
    (sympy.MatMul, _matmul),  # before Mul, of which it is a subclass
    (sympy.Mul, _product),
    (sympy.MatPow, _matrix_power),
    (sympy.Pow, _power),
    (sympy.Transpose, lambda node, args: args[0].T),
    (sympy.Identity, lambda node, args: t.identity(_size(node.shape[0]))),
    (sympy.ZeroMatrix, lambda node, args: t.zero(*map(_size, node.shape))),
    (sympy.OneMatrix, _all_ones),
    (sympy.Piecewise, _piecewise),
    (sympy.Derivative | sympy.Subs, _derivative),
    (sympy.Heaviside, lambda node, args: functions.step(*args)),
    (sympy.acot, lambda node, args: functions.odd_arccot(*args)),
    (Application, _applied),
    (type(sympy.pi), lambda node, args: t.constant("pi")),
    (type(sympy.E), lambda node, args: E),
)
