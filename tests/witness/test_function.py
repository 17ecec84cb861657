"""Terms as functions of tensors."""

from fractions import Fraction

import pytest
import torch

from symnet.activations import ACTIVATIONS, Z
from symnet.errors import UsageError
from symnet.term import Term, apply, cases, derivative, number, symbol
from symnet.witness.function import Program, torch_program
from symnet.witness.tensors import torch_function

ZERO = number(0)


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def gradient(h: Term, *values: float) -> list[float]:
    z = tensor(*values)
    (found,) = torch.autograd.grad(torch_program(Program(h, Z))(z).sum(), z)
    return found.tolist()


@pytest.mark.parametrize("name", [n for n, row in ACTIVATIONS.items() if not row.vector and n != "affine"])
def test_the_rows_written_out_are_torch_s_functions(name: str) -> None:
    row, z = ACTIVATIONS[name], torch.linspace(-9, 9, 61, dtype=torch.float64)
    seen = torch_program(Program(row.definition, Z, row.numbers()))(z)
    assert torch.allclose(seen, torch_function(row)(z), rtol=1e-11, atol=1e-15)


LOG = cases((ZERO, "<", Z, apply("log", Z)), otherwise=Z)
ROOT = cases((ZERO, "<", Z, apply("sqrt", Z)), otherwise=-Z)
STABLE = cases((Z, "<=", ZERO, apply("exp", Z)), otherwise=2 - apply("exp", -Z))
POLE = cases((Z, "<", number(1), 1 / (Z - 1)), otherwise=Z)
HIGH = cases((Z, "<", number(2), Z**300), otherwise=Z)
NESTED = cases((ZERO, "<", Z, cases((apply("log", Z), "<", ZERO, 1 / Z), otherwise=apply("log", Z))), otherwise=Z)


@pytest.mark.parametrize(
    ("h", "points", "slopes"),
    [
        (LOG, (-2.0, 0.0, 0.5), [1, 1, 2]),
        (ROOT, (-1.0, 0.0, 0.25), [-1, -1, 1]),
        (STABLE, (-1e4, 0.0, 1e4), [0, 1, 0]),
        (POLE, (0.0, 1.0, 3.0), [-1, 1, 1]),
        (HIGH, (1.0, 1e9), [300, 1]),
        (NESTED, (-3.0, 0.5, 4.0), [1, -4, 0.25]),
    ],
)
def test_a_branch_that_is_not_taken_does_not_spoil_the_gradient(h: Term, points: tuple, slopes: list) -> None:
    assert gradient(h, *points) == pytest.approx(slopes, rel=1e-14)


def test_a_constant_has_no_gradient_and_a_value_everywhere() -> None:
    found = torch_program(Program(number(2), Z))(tensor(1.0, 2.0))
    assert found.tolist() == [2, 2]
    assert not found.requires_grad


def test_what_depends_on_the_variable() -> None:
    program = Program(cases((Z, "<", ZERO, number(1)), otherwise=number(2)) + Z**2, Z)
    kinds = {o.kind: d for o, d in zip(program.operations, program.depends, strict=True)}
    assert not kinds["choose"]
    assert kinds["sum"]
    assert kinds["multiply"]


def test_a_power_takes_few_multiplications() -> None:
    program = Program(Z**1000, Z)
    assert len([o for o in program.operations if o.kind == "multiply"]) < 20
    assert gradient(Z**0 + Z**1 + Z**7, 1.0) == [8]


def test_depth_is_no_problem() -> None:
    h, g = Z, Z
    for _ in range(1000):
        h = apply("sin", h)
        g = cases((number(3), "<", Z, ZERO), otherwise=g + 1)
    assert 0 < gradient(h, 0.5)[0] < 1
    assert gradient(g, 0.5, 4.0) == [1, 0]


@pytest.mark.parametrize(
    ("h", "message"),
    [
        (symbol("beta") * Z, "beta has no number"),
        (derivative(Z**2, Z), "derivative cannot be computed"),
        (number(Fraction(10) ** 400) * Z, "too large for float64"),
    ],
)
def test_what_is_no_function_of_one_number(h: Term, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Program(h, Z)
