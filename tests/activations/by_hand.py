"""Every scalar row written by hand, without the table: in numbers of any kind, and in torch.

The functions of numbers take a Fraction where they are rational, and a number of mpmath in any case. Parameters have
their defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import torch
from torch.nn import functional

MP = mpmath.mp.clone()
MP.prec = 2000

RATIONAL: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "step": lambda z: z * 0 + int(z >= 0),
    "sign": lambda z: z * 0 + (z > 0) - (z < 0),
    "relu": lambda z: max(z, 0 * z),
    "relu6": lambda z: min(max(z, 0 * z), 0 * z + 6),
    "leaky_relu": lambda z: z if z >= 0 else z / 100,
    "prelu": lambda z: z if z >= 0 else z / 4,
    "rrelu": lambda z: z if z >= 0 else z * 11 / 48,
    "threshold": lambda z: z if z > 0 else (0 * z + 1) / 2,
    "hardtanh": lambda z: min(max(z, 0 * z - 1), 0 * z + 1),
    "hardsigmoid": lambda z: min(max(z + 3, 0 * z), 0 * z + 6) / 6,
    "hardswish": lambda z: z * min(max(z + 3, 0 * z), 0 * z + 6) / 6,
    "hardshrink": lambda z: z if 2 * abs(z) > 1 else 0 * z,
    "softshrink": lambda z: 0 * z if 2 * abs(z) <= 1 else z - (0 * z + 1) / 2 if z > 0 else z + (0 * z + 1) / 2,
    "softsign": lambda z: z / (1 + abs(z)),
}

ALPHA = MP.mpf("1.6732632423543772848170429916717")
SCALE = MP.mpf("1.0507009873554804934193349852946")


def sigmoid(z: Any) -> Any:
    return 1 / (1 + MP.exp(-z))


def softplus(z: Any) -> Any:
    return MP.log1p(MP.exp(z))


SMOOTH: dict[str, Callable[[Any], Any]] = {
    "elu": lambda z: z if z > 0 else MP.expm1(z),
    "celu": lambda z: z if z > 0 else MP.expm1(z),
    "selu": lambda z: SCALE * z if z > 0 else SCALE * ALPHA * MP.expm1(z),
    "sigmoid": sigmoid,
    "logsigmoid": lambda z: -softplus(-z),
    "tanh": MP.tanh,
    "tanhshrink": lambda z: z - MP.tanh(z),
    "softplus": softplus,
    "squareplus": lambda z: (z + MP.hypot(z, 2)) / 2,
    "silu": lambda z: z * sigmoid(z),
    "mish": lambda z: z * MP.tanh(softplus(z)),
    "gelu": lambda z: z * MP.erfc(-z / MP.sqrt(2)) / 2,
    "gelu_tanh": lambda z: z * sigmoid(2 * MP.sqrt(2 / MP.pi) * (z + 44715 * z**3 / MP.mpf(10) ** 6)),
    "gaussian": lambda z: MP.exp(-z * z),
    "sine": MP.sin,
    "arctan": MP.atan,
    "exponential": MP.exp,
    "bent_identity": lambda z: z + (MP.hypot(z, 1) - 1) / 2,
    "isru": lambda z: z / MP.hypot(z, 1),
}

PRECISE = {**RATIONAL, **SMOOTH}

ONE = torch.ones((), dtype=torch.float64)
TORCH: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "step": lambda z: torch.heaviside(z, ONE),
    "sign": torch.sign,
    "relu": functional.relu,
    "relu6": functional.relu6,
    "leaky_relu": functional.leaky_relu,
    "prelu": lambda z: functional.prelu(z, ONE / 4),
    "rrelu": lambda z: functional.rrelu(z, training=False),
    "threshold": lambda z: functional.threshold(z, 0, 0.5),
    "hardtanh": functional.hardtanh,
    "hardsigmoid": functional.hardsigmoid,
    "hardswish": functional.hardswish,
    "hardshrink": functional.hardshrink,
    "softshrink": functional.softshrink,
    "softsign": functional.softsign,
    "elu": functional.elu,
    "celu": functional.celu,
    "selu": functional.selu,
    "sigmoid": torch.sigmoid,
    "logsigmoid": functional.logsigmoid,
    "tanh": torch.tanh,
    "tanhshrink": functional.tanhshrink,
    "softplus": functional.softplus,
    "squareplus": lambda z: (z + torch.sqrt(z * z + 4)) / 2,
    "silu": functional.silu,
    "mish": functional.mish,
    "gelu": functional.gelu,
    "gelu_tanh": lambda z: functional.gelu(z, approximate="tanh"),
    "gaussian": lambda z: torch.exp(-z * z),
    "sine": torch.sin,
    "arctan": torch.atan,
    "exponential": torch.exp,
    "bent_identity": lambda z: (torch.sqrt(z * z + 1) - 1) / 2 + z,
    "isru": lambda z: z * torch.rsqrt(1 + z * z),
}
VECTOR: dict[str, Callable[[Any], Any]] = {
    "softmax": lambda z: functional.softmax(z, -1),
    "softmin": lambda z: functional.softmin(z, -1),
    "log_softmax": lambda z: functional.log_softmax(z, -1),
    "glu": functional.glu,
}


def precisely(number: Any) -> Any:
    """A float or Fraction as a number of mpmath, exactly or rounded to 2,000 bits."""
    numerator, denominator = number.as_integer_ratio()
    return MP.mpf(numerator) / denominator
