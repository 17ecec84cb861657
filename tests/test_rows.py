"""The facts about a function, as they stand on its page."""

import re

import pytest

import symnet

ROWS = {
    "sigmoid": [
        "domain z ∈ (−∞, ∞) proved",
        "range of a (0, 1) proved",
        "range of a′ (0, 1/4] proved",
        "limit a → 0 as z → −∞ proved",
        "monotony a is increasing proved",
        "Lipschitz constant 1/4 proved",
    ],
    "elu": [
        "two slopes z = 0: slope α from the left, 1 from the right proved",
        "range of a′ (0, α) ∪ {1} proved",
        "limit a → −α as z → −∞ proved",
        "Lipschitz constant max(α, 1) proved",
    ],
    "relu": ["kink z = 0: slope 0 from the left, 1 from the right proved"],
    "step": ["jump z = 0: a → 0 from the left, a → 1 from the right, value 1 proved", "range of a {0, 1} proved"],
    "silu": ["range of a [−0.2784645427…, ∞) numerical"],
    "1/x": ["domain x ∈ (−∞, 0) ∪ (0, ∞) proved", "monotony a is decreasing on each interval of its domain proved"],
}


@pytest.mark.parametrize("function", ROWS)
def test_facts_on_the_page(function: str) -> None:
    text = symnet.derive(function, check=False).plain()
    table = text[text.index("Facts:") : text.index("Notes:")]
    found = [re.sub(r" \(\d+ steps?\)$", "", " ".join(line.split())) for line in table.splitlines()]
    assert [row for row in ROWS[function] if row not in found] == []


@pytest.mark.parametrize("function", ["gelu", "hardshrink", "isru", "z*atan(z)", "abs(z)*sin(z)"])
def test_every_fact_has_its_row(function: str) -> None:
    derived = symnet.derive(function, check=False)
    assert len(derived.page.facts) >= len(derived.properties)
    assert derived.latex().count("\\strut}\\par") == len(derived.page.facts)
    assert derived.markdown().count("\n| ") == len(derived.page.facts) + 1


def test_notes_say_no_fact_a_second_time() -> None:
    assert not any("(proved)" in note for note in symnet.derive("sigmoid", check=False).notes)


@pytest.mark.parametrize(("function", "assumed"), [("elu", "α > 0"), ("rrelu", "α₁ > 0"), ("hardtanh", "M − m > 0")])
def test_what_the_facts_assume_is_said(function: str, assumed: str) -> None:
    notes = symnet.derive(function, check=False).notes
    assert any(note.startswith("The facts assume that ") and assumed in note for note in notes)
    assert not any("assume" in note for note in symnet.derive("z*atan(z)", check=False).notes)
