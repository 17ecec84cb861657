"""That f′ is no function of f: two points where f has one value and f′ has two.

Among points that are easy to write, and those where f has the value that it has at one of them (:mod:`.pairs`), numbers
find two that look right; they may lie on different branches. The kernel then proves that f(p) = f(q), what f′(p) and
f′(q) are, and that they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

from symnet.errors import Rejected, SymnetError, Undecided, UsageError
from symnet.kernel.signs import ZERO, facts_of, sign_set
from symnet.prove.branches import Branch, arms_at, branches, letters
from symnet.prove.lines import SUPPOSING, Lines
from symnet.prove.pairs import Graph, Pairs, Place
from symnet.prove.properties.ground import Ground
from symnet.prove.properties.region import letters_only
from symnet.prove.properties.setting import Setting, settings
from symnet.prove.sampling import numbers_for
from symnet.prove.tidy import LARGEST, proved_equal, tidy
from symnet.term import Condition, Derivation, Term, derivative, put

#: How many pairs the kernel's rules are tried on, and for how many choices of numbers for letters.
_TRIED: Final = 8
_SAMPLES: Final = 3


def equal_values(
    function: Term,
    derivative: Term,
    variable: Term,
    values: Sequence[Term] = (),
    assumptions: Iterable[Condition] = (),
) -> tuple[Term, Term] | None:
    """Two points p, q with f(p) = f(q) and f′(p) − f′(q) not zero, both provable; more than zero where possible.

    ``function`` has no cases. ``values`` are points to try besides the usual ones, ``assumptions`` what may be used of
    other letters.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> equal_values(z**2, 2 * z, z), equal_values(z**3, 3 * z**2, z)
    ((number(1), number(-1)), None)
    """
    if max(function.size, derivative.size) > LARGEST:
        return None
    branch = Branch(None, None, function, (), Fraction(0))
    setting = _setting(function, variable, assumptions, {}, [branch])
    for p, q in _pairs([Graph(branch, derivative)], setting, values):
        same = proved_equal(put(function, variable, p.at), put(function, variable, q.at))
        if same and _differ(Lines(), setting, _gap(p, q, variable)) is not None:
            return p.at, q.at
    return None


def _setting(
    function: Term,
    variable: Term,
    assumptions: Iterable[Condition],
    numbers: Mapping[Term, Fraction],
    found: Sequence[Branch],
) -> Setting:
    """What is assumed of the letters, with numbers for them."""
    others = letters(function, variable)
    given = {**numbers_for(others), **{s: q for s, q in numbers.items() if s in others}}
    return next(settings(variable, given, tuple(assumptions), found))


def _pairs(graphs: Sequence[Graph], setting: Setting, values: Iterable[Term]) -> Iterator[tuple[Place, Place]]:
    return islice(Pairs(graphs, setting.variable, setting.samples[:_SAMPLES]).found(values), _TRIED)


def _gap(p: Place, q: Place, variable: Term) -> Term:
    """f′(p) − f′(q), as short as can be."""
    return tidy(put(p.graph.slope, variable, p.at) - put(q.graph.slope, variable, q.at))


def _differ(lines: Lines, setting: Setting, gap: Term) -> list[int] | None:
    """Lines from which the signs of the parts of a term tell that it is not 0; None where that is not seen."""
    ground = letters_only(lines, setting)
    if not sign_set(gap, facts_of(setting.known)) & ZERO:
        return ground.suppositions()
    lemma = ground.positive(gap)
    return None if lemma is None else [lemma]


def not_a_function_of_output(
    function: Term,
    variable: Term,
    values: Sequence[Term] = (),
    assumptions: Sequence[Condition] = (),
    numbers: Mapping[Term, Fraction] | None = None,
) -> Derivation:
    """Derive that f′ is no function of f: f(p) = f(q), the values f′(p) and f′(q), and that they differ.

    The claim has these three equations, and the inequality f′(p) − f′(q) > 0 or ≠ 0. ``assumptions`` about other
    letters become conditions of the claim; ``numbers`` for them say in which order cases switch.

    >>> from symnet.kernel import replay
    >>> from symnet.term import cases, number, symbol
    >>> z = symbol("z")
    >>> claim = replay(not_a_function_of_output(z**2, z)).claim
    >>> [e.rhs for e in claim.equations], claim.inequalities[0].relation
    ([power(number(-1), 2), number(2), number(-2)], '>')
    >>> size = cases((number(0), "<=", z, z), otherwise=-z)
    >>> [e.rhs for e in replay(not_a_function_of_output(size, z)).claim.equations[1:]]
    [number(1), number(-1)]

    Raises :class:`~symnet.errors.Undecided` when no two such points are found, :class:`~symnet.errors.Rejected` when it
    cannot be differentiated, and :class:`~symnet.errors.UsageError` for an assumption that a letter is not 0, which the
    kernel cannot suppose.
    """
    if any(c.relation not in SUPPOSING for c in assumptions):
        raise UsageError("what is assumed of letters says that a term is positive or not negative")
    if function.size > LARGEST:
        raise Undecided(f"two points are looked for where there are at most {LARGEST} nodes")
    given = numbers or numbers_for(letters(function, variable))
    found = branches(function, variable, given)
    search = _Search(function, _setting(function, variable, assumptions, given, found))
    for p, q in _pairs(search.graphs(found), search.setting, values):
        try:
            return search.derivation(p, q)
        except SymnetError:
            continue
    raise Undecided("no two points were found where the function has one value and its derivative has two")


class _Search:
    """The lines about two points."""

    def __init__(self, function: Term, setting: Setting) -> None:
        self.lines = Lines()
        self.function = function
        self.setting = setting
        self.variable = setting.variable
        self.slopes: dict[Branch, int] = {}

    @property
    def ground(self) -> Ground:
        """What is known of the letters, with all the effort that may be spent on one inequality."""
        return letters_only(self.lines, self.setting)

    def graphs(self, found: Sequence[Branch]) -> list[Graph]:
        """The branches that have a derivative; where there is only one, that has to have one."""
        for branch in found:
            try:
                self.slopes[branch] = self.slope(branch)
            except Rejected:
                if len(found) == 1:
                    raise
        return [Graph(branch, self.lines.rhs(line)) for branch, line in self.slopes.items()]

    def slope(self, branch: Branch) -> int:
        """The line f′ = … on a branch."""
        lines = self.lines
        line = lines.take(lines.start(derivative(self.function, self.variable)), branch.arms)
        line = lines.differentiate(line)
        return lines.discharge(lines.same(line, tidy(lines.rhs(line), self.variable)))

    def derivation(self, p: Place, q: Place) -> Derivation:
        """f(p) = f(q), f′(p) = …, f′(q) = …, f′(p) − f′(q) > 0."""
        lines = self.lines
        value = self.settled(self.same_value(p, q))
        slopes = [self.slope_at(place) for place in (p, q)]
        gap = lines.start(lines.equation(slopes[0]).lhs - lines.equation(slopes[1]).lhs)
        gap = lines.substitute(gap, *slopes)
        gap = lines.same(gap, tidy(lines.rhs(gap)))
        lemmas = _differ(lines, self.setting, lines.rhs(gap))
        if lemmas is None:
            raise Undecided("that the two slopes differ is not seen")
        differ = self.settled(lines.write("sign", (gap, *lemmas)))
        replayed, _ = lines.kept(value, *slopes, differ)
        return Derivation(replayed.definitions, replayed.steps, replayed.goals)

    def same_value(self, p: Place, q: Place) -> int:
        """The line f(p) = f(q)."""
        lines = self.lines
        first, second = (put(self.function, self.variable, place.at) for place in (p, q))
        if not p.graph.branch.arms:
            return lines.same(lines.start(first), second)
        known = tidy(put(p.graph.branch.function, self.variable, p.at))
        line, other = (lines.same(self.opened(term), known) for term in (first, second))
        return line if known == second else lines.substitute(line, lines.symmetry(other))

    def opened(self, term: Term) -> int:
        """f(p) = its formula there."""
        return self.lines.take(self.lines.start(term), arms_at(term, self.setting.samples[0])[0])

    def slope_at(self, place: Place) -> int:
        """f′ at a point."""
        line = self.lines.write("instantiate", (self.slopes[place.graph.branch],), (self.variable, place.at))
        return self.settled(self.lines.same(line, tidy(self.lines.rhs(line))))

    def settled(self, line: int) -> int:
        """The line without conditions that hold, and with what is assumed only where that is needed."""
        line = self.lines.discharge(line)
        if not self.lines.conditions(line):
            return line
        found = self.ground.settled(line)
        return self.without_cases(line) if found is None else found

    def without_cases(self, line: int) -> int:
        """The line without conditions on case distinctions that hold, as |2| − 1 ≠ 0."""
        opened = [(c, self.opened(c.term)) for c in self.lines.conditions(line) if isinstance(c, Condition)]
        lemmas = [self.compared(n, c.relation) for c, n in opened if self.lines.rhs(n) != c.term]
        line = self.lines.discharge(line, *(n for n in lemmas if n is not None))
        return self.lines.discharge(line)

    def compared(self, line: int, relation: str) -> int | None:
        """From l = r: how l compares with 0."""
        value = self.lines.rhs(line)
        lemma = self.ground.positive(value, relation == ">")
        if lemma is None and relation == "!=":
            lemma = self.ground.positive(-value)
        return None if lemma is None else self.lines.write("sign", (line, lemma))
