"""The rows that act on a whole vector: entry i of a function of z₁ … zₙ.

GLU halves its 2n inputs, as ``torch.nn.GLU`` does: u₁ … uₙ are the first half, v₁ … vₙ the second.
"""

from __future__ import annotations

from typing import Final

from symnet.activations.row import Activation
from symnet.term import Name, Term, apply, index, indexed_sum, symbol


def _entry(base: str, variable: str) -> Term:
    """z_i"""
    return symbol(Name(base, entry=(index(variable),)))


def _exp(argument: Term) -> Term:
    return apply("exp", argument)


def _total(body: Term) -> Term:
    """Σ of the body for k from 1 to n"""
    return indexed_sum("k", 1, index("n"), body)


_ZI, _ZK = _entry("z", "i"), _entry("z", "k")
_LAST = (("dim", -1),)

ROWS: Final = (
    Activation("softmax", "softmax", _exp(_ZI) / _total(_exp(_ZK)), "nn.Softmax", _LAST, vector=True),
    Activation("softmin", "softmin", _exp(-_ZI) / _total(_exp(-_ZK)), "nn.Softmin", _LAST, vector=True),
    Activation(
        "log_softmax",
        "logarithm of softmax",
        apply("log", _exp(_ZI) / _total(_exp(_ZK))),
        "nn.LogSoftmax",
        _LAST,
        vector=True,
    ),
    Activation(
        "glu", "gated linear unit", _entry("u", "i") * (1 / (1 + _exp(-_entry("v", "i")))), "nn.GLU", _LAST, vector=True
    ),
)
