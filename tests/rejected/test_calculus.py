"""The lies that people tell about activation functions and their derivatives."""

from __future__ import annotations

import pytest

from symnet.term import Equation
from tests.rejected.attack import Attack, derivation, refuse, step, table, z
from tests.rejected.calculus import (
    ELU,
    MINUS,
    ONE,
    PI,
    RELU,
    SIGMOID,
    ZERO,
    D,
    alpha,
    atan,
    believed,
    erf,
    exp,
    log,
    positive,
    same,
    slope_is,
    slopes,
    sqrt,
    tanh,
)

DIFFERENT = "the two sides do not have the same normal form of elementary functions"
ARCCOT = PI / 2 - atan(z)
SOFTPLUS = log(1 + exp(z))
GELU = z * (1 + erf(z / sqrt(2))) / 2
DENSITY = exp(-(z**2) / 2) / sqrt(2 * PI)

#: What the issue names, and its kin.
LIES: list[Attack] = [
    ("a dropped factor of the chain rule", lambda: slope_is(tanh(z / 2), 1 - tanh(z / 2) ** 2), DIFFERENT),
    ("1 − tanh² with another argument", lambda: slope_is(tanh(2 * z), 2 * (1 - tanh(z) ** 2)), DIFFERENT),
    ("σ′ = σ − (1 − σ)", lambda: slope_is(SIGMOID, SIGMOID - (1 - SIGMOID)), DIFFERENT),
    ("tanh′ = −tanh²", lambda: slope_is(tanh(z), -(tanh(z) ** 2)), DIFFERENT),
    ("arccot′ = −1/(1 + z)", lambda: slope_is(ARCCOT, -(1 / (1 + z))), DIFFERENT),
    ("arccot′ = −1/(1 + z)²", lambda: slope_is(ARCCOT, -(1 / (1 + z) ** 2)), DIFFERENT),
    ("arccot′ = 1/(1 + z²)", lambda: slope_is(ARCCOT, 1 / (1 + z**2)), DIFFERENT),
    ("softplus′ = 1 − σ", lambda: slope_is(SOFTPLUS, 1 - SIGMOID), DIFFERENT),
    ("GELU′ = Φ", lambda: slope_is(GELU, (1 + erf(z / sqrt(2))) / 2), DIFFERENT),
    ("GELU′ = Φ + z φ, without √2 in φ", lambda: slope_is(GELU, GELU / z + z * exp(-(z**2))), DIFFERENT),
    ("GELU′ = Φ + φ", lambda: slope_is(GELU, (1 + erf(z / sqrt(2))) / 2 + DENSITY), DIFFERENT),
    ("SiLU′ = σ", lambda: slope_is(z * SIGMOID, SIGMOID), DIFFERENT),
    ("SiLU′ = z σ (1 − σ)", lambda: slope_is(z * SIGMOID, z * SIGMOID * (1 - SIGMOID)), DIFFERENT),
    ("a kink crossed in silence", lambda: derivation(step("start", D(RELU, ZERO))), "it needs 0 != 0"),
    (
        "ReLU′(0) = 0, as torch has it",
        lambda: derivation(step("start", D(RELU)), step("instantiate", 0, z, ZERO)),
        "0 != 0",
    ),
    (
        "ELU′ = α e^z everywhere",
        lambda: derivation(
            step("start", D(ELU)), step("differentiate", 0, D(ELU)), step("elementary", 1, alpha * exp(z))
        ),
        "there is no rule for the derivative of a cases",
    ),
    ("√z² = z", lambda: same(sqrt(z**2), z), DIFFERENT),
    (
        "z = 1 differentiated",
        lambda: derivation(
            step("assume", z, ONE), *slopes(z**2, before=1), step("start", D(z**2)), step("substitute", 3, 0)
        ),
        "a hypothesis is about z, so it may not rewrite what is differentiated in z",
    ),
    ("the logarithm of −1", lambda: derivation(step("start", log(MINUS))), "it needs -1 > 0"),
    ("log′ at −1", lambda: derivation(*slopes(log(z)), step("instantiate", 1, z, MINUS)), "it needs -1 > 0"),
    (
        "z − 1 ≠ 0, since it is no zero polynomial",
        lambda: derivation(step("start", 1 / (z - 1)), step("discharge", 0)),
        "follows",
    ),
    ("1 − tanh² z ≠ 0 by its parts", lambda: positive(1 - tanh(z) ** 2), "the signs of its parts do not tell"),
    ("σ ≤ ½ by its parts", lambda: positive(ONE / 2 - SIGMOID), "the signs of its parts do not tell"),
]


@table(*LIES)
def test_refused(tell, words):
    refuse(tell, words)


@pytest.mark.parametrize(
    ("body", "claimed"),
    [
        (tanh(z / 2), (1 - tanh(z / 2) ** 2) / 2),
        (SIGMOID, SIGMOID * (1 - SIGMOID)),
        (ARCCOT, -(1 / (1 + z**2))),
        (SOFTPLUS, 1 - exp(-log(1 + exp(z)))),
        (GELU, (1 + erf(z / sqrt(2))) / 2 + z * DENSITY),
        (z * SIGMOID, z * SIGMOID + SIGMOID * (1 - z * SIGMOID)),
    ],
)
def test_believed(body, claimed):
    assert believed(slope_is(body, claimed)).equations == (Equation(D(body), claimed),)
