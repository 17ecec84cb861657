"""Lies about derivatives: wrong rules, wrong variables, and what a derivative binds."""

from __future__ import annotations

import pytest

from symnet.term import (
    Equation,
    Term,
    number,
)
from tests.rejected.attack import (
    Attack,
    after,
    derivation,
    i,
    r,
    refuse,
    s,
    step,
    table,
    z,
)
from tests.rejected.calculus import (
    ABS,
    ONE,
    PI,
    RELU,
    SIGMOID,
    ZERO,
    D,
    alpha,
    atan,
    believed,
    cos,
    define,
    erf,
    exp,
    f,
    left,
    log,
    right,
    sin,
    slope,
    slope_is,
    sqrt,
    tanh,
    w,
    where,
)

DIFFERENT = "the two sides do not have the same normal form"
CANNOT = "cannot be differentiated"

#: Derivatives, and what they are not.
WRONG: list[tuple[str, Term, Term]] = [
    ("σ′ = σ − (1 − σ)", SIGMOID, SIGMOID - (1 - SIGMOID)),
    ("σ′ = σ (1 + σ)", SIGMOID, SIGMOID * (1 + SIGMOID)),
    ("σ′ = −σ (1 − σ)", SIGMOID, -(SIGMOID * (1 - SIGMOID))),
    ("σ′ = σ² (1 − σ)", SIGMOID, SIGMOID**2 * (1 - SIGMOID)),
    ("tanh′ = 1 − tanh", tanh(z), 1 - tanh(z)),
    ("tanh′ = −tanh²", tanh(z), -(tanh(z) ** 2)),
    ("tanh′ = 1 + tanh²", tanh(z), 1 + tanh(z) ** 2),
    ("(tanh 2z)′ = 1 − tanh² 2z", tanh(2 * z), 1 - tanh(2 * z) ** 2),
    ("(tanh 2z)′ = 2 (1 − tanh² z)", tanh(2 * z), 2 * (1 - tanh(z) ** 2)),
    ("(e^{2z})′ = e^{2z}", exp(2 * z), exp(2 * z)),
    ("(e^{−z})′ = e^{−z}", exp(-z), exp(-z)),
    ("(e^{z²})′ = 2 z e^z", exp(z**2), 2 * z * exp(z)),
    ("(log 2z)′ = 2/z", log(2 * z), 2 / z),
    ("(log z)′ = 1/z²", log(z), 1 / z**2),
    ("(log(1 + z²))′ = 1/(1 + z²)", log(1 + z**2), 1 / (1 + z**2)),
    ("(√z)′ = 1/√z", sqrt(z), 1 / sqrt(z)),
    ("(√(1 + z²))′ = 1/(2 √(1 + z²))", sqrt(1 + z**2), 1 / (2 * sqrt(1 + z**2))),
    ("sin′ = −cos", sin(z), -cos(z)),
    ("cos′ = sin", cos(z), sin(z)),
    ("(sin z²)′ = cos z²", sin(z**2), cos(z**2)),
    ("arctan′ = 1/(1 + z)", atan(z), 1 / (1 + z)),
    ("arctan′ = 1/(1 + z)²", atan(z), 1 / (1 + z) ** 2),
    ("(π/2 − arctan z)′ = −1/(1 + z)²", 2 - atan(z), -(1 / (1 + z) ** 2)),
    ("(arctan 2z)′ = 2/(1 + z²)", atan(2 * z), 2 / (1 + z**2)),
    ("erf′ = e^{−z²}", erf(z), exp(-(z**2))),
    ("(erf z²)′ = the slope of erf", erf(z**2), 2 / sqrt(PI) * exp(-(z**4))),
    ("(z²)′ = z", z**2, z),
    ("(z³)′ = 3 z³", z**3, 3 * z**3),
    ("(z⁰)′ = z", z**0, z),
    ("(z⁰)′ = 1", z**0, ONE),
    ("(z²)³ without its inner derivative", (z**2) ** 3, 3 * z**4),
    ("(u v)′ = u′ v′", sin(z) * exp(z), cos(z) * exp(z)),
    ("(u v)′ = u′ v", z * exp(z), exp(z)),
    ("(u/v)′ = u′/v′", z / (1 + z**2), 1 / (2 * z)),
    ("(u/v)′ with the terms exchanged", z / (1 + z**2), (z * 2 * z - (1 + z**2)) / (1 + z**2) ** 2),
    ("(u/v)′ without the square", z / (1 + z**2), (1 - z**2) / (1 + z**2)),
    ("(1/z)′ = 1/z²", 1 / z, 1 / z**2),
    ("(α z)′ = 1", alpha * z, ONE),
    ("(α + z)′ = α + 1", alpha + z, alpha + 1),
    ("(z/α)′ = −z/α²", z / alpha, -(z / alpha**2)),
    ("α′ = 1", alpha, ONE),
    ("(z z z)′ = 2 z²", z * z * z, 2 * z**2),
]


@pytest.mark.parametrize(("body", "claimed"), [pytest.param(*rest, id=name) for name, *rest in WRONG])
def test_a_wrong_derivative(body, claimed):
    refuse(lambda: slope_is(body, claimed), DIFFERENT)


def unknown(body: Term) -> object:
    return derivation(step("start", D(body)))


RULES: list[Attack] = [
    ("f′ of an unknown f", lambda: unknown(f(z)), f"nothing is known of f, so it {CANNOT}"),
    ("f′ in a factor 0", lambda: unknown(0 * f(z)), f"nothing is known of f, so it {CANNOT}"),
    ("f′ of an unknown f hidden by s", lambda: derivation(step("start", D(s)), define=define(s=f(z))), CANNOT),
    ("a derivative of a derivative", lambda: unknown(D(z**3)), "a derivative of a derivative"),
    (
        "a derivative of a derivative hidden by s",
        lambda: derivation(step("start", D(s)), define=define(s=D(z**3))),
        "a derivative of a derivative",
    ),
    ("(r^(1))′ of a recursion", lambda: slope(r(1), define=[(r(0), z), (r(after(i)), r(i) * z)]), CANNOT),
    (
        "a recursion that differentiates",
        lambda: derivation(step("start", r(2)), define=[(r(0), where(z, ONE, ZERO)), (r(after(i)), D(r(i)))]),
        "may not divide by what could be zero, nor differentiate",
    ),
    (
        "a recursion that takes a logarithm",
        lambda: derivation(step("start", r(2)), define=[(r(0), z), (r(after(i)), log(r(i)))]),
        "may not divide by what could be zero",
    ),
    ("s′ for s := |z| by the rules", lambda: slope(s, define=define(s=ABS)), "there is no rule for the derivative"),
    ("|z|′ by the rules", lambda: slope(ABS), "there is no rule for the derivative of a cases"),
    ("relu′ by the rules", lambda: slope(RELU), "there is no rule for the derivative of a cases"),
    (
        "what is no derivative",
        lambda: derivation(step("start", z), step("differentiate", 0, z)),
        "it takes derivatives",
    ),
    ("no derivative", lambda: derivation(step("start", z), step("differentiate", 0)), "it takes one or more terms"),
    (
        "a derivative that is not there",
        lambda: derivation(step("start", D(z**2)), step("differentiate", 0, D(z**3))),
        "nothing on the right-hand side matches",
    ),
    (
        "two lines",
        lambda: derivation(step("start", D(z)), step("differentiate", 0, 0, D(z))),
        "it takes 1 earlier lines, not 2",
    ),
    ("from the right, unheard of", lambda: derivation(step("start", right(z))), "use one_sided"),
    ("from the left, in a factor 0", lambda: derivation(step("start", 0 * left(z))), "use one_sided"),
    (
        "from the right in a definition",
        lambda: derivation(step("start", s), define=define(s=right(z))),
        "no line says that there is a derivative from the right",
    ),
    (
        "from the right by the rules",
        lambda: derivation(
            step("start", z), step("one_sided", 0, right(z)), step("symmetry", 1), step("differentiate", 2, right(z))
        ),
        "a one-sided derivative has a rule of its own",
    ),
    ("1/z at 0", lambda: slope(1 / z, at=ZERO), "it needs 0 != 0"),
    ("log z at 0", lambda: slope(log(z), at=ZERO), "it needs 0 > 0"),
    ("log z at −1", lambda: slope(log(z), at=number(-1)), "it needs -1 > 0"),
    ("√z at 0", lambda: slope(sqrt(z), at=ZERO), "it needs 0 > 0"),
    ("|z| at 0", lambda: derivation(step("start", D(ABS, ZERO))), "it needs 0 != 0"),
    ("0 · |z| at 0", lambda: derivation(step("start", D(0 * ABS, ZERO))), "it needs 0 != 0"),
    (
        "|z| brought to 0",
        lambda: derivation(step("start", D(ABS)), step("choose", 0, ABS, ZERO), step("instantiate", 1, z, ZERO)),
        "it needs 0 != 0",
    ),
    ("s at 0, for s := log z", lambda: slope(s, at=ZERO, define=define(s=log(z))), "it needs 0 > 0"),
]


@table(*RULES)
def test_what_has_no_derivative(tell, words):
    refuse(tell, words)


TRUE = [
    ("σ", SIGMOID, SIGMOID * (1 - SIGMOID), {(1 + exp(-z), "!="), ((1 + exp(-z)) ** 2, "!=")}),
    ("tanh 2z", tanh(2 * z), 2 * (1 - tanh(2 * z) ** 2), set()),
    ("log(1 + z²)", log(1 + z**2), 2 * z / (1 + z**2), {(1 + z**2, ">"), (1 + z**2, "!=")}),
    ("√z", sqrt(z), 1 / (2 * sqrt(z)), {(z, ">"), (z, ">="), (2 * sqrt(z), "!=")}),
    ("arctan", atan(z), cos(atan(z)) ** 2, {(1 + z**2, "!=")}),
    ("z erf z", z * erf(z), erf(z) + 2 * z * exp(-(z**2)) / sqrt(PI), None),
    ("(u/v)′", z / (1 + exp(z)), (1 + exp(z) - z * exp(z)) / (1 + exp(z)) ** 2, None),
    ("(z²)³", (z**2) ** 3, 6 * z**5, set()),
    ("z z z", z * z * z, 3 * z**2, set()),
    ("a constant", alpha * w, ZERO, set()),
]


@pytest.mark.parametrize(("body", "claimed", "conditions"), [pytest.param(*rest, id=name) for name, *rest in TRUE])
def test_a_right_derivative(body, claimed, conditions):
    claim = believed(slope_is(body, claimed))
    assert claim.equations == (Equation(D(body), claimed),)
    if conditions is not None:
        assert {(c.term, c.relation) for c in claim.conditions} == conditions
