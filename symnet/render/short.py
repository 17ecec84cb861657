"""Short forms of a page: what a ``repr`` shows, what a notebook shows, what `symnet replay` prints."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from symnet.render.expression import claim_text, equation_text
from symnet.render.formats import MARKDOWN, PLAIN, Writer
from symnet.render.layout import Row
from symnet.render.page import Heading, Page, blocks
from symnet.render.wording import say
from symnet.term import Definition, Equation, Term, symbols

#: Formulas of more nodes than this are cut in a ``repr``.
LONGEST: Final = 400


def summary(page: Page) -> str:
    """The claim on one line, and below it what its names stand for, when they were introduced for the result.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> s, x = symbol("s"), symbol("x")
    >>> steps = (Step("start", (), (x + x,)), Step("fold", (0,), (s,)))
    >>> print(summary(Page("", replay(Derivation((Definition(s, x + x),), steps, (1,))))))
    x + x = s
      where s = x + x
    """
    claim = page.replayed.claim
    lead = "  where "
    rests = claim.conditions or claim.hypotheses
    lines = [claim_text(claim, page.language)] if rests else list(map(equation_text, claim.equations))
    for definition in introduced(page):
        body = definition.body
        shown = equation_text(Equation(definition.symbol, body)) if body.size <= LONGEST else _cut(definition)
        lines.append(lead + shown)
        lead = " " * len(lead)
    lines += [f"{lead}{equation_text(Equation(d.symbol, d.body))}, and so on down the layers" for d in _below(page)]
    return "\n".join(lines)


def _below(page: Page) -> list[Definition]:
    """The definitions of what the introduced names are made of, in a result bound layer by layer."""
    inner = symbols(*(d.body for d in introduced(page)))
    return [d for d in page.replayed.definitions if d.symbol in inner]


def introduced(page: Page) -> list[Definition]:
    """The definitions of the names on the right-hand sides of the claim."""
    named = symbols(*(e.rhs for e in page.replayed.claim.equations))
    return [d for d in page.replayed.definitions if d.symbol in named]


def statement(page: Page) -> str:
    """The page for a terminal without the derivation: the claim, what it rests on, and every definition."""
    writer, end = Writer(PLAIN, page), Heading(say(page.language, "derivation"))
    parts = (part for block in takewhile(lambda b: b != end, blocks(page)) for part in writer.block(block))
    return "".join(parts).rstrip()


def latex_summary(page: Page) -> str:
    """The claim and what its names stand for, as one display for a notebook."""
    writer = Writer(MARKDOWN, page)
    rows = [Row(e.lhs, "=", e.rhs) for e in page.replayed.claim.equations]
    rows += [Row(d.symbol, ":=", d.body) for d in introduced(page)]
    return "".join(writer.form.display(list(writer.layout.lines(rows)), writer)).strip()


def _cut(definition: Definition) -> str:
    return f"{_name(definition.symbol)} = … ({definition.body.size:,} symbols)"


def _name(symbol: Term) -> str:
    return equation_text(Equation(symbol, symbol)).split(" = ")[0]
