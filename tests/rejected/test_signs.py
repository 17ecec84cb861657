"""Lies about signs and inequalities, and conditions discharged that do not follow."""

from __future__ import annotations

import pytest

from symnet.term import Condition, Step, Term, cases, index, indexed_sum, natural, number
from tests.rejected.attack import (
    AT_K,
    A,
    Attack,
    accepted,
    c,
    derivation,
    k,
    p,
    refuse,
    s,
    step,
    table,
    x,
    y,
    z,
)
from tests.rejected.calculus import (
    ABS,
    MINUS,
    ONE,
    PI,
    SIGMOID,
    ZERO,
    D,
    atan,
    believed,
    cos,
    define,
    erf,
    exp,
    f,
    log,
    positive,
    sin,
    sqrt,
    tanh,
    u,
    v,
    w,
    where,
)

UNTOLD = "the signs of its parts do not tell the sign of the right-hand side"
STAYS = "no condition of that line is a nonzero constant, or follows from the others"
DIFFERENCE = "it takes a difference f(u) − f(v), where f is one of"
BOUNDED = "it takes a term such as 1 − tanh u"
GAP = "a condition on z is no interval"

#: Terms whose sign is not what the parts say.
SIGNLESS: list[tuple[str, Term]] = [
    ("z", z),
    ("z − z", z - z),
    ("z² − 1", z**2 - 1),
    ("z³", z**3),
    ("z w", z * w),
    ("z z z", z * z * z),
    ("sin z", sin(z)),
    ("sin e^z", sin(exp(z))),
    ("cos z", cos(z)),
    ("1 + 2 sin z", 1 + 2 * sin(z)),
    ("log z", log(z)),
    ("tanh z", tanh(z)),
    ("arctan z", atan(z)),
    ("erf z", erf(z)),
    ("e^z − 1", exp(z) - 1),
    ("−e^z + 1", 1 - exp(z)),
    ("f(z)", f(z)),
    ("f(z)²  − f(z)", f(z) ** 2 - f(z)),
    ("e^z sin z", exp(z) * sin(z)),
    ("σ − ½", SIGMOID - ONE / 2),
    ("a branch of both signs and 0", where(z, ONE, where(z + 1, MINUS, ZERO))),
    ("z where z ≤ 0", where(-z, z, ONE)),
    ("z where z < 1", cases((z, "<", ONE, z), otherwise=ZERO)),
    ("1 − z where 1 ≤ z", cases((ONE, "<=", z, 1 - z), otherwise=ONE)),
    ("a derivative", D(z**2)),
    ("an index − 1", natural(index("k", offset=-1))),
    ("an index − 1, squared and twice", natural(index("k", offset=-1)) + AT_K),
    ("Σ from −1 of k", indexed_sum("k", -1, 0, AT_K)),
    ("Σ from p − 5 of k", indexed_sum("k", index("p", offset=-5), p, AT_K)),
    ("Σ of c_k", indexed_sum("k", 1, p, c(k))),
    ("s := −1", s),
]


@pytest.mark.parametrize("term", [pytest.param(term, id=name) for name, term in SIGNLESS])
def test_no_sign(term):
    defined = define(s=z - 1) if term == s else []
    refuse(lambda: derivation(step("start", term), step("sign", 0), define=defined), UNTOLD)


def discharge(term: Term, *lemmas: Step, define: list[tuple[Term, Term]] = ()) -> object:
    """The conditions of a term are dropped, with the help of lemmas."""
    places = range(1, 1 + len(lemmas))
    return derivation(step("start", term), *lemmas, step("discharge", 0, *places), define=define)


DISCHARGED: list[Attack] = [
    ("z − 1 ≠ 0, as no zero polynomial", lambda: discharge(1 / (z - 1)), STAYS),
    ("z² ≠ 0", lambda: discharge(1 / z**2), STAYS),
    ("z² > 0", lambda: discharge(log(z**2)), STAYS),
    ("z ≥ 0", lambda: discharge(sqrt(z)), STAYS),
    ("z³ ≥ 0", lambda: discharge(sqrt(z**3)), STAYS),
    ("e^z − 1 ≠ 0", lambda: discharge(1 / (exp(z) - 1)), STAYS),
    ("1 + sin z ≠ 0", lambda: discharge(1 / (1 + sin(z))), STAYS),
    ("cos z ≠ 0", lambda: discharge(sin(z) / cos(z)), STAYS),
    ("tanh z ≠ 0", lambda: discharge(1 / tanh(z)), STAYS),
    ("z² − z + 1 − 1 ≠ 0", lambda: discharge(1 / (z**2 - z + 1 - 1)), STAYS),
    ("|z| ≠ 0", lambda: discharge(1 / ABS), STAYS),
    ("√z ≠ 0", lambda: derivation(step("start", 1 / sqrt(z)), step("discharge", 0)), STAYS),
    ("f(z)² ≠ 0", lambda: discharge(1 / f(z) ** 2), STAYS),
    ("z + w ≠ 0 as z > 0", lambda: discharge(1 / (z + w), step("suppose", z)), STAYS),
    ("z > 0 as w > 0", lambda: discharge(log(z), step("suppose", w)), STAYS),
    ("z > 0 as z ≥ 0", lambda: discharge(log(z), step("suppose_weakly", z)), STAYS),
    ("z ≠ 0 as z ≥ 0", lambda: discharge(1 / z, step("suppose_weakly", z)), STAYS),
    ("z > 0 as −z > 0", lambda: discharge(log(z), step("suppose", -z)), STAYS),
    ("z ≥ 0 as z² ≥ 0", lambda: discharge(sqrt(z), step("suppose_weakly", z**2)), STAYS),
    ("z − 1 > 0 as z > 0", lambda: discharge(log(z - 1), step("suppose", z)), STAYS),
    ("s > 0 for s := z", lambda: discharge(log(s), define=define(s=z)), STAYS),
    ("s ≠ 0 for s := z − z", lambda: discharge(1 / s, define=define(s=z - z)), STAYS),
    ("1 − sin z > 0, being ≥ 0", lambda: discharge(log(1 - sin(z)), step("bounded", 1 - sin(z))), STAYS),
    ("1 + cos z ≠ 0, being ≥ 0", lambda: discharge(1 / (1 + cos(z)), step("bounded", 1 + cos(z))), STAYS),
    ("k − 1 ≥ 0", lambda: discharge(sqrt(natural(index("k", offset=-1)))), STAYS),
    ("Σ of none is not 0", lambda: discharge(1 / indexed_sum("k", 1, p, exp(c(k)))), STAYS),
    ("∏ is not 0", lambda: discharge(1 / Term("pi", (c(k),), ("k", 1, p, "descending"))), STAYS),
    ("a slope is not 0", lambda: discharge(1 / D(z**2)), STAYS),
    ("a constant that a logarithm is in", lambda: discharge(1 / (log(z) - log(z) + 1 - 1 + z)), STAYS),
    (
        "with an equation for a lemma",
        lambda: derivation(step("start", 1 / z), step("start", z), step("discharge", 0, 1)),
        "it takes an inequality there, not an equation",
    ),
    ("nothing", lambda: derivation(step("discharge")), "it takes a line, and perhaps inequalities to use"),
    ("with a term", lambda: derivation(step("start", 1 / z), step("discharge", 0, z)), "it takes 0 terms, not 1"),
]


@table(*DISCHARGED)
def test_what_does_not_follow(tell, words):
    refuse(tell, words)


def grows(said: Term, term: Term, rule: str = "suppose") -> object:
    return derivation(step(rule, said), step("monotone", 0, term))


INEQUALITIES: list[Attack] = [
    ("−1 > 0", lambda: derivation(step("suppose", MINUS)), "it needs -1 > 0"),
    ("0 > 0", lambda: derivation(step("suppose", ZERO)), "it needs 0 > 0"),
    ("1 − 2 ≥ 0", lambda: derivation(step("suppose_weakly", ONE - 2)), "it needs a number >= 0"),
    ("log −1 > 0", lambda: derivation(step("suppose", log(MINUS))), "it needs -1 > 0"),
    ("a matrix is positive", lambda: derivation(step("suppose", A)), "a condition compares a scalar with 0"),
    ("supposed from a line", lambda: derivation(step("start", z), step("suppose", 0, z)), "it takes 0 earlier lines"),
    ("supposed of nothing", lambda: derivation(step("suppose")), "it takes 1 terms, not 0"),
    ("the sign of nothing", lambda: derivation(step("sign")), "it takes an equation, and perhaps inequalities"),
    ("the sign of a term", lambda: derivation(step("start", ONE), step("sign", 0, ONE)), "it takes 0 terms"),
    ("the sign of a matrix", lambda: positive(A + A), UNTOLD),
    ("of an inequality", lambda: derivation(step("suppose", z), step("sign", 0)), "it takes an equation there"),
    (
        "z + w > 0 as z > 0",
        lambda: derivation(step("start", z + w), step("suppose", z), step("sign", 0, 1)),
        UNTOLD,
    ),
    ("z < 0 read backwards", lambda: derivation(step("suppose", z), step("symmetry", 0)), "it takes an equation there"),
    ("sin increases", lambda: grows(u - v, sin(u) - sin(v)), DIFFERENCE),
    ("cos increases", lambda: grows(u - v, cos(u) - cos(v)), DIFFERENCE),
    ("f increases", lambda: grows(u - v, f(u) - f(v)), DIFFERENCE),
    ("1/u increases", lambda: grows(u - v, 1 / u - 1 / v), DIFFERENCE),
    ("u² increases", lambda: grows(u - v, u**2 - v**2), DIFFERENCE),
    ("e^u − tanh v > 0", lambda: grows(u - v, exp(u) - tanh(v)), DIFFERENCE),
    ("e^v − e^u > 0", lambda: grows(u - v, exp(v) - exp(u)), "is not about the difference of the arguments"),
    ("e^{u+1} − e^v > 0", lambda: grows(u - v, exp(u + 1) - exp(v)), "is not about the difference of the arguments"),
    ("e^u + e^v > 0 by growth", lambda: grows(u - v, exp(u) + exp(v)), "it takes a difference u − v, written"),
    ("e^u − 2 e^v, in one factor", lambda: grows(u - v, exp(u) + number(-2) * exp(v)), "it takes a difference u − v"),
    ("e^u − 2 e^v", lambda: grows(u - v, exp(u) - 2 * exp(v)), DIFFERENCE),
    ("e^u − e^v as u + v > 0", lambda: grows(u + v, exp(u) - exp(v)), "it takes a difference u − v, written"),
    ("e^u", lambda: grows(u - v, exp(u)), "it takes a difference u − v, written"),
    (
        "e^u − e^v > 0 as u − v ≠ 0",
        lambda: derivation(
            step("start", u - v),
            step("regroup", 0, (u - v) ** 2 / (u - v)),
            step("regroup", 1, u - v),
            step("sign", 2),
            step("monotone", 3, exp(u) - exp(v)),
        ),
        "the line is not about the difference of the arguments",
    ),
    (
        "from an equation",
        lambda: derivation(step("start", u - v), step("monotone", 0, exp(u) - exp(v))),
        "it takes an ineq",
    ),
    ("1 − e^z > 0", lambda: derivation(step("bounded", 1 - exp(z))), BOUNDED),
    ("1 − f(z) > 0", lambda: derivation(step("bounded", 1 - f(z))), BOUNDED),
    ("½ − tanh z > 0", lambda: derivation(step("bounded", ONE / 2 - tanh(z))), BOUNDED),
    ("tanh z − 1 > 0", lambda: derivation(step("bounded", tanh(z) - 1)), BOUNDED),
    ("1 − 2 tanh z > 0", lambda: derivation(step("bounded", 1 - 2 * tanh(z))), BOUNDED),
    ("1 − tanh² z > 0", lambda: derivation(step("bounded", 1 - tanh(z) ** 2)), BOUNDED),
    ("1 − arctan z > 0", lambda: derivation(step("bounded", 1 - atan(z))), BOUNDED),
    ("π/4 − arctan z > 0", lambda: derivation(step("bounded", PI / 4 - atan(z))), BOUNDED),
    ("0 − sin z ≥ 0", lambda: derivation(step("bounded", 0 - sin(z))), BOUNDED),
    ("1 + z > 0", lambda: derivation(step("bounded", 1 + z)), BOUNDED),
    ("z > 0", lambda: derivation(step("bounded", z)), BOUNDED),
    ("1 − tanh A", lambda: derivation(step("bounded", Term("apply", (A,), tanh(z).value))), BOUNDED),
    ("bounded by a line", lambda: derivation(step("start", z), step("bounded", 0, 1 - tanh(z))), "it takes 0 earlier"),
]


@table(*INEQUALITIES)
def test_no_inequality(tell, words):
    refuse(tell, words)


# What holds.


@pytest.mark.parametrize(
    ("term", "relation"),
    [
        (exp(z), ">"),
        (1 + z**2, ">"),
        (z * z, ">="),
        (z**2 + f(z) ** 2, ">="),
        (1 / (1 + exp(-z)), ">"),
        (-exp(z), "!="),
        (-(z**2) - 1, "!="),
        (ABS, ">="),
        (where(z, z, -z, "<"), ">="),
        (where(z, ONE, exp(z)), ">"),
        (PI - PI / 2 + PI, None),
        (sqrt(1 + z**2), ">"),
        (sqrt(z), ">="),
        (tanh(1 + z**2), ">"),
        (atan(exp(z)), ">"),
        (erf(z**2), ">="),
        (1 / z**2, ">"),
        (1 / tanh(z), "!="),
        (where(z, ONE, MINUS), "!="),
        (number(3) - 2, ">"),
        (indexed_sum("k", 1, p, exp(c(k))), ">="),
        (indexed_sum("k", 0, p, exp(c(k))), ">"),
    ],
)
def test_signs(term, relation):
    if relation is None:
        refuse(lambda: positive(term), UNTOLD)
    else:
        assert believed(positive(term)).inequalities == (Condition(term, relation),)


def test_signs_from_other_signs():
    claim = accepted(
        step("start", z + exp(w) * u), step("suppose", z), step("suppose_weakly", u), step("sign", 0, 1, 2)
    )
    assert claim.inequalities == (Condition(z + exp(w) * u, ">"),)
    assert set(claim.conditions) == {Condition(z, ">"), Condition(u, ">=")}


@pytest.mark.parametrize(
    ("term", "lemmas", "left"),
    [
        (1 / (1 + exp(-z)), (), set()),
        (1 / (1 + z**2) + 1 / x, (), {Condition(x)}),
        (log(1 + z**2), (), set()),
        (1 / z + log(z), (), {Condition(z, ">")}),
        (1 / (1 / x), (), {Condition(x)}),
        (1 / (z + 1), (step("suppose", z),), {Condition(z, ">")}),
        (log(1 - tanh(z)), (step("bounded", 1 - tanh(z)),), set()),
        (1 / (f(z) - f(z) + 2), (), set()),
        (1 / (x * y) + 1 / x + 1 / y, (), {Condition(x), Condition(y)}),
    ],
)
def test_what_follows_is_dropped(term, lemmas, left):
    claim = believed(discharge(term, *lemmas))
    assert set(claim.conditions) == left


def test_growth():
    claim = believed(grows(u - v, log(u) - log(v)))
    assert claim.inequalities == (Condition(log(u) - log(v), ">"),)
    assert set(claim.conditions) == {Condition(u - v, ">"), Condition(u, ">"), Condition(v, ">")}
    weak = believed(grows(u - 2, tanh(u) - tanh(2), "suppose_weakly"))
    assert weak.inequalities == (Condition(tanh(u) - tanh(2), ">="),)


def test_bounds():
    assert accepted(step("bounded", 1 - tanh(z))).inequalities == (Condition(1 - tanh(z), ">"),)
    assert accepted(step("bounded", PI / 2 + atan(z))).inequalities == (Condition(PI / 2 + atan(z), ">"),)
    weak = accepted(step("bounded", 1 - sin(log(z))))
    assert weak.inequalities == (Condition(1 - sin(log(z)), ">="),)
    assert weak.conditions == (Condition(z, ">"),)
