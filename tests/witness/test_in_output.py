"""h′ written in a = h(z), against h′."""

from fractions import Fraction

import pytest

from symnet.activations import Z, find
from symnet.errors import UsageError, WitnessFailed
from symnet.term import Term, apply, cases, number, symbol
from symnet.witness.in_output import witness_in_output
from tests.witness.slopes_by_hand import SLOPES

A = symbol("a")
ALPHA = symbol("alpha")
SIGMOID = 1 / (1 + apply("exp", -Z))
#: What the course and the books have; softsign with |a| as cases.
ABSOLUTE = cases((number(0), "<=", A, A), otherwise=-A)
FORMULAS: dict[str, tuple[Term, tuple]] = {
    "sigmoid": (A * (1 - A), (None, None)),
    "tanh": (1 - A**2, (None, None)),
    "softplus": (1 - apply("exp", -A), (None, None)),
    "elu": (A + ALPHA, (None, Fraction(0))),
    "arctan": (apply("cos", A) ** 2, (None, None)),
    "softsign": ((1 - ABSOLUTE) ** 2, (None, None)),
    "silu": (A + SIGMOID * (1 - A), (None, None)),
    "exponential": (A, (None, None)),
    "logsigmoid": (1 - apply("exp", A), (None, None)),
    "relu": (number(1), (Fraction(0), None)),
}


def numbers(name: str) -> dict[Term, Fraction]:
    return {s: Fraction(1) for s in find(name).numbers()}


@pytest.mark.parametrize("name", FORMULAS)
def test_the_sources_formulas(name: str) -> None:
    formula, between = FORMULAS[name]
    report = witness_in_output(find(name).definition, SLOPES[name], formula, values=numbers(name), between=between)
    assert report.agrees
    # e^z is too long to be written down at 10⁶, and arctan' in a = arctan z needs no more bits than it has
    assert report.points >= 12
    assert len(report.left_out) <= 3


@pytest.mark.parametrize("name", FORMULAS)
def test_wrong_formulas(name: str) -> None:
    formula, between = FORMULAS[name]
    for wrong in (formula + Fraction(1, 10**20), formula * number(1 + Fraction(1, 10**20)), -formula, formula * A):
        with pytest.raises(WitnessFailed, match="differ at") as failed:
            witness_in_output(
                find(name).definition, SLOPES[name], wrong, values=numbers(name), between=between, samples=2
            )
        assert failed.value.report.refuted


def test_a_formula_for_one_branch_only_is_wrong_on_the_other() -> None:
    h, slope = find("elu").definition, SLOPES["elu"]
    with pytest.raises(WitnessFailed):
        witness_in_output(h, slope, A + ALPHA, values={ALPHA: Fraction(1)})


def test_nothing_is_said_at_a_kink() -> None:
    h, slope = find("relu").definition, SLOPES["relu"]
    heaviside = cases((number(0), "<", A, number(1)), otherwise=number(0))
    assert witness_in_output(h, slope, heaviside).agrees


def test_no_common_point() -> None:
    with pytest.raises(UsageError, match="no common point"):
        witness_in_output(Z, number(1), 1 / (A - A))
    with pytest.raises(UsageError, match="a is a variable"):
        witness_in_output(Z, number(1), A, values={A: Fraction(1)})
