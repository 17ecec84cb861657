"""The intervals of a function with cases, the arms that are taken, and the numbers that decide."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from symnet.activations import ACTIVATIONS
from symnet.errors import Undecided, UsageError
from symnet.prove.branches import (
    MOST_ARMS,
    MOST_BRANCHES,
    arms_at,
    branches,
    letters,
    samples,
    touching,
    value_at,
    where,
)
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import Term, apply, cases, number, substitute, symbol

z, alpha, lambda_ = symbol("z"), symbol("alpha"), symbol("lambda")
ZERO = number(0)


def told(function: Term, **numbers: int | str) -> list[tuple[str | None, str | None, str]]:
    given = {symbol(name): Fraction(value) for name, value in numbers.items()}
    found = branches(function, z, given)
    return [
        (b.lower and write_text(b.lower), b.upper and write_text(b.upper), write_text(b.function))  # type: ignore[misc]
        for b in found
    ]


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("z^2", {}, [(None, None, "z^2")]),
        ("max(0, z)", {}, [(None, "0", "0"), ("0", None, "z")]),
        ("abs(z)", {}, [(None, "0", "-z"), ("0", None, "z")]),
        ("piecewise(z < 0, 1, 0 < z, 3, 2)", {}, [(None, "0", "1"), ("0", None, "3")]),
        ("max(2*z - 1, 0)", {}, [(None, "1/2", "0"), ("1/2", None, "2*z - 1")]),
        ("max(sqrt(2)*z, 1)", {}, [(None, "1/sqrt(2)", "1"), ("1/sqrt(2)", None, "sqrt(2)*z")]),
        ("max(z, pi)", {}, [(None, "pi", "pi"), ("pi", None, "z")]),
        ("max(0, k*z)", {"k": 1}, [(None, "0", "0"), ("0", None, "k*z")]),
        ("max(0, k*z)", {"k": -1}, [(None, "0", "k*z"), ("0", None, "0")]),
        ("max(m, min(M, z))", {"m": -1, "M": 1}, [(None, "m", "m"), ("m", "M", "z"), ("M", None, "M")]),
        ("max(z - p, z - q)", {"p": 1, "q": 2}, [(None, None, "z - p")]),
        # where the same arm is taken on both sides there is one branch
        ("piecewise(z < 0, z, 1 < z, z, z)", {}, [(None, "0", "z"), ("0", "1", "z"), ("1", None, "z")]),
        ("max(max(z, 0), 0)", {}, [(None, "0", "0"), ("0", None, "z")]),
        # cases in guards
        ("abs(abs(z) - 1)", {}, [
            (None, "-1", "-z - 1"), ("-1", "0", "-(-z - 1)"), ("0", "1", "-(z - 1)"), ("1", None, "z - 1"),
        ]),
    ],
)  # fmt: skip
def test_intervals(text: str, numbers: dict[str, int], expected: list[tuple[str | None, str | None, str]]) -> None:
    assert told(read_text(text), **numbers) == expected


@pytest.mark.parametrize("name", [n for n, row in ACTIVATIONS.items() if not row.vector])
def test_the_branches_of_a_row_are_the_row(name: str) -> None:
    """On each branch the formula has the value of the function, and the intervals fit together."""
    row = ACTIVATIONS[name]
    numbers = {**row.numbers(), alpha: Fraction(2), symbol("beta"): Fraction(1)}
    found = branches(row.definition, z, numbers)
    assert (found[0].lower, found[-1].upper) == (None, None)
    for left, right in pairwise(found):
        assert left.upper == right.lower
    for branch in found:
        for x in samples(branch, numbers):
            arms, formula = arms_at(row.definition, {**numbers, z: x})
            assert (arms, formula) == (branch.arms, branch.function)


def test_each_arm_replaces_the_case_distinction_that_it_is_of() -> None:
    function = read_text("max(0, 1 - abs(z))")
    for branch in branches(function, z, {}):
        left = function
        for node, taken in branch.arms:
            value = node.args[-1] if taken == len(node.value) else node.args[3 * taken + 2]
            left = substitute(left, {node: value})
        assert left == branch.function


def test_at_a_place_the_relation_decides() -> None:
    closed, open_ = (cases((ZERO, relation, z, number(1)), otherwise=ZERO) for relation in ("<=", "<"))
    assert arms_at(closed, {z: Fraction(0)})[1] == number(1)
    assert arms_at(open_, {z: Fraction(0)})[1] == ZERO
    root = cases((apply("sqrt", number(2)) * z, "<=", number(1), z), otherwise=ZERO)
    at = 1 / apply("sqrt", number(2))
    assert arms_at(substitute(root, {z: at}), {})[1] == at  # √2 (1/√2) is 1, not a little more


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2/3 + 1/3", Fraction(1)),
        ("(1/2)^3", Fraction(1, 8)),
        ("sqrt(2)^2", Fraction(2)),
        ("sqrt(1/9)", Fraction(1, 3)),
        ("exp(log(7))", Fraction(7)),
        ("k*2", Fraction(6)),
        ("-sqrt(4)", Fraction(-2)),
    ],
)
def test_values(text: str, expected: Fraction) -> None:
    assert value_at(read_text(text), {symbol("k"): Fraction(3)}) == expected


def test_two_irrational_numbers_are_told_apart() -> None:
    near = read_text("3.14159265358979")
    assert value_at(read_text("pi"), {}) > value_at(near, {})
    assert abs(value_at(read_text("pi"), {}) - Fraction("3.14159265358979323846")) < Fraction(1, 10**18)


@pytest.mark.parametrize("text", ["log(-1)", "z", "1/(1 - 1*1 + k - k)", "sqrt(k - 9)"])
def test_what_has_no_value(text: str) -> None:
    with pytest.raises(Undecided, match="the cases depend on"):
        value_at(read_text(text), {symbol("k"): Fraction(3)})


def test_where_and_samples() -> None:
    found = branches(read_text("min(max(z, m), 3)"), z, {symbol("m"): Fraction(-2)})
    assert [where(b, z) for b in found] == ["where z < m: ", "where m < z < 3: ", "where 3 < z: "]
    assert where(branches(z, z, {})[0], z) == ""
    for branch, (low, high) in zip(found, ((None, -2), (-2, 3), (3, None)), strict=True):
        numbers = samples(branch, {symbol("m"): Fraction(-2)})
        assert len(numbers) > 3
        assert all((low is None or x > low) and (high is None or x < high) for x in numbers)


def test_letters_are_the_symbols_besides_the_variable() -> None:
    assert letters(read_text("k*z + c*k"), z) == [symbol("k"), symbol("c")]


def test_guards_that_are_not_linear() -> None:
    with pytest.raises(UsageError, match=r"the cases switch where 1 = z\^2, which is not linear in z"):
        branches(cases((number(1), "<", z**2, z), otherwise=ZERO), z, {})


def test_a_guard_with_a_letter_without_a_number() -> None:
    with pytest.raises(Undecided, match="the cases depend on k"):
        branches(read_text("max(z, k)"), z, {})


def test_too_many() -> None:
    places = read_text("+".join(f"abs(z - {i})" for i in range(MOST_BRANCHES)))
    with pytest.raises(Undecided, match=f"at most {MOST_BRANCHES - 1}"):
        branches(places, z, {})
    function = z
    for i in range(MOST_ARMS + 1):
        function = cases((ZERO, "<", z, function + i), otherwise=ZERO)
    with pytest.raises(Undecided, match=f"more than {MOST_ARMS} case distinctions"):
        arms_at(function, {z: Fraction(1)})


def test_deep_terms() -> None:
    deep = z
    for _ in range(1000):
        deep = apply("tanh", deep) + 1
    assert branches(deep, z, {})[0].function == deep


def test_sides_that_are_the_same_are_named() -> None:
    inner, outer = branches(read_text("abs(max(0, z))"), z, {})
    assert touching(inner) == (
        "the cases compare 0 with 0 there, which are the same: write the function without cases inside cases"
    )
    assert touching(outer) == ""


@pytest.mark.parametrize("text", ["relu(sigmoid(z))", "abs(exp(z))", "max(0, z^2 + 1)", "max(-exp(z), 0)"])
def test_a_guard_whose_sign_is_plain_never_switches(text: str) -> None:
    (branch,) = branches(read_text(text), z, {})
    assert (branch.lower, branch.upper) == (None, None)
    assert branch.arms


def test_a_guard_that_may_be_zero_is_not_passed_over() -> None:
    with pytest.raises(UsageError, match=r"not linear in z"):
        branches(read_text("max(0, z^2)"), z, {})
