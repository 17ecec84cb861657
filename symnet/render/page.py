"""A page: what the kernel has just replayed, in the order in which a reader wants it.

Nothing here depends on the format. :func:`blocks` turns a :class:`Page` into headings, prose and displays, and every
formula in them is a term of a replayed line, definition, condition or hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from symnet.kernel import Replayed
from symnet.render import printer
from symnet.render.layout import Row
from symnet.render.meanings import meanings
from symnet.render.wording import Phrase, reason, say
from symnet.term import Claim, Condition, Definition, Equation, Name, Term, fold, number, symbols


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
    """A paragraph; or, when it ``leads`` to a display, a few words in front of it."""

    text: Phrase
    leads: bool = False


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
    yield from map(Prose, meanings(page.language, tuple(terms(page)), {d.symbol for d in page.replayed.definitions}))
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
            yield Prose(say(language, key), leads=True)
            yield Display(tuple(rows))


def _equation(equation: Equation) -> Row:
    return Row(equation.lhs, "=", equation.rhs)


def _condition(condition: Condition) -> Row:
    return Row(condition.nonzero, "≠", number(0))


def _definition(definition: Definition, label: Phrase = ()) -> Row:
    return Row(definition.symbol, ":=", definition.body, (), label)


def _named_in_claim(page: Page) -> list[Definition]:
    named = symbols(*claim_terms(page.replayed.claim))
    return [d for d in page.replayed.definitions if d.symbol in named]


def _definitions(page: Page) -> Iterator[Block]:
    """The definitions with a layer, by layer; then the others, but for those that stand below the claim."""
    shown = set(_named_in_claim(page))
    layered = [d for d in page.replayed.definitions if d.symbol.name.layer is not None]
    others = [d for d in page.replayed.definitions if d.symbol.name.layer is None and d not in shown]
    rows: list[Row] = []
    for layer, group in groupby(sorted(layered, key=_layer), key=_layer):
        first, *more = group
        rows.append(_definition(first, say(page.language, "layer", layer=str(layer))))
        rows += map(_definition, more)
    rows += map(_definition, others)
    if rows:
        yield Heading(say(page.language, "definitions"))
        yield Display(tuple(rows))


def _layer(definition: Definition) -> int:
    return definition.symbol.name.layer or 0


def _derivation(page: Page) -> Iterator[Block]:
    chains = [chain for chain in _chains(page) if chain]
    if chains:
        yield Heading(say(page.language, "derivation"))
        yield from (Display(tuple(chain)) for chain in chains)


def _chains(page: Page) -> Iterator[list[Row]]:
    """The steps as chains ``l = r₁ = r₂ = …``; a step that does not go on from the line before begins a new one."""
    replayed = page.replayed
    bodies = {d.symbol: d.body for d in replayed.definitions}
    chain: list[Row] = []
    for i, step in enumerate(replayed.steps):
        if not _continues(replayed, i):
            yield chain
            chain = []
        if step.rule != "start" and not _repeats(replayed, i):
            equation = replayed.lines[i].equations[0]
            why = reason(page.language, step, replayed.lines, bodies)
            chain.append(Row(None if chain else equation.lhs, "=", equation.rhs, why))
    yield chain


def _repeats(replayed: Replayed, i: int) -> bool:
    """Whether a line only regroups the one before in a way that prints alike, as (A B) C and A B C do."""
    if replayed.steps[i].rule not in ("distribute", "regroup") or not _continues(replayed, i):
        return False
    return _flat(replayed.lines[i].equations[0].rhs) == _flat(replayed.lines[i - 1].equations[0].rhs)


def _flat(term: Term) -> Term:
    """The term with sums and products that lean to the left written as one."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node.op in ("sum", "multiply", "product") and args[0].op == node.op:
            args = [*args[0].args, *args[1:]]
        return Term(node.op, tuple(args), node.value)

    return fold(term, combine)


def _continues(replayed: Replayed, i: int) -> bool:
    before = i > 0 and replayed.steps[i].premises[:1] == (i - 1,)
    return before and replayed.lines[i].equations[0].lhs == replayed.lines[i - 1].equations[0].lhs
