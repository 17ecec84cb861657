"""What every table of attacks shares: short spellings of derivations, a few symbols, and the one test.

An attack is a row ``(the lie it tries to tell, a function that tells it, words of the refusal)``. Making the terms is
part of the attack, since ill-shaped terms are refused when they are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from symnet.errors import SymnetError
from symnet.kernel import Replayed, replay
from symnet.term import (
    Claim,
    Definition,
    Derivation,
    Name,
    Position,
    Step,
    Term,
    index,
    indexed_product,
    indexed_sum,
    natural,
    shifted,
    symbol,
)

Attack = tuple[str, Callable[[], Any], str]

#: Enough for every attack by hand; an attack that hides behind more work than this is refused for that.
WORK = 1_000_000

m, n = Name("m"), Name("n")
x, y, z, s, t = (symbol(letter) for letter in "xyzst")
A, B, C = (symbol(letter, (n, n)) for letter in "ABC")
M, v, b = symbol("M", (m, n)), symbol("v", (n, 1)), symbol("b", (m, 1))

#: Indices, and the terms that name them as variables.
i, j, k, p = (index(letter) for letter in "ijkp")
AT_I, AT_J, AT_K, AT_P = map(natural, (i, j, k, p))


def after(position: Position) -> Position:
    """position + 1"""
    return shifted(position, 1)


def c(k: Position) -> Term:
    """A scalar of a family."""
    return symbol(Name("c", k))


def d(k: Position) -> Term:
    """Another."""
    return symbol(Name("d", k))


def r(k: Position) -> Term:
    """A scalar to define by recursion."""
    return symbol(Name("r", k))


def D(k: Position) -> Term:
    """A square matrix of a family."""
    return symbol(Name("D", k), (n, n))


def width(k: Position) -> Name:
    """n_k"""
    return Name("n", None, (k,))


def W(k: Position) -> Term:
    """A weight: n_k×n_{k−1}."""
    return symbol(Name("W", k), (width(k), width(shifted(k, -1))))


def sigma(lower: Position, upper: Position, body: Term, variable: str = "k") -> Term:
    """Σ over k"""
    return indexed_sum(variable, lower, upper, body)


def pi(lower: Position, upper: Position, body: Term, direction: str = "descending", variable: str = "k") -> Term:
    """∏ over k"""
    return indexed_product(variable, lower, upper, body, direction)


def step(rule: str, *given: int | Term) -> Step:
    """One step; whole numbers are premises and terms are terms, as in ``step("regroup", 0, x + x)``."""
    premises = tuple(part for part in given if type(part) is not Term)
    return Step(rule, premises, tuple(part for part in given if type(part) is Term))


def derivation(
    *steps: Step, define: Iterable[tuple[Term, Term]] = (), goals: tuple[int, ...] | None = None
) -> Derivation:
    """The steps, with ``define`` as pairs (symbol, body), and the last line as the goal unless told."""
    definitions = tuple(Definition(name, body) for name, body in define)
    return Derivation(definitions, steps, (len(steps) - 1,) if goals is None else goals)


def equate(lhs: Term, rhs: Term) -> Derivation:
    """The straight lie: lhs = rhs by algebra."""
    return derivation(step("start", lhs), step("regroup", 0, rhs))


def accepted(*steps: Step, define: Iterable[tuple[Term, Term]] = ()) -> Claim:
    """The claim of a derivation that has to go through."""
    return replay(derivation(*steps, define=define), WORK).claim


def table(*attacks: Attack) -> pytest.MarkDecorator:
    """Parametrize ``test_refused(tell, words)`` with one row a lie."""
    return pytest.mark.parametrize(("tell", "words"), [pytest.param(*rest, id=lie) for lie, *rest in attacks])


def refuse(tell: Callable[[], Any], words: str) -> None:
    """The lie is refused on purpose and for the reason given: by the terms as they are made, or by the kernel."""
    with pytest.raises(SymnetError, match=re.escape(words) or None):
        _believe(tell())


def _believe(told: Any) -> Replayed:
    return replay(told, WORK)
