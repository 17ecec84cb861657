"""Pairs of terms that are equal, or nearly so: identities used again and again, and one false step mostly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from symnet.errors import SymnetError
from symnet.term import Term, multiply, number, total
from tests.rejected.attack import x, y, z
from tests.rejected.calculus import ONE, PI, atan, cos, erf, exp, log, sin, sqrt, tanh
from tests.rejected.corruption import at, paths, put

Rule = Callable[[Term], Term | None]

FUNCTIONS = (exp, exp, log, sqrt, sqrt, sin, cos, atan, tanh, erf)
LETTERS = (x, y, z)
NUMBERS = [number(q) for q in (0, 1, -1, 2, 3, 4, 5, 6, 8, 12, Fraction(1, 2), Fraction(-2, 3))]
#: Larger terms are not compared.
LARGEST = 120


def pair(rng: Random) -> tuple[Term, Term]:
    """Two terms that may be equal."""
    base = random_term(rng.choice((1, 2, 2, 3)), rng)
    lhs, rhs = (changed(base, EQUAL, rng.randrange(most), rng) for most in (3, 5))
    if rng.random() < 0.6:
        rhs = changed(rhs, UNEQUAL, 1, rng)
    if rng.random() < 0.3:
        rhs = changed(rhs, EQUAL, 2, rng)
    return (lhs, rhs) if lhs.size + rhs.size < 2 * LARGEST else pair(rng)


def random_term(depth: int, rng: Random) -> Term:
    """A term without case distinctions: much is divided, and powers are taken."""
    if depth == 0 or rng.random() < 0.12:
        return rng.choice((*LETTERS, *LETTERS, *NUMBERS, PI))

    def below() -> Term:
        return random_term(depth - 1, rng)

    choices = [
        *(lambda: below() + below(), lambda: below() - below(), lambda: below() * below(), lambda: below() * below()),
        *(
            lambda: below() / below(),
            lambda: below() / below(),
            lambda: 1 / below(),
            lambda: below() ** rng.randrange(6),
        ),
        *[lambda: rng.choice(FUNCTIONS)(below())] * 4,
    ]
    return rng.choice(choices)()


def changed(term: Term, rules: Sequence[Rule], times: int, rng: Random) -> Term:
    """The term with some of its parts rewritten."""
    for _ in range(times):
        for _ in range(10):
            path = rng.choice(paths(term))
            try:
                new = rng.choice(rules)(at(term, path))
            except SymnetError:
                continue
            if new is not None:
                term = put(term, path, new)
                break
    return term


def on(function: Callable[[Term], Term], rule: Rule) -> Rule:
    """A rule for one function, in terms of its argument."""
    name = function(z).value
    return lambda t: rule(t.args[0]) if t.op == "apply" and t.value == name else None


def _multiplied_out(t: Term) -> Term | None:
    if t.op == "multiply" and t.args[0].op == "sum":
        return total([multiply([part, *t.args[1:]]) for part in t.args[0].args])
    return None


def _over_one(t: Term) -> Term | None:
    """a/b + c/d = (a d + c b)/(b d)"""
    if t.op != "sum" or len(t.args) > 2:
        return None
    (a, b), (c, d) = (part.args if part.op == "divide" else (part, ONE) for part in t.args)
    return (a * d + c * b) / (b * d)


EQUAL: list[Rule] = [
    *(_multiplied_out, _multiplied_out, _over_one, _over_one),
    lambda t: t * ONE,
    lambda t: t + (x - x),
    lambda t: 1 / (1 / t),
    lambda t: t * y / y,
    lambda t: t**3 / t**2,
    lambda t: exp(log(t)),
    lambda t: log(exp(t)),
    lambda t: sqrt(t) ** 2,
    lambda t: sqrt(t) ** 3 / sqrt(t),
    lambda t: 1 / (1 / sqrt(t)) ** 2,
    lambda t: t * exp(z) * exp(-z),
    lambda t: t * (sin(x) ** 2 + cos(x) ** 2),
    lambda t: t * (1 + x**2) * cos(atan(x)) ** 2,
    lambda t: t * sqrt(number(6)) / (sqrt(number(2)) * sqrt(number(3))),
    lambda t: t * sqrt(2 * PI) / sqrt(number(2)) / sqrt(PI),
    lambda t: exp(3 * log(t)) / t**2,
    lambda t: exp(-2 * log(t)) * t**3,
    lambda t: t.args[0] * (1 / t.args[1]) if t.op == "divide" else None,
    on(sin, lambda a: cos(a - PI / 2)),
    on(sin, lambda a: -sin(a + PI)),
    on(sin, lambda a: (1 - cos(a) ** 2) / sin(a)),
    on(cos, lambda a: sin(a + PI / 2)),
    on(cos, lambda a: (1 - sin(a) ** 2) / cos(a)),
    on(tanh, lambda a: (exp(2 * a) - 1) / (exp(2 * a) + 1)),
    on(tanh, lambda a: -tanh(-a)),
    on(atan, lambda a: -atan(-a)),
    on(erf, lambda a: -erf(-a)),
    on(exp, lambda a: exp(a / 2) ** 2),
    on(exp, lambda a: 1 / exp(-a)),
    on(exp, lambda a: exp(a - x) * exp(x)),
    on(exp, lambda a: exp(-a / 2) ** 5 * exp(7 * a / 2)),
    on(sqrt, lambda a: sqrt(4 * a) / 2),
    on(sqrt, lambda a: 1 / sqrt(1 / a)),
    on(sqrt, lambda a: a / sqrt(a)),
    on(sqrt, lambda a: sqrt(a) ** 5 / a**2),
    on(log, lambda a: -log(1 / a)),
    on(log, lambda a: log(a * exp(y)) - y),
    on(log, lambda a: y - log(exp(y) / a)),
]

UNEQUAL: list[Rule] = [
    lambda t: -t,
    lambda t: t + number(Fraction(1, 7)),
    lambda t: 1 / t,
    lambda t: sqrt(t**2),
    lambda t: t.args[0] if t.args else None,
    lambda t: t.args[-1] if t.args else None,
    lambda t: number(t.value + 1) if t.op == "number" else None,
    lambda t: t.args[0] ** (t.value + 1) if t.op == "power" else None,
    lambda t: t.args[0] ** (t.value - 1) if t.op == "power" and t.value else None,
    lambda t: t.args[1] / t.args[0] if t.op == "divide" else None,
    lambda t: y if t.op == "symbol" else None,
    on(log, lambda a: log(a**2) / 2),
    on(log, lambda a: log(-a)),
    on(sin, lambda a: sin(-a)),
    on(sin, lambda a: sin(PI - a)),
    on(cos, sin),
    on(tanh, lambda a: tanh(-a)),
    on(exp, lambda a: exp(2 * a)),
    on(exp, lambda a: exp(-a)),
    on(exp, lambda a: exp(a + 1)),
    on(sqrt, lambda a: sqrt(1 / a)),
    on(sqrt, lambda a: sqrt(-a)),
    on(sqrt, lambda a: sqrt(2 * a)),
    on(sqrt, lambda a: 1 / sqrt(a)),
    on(atan, lambda a: PI / 2 - atan(1 / a)),
    on(erf, lambda a: erf(2 * a)),
]
