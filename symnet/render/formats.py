"""The formats: LaTeX, Markdown and plain text, each a row of templates around the same blocks.

A format says how words look inside a formula and formulas inside prose, how wide a line may be, and how the laid lines
of a display are put together.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice, pairwise
from typing import Final

from symnet.errors import UsageError
from symnet.render.blocks import Block, Display, Heading, Page, Table
from symnet.render.digits import ratio
from symnet.render.escape import latex_prose, latex_symbols, markdown_prose, plain_prose
from symnet.render.layout import Layout, Line, Ruler
from symnet.render.notation import LATEX, TEXT, Notation, latex_width
from symnet.render.page import blocks, inventory, terms
from symnet.render.piece import Piece
from symnet.render.printer import Printer
from symnet.render.relations import Related, relation
from symnet.render.tables import Cells, latex_table, markdown_table, plain_table
from symnet.render.wording import Formula, Part, Phrase
from symnet.term import Bound, Equation, Term

#: A display of more lines is set as several, so that TeX need not hold all of it at once.
LONGEST_DISPLAY: Final = 120
#: The most symbols that are printed at once, and piece by piece.
LONGEST_TEXT: Final = 2_000_000
LONGEST_STREAM: Final = 200_000_000
#: How TeX indents the lines of a row.
QUAD: Final = "\\quad {}"
QQUAD: Final = "\\qquad {}"
#: How many columns plain text takes.
COLUMNS: Final = 100


@dataclass(frozen=True, slots=True)
class Format:
    """One row: ``prose`` escapes a string, ``inline`` wraps a formula in prose, ``words`` prose in a formula, and
    ``symbols`` writes signs such as ∞ there.

    ``fraction`` is the part of a line that a fraction may take; wider ones are written with a slash. ``closer`` stands
    around a display that follows another one, and a paragraph is ``attached`` to a display that follows it.
    """

    notation: Notation
    ruler: Ruler
    fraction: float | None
    prose: Callable[[str], str]
    words_width: Callable[[str], float]
    inline: str
    words: str
    after_label: Piece
    before_number: Piece
    headings: dict[int, str]
    strong: str
    paragraph: Callable[[str], str]
    attached: Callable[[str], str]
    lead: Callable[[str], str]
    display: Callable[[Iterator[Line], Writer], Iterator[str]]
    symbols: Callable[[str], str]
    table: Callable[[Cells, Sequence[Cells]], str]
    closer: tuple[str, str] = ("", "")

    @property
    def widest(self) -> float | None:
        """How wide a fraction may be."""
        return None if self.fraction is None else self.fraction * self.ruler.line


class Writer:
    """Writes one page in one format, piece by piece."""

    def __init__(self, form: Format, page: Page, longest: int | None = None) -> None:
        size, longest = sum(t.size for t in terms(page)), longest or LONGEST_TEXT
        if size > longest:
            raise UsageError(f"{size:,} symbols are too many to print {_way_out(longest)}")
        self.form = form
        self.page = page
        self.inventory = inventory(page)
        self.printer = Printer.on(form.notation, self.inventory, form.widest)
        self.layout = Layout(self.printer, form.ruler, self.reason, self.label)

    def parts(self) -> Iterator[str]:
        """The page, piece by piece."""
        before: Block | None = None
        all_blocks = blocks(self.page, self.inventory)
        for block, after in pairwise(chain(all_blocks, (None,))):
            if block is not None:
                opening, closing = self.form.closer if _follows(before, block) else ("", "")
                yield from (opening,) if opening else ()
                yield from self.block(block, isinstance(after, Display))
                yield from (closing,) if closing else ()
            before = block

    def block(self, block: Block, leads: bool = False) -> Iterator[str]:
        """One block of a page, piece by piece; ``leads`` says that a display comes next."""
        if isinstance(block, Heading):
            yield self.form.headings[block.level].format(self.prose(block.text))
        elif isinstance(block, Display):
            yield from self.form.display(self.layout.lines(block.rows), self)
        elif isinstance(block, Table):
            head, *rows = (tuple(map(self.prose, row)) for row in (block.head, *block.rows))
            yield self.form.table(head, rows)
        else:
            title = self.form.strong.format(self.prose(block.title)) + " " if block.title else ""
            text = title + self.prose(block.text)
            yield (self.form.lead if block.leads else self.form.attached if leads else self.form.paragraph)(
                text.strip()
            )

    def prose(self, phrase: Phrase) -> str:
        """A phrase as running text."""
        wrap, escape = self.form.inline.format, self.form.prose
        return "".join(escape(p) if isinstance(p, str) else wrap(self._formula(p).text) for p in phrase)

    def inside(self, phrase: Phrase) -> Piece:
        """A phrase inside a formula, and its width."""
        pieces = [self._formula(part) for part in _merged(phrase)]
        opening, closing = self.form.notation.group
        texts = [f"{opening}{p.text}{closing}" if p.text.startswith("-") else p.text for p in pieces]
        return Piece("".join(texts), sum(p.width for p in pieces))  # grouped: a sign, and not minus what is before it

    def reason(self, phrase: Phrase, number: str = "") -> Piece:
        """A reason, in brackets, and behind it the number of an equation."""
        why = self.inside(("(", *phrase, ")")) if phrase else Piece("", 0)
        if not number:
            return why
        found, gap = self.inside((number,)), self.form.before_number if phrase else Piece("", 0)
        return Piece(why.text + gap.text + found.text, why.width + gap.width + found.width)

    def label(self, phrase: Phrase) -> Piece:
        """A phrase in front of a formula."""
        words, gap = self.inside(phrase), self.form.after_label
        return Piece(words.text + gap.text, words.width + gap.width) if phrase else Piece("", 0)

    def _formula(self, part: Part) -> Piece:
        if isinstance(part, str):
            return Piece(self.form.words.format(self.form.prose(part)), self.form.words_width(part))
        if isinstance(part, tuple):
            return self.printer.name.shape(part)
        if isinstance(part, Term):
            return Piece(*self.printer.inline(part))
        if isinstance(part, Related):
            return self._related(part)
        if isinstance(part, Formula):
            return self._signs(part)
        if isinstance(part, Bound | Equation):
            return self._related(relation(part) if isinstance(part, Bound) else Related(part.lhs, "=", part.rhs))
        return self.printer.grouped(self.printer.function(part))  # grouped: not an operator before what follows

    def _signs(self, part: Formula) -> Piece:
        flat = self.printer.raised  # a fraction with a slash, since brackets do not grow
        texts = (
            ratio(p.value).replace("-", "−") if isinstance(p, Term) and p.op == "number" else p for p in part.parts
        )
        signs = [Piece(self.form.symbols(p), len(p)) if isinstance(p, str) else Piece(*flat.inline(p)) for p in texts]
        return Piece("".join(p.text for p in signs), sum(p.width for p in signs))

    def _related(self, part: Related) -> Piece:
        signs = self.form.notation.relations
        found = [Piece(*self.printer.inline(part.lhs)), signs[part.relation], Piece(*self.printer.inline(part.rhs))]
        if part.low is not None:
            found = [Piece(*self.printer.inline(part.low[0])), signs[part.low[1]], *found]
        text = "".join(f" {p.text}" if i % 2 else p.text for i, p in enumerate(found))
        return Piece(text, sum(p.width for p in found) + self.form.notation.space.width * (len(found) // 2))


def _follows(before: Block | None, block: Block) -> bool:
    """Whether a display stands behind another one, with nothing in between."""
    return isinstance(before, Display) and isinstance(block, Display)


def _way_out(longest: int) -> str:
    if longest < LONGEST_STREAM:
        return (
            f"at once: {longest:,} are the most; latex_parts, markdown_parts and plain_parts give a longer page piece "
            "by piece, to be written to a file"
        )
    return f"at all: {longest:,} are the most; print a smaller network, or with names for the layers' coefficients"


def _merged(phrase: Phrase) -> Iterator[Part]:
    """The phrase with neighbouring strings made one."""
    for is_words, run in groupby(phrase, lambda part: isinstance(part, str)):
        parts = tuple(run)
        yield from ("".join(map(str, parts)),) if is_words else parts


# The displays.


def _aligned(lines: Sequence[Line], writer: Writer, reason: str, together: str = "") -> str:
    """Lines as TeX aligns them: left side & indent, body, reason. A line and the reason below it stay ``together``."""
    rows: list[str] = []
    for line in lines:
        indent = ("", QUAD, QQUAD)[line.indent]
        why = reason.format(writer.reason(line.reason, line.number).text) if line.reason or line.number else ""
        if rows:
            rows[-1] += " \\\\" + ("" if line.body else together) + "\n"
        rows.append(f"{line.left} &{indent}{line.body}{why}".strip())
    return "".join(rows)


def _latex_display(lines: Iterator[Line], writer: Writer) -> Iterator[str]:
    while some := list(islice(lines, LONGEST_DISPLAY)):
        body = _aligned(some, writer, " \\tag*{{${}$}}", "*")
        yield f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def _markdown_display(lines: Iterator[Line], writer: Writer) -> Iterator[str]:
    yield f"$$\n\\begin{{aligned}}\n{_aligned(list(lines), writer, ' && {}')}\n\\end{{aligned}}\n$$\n\n"


def _plain_display(laid: Iterator[Line], writer: Writer) -> Iterator[str]:
    """Reasons stand in a column where the lines leave room for it, and end the line where they do not."""
    lines = list(laid)
    whys = [writer.reason(line.reason, line.number).text for line in lines]
    texts = [_plain_line(line, writer) for line in lines]
    widest = max((len(t) for t, why in zip(texts, whys, strict=True) if why), default=0)
    column = min(widest + 4, COLUMNS - max(map(len, whys)))
    for text, why in zip(texts, whys, strict=True):
        at = max(column, len(text) + 2)
        yield f"{text:<{at}}{why}".rstrip() + "\n"
    yield "\n"


def _plain_line(line: Line, writer: Writer) -> str:
    margin = round(line.left_width) + 3
    return f"{'  ' + line.left:>{margin - 1}} {' ' * int(writer.form.ruler.indent) * line.indent}{line.body}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False) + "\n\n"


# The rows of the table.

PLAIN: Final = Format(
    notation=TEXT,
    ruler=Ruler(line=COLUMNS - 3, indent=4, gap=2, left=30),
    fraction=None,
    prose=plain_prose,
    words_width=len,
    inline="{}",
    words="{}",
    after_label=Piece("  ", 2),
    before_number=Piece("  ", 2),
    headings={1: "{}\n\n", 2: "{}:\n\n"},
    strong="{}",
    paragraph=_wrapped,
    attached=_wrapped,
    lead=_wrapped,
    display=_plain_display,
    symbols=str,
    table=plain_table,
)

# 160 mm at 11 points are 41.5 em; a display indented as fleqn does has 39 of them.
LATEX_FORMAT: Final = Format(
    notation=LATEX,
    ruler=Ruler(line=38.6, indent=2.0, gap=1.2, left=11.5),
    fraction=0.7,
    prose=latex_prose,
    words_width=latex_width,
    inline="${}$",
    words="\\text{{{}}}",
    after_label=Piece("\\quad ", 1.0),
    before_number=Piece("\\quad ", 1.0),
    strong="\\par\\medskip\\noindent\\textbf{{{}}}",
    headings={1: "\\section*{{{}}}\n", 2: "\\par\\medskip\\noindent\\textbf{{{}.}}\n"},
    paragraph=lambda text: f"\\par\\noindent {text}\\par\n",
    attached=lambda text: f"\\par\\noindent {text}\n",
    lead=lambda text: f"{text}\n",
    display=_latex_display,
    symbols=latex_symbols,
    table=latex_table,
    closer=("{\\abovedisplayskip=0pt\n", "}%\n"),  # otherwise there are two gaps, one below the other
)

MARKDOWN: Final = Format(
    notation=LATEX,
    ruler=Ruler(line=46.0, indent=2.0, gap=1.2, left=11.5),
    fraction=0.7,
    prose=markdown_prose,
    words_width=latex_width,
    inline="${}$",
    words="\\text{{{}}}",
    after_label=Piece("\\quad ", 1.0),
    before_number=Piece("\\quad ", 1.0),
    strong="**{}**",
    headings={1: "# {}\n\n", 2: "## {}\n\n"},
    paragraph=lambda text: f"{text}\n\n",
    attached=lambda text: f"{text}\n\n",
    lead=lambda text: f"{text}\n\n",
    display=_markdown_display,
    symbols=latex_symbols,
    table=markdown_table,
)

PREAMBLE: Final = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath}
\usepackage[margin=2.5cm]{geometry}
\allowdisplaybreaks
\raggedright
\begin{document}
"""
END: Final = "\\end{document}\n"


def latex_fragment(page: Page, width: float = 32.0) -> str:
    r"""The page for pasting into a LaTeX document that loads amsmath, with lines at most ``width`` em wide.

    The default fits the text of an ``article`` at any size of its font; a column of a two-column one takes 20. Where
    Σ and ∏ make displays tall, these may break across pages.

    Raises :class:`~symnet.errors.SymnetError` when two names on the page would print alike, as all formats do.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> x = symbol("x")
    >>> steps = (Step("start", (), (x + x,)), Step("regroup", (0,), (2 * x,)))
    >>> page = Page("Twice", replay(Derivation((), steps, (1,))))
    >>> print(latex_fragment(page))  # doctest: +ELLIPSIS
    \section*{Twice}
    \par\medskip\noindent\textbf{Claim.}
    \begin{align*}
    x + x &= 2 x
    \end{align*}
    ...
    \begin{align*}
    x + x &= 2 x \tag*{$\text{(collect terms)}$}
    \end{align*}
    <BLANKLINE>
    """
    writer = Writer(replace(LATEX_FORMAT, ruler=replace(LATEX_FORMAT.ruler, line=width)), page)
    text = "".join(writer.parts())
    return f"{{\\allowdisplaybreaks\n{text}}}\n" if writer.inventory.binders else text


def latex_document(page: Page) -> str:
    r"""The page as a LaTeX document of its own, A4 at 11 points, for pdflatex; it compiles without any warning.

    A name of more than some 60 letters, or a row of cases wider than the page, sticks out: neither can be broken.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> latex_document(Page("x", replay(Derivation((), (Step("start", (), (symbol("x"),)),), (0,)))))[:14]
    '\\documentclass'
    """
    return "".join((PREAMBLE, *Writer(LATEX_FORMAT, page).parts(), END))


def latex_parts(page: Page) -> Iterator[str]:
    """:func:`latex_document` piece by piece, for pages of any length: no more than one display is held at a time.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> page = Page("x", replay(Derivation((), (Step("start", (), (symbol("x"),)),), (0,))))
    >>> "".join(latex_parts(page)) == latex_document(page)
    True
    """
    writer = Writer(LATEX_FORMAT, page, LONGEST_STREAM)
    return chain((PREAMBLE,), writer.parts(), (END,))


def markdown_parts(page: Page) -> Iterator[str]:
    """:func:`markdown` piece by piece, as :func:`latex_parts`."""
    return _ended(Writer(MARKDOWN, page, LONGEST_STREAM).parts())


def plain_parts(page: Page) -> Iterator[str]:
    """:func:`plain` piece by piece, as :func:`latex_parts`."""
    return _ended(Writer(PLAIN, page, LONGEST_STREAM).parts())


def _ended(parts: Iterator[str]) -> Iterator[str]:
    """The parts, with one line end after the last."""
    held = ""
    for part in parts:
        text = held + part
        kept = text.rstrip()
        yield kept
        held = text[len(kept) :]
    yield "\n"


def markdown(page: Page) -> str:
    """The page as Markdown, with formulas as GitHub and MathJax read them.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> markdown(Page("A title", replay(Derivation((), (Step("start", (), (symbol("x"),)),), (0,)))))[:9]
    '# A title'
    """
    return "".join(_ended(Writer(MARKDOWN, page).parts()))


def plain(page: Page) -> str:
    """The page for a terminal, at most 100 columns wide where its formulas can be broken.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> x = symbol("x")
    >>> steps = (Step("start", (), (x + x,)), Step("regroup", (0,), (2 * x,)))
    >>> print(plain(Page("Twice", replay(Derivation((), steps, (1,))))))
    Twice
    <BLANKLINE>
    Claim:
    <BLANKLINE>
      x + x = 2 x
    <BLANKLINE>
    Here x is any real number.
    <BLANKLINE>
    Derivation:
    <BLANKLINE>
      x + x = 2 x    (collect terms)
    <BLANKLINE>
    """
    return "".join(_ended(Writer(PLAIN, page).parts()))
