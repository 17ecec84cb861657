"""Values of terms: at thousands of points with a bound on rounding, and at one point with many digits.

Both only tell the search what to try to prove, or what to call numerical.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from symnet.term import KNOWN, Term, fold

#: Digits of the precise values: enough for √(z² + 4) − z at z = 10⁴⁰.
DIGITS: Final = 150
#: From here on e^u is taken for infinite, so that no exponent is too long.
_LARGEST: Final = 10**200
#: What rounding adds to a relative error, with a reserve for elementary functions.
_UNIT: Final = 2.0**-50

#: What may be left of a value that is too small for a float.
_TINY: Final = 1e-307
_MAY_UNDERFLOW: Final = ("multiply", "divide", "power", "apply")

Points = Mapping[Term, Any]


# Many points, in floating-point numbers with a running bound on their error.


def sweep(term: Term, points: Points) -> tuple[Any, Any]:
    """The values of a term at points, and bounds on their errors; where there is no value, the bound is infinite.

    ``points`` gives an array of coordinates for each symbol, all of one length. After Higham, *Accuracy and Stability
    of Numerical Algorithms*, section 3.3: every operation adds its rounding to what it makes of earlier errors.
    """
    import numpy as np

    length = len(next(iter(points.values()))) if points else 1

    def combine(node: Term, args: list[tuple[Any, Any]]) -> tuple[Any, Any]:
        value, error = _swept(node, args, points, length)
        if node.op in _MAY_UNDERFLOW and not (node.op == "apply" and node.name.base != "exp"):
            exact = [(v == 0) & (e == 0) for v, e in args[: 1 if node.op == "divide" else None]]
            lost = (value == 0) & ~np.any(exact, axis=0) if node.op != "apply" else value == 0
            error = np.where(lost, error + _TINY, error)
        return value, np.where(np.isfinite(value) & np.isfinite(error), error, np.inf)

    with np.errstate(all="ignore"):
        return fold(term, combine, leaves=("derivative", "sigma", "pi"))


def signs(term: Term, points: Points) -> Any:
    """The certain signs of a term at points, 0 where it is exactly 0, and 2 where the sign is not certain."""
    import numpy as np

    value, error = sweep(term, points)
    with np.errstate(all="ignore"):
        found = np.where(np.abs(value) > error, np.sign(value), 2)
    return np.where((value == 0) & (error == 0), 0, found)


def _swept(node: Term, args: list[tuple[Any, Any]], points: Points, length: int) -> tuple[Any, Any]:
    import numpy as np

    match node.op:
        case "number":
            q = _as_float(node.value)
            return np.full(length, q), np.full(length, 0.0 if Fraction(q) == node.value else abs(q) * _UNIT)
        case "constant":
            return np.full(length, math.pi), np.full(length, math.pi * _UNIT)
        case "symbol" if node in points:
            return points[node], np.zeros(length)
        case "sum":
            value, error = args[0]
            for v, e in args[1:]:
                value = value + v
                error = error + e + np.where((v == 0) & (e == 0), 0, np.abs(value) * _UNIT)
            return value, error
        case "multiply":
            value, error = args[0]
            for v, e in args[1:]:
                error = np.abs(value) * e + np.abs(v) * error + error * e
                value = value * v
                error = np.where(error > 0, error, 0) + np.abs(value) * _UNIT
            return value, error
        case "divide":
            (n, d), (m, e) = args
            value, room = n / m, np.abs(m) - e
            return value, np.where(room > 0, (d + np.abs(value) * e) / room, np.inf) + np.abs(value) * _UNIT
        case "power":
            (u, e), k = args[0], node.value
            slope = k * (np.abs(u) + e) ** max(k - 1, 0) * e
            return u**k, slope + k * np.abs(u**k) * _UNIT
        case "apply" if node.name.base in KNOWN:
            return _applied(node.name.base, *args[0])
        case "cases":
            return _chosen(node.value, args)
    return np.full(length, np.nan), np.full(length, np.inf)


def _as_float(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf


def _applied(function: str, u: Any, e: Any) -> tuple[Any, Any]:
    """A known function: the error of its argument times its steepest slope nearby."""
    import numpy as np

    match function:
        case "exp":
            value = np.exp(u)
            slope = value * np.exp(np.minimum(e, 700))
        case "log":
            value, slope = np.log(u), 1 / np.maximum(u - e, 0)
        case "sqrt":
            value = np.sqrt(u)
            slope = np.where(e > 0, 1 / (2 * np.sqrt(np.maximum(u - e, 0))), 0)
        case "erf":
            value, slope = np.vectorize(math.erf, otypes=[float])(u), np.full(len(u), 1.13)
        case _:
            value, slope = getattr(np, {"atan": "arctan"}.get(function, function))(u), np.ones(len(u))
    return value, np.where(e > 0, slope * e, 0) + np.abs(value) * _UNIT


def _chosen(relations: tuple[str, ...], args: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    """The arm that holds; no value where a comparison is not certain."""
    import numpy as np

    value, error = args[-1]
    for i, relation in reversed(list(enumerate(relations))):
        (low, d), (high, e), (v, f) = args[3 * i : 3 * i + 3]
        holds = low < high if relation == "<" else low <= high
        certain = (np.abs(high - low) > d + e + np.abs(low) * _UNIT) | ((d == 0) & (e == 0))
        value = np.where(holds, v, value)
        error = np.where(certain, np.where(holds, f, error), np.inf)
    return value, error


# One point, with many digits.


@cache
def context() -> Any:
    """mpmath with many digits, apart from the one that everybody else in the process sets."""
    import mpmath

    found = mpmath.ctx_mp.MPContext()
    found.dps = DIGITS
    return found


def precise(term: Term, point: Mapping[Term, Any]) -> Any:
    """The value of a term at a point, which may be infinite; None where there is none."""
    mp = context()

    def combine(node: Term, args: list[Any]) -> Any:
        if node.op == "cases":
            return _case(node.value, args)
        if any(a is None for a in args):
            return None
        found = _precise(node, args, point)
        return None if found is None or mp.isnan(found) else found

    return fold(term, combine, leaves=("derivative", "sigma", "pi"))


def as_precise(value: Any) -> Any:
    """A Fraction, or a number of mpmath's."""
    mp = context()
    return mp.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else mp.mpf(value)


def _precise(node: Term, args: list[Any], point: Mapping[Term, Any]) -> Any:
    mp = context()
    match node.op:
        case "number":
            return as_precise(node.value)
        case "symbol":
            return as_precise(point[node])
        case "constant":
            return +mp.pi
        case "sum":
            return sum(args, mp.mpf(0))
        case "multiply":
            return mp.fprod(args)
        case "divide":
            return args[0] / args[1] if args[1] else None
        case "power":
            return args[0] ** node.value
        case "apply" if node.name.base in KNOWN:
            return _known(node.name.base, args[0])
    return None


def _known(function: str, u: Any) -> Any:
    mp = context()
    if (function == "log" and u <= 0) or (function == "sqrt" and u < 0):
        return None
    if function == "exp" and abs(u) > _LARGEST:
        return mp.inf if u > 0 else mp.mpf(0)
    if function in ("sin", "cos") and abs(u) > mp.mpf(10) ** (DIGITS // 2):
        return None
    if function in ("tanh", "erf") and abs(u) > 10**4:
        return mp.sign(u)
    return getattr(mp, function)(u)


def _case(relations: tuple[str, ...], args: list[Any]) -> Any:
    for i, relation in enumerate(relations):
        left, right, value = args[3 * i : 3 * i + 3]
        if left is None or right is None:
            return None
        if left < right or (relation == "<=" and left == right):
            return value
    return args[-1]
