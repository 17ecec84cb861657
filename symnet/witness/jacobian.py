"""The witness of a matrix of derivatives: softmax, softmin, log softmax and glu against torch, entry by entry.

As for one variable (:mod:`.derivative`): torch's function and its autograd in float64, exact values of the claimed
entries ∂a_i/∂z_j, and a bound that is made from torch's own formulas and knows nothing of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from symnet.activations import Activation
from symnet.errors import Undecided, UsageError, WitnessFailed, brief
from symnet.term import Name, Term, fold, instance, number, substitute, symbol, symbols, total
from symnet.witness import tensors
from symnet.witness.bounded import Array, Bounded
from symnet.witness.derivative import check_counts, torch_version
from symnet.witness.enclosure import PointIntervals, overlap, refined, sweep
from symnet.witness.interval import Enclosure
from symnet.witness.jets import jets_at
from symnet.witness.measuring import Compared, compare_at, exceptions, measured
from symnet.witness.rounding import LibraryArithmetic, added
from symnet.witness.slopes import JacobianReport, Measured, Point

_MINUS: Final = Bounded.exactly(-1.0)
_ONE: Final = Bounded.exactly(1.0)


def witness_jacobian(
    row: Activation,
    jacobian: Sequence[Sequence[Term]],
    letters: Mapping[Term, Term] | None = None,
    *,
    seed: int = 0,
    samples: int = 4,
) -> JacobianReport:
    """Hold a vector row of the table and a claimed matrix of derivatives against torch in float64.

    Args:
        row: softmax, softmin, log_softmax or glu.
        jacobian: n rows; entry j of row i is the claimed ∂a_i/∂z_j, a term in z_1 … z_n. For glu a row has 2n entries,
            for u_1 … u_n and then v_1 … v_n.
        letters: what other letters in the claim stand for, such as a_i; a later one may use an earlier one.
        seed: where the random numbers start. samples: how many random inputs; there are a few extreme ones besides.

    Raises :class:`~symnet.errors.WitnessFailed` where torch differs by more than rounding or an entry is not the slope,
    with the report, and :class:`~symnet.errors.UsageError` for a row that is none of these and for a matrix of another
    shape.

    >>> from symnet.activations import find
    >>> softmax, (a1, a2) = find("softmax"), entries(find("softmax"), 2)
    >>> witness_jacobian(softmax, [[a1 * (1 - a1), -a1 * a2], [-a2 * a1, a2 * (1 - a2)]]).agrees
    True
    """
    check_counts(seed, samples)
    if row.torch not in MODELS:
        raise UsageError(f"{row.name} is not a vector function whose gradient in torch is stated here")
    n = len(jacobian)
    variables = inputs(row, n)
    if not n or any(len(entry) != len(variables) for entry in jacobian):
        raise UsageError(f"the claim for {n} outputs of {row.name} has {len(variables)} derivatives for each")
    trial = _Trial(entries(row, n), [[_spelt_out(t, letters) for t in line] for line in jacobian], variables)
    points = choose_inputs(len(variables), seed, samples)
    with np.errstate(all="ignore"):
        report = trial.report(
            points, *_ask(row, points), *_errors(MODELS[row.torch](points)), f"torch.{row.torch}", seed
        )
    return _passed(report)


def entries(row: Activation, n: int) -> list[Term]:
    """The n entries of a vector row, with its sums written out.

    >>> from symnet.activations import find
    >>> entries(find("glu"), 1)
    [multiply(u_1, divide(number(1), sum(number(1), apply(multiply(number(-1), v_1), exp))))]
    """
    if type(n) is not int or n < 1:
        raise UsageError(f"a vector has a whole number of entries from 1, not {brief(n)}")
    whole = _written_out(instance(row.definition, "n", n))
    return [instance(whole, "i", i) for i in range(1, n + 1)]


def inputs(row: Activation, n: int) -> list[Term]:
    """The symbols of a vector row with n outputs, in torch's order.

    >>> from symnet.activations import find
    >>> inputs(find("glu"), 2)
    [u_1, u_2, v_1, v_2]
    """
    bases = sorted({s.name.base for s in symbols(row.definition)})
    return [symbol(Name(base, entry=(k,))) for base in bases for k in range(1, n + 1)]


def _written_out(term: Term) -> Term:
    """Every Σ between numbers as a sum."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node.op != "sigma":
            return Term(node.op, tuple(args), node.value) if args else node
        variable, first, last = node.value
        if type(first) is not int or type(last) is not int:
            raise UsageError(f"a sum over {variable} has no numbers for its ends")
        return total(instance(args[0], variable, k) for k in range(first, last + 1)) if last >= first else number(0)

    return fold(term, combine)


def _spelt_out(term: Term, letters: Mapping[Term, Term] | None) -> Term:
    """A claimed entry in the inputs alone."""
    for letter, meaning in reversed(list((letters or {}).items())):
        term = substitute(term, {letter: meaning})
    return _written_out(term)


def choose_inputs(size: int, seed: int, samples: int) -> Array:
    """Random inputs, equal ones, and ramps whose ends are 20, 700 and 2,000 apart from the middle."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(-1, 1, size) if size > 1 else np.ones(1)
    extreme = [np.zeros(size), *(np.round(ramp * end) for end in (20, 700, 2000))]
    return np.array([*(rng.normal(size=(samples, size)) * 3), *extreme])


def _ask(row: Activation, points: Array) -> tuple[Array, Array]:
    """Torch's values and Jacobians, one point after the other."""
    torch, function = tensors.load_torch(), tensors.torch_function(row)
    xs = torch.tensor(points, dtype=torch.float64)
    jacobians = [torch.autograd.functional.jacobian(function, x).numpy() for x in xs]
    return np.array([function(x).numpy() for x in xs]), np.array(jacobians)


# The bounds, by torch's formulas (aten/src/ATen/native/cpu/SoftMaxKernel.cpp and Activation.cpp). Each gives the a_i
# and the entries i, j, for many points at once.

Model = tuple[Sequence[Bounded], Sequence[Sequence[Bounded]]]


def _columns(x: Bounded) -> list[Bounded]:
    return [x[:, k] for k in range(x.value.shape[1])]


def _errors(model: Model) -> tuple[Array, Array]:
    """The errors alone, with the points along the first axis."""
    values, matrix = model
    rows = [np.stack([entry.error for entry in line], axis=1) for line in matrix]
    return np.stack([v.error for v in values], axis=1), np.stack(rows, axis=1)


def _weights(points: Array) -> tuple[list[Bounded], Bounded, list[Bounded]]:
    """z_i − m with m the largest, Σ of the weights e^(z_i − m), and these."""
    largest = Bounded.exactly(-points.max(axis=1))
    shifted = [z + largest for z in _columns(Bounded.exactly(points))]
    weights = [LibraryArithmetic().known("exp", z) for z in shifted]
    return shifted, added(weights), weights


def _softmax(points: Array) -> Model:
    """a = e (1/S), and (δ_ij − a_i) a_j: Σ g_k a_k with g = (δ_ik) needs no rounding."""
    _, total_weight, weights = _weights(points)
    share = [w * (_ONE / total_weight) for w in weights]
    minus = [_MINUS * a for a in share]
    return share, [[(_ONE + b if i == j else b) * a for j, a in enumerate(share)] for i, b in enumerate(minus)]


def _softmin(points: Array) -> Model:
    """Softmax of −z, and the sign."""
    share, matrix = _softmax(-points)
    return share, [[_MINUS * entry for entry in line] for line in matrix]


def _log_softmax(points: Array) -> Model:
    """b = (z − m) − log S, and δ_ij − e^(b_j)."""
    arithmetic = LibraryArithmetic()
    shifted, total_weight, _ = _weights(points)
    lower = _MINUS * arithmetic.known("log", total_weight)
    values = [z + lower for z in shifted]
    minus = [_MINUS * arithmetic.known("exp", b) for b in values]
    return values, [[_ONE + m if i == j else m for j, m in enumerate(minus)] for i in range(len(values))]


def _glu(points: Array) -> Model:
    """u s with s = σ(v), and s and (1 − s) s u on the two diagonals."""
    columns = _columns(Bounded.exactly(points))
    n = len(columns) // 2
    gates = [LibraryArithmetic().known("sigmoid", v) for v in columns[n:]]
    nothing = Bounded.exactly(np.zeros(len(points)))
    lines = []
    for i, (u, s) in enumerate(zip(columns[:n], gates, strict=True)):
        line = [nothing] * len(columns)
        line[i], line[n + i] = s, (_ONE + _MINUS * s) * s * u
        lines.append(line)
    return [u * s for u, s in zip(columns[:n], gates, strict=True)], lines


MODELS: Final[dict[str, Callable[[Array], Model]]] = {
    "nn.Softmax": _softmax,
    "nn.Softmin": _softmin,
    "nn.LogSoftmax": _log_softmax,
    "nn.GLU": _glu,
}


Enclosed = tuple[Enclosure, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """The functions and the claimed entries, in the same variables."""

    functions: Sequence[Term]
    claim: Sequence[Sequence[Term]]
    variables: Sequence[Term]

    def values(self, point: Sequence[float]) -> Enclosed:
        return _enclosed(lambda a: self._all(a, point, self.functions))

    def claimed(self, point: Sequence[float]) -> Enclosed:
        return _enclosed(lambda a: self._all(a, point, [t for line in self.claim for t in line]))

    def truths(self, point: Sequence[float]) -> Enclosed:
        """The slopes, by intervals that carry them."""
        return _enclosed(lambda a: tuple(self._slopes(a, point)))

    def _at(self, point: Sequence[float]) -> dict[Term, Fraction]:
        return dict(zip(self.variables, map(Fraction, point), strict=True))

    def _all(self, a: PointIntervals, point: Sequence[float], terms: Sequence[Term]) -> tuple[Any, ...]:
        there = sweep(a, self._at(point))
        return tuple(there.value(t) for t in terms)

    def _slopes(self, a: PointIntervals, point: Sequence[float]) -> Iterator[Any]:
        sweeps = [jets_at(a, z, self._at(point)) for z in self.variables]
        for h in self.functions:
            yield from (s.value(h).slope for s in sweeps)

    def report(
        self, points: Array, seen: Array, slopes: Array, error: Array, slope_error: Array, by: str, seed: int
    ) -> JacobianReport:
        """Everything compared. A point is followed by i, or by i and j, from 1."""
        found: list[Compared | None] = []
        entries_: list[Compared | None] = []
        refuted: list[Point] = []
        for k, point in enumerate(points.tolist()):
            found += _compare(point, seen[k], error[k], self.values(point))
            claimed, truths = self.claimed(point), self.truths(point)
            here = _compare(point, slopes[k], slope_error[k], claimed)
            entries_ += here
            if claimed and truths:
                pairs = zip(_places(point, slopes[k].shape), claimed, truths, strict=True)
                refuted += [place for place, c, t in pairs if not overlap(c, t)]
        return JacobianReport(
            points=len(points),
            function=_measured(found),
            jacobian=_measured(entries_),
            refuted=tuple(refuted),
            exceptional=(*exceptions("h", _kept(found)), *exceptions("h′", _kept(entries_))),
            by=by,
            seed=seed,
            torch=torch_version(),
        )


def _enclosed(compute: Callable[[PointIntervals], tuple[Any, ...]]) -> Enclosed:
    try:
        return refined(compute)
    except Undecided:
        return None


def _places(point: Sequence[float], shape: tuple[int, ...]) -> list[tuple[float, ...]]:
    return [(*point, *(float(i + 1) for i in index)) for index in np.ndindex(shape)]


def _compare(point: Sequence[float], seen: Array, error: Array, exact: Enclosed) -> list[Compared | None]:
    if exact is None:
        return [None]
    parts = zip(_places(point, seen.shape), seen.ravel().tolist(), error.ravel().tolist(), exact, strict=True)
    return [compare_at(place, y, e, x) for place, y, e, x in parts]


def _kept(found: Sequence[Compared | None]) -> list[Compared]:
    return [c for c in found if c is not None]


def _measured(found: Sequence[Compared | None]) -> Measured:
    kept = _kept(found)
    if not kept:
        raise UsageError("nothing can be compared: the claim has no value at any of the points")
    return measured(kept, ())


def _passed(report: JacobianReport) -> JacobianReport:
    for what, found in (("the function", report.function), ("the claimed entries", report.jacobian)):
        if not found.agrees:
            raise WitnessFailed(
                f"torch and {what} differ at {found.worst_point!r} by {found.worst_ratio:.3g} times what rounding "
                f"allows: {found.seen!r} against {found.expected!r}",
                report,
            )
    if report.refuted:
        raise WitnessFailed(f"a claimed entry is not the slope at {report.refuted[0]!r}", report)
    return report
