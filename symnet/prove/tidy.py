"""Shorter terms that are equal: what turns a raw derivative into what a textbook has.

SymPy factors, cancels and expands; the shortest way of writing that :func:`symnet.tower.equal` proves equal is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from typing import Final

from symnet import tower
from symnet.errors import SymnetError
from symnet.prove.forms.cleaning import ONE, add, cleaned, scaled, without_number
from symnet.prove.forms.cost import cost, directions
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.forms.phrasing import Phrasing
from symnet.prove.sampling import value
from symnet.ring import Work
from symnet.term import Term, apply, fold, known_function, number, postorder, symbols

#: Terms with more nodes are only cleaned.
LARGEST: Final = 400
#: Where a shorter form has to have a value if the longer one has.
_EASY: Final = (Fraction(0), Fraction(1), Fraction(-1))
#: What a comparison may cost.
WORK: Final = 100_000


def tidy(term: Term, variable: Term | None = None) -> Term:
    """A shorter term, as a textbook would write it, that is equal wherever both are defined.

    Sums in the variable are ordered by falling powers. The order in which the term itself writes a sum is kept. The
    result is proved equal; when nothing better is, or the term has more than :data:`LARGEST` nodes, it is the term
    without its zeros and ones.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> e = apply("exp", -z)
    >>> tidy((0 * (1 + e) - 1 * (e * -1)) / (1 + e) ** 2) == e / (1 + e) ** 2
    True
    """
    plain = cleaned(term)
    return _first_equal(term, (plain, *_phrasings(plain, variable)), directions(plain)) or plain


def tidy_afresh(term: Term, last: Term | None = None) -> Term:
    """As :func:`tidy`, whatever the order and the exponentials in the term: for what a computation has found.

    ``last`` is a letter that stands behind all others in a product.
    """
    plain = cleaned(term)
    return _first_equal(term, (plain, *_phrasings(plain, last=last, habits=False)), (1, -1)) or plain


def _first_equal(term: Term, found: Iterable[Term], usual: Collection[int]) -> Term | None:
    """The cheapest that is proved equal; of two that cost the same, the one written last."""
    ordered = sorted(dict.fromkeys(reversed(list(found))), key=lambda t: cost(t, usual))
    return next((t for t in ordered if t == term or (proved_equal(term, t) and _has_values_of(t, term))), None)


def _has_values_of(candidate: Term, term: Term) -> bool:
    """Whether it has a value where the term has one, at easy places: (√(1 + z²) − 1)/z has none at 0."""
    letters = symbols(term)
    places = [dict.fromkeys(letters, x) for x in _EASY] if candidate.partial else []
    return all(value(candidate, place) is not None or value(term, place) is None for place in places)


def proved_equal(lhs: Term, rhs: Term) -> bool:
    """Whether the tower proves two terms equal, within a bounded number of operations."""
    try:
        return tower.equal(lhs, rhs, Work(WORK))
    except SymnetError:
        return False


def _phrasings(
    term: Term, variable: Term | None = None, last: Term | None = None, habits: bool = True
) -> Iterator[Term]:
    """Terms that may be equal and shorter; none for a large term or a matrix."""
    if term.size > LARGEST or term.shape or term.op in ("number", "symbol"):
        return
    coefficient, rest = without_number(term)
    if rest.op == "sum":
        parts = [min([a, *_by_field(a, variable, last, habits)], key=cost) for a in rest.args]
        yield scaled(coefficient, add(parts))
    if (rational := _without_tanh(term)) != term:
        yield from _by_field(cleaned(rational), variable, last, habits)
    yield from _by_field(term, variable, last, habits)


def _by_field(term: Term, variable: Term | None, last: Term | None, habits: bool) -> list[Term]:
    """The term as a rational function, in all ways of writing that, the usual ones last."""
    usual = directions(term) if habits else (1, -1)

    def compute(field: Field) -> list[Term]:
        return list(Phrasing(field, usual, variable, last, habits).of(field.value(term)))

    circular = any(node.op == "apply" and known_function(node.value) in ("sin", "cos") for node in postorder(term))
    try:
        return [
            t for cosine in (True, False)[not circular :] for t in reversed(in_a_field(compute, term, cosine=cosine))
        ]
    except Unwieldy:
        return []


def _without_tanh(term: Term) -> Term:
    """The term with tanh u written with exponentials, where u contains a logarithm."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node.op == "apply" and known_function(node.value) == "tanh" and _has_logarithm(node.args[0]):
            e = apply("exp", number(2) * args[0])
            return (e - ONE) / (e + ONE)
        return Term(node.op, tuple(args), node.value) if args else node

    return fold(term, combine)


def _has_logarithm(term: Term) -> bool:
    return any(node.op == "apply" and known_function(node.value) == "log" for node in postorder(term))
