"""A network as SymPy expressions: SymPy's own forward pass, layer by layer.

This is written with SymPy's operations alone and shares nothing with :mod:`.equations`, so that the tests can hold one
against the other. With letters for weights it works on matrix symbols; with given weights on explicit matrices.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction

from symnet.network.architecture import Architecture
from symnet.network.reading import LayerActivation
from symnet.reader.bridge import sympy_size, to_sympy

_Matrix: Any = sympy.ImmutableMatrix


class Forward:
    """The forward pass, computed as far as it has been asked for (nested matrix expressions are slow to build)."""

    def __init__(self, network: Architecture, entries: bool | None = None) -> None:
        self.network = network
        self.entries = network.weights is not None if entries is None else entries
        self.done = [(None, self._input())]

    def layer(self, k: int) -> tuple[Any, Any]:
        """(z⁽ᵏ⁾, a⁽ᵏ⁾) in terms of the input."""
        while len(self.done) <= k:
            self.done.append(self._step(len(self.done), self.done[-1][1]))
        return self.done[k]

    def _step(self, k: int, a: Any) -> tuple[Any, Any]:
        weight = self._weight(k)
        z = weight * a if self.network.convention == "column" else a * weight
        if self.network.bias[k - 1]:
            z = z + self._bias(k)
        return z, self._activate(k, z)

    def _input(self) -> Any:
        n = self.network.widths[0]
        if self.entries:
            column = _Matrix(self._letters("x", n))
            return column if self.network.convention == "column" else column.T
        if self.network.convention == "column":
            return sympy.MatrixSymbol("x", sympy_size(n), 1)
        return sympy.MatrixSymbol("X", sympy.Symbol("m", integer=True, positive=True), sympy_size(n))

    def _weight(self, k: int) -> Any:
        rows, columns = self.network.weight_shape(k)
        if self.network.weights is not None:
            return _Matrix([[_rational(w) for w in row] for row in self.network.weights[k - 1][0]])
        if self.entries:
            name = f"w^({k})" if self.network.is_chain_of_scalars else f"w_{{}}_{{}}^({k})"
            return _Matrix(rows, columns, lambda i, j: sympy.Symbol(name.format(i + 1, j + 1)))
        return sympy.MatrixSymbol(f"W^({k})", sympy_size(rows), sympy_size(columns))

    def _bias(self, k: int) -> Any:
        n, column = self.network.widths[k], self.network.convention == "column"
        if self.entries:
            given = self.network.weights
            letters = self._letters("b", n, f"^({k})") if given is None else [_rational(b) for b in given[k - 1][1]]
            return _Matrix(letters) if column else _Matrix(letters).T
        if column:
            return sympy.MatrixSymbol(f"b^({k})", sympy_size(n), 1)
        batch = sympy.Symbol("m", integer=True, positive=True)
        return sympy.OneMatrix(batch, 1) * sympy.MatrixSymbol(f"b^({k})", 1, sympy_size(n))

    def _activate(self, k: int, z: Any) -> Any:
        activation = self.network.activations[k - 1]
        if activation.name == "identity":
            return z
        if activation.name == "affine":
            alpha, beta = self._affine_parameters(k, activation)
            rows, columns = z.shape
            constant = sympy.ones(rows, columns) if self.entries else sympy.OneMatrix(rows, columns)
            return alpha * z + beta * constant
        variable = sympy.Symbol("z")
        definition = sympy.Function("g")(variable) if activation.row.arbitrary else to_sympy(activation.row.at_defaults)
        function = sympy.Lambda(variable, definition)
        if self.entries:
            return z.applyfunc(function)
        # Not z.applyfunc, which tries the function on a 1×1 matrix as if it were a number, and fails for many.
        return sympy.MatrixExpr.__new__(ElementwiseApplyFunction, function, z)

    def _affine_parameters(self, k: int, activation: LayerActivation) -> tuple[Any, Any]:
        if activation.parameters:
            alpha, beta = activation.parameters
            return _rational(alpha), _rational(beta)
        return sympy.Symbol(f"alpha^({k})"), sympy.Symbol(f"beta^({k})")

    def _letters(self, base: str, count: Any, layer: str = "") -> list[Any]:
        return [
            sympy.Symbol(base + ("" if self.network.is_chain_of_scalars else f"_{i + 1}") + layer) for i in range(count)
        ]


def _rational(value: Any) -> Any:
    return sympy.Rational(value.numerator, value.denominator)
