"""Facts on a page: a table with formulas, in each format."""

import re

import pytest

from symnet import render
from symnet.render import Fact, Formula, Page
from symnet.render.relations import Related
from symnet.render.tables import latex_table, markdown_table, plain_table
from symnet.term import Name, apply, derivative, number, symbol
from tests.render.calculus import DERIVATIVES, alpha, z

a = symbol("a")
FACTS = (
    Fact(("domain",), (Formula((z, " ∈ (−∞, ∞)")),), ("proved (2 steps)",)),
    Fact(("range of ", derivative(a, z)), (Formula(("(", number(-1) / 4, ", ", number(1) / 4, "]")),), ("proved",)),
    Fact(("limit",), (Formula((a, " → ", "−∞")), " as ", Formula((z, " → ∞"))), ("numerical",)),
    Fact(("bound",), (Formula(("max(", alpha, ", ", "0.25…", ")")), " if ", Related(alpha, ">", number(0))), ("50%",)),
    Fact(
        ("values",),
        (
            Formula(
                (
                    "{",
                    number(0),
                    ", ",
                    number(
                        -1,
                    ),
                    "}",
                    " ∪ ",
                    "[",
                    apply("erf", alpha),
                    ", ∞)",
                )
            ),
        ),
        ("",),
    ),
)
PLAIN = """\
Facts:

  domain       z ∈ (−∞, ∞)                 proved (2 steps)
  range of a′  ((−1)/4, 1/4]               proved
  limit        a → −∞ as z → ∞             numerical
  bound        max(α, 0.25…) if α > 0      50%
  values       {0, −1} ∪ [erf α, ∞)

Notes:
"""
LATEX = [
    r"$z \in (-\infty, \infty)$",
    r"range of $a'$",
    r"$a \to -\infty$ as $z \to \infty$",
    r"$\max(\alpha, 0.25\ldots )$ if $\alpha > 0$",
    r"$\{0, -1\} \cup [\operatorname{erf} \alpha, \infty)$",
]


@pytest.fixture(scope="module")
def page():
    return Page("The sigmoid", DERIVATIVES["sigmoid"](), ("A note.",), facts=FACTS)


def test_facts_in_plain_text(page):
    text = render.plain(page)
    found = text[text.index("Facts:") :]
    assert re.sub(r"  +", "  ", found.partition("A note")[0]) == re.sub(r"  +", "  ", PLAIN + "\n")
    assert len({line.index("proved") for line in found.splitlines() if "proved" in line}) == 1


@pytest.mark.parametrize("written", LATEX)
def test_facts_in_latex_and_markdown(page, written):
    assert written in render.latex_fragment(page)
    assert written in render.markdown(page)


def test_a_page_without_facts_has_no_table():
    text = render.markdown(Page("The sigmoid", DERIVATIVES["sigmoid"](), ("A note.",)))
    assert "Facts" not in text
    assert "|---|" not in text


def test_names_in_facts_are_told_apart_from_those_on_the_page():
    fact = Fact(
        ("values",), (Formula((symbol(Name("w", None, (1, 2))), " → ", symbol(Name("w", None, (12,))))),), ("",)
    )
    assert "w₁,₂ → w₁₂" in render.plain(Page("The sigmoid", DERIVATIVES["sigmoid"](), facts=(fact,)))


def test_a_long_value_breaks_and_what_is_behind_it_stands_below():
    head, rows = ("fact", "value", "how sure"), [("range", "word " * 30, "proved"), ("parity", "odd", "proved")]
    lines = plain_table(head, rows).splitlines()
    assert max(map(len, lines)) <= 100
    assert [line.strip() for line in lines if "proved" in line] == ["proved", "parity  odd  proved"]


def test_a_page_may_end_between_two_rows():
    text = latex_table(("fact", "value", "how sure"), [("a", "b", "c"), ("d", "e", "f")])
    assert text.count(r"\par") - text.count(r"\parbox") == 3
    assert "tabular" not in text


def test_a_table_in_markdown_has_a_head():
    lines = markdown_table(("fact", "value"), [("range", "$x$")]).split("\n")
    assert lines == ["| fact | value |", "|---|---|", "| range | $x$ |", "", ""]
