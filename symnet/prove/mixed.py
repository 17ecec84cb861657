"""f′ written in a = f(z) and z, by division: SiLU′ = a + σ(z)(1 − a).

With 1/p for every denominator p as a generator of its own, f and f′ are polynomials. f′ is divided by f − a, by the
relations p·(1/p) = 1, and by what is known of square roots; the remainder has an a wherever f was found in f′. It
divides by nothing that f and f′ do not divide by. What is found depends on the order of monomials; several are tried.
Where f′ is written with f, a is put for it as well: (√(1 + z²))′ = z/a.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from symnet.prove.elimination import Varying, known_of_output
from symnet.prove.forms.cleaning import ONE, cleaned, times
from symnet.prove.forms.cost import directions
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.phrasing import Phrasing
from symnet.prove.forms.polynomials import as_dictionary
from symnet.term import Term, substitute

#: The most generators, monomials and degrees in what is divided, and the most monomials of a short remainder.
_GENERATORS: Final = 6
_MONOMIALS: Final = 30
_DEGREE: Final = 8
_SHORT: Final = 8


def mixed_forms(function: Term, derivative: Term, variable: Term, output: Term) -> list[Term]:
    """Ways of writing the derivative with the output in it, unproved.

    >>> from symnet.term import apply, symbol
    >>> z, a = symbol("z"), symbol("a")
    >>> gaussian = apply("exp", -(z**2))
    >>> mixed_forms(gaussian, -2 * z * gaussian, z, a)
    [multiply(number(-2), z, a)]
    """

    def compute(field: Field) -> list[Term]:
        f, d = field.value(cleaned(function)), field.value(cleaned(derivative))
        phrasing = Phrasing(field, directions(cleaned(derivative)), variable, output)
        return list(dict.fromkeys(_Division(field, phrasing, variable, output).forms(f, d)))

    def reversed_exponents(field: Field) -> dict[Term, Fraction]:
        for term in (function, derivative):
            field.value(cleaned(term))
        down = [field.exponents[place] for place, signs in field.directions.items() if signs == {-1}]
        return {exponent: -field.units[exponent] for exponent in down}

    plain = cleaned(derivative)
    named = substitute(plain, {cleaned(function): output})
    try:
        units = in_a_field(reversed_exponents, function, derivative)
        found = in_a_field(compute, function, derivative, spare=_GENERATORS, units=units)
    except Unwieldy:
        found = []
    return found if named == plain else list(dict.fromkeys([named, *found]))


class _Division:
    def __init__(self, field: Field, phrasing: Phrasing, variable: Term, output: Term) -> None:
        self.field = field
        self.phrasing = phrasing
        self.output = output
        self.varying = Varying(field, variable)
        self.relations: list[Any] = []
        self.outputs: list[int] = []

    def forms(self, f: Any, d: Any) -> Iterator[Term]:
        """The remainders of d, written in all ways."""
        knowns = known_of_output(self.varying, f, self.output)
        self._relate(self.polynomial(f), self.output)
        d = self.polynomial(d)
        for known in knowns[1:]:
            self._relate(self.polynomial(known.of_variable), known.value)
            self._relate(self.polynomial(1 / known.of_variable), times([ONE / known.value]))
        for place, square in list(self.field.squares.items()):
            if self.varying.is_varying(place):
                self.relations.append(self.field.variables[place] ** 2 - self.polynomial(square))
        for remainder in dict.fromkeys(self._remainders(d)):
            yield from self.phrasing.of(remainder)

    def _relate(self, f: Any, value: Term) -> None:
        """That f is a function of the output."""
        place = self.field.place(("output", value), value)
        self.outputs.append(place)
        self.relations.append(f - self.field.variables[place])

    def polynomial(self, f: Any) -> Any:
        """f with a generator for the reciprocal of each factor of its denominator that varies."""
        content, powers = f.denom.factor_list()
        found = self.field.field(f.numer) / content
        for p, n in powers:
            if self.varying.places(self.field.field(p)):
                found *= self._reciprocal(p) ** n
            else:
                found /= self.field.field(p) ** n
        return found

    def _reciprocal(self, p: Any) -> Any:
        """The generator that stands for 1/p."""
        term = times([ONE / self.phrasing.sum(as_dictionary(p))])
        known = ("1/", p) in self.field.places
        found = self.field.generator(("1/", p), term)
        if not known:
            self.relations.append(found * self.field.field(p) - 1)
        return found

    def _remainders(self, d: Any) -> Iterator[Any]:
        """What is left of d, for several orders of monomials."""
        from sympy import reduced

        places = [i for i in self.varying.places(d, *self.relations) if i not in self.outputs]
        parts = [r.numer for r in (d, *self.relations)]
        if len(places) > _GENERATORS or any(len(p) > _MONOMIALS or max(map(sum, p)) > _DEGREE for p in parts if p):
            return
        relations = [r.as_expr() for r in self.relations]
        for first in places:
            order = [first, *(i for i in places if i != first), *self.outputs]
            symbols = [self.field.variables[i].numer.as_expr() for i in order]
            _, remainder = reduced(d.as_expr(), relations, *symbols, order="lex", field=True)
            found = self.field.field.from_expr(remainder)
            if len(found.numer) <= _SHORT and any(found.numer.degree(i) > 0 for i in self.outputs):
                yield found
