"""Figures as files: the same bytes each time, both line styles, source that pdflatex takes."""

import io
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from symnet.errors import MissingDependency, UsageError
from symnet.render.figure import Figure, Interval, Kink
from symnet.render.pgfplots import pgfplots, pgfplots_document
from symnet.render.picture import FIGURE_FORMATS, figure_bytes, figure_format
from symnet.term import Name, Term, apply, cases, number, symbol

z = symbol("z")
ZERO, ONE = number(0), number(1)
RELU = Figure(
    "ReLU",
    z,
    cases((ZERO, "<=", z, z), otherwise=ZERO),
    cases((ZERO, "<", z, ONE), otherwise=ZERO),
    kinks=(Kink(ZERO, ZERO, ZERO, ZERO, ZERO, ONE),),
    range=Interval(ZERO, None, lower_closed=True),
)
SINE = Figure("sine", z, apply("sin", z), apply("cos", z), range=Interval(number(-1), ONE, True, True))
POLE = Figure("1/z", z, 1 / z, -1 / z**2)
ODD = "a$b_c^d & 100% #1 {x} \\foo ~ 函数 ′ √ ≤"
BLUE, VERMILLION = "#0072b2", "#d55e00"


@pytest.mark.parametrize(("format", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_figure_in_each_format(format: str, start: bytes) -> None:
    assert figure_bytes(RELU, format).startswith(start)


@pytest.mark.parametrize("format", FIGURE_FORMATS)
def test_the_same_figure_gives_the_same_bytes(format: str) -> None:
    assert figure_bytes(RELU, format) == figure_bytes(RELU, format)
    assert figure_bytes(RELU, format) != figure_bytes(SINE, format)


def test_another_process_and_its_settings_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "axes.facecolor: yellow\nxtick.direction: in\nfont.size: 20\n", encoding="utf-8"
    )
    code = (
        "import sys; from symnet.render.figure import *; from symnet.render.picture import *\n"
        "from symnet.term import *; z = symbol('z'); b = Interval(number(-1), number(1), True, True)\n"
        "f = Figure('sine', z, apply('sin', z), apply('cos', z), range=b)\n"
        "sys.stdout.buffer.write(b'|'.join(figure_bytes(f, x) for x in ('svg', 'tex')))"
    )
    environment = {"PYTHONHASHSEED": "5", "MATPLOTLIBRC": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert found.stdout == b"|".join(figure_bytes(SINE, x) for x in ("svg", "tex"))


def test_settings_of_the_caller_survive() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    figure_bytes(RELU, "svg")
    assert dict(matplotlib.rcParams) == before


def svg_lines(figure: Figure) -> dict[str, list[str]]:
    """The styles of all lines of a picture, by their colours."""
    found: dict[str, list[str]] = {}
    for path in ElementTree.fromstring(figure_bytes(figure, "svg")).iter("{http://www.w3.org/2000/svg}path"):
        style = dict(part.split(": ") for part in path.get("style", "").rstrip("; ").split("; ") if ": " in part)
        if style.get("fill") == "none" and "stroke" in style:
            found.setdefault(style["stroke"], []).append(style.get("stroke-dasharray", "solid"))
    return found


def test_the_curves_differ_in_colour_and_in_style() -> None:
    lines = svg_lines(POLE)
    assert set(lines[BLUE]) == {"solid"}
    assert len(set(lines[VERMILLION])) == 1
    assert "solid" not in lines[VERMILLION]
    assert "#ffffff" in lines  # the edge that shows h′ on top of h in grey


def test_bounds_are_dotted() -> None:
    styles = set(svg_lines(SINE)[BLUE]) - {"solid"}
    assert len(styles) == 1
    dot, gap = map(float, styles.pop().split(","))
    assert dot < 1 < gap


def test_the_picture_shows_both_curves() -> None:
    """The dots of a PNG: curves, circles and grid have come out in their colours."""
    colors = Image.open(io.BytesIO(figure_bytes(RELU, "png"))).convert("RGB").getcolors(1 << 20)
    counts = {color: count for count, color in colors or []}
    assert counts[0x00, 0x72, 0xB2] > 1000
    assert counts[0xD5, 0x5E, 0x00] > 1000


@pytest.mark.parametrize("format", FIGURE_FORMATS)
def test_any_title_and_any_name_can_be_printed(format: str) -> None:
    parameter = symbol(Name("my_name", 2, (1, 12)))
    x = symbol("alpha")
    figure = Figure(ODD, x, x + parameter, ONE, {parameter: Fraction(1, 3)}, range=Interval(None, parameter))
    assert figure_bytes(figure, format)


def test_without_matplotlib_there_is_a_hint_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"] + ["matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingDependency, match=r"^pictures need matplotlib: pip install symnet\[plot\]$"):
        figure_bytes(RELU, "svg")
    assert figure_bytes(RELU, "tex")


def test_importing_pulls_in_nothing_heavy() -> None:
    code = "import sys, symnet.render.picture; print({'matplotlib', 'numpy', 'mpmath', 'sympy'} & sys.modules.keys())"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="not 'gif'"):
        figure_bytes(RELU, "gif")
    with pytest.raises(UsageError, match=r"\.svg \.png \.pdf \.tex \.tikz"):
        figure_format("plot")
    assert figure_format(Path("a.b") / "c.PDF") == "pdf"


# pgfplots.


def test_the_source_has_what_the_picture_has() -> None:
    source = pgfplots(RELU)
    assert source.count(r"\addplot[symnet function, forget plot]") == 1
    assert source.count(r"\addplot[symnet derivative, forget plot]") == 2
    assert source.count("circle[radius=") == 3
    assert source.count("fill=white") == 2
    assert r"{$h \geq 0$}" in source
    assert "  (-5,0) (0,0) (5,5)\n" in source


def compiled(source: str, folder: Path) -> str:
    """What pdflatex has to say about a document."""
    pdflatex = shutil.which("pdflatex")
    if pdflatex is None:
        pytest.skip("pdflatex is missing: apt-get install texlive-latex-recommended texlive-pictures lmodern")
    (folder / "page.tex").write_text(source, encoding="utf-8")
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / "page.log").read_text(encoding="latin-1")
    assert run.returncode == 0, f"is pgfplots missing? apt-get install texlive-pictures\n{log[-2000:]}"
    return log


def test_pdflatex_has_nothing_to_complain_about(tmp_path: Path) -> None:
    wild = Figure("tan", z, apply("sin", z) / apply("cos", z), 1 / apply("cos", z) ** 2, window=(-1e-6, 1e3))
    huge = Figure("power", z, z**101, 101 * z**100)
    odd = Figure(ODD, symbol("alpha"), symbol("alpha"), ONE, range=Interval(None, apply("log", number(3))))
    document, end = r"\begin{document}", r"\end{document}"
    before, _, first = pgfplots_document(SINE).partition(document)
    rest = "\n\n".join(rf"\noindent {pgfplots(f)}" for f in (RELU, POLE, wild, huge, odd))
    log = compiled(before + document + first.replace(end, f"\n\n{rest}{end}"), tmp_path)
    complaints = [line for line in log.splitlines() if line.startswith(("!", "Overfull", "Underfull", "Missing"))]
    assert not complaints
    assert "Warning" not in log
    assert "Output written on page.pdf" in log


def test_terms_in_the_source_are_latex() -> None:
    bound: Term = symbol("alpha") / 2
    source = pgfplots(Figure("x", z, z, ONE, {symbol("alpha"): Fraction(3)}, range=Interval(None, bound)))
    assert r"$h < \frac{\alpha}{2}$" in source
    assert r"title={x, $\alpha$ = 3}" in source
