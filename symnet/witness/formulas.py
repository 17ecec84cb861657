"""What torch computes for its own activation modules and for their gradients, where it is not what the row says.

Each formula is the one in torch's source (``aten/src/ATen/native/cpu/Activation.cpp`` for float64, and
``derivatives.yaml``), written in z and the row's parameters with the operations as torch does them, so that a rounding
bound can be read off. ``sigmoid``, ``log1p``, ``expm1`` and ``tanh_softplus`` are functions of torch's library.

Where a module has no entry, its function is taken to be the row's definition and its gradient the reverse accumulation
of that; the bound then also has room for the library's own way to compute the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from symnet.activations import Activation, Z
from symnet.term import Term, apply, cases, constant, multiply, number, symbol


class Formula(NamedTuple):
    """h and h′ as torch computes them, in the variable z of the table and the row's parameters.

    ``note`` says where torch's formula for h′ is not the derivative of its formula for h, not even without rounding.
    """

    function: Term
    gradient: Term
    note: str = ""


_ZERO, _ONE, _HALF = number(0), number(1), number(Fraction(1, 2))
_ALPHA, _BETA, _LAMBDA = symbol("alpha"), symbol("beta"), symbol("lambda")

Builder = Callable[[Activation, Mapping[Term, Fraction]], Formula]


def formula_of(row: Activation, values: Mapping[Term, Fraction]) -> Formula | None:
    """Torch's formulas for a row with numbers for its parameters, if they are stated here.

    >>> from symnet.activations import find
    >>> formula_of(find("tanh"), {}).gradient
    sum(number(1), multiply(number(-1), power(apply(z, tanh), 2)))
    >>> formula_of(find("sine"), {}) is None
    True
    """
    arguments = dict(row.torch_arguments)
    build = _FORMULAS.get((row.torch, str(arguments.get("approximate", ""))))
    return build(row, values) if build else None


def _of(name: str, argument: Term = Z) -> Term:
    return apply(name, argument)


def _sigmoid(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    a = _of("sigmoid")
    return Formula(a, (1 - a) * a)


def _tanh(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    a = _of("tanh")
    return Formula(a, 1 - a**2)


def _log_sigmoid(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    """min(z, 0) − log1p(b) with b = e^−|z|, and m − s b/(1 + b) with (m, s) = (1, 1) for z < 0, else (0, −1)."""
    b = _of("exp", cases((Z, "<", _ZERO, Z), otherwise=-Z))
    ratio = b / (1 + b)
    return Formula(
        cases((Z, "<", _ZERO, Z), otherwise=_ZERO) - _of("log1p", b),
        cases((Z, "<", _ZERO, 1 - ratio), otherwise=ratio),
    )


def _softplus(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    threshold = number(Fraction(dict(row.torch_arguments).get("threshold", 20)))
    e = _of("exp", Z * _BETA)
    return Formula(
        cases((threshold, "<", Z * _BETA, Z), otherwise=_of("log1p", e) / _BETA),
        cases((threshold, "<", Z * _BETA, _ONE), otherwise=e / (e + 1)),
    )


def _silu(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    s = _of("sigmoid")
    return Formula(Z * s, s * (1 + Z * (1 - s)))


def _mish(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    t = _of("tanh_softplus")
    return Formula(Z * t, t + multiply([Z, _of("sigmoid"), 1 - t**2]))


def _gelu(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    cdf = _HALF * (1 + _of("erf", Z * _of("sqrt", _HALF)))
    pdf = _of("sqrt", 1 / (2 * constant("pi"))) * _of("exp", multiply([Z, Z, number(Fraction(-1, 2))]))
    return Formula(Z * cdf, cdf + Z * pdf)


def _gelu_tanh(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    beta, kappa = _of("sqrt", 2 / constant("pi")), number(Fraction("0.044715"))
    t = _of("tanh", beta * (Z + kappa * Z**3))
    inner = beta * (1 + multiply([number(3), kappa, Z**2]))
    half = _HALF * Z
    return Formula(half * (1 + t), _HALF * (1 + t) + multiply([half, 1 - t**2, inner]))


def _elu(negative: Term, positive: Term, scale: Term, gradient_scale: Term, note: str = "") -> Formula:
    """(e^(sz) − 1) n for z ≤ 0 and p z above, as all three of torch's exponential units are.

    Some versions of torch have expm1 for e^(sz) − 1; the bound of the difference is wider.
    """
    return Formula(
        cases((Z, "<=", _ZERO, (_of("exp", Z * scale) - 1) * negative), otherwise=Z * positive),
        cases(
            (Z, "<=", _ZERO, multiply([gradient_scale, negative, _of("exp", Z * gradient_scale)])), otherwise=positive
        ),
        note,
    )


def _celu(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    """The gradient rounds α to float32: ``1.0/alpha.toFloat()``."""
    rounded = number(1 / _as_float32(values[_ALPHA]))
    note = "For the gradient torch rounds α to float32."
    return _elu(_ALPHA, _ONE, _ONE / _ALPHA, rounded, note if rounded.value != 1 / values[_ALPHA] else "")


def _hard_sigmoid(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    """The gradient is the float32 nearest to 1/6: ``one_sixth(1.0f / 6.0f)``."""
    low, high = (Z, "<=", number(-3)), (number(3), "<=", Z)
    return Formula(
        cases((*low, _ZERO), (*high, _ONE), otherwise=(Z + 3) / 6),
        cases((*low, _ZERO), (*high, _ZERO), otherwise=number(_as_float32(Fraction(1, 6)))),
        "For the gradient torch rounds 1/6 to float32.",
    )


def _hard_swish(row: Activation, values: Mapping[Term, Fraction]) -> Formula:
    """z · min(max(z + 3, 0), 6)/6, which above 3 need not be z, and z/3 + 1/2 in the middle."""
    low, high = (Z, "<=", number(-3)), (number(3), "<=", Z)
    return Formula(
        Z * cases((*low, _ZERO), (*high, number(6)), otherwise=Z + 3) / 6,
        cases((*low, _ZERO), (*high, _ONE), otherwise=Z / 3 + _HALF),
    )


def _as_float32(value: Fraction) -> Fraction:
    return Fraction(float(np.float32(float(value))))


#: By the name of the module, and by its form where it has two.
_FORMULAS: Final[dict[tuple[str, str], Builder]] = {
    ("nn.Sigmoid", ""): _sigmoid,
    ("nn.Tanh", ""): _tanh,
    ("nn.LogSigmoid", ""): _log_sigmoid,
    ("nn.Softplus", ""): _softplus,
    ("nn.SiLU", ""): _silu,
    ("nn.Mish", ""): _mish,
    ("nn.GELU", ""): _gelu,
    ("nn.GELU", "tanh"): _gelu_tanh,
    ("nn.ELU", ""): lambda row, values: _elu(_ALPHA, _ONE, _ONE, _ONE),
    ("nn.SELU", ""): lambda row, values: _elu(_ALPHA * _LAMBDA, _LAMBDA, _ONE, _ONE),
    ("nn.CELU", ""): _celu,
    ("nn.Hardsigmoid", ""): _hard_sigmoid,
    ("nn.Hardswish", ""): _hard_swish,
}
