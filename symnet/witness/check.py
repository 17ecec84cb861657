"""The witness: a replayed claim against torch forward passes of the network, or of a network of each depth.

The two may differ by what float64 rounding explains, which is computed from the data (:mod:`.bounded`), never picked.
This is evidence that the right thing was proved, not a proof. One comparison is a trial (:mod:`.trial`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from symnet.errors import UsageError, WitnessFailed, brief
from symnet.kernel import Replayed
from symnet.network import Network
from symnet.network.family import NetworkFamily
from symnet.term import Bound
from symnet.witness.arithmetic import place
from symnet.witness.forward import load_torch
from symnet.witness.report import FamilyReport, Report
from symnet.witness.trial import Comparison, check_claim, check_cost, check_counts, compare, draw_trial

AnyReport = TypeVar("AnyReport", Report, FamilyReport)


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
    version = _torch_version()
    check_counts(seed, draws=draws, samples=samples)
    entrywise = check_claim(network, replayed)
    check_cost(network)
    found, sizes = [], []
    with np.errstate(all="ignore"):
        for index in range(draws):
            label = f"in draw {index}"
            trial = draw_trial(network, index, seed=seed, samples=samples, entrywise=entrywise, label=label)
            found += compare(replayed, trial)
            sizes.append(trial.named_sizes)
    worst, largest = _extremes(found)
    given = network.weights is not None
    numbers = (largest.error, largest.bound, worst.ratio)
    report = Report(*numbers, draws, samples, tuple(sizes), given, seed, version)
    return _passed(report, worst)


def witness_family(
    family: NetworkFamily,
    replayed: Replayed,
    *,
    seed: int = 0,
    depths: Iterable[int] = range(1, 13),
    samples: int = 16,
) -> FamilyReport:
    """Hold a replayed claim about networks of every depth against torch, at some depths.

    At each depth the widths are drawn from 1 to 7, and weights too. The formula's value comes from the replayed terms,
    with the depth for its letter; Σ and ∏ are loops, and nothing of the network's recursion is used. Torch builds
    ``family.at(depth)``.

    Args:
        family: what torch builds at each depth.
        replayed: what the kernel has checked; its claim has the output on the left, for every depth.
        seed: where the random numbers start. depths: whole numbers from 1. samples: how many inputs at each depth.

    Raises:
        WitnessFailed, UsageError, MissingDependency: as :func:`witness` does; UsageError also when the claim has a
            condition that one of the depths does not meet.

    >>> from symnet.kernel import replay
    >>> from symnet.prove.induction import induction_derivation
    >>> family = NetworkFamily("L")
    >>> report = witness_family(family, replay(induction_derivation(family).derivation), depths=(1, 5))
    >>> report.agrees, report.depths
    (True, (1, 5))

    Source of the bound: as for :func:`witness`.
    """
    version = _torch_version()
    check_counts(seed, samples=samples)
    chosen = _read_depths(depths)
    found, sizes = [], []
    with np.errstate(all="ignore"):
        for depth in chosen:
            network, places = family.at(depth), {family.depth: depth}
            _check_range(replayed, depth, places)
            check_cost(network)
            trial = draw_trial(
                network,
                depth,
                seed=seed,
                samples=samples,
                entrywise=check_claim(network, replayed),
                label=f"at depth {depth}",
                places=places,
            )
            found += compare(replayed, trial)
            sizes.append(trial.named_sizes)
    worst, largest = _extremes(found)
    numbers = (largest.error, largest.bound, worst.ratio)
    report = FamilyReport(*numbers, chosen, samples, tuple(sizes), seed, version)
    return _passed(report, worst)


def _torch_version() -> str:
    return str(load_torch().__version__).partition("+")[0]


def _extremes(found: list[Comparison]) -> tuple[Comparison, Comparison]:
    """Where the ratio of error and allowance is largest, and where the error is."""
    return max(found, key=lambda c: c.ratio), max(found, key=lambda c: c.error)


def _passed(report: AnyReport, worst: Comparison) -> AnyReport:
    if not report.agrees:
        raise WitnessFailed(f"the formula and torch differ {worst.where}", report)
    return report


def _read_depths(depths: Iterable[int]) -> tuple[int, ...]:
    found = tuple(depths) if isinstance(depths, Iterable) else (depths,)
    if not found or not all(type(d) is int and d >= 1 for d in found):
        raise UsageError(f"depths are whole numbers from 1, at least one, not {brief(found)}")
    return found


def _check_range(replayed: Replayed, depth: int, places: dict[str, int]) -> None:
    """Refuse a depth about which the claim says nothing."""
    for bound in replayed.claim.conditions:
        if isinstance(bound, Bound) and not place(bound.lower, places) <= place(bound.upper, places):
            raise UsageError(f"the claim says nothing at depth {depth}: it needs {bound.lower} ≤ {bound.upper}")
