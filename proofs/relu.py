"""ReLU: its derivative off 0, none at 0, and three ways to write it.

    relu(z) = z where 0 ≤ z, and 0 elsewhere

The derivative is 1 for z > 0 and 0 for z < 0; at 0 the derivative from the left is 0 and from the right is 1, so there
is none. What torch gives there, 0, is a convention. :func:`largest` shows that max(0, z), written as a comparison of 0
with z, is the same function, and :func:`difference` that relu(z) − relu(−z) = z for every z: two hidden units with a
non-affine activation can make an affine network.

>>> print(prove())  # doctest: +ELLIPSIS
a′ = 0 if z < 0
a′ = 1 if z > 0
a′₋(0) = 0
a′₊(0) = 1
  where a = {z if z ≥ 0; 0 otherwise}
proved: ... steps replayed by the kernel, 2 conditions, no hypotheses
>>> print(difference())  # doctest: +ELLIPSIS
({z if z ≥ 0; 0 otherwise}) − ({−z if −z ≥ 0; 0 otherwise}) = z
proved: ... steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, cases, number, symbol

Z, ZERO = symbol("z"), number(0)


def relu(z: Term) -> Term:
    """z where 0 ≤ z, and 0 elsewhere."""
    return cases((ZERO, "<=", z, z), otherwise=ZERO)


def larger(a: Term, b: Term) -> Term:
    """max(a, b): b where a < b, and a elsewhere."""
    return cases((a, "<", b, b), otherwise=a)


def prove() -> symnet.Derived:
    """The derivative on both sides of 0, and the one-sided derivatives at 0."""
    return symnet.derive("relu", check=False)


def largest() -> symnet.Replay:
    """max(0, z) = relu(z), since both are z where 0 < z, and 0 elsewhere."""
    lines, term = Lines(), larger(ZERO, Z)
    signs = [_by_way_of(lines, lines.choose(lines.start(term), term, arm), arm) for arm in (0, 1)]
    at_zero = lines.write("assume", (), (Z, ZERO))
    values = [_at_zero(lines, t, at_zero, arm) for t, arm in ((term, 1), (relu(Z), 0))]
    signs.append(lines.substitute(values[0], lines.symmetry(values[1])))
    return symnet.replay(lines.derivation(lines.write("split", signs, (Z, -Z))))


def _by_way_of(lines: Lines, line: int, arm: int) -> int:
    """From max(0, z) = z, or 0: max(0, z) = relu(z)."""
    value = lines.symmetry(lines.choose(lines.start(relu(Z)), relu(Z), arm))
    return lines.discharge(lines.substitute(line, value))


def _at_zero(lines: Lines, term: Term, at_zero: int, arm: int) -> int:
    """The value of a function with one comparison where z = 0."""
    line = lines.substitute(lines.start(term), at_zero)
    return lines.choose(line, lines.rhs(line), arm)


def difference() -> symnet.Replay:
    """relu(z) − relu(−z) = z"""
    lines = Lines()
    term = relu(Z) - relu(-Z)
    above, below = (_chosen(lines, term, arms, side) for arms, side in (((0, 1), Z), ((1, 0), -Z)))
    at_zero = lines.write("assume", (), (Z, ZERO))
    line = lines.substitute(lines.start(term), at_zero)
    for node in (relu(ZERO), relu(-ZERO)):
        line = lines.choose(line, node, 0)
    line = lines.substitute(lines.regroup(line, ZERO), lines.symmetry(at_zero))
    return symnet.replay(lines.derivation(lines.write("split", (above, below, line), (Z, -Z))))


def _chosen(lines: Lines, term: Term, arms: tuple[int, int], side: Term) -> int:
    """relu(z) − relu(−z) = z, where the arms are taken, which is so where ``side`` is positive."""
    line = lines.start(term)
    for node, arm in zip((relu(Z), relu(-Z)), arms, strict=True):
        line = lines.choose(line, node, arm)
    return lines.discharge(lines.regroup(line, Z), lines.write("suppose", (), (side,)))
