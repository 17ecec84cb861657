"""Torch's formulas as they are stated, against the table's functions and their exact slopes."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from symnet.activations import ACTIVATIONS, Activation, Z, find
from symnet.term import Term, apply, symbol
from symnet.witness.bounded import ACCURACY
from symnet.witness.enclosure import enclosure, overlap
from symnet.witness.formulas import formula_of
from symnet.witness.jets import slope
from symnet.witness.models import Subject, models_of_definition, models_of_formula, models_of_library
from symnet.witness.tensors import torch_function

ROWS = [
    row for row in ACTIVATIONS.values() if not row.vector and row.name != "affine" and formula_of(row, row.numbers())
]
POINTS = np.array([-40.0, -9.5, -3.5, -2.0, -0.7, -1e-9, 1e-12, 0.4, 1.0, 2.5, 4.0, 19.0, 30.0])


def test_which_rows_have_formulas() -> None:
    smooth = {"sigmoid", "tanh", "logsigmoid", "softplus", "silu", "mish", "gelu", "gelu_tanh"}
    assert {row.name for row in ROWS} == smooth | {"elu", "selu", "celu", "hardsigmoid", "hardswish"}


def places(row: Activation) -> list[dict[Term, Fraction]]:
    return [{**row.numbers(), Z: Fraction(z)} for z in POINTS.tolist()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_formula_is_the_function_and_its_slope_but_where_it_says_so(row: Activation) -> None:
    formula = formula_of(row, row.numbers())
    for place in places(row):
        threshold = row.name == "softplus" and place[Z] > 20
        assert overlap(enclosure(formula.function, place), enclosure(row.definition, place)) != threshold
        rounded = row.name == "hardsigmoid" and abs(place[Z]) < 3
        assert overlap(enclosure(formula.gradient, place), slope(row.definition, Z, place)) != (threshold or rounded)
    assert bool(formula.note) == (row.name == "hardsigmoid")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_torch_computes_what_is_stated(row: Activation) -> None:
    """Unless a newer torch rounds less, its values and gradients are those of the formulas, but for rounding."""
    formula = formula_of(row, row.numbers())
    h = Subject(row.definition, Z, row.numbers())
    z = torch.tensor(POINTS, requires_grad=True)
    y = torch_function(row)(z)
    (g,) = torch.autograd.grad(y.sum(), z)
    for seen, part in ((y.detach().numpy(), formula.function), (g.numpy(), formula.gradient)):
        found = h.of(part).run(POINTS).value
        newer = 1e-7 if formula.note and part is formula.gradient else 0
        assert (np.abs(seen - found.value) <= 2 * found.error + newer).all()


def test_celu_rounds_alpha_to_float32_for_the_gradient_unless_it_is_one() -> None:
    alpha = symbol("alpha")
    assert not formula_of(find("celu"), {alpha: Fraction(1, 2)}).note
    formula = formula_of(find("celu"), {alpha: Fraction(3, 10)})
    place = {alpha: Fraction(3, 10), Z: Fraction(-1)}
    low, high = slope(find("celu").definition, Z, place), enclosure(formula.gradient, place)
    assert 1e-9 < abs(float(low[0] - high[0])) < 1e-7
    assert "float32" in formula.note


def test_a_library_of_which_nothing_is_stated_has_more_room() -> None:
    h = Subject(apply("sin", 3 * Z), Z, {})
    exactly, loosely = models_of_definition(h, POINTS), models_of_library(h, POINTS, None)
    for narrow, wide, size in zip(exactly, loosely, (np.sin(3 * POINTS), 3 * np.cos(3 * POINTS)), strict=True):
        assert (wide.error >= narrow.error + 0.99 * ACCURACY * np.abs(size)).all()


def test_lines_have_no_more_room() -> None:
    row = find("leaky_relu")
    h = Subject(row.definition, Z, row.numbers())
    for narrow, wide in zip(models_of_definition(h, POINTS), models_of_library(h, POINTS, None), strict=True):
        assert (wide.error == narrow.error).all()


def test_what_torch_means_to_compute() -> None:
    row = find("softplus")
    h, formula = Subject(row.definition, Z, row.numbers()), formula_of(row, row.numbers())
    value, gradient = models_of_formula(h, POINTS, formula)
    assert value.meant(30.0) == (30, 30)
    assert gradient.meant(30.0) == (1, 1)
    value, gradient = models_of_library(h, POINTS, row.computed)
    assert (value.meant(30.0), gradient.meant(30.0)) == ((30, 30), (1, 1))
