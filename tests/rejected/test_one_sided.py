"""Lies about derivatives from one side, and about when the two sides are one."""

from __future__ import annotations

from symnet.term import Equation
from tests.rejected.attack import Attack, derivation, refuse, s, step, table, z
from tests.rejected.calculus import (
    ABS,
    ABS_LINES,
    ABS_SLOPES,
    ELU,
    ELU_LINES,
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
    sqrt,
    u,
    v,
    w,
    where,
)

CLOSE = "need not hold on that side of the point and close to it"

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
        "at 2z, where another z is meant",
        lambda: derivation(
            *chosen(where(z - 2 * z, ZERO, z), 0), step("one_sided", 1, right(where(z - 2 * z, ZERO, z), 2 * z))
        ),
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
        "that a derivative exists may not rest on a hypothesis",
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
    (
        "|z|′ = −1 at 0, from the left twice",
        lambda: derivation(*ABS_SLOPES, step("both_sides", 9, 9)),
        "are not about the two sides",
    ),
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


@table(*ONE_SIDED)
def test_no_slope_from_one_side(tell, words):
    refuse(tell, words)


@table(*BOTH)
def test_no_slope_from_both_sides(tell, words):
    refuse(tell, words)


# What holds.


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
