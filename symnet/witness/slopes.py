"""What the witness of a derivative says it saw."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from symnet.witness.corners import Corner

#: A number z, or for a function of a vector its entries and the place in the matrix of derivatives, from 1.
Point = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The comparison of torch with exact values at many points.

    ``bound`` is what rounding allows where the error is largest, and ``worst_ratio`` the largest quotient of error and
    bound, at ``worst_point``; there torch says ``seen`` where ``expected`` is right. ``compared`` counts the points;
    ``left_out`` are those at which float64 overflows, rounding may be larger than the value and than 1, the function
    has no value, or autograd goes by one arm of several that meet.
    """

    largest_error: float
    bound: float
    worst_ratio: float
    worst_point: Point
    seen: float
    expected: float
    compared: int
    left_out: tuple[Point, ...]

    @property
    def agrees(self) -> bool:
        """Whether no error is larger than its bound."""
        return self.worst_ratio <= 1


class Exceptional(NamedTuple):
    """A point at which torch is not close to the exact value, though rounding, or a stated formula, explains it.

    ``kind`` is "approximation" where torch computes something else, "rounding" where more than half of the value is
    lost to rounding, and "underflow" where the value is below 2⁻¹⁰²². ``quantity`` is "h" or "h′".
    """

    quantity: str
    kind: str
    point: Point
    torch: float
    exact: float


@dataclass(frozen=True, slots=True)
class DerivativeReport:
    """What the witness saw of a function h and a claimed derivative h′.

    ``function`` and ``derivative`` are h and the claimed h′ against torch, computed ``by`` and ``gradient_by``.
    ``refuted`` are the points at which the claimed h′ is certainly not the slope of h, by interval arithmetic alone.
    ``corners`` are the places where the cases of h switch, with what autograd says there. ``exceptional`` are points
    where torch is known not to be close, and ``notes`` say why.
    """

    points: int
    function: Measured
    derivative: Measured
    refuted: tuple[float, ...]
    corners: tuple[Corner, ...]
    exceptional: tuple[Exceptional, ...]
    notes: tuple[str, ...]
    by: str
    gradient_by: str
    seed: int
    torch: str
    dtype: str = "float64"

    @property
    def agrees(self) -> bool:
        """Whether torch is as close as rounding allows everywhere, and intervals refute nothing."""
        return self.function.agrees and self.derivative.agrees and not self.refuted

    @property
    def worst_ratio(self) -> float:
        """The largest quotient of error and bound, of h and h′ together."""
        return max(self.function.worst_ratio, self.derivative.worst_ratio)

    def __str__(self) -> str:
        verdict = "agrees" if self.agrees else "DISAGREES"
        gradient = "" if self.gradient_by == self.by else f", autograd of {self.gradient_by}"
        return (
            f"torch {self.torch} {verdict} ({self.by}{gradient}): largest error of h {_say(self.function)}, "
            f"of h′ {_say(self.derivative)} ({self.points} points, {self.dtype}, seed {self.seed})"
        )

    def to_json(self) -> dict[str, Any]:
        """The report as plain data; a number that is not finite becomes a string."""
        data: dict[str, Any] = _plain(asdict(self))
        exceptional = [_plain(e._asdict()) for e in self.exceptional]
        return {**data, "exceptional": exceptional, "agrees": self.agrees, "worst_ratio": _plain(self.worst_ratio)}


def _say(measured: Measured) -> str:
    return f"{measured.largest_error:.2g} where rounding allows {measured.bound:.2g}"


def _plain(value: Any) -> Any:
    """Plain data, two levels deep at most."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value


@dataclass(frozen=True, slots=True)
class JacobianReport:
    """What the witness saw of a function of a vector and of a claimed matrix of derivatives.

    Points are the entries of the input, followed by i, or by i and j, from 1. The fields are those of
    :class:`DerivativeReport`; there are no corners.
    """

    points: int
    function: Measured
    jacobian: Measured
    refuted: tuple[Point, ...]
    exceptional: tuple[Exceptional, ...]
    by: str
    seed: int
    torch: str
    dtype: str = "float64"

    @property
    def agrees(self) -> bool:
        """Whether torch is as close as rounding allows everywhere, and intervals refute nothing."""
        return self.function.agrees and self.jacobian.agrees and not self.refuted

    @property
    def worst_ratio(self) -> float:
        """The largest quotient of error and bound, of values and derivatives together."""
        return max(self.function.worst_ratio, self.jacobian.worst_ratio)

    def __str__(self) -> str:
        verdict = "agrees" if self.agrees else "DISAGREES"
        return (
            f"torch {self.torch} {verdict} ({self.by}): largest error of a value {_say(self.function)}, of a "
            f"derivative {_say(self.jacobian)} ({self.points} inputs, {self.dtype}, seed {self.seed})"
        )

    def to_json(self) -> dict[str, Any]:
        """The report as plain data; a number that is not finite becomes a string."""
        data: dict[str, Any] = _plain(asdict(self))
        exceptional = [_plain(e._asdict()) for e in self.exceptional]
        return {**data, "exceptional": exceptional, "agrees": self.agrees, "worst_ratio": _plain(self.worst_ratio)}


@dataclass(frozen=True, slots=True)
class OutputReport:
    """What was seen of h′ written in a = h(z): at ``points`` points the two are equal as far as 90 bits tell.

    ``left_out`` are the points at which h, h′ or the formula has no value.
    """

    points: int
    left_out: tuple[float, ...]
    refuted: tuple[float, ...]
    seed: int

    @property
    def agrees(self) -> bool:
        """Whether the two are equal at every point, as far as intervals tell."""
        return not self.refuted

    def __str__(self) -> str:
        verdict = "equal" if self.agrees else "NOT equal"
        return f"h′ and its formula in a are {verdict} to 90 bits at {self.points} points (seed {self.seed})"

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        data: dict[str, Any] = _plain(asdict(self))
        return {**data, "agrees": self.agrees}
