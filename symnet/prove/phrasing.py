"""The ways of writing a rational function over generators as a term, of which the shortest is chosen.

What varies: whether numerator and denominator are factored, whether exponentials are e^u, e^{−u} or both (as in
4/(e^z + e^{−z})²), and by which generators a sum is grouped. A sum that the input has as well is written as there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import product as combinations
from typing import Any, Final, NamedTuple

from symnet.prove.cleaning import ONE, add, scaled, times
from symnet.prove.cost import cost
from symnet.prove.generators import Field, Monomial, as_fraction
from symnet.term import Term, number

#: Polynomials with more monomials, or of a higher degree, are not factored.
_FACTORED: Final = 40
_FACTORED_DEGREE: Final = 12

#: What a sum as in the input may cost more.
_HABIT: Final = 0.1
#: Whole numbers as large as that in a polynomial are worse than fractions.
_LARGE: Final = 100

Polynomial = dict[Monomial, Fraction]  # exponents of exponentials may be negative here


class Factors(NamedTuple):
    """c g₁^k₁ … p₁^n₁ …, where the g are generators and the p have two or more monomials."""

    coefficient: Fraction
    monomial: Monomial
    powers: tuple[tuple[Polynomial, int], ...]


class Phrasing:
    """Writes the rational functions of one field. ``last`` is a letter that stands behind all others in a product."""

    def __init__(self, field: Field, variable: Term | None, last: Term | None, directions: Collection[int]) -> None:
        self.field = field
        self.variable = variable
        self.last = last
        self.directions = directions

    def cost(self, term: Term) -> float:
        """How hard a term is to read."""
        return cost(term, self.directions)

    def best(self, terms: Iterable[Term]) -> Term:
        """The cheapest, the first of those."""
        return min(terms, key=self.cost)

    def of(self, f: Any) -> Iterator[Term]:
        """Terms that are f."""
        parts = self.by_roots(f)
        if len(parts) > 1:
            yield add(self.best(self._forms(part)) for part in parts)
        yield from self._forms(f)

    def by_roots(self, f: Any) -> list[Any]:
        """The parts of f without roots, with √2, and so on."""
        found: dict[Monomial, dict[Monomial, Any]] = {}
        for m, c in f.numer.terms():
            found.setdefault(tuple(m[i] for i in sorted(self.field.squares)), {})[m] = c
        ring, field = self.field.field.ring, self.field.field
        return [field(ring.from_dict(terms)) / field(f.denom) for _, terms in sorted(found.items())]

    def _forms(self, f: Any) -> Iterator[Term]:
        below = [_factors(f.denom, way) for way in ("factors", "squarefree")]
        above = [_factors(f.numer, way) for way in ("factors", "squarefree", "expanded")]
        seen = []
        for n, d in combinations(above, below):
            if (n, d) not in seen:
                seen.append((n, d))
                for style in self._styles():
                    yield self._written(self._styled(_ratio(n, d), style))

    def _styles(self) -> list[dict[int, int]]:
        """For each exponential generator e^u: 1 for e^u, −1 for e^{−u}, 0 for both."""
        places = sorted(self.field.exponents)
        styles = [{i: _usual(self.field.directions[i]) for i in places}]
        styles += [dict.fromkeys(places, s) for s in (1, -1)]
        return [style for i, style in enumerate(styles) if style not in styles[:i]]

    def _styled(self, f: Factors, style: dict[int, int]) -> Factors:
        """Every factor divided by a power of the exponentials, and the whole multiplied by it."""
        whole, powers = list(f.monomial), []
        for p, n in f.powers:
            shift = [0] * len(whole)
            for place, direction in style.items():
                shift[place] = _shift([m[place] for m in p], direction)
                whole[place] += n * shift[place]
            powers.append(({_minus(m, shift): c for m, c in p.items()}, n))
        return Factors(f.coefficient, tuple(whole), tuple(powers))

    # Writing.

    def _written(self, f: Factors) -> Term:
        f = self._with_roots_below(f)
        sums = [self.sum(p) if n > 0 else times([ONE / self.sum(p)]) for p, n in f.powers for _ in range(abs(n))]
        roots = tuple(n if i in self.field.squares else 0 for i, n in enumerate(f.monomial))
        rest = self.monomial(f.coefficient, _minus(f.monomial, roots))
        return times([rest, *sums, self.monomial(Fraction(1), roots)])

    def _with_roots_below(self, f: Factors) -> Factors:
        """√u/u as 1/√u."""
        for place, square in self.field.squares.items():
            if f.monomial[place] == 1:
                f = self._with_root_below(f, place, square)
        return f

    def _with_root_below(self, f: Factors, place: int, square: Any) -> Factors:
        root = tuple(2 * (i == place) for i in range(len(f.monomial)))
        u = _ratio(_factors(square.numer, "expanded"), _factors(square.denom, "expanded"))
        if not u.powers:
            found = _minus(_plus(f.monomial, u.monomial), root)
            fits = all(new <= 0 for new, m in zip(_plus(f.monomial, u.monomial), u.monomial, strict=True) if m)
            if fits and f.coefficient.denominator % u.coefficient.numerator == 0:
                return Factors(f.coefficient * u.coefficient, found, f.powers)
        if len(u.powers) == 1 and not any(u.monomial):
            (p, _), powers = u.powers[0], list(f.powers)
            for i, (q, n) in enumerate(powers):
                c = _proportion(p, q)
                if c is not None and n < 0:
                    powers[i] = (q, n + 1)
                    kept = tuple(power for power in powers if power[1])
                    return Factors(f.coefficient * c * u.coefficient, _minus(f.monomial, root), kept)
        return f

    def monomial(self, coefficient: Fraction, exponents: Monomial) -> Term:
        """A number times powers of generators: letters first, then the variable, functions, and the last letter."""
        places = sorted((i for i, n in enumerate(exponents) if n), key=lambda i: (self._rank(i), i))
        powers = [self._power(i, exponents[i]) for i in places]
        return times([number(coefficient), *powers])

    def _power(self, place: int, exponent: int) -> Term:
        atom = self.field.atoms[place]
        return times([atom**exponent if exponent > 0 else ONE / atom**-exponent])

    def _rank(self, place: int) -> int:
        atom = self.field.atoms[place]
        if atom == self.last:
            return 4
        if atom == self.variable:
            return 1
        return 0 if atom.op in ("symbol", "constant") else 3 if place in self.field.exponents else 2

    def sum(self, p: Polynomial) -> Term:
        """A polynomial as a term: as in the input, expanded, or grouped."""
        known = self._as_in_input(p)
        found = [self._expanded(p)]
        for places in self._groupings(p):
            found.append(self._grouped(p, places))
        best = self.best(found)
        return known if known is not None and self.cost(known) <= self.cost(best) + _HABIT else best

    def _as_in_input(self, p: Polynomial) -> Term | None:
        value = self._value(p)
        for sign in (1, -1):
            if (known := self.field.sums.get(sign * value)) is not None:
                return scaled(Fraction(sign), known)
        return None

    def _value(self, p: Polynomial) -> Any:
        shift = tuple(min(0, *column) for column in zip(*p, strict=True))
        ring, domain = self.field.field.ring, self.field.field.domain
        moved = {_minus(m, shift): domain(c.numerator, c.denominator) for m, c in p.items()}
        return self.field.field(ring.from_dict(moved)) * self.field.monomial(shift)

    def _groupings(self, p: Polynomial) -> list[tuple[int, ...]]:
        if len(p) < 3:
            return []
        present = [i for i, column in enumerate(zip(*p, strict=True)) if any(column)]
        functions = tuple(i for i in present if self._is_function(i))
        return list(dict.fromkeys([functions, *((i,) for i in present)] if functions else [(i,) for i in present]))

    def _is_function(self, place: int) -> bool:
        return self.field.atoms[place].op not in ("symbol", "constant")

    def _expanded(self, p: Polynomial) -> Term:
        return add(self.monomial(p[m], m) for m in sorted(p, key=self._order(p)))

    def _grouped(self, p: Polynomial, places: tuple[int, ...]) -> Term:
        groups: dict[Monomial, Polynomial] = {}
        for m, c in p.items():
            inside = tuple(n if i in places else 0 for i, n in enumerate(m))
            groups.setdefault(inside, {})[_minus(m, inside)] = c
        return add(self._group(m, groups[m]) for m in sorted(groups, key=self._order(groups)))

    def _group(self, m: Monomial, coefficient: Polynomial) -> Term:
        if len(coefficient) == 1:
            ((inside, c),) = coefficient.items()
            return self.monomial(c, _plus(m, inside))
        split = _content(coefficient)
        sums = [times([number(c), self._expanded(p)]) for c, p in ((Fraction(1), coefficient), split)]
        return times([self.monomial(Fraction(1), m), self.best(sums)])

    def _order(self, monomials: Iterable[Monomial]) -> Any:
        """In which order to write monomials: with functions in them from simple to high, otherwise by falling powers."""
        found = list(monomials)
        functions = any(n and self._is_function(i) for m in found for i, n in enumerate(m))
        place = next((i for i, atom in enumerate(self.field.atoms) if atom == self.variable), None)
        falls = place is not None and any(m[place] for m in found) and not functions

        def key(m: Monomial) -> Any:
            inside = [abs(n) for i, n in enumerate(m) if self._is_function_at(i, n)]
            degree = m[place] if place is not None else 0
            letters = sorted((str(self.field.atoms[i]), -n) for i, n in enumerate(m) if n)
            first = 0 if falls else any(m)
            return first, sum(inside), -degree, -sum(m) if not inside else 0, letters

        return key

    def _is_function_at(self, place: int, exponent: int) -> bool:
        return bool(exponent) and self._is_function(place)


def _usual(directions: set[int]) -> int:
    return sum(directions)


def _factors(p: Any, way: str) -> Factors:
    """A polynomial over its factors, over factors without multiple factors, or as it is."""
    ring, powers = p.ring, []
    content, primitive = p.primitive()
    monomial = tuple(map(min, zip(*primitive, strict=True))) if primitive else (0,) * ring.ngens
    c, found = as_fraction(content), [(ring.from_dict({_minus(m, monomial): d for m, d in primitive.terms()}), 1)]
    if way != "expanded" and len(p) <= _FACTORED and max(map(sum, p), default=0) <= _FACTORED_DEGREE:
        unit, found = found[0][0].factor_list() if way == "factors" else found[0][0].sqf_list()
        c *= as_fraction(unit)
    for q, n in found:
        content, terms = _normal({m: as_fraction(d) for m, d in q.terms()})
        c *= content**n
        if len(terms) == 1:
            ((m, d),) = terms.items()
            c, monomial = c * d**n, tuple(a + n * b for a, b in zip(monomial, m, strict=True))
        else:
            powers.append((terms, n))
    return Factors(c, monomial, tuple(powers))


def _ratio(above: Factors, below: Factors) -> Factors:
    powers = [*above.powers, *((p, -n) for p, n in below.powers)]
    return Factors(above.coefficient / below.coefficient, _minus(above.monomial, below.monomial), tuple(powers))


def _shift(exponents: list[int], direction: int) -> int:
    """By how much to lower the exponents of e^u: not at all, all of it, or half of it where that is symmetric."""
    low, high = min(exponents), max(exponents)
    symmetric = {low + high - n for n in exponents} == set(exponents) and (low + high) % 2 == 0
    return low if direction > 0 else high if direction < 0 else (low + high) // 2 if symmetric else low


def _content(p: Polynomial) -> tuple[Fraction, Polynomial]:
    """The greatest number in front of a polynomial with whole coefficients, and the rest."""
    from math import gcd, lcm

    above, below = gcd(*(c.numerator for c in p.values())), lcm(*(c.denominator for c in p.values()))
    content = Fraction(above, below)
    return content, {m: c / content for m, c in p.items()}


def _normal(p: Polynomial) -> tuple[Fraction, Polynomial]:
    """The same, but 1 + 1.702 z stays as it is, and does not become 500 + 851 z."""
    content, found = _content(p)
    constant = found.get((0,) * len(next(iter(found))))
    if constant is None or max(map(abs, found.values())) < _LARGE:
        return content, found
    return content * constant, {m: c / constant for m, c in found.items()}


def _proportion(p: Polynomial, q: Polynomial) -> Fraction | None:
    """c in p = c q."""
    if p.keys() != q.keys():
        return None
    found = {p[m] / q[m] for m in p}
    return found.pop() if len(found) == 1 else None


def _plus(m: Monomial, n: Monomial) -> Monomial:
    return tuple(a + b for a, b in zip(m, n, strict=True))


def _minus(m: Monomial, n: Iterable[int]) -> Monomial:
    return tuple(a - b for a, b in zip(m, n, strict=True))
