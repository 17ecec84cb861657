"""Names for the parts of a function: u and v of a quotient or product, and what is inside a function.

Only what is not plain gets a name. A number, the variable, and a linear argument as in e^{-z} stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from symnet.term import Term, fold, postorder, symbol, symbols

#: Letters for parts, in the order in which they are given.
LETTERS: Final = ("u", "v", "w", "s", "t", "p", "q", "r")


@dataclass(slots=True)
class Named:
    """A function and the named parts that it is directly made of."""

    function: Term
    parts: dict[Term, Named] = field(default_factory=dict)

    def everything(self) -> Iterator[tuple[Term, Term]]:
        """Every part below, with what it stands for; inner parts after the outer ones."""
        todo = [self]
        while todo:
            for letter, part in todo.pop(0).parts.items():
                yield letter, part.function
                todo.append(part)


def named(function: Term, variable: Term, taken: set[str]) -> Named:
    """Give names to the parts of a function, as long as there are letters; ``taken`` grows by those given.

    >>> from symnet.term import apply
    >>> z = symbol("z")
    >>> plan = named(z / (1 + apply("exp", -z)), z, {"z"})
    >>> dict(plan.everything())
    {v: sum(number(1), apply(multiply(number(-1), z), exp))}
    """
    taken |= {s.name.base for s in symbols(function)}
    root = Named(function)
    todo, known = [root], dict[Term, tuple[Term, Named]]()
    while todo:
        node = todo.pop(0)
        for part, place in dict(_parts(node.function, variable)).items():
            letter = next((x for x in (*LETTERS[place:], *LETTERS[:place]) if x not in taken), None)
            if part not in known and letter:
                taken.add(letter)
                known[part] = symbol(letter), Named(part)
                todo.append(known[part][1])
            if part in known:
                node.parts[known[part][0]] = known[part][1]
    return root


def varies(term: Term, variable: Term) -> bool:
    """Whether a term mentions the variable."""
    return any(node == variable for node in postorder(term))


def is_linear(term: Term, variable: Term) -> bool:
    """Whether a term is c z + d as it is written."""

    def degree(node: Term, args: list[int]) -> int:
        if node == variable:
            return 1
        if not any(args):
            return 0
        if node.op == "sum" or (node.op == "divide" and not args[1]):
            return max(args)
        return sum(args) if node.op == "multiply" else 2

    return fold(term, degree) <= 1


def _parts(term: Term, variable: Term) -> Iterator[tuple[Term, int]]:
    """The parts of a term that get a name, from left to right: u, in place 0, or v, in place 1, of u/v and u v."""
    todo = [term]
    while todo:
        node = todo.pop(0)
        changing = [a for a in node.args if varies(a, variable)]
        match node.op:
            case "sum":
                todo = changing + todo
            case "multiply" if len(changing) == 1:
                todo = changing + todo
            case "divide" if not varies(node.args[1], variable):
                todo = changing + todo
            case "multiply":
                places = ((a, min(i, 1)) for i, a in enumerate(changing))
                yield from ((a, place) for a, place in places if not is_linear(a, variable))
            case "divide":
                yield from ((a, place) for place, a in enumerate(node.args) if a in changing and a != variable)
            case "power" | "apply" if changing and not is_linear(changing[0], variable):
                yield changing[0], 0
