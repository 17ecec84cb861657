"""Random formulas, read and written: the values stay what they are."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import mpmath
import pytest

from symnet.reader.agreement import value_at
from symnet.reader.bridge import from_sympy, to_sympy
from symnet.reader.latex import read_latex
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import Term, symbols
from tests.reader.formulas import random_tree, set_in_latex, typed, value

POINTS = [
    {"z": Fraction(a, 7), "alpha": Fraction(b, 5), "x_1": Fraction(c, 3)}
    for a, b, c in [(3, 4, 2), (-5, 6, -7), (16, -3, 5), (-1, 1, 8)]
]


def at(term: Term, point: dict[str, Fraction]) -> object:
    return value_at(term, {s: point[write_text(s)] for s in symbols(term)})


def close(found: object, wanted: object) -> bool:
    return found is not None and abs(found - wanted) <= mpmath.mpf("1e-30") * max(1, abs(wanted))


def agrees(term: Term, tree: tuple) -> int:
    """At how many points the term has the value of the tree; it must wherever the tree has one."""
    compared = 0
    with mpmath.workdps(50):
        for point in POINTS:
            if (wanted := value(tree, point)) is not None:
                assert close(at(term, point), wanted), (tree, point)
                compared += 1
    return compared


@pytest.mark.parametrize("seed", range(10))
def test_what_is_typed_has_its_value(seed):
    rng = Random(seed)
    compared = 0
    for _ in range(30):
        tree = random_tree(rng, 3)
        term = read_text(typed(tree, rng))
        compared += agrees(term, tree)
        assert read_text(write_text(term)) == read_text(write_text(read_text(write_text(term))))
        agrees(read_text(write_text(term)), tree)
    assert compared > 40


@pytest.mark.parametrize("seed", range(10))
def test_what_is_set_in_latex_has_its_value(seed):
    rng = Random(100 + seed)
    compared = sum(agrees(read_latex(set_in_latex(tree, rng)), tree) for tree in _trees(rng, 30))
    assert compared > 40


@pytest.mark.parametrize("seed", range(6))
def test_to_sympy_and_back_has_its_value(seed):
    rng = Random(200 + seed)
    compared = sum(agrees(from_sympy(to_sympy(read_text(typed(tree, rng)))), tree) for tree in _trees(rng, 10))
    assert compared > 10


def _trees(rng: Random, count: int) -> list[tuple]:
    return [random_tree(rng, 3) for _ in range(count)]
