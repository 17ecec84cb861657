"""The activation functions: one row each.

A row gives the function as a term in the scalar variable z, and what the other rooms need to know of it: the witness
(its torch counterpart by name and its Lipschitz constant) and the search (whether it is affine). A new row is a new
activation everywhere. The applied functions inside a definition (``exp``) are named, never evaluated, here.

>>> ACTIVATIONS["sigmoid"].definition
divide(number(1), sum(number(1), apply(multiply(number(-1), z), exp)))
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from symnet.term import Term, apply, cases, number, symbol

#: The variable in which the table's functions are written.
Z: Final = symbol("z")


@dataclass(frozen=True, slots=True)
class Activation:
    """One row.

    ``torch`` names the counterpart below ``torch`` (``nn.ReLU``), with its defaults. ``lipschitz`` is the smallest L
    with ``|h(u) − h(v)| ≤ L |u − v|``, or None where there is none (a jump) or where it depends on parameters.
    ``arbitrary`` marks the letter g: an output activation of which nothing is assumed, so that it stands for softmax as
    well; the witness takes the identity for it.
    """

    name: str
    definition: Term
    torch: str
    lipschitz: Fraction | None
    affine: bool = False
    arbitrary: bool = False


def _exp(argument: Term) -> Term:
    return apply("exp", argument)


_ZERO, _ONE = number(0), number(1)

_ROWS = (
    Activation("identity", Z, "nn.Identity", Fraction(1), affine=True),
    # The one row with parameters; each layer has its own α and β.
    Activation("affine", symbol("alpha") * Z + symbol("beta"), "", None, affine=True),
    # The value at the jump is 1, as in the sources' code (`zhat >= 0`); one of their displays has 0.
    Activation("step", cases((_ZERO, "<=", Z, _ONE), otherwise=_ZERO), "heaviside", None),
    Activation("relu", cases((_ZERO, "<=", Z, Z), otherwise=_ZERO), "nn.ReLU", Fraction(1)),
    Activation(
        "leaky_relu", cases((_ZERO, "<=", Z, Z), otherwise=number(Fraction(1, 100)) * Z), "nn.LeakyReLU", Fraction(1)
    ),
    Activation("sigmoid", 1 / (1 + _exp(-Z)), "nn.Sigmoid", Fraction(1, 4)),
    Activation("tanh", (_exp(Z) - _exp(-Z)) / (_exp(Z) + _exp(-Z)), "nn.Tanh", Fraction(1)),
    Activation("g", Z, "nn.Identity", Fraction(1), arbitrary=True),
)

#: The table, by name.
ACTIVATIONS: Final[dict[str, Activation]] = {row.name: row for row in _ROWS}
