"""Lies about case distinctions: kinks crossed, jumps ignored, branches taken where they do not hold."""

from __future__ import annotations

import pytest

from symnet.term import Condition, Equation, Step, Term, cases, indexed_sum, number
from tests.rejected.attack import Attack, after, c, derivation, i, k, p, r, refuse, s, step, table, x, y, z
from tests.rejected.calculus import (
    ABS,
    ELU,
    MINUS,
    ONE,
    RELU,
    STEP,
    ZERO,
    D,
    alpha,
    at_zero,
    believed,
    chosen,
    define,
    exp,
    f,
    inner,
    left,
    log,
    right,
    slope,
    slopes,
    sqrt,
    u,
    v,
    w,
    where,
)

CLOSE = "need not hold on that side of the point and close to it"
NEARBY = "so it may not rewrite a derivative"
TWO = number(2)

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

ONE_SIDED: list[Attack] = [
    (
        "a step has a slope from the right",
        lambda: derivation(*chosen(STEP, 1), step("one_sided", 1, right(STEP))),
        "it needs a number > 0",
    ),
    (
        "a step has a slope from the left",
        lambda: derivation(*chosen(STEP, 1), *chosen(at_zero(STEP), 0, 2), step("one_sided", 1, 3, left(STEP))),
        "the second line is not the first at the point",
    ),
    (
        "a step has a slope from the left, without its value",
        lambda: derivation(*chosen(STEP, 1), step("one_sided", 1, left(STEP))),
        "it needs a number > 0",
    ),
    (
        "ELU from the right without its value",
        lambda: derivation(*ELU_LINES, step("one_sided", 1, right(ELU))),
        "it needs 0 > 0",
    ),
    (
        "ELU from the right with another value",
        lambda: derivation(*ELU_LINES, step("start", at_zero(ELU)), step("one_sided", 1, 7, right(ELU))),
        "the second line is not the first at the point",
    ),
    ("ELU from the right by its left branch", lambda: derivation(*ELU_LINES, step("one_sided", 3, right(ELU))), CLOSE),
    (
        "|z| from the left by its right branch",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, left(ABS))),
        CLOSE,
    ),
    (
        "|z| at 1 from the left by its left branch",
        lambda: derivation(*chosen(ABS, 1), step("one_sided", 1, left(ABS, ONE))),
        "it needs a number > 0",
    ),
    (
        "|z| at −1 by its right branch",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(ABS, MINUS))),
        CLOSE,
    ),
    ("|z| at w by its right branch", lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(ABS, w))), CLOSE),
    (
        "from both sides",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, D(ABS, ZERO))),
        "from the left or from",
    ),
    (
        "of what is no derivative",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, ABS)),
        "from the left or from",
    ),
    (
        "of another function",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(RELU))),
        "the line is not about",
    ),
    (
        "at z",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(ABS, z))),
        "or the point depends on the variable",
    ),
    (
        "at s := z",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(ABS, s)), define=define(s=z)),
        "or the point depends on the variable",
    ),
    (
        "of an inequality",
        lambda: derivation(step("suppose", z), step("one_sided", 0, right(z))),
        "it takes an equation there",
    ),
    ("of no line", lambda: derivation(step("one_sided", right(z))), "it takes a line h(z) = f(z)"),
    (
        "of three lines",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, 1, 1, right(ABS))),
        "it takes a line h(z) = f(z)",
    ),
    (
        "of two terms",
        lambda: derivation(*chosen(ABS, 0), step("one_sided", 1, right(ABS), z)),
        "it takes 1 terms, not 2",
    ),
    (
        "under a hypothesis about z",
        lambda: derivation(step("assume", f(z), z), step("one_sided", 0, right(f(z)))),
        "a hypothesis is about z",
    ),
    (
        "under a hypothesis about something else",
        lambda: derivation(
            step("assume", u, v), step("start", u * z), step("substitute", 1, 0), step("one_sided", 2, right(u * z))
        ),
        "that a derivative exists may not rest on a hypothesis",
    ),
    (
        "√z at 0 from the right",
        lambda: derivation(step("start", sqrt(z)), step("one_sided", 0, right(sqrt(z)))),
        "it needs 0 > 0",
    ),
    ("√z at 0 from the left", lambda: derivation(step("start", sqrt(z)), step("one_sided", 0, left(sqrt(z)))), CLOSE),
    (
        "0 · √z at 0 from the left, where it is not defined",
        lambda: derivation(
            step("start", 0 * sqrt(z)), step("regroup", 0, ZERO), step("one_sided", 1, left(0 * sqrt(z)))
        ),
        CLOSE,
    ),
    (
        "0 · log z at 0",
        lambda: derivation(
            step("start", 0 * log(z)), step("regroup", 0, ZERO), step("one_sided", 1, right(0 * log(z)))
        ),
        "it needs 0 > 0",
    ),
    (
        "z/z at 0",
        lambda: derivation(step("start", z / z), step("regroup", 0, ONE), step("one_sided", 1, right(z / z))),
        "it needs 0 != 0",
    ),
    (
        "z/z at 0, with a value",
        lambda: derivation(
            step("start", z / z),
            step("regroup", 0, ONE),
            step("start", at_zero(z / z)),
            step("one_sided", 1, 2, right(z / z)),
        ),
        "it needs 0 != 0",
    ),
    (
        "by a line that a step selects",
        lambda: derivation(
            *chosen(where(STEP, z, ZERO, "<"), 0), step("one_sided", 1, right(where(STEP, z, ZERO, "<")))
        ),
        CLOSE,
    ),
    (
        "an unknown f",
        lambda: derivation(step("start", f(z)), step("one_sided", 0, right(f(z)))),
        "nothing is known of f",
    ),
    (
        "−|z| + 2z at 0, to a kink",
        lambda: derivation(step("start", ABS), step("one_sided", 0, right(ABS))),
        "it needs 0 != 0",
    ),
]

BOTH: list[Attack] = [
    (
        "|z|′ = 1 at 0, from the right twice",
        lambda: derivation(*ABS_SLOPES, step("both_sides", 11, 11)),
        "are not about the two sides",
    ),
    ("|z|′ at 0 from −1 and 1", lambda: derivation(*ABS_SLOPES, step("both_sides", 9, 11)), "differ as written"),
    ("the sides exchanged", lambda: derivation(*ABS_SLOPES, step("both_sides", 11, 9)), "are not about the two sides"),
    (
        "at two points",
        lambda: derivation(
            step("start", z),
            step("one_sided", 0, left(z)),
            step("one_sided", 0, right(z, ONE)),
            step("differentiate", 1, D(z, ZERO)),
            step("differentiate", 2, D(z, ONE)),
            step("both_sides", 3, 4),
        ),
        "are not about the two sides of one point",
    ),
    (
        "of two functions",
        lambda: derivation(
            step("start", z),
            step("one_sided", 0, left(z)),
            step("differentiate", 1, D(z, ZERO)),
            step("start", z + 0),
            step("one_sided", 3, right(z + 0)),
            step("differentiate", 4, *inner(z + 0, ZERO)),
            step("elementary", 5, ONE),
            step("both_sides", 2, 6),
        ),
        "are not about the two sides of one point",
    ),
    (
        "of no derivatives",
        lambda: derivation(step("start", z), step("both_sides", 0, 0)),
        "it takes a derivative from the",
    ),
    ("of inequalities", lambda: derivation(step("suppose", z), step("both_sides", 0, 0)), "it takes an equation there"),
    ("of one line", lambda: derivation(*ABS_SLOPES, step("both_sides", 9)), "it takes 2 earlier lines, not 1"),
    (
        "resting on a hypothesis",
        lambda: derivation(
            *ABS_SLOPES,
            step("assume", *(n for n in (ONE, believed(derivation(*ABS_SLOPES[:10])).equations[0].rhs))),
            step("substitute", 11, 12),
            step("both_sides", 9, 13),
        ),
        "that a derivative exists may not rest on a hypothesis",
    ),
    (
        "known from the left only",
        lambda: derivation(*ABS_LINES, step("one_sided", 1, right(ABS)), step("start", left(ABS))),
        "no line says that there is a derivative from the left here",
    ),
    (
        "known at 0 only",
        lambda: derivation(*ABS_LINES, step("one_sided", 1, right(ABS)), step("start", right(ABS, ONE))),
        "no line says that there is a derivative from the right here",
    ),
    (
        "known by another name only",
        lambda: derivation(*ABS_LINES, step("one_sided", 1, right(ABS)), step("start", right(s)), define=define(s=ABS)),
        "no line says that there is a derivative from the right here",
    ),
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


@table(*ONE_SIDED)
def test_no_slope_from_one_side(tell, words):
    refuse(tell, words)


@table(*BOTH)
def test_no_slope_from_both_sides(tell, words):
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


def test_elu_at_its_kink():
    lines = (*ELU_LINES, step("one_sided", 1, 6, right(ELU)), step("one_sided", 3, left(ELU)))
    body = alpha * (exp(z) - 1)
    claim = believed(derivation(*lines, step("differentiate", 8, *inner(body, ZERO)), step("elementary", 9, alpha)))
    assert claim.equations == (Equation(left(ELU), alpha),)
    assert claim.conditions == ()


def test_the_two_slopes_of_a_kink():
    assert believed(derivation(*ABS_SLOPES)).equations == (Equation(right(ABS), ONE),)
    claim = believed(derivation(*ABS_SLOPES[:10], step("elementary", 9, MINUS)))
    assert claim.equations == (Equation(left(ABS), MINUS),)


def test_slopes_that_meet():
    """z |z| has the slope 0 at 0."""
    body = where(z, z**2, -(z**2))
    lines = (
        *chosen(body, 0),
        *chosen(body, 1, 2),
        *chosen(at_zero(body), 0, 4),
        step("elementary", 5, at_zero(-(z**2))),
        step("one_sided", 1, right(body)),
        step("differentiate", 7, *inner(z**2, ZERO)),
        step("elementary", 8, ZERO),
        step("one_sided", 3, 6, left(body)),
        step("differentiate", 10, *inner(-(z**2), ZERO)),
        step("elementary", 11, ZERO),
        step("both_sides", 12, 9),
        step("symmetry", 13),
    )
    assert believed(derivation(*lines)).equations == (Equation(ZERO, D(body, ZERO)),)


def test_a_split():
    claim = believed(derivation(*squared(), step("split", 2, 5, z, -z)))
    assert claim.equations == (Equation(ABS**2, z**2),)
    assert claim.conditions == ()
