"""Values of terms at a point, enclosed so tightly that float64 rounding is coarse beside them.

Only the branch that holds is evaluated, so that log z may stand behind the guard 0 < z.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from threading import local
from typing import Any, Final, Generic, Protocol

from symnet.errors import Undecided, UsageError
from symnet.term import Name, Term
from symnet.witness.arithmetic import Arithmetic, Value, power
from symnet.witness.interval import Enclosure, Intervals

#: The precisions tried, in bits. The second separates numbers of the size of 2^−1074 from a cancelled 1.
BITS: Final = (128, 1280, 5120)
#: An enclosure is sharp when it is this narrow, beside its size or in itself. (u is 2^−53; the least float is 2^−1074.)
RELATIVE: Final = Fraction(1, 2**90)
ABSOLUTE: Final = Fraction(1, 2**1140)


class Comparison(Protocol):
    """Whether left ⋈ right holds; None where that is open."""

    def __call__(self, left: Any, relation: str, right: Any) -> bool | None: ...


#: Which arm of a ``cases`` was taken, by the identity of the node.
Choices = dict[int, int]


class Sweep(Generic[Value]):
    """One evaluation of terms, branch by branch: guards are decided first, and then one arm is evaluated.

    ``choices`` are the arms taken. Those that are given are followed, and their guards are not looked at; so a branch
    can be evaluated at its end, where it no longer holds.
    """

    def __init__(
        self,
        arithmetic: Arithmetic[Value],
        value_of: Callable[[Term], Value],
        compare: Comparison,
        choices: Mapping[int, int] | None = None,
    ) -> None:
        self.arithmetic = arithmetic
        self.value_of = value_of
        self.compare = compare
        self.choices: Choices = dict(choices or {})
        self._done: dict[int, Value] = {}

    def value(self, root: Term) -> Value:
        """The value of a term, by a loop.

        Raises :class:`~symnet.errors.Undecided` for a guard that is open, :class:`~symnet.errors.UsageError` for an op
        that is no number.
        """
        todo = [root]
        while todo:
            node = todo[-1]
            waiting = [] if id(node) in self._done else [a for a in self._needed(node) if id(a) not in self._done]
            if waiting:
                todo += reversed(waiting)
                continue
            todo.pop()
            if id(node) not in self._done:
                self._done[id(node)] = self._combine(node)
        return self._done[id(root)]

    def _needed(self, node: Term) -> tuple[Term, ...]:
        """What must be evaluated next before the node can be."""
        if node.op != "cases":
            return node.args
        if id(node) not in self.choices:
            for i, relation in enumerate(node.value):
                left, right = sides = node.args[3 * i : 3 * i + 2]
                if any(id(s) not in self._done for s in sides):
                    return sides
                holds = self.compare(self._done[id(left)], relation, self._done[id(right)])
                if holds is None:
                    raise Undecided("a guard is open there, even with many bits")
                if holds:
                    self.choices[id(node)] = i
                    break
            else:
                self.choices[id(node)] = len(node.value)
        return (_arm(node, self.choices[id(node)]),)

    def _combine(self, node: Term) -> Value:
        if node.op == "cases":
            return self._done[id(_arm(node, self.choices[id(node)]))]
        if node.op == "symbol":
            return self.value_of(node)
        args = [self._done[id(a)] for a in node.args]
        match node.op:
            case "number":
                return self.arithmetic.number(node.value)
            case "sum":
                return reduce(operator.add, args)
            case "multiply":
                return reduce(operator.mul, args)
            case "divide":
                return args[0] / args[1]  # type: ignore[operator, no-any-return]
            case "power":
                return power(self.arithmetic.number(Fraction(1)), args[0], node.value)
            case "apply":
                return self.arithmetic.apply(node.name, args[0])
            case "constant":
                return self.arithmetic.pi()
        raise UsageError(f"{node.op} has no value at a point: write the function out")


def _arm(node: Term, i: int) -> Term:
    return node.args[-1] if i == len(node.value) else node.args[3 * i + 2]


class PointIntervals(Intervals):
    """Intervals with the functions of numerical libraries besides those that the kernel knows."""

    def apply(self, function: Name, argument: Any) -> Any:
        if not function.positions and function.base in _LIBRARY:
            return _LIBRARY[function.base](self, argument)
        return super().apply(function, argument)

    def _erf(self, end: Any) -> Any:
        """As the method that it replaces, with the series summed in whole numbers, which is five times as quick."""
        if end < 0 or end * end > self.context.prec:
            return super()._erf(end)
        low, high = self.exact(end * end)
        series = self.between(self._erf_series(low, 0), self._erf_series(high, 1))
        return 2 * end / self.context.sqrt(self.pi()) * self._exp(-end * end) * series

    def _erf_series(self, square: Fraction, up: int) -> Fraction:
        """A bound of Σ (2x²)ⁿ/(2n+1)!! in steps of one unit, each rounded down or up; the last term bounds the rest."""
        places = self.context.prec + 32
        twice = (2 * square.numerator << places) // square.denominator + up
        term, total, n = 1 << places, 1 << places, 1
        while not (2 * twice < (2 * n + 1) << places and term <= up):
            term = (term * twice >> places) // (2 * n + 1) + up
            total, n = total + term, n + 1
        return Fraction(total + up * term, 1 << places)

    def sigmoid(self, argument: Any) -> Any:
        """1/(1 + e^−z)"""
        return 1 / (1 + self.known("exp", -argument))


_LIBRARY: Final[dict[str, Callable[[PointIntervals, Any], Any]]] = {
    "sigmoid": PointIntervals.sigmoid,
    "log1p": lambda a, z: a.known("log", 1 + z),
    "expm1": lambda a, z: a.known("exp", z) - 1,
    "tanh_softplus": lambda a, z: a.known("tanh", a.known("log", 1 + a.known("exp", z))),
}


def compare(left: Any, relation: str, right: Any) -> bool | None:
    """Whether left ⋈ right for all numbers of two intervals, for none (False), or for some (None)."""
    found: bool | None = left < right if relation == "<" else left <= right
    return found


def enclosure(term: Term, values: Mapping[Term, Fraction]) -> Enclosure:
    """Two rationals with the value of a term between them, so close that float64 is coarse beside them.

    Args:
        term: a scalar of numbers, symbols, π, sums, products, quotients, powers, known functions and cases.
        values: a rational number for each symbol.

    Raises :class:`~symnet.errors.Undecided` where the term has no value, where a guard stays open, and where a value is
    too large to be written down; :class:`~symnet.errors.UsageError` for a symbol without a number.

    >>> from symnet.activations import find
    >>> from symnet.term import symbol
    >>> low, high = enclosure(find("sigmoid").definition, {symbol("z"): Fraction(-40)})
    >>> float(low) == float(high) == 4.248354255291589e-18
    True
    """
    (found,) = refined(lambda a: (sweep(a, values).value(term),))
    return found


def sweep(
    intervals: PointIntervals, values: Mapping[Term, Fraction], choices: Mapping[int, int] | None = None
) -> Sweep[Any]:
    """An evaluation with intervals for the numbers given to symbols."""
    return Sweep(intervals, lambda s: intervals.number(number_of(s, values)), compare, choices)


def number_of(s: Term, values: Mapping[Term, Fraction]) -> Fraction:
    """The number given for a symbol."""
    if s not in values:
        raise UsageError(f"{s} has no number: give one in values")
    return values[s]


def refined(compute: Callable[[PointIntervals], tuple[Any, ...]]) -> tuple[Enclosure, ...]:
    """What is computed with more and more bits until every interval is sharp; None stands for an exact 0.

    Raises :class:`~symnet.errors.Undecided` with the reason when no precision is enough.
    """
    reason: Undecided | None = None
    for bits in BITS:
        intervals = intervals_of(bits)
        try:
            found = tuple(_written_out(intervals, v) for v in compute(intervals))
        except Undecided as error:
            reason = error
            continue
        if all(map(is_sharp, found)):
            return found
    raise reason or Undecided(f"{BITS[-1]} bits leave more open than float64 can show")


class _Contexts(local):
    """Intervals by their bits, for each thread."""

    def __init__(self) -> None:
        self.known: dict[int, PointIntervals] = {}


_CONTEXTS: Final = _Contexts()


def intervals_of(bits: int) -> PointIntervals:
    """Intervals with so many bits, made once in each thread: making them takes longer than using them at a point."""
    if bits not in _CONTEXTS.known:
        _CONTEXTS.known[bits] = PointIntervals(bits)
    return _CONTEXTS.known[bits]


def _written_out(intervals: Intervals, interval: Any) -> Enclosure:
    return (Fraction(0), Fraction(0)) if interval is None else intervals.exact(interval)


def is_sharp(enclosed: Enclosure) -> bool:
    """Whether an enclosure is narrow beside its size, or in itself."""
    low, high = enclosed
    return high - low <= max(ABSOLUTE, RELATIVE * min(abs(low), abs(high)))


def overlap(a: Enclosure, b: Enclosure) -> bool:
    """Whether two enclosures have a number in common, so that their values may be equal."""
    return a[0] <= b[1] and b[0] <= a[1]


def distance(number: Fraction, enclosed: Enclosure) -> Fraction:
    """How far a number certainly is from what is enclosed: 0 inside.

    >>> distance(Fraction(3), (Fraction(1), Fraction(2))), distance(Fraction(3), (Fraction(1), Fraction(4)))
    (Fraction(1, 1), Fraction(0, 1))
    """
    return max(Fraction(0), enclosed[0] - number, number - enclosed[1])
