"""Writing a term as a combination, with coefficients that are not negative, of products of terms known to be positive.

A polynomial that is such a combination cannot be negative where they are not. (Handelman, *Representing polynomials by
positive linear functions on compact convex polyhedra*, Pacific J. Math. 132, 1988: every polynomial that is positive on
a compact polyhedron has one.) The coefficients are found by the simplex method over the rational numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import Field
from symnet.prove.forms.polynomials import Monomial, Polynomial, as_dictionary, minus, plus
from symnet.prove.properties.algebra import CACHED, in_field
from symnet.term import Term, multiply, number, total

#: The degree of a polynomial, the number of known terms, and the products of these that are tried.
_DEGREE: Final = 6
_KNOWN: Final = 8
_PRODUCTS: Final = 80
_MONOMIALS: Final = 12
_PIVOTS: Final = 200

Row = list[Fraction]


@lru_cache(maxsize=CACHED)
def combination(term: Term, known: tuple[Term, ...]) -> Term | None:
    """The term as a sum of products of known terms and squares, with positive numbers in front; None if none is found.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> combination(z**2 + z, (z,))
    sum(z, power(z, 2))
    """
    known = known[:_KNOWN]
    return in_field(lambda field: _combination(field, term, known), term, *known)


def _combination(field: Field, term: Term, known: Sequence[Term]) -> Term | None:
    """The combination of the term itself, or of its product with what the known terms are multiplied by."""
    target, *others = (_polynomial(field, t) for t in (term, *known))
    if target is None or target[1]:
        return None
    parts = [(multiply([t, *w[1]]), w[0]) for t, w in zip(known, others, strict=True) if w is not None]
    found = _of_products(field, target[0], parts)
    longest = max((w[1] for w in others if w is not None), key=len, default=[])
    if found is not None or not longest:
        return found
    raised = _polynomial(field, multiply([cleaned(term), *longest]))
    found = None if raised is None or raised[1] else _of_products(field, raised[0], parts)
    return None if found is None else found / multiply(longest)


def _of_products(field: Field, target: Polynomial, parts: Sequence[tuple[Term, Polynomial]]) -> Term | None:
    """A polynomial as a combination of products of known ones."""
    degree = max(map(sum, target), default=0)
    if not 0 < degree <= _DEGREE or len(target) > _MONOMIALS:
        return None
    products = list(islice(_products(field, parts, degree), _PRODUCTS))
    found = nonnegative([p for _, p in products], target)
    if found is None:
        return None
    return total(_scaled(c, factors) for c, (factors, _) in zip(found, products, strict=True) if c)


def _polynomial(field: Field, term: Term) -> tuple[Polynomial, list[Term]] | None:
    """A term as a polynomial divided by some generators; a letter below a root is the square of that."""
    return _as_polynomial(field, field.value(cleaned(term)))


def _as_polynomial(field: Field, f: Any) -> tuple[Polynomial, list[Term]] | None:
    merged = {g: r for r, q in field.squares.items() for g, v in enumerate(field.variables) if v == q}
    above, below = (_merged(as_dictionary(p), merged) for p in (f.numer, f.denom))
    if len(below) > 1:
        return None
    shared = tuple(map(min, zip(*above, *below, strict=True)))
    ((m, c),) = below.items()
    factors = [field.atoms[i] for i, n in enumerate(minus(m, shared)) for _ in range(n)]
    return {minus(k, shared): v / c for k, v in above.items()}, factors


def _merged(p: Polynomial, merged: dict[int, int]) -> Polynomial:
    found: Polynomial = {}
    for m, c in p.items():
        exponents = list(m)
        for g, r in merged.items():
            exponents[r] += 2 * exponents[g]
            exponents[g] = 0
        found[tuple(exponents)] = found.get(tuple(exponents), Fraction(0)) + c
    return found


def _products(
    field: Field, parts: Sequence[tuple[Term, Polynomial]], degree: int
) -> Iterator[tuple[tuple[Term, ...], Polynomial]]:
    """The products of known terms up to a degree, and the squares of generators, as terms and as polynomials."""
    squares = [(a**2, {_unit(field, i, 2): Fraction(1)}) for i, a in enumerate(field.atoms) if i not in field.squares]
    known = [*parts, *squares]
    roots = {}
    for i, f in field.squares.items():
        square = _as_polynomial(field, f)
        if square is not None and not square[1] and max(square[0])[i] == 0:
            roots[i] = square[0]
    last: list[tuple[int, tuple[Term, ...], Polynomial]] = [(0, (), {_unit(field, 0, 0): Fraction(1)})]
    while last:
        yield from ((factors, p) for _, factors, p in last)
        longer = []
        for first, factors, p in last:
            for i, (t, q) in enumerate(known[first:], first):
                product = _reduced(_times(p, q), roots)
                if product and max(map(sum, product)) <= degree:
                    longer.append((i, (*factors, t), product))
        last = longer


def _times(p: Polynomial, q: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            product = plus(m, n)
            found[product] = found.get(product, Fraction(0)) + c * d
    return {m: c for m, c in found.items() if c}


def _reduced(p: Polynomial, roots: dict[int, Polynomial]) -> Polynomial:
    """The polynomial with the squares of roots put in."""
    for place in sorted(roots, reverse=True):
        while high := {m: c for m, c in p.items() if m[place] > 1}:
            p = {m: c for m, c in p.items() if m[place] <= 1}
            lowered = {(*m[:place], m[place] - 2, *m[place + 1 :]): c for m, c in high.items()}
            for m, c in _times(lowered, roots[place]).items():
                p[m] = p.get(m, Fraction(0)) + c
    return {m: c for m, c in p.items() if c}


def _unit(field: Field, place: int, exponent: int) -> Monomial:
    return tuple(exponent * (i == place) for i in range(len(field.variables)))


def _scaled(c: Fraction, factors: Sequence[Term]) -> Term:
    numbers = [number(c)] if c != 1 or not factors else []
    return multiply([*numbers, *factors])


def nonnegative(columns: Sequence[Polynomial], target: Polynomial) -> list[Fraction] | None:
    """Numbers cⱼ ≥ 0 with Σ cⱼ columns[j] = target, by the simplex method with Bland's rule.

    >>> one = {(0,): Fraction(1)}
    >>> nonnegative([one, {(1,): Fraction(1)}], {(0,): Fraction(2)}), nonnegative([one], {(0,): Fraction(-1)})
    ([Fraction(2, 1), Fraction(0, 1)], None)
    """
    monomials = list(dict.fromkeys([*target, *(m for p in columns for m in p)]))
    if any(all(m not in p for p in columns) for m in target):
        return None
    rows = []
    for m in monomials:
        sign = -1 if target.get(m, 0) < 0 else 1
        rows.append([sign * p.get(m, Fraction(0)) for p in columns] + [sign * target.get(m, Fraction(0))])
    return _feasible(rows, len(columns))


def _feasible(rows: list[Row], count: int) -> list[Fraction] | None:
    """The first phase: what artificial variables hold is driven to zero."""
    basis: list[int | None] = [None] * len(rows)
    cost = [sum((row[j] for row in rows), Fraction(0)) for j in range(count + 1)]
    for _ in range(_PIVOTS):
        if not cost[-1]:
            break
        entering = next((j for j in range(count) if cost[j] > 0), None)
        if entering is None:
            return None
        leaving = min(
            (i for i, row in enumerate(rows) if row[entering] > 0),
            key=lambda i: (rows[i][-1] / rows[i][entering], -1 if basis[i] is None else basis[i]),
        )
        _pivot(rows, cost, leaving, entering)
        basis[leaving] = entering
    if cost[-1]:
        return None
    found = [Fraction(0)] * count
    for i, j in enumerate(basis):
        if j is not None:
            found[j] = rows[i][-1]
    return found


def _pivot(rows: list[Row], cost: Row, leaving: int, entering: int) -> None:
    pivot = rows[leaving][entering]
    rows[leaving] = [x / pivot for x in rows[leaving]]
    for row in (*(r for i, r in enumerate(rows) if i != leaving), cost):
        if factor := row[entering]:
            for k, x in enumerate(rows[leaving]):
                if x:
                    row[k] -= factor * x
