"""f′ is no function of f: two points with one value and two slopes, replayed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symnet.activations import find
from symnet.errors import Rejected, Undecided, UsageError
from symnet.kernel import replay
from symnet.prove.points import equal_values, not_a_function_of_output
from symnet.prove.tidy import tidy
from symnet.reader.agreement import value_at
from symnet.term import Claim, Condition, Derivation, Step, Term, apply, cases, derivative, number, put, symbols
from tests.prove.formulas import PI, SWISH, E, F, Q, alpha, atan, beta, exp, function, half, log, raw, sin, sqrt, z

ONE = number(1)
SWISH_ = number(SWISH)

#: Functions, two points, and the slopes there.
FOUND: dict[str, tuple[Term, Term, Term, Term, Term]] = {
    "log(1 + z²)": (log(1 + z**2), ONE, number(-1), ONE, number(-1)),
    "Gaussian": (Q, number(-1), ONE, 2 * exp(-ONE), None),  # type: ignore[dict-item]
    "sine": (sin(z), number(0), PI, ONE, number(-1)),
    "cosh": ((E + F) / 2, log(2), -log(2), number(Fraction(3, 4)), number(Fraction(-3, 4))),
    "z²": (z**2, ONE, number(-1), number(2), number(-2)),
    "z atan z": (z * atan(z), ONE, number(-1), atan(ONE) + half, None),  # type: ignore[dict-item]
    "z³ − z": (z**3 - z, ONE, number(0), number(2), number(-1)),
    "z e^z": (z * E, -log(2), -2 * log(2), (1 - log(2)) / 2, None),  # type: ignore[dict-item]
    "√(z² + 1)": (sqrt(z**2 + 1), ONE, number(-1), 1 / sqrt(2), None),  # type: ignore[dict-item]
    "silu": (function("silu"), -log(2), -3 * log(2), (3 - 2 * log(2)) / 9, (3 - 8 * log(2)) / 27),
    "z/(1 + e^{−1.702z})": (
        function("z/(1 + e^{−1.702z})"),
        -(log(2) / SWISH_),
        -(3 * log(2) / SWISH_),
        (3 - 2 * log(2)) / 9,
        (3 - 8 * log(2)) / 27,
    ),
    "z³ − 2z": (z**3 - 2 * z, sqrt(2), number(0), number(4), number(-2)),
    "z/2 + √(z² + 4)": (z / 2 + sqrt(z**2 + 4), number(0), number(Fraction(-8, 3)), half, number(Fraction(-3, 10))),
    "sin(3z + 1)": (sin(3 * z + 1), number(Fraction(-1, 3)), (PI - 1) / 3, number(3), number(-3)),
    "(z − 7)²": ((z - 7) ** 2, number(14), number(0), number(14), number(-14)),
}


@pytest.fixture(params=FOUND)
def shown(request: pytest.FixtureRequest) -> tuple[Term, Claim, tuple[Term, ...]]:
    f, *rest = FOUND[request.param]
    return f, replay(not_a_function_of_output(f, z)).claim, tuple(rest)


def test_the_claim_is_about_two_points_with_one_value(shown: tuple[Term, Claim, tuple[Term, ...]]) -> None:
    f, claim, (p, q, *slopes) = shown
    value, *_ = claim.equations
    p, q = (tidy(point) for point in (p, q))
    assert (value.lhs, value.rhs) == (put(f, z, p), put(f, z, q))
    assert [e.lhs for e in claim.equations[1:]] == [derivative(f, z, p), derivative(f, z, q)]
    for equation, slope in zip(claim.equations[1:], slopes, strict=True):
        assert slope is None or equation.rhs == tidy(slope)
    (differ,) = claim.inequalities
    assert differ == Condition(derivative(f, z, p) - derivative(f, z, q), ">")
    assert (claim.conditions, claim.hypotheses) == ((), ())


def test_the_claim_is_true(shown: tuple[Term, Claim, tuple[Term, ...]]) -> None:
    f, claim, _ = shown
    slope = raw(f)
    points = [e.lhs.args[1] for e in claim.equations[1:]]
    values, slopes = ([value_at(put(t, z, p), {}) for p in points] for t in (f, slope))
    assert abs(values[0] - values[1]) < 1e-40
    assert slopes[0] - slopes[1] > 0.1
    for equation, expected in zip(claim.equations[1:], slopes, strict=True):
        assert abs(value_at(equation.rhs, {}) - expected) < 1e-40


@pytest.mark.parametrize(
    "name",
    [
        "sigmoid",
        "tanh",
        "softplus",
        "bent_identity",
        "mish",
        "gelu",
        "arctan",
        "isru",
        "tanhshrink",
        "squareplus",
        "√z",
    ],
)
def test_nothing_is_found_for_an_injective_function_or_one_whose_points_have_no_name(name: str) -> None:
    f = function(name)
    assert equal_values(f, tidy(raw(f), z), z) is None
    with pytest.raises(Undecided, match="no two points"):
        not_a_function_of_output(f, z)


def test_points_of_the_caller_are_tried_first() -> None:
    assert equal_values(z**2, 2 * z, z, [number(7), number(-7)]) == (number(7), number(-7))
    assert equal_values((z - 40) ** 2, 2 * (z - 40), z, [number(39), number(41)]) == (number(41), number(39))


def test_zeros_of_a_factor_are_found() -> None:
    f = z * (z - 19) * (z + 23)
    assert equal_values(f, tidy(raw(f), z), z) == (number(19), number(0))


def test_letters_need_an_assumption() -> None:
    f = log(1 + alpha * z**2)
    with pytest.raises(Undecided):
        not_a_function_of_output(f, z)
    positive = Condition(alpha, ">")
    claim = replay(not_a_function_of_output(f, z, assumptions=[positive])).claim
    assert claim.inequalities[0].relation == ">"
    assert claim.conditions == (positive,)
    assert equal_values(z**2 + beta * z, 2 * z + beta, z, assumptions=[Condition(beta, ">")]) == (number(0), -beta)


def test_a_wrong_slope_does_not_replay() -> None:
    found = not_a_function_of_output(z**2, z)
    goal = found.goals[1]
    step = found.steps[goal]
    assert step.terms == (number(2),)
    steps = (*found.steps[:goal], Step(step.rule, step.premises, (number(3),)), *found.steps[goal + 1 :])
    with pytest.raises(Rejected):
        replay(Derivation(found.definitions, steps, found.goals))


def test_one_value_and_one_slope_are_not_enough() -> None:
    f = (z**2 - 1) ** 2  # f(±1) = 0 with slope 0; f(±2) = 9 with slopes ±24
    found = equal_values(f, tidy(raw(f), z), z)
    assert found is not None
    assert set(found) != {number(1), number(-1)}


ZERO = number(0)
SIZE = cases((ZERO, "<=", z, z), otherwise=-z)

#: Functions with cases: two points, not where branches meet, what the function is at both, and the slopes.
PIECEWISE: dict[str, tuple[Term, object, object, object, object, object]] = {
    "hardswish": (function("hardswish"), -1, -2, "-1/3", "1/6", "-1/6"),
    "|z|": (SIZE, 1, -1, 1, 1, -1),
    "max(z, −z/2)": (cases((ZERO, "<=", z, z), otherwise=-z / 2), 1, -2, 1, 1, "-1/2"),
    "||z| − 1|": (cases((ONE, "<=", SIZE, SIZE - 1), otherwise=1 - SIZE), 2, -2, 1, 1, -1),
    "3, or z from 1": (cases((ONE, "<=", z, z), otherwise=number(3)), 3, 0, 3, 1, 0),
    "z², or 4z − 12 from 2": (cases((number(2), "<", z, 4 * z - 12), otherwise=z**2), 1, -1, 1, 2, -2),
}


@pytest.mark.parametrize("name", PIECEWISE)
def test_points_on_branches(name: str) -> None:
    f, p, q, there, *slopes = PIECEWISE[name]
    points = [number(Fraction(x)) for x in (p, q)]  # type: ignore[arg-type]
    claim = replay(not_a_function_of_output(f, z)).claim
    value, *equations = claim.equations
    assert (value.lhs, value.rhs) == tuple(put(f, z, x) for x in points)
    assert [e.lhs for e in equations] == [derivative(f, z, x) for x in points]
    assert [e.rhs for e in equations] == [number(Fraction(s)) for s in slopes]  # type: ignore[arg-type]
    assert [value_at(side, {}) for side in (value.lhs, value.rhs)] == [Fraction(there)] * 2  # type: ignore[arg-type]
    assert claim.inequalities == (Condition(equations[0].lhs - equations[1].lhs, ">"),)
    assert (claim.conditions, claim.hypotheses) == ((), ())


@pytest.mark.parametrize("name", ["relu", "relu6", "leaky_relu", "elu", "selu", "hardtanh", "softsign", "threshold"])
def test_nothing_is_found_where_each_value_has_one_slope(name: str) -> None:
    row = find(name)
    assumed = [c for p in row.parameters for c in p.assumptions if c.relation != "!="]
    with pytest.raises(Undecided, match="no two points"):
        not_a_function_of_output(row.definition, z, (), assumed, row.numbers())


def test_a_kink_is_no_point() -> None:
    """0 and 2 have one value, but 2 is where the branches meet; 1 and 3 would be right if the value were the same."""
    f = cases((z, "<", number(2), z * (2 - z)), otherwise=z - 2)
    claim = replay(not_a_function_of_output(f, z)).claim
    points = [e.lhs.args[1] for e in claim.equations[1:]]
    assert number(2) not in points


def test_a_factor_in_the_exponent_may_be_a_letter() -> None:
    claim = replay(not_a_function_of_output(z / (1 + exp(-(beta * z))), z, (), [Condition(beta, ">")])).claim
    assert [e.rhs for e in claim.equations[1:]] == [tidy((3 - 2 * log(2)) / 9), tidy((3 - 8 * log(2)) / 27)]
    assert claim.conditions in ((Condition(beta, ">"),), (Condition(beta),))


def test_an_unknown_function_is_refused() -> None:
    with pytest.raises(Rejected):
        not_a_function_of_output(apply("f", z**2), z)


def test_points_are_where_the_function_is_defined() -> None:
    assert equal_values(z + 1 / z, 1 - 1 / z**2, z) == (number(2), half)
    f = sqrt(z * (3 - z))
    found = equal_values(f, tidy(raw(f), z), z)
    assert found == (ONE, number(2))
    assert not symbols(*found)


def test_an_assumption_is_one_that_can_be_supposed() -> None:
    with pytest.raises(UsageError, match="positive or not negative"):
        not_a_function_of_output(z**2, z, assumptions=[Condition(alpha)])
