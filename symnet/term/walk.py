"""Reading terms: every traversal is a loop, so depth is never a problem."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from operator import is_
from typing import Any, Final, TypeVar

from symnet.errors import UsageError
from symnet.term.names import Index, Name, Position, at
from symnet.term.node import Term, name_at, number

Result = TypeVar("Result")

#: Stands above a node whose arguments have been looked at.
_READY: Final[Any] = object()


def postorder(*roots: Term, leaves: Container[str] = (), seen: dict[int, Term] | None = None) -> Iterator[Term]:
    """Every distinct node object below the roots, each after its arguments; not below the ops in ``leaves``.

    Nodes in ``seen``, by their id, are passed over, and those that are met are added to it.
    """
    seen = {} if seen is None else seen
    todo = list(reversed(roots))
    while todo:
        node = todo.pop()
        if node is _READY:
            yield todo.pop()
        elif id(node) not in seen:
            seen[id(node)] = node
            if node.args and node.op not in leaves:
                todo += (node, _READY, *reversed(node.args))
            else:
                yield node


def fold(root: Term, combine: Callable[[Term, list[Result]], Result], leaves: Container[str] = ()) -> Result:
    """Bottom-up: ``combine(node, results of its arguments)``, once a node; a leaf op gets no results."""
    results: dict[int, Result] = {}
    for node in postorder(root, leaves=leaves):
        below = () if node.op in leaves else node.args
        results[id(node)] = combine(node, [results[id(a)] for a in below])
    return results[id(root)]


def substitute(root: Term, replacement: Mapping[Term, Term]) -> Term:
    """Replace every occurrence of each key at once; what is put in is not searched again."""

    least, total = min((t.size for t in replacement), default=0), not all(t.partial for t in replacement)
    found: dict[int, Term] = {}
    todo = [root]
    while todo:
        node = todo.pop()
        if node is _READY:
            node = todo.pop()
            args = tuple([found[id(a)] for a in node.args])
            found[id(node)] = node if all(map(is_, args, node.args)) else Term(node.op, args, node.value)
        elif id(node) not in found:
            if node.size < least or not (total or node.partial):  # nothing that is replaced can be in it
                found[id(node)] = node
            elif node in replacement:
                found[id(node)] = replacement[node]
            else:
                todo += (node, _READY, *node.args)
    return found[id(root)]


def put(root: Term, symbol: Term, value: Term) -> Term:
    """The term with a value for a symbol. A derivative binds its variable, so nothing is put for it in its body.

    Raises :class:`~symnet.errors.UsageError` when the value mentions a variable that a derivative in the term binds.
    """
    if not root.partial or not any(n.op == "derivative" for n in _nodes((root,))):
        return substitute(root, {symbol: value})
    names = {s.name for s in symbols(value)}

    def combine(node: Term, args: list[Term]) -> Term:
        if node == symbol:
            return value
        if node.op == "derivative":
            body = node.args[0]
            if node.value[0] == symbol.name:
                args = [body, args[1]]
            elif args[0] != body and node.value[0] in names:
                raise UsageError(f"{node.value[0]} is bound by a derivative there: rename one")
        return Term(node.op, tuple(args), node.value)

    return fold(root, combine)


def symbols(*roots: Term) -> dict[Term, None]:
    """The symbols of the terms, in order of appearance."""
    return {node: None for node in _nodes(roots) if node.op == "symbol"}


def _nodes(roots: Sequence[Term]) -> Iterable[Term]:
    """Every distinct node object below the roots, each before its arguments."""
    seen: dict[int, Term] = {}
    todo = list(reversed(roots))
    while todo:
        node = todo.pop()
        if id(node) not in seen:
            seen[id(node)] = node
            if node.args:
                todo += reversed(node.args)
    return seen.values()


def instance(root: Term, variable: str, value: Position) -> Term:
    """The term with a free index variable replaced: a⁽ᵏ⁾ at k = n + 1 is a⁽ⁿ⁺¹⁾.

    Raises :class:`~symnet.errors.UsageError` when a Σ or ∏ in the term binds the variable, or one of the value's.
    """
    if variable not in root.free:
        return root
    for name in (variable, *(value.variables if type(value) is Index else ())):
        if name in root.bound:
            raise UsageError(f"{name} is bound by a Σ or ∏ there: rename one")

    def combine(node: Term, args: list[Term]) -> Term:
        if variable not in node.free:
            return node
        if node.op == "index":
            found = at(node.value, variable, value)
            return Term("index", (), found) if type(found) is Index else number(found)  # type: ignore[arg-type]
        return Term(node.op, tuple(args), _value_at(node.value, variable, value))

    return fold(root, combine)


def _value_at(carried: Any, variable: str, value: Position) -> Any:
    match carried:
        case Index():
            return at(carried, variable, value)
        case Name():
            return name_at(carried, variable, value)
        case tuple():
            return tuple(_value_at(part, variable, value) for part in carried)
        case _:
            return carried
