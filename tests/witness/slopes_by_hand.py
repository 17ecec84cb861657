"""The derivative of every scalar row, written by hand: what a derivation would claim."""

from __future__ import annotations

from fractions import Fraction

from symnet.activations import Z
from symnet.term import Term, apply, cases, constant, multiply, number, symbol

ZERO, ONE, HALF = number(0), number(1), number(Fraction(1, 2))
ALPHA, BETA, LAMBDA, B = symbol("alpha"), symbol("beta"), symbol("lambda"), symbol("b")


def exp(u: Term) -> Term:
    return apply("exp", u)


def sqrt(u: Term) -> Term:
    return apply("sqrt", u)


def bend(at: Term, below: Term, above: Term) -> Term:
    return cases((Z, "<", at, below), otherwise=above)


def band(low: Term, high: Term, below: Term, inside: Term, above: Term) -> Term:
    return cases((Z, "<", low, below), (high, "<", Z, above), otherwise=inside)


SIGMOID = 1 / (1 + exp(-Z))
TANH = apply("tanh", Z)
ERF = apply("erf", Z / sqrt(number(2)))
DENSITY = exp(-(Z**2) / 2) / sqrt(2 * constant("pi"))
INNER = sqrt(2 / constant("pi")) * (Z + number(Fraction("0.044715")) * Z**3)
OMEGA = 4 * (Z + 1) + 4 * exp(2 * Z) + exp(3 * Z) + exp(Z) * (4 * Z + 6)
DELTA = 2 * exp(Z) + exp(2 * Z) + 2

SLOPES: dict[str, Term] = {
    "identity": ONE,
    "g": ONE,
    "affine": ALPHA,
    "step": ZERO,
    "sign": ZERO,
    "relu": bend(ZERO, ZERO, ONE),
    "relu6": band(ZERO, number(6), ZERO, ONE, ZERO),
    "leaky_relu": bend(ZERO, ALPHA, ONE),
    "prelu": bend(ZERO, ALPHA, ONE),
    "rrelu": bend(ZERO, (symbol("alpha_1") + symbol("alpha_2")) / 2, ONE),
    "elu": bend(ZERO, ALPHA * exp(Z), ONE),
    "celu": bend(ZERO, exp(Z / ALPHA), ONE),
    "selu": bend(ZERO, multiply([LAMBDA, ALPHA, exp(Z)]), LAMBDA),
    "threshold": bend(symbol("theta"), ZERO, ONE),
    "hardtanh": band(symbol("m"), symbol("M"), ZERO, ONE, ZERO),
    "hardsigmoid": band(number(-3), number(3), ZERO, number(Fraction(1, 6)), ZERO),
    "hardswish": band(number(-3), number(3), ZERO, (2 * Z + 3) / 6, ONE),
    "hardshrink": band(-LAMBDA, LAMBDA, ONE, ZERO, ONE),
    "softshrink": band(-LAMBDA, LAMBDA, ONE, ZERO, ONE),
    "softsign": 1 / (1 + cases((ZERO, "<=", Z, Z), otherwise=-Z)) ** 2,
    "sigmoid": SIGMOID * (1 - SIGMOID),
    "logsigmoid": 1 / (1 + exp(Z)),
    "tanh": 1 - TANH**2,
    "tanhshrink": TANH**2,
    "softplus": 1 / (1 + exp(-BETA * Z)),
    "squareplus": (1 + Z / sqrt(Z**2 + B)) / 2,
    "silu": SIGMOID + multiply([Z, SIGMOID, 1 - SIGMOID]),
    "mish": exp(Z) * OMEGA / DELTA**2,
    "gelu": HALF * (1 + ERF) + Z * DENSITY,
    "gelu_tanh": HALF * (1 + apply("tanh", INNER))
    + multiply(
        [
            HALF * Z,
            1 - apply("tanh", INNER) ** 2,
            sqrt(2 / constant("pi")) * (1 + number(3 * Fraction("0.044715")) * Z**2),
        ]
    ),
    "gaussian": multiply([number(-2), Z, exp(-(Z**2))]),
    "sine": apply("cos", Z),
    "arctan": 1 / (1 + Z**2),
    "exponential": exp(Z),
    "bent_identity": Z / (2 * sqrt(Z**2 + 1)) + 1,
    "isru": 1 / ((1 + ALPHA * Z**2) * sqrt(1 + ALPHA * Z**2)),
}
