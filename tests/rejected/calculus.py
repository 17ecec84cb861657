"""Letters and short spellings for attacks on the rules of calculus, beside those of ``attack``."""

from __future__ import annotations

from collections.abc import Callable

from symnet.kernel import replay
from symnet.term import (
    Claim,
    Derivation,
    Index,
    Name,
    Step,
    Term,
    apply,
    cases,
    constant,
    derivative,
    number,
    postorder,
    put,
    symbol,
)
from tests.rejected.attack import WORK, derivation, step, z

ZERO, ONE, MINUS = number(0), number(1), number(-1)
PI = constant("pi")
u, v, w, alpha = (symbol(name) for name in ("u", "v", "w", "alpha"))


def _known(name: str) -> Callable[[Term | int], Term]:
    return lambda argument: apply(name, argument if type(argument) is Term else number(argument))


exp, log, sqrt, sin, cos, atan, tanh, erf = map(_known, ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh", "erf"))


def f(argument: Term) -> Term:
    """A function of which nothing is known."""
    return apply("f", argument)


def zs(place: int | Index) -> Term:
    """A member of a family of scalars."""
    return symbol(Name("z", place))


def D(body: Term, at: Term | None = None, variable: Term = z, side: str = "both") -> Term:
    """The derivative, at the variable unless told."""
    return derivative(body, variable, at, side)


def right(body: Term, at: Term = ZERO) -> Term:
    return D(body, at, side="right")


def left(body: Term, at: Term = ZERO) -> Term:
    return D(body, at, side="left")


def where(test: Term, then: Term, otherwise: Term, relation: str = "<=") -> Term:
    """``then`` where 0 <= test."""
    return cases((ZERO, relation, test, then), otherwise=otherwise)


ABS = where(z, z, -z)
RELU = where(z, z, ZERO)
STEP = where(z, ONE, ZERO)
ELU = where(z, z, alpha * (exp(z) - 1), "<")
SIGMOID = 1 / (1 + exp(-z))


def at_zero(term: Term) -> Term:
    return put(term, z, ZERO)


def inner(body: Term, at: Term | None = None, variable: Term = z) -> list[Term]:
    """The derivatives of all that a term is made of."""
    found = dict.fromkeys(postorder(body, leaves=("sigma", "pi")))
    return [D(node, at, variable) for node in found if node != variable]


def slope(body: Term, *more: Step, at: Term | None = None, variable: Term = z, **keywords: object) -> Derivation:
    """What the rules make of a derivative, in lines 0 and 1, and what follows."""
    return derivation(*slopes(body, at, variable), *more, **keywords)


def slopes(body: Term, at: Term | None = None, variable: Term = z, before: int = 0) -> tuple[Step, Step]:
    """The two lines that work a derivative out, after so many others."""
    return step("start", D(body, at, variable)), step("differentiate", before, *inner(body, at, variable))


def slope_is(body: Term, claimed: Term, rule: str = "elementary") -> Derivation:
    """The straight claim about a derivative."""
    return slope(body, step(rule, 1, claimed))


def same(lhs: Term, rhs: Term) -> Derivation:
    """The straight claim that two terms have one value."""
    return derivation(step("start", lhs), step("elementary", 0, rhs))


def positive(term: Term) -> Derivation:
    """The straight claim that a term has a sign."""
    return derivation(step("start", term), step("sign", 0))


def believed(told: Derivation) -> Claim:
    """The claim of a derivation that has to go through."""
    return replay(told, WORK).claim


def chosen(term: Term, arm: int, before: int = 0) -> tuple[Step, Step]:
    """A case distinction equals one of its arms, after so many other lines."""
    return step("start", term), step("choose", before, term, number(arm))


def define(**bodies: Term) -> list[tuple[Term, Term]]:
    return [(symbol(name), body) for name, body in bodies.items()]


#: |z| = z where z > 0, and −z where z < 0.
UP = where(z, z, -z, "<")
#: In lines 0 and 1, and 2 and 3: what ELU is on either side. In lines 4 to 6: its value at 0.
ELU_LINES = (
    *chosen(ELU, 0),
    *chosen(ELU, 1, 2),
    *chosen(at_zero(ELU), 1, 4),
    step("elementary", 5, ZERO),
)
#: In lines 0 and 1: z = z where z ≥ 0, for |z|; in lines 2 and 3: −z where z < 0; in lines 4 and 5: its value at 0.
ABS_LINES = (*chosen(ABS, 0), *chosen(ABS, 1, 2), *chosen(at_zero(ABS), 0, 4))
#: After these, the slopes of |z| at 0 from the left in lines 8 and 9, and from the right in 10 and 11.
ABS_SLOPES = (
    *ABS_LINES,
    step("elementary", 5, at_zero(-z)),
    step("elementary", 6, at_zero(-z)),
    step("one_sided", 3, 7, left(ABS)),
    step("differentiate", 8, *inner(-z, ZERO)),
    step("one_sided", 1, right(ABS)),
    step("differentiate", 10, D(z, ZERO)),
)
