"""Lies about growth: what a derivative of one sign says, and where."""

from __future__ import annotations

import pytest

from symnet.term import Condition, Step, Term, indexed_sum, number
from tests.rejected.attack import A, Attack, derivation, i, k, p, refuse, s, step, table, x, y, z
from tests.rejected.calculus import (
    ABS,
    MINUS,
    ONE,
    SIGMOID,
    STEP,
    ZERO,
    D,
    believed,
    cos,
    define,
    exp,
    f,
    inner,
    log,
    right,
    sin,
    slopes,
    tanh,
    u,
    v,
    w,
    zs,
)

GAP = "a condition on z is no interval: discharge it, or choose a branch"
UNTOLD = "the signs of its parts do not tell the sign of the right-hand side"
POINT = "it takes a derivative at a variable point, as h′(z)"


def slope_of(body: Term, shown: Term, at: Term | None = None) -> tuple[Step, ...]:
    """In lines 0 to 3: the derivative, as rewritten, and its sign."""
    return *slopes(body, at), step("elementary", 1, shown), step("sign", 2)


def grows(body: Term, shown: Term, low: Term, high: Term, *more: Step) -> object:
    """Line 3 says that the derivative is positive, and the last one that the function grows."""
    return derivation(*slope_of(body, shown), *more, step("mean_value", 3 + len(more), low, high))


#: −1/z has the slope 1/z², which is positive, and is larger at −1 than at 1.
FALLS = (-1 / z, 1 / z**2)
CUBE = (z**3 + z, 3 * z**2 + 1)

LIES: list[Attack] = [
    ("−1/z grows from −1 to 1", lambda: grows(*FALLS, MINUS, ONE), GAP),
    ("−1/z grows", lambda: grows(*FALLS, u, v), GAP),
    ("−1/z grows, what follows being discharged", lambda: grows(*FALLS, u, v, step("discharge", 3)), GAP),
    (
        "−1/z grows from −1 to 1, as z > 0",
        lambda: derivation(
            *slope_of(*FALLS), step("suppose", z), step("discharge", 3, 4), step("mean_value", 5, MINUS, ONE)
        ),
        "it needs -1 > 0",
    ),
    (
        "tan grows",
        lambda: grows(sin(z) / cos(z), 1 / cos(z) ** 2, u, v),
        GAP,
    ),
    ("log z² / 2 grows from −2 to −1", lambda: derivation(*slopes(log(z**2)), step("sign", 1)), UNTOLD),
    ("log grows from −2 to −1", lambda: rising_logarithm(number(-2), MINUS), "it needs -1 > 0"),
    ("z² grows", lambda: derivation(*slopes(z**2), step("sign", 1)), UNTOLD),
    ("z³ + z grows from 1 to 0", lambda: grows(*CUBE, ONE, ZERO), "it needs a number > 0"),
    ("z³ + z grows from 1 to 1", lambda: grows(*CUBE, ONE, ONE), "it needs a number > 0"),
    ("a step does not fall", lambda: derivation(*flat(STEP), step("mean_value", 4, MINUS, ONE)), GAP),
    ("1 − step does not fall", lambda: derivation(*flat(1 - STEP), step("mean_value", 4, MINUS, ONE)), GAP),
    (
        "|z| grows from −2 to −1, by its right branch",
        lambda: derivation(*rising(), step("mean_value", 5, number(-2), MINUS)),
        "it needs -2 > 0",
    ),
    ("where z + 1/(z − 3) − 1/(z − 3) > 0", lambda: rising_where(z + 1 / (z - 3) - 1 / (z - 3)), GAP),
    ("where z² > 1", lambda: rising_where(z**2 - 1), GAP),
    ("where s > 0, for s := z² − 1", lambda: rising_where(s, define=define(s=z**2 - 1)), GAP),
    ("where f(z) > 0", lambda: rising_where(f(z)), GAP),
    ("where 2z > 0, which is not written as z > 0", lambda: rising_where(2 * z), GAP),
    (
        "under the hypothesis that x is z², in what is differentiated",
        lambda: derivation(step("assume", x, z**2), step("start", D(x * z)), step("substitute", 1, 0)),
        "a hypothesis is about z, so it may not rewrite what is differentiated in z",
    ),
    (
        "under the hypothesis that x is z²",
        lambda: derivation(
            step("assume", x, 1 + z**2),
            *slopes(x * z, before=1),
            step("regroup", 2, x),
            step("substitute", 3, 0),
            step("sign", 4),
            step("mean_value", 5, u, v),
        ),
        "a hypothesis is about z",
    ),
    ("at a point", lambda: derivation(*slope_of(*CUBE, ONE)[:2], step("sign", 1), step("mean_value", 2, u, v)), POINT),
    (
        "at another letter",
        lambda: derivation(*slope_of(z**3 + z, 3 * w**2 + 1, w), step("mean_value", 3, u, v)),
        POINT,
    ),
    (
        "from one side",
        lambda: derivation(
            step("start", z),
            step("one_sided", 0, right(z)),
            step("differentiate", 1, D(z, ZERO)),
            step("sign", 2),
            step("mean_value", 3, u, v),
        ),
        POINT,
    ),
    ("of what is no derivative", lambda: derivation(step("suppose", z), step("mean_value", 0, u, v)), POINT),
    ("of a sum of derivatives", lambda: derivation(step("suppose", D(z) + 0), step("mean_value", 0, u, v)), POINT),
    (
        "of an equation",
        lambda: derivation(step("start", D(z)), step("mean_value", 0, u, v)),
        "it takes an inequality there",
    ),
    (
        "of a slope that is not 0",
        lambda: derivation(*slopes(-z), step("sign", 1), step("mean_value", 2, u, v)),
        "it takes a line",
    ),
    ("between matrices", lambda: derivation(*slope_of(*CUBE), step("mean_value", 3, A, A)), "and two scalars"),
    ("from nowhere", lambda: derivation(*slope_of(*CUBE), step("mean_value", 3, u)), "it takes 2 terms, not 1"),
    ("of two lines", lambda: derivation(*slope_of(*CUBE), step("mean_value", 3, 3, u, v)), "it takes 1 earlier lines"),
    (
        "Σ z_k from 1 to 1, which is z_1, does not change with it",
        lambda: derivation(*rising_sum(), step("mean_value", 9, u, v)),
        "depends on their indices",
    ),
    (
        "Σ z_k from 1 to p, whose slope is supposed",
        lambda: derivation(step("suppose", D(indexed_sum("k", 1, p, zs(k)), None, zs(1))), step("mean_value", 0, u, v)),
        "a condition on z^(1) is no interval",
    ),
    (
        "where a sum of z_k is positive",
        lambda: derivation(
            *first(w), step("suppose", indexed_sum("k", 1, p, zs(k))), step("sign", 2, 4), step("mean_value", 5, u, v)
        ),
        "depends on their indices",
    ),
    (
        "where z_i is positive",
        lambda: derivation(*first(w), step("suppose", zs(i)), step("sign", 2, 4), step("mean_value", 5, u, v)),
        "depends on their indices",
    ),
    (
        "supposed at z, and so at u and v",
        lambda: derivation(step("suppose", D(z**2)), step("mean_value", 0, u, v)),
        GAP,
    ),
]


def first(other: Term) -> tuple[Step, ...]:
    """In line 3: z_1 grows, whatever is added."""
    return *slopes(zs(1) + w - w + 0 * other, None, zs(1)), step("elementary", 1, ONE), step("sign", 2)


def rising_sum() -> tuple[Step, ...]:
    """In line 9: the derivative of Σ z_k in z_1 is positive, where k is 1 alone."""
    none, one = (indexed_sum("k", 1, upper, zs(k)) for upper in (0, 1))
    return (
        *slopes(1 * zs(1), None, zs(1)),
        step("elementary", 1, ONE),
        step("sign", 2),
        step("start", one),
        step("unfold", 4, one),
        step("unfold", 5, none),
        step("regroup", 6, 1 * zs(1)),
        step("symmetry", 7),
        step("substitute", 3, 8),
    )


def rising_where(positive: Term, **keywords: object) -> object:
    """z³ + z grows, where something is positive."""
    more = step("suppose", positive), step("sign", 2, 4), step("mean_value", 5, u, v)
    return derivation(*slope_of(*CUBE), *more, **keywords)


def rising_logarithm(low: Term, high: Term) -> object:
    """log z grows, where z > 0."""
    more = step("sign", 1), step("suppose", z), step("discharge", 2, 3), step("mean_value", 4, low, high)
    return derivation(*slopes(log(z)), *more)


def flat(body: Term) -> tuple[Step, ...]:
    """In line 4: the derivative of what is constant on either side of 0 is not negative, for z > 0."""
    arm = step("choose", 0, STEP, ZERO)
    inside = body if body == STEP else 1 - ONE
    left = ONE if body == STEP else inside
    return (
        step("start", D(body)),
        arm,
        step("differentiate", 1, *inner(left)),
        step("elementary", 2, ZERO),
        step("sign", 3),
    )


def rising() -> tuple[Step, ...]:
    """In line 5: |z|′ is positive where z > 0."""
    return (
        step("start", D(ABS)),
        step("choose", 0, ABS, ZERO),
        step("differentiate", 1, D(z)),
        step("discharge", 2),
        step("sign", 3),
        step("discharge", 4),
    )


@table(*LIES)
def test_what_does_not_grow(tell, words):
    refuse(tell, words)


@pytest.mark.parametrize(
    ("body", "shown", "relation"),
    [
        (z**3 + z, 3 * z**2 + 1, ">"),
        (z**3, 3 * z**2, ">="),
        (SIGMOID, exp(-z) / (1 + exp(-z)) ** 2, ">"),
        (z - tanh(z), tanh(z) ** 2, ">="),
        (ONE, ZERO, ">="),
    ],
)
def test_what_grows(body, shown, relation):
    claim = believed(grows(body, shown, x, y, *[step("discharge", 3)] * (body == SIGMOID)))
    assert [c.relation for c in claim.inequalities] == [relation]
    assert Condition(y - x, ">") in claim.conditions


def test_growth_on_an_interval():
    claim = believed(rising_logarithm(x, y))
    assert claim.inequalities == (Condition(log(y) - log(x), ">"),)
    assert {c for c in claim.conditions if c.relation == ">"} == {
        Condition(y - x, ">"),
        Condition(x, ">"),
        Condition(y, ">"),
    }


def test_growth_on_a_branch():
    claim = believed(derivation(*rising(), step("mean_value", 5, ONE, number(2))))
    assert claim.conditions == ()
