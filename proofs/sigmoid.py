"""σ(z) = 1/(1 + e⁻ᶻ): σ′ = e⁻ᶻ/(1 + e⁻ᶻ)² = a (1 − a), which is at most 1/4.

:func:`prove` derives σ′ as :func:`symnet.derive` does. :func:`largest` shows 1/4 − a (1 − a) = (a − 1/2)² ≥ 0 for every
number a, and σ′(0) = 1/4, so that 1/4 is attained. :func:`values` shows 0 < σ(z) < 1, and that every y between 0 and 1
is a value: σ(ln(y/(1 − y))) = y. :func:`stable` is the form that does not overflow, one formula for either sign of z;
its derivative at 0 comes from both sides.

>>> print(largest())
1/4 − a (1 − a) = (a − 1/2)²
a (1 − a) ≤ 1/4
proved: 3 steps replayed by the kernel, no conditions, no hypotheses
"""

from fractions import Fraction

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, apply, cases, derivative, number, put, symbol

A, Y, Z = map(symbol, "ayz")
QUARTER = number(Fraction(1, 4))


def exp(u: Term) -> Term:
    """eᵘ"""
    return apply("exp", u)


def sigmoid(z: Term) -> Term:
    """1/(1 + e⁻ᶻ)"""
    return 1 / (1 + exp(-z))


def prove() -> symnet.Derived:
    """σ′ = e⁻ᶻ/(1 + e⁻ᶻ)² = a (1 − a)"""
    return symnet.derive("sigmoid", check=False)


def largest() -> symnet.Replay:
    """1/4 − a (1 − a) = (a − 1/2)² ≥ 0"""
    lines = Lines()
    square = lines.regroup(lines.start(QUARTER - A * (1 - A)), (A - Fraction(1, 2)) ** 2)
    return symnet.replay(lines.derivation(square, lines.write("sign", (square,))))


def at_zero() -> symnet.Replay:
    """σ(0) = 1/2 and σ′(0) = 1/4"""
    lines = Lines()
    value = lines.elementary(lines.start(sigmoid(number(0))), number(Fraction(1, 2)))
    slope = lines.differentiate(lines.start(derivative(sigmoid(Z), Z, number(0))))
    slope = lines.elementary(slope, QUARTER)
    return symnet.replay(lines.derivation(lines.discharge(value), lines.discharge(slope)))


def values() -> symnet.Replay:
    """0 < σ(z) < 1, and σ(ln(y/(1 − y))) = y for 0 < y < 1"""
    lines = Lines()
    above = lines.write("sign", (lines.start(sigmoid(Z)),))
    rest = lines.elementary(lines.start(1 - sigmoid(Z)), exp(-Z) / (1 + exp(-Z)))
    below = lines.write("sign", (rest,))
    preimage = lines.elementary(lines.start(sigmoid(apply("log", Y / (1 - Y)))), Y)
    bounds = [lines.write("suppose", (), (t,)) for t in (Y, 1 - Y)]
    goals = (lines.discharge(above), lines.discharge(below), lines.discharge(preimage, *bounds))
    return symnet.replay(lines.derivation(*goals))


def stable() -> symnet.Replay:
    """The form for floating point, 1/(1 + e⁻ᶻ) for z ≥ 0 and eᶻ/(1 + eᶻ) for z < 0, is σ, and so is its derivative."""
    function = cases((number(0), "<=", Z, sigmoid(Z)), otherwise=exp(Z) / (1 + exp(Z)))
    lines = Lines()
    above, below = (lines.choose(lines.start(function), function, arm) for arm in (0, 1))
    same = lines.write("split", (above, lines.elementary(below, sigmoid(Z))), (Z, -Z))
    slopes = [_one_sided(lines, function, line, side) for line, side in ((below, "left"), (above, "right"))]
    both = lines.write("both_sides", slopes)
    return symnet.replay(lines.derivation(lines.discharge(same), lines.discharge(both)))


def _one_sided(lines: Lines, function: Term, line: int, side: str) -> int:
    """The derivative at 0 from one side is 1/4."""
    zero = number(0)
    value = lines.start(put(function, Z, zero))
    value = lines.choose(value, lines.rhs(value), 0)
    value = lines.elementary(value, put(lines.rhs(line), Z, zero))
    found = lines.write("one_sided", (lines.discharge(line), value), (derivative(function, Z, zero, side),))
    return lines.elementary(lines.differentiate(found), QUARTER)


if __name__ == "__main__":
    for theorem in (prove, largest, at_zero, values, stable):
        print(theorem().plain())
