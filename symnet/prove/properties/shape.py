"""Domain, limits, parity, monotony and the Lipschitz constant."""

from __future__ import annotations

from fractions import Fraction

from symnet.errors import Rejected, SymnetError
from symnet.kernel import Replayed
from symnet.prove.branches import value_at
from symnet.prove.derivative import Derivative, Piece
from symnet.prove.lines import Lines
from symnet.prove.properties.certificate import positive
from symnet.prove.properties.data import NUMERICAL, PROVED, Interval, Property
from symnet.prove.properties.estimate import candidates, extent, is_close, points, value
from symnet.prove.properties.ranges import Setting, settled, suppositions, value_at_point
from symnet.term import Condition, Term, derivative, number, put, symbol

#: Letters for two points of an interval.
POINTS = (symbol("p"), symbol("q"))
#: A point that stands for being far out, in the estimates of limits.
FAR = Fraction(10**6)


def domain(found: Derivative, setting: Setting) -> Property:
    """Where h is defined: everywhere, or where the conditions of the derivation shown say so."""
    lines = Lines()
    line = settled(lines, lines.start(found.function), setting)
    scope = lines.session.scope
    about = [
        c for c in lines.conditions(line) if isinstance(c, Condition) and scope.depends(c.term, found.variable.name)
    ]
    return Property("domain", None if about else Interval(None, None), PROVED, (lines.replayed(line),))


def limits(found: Derivative, setting: Setting) -> Property | None:
    """What h tends to at −∞ and ∞, from its values far out."""
    ends = [_limit(found.pieces[0], setting, -1), _limit(found.pieces[-1], setting, 1)]
    if None in ends:
        return None
    (left, _), (right, _) = ends  # type: ignore[misc]
    return Property("limits", Interval(left, right), NUMERICAL)


def _limit(piece: Piece, setting: Setting, side: int) -> tuple[Term | None, bool] | None:
    near, far = (value_at_point(piece.branch.function, setting, side * x) for x in (FAR, 64 * FAR))
    if near is None or far is None:
        return None
    if abs(far) > 2 * abs(near) + 1:
        return None, True
    return next(
        ((t, False) for t in candidates(list(setting.numbers)) if _tends(value(t, setting.numbers), near, far)), None
    )


def _tends(limit: object, near: object, far: object) -> bool:
    """Whether a value far out is close to a limit, and closer further out."""
    gaps = [float(abs(v - limit)) for v in (near, far)]  # type: ignore[operator]
    return gaps[1] <= gaps[0] < 1e-3


def parity(found: Derivative, setting: Setting) -> Property | None:
    """h(−z) = −h(z) or h(−z) = h(z), for a function without cases."""
    if len(found.pieces) > 1:
        return _parity_of_cases(found, setting)
    z, h = found.variable, found.function
    for kind, sign in (("even", 1), ("odd", -1)):
        lines = Lines()
        try:
            line = lines.same(lines.start(put(h, z, -z)), h if sign > 0 else -h)
        except Rejected:
            continue
        return Property("parity", kind, PROVED, (lines.replayed(settled(lines, line, setting)),))
    return None


def _parity_of_cases(found: Derivative, setting: Setting) -> Property | None:
    """The same, from its values only."""
    where = [p for p in points(None, None) if p > 0]
    for kind, sign in (("even", 1), ("odd", -1)):
        pairs = [
            (value_at_point(found.function, setting, p), value_at_point(found.function, setting, -p)) for p in where
        ]
        if all(a is not None and b is not None and is_close(b, sign * a) for a, b in pairs):
            return Property("parity", kind, NUMERICAL)
    return None


_KINDS = {(1, True): "increasing", (1, False): "nondecreasing", (-1, True): "decreasing", (-1, False): "nonincreasing"}


def monotony(found: Derivative, setting: Setting) -> Property | None:
    """Whether h grows or falls, from the sign of h′ on each branch; not where it jumps."""
    if any(m.is_jump for m in found.meetings):
        return None
    signs = [_sign(p, setting) for p in found.pieces]
    if None in signs:
        return None
    kinds = {s for s, _ in signs if s}  # type: ignore[misc]
    if len(kinds) != 1:
        return None
    (direction,) = kinds
    strict = all(strict and s for s, strict in signs)  # type: ignore[misc]
    shown = [_grows(found, p, setting, direction) for p in found.pieces]
    kind = _KINDS[direction, strict]
    if None in shown:
        return Property("monotony", kind, NUMERICAL)
    return Property("monotony", kind, PROVED, tuple(s for s in shown if s is not None))


def _sign(piece: Piece, setting: Setting) -> tuple[int, bool] | None:
    """The sign of h′ on a branch, and whether it is never 0; None where it changes."""
    ends = [None if e is None else value_at(e, setting.numbers) for e in (piece.branch.lower, piece.branch.upper)]
    found = extent(piece.derivative, setting.variable, setting.numbers, points(*ends))
    if found is None or found.least < 0 < found.greatest:
        return None
    sign = 1 if found.greatest > 0 else -1 if found.least < 0 else 0
    return sign, bool(found.least > 0 or found.greatest < 0)


def _grows(found: Derivative, piece: Piece, setting: Setting, direction: int) -> Replayed | None:
    """h(q) > h(p) for p < q on a branch, or h(q) < h(p), by the mean value theorem."""
    z, f = found.variable, piece.branch.function
    f = f if direction > 0 else -f
    slope = piece.derivative if direction > 0 else -piece.derivative
    lines = Lines()
    try:
        line = lines.same(lines.differentiate(lines.start(derivative(f, z))), slope)
        known = suppositions(lines, piece.branch, setting)
        line_ = positive(lines, line, known)
        if line_ is None:
            return None
        return lines.replayed(lines.write("mean_value", (settled(lines, line_, setting),), POINTS))
    except SymnetError:
        return None


def lipschitz(slopes: Property, setting: Setting) -> Property | None:
    """The greatest size of h′, which is the least L with |h(p) − h(q)| ≤ L |p − q|."""
    ends = slopes.interval
    if ends is None or ends.lower is None or ends.upper is None:
        return None
    low, high = (value(t, setting.numbers) for t in (ends.lower, ends.upper))
    least = ends.upper if high >= -low else (-ends.lower if ends.lower.op != "number" else number(-ends.lower.value))
    return Property("Lipschitz constant", least, slopes.status, slopes.shown)
