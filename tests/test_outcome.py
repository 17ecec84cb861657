"""What is said about h′ as a function of a: a formula, that it is none, or that none was found."""

from __future__ import annotations

from functools import cache

import pytest

import symnet
from symnet.api.derived import Derived

NONE_FOUND = "No formula for a′ in a was found."


@cache
def derived(function: str) -> Derived:
    found = symnet.derive(function, check=False)
    assert isinstance(found, Derived)
    return found


#: The kind for the whole function, the kinds on its branches, and what is said.
OUTCOMES: dict[str, tuple[str, list[tuple[str, str]], tuple[str, ...]]] = {
    "sigmoid": ("formula", [("", "formula")], ()),
    "bent_identity": ("formula", [("", "formula")], ()),
    "elu": ("formula", [("z < 0", "formula"), ("z > 0", "formula")], ()),
    "hardtanh": ("formula", [("z < m", "formula"), ("m < z < M", "formula"), ("z > M", "formula")], ()),
    "gelu": ("none found", [("", "none found")], (NONE_FOUND,)),
    "gelu_tanh": ("none found", [("", "none found")], (NONE_FOUND,)),
    "mish": ("none found", [("", "none found")], (NONE_FOUND,)),
    "tanhshrink": (
        "formula in a and z",
        [("", "formula in a and z")],
        ("No formula for a′ in a alone was found.",),
    ),
    "silu": (
        "not a function of a",
        [("", "not a function of a")],
        (
            "a′ is no function of a alone: at −ln 2 and at −3 ln 2, a is the same, and a′ is (3 − 2 ln 2)/9 and "
            "(3 − 8 ln 2)/27.",
        ),
    ),
    "hardswish": (
        "not a function of a",
        [("z < −3", "formula"), ("−3 < z < 3", "not a function of a"), ("z > 3", "formula")],
        ("a′ is no function of a alone: at −1 and at −2, a is the same, and a′ is 1/6 and −1/6.",),
    ),
    "abs(z)": (
        "not a function of a",
        [("z < 0", "formula"), ("z > 0", "formula")],
        ("Across the branches, a′ is no function of a alone: at 1 and at −1, a is the same, and a′ is 1 and −1.",),
    ),
    "max(0, z)^3": (
        "none found",
        [("z < 0", "formula"), ("z > 0", "none found")],
        ("For z > 0, no formula for a′ in a was found.",),
    ),
    "z*abs(z)": ("formula", [("z < 0", "formula"), ("z > 0", "formula")], ()),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_outcome(name: str) -> None:
    found = derived(name).outcome
    assert (found.kind, [(b.where, b.kind) for b in found.branches], found.words) == OUTCOMES[name]
    assert (found.refuted is None) == (found.kind != "not a function of a")


@pytest.mark.parametrize("name", OUTCOMES)
def test_it_is_said_on_the_page_and_in_json(name: str) -> None:
    kind, branches, words = OUTCOMES[name]
    assert set(words) <= set(derived(name).notes)
    assert not any(NONE_FOUND in note for note in derived(name).notes if NONE_FOUND not in words)
    data = derived(name).to_json()["result"]["outcome_in_output"]
    assert (data["kind"], data["said"]) == (kind, list(words))
    assert [(b["where"], b["kind"]) for b in data["branches"]] == branches


def test_the_formulas_are_told_by_branch() -> None:
    data = derived("elu").to_json()["result"]["outcome_in_output"]
    assert [b["formula"] for b in data["branches"]] == ["a + α", "1"]
    assert derived("gelu").outcome.branches[0].formula is None
    # SiLU has a formula in a and z, and that there is none in a alone is proved as well
    assert (
        derived("silu").to_json()["result"]["outcome_in_output"]["branches"][0]["formula"] == "a + (1 − a)/(1 + e^(−z))"
    )


@pytest.mark.parametrize("name", ["silu", "hardswish", "abs(z)"])
def test_what_is_refuted_replays(name: str) -> None:
    refuted = derived(name).outcome.refuted
    assert refuted is not None
    claim = symnet.replay(refuted.derivation).claim
    assert claim == refuted.claim
    value = claim.equations[0]
    assert value.lhs != value.rhs
    assert claim.conditions == ()


@pytest.mark.parametrize("name", ["bent_identity", "z*abs(z)", "sinh(z)", "2*z - sqrt(z^2 + 1)"])
def test_a_formula_with_a_root_rests_on_no_more_than_the_derivative(name: str) -> None:
    found = derived(name).found
    for piece in found.pieces:
        assert piece.output_line is not None
        lines = found.replayed.lines
        assert set(lines[piece.output_line].conditions) <= set(lines[piece.line].conditions)


def test_the_bent_identity_on_the_page() -> None:
    page = derived("bent_identity").plain()
    assert "a′ = 1 + z/(2 √(z² + 1))\n     = 3/(4 − (2 a + 1)/√(a² + a + 1))\n" in page
    assert symnet.replay(derived("bent_identity").derivation).claim == derived("bent_identity").claim
