"""The commutative normal form: scalar terms as fractions of integer polynomials.

A *polynomial* is a dictionary from packed monomial to integer coefficient, without zeros. A monomial x₀^e₀ x₁^e₁ … is
the one integer e₀ + e₁ b + e₂ b² + …, so multiplying monomials is adding integers. The base b exceeds the degree of
both sides, so the integers of different monomials of the two sides differ. An *atom* is any scalar that is not
arithmetic: a symbol, an applied function, a case distinction.

A *fraction* is ``numerator / (scale · denominator)``, with an integer ``scale``. Fractions are compared by cross
multiplication, so nothing is ever cancelled and no greatest common divisor is needed. On the way, a common denominator
may exceed the degree. That does no harm: packing is the ring homomorphism that puts t^(bⁱ) for xᵢ, so what it computes
is the image of the fraction, which has a representation within the degree, where packing is injective.

What it means to divide by something that may vanish is not known here: the kernel collects those conditions from the
terms as written.

This is ring theory only. It does not know matrices (see :mod:`symnet.word`) or that exp is not just any atom.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import Final

from symnet.errors import Rejected
from symnet.term import Term, denominators, fold, number
from symnet.term.node import DEGREE_LIMIT

#: Ops that the normal forms do not look into: two such terms are the same atom when they are the same tree.
OPAQUE: Final = frozenset({"apply", "cases"})
#: Bounds on the bytes in memory of what is compared.
MEMORY_LIMIT: Final = 2**29
MONOMIAL_BYTES: Final = 150


class Work:
    """A budget of elementary operations, so that a replay ends: it is counted, not timed, hence reproducible."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.done = 0

    def charge(self, operations: int) -> None:
        self.done += operations
        if self.done > self.limit:
            raise Rejected(f"the replay needs more than {self.limit:,} elementary operations: raise its work limit")


def degree_bound(lhs: Term, rhs: Term) -> int:
    """An exponent that no monomial of the two terms can exceed."""
    degree = lhs.degree + rhs.degree
    if degree > DEGREE_LIMIT:
        raise Rejected(f"terms of degree over {DEGREE_LIMIT:,} are too large to compare")
    return degree


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Integer coefficients by packed monomial; no coefficient exceeds 2**height in size."""

    terms: dict[int, int]
    height: int


@dataclass(frozen=True, slots=True)
class Fractional:
    """``numerator / (scale · denominator)``."""

    numerator: Polynomial
    denominator: Polynomial
    scale: int = 1


ONE: Final = Polynomial({0: 1}, 0)


class Ring:
    """Polynomial arithmetic over atoms that are numbered as they appear, for degrees up to ``degree``."""

    def __init__(self, degree: int, work: Work) -> None:
        # Any base above the degree does. A power of two has few distinct hashes, and one that an author of a file can
        # foresee lets him choose monomials that collide, so it is drawn with the salt of Python's hashes.
        self.bits = degree.bit_length() + 1
        power = 1 << degree.bit_length()
        self.base = power + (hash("base") % power | 1)
        self.work = work
        self.atoms: dict[Term, int] = {}
        self.next_monomial = 1

    # Polynomials.

    def add(self, polynomials: list[Polynomial]) -> Polynomial:
        """p₁ + p₂ + …"""
        if len(polynomials) == 1:
            return polynomials[0]
        result: dict[int, int] = {}
        for p in polynomials:
            self.work.charge(len(p.terms))
            for monomial, coefficient in p.terms.items():
                result[monomial] = result.get(monomial, 0) + coefficient
        height = max(p.height for p in polynomials) + (len(polynomials) - 1).bit_length()
        return Polynomial(_without_zeros(result), height)

    def multiply(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p · q"""
        if p is ONE or q is ONE:
            return q if p is ONE else p
        height = p.height + q.height + max(0, min(len(p.terms), len(q.terms)) - 1).bit_length()
        self.work.charge(len(p.terms) * len(q.terms) * _cost(height))
        result: dict[int, int] = {}
        get, most = result.get, MEMORY_LIMIT // (MONOMIAL_BYTES + len(self.atoms) * self.bits // 8)
        for m, c in p.terms.items():
            for n, d in q.terms.items():
                key = m + n
                result[key] = get(key, 0) + c * d
            if len(result) > most:
                raise Rejected(f"a polynomial of more than {most:,} monomials takes too much memory to compare")
        return Polynomial(_without_zeros(result), height)

    def power(self, p: Polynomial, exponent: int) -> Polynomial:
        """p ** exponent, by repeated squaring."""
        result = ONE
        while exponent:
            if exponent & 1:
                result = self.multiply(result, p)
            exponent >>= 1
            if exponent:
                p = self.multiply(p, p)
        return result

    def scale(self, p: Polynomial, factor: int) -> Polynomial:
        """factor · p"""
        return p if factor == 1 else self.multiply(p, _constant(factor))

    # Fractions.

    def add_fractions(self, fractions: list[Fractional]) -> Fractional:
        """f₁ + f₂ + …, over the common denominator as written."""
        if len(fractions) == 1:
            return fractions[0]
        self.work.charge(_cost(sum(f.scale.bit_length() for f in fractions)))
        scale = lcm(*(f.scale for f in fractions))
        numerators = [self.scale(f.numerator, scale // f.scale) for f in fractions]
        if all(f.denominator is fractions[0].denominator for f in fractions):
            return Fractional(self.add(numerators), fractions[0].denominator, scale)
        numerator, denominator = numerators[0], fractions[0].denominator
        for n, f in zip(numerators[1:], fractions[1:], strict=True):
            left, right = self.multiply(numerator, f.denominator), self.multiply(n, denominator)
            numerator, denominator = self.add([left, right]), self.multiply(denominator, f.denominator)
        return Fractional(numerator, denominator, scale)

    def multiply_fractions(self, f: Fractional, g: Fractional) -> Fractional:
        """f · g"""
        self.work.charge(_cost(f.scale.bit_length() + g.scale.bit_length()))
        numerator = self.multiply(f.numerator, g.numerator)
        return Fractional(numerator, self.multiply(f.denominator, g.denominator), f.scale * g.scale)

    def divide_fractions(self, f: Fractional, g: Fractional) -> Fractional:
        """f / g"""
        if not g.numerator.terms:
            raise Rejected("a denominator is zero, whatever its symbols stand for")
        numerator = self.scale(self.multiply(f.numerator, g.denominator), g.scale)
        return Fractional(numerator, self.multiply(f.denominator, g.numerator), f.scale)

    def power_fraction(self, f: Fractional, exponent: int) -> Fractional:
        """f ** exponent"""
        if exponent > DEGREE_LIMIT:
            raise Rejected(f"an exponent over {DEGREE_LIMIT:,} is too large")
        numerator, denominator = self.power(f.numerator, exponent), self.power(f.denominator, exponent)
        self.work.charge(_cost((f.scale - 1).bit_length() * exponent))
        return Fractional(numerator, denominator, f.scale**exponent)

    def equal_fractions(self, f: Fractional, g: Fractional) -> bool:
        """f = g, by cross multiplication."""
        left = self.scale(self.multiply(f.numerator, g.denominator), g.scale)
        right = self.scale(self.multiply(g.numerator, f.denominator), f.scale)
        return left.terms == right.terms

    # Terms.

    def atom(self, term: Term) -> Fractional:
        """The term as a variable of its own."""
        if term not in self.atoms:
            self.atoms[term] = self.next_monomial
            self.next_monomial *= self.base
        return Fractional(Polynomial({self.atoms[term]: 1}, 0), ONE)

    def combine(self, node: Term, args: list[Fractional]) -> Fractional:
        """The fraction of a scalar node from those of its arguments."""
        match node.op:
            case "number":
                return Fractional(_constant(node.value.numerator), ONE, node.value.denominator)
            case "sum":
                return self.add_fractions(args)
            case "multiply":
                result = args[0]
                for f in args[1:]:
                    result = self.multiply_fractions(result, f)
                return result
            case "power":
                return self.power_fraction(args[0], node.value)
            case "divide":
                return self.divide_fractions(args[0], args[1])
            case _:
                return self.atom(node)


def is_nonzero_constant(term: Term, work: Work) -> bool:
    """Whether a scalar is a rational number other than zero wherever its own denominators do not vanish."""
    ring = Ring(degree_bound(term, number(0)), work)
    numerator = fold(term, ring.combine, OPAQUE).numerator.terms
    return set(numerator) == {0} and is_free_of_denominators(term)


def is_free_of_denominators(term: Term) -> bool:
    """Whether the term divides by nothing but literal numbers."""
    return all(d.op == "number" for d in denominators(term))


def _constant(value: int) -> Polynomial:
    return Polynomial({0: value}, (abs(value) - 1).bit_length()) if value else Polynomial({}, 0)


def _without_zeros(terms: dict[int, int]) -> dict[int, int]:
    return terms if all(terms.values()) else {m: c for m, c in terms.items() if c}


def _cost(bits: int) -> int:
    """What one multiplication of integers of that length costs, in units of a short one."""
    return (1 + bits // 512) ** 2
