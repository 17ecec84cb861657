"""The value of a term at a point, with many digits: what tells the search what to try to prove."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from symnet.reader.agreement import chosen
from symnet.term import KNOWN, Term, fold

#: Digits of the precise values: enough for √(z² + 4) − z at z = 10⁴⁰.
DIGITS: Final = 150
#: From here on e^u is taken for infinite, so that no exponent is too long.
_LARGEST: Final = 10**200


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
            return chosen(node.value, args)
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
