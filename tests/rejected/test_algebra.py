"""Lies about numbers and scalars: arithmetic, signs, functions, case distinctions, exponents that run over."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symnet.errors import Rejected
from symnet.kernel import replay
from symnet.term import Term, apply, cases, number, symbol, total
from tests.rejected.attack import WORK, Attack, derivation, equate, refuse, step, table, x, y, z

NO = "the two sides do not have the same normal form"
STILL = "the result of distributing still multiplies a sum"


def f(argument: Term) -> Term:
    return apply("f", argument)


def g(argument: Term) -> Term:
    return apply("g", argument)


def if_less(left: Term, right: Term, value: Term, otherwise: Term, relation: str = "<") -> Term:
    return cases((left, relation, right, value), otherwise=otherwise)


ATTACKS: list[Attack] = [
    ("1 = 2", lambda: equate(number(1), number(2)), NO),
    ("0 = 1", lambda: equate(number(0), number(1)), NO),
    ("1 + 1 = 3", lambda: equate(number(1) + 1, number(3)), NO),
    ("2 · 3 = 5", lambda: equate(number(2) * 3, number(5)), NO),
    ("1/3 = 0.333", lambda: equate(number(1) / 3, number(Fraction("0.333"))), NO),
    ("1/10 is the float 0.1", lambda: equate(number(Fraction(1, 10)), number(Fraction(0.1))), NO),
    ("1/2 + 1/3 = 2/5", lambda: equate(number(Fraction(1, 2)) + number(Fraction(1, 3)), number(Fraction(2, 5))), NO),
    ("1 = −1", lambda: equate(number(1), number(-1)), NO),
    ("2³ = 6", lambda: equate(number(2) ** 3, number(6)), NO),
    ("(−1)³ = 1", lambda: equate(number(-1) ** 3, number(1)), NO),
    ("(−x)³ = x³", lambda: equate((-x) ** 3, x**3), NO),
    ("10¹⁰⁰ = 10¹⁰⁰ + 1", lambda: equate(number(10) ** 100, number(10**100 + 1)), NO),
    ("2⁶⁴ = 0", lambda: equate(number(2) ** 64, number(0)), NO),
    ("2⁶¹ − 1 = 0, as hashes have it", lambda: equate(number(2**61 - 1), number(0)), NO),
    ("−1 = −2, as hashes have it", lambda: equate(number(-1), number(-2)), NO),
    ("x = −x", lambda: equate(x, -x), NO),
    ("x − y = y − x", lambda: equate(x - y, y - x), NO),
    ("x − (y − z) = x − y − z", lambda: equate(x - (y - z), x - y - z), NO),
    ("x = y", lambda: equate(x, y), NO),
    ("x = x + 1", lambda: equate(x, x + 1), NO),
    ("x + x = x", lambda: equate(x + x, x), NO),
    ("x + x = x²", lambda: equate(x + x, x**2), NO),
    ("x · x = 2x", lambda: equate(x * x, 2 * x), NO),
    ("x² = x", lambda: equate(x**2, x), NO),
    ("x³ = x, as Fermat has it mod 3", lambda: equate(x**3, x), NO),
    ("x⁰ = 0", lambda: equate(x**0, number(0)), NO),
    ("x⁰ = x", lambda: equate(x**0, x), NO),
    ("x² · x³ = x⁶", lambda: equate(x**2 * x**3, x**6), NO),
    ("(x²)³ = x⁵", lambda: equate((x**2) ** 3, x**5), NO),
    ("(x + y)² = x² + y²", lambda: equate((x + y) ** 2, x**2 + y**2), NO),
    ("(x + y)² = x² + xy + y²", lambda: equate((x + y) ** 2, x**2 + x * y + y**2), NO),
    ("(x + y)³ with the coefficient 2", lambda: equate((x + y) ** 3, x**3 + 2 * x * x * y + 3 * x * y * y + y**3), NO),
    ("(x − y)(x + y) = x² + y²", lambda: equate((x - y) * (x + y), x**2 + y**2), NO),
    ("(x − y)² = x² − y²", lambda: equate((x - y) ** 2, x**2 - y**2), NO),
    ("x(y + z) = xy + z", lambda: equate(x * (y + z), x * y + z), NO),
    ("x(x − 1)(x − 2) = 0, true at 0, 1 and 2", lambda: equate(x * (x - 1) * (x - 2), number(0)), NO),
    ("a zero at each of 40 points is zero", lambda: equate(_vanishing(40), number(0)), NO),
    ("1/(x + y) = 1/x + 1/y", lambda: equate(1 / (x + y), 1 / x + 1 / y), NO),
    ("x/y = y/x", lambda: equate(x / y, y / x), NO),
    ("x/(y/z) = (x/y)/z", lambda: equate(x / (y / z), (x / y) / z), NO),
    ("(x + y)/(x + z) = y/z", lambda: equate((x + y) / (x + z), y / z), NO),
    ("x/x = 0", lambda: equate(x / x, number(0)), NO),
    ("x/x = x", lambda: equate(x / x, x), NO),
    ("1/(−x) = 1/x", lambda: equate(1 / -x, 1 / x), NO),
    ("x/2 + x/3 = x/5", lambda: equate(x / 2 + x / 3, x / 5), NO),
    ("f(x) = x", lambda: equate(f(x), x), NO),
    ("f(x) = g(x)", lambda: equate(f(x), g(x)), NO),
    ("f(x) = f(y)", lambda: equate(f(x), f(y)), NO),
    ("f(x + y) = f(x) + f(y)", lambda: equate(f(x + y), f(x) + f(y)), NO),
    ("f(xy) = f(x) f(y)", lambda: equate(f(x * y), f(x) * f(y)), NO),
    ("f(2x) = 2 f(x)", lambda: equate(f(2 * x), 2 * f(x)), NO),
    ("f(0) = 0", lambda: equate(f(number(0)), number(0)), NO),
    ("f(−x) = −f(x)", lambda: equate(f(-x), -f(x)), NO),
    ("f(g(x)) = g(f(x))", lambda: equate(f(g(x)), g(f(x))), NO),
    ("f(f(x)) = f(x)", lambda: equate(f(f(x)), f(x)), NO),
    ("f(x + x) = f(2x) by algebra under f", lambda: equate(f(x + x), f(2 * x)), NO),
    ("√(x²) = x for a function called sqrt", lambda: equate(apply("sqrt", x**2), x), NO),
    ("√x √x = x for a function called sqrt", lambda: equate(apply("sqrt", x) ** 2, x), NO),
    ("exp(x + y) = exp x exp y for a name", lambda: equate(apply("exp", x + y), apply("exp", x) * apply("exp", y)), NO),
    ("exp(0) = 1 for a name", lambda: equate(apply("exp", number(0)), number(1)), NO),
    ("identity(x) = x for a name", lambda: equate(apply("identity", x), x), NO),
    (
        "the branches swapped",
        lambda: equate(if_less(x, y, number(1), number(0)), if_less(x, y, number(0), number(1))),
        NO,
    ),
    ("the sides of < swapped", lambda: equate(if_less(x, y, x, y), if_less(y, x, x, y)), NO),
    ("< for ≤", lambda: equate(if_less(x, y, number(1), number(0)), if_less(x, y, number(1), number(0), "<=")), NO),
    ("max(x, y) = x", lambda: equate(if_less(x, y, y, x), x), NO),
    ("max(x, y) = x + y − max(x, y)", lambda: equate(if_less(x, y, y, x), x + y - if_less(x, y, y, x)), NO),
    ("relu(x) = x", lambda: equate(if_less(number(0), x, x, number(0)), x), NO),
    (
        "relu(−x) = −relu(x)",
        lambda: equate(if_less(number(0), -x, -x, number(0)), -if_less(number(0), x, x, number(0))),
        NO,
    ),
    (
        "the second arm before the first",
        lambda: equate(
            cases((x, "<", y, number(1)), (x, "<", z, number(2)), otherwise=z),
            cases((x, "<", z, number(2)), (x, "<", y, number(1)), otherwise=z),
        ),
        NO,
    ),
    ("the neuron without its bias", lambda: equate(x * (y + z) + z, x * y + x * z), NO),
    (
        "a factored square distributed",
        lambda: derivation(step("start", (x + y) ** 2), step("distribute", 0, (x + y) ** 2)),
        STILL,
    ),
    (
        "x(y + z) distributed into itself",
        lambda: derivation(step("start", x * (y + z)), step("distribute", 0, x * (y + z))),
        STILL,
    ),
    (
        "−(x + y) distributed into itself",
        lambda: derivation(step("start", -(x + y)), step("distribute", 0, -(x + y))),
        STILL,
    ),
    (
        "(x + y)/z distributed into itself",
        lambda: derivation(step("start", (x + y) / z), step("distribute", 0, (x + y) / z)),
        STILL,
    ),
    (
        "distributed into a false sum",
        lambda: derivation(step("start", (x + y) ** 2), step("distribute", 0, x**2 + y**2)),
        NO,
    ),
    (
        "substitute what does not occur",
        lambda: derivation(step("start", x), step("start", y), step("substitute", 0, 1)),
        "nothing on the right-hand side matches",
    ),
    (
        "substitute y + x into x + y",
        lambda: derivation(step("start", f(x + y)), step("assume", y + x, z), step("substitute", 0, 1)),
        "nothing on the right-hand side matches",
    ),
    (
        "substitute from right to left",
        lambda: derivation(step("start", f(y)), step("assume", x, y), step("substitute", 0, 1)),
        "nothing on the right-hand side matches",
    ),
    (
        "substitute two values for one term",
        lambda: derivation(
            step("start", x - x), step("assume", x, y), step("assume", x, z), step("substitute", 0, 1, 2)
        ),
        "two of the lines to substitute from have the same left-hand side",
    ),
    (
        "a substitution that changes nothing",
        lambda: derivation(step("start", x), step("substitute", 0, 0)),
        "nothing on",
    ),
]


def _vanishing(points: int) -> Term:
    product = x
    for i in range(1, points):
        product = product * (x - i)
    return product


@table(*ATTACKS)
def test_refused(tell, words):
    refuse(tell, words)


def overruns():
    """Pairs of different polynomials whose packed monomials coincide when a field is too narrow."""
    for k in range(1, 24):
        e = 2**k
        yield f"x^{e} = y", x**e, y
        yield f"y^{e} = x", y**e, x
        yield f"x^{e} y = y²", x**e * y, y**2
        yield f"x^{e} + y = 2y", x**e + y, 2 * y
        yield f"x^{e - 1} x = y", x ** (e - 1) * x, y
        yield f"(x + y)/x^{e} = (x + y)/y", (x + y) / x**e, (x + y) / y
        yield f"1/x^{e} = 1/y", 1 / x**e, 1 / y
        yield f"x^{e} y^{e} = x^{e} z", x**e * y**e, x**e * z
        yield f"x^{e} = z", y - y + x**e, z


@pytest.mark.parametrize(("lhs", "rhs"), [pytest.param(lhs, rhs, id=lie) for lie, lhs, rhs in overruns()])
def test_no_exponent_runs_over_into_its_neighbour(lhs, rhs):
    for left, right in ((lhs, rhs), (rhs, lhs)):
        with pytest.raises(Rejected):
            replay(equate(left, right), WORK)


def test_words_with_wide_denominators_do_not_run_over():
    """The coefficient of a word adds up fractions that no term wrote over one denominator."""
    A = symbol("A", (2, 2))
    for e in range(1, 70):
        F = (1 / x**e) * total([A, A @ A, A @ A @ A])
        wrong = total([A, A @ A, A @ A @ A])
        for factor in (1 / y, x**e / y, 1 / x**e, 1 / (x ** (2 * e - 1) * y)):
            with pytest.raises(Rejected):
                replay(equate(F @ F, factor * (wrong @ wrong)), WORK)
        replay(equate(F @ F, (1 / x ** (2 * e)) * (wrong @ wrong)), WORK)


def test_equal_hashes_are_not_equality():
    """In Python hash(2^61 − 1) is hash(0): the two atoms f(x^(2^61 − 1)) and f(x^0) must stay apart."""
    assert hash(x ** (2**61 - 1)) == hash(x**0)
    refuse(lambda: equate(f(x ** (2**61 - 1)), f(x**0)), NO)
    refuse(lambda: equate(f(number(-1)), f(number(-2))), NO)
    refuse(lambda: equate(f(number(2**61 - 1)), f(number(0))), NO)
