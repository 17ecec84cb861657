"""Terms as rational functions over generators, for searching only: SymPy does the arithmetic.

A generator stands for a letter, for e^m with a monomial m, or for another applied function. Square roots, and cosines
beside sines, have known squares; :meth:`Field.reduced` leaves none of these above the first power and none in a
denominator. What is found this way is believed only after :func:`symnet.tower.equal` has said so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import Any, Final, TypeVar

from symnet.prove.forms.cleaning import PI, add, applied, cleaned, exponential, raised, scaled, times
from symnet.prove.forms.limits import CLOSED, MONOMIALS, Unwieldy, check_size, small
from symnet.prove.forms.polynomials import Monomial, Polynomial, as_fraction, by_degree, minus
from symnet.term import Term, fold, known_function, number, postorder

#: Room for generators that are in no term: primes below roots, and parts of exponents.
_SPARE: Final = 6
_MOST: Final = 24
_ODD: Final = ("atan", "tanh", "erf")
_ARITHMETIC: Final = ("number", "sum", "multiply", "power", "divide")

Found = TypeVar("Found")


class _Finer(Exception):
    """An exponential needs a root of its generator; carries the exponent, and which multiple of it will do."""

    def __init__(self, exponent: Term, unit: Fraction) -> None:
        self.exponent = exponent
        self.unit = unit


class Field:
    """Rational functions over the generators that terms bring along, in order of appearance.

    ``units`` says which multiple of an exponent its generator has. ``cosine`` says that the square of a sine is
    written with the cosine, instead of the other way round.
    """

    def __init__(self, slots: int, units: Mapping[Term, Fraction], cosine: bool = False) -> None:
        from sympy import QQ
        from sympy.polys.fields import field

        self.units = dict(units)
        self.cosine = cosine
        self.field, *self.variables = field([f"g{i:03}" for i in range(slots)], QQ)
        self.atoms: list[Term] = []  # what each generator stands for
        self.places: dict[Any, int] = {}  # its number, by a key
        self.squares: dict[int, Any] = {}
        self.exponents: dict[int, Term] = {}  # m, for a multiple of m in the exponent
        self.directions: dict[int, set[int]] = {}  # the signs of the powers of an exponential that were met
        self.logarithms: dict[Monomial, Any] = {}  # u, by the monomial of log u
        self.sums: dict[Any, Term] = {}  # how the terms write their sums

    def value(self, term: Term) -> Any:
        """The rational function that a clean term is."""
        return self.reduced(fold(term, self._combine, leaves=CLOSED))

    def _combine(self, node: Term, args: list[Any]) -> Any:
        match node.op:
            case "number":
                return self.constant(node.value)
            case "sum":
                found = sum(args[1:], args[0])
                self.sums.setdefault(self.reduced(found), node)
                return found
            case "multiply":
                return prod(args)
            case "power":
                return args[0] ** node.value if node.value else self.field.one
            case "divide":
                return self.divided(args[0], args[1])
            case "apply" if known_function(node.value) and not node.shape:
                return self._applied(node, self.reduced(args[0]))
            case "apply":
                return self.generator((node.value, self.reduced(args[0])), node)
        return self.generator(node, node)

    def constant(self, value: Fraction) -> Any:
        """A number as a rational function."""
        return self.field.domain(value.numerator, value.denominator) * self.field.one

    def divided(self, f: Any, g: Any) -> Any:
        """f / g"""
        if not self.reduced(g):
            raise Unwieldy
        return f / g

    def generator(self, key: Any, term: Term) -> Any:
        """The generator of that key, which stands for the term."""
        return self.variables[self.place(key, term)]

    def place(self, key: Any, term: Term) -> int:
        """The number of a generator."""
        if key not in self.places:
            if len(self.atoms) == len(self.variables):
                raise Unwieldy
            self.places[key] = len(self.atoms)
            self.atoms.append(term)
        return self.places[key]

    def _applied(self, node: Term, u: Any) -> Any:
        function = known_function(node.value)
        match function:
            case "exp":
                return self._as_written(self.exponential(u), node)
            case "sqrt":
                return self._root(u, node)
            case "sin" | "cos":
                return self._circular(function, u, node.args[0])
            case "log":
                found = self.generator(("log", u), node)
                self.logarithms[found.numer.leading_expv()] = u
                return found
        if function in _ODD and all(as_fraction(c) < 0 for c in u.numer.coeffs()):
            return -self.generator((function, -u), applied(function, scaled(Fraction(-1), node.args[0])))
        return self.generator((function, u), node)

    # Exponentials.

    def _as_written(self, f: Any, node: Term) -> Any:
        """f; where it is a generator, that stands for the term as it was written."""
        for place in self.exponents:
            if f == self.variables[place]:
                self.atoms[place] = node
        return f

    def exponential(self, u: Any) -> Any:
        """e^u as a product of powers of generators."""
        if len(u.denom.terms()) > 1:
            leading = as_fraction(u.numer.LC) / as_fraction(u.denom.LC)
            return self._power(u / self.constant(leading), leading)
        ((below, d),) = u.denom.terms()
        found = self.field.one
        for above, c in u.numer.terms():
            monomial, exponent = minus(above, below), as_fraction(c) / as_fraction(d)
            if monomial in self.logarithms and exponent.denominator == 1:
                found *= self.logarithms[monomial] ** small(exponent.numerator)
            else:
                found *= self._power(self.monomial(monomial), exponent)
        return found

    def _power(self, m: Any, coefficient: Fraction) -> Any:
        """e^{c m} as a power of the generator e^{u m}."""
        written = self.written(m)
        unit = self.units.setdefault(written, abs(coefficient))
        exponent = coefficient / unit
        if exponent.denominator > 1:
            raise _Finer(written, unit / exponent.denominator)
        place = self.place(("exp", m), exponential(scaled(unit, written)))
        self.exponents[place] = written
        self.directions.setdefault(place, set()).add(1 if exponent > 0 else -1)
        return self.variables[place] ** small(exponent.numerator)

    # Roots and circular functions.

    def _root(self, u: Any, node: Term) -> Any:
        if not u:
            return u
        q = self.rational(u)
        if q is not None and q > 0:
            return self._rational_root(q)
        if PI in self.places:
            pi = self.generator(PI, PI)
            q = self.rational(u / pi)
            if q is not None and q > 0:
                return self._rational_root(q) * self._square_root(pi, applied("sqrt", PI))
        return self._square_root(u, node)

    def _rational_root(self, q: Fraction) -> Any:
        from sympy import factorint

        if max(q.numerator.bit_length(), q.denominator.bit_length()) > 60:
            return self._square_root(self.constant(q), applied("sqrt", number(q)))
        found = self.constant(Fraction(1, q.denominator))
        for p, n in sorted(factorint(q.numerator * q.denominator).items()):
            found *= p ** (n // 2)
            if n % 2:
                found *= self._square_root(self.constant(Fraction(p)), applied("sqrt", number(int(p))))
        return found

    def _square_root(self, u: Any, node: Term) -> Any:
        place = self.place(("sqrt", u), node)
        self.squares[place] = u
        return self.variables[place]

    def _circular(self, function: str, u: Any, argument: Term) -> Any:
        if ("sin", -u) in self.places:
            return self._circular(function, -u, argument) * (-1 if function == "sin" else 1)
        sine, cosine = (self.place((name, u), applied(name, argument)) for name in ("sin", "cos"))
        kept, other = (cosine, sine) if self.cosine else (sine, cosine)
        self.squares[other] = 1 - self.variables[kept] ** 2
        return self.variables[cosine if function == "cos" else sine]

    def reduced(self, f: Any) -> Any:
        """The same with known squares put in, and no root in the denominator."""
        for place in sorted(self.squares, reverse=True):
            if f.numer.degree(place) > 1 or f.denom.degree(place) > 0:
                f = self._reduced(f, place)
        return f

    def _reduced(self, f: Any, place: int) -> Any:
        square, root = self.squares[place], self.variables[place]
        if max(map(len, (f.numer, f.denom))) > MONOMIALS // 10:  # rationalising squares their number
            raise Unwieldy
        (a, b), (c, d) = (self._halves(p, place, square) for p in (f.numer, f.denom))
        if not d:
            return (a + b * root) / c
        norm = c**2 - d**2 * square
        if not norm:
            raise Unwieldy
        return (a * c - b * d * square + (b * c - a * d) * root) / norm

    def _halves(self, p: Any, place: int, square: Any) -> list[Any]:
        """a and b in p = a + b s."""
        found = [self.field.zero, self.field.zero]
        for exponent, part in by_degree(p, place).items():
            found[exponent % 2] += self.field(part) * square ** (exponent // 2)
        return found

    # Back to terms.

    def monomial(self, exponents: Monomial) -> Any:
        """A product of powers of generators."""
        above, below = (tuple(max(sign * n, 0) for n in exponents) for sign in (1, -1))
        ring = self.field.ring
        return self.field(ring.from_dict({above: 1})) / self.field(ring.from_dict({below: 1}))

    def rational(self, f: Any) -> Fraction | None:
        """The number that f is."""
        if any(not p.is_ground for p in (f.numer, f.denom)):
            return None
        return as_fraction(f.numer.LC) / as_fraction(f.denom.LC) if f else Fraction(0)

    def polynomial(self, p: Polynomial) -> Any:
        """A polynomial as a rational function."""
        domain = self.field.domain
        return self.field(self.field.ring.from_dict({m: domain(c.numerator, c.denominator) for m, c in p.items()}))

    def power(self, place: int, exponent: int) -> Term:
        """A whole power of a generator, as a term."""
        return raised(self.atoms[place], exponent)

    def written(self, f: Any) -> Term:
        """A rational function as a term, expanded."""
        above, below = (add(map(self._monomial, p.terms())) for p in (f.numer, f.denom))
        return times([above, raised(below, -1)])

    def _monomial(self, term: tuple[Monomial, Any]) -> Term:
        powers = (self.power(i, n) for i, n in enumerate(term[0]) if n)
        return times([number(as_fraction(term[1])), *powers])


def in_a_field(
    compute: Callable[[Field], Found],
    *terms: Term,
    spare: int = 0,
    cosine: bool = False,
    units: Mapping[Term, Fraction] | None = None,
) -> Found:
    """``compute(field)`` in a field with room for the generators of these terms, and ``spare`` more.

    ``units`` are to begin with: {z: −1} makes e^{−z} the generator, not e^z.

    Raises :class:`Unwieldy` when the terms are too large.
    """
    nodes = list(postorder(*map(cleaned, terms), leaves=CLOSED))
    slots = sum(node.op not in _ARITHMETIC for node in nodes) + _SPARE + spare
    if slots > _MOST + spare:
        raise Unwieldy
    for term in terms:
        check_size(cleaned(term))
    known = dict(units or {})
    for _ in range(slots):
        try:
            return compute(Field(slots, known, cosine))
        except _Finer as needed:
            known[needed.exponent] = needed.unit
        except ZeroDivisionError:
            raise Unwieldy from None
    raise Unwieldy
