"""The witness: a replayed claim against a torch forward pass of the network.

The formula's value comes from the replayed terms alone, torch's from the network alone; they share only the random
numbers, which meet the symbols by name. The two may differ by what float64 rounding explains, which is computed from the
data (:mod:`.bounded`), never picked. This is evidence that the right thing was proved, not a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from symnet.errors import ShapeError, UsageError, WitnessFailed
from symnet.kernel import Replayed
from symnet.network import Network
from symnet.network.equations import BATCH
from symnet.term import Definition, Equation, Name, Term, describe, symbols
from symnet.witness.arithmetic import evaluate
from symnet.witness.bounded import INFLATION, Array, Bounded, BoundedArithmetic
from symnet.witness.forward import (
    NEGATIVE,
    LayerValues,
    bounded_forward,
    draw,
    draw_layers,
    load_torch,
    numbers,
    run_torch,
    torch_network,
)

#: The largest random size for a width that is a name.
LARGEST_SIZE: Final = 7


@dataclass(frozen=True, slots=True)
class Report:
    """What the witness saw. ``bound`` is the allowance at the entry with the largest error.

    ``worst_ratio`` is the largest quotient of error and allowance over all entries: the formula agrees when it is at
    most 1. An entry that is not finite counts as infinitely far off. ``sizes`` has, for each draw, the numbers taken for
    the sizes that are names.
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
            f"torch {self.torch} {verdict}: largest error {self.largest_error:.2g} where rounding allows {self.bound:.2g} "
            f"({what}, {self.dtype}, seed {self.seed}{_say_sizes(self.sizes)})"
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
    >>> steps = (Step("start", (), (y,)), Step("unfold", (0,), (y,)), Step("unfold", (1,), equations.layers[0].preactivations))
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
    outputs = {e.lhs for e in replayed.claim.equations if _is_output(e.lhs)}
    scalars = {o for o in outputs if not o.shape}
    expected = network.widths[-1] if scalars else 1
    if not outputs or (scalars and scalars != outputs) or len(outputs) != expected:
        raise UsageError(f"the claim has {len(outputs)} outputs of the network on its left-hand sides, not {expected}")
    return bool(scalars)


def _is_output(term: Term) -> bool:
    return term.op == "symbol" and term.name.base in ("y", "O") and term.name.layer is None


def _trial(network: Network, index: int, seed: int, samples: int, entrywise: bool) -> _Trial:
    rng = np.random.default_rng([seed, index])
    negative = NEGATIVE[index % len(NEGATIVE)]
    names = dict.fromkeys(n for n in network.widths if isinstance(n, Name))
    if network.convention == "row" and not entrywise:
        names[BATCH] = None
    smallest = 1 if index else 2
    sizes = {n: int(rng.integers(smallest, LARGEST_SIZE + 1)) for n in names}
    widths = numbers(network.widths, sizes)
    layers = draw_layers(network, widths, rng, negative)
    inputs = draw(rng, (samples, sizes.get(BATCH, 1), widths[0]), 0.5)
    return _Trial(sizes, layers, Bounded.exactly(inputs))


def _compare(network: Network, replayed: Replayed, trial: _Trial, index: int) -> list[_Comparison]:
    allowed = bounded_forward(network, trial.layers, trial.inputs)
    seen = Bounded(run_torch(torch_network(network, trial.layers), trial.inputs.value), allowed.error)
    symbols_of = _Symbols(network, trial, seen)
    place = ", ".join([f"in draw {index}", *(f"{n} = {v}" for n, v in trial.sizes.items())])
    try:
        return [_difference(e, symbols_of, replayed.definitions, place) for e in replayed.claim.equations]
    except (ShapeError, UsageError) as error:
        raise WitnessFailed(f"the formula does not fit the network: {error}") from error


def _difference(equation: Equation, symbols_of: _Symbols, definitions: Sequence[Definition], place: str) -> _Comparison:
    left = symbols_of.output(equation.lhs) if _is_output(equation.lhs) else None
    right = _formula(equation.rhs, symbols_of, definitions)
    left = left or _formula(equation.lhs, symbols_of, definitions)
    error = np.abs(left.value - right.value)
    bound = INFLATION * (left.error + right.error)
    error, bound = np.broadcast_arrays(error, bound)
    error = np.where(np.isfinite(error) & np.isfinite(bound), error, np.inf)
    ratio = np.where(error == 0, 0.0, error / bound)
    worst, largest = (np.unravel_index(int(np.argmax(a)), a.shape) for a in (ratio, error))
    torch_says, formula_says = (float(np.broadcast_to(v, error.shape)[worst]) for v in (left.value, right.value))
    entry = tuple(int(i) for i in worst)
    where = (
        f"{place}, sample {entry[0] if entry else 0}, entry {entry[1:]} of {equation.lhs.name if equation.lhs.op == 'symbol' else 'the left-hand side'}: torch has {torch_says!r}, the formula "
        f"{formula_says!r}, and rounding allows {float(bound[worst]):.2g}"
    )
    return _Comparison(float(error[largest]), float(bound[largest]), float(ratio[worst]), where)


def _formula(term: Term, symbols_of: _Symbols, definitions: Sequence[Definition]) -> Bounded:
    """A term's value through the definitions that it needs, each evaluated once."""
    needed = set(symbols(term))
    for definition in reversed(definitions):
        if definition.symbol in needed:
            needed |= set(symbols(definition.body))
    arithmetic = BoundedArithmetic(symbols_of.trial.sizes)
    known: dict[Term, Bounded] = {}

    def value_of(s: Term) -> Bounded:
        return known[s] if s in known else symbols_of.parameter(s)

    for definition in definitions:
        if definition.symbol in needed:
            known[definition.symbol] = evaluate(definition.body, arithmetic, value_of)
    return evaluate(term, arithmetic, value_of)


class _Symbols:
    """The arrays that a network's symbols stand for, by name, in the shapes of its convention."""

    def __init__(self, network: Network, trial: _Trial, seen: Bounded) -> None:
        self.column = network.convention == "column"
        self.trial = trial
        self.seen = seen
        self.arithmetic = BoundedArithmetic(trial.sizes)

    def output(self, s: Term) -> Bounded:
        """What torch says of an output symbol."""
        return self._pick(self.seen, s)

    def parameter(self, s: Term) -> Bounded:
        """The drawn numbers of an input, a weight, a bias, α or β."""
        name = s.name
        if name.layer is None and name.base in ("x", "X"):
            return self._pick(self.trial.inputs, s)
        if name.layer is None or not 1 <= name.layer <= len(self.trial.layers):
            raise UsageError(f"the network has no {name}")
        layer = self.trial.layers[name.layer - 1]
        scalars: Mapping[str, Bounded] = {"alpha": layer.alpha, "beta": layer.beta}
        if name.base in scalars and not s.shape and not name.entry:
            return scalars[name.base]
        found = {"W": layer.weight, "w": layer.weight, "b": layer.bias}.get(name.base)
        if found is None:
            raise UsageError(f"the network has no {name}")
        return self._pick(found, s)

    def _pick(self, rows: Bounded, s: Term) -> Bounded:
        """The whole array, in the shape that the symbol says, or one entry of it."""
        array = rows.T if self.column else rows
        shape, entry = array.value.shape[-2:], s.name.entry
        if s.shape:
            if tuple(map(self.arithmetic.size, s.shape)) != shape or entry:
                raise ShapeError(f"{s.name} is {describe(s.shape)} in the formula and {describe(shape)} in the network")
            return array
        if len(entry) < 2:
            vector = array.reshape(*array.value.shape[:-2], shape[0] * shape[1])
            return vector[..., _position(s.name, entry or (1,), (shape[0] * shape[1],), bool(entry))[0]]
        row, col = _position(s.name, entry, shape, True)
        return array[..., row, col]


def _position(name: Name, entry: tuple[int, ...], shape: tuple[int, ...], indexed: bool) -> tuple[int, ...]:
    if len(entry) != len(shape) or not all(1 <= i <= n for i, n in zip(entry, shape, strict=True)):
        raise ShapeError(f"the network has no entry {name}")
    if not indexed and shape != (1,):
        raise ShapeError(f"{name} has {shape[0]} entries in the network")
    return tuple(i - 1 for i in entry)


def _plain(value: Any) -> Any:
    return value if not isinstance(value, float) or np.isfinite(value) else str(value)


def _say_sizes(sizes: Sequence[Sequence[tuple[str, int]]]) -> str:
    if not any(sizes):
        return ""
    if len(sizes[0]) > 4:
        return f", {len(sizes[0])} sizes from 1 to {LARGEST_SIZE}"
    names = ", ".join(n for n, _ in sizes[0])
    return f", sizes ({names}) = " + ", ".join(f"({', '.join(str(v) for _, v in s)})" for s in sizes)
