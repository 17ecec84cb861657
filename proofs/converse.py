"""When is f(x) = w₂ h(w₁ x + b₁) + b₂ affine? For w₁, w₂ ≠ 0, if and only if h is.

Affine is meant in its three-point form, which asks neither for continuity nor for a derivative: φ is affine when

    Δφ(x, y, z) := (z − y) φ(x) + (x − z) φ(y) + (y − x) φ(z)

is 0 for all x, y, z. With the points x, 0 and 1 that says φ(x) = φ(0) + x (φ(1) − φ(0)), which is :func:`straight`.
For any function h at all, :func:`prove` shows

    w₁ Δf(x, y, z) = w₂ Δh(p, q, r)   with p = w₁ x + b₁, q = w₁ y + b₁, r = w₁ z + b₁,

and that w₁ x + b₁ = p for x = (p − b₁)/w₁, so that p, q, r can be any three numbers. Hence, in words: if Δh = 0
everywhere, then w₁ Δf = 0, and Δf = 0 because w₁ ≠ 0; if Δf = 0 everywhere, then w₂ Δh(p, q, r) = 0 for all p, q, r,
and Δh = 0 because w₂ ≠ 0. The kernel replays the identities; it does not say "for all functions that are affine".

A wider network need not follow: a hidden activation that is not affine may make an affine network. With h(z) = z²,
weights 1, 1 and biases 1, −1 in front of it and weights 1/4, −1/4 behind it, the output is x (:func:`squares`), and h
is not affine (:func:`parabola`). So "a non-affine activation, hence a non-affine network" is no theorem, and a
counterexample of symnet is about the weights that it names.

>>> print(prove())  # doctest: +ELLIPSIS
w₁ ((z − y) (w₂ h(p) + b₂) + ...) = w₂ ((r − q) h(p) + (p − r) h(q) + (q − p) h(r)), ... if w₁ ≠ 0
  where p = w₁ x + b₁
        q = w₁ y + b₁
        r = w₁ z + b₁
proved: 14 steps replayed by the kernel, 1 condition, no hypotheses
>>> print(squares())
(1/4) (x + 1)² − (1/4) (x − 1)² = x
proved: 2 steps replayed by the kernel, no conditions, no hypotheses
>>> print(parabola())
1 · 0² − 2 · 1² + 1 · 2² = 2
proved: 2 steps replayed by the kernel, no conditions, no hypotheses

Source of the mathematics: Δφ is the numerator of the second divided difference of φ, which vanishes for the
polynomials of degree 1; e.g. J. Stoer, R. Bulirsch, *Introduction to Numerical Analysis*, 3rd ed. (2002), §2.1.3.
"""

from collections.abc import Callable
from fractions import Fraction

import symnet
from symnet.prove.writer import Writer
from symnet.term import Definition, Name, Term, apply, number, symbol, total

W1, W2, B1, B2 = (symbol(Name(base, entry=(i,))) for base, i in (("w", 1), ("w", 2), ("b", 1), ("b", 2)))
X, Y, Z, P, Q, R, T = map(symbol, "xyzpqrt")


def h(z: Term) -> Term:
    """h(z), of which nothing is known."""
    return apply("h", z)


def three_points(phi: Callable[[Term], Term], x: Term, y: Term, z: Term) -> Term:
    """Δφ(x, y, z) with x, y, z as the points, and the values of φ there."""
    return total([(z - y) * phi(x), (x - z) * phi(y), (y - x) * phi(z)])


def prove() -> symnet.Replay:
    """w₁ Δf = w₂ Δh, and every p is some w₁ x + b₁."""
    inner = {X: P, Y: Q, Z: R}
    writer = Writer(Definition(point, W1 * x + B1) for x, point in inner.items())

    differences = []
    for minuend, subtrahend in ((Z, Y), (X, Z), (Y, X)):
        writer.start(W1 * (minuend - subtrahend))
        writer.regroup(W1 * minuend + B1 - (W1 * subtrahend + B1))
        writer.fold(inner[minuend], inner[subtrahend])
        differences.append(writer.last)

    writer.start(W1 * three_points(lambda x: W2 * h(inner[x]) + B2, X, Y, Z))
    scaled = [(W1 * (b - a)) * h(inner[x]) for x, a, b in ((X, Y, Z), (Y, Z, X), (Z, X, Y))]
    writer.regroup(W2 * total(scaled))
    writer.substitute(*differences)
    identity = writer.last

    writer.start(W1 * ((T - B1) / W1) + B1)
    writer.regroup(T)
    return symnet.replay(writer.derivation([identity, writer.last]))


def straight() -> symnet.Replay:
    """From Δφ(x, 0, 1) = 0: φ(x) = φ(0) + x (φ(1) − φ(0))."""

    def phi(x: Term) -> Term:
        return apply("varphi", x)

    zero, one = number(0), number(1)
    line = phi(zero) + X * (phi(one) - phi(zero))
    writer = Writer([])
    writer.assume(three_points(phi, X, zero, one), zero)
    hypothesis = writer.last
    writer.start(phi(X))
    writer.regroup(three_points(phi, X, zero, one) + line)
    writer.substitute(hypothesis)
    writer.regroup(line)
    return symnet.replay(writer.derivation([writer.last]))


def squares() -> symnet.Replay:
    """¼ (x + 1)² − ¼ (x − 1)² = x: a network with h(z) = z² that is affine."""
    quarter = Fraction(1, 4)
    return _computed(quarter * (X + 1) ** 2 - quarter * (X - 1) ** 2, X)


def parabola() -> symnet.Replay:
    """Δh(0, 1, 2) = 2 for h(z) = z², which is therefore not affine."""
    points = [number(Fraction(c)) * number(z) ** 2 for c, z in ((1, 0), (-2, 1), (1, 2))]
    return _computed(total(points), number(2))


def _computed(lhs: Term, rhs: Term) -> symnet.Replay:
    writer = Writer([])
    writer.start(lhs)
    writer.regroup(rhs)
    return symnet.replay(writer.derivation([writer.last]))


if __name__ == "__main__":
    for theorem in (prove, straight, squares, parabola):
        print(theorem().plain())
