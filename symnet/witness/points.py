"""Where a function of one variable is looked at: on every piece, close to every kink, far out, and near 0."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

#: How close to a kink, besides the neighbouring float64.
NEAR: Final = (1e-3, 1e-9)
#: Far out: where σ and tanh round to 0 and 1, where torch's Softplus changes, around the overflow of exp, and beyond.
FAR: Final = (1.0, 4.0, 20.0, 21.0, 40.0, 700.0, 710.0, 1e3, 1e6)
#: Near 0: the smallest float64, another subnormal one, one whose square underflows, and one whose cube is lost.
SMALL: Final = (2.0**-1074, 1e-310, 1e-160, 1e-9)


def choose_points(kinks: Sequence[float], seed: int, samples: int) -> list[float]:
    """Float64 numbers, in order, each once: the kinks themselves, their surroundings, and random numbers between.

    Args:
        kinks: where the function may bend. seed: where the random numbers start. samples: how many on each piece.

    >>> points = choose_points([0.0], seed=0, samples=3)
    >>> len(points), points[0], 5e-324 in points, points[-1]
    (35, -1000000.0, True, 1000000.0)
    """
    rng = np.random.default_rng(seed)
    found = {0.0, *(sign * x for x in (*FAR, *SMALL) for sign in (1.0, -1.0))}
    for k in kinks:
        found |= {k, float(np.nextafter(k, np.inf)), float(np.nextafter(k, -np.inf))}
        found |= {k + sign * step * max(1.0, abs(k)) for step in NEAR for sign in (1.0, -1.0)}
    for low, high in pairwise([-np.inf, *sorted(set(kinks)), np.inf]):
        found |= set(_between(low, high, rng, samples))
    return sorted(float(z) + 0.0 for z in found)


def _between(low: float, high: float, rng: np.random.Generator, samples: int) -> list[float]:
    """Random numbers strictly between two kinks; beyond the last ones, of the size of 3 and sometimes of 30."""
    if np.isinf(low) and np.isinf(high):
        return [float(z) for z in rng.normal(size=samples) * _spread(samples)]
    if np.isfinite(low) and np.isfinite(high):
        return [z for z in rng.uniform(low, high, samples).tolist() if low < z < high]
    steps = np.abs(rng.normal(size=samples)) * _spread(samples)
    return [float(z) for z in (low + steps if np.isfinite(low) else high - steps)]


def _spread(samples: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.where(np.arange(samples) % 4 == 3, 30.0, 3.0)
