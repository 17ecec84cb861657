"""Writing terms down. Nothing here computes."""

from __future__ import annotations

from collections.abc import Iterable

from symnet.errors import UsageError
from symnet.term.names import SCALAR, Index, Name, Position, Shape, Size
from symnet.term.node import Term, number


def symbol(name: Name | str, shape: Shape = SCALAR) -> Term:
    """A symbol: an arbitrary real matrix of that shape, until something defines it."""
    return Term("symbol", (), (Name(name) if isinstance(name, str) else name, shape))


def total(terms: Iterable[Term]) -> Term:
    """The sum of one or more terms, flat."""
    return _flat("sum", terms)


def multiply(factors: Iterable[Term]) -> Term:
    """The product of one or more scalars, flat."""
    return _flat("multiply", factors)


def product(factors: Iterable[Term]) -> Term:
    """The product of one or more matrices, flat."""
    return _flat("product", factors)


def _flat(op: str, terms: Iterable[Term]) -> Term:
    args = tuple(terms)
    return args[0] if len(args) == 1 else Term(op, args)


def identity(size: Size) -> Term:
    """The n×n identity matrix I."""
    return Term("identity", (), size)


def zero(rows: Size, columns: Size) -> Term:
    """The m×n zero matrix."""
    return Term("zero", (), (rows, columns))


def ones(size: Size) -> Term:
    """The n×1 column of ones."""
    return Term("ones", (), size)


def apply(function: Name | str, argument: Term) -> Term:
    """``function(argument)``, of the argument's shape."""
    return Term("apply", (argument,), Name(function) if isinstance(function, str) else function)


def cases(*arms: tuple[Term, str, Term, Term], otherwise: Term) -> Term:
    """``cases((l, "<=", r, v), …, otherwise=w)``: v where l <= r, else …, else w."""
    args = [part for left, _, right, value in arms for part in (left, right, value)]
    return Term("cases", (*args, otherwise), tuple(relation for _, relation, _, _ in arms))


def constant(name: str) -> Term:
    """A real number with a name: ``"pi"`` is π."""
    return Term("constant", (), name)


def derivative(body: Term, variable: Term, point: Term | None = None, side: str = "both") -> Term:
    """The derivative of ``variable ↦ body`` at ``point``, which is the variable itself unless said otherwise."""
    if variable.op != "symbol" or variable.shape:
        raise UsageError(f"a derivative is taken in a scalar symbol, not in {variable}")
    return Term("derivative", (body, variable if point is None else point), (variable.name, side))


def natural(position: Position) -> Term:
    """An index as a scalar."""
    return Term("index", (), position) if isinstance(position, Index) else number(position)


def indexed_sum(variable: str, lower: Position, upper: Position, body: Term) -> Term:
    """Σ of ``body`` for ``variable`` from ``lower`` to ``upper``; 0 when ``upper`` is ``lower − 1``."""
    return Term("sigma", (body,), (variable, lower, upper))


def indexed_product(variable: str, lower: Position, upper: Position, body: Term, direction: str = "descending") -> Term:
    """∏ of ``body`` for ``variable`` from ``lower`` to ``upper``; I when ``upper`` is ``lower − 1``.

    The factors stand in the order given: ``"descending"`` is body(upper) ⋯ body(lower).
    """
    return Term("pi", (body,), (variable, lower, upper, direction))
