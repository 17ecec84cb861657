"""Polynomials as dictionaries, for writing them: with factors, and with exponents that may be negative.

SymPy's own are the ones that are computed with. Here a monomial is the tuple of its exponents, one for each generator.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final, NamedTuple

#: Polynomials with more monomials, or of a higher degree, are not factored.
_FACTORED: Final = 40
_FACTORED_DEGREE: Final = 12
#: Whole numbers as large as that in a polynomial are worse than fractions.
_LARGE: Final = 100

Monomial = tuple[int, ...]
Polynomial = dict[Monomial, Fraction]


class Factors(NamedTuple):
    """c g₁^k₁ … p₁^n₁ …, where the g are generators and the p have two or more monomials."""

    coefficient: Fraction
    monomial: Monomial
    powers: tuple[tuple[Polynomial, int], ...]


def as_fraction(value: Any) -> Fraction:
    """A number of SymPy's as a Fraction."""
    return Fraction(int(value.numerator), int(value.denominator))


def as_dictionary(p: Any) -> Polynomial:
    """A polynomial of SymPy's as a dictionary."""
    return {m: as_fraction(c) for m, c in p.terms()}


def by_degree(p: Any, place: int) -> dict[int, Any]:
    """The coefficients of a polynomial of SymPy's in one generator, by exponent."""
    found: dict[int, dict[Monomial, Any]] = {}
    for m, c in p.terms():
        rest = with_exponent(m, place, 0)
        found.setdefault(m[place], {})[rest] = c
    return {n: p.ring.from_dict(terms) for n, terms in found.items()}


def with_exponent(m: Monomial, place: int, exponent: int) -> Monomial:
    """A monomial with another power of one generator."""
    return (*m[:place], exponent, *m[place + 1 :])


def plus(m: Monomial, n: Iterable[int]) -> Monomial:
    """The product of two monomials."""
    return tuple(a + b for a, b in zip(m, n, strict=True))


def minus(m: Monomial, n: Iterable[int]) -> Monomial:
    """The quotient of two monomials."""
    return tuple(a - b for a, b in zip(m, n, strict=True))


def lowest(p: Iterable[Monomial]) -> Monomial:
    """The monomial that all monomials of a polynomial share."""
    return tuple(map(min, zip(*p, strict=True)))


def content(p: Polynomial) -> tuple[Fraction, Polynomial]:
    """The number in front of a polynomial with whole coefficients and no common divisor, and that polynomial."""
    found = Fraction(gcd(*(c.numerator for c in p.values())), lcm(*(c.denominator for c in p.values())))
    return found, {m: c / found for m, c in p.items()}


def proportion(p: Polynomial, q: Polynomial) -> Fraction | None:
    """c in p = c q."""
    if p.keys() != q.keys():
        return None
    found = {p[m] / q[m] for m in p}
    return found.pop() if len(found) == 1 else None


def ways(p: Any) -> list[Factors]:
    """A polynomial of SymPy's as a product of its factors, of factors with different multiplicities, and as it is."""
    if not p:
        return [Factors(Fraction(0), (0,) * p.ring.ngens, ())] * 3
    terms = as_dictionary(p)
    shared = lowest(terms)
    rest = {minus(m, shared): c for m, c in terms.items()}
    unit, powers = _factored(rest)
    together: dict[int, Polynomial] = {}
    for q, n in powers:
        together[n] = _product(together[n], q) if n in together else q
    found = [(unit, powers), (unit, [(q, n) for n, q in together.items()]), (Fraction(1), [(rest, 1)])]
    return [_collected(c, shared, parts) for c, parts in found]


def _factored(p: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """A number and the irreducible factors of a polynomial, if that is small; itself otherwise."""
    if not 1 < len(p) <= _FACTORED or max(map(sum, p)) > _FACTORED_DEGREE:
        return Fraction(1), [(p, 1)]
    return factors(p)


def factors(p: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """A number and the irreducible factors of a polynomial with their multiplicities."""
    from sympy import QQ
    from sympy.polys.rings import ring

    places = [i for i, exponents in enumerate(zip(*p, strict=True)) if any(exponents)]
    if not places:
        return sum(p.values(), Fraction(0)), []
    narrow, *_ = ring([f"x{i}" for i in places], QQ)  # SymPy is much quicker without generators that do not occur
    terms = {tuple(m[i] for i in places): QQ(c.numerator, c.denominator) for m, c in p.items()}
    unit, found = narrow.from_dict(terms).factor_list()
    width = len(next(iter(p)))
    return as_fraction(unit), [(_widened(as_dictionary(q), places, width), n) for q, n in found]


def _widened(p: Polynomial, places: list[int], width: int) -> Polynomial:
    """The polynomial with the generators that do not occur."""

    def wide(m: Monomial) -> Monomial:
        exponents = dict(zip(places, m, strict=True))
        return tuple(exponents.get(i, 0) for i in range(width))

    return {wide(m): c for m, c in p.items()}


def _product(p: Polynomial, q: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            found[plus(m, n)] = found.get(plus(m, n), Fraction(0)) + c * d
    return {m: c for m, c in found.items() if c}


def _collected(coefficient: Fraction, monomial: Monomial, powers: list[tuple[Polynomial, int]]) -> Factors:
    """Factors with numbers and generators in front."""
    kept = []
    for p, n in powers:
        number, q = _normal(p)
        coefficient *= number**n
        if len(q) > 1:
            kept.append((q, n))
        else:
            ((m, c),) = q.items()
            coefficient, monomial = coefficient * c**n, plus(monomial, (n * k for k in m))
    return Factors(coefficient, monomial, tuple(kept))


def _normal(p: Polynomial) -> tuple[Fraction, Polynomial]:
    """The same with whole coefficients; but 1 + 1.702 z stays as it is, and does not become 500 + 851 z."""
    number, found = content(p)
    constant = found.get((0,) * len(next(iter(found))))
    if constant is None or max(map(abs, found.values())) < _LARGE:
        return number, found
    return number * constant, {m: c / constant for m, c in found.items()}


def ratio(above: Factors, below: Factors) -> Factors:
    """The quotient of two products."""
    powers = (*above.powers, *((p, -n) for p, n in below.powers))
    return Factors(above.coefficient / below.coefficient, minus(above.monomial, below.monomial), powers)


def absorbed(f: Factors) -> Factors:
    """1.702 a + b instead of (851 a + 500 b)/500."""
    for i, (p, n) in enumerate(f.powers):
        if n == 1 and f.coefficient.denominator > 1 and max(map(abs, p.values())) >= _LARGE:
            scaled = {m: f.coefficient * c for m, c in p.items()}
            return Factors(Fraction(1), f.monomial, (*f.powers[:i], (scaled, 1), *f.powers[i + 1 :]))
    return f


def lowered(f: Factors, directions: dict[int, int]) -> Factors:
    """Every polynomial divided by a power of some generators, and the whole multiplied by it.

    What is left has exponents from 0 upwards for the direction 1, down from 0 for −1, and for 0 on both sides of 0
    where that is symmetric.
    """
    whole, powers = list(f.monomial), []
    for p, n in f.powers:
        shift = [0] * len(whole)
        for place, direction in directions.items():
            shift[place] = _shift([m[place] for m in p], direction)
            whole[place] += n * shift[place]
        powers.append(({minus(m, shift): c for m, c in p.items()}, n))
    return Factors(f.coefficient, tuple(whole), tuple(powers))


def _shift(exponents: list[int], direction: int) -> int:
    low, high = min(exponents), max(exponents)
    if direction:
        return low if direction > 0 else high
    symmetric = {low + high - n for n in exponents} == set(exponents) and (low + high) % 2 == 0
    return (low + high) // 2 if symmetric else low
