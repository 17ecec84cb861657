"""Where the slope of an activation is 0, gradient descent changes nothing.

The step has the slope 0 off 0, and none at 0: for t > 0 the difference quotient to the left of 0 is 1/t, which grows
without bound as t shrinks (:func:`jump`). ReLU has the slope 0 for negative inputs. :func:`unchanged` takes a unit
a = h(w x + b) into the loss L = (v a + c − y)² and shows, for either h and wherever its slope is 0, that a step of
gradient descent leaves w and b as they are, for every rate η. :func:`passes` shows that ReLU passes the gradient on
unchanged where it is active.

That is about one sample (x, y). A ReLU unit whose input is negative for every sample is not updated any more.

>>> print(prove())  # doctest: +ELLIPSIS
a′ = 0 if z < 0
a′ = 0 if z > 0
...
>>> print(jump())
(({1 if 0 ≤ 0; 0 otherwise}) − ({1 if −t ≥ 0; 0 otherwise}))/t = 1/t if t > 0
proved: 6 steps replayed by the kernel, 1 condition, no hypotheses
"""

from collections.abc import Callable

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, cases, derivative, number, symbol

A, B, C, G, L, T, U, V, W, X, Y, Z = map(symbol, "abcgLtuvwxyz")
ETA = symbol("eta")
ZERO, ONE = number(0), number(1)
#: The input of the unit and the loss.
INNER, LOSS = W * X + B, (V * A + C - Y) ** 2


def step(z: Term) -> Term:
    """1 where 0 ≤ z, and 0 elsewhere"""
    return cases((ZERO, "<=", z, ONE), otherwise=ZERO)


def relu(z: Term) -> Term:
    """z where 0 ≤ z, and 0 elsewhere"""
    return cases((ZERO, "<=", z, z), otherwise=ZERO)


def prove() -> symnet.Derived:
    """The derivative of the step on both sides of 0."""
    return symnet.derive("step", check=False)


def jump() -> symnet.Replay:
    """(step(0) − step(−t))/t = 1/t for t > 0: the slope at 0 from the left is infinite."""
    lines = Lines()
    line = lines.start((step(ZERO) - step(-T)) / T)
    line = lines.choose(lines.choose(line, step(ZERO), 0), step(-T), 1)
    positive = lines.write("suppose", (), (T,))
    return symnet.replay(lines.derivation(lines.discharge(lines.regroup(line, 1 / T), positive)))


def unchanged(h: Callable[[Term], Term], arm: int) -> symnet.Replay:
    """w − η ∂L/∂w = w and b − η ∂L/∂b = b, where the unit is on an arm of h with the slope 0."""
    lines = Lines([(Z, INNER), (A, h(Z)), (L, LOSS)])
    goals = []
    for weight in (W, B):
        line = _spelt_out(lines, lines.start(weight - ETA * derivative(L, weight)))
        line = lines.choose(line, h(INNER), arm)
        goals.append(lines.discharge(lines.regroup(lines.differentiate(line), weight)))
    return symnet.replay(lines.derivation(*goals))


def passes() -> symnet.Replay:
    """For ReLU where z > 0: ∂L/∂w = g x and ∂L/∂b = g, where g = 2 (v a + c − y) v is the derivative of L in a."""
    lines = Lines([(Z, INNER), (A, relu(Z)), (L, LOSS), (G, 2 * (V * A + C - Y) * V)])
    in_u = lines.start(derivative((V * U + C - Y) ** 2, U))
    goals = [lines.regroup(lines.differentiate(in_u), 2 * (V * U + C - Y) * V)]
    active = lines.symmetry(lines.choose(_spelt_out(lines, lines.start(A)), relu(INNER), 0))
    for weight, factor in ((W, X), (B, ONE)):
        line = _spelt_out(lines, lines.start(derivative(L, weight)))
        line = lines.differentiate(lines.choose(line, relu(INNER), 0))
        line = lines.regroup(line, 2 * (V * INNER + C - Y) * V * factor)
        line = lines.fold(lines.substitute(line, active), G)
        goals.append(lines.discharge(lines.regroup(line, G if factor == ONE else G * X)))
    return symnet.replay(lines.derivation(*goals))


def _spelt_out(lines: Lines, line: int) -> int:
    for letter in (L, A, Z):
        line = lines.unfold(line, letter)
    return line


if __name__ == "__main__":
    for theorem in (prove(), jump(), unchanged(step, 0), unchanged(step, 1), unchanged(relu, 1), passes()):
        print(theorem.plain())
