"""Writing terms down. Nothing here computes."""

from __future__ import annotations

from collections.abc import Iterable

from symnet.term.names import SCALAR, Name, Shape, Size
from symnet.term.node import Term


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
