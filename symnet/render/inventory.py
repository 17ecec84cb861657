"""What terms mention, in order of appearance: gone through once a page, for everything that is said about names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from symnet.errors import SymnetError
from symnet.render.functions import WORDS
from symnet.render.notation import DIRECTIONS
from symnet.term import Name, Term, known_function
from symnet.term.node import BINDERS, variables_in

_AFTER: Final = BINDERS | {"apply", "derivative"}


@dataclass(slots=True)
class Inventory:
    """The distinct names, symbols, columns of ones, applied functions, Σ and ∏, and derivatives below some terms.

    ``names`` are those of symbols, functions, sizes, and the variables of indices. ``functions`` are those of which
    nothing is known; ``known`` are the names of the others, and of π. ``variables`` are what is differentiated in.
    ``defined`` are the names that stand for something else, where that is known.

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
    known: dict[str, None] = field(default_factory=dict)
    variables: dict[Name, None] = field(default_factory=dict)
    derivatives: dict[Term, None] = field(default_factory=dict)
    defined: frozenset[Name] | None = None

    @classmethod
    def of(cls, *roots: Term) -> Inventory:
        """Everything that the terms mention."""
        found = cls()
        for node in _leaves(roots):
            found.add(node)
        return found

    def add(self, node: Term) -> None:
        """Add a node that has no arguments, or is a function, a Σ, a ∏ or a derivative."""
        op = node.op
        if op == "number":
            return
        if op == "symbol":
            self.symbols[node] = None
            self.names[node.name] = None
        elif op == "ones":
            self.ones[node] = None
        elif op == "apply":
            if not node.shape and (known := known_function(node.name)):
                self.known[known] = None
            else:
                self.functions[node.name] = None
            self.names[node.name] = None
        elif op == "constant":
            self.known[node.value] = None
        elif op == "derivative":
            self.derivatives[node] = None
            self.variables[node.value[0]] = self.names[node.value[0]] = None
        elif op in BINDERS:
            self.binders[node] = None
        for size in node.shape:
            if isinstance(size, Name):
                self.names[size] = self.sizes[size] = None
        if node.free or op in BINDERS:
            found = [node.value[0], *variables_in(node.value[1:3])] if op in BINDERS else variables_in(node.value)
            self.names.update((Name(variable), None) for variable in found)

    def check(self) -> None:
        """See that no name reads as a function with another name, or as π.

        >>> from symnet.term import apply, symbol
        >>> Inventory.of(apply("log", symbol("ln"))).check()
        Traceback (most recent call last):
        symnet.errors.SymnetError: the name ln and the function log would print alike; rename ln
        """
        for known in self.known:
            word = WORDS.get(known)
            if word is not None and Name(word) in self.names:
                what = "number" if known == "pi" else "function"
                raise SymnetError(f"the name {word} and the {what} {known} would print alike; rename {word}")

    @property
    def has_both(self) -> bool:
        """Whether a ∏ in ascending order and one in descending order are among the terms."""
        return {b.value[3] for b in self.binders if b.op == "pi"} == set(DIRECTIONS)


def _leaves(roots: tuple[Term, ...]) -> Iterator[Term]:
    """The nodes without arguments, the functions, Σ, ∏ and derivatives, each after what is below it; an object once."""
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
