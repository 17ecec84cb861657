"""What holds in one case only, and proofs of a claim that has several parts."""

import re

import pytest

import symnet
from proofs import near_zero, relu, saturation


def parts(text: str) -> list[str]:
    """The headings of lemmas and proofs, with what is said behind them."""
    return re.findall(r"^((?:Lemma|Claim\.|Proof of).*)$", text, re.MULTILINE)


def test_a_lemma_says_for_which_values_it_holds():
    assert parts(near_zero.tanh().plain()) == [
        "Lemma 1.",
        "Claim. For z > 0,",
        "Lemma 2. For z > 0,",
        "Lemma 3. For z < 0,",
        "Lemma 4. For z = 0,",
        "Lemma 5.",
        "Proof of the claim. For z > 0,",
    ]


def test_cases_that_are_put_together_are_named():
    text = near_zero.tanh().plain()
    assert "(from (4), (5) and (6): all three cases)" in text
    assert "(from (3): by z = 0)" in text
    assert "hypothesis" not in text


def test_the_cases_of_a_page_without_derivatives():
    text = relu.largest().plain()
    heads = re.findall(r"^(For .*|Together),$", text, re.MULTILINE)
    assert heads == ["For z > 0", "For z < 0", "For z = 0", "Together"]
    assert "(since z = 0)" in text


def test_the_proof_of_a_claim_is_announced_once_for_parts_that_stand_together():
    for name in ("softmax", "log_softmax"):
        found = parts(symnet.derive(name, check=False).plain())
        assert [p for p in found if p.startswith("Proof of")] == [
            "Proof of the claim. For j ≥ 1,",
            "Proof of the claim, continued.",
        ]


def test_conditions_of_a_statement_and_of_the_whole_claim_are_one_list():
    assert "= y if 4 y ≤ 1 and y > 0" in repr(saturation.slopes())


@pytest.mark.parametrize("head", ["For z < −λ and λ > 0,", "At z = λ and λ > 0, from the left,"])
def test_conditions_on_letters_stand_beside_those_on_the_variable(head):
    assert f"\n{head}\n" in symnet.derive("hardshrink", check=False).plain()


def test_a_sum_whose_terms_are_split_off_one_by_one_is_written_out():
    text = symnet.derive("softmax", n=3, check=False).plain()
    assert "(write out the sum" in text
    assert "split off" not in text


def test_two_displays_in_a_row_have_one_gap_in_latex():
    latex = symnet.derive("tanh", check=False).latex()
    assert "\\end{align*}\n{\\abovedisplayskip=0pt\n\\begin{align*}" in latex
    assert not re.search(r"\\end\{align\*\}\n\\begin\{align\*\}", latex)


def test_a_paragraph_in_front_of_a_display_is_not_ended():
    latex = symnet.derive("softmax", check=False).latex()
    assert not re.search(r"\\par\n\\begin\{align\*\}", latex)


def test_what_follows_is_not_said_and_a_condition_that_was_dropped_later_neither():
    text = saturation.slopes().plain()
    assert parts(text)[0] == "Lemma 1. For y ≠ 1 and (1 + y)/(1 − y) > 0,"
    assert "\nFor 4 y ≤ 1,\n" in text


def test_what_is_claimed_comes_before_the_cases_that_only_its_other_form_needs() -> None:
    page = symnet.derive("bent_identity", check=False).plain()
    derivation = page[page.index("Derivation:") :]
    slope = derivation.index("= 1 + z/(2 √(z² + 1))")
    case, together = derivation.index("For z > 0,"), derivation.index("Together,")
    assert slope < case < together < derivation.index("a′ = 3/(4 −")
    assert "z ≤ 0    (since" not in page
    assert "exchange sides" not in page


def test_a_preface_says_what_the_cases_say_together() -> None:
    page = symnet.derive("softmax", check=False).plain()
    assert page.index("∂aᵢ/∂zⱼ = aᵢ (δᵢⱼ − aⱼ)") < page.index("Claim:")
