"""W and B are determined by the map f: B = f(0), and W e_j = f(e_j) − f(0).

The collapse, f(x) = W x + B for every x, is put at the input 0 and at the j-th unit vector e_j, for a j that stays a
letter. The kernel knows e_j as an arbitrary vector, which is more than is needed. That W e_j is the j-th column of W, that
columns determine a matrix, and hence that no other W and B give the same f, is said in words: the kernel has no "for every
f".

Source of the mathematics: a linear map is determined by its values on a basis, e.g. S. Axler, *Linear Algebra Done Right*,
4th ed. (2024), §3A.
"""

from __future__ import annotations

from symnet.errors import UsageError
from symnet.network import Network, matrix_equations
from symnet.prove.collapse import EXPLICIT_DEPTH, collapse_derivation
from symnet.prove.writer import Writer
from symnet.term import Definition, Derivation, Name, Term, index, substitute, symbol, total, zero

#: What remains to be said in words, because the kernel does not quantify over maps.
IN_WORDS = (
    "Not replayed, but said in words: e_j is the j-th unit vector, so that W e_j is column j of W. If W′ and B′ give the "
    "same map, these equations hold for them too, hence B′ = B, and column by column W′ = W."
)


def uniqueness_derivation(network: Network) -> Derivation:
    """Write the derivation that the W and B of a collapsed network are values of the network.

    u and v stand for the network's output at 0 and at e_j. In the row convention, e_j is any input of m rows.

    Raises :class:`~symnet.errors.UsageError` for a network with given weights, with an output activation other than the
    identity, with W = 0, or too deep for its map to fit on a page; :class:`~symnet.errors.Undecided` for a network with a
    hidden activation that is not affine.

    >>> from symnet.kernel import replay
    >>> for e in replay(uniqueness_derivation(Network(depth=2))).claim.equations: print(e.lhs, "=", e.rhs)
    B: n_2×1 = u: n_2×1
    product(W: n_2×n_0, e_j: n_0×1) = sum(v: n_2×1, scale(number(-1), u: n_2×1))
    """
    if network.weights is not None or not network.activations[-1].row.affine or network.depth > EXPLICIT_DEPTH:
        limits = f"letters for weights, the identity as output activation, and depth up to {EXPLICIT_DEPTH}"
        raise UsageError(f"uniqueness is shown for {limits}")
    equations, found = matrix_equations(network), collapse_derivation(network, "matrix")
    (x,), (y,), (unit,) = equations.inputs, equations.outputs, found.maps
    bodies = {d.symbol: d.body for d in found.derivation.definitions}
    (slope,), offset = unit.slopes, unit.offset
    if slope is None:
        raise UsageError("this network does not depend on its input: W is 0, and there is nothing to determine")

    forward = _unfolded(y, {d.symbol: d.body for d in equations.definitions})
    e = symbol(Name("e", entry=(index("j"),)), x.shape)
    u, v = (symbol(base, y.shape) for base in ("u", "v"))
    zeros = zero(*x.shape)
    writer = Writer(
        [
            *(Definition(letter, bodies[letter]) for letter in (slope, offset) if letter is not None and letter in bodies),
            Definition(u, substitute(forward, {x: zeros})),
            Definition(v, substitute(forward, {x: e})),
        ]
    )
    constant = [] if offset is None else [equations.constant(offset)]

    def affine(value: Term, plus: list[Term]) -> Term:
        return total([equations.times(slope, value), *plus])

    writer.start(forward)
    writer.regroup(substitute(affine(x, constant), bodies))
    writer.fold(*(s for s in (slope, offset) if s in bodies))
    everywhere = writer.last

    goals = []
    if offset is not None:
        writer.instantiate(everywhere, x, zeros)
        writer.regroup(constant[0])
        writer.symmetry()
        writer.fold(u)
        goals.append(writer.last)
    at_zero = writer.last

    writer.instantiate(everywhere, x, e)
    writer.symmetry()
    writer.fold(v)
    at_unit = writer.last
    if offset is not None:
        writer.start(equations.times(slope, e))
        writer.regroup(affine(e, constant) - constant[0])
        writer.substitute(at_unit, at_zero)
    goals.append(writer.last)
    return writer.derivation(goals)


def _unfolded(term: Term, bodies: dict[Term, Term]) -> Term:
    """The term with every definition put in."""
    while (found := substitute(term, bodies)) != term:
        term = found
    return term
