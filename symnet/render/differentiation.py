"""By which rules derivatives are worked out, read off how their bodies are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from symnet.term import Name, Term, symbols

#: The rules that are named before all others, and those that are named where these are not used.
MAJOR: Final[tuple[str, ...]] = ("quotient rule", "product rule", "chain rule", "power rule")
MINOR: Final[tuple[str, ...]] = ("constant factor", "sum rule")


def rules_of(term: Term, bodies: Mapping[Term, Term]) -> Iterator[str | Name]:
    """The rules for how the body of a derivative is written; a function by its name.

    >>> from symnet.term import apply, derivative, symbol
    >>> z = symbol("z")
    >>> list(rules_of(derivative(apply("exp", -z), z), {}))
    ['chain rule', Name(base='exp', layer=None, entry=())]
    """
    body, name = term.args[0], term.value[0]
    varying = [varies(a, name, bodies) for a in body.args]
    if is_variable(term):
        yield "variable"
    elif not any(varying):
        yield "constant"
    elif body.op == "sum":
        yield "sum rule"
    elif body.op == "multiply":
        yield "product rule" if sum(varying) > 1 else "constant factor"
    elif body.op == "divide":
        yield "quotient rule" if varying[1] else "constant factor"
    elif body.op in ("power", "apply"):
        if body.args[0].op != "symbol" or body.args[0].name != name:
            yield "chain rule"
        yield "power rule" if body.op == "power" else body.name  # of a function that the kernel knows


def is_variable(term: Term) -> bool:
    body = term.args[0]
    return body.op == "symbol" and body.name == term.value[0]


def varies(term: Term, name: Name, bodies: Mapping[Term, Term]) -> bool:
    """Whether a term mentions a variable, through definitions too."""
    todo, seen = [term], set[Term]()
    while todo:
        for s in symbols(todo.pop()):
            if s.name == name:
                return True
            if s in bodies and s not in seen:
                seen.add(s)
                todo.append(bodies[s])
    return False
