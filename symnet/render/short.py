"""Short forms of a page: what a ``repr`` shows, what a notebook shows, what `symnet replay` prints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from symnet.kernel.scope import family
from symnet.render.blocks import Heading, Page
from symnet.render.expression import condition_with, statement_with, statements_with
from symnet.render.formats import MARKDOWN, PLAIN, Writer
from symnet.render.layout import Row
from symnet.render.meanings import recursions
from symnet.render.notation import TEXT
from symnet.render.page import blocks, inventory
from symnet.render.printer import Printer
from symnet.render.relations import SIGNS
from symnet.render.statement import Statement, claim_terms, common, statements
from symnet.render.statement import rows as statement_rows
from symnet.render.wording import say
from symnet.term import Bound, Condition, Definition, Equation, Term, symbols

#: Formulas of more nodes than this are cut in a ``repr``, and pages of more nodes on a terminal.
LONGEST: Final = 400
LONGEST_PAGE: Final = 100_000


def printer(page: Page) -> Printer:
    """The printer of text under which the names on this page stay distinct."""
    return Printer.on(TEXT, inventory(page))


def summary(page: Page, known: Sequence[Definition] = ()) -> str:
    """The claim on one line, and below it what its names stand for, but for the definitions that are known.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> s, x = symbol("s"), symbol("x")
    >>> steps = (Step("start", (), (x + x,)), Step("fold", (0,), (s,)))
    >>> print(summary(Page("", replay(Derivation((Definition(s, x + x),), steps, (1,))))))
    x + x = s
      where s = x + x
    """
    claim, text = page.replayed.claim, printer(page)
    said, conditions = statements(page.replayed), common(page.replayed)
    if sum(t.size for t in claim_terms(claim)) > LONGEST_PAGE:
        lines = [f"a claim of {sum(t.size for t in claim_terms(claim)):,} symbols"]
    elif (conditions or claim.hypotheses) and not any(s.conditions for s in said):
        lines = [statements_with(text, said, conditions, claim.hypotheses, page.language)]
    else:
        lines = [statements_with(text, [s], conditions, claim.hypotheses, page.language) for s in said]
    lead = "  where "
    for definition, after in _shown(page, known):
        lines.append(lead + _definition(text, definition) + after)
        lead = " " * len(lead)
    return "\n".join(lines)


def introduced(page: Page) -> list[Definition]:
    """The definitions of the names on the right-hand sides of the claim."""
    return _definitions(page, *(e.rhs for e in page.replayed.claim.equations))


def parts(page: Page) -> dict[str, list[str]]:
    """The claim, its conditions and hypotheses, and the definitions, each formula as text; long ones are cut."""
    claim, text = page.replayed.claim, printer(page)
    definitions = [Equation(d.symbol, d.body) for d in page.replayed.definitions]
    longest = LONGEST_PAGE if _size(page) <= LONGEST_PAGE else LONGEST
    return {
        "claim": [_statement(page, text, s, longest) for s in statements(page.replayed)],
        "definitions": [_cut(text, e, longest) for e in definitions],
        "conditions": [_condition(text, c, longest) for c in common(page.replayed)],
        "hypotheses": [_cut(text, h, longest) for h in claim.hypotheses],
    }


def statement(page: Page) -> str:
    """The page for a terminal without the derivation: the claim, what it rests on, and every definition."""
    if _size(page) > LONGEST_PAGE:
        return f"{summary(page)}\n{_size(page):,} symbols with all definitions: write them to a file with -o"
    writer, end = Writer(PLAIN, page), Heading(say(page.language, "derivation"))
    found = (part for block in takewhile(lambda b: b != end, blocks(page)) for part in writer.block(block))
    return "".join(found).rstrip()


def latex_summary(page: Page) -> str:
    """The claim and what its names stand for, as one display for a notebook."""
    writer = Writer(MARKDOWN, page)
    rows = list(statement_rows(page.replayed, statements(page.replayed), page.language, writer.printer.variables))
    rows += [Row(d.symbol, ":=", d.body) for d in introduced(page)]
    return "".join(writer.form.display(writer.layout.lines(rows), writer)).strip()


def _size(page: Page) -> int:
    """The nodes of the claim and of every definition."""
    replayed = page.replayed
    return sum(t.size for t in claim_terms(replayed.claim)) + sum(d.body.size for d in replayed.definitions)


def _definitions(page: Page, *terms: Term) -> list[Definition]:
    """The definitions of the symbols in terms; of a member of a recursion, both."""
    named, definitions = symbols(*terms), page.replayed.definitions
    families = recursions(definitions) & {family(s.name) for s in named}
    return [d for d in definitions if d.symbol in named or family(d.symbol.name) in families]


def _shown(page: Page, known: Sequence[Definition]) -> list[tuple[Definition, str]]:
    """The definitions of the claim's names and of the names in those, each with what is said after it."""
    hidden = {d.symbol for d in known}
    first = [d for d in _definitions(page, *claim_terms(page.replayed.claim)) if d.symbol not in hidden]
    seen = hidden | {d.symbol for d in first}
    below = [d for d in _definitions(page, *(d.body for d in first)) if d.symbol not in seen]
    seen |= {d.symbol for d in below}
    deeper = any(d.symbol not in seen for d in _definitions(page, *(d.body for d in below)))
    return [(d, "") for d in first] + [(d, ", and so on" if deeper else "") for d in below]


def _definition(text: Printer, definition: Definition) -> str:
    return _cut(text, Equation(definition.symbol, definition.body), LONGEST)


def _condition(text: Printer, condition: Condition | Bound, longest: int) -> str:
    if isinstance(condition, Condition) and condition.term.size > longest:
        return f"{_cut_term(text, condition.term, longest)} {SIGNS[condition.relation]} 0"
    return condition_with(text, condition)


def _statement(page: Page, text: Printer, statement: Statement, longest: int) -> str:
    if isinstance(statement.said, Equation) and not statement.conditions:
        return _cut(text, statement.said, longest)
    return statement_with(text, statement, page.language)


def _cut(text: Printer, equation: Equation, longest: int) -> str:
    sides = (_cut_term(text, side, longest) for side in (equation.lhs, equation.rhs))
    return " = ".join(sides)


def _cut_term(text: Printer, term: Term, longest: int) -> str:
    return text.write(term) if term.size <= longest else f"… ({term.size:,} symbols)"
