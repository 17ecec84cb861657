"""What terms mention, in order of appearance: gone through once a page, for everything that is said about names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from symnet.render.notation import DIRECTIONS
from symnet.term import Name, Term
from symnet.term.node import BINDERS, variables_in

_AFTER: Final = BINDERS | {"apply"}


@dataclass(slots=True)
class Inventory:
    """The distinct names, symbols, columns of ones, applied functions, Σ and ∏ below some terms.

    ``names`` are those of symbols, functions, sizes, and the variables of indices.

    >>> from symnet.term import symbol
    >>> list(map(str, Inventory.of(symbol("x", (Name("n"), 1))).names))
    ['x', 'n']
    """

    names: dict[Name, None] = field(default_factory=dict)
    symbols: dict[Term, None] = field(default_factory=dict)
    sizes: dict[Name, None] = field(default_factory=dict)
    ones: dict[Term, None] = field(default_factory=dict)
    functions: dict[Name, None] = field(default_factory=dict)
    binders: dict[Term, None] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: Term) -> Inventory:
        """Everything that the terms mention."""
        found = cls()
        for node in _leaves(roots):
            found.add(node)
        return found

    def add(self, node: Term) -> None:
        """Add a node that has no arguments, or is a function, a Σ or a ∏."""
        op = node.op
        if op == "symbol":
            self.symbols[node] = None
            self.names[node.name] = None
        elif op == "ones":
            self.ones[node] = None
        elif op == "apply":
            self.functions[node.name] = None
            self.names[node.name] = None
        elif op in BINDERS:
            self.binders[node] = None
        for size in node.shape:
            if isinstance(size, Name):
                self.names[size] = self.sizes[size] = None
        if node.free or op in BINDERS:
            found = [node.value[0], *variables_in(node.value[1:3])] if op in BINDERS else variables_in(node.value)
            self.names.update((Name(variable), None) for variable in found)

    @property
    def has_both(self) -> bool:
        """Whether a ∏ in ascending order and one in descending order are among the terms."""
        return {b.value[3] for b in self.binders if b.op == "pi"} == set(DIRECTIONS)


def _leaves(roots: tuple[Term, ...]) -> Iterator[Term]:
    """The nodes without arguments, and the functions, Σ and ∏, each after what is below it; an object once."""
    seen: set[int] = set()
    todo: list[Term | tuple[Term]] = [*reversed(roots)]
    while todo:
        node = todo.pop()
        if isinstance(node, tuple):
            yield node[0]
            continue
        args = node.args
        if args and node.op not in _AFTER and seen.issuperset(map(id, args)):
            continue  # everything below was met before
        if id(node) not in seen:
            seen.add(id(node))
            if not args:
                yield node
                continue
            if node.op in _AFTER:
                todo.append((node,))
            todo += args[::-1]
