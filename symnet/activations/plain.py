"""The rows that bend nothing: the identity, α z + β, and the letter g."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symnet.activations.row import Activation, Z
from symnet.term import symbol

ROWS: Final = (
    Activation("identity", "identity", Z, "nn.Identity", lipschitz=Fraction(1), affine=True),
    # Each layer has its own α and β, without defaults: numbers are given, or they stay letters.
    Activation("affine", "affine function", symbol("alpha") * Z + symbol("beta"), "", affine=True),
    Activation("g", "any output activation", Z, "nn.Identity", lipschitz=Fraction(1), arbitrary=True),
)
