"""A page: what the kernel has just replayed, in the order in which a reader wants it.

Nothing here depends on the format. :func:`blocks` turns a :class:`Page` into headings, prose and displays, and every
formula in them is a term of a replayed line, definition, condition or hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from symnet.kernel import Replayed
from symnet.render import printer
from symnet.render.layout import Row
from symnet.render.wording import Part, Phrase, listed, reason, say
from symnet.term import Claim, Condition, Definition, Equation, Name, Size, Step, Term, postorder


@dataclass(frozen=True, slots=True)
class Page:
    """A title, what was replayed, and plain prose for the end, a paragraph each."""

    title: str
    replayed: Replayed
    notes: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title (level 1) or the heading of a part (level 2)."""

    text: Phrase
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: Phrase


@dataclass(frozen=True, slots=True)
class Display:
    """Formulas under one another, aligned at their relations."""

    rows: tuple[Row, ...]


Block = Heading | Prose | Display


def blocks(page: Page) -> Iterator[Block]:
    """The page, piece by piece: title, claim, definitions, shapes, derivation, notes."""
    yield Heading((page.title,), 1)
    yield from _claim(page)
    yield from _definitions(page)
    yield from _shapes(page)
    yield from _derivation(page)
    if page.notes:
        yield Heading(say(page.language, "notes"))
        yield from (Prose((note,)) for note in page.notes)


def terms(page: Page) -> Iterator[Term]:
    """Every term that the page prints."""
    replayed = page.replayed
    for definition in replayed.definitions:
        yield from (definition.symbol, definition.body)
    for claim in (replayed.claim, *replayed.lines):
        yield from claim_terms(claim)


def claim_terms(claim: Claim) -> Iterator[Term]:
    """The terms of a claim, with those of its conditions and hypotheses."""
    for equation in (*claim.equations, *claim.hypotheses):
        yield from (equation.lhs, equation.rhs)
    yield from (condition.nonzero for condition in claim.conditions)


def names(page: Page) -> dict[Name, None]:
    """Every name on the page."""
    return printer.names(*terms(page))


def _claim(page: Page) -> Iterator[Block]:
    claim, language = page.replayed.claim, page.language
    yield Heading(say(language, "claim"))
    yield Display(tuple(map(_equation, claim.equations)))
    for key, rows in (
        ("if", [_condition(c) for c in claim.conditions]),
        ("assuming", [_equation(h) for h in claim.hypotheses]),
        ("where", [_definition(d) for d in _named_in_claim(page)]),
    ):
        if rows:
            yield Prose(say(language, key))
            yield Display(tuple(rows))


def _equation(equation: Equation) -> Row:
    return Row(equation.lhs, "=", equation.rhs)


def _condition(condition: Condition) -> Row:
    return Row(condition.nonzero, "≠", _ZERO)


def _definition(definition: Definition, label: Phrase = ()) -> Row:
    return Row(definition.symbol, ":=", definition.body, (), label)


def _named_in_claim(page: Page) -> list[Definition]:
    named = _symbols(claim_terms(page.replayed.claim))
    return [d for d in page.replayed.definitions if d.symbol in named]
