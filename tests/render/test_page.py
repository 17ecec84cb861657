"""Whole pages: exact output of a small one, and what every page has to keep."""

import random
import re
import shutil
import subprocess
import tracemalloc

import pytest

from symnet import render
from symnet.errors import UsageError
from symnet.kernel import replay
from symnet.network import Network
from symnet.prove.collapse import collapse_derivation
from symnet.render import formats
from symnet.term import Derivation, Name, Step, multiply, symbol, total

PLAIN = """\
Two layers

Claim:

  y = W x + B

where

  y := z⁽²⁾
  W := W⁽²⁾ W⁽¹⁾
  B := W⁽²⁾ b⁽¹⁾ + b⁽²⁾

Definitions:

  Layer 1:  z⁽¹⁾ := W⁽¹⁾ x + b⁽¹⁾
            a⁽¹⁾ := z⁽¹⁾
  Layer 2:  z⁽²⁾ := W⁽²⁾ a⁽¹⁾ + b⁽²⁾

Here W⁽¹⁾ is n₁×n₀, x is n₀×1, b⁽¹⁾ is n₁×1, W⁽²⁾ is n₂×n₁, b⁽²⁾ is n₂×1. This holds for all their
real values and all positive whole numbers n₀, n₁, n₂.

Derivation:

  a⁽¹⁾ = z⁽¹⁾             (activation of layer 1: identity)
       = W⁽¹⁾ x + b⁽¹⁾    (definition of layer 1)

  z⁽²⁾ = W⁽²⁾ a⁽¹⁾ + b⁽²⁾                    (definition of layer 2)
       = W⁽²⁾ (W⁽¹⁾ x + b⁽¹⁾) + b⁽²⁾         (substitute a⁽¹⁾)
       = W⁽²⁾ W⁽¹⁾ x + W⁽²⁾ b⁽¹⁾ + b⁽²⁾      (distribute)
       = W⁽²⁾ W⁽¹⁾ x + (W⁽²⁾ b⁽¹⁾ + b⁽²⁾)    (collect terms)
       = W x + B                             (name W and B)

  y = z⁽²⁾       (output activation: identity)
    = W x + B    (substitute z⁽²⁾)

Notes:

Seed 0, 100% within 2_u.
"""

CHAIN = r"""\begin{align*}
y &= z^{(2)} \tag*{$\text{(output activation: identity)}$} \\
&= W x + B \tag*{$\text{(substitute }z^{(2)}\text{)}$}
\end{align*}
\par\medskip\noindent\textbf{Notes.}
\par\noindent Seed 0, 100\% within 2\_u.\par
"""

MARKDOWN_CHAIN = r"""$$
\begin{aligned}
y &= z^{(2)} && \text{(output activation: identity)} \\
&= W x + B && \text{(substitute }z^{(2)}\text{)}
\end{aligned}
$$

## Notes

Seed 0, 100% within 2\_u.
"""


@pytest.fixture(scope="session")
def page(two):
    return render.Page("Two layers", two, ("Seed 0, 100% within 2_u.",))


def test_a_page_in_plain_text(page):
    assert render.plain(page) == PLAIN


def test_a_page_in_latex(page):
    fragment = render.latex_fragment(page)
    assert fragment.replace("{\\abovedisplayskip=0pt\n", "").replace("}%\n", "").endswith(CHAIN)
    assert fragment in render.latex_document(page)


def test_a_page_in_markdown(page):
    assert render.markdown(page).endswith(MARKDOWN_CHAIN)


def test_conditions_and_hypotheses_are_on_the_page(sample):
    text = render.plain(render.Page("A page", sample))
    assert ("\nif\n" in text) == bool(sample.claim.conditions)
    assert ("\nassuming\n" in text) == bool(sample.claim.hypotheses)


def test_plain_text_is_at_most_a_hundred_columns_wide(sample):
    assert max(map(len, render.plain(render.Page("A page", sample)).splitlines())) <= 100


def test_every_step_but_start_has_its_reason_on_the_page(sample):
    latex = render.latex_fragment(render.Page("A page", sample))
    assert latex.count(r"\tag*") == sum(step.rule != "start" for step in sample.steps)


PARTS = [
    (render.latex_parts, render.latex_document),
    (render.markdown_parts, render.markdown),
    (render.plain_parts, render.plain),
]


@pytest.mark.parametrize(("parts", "whole"), PARTS, ids=["latex", "markdown", "plain"])
def test_the_parts_of_a_page_are_the_page(parts, whole, sample):
    page = render.Page("A page", sample, ("A note.", "Another."))
    assert "".join(parts(page)) == whole(page)


def test_a_page_that_is_too_long_at_once_comes_in_parts(monkeypatch, page):
    monkeypatch.setattr(formats, "LONGEST_TEXT", 10)
    monkeypatch.setattr(formats.Writer.__init__, "__defaults__", (10,))
    with pytest.raises(
        UsageError, match=r"at once: 10 are the most; latex_parts, .* give a longer page piece by piece"
    ):
        render.latex_document(page)
    assert sum(map(len, render.latex_parts(page))) > 1_000
    monkeypatch.setattr(formats, "LONGEST_STREAM", 10)
    with pytest.raises(UsageError, match="at all: 10 are the most; print a smaller network"):
        render.latex_parts(page)


def test_parts_hold_no_more_than_a_display():
    """What goes out as LaTeX grows with the page, and what is held meanwhile does not."""
    letters = [symbol(Name("w", None, (i, j))) for i in range(1, 5) for j in range(1, 5)]
    rng, peaks = random.Random(1), []
    for count in (3_000, 30_000):
        whole = total([multiply(rng.choices(letters, k=6)) for _ in range(count)])
        page = render.Page("Long", replay(Derivation((), (Step("start", (), (whole,)),), (0,))))
        parts = render.latex_parts(page)
        tracemalloc.start()
        length = sum(map(len, parts))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert length > 2_000_000
    assert peaks[1] < 2_000_000


NOTES = (
    'Witness: 1.1102230246251565e-16 ≤ 3·10⁻¹⁵ for x₁ → ∞ & 100% of #1 {a_b} $5 ~ ^ \\ <tag> | “quoted” "straight".',
    "名字 naïve Łukasiewicz " + "word " * 80,
)


COMPLAINT = re.compile(r".*(?:Warning|Overfull|Underfull|Missing character).*")


def complaints(document, folder):
    """What pdflatex has to say about a document."""
    pdflatex = shutil.which("pdflatex")
    if pdflatex is None:
        pytest.fail("pdflatex is missing: apt-get install texlive-latex-recommended lmodern")
    (folder / "page.tex").write_text(document, "utf-8")
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    return COMPLAINT.findall((folder / "page.log").read_text(errors="replace"))


def test_a_document_compiles_without_any_warning(sample, tmp_path):
    assert complaints(render.latex_document(render.Page("A page: 100% α & _", sample, NOTES)), tmp_path) == []


def test_a_fragment_needs_nothing_but_amsmath(page, tmp_path):
    bare = r"\documentclass{article}\usepackage{amsmath}\begin{document}%s\end{document}"
    assert complaints(bare % render.latex_fragment(page), tmp_path) == []


def test_every_letter_of_a_note_compiles(two, tmp_path):
    letters = [chr(c) for c in range(32, 0x250) if chr(c).isprintable()] + list("≤≥≠×−·√∂ℝᵀ‖′₀₁₂⁰¹²⁻⁽⁾αβΩ中😀")
    assert complaints(render.latex_document(render.Page("Letters", two, (" ".join(letters),))), tmp_path) == []


@pytest.mark.parametrize(("depth", "convention"), [(8, "column"), (20, "column"), (8, "row")])
def test_a_deep_network_compiles_without_any_warning(depth, convention, tmp_path):
    network = Network(depth=depth, activations="affine", convention=convention)
    replayed = replay(collapse_derivation(network).derivation)
    assert complaints(render.latex_document(render.Page("A deep network", replayed)), tmp_path) == []


def test_a_wide_network_compiles_without_any_warning(tmp_path):
    replayed = replay(collapse_derivation(Network(widths=(4, 4, 4, 1)), "entries").derivation)
    assert complaints(render.latex_document(render.Page("A wide network", replayed)), tmp_path) == []


PASTED = [
    {"depth": 5},
    {"depth": 3, "convention": "row", "activations": "affine"},
    {"widths": (3, 4, 2), "convention": "row"},
]


@pytest.mark.parametrize("options", ["10pt", "11pt", "12pt", "10pt,a4paper"])
def test_a_pasted_collapse_fits_an_article(options, tmp_path):
    bare = rf"\documentclass[{options}]{{article}}\usepackage{{amsmath}}\begin{{document}}%s\end{{document}}"
    pages = [render.Page("Pasted", replay(collapse_derivation(Network(**k)).derivation)) for k in PASTED]
    assert complaints(bare % "".join(map(render.latex_fragment, pages)), tmp_path) == []


def test_a_pasted_collapse_fits_a_narrow_column(tmp_path):
    bare = r"\documentclass[twocolumn]{article}\usepackage{amsmath}\begin{document}\sloppy %s\end{document}"
    page = render.Page("Pasted", replay(collapse_derivation(Network(depth=5)).derivation))
    assert [c for c in complaints(bare % render.latex_fragment(page, 20.0), tmp_path) if "Overfull" in c] == []
