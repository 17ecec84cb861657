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

Exponents may be negative, so that e^{−u}, 1/z and 1/√u are no fractions: the bases of their digits are 2E + 1 at least.

A generator is found again by its argument, which is compared by its own normal form, so e^{x+x} and e^{2x} are one.
Equal forms prove that two terms are equal where both are defined. Different forms prove nothing.

The identities are those of any course in analysis; Bronstein, *Symbolic Integration I*, ch. 3, on towers of such
extensions. A square root is not a field extension by itself here: whether √u is rational in u is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Final

from symnet.errors import Rejected
from symnet.ring import (
    ONE,
    OPAQUE,
    Fractional,
    Polynomial,
    Ring,
    TooNarrow,
    Value,
    Work,
    constant,
    fraction,
    in_a_ring,
)
from symnet.term import Term, known_function, number

#: What a function does to a change of sign of its argument.
PARITY: Final[dict[object, int]] = {"sin": -1, "atan": -1, "erf": -1, "cos": 1}
_PI: Final = Term("constant", (), "pi")
#: The largest exponent to begin with.
_EXPONENT: Final = 64
#: What comparing two arguments costs at least.
_COMPARING: Final = 20
_ONE: Final = Fractional(ONE, ONE)
#: Primes that are taken out of a root of a whole number.
_PRIMES: Final = tuple(p for p in range(2, 1000) if all(p % q for q in range(2, isqrt(p) + 1)))


class Tower(Ring):
    """Arithmetic with fractions over generators. A generator e^{u/unit} has whole exponents only."""

    opaque = OPAQUE - {"apply"}
    signed = True

    def __init__(self, work: Work, exponent: int = 1, unit: int = 1) -> None:
        super().__init__(work, exponent, unit)
        self.known: dict[object, list[tuple[Fractional, Polynomial]]] = {}  # arguments and atoms, by function
        self.squares: dict[int, Fractional] = {}  # s² = N/D, by the number of the atom s; N, D over earlier atoms
        self.roots = 0  # a bit for each atom with a known square
        self.arguments: dict[int, Fractional] = {}  # u/unit, by the number of the atom e^{u/unit}
        self.logarithms: dict[int, Fractional] = {}  # u, by the monomial of the atom log u
        self.tangents: dict[int, Fractional] = {}  # u, by the monomial of the atom atan u
        self.pi = self.atom(_PI)

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
        """q and f with p = q/f, where each s with a known square occurs once in q, or not at all."""
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
        least, most, square = min(by_square, default=0), max(by_square, default=0), self.squares[s]
        if least == 0 == most:
            return p, ONE
        up, down = square.numerator, self.multiply(square.denominator, constant(square.scale))
        least, most = min(least, 0), max(most, 0)
        products = [
            (self.polynomial(terms, p), self._power(up, k - least), self._power(down, most - k))
            for k, terms in by_square.items()
        ]
        return self.add(products), self.multiply(self._power(up, -least), self._power(down, most))

    def polynomial(self, terms: dict[int, int], like: Polynomial) -> Polynomial:
        """A polynomial with some of the monomials of another, or with an exponent of 0 or 1 there instead."""
        self.hold(len(terms))
        support = like.support
        if len(terms) == 1:  # the ring wants it exact here
            support = sum(1 << atom for monomial in terms for atom, _ in self.unpack(monomial))
        return Polynomial(list(terms), list(terms.values()), support, max(like.exponent, 1), like.height)

    def _power(self, p: Polynomial, exponent: int) -> Polynomial:
        return p if exponent == 1 else fraction(self.power(p, exponent)).numerator  # over 1, as p is

    def cleared(self, f: Fractional) -> Fractional:
        """The same fraction with known squares put in."""
        if not (f.numerator.support | f.denominator.support) & self.roots:
            return f
        (n, below), (d, above) = self.lowered(f.numerator), self.lowered(f.denominator)
        numerator = Fractional(self.multiply(n, above), ONE, f.scale)
        return fraction(self.divide_fractions(numerator, fraction(self.multiply(d, below))))

    def is_zero(self, f: Value) -> bool:
        """f = 0"""
        return not self.terms(self.lowered(fraction(f).numerator)[0])

    def ratio(self, f: Fractional, g: Fractional) -> Fraction | None:
        """A rational number q with f = q g, if there is one."""
        self.work.charge(_COMPARING)
        left, right = self.multiply(f.numerator, constant(g.scale)), self.multiply(g.numerator, constant(f.scale))
        n, d = f.denominator, g.denominator
        if n is not d and (n.monomials, n.coefficients) != (d.monomials, d.coefficients):
            left, right = self.multiply(left, d), self.multiply(right, n)
        found, roots = _quotient(self.terms(left), self.terms(right)), (left.support | right.support) & self.roots
        while found is None and roots:
            (left, down), (right, up) = self.lowered(left), self.lowered(right)
            left, right = self.multiply(left, up), self.multiply(right, down)
            roots = (up.support | down.support) & self.roots
            found = _quotient(self.terms(left), self.terms(right))
        return found

    def equal_fractions(self, f: Value, g: Value) -> bool:
        """f = g, by cross multiplication."""
        f, g = fraction(f), fraction(g)
        if self.is_zero(f.denominator) or self.is_zero(g.denominator):
            raise Rejected("a denominator is zero, whatever its symbols stand for")
        return self.ratio(f, g) == 1

    def rational(self, f: Fractional) -> Fraction | None:
        """The rational number f, if it is one."""
        return self.ratio(f, _ONE)

    # Generators.

    def generator(self, function: object, u: Fractional) -> Value:
        """The atom for f(u), up to its sign, or 0 where f is odd and u = 0."""
        parity = PARITY.get(function, 0)
        if parity and self.is_zero(u):
            return constant(0) if parity < 0 else ONE
        for v, atom in self.known.get(function, ()):
            q = self.ratio(u, v)
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
        if u.denominator is not ONE:
            return ONE if self.is_zero(u) else self._exponential(u)
        factors: list[Value] = []
        for monomial, c in self.terms(u.numerator).items():
            coefficient = Fraction(c, u.scale)
            if monomial in self.logarithms and coefficient.denominator == 1:
                factors.append(self._whole_power(self.logarithms[monomial], coefficient.numerator))
            else:
                one = self.polynomial({monomial: 1}, u.numerator)
                factors.append(self._exponential(self.scaled(one, coefficient)))
        return self.multiply_fractions(*factors) if factors else ONE

    def _whole_power(self, f: Fractional, exponent: int) -> Value:
        found = self.power(f, abs(exponent))
        return found if exponent >= 0 else self.divide_fractions(_ONE, fraction(found))

    def _exponential(self, u: Fractional) -> Value:
        """e^u as a power of one generator."""
        for v, atom in self.known.get("exp", ()):
            q = self.ratio(u, v)
            if q:
                return self._generator_power(atom, q * self.unit)
        atom = self.new("exp", u)
        self.arguments[len(self.atoms) - 1] = Fractional(u.numerator, u.denominator, u.scale * self.unit)
        return self._generator_power(atom, Fraction(self.unit))

    def _generator_power(self, atom: Polynomial, exponent: Fraction) -> Polynomial:
        if exponent.denominator > 1:
            raise TooNarrow(self.exponent, self.unit * exponent.denominator)
        k = abs(exponent.numerator)
        if k > self.exponent:
            raise TooNarrow(max(k, 2 * self.exponent), self.unit)
        return Polynomial([atom.monomials[0] * exponent.numerator], [1], atom.support, k, 0)

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
                p = self.multiply(p, self._generator_power(self.variables[atom], Fraction(-shared)))
                u = self.arguments[atom]
                logarithms.append(Fractional(self.multiply(u.numerator, constant(shared)), u.denominator, u.scale))
        return p, logarithms

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
        for power in (1, -1) if u.numerator.support & pi.numerator.support else ():  # √(qπ) and √(q/π)
            q = self.ratio(u, fraction(self._whole_power(pi, power)))
            if q is not None and q > 0:
                root = self._whole_power(fraction(self._square_root(pi)), power)
                return self.multiply_fractions(self._rational_root(q), root)
        return self._square_root(u)

    def _rational_root(self, q: Fraction) -> Value:
        if q < 0:
            return self._square_root(self.scaled(ONE, q))
        whole, rest, factors = 1, q.numerator * q.denominator, list[Value]()
        self.work.charge(len(_PRIMES) * (1 + rest.bit_length() // 64))
        for p in _PRIMES:
            if p * p > rest:
                break
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
            for power in (1, -1) if v.numerator.support else (1,):
                q = self.ratio(u, fraction(self._whole_power(v, power)))
                if q is not None and q > 0 and (root := _root_of_square(q)) is not None:
                    return self.multiply_fractions(self.scaled(ONE, root), self._whole_power(fraction(atom), power))
        atom = self.new("sqrt", u)
        self.squared(u)
        return atom

    def hyperbolic_tangent(self, u: Fractional) -> Value:
        """(e^{2u} − 1)/(e^{2u} + 1)"""
        e = self.exponential(Fractional(self.multiply(u.numerator, constant(2)), u.denominator, u.scale))
        above, below = (self.add_fractions(((e,), (constant(k),))) for k in (-1, 1))
        return self.divide_fractions(fraction(above), fraction(below))

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
        turns = Fraction(2 * terms.get(pi, 0), u.scale)
        if u.denominator is not ONE or turns.denominator > 1:
            return 0, u
        rest = {monomial: c for monomial, c in terms.items() if monomial != pi}
        return turns.numerator, Fractional(self.polynomial(rest, u.numerator), ONE, u.scale)

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


def _quotient(above: dict[int, int], below: dict[int, int]) -> Fraction | None:
    """A rational number q with above = q below, if there is one."""
    if above.keys() != below.keys():
        return None if above else Fraction(0)
    a, b = next(((c, below[monomial]) for monomial, c in above.items()), (1, 1))
    return Fraction(a, b) if all(c * b == a * below[monomial] for monomial, c in above.items()) else None


def _root_of_square(q: Fraction) -> Fraction | None:
    root = Fraction(isqrt(q.numerator), isqrt(q.denominator))
    return root if root * root == q else None


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

    return in_a_ring(Tower(work, _EXPONENT), compare)
