"""Near 0, tanh z is close to z, and σ(z) to 1/2 + z/4. For z > 0,

    0 ≤ z − tanh z ≤ z³/3  and  0 ≤ 1/2 + z/4 − σ(z) ≤ z³/48.

Since tanh(−z) = −tanh z and σ(−z) = 1 − σ(z), the error is at most |z|³/3 and |z|³/48 for every z. The function z is
linear; 1/2 + z/4 is affine, and not linear.

The proof differentiates the error. (z − tanh z)′ = tanh² z ≥ 0, so z − tanh z does not fall below its value at 0, which
is 0. (z³/3 − (z − tanh z))′ = (z − tanh z) (z + tanh z), which is not negative for that reason, so the same holds for
z³/3 − (z − tanh z). And 1/2 + z/4 − σ(z) = (z/2 − tanh(z/2))/2.

>>> print(sigmoid())  # doctest: +ELLIPSIS
1/2 + z/4 ≥ 1/(1 + e^(−z)) if z > 0
z³/48 ≥ 1/2 + z/4 − 1/(1 + e^(−z)) if z > 0
1/(1 + e^(−(−z))) = 1 − 1/(1 + e^(−z))
proved: ... steps replayed by the kernel, 1 condition, no hypotheses
"""

from fractions import Fraction

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, apply, derivative, number, put, symbol

Z, ZERO = symbol("z"), number(0)
TANH = apply("tanh", Z)
SIGMOID = 1 / (1 + apply("exp", -Z))
#: The two errors for z > 0.
OF_TANH = Z - TANH
OF_SIGMOID = number(Fraction(1, 2)) + Z / 4 - SIGMOID


def tanh() -> symnet.Replay:
    """0 ≤ z − tanh z ≤ z³/3 for z > 0, and tanh(−z) = −tanh z."""
    lines = Lines()
    odd = lines.elementary(lines.start(put(TANH, Z, -Z)), -TANH)
    return symnet.replay(lines.derivation(*_bounds(lines), odd))


def sigmoid() -> symnet.Replay:
    """0 ≤ 1/2 + z/4 − σ(z) ≤ z³/48 for z > 0, and σ(−z) = 1 − σ(z)."""
    lines = Lines()
    positive = lines.write("suppose", (), (Z,))
    goals = []
    for line, target in zip(_bounds(lines), (OF_SIGMOID, Z**3 / 48 - OF_SIGMOID), strict=True):
        halved = lines.write("instantiate", (line,), (Z, Z / 2))
        same = lines.elementary(lines.start(target), lines.rhs(halved) / 2)
        goals.append(lines.discharge(lines.write("sign", (same, halved)), positive))
    odd = lines.elementary(lines.start(put(SIGMOID, Z, -Z)), 1 - SIGMOID)
    return symnet.replay(lines.derivation(*goals, lines.discharge(odd)))


def _bounds(lines: Lines) -> tuple[int, int]:
    """z − tanh z ≥ 0 and z³/3 − (z − tanh z) ≥ 0 for z > 0."""
    slope = _derived(lines, OF_TANH, TANH**2)
    below = _from_zero(lines, lines.discharge(lines.write("sign", (slope,))), OF_TANH)
    product = OF_TANH * (Z + TANH)
    slope = _derived(lines, Z**3 / 3 - OF_TANH, product)
    right = lines.write("sign", (slope, below))
    mirrored = lines.write("instantiate", (below,), (Z, -Z))
    left = lines.write("sign", (lines.elementary(slope, put(product, Z, -Z)), mirrored))
    between = lines.write("sign", (lines.substitute(slope, lines.write("assume", (), (Z, ZERO))),))
    everywhere = lines.write("split", (right, left, between), (Z, -Z))
    return below, _from_zero(lines, everywhere, Z**3 / 3 - OF_TANH)


def _derived(lines: Lines, function: Term, slope: Term) -> int:
    return lines.elementary(lines.differentiate(lines.start(derivative(function, Z))), slope)


def _from_zero(lines: Lines, line: int, function: Term) -> int:
    """A function that is 0 at 0, and whose derivative is not negative, is not negative for z > 0."""
    grown = lines.write("mean_value", (line,), (ZERO, Z))
    return lines.discharge(lines.elementary(grown, function))


if __name__ == "__main__":
    for theorem in (tanh, sigmoid):
        print(theorem().plain())
