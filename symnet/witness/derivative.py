"""The witness of a derivative: torch's function and its autograd against exact values of h and of a claimed h′.

Torch's side is built from h alone: its own function where there is one, and otherwise h in torch's operations. So is
the bound of its rounding error (:mod:`.models`); the claimed h′ has no part in either. Besides, the claimed h′ is held
against the slope of h by interval arithmetic (:mod:`.enclosure`), which also sees what float64 loses. This is evidence
at many points that the right thing was proved, not a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import numpy as np

from symnet.activations import Activation, Z
from symnet.errors import UsageError, WitnessFailed, brief
from symnet.term import Term
from symnet.witness import tensors
from symnet.witness.autograd import Seen, ask
from symnet.witness.bounded import Array
from symnet.witness.corners import Corner, corners
from symnet.witness.enclosure import overlap
from symnet.witness.formulas import Formula, formula_of
from symnet.witness.function import torch_program
from symnet.witness.interval import Enclosure
from symnet.witness.measuring import Compared, compare_at, exceptions, measured, shift_at
from symnet.witness.models import At, Model, Subject, models_of_definition, models_of_formula, models_of_library
from symnet.witness.points import choose_points
from symnet.witness.slopes import DerivativeReport, Measured

#: How many random points each piece of a function gets.
SAMPLES: Final = 8


def witness_derivative(
    function: Term,
    derivative: Term,
    variable: Term = Z,
    values: Mapping[Term, Fraction] | None = None,
    *,
    kinks: Sequence[Fraction | Term] | None = None,
    torch_function: Callable[[Any], Any] | None = None,
    name: str = "torch's function",
    formula: Formula | None = None,
    computed: Term | None = None,
    seed: int = 0,
    samples: int = SAMPLES,
) -> DerivativeReport:
    """Hold a function and a claimed derivative against torch and its autograd in float64.

    Args:
        function: h, a scalar term in the variable. derivative: the claimed h′, another. variable: what both are in.
        values: a number for each other symbol.
        kinks: where the branches of h meet, if its guards are not linear in the variable.
        torch_function: torch's own h, from a tensor to a tensor, if it has one; ``name`` is what it is called.
        formula: what that function and its gradient compute, where it is not the term itself.
        computed: the term that it computes in place of h, where it approximates on purpose and no formula is given.
        seed: where the random numbers start. samples: how many there are on each piece of h.

    Raises:
        WitnessFailed: h or h′ differs from torch by more than rounding, or h′ is not the slope of h; ``report`` of the
            error says where. UsageError: a symbol without a number; nothing that can be compared on some piece.
        MissingDependency: torch or mpmath is not installed.

    >>> from symnet.activations import find
    >>> h = find("sigmoid").definition
    >>> witness_derivative(h, h * (1 - h)).agrees
    True
    >>> witness_derivative(h, h * (1 + h))
    Traceback (most recent call last):
    symnet.errors.WitnessFailed: torch and the claimed derivative differ at 710.0 by 1e+15 times what rounding allows

    Source of the bound: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.1 and §3.3.
    """
    version = torch_version()
    check_counts(seed, samples)
    known = read_numbers(values, variable)
    h = Subject(function, variable, known)
    places = corners(function, variable, known, kinks)
    points = np.array(choose_points([c.point for c in places], seed, samples))
    seen = ask(points, torch_function, name, torch_program(h.program))
    with np.errstate(all="ignore"):
        models = _models(h, points, torch_function is not None, seen, formula, computed)
    return _passed(_Trial(h, h.of(derivative), places, seen, points).report(*models, seed, version))


def witness_activation(
    row: Activation,
    derivative: Term,
    values: Mapping[Term, Fraction] | None = None,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> DerivativeReport:
    """Hold a row of the table and a claimed derivative against torch's module or function of that name.

    Numbers for the row's parameters are those given, or torch's defaults; the rest is as for
    :func:`witness_derivative`. The report's notes are what the row says of torch.

    >>> from symnet.activations import find
    >>> from symnet.term import cases, number
    >>> relu = witness_activation(find("relu"), cases((number(0), "<", Z, number(1)), otherwise=number(0)))
    >>> print(*relu.corners)
    kink at 0: slopes 0 and 1, autograd says 0
    """
    numbers = row.numbers(values)
    formula = formula_of(row, numbers)
    report = witness_derivative(
        row.definition,
        derivative,
        Z,
        numbers,
        torch_function=tensors.torch_function(row, values) if row.torch else None,
        name=f"torch.{row.torch}",
        formula=formula,
        computed=row.computed,
        seed=seed,
        samples=samples,
    )
    notes = (row.approximates, row.autograd, formula.note if formula else "")
    return replace(report, notes=tuple(n for n in notes if n))


def torch_version() -> str:
    """The version of the torch that is asked."""
    return str(tensors.load_torch().__version__).partition("+")[0]


def check_counts(seed: int, samples: int) -> None:
    """Refuse what is no seed or no number of samples."""
    for what, value, least in (("seed", seed, 0), ("samples", samples, 1)):
        if type(value) is not int or value < least:
            raise UsageError(f"{what} is a whole number from {least}, not {brief(value)}")


def read_numbers(values: Mapping[Term, Fraction] | None, *variables: Term) -> dict[Term, Fraction]:
    """The numbers given for symbols, none of which may be one of the variables."""
    for variable in variables:
        if values and variable in values:
            raise UsageError(f"{variable} is a variable: give numbers for the other symbols only")
    return {s: Fraction(v) for s, v in (values or {}).items()}


def _models(
    h: Subject, points: Array, own: bool, seen: Seen, formula: Formula | None, computed: Term | None
) -> tuple[Model, Model]:
    """The model of what gave the values, and of what gave the gradients; ``own`` if torch has a function of its own."""
    if not own:
        return models_of_definition(h, points)
    value, gradient = models_of_formula(h, points, formula) if formula else models_of_library(h, points, computed)
    return value, gradient if seen.own_gradient else models_of_definition(h, points)[1]


class _Trial:
    """One comparison of h and a claimed h′ with torch, at all points."""

    def __init__(self, h: Subject, claim: Subject, places: Sequence[Corner], seen: Seen, points: Array) -> None:
        self.h = h
        self.claim = claim
        self.places = places
        self.seen = seen
        self.points: list[float] = points.tolist()
        bends = {c.point for c in places if not c.smooth}
        meetings = {c.point: _around(c.left) for c in places if c.smooth and c.exact and c.left is not None}
        taken = {z: h.slope(z) for z in self.points if z not in bends}  # where branches meet, that of one arm
        self.truths = {z: meetings.get(z, slope) for z, slope in taken.items()}
        self.claims = {z: claim.value(z) if truth else None for z, truth in self.truths.items()}
        #: Where autograd, which differentiates the arm taken at a point alone, does not say what the slope is.
        self.conventions = {z for z, truth in meetings.items() if (arm := taken.get(z)) and not overlap(arm, truth)}

    def values(self, model: Model) -> dict[float, Compared | None]:
        """h at every point."""
        said = zip(self.points, self.seen.values.tolist(), model.error.tolist(), strict=True)
        return {z: compare_at(z, y, e, self.h.value(z), _shift(z, self.h.value, model)) for z, y, e in said}

    def slopes(self, model: Model) -> dict[float, Compared | None]:
        """h′ at every point at which it exists."""
        said = zip(self.points, self.seen.gradients.tolist(), model.error.tolist(), strict=True)
        expected = {z: None if z in self.conventions else claimed for z, claimed in self.claims.items()}
        return {
            z: compare_at(z, y, e, expected[z], _shift(z, self.truths.__getitem__, model))
            for z, y, e in said
            if z in self.truths
        }

    def refuted(self) -> tuple[float, ...]:
        """Where the claim is certainly not the slope."""
        pairs = ((z, self.claims[z], truth) for z, truth in self.truths.items())
        return tuple(z for z, claimed, truth in pairs if truth and claimed and not overlap(claimed, truth))

    def check_pieces(self, slopes: Mapping[float, Compared | None]) -> None:
        """Something must have been compared on every piece on which h has a slope at some point."""
        ends = [-np.inf, *(c.point for c in self.places), np.inf]
        for low, high in pairwise(ends):
            inside = [z for z in slopes if low < z < high and self.truths[z] is not None]
            if inside and not any(slopes[z] for z in inside):
                where = f"between {self.claim.variable} = {low:.6g} and {high:.6g}"
                raise UsageError(f"nothing can be compared {where}: float64 overflows, or the claim has no value there")
        if not any(slopes.values()):
            raise UsageError("nothing can be compared: the function or the claimed derivative has no value anywhere")

    def corners(self) -> tuple[Corner, ...]:
        """The corners with what torch's autograd says there."""
        said = dict(zip(self.points, self.seen.gradients.tolist(), strict=True))
        known = self.seen.own_gradient
        return tuple(replace(c, autograd=said[c.point] if known and c.exact else None) for c in self.places)

    def report(self, value: Model, gradient: Model, seed: int, version: str) -> DerivativeReport:
        """Everything compared."""
        values, slopes = self.values(value), self.slopes(gradient)
        self.check_pieces(slopes)
        return DerivativeReport(
            points=len(self.points),
            function=_measured(values),
            derivative=_measured(slopes),
            refuted=self.refuted(),
            corners=self.corners(),
            exceptional=(*exceptions("h", _found(values)), *exceptions("h′", _found(slopes))),
            notes=(),
            by=self.seen.by,
            gradient_by=self.seen.gradient_by,
            seed=seed,
            torch=version,
        )


def _around(slope: float) -> Enclosure:
    """The numbers of which a float64 may be the nearest."""
    slack = abs(Fraction(slope)) / 2**52 + Fraction(1, 2**1074)
    return Fraction(slope) - slack, Fraction(slope) + slack


def _shift(point: float, truth: At, model: Model) -> Callable[[], Enclosure | None] | None:
    meant = model.meant
    return None if meant is None else lambda: shift_at(point, truth, meant)


def _found(compared: Mapping[float, Compared | None]) -> list[Compared]:
    return [c for c in compared.values() if c is not None]


def _measured(compared: Mapping[float, Compared | None]) -> Measured:
    return measured(_found(compared), (z for z, c in compared.items() if c is None))


def _passed(report: DerivativeReport) -> DerivativeReport:
    for what, found in (("the function", report.function), ("the claimed derivative", report.derivative)):
        if not found.agrees:
            raise WitnessFailed(
                f"torch and {what} differ at {found.worst_point!r} by {found.worst_ratio:.3g} times what rounding "
                f"allows: {found.seen!r} against {found.expected!r}",
                report,
            )
    if report.refuted:
        count = f"({len(report.refuted)} of {report.points} points)"
        raise WitnessFailed(f"the claimed derivative is not the slope of h at {report.refuted[0]!r} {count}", report)
    return report
