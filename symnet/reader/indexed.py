"""SymPy expressions with an index that is a letter: W^(j), n_L, and sums and ordered products over an index.

These are what :func:`symnet.reader.bridge.to_sympy` makes of names with an :class:`~symnet.term.Index` and of Σ and ∏.
They know their shapes and print, and the indices are plain SymPy symbols: put a number for a letter with
``.subs("L", 3)``, and the names become the usual ones; ``.doit()`` then writes the sums and products out.

>>> j, size = sympy.Symbol("j"), IndexedSize("n", (), (sympy.Symbol("j"),))
>>> W = IndexedMatrix("W", (j,), (), size, size.subs(j, j - 1))
>>> W, W.shape, W.subs(j, 3), W.subs(j, 3).shape
(W^(j), (n_j, n_(j-1)), W^(3), (n_3, n_2))
>>> OrderedProduct(W, (j, 1, sympy.Symbol("L")), "descending").subs("L", 3).doit()
W^(3)*W^(2)*W^(1)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

import sympy
from sympy.core.symbol import Str
from sympy.printing.precedence import PRECEDENCE

from symnet.errors import ParseError, UsageError
from symnet.term import Index, Name, Position

#: The longest range that is written out.
LONGEST: Final = 10_000


def sympy_position(position: Position) -> Any:
    """An index as a SymPy expression in its letters.

    >>> from symnet.term import index
    >>> sympy_position(index("L", offset=-1))
    L - 1
    """
    if isinstance(position, int):
        return sympy.Integer(position)
    return sympy.Add(*map(sympy.Symbol, position.variables), position.offset)


def is_indexed(name: Name) -> bool:
    """Whether a name has an index that is a letter."""
    return any(isinstance(p, Index) for p in name.positions)


def check_base(name: Name) -> None:
    """Refuse a name that would not be read as it was written."""
    if "_" in name.base:
        raise ParseError(f"{name} cannot be written in SymPy: its _ would read as an index")


# Members of a family. Where the indices are numbers, they are the symbols that `name_of` names.


def name_of(base: Any, layer: Iterable[Any], entry: Iterable[Any]) -> str:
    """The text of a name; a position that is not one word stands in brackets.

    >>> name_of("W", (3,), ()), name_of("n", (), (sympy.Symbol("k") - 1,))
    ('W^(3)', 'n_(k-1)')
    """
    positions = [str(i).replace(" ", "") for i in entry]
    written = "".join(f"_{i}" if i.isalnum() else f"_({i})" for i in positions)
    return f"{base}{written}" + "".join(f"^({i})".replace(" ", "") for i in layer)


def _parts(base: Any, layer: Any, entry: Any) -> tuple[Any, Any, Any]:
    return base if isinstance(base, Str) else Str(base), sympy.Tuple(*layer), sympy.Tuple(*entry)


def _is_settled(*positions: Any) -> bool:
    return all(i.is_Integer and i >= 0 for i in chain(*positions))


class _Member:
    """How members print; ``args`` start with the base, the layer and the entry."""

    args: Any

    def _sympystr(self, printer: Any, *_: Any) -> str:
        base, layer, entry = self.args[:3]
        return name_of(base, layer, entry)

    def _latex(self, printer: Any, *_: Any, **__: Any) -> str:
        base, layer, entry = self.args[:3]
        above, below = ",".join(map(printer._print, layer)), " ".join(map(printer._print, entry))
        text: str = printer._print(sympy.Symbol(str(base)))
        return text + (f"^{{({above})}}" if above else "") + (f"_{{{below}}}" if below else "")

    @property
    def free_symbols(self) -> set[Any]:
        return {s for a in self.args[1:] for s in a.free_symbols}


class IndexedSymbol(_Member, sympy.Expr):  # type: ignore[misc]
    """A scalar member of a family, such as α^(j)."""

    is_commutative = True
    precedence = PRECEDENCE["Pow"]  # a power of it needs brackets

    def __new__(cls, base: Any, layer: Any, entry: Any) -> Any:
        base, layer, entry = _parts(base, layer, entry)
        if _is_settled(layer, entry):
            return cls._settled(name_of(base, layer, entry))
        return sympy.Expr.__new__(cls, base, layer, entry)

    @classmethod
    def _settled(cls, name: str) -> Any:
        return sympy.Symbol(name)


class IndexedSize(IndexedSymbol):
    """A size that is a member of a family, such as n_L: a whole number from 1."""

    is_integer = True
    is_positive = True

    @classmethod
    def _settled(cls, name: str) -> Any:
        return sympy.Symbol(name, integer=True, positive=True)


class IndexedMatrix(_Member, sympy.MatrixExpr):  # type: ignore[misc]
    """A matrix that is a member of a family, such as W^(j) of shape n_j × n_(j-1)."""

    def __new__(cls, base: Any, layer: Any, entry: Any, rows: Any, columns: Any) -> Any:
        base, layer, entry = _parts(base, layer, entry)
        if _is_settled(layer, entry):
            return sympy.MatrixSymbol(name_of(base, layer, entry), rows, columns)
        return sympy.MatrixExpr.__new__(cls, base, layer, entry, rows, columns)

    @property
    def shape(self) -> tuple[Any, Any]:
        """(rows, columns)"""
        return (self.args[3], self.args[4])


# Sums and products over an index.


class _OverIndex(sympy.MatrixExpr):  # type: ignore[misc]
    """A body, and (variable, lower limit, upper limit), where the variable is bound."""

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1][0])
    lower = property(lambda self: self.args[1][1])
    upper = property(lambda self: self.args[1][2])

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols it depends on: the variable is not among them."""
        inner: set[Any] = self.body.free_symbols - {self.variable}
        return inner.union(self.lower.free_symbols, self.upper.free_symbols)

    @property
    def bound_symbols(self) -> list[Any]:
        """The variable."""
        return [self.variable]

    def _eval_subs(self, old: Any, new: Any) -> Any:
        if old == self.variable:
            return self
        if old in self.free_symbols and self.variable in new.free_symbols:
            raise UsageError(f"{self.variable} runs over a range in {self}: put in something with another letter")
        return None

    def at(self, value: Any) -> Any:
        """The body at a value of the variable."""
        return self.body.subs(self.variable, value)

    def _range(self) -> range | None:
        """The values of the variable; None while a limit is a letter."""
        if not (self.lower.is_Integer and self.upper.is_Integer):
            return None
        found = range(int(self.lower), int(self.upper) + 1)
        if len(found) > LONGEST:
            raise UsageError(f"{self} has {len(found):,} terms, which is too long to be written out")
        return found

    def _limits(self, printer: Any) -> str:
        return f"({', '.join(map(printer.doprint, self.args[1]))})"


class MatrixSum(_OverIndex):
    """Σ of a matrix over an index: 0 where the upper limit is below the lower.

    >>> k, b = sympy.Symbol("k"), IndexedMatrix("b", (sympy.Symbol("k"),), (), 2, 1)
    >>> MatrixSum(b, (k, 1, sympy.Symbol("L")))
    Sum(b^(k), (k, 1, L))
    >>> MatrixSum(b, (k, 1, 2)).doit()
    b^(1) + b^(2)
    """

    def __new__(cls, body: Any, limits: Any) -> Any:
        return sympy.MatrixExpr.__new__(cls, body, sympy.Tuple(*limits))

    @property
    def shape(self) -> tuple[Any, Any]:
        """The shape of each term."""
        rows, columns = self.body.shape
        return (rows, columns)

    def doit(self, **hints: Any) -> Any:
        """The terms one by one, in order, where both limits are numbers."""
        values = self._range()
        if values is None:
            return self.func(self.body.doit(**hints), self.args[1])
        terms = [self.at(k).doit(**hints) for k in values]
        return _flat(sympy.MatAdd, terms) if terms else sympy.ZeroMatrix(*self.shape)

    def _sympystr(self, printer: Any, *_: Any) -> str:
        return f"Sum({printer.doprint(self.body)}, {self._limits(printer)})"

    def _latex(self, printer: Any, *_: Any, **__: Any) -> str:
        variable, lower, upper = map(printer._print, self.args[1])
        return _bracketed(rf"\sum_{{{variable}={lower}}}^{{{upper}}} {_latex_body(self.body, printer)}", printer)


class OrderedProduct(_OverIndex):
    """∏ of a matrix over an index, the factors in the order ``"descending"`` or ``"ascending"``.

    It is I where the upper limit is one below the lower, and 0 where it is further below.

    >>> j, W = sympy.Symbol("j"), IndexedMatrix("W", (sympy.Symbol("j"),), (), 2, 2)
    >>> OrderedProduct(W, (j, 1, sympy.Symbol("L")), "descending")
    Product(W^(j), (j, L, ..., 1))
    >>> OrderedProduct(W, (j, 1, 2), "ascending").doit(), OrderedProduct(W, (j, 1, 0), "ascending").doit()
    (W^(1)*W^(2), I)
    """

    def __new__(cls, body: Any, limits: Any, direction: Any) -> Any:
        return sympy.MatrixExpr.__new__(cls, body, sympy.Tuple(*limits), Str(str(direction)))

    @property
    def is_descending(self) -> bool:
        """Whether the factor of the upper limit stands first."""
        return str(self.args[2]) == "descending"

    @property
    def ends(self) -> tuple[Any, Any]:
        """The limits in the order in which their factors stand."""
        return (self.upper, self.lower) if self.is_descending else (self.lower, self.upper)

    @property
    def shape(self) -> tuple[Any, Any]:
        """(rows of the first factor, columns of the last)"""
        rows, columns = self.body.shape
        first, last = self.ends
        return (rows.subs(self.variable, first), columns.subs(self.variable, last))

    def doit(self, **hints: Any) -> Any:
        """The factors one by one, scalars in front, where both limits are numbers."""
        values = self._range()
        if values is None:
            return self.func(self.body.doit(**hints), *self.args[1:])
        if not values:
            is_empty = self.upper == self.lower - 1
            return sympy.Identity(self.shape[0]) if is_empty else sympy.ZeroMatrix(*self.shape)
        factors = [self.at(j) for j in (reversed(values) if self.is_descending else values)]
        return _flat(sympy.MatMul, factors).doit(**hints)

    def _sympystr(self, printer: Any, *_: Any) -> str:
        variable, first, last = map(printer.doprint, (self.variable, *self.ends))
        return f"Product({printer.doprint(self.body)}, ({variable}, {first}, ..., {last}))"

    def _latex(self, printer: Any, *_: Any, **__: Any) -> str:
        variable, first, last = map(printer._print, (self.variable, *self.ends))
        limits = rf"{{{variable}={first},\dots,{last}}}"
        return _bracketed(rf"\prod_{limits} {_latex_body(self.body, printer)}", printer)


def _flat(kind: Any, parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else kind(*parts, evaluate=False)


def _latex_body(body: Any, printer: Any) -> str:
    text: str = printer._print(body)
    return rf"\left({text}\right)" if body.is_MatAdd else text


def _bracketed(text: str, printer: Any) -> str:
    """In brackets, unless it is all that is printed: nobody should guess where a Σ or ∏ ends."""
    return text if getattr(printer, "_print_level", 0) == 1 else rf"\left({text}\right)"


#: What :func:`symnet.reader.bridge.from_sympy` cannot read.
INDEXED: Final = (IndexedSymbol, IndexedMatrix, _OverIndex)


def member(name: Name, kind: type, *shape: Any) -> Any:
    """A name with an index as a SymPy expression.

    >>> from symnet.term import index
    >>> member(Name("n", None, (index("L"),)), IndexedSize)
    n_L
    """
    check_base(name)
    layer = () if name.layer is None else (sympy_position(name.layer),)
    return kind(name.base, layer, tuple(map(sympy_position, name.entry)), *shape)
