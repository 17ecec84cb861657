"""Whether two terms have the same values: at rational points, with 50 digits.

This compares two readings of one text. It finds a misreading; it proves nothing, and nothing rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from symnet.errors import Undecided
from symnet.term import KNOWN, Term, fold, symbols

#: How many points at which both have a value are needed, and how many are plenty for terms that are not large.
ENOUGH: Final = 5
_PLENTY: Final = 20
#: How many nodes may be worked out, so that large terms are compared at fewer points.
_WORK: Final = 50_000
_DIGITS: Final = 50
_TOLERANCE: Final = "1e-30"
#: Above this, exp of a number has more digits than can be held.
_LARGEST: Final = 10**6


def difference(left: Term, right: Term) -> str:
    """Where the values differ, in words; nothing when they agree to 30 digits, or both have no value.

    Raises :class:`~symnet.errors.Undecided` when there are too few points at which both have a value.

    >>> from symnet.term import number, symbol
    >>> z = symbol("z")
    >>> difference((z + 1) ** 2, z**2 + 2 * z + 1), difference(z * z, z * 2)
    ('', 'at z = -1/3 the values are 0.1111111111 and -0.6666666667')
    """
    letters, compared = list(symbols(left, right)), 0
    plenty = max(ENOUGH, min(_PLENTY, _WORK // (left.size + right.size))) if letters else 1
    tried = 3 * plenty if letters else 1
    for i in range(tried):
        point = {s: _coordinate(i, j) for j, s in enumerate(letters)}
        values = value_at(left, point), value_at(right, point)
        if not _agree(*values):
            return f"at {_say_point(point)} the values are {_say(values[0])} and {_say(values[1])}"
        compared += values[0] is not None
        if compared == plenty:
            break
    if compared < min(plenty, ENOUGH):
        raise Undecided(f"both have a value at {compared} of {tried} points only, which is too few to compare them")
    return ""


@cache
def _context() -> Any:
    """mpmath with 50 digits, apart from the one that everybody else in the process sets."""
    import mpmath

    context = mpmath.ctx_mp.MPContext()
    context.dps = _DIGITS
    return context


def _agree(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    return bool(abs(left - right) <= _context().mpf(_TOLERANCE) * max(1, abs(left), abs(right)))


def _coordinate(i: int, j: int) -> Fraction:
    """The j-th coordinate of the i-th point: of either sign, between 0 and about 12 in size, and no two alike."""
    if i == 0:
        return Fraction(-1, 3) + j
    size = Fraction((37 * i + 101 * j * j + 53 * i * j) % 199 + 1, (17, 23, 61, 211)[(i + j) % 4])
    return -size if (i + j * (i // 2)) % 3 == 1 else size


def value_at(term: Term, point: Mapping[Term, Fraction]) -> Any:
    """The value at a point, a number of mpmath's; None where there is none, or where it is too large.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> value_at(apply("log", z), {z: Fraction(-1)}) is None
    True
    """

    def combine(node: Term, args: list[Any]) -> Any:
        return _value(node, args, point)

    return fold(term, combine)


def _value(node: Term, args: list[Any], point: Mapping[Term, Fraction]) -> Any:
    context = _context()
    match node.op:
        case "number":
            return _number(node.value)
        case "symbol":
            return _number(point[node])
        case "constant":
            return +context.pi
        case "cases":
            return chosen(node.value, args)
    if any(a is None for a in args):
        return None
    match node.op:
        case "sum":
            return context.fsum(args)
        case "multiply":
            return context.fprod(args)
        case "divide":
            return args[0] / args[1] if args[1] else None
        case "power":
            return _power(args[0], node.value)
        case "apply":
            return _applied(node.name.base, args[0])
        case _:
            return None


def _number(value: Fraction) -> Any:
    return _context().mpf(value.numerator) / value.denominator


def chosen(relations: tuple[str, ...], args: list[Any]) -> Any:
    """The value of the first arm whose comparison holds; none when a comparison before it has none."""
    for i, relation in enumerate(relations):
        left, right, value = args[3 * i : 3 * i + 3]
        if left is None or right is None:
            return None
        if left < right or (relation == "<=" and left == right):
            return value
    return args[-1]


def _power(base: Any, exponent: int) -> Any:
    if base and abs(_context().log(abs(base))) * exponent > _LARGEST:
        return None
    return base**exponent


def _applied(name: str, u: Any) -> Any:
    """A function of the kernel's at a number; any other has no value."""
    context = _context()
    # mpmath would need as many digits as the argument has.
    too_large = (name == "exp" and u > _LARGEST) or (name in ("sin", "cos") and abs(u) > context.mpf(10) ** _DIGITS)
    undefined = (name == "log" and u <= 0) or (name == "sqrt" and u < 0)
    if too_large or undefined or name not in KNOWN:
        return None
    return context.mpf(0) if name == "exp" and u < -_LARGEST else getattr(context, name)(u)


def _say_point(point: Mapping[Term, Fraction]) -> str:
    return ", ".join(f"{s.name} = {value}" for s, value in point.items()) or "every point"


def _say(value: Any) -> str:
    return "none" if value is None else _context().nstr(value, 10)
