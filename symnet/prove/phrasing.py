"""The ways of writing a rational function over generators as a term, of which the shortest is chosen.

What varies: whether numerator and denominator are factored, whether exponentials are e^u, e^{−u} or both (as in
4/(e^z + e^{−z})²), and by which generators a sum is grouped. A sum that the input has as well is written as there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import product as combinations
from typing import Any, Final, NamedTuple

from symnet.prove.cleaning import ONE, ZERO, add, scaled, times
from symnet.prove.cost import cost
from symnet.prove.generators import Field, Monomial, as_fraction
from symnet.term import Term, number, postorder

#: Polynomials with more monomials, or of a higher degree, are not factored.
_FACTORED: Final = 40
_FACTORED_DEGREE: Final = 12
#: A rational function with more monomials is not written, and a sum of more is not grouped.
_WRITTEN: Final = 60
_GROUPED: Final = 12

#: What a sum as in the input may cost more.
_HABIT: Final = 10
#: Whole numbers as large as that in a polynomial are worse than fractions.
_LARGE: Final = 100

Polynomial = dict[Monomial, Fraction]  # exponents of exponentials may be negative here


class Factors(NamedTuple):
    """c g₁^k₁ … p₁^n₁ …, where the g are generators and the p have two or more monomials."""

    coefficient: Fraction
    monomial: Monomial
    powers: tuple[tuple[Polynomial, int], ...]


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

    def cost(self, term: Term) -> int:
        """How hard a term is to read."""
        return cost(term, self.directions)

    def best(self, terms: Iterable[Term]) -> Term:
        """The cheapest, the first of those."""
        return min(terms, key=self.cost)

    def of(self, f: Any) -> Iterator[Term]:
        """Terms that are f."""
        if not f:
            yield ZERO
            return
        parts = [list(self._forms(part)) for part in self.by_roots(f)]
        if len(parts) > 1 and all(parts):
            yield add(map(self.best, parts))
        yield from self._forms(f)

    def by_roots(self, f: Any) -> list[Any]:
        """The parts of f without roots, with √2, and so on."""
        found: dict[Monomial, dict[Monomial, Any]] = {}
        for m, c in f.numer.terms():
            found.setdefault(tuple(m[i] for i in sorted(self.field.squares)), {})[m] = c
        ring, field = self.field.field.ring, self.field.field
        return [field(ring.from_dict(terms)) / field(f.denom) for _, terms in sorted(found.items())]

    def _forms(self, f: Any) -> Iterator[Term]:
        if len(f.numer) + len(f.denom) > _WRITTEN:
            return
        seen = list[tuple[Factors, Factors]]()
        for n, d in combinations(_ways(f.numer), _ways(f.denom)[:2]):
            if (n, d) not in seen:
                seen.append((n, d))
                for style in self._styles():
                    yield self._written(self._styled(_ratio(n, d), style))

    def _styles(self) -> list[dict[int, int]]:
        """For each exponential generator e^u: 1 for e^u, −1 for e^{−u}, 0 for both."""
        places = sorted(self.field.exponents)
        styles = [{i: sum(self.field.directions[i]) if self.habits else 0 for i in places}]
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
        f = _absorbed(self._with_roots_below(f))
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
        u = _ratio(_ways(square.numer)[-1], _ways(square.denom)[-1])
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
        if self.last is not None and any(node == self.last for node in postorder(atom)):
            return 4 if atom == self.last else 5
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
        if not self.habits:
            return None
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
        if not 3 <= len(p) <= _GROUPED:
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


def _ways(p: Any) -> list[Factors]:
    """A polynomial over its factors, over products of factors of one multiplicity, and as it is."""
    content, primitive = p.primitive()
    monomial = tuple(map(min, zip(*primitive, strict=True))) if primitive else (0,) * p.ring.ngens
    rest = {_minus(m, monomial): as_fraction(c) for m, c in primitive.terms()}
    unit, powers = _factored(rest)
    together: dict[int, Polynomial] = {}
    for q, n in powers:
        together[n] = _multiplied(together[n], q) if n in together else q
    ways = [(unit, powers), (unit, [(q, n) for n, q in together.items()]), (Fraction(1), [(rest, 1)])]
    return [_collected(as_fraction(content) * c, monomial, found) for c, found in ways]


def _factored(p: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """A number and the irreducible factors of a polynomial, if that is small; itself otherwise."""
    from sympy import QQ
    from sympy.polys.rings import ring

    places = [i for i, column in enumerate(zip(*p, strict=True)) if any(column)]
    if not 1 < len(p) <= _FACTORED or max(map(sum, p)) > _FACTORED_DEGREE:
        return Fraction(1), [(p, 1)]
    small, *_ = ring([f"x{i}" for i in places], QQ)
    terms = {tuple(m[i] for i in places): QQ(c.numerator, c.denominator) for m, c in p.items()}
    unit, found = small.from_dict(terms).factor_list()
    zero = [0] * len(next(iter(p)))

    def back(m: Monomial) -> Monomial:
        whole = zero.copy()
        for i, n in zip(places, m, strict=True):
            whole[i] = n
        return tuple(whole)

    return as_fraction(unit), [({back(m): as_fraction(c) for m, c in q.terms()}, n) for q, n in found]


def _multiplied(p: Polynomial, q: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            found[_plus(m, n)] = found.get(_plus(m, n), Fraction(0)) + c * d
    return {m: c for m, c in found.items() if c}


def _collected(coefficient: Fraction, monomial: Monomial, powers: list[tuple[Polynomial, int]]) -> Factors:
    """Factors with one monomial put with the others, and numbers in front."""
    kept = []
    for p, n in powers:
        content, q = _normal(p)
        coefficient *= content**n
        if len(q) == 1:
            ((m, c),) = q.items()
            coefficient, monomial = coefficient * c**n, _plus(monomial, tuple(n * k for k in m))
        else:
            kept.append((q, n))
    return Factors(coefficient, monomial, tuple(kept))


def _ratio(above: Factors, below: Factors) -> Factors:
    powers = [*above.powers, *((p, -n) for p, n in below.powers)]
    return Factors(above.coefficient / below.coefficient, _minus(above.monomial, below.monomial), tuple(powers))


def _absorbed(f: Factors) -> Factors:
    """1.702 a + b instead of (851 a + 500 b)/500."""
    for i, (p, n) in enumerate(f.powers):
        if n == 1 and f.coefficient.denominator > 1 and max(map(abs, p.values())) >= _LARGE:
            scaled_up = {m: f.coefficient * c for m, c in p.items()}
            return Factors(Fraction(1), f.monomial, (*f.powers[:i], (scaled_up, 1), *f.powers[i + 1 :]))
    return f


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
