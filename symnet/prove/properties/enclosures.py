"""Values of a term on whole intervals, so that a narrow peak between points is not overlooked.

What is only numerical is said when an enclosure has seen that it holds, up to a small part of its size, on a long
interval around 0; not otherwise. (Moore, Kearfott, Cloud, *Introduction to Interval Analysis*, SIAM 2009, chapter 5.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from symnet.prove.properties.setting import Numbers
from symnet.term import KNOWN, Term, fold

#: How far out the enclosure reaches, in how many parts, into how many those are broken up, and how often.
_REACH: Final = 64.0
_PARTS: Final = 4096
_PIECES: Final = 8
_ROUNDS: Final = 6
_MOST: Final = 60_000
#: What rounding may add, in relation to a value.
_UNIT: Final = 1e-13

Pair = tuple[float, float]
Ends = tuple[Any, Any]


def stays(
    term: Term, variable: Term, numbers: Numbers, window: tuple[float, float], bounds: tuple[float, float]
) -> bool:
    """Whether a term is seen to stay between two bounds on a window, as far as that is within reach."""
    import numpy as np

    low, high = max(window[0], -_REACH), min(window[1], _REACH)
    if not low < high:
        return True
    inset = (high - low) * 1e-9
    places = np.linspace(low + inset, high - inset, _PARTS + 1)
    left, right = places[:-1], places[1:]
    for _ in range(_ROUNDS):
        below, above = enclosed(term, variable, numbers, left, right)
        open_ = ~((below >= bounds[0]) & (above <= bounds[1]))
        if not open_.any():
            return True
        if open_.sum() * _PIECES > _MOST:
            return False
        steps = np.linspace(0, 1, _PIECES + 1)
        ends = left[open_][:, None] + (right - left)[open_][:, None] * steps[None, :]
        left, right = ends[:, :-1].ravel(), ends[:, 1:].ravel()
    return False


def enclosed(term: Term, variable: Term, numbers: Numbers, left: Any, right: Any) -> Ends:
    """Bounds of a term on intervals."""
    import numpy as np

    def combine(node: Term, args: list[Ends]) -> Ends:
        if node == variable:
            return left, right
        low, high = _enclosed(node, args, numbers, len(left))
        room = _UNIT * np.maximum(np.abs(low), np.abs(high))
        low, high = low - np.where(np.isfinite(room), room, 0), high + np.where(np.isfinite(room), room, 0)
        return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)

    with np.errstate(all="ignore"):
        return fold(term, combine, leaves=("derivative", "sigma", "pi"))


def _enclosed(node: Term, args: list[Ends], numbers: Numbers, length: int) -> Ends:
    import numpy as np

    def constant(value: float) -> Ends:
        return np.full(length, value), np.full(length, value)

    match node.op:
        case "number":
            return constant(node.value.numerator / node.value.denominator)
        case "constant":
            return constant(math.pi)
        case "symbol" if node in numbers:
            return constant(float(numbers[node]))
        case "sum":
            return sum(a for a, _ in args), sum(b for _, b in args)
        case "multiply":
            found = args[0]
            for other in args[1:]:
                found = _product(found, other)
            return found
        case "divide":
            return _product(args[0], _inverse(args[1]))
        case "power":
            return _power(args[0], node.value)
        case "apply" if node.name.base in KNOWN:
            return _applied(node.name.base, args[0])
        case "cases":
            return _any_arm(node.value, args)
    return constant(math.nan)


def _product(a: Ends, b: Ends) -> Ends:
    import numpy as np

    products = [np.nan_to_num(x * y, nan=0.0, posinf=np.inf, neginf=-np.inf) for x in a for y in b]
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
    return np.where(crosses & (n > 0), 0.0, np.minimum(low, high)), np.maximum(low, high)


def _applied(function: str, a: Ends) -> Ends:
    import numpy as np

    if function in ("sin", "cos"):
        return _circular(a if function == "sin" else (a[0] + math.pi / 2, a[1] + math.pi / 2))
    rises: dict[str, Callable[[Any], Any]] = {
        "exp": np.exp,
        "log": lambda x: np.log(np.maximum(x, 0)),
        "sqrt": lambda x: np.sqrt(np.maximum(x, 0)),
        "atan": np.arctan,
        "tanh": np.tanh,
        "erf": np.vectorize(math.erf, otypes=[float]),
    }
    return rises[function](a[0]), rises[function](a[1])


def _circular(a: Ends) -> Ends:
    """Bounds of the sine: its greatest value where π/2 + 2πn lies between."""
    import numpy as np

    def meets(place: float) -> Any:
        return np.floor((a[1] - place) / (2 * math.pi)) >= np.ceil((a[0] - place) / (2 * math.pi))

    ends = np.sin(a[0]), np.sin(a[1])
    low = np.where(meets(-math.pi / 2), -1.0, np.minimum(*ends))
    return low, np.where(meets(math.pi / 2), 1.0, np.maximum(*ends))


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
