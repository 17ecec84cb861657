"""Arrays of float64 that carry a bound of their rounding error.

A :class:`Bounded` stands for a real array r that is only known through float64. It holds one float64 evaluation
``value`` and an ``error`` such that **every** float64 evaluation of the same expression, with its dot products in any
order and with or without fused multiply-adds, lies within ``error`` of r, entry by entry; ``value`` is one of these
evaluations. So |r| <= |value| + error, and any evaluation is at most ``reach = |value| + 2 error`` in size.

The rules are running error analysis: N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., §3.3,
with the dot product's γ_n = n u / (1 − n u) from §3.1 and matrix products from §3.5. Underflow adds a few ``TINY`` for
each product (gradual underflow is assumed: flushing subnormal numbers to zero voids the bound). Overflow makes value or
error infinite or NaN, which no comparison accepts. Matrix products are the conventional ones (not Strassen's).

The bound itself is computed in float64; every rule multiplies it by ``INFLATION``, which exceeds the relative rounding
error of a rule's few operations and of its dot products up to length 10⁶.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from symnet.activations import Z
from symnet.errors import ShapeError, Undecided, UsageError
from symnet.term import Name, Shape, Size, Term, known_function
from symnet.witness.arithmetic import Arithmetic, evaluate, is_elementary, is_piecewise_linear, row_of
from symnet.witness.interval import Enclosure, Intervals

Array = npt.NDArray[np.float64]

#: The unit roundoff of float64.
U: Final = 2.0**-53
#: Exact multiples of this small power of two are multiplied and added without rounding while they stay small.
GRID: Final = 2.0**-16
#: The smallest positive float64: what a product can lose to underflow is at most half of it.
TINY: Final = 2.0**-1074
#: What the bound's own rounding is covered by, in every rule.
INFLATION: Final = 1 + 2.0**-30
#: How far exp, log, …, and the activations of numpy and torch may be from the exact value at their float64 argument:
#: 4 units in the last place, or ``FLOOR`` where the result is about to underflow; more where the definition, evaluated
#: in float64, is further off. An assumption on these libraries, measured against mpmath in
#: tests/witness/test_bounded.py.
ULPS: Final = 4
FLOOR: Final = 2.0**-1022
#: The same as a factor of the result's size: one unit in the last place is at most 2 u of it.
ACCURACY: Final = 2 * ULPS * U


def gamma(n: int) -> float:
    """γ_n = n u / (1 − n u), Higham §3.1.

    >>> gamma(1) >= 2**-53
    True
    """
    if n * U >= 0.5:
        raise UsageError(f"a sum of {n} terms is too long for a rounding bound")
    return n * U / (1 - n * U)


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """``value`` and ``error``, two arrays of one shape (or that broadcast): see the module's text.

    >>> third = Bounded.rational(Fraction(1, 3))
    >>> one = third + third + third
    >>> bool(abs(one.value - 1) <= one.error < 1e-15)
    True
    """

    value: Array
    error: Array

    @staticmethod
    def exactly(value: Any) -> Bounded:
        """Float64 numbers that are what they are."""
        array = np.asarray(value, dtype=np.float64)
        return Bounded(array, np.zeros_like(array))

    @staticmethod
    def rational(value: Fraction) -> Bounded:
        """A rational number, correctly rounded: off by at most u of its size unless it is a float64."""
        nearest = _nearest(value)
        exact = np.isfinite(nearest) and Fraction(nearest) == value
        return Bounded(np.float64(nearest), np.float64(0 if exact else abs(nearest) * U * INFLATION + TINY))

    @property
    def size(self) -> Array:
        """An upper bound of |r|."""
        return np.abs(self.value) + self.error

    @property
    def reach(self) -> Array:
        """An upper bound of the size of any evaluation."""
        return np.abs(self.value) + 2 * self.error

    @property
    def T(self) -> Bounded:
        """The transposes of the last two axes."""
        return Bounded(np.swapaxes(self.value, -1, -2), np.swapaxes(self.error, -1, -2))

    def __getitem__(self, index: Any) -> Bounded:
        return Bounded(self.value[index], self.error[index])

    def reshape(self, *shape: int) -> Bounded:
        """The same entries in another shape."""
        return Bounded(self.value.reshape(shape), self.error.reshape(shape))

    def __add__(self, other: Bounded) -> Bounded:
        value, before = self.value + other.value, self.error + other.error
        if _is_exact(np.add, self, other, grid=GRID**2):
            return Bounded.exactly(value)
        return Bounded(value, INFLATION * (before + U * (np.abs(value) + 2 * before)))

    def __mul__(self, other: Bounded) -> Bounded:
        for sign, factor in ((self, other), (other, self)):
            if not sign.error.any() and np.all(np.abs(sign.value) == 1):
                return Bounded(sign.value * factor.value, np.abs(sign.value) * factor.error)
        return _times(self, other, operator.mul, 1)

    def __matmul__(self, other: Bounded) -> Bounded:
        return _times(self, other, operator.matmul, self.value.shape[-1])

    def __truediv__(self, other: Bounded) -> Bounded:
        """Infinite error where the divisor may be zero."""
        value = self.value / other.value
        divisor = np.abs(other.value) * (1 - 4 * U) - 2 * other.error
        ratio = self.reach / divisor
        error = INFLATION * (self.error / divisor + ratio * (other.error / divisor) + U * ratio) + 8 * TINY
        return Bounded(value, np.where(divisor > 0, error, np.inf))


def _nearest(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def _times(a: Bounded, b: Bounded, op: Callable[[Array, Array], Array], n: int) -> Bounded:
    """a b with n products in each sum: |âb̂ − ab| <= |â − a| |b̂| + |a| |b̂ − b|, and γ_n |â| |b̂| for rounding."""
    if _is_exact(op, a, b, grid=GRID):
        return Bounded.exactly(op(a.value, b.value))
    spread = op(a.error, b.reach) + op(a.size, b.error) + gamma(n) * op(a.reach, b.reach)
    return Bounded(op(a.value, b.value), INFLATION * spread + 8 * n * TINY)


def _is_exact(op: Callable[[Array, Array], Array], a: Bounded, b: Bounded, grid: float) -> bool:
    """Whether sums and products of small dyadic numbers need no rounding, in any order.

    For a product, both factors are multiples of ``GRID``; then all terms and partial sums are multiples of GRID², and
    below GRID² 2⁵³ each of these is a float64.
    """
    return all(_is_on_grid(x, grid) for x in (a, b)) and bool(
        np.all(op(np.abs(a.value), np.abs(b.value)) < GRID**2 / (2 * U))
    )


def _is_on_grid(x: Bounded, grid: float) -> bool:
    if x.error.any():
        return False
    scaled = x.value / grid
    return bool(np.all(scaled == np.rint(scaled)))


def concatenate(parts: list[Bounded], axis: int) -> Bounded:
    """Arrays side by side."""
    return Bounded(np.concatenate([p.value for p in parts], axis), np.concatenate([p.error for p in parts], axis))


class BoundedArithmetic(Arithmetic[Bounded]):
    """Arithmetic of :class:`Bounded` arrays; scalars have the samples as their only axis, matrices as their first.

    Args:
        sizes: numbers for the sizes that are names.
    """

    def __init__(self, sizes: Mapping[Name, int] | None = None) -> None:
        self.sizes = dict(sizes or {})

    def number(self, value: Fraction) -> Bounded:
        return Bounded.rational(value)

    def size(self, size: Size) -> int:
        """A size as a number."""
        if isinstance(size, int):
            return size
        if size not in self.sizes:
            raise ShapeError(f"the network has no size {size}")
        return self.sizes[size]

    def constant(self, kind: str, shape: Shape) -> Bounded:
        rows, columns = map(self.size, shape)
        make: dict[str, Callable[[], Array]] = {
            "identity": lambda: np.eye(rows),
            "zero": lambda: np.zeros((rows, columns)),
            "ones": lambda: np.ones((rows, columns)),
        }
        return Bounded.exactly(make[kind]())

    def scale(self, scalar: Bounded, matrix: Bounded) -> Bounded:
        return scalar[..., None, None] * matrix

    def exp(self, argument: Bounded) -> Bounded:
        """|exp ẑ − exp z| <= e^(v + 2ε) ε when ẑ, z and v are within ε of each other as the invariant says."""
        top = np.exp(argument.value + 2 * argument.error) * (1 + 2.0**-30)
        error = INFLATION * top * (argument.error + ACCURACY) + FLOOR
        return Bounded(np.exp(argument.value), error)

    def pi(self) -> Bounded:
        return Bounded(np.float64(np.pi), np.float64(2 * U))

    def known(self, function: str, argument: Bounded) -> Bounded:
        """|f(ẑ) − f(z)| <= L ε with L = sup |f′| within 2ε of v, and the stated accuracy of the library at ẑ."""
        if function == "exp":
            return self.exp(argument)
        evaluate_at, steepest = _FUNCTIONS[function]
        value, least = evaluate_at(argument.value), np.maximum(np.abs(argument.value) - 2 * argument.error, 0)
        shift = np.where(argument.error == 0, 0, steepest(least) * argument.error)
        error = INFLATION * (shift + ACCURACY * (np.abs(value) + 2 * shift)) + FLOOR
        return Bounded(value, np.where(np.isnan(value), np.inf, error))

    def apply(self, function: Name, argument: Bounded) -> Bounded:
        """A function that the kernel knows, or the table's, with an error that covers a library's own implementation.

        |ĥ(ẑ) − h(z)| <= |ĥ(ẑ) − h(ẑ)| + L |ẑ − z|, with the table's Lipschitz constant L and the stated accuracy.
        Where h is put together from lines, a library evaluates the definition, whose own error bound counts too.
        Where torch computes something else on purpose, the difference is added.
        """
        if known_function(function):
            return super().apply(function, argument)
        row = row_of(function)
        definition = row.at_defaults
        if row.lipschitz is None:
            return self._without_lipschitz(definition, argument)
        still = self._at(definition, Bounded.exactly(argument.value))
        shift = float(row.lipschitz) * argument.error * INFLATION
        library = ACCURACY * (still.size + 2 * shift) + FLOOR
        near = INFLATION * (np.maximum(still.error, library) + shift)
        if row.computed is not None:
            other = self._at(row.with_defaults(row.computed), argument)
            near = INFLATION * (near + np.abs(other.value - still.value) + 2 * other.error)
        if is_piecewise_linear(definition):
            near = np.fmin(near, self._at(definition, argument).error)
        return Bounded(still.value, near)

    def _at(self, definition: Term, argument: Bounded) -> Bounded:
        """A definition at an argument, where need be by intervals."""
        found = evaluate(definition, self, {Z: argument}.__getitem__)
        exact = not argument.error.any()
        return _rescue(definition, argument.value, found) if exact and is_elementary(definition) else found

    def _without_lipschitz(self, definition: Term, argument: Bounded) -> Bounded:
        """The definition; where it applies exp and the like, its error bound and the stated accuracy."""
        found = self._at(definition, argument)
        if not is_elementary(definition):
            return found
        return Bounded(found.value, INFLATION * (found.error + ACCURACY * found.reach) + FLOOR)

    def choose(self, left: Bounded, relation: str, right: Bounded, then: Bounded, otherwise: Bounded) -> Bounded:
        """Where the errors leave a comparison open, any of the two branches: their hull's width is the error."""
        margin, slack = right.value - left.value, 2 * INFLATION * (left.error + right.error)
        holds = margin > 0 if relation == "<" else margin >= 0
        decided = (np.abs(margin) > slack) | (slack == 0)
        low = np.minimum(then.value - 2 * then.error, otherwise.value - 2 * otherwise.error)
        high = np.maximum(then.value + 2 * then.error, otherwise.value + 2 * otherwise.error)
        error = np.where(holds, then.error, otherwise.error)
        width = INFLATION * (high - low) + 4 * U * (np.abs(high) + np.abs(low))
        return Bounded(np.where(holds, then.value, otherwise.value), np.where(decided, error, width))


#: The functions that the kernel knows besides exp: what evaluates them, and a bound of |f′| above a least |z|.
_FUNCTIONS: Final[dict[str, tuple[Callable[[Array], Array], Callable[[Array], Any]]]] = {
    "log": (np.log, lambda least: np.where(least > 0, 1 / least, np.inf)),
    "sqrt": (np.sqrt, lambda least: np.where(least > 0, 0.5 / np.sqrt(least), np.inf)),
    "sin": (np.sin, lambda least: 1.0),
    "cos": (np.cos, lambda least: 1.0),
    "atan": (np.arctan, lambda least: 1 / (1 + least * least)),
    "tanh": (np.tanh, lambda least: np.minimum(4 * np.exp(-2 * least), 1)),
    "erf": (lambda v: np.vectorize(math.erf, otypes=[np.float64])(v), lambda least: 1.1284 * np.exp(-least * least)),
}


def _rescue(definition: Term, points: Array, found: Bounded) -> Bounded:
    """Interval arithmetic for the entries at which a definition leaves the range of float64, as e^800 does.

    An entry that intervals cannot save is left as it is.
    """
    lost = ~(np.isfinite(found.value) & np.isfinite(found.error)) & np.isfinite(points)
    value, error = np.array(found.value), np.array(found.error)
    for index in map(tuple, np.argwhere(lost)):
        try:
            low, high = enclose(definition, Fraction(float(points[index])))
        except Undecided:
            continue
        value[index] = _nearest((low + high) / 2)
        error[index] = _nearest(high - low) * INFLATION + 2 * U * abs(value[index]) + TINY
    return Bounded(value, error)


def enclose(definition: Term, point: Fraction, bits: int = 128) -> Enclosure:
    """An enclosure of a function of z at a point, by intervals with ends of so many bits.

    >>> from symnet.activations import find
    >>> low, high = enclose(find("tanh").definition, Fraction(10**6))
    >>> float(low), float(high)
    (1.0, 1.0)
    """
    intervals = Intervals(bits)
    return intervals.exact(evaluate(definition, intervals, {Z: intervals.number(point)}.__getitem__))
