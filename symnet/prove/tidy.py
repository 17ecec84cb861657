"""Shorter terms that are equal: what turns a raw derivative into what a textbook has.

SymPy factors, cancels and expands; the shortest way of writing that :func:`symnet.tower.equal` proves equal is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from symnet import tower
from symnet.errors import SymnetError
from symnet.prove.cleaning import ONE, add, cleaned, scaled, without_number
from symnet.prove.cost import cost, directions
from symnet.prove.generators import Field, Unwieldy, in_a_field
from symnet.prove.phrasing import Phrasing
from symnet.ring import Work
from symnet.term import Term, apply, fold, known_function, number, postorder

#: Terms with more nodes are only cleaned.
LARGEST: Final = 400
#: What a comparison may cost.
WORK: Final = 300_000


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
    return written(term, variable)


def written(term: Term, variable: Term | None = None, last: Term | None = None, also: Iterable[Term] = ()) -> Term:
    """As :func:`tidy`, with a letter that stands behind others in products, and further ways of writing to choose from.

    Of these further ways it need not be known that they are equal.
    """
    plain = cleaned(term)
    if term.size > LARGEST or term.shape:
        return plain
    usual = directions(plain)
    found = dict.fromkeys([*map(cleaned, also), *_phrasings(plain, variable, last), plain])
    for candidate in sorted(found, key=lambda t: cost(t, usual)):
        if candidate == plain or proved_equal(term, candidate):
            return candidate
    return plain


def proved_equal(lhs: Term, rhs: Term) -> bool:
    """Whether the tower proves two terms equal, within a bounded number of operations."""
    try:
        return tower.equal(lhs, rhs, Work(WORK))
    except SymnetError:
        return False


def _phrasings(term: Term, variable: Term | None, last: Term | None) -> Iterator[Term]:
    yield from _by_field(term, variable, last)
    if (rational := _without_tanh(term)) != term:
        yield from _by_field(cleaned(rational), variable, last)
    coefficient, rest = without_number(term)
    if rest.op == "sum":
        parts = [min([a, *_by_field(a, variable, last)], key=cost) for a in rest.args]
        yield scaled(coefficient, add(parts))


def _by_field(term: Term, variable: Term | None, last: Term | None) -> Iterator[Term]:
    """The term as a rational function, in all ways of writing that."""

    def compute(field: Field) -> list[Term]:
        return list(Phrasing(field, variable, last, directions(term)).of(field.value(term)))

    circular = any(node.op == "apply" and known_function(node.value) in ("sin", "cos") for node in postorder(term))
    for cosine in (False, True) if circular else (False,):
        try:
            yield from in_a_field(compute, term, cosine=cosine)
        except Unwieldy:
            return


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
