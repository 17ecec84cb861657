"""Derivatives of activations: a proof by symnet beside SymPy's ``simplify(diff(h) − claimed) == 0``.

Both sides start from h and the derivative that is claimed, as trees. symnet's side is a whole proof, each line of which
the kernel checks: h′ = h′, differentiated, brought to the claimed form, and without the conditions that hold anyway;
finding the steps is part of it. SymPy's cache is emptied before each run. What SymPy finds is an answer and no proof.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import sympy
from sympy.core.cache import clear_cache

from symnet.activations import find
from symnet.activations.row import Z
from symnet.prove.lines import Lines
from symnet.term import Claim, Term, apply, constant, derivative, fold, number, symbol


def _function(name: str, argument: Term | int) -> Term:
    return apply(name, number(argument) if isinstance(argument, int) else argument)


def _exp(argument: Term) -> Term:
    return _function("exp", argument)


def _sqrt(argument: Term | int) -> Term:
    return _function("sqrt", argument)


_ALPHA, _BETA, _B = symbol("alpha"), symbol("beta"), symbol("b")
_TANH, _ATAN = _function("tanh", Z), _function("atan", Z)
_SIGMOID = 1 / (1 + _exp(-Z))
_QUOTIENT = (_exp(Z) - _exp(-Z)) / (_exp(Z) + _exp(-Z))
_CUBIC, _SCALE = number(Fraction("0.044715")), _sqrt(2 / constant("pi"))
_INNER = _function("tanh", _SCALE * (Z + _CUBIC * Z**3))
_STEEP = number(Fraction("1.702"))
_FADING = _exp(-_STEEP * Z)
_OMEGA = 4 * (Z + 1) + 4 * _exp(2 * Z) + _exp(3 * Z) + _exp(Z) * (4 * Z + 6)

#: The derivative as one would state it, for rows of the table of activations.
_CLAIMED: Final[dict[str, Term]] = {
    "sigmoid": _SIGMOID * (1 - _SIGMOID),
    "logsigmoid": 1 - _exp(_function("log", _SIGMOID)),
    "tanh": 1 - _QUOTIENT**2,
    "tanhshrink": _TANH**2,
    "softplus": 1 - _exp(-_function("log", 1 + _exp(_BETA * Z))),
    "squareplus": (1 + Z / _sqrt(Z**2 + _B)) / 2,
    "silu": Z * _SIGMOID + _SIGMOID * (1 - Z * _SIGMOID),
    "mish": _exp(Z) * _OMEGA / (2 * _exp(Z) + _exp(2 * Z) + 2) ** 2,
    "gelu": (1 + _function("erf", Z / _sqrt(2))) / 2 + Z * _exp(-(Z**2) / 2) / _sqrt(2 * constant("pi")),
    "gelu_tanh": (1 + _INNER) / 2 + Z * (1 - _INNER**2) * _SCALE * (1 + 3 * _CUBIC * Z**2) / 2,
    "gaussian": -2 * Z * _exp(-(Z**2)),
    "arctan": _function("cos", _ATAN) ** 2,
    "bent_identity": Z / (2 * _sqrt(Z**2 + 1)) + 1,
    "isru": 1 / ((1 + _ALPHA * Z**2) * _sqrt(1 + _ALPHA * Z**2)),
}

#: Functions that are no rows, and their derivatives.
_OTHERS: Final[dict[str, tuple[Term, Term]]] = {
    "elu for z < 0": (_ALPHA * (_exp(Z) - 1), _ALPHA * (_exp(Z) - 1) + _ALPHA),
    "z atan z": (Z * _ATAN, _ATAN + Z / (1 + Z**2)),
    "log(1 + z²)": (_function("log", 1 + Z**2), 2 * Z / (1 + Z**2)),
    "exp(−z²) tanh z": (_exp(-(Z**2)) * _TANH, _exp(-(Z**2)) * (1 - _TANH**2 - 2 * Z * _TANH)),
    "z/(1 + exp(−1.702 z))": (Z / (1 + _FADING), (1 + _FADING + _STEEP * Z * _FADING) / (1 + _FADING) ** 2),
}

#: Each function by name, with the derivative that is claimed.
CLAIMS: Final = {**{name: (find(name).definition, claimed) for name, claimed in _CLAIMED.items()}, **_OTHERS}


def proved(function: Term, claimed: Term) -> Claim:
    """symnet's side: the claim, from lines that the kernel has just checked."""
    lines = Lines()
    line = lines.differentiate(lines.start(derivative(function, Z)))
    return lines.replayed(lines.discharge(lines.elementary(line, claimed))).claim


def decided(function: Any, claimed: Any) -> bool:
    """SymPy's side: whether it finds that the difference is zero."""
    clear_cache()
    return bool(sympy.simplify(sympy.diff(function, _Z) - claimed) == 0)


_Z: Final = sympy.Symbol("z", real=True)


def expression(term: Term) -> Any:
    """A scalar as a SymPy expression, in which z is real and a parameter positive."""

    def combine(node: Term, args: list[Any]) -> Any:
        match node.op:
            case "number":
                return sympy.Rational(node.value.numerator, node.value.denominator)
            case "constant":
                return sympy.pi
            case "symbol":
                return _Z if node == Z else sympy.Symbol(node.name.base, positive=True)
            case "sum":
                return sympy.Add(*args)
            case "multiply":
                return sympy.Mul(*args)
            case "divide":
                return args[0] / args[1]
            case "power":
                return args[0] ** node.value
        return getattr(sympy, node.name.base)(*args)

    return fold(term, combine)
