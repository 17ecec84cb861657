"""Lies about case distinctions: kinks crossed, jumps ignored, branches taken where they do not hold."""

from __future__ import annotations

import pytest

from symnet.term import Condition, Equation, Step, Term, cases, indexed_sum, number
from tests.rejected.attack import Attack, after, c, derivation, i, k, p, r, refuse, s, step, table, x, y, z
from tests.rejected.calculus import (
    ABS,
    ABS_LINES,
    MINUS,
    ONE,
    RELU,
    STEP,
    UP,
    ZERO,
    D,
    believed,
    chosen,
    define,
    f,
    inner,
    sqrt,
    u,
    w,
    where,
)

NEARBY = "so it may not rewrite a derivative"
TWO = number(2)
#: 1 everywhere but at 0.
SIDES = where(z, ONE, where(-z, ONE, ZERO, "<"), "<")


def in_derivative(body: Term, *more: Step) -> object:
    return derivation(step("start", D(body)), *more)


KINKS: list[Attack] = [
    ("|z| = z", lambda: derivation(*chosen(ABS, 0), step("discharge", 1)), "no condition of that line"),
    (
        "relu = z, with z > 0 out of nothing",
        lambda: derivation(*chosen(RELU, 0), step("suppose", z), step("discharge", 1)),
        "no condition of that line",
    ),
    ("|z|′ = 1 at 0", lambda: derivation(step("start", D(ABS, ZERO))), "it needs 0 != 0"),
    (
        "|z|′ = 1 at −2",
        lambda: in_derivative(
            ABS, step("choose", 0, ABS, ZERO), step("differentiate", 1, D(z)), step("instantiate", 2, z, number(-2))
        ),
        "it needs -2 > 0",
    ),
    (
        "z ≥ 0, weakly, in a derivative",
        lambda: derivation(*chosen(ABS, 0), step("start", D(ABS)), step("substitute", 2, 1)),
        NEARBY,
    ),
    (
        "z ≥ 0 at the point 1",
        lambda: derivation(*chosen(UP, 0), step("start", D(UP, ONE)), step("substitute", 2, 1)),
        "a condition on z is not about the point of the derivative",
    ),
    (
        "a branch chosen in a derivative at the point 1",
        lambda: derivation(step("start", D(UP, ONE)), step("choose", 0, UP, ZERO)),
        "a condition on z is not about the point of the derivative",
    ),
    (
        "f(z)/f(z) = 1 in a derivative, though f may jump",
        lambda: derivation(
            step("start", z * f(w) / f(w)),
            step("regroup", 0, z),
            step("symmetry", 1),
            step("instantiate", 2, w, z),
            step("start", D(z)),
            step("substitute", 4, 3),
        ),
        NEARBY,
    ),
    (
        "a step is positive, in a derivative",
        lambda: derivation(
            *chosen(where(STEP, z, ZERO, "<"), 0),
            step("start", D(where(STEP, z, ZERO, "<"))),
            step("substitute", 2, 1),
        ),
        NEARBY,
    ),
    (
        "z = 1 differentiated",
        lambda: derivation(step("assume", z, ONE), step("start", D(z)), step("substitute", 1, 0)),
        "a hypothesis is about z, so it may not rewrite what is differentiated in z",
    ),
    (
        "z = 1 differentiated through s",
        lambda: derivation(
            step("assume", s, ONE), step("start", D(s)), step("substitute", 1, 0), define=define(s=z**2)
        ),
        "a hypothesis is about z",
    ),
    (
        "u = z differentiated as z",
        lambda: derivation(step("assume", u, z), step("start", D(u)), step("substitute", 1, 0)),
        "a hypothesis is about z",
    ),
    (
        "r^(1) = 1 differentiated, of a recursion",
        lambda: derivation(
            step("assume", r(1), ONE),
            step("start", D(u * z)),
            step("start", r(1) * z),
            step("substitute", 2, 0),
            step("symmetry", 3),
            step("start", D(1 * z)),
            step("substitute", 5, 4),
            define=[(r(0), z), (r(after(i)), r(i))],
        ),
        "is defined by recursion: it cannot be differentiated",
    ),
    (
        "z/z = 1 in a derivative at 0",
        lambda: derivation(
            step("start", z / z),
            step("regroup", 0, ONE),
            step("symmetry", 1),
            step("start", D(ONE, ZERO)),
            step("substitute", 3, 2),
        ),
        "a condition on z is not about the point of the derivative",
    ),
    (
        "√z √z = z in a derivative at 0",
        lambda: derivation(
            step("start", sqrt(z) ** 2),
            step("elementary", 0, z),
            step("symmetry", 1),
            step("start", D(z, ZERO)),
            step("substitute", 3, 2),
        ),
        NEARBY,
    ),
    (
        "a term of a Σ under a condition on z",
        lambda: derivation(
            step("start", c(i) * z / z),
            step("regroup", 0, c(i)),
            step("symmetry", 1),
            step("start", D(indexed_sum("k", 1, p, c(k)), ONE)),
            step("termwise", 3, 2, indexed_sum("k", 1, p, c(k)), Term("index", (), i)),
        ),
        "is not supported: it may be undefined for some index",
    ),
]

CHOOSING: list[Attack] = [
    ("arm 2 of 1", lambda: derivation(*chosen(ABS, 2)), "the number of an arm, counted from 0"),
    ("arm −1", lambda: derivation(*chosen(ABS, -1)), "the number of an arm, counted from 0"),
    ("arm ½", lambda: derivation(step("start", ABS), step("choose", 0, ABS, ONE / 2)), "the number of an arm"),
    ("arm z", lambda: derivation(step("start", ABS), step("choose", 0, ABS, z)), "it takes a case distinction and"),
    ("an arm of z", lambda: derivation(step("start", z), step("choose", 0, z, ZERO)), "it takes a case distinction"),
    ("an arm of what is not there", lambda: derivation(step("start", z), step("choose", 0, ABS, ZERO)), "nothing on"),
    ("no arm", lambda: derivation(step("start", ABS), step("choose", 0, ABS)), "it takes 2 terms, not 1"),
    ("two lines", lambda: derivation(step("start", ABS), step("choose", 0, 0, ABS, ZERO)), "it takes 1 earlier lines"),
    (
        "at a place where it is not",
        lambda: derivation(*chosen(ABS, 0), step("instantiate", 1, z, MINUS)),
        "it needs -1 >= 0",
    ),
    ("strict at its end", lambda: derivation(*chosen(UP, 0), step("instantiate", 1, z, ZERO)), "it needs 0 > 0"),
    (
        "otherwise at its end",
        lambda: derivation(*chosen(ABS, 1), step("instantiate", 1, z, ZERO)),
        "it needs a number > 0",
    ),
    (
        "the second arm where the first holds",
        lambda: derivation(
            *chosen(cases((z, "<", ONE, x), (z, "<", TWO, y), otherwise=w), 1), step("instantiate", 1, z, ZERO)
        ),
        "it needs a number >= 0",
    ),
    (
        "otherwise where the second holds",
        lambda: derivation(
            *chosen(cases((z, "<", ONE, x), (z, "<=", TWO, y), otherwise=w), 2), step("instantiate", 1, z, TWO)
        ),
        "it needs a number > 0",
    ),
    (
        "relations that are no relations",
        lambda: Term("cases", (z, z, z, z), (">",)),
        "cases carry a tuple of relations",
    ),
    ("an arm too few", lambda: Term("cases", (z, z, z), ("<",)), "takes 4 terms, not 3"),
]

SPLITTING: list[Attack] = [
    (
        "one line for both signs",
        lambda: derivation(*chosen(ABS, 0), step("split", 1, 1, z, -z)),
        "each line takes a condition",
    ),
    (
        "one sign only",
        lambda: derivation(*chosen(ABS, 0), step("split", 1, z)),
        "it takes two lines, one for either sign",
    ),
    ("two statements", lambda: derivation(*ABS_LINES, step("split", 1, 3, z, -z)), "the lines say different things"),
    (
        "two terms that are not opposite",
        lambda: derivation(
            step("start", ABS * ABS),
            step("choose", 0, ABS, ZERO),
            step("elementary", 1, z**2),
            step("start", ABS * ABS),
            step("choose", 3, ABS, ZERO),
            step("elementary", 4, z**2),
            step("split", 2, 5, z, z),
        ),
        "the two terms are not opposite",
    ),
    (
        "a condition that says ≠",
        lambda: derivation(step("start", 1 / z), step("split", 0, 0, z, z)),
        "each line takes a condition p > 0 or p ≥ 0",
    ),
    (
        "without conditions",
        lambda: derivation(step("start", z), step("split", 0, 0, z, -z)),
        "each line takes a condition",
    ),
    ("one term", lambda: derivation(*chosen(ABS, 0), step("split", 1, 1, z)), "it takes 2 terms, not 1"),
    ("four lines", lambda: derivation(*chosen(ABS, 0), step("split", 1, 1, 1, 1, z, -z)), "it takes two lines"),
    (
        "a third line that rests on something else",
        lambda: derivation(*squared(), step("assume", z, ONE), step("split", 2, 5, 6, z, -z)),
        "the lines say different things",
    ),
    (
        "a third line that rests on nothing",
        lambda: derivation(*squared(), step("split", 2, 5, 2, z, -z)),
        "the third line alone takes the hypothesis p = 0",
    ),
    (
        "0 left out: what is 1 on either side of it",
        lambda: derivation(
            *chosen(SIDES, 0),
            *chosen(SIDES, 1, 2),
            step("choose", 3, where(-z, ONE, ZERO, "<"), ZERO),
            step("discharge", 4),
            step("split", 1, 5, z, -z),
            step("instantiate", 6, z, ZERO),
        ),
        "it needs 0 != 0",
    ),
    (
        "0 left out: |z|/z is 1 or −1, and 1/z² everywhere",
        lambda: derivation(*squared(ABS / z), step("split", 2, 5, z, -z), step("instantiate", 6, z, ZERO)),
        "it needs 0 != 0",
    ),
]


def squared(root: Term = ABS) -> tuple[Step, ...]:
    """In line 2: |z|² = z² where z ≥ 0. In line 5: the same where z < 0."""
    square = z**2 if root == ABS else ONE
    return (
        step("start", root**2),
        step("choose", 0, ABS, ZERO),
        step("elementary", 1, square),
        step("start", root**2),
        step("choose", 3, ABS, ONE),
        step("elementary", 4, square),
    )


@table(*KINKS)
def test_a_kink_is_not_crossed(tell, words):
    refuse(tell, words)


@table(*CHOOSING)
def test_a_branch_holds_where_it_is_selected(tell, words):
    refuse(tell, words)


@table(*SPLITTING)
def test_a_split_covers_everything(tell, words):
    refuse(tell, words)


# What holds.


@pytest.mark.parametrize(
    ("term", "arm", "value", "conditions"),
    [
        (ABS, 0, z, {(z, ">=")}),
        (ABS, 1, -z, {(-z, ">")}),
        (UP, 0, z, {(z, ">")}),
        (UP, 1, -z, {(-z, ">=")}),
        (cases((z, "<", ONE, x), (z, "<", TWO, y), otherwise=w), 1, y, {(z - 1, ">="), (TWO - z, ">")}),
    ],
)
def test_a_branch(term, arm, value, conditions):
    claim = believed(derivation(*chosen(term, arm)))
    assert claim.equations == (Equation(term, value),)
    assert {(condition.term, condition.relation) for condition in claim.conditions} == conditions


def test_a_branch_is_differentiated_in_its_interior():
    claim = believed(in_derivative(ABS, step("choose", 0, ABS, ONE), step("differentiate", 1, *inner(-z))))
    assert Condition(-z, ">") in claim.conditions
    assert Condition(z) in claim.conditions


def test_a_split():
    claim = believed(derivation(*squared(), step("split", 2, 5, z, -z)))
    assert claim.equations == (Equation(ABS**2, z**2),)
    assert claim.conditions == ()
