"""A counterexample shown to torch: the three values in float64, and whether rounding could explain the gap."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from symnet.errors import UsageError, WitnessFailed
from symnet.witness.bounded import INFLATION, Bounded
from symnet.witness.exact import Counterexample
from symnet.witness.forward import (
    OUT_OF_RANGE,
    bounded_forward,
    draw_layers,
    load_torch,
    run_torch,
    torch_network,
)


@dataclass(frozen=True, slots=True)
class GapReport:
    """f((p + q)/2) − (f(p) + f(q))/2 as torch computes it. ``bound`` is what rounding may add to the exact gap.

    ``resolved`` says whether torch's gap exceeds its bound, so that float64 alone excludes 0.
    """

    gap: float
    exact_gap: float
    bound: float
    torch: str
    dtype: str = "float64"

    @property
    def agrees(self) -> bool:
        """Whether torch's gap is the exact one up to the bound."""
        return abs(self.gap - self.exact_gap) <= self.bound

    @property
    def resolved(self) -> bool:
        """Whether torch's gap is certainly not 0."""
        return abs(self.gap) > self.bound

    def __str__(self) -> str:
        verdict = "sees the gap" if self.resolved else "cannot resolve the gap in float64"
        numbers = f"{self.gap:.6g}, exactly {self.exact_gap:.6g}, rounding allows {self.bound:.2g}"
        return f"torch {self.torch} {verdict}: {numbers}"

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {**asdict(self), "agrees": self.agrees, "resolved": self.resolved}


def replay_on_torch(counterexample: Counterexample) -> GapReport:
    """Evaluate f with torch at p, q and (p + q)/2 and hold its gap against the exact one.

    Raises:
        WitnessFailed: torch's gap differs from the exact gap by more than rounding allows.
        UsageError: the values leave the range of float64.
        MissingDependency: torch is not installed.

    >>> from symnet.network import Network
    >>> from symnet.witness import counterexample
    >>> replay_on_torch(counterexample(Network(widths=(1, 1, 1), activations="relu"))).resolved
    True
    """
    torch = load_torch()
    low, high = _ends(counterexample.gap)
    try:
        exact, spread = float((low + high) / 2), float(high - low)
        with np.errstate(all="ignore"):
            gap = _torch_gap(counterexample)
    except OverflowError:
        raise UsageError(OUT_OF_RANGE) from None
    bound = INFLATION * (float(gap.error) + spread) + 4 * 2.0**-53 * abs(exact)
    if not np.isfinite(bound) or not np.isfinite(float(gap.value)):
        raise UsageError(OUT_OF_RANGE)
    report = GapReport(float(gap.value), exact, bound, str(torch.__version__).partition("+")[0])
    if not report.agrees:
        raise WitnessFailed(f"torch does not see the gap of the counterexample: {report}", report)
    return report


def _torch_gap(counterexample: Counterexample) -> Bounded:
    network = counterexample.network
    widths = [n for n in network.widths if isinstance(n, int)]
    layers = draw_layers(network, widths, np.random.default_rng(0), 0.5)
    points = [list(map(Bounded.rational, p)) for p in (counterexample.p, counterexample.q, counterexample.middle)]
    inputs = Bounded(*(np.array([[getattr(v, part) for v in p] for p in points]) for part in ("value", "error")))
    allowed = bounded_forward(network, layers, inputs, output=False)
    seen = run_torch(torch_network(network, layers, output=False), inputs.value)
    f_p, f_q, f_middle = (Bounded(seen, allowed.error)[i, counterexample.coordinate - 1] for i in range(3))
    return f_middle + Bounded.exactly(-0.5) * (f_p + f_q)


def _ends(gap: Fraction | tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    return gap if isinstance(gap, tuple) else (gap, gap)
