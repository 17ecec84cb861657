"""tanh z = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ): tanh′ = 1 − a², and three ways to write it.

    tanh z = (1 − e⁻²ᶻ)/(1 + e⁻²ᶻ) = 2 σ(2z) − 1,  tanh(−z) = −tanh z

>>> print(same())
(e^z − e^(−z))/(e^z + e^(−z)) = (1 − e^(−2 z))/(1 + e^(−2 z))
(e^z − e^(−z))/(e^z + e^(−z)) = 2 (1/(1 + e^(−2 z))) − 1
(e^z − e^(−z))/(e^z + e^(−z)) = tanh z
(e^(−z) − e^(−(−z)))/(e^(−z) + e^(−(−z))) = −(e^z − e^(−z))/(e^z + e^(−z))
proved: 12 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, apply, derivative, put, symbol

A, Z = symbol("a"), symbol("z")


def exp(u: Term) -> Term:
    """eᵘ"""
    return apply("exp", u)


#: The definition, and other ways to write it.
TANH = (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z))
BY_ONE = (1 - exp(-2 * Z)) / (1 + exp(-2 * Z))
BY_SIGMOID = 2 * (1 / (1 + exp(-(2 * Z)))) - 1


def prove() -> symnet.Derived:
    """tanh′ = 4/(eᶻ + e⁻ᶻ)² = 1 − a²"""
    return symnet.derive("tanh", check=False)


def same() -> symnet.Replay:
    """The three forms agree, and the function is odd."""
    lines = Lines()
    forms = [lines.elementary(lines.start(TANH), form) for form in (BY_ONE, BY_SIGMOID, apply("tanh", Z))]
    odd = lines.elementary(lines.start(put(TANH, Z, -Z)), -TANH)
    return symnet.replay(lines.derivation(*map(lines.discharge, (*forms, odd))))


def values() -> symnet.Replay:
    """−1 < tanh z < 1, and 0 < tanh′ ≤ 1 with 1 attained at 0."""
    lines = Lines()
    doubled = exp(Z) + exp(-Z)
    bounds = [
        lines.write("sign", (lines.elementary(lines.start(term), target),))
        for term, target in ((1 + TANH, 2 * exp(Z) / doubled), (1 - TANH, 2 * exp(-Z) / doubled))
    ]
    slope = lines.differentiate(lines.start(derivative(TANH, Z)))
    slope = lines.elementary(slope, 4 / doubled**2)
    grows = lines.write("sign", (slope,))
    rest = lines.substitute(lines.start(1 - derivative(TANH, Z)), slope)
    least = lines.write("sign", (lines.elementary(rest, TANH**2),))
    return symnet.replay(lines.derivation(*map(lines.discharge, (*bounds, grows, least))))


if __name__ == "__main__":
    for theorem in (prove, same, values):
        print(theorem().plain())
