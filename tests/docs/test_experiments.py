"""The small experiments of the source documents, repeated: the covers of the `witnessed` rows of docs/sources.md.

The gates are computed exactly, in rational numbers; a network here is written out as its source has it, without symnet.
"""

from collections.abc import Callable
from fractions import Fraction
from math import exp, log
from typing import Any

import pytest

INPUTS = [(0, 0), (1, 0), (0, 1), (1, 1)]
AND, OR, NAND, XOR = [0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0], [0, 1, 1, 0]

Scalar = Callable[[Any], Any]


def neuron(bias: str, first: str, second: str) -> Callable[[Any, Any], Fraction]:
    return lambda x, y: Fraction(bias) + Fraction(first) * x + Fraction(second) * y


and_sum, or_sum, nand_sum = (
    neuron("-0.2", "0.15", "0.15"),
    neuron("-0.08", "0.15", "0.15"),
    neuron("0.23", "-0.15", "-0.15"),
)


def step(z: Any) -> int:
    return int(z >= 0)


def identity(z: Any) -> Any:
    return z


def relu(z: Any) -> Any:
    return max(z, 0)


def sigmoid(z: Any) -> float:
    return 1 / (1 + exp(-z))


def cut_sigmoid(z: Any) -> int:
    return int(sigmoid(z) >= 0.5)


def xor_network(h: Scalar, g: Scalar) -> list[int]:
    """AND of NAND and OR, with hidden activation h and output activation g."""

    def neuron_sum(u: Any, v: Any) -> Any:
        return and_sum(Fraction(u), Fraction(v))

    return [g(neuron_sum(h(nand_sum(x, y)), h(or_sum(x, y)))) for x, y in INPUTS]


@pytest.mark.parametrize(
    ("total", "labels"), [(and_sum, AND), (or_sum, OR), (nand_sum, NAND)], ids=["and", "or", "nand"]
)
def test_gates(total: Callable[[int, int], Fraction], labels: list[int]) -> None:
    assert [step(total(x, y)) for x, y in INPUTS] == labels


def test_logistic_and() -> None:
    assert [cut_sigmoid(and_sum(x, y)) for x, y in INPUTS] == AND


def test_and_with_the_other_bias() -> None:
    total = neuron("-0.23", "0.15", "0.15")
    assert [step(total(x, y)) for x, y in INPUTS] == AND


def test_xor_with_step_hidden_units() -> None:
    assert xor_network(step, step) == XOR


def test_xor_with_identity_hidden_units() -> None:
    assert xor_network(identity, step) == [0, 0, 0, 0]
    assert set(xor_network(identity, identity)) == {Fraction(-71, 400)}


def test_xor_with_sigmoid_hidden_units() -> None:
    assert xor_network(sigmoid, step) == [0, 0, 0, 0]


def test_xor_with_step_hidden_units_and_sigmoid_output() -> None:
    assert xor_network(step, cut_sigmoid) == XOR


def test_exclusive_or_is_exactly_one() -> None:
    assert [int(x + y == 1) for x, y in INPUTS] == [int(bool(x) ^ bool(y)) for x, y in INPUTS] == XOR


def test_relu_hidden_units_can_solve_xor() -> None:
    assert [relu(x + y) - 2 * relu(x + y - 1) for x, y in INPUTS] == XOR


def test_sigmoid_hidden_units_can_solve_xor() -> None:
    values = [sigmoid(20 * (x + y) - 10) + sigmoid(30 - 20 * (x + y)) - 1.5 for x, y in INPUTS]
    assert [step(z) for z in values] == XOR
    assert min(map(abs, values)) > 0.4  # far from the threshold, so rounding decides nothing


def test_relu_takes_two_steps() -> None:
    z, steps = Fraction("0.9"), 0
    while z > Fraction("0.5"):
        z, steps = z - Fraction("0.2") * 1, steps + 1
    assert (steps, z) == (2, Fraction("0.5"))


def test_sigmoid_takes_sixty_seven_steps() -> None:
    z, steps = log(9), 0  # sigmoid(log 9) = 0.9
    while sigmoid(z) > 0.5:
        a = sigmoid(z)
        z, steps = z - 0.2 * a * (1 - a), steps + 1
    assert steps == 67


def test_the_network_of_thirteen_and_eight() -> None:
    import torch
    from torch import nn

    generator = torch.Generator().manual_seed(420)
    samples = torch.rand((500, 20), generator=generator)
    layers = [nn.Linear(20, 13), nn.ReLU(), nn.Linear(13, 8), nn.Sigmoid(), nn.Linear(8, 3), nn.Softmax(dim=1)]
    network = nn.Sequential(*layers)
    output = network(samples)
    assert output.shape == (500, 3)
    assert (output > 0).all()
    assert (output.sum(dim=1) - 1).abs().max() <= 4 * torch.finfo(output.dtype).eps  # a sum of three roundings
    assert network.training
    reached: list[nn.Module] = []
    network.apply(reached.append)
    assert reached == [*layers, network]


def test_attributes_of_a_parent_that_was_not_constructed() -> None:
    class Parent:
        def __init__(self) -> None:
            self.parent = True

    class Without(Parent):
        def __init__(self) -> None:
            pass

    class With(Parent):
        def __init__(self) -> None:
            super().__init__()

    assert not hasattr(Without(), "parent")
    assert With().parent


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_the_derivative_for_a_matrix_is_entry_by_entry(name: str) -> None:
    import torch

    z = torch.tensor([[-1.5, 0.25, 2.0], [0.5, -3.0, 1.0]], dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(getattr(torch, name), z).reshape(z.numel(), z.numel())
    a = getattr(torch, name)(z).flatten()
    slopes = {"sigmoid": a * (1 - a), "tanh": 1 - a**2, "relu": (a > 0).double()}[name]
    assert torch.count_nonzero(jacobian - torch.diag(jacobian.diagonal())) == 0
    # A product or a square and a difference, rounded once each on either side, of numbers that are at most 1.
    assert (jacobian.diagonal() - slopes).abs().max() <= 4 * torch.finfo(torch.float64).eps


def test_what_softmax_of_a_matrix_depends_on() -> None:
    import torch

    z = torch.tensor([[-1.5, 0.25, 2.0], [0.5, -3.0, 1.0]], dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(lambda t: torch.softmax(t, dim=1), z)  # row, entry, row, entry
    for row, other in [(0, 0), (0, 1), (1, 0), (1, 1)]:
        assert torch.count_nonzero(jacobian[row, :, other, :]) == (9 if row == other else 0)


def test_a_rate_that_kills_most_units() -> None:
    """Ten ReLU units on positive inputs: one step at the rate 1 makes the input of nine negative for every sample."""
    samples = [Fraction(1), Fraction(2)]
    weights = [*(Fraction(k, 10) for k in range(1, 10)), Fraction(100)]
    readout = [*(Fraction(1) for _ in range(9)), Fraction(1, 1000)]
    errors = {x: sum(v * relu(w * x) for v, w in zip(readout, weights, strict=True)) for x in samples}

    def dead_after_one_step(rate: Fraction) -> int:
        """Descent on the mean of (Σ vᵢ relu(wᵢ x))²; all w are positive, so every unit is active."""
        slopes = [sum(2 * errors[x] * v * x for x in samples) / len(samples) for v in readout]
        moved = [w - rate * slope for w, slope in zip(weights, slopes, strict=True)]
        return sum(all(w * x < 0 for x in samples) for w in moved)

    assert (dead_after_one_step(Fraction(1, 1000)), dead_after_one_step(Fraction(1))) == (0, 9)
