"""Conditions: what follows from an interval, from assumptions and from other conditions, and what stays."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symnet.prove.branches import Branch, branches
from symnet.prove.lines import Lines
from symnet.prove.nonzero import by_factors
from symnet.prove.settling import Settling, agree, without_factor
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import Condition, symbol

z = symbol("z")
NUMBERS = {symbol(name): Fraction(value) for name, value in (("m", -1), ("M", 2), ("k", 3), ("c", 1))}


def settle(terms: str, low: str | None = None, high: str | None = None, assuming: str = "") -> set[str]:
    """What a line with the conditions of some terms rests on, between two ends."""
    assumptions = [Condition(read_text(text), ">") for text in assuming.split(",") if text]
    lines = Lines()
    settling = Settling(lines, z, NUMBERS, assumptions)
    ends = [None if end is None else read_text(end) for end in (low, high)]
    branch = Branch(*ends, z, (), Fraction(0))  # type: ignore[arg-type]
    return told(lines, settling.settled(lines.start(read_text(terms)), branch))


def told(lines: Lines, line: int) -> set[str]:
    return {f"{write_text(c.term)} {c.relation} 0" for c in lines.conditions(line) if isinstance(c, Condition)}


@pytest.mark.parametrize(
    ("terms", "low", "high", "expected"),
    [
        # nothing to do with the interval
        ("1/(1 + exp(-z))", None, None, set()),
        ("log(1 + z^2)", None, None, set()),
        ("log(z)", None, None, {"z > 0"}),
        # a multiple of the distance from an end, and more
        ("1/z", "0", None, {"z > 0"}),
        ("1/z", None, "0", {"-z > 0"}),
        ("1/(z + 1)", "0", None, {"z > 0"}),
        ("1/(z - 1)", None, "0", {"-z > 0"}),
        ("sqrt(2*z - 2)", "1", None, {"z - 1 > 0"}),
        ("log(7 - 3*z)", None, "2", {"2 - z > 0"}),
        ("1/(z - 6)", "0", "6", {"6 - z > 0"}),
        ("1/(z - 6) + 1/z", "0", "6", {"6 - z > 0", "z > 0"}),
        ("1/(z + 6) + 1/(z - 9)", "0", "6", {"6 - z > 0", "z > 0"}),
        # what does not follow stays
        ("1/(z - 3)", "0", "6", {"z - 3 != 0"}),
        ("log(z - 3)", "0", None, {"z - 3 > 0"}),
        ("1/(z^2 + z - 7)", "0", None, {"z^2 + z - 7 != 0"}),
        # stronger ones are kept, weaker ones are not
        ("sqrt(z) + 1/z + log(z)", None, None, {"z > 0"}),
        ("log(z - 3) + 1/(z - 3)", None, None, {"z - 3 > 0"}),
        # letters, whose numbers say which sign is supposed
        ("1/(z - m)", "M", None, {"z - M > 0", "M - m >= 0"}),
        ("1/(k*z)", "0", None, {"k > 0", "z > 0"}),
        ("1/(c - z)", None, "m", {"m - z > 0", "c - m >= 0"}),
        # shorter
        ("log(k - (-k))", None, None, {"k > 0"}),
        ("1/k + log(k)", None, None, {"k > 0"}),
        ("1/(z^2 - 1)", None, None, {"z - 1 != 0", "z + 1 != 0"}),
        ("1/(z^2 - 1) + 1/(1 - z)^2", None, None, {"z - 1 != 0", "z + 1 != 0"}),
        ("1/(1 + 1/(1 + 1/z))", None, None, {"z != 0", "z + 1 != 0", "2*z + 1 != 0"}),
        ("1/k^3", None, None, {"k != 0"}),
    ],
)
def test_an_interval(terms: str, low: str | None, high: str | None, expected: set[str]) -> None:
    assert settle(terms, low, high) == expected


@pytest.mark.parametrize(
    ("terms", "assuming", "expected"),
    [
        ("1/k", "k", {"k != 0"}),
        ("log(k)", "k,c", {"k > 0"}),
        ("log(k) + log(c*k)", "k,c", {"k > 0", "c > 0"}),
        ("1/(z^2 + k)", "k", {"k > 0"}),
        ("1/(z^2 + k)", "", {"z^2 + k != 0"}),
        ("1/(z^2 + k*c)", "k,c", {"k > 0", "c > 0"}),
        ("1/(1 + exp(k*z))", "k", set()),
    ],
)
def test_assumptions(terms: str, assuming: str, expected: set[str]) -> None:
    assert settle(terms, assuming=assuming) == expected


def test_conditions_with_cases_in_them() -> None:
    function = read_text("1/(1 + abs(z)) + log(max(z, 1))")
    lines = Lines()
    settling = Settling(lines, z, {})
    for branch, expected in zip(
        branches(function, z, {}), ({"-z > 0"}, {"z > 0", "1 - z > 0"}, {"z - 1 > 0"}), strict=True
    ):
        line = lines.take(lines.start(function), branch.arms)
        assert told(lines, settling.settled(line, branch)) == expected


def test_what_is_shown_holds_where_it_says() -> None:
    lines = Lines()
    settling = Settling(lines, z, NUMBERS)
    line = lines.start(read_text("1/(z - k) + sqrt(z)"))
    places = {x: settling.holds_at(line, Fraction(x)) for x in (-1, 0, 2, 3)}
    assert places == {-1: False, 0: True, 2: True, 3: False}


def test_weak_conditions_are_made_strict() -> None:
    lines = Lines()
    line = Settling(lines, z, NUMBERS).near(lines.start(read_text("sqrt(z + 1) + 1/z + sqrt(k)")))
    assert told(lines, line) == {"z + 1 > 0", "z != 0", "k >= 0"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("z^2 - 1", {"z - 1 != 0", "z + 1 != 0"}),
        ("z^2 - z", {"z != 0", "z - 1 != 0"}),
        ("(1 - z)^2", {"z - 1 != 0"}),
        ("1 + 1/z", {"z != 0", "z + 1 != 0"}),
        ("k^2*exp(z)", {"k != 0"}),
        ("z - 1", None),
        ("z^2 - 2", None),
        ("cos(z)", None),
        ("z", None),
    ],
)
def test_factors(text: str, expected: set[str] | None) -> None:
    lines, term = Lines(), read_text(text)
    line = by_factors(lines, term)
    if line is None:
        assert expected is None
        return
    said = lines[line].inequalities[0]
    assert (said.term, said.relation) == (term, "!=")
    assert told(lines, lines.discharge(line)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2*k", "k"), ("k/3", "k"), ("5*k/3", "k"), ("-2*k", "-2*k"), ("k*c", "k*c")]
)
def test_a_positive_factor_is_left_out(text: str, expected: str) -> None:
    assert write_text(without_factor(read_text(text))) == expected


def test_agree() -> None:
    one, two = read_text("(z + 1)^2/exp(-z)"), read_text("exp(z)*(z^2 + 2*z + 1)")
    assert agree(one, two)
    assert not agree(one, two + 1)


def test_nothing_false_is_supposed() -> None:
    """Every condition on letters that a line ends up with is true of their numbers."""
    for terms, low in (("1/(z - m) + log(z - m)", "M"), ("1/(k*z - m)", "0"), ("log(z + k*c)", "0")):
        lines = Lines()
        settling = Settling(lines, z, NUMBERS)
        branch = Branch(read_text(low), None, z, (), Fraction(9))
        line = settling.settled(lines.start(read_text(terms)), branch)
        assert settling.holds_at(line, Fraction(9))
