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
from symnet.term import Name, Term, fold, instance, substitute, symbol, total
from symnet.witness import tensors
from symnet.witness.bounded import Array, Bounded
from symnet.witness.derivative import check_counts
from symnet.witness.enclosure import PointIntervals, jets_at, overlap, refined, sweep
from symnet.witness.interval import Enclosure
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
        jacobian: n rows; entry j of row i is the claimed ∂a_i/∂z_j, a term in z_1 … z_n. For glu there are 2n entries in
            a row, for u_1 … u_n and then v_1 … v_n.
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
    model = _MODELS.get(row.torch)
    if model is None:
        raise UsageError(f"{row.name} is not a vector function whose gradient in torch is stated here")
    n = len(jacobian)
    variables = inputs(row, n)
    if not n or any(len(entry) != len(variables) for entry in jacobian):
        raise UsageError(f"the claim for {n} outputs of {row.name} has {len(variables)} derivatives for each")
    trial = _Trial(entries(row, n), [[_spelt_out(t, letters) for t in line] for line in jacobian], variables)
    points = choose_inputs(len(variables), seed, samples)
    report = trial.report(points, *_ask(row, points), *model(points), f"torch.{row.torch}", seed)
    return _passed(report)


def entries(row: Activation, n: int) -> list[Term]:
    """The n entries of a vector row, with its sums written out.

    >>> from symnet.activations import find
    >>> entries(find("glu"), 1)
    [multiply(u_(1), divide(number(1), sum(number(1), apply(multiply(number(-1), v_(1)), exp))))]
    """
    if type(n) is not int or n < 1:
        raise UsageError(f"a vector has a whole number of entries from 1, not {brief(n)}")
    whole = instance(row.definition, "n", n)
    return [_written_out(instance(whole, "i", i)) for i in range(1, n + 1)]


def inputs(row: Activation, n: int) -> list[Term]:
    """The symbols of a vector row with n outputs, in torch's order."""
    bases = sorted({s.name.base for s in _symbols(row.definition)})
    return [symbol(Name(base, entry=(k,))) for base in bases for k in range(1, n + 1)]
