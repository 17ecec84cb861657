"""Lies by omission: a condition or a hypothesis that a later line no longer mentions."""

from __future__ import annotations

import pytest

from symnet.kernel import replay
from symnet.term import Claim, Condition, Equation, Term, apply, cases, number
from tests.rejected.attack import (
    WORK,
    A,
    Attack,
    B,
    accepted,
    derivation,
    equate,
    refuse,
    s,
    step,
    table,
    x,
    y,
    z,
)

ONE = number(1)
CANCEL = (step("start", x / x), step("regroup", 0, ONE))


def nonzero(claim: Claim) -> set[Term]:
    return {condition.term for condition in claim.conditions}


REFUSED: list[Attack] = [
    ("1/0 = 1", lambda: equate(1 / number(0), ONE), "it needs 0 != 0"),
    ("0/0 = 1", lambda: equate(number(0) / 0, ONE), "it needs 0 != 0"),
    ("0 = 0 · (1/0)", lambda: equate(number(0), 0 * (1 / number(0))), "a denominator is zero"),
    (
        "1/0 hidden under f",
        lambda: derivation(step("start", apply("f", 1 / number(0)))),
        "it needs 0 != 0",
    ),
    (
        "1/0 in a case that is never taken",
        lambda: derivation(step("start", cases((x, "<", x, 1 / number(0)), otherwise=x))),
        "it needs 0 != 0",
    ),
    (
        "1/0 in a power of zero",
        lambda: derivation(step("start", (1 / number(0)) ** 0)),
        "it needs 0 != 0",
    ),
    ("1/(x − x) = 1", lambda: equate(1 / (x - x), ONE), "a denominator is zero, whatever its symbols stand for"),
    ("(x − x)/(x − x) = 1", lambda: equate((x - x) / (x - x), ONE), "a denominator is zero"),
    ("1 = (x − x)/(x − x)", lambda: equate(ONE, (x - x) / (x - x)), "a denominator is zero"),
    ("1/(xy − yx) = 0", lambda: equate(1 / (x * y - y * x), number(0)), "a denominator is zero"),
    ("1/(0/x) = 0", lambda: equate(1 / (0 / x), number(0)), "a denominator is zero"),
    ("1/(1 − x⁰) = 1", lambda: equate(1 / (1 - x**0), ONE), "a denominator is zero"),
    ("1/(x/x − 1) = 1", lambda: equate(1 / (x / x - 1), ONE), "a denominator is zero"),
    ("(1/(x − x)) A = A", lambda: equate((1 / (x - x)) * A, A), "a denominator is zero"),
    (
        "0 assumed nonzero: 1/0 = 1",
        lambda: derivation(step("assume", 1 / number(0), ONE)),
        "it needs 0 != 0",
    ),
    (
        "1/x with x replaced by 0",
        lambda: derivation(step("start", 1 / x), step("assume", x, number(0)), step("substitute", 0, 1)),
        "it needs 0 != 0",
    ),
    (
        "1/s unfolded with s := 0",
        lambda: derivation(step("start", 1 / s), step("unfold", 0, s), define=[(s, number(0))]),
        "it needs 0 != 0",
    ),
    ("x ≠ 0 discharged", lambda: derivation(*CANCEL, step("discharge", 1)), "no condition of that line is a nonzero"),
    (
        "x − 1 ≠ 0 discharged, since it is not the zero polynomial",
        lambda: derivation(step("start", 1 / (x - 1)), step("discharge", 0)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "x/y ≠ 0 discharged, since y is not 0",
        lambda: derivation(step("start", 1 / (x / y)), step("discharge", 0)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "x² − 1 ≠ 0 discharged as if it were 1",
        lambda: derivation(step("start", 1 / (x**2 - 1)), step("discharge", 0)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "f(x) ≠ 0 discharged",
        lambda: derivation(step("start", 1 / apply("f", x)), step("discharge", 0)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "x − x ≠ 0 discharged",
        lambda: derivation(step("start", 1 / (x - x)), step("discharge", 0)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "s ≠ 0 discharged with s := 0",
        lambda: derivation(step("start", 1 / s), step("discharge", 0), define=[(s, number(0))]),
        "no condition of that line is a nonzero constant",
    ),
    ("nothing to discharge", lambda: derivation(step("start", x), step("discharge", 0)), "no condition of that line"),
    (
        "discharge with a word of encouragement",
        lambda: derivation(*CANCEL, step("discharge", 1, x)),
        "it takes 0 terms",
    ),
]


@table(*REFUSED)
def test_refused(tell, words):
    refuse(tell, words)


#: Derivations that hold, each with every condition that must still be there at the end.
KEPT = [
    ("x/x = 1", CANCEL, (), {x}),
    ("1 = x/x", (step("start", ONE), step("regroup", 0, x / x)), (), {x}),
    ("1 = x/x, read from right to left", (*CANCEL, step("symmetry", 1)), (), {x}),
    ("through a second regroup", (*CANCEL, step("regroup", 1, y / y)), (), {x, y}),
    ("through distribute", (step("start", x * (y + z) / x), step("distribute", 0, y + z)), (), {x}),
    ("x/x = 1 for the numerator x²", (step("start", x**2 / x), step("regroup", 0, x)), (), {x}),
    ("0/x = 0", (step("start", 0 / x), step("regroup", 0, number(0))), (), {x}),
    ("0 · (1/x) = 0", (step("start", 0 * (1 / x)), step("regroup", 0, number(0))), (), {x}),
    ("1/x − 1/x = 0", (step("start", 1 / x - 1 / x), step("regroup", 0, number(0))), (), {x}),
    ("(1/x)⁰ = 1", (step("start", (1 / x) ** 0), step("regroup", 0, ONE)), (), {x}),
    ("1/(1/x) = x", (step("start", 1 / (1 / x)), step("regroup", 0, x)), (), {x, 1 / x}),
    ("(x² − y²)/(x − y) = x + y", (step("start", (x**2 - y**2) / (x - y)), step("regroup", 0, x + y)), (), {x - y}),
    ("(x/x) A = A", (step("start", (x / x) * A), step("regroup", 0, A)), (), {x}),
    ("(1/x)(A − A) = 0", (step("start", (1 / x) * A - (1 / x) * A), step("regroup", 0, 0 * B)), (), {x}),
    ("under f", (step("start", apply("f", x / x) - apply("f", x / x)), step("regroup", 0, number(0))), (), {x}),
    (
        "in a case that is not taken",
        (step("start", 0 * cases((x, "<", x, 1 / y), otherwise=z)), step("regroup", 0, number(0))),
        (),
        {y},
    ),
    (
        "through substitution of the lemma",
        (*CANCEL, step("start", apply("f", x / x)), step("substitute", 2, 1)),
        (),
        {x},
    ),
    (
        "through substitution into the lemma",
        (*CANCEL, step("assume", ONE, y), step("substitute", 1, 2)),
        (),
        {x},
    ),
    (
        "of a denominator before substitution",
        (step("start", 1 / x), step("assume", x, y), step("substitute", 0, 1)),
        (),
        {x, y},
    ),
    (
        "through unfold",
        (step("start", s), step("unfold", 0, s), step("regroup", 1, ONE)),
        ((s, x / x),),
        {x},
    ),
    (
        "through fold, which hides the denominator",
        (step("start", 1 / x), step("fold", 0, s)),
        ((s, 1 / x),),
        {x},
    ),
    (
        "of a denominator that is folded",
        (step("start", 1 / (x + y)), step("fold", 0, s)),
        ((s, x + y),),
        {x + y, s},
    ),
    (
        "of a denominator that is unfolded",
        (step("start", 1 / s), step("unfold", 0, s)),
        ((s, x + y),),
        {x + y, s},
    ),
    (
        "beside one that is discharged",
        (step("start", x / x * (1 / (ONE + y**2))), step("discharge", 0)),
        (),
        {x},
    ),
    (
        "of x beside x/x that is discharged, since x/x is not 0 only there",
        (step("start", 1 / (x / x)), step("discharge", 0)),
        (),
        {x},
    ),
]


@pytest.mark.parametrize(("steps", "define", "conditions"), [pytest.param(*rest, id=name) for name, *rest in KEPT])
def test_a_condition_survives(steps, define, conditions):
    assert nonzero(accepted(*steps, define=define)) == conditions


def test_two_goals_carry_the_conditions_of_both():
    lines = (step("start", 1 / x), step("start", 1 / y), step("assume", x, z))
    claim = replay(derivation(*lines, goals=(0, 1, 2)), WORK).claim
    assert nonzero(claim) == {x, y}
    assert claim.hypotheses == (Equation(x, z),)


def test_a_discharged_condition_comes_back_with_its_denominator():
    claim = accepted(step("start", 1 / (ONE + x**2)), step("discharge", 0), step("symmetry", 1))
    assert claim.conditions == (Condition(ONE + x**2),)


ASSUMED = (step("assume", x, y),)
HYPOTHESIS = (Equation(x, y),)

#: Lines that rest on x = y, each of which has to say so.
RESTING = [
    ("the assumption itself", ASSUMED, ()),
    ("read from right to left", (*ASSUMED, step("symmetry", 0)), ()),
    ("after algebra", (*ASSUMED, step("regroup", 0, y + 0)), ()),
    ("after distributing", (*ASSUMED, step("distribute", 0, y + 0)), ()),
    ("substituted", (*ASSUMED, step("start", x - y), step("substitute", 1, 0)), ()),
    ("substituted under f", (*ASSUMED, step("start", apply("f", x)), step("substitute", 1, 0)), ()),
    (
        "substituted and cancelled",
        (*ASSUMED, step("start", x - y), step("substitute", 1, 0), step("regroup", 2, x - x)),
        (),
    ),
    (
        "substituted into, from a line without hypotheses",
        (*ASSUMED, step("start", y + 0), step("regroup", 1, y), step("regroup", 0, y + 0), step("substitute", 3, 2)),
        (),
    ),
    (
        "unfolded",
        (*ASSUMED, step("fold", 0, s), step("unfold", 1, s)),
        ((s, y),),
    ),
    ("folded", (*ASSUMED, step("fold", 0, s)), ((s, y),)),
    ("discharged", (*ASSUMED, step("regroup", 0, y / (ONE + x**2) * (ONE + x**2)), step("discharge", 1)), ()),
]


@pytest.mark.parametrize(("steps", "define"), [pytest.param(*rest, id=name) for name, *rest in RESTING])
def test_a_hypothesis_survives(steps, define):
    assert HYPOTHESIS[0] in accepted(*steps, define=define).hypotheses


def test_a_contradiction_stays_a_hypothesis():
    claim = accepted(
        step("assume", number(0), ONE),
        step("start", x),
        step("regroup", 1, x * (0 + ONE) + 0),
        step("substitute", 2, 0),
    )
    assert claim.hypotheses == (Equation(number(0), ONE),)
