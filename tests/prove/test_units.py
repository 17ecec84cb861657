"""Zeros and ones that the rules of differentiation leave behind."""

import pytest

from symnet.prove.forms.units import LARGEST, without_units
from symnet.ring import Work
from symnet.term import Term, apply, derivative, number, symbol, total
from symnet.word import equal

u, v, z = map(symbol, "uvz")
D = derivative(v, z)
HALF = number(1) / 2

WRITTEN = [
    (1 * v + z * D, v + z * D),
    ((0 * v - 1 * D) / v**2, -(D / v**2)),
    ((0 * v - 3 * D) / v**2, -(3 * D / v**2)),
    ((1 * (z + 3) + z * (1 + 0)) / 6, total([z + 3, z]) / 6),
    (u * (0 + v * (number(-1) * 1)), Term("multiply", (number(-1), u, v))),
    (2 * z**1, 2 * z),
    (0 * z + 0, number(0)),
    (0 * z / v, number(0)),
    ((0 * z - 1) / z**2, -(1 / z**2)),
    (z * z, z * z),
    (z + z, z + z),
    (apply("exp", 0 / z) * 1, apply("exp", 0 / z)),
]


@pytest.mark.parametrize(("term", "expected"), WRITTEN)
def test_nothing_else_changes(term: Term, expected: Term) -> None:
    assert without_units(term) == expected
    assert equal(term, expected, Work(100_000))


def test_what_a_derivative_is_taken_of_stays() -> None:
    inside = derivative(1 * v + 0, z)
    assert without_units(1 * inside) == inside


def test_a_division_by_zero_stays() -> None:
    assert without_units(z / number(0)) == z / number(0)


def test_a_large_term_stays() -> None:
    large = total([1 * symbol("z")] * LARGEST)
    assert without_units(large) is large
