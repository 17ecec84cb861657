"""The rows without cases.

Sources: the definitions in the documentation of ``torch.nn``; Hendrycks, Gimpel, arXiv:1606.08415 (GELU and its form
with tanh); Misra, arXiv:1908.08681 (Mish); Barron, arXiv:2112.11687 (squareplus); Carlile et al., arXiv:1710.09967
(ISRU). For squareplus b = 4 is the default of ``jax.nn.squareplus``, and for ISRU α = 1: torch has neither.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symnet.activations.row import Activation, Parameter, Z
from symnet.term import Condition, Term, apply, cases, constant, multiply, number, symbol

_ALPHA, _BETA, _B = symbol("alpha"), symbol("beta"), symbol("b")
_HALF = number(Fraction(1, 2))


def _exp(argument: Term) -> Term:
    return apply("exp", argument)


def _log(argument: Term) -> Term:
    return apply("log", argument)


def _sqrt(argument: Term) -> Term:
    return apply("sqrt", argument)


def _positive(term: Term) -> tuple[Condition, ...]:
    return (Condition(term, ">"),)


def _gelu(inner: Term) -> Term:
    """½ z (1 + inner)"""
    return multiply([_HALF, Z, 1 + inner])


_SOFTPLUS = _log(1 + _exp(_BETA * Z)) / _BETA
_CUBIC = Z + number(Fraction("0.044715")) * Z**3

ROWS: Final = (
    Activation(
        "sigmoid",
        "logistic sigmoid",
        1 / (1 + _exp(-Z)),
        "nn.Sigmoid",
        lipschitz=Fraction(1, 4),
        autograd="From z = 37 on a rounds to 1 and autograd says 0; at 40 the derivative is 4.2e−18.",
    ),
    Activation(
        "logsigmoid",
        "logarithm of the sigmoid",
        _log(1 / (1 + _exp(-Z))),
        "nn.LogSigmoid",
        lipschitz=Fraction(1),
    ),
    Activation(
        "tanh",
        "hyperbolic tangent",
        (_exp(Z) - _exp(-Z)) / (_exp(Z) + _exp(-Z)),
        "nn.Tanh",
        lipschitz=Fraction(1),
        autograd="From |z| = 20 on a rounds to ±1 and autograd says 0; at 20 the derivative is 1.7e−17.",
    ),
    Activation(
        "tanhshrink",
        "tanh shrinkage",
        Z - apply("tanh", Z),
        "nn.Tanhshrink",
        lipschitz=Fraction(1),
        autograd="Near 0 the derivative tanh² z is lost to rounding: at 1e−9 autograd says 0, not 1e−18.",
    ),
    Activation(
        "softplus",
        "softplus",
        _SOFTPLUS,
        "nn.Softplus",
        (("threshold", 20),),
        parameters=(Parameter(_BETA, Fraction(1), "beta", _positive(_BETA)),),
        lipschitz=Fraction(1),
        approximates="Where βz > 20 torch returns z, which is less than log(1 + e^{βz})/β by up to 2.1e−9/β.",
        computed=cases((number(20), "<", _BETA * Z, Z), otherwise=_SOFTPLUS),
        autograd="Where βz > 20 autograd says 1; the derivative is less by up to 2.1e−9.",
    ),
    Activation(
        "squareplus",
        "squareplus",
        (Z + _sqrt(Z**2 + _B)) / 2,
        "",
        parameters=(Parameter(_B, Fraction(4), "", _positive(_B)),),
        lipschitz=Fraction(1),
        autograd="Far left the derivative is lost to rounding: at −1e8 autograd says 2.8e−17, not 1e−16.",
    ),
    Activation("silu", "sigmoid linear unit", Z / (1 + _exp(-Z)), "nn.SiLU", lipschitz=Fraction("1.1")),
    Activation("mish", "Mish", Z * apply("tanh", _log(1 + _exp(Z))), "nn.Mish", lipschitz=Fraction("1.089")),
    Activation(
        "gelu",
        "Gaussian error linear unit",
        _gelu(apply("erf", Z / _sqrt(number(2)))),
        "nn.GELU",
        lipschitz=Fraction("1.129"),
        autograd="Far left the derivative is lost to rounding: at −9 autograd says −9.25e−18, not −9.14e−18.",
    ),
    Activation(
        "gelu_tanh",
        "Gaussian error linear unit, in the form with tanh",
        _gelu(apply("tanh", _sqrt(2 / constant("pi")) * _CUBIC)),
        "nn.GELU",
        (("approximate", "tanh"),),
        lipschitz=Fraction("1.13"),
        autograd="Far left the derivative is lost to rounding: at −8 autograd says 0, not −4.7e−20.",
    ),
    Activation("gaussian", "Gaussian", _exp(-(Z**2)), "", lipschitz=Fraction("0.858")),
    Activation("sine", "sine", apply("sin", Z), "sin", lipschitz=Fraction(1)),
    Activation("arctan", "arctangent", apply("atan", Z), "atan", lipschitz=Fraction(1)),
    Activation("exponential", "exponential", _exp(Z), "exp"),
    Activation("bent_identity", "bent identity", (_sqrt(Z**2 + 1) - 1) / 2 + Z, "", lipschitz=Fraction(3, 2)),
    Activation(
        "isru",
        "inverse square root unit",
        Z / _sqrt(1 + _ALPHA * Z**2),
        "",
        parameters=(Parameter(_ALPHA, Fraction(1), "", _positive(_ALPHA)),),
        lipschitz=Fraction(1),
        autograd="Far out the derivative is lost to rounding: at 1e8 autograd says 0, not 1e−24.",
    ),
)
