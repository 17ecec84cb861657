"""The equations of a network, as definitions over terms: whole matrices, or entry by entry.

Both forms have the same structure. Layer k consists of *units*; unit i has a preactivation
``z_i = w_i1 a_1 + … + w_in a_n + b_i`` and an activation ``a_i = h(z_i)``. In the matrix form there is one unit, the
whole layer, with one weight, the whole matrix. So one search serves both (:mod:`symnet.prove.collapse`).

Names at layer k, column convention: W, b, z, a, with input x and output y. Row convention: W, b, Z, H, with input X
and output O, where b is a row and 1 b its m copies. Entry by entry: x_j, w_ij, b_i, z_i, a_i, y_i, where i and j are
row and column of W in its convention, and X is one row in the row convention; a network whose widths are all 1 has no
indices, and a single output is y.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from symnet.errors import UsageError
from symnet.network.network import Network
from symnet.network.reading import LayerActivation
from symnet.term import Definition, Name, Shape, Term, apply, number, ones, product, symbol, total


@dataclass(frozen=True, slots=True)
class LayerEquations:
    """One layer: ``weights[i][j]`` takes input j to unit i; ``biases[i]`` is None without a bias."""

    preactivations: tuple[Term, ...]
    outputs: tuple[Term, ...]
    weights: tuple[tuple[Term, ...], ...]
    biases: tuple[Term | None, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Equations:
    """A network as definitions, from the input symbols to the output symbols."""

    network: Network
    form: str
    inputs: tuple[Term, ...]
    layers: tuple[LayerEquations, ...]

    @property
    def outputs(self) -> tuple[Term, ...]:
        """The symbols of the network's output."""
        return self.layers[-1].outputs

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every layer's definitions, in order."""
        return tuple(chain.from_iterable(layer.definitions for layer in self.layers))

    def times(self, weight: Term, value: Term) -> Term:
        """weight · value, in the order of the network's convention; a number in front, and 1 not written."""
        if weight == number(1):
            return value
        weight_first = self.network.convention == "column" or weight.op == "number"
        left, right = (weight, value) if weight_first else (value, weight)
        return left @ right if self.form == "matrix" else left * right

    @property
    def copies(self) -> tuple[Term, ...]:
        """What stands in front of a bias: in the row convention 1, for one copy in each row of X."""
        return (ones(BATCH),) if self.form == "matrix" and self.network.convention == "row" else ()

    def constant(self, bias: Term) -> Term:
        """What a bias adds."""
        return product([*self.copies, bias]) if self.copies else bias

    def all_ones(self, layer: int) -> tuple[Term, ...]:
        """The factors of the all-ones matrix of a layer's shape; none entry by entry, where it is the number 1."""
        if self.form == "entries":
            return ()
        column = ones(self.network.widths[layer])
        return (*self.copies, column.T) if self.copies else (column,)


#: The number of rows of X in the row convention.
BATCH = Name("m")


def affine_parameters(activation: LayerActivation, layer: int) -> tuple[Term, Term]:
    """α⁽ᵏ⁾ and β⁽ᵏ⁾: numbers where they were given, symbols otherwise."""
    if activation.parameters:
        alpha, beta = activation.parameters
        return number(alpha), number(beta)
    return symbol(Name("alpha", layer)), symbol(Name("beta", layer))


def matrix_equations(network: Network) -> Equations:
    """The network over whole matrices; the weights are letters.

    >>> for d in matrix_equations(Network(depth=1)).definitions: print(d.symbol.name, ":=", d.body)
    z^(1) := sum(product(W^(1): n_1×n_0, x: n_0×1), b^(1): n_1×1)
    y := z^(1): n_1×1
    """
    if network.weights is not None:
        raise UsageError("form='matrix' keeps the weights as letters; with given weights leave form out")
    column = network.convention == "column"
    names = ("x", "z", "a", "y") if column else ("X", "Z", "H", "O")

    def shape(k: int) -> Shape:
        return (network.widths[k], 1) if column else (BATCH, network.widths[k])

    x = symbol(names[0], shape(0))
    empty = Equations(network, "matrix", (x,), ())
    layers: list[LayerEquations] = []
    for k, layer in enumerate(network.layers, 1):
        width = network.widths[k]
        bias = symbol(Name("b", k), (width, 1) if column else (1, width))
        last = k == network.depth
        layers.append(
            _layer(
                empty,
                k,
                inputs=layers[-1].outputs if layers else (x,),
                preactivations=(symbol(Name(names[1], k), shape(k)),),
                outputs=(symbol(Name(names[3]) if last else Name(names[2], k), shape(k)),),
                weights=((symbol(Name("W", k), layer.shape),),),
                biases=(bias if network.bias[k - 1] else None,),
            )
        )
    return Equations(network, "matrix", (x,), tuple(layers))


def entry_equations(network: Network) -> Equations:
    """The network over scalars, entry by entry, with the given weights where there are some.

    >>> for d in entry_equations(Network(widths=(2, 1))).definitions: print(d.symbol.name, ":=", d.body)
    z_1^(1) := sum(multiply(w_1,1^(1), x_1), multiply(w_1,2^(1), x_2), b_1^(1))
    y := z_1^(1)
    """
    if not network.is_numeric:
        raise UsageError("form='entries' needs numeric widths, such as widths=(2, 2, 1)")
    chain_of_scalars = network.is_chain_of_scalars

    def vector(base: str, k: int | None, width: int, indexed: bool = True) -> tuple[Term, ...]:
        entries: list[tuple[int, ...]] = [(i,) for i in range(1, width + 1)]
        return tuple(symbol(Name(base, k, e if indexed and not chain_of_scalars else ())) for e in entries)

    widths = [n for n in network.widths if isinstance(n, int)]
    inputs = vector("x", None, widths[0])
    empty = Equations(network, "entries", inputs, ())
    layers: list[LayerEquations] = []
    for k in range(1, network.depth + 1):
        last = k == network.depth
        layers.append(
            _layer(
                empty,
                k,
                inputs=layers[-1].outputs if layers else inputs,
                preactivations=vector("z", k, widths[k]),
                outputs=vector("y" if last else "a", None if last else k, widths[k], not last or widths[k] > 1),
                weights=_entry_weights(network, k, chain_of_scalars),
                biases=_entry_biases(network, k, vector("b", k, widths[k])),
            )
        )
    return Equations(network, "entries", inputs, tuple(layers))


def _entry_weights(network: Network, k: int, chain_of_scalars: bool) -> tuple[tuple[Term, ...], ...]:
    """weights[i][j] from input j to unit i: w_ij in the column convention and w_ji in the row convention."""
    column = network.convention == "column"
    inputs, outputs = network.widths[k - 1 : k + 1]

    def weight(i: int, j: int) -> Term:
        row, col = (i, j) if column else (j, i)
        if network.weights is not None:
            return number(network.weights[k - 1][0][row][col])
        return symbol(Name("w", k, () if chain_of_scalars else (row + 1, col + 1)))

    return tuple(tuple(weight(i, j) for j in range(inputs)) for i in range(outputs))  # type: ignore[arg-type]


def _entry_biases(network: Network, k: int, letters: tuple[Term, ...]) -> tuple[Term | None, ...]:
    if not network.bias[k - 1]:
        return (None,) * len(letters)
    return letters if network.weights is None else tuple(map(number, network.weights[k - 1][1]))


def _layer(
    equations: Equations,
    k: int,
    *,
    inputs: Sequence[Term],
    preactivations: tuple[Term, ...],
    outputs: tuple[Term, ...],
    weights: tuple[tuple[Term, ...], ...],
    biases: tuple[Term | None, ...],
) -> LayerEquations:
    definitions = []
    for z, row, bias in zip(preactivations, weights, biases, strict=True):
        terms = [equations.times(w, a) for w, a in zip(row, inputs, strict=True)]
        terms += [] if bias is None else [equations.constant(bias)]
        definitions.append(Definition(z, total(terms)))
    for z, a in zip(preactivations, outputs, strict=True):
        definitions.append(Definition(a, _activate(equations, k, z)))
    return LayerEquations(preactivations, outputs, weights, biases, tuple(definitions))


def _activate(equations: Equations, k: int, z: Term) -> Term:
    """h⁽ᵏ⁾(z): z itself, α z + β, or a named function of z."""
    activation = equations.network.activations[k - 1]
    if activation.name == "identity":
        return z
    if activation.name == "affine":
        alpha, beta = affine_parameters(activation, k)
        return alpha * z + constant_times(beta, equations.all_ones(k))
    return apply(activation.name, z)


def constant_times(beta: Term, factors: tuple[Term, ...]) -> Term:
    """β times a product of matrices, or β alone."""
    return beta * product(factors) if factors else beta
