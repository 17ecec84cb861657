"""Breaking: what fits, what breaks where, and that nothing is lost."""

import random

import pytest

from symnet.render.layout import broken, summed
from symnet.render.notation import LATEX, TEXT
from symnet.render.printer import Printer
from symnet.term import multiply, number, product, symbol, total

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


def random_sum(rng, depth=2):
    def factor():
        if depth and rng.random() < 0.15:
            return random_sum(rng, depth - 1)
        return rng.choice([a, b, c, d, a**2, b / (c + d), number(rng.randint(2, 9)), symbol("word")])

    summands = [multiply([factor() for _ in range(rng.randint(1, 8))]) for _ in range(rng.randint(2, 9))]
    signed = [rng.choice([1, 1, -1]) * s if rng.random() < 0.5 else s for s in summands]
    return signed[0] + signed[1] + total(signed[2:] or [a]) if rng.random() < 0.5 else total(signed)


@pytest.mark.parametrize("notation", [TEXT, LATEX], ids=["text", "latex"])
def test_a_sum_breaks_by_summands_as_it_does_token_by_token(notation):
    rng = random.Random(5)
    for _ in range(60):
        term, first, later = random_sum(rng), rng.uniform(1, 40), rng.uniform(1, 40)
        printer = Printer.of(notation, term)
        by_token = list(broken(printer.tokens(term), first, later))
        by_summand = list(summed(printer.summands(term), printer.spelled, first, later))
        assert [text for text, _ in by_summand] == [text for text, _ in by_token]
        assert [w for _, w in by_summand] == pytest.approx([w for _, w in by_token])
