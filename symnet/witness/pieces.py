"""Where a piecewise-linear network bends along a line, exactly.

Along x(t) = t d every hidden preactivation is piecewise linear in t. Evaluating at t + ε with an infinitely small
ε > 0, as value + slope ε compared lexicographically, tells on which piece the network is just right of t, and the
comparisons met on the way tell where that piece ends. This only proposes points; :mod:`.exact` examines them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple, NoReturn

from symnet.errors import UsageError
from symnet.network import Network
from symnet.witness.arithmetic import Arithmetic
from symnet.witness.exact import Point, preactivation

#: Kinks are looked for at |t| <= REACH.
REACH: Final = Fraction(10**9)


class Germ(NamedTuple):
    """value + slope · ε, for an infinitely small ε > 0; tuples compare as such numbers do."""

    value: Fraction
    slope: Fraction

    def __add__(self, other: Germ) -> Germ:  # type: ignore[override]
        return Germ(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Germ) -> Germ:  # type: ignore[override]
        return Germ(self.value * other.value, self.value * other.slope + self.slope * other.value)

    def __truediv__(self, other: Germ) -> Germ:
        value = self.value / other.value
        return Germ(value, (self.slope - value * other.slope) / other.value)


class Germs(Arithmetic[Germ]):
    """Arithmetic at t + ε that notes how far to the right each comparison stays as it is."""

    def __init__(self) -> None:
        self.turns: list[Fraction] = []

    def number(self, value: Fraction) -> Germ:
        return Germ(value, Fraction(0))

    def exp(self, argument: Germ) -> NoReturn:
        raise UsageError("exp is not piecewise linear")

    def choose(self, left: Germ, relation: str, right: Germ, then: Germ, otherwise: Germ) -> Germ:
        value, slope = right.value - left.value, right.slope - left.slope
        if slope and -value / slope > 0:
            self.turns.append(-value / slope)
        margin, nothing = Germ(value, slope), self.number(Fraction(0))
        holds = margin > nothing if relation == "<" else margin >= nothing
        return then if holds else otherwise


def bends(network: Network, direction: Point) -> Iterator[Fraction]:
    """The t at which some unit's comparison may turn along t d, from left to right.

    >>> net = Network(weights=[([[1], [2]], [0, -3]), ([[1, 1]], None)], activations="relu")
    >>> list(bends(net, (Fraction(1),)))
    [Fraction(0, 1), Fraction(3, 2)]
    """
    t = -REACH
    while t <= REACH:
        germs = Germs()
        preactivation(network, [Germ(t * d, d) for d in direction], germs)
        if not germs.turns:
            return
        t += min(germs.turns)
        yield t


def kinks(network: Network, direction: Point) -> Iterator[tuple[Point, Point]]:
    """Pairs around each bend, so close that both sides are linear; the bend is their middle."""
    before, here = -REACH, None
    for after in _and_one_more(bends(network, direction)):
        if here is not None:
            h = _simple(min(here - before, after - here, Fraction(1)))
            yield tuple((here - h) * d for d in direction), tuple((here + h) * d for d in direction)
            before = here
        here = after


def _and_one_more(turns: Iterator[Fraction]) -> Iterator[Fraction]:
    last = -REACH
    for last in turns:
        yield last
    yield last + 1


def _simple(h: Fraction) -> Fraction:
    """The largest power of 1/2 that is at most h, for 0 < h <= 1."""
    found = Fraction(1)
    while found > h:
        found /= 2
    return found
