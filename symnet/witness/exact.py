"""Exact values of a network, and what a counterexample to affinity is.

f is the map from the input to the preactivation of the output layer, in front of the output activation. An affine f
has f((p + q)/2) = (f(p) + f(q))/2 for all p and q, so one pair for which the two differ refutes it: for the weights in
hand, and for no others.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet.activations import Z
from symnet.errors import Undecided, UsageError
from symnet.network import Network
from symnet.witness.arithmetic import (
    Arithmetic,
    Rationals,
    Value,
    closed_definition,
    evaluate,
    is_elementary,
    is_piecewise_linear,
)
from symnet.witness.interval import Enclosure, Intervals

Point = tuple[Fraction, ...]

#: How many weights a counterexample writes out when it is printed.
SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Exact inputs p and q with f((p + q)/2) ≠ (f(p) + f(q))/2 for the weights of ``network``.

    ``chosen`` says what was chosen here because the network in question left it open ("widths", "weights", "α, β").
    ``coordinate`` (from 1) is the output coordinate in which the two sides differ; ``at_p``, ``at_q``, ``at_middle``
    are f there, and ``gap`` is f((p + q)/2) − (f(p) + f(q))/2: Fractions, or pairs of Fractions around the value.
    """

    network: Network
    chosen: tuple[str, ...]
    p: Point
    q: Point
    coordinate: int
    at_p: Fraction | Enclosure
    at_q: Fraction | Enclosure
    at_middle: Fraction | Enclosure
    gap: Fraction | Enclosure
    trusted: str

    @property
    def middle(self) -> Point:
        """(p + q)/2."""
        return midpoint(self.p, self.q)

    def __str__(self) -> str:
        k = self.network.depth
        f = f"f_{self.coordinate}" if self.network.widths[-1] != 1 else "f"
        return "\n".join(
            [
                f"f, from the input to the preactivation of layer {k}, is not affine for these weights:",
                *(f"  {line}" for line in say_weights(self.network)),
                *([f"  ({' and '.join(self.chosen)} chosen here)"] if self.chosen else []),
                f"  p = {say_point(self.p)}, q = {say_point(self.q)}, (p + q)/2 = {say_point(self.middle)}",
                f"  {f}(p) {say(self.at_p)}, {f}(q) {say(self.at_q)}, {f}((p + q)/2) {say(self.at_middle)}",
                f"  {f}((p + q)/2) − ({f}(p) + {f}(q))/2 {say(self.gap)}, which is not 0",
                f"  by {self.trusted}",
            ]
        )

    def to_json(self) -> dict[str, Any]:
        """The counterexample as plain data, every number as an exact string."""
        weights = [[_strings(rows), _strings(bias)] for rows, bias in self.network.weights or ()]
        activations = [_strings(a.parameters) if a.parameters else a.name for a in self.network.activations]
        data = {"convention": self.network.convention, "activations": activations, "weights": weights}
        points = {"p": self.p, "q": self.q, "middle": self.middle}
        values = {"f(p)": self.at_p, "f(q)": self.at_q, "f(middle)": self.at_middle, "gap": self.gap}
        return {
            **data,
            "chosen": list(self.chosen),
            **{k: _strings(v) for k, v in points.items()},
            "coordinate": self.coordinate,
            **{k: _strings(v) for k, v in values.items()},
            "trusted": self.trusted,
        }


def midpoint(p: Sequence[Fraction], q: Sequence[Fraction]) -> Point:
    """(p + q)/2.

    >>> midpoint([Fraction(0)], [Fraction(1)])
    (Fraction(1, 2),)
    """
    return tuple((a + b) / 2 for a, b in zip(p, q, strict=True))


# Evaluation.


def needs_enclosure(network: Network) -> bool:
    """Whether rational arithmetic lacks a function of the hidden layers, or its fractions could grow layer by layer.

    Lines keep fractions short. hardswish squares them and softsign divides by them, which doubles their digits each
    time, and more where units are added; one such layer is harmless.
    """
    definitions = [a.row.at_defaults for a in network.activations[:-1]]
    bent = sum(not is_piecewise_linear(d) for d in definitions)
    return bent > 1 or any(map(is_elementary, definitions))


def preactivation(network: Network, x: Sequence[Value], arithmetic: Arithmetic[Value]) -> list[Value]:
    """f(x), the preactivation of the output layer, in any arithmetic; for the network's given weights.

    >>> net = Network(weights=[([[1], [-1]], None), ([[1, 1]], ["1/2"])], activations="relu")
    >>> preactivation(net, [Fraction(-3)], Rationals())
    [Fraction(7, 2)]
    """
    a = list(x)
    for k, activation in enumerate(network.activations, 1):
        z = _affine(network, k, a, arithmetic)
        if k == network.depth:
            break
        definition = closed_definition(activation)
        a = [evaluate(definition, arithmetic, {Z: unit}.__getitem__) for unit in z]
    return z


def _affine(network: Network, k: int, a: Sequence[Value], arithmetic: Arithmetic[Value]) -> list[Value]:
    if network.weights is None:
        raise UsageError("only a network with given weights has exact values")
    rows, bias = network.weights[k - 1]
    units = rows if network.convention == "column" else list(zip(*rows, strict=True))
    return [_unit(unit, a, bias[i] if bias else Fraction(0), arithmetic) for i, unit in enumerate(units)]


def _unit(weights: Sequence[Fraction], a: Sequence[Value], bias: Fraction, arithmetic: Arithmetic[Value]) -> Value:
    times: Callable[[Value, Value], Any] = operator.mul
    z: Any = arithmetic.number(bias)
    for w, value in zip(weights, a, strict=True):
        if w:
            z = z + times(arithmetic.number(w), value)
    found: Value = z
    return found


@dataclass(frozen=True, slots=True)
class Examiner:
    """Compares f((p + q)/2) with (f(p) + f(q))/2, exactly or (with ``bits``) by enclosures."""

    network: Network
    chosen: tuple[str, ...]
    bits: int | None = None

    def examine(self, p: Point, q: Point) -> Counterexample | None:
        """A counterexample if the two certainly differ in some coordinate."""
        arithmetic: Arithmetic[Any] = Rationals() if self.bits is None else Intervals(self.bits)
        try:
            values = [self._at(point, arithmetic) for point in (p, q, midpoint(p, q))]
            for i, (fp, fq, fm) in enumerate(zip(*values, strict=True), 1):
                gap = self._exact(fm - (fp + fq) * arithmetic.number(Fraction(1, 2)), arithmetic)
                if _is_nonzero(gap):
                    at = [self._exact(v, arithmetic) for v in (fp, fq, fm)]
                    return Counterexample(self.network, self.chosen, p, q, i, at[0], at[1], at[2], gap, self._trusted())
        except Undecided:
            return None
        return None

    def _at(self, point: Point, arithmetic: Arithmetic[Any]) -> list[Any]:
        return preactivation(self.network, [arithmetic.number(v) for v in point], arithmetic)

    def _exact(self, value: Any, arithmetic: Arithmetic[Any]) -> Fraction | Enclosure:
        return arithmetic.exact(value) if isinstance(arithmetic, Intervals) else Fraction(value)

    def _trusted(self) -> str:
        if self.bits is None:
            return "rational arithmetic"
        import mpmath

        return f"rational arithmetic and the interval arithmetic of mpmath {mpmath.__version__} (mpmath.iv)"


def _is_nonzero(gap: Fraction | Enclosure) -> bool:
    return gap[0] > 0 or gap[1] < 0 if isinstance(gap, tuple) else gap != 0


# Wording.


def say(value: Fraction | Enclosure) -> str:
    """``= 1/2`` for an exact value, and for an enclosure decimals that the value lies between.

    >>> say((Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**30)))
    '∈ [0.3333333333333, 0.3333333333334]'
    """
    if isinstance(value, Fraction):
        return f"= {short(value)}"
    low, high = value
    if low == high:
        return f"= {short(low)}"
    digits = 12 - min(0, _magnitude(max(abs(low), abs(high))))
    return f"∈ [{_decimal(low, digits, 0)}, {_decimal(high, digits, 1)}]"


def short(value: Fraction) -> str:
    """A fraction, or its size where it is too long to read."""
    return str(value) if value.denominator < 10**18 and abs(value.numerator) < 10**18 else f"≈{_scientific(value)}"


def _magnitude(value: Fraction) -> int:
    """About log10 of a positive number; 0 for 0."""
    if not value:
        return 0
    return round((value.numerator.bit_length() - value.denominator.bit_length()) * 0.30103)


def _scientific(value: Fraction) -> str:
    tens = _magnitude(abs(value))
    return f"{float(value / Fraction(10) ** tens):.6g}e{tens}" if abs(tens) > 15 else f"{float(value):.6g}"


def _decimal(value: Fraction, digits: int, up: int) -> str:
    """Rounded down, or up, to a number of digits after the point."""
    scaled = value * 10**digits
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    sign, text = "-" if whole < 0 else "", str(abs(whole)).rjust(digits + 1, "0")
    if digits > 60:
        return f"{sign}{text.lstrip('0') or '0'}e-{digits}"
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def say_point(point: Point) -> str:
    """A point as (1, -1/2), cut where it is long."""
    shown = [short(v) for v in point[:12]]
    return f"({', '.join(shown + ['…'] * (len(point) > 12))})"


def say_weights(network: Network) -> list[str]:
    """The layers' weights, or that there are too many to write."""
    weights = network.weights or []
    if sum(len(rows) * len(rows[0]) for rows, _ in weights) > SHOWN:
        return [f"{len(weights)} layers of weights, as in this counterexample's network"]
    return [_say_layer(network, k) for k in range(1, len(weights) + 1)]


def _say_layer(network: Network, k: int) -> str:
    rows, bias = (network.weights or [])[k - 1]
    matrix = "[" + ", ".join("[" + ", ".join(map(short, row)) + "]" for row in rows) + "]"
    shift = f", b^({k}) = [{', '.join(map(short, bias))}]" if bias else ""
    activation = network.activations[k - 1]
    pair = f" ({', '.join(map(short, activation.parameters))})" if activation.parameters else ""
    return f"W^({k}) = {matrix}{shift}" + (f", then {activation.name}{pair}" if k < network.depth else "")


def _strings(value: Any) -> Any:
    return str(value) if isinstance(value, Fraction) else [_strings(v) for v in value]
