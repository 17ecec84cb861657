"""One trial of the witness: numbers are drawn for a network, torch walks through it, and the claim is held against it.

The formula's value comes from the replayed terms alone, torch's from the network alone; they share only the random
numbers, which meet the symbols by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from symnet.errors import ShapeError, UsageError, WitnessFailed
from symnet.kernel import Replayed
from symnet.network import Network
from symnet.network.equations import BATCH
from symnet.term import Definition, Equation, Name, Term
from symnet.witness.arithmetic import placed
from symnet.witness.binding import Binding, formula, is_output
from symnet.witness.bounded import INFLATION, Bounded
from symnet.witness.forward import (
    OUT_OF_RANGE,
    LayerValues,
    bounded_forward,
    draw,
    draw_layers,
    negative_share,
    numbers,
    run_torch,
    torch_network,
)
from symnet.witness.report import LARGEST_SIZE, SHOWN

#: The most weights that are drawn.
LARGEST_NETWORK: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Trial:
    """One draw: sizes, numbers and inputs (samples along the first axis).

    ``label`` says in a message which trial it is, and ``places`` are the values of the claim's free indices.
    """

    network: Network
    label: str
    sizes: dict[Name, int]
    layers: list[LayerValues]
    inputs: Bounded
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def named_sizes(self) -> tuple[tuple[str, int], ...]:
        """The sizes that were drawn, by name."""
        return tuple((str(n), v) for n, v in self.sizes.items())

    @property
    def where(self) -> str:
        """The trial and its sizes, in words."""
        sizes = [f"{n} = {v}" for n, v in self.named_sizes[:SHOWN]]
        return ", ".join([self.label, *sizes, *["…"] * (len(self.sizes) > SHOWN)])


@dataclass(frozen=True, slots=True)
class Comparison:
    """One equation in one trial: the largest error with its bound, the worst ratio and where that was."""

    error: float
    bound: float
    ratio: float
    where: str


def check_claim(network: Network, replayed: Replayed) -> bool:
    """Whether the claim is entry by entry; raises unless it speaks of every output."""
    outputs = {e.lhs for e in replayed.claim.equations if is_output(e.lhs)}
    scalars = {o for o in outputs if not o.shape}
    expected = network.widths[-1] if scalars else 1
    if not outputs or (scalars and scalars != outputs) or len(outputs) != expected:
        raise UsageError(f"the claim has {len(outputs)} outputs of the network on its left-hand sides, not {expected}")
    return bool(scalars)


def check_cost(network: Network) -> None:
    """Refuse networks with more weights than a forward pass should have here."""
    widths = [n if isinstance(n, int) else LARGEST_SIZE for n in network.widths]
    weights = sum(m * n for m, n in pairwise(widths))
    if weights > LARGEST_NETWORK:
        raise UsageError(
            f"{weights:,} weights are too many to draw for a forward pass: leave it out with check=False or --no-check"
        )


def check_counts(seed: int, **counts: int) -> None:
    """Refuse a seed or a count that is none."""
    for name, count in counts.items():
        if type(count) is not int or count < 1:
            raise UsageError(f"{name} is a whole number from 1, not {count!r}")
    if type(seed) is not int or seed < 0:
        raise UsageError(f"seed is a whole number from 0, not {seed!r}")


def draw_trial(
    network: Network,
    index: int,
    *,
    seed: int,
    samples: int,
    entrywise: bool,
    label: str,
    places: Mapping[str, int] | None = None,
) -> Trial:
    """Numbers for everything in a network; the trials of one seed differ by their index."""
    rng = np.random.default_rng([seed, index])
    negative = negative_share(network.depth, index)
    names = dict.fromkeys(n for n in network.widths if isinstance(n, Name))
    if network.convention == "row" and not entrywise:
        names[BATCH] = None
    smallest = 1 if index else 2
    sizes = {n: int(rng.integers(smallest, LARGEST_SIZE + 1)) for n in names}
    widths = numbers(network.widths, sizes)
    layers = draw_layers(network, widths, rng, negative)
    rows = sizes[BATCH] if network.convention == "row" and not entrywise else 1
    inputs = draw(rng, (samples, rows, widths[0]), 0.5)
    return Trial(network, label, sizes, layers, Bounded.exactly(inputs), places or {})


def compare(replayed: Replayed, trial: Trial) -> list[Comparison]:
    """Every equation of the claim in one trial."""
    network = trial.network
    allowed = bounded_forward(network, trial.layers, trial.inputs)
    seen = Bounded(run_torch(torch_network(network, trial.layers), trial.inputs.value), allowed.error)
    if not np.all(np.isfinite(seen.value) & np.isfinite(seen.error)):
        raise UsageError(OUT_OF_RANGE)
    binding = Binding(network.convention, trial.sizes, trial.layers, trial.inputs, seen)
    try:
        return [_difference(e, binding, replayed.definitions, trial) for e in replayed.claim.equations]
    except (ShapeError, UsageError) as error:
        raise WitnessFailed(f"the formula does not fit the network {trial.label}: {error}") from error


def _difference(equation: Equation, binding: Binding, definitions: Sequence[Definition], trial: Trial) -> Comparison:
    lhs, rhs, places = equation.lhs, equation.rhs, trial.places
    left = binding.output(placed(lhs, places)) if is_output(lhs) else formula(lhs, binding, definitions, places)
    right = formula(rhs, binding, definitions, places)
    error = np.abs(left.value - right.value)
    bound = np.broadcast_to(INFLATION * (left.error + right.error), error.shape)
    error = np.where(np.isfinite(error) & np.isfinite(bound), error, np.inf)
    ratio = np.where(error == 0, 0.0, error / bound)
    largest, worst = (np.unravel_index(int(np.argmax(a)), error.shape) for a in (error, ratio))
    values = [float(np.broadcast_to(side.value, error.shape)[worst]) for side in (left, right)]
    where = _say_entry(lhs, tuple(map(int, worst)))
    return Comparison(
        float(error[largest]),
        float(bound[largest]),
        float(ratio[worst]),
        f"{trial.where}, {where}: {values[0]!r} against {values[1]!r}, where rounding allows {float(bound[worst]):.2g}",
    )


def _say_entry(lhs: Term, index: tuple[int, ...]) -> str:
    what = str(lhs.name) if lhs.op == "symbol" else "the left-hand side"
    entry = f" at {', '.join(str(i + 1) for i in index[1:])}" if index[1:] else ""
    return f"{what}{entry} for input {index[0] + 1}" if index else what
