"""The rows with cases. Where two branches meet, the branch is the one that torch takes.

Sources: the definitions in the documentation of ``torch.nn``, and for the names and letters: Clevert et al.,
arXiv:1511.07289 (ELU); Klambauer et al., arXiv:1706.02515 (SELU, with its two constants); Barron, arXiv:1704.07483
(CELU); Howard et al., arXiv:1905.02244 (Hardswish); Xu et al., arXiv:1505.00853 (RReLU).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symnet.activations.row import Activation, Parameter, Z
from symnet.term import Condition, Name, Term, apply, cases, number, symbol

_ZERO, _ONE = number(0), number(1)
_ALPHA, _LAMBDA = symbol("alpha"), symbol("lambda")
_LEFT, _RIGHT = (symbol(Name("alpha", entry=(i,))) for i in (1, 2))
_MIN, _MAX = symbol("m"), symbol("M")
_THETA, _VALUE = symbol("theta"), symbol("c")


def _positive(term: Term) -> Condition:
    return Condition(term, ">")


def _relu(slope: Term) -> Term:
    """z for z ≥ 0, and a multiple of z below."""
    return cases((_ZERO, "<=", Z, Z), otherwise=slope * Z)


def _exponential(argument: Term) -> Term:
    """α (e^u − 1)"""
    return _ALPHA * (apply("exp", argument) - 1)


def _shrink(below: Term, above: Term) -> Term:
    """0 on [−λ, λ], and something else on either side."""
    return cases((Z, "<", -_LAMBDA, below), (_LAMBDA, "<", Z, above), otherwise=_ZERO)


_SLOPE = (_positive(_ALPHA), _positive(1 - _ALPHA))
_SHRINKS_BY = Parameter(_LAMBDA, Fraction(1, 2), "lambd", (_positive(_LAMBDA),))

ROWS: Final = (
    # The value at the jump is 1, as in the sources' code (`zhat >= 0`); one of their displays has 0.
    Activation(
        "step",
        "Heaviside step function",
        cases((_ZERO, "<=", Z, _ONE), otherwise=_ZERO),
        "heaviside",
        (("values", 1),),
        jumps=(_ZERO,),
        autograd="torch.heaviside has no autograd.",
    ),
    Activation(
        "sign",
        "sign function",
        cases((Z, "<", _ZERO, number(-1)), (_ZERO, "<", Z, _ONE), otherwise=_ZERO),
        "sign",
        jumps=(_ZERO,),
        autograd="At 0, where the function jumps, autograd says 0 by convention.",
    ),
    Activation(
        "relu",
        "rectified linear unit",
        cases((_ZERO, "<=", Z, Z), otherwise=_ZERO),
        "nn.ReLU",
        lipschitz=Fraction(1),
        autograd="At 0, where there is no derivative, autograd says 0 by convention.",
    ),
    Activation(
        "relu6",
        "rectified linear unit up to 6",
        cases((Z, "<=", _ZERO, _ZERO), (number(6), "<=", Z, number(6)), otherwise=Z),
        "nn.ReLU6",
        lipschitz=Fraction(1),
        autograd="At 0 and 6, where there is no derivative, autograd says 0 by convention.",
    ),
    Activation(
        "leaky_relu",
        "leaky rectified linear unit",
        _relu(_ALPHA),
        "nn.LeakyReLU",
        parameters=(Parameter(_ALPHA, Fraction(1, 100), "negative_slope", _SLOPE),),
        lipschitz=Fraction(1),
        autograd="At 0, where there is no derivative, autograd says α by convention.",
    ),
    Activation(
        "prelu",
        "parametric rectified linear unit",
        _relu(_ALPHA),
        "nn.PReLU",
        (("dtype", "float64"),),  # the slope is learnt; without this it is a float32
        parameters=(Parameter(_ALPHA, Fraction(1, 4), "init"),),
        lipschitz=Fraction(1),
        autograd="At 0, where there is no derivative unless α = 1, autograd says α by convention.",
    ),
    # In training the slope is drawn between the two numbers; in evaluation it is their mean.
    Activation(
        "rrelu",
        "randomized leaky rectified linear unit, in evaluation",
        _relu((_LEFT + _RIGHT) / 2),
        "nn.RReLU",
        parameters=(
            Parameter(_LEFT, Fraction(1, 8), "lower", (_positive(_LEFT), Condition(_RIGHT - _LEFT, ">="))),
            Parameter(_RIGHT, Fraction(1, 3), "upper", (_positive(1 - _RIGHT),)),
        ),
        lipschitz=Fraction(1),
        autograd="At 0, where there is no derivative, autograd says (α₁ + α₂)/2 by convention.",
    ),
    Activation(
        "elu",
        "exponential linear unit",
        cases((_ZERO, "<", Z, Z), otherwise=_exponential(Z)),
        "nn.ELU",
        parameters=(Parameter(_ALPHA, Fraction(1), "alpha", (_positive(_ALPHA),)),),
        lipschitz=Fraction(1),
        autograd="At 0, where there is no derivative unless α = 1, autograd says α by convention.",
    ),
    Activation(
        "celu",
        "continuously differentiable exponential linear unit",
        cases((_ZERO, "<", Z, Z), otherwise=_exponential(Z / _ALPHA)),
        "nn.CELU",
        parameters=(Parameter(_ALPHA, Fraction(1), "alpha", (_positive(_ALPHA),)),),
        lipschitz=Fraction(1),
    ),
    # λ and α are no arguments in torch; the decimals are those of its documentation and its source.
    Activation(
        "selu",
        "scaled exponential linear unit",
        cases((_ZERO, "<", Z, _LAMBDA * Z), otherwise=_LAMBDA * _exponential(Z)),
        "nn.SELU",
        parameters=(
            Parameter(_LAMBDA, Fraction("1.0507009873554804934193349852946"), "", (_positive(_LAMBDA),)),
            Parameter(_ALPHA, Fraction("1.6732632423543772848170429916717"), "", (_positive(_ALPHA),)),
        ),
        lipschitz=Fraction("1.0507009873554804934193349852946") * Fraction("1.6732632423543772848170429916717"),
        autograd="At 0, where there is no derivative unless α = 1, autograd says λα by convention.",
    ),
    # Torch has no defaults for these two; the numbers are those of the example in its documentation.
    Activation(
        "threshold",
        "threshold",
        cases((_THETA, "<", Z, Z), otherwise=_VALUE),
        "nn.Threshold",
        parameters=(
            Parameter(_THETA, Fraction(0), "threshold"),
            Parameter(_VALUE, Fraction(1, 2), "value", (Condition(_VALUE - _THETA),)),
        ),
        jumps=(_THETA,),
        autograd="At θ, where the function jumps, autograd says 0 by convention.",
    ),
    Activation(
        "hardtanh",
        "hard hyperbolic tangent",
        cases((Z, "<=", _MIN, _MIN), (_MAX, "<=", Z, _MAX), otherwise=Z),
        "nn.Hardtanh",
        parameters=(
            Parameter(_MIN, Fraction(-1), "min_val"),
            Parameter(_MAX, Fraction(1), "max_val", (_positive(_MAX - _MIN),)),
        ),
        lipschitz=Fraction(1),
        autograd="At m and M, where there is no derivative, autograd says 0 by convention.",
    ),
    Activation(
        "hardsigmoid",
        "hard sigmoid",
        cases((Z, "<=", number(-3), _ZERO), (number(3), "<=", Z, _ONE), otherwise=(Z + 3) / 6),
        "nn.Hardsigmoid",
        lipschitz=Fraction(1, 6),
        autograd=(
            "At −3 and 3, where there is no derivative, autograd says 0 by convention; in between it says 1/6 as a "
            "float32, which is off by 5.0e−9."
        ),
    ),
    Activation(
        "hardswish",
        "hard swish",
        cases((Z, "<=", number(-3), _ZERO), (number(3), "<=", Z, Z), otherwise=Z * (Z + 3) / 6),
        "nn.Hardswish",
        lipschitz=Fraction(3, 2),
        autograd="At −3 and 3, where there is no derivative, autograd says 0 and 1 by convention.",
    ),
    # Torch takes λ = 0 as well; then nothing is shrunk and nothing jumps.
    Activation(
        "hardshrink",
        "hard shrinkage",
        _shrink(Z, Z),
        "nn.Hardshrink",
        parameters=(_SHRINKS_BY,),
        jumps=(-_LAMBDA, _LAMBDA),
        autograd="At −λ and λ, where the function jumps, autograd says 0 by convention.",
    ),
    Activation(
        "softshrink",
        "soft shrinkage",
        _shrink(Z + _LAMBDA, Z - _LAMBDA),
        "nn.Softshrink",
        parameters=(_SHRINKS_BY,),
        lipschitz=Fraction(1),
        autograd="At −λ and λ, where there is no derivative, autograd says 0 by convention.",
    ),
    Activation(
        "softsign",
        "softsign",
        Z / (1 + cases((_ZERO, "<=", Z, Z), otherwise=-Z)),
        "nn.Softsign",
        lipschitz=Fraction(1),
    ),
)
