"""What torch says of a function and its derivative: its own function, and its autograd, in float64."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from symnet.errors import UsageError
from symnet.witness.bounded import Array
from symnet.witness.tensors import load_torch

#: What stands in for torch where it has no function of its own, or no gradient of it.
DEFINITION = "the definition in torch's operations"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """h and h′ at each point, and who said so."""

    values: Array
    gradients: Array
    by: str
    gradient_by: str

    @property
    def own_gradient(self) -> bool:
        """Whether the gradient is that of the function which gave the values."""
        return self.by == self.gradient_by


def ask(points: Array, function: Callable[[Any], Any] | None, name: str, definition: Callable[[Any], Any]) -> Seen:
    """Values and gradients of torch's function, or of the definition where there is none or it has no autograd.

    >>> import torch
    >>> def step(z):
    ...     return torch.heaviside(z, torch.ones_like(z))
    >>> seen = ask(np.array([-1.0, 1.0]), step, "torch.heaviside", lambda z: 0 * z)
    >>> seen.values.tolist(), seen.gradients.tolist(), seen.gradient_by
    ([0.0, 1.0], [0.0, 0.0], "the definition in torch's operations")
    """
    if function is None:
        values, gradients = _evaluate(points, definition, DEFINITION)
        return Seen(values, _or_zero(gradients, points), DEFINITION, DEFINITION)
    values, gradients = _evaluate(points, function, name)
    if gradients is not None:
        return Seen(values, gradients, name, name)
    _, gradients = _evaluate(points, definition, DEFINITION)
    return Seen(values, _or_zero(gradients, points), name, DEFINITION)


def _or_zero(gradients: Array | None, points: Array) -> Array:
    """No gradient at all is the gradient 0 of a constant."""
    return np.zeros_like(points) if gradients is None else gradients


def _evaluate(points: Array, function: Callable[[Any], Any], name: str) -> tuple[Array, Array | None]:
    """The gradient is that of the sum of all values; None where there is no autograd."""
    torch = load_torch()
    z = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    found = function(z)
    if found.dtype != torch.float64 or found.shape != z.shape:
        raise UsageError(f"{name} does not map float64 numbers to as many: it cannot be a function of one variable")
    values = np.array(found.detach().numpy())
    if not found.requires_grad:
        return values, None
    try:
        (gradient,) = torch.autograd.grad(found.sum(), z)
    except RuntimeError as error:
        if "not implemented" not in str(error):
            raise
        return values, None
    return values, np.array(gradient.numpy())
