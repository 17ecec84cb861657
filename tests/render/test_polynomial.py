"""A polynomial that goes out line by line prints as its term would, and holds no more than a line."""

import itertools
import random
import tracemalloc
from fractions import Fraction

import pytest

from symnet import render
from symnet.errors import SymnetError, UsageError
from symnet.kernel import replay
from symnet.render.formats import LATEX_FORMAT, LONGEST_DISPLAY, MARKDOWN, PLAIN, Writer
from symnet.render.layout import Row
from symnet.term import Derivation, Name, Step, index, multiply, number, symbol, total

FORMS = {"latex": LATEX_FORMAT, "markdown": MARKDOWN, "plain": PLAIN}
LETTERS = [symbol(Name("w", k, (i, j))) for k in (1, 2) for i in (1, 2, 3) for j in (1, 12)]
WORDS = [symbol("width"), symbol("x1"), symbol("alpha"), symbol(Name("x", index("L")))]
y = symbol("y")


def monomials(letters, count, seed=3, longest=9):
    rng = random.Random(seed)
    for _ in range(count):
        factors = [(rng.choice(letters), rng.choice([1, 1, 1, 2, 13])) for _ in range(rng.randint(0, longest))]
        yield rng.choice([1, 1, -1, 2, -30, Fraction(1, 2), Fraction(-7, 12)]), factors


def as_term(monomial):
    coefficient, factors = monomial
    powers = [s if e == 1 else s**e for s, e in factors]
    return multiply([number(coefficient), *powers] if coefficient != 1 or not powers else powers)


def displayed(form, lhs, rhs, width):
    page = render.Page("", replay(Derivation((), (Step("start", (), (lhs + rhs,)),), (0,))))
    row = FORMS[form]
    writer = Writer(row, page)
    writer.layout.ruler = type(row.ruler)(width or row.ruler.line, row.ruler.indent, row.ruler.gap, row.ruler.left)
    return "".join(row.display(writer.layout.lines([Row(lhs, "=", rhs)]), writer)).rstrip() + "\n"


@pytest.mark.parametrize("letters", [LETTERS, LETTERS + WORDS], ids=["letters", "words"])
@pytest.mark.parametrize("lhs", [y, total(LETTERS)], ids=["short", "long"])
@pytest.mark.parametrize("width", [None, 12, 25, 60])
@pytest.mark.parametrize("form", FORMS)
def test_it_prints_as_its_term_does(form, width, lhs, letters):
    given = list(monomials(letters, 90))
    rhs = total(map(as_term, given))
    printed = "".join(render.polynomial_lines(lhs, given, letters, form, width))
    if form == "markdown":
        printed = printed.replace("\n\\end{aligned}\n$$\n\n$$\n\\begin{aligned}\n", " \\\\\n")
    assert printed.rstrip() + "\n" == displayed(form, lhs, rhs, width)


@pytest.mark.parametrize(("given", "text"), [([], "0"), ([(0, [(y, 1)])], "0 y"), ([(-1, [])], "−1"), ([(3, [])], "3")])
def test_the_smallest(given, text):
    assert "".join(render.polynomial_lines(symbol("p"), given, [y])) == f"  p = {text}\n"


def test_a_display_has_so_many_lines_and_no_more():
    text = "".join(render.polynomial_lines(y, monomials(LETTERS, 2_000), LETTERS, "latex"))
    displays = text.split("\\begin{align*}\n")[1:]
    assert len(displays) > 2
    assert all(d.endswith("\n\\end{align*}\n") for d in displays)
    counts = [len(d.splitlines()) - 1 for d in displays]
    assert counts[:-1] == [LONGEST_DISPLAY] * (len(counts) - 1)


def test_it_comes_as_it_goes():
    endless = render.polynomial_lines(y, ((1, [(s, 1)]) for s in itertools.cycle(LETTERS)), LETTERS)
    assert len(list(itertools.islice(endless, 50))) == 50


def test_what_is_held_does_not_grow():
    peaks = []
    for count in (5_000, 50_000):
        lines = render.polynomial_lines(y, monomials(LETTERS, count), LETTERS, "latex")
        tracemalloc.start()
        for _ in lines:
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


def test_what_cannot_be_printed_is_refused():
    with pytest.raises(UsageError, match="form is one of"):
        render.polynomial_lines(y, [], [], "html")
    with pytest.raises(UsageError, match="symbols of real numbers"):
        render.polynomial_lines(y, [], [symbol("A", (2, 2))])
    with pytest.raises(UsageError, match="not among the symbols"):
        list(render.polynomial_lines(y, [(1, [(symbol("z"), 1)])], [y]))
    with pytest.raises(SymnetError, match="print alike"):
        render.polynomial_lines(y, [], [symbol("n_L"), symbol(Name("n", None, (index("L"),)))])
    with pytest.raises(UsageError, match="an int or a Fraction"):
        list(render.polynomial_lines(y, [(0.5, [(y, 1)])], [y]))
    with pytest.raises(UsageError, match="an int or a Fraction"):
        list(render.polynomial_lines(y, [(0.5, [])], [y]))
