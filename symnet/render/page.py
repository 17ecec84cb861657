"""A page: what the kernel has just replayed, in the order in which a reader wants it.

Nothing here depends on the format. :func:`blocks` turns a :class:`Page` into headings, prose and displays, and every
formula in them is a term of a replayed line, definition, condition or hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from symnet.kernel import Replayed
from symnet.kernel.scope import family
from symnet.render.inventory import Inventory
from symnet.render.layout import Row
from symnet.render.meanings import given, meanings, recursions
from symnet.render.story import Induction, Story, flat, shown
from symnet.render.wording import WORDING, Phrase, Told, bound_to, quantified, reason, say, speaks_of
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Definition,
    Equation,
    Index,
    Term,
    index,
    natural,
    number,
    shifted,
)


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
    """A paragraph; or, when it ``leads`` to a display, a few words in front of it. A ``title`` stands out before it."""

    text: Phrase
    leads: bool = False
    title: Phrase = ()


@dataclass(frozen=True, slots=True)
class Display:
    """Formulas under one another, aligned at their relations."""

    rows: tuple[Row, ...]


Block = Heading | Prose | Display


#: How the relation of a condition is printed.
SIGNS: Final = {"!=": "≠", ">": ">", ">=": "≥"}


@dataclass(frozen=True, slots=True)
class Related:
    """A condition as it is written, ``lhs relation rhs``."""

    lhs: Term
    relation: str
    rhs: Term


def relation(condition: Condition | Bound) -> Related:
    """x ≠ 0; L ≥ 1 and i ≤ L, where what is spoken of stands on the left."""
    if isinstance(condition, Condition):
        return Related(condition.term, SIGNS[condition.relation], number(0))
    lower, upper = natural(condition.lower), natural(condition.upper)
    return Related(lower, "≤", upper) if speaks_of(condition) == condition.lower else Related(upper, "≥", lower)


def blocks(page: Page, found: Inventory | None = None) -> Iterator[Block]:
    """The page, piece by piece: title, claim, definitions, shapes, derivation, notes."""
    yield Heading((page.title,), 1)
    yield from _claim(page)
    yield from _definitions(page)
    yield from map(Prose, meanings(page.language, found or inventory(page), page.replayed))
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
    for condition in claim.conditions:
        yield from (
            (condition.term,)
            if isinstance(condition, Condition)
            else (natural(condition.lower), natural(condition.upper))
        )


def inventory(page: Page) -> Inventory:
    """What the terms on the page mention."""
    return Inventory.of(*terms(page))


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


def _condition(condition: Condition | Bound) -> Row:
    found = relation(condition)
    return Row(found.lhs, found.relation, found.rhs)


def _definition(definition: Definition, label: Phrase = (), reason: Phrase = ()) -> Row:
    return Row(definition.symbol, ":=", definition.body, reason, label)


def _named_in_claim(page: Page) -> list[Definition]:
    named = Inventory.of(*claim_terms(page.replayed.claim)).symbols
    return [d for d in page.replayed.definitions if d.symbol in named]


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


def _derivation(page: Page) -> Iterator[Block]:
    found = list(Telling(page).blocks())
    if found:
        yield Heading(say(page.language, "derivation"))
        yield from found


class Telling:
    """The derivation as blocks: chains, and where there are indices lemmas and proofs by induction."""

    def __init__(self, page: Page) -> None:
        self.replayed = page.replayed
        self.language = page.language
        self.story = Story(page.replayed)
        self.bodies = {d.symbol: d.body for d in page.replayed.definitions}
        self.given = given(page.replayed)
        self.numbers: dict[int, str] = {}
        self.lemmas = 0
        self.titled = False
        self.pending: Phrase = ()

    def blocks(self) -> Iterator[Block]:
        """The derivation, piece by piece."""
        starts = {found.start: found for found in self.story.inductions.values()}
        within: dict[int, Induction] = {}  # the inductions whose proof is being told, by their last step
        for chain in self.story.chains:
            first = chain[0]
            if first in starts:
                within[starts[first].line] = starts[first]
                yield from self._opening(starts[first])
            if first in self.story.inductions:
                yield from self._closing(within.pop(first))
            elif first not in self.story.silent:
                yield from self._chain(chain, list(within.values())[-1:])

    # Inductions.

    def _opening(self, found: Induction) -> Iterator[Block]:
        """What is shown by induction, and how."""
        claim = self.replayed.lines[found.line]
        variable = self._variable(found)
        free = {v for e in claim.equations for v in (*e.lhs.free, *e.rhs.free)} - self.given | {variable}
        ranges = quantified(self.language, sorted(free), bounds_of(claim))
        yield Prose(say(self.language, "for ranges", ranges=ranges), True, self._title(found.line))
        equation = claim.equations[0]
        yield Display((Row(equation.lhs, "=", equation.rhs, number=self._number(found.line)),))
        self.pending = (*say(self.language, "by induction", index=(natural(index(variable)),)), " ")

    def _closing(self, found: Induction) -> Iterator[Block]:
        variable = index(self._variable(found))
        fields: dict[str, Phrase] = {"index": (natural(shifted(variable, 1)),), "variable": (natural(variable),)}
        yield Prose(say(self.language, "induced", equation=self.numbers[found.line], **fields))

    def _variable(self, found: Induction) -> str:
        name: str = self.replayed.steps[found.line].terms[0].value.variables[0]
        return name

    def _role(self, chain: Sequence[int], found: Induction) -> Iterator[Block]:
        """What a chain is in the proof by induction that it stands in."""
        variable, bounds = index(self._variable(found)), bounds_of(self.replayed.lines[chain[-1]])
        at: Phrase = ()
        if chain[-1] == found.base:
            at, key = (Equation(natural(variable), number(0)),), "base"
        elif chain[-1] == found.step:
            at, key = (natural(shifted(variable, 1)),), "step"
        if at:
            comma = say(self.language, "and")
            where = (*at, *(p for b in bounds for p in (*comma, b)))
            yield Prose((*self.pending, *say(self.language, key, index=where)), True)
            self.pending = ()

    # Chains.

    def _chain(self, chain: Sequence[int], within: Sequence[Induction]) -> Iterator[Block]:
        rows, language = self._rows(chain), self.language
        if not rows:
            return
        hypothesis = next((found for found in within if found.hypothesis == chain[0]), None)
        if hypothesis is not None:
            at = (natural(index(self._variable(hypothesis))),)
            found = say(language, "assumed", equation=self.numbers[hypothesis.line], index=at)
            self.pending = (*self.pending, *found, " ")
            return
        if roles := [block for found in within for block in self._role(chain, found)]:
            yield from roles
        elif self.story.is_indexed:
            if self.pending:
                yield Prose(self.pending[:-1])
                self.pending = ()
            yield from self._lead(chain, rows)
        yield Display(tuple(rows))

    def _lead(self, chain: Sequence[int], rows: list[Row]) -> Iterator[Block]:
        """What stands in front of a chain that is no part of an induction: a lemma, or the proof of the claim."""
        last, language = chain[-1], self.language
        claim = self.replayed.lines[last]
        free = {v for e in claim.equations for v in (*e.lhs.free, *e.rhs.free)} - self.given
        ranges = quantified(language, sorted(free), bounds_of(claim))
        lead = say(language, "for ranges", ranges=ranges) if ranges else ()
        title: Phrase = ()
        if last in self.story.cited and self.replayed.steps[last].rule != "assume":
            title = self._title(last)
        elif last in self.replayed.goals and self.titled:
            title = say(language, "proof of claim")
        if title or lead:
            yield Prose(lead, True, title)
        if last in self.story.cited and len(rows) > 1:
            equation = claim.equations[0]
            yield Display((Row(equation.lhs, "=", equation.rhs, number=rows[-1].number),))
            rows[-1] = replace(rows[-1], number="")
            yield Prose((), True, say(language, "proof"))

    def _title(self, line: int) -> Phrase:
        """Lemma 1, Lemma 2, …; Theorem for the last induction; Claim for what is claimed."""
        self.titled = True
        if line in self.replayed.goals:
            return say(self.language, "claimed")
        if line == max(self.story.inductions, default=None):
            return say(self.language, "theorem")
        self.lemmas += 1
        return say(self.language, "lemma", number=str(self.lemmas))

    def _rows(self, chain: Sequence[int]) -> list[Row]:
        """The rows of a chain, with their reasons and numbers."""
        rows: list[Row] = []
        told = set(shown(self.replayed, chain)) | {i for i in self.story.cited.intersection(chain) if self._starts(i)}
        if not told and self.story.is_indexed:
            told = {chain[-1]}
        for i in chain:
            if i in told:
                equation = self.replayed.lines[i].equations[0]
                why = () if self._starts(i) else self._reason(i)
                rows.append(Row(None if rows else equation.lhs, "=", equation.rhs, why))
            if i in self.story.cited:
                if rows[-1].number:
                    self.numbers[i] = rows[-1].number  # it prints like the line before
                rows[-1] = replace(rows[-1], number=self._number(i))
        return rows

    def _starts(self, i: int) -> bool:
        return self.replayed.steps[i].rule == "start"

    def _reason(self, i: int) -> Phrase:
        step, lines = self.replayed.steps[i], self.replayed.lines
        if not self.story.is_indexed:
            return reason(self.language, step, lines, self.bodies)
        if self.story.is_hypothesis(i):
            return say(self.language, "induction hypothesis")
        before, after = (lines[k].equations[0].rhs for k in (step.premises[0] if step.premises else i, i))
        rebracketed = step.rule == "regroup" and flat(before, brackets=False) == flat(after, brackets=False)
        told = Told(self._refer, not self.story.continues(i), before, after, rebracketed)
        return reason(self.language, step, lines, self.bodies, told)

    def _number(self, line: int) -> str:
        """The number of an equation, as (1): the next one where it has none yet."""
        return self.numbers.setdefault(line, WORDING[self.language]["equation"].format(number=len(self.numbers) + 1))

    def _refer(self, line: int) -> Phrase:
        """What a reader is told to look at: (1), or the induction hypothesis, or (1) with p = L."""
        if self.story.is_hypothesis(line):
            return say(self.language, "the hypothesis")
        found = self.story.reference(line)
        if self.story.is_hypothesis(found.line):
            reference = say(self.language, "the hypothesis")
        else:
            reference = (self._number(found.line),)
        if found.what is None or found.value is None:
            return reference
        return bound_to(self.language, reference, found.what, found.value)


def bounds_of(claim: Claim) -> list[Bound]:
    """The ranges of indices in which a line holds."""
    return [c for c in claim.conditions if isinstance(c, Bound)]
