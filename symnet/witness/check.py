"""The witness: a replayed claim against a torch forward pass of the network.

The formula's value comes from the replayed terms alone, torch's from the network alone; they share only the random
numbers, which meet the symbols by name. The two may differ by what float64 rounding explains, which is computed from
the data (:mod:`.bounded`), never picked. This is evidence that the right thing was proved, not a proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from symnet.errors import ShapeError, UsageError, WitnessFailed
from symnet.kernel import Replayed
from symnet.network import Network
from symnet.network.equations import BATCH
from symnet.term import Definition, Equation, Name, Term
from symnet.witness.binding import Binding, formula, is_output
from symnet.witness.bounded import INFLATION, Bounded
from symnet.witness.forward import (
    OUT_OF_RANGE,
    LayerValues,
    bounded_forward,
    draw,
    draw_layers,
    load_torch,
    negative_share,
    numbers,
    run_torch,
    torch_network,
)

#: How many sizes are written out in a message.
SHOWN: Final = 4
#: The most weights that are drawn.
LARGEST_NETWORK: Final = 20_000_000
#: The largest random size for a width that is a name.
LARGEST_SIZE: Final = 7


@dataclass(frozen=True, slots=True)
class Report:
    """What the witness saw. ``bound`` is the allowance at the entry with the largest error.

    ``worst_ratio`` is the largest quotient of error and allowance over all entries: the formula agrees when it is at
    most 1. An entry that is not finite counts as infinitely far off. ``sizes`` has, for each draw, the numbers taken
    for the sizes that are names.
    """

    largest_error: float
    bound: float
    worst_ratio: float
    draws: int
    samples: int
    sizes: tuple[tuple[tuple[str, int], ...], ...]
    given_weights: bool
    seed: int
    torch: str
    dtype: str = "float64"

    @property
    def agrees(self) -> bool:
        """Whether every entry differs by no more than rounding allows."""
        return self.worst_ratio <= 1

    def __str__(self) -> str:
        verdict = "agrees" if self.agrees else "DISAGREES"
        what = f"{self.draws} × {self.samples} inputs" if self.given_weights else self._drawn()
        return (
            f"torch {self.torch} {verdict}: largest error {self.largest_error:.2g} "
            f"where rounding allows {self.bound:.2g} ({what}, {self.dtype}, seed {self.seed}{_say_sizes(self.sizes)})"
        )

    def _drawn(self) -> str:
        return f"{self.draws} draws of weights × {self.samples} inputs"

    def to_json(self) -> dict[str, Any]:
        """The report as plain data; a number that is not finite becomes a string."""
        data = {k: _plain(v) for k, v in asdict(self).items()}
        return {**data, "sizes": [dict(s) for s in self.sizes], "agrees": self.agrees}


def witness(network: Network, replayed: Replayed, *, seed: int = 0, draws: int = 5, samples: int = 16) -> Report:
    """Hold the equations of a replayed claim about a network's output against torch.

    Args:
        network: what torch builds. Letters get random numbers; names for sizes get random sizes from 1 to 7.
        replayed: what the kernel has checked; its claim has the output's symbols on the left.
        seed: where the random numbers start; the same seed gives the same numbers.
        draws: how often weights and sizes are drawn. samples: how many inputs each time.

    Raises:
        WitnessFailed: an entry is off by more than rounding, or is not finite, or the formula speaks of a symbol or a
            size that the network does not have. UsageError: the claim is not about all of the network's outputs.
        MissingDependency: torch is not installed.

    >>> from symnet.kernel import replay
    >>> from symnet.network import matrix_equations
    >>> from symnet.term import Derivation, Step
    >>> net = Network(depth=1)
    >>> equations = matrix_equations(net)
    >>> (y,) = equations.outputs
    >>> z = equations.layers[0].preactivations
    >>> steps = (Step("start", (), (y,)), Step("unfold", (0,), (y,)), Step("unfold", (1,), z))
    >>> witness(net, replay(Derivation(equations.definitions, steps, (2,)))).agrees
    True

    Source of the bound: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.1, §3.3, §3.5.
    """
    torch = load_torch()
    for name, count in (("draws", draws), ("samples", samples)):
        if type(count) is not int or count < 1:
            raise UsageError(f"{name} is a whole number from 1, not {count!r}")
    if type(seed) is not int or seed < 0:
        raise UsageError(f"seed is a whole number from 0, not {seed!r}")
    entrywise = _check_claim(network, replayed)
    _check_cost(network)
    found: list[_Comparison] = []
    trials = []
    with np.errstate(all="ignore"):
        for index in range(draws):
            trials.append(_trial(network, index, seed, samples, entrywise))
            found += _compare(network, replayed, trials[-1], index)
    worst = max(found, key=lambda c: c.ratio)
    largest = max(found, key=lambda c: c.error)
    sizes = tuple(tuple((str(n), v) for n, v in t.sizes.items()) for t in trials)
    report = Report(
        largest.error,
        largest.bound,
        worst.ratio,
        draws,
        samples,
        sizes,
        network.weights is not None,
        seed,
        str(torch.__version__).partition("+")[0],
    )
    if not report.agrees:
        raise WitnessFailed(f"the formula and torch differ {worst.where}", report)
    return report


@dataclass(frozen=True, slots=True)
class _Trial:
    """One draw: sizes, numbers and inputs (samples along the first axis)."""

    sizes: dict[Name, int]
    layers: list[LayerValues]
    inputs: Bounded


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One equation in one draw: the largest error with its bound, the worst ratio and where that was."""

    error: float
    bound: float
    ratio: float
    where: str


def _check_claim(network: Network, replayed: Replayed) -> bool:
    """Whether the claim is entry by entry; raises unless it speaks of every output."""
    outputs = {e.lhs for e in replayed.claim.equations if is_output(e.lhs)}
    scalars = {o for o in outputs if not o.shape}
    expected = network.widths[-1] if scalars else 1
    if not outputs or (scalars and scalars != outputs) or len(outputs) != expected:
        raise UsageError(f"the claim has {len(outputs)} outputs of the network on its left-hand sides, not {expected}")
    return bool(scalars)


def _check_cost(network: Network) -> None:
    widths = [n if isinstance(n, int) else LARGEST_SIZE for n in network.widths]
    weights = sum(m * n for m, n in pairwise(widths))
    if weights > LARGEST_NETWORK:
        raise UsageError(
            f"{weights:,} weights are too many to draw for a forward pass: leave it out with check=False or --no-check"
        )


def _trial(network: Network, index: int, seed: int, samples: int, entrywise: bool) -> _Trial:
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
    return _Trial(sizes, layers, Bounded.exactly(inputs))


def _compare(network: Network, replayed: Replayed, trial: _Trial, index: int) -> list[_Comparison]:
    allowed = bounded_forward(network, trial.layers, trial.inputs)
    seen = Bounded(run_torch(torch_network(network, trial.layers), trial.inputs.value), allowed.error)
    if not np.all(np.isfinite(seen.value) & np.isfinite(seen.error)):
        raise UsageError(OUT_OF_RANGE)
    binding = Binding(network.convention, trial.sizes, trial.layers, trial.inputs, seen)
    sizes = [f"{n} = {v}" for n, v in list(trial.sizes.items())[:SHOWN]]
    place = ", ".join([f"in draw {index}", *sizes, *["…"] * (len(trial.sizes) > SHOWN)])
    try:
        return [_difference(e, binding, replayed.definitions, place) for e in replayed.claim.equations]
    except (ShapeError, UsageError) as error:
        raise WitnessFailed(f"the formula does not fit the network: {error}") from error


def _difference(equation: Equation, binding: Binding, definitions: Sequence[Definition], place: str) -> _Comparison:
    left = binding.output(equation.lhs) if is_output(equation.lhs) else formula(equation.lhs, binding, definitions)
    right = formula(equation.rhs, binding, definitions)
    error = np.abs(left.value - right.value)
    bound = np.broadcast_to(INFLATION * (left.error + right.error), error.shape)
    error = np.where(np.isfinite(error) & np.isfinite(bound), error, np.inf)
    ratio = np.where(error == 0, 0.0, error / bound)
    largest, worst = (np.unravel_index(int(np.argmax(a)), error.shape) for a in (error, ratio))
    values = [float(np.broadcast_to(side.value, error.shape)[worst]) for side in (left, right)]
    where = _say_entry(equation.lhs, tuple(map(int, worst)))
    return _Comparison(
        float(error[largest]),
        float(bound[largest]),
        float(ratio[worst]),
        f"{place}, {where}: {values[0]!r} against {values[1]!r}, where rounding allows {float(bound[worst]):.2g}",
    )


def _say_entry(lhs: Term, index: tuple[int, ...]) -> str:
    what = str(lhs.name) if lhs.op == "symbol" else "the left-hand side"
    entry = f" at {', '.join(str(i + 1) for i in index[1:])}" if index[1:] else ""
    return f"{what}{entry} for input {index[0] + 1}" if index else what


def _plain(value: Any) -> Any:
    return value if not isinstance(value, float) or np.isfinite(value) else str(value)


def _say_sizes(sizes: Sequence[Sequence[tuple[str, int]]]) -> str:
    if not any(sizes):
        return ""
    names = [name for name, _ in sizes[0]]
    what = ", ".join(names) if len(names) <= SHOWN else f"{len(names)} sizes"
    return f", {what} from 1 to {LARGEST_SIZE}"
