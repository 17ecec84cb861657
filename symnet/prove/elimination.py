"""F with f′ = F(f), by elimination.

With a = f(z) and y = f′(z) written as rational functions of one generator such as z or e^z, and of square roots over it,
resultants eliminate that generator and the roots. What remains is a polynomial in a and y, and its roots y are the
candidates. Where a is p log g + q or p atan g + q, what is known of a is e^{(a−q)/p} = g or tan((a−q)/p) = g.

Source of the mathematics: resultants, e.g. Cox, Little, O'Shea, *Ideals, Varieties, and Algorithms*, ch. 3, §6. Nothing
found here is believed: of the candidates, :mod:`.output` takes one that is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, prod
from typing import Any, Final, NamedTuple

from symnet.prove.cleaning import ONE, add, applied, cleaned, raised, scaled, times
from symnet.prove.generators import Field, Unwieldy, as_fraction, by_degree, in_a_field
from symnet.term import Term, known_function, postorder, substitute

#: The largest product of the degrees of two polynomials whose resultant is taken, and the most monomials in them.
_DEGREES: Final = 40
_MONOMIALS: Final = 60


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
    [sum(number(1), a)]
    """

    def compute(field: Field) -> list[Term]:
        f, d = field.value(cleaned(function)), field.value(cleaned(derivative))
        varying = Varying(field, variable)
        if not varying.places(d):
            return [field.written(d)]
        known = known_of_output(varying, f, output)
        return [found for k in known for found in _Elimination(varying, k, d).candidates()]

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
    return [Known(applied("exp", times([output, field.written(1 / p)])), field.reduced(inside))]


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


class _Elimination:
    """One attempt: from w = g and y = d to y as a function of w."""

    def __init__(self, varying: Varying, known: Known, derivative: Any) -> None:
        self.field = varying.field
        self.known = known
        self.given = dict([known.given] if known.given else [])
        self.places = [i for i in varying.places(known.of_variable, derivative) if i not in self.given]
        self.w = self.field.place(("output", known.value), known.value)
        self.y = self.field.place("derivative", ONE)
        self.derivative = derivative

    def candidates(self) -> Iterator[Term]:
        """Terms in the output, the likeliest first."""
        roots = [i for i in self.places if i in self.field.squares]
        bases = [i for i in self.places if i not in self.field.squares]
        if len(bases) != 1 or not self._is_small():
            return
        left = self._without_roots(self._relation(self.w, self.known.of_variable), roots)
        right = self._without_roots(self._relation(self.y, self.derivative), roots)
        found = self._resultant(*self._deflated(left, right, bases[0]), bases[0])
        for p, _ in found.factor_list()[1] if found else ():
            if p.degree(self.y) > 0:
                yield from (substitute(root, self._values()) for root in self._roots(p))

    def _values(self) -> dict[Term, Term]:
        return {self.field.atoms[place]: value for place, value in self.given.items()}

    def _is_small(self) -> bool:
        parts = (self.known.of_variable.numer, self.known.of_variable.denom, self.derivative.numer, self.derivative.denom)
        return all(len(p) <= _MONOMIALS for p in parts)

    def _relation(self, place: int, f: Any) -> Any:
        """The polynomial whose zero says that a generator is f."""
        return self.field.variables[place].numer * f.denom - f.numer

    def _without_roots(self, p: Any, roots: list[int]) -> Any:
        for place in sorted(roots, reverse=True):
            square, root = self.field.squares[place], self.field.variables[place].numer
            p = self._resultant(p, root**2 * square.denom - square.numer, place)
        return p

    def _resultant(self, p: Any, q: Any, place: int) -> Any:
        """The resultant of two polynomials in one generator, without factors that are the same for all outputs."""
        from sympy import resultant

        if p.degree(place) <= 0 or q.degree(place) <= 0:
            return q if q.degree(place) <= 0 < p.degree(place) else p
        if p.degree(place) * q.degree(place) > _DEGREES:
            return p.ring.zero
        symbol = self.field.variables[place].numer.as_expr()
        found = p.ring.from_expr(resultant(p.as_expr(), q.as_expr(), symbol).expand())
        return self._about_output(found) if found else found

    def _about_output(self, p: Any) -> Any:
        """The factors that a or y is in, each once."""
        product = p.ring.one
        for q, _ in p.factor_list()[1]:
            if q.degree(self.w) > 0 or q.degree(self.y) > 0:
                product *= q
        return product

    def _deflated(self, p: Any, q: Any, place: int) -> tuple[Any, Any]:
        """The polynomials with z for zⁿ, where only powers of zⁿ occur."""
        n = gcd(*(m[place] for r in (p, q) for m in r))
        return tuple(  # type: ignore[return-value]
            r.ring.from_dict({(*m[:place], m[place] // (n or 1), *m[place + 1 :]): c for m, c in r.terms()}) for r in (p, q)
        )

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
            root = self._root(b**2 - 4 * a * c)
            below = scaled(Fraction(1), self.field.written(1 / (2 * a)))
            for sign in (1, -1):
                yield times([add([self.field.written(-b), scaled(Fraction(sign), root)]), below])

    def _root(self, f: Any) -> Term:
        """√f with what is a square in front of it: (1 − a²) √(1 − a²) for √((1 − a²)³)."""
        content, powers = (f.numer * f.denom).factor_list()
        square = _largest_square(as_fraction(content))
        outside = self.field.constant(square) / self.field.field(f.denom)
        inside = self.field.constant(as_fraction(content) / square**2)
        for p, n in powers:
            outside *= self.field.field(p) ** (n // 2)
            inside *= self.field.field(p) ** (n % 2)
        return times([self.field.written(outside), applied("sqrt", self.field.written(inside))])


def _largest_square(q: Fraction) -> Fraction:
    """s with q/s² a whole number without squares in it."""
    from sympy import factorint

    found = prod(p ** (n // 2) for p, n in factorint(abs(q.numerator * q.denominator), limit=1000).items())
    return Fraction(int(found), q.denominator)
