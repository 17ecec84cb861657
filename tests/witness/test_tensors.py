"""Terms in torch's operations."""

from fractions import Fraction

import pytest
import torch

from symnet.activations import ACTIVATIONS, Z, find
from symnet.errors import UsageError
from symnet.term import KNOWN, apply, cases, constant, number, symbol
from symnet.witness.arithmetic import evaluate
from symnet.witness.tensors import Tensors, torch_function
from tests.activations.by_hand import TORCH

POINTS = torch.tensor([-3.0, -0.7, 0.0, 0.1, 2.5, 11.0], dtype=torch.float64)


@pytest.mark.parametrize("name", TORCH)
def test_definitions_in_torch_s_operations(name: str) -> None:
    seen = evaluate(ACTIVATIONS[name].at_defaults, Tensors(), {Z: POINTS}.__getitem__)
    assert torch.allclose(seen + 0 * POINTS, TORCH[name](POINTS), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("function", KNOWN)
def test_the_functions_that_the_kernel_knows(function: str) -> None:
    points = POINTS[3:]
    seen = evaluate(apply(function, Z), Tensors(), {Z: points}.__getitem__)
    assert torch.equal(seen, getattr(torch, function)(points))


def test_pi_and_comparisons() -> None:
    tensors = Tensors()
    assert float(evaluate(constant("pi"), tensors, {}.__getitem__)) == torch.pi
    term = cases((Z, "<", number(0), number(1)), (Z, "<=", number(0), number(2)), otherwise=number(3))
    assert evaluate(term, tensors, {Z: POINTS}.__getitem__).tolist() == [1, 1, 2, 3, 3, 3]


def test_autograd_follows_a_definition() -> None:
    z = POINTS.clone().requires_grad_()
    torch_function(find("squareplus"), {symbol("b"): Fraction(9)})(z).sum().backward()
    assert torch.allclose(z.grad, (1 + POINTS / torch.sqrt(POINTS**2 + 9)) / 2, rtol=1e-14)


def test_modules_are_in_evaluation_and_in_float64() -> None:
    assert not torch_function(find("rrelu")).training
    assert torch_function(find("prelu")).weight.dtype == torch.float64
    assert repr(torch_function(find("gelu_tanh"))) == "GELU(approximate='tanh')"


def test_letters_that_a_row_does_not_have() -> None:
    with pytest.raises(UsageError, match="relu has no parameter alpha"):
        torch_function(find("relu"), {symbol("alpha"): Fraction(1)})
