"""The functions of the activation table in torch: its own where there is one, and otherwise the definition."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from symnet.activations import Activation, Z
from symnet.errors import MissingDependency, UsageError
from symnet.term import Term
from symnet.witness.arithmetic import Arithmetic, evaluate


def load_torch() -> Any:
    """The torch module; raises :class:`~symnet.errors.MissingDependency` without it."""
    try:
        import torch
    except ImportError as error:
        hint = "the witness needs torch: pip install torch, or leave the witness out with check=False"
        raise MissingDependency(hint) from error
    return torch


def torch_function(row: Activation, given: Mapping[Term, Fraction] | None = None) -> Callable[[Any], Any]:
    """A row as a function of float64 tensors, with numbers for its parameters; the rest have their defaults.

    It is torch's own module or function (in evaluation, where that matters). Where torch has none, it is the definition
    in torch's operations, which then is no second opinion on the definition.

    >>> import torch
    >>> from symnet.activations import find
    >>> torch_function(find("elu"), {find("elu").parameters[0].symbol: Fraction(2)})
    ELU(alpha=2.0)
    >>> torch_function(find("step"))(torch.zeros(1, dtype=torch.float64))
    tensor([1.], dtype=torch.float64)

    Raises :class:`~symnet.errors.UsageError` for a symbol that is no parameter of the row, and for a number other than
    the default where torch has no argument for it.
    """
    torch, numbers = load_torch(), row.numbers(given)
    if not row.torch:
        return _definition(row, numbers)
    arguments: dict[str, Any] = dict(row.torch_arguments)
    for parameter in row.parameters:
        value = numbers[parameter.symbol]
        if parameter.keyword:
            arguments[parameter.keyword] = float(value)
        elif value != parameter.default:
            raise UsageError(f"{row.torch} has no argument for {parameter.symbol}, which is {parameter.default} there")
    home, _, name = row.torch.rpartition(".")
    if home != "nn":
        tensors = {key: torch.tensor(value, dtype=torch.float64) for key, value in arguments.items()}
        return lambda z: getattr(torch, name)(z, **tensors)
    if "dtype" in arguments:
        arguments["dtype"] = getattr(torch, arguments["dtype"])
    module: Callable[[Any], Any] = getattr(torch.nn, name)(**arguments).train(False)
    return module


def _definition(row: Activation, numbers: Mapping[Term, Fraction]) -> Callable[[Any], Any]:
    tensors = Tensors()
    values = {symbol: tensors.number(value) for symbol, value in numbers.items()}
    return lambda z: evaluate(row.definition, tensors, {**values, Z: z}.__getitem__)


class Tensors(Arithmetic[Any]):
    """Arithmetic of float64 tensors, by torch's own operations, so that autograd can follow it.

    Both branches of a comparison are computed, and one is chosen entry by entry.
    """

    def __init__(self) -> None:
        self.torch = load_torch()

    def number(self, value: Fraction) -> Any:
        return self.torch.tensor(float(value), dtype=self.torch.float64)

    def pi(self) -> Any:
        return self.torch.tensor(self.torch.pi, dtype=self.torch.float64)

    def exp(self, argument: Any) -> Any:
        return self.torch.exp(argument)

    def known(self, function: str, argument: Any) -> Any:
        return getattr(self.torch, function)(argument)

    def choose(self, left: Any, relation: str, right: Any, then: Any, otherwise: Any) -> Any:
        holds = (operator.lt if relation == "<" else operator.le)(left, right)
        return self.torch.where(holds, then, otherwise)
