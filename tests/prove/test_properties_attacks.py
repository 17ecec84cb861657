"""Functions made to get a false fact: values at an end, a hidden derivative, a far peak."""

from __future__ import annotations

from typing import Final

import pytest

from symnet.prove.derivative import derive
from symnet.prove.properties import NUMERICAL, PROVED, Property, properties
from symnet.term import Term, apply, cases, number, symbol

Z: Final = symbol("z")
ZERO: Final = number(0)


def root(u: Term) -> Term:
    return apply("sqrt", u)


def facts(function: Term) -> dict[str, Property]:
    return {p.kind: p for p in properties(derive(function, Z, {}), {})}


AT_ITS_END: Final = {
    "h(0) = 5, z elsewhere": cases((Z, "<=", ZERO, root(Z) + 5), otherwise=Z),
    "h(1) = -5, z elsewhere": cases((Z, "<", number(1), Z), otherwise=root(1 - Z) - 5),
}


@pytest.mark.parametrize("name", AT_ITS_END)
def test_a_jump_at_the_end_of_the_domain_is_no_growth_and_no_lipschitz_function(name: str) -> None:
    found = facts(AT_ITS_END[name])
    assert found["domain"].values is not None
    assert "monotony" not in found
    assert "Lipschitz constant" not in found


@pytest.mark.parametrize("power", [4, 6])
def test_a_derivative_that_the_rules_do_not_see_is_not_denied(power: int) -> None:
    """√(z⁴) = z² has the derivative 0 at 0, where the root has none."""
    assert "derivative range" not in facts(root(Z**power))


def test_a_cusp_is_not_said_to_be_proved() -> None:
    found = facts(root(root(Z**2)))
    assert found["range"].status == PROVED
    assert found["derivative range"].status == NUMERICAL


def test_a_peak_far_away_is_seen_or_nothing_is_said() -> None:
    found = facts(apply("exp", -((Z - 500) ** 2)))
    assert found["range"].values is not None
    assert found["range"].values.hull.upper == number(1)
    assert {"parity", "Lipschitz constant", "monotony"}.isdisjoint(found)


def test_a_step_far_away_is_not_even() -> None:
    assert "parity" not in facts(cases((Z, "<", number(10**6), ZERO), otherwise=number(1)))


def test_a_function_that_is_constant_on_each_side_of_a_hole_is_not_constant() -> None:
    found = facts(cases((Z, "<", ZERO, Z / Z), otherwise=2 * Z / Z))
    assert found["monotony"].value == "constant"
    assert found["monotony"].piecewise
    assert found["monotony"].shown


def test_a_function_with_an_end_that_no_formula_reaches() -> None:
    """√z for z < 1 and z from there on grows from its end on; where that is not proved up to the end, it is said."""
    found = facts(cases((Z, "<", number(1), root(Z)), otherwise=Z))
    assert found["monotony"].value == "increasing"
    assert found["monotony"].status == NUMERICAL
