"""Mish in the form of the textbooks: h(z) = z tanh(ln(1 + eᶻ)) has h′(z) = eᶻ ω/δ².

    ω = 4 (z + 1) + 4 e²ᶻ + e³ᶻ + eᶻ (4z + 6),  δ = 2 eᶻ + e²ᶻ + 2

Source of the formula: D. Misra, *Mish: A Self Regularized Non-Monotonic Activation Function*, arXiv:1908.08681, §2.

>>> print(prove())  # doctest: +ELLIPSIS
d/dz (z tanh(ln(1 + e^z))) = e^z ω/δ²
  where ω = 4 (z + 1) + 4 e^(2 z) + e^(3 z) + e^z (4 z + 6)
        δ = 2 e^z + e^(2 z) + 2
proved: ... steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, apply, derivative, symbol

Z, OMEGA, DELTA = symbol("z"), symbol("omega"), symbol("delta")


def exp(u: Term) -> Term:
    """eᵘ"""
    return apply("exp", u)


MISH = Z * apply("tanh", apply("log", 1 + exp(Z)))
BODIES = (
    (OMEGA, 4 * (Z + 1) + 4 * exp(2 * Z) + exp(3 * Z) + exp(Z) * (4 * Z + 6)),
    (DELTA, 2 * exp(Z) + exp(2 * Z) + 2),
)


def prove() -> symnet.Replay:
    """h′(z) = eᶻ ω/δ²"""
    lines = Lines(BODIES)
    line = lines.differentiate(lines.start(derivative(MISH, Z)))
    bodies = dict(BODIES)
    line = lines.elementary(line, exp(Z) * bodies[OMEGA] / bodies[DELTA] ** 2)
    line = lines.fold(line, OMEGA, DELTA)
    return symnet.replay(lines.derivation(lines.discharge(line)))


if __name__ == "__main__":
    print(prove().plain())
