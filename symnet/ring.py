"""The commutative normal form: scalar terms as fractions of integer polynomials.

An *atom* is any scalar that is not arithmetic: a symbol, an applied function, a case distinction. Every atom has a
*place value*, and the monomial x₀^e₀ x₁^e₁ … is the one integer e₀ p₀ + e₁ p₁ + …, so multiplying monomials is adding
integers. A *polynomial* is a list of monomials with integer coefficients.

Each ring has a bound E on exponents, and each place value is at least E + 1 times the one before, as in a number to the
base E + 1. So E p₀ + … + E pₙ is less than pₙ₊₁, and while no exponent exceeds E, different monomials are different
integers. Every polynomial knows which atoms may occur in it, and a bound on its exponents. A product has the sum of its
factors' bounds, or the largest of them when no atom may occur in two, since then each exponent comes from one factor. A
product whose bound exceeds E is not computed: all starts again with a larger E (:func:`in_a_ring`). So nothing runs
over, and a network, where no weight meets itself, takes E = 1 at any depth.

A *fraction* is ``numerator / (scale · denominator)``, with an integer ``scale``. Fractions are compared by cross
multiplication, so nothing is ever cancelled and no greatest common divisor is needed. What it means to divide by
something that may vanish is not known here: the kernel collects those conditions from the terms as written.

This is ring theory only. It does not know matrices (see :mod:`symnet.word`) or that exp is not just any atom.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, log2, prod
from typing import Final, TypeVar

from symnet.errors import Rejected
from symnet.term import Term, known_function, postorder
from symnet.term.node import PARTIAL

#: Ops that the normal forms do not look into: two such terms are the same atom when they are the same tree.
OPAQUE: Final = frozenset({"apply", "cases", "derivative", "sigma", "pi"})
#: The largest exponent that is compared.
EXPONENT_LIMIT: Final = 2**32
#: How many bytes the polynomials of one comparison may take, unless its caller says otherwise.
MEMORY_LIMIT: Final = 2**29
#: What a monomial takes at most, besides the digits that it is packed in.
MONOMIAL_BYTES: Final = 150

Found = TypeVar("Found")
SomeRing = TypeVar("SomeRing", bound="Ring")


class Work:
    """A budget, so that a replay ends: elementary operations, and bytes at a time. Both are counted, not measured."""

    def __init__(self, limit: int, memory: int = MEMORY_LIMIT) -> None:
        self.limit = limit
        self.memory = memory
        self.done = 0

    def charge(self, operations: int) -> None:
        self.done += operations
        if self.done > self.limit:
            raise Rejected(f"the replay needs more than {self.limit:,} elementary operations: raise its work limit")


@dataclass(slots=True, eq=False)
class Polynomial:
    """``Σ coefficients[i] monomials[i]``. Nothing changes one after it was made.

    ``support`` has a bit for every atom that may occur. No exponent is above ``exponent``, and no coefficient above
    2**height in size. No monomial comes twice and no coefficient is zero, which saves work; comparing checks it.
    """

    monomials: list[int]
    coefficients: list[int]
    support: int
    exponent: int
    height: int


#: A coefficient and a monomial in front of a polynomial.
Part = tuple[int, int, Polynomial]


@dataclass(slots=True, eq=False)
class Fractional:
    """``numerator / (scale · denominator)``. Nothing changes one after it was made, either."""

    numerator: Polynomial
    denominator: Polynomial
    scale: int = 1


#: A polynomial is a fraction over 1.
Value = Polynomial | Fractional

ONE: Final = Polynomial([0], [1], 0, 0, 0)


class TooNarrow(Exception):
    """An exponent may exceed the bound of the ring; carries a bound and a unit to go on with."""

    def __init__(self, exponent: int, unit: int = 1) -> None:
        self.exponent, self.unit = exponent, unit


class Ring:
    """Arithmetic with polynomials and fractions over atoms that are numbered as they appear."""

    opaque = OPAQUE
    signed = False  # whether exponents may be negative

    def __init__(self, work: Work, exponent: int = 1, unit: int = 1) -> None:
        if exponent > EXPONENT_LIMIT:
            raise Rejected(f"terms of degree over {EXPONENT_LIMIT:,} are too large to compare")
        self.work = work
        self.exponent, self.unit = exponent, unit
        self.span = 2 * exponent if self.signed else exponent
        self.width = log2(self.span + 17 / 16)  # the bits of an atom, see next_place
        self.held = 0  # monomials in memory
        self.atoms: dict[Term, int] = {}
        places, variables = _FIRST.get(self.span, ((), ()))
        self.places, self.variables = list(places), list(variables)
        self.weight, self.room = 1, work.memory // MONOMIAL_BYTES  # see charge; both change with every atom

    # What it costs.

    def charge(self, operations: int, height: int) -> int:
        """Charge operations on coefficients of ``height`` bits, and say how many more monomials memory has room for."""
        self.work.charge(operations * (1 + (height >> 9)) ** 2 * self.weight)
        return self.room - self.held

    def hold(self, monomials: int) -> None:
        """Count monomials among those in memory, or refuse them."""
        if monomials > self.charge(0, 0):
            raise Rejected(f"the normal forms need more than {self.work.memory:,} bytes: raise the memory limit")
        self.held += monomials

    # Polynomials.

    def atom(self, term: Term) -> Polynomial:
        """The term as a variable of its own."""
        count = len(self.atoms)
        number = self.atoms.setdefault(term, count)
        if number == count:
            digits = int((count + 1) * self.width)
            self.weight = 1 + (digits >> 10)
            self.room = self.work.memory // (MONOMIAL_BYTES + digits // 7) - 2 * (count + 1)
        if number == len(self.variables):
            self.places.append(next_place(self.places, self.span))
            self.variables.append(_variable(number, self.places[number]))
            self.charge(1, 0)
            self.hold(0)
        return self.variables[number]

    def add(self, products: Sequence[Sequence[Polynomial]]) -> Polynomial:
        """p₁₁ p₁₂ … + p₂₁ p₂₂ … + …, in one go."""
        if len(products) == 1 == len(products[0]):
            return products[0][0]
        parts: list[Part] = []
        count = support = exponent = height = 0
        distinct = True
        for factors in products:
            coefficient, monomial, rest, atoms, highest = 1, 0, ONE, 0, 0
            for p in factors:
                if atoms & p.support:
                    highest += p.exponent
                    if highest > self.exponent:
                        raise TooNarrow(max(highest, 2 * self.exponent), self.unit)
                elif p.exponent > highest:
                    highest = p.exponent
                atoms |= p.support
                if len(p.monomials) != 1:
                    rest = p if rest is ONE else self._multiply_out(rest, p)
                else:
                    monomial += p.monomials[0]
                    if p.coefficients[0] != 1:
                        self.charge(1, coefficient.bit_length() + p.height)
                        coefficient *= p.coefficients[0]
            before = support | rest.support
            support |= atoms
            if support == before and parts:  # otherwise every monomial has a new atom in front, and is new itself
                distinct = False
            if highest > exponent:
                exponent = highest
            count += len(rest.monomials)
            size = rest.height if coefficient == 1 else rest.height + coefficient.bit_length()
            if size > height:
                height = size
            parts.append((coefficient, monomial, rest))
        if len(parts) == 1 and rest is ONE:
            self.charge(1, height)
            self.held += 1
            return Polynomial([monomial], [coefficient], support, exponent, height)
        if len(parts) == 1 == coefficient and not monomial:
            return rest
        return self._sum(parts, count, distinct, support, exponent, height + len(parts).bit_length())

    def multiply(self, *factors: Polynomial) -> Polynomial:
        """p₁ p₂ …"""
        others = [p for p in factors if p is not ONE]
        return self.add((others,)) if others else ONE

    def _multiply_out(self, p: Polynomial, q: Polynomial) -> Polynomial:
        if len(p.monomials) > len(q.monomials):
            p, q = q, p
        count, height = len(p.monomials) * len(q.monomials), p.height + q.height + len(p.monomials).bit_length()
        exponent = p.exponent + q.exponent if p.support & q.support else max(p.exponent, q.exponent)
        parts = [(c, m, q) for c, m in zip(p.coefficients, p.monomials, strict=True)]
        return self._sum(parts, count, False, p.support | q.support, exponent, height)

    def _sum(
        self, parts: list[Part], count: int, distinct: bool, support: int, exponent: int, height: int
    ) -> Polynomial:
        """A sum of ``count`` terms, and the bounds on it; ``distinct`` says that no monomial can come twice."""
        room, weight = self.charge(count + len(parts), height), 1 + height // (8 * MONOMIAL_BYTES)
        fits = count * weight <= room
        coefficients: list[int] = []
        monomials = [m + n for _, m, p in parts for n in p.monomials] if fits else []
        if fits and (distinct or len(set(monomials)) == count):
            for c, _, p in parts:
                coefficients += p.coefficients if c == 1 else [c * d for d in p.coefficients]
        else:
            terms = self._gather(parts, weight)
            monomials, coefficients = list(terms), list(terms.values())
        self.held += len(monomials) * weight
        if len(monomials) == 1 and (len(parts) > 1 or parts[0][2] is not ONE):
            self.charge(support.bit_count(), 0)
            support = sum([1 << number for number, _ in self.unpack(monomials[0])])  # it may have been too large
        return Polynomial(monomials, coefficients, support, exponent, height)

    def _gather(self, parts: list[Part], weight: int = 1) -> dict[int, int]:
        """The coefficients of a sum by monomial, without zeros; each takes the memory of ``weight`` monomials."""
        result: dict[int, int] = {}
        get, room = result.get, self.charge(0, 0) // weight
        for c, m, p in parts:
            for d, n in zip(p.coefficients, p.monomials, strict=True):
                key = m + n
                result[key] = get(key, 0) + c * d
            if len(result) > room:
                self.hold(len(result) * weight)  # which refuses
        return {m: c for m, c in result.items() if c} if 0 in result.values() else result

    def terms(self, p: Polynomial) -> dict[int, int]:
        """The coefficients of a polynomial by monomial, without zeros, whatever its lists hold."""
        self.charge(len(p.monomials), p.height)
        found = dict(zip(p.monomials, p.coefficients, strict=True))
        return found if len(found) == len(p.monomials) and 0 not in p.coefficients else self._gather([(1, 0, p)])

    def unpack(self, monomial: int) -> list[tuple[int, int]]:
        """The numbers of the atoms in a monomial, and their exponents."""
        found, at = list[tuple[int, int]](), len(self.atoms)
        while monomial:
            at = bisect_right(self.places, abs(monomial) << self.signed, 0, at) - 1
            # What is below a place comes to less than the place, and to less than half of it if there are signs.
            exponent = (monomial + (self.places[at] // 2 if self.signed else 0)) // self.places[at]
            monomial -= exponent * self.places[at]
            found.append((at, exponent))
        return found[::-1]

    # Fractions.

    def add_fractions(self, products: Sequence[Sequence[Value]]) -> Value:
        """f₁₁ f₁₂ … + f₂₁ f₂₂ … + …, over the common denominator as written."""
        if Fractional not in [type(f) for factors in products for f in factors]:
            return self.add(products)  # type: ignore[arg-type]
        fractions = [self._multiply_fractions([fraction(f) for f in factors]) for factors in products]
        if len(fractions) == 1:
            return fractions[0]
        self.charge(len(fractions), sum([f.scale.bit_length() for f in fractions]))
        scale = lcm(*[f.scale for f in fractions])
        numerators = [(f.numerator, constant(scale // f.scale)) for f in fractions]
        denominator = fractions[0].denominator
        if all(f.denominator is denominator for f in fractions):
            return Fractional(self.add(numerators), denominator, scale)
        numerator = self.multiply(*numerators[0])
        for n, f in zip(numerators[1:], fractions[1:], strict=True):
            numerator = self.add(((numerator, f.denominator), (*n, denominator)))
            denominator = self.multiply(denominator, f.denominator)
        return Fractional(numerator, denominator, scale)

    def multiply_fractions(self, *factors: Value) -> Value:
        """f₁ f₂ …"""
        return self.add_fractions((factors,))

    def _multiply_fractions(self, factors: list[Fractional]) -> Fractional:
        if len(factors) == 1:
            return factors[0]
        self.charge(len(factors), sum([f.scale.bit_length() for f in factors]))
        numerator = self.multiply(*[f.numerator for f in factors])
        denominator = self.multiply(*[f.denominator for f in factors])
        return Fractional(numerator, denominator, prod([f.scale for f in factors]))

    def divide_fractions(self, f: Fractional, g: Fractional) -> Value:
        """f / g"""
        if self.is_zero(g):
            raise Rejected("a denominator is zero, whatever its symbols stand for")
        above, p = self.multiply(f.numerator, g.denominator, constant(g.scale)), g.numerator
        if self.signed and len(p.monomials) == 1:
            inverse = Polynomial([-p.monomials[0]], [1], p.support, p.exponent, 0)
            return over(self.multiply(above, inverse), f.denominator, f.scale * p.coefficients[0])
        return over(above, self.multiply(f.denominator, p), f.scale)

    def power(self, f: Value, exponent: int) -> Value:
        """f ** exponent, by repeated squaring."""
        if exponent > EXPONENT_LIMIT:
            raise Rejected(f"an exponent over {EXPONENT_LIMIT:,} is too large to compare")
        result: Value = ONE
        while exponent:
            if exponent & 1:
                result = f if result is ONE else self.multiply_fractions(result, f)
            exponent >>= 1
            if exponent:
                f = self.multiply_fractions(f, f)
        return result

    def equal_fractions(self, f: Value, g: Value) -> bool:
        """f = g, by cross multiplication."""
        f, g = fraction(f), fraction(g)
        left = self.multiply(f.numerator, g.denominator, constant(g.scale))
        right = self.multiply(g.numerator, f.denominator, constant(f.scale))
        return self.terms(left) == self.terms(right)

    def is_zero(self, f: Value) -> bool:
        """f = 0"""
        return not self.terms(fraction(f).numerator)

    # Terms.

    def combine(self, node: Term, args: Sequence[Value]) -> Value:
        """The value of a scalar node from those of its arguments."""
        match node.op:
            case "sum":
                return self.add_fractions([(f,) for f in args])
            case "multiply":
                return self.multiply_fractions(*args)
            case "number":
                return over(constant(node.value.numerator), ONE, node.value.denominator)
            case "power":
                return self.power(args[0], node.value)
            case "divide":
                return self.divide_fractions(fraction(args[0]), fraction(args[1]))
            case _:
                return self.atom(node)

    def evaluate(self, root: Term, values: dict[int, Value], bodies: Mapping[Term, Term]) -> Value:
        """The value of a scalar, where a symbol with a body stands for it; ``values`` are those known, by id."""
        todo = [root := self.meant(root, bodies)]
        while todo:
            node = todo[-1]
            if id(node) in values:
                todo.pop()
                continue
            products: list[list[Value]] = []  # a product is multiplied where it is used
            waiting = len(todo)
            for part in node.args if node.op not in self.opaque else ():
                factors: list[Value] = []
                for a in part.args if part.op == "multiply" else (part,):
                    if bodies:
                        a = self.meant(a, bodies)
                    key = id(a)
                    if key in values:
                        factors.append(values[key])
                    elif a.args:
                        todo.append(a)
                    else:
                        value = values[key] = self.atom(a) if a.op == "symbol" else self.combine(a, ())
                        factors.append(value)
                products.append(factors)
            if len(todo) == waiting:
                todo.pop()
                if node.op == "sum":
                    values[id(node)] = self.add_fractions(products)
                else:
                    args = [fs[0] if len(fs) == 1 else self.multiply_fractions(*fs) for fs in products]
                    values[id(node)] = self.combine(node, args)
        return values[id(root)]

    def meant(self, term: Term, bodies: Mapping[Term, Term]) -> Term:
        """What a symbol stands for; any other term is itself."""
        while term.op == "symbol" and term in bodies:
            self.work.charge(1)  # so that it ends even where bodies run in a circle
            term = bodies[term]
        return term


def in_a_ring(ring: SomeRing, compute: Callable[[SomeRing], Found]) -> Found:
    """``compute(ring)`` in a ring with room for the exponents that it meets; this one is tried first."""
    while True:
        try:
            return compute(ring)
        except TooNarrow as needed:
            ring = type(ring)(ring.work, needed.exponent, needed.unit)


def constant_value(term: Term, work: Work) -> Fraction | None:
    """The rational number that a scalar is, if it is one and is defined everywhere."""
    for node in postorder(term) if term.partial else ():
        divides = node.op == "divide" and node.args[1].op != "number"
        if divides or node.op == "derivative" or (node.op == "apply" and known_function(node.value) in PARTIAL):
            return None

    def value(ring: Ring) -> Fraction | None:
        found = fraction(ring.evaluate(term, {}, {}))
        above, below = ring.terms(found.numerator), ring.terms(found.denominator)
        return Fraction(above.get(0, 0), found.scale * below[0]) if {*above, *below} == {0} or not above else None

    return in_a_ring(Ring(work), value)


def constant(value: int) -> Polynomial:
    """A whole number."""
    if value == 1:
        return ONE
    return Polynomial([0], [value], 0, 0, value.bit_length()) if value else Polynomial([], [], 0, 0, 0)


def over(numerator: Polynomial, denominator: Polynomial, scale: int) -> Value:
    """``numerator / (scale · denominator)``"""
    return numerator if denominator is ONE and scale == 1 else Fractional(numerator, denominator, scale)


def fraction(value: Value) -> Fractional:
    """Any value as a fraction."""
    return Fractional(value, ONE) if type(value) is Polynomial else value  # type: ignore[return-value]


def next_place(places: Sequence[int], exponent: int) -> int:
    """The place value after the others."""
    # It may be larger than it has to be. Dictionaries look for an integer by its remainder modulo 2^61 - 1, and a
    # random part, drawn with the salt of Python's hashes, keeps the author of a file from choosing monomials whose
    # remainders agree.
    last = places[-1] if places else 0
    return last * (exponent + 1) + hash(("place", len(places))) % (1 + (last >> 4)) or 1


def _variable(number: int, place: int) -> Polynomial:
    return Polynomial([place], [1], 1 << number, 1, 0)


def _first(span: int, count: int) -> tuple[list[int], list[Polynomial]]:
    places: list[int] = []
    for _ in range(count):
        places.append(next_place(places, span))
    return places, [_variable(number, place) for number, place in enumerate(places)]


#: The first atoms of a ring, made once for the spans of exponents that most rings start with.
_FIRST: Final = {1: _first(1, 256), 128: _first(128, 16)}
