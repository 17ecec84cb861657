"""A page: what the kernel has just replayed, in the order in which a reader wants it.

Nothing here depends on the format. :func:`blocks` turns a :class:`Page` into headings, prose and displays, and every
formula in them is a term of a replayed line, definition, condition or hypothesis.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, groupby

from symnet.kernel.scope import family
from symnet.render import statement
from symnet.render.blocks import Block, Display, Heading, Page, Prose, Table
from symnet.render.inventory import Inventory
from symnet.render.layout import Row
from symnet.render.meanings import meanings, recursions
from symnet.render.relations import relation
from symnet.render.statement import claim_terms
from symnet.render.story import ANALYSIS
from symnet.render.telling import Telling
from symnet.render.wording import Phrase, mentioned, say
from symnet.term import Bound, Condition, Definition, Equation, Index, Name, Term, index, natural, number

__all__ = ["Block", "Display", "Heading", "Page", "Prose", "blocks", "claim_terms", "inventory", "terms"]


def blocks(page: Page, found: Inventory | None = None) -> Iterator[Block]:
    """The page, piece by piece: title, preface, claim, definitions, shapes, derivation, facts, notes."""
    found = found or inventory(page)
    yield Heading((page.title,), 1)
    yield from (Prose((paragraph,)) for paragraph in page.preface)
    yield from _claim(page, found.variables)
    yield from _definitions(page)
    yield from map(Prose, meanings(page.language, found, page.replayed))
    yield from _derivation(page, found)
    if page.facts:
        yield Heading(say(page.language, "facts"))
        yield Table(tuple(say(page.language, key) for key in ("fact", "value", "how sure")), page.facts)
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
    for phrase in chain.from_iterable(page.facts):
        yield from mentioned(phrase)


def inventory(page: Page) -> Inventory:
    """What the terms on the page mention."""
    found = Inventory.of(*terms(page))
    found.defined = frozenset(d.symbol.name for d in page.replayed.definitions)
    return found


def _claim(page: Page, variables: Collection[Name]) -> Iterator[Block]:
    replayed, language = page.replayed, page.language
    yield Heading(say(language, "claim"))
    for said, conditions in statement.groups(replayed):
        yield Display(tuple(statement.rows(replayed, said, language, variables)))
        if conditions:
            yield Prose(say(language, "if"), leads=True)
            yield Display(tuple(_condition(c, variables) for c in conditions))
    for key, rows in (
        ("assuming", [_equation(h) for h in replayed.claim.hypotheses]),
        ("where", [_definition(d) for d in _named_in_claim(page)]),
    ):
        if rows:
            yield Prose(say(language, key), leads=True)
            yield Display(tuple(rows))


def _equation(equation: Equation) -> Row:
    return Row(equation.lhs, "=", equation.rhs)


def _condition(condition: Condition | Bound, variables: Collection[Name]) -> Row:
    found = relation(condition, variables)
    return Row(found.lhs, found.relation, found.rhs)


def _definition(definition: Definition, label: Phrase = (), reason: Phrase = ()) -> Row:
    return Row(definition.symbol, ":=", definition.body, reason, label)


def _is_analysis(page: Page) -> bool:
    return any(step.rule in ANALYSIS for step in page.replayed.steps)


def _named_in_claim(page: Page) -> list[Definition]:
    """The definitions of the symbols in the claim; on a page about derivatives also of those in these."""
    definitions = {d.symbol: d for d in page.replayed.definitions}
    todo = [s for s in Inventory.of(*claim_terms(page.replayed.claim)).symbols if s in definitions]
    if not _is_analysis(page):
        return [d for s, d in definitions.items() if s in todo]
    found: dict[Definition, None] = {}
    while todo:
        definition = definitions[todo.pop(0)]
        if definition not in found:
            found[definition] = None
            todo += [s for s in Inventory.of(definition.body).symbols if s in definitions]
    return list(found)


def _definitions(page: Page) -> Iterator[Block]:
    """Recursions; then the definitions with a layer, by layer; then the others, but for those below the claim."""
    shown, language = set(_named_in_claim(page)), page.language
    recursive = recursions(page.replayed.definitions)
    rows: list[Row] = []
    layered: list[Definition] = []
    others: list[Definition] = []
    for d in page.replayed.definitions:
        if family(d.symbol.name) in recursive:
            rows.append(_definition(d, reason=_from_zero(language, d)))
        elif d.symbol.name.layer is not None:
            layered.append(d)
        elif d not in shown:
            others.append(d)
    for layer, group in groupby(sorted(layered, key=_layer), key=_layer):
        first, *more = group
        rows.append(_definition(first, say(language, "layer", layer=str(layer))))
        rows += map(_definition, more)
    if not _is_analysis(page):
        rows += map(_definition, others)
    if rows:
        yield Heading(say(language, "definitions"))
        yield Display(tuple(rows))


def _from_zero(language: str, definition: Definition) -> Phrase:
    """For which indices a member of a recursion is defined."""
    layer = definition.symbol.name.layer
    if not isinstance(layer, Index):
        return ()
    return say(language, "from zero", index=(Equation(natural(index(*layer.variables)), number(0)),))


def _layer(definition: Definition) -> int:
    layer = definition.symbol.name.layer
    return layer if isinstance(layer, int) else 0


def _derivation(page: Page, found: Inventory) -> Iterator[Block]:
    told = list(Telling(page, found.variables).blocks())
    if told:
        yield Heading(say(page.language, "derivation"))
        yield from _helpers(page)
        yield from told


def _helpers(page: Page) -> Iterator[Block]:
    """The letters that only a derivation with derivatives uses: ``Let u := 1 + e^(−z)``."""
    shown = set(_named_in_claim(page))
    rows = [_definition(d) for d in page.replayed.definitions if d not in shown and d.symbol.name.layer is None]
    if rows and _is_analysis(page):
        yield Prose(say(page.language, "let"), leads=True)
        yield Display(tuple(rows))
