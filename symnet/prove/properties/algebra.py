"""What is asked of terms again and again while facts about one function are looked for; results are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

from symnet.prove import tidy as tidying
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.lines import Lines
from symnet.term import Term, derivative, known_function

#: How many results of each function are kept.
CACHED: Final = 2_000

Found = TypeVar("Found")


@lru_cache(maxsize=CACHED)
def tidy(term: Term) -> Term:
    """A shorter term that is equal; see :func:`symnet.prove.tidy.tidy`."""
    return tidying.tidy(term)


@lru_cache(maxsize=CACHED)
def derivative_of(formula: Term, variable: Term) -> Term:
    """The derivative by the rules, without zeros and ones."""
    lines = Lines()
    return cleaned(lines.rhs(lines.differentiate(lines.start(derivative(formula, variable)), clear=False)))


def in_field(compute: Callable[[Field], Found | None], *terms: Term, spare: int = 0) -> Found | None:
    """What is computed in a field with the generators of these terms; None where they are too large."""
    try:
        return in_a_field(compute, *terms, spare=spare)
    except Unwieldy:
        return None


def is_applied(node: Term, *functions: str) -> bool:
    """Whether a node is one of these known functions of something."""
    return node.op == "apply" and known_function(node.value) in functions
