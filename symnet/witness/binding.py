"""What the symbols of a replayed claim stand for: the numbers that were drawn, by name, and torch's output.

The names are those of :mod:`symnet.network.equations`. The value of a formula comes from the replayed terms and
definitions alone; a symbol that the network does not have, or has in another shape, is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symnet.errors import ShapeError, UsageError
from symnet.term import Definition, Index, Name, Position, Term, describe, symbols
from symnet.witness.arithmetic import evaluate, placed
from symnet.witness.bounded import Bounded, BoundedArithmetic
from symnet.witness.forward import LayerValues


def is_output(term: Term) -> bool:
    """Whether a term is a symbol of a network's output."""
    return term.op == "symbol" and term.name.base in ("y", "O") and term.name.layer is None


def formula(
    term: Term, binding: Binding, definitions: Sequence[Definition], places: Mapping[str, int] | None = None
) -> Bounded:
    """A term's value through the definitions that it needs, each evaluated once.

    ``places`` are the values of the free indices, such as L. What is defined by recursion has no value here: walking
    through the network is for torch.
    """
    places = places or {}
    recursive = {d.symbol.name.base for d in definitions if isinstance(d.symbol.name.layer, Index)}
    usable = [d for d in definitions if d.symbol.name.base not in recursive]
    needed = set(symbols(term))
    for definition in reversed(usable):
        if definition.symbol in needed:
            needed |= set(symbols(definition.body))
    known: dict[Term, Bounded] = {}

    def value_of(s: Term) -> Bounded:
        return known[s] if s in known else binding.parameter(s)

    for definition in usable:
        if definition.symbol in needed:
            value = evaluate(definition.body, binding.arithmetic, value_of, places)
            known[placed(definition.symbol, places)] = value
    return evaluate(term, binding.arithmetic, value_of, places)


class Binding:
    """The arrays that a network's symbols stand for, by name, in the shapes of its convention."""

    def __init__(
        self, convention: str, sizes: Mapping[Name, int], layers: Sequence[LayerValues], inputs: Bounded, seen: Bounded
    ) -> None:
        self.column = convention == "column"
        self.layers = layers
        self.inputs = inputs
        self.seen = seen
        self.arithmetic = BoundedArithmetic(sizes)

    def output(self, s: Term) -> Bounded:
        """What torch says of an output symbol."""
        return self._pick(self.seen, s)

    def parameter(self, s: Term) -> Bounded:
        """The drawn numbers of an input, a weight, a bias, α or β."""
        name = s.name
        if name.layer is None and name.base in ("x", "X"):
            return self._pick(self.inputs, s)
        k = 0 if name.layer is None else _whole(name.layer, name)
        if not 1 <= k <= len(self.layers):
            raise UsageError(f"the network has no {name}")
        layer = self.layers[k - 1]
        scalars: Mapping[str, Bounded] = {"alpha": layer.alpha, "beta": layer.beta}
        if name.base in scalars and not s.shape and not name.entry:
            return scalars[name.base]
        found = {"W": layer.weight, "w": layer.weight, "b": layer.bias}.get(name.base)
        if found is None:
            raise UsageError(f"the network has no {name}")
        return self._pick(found, s)

    def _pick(self, rows: Bounded, s: Term) -> Bounded:
        """The whole array, in the shape that the symbol says, or one entry of it."""
        array = rows.T if self.column else rows
        shape, entry = array.value.shape[-2:], tuple(_whole(i, s.name) for i in s.name.entry)
        if s.shape:
            if tuple(map(self.arithmetic.size, s.shape)) != shape or entry:
                raise ShapeError(f"{s.name} is {describe(s.shape)} in the formula and {describe(shape)} in the network")
            return array
        if len(entry) < 2:
            vector = array.reshape(*array.value.shape[:-2], shape[0] * shape[1])
            return vector[..., _position(s.name, entry or (1,), (shape[0] * shape[1],), bool(entry))[0]]
        row, col = _position(s.name, entry, shape, True)
        return array[..., row, col]


def _whole(position: Position, name: Name) -> int:
    if isinstance(position, Index):
        raise UsageError(f"{name} is no number of the network: the index {position} has no value there")
    return position


def _position(name: Name, entry: tuple[int, ...], shape: tuple[int, ...], indexed: bool) -> tuple[int, ...]:
    if len(entry) != len(shape) or not all(1 <= i <= n for i, n in zip(entry, shape, strict=True)):
        raise ShapeError(f"the network has no entry {name}")
    if not indexed and shape != (1,):
        raise ShapeError(f"{name} has {shape[0]} entries in the network")
    return tuple(i - 1 for i in entry)
