"""The collapse of a network with affine hidden layers to one affine map, as a derivation.

For each layer there is one chain per unit, which reads: the activation is …, the preactivation is … by definition,
substitute the layer below, distribute, collect terms. The last chain ends by naming W and B. When the result would be
too long to read, every layer's coefficients get names of their own (A and c), so that the derivation stays linear in
the depth.

Source of the mathematics: a composition of affine maps is affine, e.g. Goodfellow, Bengio, Courville, *Deep Learning*
(2016), §6.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symnet.errors import Rejected, Undecided, UsageError
from symnet.kernel import Replayed, dependencies
from symnet.network import Equations, Network, entry_equations, matrix_equations
from symnet.network.equations import affine_parameters
from symnet.prove.linear import Affine, Algebra, Summands
from symnet.prove.writer import Writer
from symnet.term import Derivation, Equation, Name, apply, symbol

#: Above so many summands, counted over all layers, the form left to us is matrices …
READABLE_SUMMANDS = 300
#: … and entries, when asked for, are bound to names layer by layer; likewise matrices above this depth.
EXPLICIT_SUMMANDS = 3000
EXPLICIT_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Collapse:
    """A derivation and what it claims: output i is g(maps[i])."""

    equations: Equations
    derivation: Derivation
    maps: tuple[Affine, ...]

    @property
    def statement(self) -> tuple[Equation, ...]:
        """The equations that a replay of the derivation has to end in, one an output."""
        algebra, last = Algebra(self.equations), self.equations.network.activations[-1]
        inner = [algebra.affine(unit, y) for unit, y in zip(self.maps, self.equations.outputs, strict=True)]
        outer = inner if last.row.affine else [apply(last.name, m) for m in inner]
        return tuple(Equation(y, m) for y, m in zip(self.equations.outputs, outer, strict=True))

    def check(self, replayed: Replayed) -> None:
        """Hold what was replayed against what was asked.

        The kernel shows that equations follow from definitions. That they are about this network, that nothing is
        assumed, and that W and B do not depend on the input, is checked here, from the replayed terms.
        """
        network = self.equations.definitions
        if replayed.definitions[: len(network)] != network:
            raise Rejected("the derivation does not start from this network's definitions")
        if replayed.claim.equations != self.statement or replayed.claim.hypotheses or replayed.claim.conditions:
            raise Rejected("the derivation does not end in W x + B for each output of this network")
        coefficients, inputs = [c for unit in self.maps for c in unit.coefficients], set(self.equations.inputs)
        if dependencies(replayed.definitions, *coefficients) & inputs:
            guilty = (c for c in coefficients if dependencies(replayed.definitions, c) & inputs)
            raise Rejected(f"{next(guilty)} depends on the input of the network")


def choose_form(network: Network, form: str | None) -> str:
    """``form``, or when it is left out entries for numeric widths while the result stays readable."""
    if form not in (None, "entries", "matrix"):
        raise UsageError(f"form is 'entries' or 'matrix', not {form!r}")
    if form is None:
        small = network.is_numeric and (network.weights is not None or count_summands(network) <= READABLE_SUMMANDS)
        return "entries" if small else "matrix"
    return form


def count_summands(network: Network) -> int:
    """How many products the layers of a network with letters for weights expand to, entry by entry.

    >>> count_summands(Network(widths=(2, 2, 1))), count_summands(Network(widths=(3, 4, 5, 2)))
    (13, 273)
    """
    widths = [n for n in network.widths if isinstance(n, int)]
    count, paths, offsets = 0, widths[0], 0
    for k, n in enumerate(widths[1:]):
        if k:
            paths, offsets = paths * widths[k], offsets * widths[k]
        offsets += 1
        count += n * (paths + offsets)
    return count


def collapse_derivation(network: Network, form: str | None = None) -> Collapse:
    """Write the derivation that a network with affine hidden layers is g(W x + B).

    Raises :class:`~symnet.errors.Undecided` when a hidden activation is not affine: then there is nothing to write.

    >>> from symnet.kernel import replay
    >>> found = collapse_derivation(Network(depth=2))
    >>> replayed = replay(found.derivation); found.check(replayed)
    >>> replayed.claim.equations[0].rhs
    sum(product(W: n_2×n_0, x: n_0×1), B: n_2×1)
    """
    for layer in network.layers[:-1]:
        if not layer.activation.row.affine:
            raise Undecided(f"layer {layer.index} has the activation {layer.activation.name}, which is not affine")
    form = choose_form(network, form)
    return _Search(matrix_equations(network) if form == "matrix" else entry_equations(network)).run()


class _Search:
    """One derivation in the making."""

    def __init__(self, equations: Equations) -> None:
        self.equations = equations
        self.network = equations.network
        self.algebra = Algebra(equations)
        self.writer = Writer(equations.definitions)
        self.bind = self._is_long()

    def _is_long(self) -> bool:
        if self.equations.form == "matrix":
            return self.network.depth > EXPLICIT_DEPTH
        return self.network.weights is None and count_summands(self.network) > EXPLICIT_SUMMANDS

    def run(self) -> Collapse:
        units, lemmas = self.algebra.inputs(), [-1] * len(self.equations.inputs)
        for k in range(1, self.network.depth):
            found = [self._unit(k, i, units, lemmas) for i in range(len(self.equations.layers[k - 1].outputs))]
            units, lemmas = [u for u, _ in found], [line for _, line in found]
        outputs = [self._output(i, units, lemmas) for i in range(len(self.equations.outputs))]
        derivation = self.writer.derivation(goal for _, goal in outputs)
        return Collapse(self.equations, derivation, tuple(unit for unit, _ in outputs))

    def _unit(self, k: int, i: int, below: Sequence[Summands], lemmas: Sequence[int]) -> tuple[Summands, int]:
        """The chain a⁽ᵏ⁾ᵢ = … = its affine map of the input."""
        a = self.equations.layers[k - 1].outputs[i]
        self.writer.start(a)
        self.writer.unfold(a)
        unit, affine = self._expand(k, i, below, lemmas, activate=True)
        if self.bind:
            unit = self.algebra.letters(self._name(affine, self._layer_names(k, i)))
        return unit, self.writer.last

    def _output(self, i: int, below: Sequence[Summands], lemmas: Sequence[int]) -> tuple[Affine, int]:
        """The chain y_i = … = g(its affine map), by way of its preactivation where g is not affine."""
        layer, last = self.equations.layers[-1], self.network.activations[-1]
        y, z = layer.outputs[i], layer.preactivations[i]
        self.writer.start(y if last.row.affine else z)
        if last.row.affine:
            self.writer.unfold(y)
        _, affine = self._expand(self.network.depth, i, below, lemmas, activate=last.row.affine)
        named = self._name(affine, self._output_names(i))
        if not last.row.affine:
            lemma = self.writer.last
            self.writer.start(y)
            self.writer.unfold(y)
            self.writer.substitute(lemma)
        return named, self.writer.last

    def _expand(
        self, k: int, i: int, below: Sequence[Summands], lemmas: Sequence[int], *, activate: bool
    ) -> tuple[Summands, Affine]:
        """Unfold the preactivation, put the layer below in its place, distribute, collect terms."""
        layer, activation = self.equations.layers[k - 1], self.network.activations[k - 1]
        self.writer.unfold(layer.preactivations[i])
        if k > 1:
            self.writer.substitute(*lemmas)
        unit = self.algebra.combine(layer.weights[i], below, layer.biases[i])
        scaled = activate and activation.name == "affine"
        if scaled:
            unit = self.algebra.activate(*affine_parameters(activation, k), k, unit)
        if k > 1 or scaled:
            self.writer.distribute(self.algebra.distributed(unit, layer.outputs[i]))
        collected, affine = self.algebra.collected(unit)
        if self.equations.form == "entries" or self.bind or k == self.network.depth:
            self.writer.regroup(self.algebra.affine(affine, layer.outputs[i]))
        return collected, affine

    def _name(self, unit: Affine, names: Sequence[Name]) -> Affine:
        """Define names for the coefficients that are not numbers, and end the chain with them."""
        parts = [p for p in unit.coefficients if p.op != "number"]
        if not parts or len(set(parts)) < len(parts):  # of two equal coefficients folding cannot know which is meant
            return unit
        named = dict(zip((*unit.slopes, unit.offset), names, strict=True))
        letters = {p: symbol(named[p], p.shape) for p in parts}
        for body, letter in letters.items():
            self.writer.define(letter, body)
        self.writer.fold(*letters.values())
        return unit.renamed(letters)

    def _layer_names(self, k: int, i: int) -> list[Name]:
        """Names for the coefficients of unit i of a hidden layer, the offset last."""
        if self.equations.form == "matrix":
            return [Name("A", k), Name("c", k)]
        return [Name("A", k, (i + 1, m + 1)) for m in range(len(self.equations.inputs))] + [Name("c", k, (i + 1,))]

    def _output_names(self, i: int) -> list[Name]:
        """Names for the coefficients of output i, the offset last."""
        inputs, outputs = len(self.equations.inputs), len(self.equations.outputs)
        if self.equations.form == "matrix" or self.network.is_chain_of_scalars:
            return [Name("W"), Name("B")]
        if outputs == 1:
            return [Name("W", entry=(m + 1,)) for m in range(inputs)] + [Name("B")]
        column = self.network.convention == "column"
        entries = [(i + 1, m + 1) if column else (m + 1, i + 1) for m in range(inputs)]
        return [Name("W", entry=e) for e in entries] + [Name("B", entry=(i + 1,))]
