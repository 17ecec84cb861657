"""The search for exact counterexamples to affinity: readable ones first.

What the search tries proves nothing; each candidate is examined exactly (:mod:`.exact`). That none is found says
nothing either: a network may have non-affine activations and be affine, as relu(x) − relu(−x) = x is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, islice, product
from typing import Any, Final

from symnet.errors import UsageError
from symnet.network import Network
from symnet.witness.arithmetic import is_piecewise_linear
from symnet.witness.exact import Counterexample, Examiner, Point, needs_enclosure
from symnet.witness.pieces import kinks

Candidate = tuple[Network, Point, Point]

#: Bits of the enclosures, each with the share of the attempts that get that far.
PRECISIONS: Final = ((64, 1), (256, 4), (1024, 16), (4096, 16))
#: Weights w and biases b that are tried first: w times the (rectangular) identity and all biases b, in hidden layers.
READABLE: Final = ((1, 0), (1, -1), (-1, 0), (2, -1), (-1, 1), (4, -2), (-4, 0), (Fraction(1, 2), Fraction(1, 2)))
#: Multiples of a direction that are tried as p and q.
STEPS: Final = ((0, 2), (-1, 1), (1, 3))
MAGNITUDES: Final = (Fraction(1), Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100), Fraction(10**4))
SMALL: Final = tuple(map(Fraction, ("1", "-1", "1/2", "-1/2", "2", "-2", "3", "-3")))
#: A counterexample with larger values is only taken when there is no other.
LARGEST: Final = 2**1000
#: How many directions along axes, and along rows of the first layer, are tried.
DIRECTIONS: Final = 8


def counterexample(network: Network, *, seed: int = 0, attempts: int = 200) -> Counterexample | None:
    """Exact weights and inputs that show f not to be affine, where f stops in front of the output activation.

    The network's given weights are kept. Otherwise weights are chosen here, at widths chosen here where they are names;
    the result says which. Piecewise-linear activations are examined in rational arithmetic, those written with exp by
    enclosures of rising precision. What is found holds for the weights that it names, and for no others.

    Args:
        seed: where the random candidates start. attempts: how many pairs p, q are examined.

    Returns:
        A counterexample, or None when all hidden activations are affine or none was found.

    >>> found = counterexample(Network(widths=(1, 1, 1), activations="relu", bias=False))
    >>> found.p, found.q, found.at_p, found.at_q, found.at_middle
    ((Fraction(-1, 1),), (Fraction(1, 1),), Fraction(0, 1), Fraction(1, 1), Fraction(0, 1))
    """
    if type(attempts) is not int or attempts < 1:
        raise UsageError(f"attempts is a whole number from 1, not {attempts!r}")
    if type(seed) is not int:
        raise UsageError(f"seed is a whole number, not {seed!r}")
    if all(a.row.affine for a in network.activations[:-1]):
        return None
    schedule = PRECISIONS if needs_enclosure(network) else ((None, 1),)
    chosen, huge = _choices(network), None
    for bits, share in schedule:
        for concrete, p, q in islice(_candidates(network, seed), -(-attempts // share)):
            found = Examiner(concrete, chosen, bits).examine(p, q)
            if found is not None and _is_in_range(found):
                return found
            huge = huge or found
    return huge


def _is_in_range(found: Counterexample) -> bool:
    """Whether float64 can hold its values, so that torch has a say."""
    values = (found.at_p, found.at_q, found.at_middle)
    ends = (end for value in values for end in (value if isinstance(value, tuple) else (value,)))
    return all(abs(end) < LARGEST for end in ends)


def _choices(network: Network) -> tuple[str, ...]:
    open_parameters = any(a.name == "affine" and a.parameters is None for a in network.activations[:-1])
    offers = {"widths": not network.is_numeric, "weights": network.weights is None, "α, β": open_parameters}
    return tuple(name for name, is_open in offers.items() if is_open)


def _candidates(network: Network, seed: int) -> Iterator[Candidate]:
    rng = random.Random(seed)
    if network.weights is not None:
        concrete = _concrete(network, network.weights)
        return ((concrete, p, q) for p, q in _pairs(concrete, rng))
    return chain(_readable(network), _random_networks(network, rng))


# Weights of our own choice.


def _readable(network: Network) -> Iterator[Candidate]:
    """Chains through the first coordinate, with the same small weight and bias in every hidden layer."""
    sizes = _sizes(network)
    for w, b in READABLE:
        if b and not any(network.bias[:-1]):
            continue
        hidden = (Fraction(w), Fraction(b))
        numbers = [hidden] * (network.depth - 1) + [(Fraction(1), Fraction(0))]
        concrete = _concrete(network, [_layer(network, k, *pair) for k, pair in enumerate(numbers)])
        axis = _axis(sizes[0], 0)
        for s, t in STEPS:
            yield concrete, _times(s, axis), _times(t, axis)


def _random_networks(network: Network, rng: random.Random) -> Iterator[Candidate]:
    """Chains with weights drawn layer by layer."""
    sizes = _sizes(network)
    while True:
        weights = [
            _layer(network, k, rng.choice(SMALL), rng.choice((*SMALL, Fraction(0)))) for k in range(network.depth)
        ]
        concrete = _concrete(network, weights)
        for s, t in STEPS:
            yield concrete, _times(s, _axis(sizes[0], 0)), _times(t, _axis(sizes[0], 0))


def _sizes(network: Network) -> list[int]:
    return [n if isinstance(n, int) else 1 for n in network.widths]


def _layer(network: Network, k: int, w: Fraction, b: Fraction) -> Any:
    """w on the diagonal and zeros elsewhere; the diagonal reads the same in both conventions."""
    inputs, outputs = _sizes(network)[k : k + 2]
    rows, columns = (outputs, inputs) if network.convention == "column" else (inputs, outputs)
    matrix = [[w if i == j else Fraction(0) for j in range(columns)] for i in range(rows)]
    return matrix, [b] * outputs if network.bias[k] else None


def _concrete(network: Network, weights: Sequence[Any]) -> Network:
    """The network with these weights, and with α = 1, β = 0 where a hidden layer leaves them open."""
    hidden = [_activation(a.name, a.parameters or (Fraction(1), Fraction(0))) for a in network.activations[:-1]]
    last = network.activations[-1]
    output: Any = last.parameters or last.name
    pairs = [(matrix, bias or None) for matrix, bias in weights]
    return Network(weights=pairs, activations=[*hidden, output], convention=network.convention)


def _activation(name: str, parameters: tuple[Fraction, Fraction]) -> Any:
    return parameters if name == "affine" else name


# Inputs.


def _pairs(network: Network, rng: random.Random) -> Iterator[tuple[Point, Point]]:
    """Simple points, points around kinks, the simple points at other magnitudes, and random points."""
    directions = _directions(network)
    yield from _along(directions, MAGNITUDES[:1])
    if all(is_piecewise_linear(a.row.at_defaults) for a in network.activations[:-1]):
        for direction in directions:
            yield from islice(kinks(network, direction), 12)
    yield from _along(directions[:DIRECTIONS], MAGNITUDES[1:])
    width = len(directions[0])
    while True:
        scale = rng.choice(MAGNITUDES)
        p, q = (tuple(scale * rng.randint(-4, 4) for _ in range(width)) for _ in range(2))
        yield p, q


def _along(directions: Sequence[Point], magnitudes: Sequence[Fraction]) -> Iterator[tuple[Point, Point]]:
    for magnitude, direction, (s, t) in product(magnitudes, directions, STEPS):
        yield _times(s * magnitude, direction), _times(t * magnitude, direction)


def _directions(network: Network) -> list[Point]:
    """The axes, the diagonal, and the directions in which the first layer's units grow."""
    rows = (network.weights or [])[0][0]
    units = rows if network.convention == "column" else list(zip(*rows, strict=True))
    width = len(units[0])
    axes = [_axis(width, i) for i in range(min(width, DIRECTIONS))]
    found = [*axes, (Fraction(1),) * width, *(tuple(u) for u in units[:DIRECTIONS])]
    return [d for d in dict.fromkeys(found) if any(d)]


def _axis(width: int, i: int) -> Point:
    return tuple(Fraction(int(j == i)) for j in range(width))


def _times(factor: Fraction | int, point: Point) -> Point:
    return tuple(factor * v for v in point)
