"""What float64 is expected to do with a function h and its gradient: how far rounding may take it, and from what.

A model is made from h alone, or from torch's formulas for it, and never from a claimed derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from symnet.activations import Z
from symnet.errors import Undecided
from symnet.term import Term, substitute
from symnet.witness.arithmetic import is_piecewise_linear
from symnet.witness.bounded import Array, Bounded
from symnet.witness.enclosure import enclosure
from symnet.witness.formulas import Formula
from symnet.witness.function import Program
from symnet.witness.interval import Enclosure
from symnet.witness.jets import slope
from symnet.witness.rounding import Run, allow_library

#: How many exact values are kept, of h and of slopes.
REMEMBERED: Final = 2_000
Numbers = tuple[tuple[Term, Fraction], ...]
At = Callable[[float], Enclosure | None]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Bounds of the rounding error of h or h′ at many points, and what torch means to compute if it is neither."""

    error: Array
    meant: At | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A function h of a variable, with numbers for its other symbols.

    >>> from symnet.activations import Z
    >>> square = Subject(Z**2, Z, {})
    >>> square.value(3.0), square.slope(3.0), Subject(1 / Z, Z, {}).value(0.0)
    ((Fraction(9, 1), Fraction(9, 1)), (Fraction(6, 1), Fraction(6, 1)), None)
    """

    function: Term
    variable: Term
    values: Mapping[Term, Fraction]

    def of(self, term: Term) -> Subject:
        """Another function of the same variable and numbers."""
        return Subject(term, self.variable, self.values)

    def value(self, point: float) -> Enclosure | None:
        """h at a point; None where it has no value."""
        return _value(self.function, self._at(point))

    def slope(self, point: float) -> Enclosure | None:
        """The derivative of h at a point where no guard switches; None where it has none."""
        return _slope(self.function, self.variable, self._at(point))

    def _at(self, point: float) -> Numbers:
        return (*self.values.items(), (self.variable, Fraction(point)))

    @property
    def program(self) -> Program:
        """h as a straight-line program."""
        return Program(self.function, self.variable, self.values)

    def run(self, points: Array) -> Run:
        """The program at many points, with bounds of its rounding errors."""
        return Run(self.program, points)


# The same function is looked at in the same places again and again: for each branch, and for h′ in a.


@lru_cache(REMEMBERED)
def _value(term: Term, numbers: Numbers) -> Enclosure | None:
    try:
        return enclosure(term, dict(numbers))
    except Undecided:
        return None


@lru_cache(REMEMBERED)
def _slope(term: Term, variable: Term, numbers: Numbers) -> Enclosure | None:
    try:
        return slope(term, variable, dict(numbers))
    except Undecided:
        return None


def models_of_definition(h: Subject, points: Array) -> tuple[Model, Model]:
    """h in torch's operations, and reverse accumulation."""
    run = h.run(points)
    return Model(run.value.error), Model(run.gradient.error)


def models_of_formula(h: Subject, points: Array, formula: Formula) -> tuple[Model, Model]:
    """Stated formulas for both."""
    parts = h.of(formula.function), h.of(formula.gradient)
    value, gradient = (Model(part.run(points).value.error, part.value) for part in parts)
    return value, gradient


def models_of_library(h: Subject, points: Array, computed: Term | None) -> tuple[Model, Model]:
    """A function of torch's that is h, or ``computed`` in its place, in a way that is not known exactly.

    Where it is put together from lines it is taken to do as the term says; otherwise it may be as far off as the term
    in float64, and by the stated accuracy of a library function besides.
    """
    other = h if computed is None else h.of(computed)
    run = other.run(points)
    linear = is_piecewise_linear(substitute(other.function, {h.variable: Z}))
    widened: Callable[[Bounded], Bounded] = (lambda x: x) if linear else allow_library
    return (
        Model(widened(run.value).error, other.value if computed is not None else None),
        Model(widened(run.gradient).error, other.slope if computed is not None else None),
    )
