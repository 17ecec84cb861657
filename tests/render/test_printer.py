"""Exact output of single terms: a table of (term, text, LaTeX)."""

from fractions import Fraction

import pytest

from symnet import render
from symnet.errors import SymnetError
from symnet.render.notation import GREEK, LATEX, TEXT, Namer
from symnet.term import (
    Claim,
    Condition,
    Equation,
    Name,
    apply,
    cases,
    identity,
    multiply,
    number,
    ones,
    symbol,
    total,
    zero,
)

N0, N1 = Name("n", None, (0,)), Name("n", None, (1,))
a, b, c, x = map(symbol, "abcx")
A, B = symbol("A", (2, 2)), symbol("B", (2, 2))
W1, W2 = symbol(Name("W", 1), (N1, N0)), symbol(Name("W", 2), (2, N1))
X = symbol("x", (N0, 1))
b1 = symbol(Name("b", 1), (N1, 1))
a2 = symbol(Name("a", 2, (1,)))
w12 = symbol(Name("w", 1, (1, 2)))
half = number(Fraction(1, 2))

TABLE = [
    (W2 @ (W1 @ X + b1), "W⁽²⁾ (W⁽¹⁾ x + b⁽¹⁾)", "W^{(2)} (W^{(1)} x + b^{(1)})"),
    (w12 * symbol(Name("x", None, (2,))), "w₁₂⁽¹⁾ x₂", "w_{12}^{(1)} x_2"),
    (symbol(Name("w", None, (1, 12))), "w₁,₁₂", "w_{1,12}"),
    (number(Fraction(-71, 300)), "−71/300", r"-\frac{71}{300}"),
    (number(Fraction("-0.1775")), "−0.1775", "-0.1775"),
    (number(Fraction("3.404")) * x, "3.404 x", "3.404 x"),
    (number(Fraction(5, 2)), "5/2", r"\frac{5}{2}"),
    # Signs.
    (a - b, "a − b", "a - b"),
    (a + -3, "a − 3", "a - 3"),
    (-a, "−a", "-a"),
    (-(a + b), "−(a + b)", "-(a + b)"),
    (c - (a + b), "c − (a + b)", "c - (a + b)"),
    (-1 * (-a), "−(−a)", "-(-a)"),
    (a - (-b), "a − (−b)", "a - (-b)"),
    (-1 * number(3), "−1 · 3", r"-1 \cdot 3"),
    (a * number(-3), "a (−3)", "a (-3)"),
    (-3 * a, "−3 a", "-3 a"),
    ((-a) * b, "(−a) b", "(-a) b"),
    (-1 * (2 * a), "−2 a", "-2 a"),
    (number(Fraction(-1, 2)) * a, "−(1/2) a", r"-\frac{1}{2} a"),
    (-A @ B, "(−A) B", "(-A) B"),
    (-(A @ B), "−A B", "-A B"),
    # Sums and products that lean to the left are flat, to the right are not.
    (a + b + c, "a + b + c", "a + b + c"),
    (a + (b + c), "a + (b + c)", "a + (b + c)"),
    (a * b * c, "a b c", "a b c"),
    (a * (b * c), "a (b c)", "a (b c)"),
    (A @ (B @ A), "A (B A)", "A (B A)"),
    (a * (A @ B), "a A B", "a A B"),
    ((a * A) @ B, "(a A) B", "(a A) B"),
    ((a + b) * A, "(a + b) A", "(a + b) A"),
    (number(2) * number(3), "2 · 3", r"2 \cdot 3"),
    (2 * half, "2 (1/2)", r"2 \cdot \frac{1}{2}"),
    (a * 2, "a · 2", r"a \cdot 2"),
    (2 * ones(3), "2 · 𝟏₃", r"2 \cdot \mathbf{1}_{3}"),
    (symbol("width") * a, "width a", r"\mathit{width} \, a"),
    # Powers, fractions, functions, transposes.
    (a**2, "a²", "a^{2}"),
    ((a**2) ** 3, "(a²)³", "(a^{2})^{3}"),
    (a2**2, "(a₁⁽²⁾)²", "(a_1^{(2)})^{2}"),
    (half**2, "(1/2)²", r"\left(\frac{1}{2}\right)^{2}"),
    (number(-3) ** 2, "(−3)²", "(-3)^{2}"),
    (apply("f", a) ** 2, "(f(a))²", r"(f(a))^{2}"),
    (a / b, "a/b", r"\frac{a}{b}"),
    (a / b / c, "(a/b)/c", r"\frac{\frac{a}{b}}{c}"),
    (a / (b * c), "a/(b c)", r"\frac{a}{b c}"),
    (a * b / c, "a b/c", r"\frac{a b}{c}"),
    (a * (b / c), "a (b/c)", r"a \frac{b}{c}"),
    (a / b * c, "(a/b) c", r"\frac{a}{b} c"),
    ((a + 1) / (b - 1), "(a + 1)/(b − 1)", r"\frac{a + 1}{b - 1}"),
    (apply("leaky_relu", a + b), "leaky_relu(a + b)", r"\operatorname{leaky\_relu}(a + b)"),
    (apply("sigma", a), "σ(a)", r"\sigma(a)"),
    ((A @ B).T, "(A B)ᵀ", r"(A B)^{\top}"),
    (W1.T, "W⁽¹⁾ᵀ", r"{W^{(1)}}^{\top}"),
    (A.T.T, "(Aᵀ)ᵀ", r"(A^{\top})^{\top}"),
    (A.T @ B, "Aᵀ B", r"A^{\top} B"),
    # Constants.
    (ones(N0), "𝟏ₙ₀", r"\mathbf{1}_{n_0}"),
    (ones(Name("width")), "𝟏[width]", r"\mathbf{1}_{\mathit{width}}"),
    (identity(3), "𝐈₃", r"\mathbf{I}_{3}"),
    (zero(N1, 2), "𝟎[n₁×2]", r"\mathbf{0}_{n_1 \times 2}"),
    # Names.
    (symbol("alpha"), "α", r"\alpha"),
    (symbol("a_b1"), "a_b1", r"\mathtt{a\_b1}"),
    (symbol("x1"), "x1", r"\mathtt{x1}"),
    (
        cases((number(0), "<=", x, x), otherwise=number(0)),
        "{x if x ≥ 0; 0 otherwise}",
        r"\begin{cases} x & \text{if } x \ge 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
]


@pytest.mark.parametrize(("term", "text", "latex"), TABLE, ids=[text for _, text, _ in TABLE])
def test_a_term_prints_exactly(term, text, latex):
    assert (render.text(term), render.latex(term)) == (text, latex)


def test_the_table_has_no_two_terms_that_print_alike():
    assert len({text for _, text, _ in TABLE}) == len({latex for _, _, latex in TABLE}) == len(TABLE)


def test_equations_and_claims():
    equation = Equation(x / x, number(1))
    assert render.equation_text(equation) == "x/x = 1"
    assert render.equation_latex(equation) == r"\frac{x}{x} = 1"
    claim = Claim((equation,), (Condition(x), Condition(a)), (Equation(a, b),))
    assert render.claim_text(claim) == "x/x = 1 if x ≠ 0 and a ≠ 0 assuming a = b"


NAMES = [
    Name(base, layer, entry)
    for base in ("x", "x1", "x_1", "alpha", "Alpha", "al", "ab", "a", "n0", "n")
    for layer in (None, 0, 1, 12)
    for entry in ((), (0,), (1,), (2,), (12,), (1, 2), (1, 12), (11, 2), (1, 1, 2), (112,))
]


@pytest.mark.parametrize("notation", [TEXT, LATEX], ids=["text", "latex"])
def test_distinct_names_print_distinctly(notation):
    namer = Namer(notation, NAMES)
    assert len({namer(name).text for name in NAMES}) == len(NAMES)


def test_commas_appear_for_every_name_when_two_would_print_alike():
    twelve, one_two = symbol(Name("w", None, (12,))), symbol(Name("w", None, (1, 2)))
    assert render.text(one_two + w12) == "w₁₂ + w₁₂⁽¹⁾"
    assert render.text(twelve + one_two + w12) == "w₁₂ + w₁,₂ + w₁,₂⁽¹⁾"
    assert render.latex(twelve + one_two) == "w_{12} + w_{1,2}"


def test_names_that_cannot_be_told_apart_are_refused(monkeypatch):
    monkeypatch.setitem(GREEK, "Alpha", "α")
    with pytest.raises(SymnetError, match="alpha and Alpha would print alike"):
        render.text(symbol("alpha") + symbol("Alpha"))


def test_greek_names_are_a_bijection():
    assert len(set(GREEK.values())) == len(GREEK)


DEEP = 20_000


@pytest.mark.parametrize(
    "wrap",
    [lambda t: t + a, lambda t: a + t, lambda t: a * t, lambda t: -t, lambda t: 1 / t, lambda t: apply("f", t)],
    ids=["left sum", "right sum", "right product", "minus", "fraction", "function"],
)
def test_deep_terms_print(wrap):
    term = x
    for _ in range(DEEP):
        term = wrap(term)
    assert len(render.text(term)) > DEEP
    assert len(render.latex(term)) > DEEP


def test_wide_terms_print():
    assert render.text(total([a] * DEEP)).count("+") == DEEP - 1
    assert render.text(multiply([a] * DEEP)).count("a") == DEEP
