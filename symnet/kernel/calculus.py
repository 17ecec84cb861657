"""Differentiation: one rule for each way of writing a term.

    (u + v)′ = u′ + v′        (c u)′ = c u′        (u v)′ = u′ v + u v′        (uⁿ)′ = n uⁿ⁻¹ u′
    (u/v)′ = (u′ v − u v′)/v²                      f(u)′ = f′(u) u′

where c does not depend on the variable. Each holds where its two sides are defined; the conditions that a derivative
brings with it are those of :mod:`.conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symnet.errors import Rejected
from symnet.term import (
    Name,
    Position,
    Term,
    apply,
    constant,
    index,
    is_at_most,
    known_function,
    multiply,
    number,
    shifted,
    total,
)

#: The derivative of each known function at u, where f is its value there.
DERIVATIVES: Final[Mapping[str, Callable[[Term, Term], Term]]] = {
    "exp": lambda u, f: f,
    "log": lambda u, f: 1 / u,
    "sqrt": lambda u, f: 1 / (2 * f),
    "sin": lambda u, f: apply("cos", u),
    "cos": lambda u, f: -apply("sin", u),
    "atan": lambda u, f: 1 / (1 + u**2),
    "tanh": lambda u, f: 1 - f**2,
    "erf": lambda u, f: 2 / apply("sqrt", constant("pi")) * apply("exp", -(u**2)),
}

_NOTHING, _ONE = number(0), number(1)
Ranges = Mapping[str, tuple[Position, Position]]


def differentiated(
    term: Term, depends: Callable[[Term, Name], bool], put: Callable[[Term, Term, Term], Term], inner: list[Term]
) -> Term:
    """The derivative of a term, by the rule for how it is written, in terms of the derivatives of its arguments.

    These are added to ``inner``. ``depends(t, x)`` says whether t depends on the variable x, and ``put(t, x, p)`` is t
    with p for x, both through definitions too.
    """
    (body, point), (name, side) = term.args, term.value
    here = point.op == "symbol" and point.value == (name, ())
    variable = point if here else Term("symbol", (), (name, ()))
    if side != "both":
        raise Rejected("a one-sided derivative has a rule of its own")

    def at_point(t: Term) -> Term:
        return t if here else put(t, variable, point)

    def prime(t: Term) -> Term:
        if t != variable:
            inner.append(Term("derivative", (t, point), term.value))
        return _ONE if t == variable else inner[-1]

    if body == variable:
        return _ONE
    if not depends(body, name):
        return _NOTHING
    args = body.args
    match body.op:
        case "sum":
            return total(prime(a) for a in args)
        case "multiply":
            return _product_rule(args, [depends(a, name) for a in args], prime, at_point)
        case "power":
            n, u = body.value, args[0]
            if n == 0:
                return _NOTHING
            return multiply([number(n), at_point(u) ** (n - 1), prime(u)]) if n > 1 else prime(u)
        case "divide":
            u, v = args
            if not depends(v, name):
                return prime(u) / at_point(v)
            return (prime(u) * at_point(v) - at_point(u) * prime(v)) / at_point(v) ** 2
        case "apply" if known_function(body.value):
            outer = DERIVATIVES[known_function(body.value)](at_point(args[0]), at_point(body))
            return outer if args[0] == variable else outer * prime(args[0])
    raise Rejected(f"there is no rule for the derivative of a {body.op}: unfold it, or choose a branch first")


def _product_rule(
    factors: tuple[Term, ...], varies: list[bool], prime: Callable[[Term], Term], at_point: Callable[[Term], Term]
) -> Term:
    """Constant factors stay where they are; of the others, each in turn is differentiated."""
    summands = []
    for i, changes in enumerate(varies):
        if changes:
            summands.append(multiply(prime(f) if i == j else at_point(f) for j, f in enumerate(factors)))
    return total(summands)


def varies(term: Term, name: Name, ranges: Ranges | None = None) -> bool:
    """Whether a term without definitions mentions a variable, where z_i is not z_j when i is less or greater than j.

    All of the term is looked at. Raises :class:`~symnet.errors.Rejected` when it depends on the values of indices.
    """
    ranges = ranges or {}
    todo, seen, found = [(term, ranges)], set[int](), False
    while todo:
        node, inside = todo.pop()
        if id(node) in seen and not inside:
            continue
        seen.add(id(node))
        if node.op == "symbol":
            found = _is(node.name, name, inside) or found
        elif node.op in ("sigma", "pi"):
            todo.append((node.args[0], {**inside, node.value[0]: node.value[1:3]}))
        elif node.op == "derivative" and _is(node.value[0], name, inside):
            todo.append((node.args[1], inside))
        else:
            todo += [(a, inside) for a in node.args]
    return found


def _is(name: Name, variable: Name, ranges: Ranges) -> bool:
    if name == variable:
        return True
    if (name.base, name.layer is None, len(name.entry)) != (variable.base, variable.layer is None, len(variable.entry)):
        return False
    pairs = list(zip(name.positions, variable.positions, strict=True))
    if any(_apart(a, b, ranges) for a, b in pairs):
        return False
    raise Rejected(f"whether {name} is {variable} depends on their indices")


def _apart(a: Position, b: Position, ranges: Ranges) -> bool:
    """Whether two positions are different, whatever their indices are."""
    if any(is_at_most(0, lower) is not True for lower, _ in ranges.values()):
        return False  # a bound index that may be negative is not a natural number, as is_at_most takes it to be
    for variable, (lower, upper) in ranges.items():
        if a == index(variable):
            return is_at_most(shifted(b, 1), lower) is True or is_at_most(shifted(upper, 1), b) is True
    return is_at_most(shifted(b, 1), a) is True or is_at_most(shifted(a, 1), b) is True
