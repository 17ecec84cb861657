"""How conditions and inequalities are written."""

import pytest

from symnet.render.expression import claim_text, related_with
from symnet.render.notation import TEXT
from symnet.render.printer import Printer
from symnet.render.relations import intervals, is_brief, relation
from symnet.term import Bound, Claim, Condition, Equation, apply, index, number, symbol

z, a, b, x, lam = map(symbol, ("z", "a", "b", "x", "lambda"))
LOW = 1 + apply("exp", -z)

TABLE = [
    (Condition(z), "z ≠ 0"),
    (Condition(-z, ">"), "z < 0"),
    (Condition(-z, ">="), "z ≤ 0"),
    (Condition(-z), "z ≠ 0"),
    (Condition(-2 * z, ">"), "2 z < 0"),
    (Condition(-1 * (-z), ">"), "z > 0"),
    (Condition(z - lam, ">"), "z > λ"),
    (Condition(lam - z, ">"), "z < λ"),
    (Condition(-lam - z, ">"), "z < −λ"),
    (Condition(z + lam, ">="), "z ≥ −λ"),
    (Condition(-(z - 6), ">"), "z < 6"),
    (Condition(z - 6), "z ≠ 6"),
    (Condition(z + 3, ">"), "z > −3"),
    (Condition(number(-3) - z, ">"), "z < −3"),
    (Condition(z - number(-3), ">"), "z > −3"),
    (Condition(LOW), "1 + e^(−z) ≠ 0"),
    (Condition(LOW, ">"), "1 + e^(−z) > 0"),
    (Condition(1 - a, ">"), "a < 1"),
    (Condition(a - 1, ">="), "a ≥ 1"),
    (Condition(1 + a, ">"), "a > −1"),
    (Condition(1 - a**2, ">"), "a² < 1"),
    (Condition(apply("h", a) - apply("h", b), ">"), "h(a) > h(b)"),
    (Condition(-apply("h", a) + apply("h", b), ">="), "h(b) ≥ h(a)"),
    (Condition(a * b - 2, ">"), "a b > 2"),
    (Condition(a + b + x, ">"), "a + b + x > 0"),
    (Condition(a * b, ">"), "a b > 0"),
    (Bound(1, index("L")), "L ≥ 1"),
    (Bound(index("i"), index("L")), "i ≤ L"),
]


def write(related):
    return related_with(Printer(TEXT, ()), related)


@pytest.mark.parametrize(("condition", "text"), TABLE, ids=[text for _, text in TABLE])
def test_what_is_spoken_of_stands_on_the_left(condition, text):
    assert write(relation(condition, {z.name})) == text


def test_conditions_on_one_thing_are_an_interval():
    given = [Condition(z + lam, ">"), Condition(a, ">"), Condition(lam - z, ">="), Condition(z + lam, ">=")]
    assert [write(r) for r in intervals(given, {z.name})] == ["−λ < z ≤ λ", "a > 0"]
    assert [write(r) for r in intervals([Condition(z, ">"), Condition(z)], {z.name})] == ["z > 0", "z ≠ 0"]


def test_only_few_and_short_conditions_stand_beside_a_line():
    assert is_brief([Condition(z), Condition(a), Condition(b)])
    assert not is_brief([Condition(z), Condition(a), Condition(b), Condition(x)])
    assert not is_brief([Condition(sum((z**2 * a for _ in range(10)), z))])


def test_a_claim_may_be_an_inequality():
    claim = Claim((Equation(a, b),), (Condition(-z, ">"),), (), (Condition(a, ">"), Condition(1 - a, ">")))
    assert claim_text(claim) == "a = b, a > 0, a < 1 if z < 0"
