"""Two places where a function has one value and its derivative two: what is worth a proof.

First come places that are easy to write. Then, for each of these, the other solutions of f(q) = f(p) on every branch;
the solutions of f(z) = f(k z) for a few k, where e^{kz} is a power of e^z; and half a turn of a sine. Numbers decide
which of them look right. Nothing here is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, filterfalse, islice
from typing import Any, Final

from symnet.errors import Undecided
from symnet.prove.branches import Branch, value_at
from symnet.prove.forms.cleaning import PI, cleaned, scaled
from symnet.prove.forms.cost import cost
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.properties.inverse import solutions
from symnet.prove.properties.setting import Numbers
from symnet.prove.sampling import is_close, value
from symnet.prove.tidy import tidy
from symnet.term import Term, apply, known_function, number, postorder, put, substitute, symbols

_LOG_2: Final = apply("log", number(2))
_WHOLE: Final = tuple(number(n) for n in (1, -1, 0, 2, -2, 3, -3))
_HALVES: Final = tuple(number(Fraction(n, 2)) for n in (1, -1))
_OTHERS: Final = (PI, PI - 1, PI / 2, -(PI / 2), *(scaled(Fraction(n), _LOG_2) for n in (1, -1, 2, -2)))
#: What is tried, in this order.
_POINTS: Final = (*_WHOLE, *_HALVES, *_OTHERS)
#: For how many places on each branch f(q) = f(p) is solved at most, and how often about that is done in all.
_SOLVED: Final = 6
_IN_ALL: Final = 60
#: How many pairs of easy places are compared, and for which k the equation f(z) = f(k z) is solved.
_COMPARED: Final = 8
_MULTIPLES: Final = (2, 3, -2)
#: How much more a long point counts than a long slope.
_POINT: Final = 3
#: The most monomials of a numerator that is factored, and the largest term that stands for a place.
_MONOMIALS: Final = 20
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Graph:
    """A branch of a function, with its derivative there."""

    branch: Branch
    slope: Term


@dataclass(frozen=True, slots=True)
class Place:
    """A place inside a branch, with what the function and its derivative are there for each choice of numbers."""

    at: Term
    graph: Graph
    values: tuple[tuple[Any, Any], ...]


class Pairs:
    """The search on the branches of one function; ``samples`` give numbers to its other letters."""

    def __init__(self, graphs: Sequence[Graph], variable: Term, samples: Sequence[Numbers]) -> None:
        self.graphs = graphs
        self.variable = variable
        self.samples = samples

    def found(self, values: Iterable[Term] = ()) -> Iterator[tuple[Place, Place]]:
        """Pairs, on one branch before those on two, and the likeliest first.

        Each pair has the greater slope first where that does not depend on letters.
        """
        given = self.places(values)
        yield from self.alike(combinations(given, 2))
        easy = list(dict.fromkeys([*given, *self.places([*_POINTS, *self.ends(), *self.turns()])]))
        pairs = list(self.alike(combinations(easy, 2)))
        yield from self.sorted(islice(filter(_is_on_one_branch, pairs), _COMPARED))
        solved = list(self.alike((p, q) for p in self.first_on_each(easy) for q in self.partners(p)))
        yield from self.sorted(filter(_is_on_one_branch, solved))
        yield from self.sorted(self.alike(pair for graph in self.graphs for pair in self.multiples(graph)))
        yield from self.sorted(islice(filterfalse(_is_on_one_branch, pairs), _COMPARED))
        yield from self.sorted(filterfalse(_is_on_one_branch, solved))

    # Places.

    def places(self, points: Iterable[Term]) -> list[Place]:
        """The points that lie inside a branch and have a value there."""
        found = (self.place(p) for p in dict.fromkeys(points) if p.size <= _LONGEST and self.variable not in symbols(p))
        return [p for p in found if p is not None]

    def place(self, point: Term) -> Place | None:
        """The place of that point; None where no branch has it inside, or that depends on letters."""
        graph = next((g for g in self.graphs if all(self.is_inside(point, g.branch, n) for n in self.samples)), None)
        if graph is None:
            return None
        terms = [put(t, self.variable, point) for t in (graph.branch.function, graph.slope)]
        values = [(value(terms[0], numbers), value(terms[1], numbers)) for numbers in self.samples]
        return None if any(None in pair for pair in values) else Place(point, graph, tuple(values))

    def is_inside(self, point: Term, branch: Branch, numbers: Numbers) -> bool:
        """Whether a point lies between the ends of a branch."""
        try:
            x, *ends = (None if t is None else value_at(t, numbers) for t in (point, branch.lower, branch.upper))
        except Undecided:
            return False
        lower, upper = ends
        return x is not None and (lower is None or lower < x) and (upper is None or x < upper)

    def ends(self) -> Iterator[Term]:
        """Places between the ends of branches, or a little beyond them."""
        for branch in (g.branch for g in self.graphs):
            if branch.lower is not None and branch.upper is not None:
                gap = tidy(branch.upper - branch.lower)
                yield from (tidy(branch.lower + gap * n / 4) for n in (1, 2, 3))
            elif branch.lower is not None:
                yield from (tidy(branch.lower + n) for n in (1, 2))
            elif branch.upper is not None:
                yield from (tidy(branch.upper - n) for n in (1, 2))

    def turns(self) -> Iterator[Term]:
        """Where the argument of a sine or cosine is 0, π or ±π/2."""
        for node in dict.fromkeys(postorder(*(g.branch.function for g in self.graphs))):
            if node.op == "apply" and known_function(node.value) in ("sin", "cos") and node.args[0] != self.variable:
                for angle in (number(0), PI, PI / 2, -(PI / 2)):
                    yield from map(tidy, solutions(node.args[0], self.variable, angle))

    def first_on_each(self, easy: Sequence[Place]) -> list[Place]:
        """A few places on each branch."""
        most = max(1, min(_SOLVED, _IN_ALL // len(self.graphs) ** 2)) if self.graphs else 0
        return [p for g in self.graphs for p in [p for p in easy if p.graph is g][:most]]

    # Pairs.

    def alike(self, pairs: Iterable[tuple[Place, Place]]) -> Iterator[tuple[Place, Place]]:
        """The pairs with one value of f and two of f′, as far as numbers tell."""
        for p, q in pairs:
            both = list(zip(p.values, q.values, strict=True))
            if all(is_close(a[0], b[0]) and not is_close(a[1], b[1]) for a, b in both):
                yield (q, p) if all(a[1] < b[1] for a, b in both) else (p, q)

    def sorted(self, pairs: Iterable[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
        """The pairs, first those whose points and slopes are short."""
        return sorted(pairs, key=lambda pair: sum(_POINT * cost(p.at) + cost(self.slope(p)) for p in pair))

    def slope(self, p: Place) -> Term:
        """f′ there."""
        return tidy(put(p.graph.slope, self.variable, p.at))

    def partners(self, p: Place) -> Iterator[Place]:
        """Places where f may have the value that it has at another one."""
        known = tidy(put(p.graph.branch.function, self.variable, p.at))
        for graph in self.graphs:
            yield from self.places(map(_readable, solutions(graph.branch.function, self.variable, known)))

    def multiples(self, graph: Graph) -> Iterator[tuple[Place, Place]]:
        """z and k z with f(z) = f(k z)."""
        for k in _MULTIPLES:
            for p in _equal_at_multiple(graph.branch.function, self.variable, k):
                p = _readable(p)
                yield from combinations(self.places([p, tidy(number(k) * p)]), 2)


def _is_on_one_branch(pair: tuple[Place, Place]) -> bool:
    return pair[0].graph is pair[1].graph


def _readable(point: Term) -> Term:
    """The point in a shorter form, with −log 2 for log(1/2)."""
    logarithms = [n for n in postorder(point) if n.op == "apply" and known_function(n.value) == "log"]
    small = [n for n in logarithms if n.args[0].op == "number" and 0 < n.args[0].value < 1]
    return tidy(substitute(point, {n: -apply("log", number(1 / n.args[0].value)) for n in small}))


def _equal_at_multiple(function: Term, variable: Term, k: int) -> Iterator[Term]:
    """Solutions of f(z) = f(k z), factor by factor."""

    def compute(field: Field) -> list[Term]:
        there = put(function, variable, number(k) * variable)
        gap = field.reduced(field.value(cleaned(function)) - field.value(cleaned(there)))
        if not gap or len(gap.numer) > _MONOMIALS:
            return []
        return [field.written(field.field(p)) for p, _ in gap.numer.factor_list()[1]]

    try:
        factors = in_a_field(compute, function, spare=4)
    except Unwieldy:
        return
    for factor in factors:
        if factor != variable and variable in symbols(factor):
            yield from solutions(factor, variable, number(0))
