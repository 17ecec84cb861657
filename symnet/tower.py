"""The normal form of elementary functions: fractions over generators such as e^z, log u and √u.

The ring (:mod:`symnet.ring`) takes every applied function for an atom. Here the known functions become *generators*,
and these identities hold between them, each wherever the side as written is defined:

=============  =====================================================================================================
exp            e^{u+v} = e^u e^v, e^{qu} = (e^{u/n})^{qn} for rational q with qn whole, e^{k log u} = u^k for whole k
log            log(e^u v) = u + log v, log(1/u) = −log u, log 1 = 0
sqrt           (√u)² = u, √(q² u) = |q| √u for rational q, √(1/u) = 1/√u, √p₁p₂ = √p₁ √p₂ for primes and π
sin, cos       cos² u = 1 − sin² u, and turns by multiples of π/2
sin, cos of    cos²(atan u) = 1/(1 + u²), sin(atan u) = u cos(atan u)
atan u
tanh           tanh u = (e^{2u} − 1)/(e^{2u} + 1)
parity         f(−u) = −f(u) for sin, atan, erf, and cos(−u) = cos u
=============  =====================================================================================================

A generator is found again by its argument, which is compared by its own normal form, so e^{x+x} and e^{2x} are one.
Equal forms prove that two terms are equal where both are defined. Different forms prove nothing.

The identities are those of any course in analysis; Bronstein, *Symbolic Integration I*, ch. 3, on towers of such
extensions. A square root is not a field extension by itself here: whether √u is rational in u is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Final

from symnet.errors import Rejected
from symnet.ring import (
    ONE,
    OPAQUE,
    Found,
    Fractional,
    Polynomial,
    Ring,
    TooNarrow,
    Value,
    Work,
    constant,
    fraction,
)
from symnet.term import Term, known_function, number

#: What a function does to a change of sign of its argument.
PARITY: Final[dict[object, int]] = {"sin": -1, "atan": -1, "erf": -1, "cos": 1}
#: What comparing two arguments costs at least.
_COMPARING: Final = 20
#: Primes that are taken out of a root of a whole number.
_PRIMES: Final = tuple(p for p in range(2, 1000) if all(p % q for q in range(2, isqrt(p) + 1)))


class TooCoarse(Exception):
    """An exponential is a fractional power of its generator; carries what to divide the argument by."""

    def __init__(self, unit: int) -> None:
        self.unit = unit


class Tower(Ring):
    """Arithmetic with fractions over generators. A generator e^{u/unit} has whole exponents only."""

    opaque = OPAQUE - {"apply"}

    def __init__(self, work: Work, exponent: int = 1, unit: int = 1) -> None:
        super().__init__(work, exponent)
        self.unit = unit
        self.known: dict[object, list[tuple[Fractional, Polynomial]]] = {}  # arguments and atoms, by function
        self.squares: dict[int, Fractional] = {}  # s² = N/D, by the number of the atom s; N, D over earlier atoms
        self.roots = 0  # a bit for each atom with a known square
        self.arguments: dict[int, Fractional] = {}  # u/unit, by the number of the atom e^{u/unit}
        self.logarithms: dict[int, Fractional] = {}  # u, by the monomial of the atom log u
        self.tangents: dict[int, Fractional] = {}  # u, by the monomial of the atom atan u
        self.pi = self.atom(Term("constant", (), "pi"))
        self.whole = False  # fractions may come up anywhere

    def combine(self, node: Term, args: Sequence[Value]) -> Value:
        """The value of a scalar node from those of its arguments."""
        if node.op != "apply":
            return super().combine(node, args)
        function, u = known_function(node.value), self.cleared(fraction(args[0]))
        match function:
            case "exp":
                return self.exponential(u)
            case "log":
                return self.logarithm(u)
            case "sqrt":
                return self.root(u)
            case "tanh":
                return self.hyperbolic_tangent(u)
            case "sin" | "cos":
                return self.circular(function, u)
        return self.generator(function or node.value, u)

    # Comparing.

    def lowered(self, p: Polynomial) -> tuple[Polynomial, Polynomial]:
        """q and f with p = q/f, where no s with a known square occurs twice in q."""
        factor = ONE
        found = p.support & self.roots
        while found:
            s = found.bit_length() - 1
            p, more = self._lowered(p, s)
            factor = self.multiply(factor, more)
            found = p.support & self.roots & ((1 << s) - 1)
        return p, factor

    def _lowered(self, p: Polynomial, s: int) -> tuple[Polynomial, Polynomial]:
        by_square: dict[int, dict[int, int]] = {}
        for monomial, c in self.terms(p).items():
            self.work.charge(len(self.atoms))
            twice = dict(self.unpack(monomial)).get(s, 0) // 2
            by_square.setdefault(twice, {})[monomial - 2 * twice * self.places[s]] = c
        most, square = max(by_square, default=0), self.squares[s]
        if not most:
            return p, ONE
        down = self.multiply(square.denominator, constant(square.scale))
        products = [
            (self.polynomial(terms, p), self._power(square.numerator, k), self._power(down, most - k))
            for k, terms in by_square.items()
        ]
        return self.add(products), self._power(down, most)

    def polynomial(self, terms: dict[int, int], like: Polynomial) -> Polynomial:
        """A polynomial with some of the monomials of another, or divisors of them."""
        self.hold(len(terms))
        support = like.support
        if len(terms) == 1:  # the ring wants it exact here
            support = sum(1 << atom for monomial in terms for atom, _ in self.unpack(monomial))
        return Polynomial(list(terms), list(terms.values()), support, max(like.exponent, 1), like.height)

    def _power(self, p: Polynomial, exponent: int) -> Polynomial:
        return p if exponent == 1 else fraction(self.power(p, exponent)).numerator  # over 1, as p is

    def cleared(self, f: Fractional) -> Fractional:
        """The same fraction with known squares put in."""
        if self.squares:
            (n, below), (d, above) = self.lowered(f.numerator), self.lowered(f.denominator)
            f = Fractional(self.multiply(n, above), self.multiply(d, below), f.scale)
        return self._cancelled(f) if len(f.denominator.monomials) == 1 and f.denominator.monomials[0] else f

    def _cancelled(self, f: Fractional) -> Fractional:
        """The same fraction without the atoms that its denominator, of one monomial, shares with its numerator."""
        terms = self.terms(f.numerator)
        self.work.charge(len(terms) * len(self.atoms))
        unpacked = [dict(self.unpack(monomial)) for monomial in terms]
        shared = 0
        for atom, exponent in self.unpack(f.denominator.monomials[0]):
            shared += min([exponent, *(powers.get(atom, 0) for powers in unpacked)]) * self.places[atom]
        if not shared:
            return f
        below = self.polynomial({f.denominator.monomials[0] - shared: f.denominator.coefficients[0]}, f.denominator)
        return Fractional(self.polynomial({m - shared: c for m, c in terms.items()}, f.numerator), below, f.scale)

    def is_zero(self, f: Value) -> bool:
        """f = 0"""
        return not self.terms(self.lowered(fraction(f).numerator)[0])

    def ratio(self, f: Fractional, g: Fractional) -> Fraction | None:
        """The rational number f/g, if it is one; g is not zero."""
        self.work.charge(_COMPARING)
        left, down = self.lowered(self.multiply(f.numerator, g.denominator, constant(g.scale)))
        right, up = self.lowered(self.multiply(g.numerator, f.denominator, constant(f.scale)))
        above, below = self.terms(self.multiply(left, up)), self.terms(self.multiply(right, down))
        if above.keys() != below.keys():
            return Fraction(0) if not above and below else None
        found = {Fraction(c, below[monomial]) for monomial, c in above.items()}
        return found.pop() if len(found) == 1 else None

    def equal_fractions(self, f: Value, g: Value) -> bool:
        """f = g, by cross multiplication."""
        g = fraction(g)
        return self.is_zero(f) if self.is_zero(g) else self.ratio(fraction(f), g) == 1

    def rational(self, f: Fractional) -> Fraction | None:
        """The rational number f, if it is one."""
        return self.ratio(f, Fractional(ONE, ONE))

    def below(self, f: Fractional) -> Fraction | None:
        """What the numerator of f is divided by, if that is a rational number."""
        q = self.rational(fraction(f.denominator))
        if q == 0:
            raise Rejected("a denominator is zero, whatever its symbols stand for")
        return None if q is None else q * f.scale

    # Generators.

    def generator(self, function: object, u: Fractional) -> Value:
        """The atom for f(u), up to its sign, or 0 where f is odd and u = 0."""
        parity = PARITY.get(function, 0)
        if parity and self.is_zero(u):
            return constant(0) if parity < 0 else ONE
        for v, atom in self.known.get(function, ()):
            q = self.ratio(u, v) if not self.is_zero(v) else (Fraction(1) if self.is_zero(u) else None)
            if q == 1:
                return atom
            if q == -1 and parity:
                return self.multiply(atom, constant(parity))
        atom = self.new(function, u)
        if function == "atan":
            self.tangents[atom.monomials[0]] = u
        return atom

    def new(self, function: object, u: Fractional) -> Polynomial:
        """A new atom for f(u). It is keyed by a number, since no number is an atom."""
        atom = self.atom(number(len(self.atoms)))
        self.known.setdefault(function, []).append((u, atom))
        return atom

    def squared(self, square: Fractional) -> None:
        """Let the square of the newest atom be known."""
        newest = len(self.atoms) - 1
        self.squares[newest] = square
        self.roots |= 1 << newest

    def exponential(self, u: Fractional) -> Value:
        """e^u as a product of powers of generators."""
        q = self.below(u)
        if q is None:
            return ONE if self.is_zero(u) else self._exponential(u)
        factors: list[Value] = []
        for monomial, c in self.terms(u.numerator).items():
            coefficient = c / q
            if monomial in self.logarithms and coefficient.denominator == 1:
                factors.append(self._whole_power(self.logarithms[monomial], coefficient.numerator))
            else:
                one = self.polynomial({monomial: 1}, u.numerator)
                factors.append(self._exponential(self.scaled(one, coefficient)))
        return self.multiply_fractions(*factors) if factors else ONE

    def _whole_power(self, f: Fractional, exponent: int) -> Value:
        found = self.power(f, abs(exponent))
        return found if exponent >= 0 else self.divide_fractions(Fractional(ONE, ONE), fraction(found))

    def _exponential(self, u: Fractional) -> Value:
        """e^u as a power of one generator."""
        for v, atom in self.known.get("exp", ()):
            q = self.ratio(u, v)
            if q:
                return self._generator_power(atom, q * self.unit)
        atom = self.new("exp", u)
        self.arguments[len(self.atoms) - 1] = Fractional(u.numerator, u.denominator, u.scale * self.unit)
        return self._generator_power(atom, Fraction(self.unit))

    def _generator_power(self, atom: Polynomial, exponent: Fraction) -> Value:
        if exponent.denominator > 1:
            raise TooCoarse(self.unit * exponent.denominator)
        k = abs(exponent.numerator)
        if k > self.exponent:
            raise TooNarrow(max(k, 2 * self.exponent))
        power = Polynomial([atom.monomials[0] * k], [1], atom.support, k, 0)
        return power if exponent > 0 else self._fractional(ONE, power, 1)

    def logarithm(self, u: Fractional) -> Value:
        """log u, with the powers of exponentials in u taken out."""
        n, above = self._without_exponentials(u.numerator)
        d, below = self._without_exponentials(u.denominator)
        rest, found = Fractional(n, d, u.scale), [*above, *((constant(-1), a) for a in below)]
        return self.add_fractions([*((f,) if type(f) is not tuple else f for f in found), (self._logarithm(rest),)])

    def _without_exponentials(self, p: Polynomial) -> tuple[Polynomial, list[Fractional]]:
        """p without the powers of exponentials that all its monomials share, and the logarithms of those."""
        terms, logarithms = self.terms(p), list[Fractional]()
        present = [atom for atom in self.arguments if p.support >> atom & 1]
        self.work.charge(len(terms) * len(present))
        unpacked = [dict(self.unpack(monomial)) for monomial in terms] if present else []
        for atom in present:
            shared = min((powers.get(atom, 0) for powers in unpacked), default=0)
            if shared:
                terms = {m - shared * self.places[atom]: c for m, c in terms.items()}
                u = self.arguments[atom]
                logarithms.append(Fractional(self.multiply(u.numerator, constant(shared)), u.denominator, u.scale))
        return (self.polynomial(terms, p) if logarithms else p), logarithms

    def _logarithm(self, u: Fractional) -> Value:
        if self.is_zero(u):
            raise Rejected("a logarithm is taken of zero")
        if self.rational(u) == 1:
            return constant(0)
        for v, atom in self.known.get("log", ()):
            if self.ratio(u, v) == 1:
                return atom
            if self.ratio(u, Fractional(self.multiply(v.denominator, constant(v.scale)), v.numerator)) == 1:
                return self.multiply(atom, constant(-1))
        atom = self.new("log", u)
        self.logarithms[atom.monomials[0]] = u
        return atom

    def root(self, u: Fractional) -> Value:
        """√u, with what is known to be a square taken out."""
        if self.is_zero(u):
            return constant(0)
        q = self.rational(u)
        if q is not None:
            return self._rational_root(q)
        pi = fraction(self.pi)
        for power in (1, -1):  # √(qπ) and √(q/π)
            q = self.ratio(u, pi if power > 0 else Fractional(ONE, self.pi))
            if q is not None and q > 0:
                parts = [self._rational_root(q), self._square_root(pi)]
                return self.multiply_fractions(*parts, *([self._fractional(ONE, self.pi, 1)] if power < 0 else []))
        return self._square_root(u)

    def _rational_root(self, q: Fraction) -> Value:
        if q < 0:
            return self._square_root(self.scaled(ONE, q))
        whole, rest, factors = 1, q.numerator * q.denominator, list[Value]()
        self.work.charge(len(_PRIMES) * (1 + rest.bit_length() // 64))
        for p in _PRIMES:
            while rest % (p * p) == 0:
                self.work.charge(1 + rest.bit_length() // 64)
                rest, whole = rest // (p * p), whole * p
            if rest % p == 0:
                rest //= p
                factors.append(self._square_root(fraction(constant(p))))
        root = isqrt(rest)
        if root * root == rest:
            whole *= root
        else:
            factors.append(self._square_root(fraction(constant(rest))))
        return self.multiply_fractions(self.scaled(ONE, Fraction(whole, q.denominator)), *factors)

    def _square_root(self, u: Fractional) -> Value:
        for v, atom in self.known.get("sqrt", ()):
            inverse = Fractional(self.multiply(v.denominator, constant(v.scale)), v.numerator)
            for w, root_of_w in ((v, atom), (inverse, self._fractional(ONE, atom, 1))):
                q = self.ratio(u, w)
                if q is not None and q > 0 and (root := _root_of_square(q)) is not None:
                    return self.multiply_fractions(self.scaled(ONE, root), root_of_w)
        atom = self.new("sqrt", u)
        self.squared(u)
        return atom

    def hyperbolic_tangent(self, u: Fractional) -> Value:
        """(e^{2u} − 1)/(e^{2u} + 1)"""
        twice = self.exponential(Fractional(self.multiply(u.numerator, constant(2)), u.denominator, u.scale))
        e, minus = fraction(twice), constant(-1)
        d = self.multiply(e.denominator, constant(e.scale))
        return self.divide_fractions(
            fraction(self.add(((e.numerator,), (d, minus)))), fraction(self.add(((e.numerator,), (d,))))
        )

    def circular(self, function: str, u: Fractional) -> Value:
        """sin u or cos u, with quarter turns taken out."""
        turns, rest = self._without_turns(u)
        sine, cosine = self._sine_and_cosine(rest)
        quarter = (turns + (function == "cos")) % 4
        found = cosine if quarter % 2 else sine
        return found if quarter < 2 else self.multiply_fractions(found, constant(-1))

    def _without_turns(self, u: Fractional) -> tuple[int, Fractional]:
        """How many quarter turns there are in u, and u without them."""
        terms, pi = self.terms(u.numerator), self.pi.monomials[0]
        q = self.below(u)
        if q is None or pi not in terms or (2 * terms[pi] / q).denominator > 1:
            return 0, u
        rest = {monomial: c for monomial, c in terms.items() if monomial != pi}
        return (2 * terms[pi] / q).numerator, Fractional(self.polynomial(rest, u.numerator), u.denominator, u.scale)

    def _sine_and_cosine(self, u: Fractional) -> tuple[Value, Value]:
        for monomial, v in self.tangents.items():
            q = self.ratio(u, fraction(self.polynomial({monomial: 1}, u.numerator)))
            if q in (1, -1):
                return self._of_arctangent(v, q.numerator)
        sine, known = self.generator("sin", u), len(self.atoms)
        cosine = self.generator("cos", u)
        if len(self.atoms) > known:
            s = fraction(sine)
            self.squared(fraction(self.add(((ONE,), (s.numerator, s.numerator, constant(-1))))))
        return sine, cosine

    def _of_arctangent(self, v: Fractional, sign: int) -> tuple[Value, Value]:
        known = len(self.atoms)
        cosine = self.generator("cos of atan", v)
        if len(self.atoms) > known:  # cos² = d²/(d² + n²) for v = n/d
            d, n = self.multiply(v.denominator, constant(v.scale)), v.numerator
            square = self.multiply(d, d)
            self.squared(Fractional(square, self.add(((square,), (n, n)))))
        return self.multiply_fractions(v, cosine, constant(sign)), cosine

    def scaled(self, p: Polynomial, q: Fraction) -> Fractional:
        """q p"""
        return Fractional(self.multiply(p, constant(q.numerator)), ONE, q.denominator)


def _root_of_square(q: Fraction) -> Fraction | None:
    root = Fraction(isqrt(q.numerator), isqrt(q.denominator))
    return root if root * root == q else None


def in_a_tower(work: Work, compute: Callable[[Tower], Found]) -> Found:
    """``compute(tower)`` in a tower with room for the exponents that it meets."""
    tower = Tower(work, 4)
    while True:
        try:
            return compute(tower)
        except TooNarrow as needed:
            tower = Tower(work, needed.exponent, tower.unit)
        except TooCoarse as needed:
            tower = Tower(work, tower.exponent, needed.unit)


def equal(lhs: Term, rhs: Term, work: Work) -> bool:
    """Whether the normal forms of two scalars agree: then lhs = rhs wherever both are defined.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> e = apply("exp", z)
    >>> equal(apply("tanh", z), (e - 1 / e) / (e + 1 / e), Work(10_000))
    True
    >>> equal(apply("sqrt", z**2), z, Work(10_000))
    False
    """
    if lhs.shape or rhs.shape:
        return False

    def compare(tower: Tower) -> bool:
        known: dict[int, Value] = {}
        return tower.equal_fractions(tower.evaluate(lhs, known, {}), tower.evaluate(rhs, known, {}))

    return in_a_tower(work, compare)
