"""W and B are determined by the map f: B = f(0), and W e_j = f(e_j) − f(0).

The collapse, f(x) = W x + B for every x, is put at the input 0 and at the j-th unit vector e_j, for a j that stays a
letter. The kernel knows e_j as an arbitrary vector, which is more than is needed. That W e_j is the j-th column of W,
that columns determine a matrix, and hence that no other W and B give the same f, is said in words: the kernel has no
"for every f".

Source of the mathematics: a linear map is determined by its values on a basis, e.g. S. Axler, *Linear Algebra Done
Right*, 4th ed. (2024), §3A.
"""

from __future__ import annotations

from symnet.errors import UsageError
from symnet.network import Network, matrix_equations
from symnet.prove.collapse import EXPLICIT_DEPTH, collapse_derivation
from symnet.prove.writer import Writer
from symnet.term import Definition, Derivation, Name, Term, index, substitute, symbol, total, zero

#: What remains to be said in words, because the kernel does not quantify over maps.
IN_WORDS = (
    "Not replayed, but said in words: e_j is the j-th unit vector, so that W e_j is column j of W. If W′ and B′ give "
    "the same map, these equations hold for them too, hence B′ = B, and column by column W′ = W."
)


def uniqueness_derivation(network: Network) -> Derivation:
    """Write the derivation that the W and B of a collapsed network are values of the network.

    u and v stand for the network's output at 0 and at e_j. In the row convention, e_j is any input of m rows.

    Raises :class:`~symnet.errors.UsageError` for a network with given weights, with an output activation other than
    the identity, with W = 0, or too deep for its map to fit on a page; :class:`~symnet.errors.Undecided` for a
    network with a hidden activation that is not affine.

    >>> from symnet.kernel import replay
    >>> for e in replay(uniqueness_derivation(Network(depth=2))).claim.equations: print(e.lhs, "=", e.rhs)
    B: n_2×1 = u: n_2×1
    product(W: n_2×n_0, e_j: n_0×1) = sum(v: n_2×1, scale(number(-1), u: n_2×1))
    """
    if network.weights is not None or not network.activations[-1].row.affine or network.depth > EXPLICIT_DEPTH:
        limits = f"letters for weights, the identity as output activation, and depth up to {EXPLICIT_DEPTH}"
        raise UsageError(f"uniqueness is shown for {limits}")
    return _Search(network).run()


class _Search:
    """f(x) = W x + B for every x, then its instances at 0 and at e_j."""

    def __init__(self, network: Network) -> None:
        self.equations, found = matrix_equations(network), collapse_derivation(network, "matrix")
        (self.x,), (y,), (unit,) = self.equations.inputs, self.equations.outputs, found.maps
        (slope,), self.offset = unit.slopes, unit.offset
        if slope is None:
            raise UsageError("this network does not depend on its input: W is 0, and there is nothing to determine")
        self.slope = slope
        bodies = {d.symbol: d.body for d in found.derivation.definitions}
        self.letters = {s: bodies[s] for s in unit.coefficients if s in bodies}
        self.forward = _unfolded(y, {d.symbol: d.body for d in self.equations.definitions})
        self.zeros, self.e = zero(*self.x.shape), symbol(Name("e", entry=(index("j"),)), self.x.shape)
        self.u, self.v = (symbol(base, y.shape) for base in ("u", "v"))
        values = {**self.letters, self.u: self.at(self.zeros), self.v: self.at(self.e)}
        self.writer = Writer(Definition(letter, body) for letter, body in values.items())

    def at(self, value: Term) -> Term:
        """f(value)"""
        return substitute(self.forward, {self.x: value})

    @property
    def constant(self) -> list[Term]:
        """What B adds, if there is a B."""
        return [] if self.offset is None else [self.equations.constant(self.offset)]

    def affine(self, value: Term) -> Term:
        """W value + B"""
        return total([self.equations.times(self.slope, value), *self.constant])

    def run(self) -> Derivation:
        """The goals are B = u, and W e_j = v − u."""
        everywhere = self._everywhere()
        if self.offset is None:
            return self.writer.derivation([self._at_unit(everywhere)])
        offset = self._at_zero(everywhere)
        unit = self._at_unit(everywhere)
        self.writer.start(self.equations.times(self.slope, self.e))
        self.writer.regroup(self.affine(self.e) - self.constant[0])
        self.writer.substitute(unit, offset)
        return self.writer.derivation([offset, self.writer.last])

    def _everywhere(self) -> int:
        """f(x) = W x + B"""
        self.writer.start(self.forward)
        self.writer.regroup(substitute(self.affine(self.x), self.letters))
        self.writer.fold(*self.letters)
        return self.writer.last

    def _at_zero(self, everywhere: int) -> int:
        """B = f(0)"""
        self.writer.instantiate(everywhere, self.x, self.zeros)
        self.writer.regroup(self.constant[0])
        self.writer.symmetry()
        self.writer.fold(self.u)
        return self.writer.last

    def _at_unit(self, everywhere: int) -> int:
        """W e_j + B = f(e_j)"""
        self.writer.instantiate(everywhere, self.x, self.e)
        self.writer.symmetry()
        self.writer.fold(self.v)
        return self.writer.last


def _unfolded(term: Term, bodies: dict[Term, Term]) -> Term:
    """The term with every definition put in."""
    while (found := substitute(term, bodies)) != term:
        term = found
    return term
