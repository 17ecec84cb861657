"""F with f′ = F(f), by elimination.

With a = f(z) and y = f′(z) written as rational functions of one generator such as z or e^z, and of square roots over
it, resultants eliminate that generator and the roots. What remains is a polynomial in a and y, and its roots y are the
candidates. A function outside is inverted first: if a = p log g + q, then e^{(a−q)/p} = g; if a = p atan g + q, then
tan((a−q)/p) = g; if a = p e^m + q, then log((a−q)/p) = m, and e^m itself is known as well.

Source of the mathematics: resultants, e.g. Cox, Little, O'Shea, *Ideals, Varieties, and Algorithms*, ch. 3, §6. Nothing
found here is believed: of the candidates, :mod:`.output` takes one that is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from math import gcd, prod
from typing import Any, Final, NamedTuple

from symnet.prove.forms.cleaning import ONE, add, applied, cleaned, raised, scaled, times
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.polynomials import (
    Monomial,
    Polynomial,
    as_dictionary,
    as_fraction,
    by_degree,
    factors,
    with_exponent,
)
from symnet.term import Term, known_function, postorder

#: The most square roots that are eliminated.
_ROOTS: Final = 2
#: The largest product of the degrees of two polynomials whose resultant is taken, and the most monomials in them.
_DEGREES: Final = 36
_MONOMIALS: Final = 40


class Known(NamedTuple):
    """What is known of a: that ``value``, a function of a, is ``of_variable``, a rational function of generators.

    ``given`` is a generator e^m that is known as well, with the function of a that it is.
    """

    value: Term
    of_variable: Any
    given: tuple[int, Term] | None = None


def candidates(function: Term, derivative: Term, variable: Term, output: Term) -> list[Term]:
    """Functions of the output that may be the derivative; one of them is, if it can be found in this way.

    >>> from symnet.term import apply, symbol
    >>> z, a = symbol("z"), symbol("a")
    >>> e = apply("exp", z)
    >>> candidates(e - 1, e, z, a)
    [sum(a, number(1))]
    """

    def compute(field: Field) -> list[Term]:
        f, d = field.value(cleaned(function)), field.value(cleaned(derivative))
        varying = Varying(field, variable)
        if not varying.places(d):
            return [field.written(d)]
        known = known_of_output(varying, f, output)
        return list(dict.fromkeys(found for k in known for found in _found(varying, k, d)))

    try:
        return in_a_field(compute, function, derivative, spare=4)
    except Unwieldy:
        return []


class Varying:
    """Which generators of a field depend on the variable."""

    def __init__(self, field: Field, variable: Term) -> None:
        self.field = field
        self.variable = variable

    def is_varying(self, place: int) -> bool:
        """Whether a generator does."""
        return any(node == self.variable for node in postorder(self.field.atoms[place]))

    def places(self, *functions: Any) -> list[int]:
        """The generators that occur and depend on the variable, and those that the squares of roots bring along."""
        found, todo = set[int](), list(functions)
        while todo:
            f = todo.pop()
            for place in range(len(self.field.atoms)):
                occurs = max(f.numer.degree(place), f.denom.degree(place)) > 0
                if occurs and place not in found and self.is_varying(place):
                    found.add(place)
                    todo += [self.field.squares[place]] if place in self.field.squares else []
        return sorted(found)

    def linear(self, f: Any, place: int) -> tuple[Any, Any, int] | None:
        """p, q and n in f = p gⁿ + q for a generator g and n = ±1, where p does not vary and g is not in q."""
        above, below = by_degree(f.numer, place), by_degree(f.denom, place)
        powers = [n for n in above if n not in below]
        if len(below) != 1 or len(powers) != 1 or len(above) > 2:
            return None
        (level,) = below
        p, q = (self._quotient(above.get(n), below[level]) for n in (powers[0], level))
        n = powers[0] - level
        return None if self.places(p) or abs(n) != 1 else (p, q, n)

    def _quotient(self, above: Any, below: Any) -> Any:
        return self.field.field.zero if above is None else self.field.field(above) / self.field.field(below)


def known_of_output(varying: Varying, f: Any, output: Term) -> list[Known]:
    """f itself, and what is inside a logarithm or arctangent in it."""
    field, found = varying.field, [Known(output, f)]
    for place in varying.places(f):
        atom, parts = field.atoms[place], varying.linear(f, place)
        if parts is None or atom.op != "apply":
            continue
        p, q, power = parts
        match known_function(atom.value):
            case "log" if power == 1:
                found += _inside_logarithm(varying, output, p, f)
            case "atan" if power == 1 and not varying.places(q):
                found.append(_inside_arctangent(field, output, p, q, place))
            case "exp" if not varying.places(q):
                found.append(_inside_exponential(field, output, parts, place))
    return found


def _inside_logarithm(varying: Varying, output: Term, p: Any, f: Any) -> list[Known]:
    """e^{a/p} = e^{f/p}"""
    field = varying.field
    try:
        inside = field.exponential(field.reduced(f / p))
    except Unwieldy:
        return []
    return [Known(applied("exp", times([field.written(1 / p), output])), field.reduced(inside))]


def _inside_arctangent(field: Field, output: Term, p: Any, q: Any, place: int) -> Known:
    """tan((a − q)/p) = g"""
    key = next(key for key, number in field.places.items() if number == place)
    angle = times([add([output, scaled(Fraction(-1), field.written(q))]), field.written(1 / p)])
    return Known(times([applied("sin", angle), ONE / applied("cos", angle)]), key[1])


def _inside_exponential(field: Field, output: Term, parts: tuple[Any, Any, int], place: int) -> Known:
    """log((a − q)/p) = m for a = p e^m + q"""
    p, q, n = parts
    power = times([add([output, scaled(Fraction(-1), field.written(q))]), field.written(1 / p)])
    exponent = n * field.value(cleaned(field.atoms[place].args[0]))
    return Known(applied("log", power), exponent, (place, raised(power, n)))


def _found(varying: Varying, known: Known, derivative: Any) -> list[Term]:
    """What elimination finds, with what is known of a generator written for it."""
    atoms, search = varying.field.atoms, _Elimination(varying, known, derivative)
    if known.given is None:
        return list(search.candidates())
    place, value = known.given
    before, atoms[place] = atoms[place], value
    try:
        return list(search.candidates())
    finally:
        atoms[place] = before


class _Elimination:
    """One attempt: from w = g and y = d to y as a function of w."""

    def __init__(self, varying: Varying, known: Known, derivative: Any) -> None:
        self.field = varying.field
        self.known = known
        given = known.given[0] if known.given else -1
        self.places = [i for i in varying.places(known.of_variable, derivative) if i != given]
        self.w = self.field.place(("output", known.value), known.value)
        self.y = self.field.place("derivative", ONE)
        self.derivative = derivative

    def candidates(self) -> Iterator[Term]:
        """Terms in the output, the likeliest first."""
        roots = [i for i in self.places if i in self.field.squares]
        bases = [i for i in self.places if i not in self.field.squares]
        if len(bases) != 1 or len(roots) > _ROOTS or not self._is_small():
            return
        left = self._without_roots(self._relation(self.w, self.known.of_variable), roots)
        right = self._without_roots(self._relation(self.y, self.derivative), roots)
        right, left = self._deflated(right, left, bases[0])
        found = self._resultant(right, left, bases[0])
        for p in _irreducible(found):
            if p.degree(self.y) > 0:
                yield from self._roots(p)

    def _is_small(self) -> bool:
        return all(len(p) <= _MONOMIALS for f in (self.known.of_variable, self.derivative) for p in (f.numer, f.denom))

    def _relation(self, place: int, f: Any) -> Any:
        """The polynomial whose zero says that a generator is f."""
        return self.field.variables[place].numer * f.denom - f.numer

    def _without_roots(self, p: Any, roots: list[int]) -> Any:
        for place in sorted(roots, reverse=True):
            square, root = self.field.squares[place], self.field.variables[place].numer
            p = self._resultant(p, root**2 * square.denom - square.numer, place)
        return p

    def _resultant(self, p: Any, q: Any, place: int) -> Any:
        """The resultant of two polynomials in one generator; the one without it, if there is such a one."""
        from sympy import resultant

        for r in (p, q):
            if r.degree(place) <= 0:
                return r
        if p.degree(place) * q.degree(place) > _DEGREES:
            return p.ring.zero
        symbol = self.field.variables[place].numer.as_expr()
        return self._about_output(p.ring.from_expr(resultant(p.as_expr(), q.as_expr(), symbol).expand()))

    def _about_output(self, p: Any) -> Any:
        """The factors that a or y is in, each once; the others say nothing of them."""
        return prod((q for q in _irreducible(p) if q.degree(self.w) > 0 or q.degree(self.y) > 0), start=p.ring.one)

    def _deflated(self, p: Any, q: Any, place: int) -> list[Any]:
        """The polynomials with z for zⁿ, where only powers of zⁿ occur."""
        n = gcd(*(m[place] for r in (p, q) for m in r)) or 1
        return [r.ring.from_dict({with_exponent(m, place, m[place] // n): c for m, c in r.terms()}) for r in (p, q)]

    def _roots(self, p: Any) -> Iterator[Term]:
        """The solutions y of p(y, w) = 0."""
        parts = by_degree(p, self.y)
        c, b, a = (self.field.field(parts.get(n, p.ring.zero)) for n in (0, 1, 2))
        degree = max(parts)
        if any(i in self.places for i in range(len(self.field.atoms)) if p.degree(i) > 0):
            return
        if degree == 1:
            yield self.field.written(-c / b)
        elif degree == 2:
            outside, inside = self._root(b**2 - 4 * a * c)
            root, below = applied("sqrt", self.field.written(inside)), self.field.written(1 / (2 * a))
            for sign in (1, -1):
                part = times([self.field.written(sign * outside), root])
                yield times([add([self.field.written(-b), part]), below])
                yield from self._with_root_below(2 * c, -b, -sign * outside, root, inside)

    def _with_root_below(self, f: Any, p: Any, q: Any, root: Term, inside: Any) -> Iterator[Term]:
        """f/(p + q √i), and the same with i taken out above and below."""
        yield self._quotient([(f, ONE)], [(p, ONE), (q, root)])
        yield self._quotient([(f / inside, ONE)], [(p / inside, ONE), (q, ONE / root)])

    def _quotient(self, above: list[tuple[Any, Term]], below: list[tuple[Any, Term]]) -> Term:
        """A quotient of sums of multiples, without a factor that all the multiples share."""
        parts = [f for f, _ in (*above, *below) if f]
        shared = self.field.field(reduce(lambda p, q: p.gcd(q), [f.numer for f in parts]))
        shared /= reduce(lambda p, q: p.lcm(q), [f.denom for f in parts])
        top, bottom = (add(self._multiple(f / shared, t) for f, t in side) for side in (above, below))
        return times([top, raised(bottom, -1)])

    def _multiple(self, f: Any, term: Term) -> Term:
        """f times a term, with −(2a + 1) for −2a − 1."""
        sign = -1 if as_fraction(f.numer.LC) < 0 else 1
        return scaled(Fraction(sign), times([self.field.written(sign * f), term]))

    def _root(self, f: Any) -> tuple[Any, Any]:
        """p and q with f = p² q, where q has no square in it: 1 − a² and 1 − a² for (1 − a²)³."""
        number, powers = factors(as_dictionary(f.numer * f.denom))
        square = _largest_square(number)
        outside = self.field.constant(square) / self.field.field(f.denom)
        inside = self.field.constant(number / square**2)
        for p, n in powers:
            outside *= self.field.polynomial(p) ** (n // 2)
            inside *= self.field.polynomial(p) ** (n % 2)
        return outside, inside


def _irreducible(p: Any) -> list[Any]:
    """The irreducible factors of a polynomial, each once."""
    return [p.ring.from_dict(_of_sympy(q, p.ring)) for q, _ in factors(as_dictionary(p))[1]] if p else []


def _of_sympy(p: Polynomial, ring: Any) -> dict[Monomial, Any]:
    return {m: ring.domain(c.numerator, c.denominator) for m, c in p.items()}


def _largest_square(q: Fraction) -> Fraction:
    """s with q/s² a whole number without squares in it."""
    from sympy import factorint

    found = prod(p ** (n // 2) for p, n in factorint(abs(q.numerator * q.denominator), limit=1000).items())
    return Fraction(int(found), q.denominator)
