"""How far float64 may be off when it evaluates a function, or its gradient by reverse accumulation.

The numbers of :mod:`.bounded` walk through a :class:`~symnet.witness.function.Program`: running error analysis, point
by point. For a gradient they walk back as well, by the same formulas that torch's autograd uses for each operation
(``derivatives.yaml`` in torch), and the sum of what arrives at an entry may be taken in any order. Nothing of a claimed
derivative enters: the bound is that of h alone.

Assumed of torch's elementary functions, and measured in ``tests/witness/test_rounding.py``: each is within ``ULPS``
units in the last place of the exact value at its float64 argument, or within 2⁻¹⁰²² where the result underflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from symnet.errors import UsageError
from symnet.term import Name, known_function
from symnet.witness.bounded import ACCURACY, FLOOR, INFLATION, Array, Bounded, BoundedArithmetic, gamma
from symnet.witness.function import Program
from symnet.witness.tensors import load_torch

Mask = npt.NDArray[np.bool_]

_ONE: Final = Bounded.exactly(1.0)
_TWO: Final = Bounded.exactly(2.0)
_MINUS: Final = Bounded.exactly(-1.0)
_ZERO: Final = Bounded.exactly(0.0)


def _near(x: Bounded) -> Array:
    """The least |r| there may be."""
    return np.maximum(np.abs(x.value) - 2 * x.error, 0)


def _low(x: Bounded) -> Array:
    return x.value - 2 * x.error


def _inverse(a: Array) -> Array:
    return np.where(a > 0, 1 / a, np.inf)


#: The functions of the library: for each, a bound of |f′| on all that the argument may be.
_STEEPEST: Final[dict[str, Callable[[Bounded], Any]]] = {
    "exp": lambda x: np.exp(x.value + 2 * x.error),
    "expm1": lambda x: np.exp(x.value + 2 * x.error),
    "log": lambda x: _inverse(_low(x)),
    "log1p": lambda x: _inverse(1 + _low(x)),
    "sqrt": lambda x: _inverse(2 * np.sqrt(np.maximum(_low(x), 0))),
    "sin": lambda x: 1.0,
    "cos": lambda x: 1.0,
    "atan": lambda x: 1 / (1 + _near(x) ** 2),
    "tanh": lambda x: np.minimum(1, 4 * np.exp(-2 * _near(x))),
    "erf": lambda x: 1.1284 * np.exp(-(_near(x) ** 2)),  # 2/√π
    "sigmoid": lambda x: np.minimum(0.25, np.exp(-_near(x))),
    "tanh_softplus": lambda x: 1.0,  # σ(z) (1 − tanh²) < 1
}


def _tanh_softplus(torch: Any, z: Any) -> Any:
    return torch.tanh(torch.log1p(torch.exp(z)))


def library(function: str, argument: Array) -> Array:
    """A function of torch at float64 numbers; ``tanh_softplus`` is tanh(log1p(exp z)), as torch's Mish has it."""
    torch = load_torch()
    z = torch.tensor(argument, dtype=torch.float64)
    found = _tanh_softplus(torch, z) if function == "tanh_softplus" else getattr(torch, function)(z)
    return np.asarray(found.numpy(), dtype=np.float64)


class LibraryArithmetic(BoundedArithmetic):
    """Bounded numbers with torch's elementary functions and with sharp bounds of their slopes."""

    def exp(self, argument: Bounded) -> Bounded:
        return self.known("exp", argument)

    def apply(self, function: Name, argument: Bounded) -> Bounded:
        if function.positions or function.base not in _STEEPEST:
            raise UsageError(f"there is no rounding bound for {function}")
        return self.known(function.base, argument)

    def known(self, function: str, argument: Bounded) -> Bounded:
        """|f̂(ẑ) − f(z)| ≤ L ε with L = sup |f′| within 2 ε of v, and the stated accuracy of the library at ẑ."""
        value = library(function, argument.value)
        steepest = _STEEPEST[function](argument)
        shift = np.where(argument.error == 0, 0, steepest * argument.error)
        error = INFLATION * (shift + ACCURACY * (np.abs(value) + 2 * shift)) + FLOOR
        return Bounded(value, np.where(np.isnan(value), np.inf, error))


class Run:
    """A program at many points, each result with its bound, and the same for the gradient.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> run = Run(Program(z * apply("tanh", z), z), np.array([1.0, 2.0]))
    >>> run.gradient.value.round(3).tolist(), bool((run.gradient.error < 2e-14).all())
    ([1.182, 1.105], True)
    """

    def __init__(self, program: Program, points: Array) -> None:
        self.program = program
        self.arithmetic = LibraryArithmetic()
        self.points = Bounded.exactly(points)
        self.values: list[Bounded] = []
        self.taken: dict[int, tuple[Mask, Mask]] = {}
        self.open: dict[int, Mask] = {}
        with np.errstate(all="ignore"):
            for i, (kind, places, value) in enumerate(program.operations):
                self.values.append(self._compute(i, kind, value, [self.values[j] for j in places]))

    def _compute(self, i: int, kind: str, value: Any, args: Sequence[Bounded]) -> Bounded:
        match kind:
            case "variable":
                return self.points
            case "number":
                return self.arithmetic.number(value)
            case "pi":
                return self.arithmetic.pi()
            case "sum":
                return args[0] + args[1]
            case "multiply":
                return args[0] * args[1]
            case "divide":
                return args[0] / args[1]
            case "choose":
                self._compare(i, value, args[0], args[1])
                return self.arithmetic.choose(args[0], value, *args[1:])
            case _:
                return self.arithmetic.apply(value, args[0])

    def _compare(self, i: int, relation: str, left: Bounded, right: Bounded) -> None:
        """Which branches are needed; where rounding leaves the comparison open, both."""
        margin, slack = right.value - left.value, 2 * INFLATION * (left.error + right.error)
        holds = np.asarray(margin > 0 if relation == "<" else margin >= 0, dtype=np.bool_)
        self.open[i] = ~((np.abs(margin) > slack) | (slack == 0))
        self.taken[i] = (holds | self.open[i], ~holds | self.open[i])

    @property
    def value(self) -> Bounded:
        """h(z), at every point."""
        return self._everywhere(self.values[self.program.result])

    @property
    def gradient(self) -> Bounded:
        """h′(z) by reverse accumulation, at every point."""
        program = self.program
        needed = program.needed(self.taken)
        arrived: list[list[Bounded]] = [[] for _ in program.operations]
        arrived[program.result].append(Bounded.exactly(np.ones_like(self.points.value)))
        found: list[Bounded] = []
        with np.errstate(all="ignore"):
            for i in reversed(range(len(program.operations))):
                kind, args, value = program.operations[i]
                if not arrived[i] or not program.depends[i]:
                    continue
                if kind == "variable":  # there is one tensor for it, however often the term holds it
                    found += arrived[i]
                    continue
                gradient = added(arrived[i])
                for j, share in self._back(i, kind, value, args, gradient):
                    if program.depends[j]:
                        arrived[j].append(_where(needed[i], share))
            return self._everywhere(added(found) if found else _ZERO)

    def _back(self, i: int, kind: str, value: Any, args: Sequence[int], g: Bounded) -> list[tuple[int, Bounded]]:
        """What each argument gets of a gradient."""
        parts = [self.values[j] for j in args]
        match kind:
            case "sum":
                return [(j, g) for j in args]
            case "multiply":
                return [(args[0], g * parts[1]), (args[1], g * parts[0])]
            case "divide":
                return [(args[0], g / parts[1]), (args[1], _MINUS * g * ((parts[0] / parts[1]) / parts[1]))]
            case "choose":
                return [(j, self._chosen(i, k, g)) for k, j in enumerate(args[2:])]
            case "apply":
                return [(args[0], _BACKWARD[known_function(value)](self.arithmetic, g, parts[0], self.values[i]))]
        return []

    def _chosen(self, i: int, branch: int, g: Bounded) -> Bounded:
        """All of the gradient or nothing; where the comparison is open, any of the two."""
        taken = self.taken[i][branch]
        error = np.where(self.open[i], g.reach, g.error)
        return _where(taken, Bounded(np.broadcast_to(g.value, error.shape), error))

    def _everywhere(self, found: Bounded) -> Bounded:
        shape = self.points.value.shape
        return Bounded(np.broadcast_to(found.value, shape), np.broadcast_to(found.error, shape))


def _where(mask: Any, x: Bounded) -> Bounded:
    if mask is True:
        return x
    return Bounded(np.where(mask, x.value, 0), np.where(mask, x.error, 0))


def added(parts: Sequence[Bounded]) -> Bounded:
    """A sum in any order: Σ of the errors and γ_(n−1) Σ |terms|.

    >>> added([Bounded.exactly([1.0]), Bounded.exactly([2.0])]).value.tolist()
    [3.0]
    """
    if len(parts) == 1:
        return parts[0]
    value = sum((p.value for p in parts[1:]), parts[0].value)
    before = sum((p.error for p in parts[1:]), parts[0].error)
    reach = sum((p.reach for p in parts[1:]), parts[0].reach)
    return Bounded(value, INFLATION * (before + gamma(len(parts) - 1) * reach))


Backward = Callable[[LibraryArithmetic, Bounded, Bounded, Bounded], Bounded]


def _back_erf(a: LibraryArithmetic, g: Bounded, x: Bounded, y: Bounded) -> Bounded:
    """2/√π e^(−x²) g; the factor is one float64, rounded from √π and a quotient."""
    factor = _TWO / a.known("sqrt", a.pi())
    return factor * a.known("exp", _MINUS * (x * x)) * g


#: What torch's autograd computes for each function, from the gradient g, the argument x and the result y.
_BACKWARD: Final[dict[str, Backward]] = {
    "exp": lambda a, g, x, y: g * y,
    "log": lambda a, g, x, y: g / x,
    "sqrt": lambda a, g, x, y: g / (_TWO * y),
    "sin": lambda a, g, x, y: g * a.known("cos", x),
    "cos": lambda a, g, x, y: g * (_MINUS * a.known("sin", x)),
    "atan": lambda a, g, x, y: g / (x * x + _ONE),
    "tanh": lambda a, g, x, y: g * (_ONE + _MINUS * (y * y)),
    "erf": _back_erf,
}


def allow_library(x: Bounded) -> Bounded:
    """A bound that also covers a library's own way to compute the same, within the stated accuracy."""
    return Bounded(x.value, INFLATION * (x.error + ACCURACY * x.reach) + FLOOR)


def nearest(value: Fraction) -> float:
    """The nearest float64, infinite where it overflows.

    >>> nearest(Fraction(1, 4)), nearest(Fraction(-(10**400)))
    (0.25, -inf)
    """
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf
