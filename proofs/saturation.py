"""The sigmoid σ and tanh saturate: far from 0 they are close to their bounds, and their derivatives are close to 0.

    σ(z) < eᶻ,  1 − σ(z) < e⁻ᶻ,  σ′(z) < e⁻ᶻ and σ′(z) < eᶻ,
    1 + tanh z < 2 e²ᶻ,  1 − tanh z < 2 e⁻²ᶻ,  tanh′ z < 4 e⁻²ᶻ and tanh′ z < 4 e²ᶻ.

For k > 0 and z ≠ 0 the same bounds at k z say how fast σ(k z) approaches a unit with a threshold at 0, as k grows.

:func:`slopes` shows that every y with 0 < y ≤ 1/4 is a value of σ′, and every y with 0 < y ≤ 1 one of tanh′. The
bounds are in ``proofs/sigmoid.py`` and ``proofs/tanh.py``, so the ranges are (0, 1/4] and (0, 1]. :func:`range_of_tanh`
does the same for tanh and (−1, 1). :func:`unbounded` is for ReLU, which does not saturate: relu(M + 1) > M for M > 0.

>>> print(sigmoid())  # doctest: +ELLIPSIS
e^z > a
e^(−z) > 1 − a
e^(−z) > a′
e^z > a′
  where a = 1/(1 + e^(−z))
proved: ... steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.lines import Lines
from symnet.term import Term, apply, cases, derivative, number, put, symbol

A, M, Y, Z = map(symbol, "aMyz")
ZERO = number(0)


def exp(u: Term) -> Term:
    """eᵘ"""
    return apply("exp", u)


SIGMOID = 1 / (1 + exp(-Z))
TANH = (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z))


def sigmoid() -> symnet.Replay:
    """With a = σ(z): a < eᶻ and 1 − a < e⁻ᶻ, and a′ is less than either."""
    rest = exp(-Z) / (1 + exp(-Z)) ** 2
    return _all_less(
        SIGMOID,
        (A, exp(Z), exp(Z) ** 2 / (1 + exp(Z))),
        (1 - A, exp(-Z), exp(-Z) ** 2 / (1 + exp(-Z))),
        (derivative(A, Z), exp(-Z), rest * exp(-Z) * (2 + exp(-Z))),
        (derivative(A, Z), exp(Z), rest * exp(Z) * (2 + exp(Z))),
    )


def tanh() -> symnet.Replay:
    """With a = tanh z: 1 + a < 2 e²ᶻ and 1 − a < 2 e⁻²ᶻ, and a′ is less than twice either."""
    up, down = exp(2 * Z), exp(-(2 * Z))
    rest = 4 / (exp(Z) + exp(-Z)) ** 2
    return _all_less(
        TANH,
        (1 + A, 2 * up, 2 * up**2 / (1 + up)),
        (1 - A, 2 * down, 2 * down**2 / (1 + down)),
        (derivative(A, Z), 4 * down, rest * down * (2 + down)),
        (derivative(A, Z), 4 * up, rest * up * (2 + up)),
    )


def _all_less(function: Term, *cases: tuple[Term, Term, Term]) -> symnet.Replay:
    """Terms in a are less than their bounds: the difference is a sum of products of positive terms."""
    lines = Lines([(A, function)])
    goals = []
    for term, bound, difference in cases:
        line = lines.differentiate(lines.unfold(lines.start(bound - term), A))
        line = lines.elementary(line, difference)
        goals.append(lines.discharge(lines.write("sign", (line,))))
    return symnet.replay(lines.derivation(*goals))


def slopes() -> symnet.Replay:
    """σ′(ln((1 + s)/(1 − s))) = y with s = √(1 − 4y), and tanh′(ln √((1 + t)/(1 − t))) = y with t = √(1 − y)."""
    lines = Lines()
    quotient = (1 + Y) / (1 - Y)
    values = (
        (SIGMOID, apply("log", quotient), (1 - Y**2) / 4, 4 * Y),
        (TANH, apply("log", apply("sqrt", quotient)), 1 - Y**2, Y),
    )
    return symnet.replay(lines.derivation(*(_value(lines, *v) for v in values)))


def _value(lines: Lines, function: Term, place: Term, slope: Term, scaled: Term) -> int:
    """The slope at a place where it is first found in terms of a letter, which then becomes a root."""
    root = apply("sqrt", 1 - scaled)
    line = lines.elementary(lines.differentiate(lines.start(derivative(function, Z, place))), slope)
    line = lines.elementary(lines.write("instantiate", (line,), (Y, root)), Y)
    positive = lines.write("suppose", (), (Y,))
    below = lines.elementary(lines.start(1 - root), scaled / (1 + root))  # as (1 − s) (1 + s) = 1 − s²
    below = lines.discharge(lines.write("sign", (below, positive)))
    return lines.discharge(line, below)


def range_of_tanh() -> symnet.Replay:
    """tanh(ln √((1 + y)/(1 − y))) = y for −1 < y < 1."""
    lines = Lines()
    place = apply("log", apply("sqrt", (1 + Y) / (1 - Y)))
    line = lines.elementary(lines.start(put(TANH, Z, place)), Y)
    inside = [lines.write("suppose", (), (t,)) for t in (1 + Y, 1 - Y)]
    return symnet.replay(lines.derivation(lines.discharge(line, *inside)))


def unbounded() -> symnet.Replay:
    """relu(M + 1) > M for M > 0, where relu(z) is z where 0 ≤ z, and 0 elsewhere."""
    lines = Lines()
    relu = cases((ZERO, "<=", M + 1, M + 1), otherwise=ZERO)
    line = lines.regroup(lines.choose(lines.start(relu - M), relu, 0), number(1))
    positive = lines.write("suppose", (), (M,))
    return symnet.replay(lines.derivation(lines.discharge(lines.write("sign", (line,)), positive)))


if __name__ == "__main__":
    for theorem in (sigmoid, tanh, slopes, range_of_tanh, unbounded):
        print(theorem().plain())
