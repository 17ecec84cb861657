"""Breaking: what fits, what breaks where, and that nothing is lost."""

import pytest

from symnet.render.layout import broken
from symnet.render.notation import LATEX, TEXT
from symnet.render.printer import Printer
from symnet.term import multiply, product, symbol, total

a, b, c, d = map(symbol, "abcd")
M = symbol("M", (2, 2))


def lines(term, width, notation=TEXT):
    return [text for text, _ in broken(list(Printer.of(notation, term).tokens(term)), width, width)]


def test_signs_break_before_factors_and_shallow_ones_first():
    assert lines(a * b + c * d, 6) == ["a b", "+ c d"]
    assert lines(a * (b + c) + d, 9) == ["a (b + c)", "+ d"]
    assert lines(a * (b + c + d), 9) == ["a (b + c", "+ d)"]


def test_a_product_breaks_between_factors_and_says_so():
    assert lines(multiply([a] * 8), 7) == ["a a a a", "· a a a", "· a"]
    assert lines(product([M] * 3), 2.5, LATEX) == ["M M", r"\cdot M"]


def test_nothing_breaks_inside_a_fraction():
    assert lines((a + b + c) / (c + d), 2, LATEX) == [r"\frac{a + b + c}{c + d}"]


@pytest.mark.parametrize("width", [1, 7, 20, 40])
@pytest.mark.parametrize("term", [total([a, b, c] * 30), multiply([a + b, c - d] * 20), -(a + b) * c / d])
def test_breaking_loses_nothing_and_fits(term, width):
    found = lines(term, width)
    assert "".join(found).replace(" ", "").replace("·", "") == Printer.of(TEXT, term).write(term).replace(" ", "")
    assert width < 7 or all(len(line) <= width for line in found)


def test_a_fraction_wider_than_the_line_is_written_with_a_slash():
    term = total([a] * 30) / b
    printer = Printer(LATEX, (), widest=10)
    tokens = list(printer.tokens(term + a / b))
    assert "".join(t.text for t in tokens) == f"({' + '.join('a' * 30)}) / b + \\frac{{a}}{{b}}"


def test_a_fraction_is_as_wide_as_its_wider_part():
    printer = Printer(LATEX, ())
    one, other = (sum(t.width for t in printer.tokens(t)) for t in ((a + b + c) / d, d / (a + b + c)))
    assert one == pytest.approx(other) == pytest.approx(sum(t.width for t in printer.tokens(a + b + c)) + 0.4)
