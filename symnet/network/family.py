"""A network of every depth: the same equations at each layer, with a letter for the number of layers.

Layer i + 1 makes a⁽ⁱ⁺¹⁾ from a⁽ⁱ⁾ by recursion, from a⁽⁰⁾ = x. With the identity everywhere the output is a⁽ᴸ⁾. With
affine activations α z + β on the hidden layers, the output is the preactivation W⁽ᴸ⁾ a⁽ᴸ⁻¹⁾ + b⁽ᴸ⁾ of layer L, as in a
:class:`~symnet.Network` whose output activation is the identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from symnet.errors import UsageError
from symnet.network.equations import BATCH
from symnet.network.network import Network
from symnet.network.reading import LayerActivation, read_hidden
from symnet.term import (
    Definition,
    Index,
    Name,
    Position,
    Shape,
    Term,
    index,
    number,
    ones,
    product,
    shifted,
    symbol,
    total,
)

_LETTER = re.compile(r"[A-Za-z]\w*", re.ASCII)
#: Letters that the equations use, which can therefore not name the depth.
TAKEN = frozenset({"W", "B", "b", "a", "x", "y", "X", "H", "O", "n", "m", "alpha", "beta", "i", "j", "k", "p"})


@dataclass(frozen=True, slots=True)
class NetworkFamily:
    """Fully connected networks of every depth L ≥ 1, with widths n_0, …, n_L.

    ``depth`` is the letter for L. ``activation`` is that of the hidden layers: ``"identity"``, ``"affine"`` for α z + β
    with letters of its own in every layer, or a pair of rationals.

    >>> family = NetworkFamily("L")
    >>> for d in family.definitions: print(d.symbol.name, ":=", d.body)
    a^(0) := x: n_0×1
    a^(i+1) := sum(product(W^(i+1): n_i+1×n_i, a^(i): n_i×1), b^(i+1): n_i+1×1)
    y := a^(L): n_L×1
    """

    depth: str = "L"
    activation: Any = "identity"
    bias: bool = True
    convention: str = "column"

    def __post_init__(self) -> None:
        if type(self.depth) is not str or not _LETTER.fullmatch(self.depth) or self.depth in TAKEN:
            raise UsageError(
                f"depth is a whole number from 1, or a letter such as 'L', not {self.depth!r}; "
                f"the equations use {', '.join(sorted(TAKEN))} themselves"
            )
        if type(self.bias) is not bool:
            raise UsageError("at a depth that is a letter, bias is True or False for all layers")
        if self.convention not in ("column", "row"):
            raise UsageError(f"convention is 'column' (W x + b) or 'row' (X W + b), not {self.convention!r}")
        self._activation  # noqa: B018 (reads it, and complains)

    @property
    def _activation(self) -> LayerActivation:
        return read_hidden(self.activation)

    @property
    def is_affine(self) -> bool:
        """Whether the hidden layers have an affine activation."""
        return self._activation.row.affine

    @property
    def is_column(self) -> bool:
        """Whether a layer is W x + b."""
        return self.convention == "column"

    @property
    def is_scaled(self) -> bool:
        """Whether the hidden layers have activations α z + β."""
        return self._activation.name == "affine"

    def at(self, depth: int) -> Network:
        """The network of that depth."""
        return Network(depth=depth, activations=self.activation, bias=self.bias, convention=self.convention)

    # Letters.

    def width(self, k: Position) -> Name:
        """n_k"""
        return Name("n", None, (k,))

    def weight(self, k: Position) -> Term:
        """W⁽ᵏ⁾"""
        outer, inner = self.width(k), self.width(shifted(k, -1))
        return symbol(Name("W", k), (outer, inner) if self.is_column else (inner, outer))

    def bias_of(self, k: Position) -> Term:
        """b⁽ᵏ⁾, a column, or a row in the row convention"""
        return symbol(Name("b", k), (self.width(k), 1) if self.is_column else (1, self.width(k)))

    def activation_of(self, k: Position) -> Term:
        """a⁽ᵏ⁾, or H⁽ᵏ⁾ in the row convention"""
        return symbol(Name("a" if self.is_column else "H", k), self._values(k))

    @property
    def input(self) -> Term:
        """x, or X in the row convention"""
        return symbol("x" if self.is_column else "X", self._values(0))

    @property
    def output(self) -> Term:
        """y, or O in the row convention"""
        return symbol("y" if self.is_column else "O", self._values(self.last))

    @property
    def last(self) -> Index:
        """L"""
        return index(self.depth)

    def _values(self, k: Position) -> Shape:
        return (self.width(k), 1) if self.is_column else (BATCH, self.width(k))

    def parameters(self, k: Position) -> tuple[Term, Term]:
        """α⁽ᵏ⁾ and β⁽ᵏ⁾: numbers where they were given, symbols otherwise."""
        given = self._activation.parameters
        if given:
            return number(given[0]), number(given[1])
        return symbol(Name("alpha", k)), symbol(Name("beta", k))

    # Equations.

    def times(self, weight: Term, value: Term) -> Term:
        """weight · value, in the order of the convention."""
        return product([weight, value] if self.is_column else [value, weight])

    def copies(self, row: Term) -> Term:
        """What a bias adds: itself, or in the row convention a copy in each row."""
        return row if self.is_column else ones(BATCH) @ row

    def ones_of(self, k: Position) -> Term:
        """The column of ones of layer k, or the row in the row convention."""
        column = ones(self.width(k))
        return column if self.is_column else column.T

    def preactivation(self, k: Position) -> Term:
        """W⁽ᵏ⁾ a⁽ᵏ⁻¹⁾ + b⁽ᵏ⁾"""
        found = self.times(self.weight(k), self.activation_of(shifted(k, -1)))
        return found + self.copies(self.bias_of(k)) if self.bias else found

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The recursion, and the output."""
        i = index("i")
        step = self.preactivation(shifted(i, 1))
        if self.is_scaled:
            alpha, beta = self.parameters(shifted(i, 1))
            step = total([alpha * step, beta * self.copies(self.ones_of(shifted(i, 1)))])
        output = self.preactivation(self.last) if self.is_scaled else self.activation_of(self.last)
        return (
            Definition(self.activation_of(0), self.input),
            Definition(self.activation_of(shifted(i, 1)), step),
            Definition(self.output, output),
        )
