"""That f′ is no function of f: two points where f has one value and f′ has two.

Among points that are easy to write, numbers find two that look right. The kernel then proves that f(p) = f(q), what
f′(p) and f′(q) are, and that they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice
from typing import Final

from symnet.errors import Undecided, UsageError
from symnet.kernel.signs import NEGATIVE, ZERO, facts_of, sign_set
from symnet.prove.forms.cleaning import PI, cleaned, scaled
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.polynomials import by_degree
from symnet.prove.lines import Lines
from symnet.prove.sampling import is_close, numbers_for, value
from symnet.prove.tidy import LARGEST, proved_equal, tidy
from symnet.term import Condition, Derivation, Term, apply, derivative, number, postorder, put, symbols

_LOG_2: Final = apply("log", number(2))
_WHOLE: Final = tuple(number(n) for n in (1, -1, 0, 2, -2, 3, -3))
_HALVES: Final = tuple(number(Fraction(n, 2)) for n in (1, -1))
_OTHERS: Final = (PI, PI - 1, PI / 2, -(PI / 2), *(scaled(Fraction(n), _LOG_2) for n in (1, -1, 2, -2)))
#: What is tried, in this order.
_POINTS: Final = (*_WHOLE, *_HALVES, *_OTHERS)
#: The most monomials of a numerator that is factored.
_MONOMIALS: Final = 20
#: The rules that suppose something.
_SUPPOSING: Final = {">": "suppose", ">=": "suppose_weakly"}
#: How many pairs the kernel's rules are tried on.
_TRIED: Final = 8


def equal_values(
    function: Term,
    derivative: Term,
    variable: Term,
    values: Sequence[Term] = (),
    assumptions: Iterable[Condition] = (),
) -> tuple[Term, Term] | None:
    """Two points p, q with f(p) = f(q) and f′(p) − f′(q) not zero, both provable; more than zero where possible.

    ``values`` are points to try besides the usual ones, ``assumptions`` what may be used of other letters.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> equal_values(z**2, 2 * z, z), equal_values(z**3, 3 * z**2, z)
    ((number(1), number(-1)), None)
    """
    if max(function.size, derivative.size) > LARGEST:
        return None
    points = list(dict.fromkeys([*values, *_POINTS, *_other_zeros(function, variable)]))
    known = facts_of(assumptions)
    for p, q in islice(_alike(function, derivative, variable, points), _TRIED):
        if proved_equal(put(function, variable, p), put(function, variable, q)):
            found = sign_set(_gap(derivative, variable, p, q), known)
            if not found & ZERO:
                return (q, p) if found == NEGATIVE else (p, q)
    return None


def _gap(derivative: Term, variable: Term, p: Term, q: Term) -> Term:
    """f′(p) − f′(q), as short as can be."""
    return tidy(put(derivative, variable, p) - put(derivative, variable, q))


def _alike(function: Term, derivative: Term, variable: Term, points: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """Pairs of points with one value of f and two of f′, as far as numbers tell."""
    numbers = numbers_for(s for s in symbols(function, derivative, *points) if s != variable)
    values = [[value(put(t, variable, p), numbers) for t in (function, derivative)] for p in points]
    for (p, at_p), (q, at_q) in combinations(zip(points, values, strict=True), 2):
        if None not in (*at_p, *at_q) and is_close(at_p[0], at_q[0]) and not is_close(at_p[1], at_q[1]):
            yield p, q


def _other_zeros(function: Term, variable: Term) -> list[Term]:
    """Where f(z) − f(0) is zero, as far as it has a factor that is linear in z."""

    def compute(field: Field) -> list[Term]:
        f, z = field.value(cleaned(function)), field.value(variable)
        place = field.places[variable]
        if len(f.numer) > _MONOMIALS or not by_degree(f.denom, place).get(0):
            return []
        at_zero = by_degree(f.numer, place).get(0, f.numer.ring.zero)
        rest = f - field.field(at_zero) / field.field(by_degree(f.denom, place)[0])
        factors = [by_degree(p, place) for p, _ in rest.numer.factor_list()[1]] if z else []
        linear = [p for p in factors if max(p) == 1 and 0 in p]
        return [field.written(-field.field(p[0]) / field.field(p[1])) for p in linear]

    try:
        found = in_a_field(compute, function)
    except Unwieldy:
        return []
    return [point for point in found if variable not in symbols(point)]


def not_a_function_of_output(
    function: Term, variable: Term, values: Sequence[Term] = (), assumptions: Sequence[Condition] = ()
) -> Derivation:
    """Derive that f′ is no function of f: f(p) = f(q), the values f′(p) and f′(q), and that they differ.

    The claim has these three equations, and the inequality f′(p) − f′(q) > 0 or ≠ 0. ``assumptions`` about other
    letters become conditions of the claim.

    >>> from symnet.kernel import replay
    >>> from symnet.term import symbol
    >>> claim = replay(not_a_function_of_output(symbol("z") ** 2, symbol("z"))).claim
    >>> [e.rhs for e in claim.equations], claim.inequalities[0].relation
    ([power(number(-1), 2), number(2), number(-2)], '>')

    Raises :class:`~symnet.errors.Undecided` when no two such points are found, or the function has cases,
    :class:`~symnet.errors.Rejected` when it cannot be differentiated, and :class:`~symnet.errors.UsageError` for an
    assumption that a letter is not 0, which the kernel cannot suppose.
    """
    if any(c.relation not in _SUPPOSING for c in assumptions):
        raise UsageError("what is assumed of letters says that a term is positive or not negative")
    if function.size > LARGEST or any(node.op == "cases" for node in postorder(function)):
        raise Undecided(f"two points are looked for where there are no cases and at most {LARGEST} nodes")
    lines = Lines()
    slope = lines.differentiate(lines.start(derivative(function, variable)))
    slope = lines.discharge(lines.same(slope, tidy(lines.rhs(slope), variable)))
    points = equal_values(function, lines.rhs(slope), variable, values, assumptions)
    if points is None:
        raise Undecided("no two points were found where the function has one value and its derivative has two")
    return _Comparison(lines, function, variable, slope, assumptions).derivation(*points)


class _Comparison:
    """The lines about two points."""

    def __init__(
        self, lines: Lines, function: Term, variable: Term, slope: int, assumptions: Iterable[Condition]
    ) -> None:
        self.lines = lines
        self.function = function
        self.variable = variable
        self.slope = slope
        self.known = [lines.write(_SUPPOSING[c.relation], (), (c.term,)) for c in assumptions]

    def derivation(self, p: Term, q: Term) -> Derivation:
        """f(p) = f(q), f′(p) = …, f′(q) = …, f′(p) − f′(q) > 0."""
        lines = self.lines
        value = lines.start(put(self.function, self.variable, p))
        value = self.settled(lines.same(value, put(self.function, self.variable, q)))
        slopes = [self.slope_at(point) for point in (p, q)]
        gap = lines.start(lines.equation(slopes[0]).lhs - lines.equation(slopes[1]).lhs)
        gap = lines.substitute(gap, *slopes)
        gap = lines.same(gap, tidy(lines.rhs(gap)))
        differ = self.settled(lines.write("sign", (gap, *self.known)))
        return lines.derivation(value, *slopes, differ)

    def slope_at(self, point: Term) -> int:
        """f′ at a point."""
        line = self.lines.write("instantiate", (self.slope,), (self.variable, point))
        return self.settled(self.lines.same(line, tidy(self.lines.rhs(line))))

    def settled(self, line: int) -> int:
        """The line without conditions that hold, and with what is assumed only where that is needed."""
        line = self.lines.discharge(line)
        return self.lines.discharge(line, *self.known) if self.lines.conditions(line) and self.known else line
