"""The witness of a derivative: torch's function and its autograd against exact values of h and of a claimed h′.

Torch's side is built from h alone: its own function where there is one, and otherwise h in torch's operations. So is
the bound of its rounding error (:mod:`.rounding`); the claimed h′ has no part in either. Besides, the claimed h′ is held
against the slope of h by interval arithmetic (:mod:`.enclosure`), which also sees what float64 loses. This is evidence
at many points that the right thing was proved, not a proof.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

import numpy as np

from symnet.activations import Activation, Z
from symnet.errors import Undecided, UsageError, WitnessFailed, brief
from symnet.term import Term
from symnet.witness.autograd import DEFINITION, Seen, ask
from symnet.witness.arithmetic import is_elementary
from symnet.witness.bounded import FLOOR, Array, Bounded
from symnet.witness.corners import Corner, corners
from symnet.witness.enclosure import enclosure, farthest, overlap, slope
from symnet.witness.formulas import Formula, formula_of
from symnet.witness.function import Program, torch_program
from symnet.witness.interval import Enclosure
from symnet.witness.points import choose_points
from symnet.witness.rounding import Run, allow_library, nearest
from symnet.witness.slopes import DerivativeReport, Exceptional, Measured
from symnet.witness.tensors import load_torch, torch_function

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
        formula: what that function and its gradient compute, if it is not the term itself and what follows from it.
        computed: the term that it computes in place of h, if it approximates on purpose and no formula is given.
        seed: where the random numbers start. samples: how many there are on each piece of h.

    Raises:
        WitnessFailed: h or h′ differs from torch by more than rounding, or h′ is not the slope of h; ``report`` of the
            error says where. UsageError: a symbol without a number; nothing that can be compared on some piece.
        MissingDependency: torch or mpmath is not installed.

    >>> from symnet.activations import find
    >>> h = find("sigmoid").definition
    >>> witness_derivative(h, h * (1 - h)).agrees
    True
    >>> witness_derivative(h, h * (1 + h))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    symnet.errors.WitnessFailed: the claimed derivative is not the slope of the function at z = -1000000.0: ...

    Source of the bound: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.1 and §3.3.
    """
    known = {s: Fraction(v) for s, v in (values or {}).items()}
    if variable in known:
        raise UsageError(f"{variable} is the variable: give numbers for the other symbols only")
    subject = _Subject(function, derivative, variable, known, corners(function, variable, known, kinks))
    points = np.array(choose_points([c.point for c in subject.corners], _checked(seed, samples), samples))
    seen = ask(points, torch_function, name, torch_program(Program(function, variable, known)))
    with np.errstate(all="ignore"):
        models = _Models.of(subject, points, torch_function is not None, formula, computed, seen)
        report = subject.report(points, seen, models, seed)
    return _passed(report)


def witness_activation(
    row: Activation,
    derivative: Term,
    values: Mapping[Term, Fraction] | None = None,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> DerivativeReport:
    """Hold a row of the table and a claimed derivative against torch's module or function of that name.

    Numbers for the row's parameters are those given, or torch's defaults; the rest is as for :func:`witness_derivative`.

    >>> from symnet.activations import find
    >>> from symnet.term import cases, number
    >>> relu = witness_activation(find("relu"), cases((number(0), "<", Z, number(1)), otherwise=number(0)))
    >>> print(*relu.corners)
    kink at 0: slopes 0 and 1, autograd says 0
    """
    numbers = row.numbers(values)
    report = witness_derivative(
        row.definition,
        derivative,
        Z,
        numbers,
        torch_function=torch_function(row, values) if row.torch else None,
        name=f"torch.{row.torch}",
        formula=formula_of(row, numbers),
        computed=row.computed,
        seed=seed,
        samples=samples,
    )
    formula = formula_of(row, numbers)
    notes = (row.approximates, row.autograd, formula.note if formula else "")
    return replace(report, notes=tuple(n for n in notes if n))


def _checked(seed: int, samples: int) -> int:
    for what, value, least in (("seed", seed, 0), ("samples", samples, 1)):
        if type(value) is not int or value < least:
            raise UsageError(f"{what} is a whole number from {least}, not {brief(value)}")
    return seed


def _passed(report: DerivativeReport) -> DerivativeReport:
    if report.refuted:
        where = f"z = {report.refuted[0]!r}: {len(report.refuted)} of {report.points} points refute it"
        raise WitnessFailed(f"the claimed derivative is not the slope of the function at {where}", report)
    for what, measured in (("function", report.function), ("claimed derivative", report.derivative)):
        if not measured.agrees:
            raise WitnessFailed(
                f"torch and the {what} differ at z = {measured.worst_point!r} by {measured.worst_ratio:.3g} times what "
                f"rounding allows: {measured.seen!r} against {measured.expected!r}",
                report,
            )
    return report


@dataclass(frozen=True, slots=True)
class _Model:
    """What torch means to compute, or None where that is the truth, with the bound of its rounding error."""

    term: Term | None
    error: Array


@dataclass(frozen=True, slots=True)
class _Models:
    """The models of h and of h′. ``slope_of`` is the function whose slope torch's gradient is, where it is not h."""

    function: _Model
    derivative: _Model
    slope_of: Term | None

    @staticmethod
    def of(
        subject: _Subject, points: Array, own: bool, formula: Formula | None, computed: Term | None, seen: Seen
    ) -> _Models:
        if own and formula is not None and seen.own_gradient:
            h, slope_ = subject.run(formula.function, points).value, subject.run(formula.gradient, points).value
            return _Models(_Model(formula.function, h.error), _Model(formula.gradient, slope_.error), None)
        run = subject.run(subject.function, points)
        if not own:
            return _Models(_Model(None, run.value.error), _Model(None, run.gradient.error), None)
        run = subject.run(computed or subject.function, points)
        widened: Callable[[Bounded], Bounded] = allow_library if is_elementary(subject.function) else lambda x: x
        h, slope_ = widened(run.value), widened(run.gradient)
        return _Models(_Model(computed, h.error), _Model(None, slope_.error), computed)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is compared: h and the claimed h′ in a variable, numbers for the rest, and where the cases of h switch."""

    function: Term
    derivative: Term
    variable: Term
    values: Mapping[Term, Fraction]
    corners: list[Corner] = field(default_factory=list)

    def run(self, term: Term, points: Array) -> Run:
        return Run(Program(term, self.variable, self.values), points)

    def at(self, term: Term, point: float) -> Enclosure | None:
        """An exact value, or None where there is none."""
        return _try(enclosure, term, self._place(point))

    def slope(self, term: Term, point: float) -> Enclosure | None:
        return _try(slope, term, self.variable, self._place(point))

    def _place(self, point: float) -> dict[Term, Fraction]:
        return {**self.values, self.variable: Fraction(point)}

    def report(self, points: Array, seen: Seen, models: _Models, seed: int) -> DerivativeReport:
        """Everything compared."""
        bends = {c.point for c in self.corners if not c.smooth}
        zs = [float(z) for z in points]
        rows = [
            _Row(z, float(y), float(e), self.at(self.function, z), self._meant(models.function.term, None, z))
            for z, y, e in zip(zs, seen.values, models.function.error, strict=True)
        ]
        slopes = [
            _Row(z, float(y), float(e), self.at(self.derivative, z), self._meant(models.derivative.term, models.slope_of, z), self.slope(self.function, z))
            for z, y, e in zip(zs, seen.gradients, models.derivative.error, strict=True)
            if z not in bends
        ]
        raise NotImplementedError


def _try(compute: Callable[..., Enclosure], *args: Any) -> Enclosure | None:
    try:
        return compute(*args)
    except Undecided:
        return None
