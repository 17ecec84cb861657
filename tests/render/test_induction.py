"""Pages of proofs by induction: how they read, in every form, and that nothing is on them that was not replayed."""

import re

import pytest

from symnet import render
from symnet.kernel import replay
from symnet.network.family import NetworkFamily
from symnet.prove.induction import induction_derivation
from symnet.render.page import Display, Heading, Prose, blocks
from symnet.render.relations import relation
from symnet.term import (
    Bound,
    Definition,
    Derivation,
    Name,
    Step,
    index,
    indexed_product,
    indexed_sum,
    natural,
    number,
    shifted,
    symbol,
)
from tests.render.test_page import complaints

FORMS = [
    ("identity", True, "column"),
    ("identity", False, "column"),
    ("identity", True, "row"),
    ("identity", False, "row"),
    ("affine", True, "column"),
    ("affine", False, "column"),
    ("affine", True, "row"),
    ("affine", False, "row"),
    ((2, "1/2"), True, "column"),
    ((2, "1/2"), False, "row"),
]


def page_of(activation, bias, convention):
    derivation = induction_derivation(NetworkFamily("L", activation, bias, convention)).derivation
    return render.Page("Every depth", replay(derivation))


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: f"{form[0]}-{form[1]}-{form[2]}")
def page(request):
    return page_of(*request.param)


@pytest.fixture(scope="module")
def shortest():
    return page_of("identity", False, "column")


SHORTEST = """\
Every depth

Claim:

  y = W x

where

  y := a⁽ᴸ⁾
  W := ∏ⱼ₌₁ᴸ W⁽ʲ⁾

Definitions:

    a⁽⁰⁾ := x
  a⁽ⁱ⁺¹⁾ := W⁽ⁱ⁺¹⁾ a⁽ⁱ⁾    (for i = 0, 1, 2, …)

Here, for j = 1, 2, …, W⁽ʲ⁾ is nⱼ×nⱼ₋₁; x is n₀×1. This holds for all their real values, all
positive whole numbers n₀, n₁, … and all natural numbers L (0 included).

The factors of ∏ stand in descending order: ∏ⱼ₌₁³ W⁽ʲ⁾ = W⁽³⁾ W⁽²⁾ W⁽¹⁾. An empty ∏ is 𝐈.

Derivation:

Theorem. For every natural number L,

  a⁽ᴸ⁾ = (∏ⱼ₌₁ᴸ W⁽ʲ⁾) x    (1)

Proof by induction on L. For L = 0:

  a⁽⁰⁾ = x                 (definition of a⁽⁰⁾)
       = 𝐈ₙ₀ x             (insert 𝐈)
       = (∏ⱼ₌₁⁰ W⁽ʲ⁾) x    (an empty ∏ is 𝐈)

Let (1) hold for L (induction hypothesis). Then, for L + 1:

  a⁽ᴸ⁺¹⁾ = W⁽ᴸ⁺¹⁾ a⁽ᴸ⁾                (definition of a⁽ᴸ⁺¹⁾)
         = W⁽ᴸ⁺¹⁾ ((∏ⱼ₌₁ᴸ W⁽ʲ⁾) x)    (induction hypothesis)
         = (W⁽ᴸ⁺¹⁾ ∏ⱼ₌₁ᴸ W⁽ʲ⁾) x      (associativity)
         = (∏ⱼ₌₁ᴸ⁺¹ W⁽ʲ⁾) x           (include the factor j = L + 1)

This is (1) for L + 1, and so (1) holds for every natural number L.

Proof of the claim.

  y = a⁽ᴸ⁾              (definition of y)
    = (∏ⱼ₌₁ᴸ W⁽ʲ⁾) x    (by (1))
    = W x               (name W)
"""

LATEX = r"""\par\medskip\noindent\textbf{Theorem.} For every natural number $L$,
\begin{align*}
a^{(L)} &= \Bigl(\prod_{j=1}^{L} W^{(j)}\Bigr) x \tag*{$\text{(1)}$}
\end{align*}
Proof by induction on $L$. For $L = 0$:
\begin{align*}
a^{(0)} &= x \tag*{$\text{(definition of }a^{(0)}\text{)}$} \\
"""

MARKDOWN = r"""Let (1) hold for $L$ (induction hypothesis). Then, for $L + 1$:

$$
\begin{aligned}
a^{(L+1)} &= W^{(L+1)} a^{(L)} && \text{(definition of }a^{(L+1)}\text{)} \\
"""


def test_the_shortest_page(shortest):
    assert render.plain(shortest) == SHORTEST
    assert LATEX in render.latex_document(shortest)
    assert MARKDOWN in render.markdown(shortest)


ORDER = """\
Claim:
where
Definitions:
Here, for j = 1, 2, …,
The factors of ∏ stand in descending order:
An empty
Derivation:
Lemma 1. For every natural number p,
(1)
Proof by induction on p. For p = 0:
an empty ∑ is 0
Let (1) hold for p (induction hypothesis). Then, for p + 1:
split off the term k = p + 1
distribute
induction hypothesis
include the term k = p + 1
This is (1) for p + 1, and so (1) holds for every natural number p.
Lemma 2. For every natural number i ≤ L,
(2)
Proof.
split off the factor j = L + 1
associativity
Theorem. For every natural number L,
(3)
Proof by induction on L. For L = 0:
definition of a⁽⁰⁾
insert 𝐈 and 𝟎
an empty ∏ is 𝐈; an empty ∑ is 0
Let (3) hold for L (induction hypothesis). Then, for L + 1:
definition of a⁽ᴸ⁺¹⁾
induction hypothesis
distribute
by (1) with p = L
by (2) with i = k for each k from 1 to L
insert 𝐈
include the factor j = L + 1; an empty ∏ is 𝐈
include the term k = L + 1
This is (3) for L + 1, and so (3) holds for every natural number L.
Proof of the claim.
definition of y
by (3)
name W and B
""".splitlines()


def test_a_page_reads_in_the_order_of_a_textbook():
    text, at = render.plain(page_of("identity", True, "column")), 0
    for words in ORDER:
        at = text.find(words, at)
        assert at >= 0, words
        at += len(words)


def test_the_same_structure_in_every_form(page):
    text = render.plain(page)
    lemmas = len(re.findall(r"^Lemma \d", text, re.MULTILINE))
    assert lemmas in (0, 2)
    assert text.count("Proof by induction on") == text.count("induction hypothesis). Then, for") == 1 + lemmas // 2
    assert text.count("\nTheorem. ") == text.count("Proof of the claim.") == 1
    assert ("if\n\n  L ≥ 1\n" in text) == ("Proof of the claim. For L ≥ 1,\n" in text)
    assert ("with L − 1 for L)" in text) == ("L ≥ 1" in text)
    assert "Layer" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_references_go_to_equations_above_them(page):
    seen: set[str] = set()
    for block in blocks(page):
        said = [block.text] if isinstance(block, Prose) else []
        if isinstance(block, Display):
            said = [row.reason for row in block.rows]
        for phrase in said:
            mentioned = set(re.findall(r"\(\d+\)", " ".join(p for p in phrase if isinstance(p, str))))
            assert mentioned <= seen
        if isinstance(block, Display):
            numbers = [row.number for row in block.rows if row.number]
            assert not seen & set(numbers)
            seen |= set(numbers)
    assert seen == {f"({n})" for n in range(1, len(seen) + 1)}


def test_every_formula_on_the_page_was_replayed(page):
    replayed = page.replayed
    known = {(e.lhs, "=", e.rhs) for line in replayed.lines for e in line.equations}
    known |= {(d.symbol, ":=", d.body) for d in replayed.definitions}
    for c in replayed.claim.conditions:
        found = relation(c)
        known.add((found.lhs, found.relation, found.rhs))
    left = None
    for block in blocks(page):
        for row in block.rows if isinstance(block, Display) else ():
            left = row.left or left
            assert (left, row.relation, row.right) in known


def test_every_line_is_on_the_page_or_referred_to(page):
    """But for starts and hypotheses, and for what only puts in a value or exchanges sides."""
    rows, left = set(), None
    for block in blocks(page):
        for row in block.rows if isinstance(block, Display) else ():
            left = row.left or left
            rows.add((left, row.right))
    for step, line in zip(page.replayed.steps, page.replayed.lines, strict=True):
        if step.rule not in ("start", "assume", "symmetry", "instantiate"):
            assert (line.equations[0].lhs, line.equations[0].rhs) in rows


def test_pages_compile_without_any_warning(page, tmp_path):
    assert complaints(render.latex_document(page), tmp_path) == []


@pytest.mark.parametrize("form", FORMS[::4], ids=str)
def test_a_pasted_page_fits_an_article(form, tmp_path):
    bare = r"\documentclass{article}\usepackage{amsmath}\begin{document}%s\end{document}"
    assert complaints(bare % render.latex_fragment(page_of(*form)), tmp_path) == []


def test_short_forms(shortest):
    assert render.summary(shortest).splitlines()[:2] == ["y = W x", "  where y = a⁽ᴸ⁾"]
    affine = page_of("affine", True, "column")
    assert render.summary(affine).startswith("y = W x + B if L ≥ 1\n  where y = W⁽ᴸ⁾ a⁽ᴸ⁻¹⁾ + b⁽ᴸ⁾\n")
    assert render.parts(affine)["conditions"] == ["L ≥ 1"]
    assert "∏ⱼ₌₁ᴸ W⁽ʲ⁾" in render.statement(shortest)
    assert r"W &:= \prod_{j=1}^{L} W^{(j)}" in render.latex_summary(shortest)


# Derivations by hand.

i, n = index("i"), index("n")
one = number(1)


def power(upper):
    return indexed_product("j", 1, upper, symbol("c"))


def geometric():
    """s⁽ⁿ⁾ = cⁿ by induction, where s⁽ⁱ⁺¹⁾ = c s⁽ⁱ⁾; base and step stand apart, with another line between them."""
    c = symbol("c")

    def s(place):
        return symbol(Name("s", place))

    definitions = (Definition(s(0), one), Definition(s(shifted(i, 1)), c * s(i)))
    base = (Step("start", (), (s(0),)), Step("unfold", (0,), (s(0),)), Step("fold", (1,), (power(0),)))
    return definitions, base, s


def test_an_induction_that_is_the_claim():
    definitions, base, s = geometric()
    after = shifted(n, 1)
    steps = (
        *base,
        Step("assume", (), (s(n), power(n))),
        Step("start", (), (s(after),)),
        Step("unfold", (4,), (s(after),)),
        Step("substitute", (5, 3)),
        Step("fold", (6,), (power(after),)),
        Step("induct", (2, 7), (natural(n),)),
    )
    text = render.plain(render.Page("A power", replay(Derivation(definitions, steps, (8,)))))
    assert (
        "Claim. For every natural number n,\n\n  s⁽ⁿ⁾ = ∏ⱼ₌₁ⁿ c    (1)\n\nProof by induction on n. For n = 0:" in text
    )
    assert "An empty ∏ of numbers is 1." in text
    assert "order" not in text
    assert "Theorem" not in text
    assert "Here c is a real number. This holds for all their real values and all natural numbers n" in text


def test_an_induction_whose_parts_stand_apart_refers_to_them_by_number():
    definitions, base, s = geometric()
    after = shifted(n, 1)
    steps = (
        *base,
        Step("regroup", (2,), (power(0) * 1,)),
        Step("regroup", (3,), (power(0),)),
        Step("assume", (), (s(n), power(n))),
        Step("start", (), (s(after),)),
        Step("unfold", (6,), (s(after),)),
        Step("substitute", (7, 5)),
        Step("fold", (8,), (power(after),)),
        Step("induct", (2, 9), (natural(n),)),
    )
    text = render.plain(render.Page("A power", replay(Derivation(definitions, steps, (10,)))))
    assert "Proof by induction" not in text
    assert "(an empty ∏ is 1)  (1)" in text
    assert "(induction hypothesis)" in text
    assert "(from (1) and (2): by induction on n)" in text


def test_a_hypothesis_that_stays_is_printed_and_numbered():
    a, x, y = symbol("a"), symbol(Name("x", i)), symbol(Name("y", i))
    whole = indexed_sum("k", 1, n, symbol(Name("x", index("k"))))
    c = symbol("c")
    steps = (
        Step("assume", (), (a, c)),
        Step("start", (), (x + a,)),
        Step("substitute", (1, 0)),
        Step("instantiate", (2,), (natural(i), number(3))),
        Step("start", (), (whole,)),
    )
    assert x.shape == y.shape
    text = render.plain(render.Page("A page", replay(Derivation((), steps, (3,)))))
    assert "assuming\n\n  a = c\n" in text
    assert "a = c    (hypothesis)  (1)" in text
    assert "x⁽ⁱ⁾ + a = x⁽ⁱ⁾ + c    (by (1))  (2)" in text
    assert "x⁽³⁾ + a = x⁽³⁾ + c    ((2) with i = 3)" in text


def test_lines_that_hold_in_a_range_say_so():
    x = symbol(Name("x", index("k")))
    longer = indexed_sum("k", i, n, x)
    steps = (
        Step("start", (), (longer,)),
        Step("unfold", (0,), (longer,)),
        Step("instantiate", (1,), (natural(i), number(1))),
    )
    text = render.plain(render.Page("A page", replay(Derivation((), steps, (2,)))))
    assert "if\n\n  n ≥ 1\n" in text
    assert (
        "For every natural number i ≤ n,\n\n  ∑ₖ₌ᵢⁿ x⁽ᵏ⁾ = ∑ₖ₌ᵢⁿ⁻¹ x⁽ᵏ⁾ + x⁽ⁿ⁾    (split off the term k = n)  (1)"
        in text
    )
    assert "For n ≥ 1,\n\n  ∑ₖ₌₁ⁿ x⁽ᵏ⁾" in text


def test_pages_without_indices_have_no_numbers(sample):
    page = render.Page("A page", sample)
    assert not any(row.number for b in blocks(page) if isinstance(b, Display) for row in b.rows)
    assert not any(b.title for b in blocks(page) if isinstance(b, Prose))
    assert [b.text for b in blocks(page) if isinstance(b, Heading)][-1] == ("Derivation",)


def test_a_bound_stands_the_natural_way_round():
    assert [relation(b).relation for b in (Bound(1, n), Bound(i, n), Bound(i, 3))] == ["≥", "≤", "≤"]
