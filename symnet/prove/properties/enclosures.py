"""Bounds of terms, at thousands of points or on intervals, which no rounding can break.

Signs that are certain at points tell the search what to try to prove. What is only numerical is said when bounds on
intervals have seen that it holds, up to a small part of its size, for all places up to 64 away from 0, and up to 300
where no number is too large for a float: so a narrow peak is not overlooked. (Moore, Kearfott, Cloud, *Introduction to
Interval Analysis*, SIAM 2009, chapters 2 and 5.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from symnet.prove.properties.setting import Numbers
from symnet.term import KNOWN, Term, fold

#: How far out the enclosure reaches, and how many parts there are close to 0 and further out on each side.
_REACH: Final = 300.0
_CLOSE: Final = 64.0
_PARTS: Final = 4096
_FURTHER: Final = 128
#: Into how many pieces parts are broken up, how often, and how many may be looked at.
_PIECES: Final = 8
_ROUNDS: Final = 6
_MOST: Final = 60_000
#: What an operation may add by rounding, in relation to its value; and what may be left of a value that vanishes.
_UNIT: Final = 2.0**-50
_TINY: Final = 1e-307
#: A sign that rounding leaves open.
UNCERTAIN: Final = 2.0

Ends = tuple[Any, Any]
Points = Mapping[Term, Any]


def signs(term: Term, points: Points) -> Any:
    """The certain signs of a term at points, given by their coordinates; or :data:`UNCERTAIN`."""
    import numpy as np

    low, high = enclosed(term, {s: (places, places) for s, places in points.items()})
    nothing = (low == 0) & (high == 0)
    return np.where(low > 0, 1.0, np.where(high < 0, -1.0, np.where(nothing, 0.0, UNCERTAIN)))


def stays(
    term: Term, variable: Term, numbers: Numbers, window: tuple[float, float], bounds: tuple[float, float]
) -> bool:
    """Whether a term is seen to stay between two bounds on a window, as far as that is within reach."""
    import numpy as np

    low, high = max(window[0], -_REACH), min(window[1], _REACH)
    if not low < high:
        return True
    inset = min(high - low, 1.0) * 1e-9
    places = _parts(low + inset, high - inset)
    left, right = places[:-1], places[1:]
    for _ in range(_ROUNDS):
        letters = {s: (np.full(len(left), float(q)),) * 2 for s, q in numbers.items()}
        below, above = enclosed(term, {variable: (left, right), **letters})
        is_close = np.maximum(np.abs(left), np.abs(right)) <= _CLOSE
        is_told = is_close | (np.isfinite(below) & np.isfinite(above))
        open_ = is_told & ~((below >= bounds[0]) & (above <= bounds[1]))
        if not open_.any():
            return True
        if open_.sum() * _PIECES > _MOST:
            return False
        steps = np.linspace(0, 1, _PIECES + 1)
        ends = left[open_][:, None] + (right - left)[open_][:, None] * steps[None, :]
        left, right = ends[:, :-1].ravel(), ends[:, 1:].ravel()
    return False


def _parts(low: float, high: float) -> Any:
    """Places from one end to the other, further apart further out."""
    import numpy as np

    first, last = max(low, -_CLOSE), min(high, _CLOSE)
    close = np.linspace(first, last, _PARTS + 1) if first < last else np.empty(0)
    far = np.geomspace(_CLOSE, _REACH, _FURTHER + 1)
    return np.unique(np.clip([*-far, *close, *far], low, high))


def enclosed(term: Term, bounds: Mapping[Term, Ends]) -> Ends:
    """Bounds of a term from those of its symbols, for each place of these arrays; infinite where there is no value."""
    import numpy as np

    length = len(next(iter(bounds.values()))[0]) if bounds else 1

    def combine(node: Term, args: list[Ends]) -> Ends:
        low, high = bounds[node] if node in bounds else _enclosed(node, args, length)
        unknown = np.isnan(low) | np.isnan(high) | (low == np.inf) | (high == -np.inf)  # no value, or one too large
        return np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high)

    with np.errstate(all="ignore"):
        return fold(term, combine, leaves=("derivative", "sigma", "pi"))


def _enclosed(node: Term, args: list[Ends], length: int) -> Ends:
    import numpy as np

    match node.op:
        case "number":
            return _number(node.value, length)
        case "constant":
            return _rounded(np.full(length, math.pi), np.full(length, math.pi))
        case "sum":
            return _in_turn(args, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        case "multiply":
            return _in_turn(args, _product)
        case "divide":
            return _rounded(*_product(args[0], _inverse(args[1])))
        case "power":
            return _rounded(*_power(args[0], node.value))
        case "apply" if node.name.base in KNOWN:
            return _rounded(*_applied(node.name.base, *args[0]))
        case "cases":
            return _any_arm(node.value, args)
    return np.full(length, -np.inf), np.full(length, np.inf)


def _number(value: Fraction, length: int) -> Ends:
    import numpy as np

    try:
        near = value.numerator / value.denominator
    except OverflowError:
        return np.full(length, -np.inf), np.full(length, np.inf)
    places = np.full(length, near)
    return (places, places) if Fraction(near) == value else _rounded(places, places)


def _rounded(low: Any, high: Any) -> Ends:
    """Bounds that hold without rounding; those that are 0 are exact."""
    import numpy as np

    finite = np.isfinite(low), np.isfinite(high)
    return (
        low - np.where(finite[0], np.abs(low), 0) * _UNIT,
        high + np.where(finite[1], np.abs(high), 0) * _UNIT,
    )


def _in_turn(args: list[Ends], combine: Callable[[Ends, Ends], Ends]) -> Ends:
    found, *others = args
    for other in others:
        found = _rounded(*combine(found, other))
    return found


def _product(a: Ends, b: Ends) -> Ends:
    """Bounds of a product; one that is too small for a float is not 0."""
    import numpy as np

    products = []
    for x in a:
        for y in b:
            found = np.nan_to_num(x * y, nan=0.0, posinf=np.inf, neginf=-np.inf)
            lost = (found == 0) & (x != 0) & (y != 0)
            products += [np.where(lost, -_TINY, found), np.where(lost, _TINY, found)]
    return np.minimum.reduce(products), np.maximum.reduce(products)


def _inverse(a: Ends) -> Ends:
    import numpy as np

    low, high = a
    crosses = (low <= 0) & (high >= 0)
    return np.where(crosses, -np.inf, 1 / high), np.where(crosses, np.inf, 1 / low)


def _power(a: Ends, n: int) -> Ends:
    import numpy as np

    low, high = a[0] ** n, a[1] ** n
    if n % 2:
        return low, high
    crosses = (a[0] <= 0) & (a[1] >= 0)
    lost = (low == 0) & (a[0] != 0) | (high == 0) & (a[1] != 0)
    return np.where(crosses & (n > 0), 0.0, np.minimum(low, high)), np.maximum(low, high) + np.where(lost, _TINY, 0)


def _applied(function: str, low: Any, high: Any) -> Ends:
    import numpy as np

    match function:
        case "exp":
            return np.exp(low), np.maximum(np.exp(high), _TINY)
        case "log":
            return np.log(np.maximum(low, 0)), np.where(high > 0, np.log(high), np.nan)
        case "sqrt":
            return np.where(high >= 0, np.sqrt(np.maximum(low, 0)), np.nan), np.sqrt(high)
        case "sin":
            return _circular(low, high, np.sin, math.pi / 2)
        case "cos":
            return _circular(low, high, np.cos, 0.0)
        case "erf":
            erf = np.vectorize(math.erf, otypes=[float])
            return erf(low), erf(high)
    rising = np.arctan if function == "atan" else np.tanh
    return rising(low), rising(high)


def _circular(low: Any, high: Any, function: Callable[[Any], Any], top: float) -> Ends:
    """Bounds of the sine or cosine: its greatest value where one of the places ``top`` + 2πn lies between."""
    import numpy as np

    def meets(place: float) -> Any:
        return np.floor((high - place) / (2 * math.pi)) >= np.ceil((low - place) / (2 * math.pi))

    ends = function(low), function(high)
    lowest = np.where(meets(top + math.pi), -1.0, np.minimum(*ends))
    return lowest, np.where(meets(top), 1.0, np.maximum(*ends))


def _any_arm(relations: tuple[str, ...], args: list[Ends]) -> Ends:
    """Bounds of all arms that may be taken somewhere on the interval."""
    import numpy as np

    low, high = args[-1]
    for i, relation in reversed(list(enumerate(relations))):
        (a, b), (c, d), (v, w) = args[3 * i : 3 * i + 3]
        always, never = (b < c, a >= d) if relation == "<" else (b <= c, a > d)
        low = np.where(always, v, np.where(never, low, np.minimum(low, v)))
        high = np.where(always, w, np.where(never, high, np.maximum(high, w)))
    return low, high
