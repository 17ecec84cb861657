"""The ways of writing a rational function over generators as a term, of which the shortest is chosen.

What varies: whether numerator and denominator are factored, whether exponentials are e^u, e^{−u} or both (as in
4/(e^z + e^{−z})²), and by which generators a sum is grouped. A sum that the input has as well is written as there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from fractions import Fraction
from itertools import product as combinations
from typing import Any, Final

from symnet.prove.forms.cleaning import ONE, add, scaled, times
from symnet.prove.forms.cost import cost
from symnet.prove.forms.generators import Field
from symnet.prove.forms.polynomials import (
    Factors,
    Monomial,
    Polynomial,
    absorbed,
    content,
    lowered,
    lowest,
    minus,
    plus,
    proportion,
    ratio,
    ways,
)
from symnet.term import Term, number, postorder

#: A rational function with more monomials is not written, and a sum of more is not grouped.
_WRITTEN: Final = 60
_GROUPED: Final = 10
#: A rational function is not split into more parts by their roots.
_SPLIT: Final = 8
#: What a sum as in the input may cost more.
_HABIT: Final = 10


class Phrasing:
    """Writes the rational functions of one field.

    Sums in ``variable`` go by falling powers, and ``last`` is a letter that stands behind all others in a product. With
    ``habits``, sums are written as the terms of the field write them, and exponentials have the signs that they have
    there. ``directions`` are the signs of exponents that cost nothing.
    """

    def __init__(
        self,
        field: Field,
        directions: Collection[int] = (1, -1),
        variable: Term | None = None,
        last: Term | None = None,
        habits: bool = True,
    ) -> None:
        self.field = field
        self.directions = directions
        self.variable = variable
        self.last = last
        self.habits = habits
        self._known: dict[tuple[tuple[Monomial, Fraction], ...], Term] = {}

    def cost(self, term: Term) -> int:
        """How hard a term is to read."""
        return cost(term, self.directions)

    def best(self, terms: Iterable[Term]) -> Term:
        """The cheapest, the first of those."""
        return min(terms, key=self.cost)

    def of(self, f: Any) -> Iterator[Term]:
        """Terms that are f, the usual ways first."""
        parts = self._by_roots(f)
        found = [list(self._forms(part)) for part in parts] if 1 < len(parts) <= _SPLIT else []
        if found and all(found):
            yield add(map(self.best, found))
        yield from self._forms(f)

    def _by_roots(self, f: Any) -> list[Any]:
        """The parts of f without roots, with √2, and so on."""
        found: dict[Monomial, dict[Monomial, Any]] = {}
        for m, c in f.numer.terms():
            found.setdefault(tuple(m[i] for i in sorted(self.field.squares)), {})[m] = c
        field = self.field.field
        return [field(field.ring.from_dict(terms)) / field(f.denom) for _, terms in sorted(found.items())]

    def _forms(self, f: Any) -> Iterator[Term]:
        if len(f.numer) + len(f.denom) > _WRITTEN:
            return
        seen = list[tuple[Factors, Factors]]()
        for pair in combinations(ways(f.numer), ways(f.denom)[:2]):
            if pair not in seen:
                seen.append(pair)
                for style in self._styles():
                    yield self._written(lowered(ratio(*pair), style))

    def _styles(self) -> list[dict[int, int]]:
        """For each exponential generator e^u: 1 for e^u, −1 for e^{−u}, 0 for both."""
        places = sorted(self.field.directions)
        styles = [{i: sum(self.field.directions[i]) if self.habits else 0 for i in places}]
        styles += [dict.fromkeys(places, s) for s in (1, -1)]
        return [style for i, style in enumerate(styles) if style not in styles[:i]]

    # Products.

    def _written(self, f: Factors) -> Term:
        f = absorbed(self._with_roots_below(f))
        sums = [self.sum(p) if n > 0 else times([ONE / self.sum(p)]) for p, n in f.powers for _ in range(abs(n))]
        roots = tuple(n if i in self.field.squares else 0 for i, n in enumerate(f.monomial))
        rest = self.monomial(f.coefficient, minus(f.monomial, roots))
        return times([rest, *sums, self.monomial(Fraction(1), roots)])

    def monomial(self, coefficient: Fraction, exponents: Monomial) -> Term:
        """A number times powers of generators: letters first, then the variable, functions, and the last letter."""
        places = sorted((i for i, n in enumerate(exponents) if n), key=lambda i: (self._rank(i), i))
        return times([number(coefficient), *(self.field.power(i, exponents[i]) for i in places)])

    def _rank(self, place: int) -> int:
        atom = self.field.atoms[place]
        if self.last is not None and any(node == self.last for node in postorder(atom)):
            return 4 if atom == self.last else 5
        if atom == self.variable:
            return 1
        return 2 + (place in self.field.directions) if self._is_function(place) else 0

    def _is_function(self, place: int) -> bool:
        return self.field.atoms[place].op not in ("symbol", "constant")

    def _with_roots_below(self, f: Factors) -> Factors:
        """√u/u as 1/√u."""
        for place, square in self.field.squares.items():
            if f.monomial[place] == 1:
                u = ratio(ways(square.numer)[-1], ways(square.denom)[-1])
                f = self._with_root_below(f, place, u)
        return f

    def _with_root_below(self, f: Factors, place: int, u: Factors) -> Factors:
        root = tuple(2 * (i == place) for i in range(len(f.monomial)))
        if not u.powers:
            found = plus(f.monomial, u.monomial)
            fits = all(new <= 0 for new, m in zip(found, u.monomial, strict=True) if m)
            if fits and f.coefficient.denominator % u.coefficient.numerator == 0:
                return Factors(f.coefficient * u.coefficient, minus(found, root), f.powers)
        if len(u.powers) == 1 and not any(u.monomial):
            for i, (q, n) in enumerate(f.powers):
                c = proportion(u.powers[0][0], q)
                if c is not None and n < 0:
                    powers = (*f.powers[:i], *([(q, n + 1)] if n < -1 else []), *f.powers[i + 1 :])
                    return Factors(f.coefficient * c * u.coefficient, minus(f.monomial, root), powers)
        return f

    # Sums.

    def sum(self, p: Polynomial) -> Term:
        """A polynomial as a term: as in the input, expanded, or grouped."""
        key = tuple(p.items())
        if key not in self._known:
            self._known[key] = self._sum(p)
        return self._known[key]

    def _sum(self, p: Polynomial) -> Term:
        best = self.best([self._expanded(p), *(self._grouped(p, places) for places in self._groupings(p))])
        known = self._as_in_input(p) if self.habits else None
        return known if known is not None and self.cost(known) <= self.cost(best) + _HABIT else best

    def _as_in_input(self, p: Polynomial) -> Term | None:
        shift = tuple(min(0, n) for n in lowest(p))
        moved = {minus(m, shift): c for m, c in p.items()}
        value = self.field.polynomial(moved) * self.field.monomial(shift)
        for sign in (1, -1):
            if (known := self.field.sums.get(sign * value)) is not None:
                return scaled(Fraction(sign), known)
        return None

    def _groupings(self, p: Polynomial) -> list[tuple[int, ...]]:
        """Sets of generators whose powers a sum may be grouped by."""
        if not 3 <= len(p) <= _GROUPED:
            return []
        present = [i for i, exponents in enumerate(zip(*p, strict=True)) if any(exponents)]
        functions = tuple(i for i in present if self._is_function(i))
        return list(dict.fromkeys([functions, *((i,) for i in present)] if functions else [(i,) for i in present]))

    def _expanded(self, p: Polynomial) -> Term:
        return add(self.monomial(p[m], m) for m in sorted(p, key=self._order(p)))

    def _grouped(self, p: Polynomial, places: tuple[int, ...]) -> Term:
        groups: dict[Monomial, Polynomial] = {}
        for m, c in p.items():
            inside = tuple(n if i in places else 0 for i, n in enumerate(m))
            groups.setdefault(inside, {})[minus(m, inside)] = c
        return add(self._group(m, groups[m]) for m in sorted(groups, key=self._order(groups)))

    def _group(self, m: Monomial, coefficient: Polynomial) -> Term:
        if len(coefficient) == 1:
            ((inside, c),) = coefficient.items()
            return self.monomial(c, plus(m, inside))
        c, whole = content(coefficient)
        sums = [self._expanded(coefficient), times([number(c), self._expanded(whole)])]
        return times([self.monomial(Fraction(1), m), self.best(sums)])

    def _order(self, monomials: Iterable[Monomial]) -> Callable[[Monomial], Any]:
        """The order of a sum: numbers, letters, simple functions, higher ones; falling powers of the variable alone."""
        found = list(monomials)
        functions = [i for i in range(len(self.field.atoms)) if self._is_function(i)]
        place = self.field.places.get(self.variable, -1)
        falls = any(m[place] for m in found if place >= 0) and not any(m[i] for m in found for i in functions)

        def key(m: Monomial) -> Any:
            inside = sum(abs(m[i]) for i in functions)
            letters = sorted((str(self.field.atoms[i]), -n) for i, n in enumerate(m) if n)
            return not falls and any(m), inside, -m[place] if place >= 0 else 0, 0 if inside else -sum(m), letters

        return key
