"""Attacks on calculus by size: each ends in seconds, whatever it ends in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from symnet.errors import SymnetError
from symnet.term import Name, Term, cases, multiply, number, symbol, total
from tests.rejected.attack import derivation, step, z
from tests.rejected.calculus import (
    ONE,
    D,
    atan,
    believed,
    exp,
    log,
    positive,
    same,
    sin,
    slopes,
    sqrt,
    tanh,
)


def nested(wrap: Callable[[Term], Term], times: int, term: Term = z) -> Term:
    for _ in range(times):
        term = wrap(term)
    return term


def twice(term: Term) -> Any:
    return same(term, term * 1)


LONG = number(7**5000)
MANY = [symbol(Name("q", n)) for n in range(40)]
WORDS = (
    "the replay needs more than|the normal forms need more than|too large to compare|when written out|it needs a num"
)

LARGE: list[tuple[str, Callable[[], Any]]] = [
    ("e^e^…^z, 10,000 times", lambda: twice(nested(exp, 10_000))),
    ("√(1 + √(1 + …)), 10,000 times", lambda: twice(nested(lambda q: sqrt(1 + q), 10_000))),
    ("sin(1 + sin(1 + …)), 3,000 times", lambda: twice(nested(lambda q: sin(1 + q), 3_000))),
    ("log(1 + log(1 + …)), 3,000 times", lambda: twice(nested(lambda q: log(1 + q), 3_000))),
    ("arctan(1 + arctan(1 + …)), 3,000 times", lambda: twice(nested(lambda q: atan(1 + q), 3_000))),
    ("∏ tanh q_n of 40 letters", lambda: twice(multiply(map(tanh, MANY)))),
    ("(∏ √(1 + q_n))⁸ of 40 letters", lambda: same(multiply(sqrt(1 + q) for q in MANY) ** 8, total(MANY))),
    ("e to z over many primes", lambda: twice(total(exp(z / p) for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)))),
    ("2^{10⁹}", lambda: twice(number(2) ** (10**9))),
    ("(1 + z)^{10⁹}", lambda: twice((1 + z) ** (10**9))),
    ("e^{10⁹ log(1 + z)}", lambda: twice(exp(log(1 + z) * 10**9))),
    ("√ of a number of 100,000 digits", lambda: twice(sqrt(number(7**120_001)))),
    ("log of a negative number of 6,000 digits", lambda: derivation(step("start", log(number(-(10**6000)))))),
    ("a product of 3,000 factors differentiated", lambda: derivation(*slopes(multiply(z + n for n in range(3_000))))),
    ("t_{n+1} := t_n², 40 times", lambda: derivation(step("start", D(squares(40))), define=squarings(40))),
    (
        "1,500 denominators discharged",
        lambda: derivation(step("start", total(1 / (z + n) for n in range(1_500))), step("discharge", 0)),
    ),
]


def undischarged(term: Term) -> Any:
    return derivation(step("start", term), step("discharge", 0))


def squares(n: int) -> Term:
    return symbol(Name("t", n))


def squarings(n: int) -> list[tuple[Term, Term]]:
    return [(squares(0), z), *((squares(m), squares(m - 1) * squares(m - 1)) for m in range(1, n + 1))]


@pytest.mark.parametrize("tell", [pytest.param(tell, id=name) for name, tell in LARGE])
def test_what_is_large_is_refused_in_time(tell):
    told = tell()
    started = time.process_time()
    with pytest.raises(SymnetError, match=WORDS):
        believed(told)
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    "told",
    [
        lambda: positive(nested(lambda q: multiply([q, q, ONE]), 12, LONG)),
        lambda: positive(total([LONG / LONG] * 2_000)),
        lambda: positive(nested(lambda q: q + 1 / LONG, 500, ONE)),
        lambda: positive(cases(*((z, "<", number(n), ONE) for n in range(5_000)), otherwise=ONE)),
        lambda: derivation(*slopes(nested(lambda q: sin(1 + q), 100))),
        lambda: twice(nested(tanh, 40)),
        lambda: twice(multiply(sqrt(1 + q) for q in MANY) ** 8),
    ],
)
def test_what_is_large_and_true_is_quick(told):
    started = time.process_time()
    believed(told())
    assert time.process_time() - started < 15
