"""Exact output of what has indices: names, sizes, Σ and ∏, conditions; their brackets, and how wide they are."""

import re
import shutil
import subprocess

import pytest

from symnet import render
from symnet.errors import SymnetError
from symnet.render.notation import LATEX, TEXT, Namer
from symnet.render.printer import Printer
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Equation,
    Index,
    Name,
    apply,
    identity,
    index,
    indexed_product,
    indexed_sum,
    natural,
    ones,
    shifted,
    symbol,
    total,
    zero,
)

i, j, k, n, p, L, Q = (index(v) for v in ("i", "j", "k", "n", "p", "L", "Q"))


def n_(position):
    return Name("n", None, (position,))


def w(position):
    return symbol(Name("W", position), (n_(position), n_(shifted(position, -1))))


def b(position):
    return symbol(Name("b", position), (n_(position), 1))


def scalar(base, *entry):
    return symbol(Name(base, None, entry))


def sigma(body, lower=1, upper=L, variable="k"):
    return indexed_sum(variable, lower, upper, body)


def pi(body, lower=1, upper=L, variable="j", direction="descending"):
    return indexed_product(variable, lower, upper, body, direction)


a, c, x = map(symbol, "acx")
xk, yk = scalar("x", k), scalar("y", k)
A = symbol("A", (2, 2))
tail = pi(w(j), shifted(k, 1))
whole = sigma(tail @ b(k))
column = symbol("x", (n_(0), 1))
S = r"\sum_{k=1}^{L} "
P = r"\prod_{j=1}^{L} "

TABLE = [
    # Names and sizes.
    (w(L), "W⁽ᴸ⁾", "W^{(L)}"),
    (w(shifted(L, 1)), "W⁽ᴸ⁺¹⁾", "W^{(L+1)}"),
    (b(shifted(i, 1)), "b⁽ⁱ⁺¹⁾", "b^{(i+1)}"),
    (symbol(Name("W", Q)), "W^(Q)", "W^{(Q)}"),
    (symbol(Name("W", index("lambda", offset=1))), "W^(λ+1)", r"W^{(\lambda+1)}"),
    (symbol(Name("W", index("depth"))), "W⁽ᵈᵉᵖᵗʰ⁾", r"W^{(\mathit{depth})}"),
    (scalar("n", L), "n_L", "n_L"),
    (scalar("n", shifted(L, 1)), "n_{L+1}", "n_{L+1}"),
    (scalar("n", shifted(L, -1)), "n_{L−1}", "n_{L-1}"),
    (scalar("n", shifted(k, -1)), "nₖ₋₁", "n_{k-1}"),
    (scalar("x", i, j), "xᵢⱼ", "x_{ij}"),
    (scalar("x", i, 1), "xᵢ,₁", "x_{i,1}"),
    (scalar("x", shifted(i, 1), j), "xᵢ₊₁,ⱼ", "x_{i+1,j}"),
    (scalar("x", Index(("k", "k"), 1)), "x₂ₖ₊₁", "x_{2k+1}"),
    (scalar("x", index("a", "p")), "xₐ₊ₚ", "x_{a+p}"),
    (symbol(Name("w", L, (i, j))), "wᵢⱼ⁽ᴸ⁾", "w_{ij}^{(L)}"),
    (w(L).T, "W⁽ᴸ⁾ᵀ", r"{W^{(L)}}^{\top}"),
    (symbol(Name("W", index("T")), (2, 2)).T, "W⁽ᵀ⁾ᵀ", r"{W^{(T)}}^{\top}"),
    (identity(n_(L)), "𝐈[n_L]", r"\mathbf{I}_{n_L}"),
    (identity(n_(0)), "𝐈ₙ₀", r"\mathbf{I}_{n_0}"),
    (ones(n_(k)), "𝟏[nₖ]", r"\mathbf{1}_{n_k}"),
    (zero(n_(shifted(L, 1)), 1), "𝟎[n_{L+1}×1]", r"\mathbf{0}_{n_{L+1} \times 1}"),
    # An index as a number.
    (natural(k), "k", "k"),
    (natural(shifted(k, -1)), "k − 1", "k - 1"),
    (natural(shifted(k, 1)) * x, "(k + 1) x", "(k + 1) x"),
    (natural(Index(("k", "k"))) * x, "(2 k) x", "(2 k) x"),
    (natural(shifted(k, 1)) + x, "k + 1 + x", "k + 1 + x"),
    (x - natural(shifted(k, 1)), "x − (k + 1)", "x - (k + 1)"),
    # Σ and ∏, with their limits.
    (sigma(xk), "∑ₖ₌₁ᴸ xₖ", S + "x_k"),
    (sigma(xk, upper=3), "∑ₖ₌₁³ xₖ", r"\sum_{k=1}^{3} x_k"),
    (sigma(xk, upper=Q), "∑_{k=1}^{Q} xₖ", r"\sum_{k=1}^{Q} x_k"),
    (sigma(xk, lower=shifted(L, 2), upper=shifted(L, 1)), "∑_{k=L+2}^{L+1} xₖ", r"\sum_{k=L+2}^{L+1} x_k"),
    (sigma(xk, lower=0, upper=-1), "∑ₖ₌₀⁻¹ xₖ", r"\sum_{k=0}^{-1} x_k"),
    (sigma(xk, upper=shifted(n, -1)), "∑ₖ₌₁ⁿ⁻¹ xₖ", r"\sum_{k=1}^{n-1} x_k"),
    (pi(w(j)), "∏ⱼ₌₁ᴸ W⁽ʲ⁾", P + "W^{(j)}"),
    (pi(w(j).T, direction="ascending"), "∏ⱼ₌₁ᴸ W⁽ʲ⁾ᵀ", P + r"{W^{(j)}}^{\top}"),
    (tail, "∏ⱼ₌ₖ₊₁ᴸ W⁽ʲ⁾", r"\prod_{j=k+1}^{L} W^{(j)}"),
    # What they reach to: products, not sums.
    (sigma(xk * yk), "∑ₖ₌₁ᴸ xₖ yₖ", S + "x_k y_k"),
    (sigma(xk + yk), "∑ₖ₌₁ᴸ (xₖ + yₖ)", S + "(x_k + y_k)"),
    (sigma(-xk), "∑ₖ₌₁ᴸ (−xₖ)", S + "(-x_k)"),
    (sigma(xk) + c, "∑ₖ₌₁ᴸ xₖ + c", S + "x_k + c"),
    (c - sigma(xk), "c − ∑ₖ₌₁ᴸ xₖ", "c - " + S + "x_k"),
    (-sigma(xk), "−∑ₖ₌₁ᴸ xₖ", "-" + S + "x_k"),
    (sigma(sigma(scalar("x", k, j), variable="j")), "∑ₖ₌₁ᴸ ∑ⱼ₌₁ᴸ xₖⱼ", S + r"\sum_{j=1}^{L} x_{kj}"),
    # Among factors: bare as the last, in brackets before others.
    (c * sigma(xk), "c ∑ₖ₌₁ᴸ xₖ", "c " + S + "x_k"),
    (sigma(xk) * c, "(∑ₖ₌₁ᴸ xₖ) c", rf"\Bigl({S}x_k\Bigr) c"),
    (a * sigma(xk) * c, "(a ∑ₖ₌₁ᴸ xₖ) c", rf"\Bigl(a {S}x_k\Bigr) c"),
    (a * (sigma(xk) * c), "a ((∑ₖ₌₁ᴸ xₖ) c)", rf"a \biggl(\Bigl({S}x_k\Bigr) c\biggr)"),
    (sigma(xk) * sigma(yk), "(∑ₖ₌₁ᴸ xₖ) ∑ₖ₌₁ᴸ yₖ", rf"\Bigl({S}x_k\Bigr) {S}y_k"),
    (2 * sigma(xk), "2 ∑ₖ₌₁ᴸ xₖ", "2 " + S + "x_k"),
    (sigma(xk) * A, "(∑ₖ₌₁ᴸ xₖ) A", rf"\Bigl({S}x_k\Bigr) A"),
    (c * (A @ pi(A)), "c A ∏ⱼ₌₁ᴸ A", "c A " + P + "A"),
    ((c * (A @ pi(A))) @ A, "(c A ∏ⱼ₌₁ᴸ A) A", rf"\Bigl(c A {P}A\Bigr) A"),
    (sigma(xk) ** 2, "(∑ₖ₌₁ᴸ xₖ)²", rf"\Bigl({S}x_k\Bigr)^{{2}}"),
    (pi(A).T, "(∏ⱼ₌₁ᴸ A)ᵀ", rf"\Bigl({P}A\Bigr)^{{\top}}"),
    (sigma(xk) / 2, "(∑ₖ₌₁ᴸ xₖ)/2", rf"\frac{{{S}x_k}}{{2}}"),
    (c * sigma(xk) / 2, "(c ∑ₖ₌₁ᴸ xₖ)/2", rf"\frac{{c {S}x_k}}{{2}}"),
    (apply("tanh", sigma(xk)), "tanh(∑ₖ₌₁ᴸ xₖ)", rf"\tanh\Bigl({S}x_k\Bigr)"),
    (pi(w(j)) @ column, "(∏ⱼ₌₁ᴸ W⁽ʲ⁾) x", rf"\Bigl({P}W^{{(j)}}\Bigr) x"),
    (
        whole,
        "∑ₖ₌₁ᴸ (∏ⱼ₌ₖ₊₁ᴸ W⁽ʲ⁾) b⁽ᵏ⁾",
        S + r"\Bigl(\prod_{j=k+1}^{L} W^{(j)}\Bigr) b^{(k)}",
    ),
    (
        w(shifted(L, 1)) @ (pi(w(j)) @ column + whole),
        "W⁽ᴸ⁺¹⁾ ((∏ⱼ₌₁ᴸ W⁽ʲ⁾) x + ∑ₖ₌₁ᴸ (∏ⱼ₌ₖ₊₁ᴸ W⁽ʲ⁾) b⁽ᵏ⁾)",
        rf"W^{{(L+1)}} \biggl(\Bigl({P}W^{{(j)}}\Bigr) x + {S}\Bigl(\prod_{{j=k+1}}^{{L}} W^{{(j)}}\Bigr)"
        r" b^{(k)}\biggr)",
    ),
]


@pytest.mark.parametrize(("term", "text", "latex"), TABLE, ids=[text for _, text, _ in TABLE])
def test_a_term_prints_exactly(term, text, latex):
    assert (render.text(term), render.latex(term)) == (text, latex)


def test_no_two_terms_of_the_table_print_alike():
    assert len({text for _, text, _ in TABLE}) == len({latex for _, _, latex in TABLE}) == len(TABLE)


def test_both_orders_of_a_product_on_a_page_are_marked():
    down, up = pi(A), pi(A, direction="ascending")
    assert render.text(down) == render.text(up) == "∏ⱼ₌₁ᴸ A"
    assert render.text(down + up) == "∏↓ⱼ₌₁ᴸ A + ∏↑ⱼ₌₁ᴸ A"
    assert render.latex(down + up).count(r"\mathop{\overleftarrow{\prod}}_{j=1}^{L} A") == 1
    assert render.latex(down + up).count(r"\mathop{\overrightarrow{\prod}}_{j=1}^{L} A") == 1


def test_names_that_an_index_makes_alike_are_refused_or_set_apart():
    with pytest.raises(SymnetError, match="n_L and n_L would print alike"):
        render.text(scalar("n", L) + symbol("n_L"))
    assert render.latex(scalar("n", L) + symbol("n_L")) == r"n_L + \mathtt{n\_L}"
    assert render.text(scalar("x", i, j) + scalar("x", index("ij"))) == "xᵢ,ⱼ + xᵢⱼ"
    with pytest.raises(SymnetError, match="would print alike"):
        render.text(sigma(scalar("n", L), variable="n_L"))


NAMES = [
    Name(base, layer, entry)
    for base in ("x", "n", "x_L", "n_k")
    for layer in (None, 1, L, shifted(L, 1), k, Index(("k", "k")), index("kk"), Q, index("k", "p"))
    for entry in ((), (1,), (L,), (k,), (k, k), (Index(("k", "k")),), (2, k), (shifted(k, -1),), (k, 1), (Q,))
    if (base, entry) not in (("x_L", ()), ("n_k", ()))
]


@pytest.mark.parametrize("notation", [TEXT, LATEX], ids=["text", "latex"])
def test_distinct_names_print_distinctly(notation):
    namer = Namer(notation, NAMES)
    assert len({namer(name).text for name in NAMES}) == len(NAMES)


def test_conditions_say_what_they_are_about_first():
    equation = Equation(scalar("y", L), sigma(xk))
    claim = Claim((equation,), (Bound(1, L), Bound(i, L), Condition(a), Bound(i, 3)))
    assert render.claim_text(claim) == "y_L = ∑ₖ₌₁ᴸ xₖ if L ≥ 1 and i ≤ L and a ≠ 0 and i ≤ 3"


@pytest.mark.parametrize(("term", "text", "latex"), TABLE, ids=[text for _, text, _ in TABLE])
def test_pieces_of_a_sum_join_to_what_is_printed(term, text, latex):
    term = total([a, term, -a]) if not term.shape else term + term
    for notation in (TEXT, LATEX):
        printer = Printer.of(notation, term)
        tokens = list(printer.tokens(term))
        pieces = list(printer.summands(term))
        assert "".join(t.text for t in tokens) == "".join(s.text + t for t, _, s, _ in pieces) == printer.write(term)
        assert sum(t.width for t in tokens) == pytest.approx(sum(w + s.width for _, w, s, _ in pieces))


def test_a_line_never_breaks_between_an_operator_and_its_limits():
    printer = Printer.of(TEXT, whole)
    assert [t.text for t in printer.tokens(whole) if t.rank is not None] == [" "]


MEASURE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage{amsmath}
\begin{document}\newdimen\em\setbox0\hbox{$\quad$}\em=\wd0
\def\measure#1{\setbox0\hbox{$#1$}\message{<\the\wd0>}}
\message{<\the\em>}
%s
\end{document}"""


def test_nothing_is_wider_than_estimated(tmp_path):
    pdflatex = shutil.which("pdflatex")
    if pdflatex is None:
        pytest.fail("pdflatex is missing: apt-get install texlive-latex-recommended lmodern")
    terms = [term for term, _, _ in TABLE] + [pi(A) + pi(A, direction="ascending")]
    found = [Printer.of(LATEX, term) for term in terms]
    estimates, lines = [], []
    for printer, term in zip(found, terms, strict=True):
        estimates += [sum(t.width for t in printer.tokens(term)), printer.inline(term)[1]]
        lines += [rf"\measure{{\displaystyle {printer.write(term)}}}", rf"\measure{{{printer.write(term)}}}"]
    (tmp_path / "page.tex").write_text(MEASURE % "\n".join(lines), "utf-8")
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    log = (tmp_path / "page.log").read_text(errors="replace").replace("\n", "")
    em, *widths = (float(w) for w in re.findall(r"<([\d.]+)pt>", log))
    assert len(widths) == len(estimates)
    wrong = [(line, w / em, e) for line, w, e in zip(lines, widths, estimates, strict=True) if w / em > e + 1e-3]
    assert not wrong, wrong[:5]
    assert sum(estimates) * em < 1.25 * sum(widths)
