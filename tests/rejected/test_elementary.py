"""Lies about elementary functions: identities that are none, and conditions that a normal form would lose."""

from __future__ import annotations

import pytest

from symnet.term import Condition, Equation, Term, number
from tests.rejected.attack import A, Attack, derivation, refuse, step, table, x, y, z
from tests.rejected.calculus import (
    ABS,
    MINUS,
    ONE,
    PI,
    SIGMOID,
    ZERO,
    atan,
    believed,
    cos,
    erf,
    exp,
    f,
    log,
    same,
    sin,
    sqrt,
    tanh,
    u,
    v,
    w,
)

DIFFERENT = "the two sides do not have the same normal form of elementary functions"
TWO, THREE = number(2), number(3)

#: Two terms that differ.
FALSE: list[tuple[str, Term, Term]] = [
    ("√z² = z", sqrt(z**2), z),
    ("√z² = −z", sqrt(z**2), -z),
    ("√(z z) = z", sqrt(z * z), z),
    ("√z⁴ = −z²", sqrt(z**4), -(z**2)),
    ("√(z² + 2zw + w²) = z + w", sqrt(z**2 + 2 * z * w + w**2), z + w),
    ("√e^{2z} = −e^z", sqrt(exp(2 * z)), -exp(z)),
    ("√4 = −2", sqrt(4), -TWO),
    ("√4z = 4 √z", sqrt(4 * z), 4 * sqrt(z)),
    ("√2 √3 = √5", sqrt(2) * sqrt(3), sqrt(5)),
    ("√2 + √3 = √5", sqrt(2) + sqrt(3), sqrt(5)),
    ("√½ = √2", sqrt(ONE / 2), sqrt(2)),
    ("√12 = 2", sqrt(12), TWO),
    ("√2π = √2 π", sqrt(2 * PI), sqrt(2) * PI),
    ("√(2/π) = √2 √π", sqrt(2 / PI), sqrt(2) * sqrt(PI)),
    ("√(−z) = √z", sqrt(-z), sqrt(z)),
    ("√(−z) = −√z", sqrt(-z), -sqrt(z)),
    ("(√z)⁸ = z³", sqrt(z) ** 8, z**3),
    ("(√z)³ = z", sqrt(z) ** 3, z),
    ("1/√z = √z", 1 / sqrt(z), sqrt(z)),
    ("√(1/z) = √z", sqrt(1 / z), sqrt(z)),
    ("1/(√2 − 1) = √2 − 1", 1 / (sqrt(2) - 1), sqrt(2) - 1),
    ("e^{u+v} = e^u + e^v", exp(u + v), exp(u) + exp(v)),
    ("e^{u+v} = e^u", exp(u + v), exp(u)),
    ("e^{u+v} = e^v", exp(u + v), exp(v)),
    ("e^{uv} = e^u e^v", exp(u * v), exp(u) * exp(v)),
    ("e^{−z} = −e^z", exp(-z), -exp(z)),
    ("e^{z²} = (e^z)²", exp(z**2), exp(z) ** 2),
    ("(e^{z/2})² = e^{2z}", exp(z / 2) ** 2, exp(2 * z)),
    ("(e^{z/7})⁶ = e^z", exp(z / 7) ** 6, exp(z)),
    ("e^{z/3} e^{z/6} = e^{z/3}", exp(z / 3) * exp(z / 6), exp(z / 3)),
    ("e⁰ = 0", exp(z - z), ZERO),
    ("e^{1/z} = 1/e^z", exp(1 / z), 1 / exp(z)),
    ("e^{2 log z} = 2 z", exp(2 * log(z)), 2 * z),
    ("e^{−log z} = −z", exp(-log(z)), -z),
    ("e^{log z / 2} = z", exp(log(z) / 2), z),
    ("e^{z log 2} = 2 z", exp(z * log(2)), 2 * z),
    ("e^{π} = 1", exp(PI), ONE),
    ("log(u + v) = log u + log v", log(u + v), log(u) + log(v)),
    ("log(1 + e^z) = z", log(1 + exp(z)), z),
    ("log(e^z e^z) = z", log(exp(z) * exp(z)), z),
    ("log(1/z) = log z", log(1 / z), log(z)),
    ("log e^z = e^z", log(exp(z)), exp(z)),
    ("log(z e^w) = w log z", log(z * exp(w)), w * log(z)),
    ("log(1/z) = 1/log z", log(1 / z), 1 / log(z)),
    ("log(z²) = log z", log(z**2), log(z)),
    ("log 2 = 1", log(2), ONE),
    ("log(e^z + e^w) = z + w", log(exp(z) + exp(w)), z + w),
    ("sin² + cos² = 2", sin(z) ** 2 + cos(z) ** 2, TWO),
    ("cos² = 1 + sin²", cos(z) ** 2, 1 + sin(z) ** 2),
    ("sin² z + cos² w = 1", sin(z) ** 2 + cos(w) ** 2, ONE),
    ("sin(z + π) = sin z", sin(z + PI), sin(z)),
    ("cos(z + π) = cos z", cos(z + PI), cos(z)),
    ("sin(z + π/2) = −cos z", sin(z + PI / 2), -cos(z)),
    ("sin(z + π/2) = sin z", sin(z + PI / 2), sin(z)),
    ("cos(z + π/2) = sin z", cos(z + PI / 2), sin(z)),
    ("sin(z + π/3) = sin z", sin(z + PI / 3), sin(z)),
    ("sin(2 π z) = 0", sin(2 * PI * z), ZERO),
    ("cos(−z) = −cos z", cos(-z), -cos(z)),
    ("sin(−z) = sin z", sin(-z), sin(z)),
    ("sin 2z = 2 sin z", sin(2 * z), 2 * sin(z)),
    ("cos π = 1", cos(PI), ONE),
    ("cos(arctan z) = 1/(1 + z²)", cos(atan(z)), 1 / (1 + z**2)),
    ("sin(arctan z) = cos(arctan z)", sin(atan(z)), cos(atan(z))),
    ("sin(arctan(−z)) = sin(arctan z)", sin(atan(-z)), sin(atan(z))),
    ("cos²(arctan z) = 1/z²", cos(atan(z)) ** 2, 1 / z**2),
    ("cos²(arctan z) = z²/(1 + z²)", cos(atan(z)) ** 2, z**2 / (1 + z**2)),
    ("cos²(2 arctan z) = 1/(1 + z²)", cos(2 * atan(z)) ** 2, 1 / (1 + z**2)),
    ("arctan(−z) = arctan z", atan(-z), atan(z)),
    ("arctan 2z = 2 arctan z", atan(2 * z), 2 * atan(z)),
    ("erf(−z) = erf z", erf(-z), erf(z)),
    ("tanh(−z) = tanh z", tanh(-z), tanh(z)),
    ("tanh z = σ(z)", tanh(z), SIGMOID),
    ("tanh z = 2 σ(z) − 1", tanh(z), 2 * SIGMOID - 1),
    ("tanh z = (1 − e^{−z})/(1 + e^{−z})", tanh(z), (1 - exp(-z)) / (1 + exp(-z))),
    ("tanh² = tanh", tanh(z) ** 2, tanh(z)),
    ("1 − tanh² w for 1 − tanh² z", 1 - tanh(z) ** 2, 1 - tanh(w) ** 2),
    ("σ(−z) = σ(z)", 1 / (1 + exp(z)), SIGMOID),
    ("π = 22/7", PI, number(22) / 7),
    ("f(e^{u+v}) = f(e^u + e^v)", f(exp(u + v)), f(exp(u) + exp(v))),
    ("f(−z) = −f(z)", f(-z), -f(z)),
    ("|z| = z", ABS, z),
    ("e^{√z²} = e^z", exp(sqrt(z**2)), exp(z)),
    ("√√z⁴ = z", sqrt(sqrt(z**4)), z),
]


@pytest.mark.parametrize(("lhs", "rhs"), [pytest.param(*rest, id=name) for name, *rest in FALSE])
def test_what_is_not_the_same(lhs, rhs):
    refuse(lambda: same(lhs, rhs), DIFFERENT)


def nowhere(term: Term) -> object:
    return derivation(step("start", term))


#: cos(arctan 1) is √2/2, which the normal forms do not know; they know that the squares agree.
HIDDEN = 1 / (cos(atan(1)) - sqrt(2) / 2) * (1 / (cos(atan(1)) + sqrt(2) / 2))
ALSO_HIDDEN = 1 / (cos(atan(2)) - sqrt(5) / 5) * (1 / (cos(atan(2)) + sqrt(5) / 5))

UNDEFINED: list[Attack] = [
    ("log of −1", lambda: nowhere(log(MINUS)), "it needs -1 > 0"),
    ("log of 0", lambda: nowhere(log(ZERO)), "it needs 0 > 0"),
    ("log of 1 − 2", lambda: nowhere(log(ONE - 2)), "it needs a number > 0"),
    ("0 · log of −1", lambda: nowhere(0 * log(MINUS)), "it needs -1 > 0"),
    ("log of −1 in a branch that is not taken", lambda: nowhere(0 * f(log(MINUS))), "it needs -1 > 0"),
    ("√ of −1", lambda: nowhere(sqrt(MINUS)), "it needs -1 >= 0"),
    ("log of z − z", lambda: same(log(z - z), ZERO), "a logarithm is taken of zero"),
    ("log of sin² + cos² − 1", lambda: same(log(sin(z) ** 2 + cos(z) ** 2 - 1), ZERO), "a logarithm is taken of zero"),
    ("1/(sin² + cos² − 1)", lambda: same(1 / (sin(z) ** 2 + cos(z) ** 2 - 1), ZERO), "a denominator is zero"),
    ("1/(√2 √2 − 2)", lambda: same(1 / (sqrt(2) * sqrt(2) - 2), ZERO), "a denominator is zero"),
    ("1/(e^{z−z} − 1)", lambda: same(1 / (exp(z - z) - 1), ZERO), "a denominator is zero"),
    ("1/(log e^z − z)", lambda: same(1 / (log(exp(z)) - z), ZERO), "a denominator is zero"),
    ("tanh of half of log −1", lambda: same(1 / PI, exp(tanh(log(MINUS) / 2)) / PI), "a denominator is zero"),
    ("cos of arctan of √−1", lambda: same(1 / PI, exp(cos(atan(sqrt(MINUS))) ** 2)), "a denominator is zero"),
    ("e to a hidden 1/0", lambda: same(1 / PI, exp(HIDDEN)), "a denominator is zero"),
    ("sin of a hidden 1/0", lambda: same(1 / PI, sin(HIDDEN)), "a denominator is zero"),
    ("a hidden 1/0 = a hidden 3/0", lambda: same(HIDDEN, 3 * ALSO_HIDDEN), "a denominator is zero"),
    ("log of a matrix minus itself", lambda: nowhere(_entrywise("log") + -1 * _entrywise("log")), "of a matrix is not"),
    ("√ of a matrix", lambda: nowhere(_entrywise("sqrt")), "sqrt of a matrix is not supported"),
    ("elementary functions of matrices", lambda: same(A @ A, A), DIFFERENT),
    ("a scalar for a matrix", lambda: same(A, x), DIFFERENT),
    ("no line", lambda: derivation(step("elementary", z)), "it takes 1 earlier lines, not 0"),
    ("no term", lambda: derivation(step("start", z), step("elementary", 0)), "it takes 1 terms, not 0"),
    ("a constant e", lambda: Term("constant", (), "e"), "the one constant with a name is 'pi'"),
    ("a constant of π", lambda: Term("constant", (z,), "pi"), "constant takes 0 terms, not 1"),
]


def _entrywise(function: str) -> Term:
    return Term("apply", (A,), log(x).value if function == "log" else sqrt(x).value)


@table(*UNDEFINED)
def test_what_has_no_value(tell, words):
    refuse(tell, words)


#: Identities that hold where both sides are defined, with all conditions that have to stay.
KEPT = [
    ("e^{log z} = z", exp(log(z)), z, {(z, ">")}),
    ("z = e^{log z}", z, exp(log(z)), {(z, ">")}),
    ("(√z)² = z", sqrt(z) ** 2, z, {(z, ">=")}),
    ("log z − log z = 0", log(z) - log(z), ZERO, {(z, ">")}),
    ("√z − √z = 0", sqrt(z) - sqrt(z), ZERO, {(z, ">=")}),
    ("log e^z = z", log(exp(z)), z, {(exp(z), ">")}),
    ("log(x e^y) = y + log x", log(x * exp(y)), y + log(x), {(x * exp(y), ">"), (x, ">")}),
    ("√(4z) = 2 √z", sqrt(4 * z), 2 * sqrt(z), {(4 * z, ">="), (z, ">=")}),
    ("√(1/z) = 1/√z", sqrt(1 / z), 1 / sqrt(z), {(z, "!="), (1 / z, ">="), (z, ">="), (sqrt(z), "!=")}),
    ("√8 = 2 √2", sqrt(8), 2 * sqrt(2), set()),
    ("e^{z/2} e^{z/2} = e^z", exp(z / 2) * exp(z / 2), exp(z), set()),
    ("e^{x+y} = e^x e^y", exp(x + y), exp(x) * exp(y), set()),
    ("e^{3 log z} = z³", exp(3 * log(z)), z**3, {(z, ">")}),
    ("sin² + cos² = 1", sin(z) ** 2 + cos(z) ** 2, ONE, set()),
    ("(sin + cos)⁸ again", (sin(z) + cos(z)) ** 8, (1 + 2 * sin(z) * cos(z)) ** 4, set()),
    ("cos(z − π/2) = sin z", cos(z - PI / 2), sin(z), set()),
    ("cos²(arctan z)", cos(atan(z)) ** 2, 1 / (1 + z**2), {(1 + z**2, "!=")}),
    ("tanh z = 2 σ(2z) − 1", tanh(z), 2 / (1 + exp(-2 * z)) - 1, {(1 + exp(-2 * z), "!=")}),
    ("f(e^{x+y}) = f(e^x e^y)", f(exp(x + y)), f(exp(x) * exp(y)), set()),
    ("√(2π) = √2 √π", sqrt(2 * PI), sqrt(2) * sqrt(PI), {(2 * PI, ">="), (PI, ">=")}),
]


@pytest.mark.parametrize(("lhs", "rhs", "conditions"), [pytest.param(*rest, id=name) for name, *rest in KEPT])
def test_what_is_the_same_under_conditions(lhs, rhs, conditions):
    claim = believed(same(lhs, rhs))
    assert claim.equations == (Equation(lhs, rhs),)
    assert {(c.term, c.relation) for c in claim.conditions} == conditions


def test_an_inequality_is_rewritten():
    claim = believed(derivation(step("suppose", exp(x + y)), step("elementary", 0, exp(x) * exp(y))))
    assert claim.inequalities == (Condition(exp(x) * exp(y), ">"),)
