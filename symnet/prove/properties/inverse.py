"""Solving f(z) = y layer by layer: what the search tries as a preimage or as a critical point.

Where the variable stands in one argument only, the outermost operation is undone: e^u = y gives u = log y. Elsewhere
the equation is a polynomial in one part that contains the variable, after a root has been squared away, and its factors
of the first and second degree, and those with two monomials, are solved. Nothing here is certain: squaring may bring in
solutions that are none, and whoever asks has to see what a solution is worth.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, isqrt
from typing import Any, Final

from symnet.prove.forms.cleaning import applied, cleaned
from symnet.prove.forms.generators import Field
from symnet.prove.forms.polynomials import as_fraction, by_degree
from symnet.prove.properties.algebra import in_field, is_applied
from symnet.term import Term, apply, known_function, number, postorder, substitute, symbol, symbols

#: How many steps are taken, and how large a function may be.
_STEPS: Final = 40
_LARGEST: Final = 120
_PART: Final = symbol("part")

Equation = tuple[Term, Term]


def solutions(function: Term, variable: Term, value: Term) -> Iterator[Term]:
    """Terms for z that may solve f(z) = y.

    >>> from symnet.term import apply, symbol
    >>> z, y = symbol("z"), symbol("y")
    >>> list(solutions(apply("exp", z) - 1, z, y))
    [apply(sum(y, number(1)), log)]
    """
    todo: list[Equation] = [(cleaned(function), value)]
    for _ in range(_STEPS):
        if not todo:
            return
        left, right = todo.pop(0)
        if left == variable:
            yield cleaned(right)
        elif left.size + right.size <= _LARGEST:
            todo += _step(left, right, variable)


def _step(left: Term, right: Term, variable: Term) -> list[Equation]:
    """Equations from which the one given follows, closer to the variable."""
    with_variable = [i for i, a in enumerate(left.args) if variable in symbols(a)]
    if not with_variable:
        return []
    if len(with_variable) == 1 and left.op != "cases":
        return [(left.args[with_variable[0]], r) for r in _undone(left, with_variable[0], right)]
    part = _shared_part(left, variable)
    if part is not None:
        return [
            (substitute(u, {_PART: part}), r) for u, r in _by_polynomial(substitute(left, {part: _PART}), right, _PART)
        ]
    return _by_polynomial(left, right, variable)


def _undone(node: Term, place: int, right: Term) -> list[Term]:
    """What the argument at a place can be, if the others are given."""
    others = [a for i, a in enumerate(node.args) if i != place]
    match node.op:
        case "sum":
            for a in others:
                right = right - a
            return [right]
        case "multiply":
            for a in others:
                right = right / a
            return [right]
        case "divide":
            return [others[0] / right if place else right * others[0]]
        case "power":
            return _roots(cleaned(right), node.value)
        case "apply":
            return _inverse(known_function(node.value), right)
    return []


def _roots(right: Term, n: int) -> list[Term]:
    """What has this power."""
    if n <= 1:
        return [right] * n
    if n % 2 == 0:
        root = _square_root(right)
        return [r for s in (root, -root) for r in _roots(s, n // 2)]
    part = number(Fraction(1, n))
    return [apply("exp", part * apply("log", right)), -apply("exp", part * apply("log", -right))]


def _square_root(right: Term) -> Term:
    """A term with the square that is given: u √v for u² v."""
    outside, inside = in_field(lambda field: square_part(field, field.value(right)), right) or (number(1), right)
    return outside * apply("sqrt", inside) if inside != number(1) else outside


def _inverse(function: str, y: Term) -> list[Term]:
    match function:
        case "exp":
            return [apply("log", y)]
        case "log":
            return [apply("exp", y)]
        case "sqrt":
            return [y**2]
        case "tanh":
            return [number(Fraction(1, 2)) * apply("log", (1 + y) / (1 - y))]
        case "atan":
            return [apply("sin", y) / apply("cos", y)]
    return []


def _shared_part(term: Term, variable: Term) -> Term | None:
    """The largest part outside of which the variable does not occur."""
    parts = [n for n in postorder(term) if n not in (term, variable) and variable in symbols(n)]
    parts.sort(key=lambda n: -n.size)
    return next((p for p in parts if variable not in symbols(substitute(term, {p: _PART}))), None)


# Polynomials in one part.


def _by_polynomial(left: Term, right: Term, variable: Term) -> list[Equation]:
    return in_field(lambda field: list(_solved(field, left, right, variable)), left, cleaned(right), spare=2) or []


def _solved(field: Field, left: Term, right: Term, variable: Term) -> Iterator[Equation]:
    difference = field.reduced(field.value(left) - field.value(cleaned(right)))
    for factor in _factors(field, difference.numer):
        places = [i for i, a in enumerate(field.atoms) if factor.degree(i) > 0 and variable in symbols(a)]
        if len(places) == 1:
            yield from _in_one_part(field, factor, places[0])
        elif len(places) == 2:
            yield from _without_root(field, factor, places, variable)


def _factors(field: Field, p: Any) -> list[Any]:
    if not p or len(p.terms()) > 60:
        return []
    return [factor for factor, _ in p.factor_list()[1]]


def _without_root(field: Field, p: Any, places: list[int], variable: Term) -> Iterator[Equation]:
    """From A + B s = 0: A² = B² s²."""
    root = next((i for i in places if i in field.squares), None)
    if root is None:
        return
    (other,) = (i for i in places if i != root)
    square = field.squares[root]
    if square == field.variables[other]:  # u and √u: a polynomial in √u
        squared = p.ring.from_dict(_merged(p, other, root))
        yield from _in_one_part(field, squared, root)
        return
    halves = [field.field.zero, field.field.zero]
    for exponent, part in by_degree(p, root).items():
        halves[exponent % 2] += field.field(part) * square ** (exponent // 2)
    for factor in _factors(field, (halves[0] ** 2 - halves[1] ** 2 * square).numer):
        if [i for i, a in enumerate(field.atoms) if factor.degree(i) > 0 and variable in symbols(a)] == [other]:
            yield from _in_one_part(field, factor, other)


def _merged(p: Any, other: int, root: int) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for m, c in p.terms():
        exponents = list(m)
        exponents[root] += 2 * exponents[other]
        exponents[other] = 0
        found[tuple(exponents)] = found.get(tuple(exponents), 0) + c
    return found


def _in_one_part(field: Field, p: Any, place: int) -> Iterator[Equation]:
    """Solve a polynomial in one part w: c₁ w + c₀, c₂ w² + c₁ w + c₀, or cₙ wⁿ + c₀, where w may be a power."""
    coefficients = by_degree(p, place)
    lowest = min(coefficients)
    coefficients = {n - lowest: field.field(c) for n, c in coefficients.items()}
    unit = gcd(*coefficients)
    part, top = field.atoms[place], max(coefficients)
    if lowest:
        yield part, number(0)
    if len(coefficients) == 2:
        yield _power(part, top), field.written(-coefficients[0] / coefficients[top])
    elif top == 2 * unit and len(coefficients) == 3:
        for root in _quadratic(field, *(coefficients[n * unit] for n in range(3))):
            yield _power(part, unit), root


def _power(part: Term, n: int) -> Term:
    if n > 1 and is_applied(part, "exp"):
        return apply("exp", cleaned(n * part.args[0]))
    return part**n if n > 1 else part


def _quadratic(field: Field, c: Any, b: Any, a: Any) -> Iterator[Term]:
    """The roots of a w² + b w + c, each in both of its usual forms."""
    b = b / 2
    outside, inside = square_part(field, b**2 - a * c)
    root = outside * applied("sqrt", inside) if inside != number(1) else outside
    above, below, last = (field.written(f) for f in (-b, a, c))
    for r in (root, -root):
        yield cleaned((above + r) / below)
    if inside != number(1):
        for r in (root, -root):
            yield cleaned(last / (above + r))


def square_part(field: Field, f: Any) -> tuple[Term, Term]:
    """Two terms r and s with f = r² s."""
    outside, inside, coefficient = field.field.one, field.field.one, Fraction(1)
    for p, sign in ((f.numer, 1), (f.denom, -1)):
        c, factors = p.factor_list() if p else (0, [])
        coefficient *= as_fraction(c) ** sign if c else 0
        for factor, n in factors:
            outside *= field.field(factor) ** (sign * (n // 2))
            inside *= field.field(factor) ** (sign * (n % 2))
    below = coefficient.denominator
    square = _largest_square(coefficient.numerator * below)
    rest = field.constant(Fraction(coefficient.numerator * below, square * square))
    return field.written(outside * field.constant(Fraction(square, below))), field.written(inside * rest)


def _largest_square(n: int) -> int:
    """The largest d found with d² a divisor of n."""
    root = isqrt(abs(n))
    if root and root * root == abs(n):
        return root
    found = 1
    for p in (2, 3, 5, 7, 11, 13):
        while n and n % (p * p) == 0:
            n, found = n // (p * p), found * p
    return found
