"""Rows of a display, broken into lines that fit.

A row is ``left relation right (reason)``. A left side that is too long stands on lines of its own, with the relation
below it. A long right side breaks greedily: among the breaks that leave no line shorter than a third, the one with the
lowest rank, and of these the last. The reason stands on the last line of its row, or alone on the next when it does
not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from symnet.render.piece import Piece
from symnet.render.printer import Addend, Printer, Token
from symnet.render.wording import Phrase
from symnet.term import Term

#: A left side of more nodes than this stands on lines of its own.
_LARGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One relation of a display; ``left`` is None where it continues the chain above. ``more`` follows on the line."""

    left: Term | None
    relation: str
    right: Term
    reason: Phrase = ()
    label: Phrase = ()
    number: str = ""
    more: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A chain that stands on one line where it fits, with one reason, and otherwise row by row."""

    rows: tuple[Row, ...]
    reason: Phrase = ()


@dataclass(frozen=True, slots=True)
class Ruler:
    """The measures of a format, in its unit of width: the whole line, one indent, the gap before a reason, and the
    widest left side that still stands beside its relation."""

    line: float
    indent: float
    gap: float
    left: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line to set: what stands left of the alignment, and what right of it, indented. ``width`` is the body's,
    with its indent; ``left_width`` that of the left column of the whole display. ``number`` is the equation's.
    """

    left: str = ""
    indent: int = 0
    body: str = ""
    reason: Phrase = ()
    width: float = 0.0
    left_width: float = 0.0
    number: str = ""


def broken(tokens: Iterable[Token], first: float, later: float) -> Iterator[tuple[str, float]]:
    """The lines of an expression, each with its width: the first fits in ``first``, the others in ``later``.

    A stretch without any break that does not fit stays as it is: nothing is ever left out. No more tokens are held
    than a line has.

    >>> from symnet.render.notation import TEXT
    >>> from symnet.term import symbol
    >>> total = symbol("a") + symbol("b") * (symbol("c") + symbol("d"))
    >>> [line for line, _ in broken(Printer.of(TEXT, total).tokens(total), 9, 9)]
    ['a + b (c', '+ d)']
    """
    source, room, begun = iter(tokens), first, False
    line = list(islice(source, 1))
    while line:
        end, width = stop(line, source, begun, room)
        yield joined(line[:end], begun).rstrip(), width
        del line[:end]
        line = line or list(islice(source, 1))
        room, begun = later, True


def stop(line: list[Token], source: Iterator[Token], begun: bool, room: float) -> tuple[int, float]:
    """Where the line ends, and how wide it is; ``line`` is read on from the source as far as needed."""
    breaks: list[tuple[int, float, int]] = []  # rank, width before it, where
    used = line[0].lead_width if begun else line[0].width
    for i, token in enumerate(chain(line[1:], source), 1):
        if i == len(line):
            line.append(token)
        if token.rank is not None:
            if used > room:
                return _best(breaks, room) if breaks else (i, used)
            breaks.append((token.rank, used, i))
        used += token.width
    return _best(breaks, room) if used > room and breaks else (len(line), used)


def _best(breaks: Sequence[tuple[int, float, int]], room: float) -> tuple[int, float]:
    late = [b for b in breaks if b[1] >= room / 3] or breaks[-1:]
    _, width, where = min(late, key=lambda b: (b[0], -b[2]))
    return where, width


def summed(
    summands: Iterable[Addend], spelled: Callable[[Addend], Iterable[Token]], first: float, later: float
) -> Iterator[tuple[str, float]]:
    """The lines of a sum, each with its width, as :func:`broken` breaks them.

    Where a line can end before a sign that is not too near its beginning, it does. Only where it cannot are the
    summands on it ``spelled`` out.
    """
    held: list[Token] = []  # what was left over on the line when the one before ended inside a summand,
    line: list[Addend] = []  # the summands on the line behind that,
    texts: list[str] = []  # and all of it as text
    used, room, least, begun = 0.0, first, first / 3, False
    for summand in summands:
        text, width, sign, _ = summand
        before, gap, _, lead, lead_gap = sign
        wider = used + gap + width
        if wider <= room:
            texts.append(before + text)
            line.append(summand)
            used = wider
            continue
        if used >= least and texts:
            yield "".join(texts).rstrip(), used
            held, line, texts = [], [summand], [lead + text]
            used, room, least, begun = lead_gap + width, later, later / 3, True
        else:
            line.append(summand)
            texts.append(before + text)
            used = wider
        while used > room:
            tokens = [*held, *(token for s in line for token in spelled(s))]
            end, width = stop(tokens, iter(()), begun, room)
            held, line = tokens, []
            if end == len(tokens):
                break
            yield joined(tokens[:end], begun).rstrip(), width
            held, room, least, begun = tokens[end:], later, later / 3, True
            texts, used = [joined(held, begun)], held[0].lead_width + sum(token.width for token in held[1:])
    if texts:
        yield "".join(texts).rstrip(), used


def joined(tokens: Sequence[Token], begun: bool) -> str:
    """The tokens of a line as text; a line that is not the first begins with its first token's lead."""
    return (tokens[0].lead if begun else tokens[0].text) + "".join([token.text for token in tokens[1:]])


class Layout:
    """Lays the rows of one display. ``phrase`` sets a reason with a number, ``label`` a label, as the format does."""

    def __init__(
        self,
        printer: Printer,
        ruler: Ruler,
        phrase: Callable[[Phrase, str], Piece],
        label: Callable[[Phrase], Piece],
    ) -> None:
        self.printer = printer
        self.ruler = ruler
        self.phrase = phrase
        self.label = label
        self.column = 0.0

    def lines(self, rows: Iterable[Row | Run]) -> Iterator[Line]:
        """The lines of the rows, aligned at their relations."""
        given = list(rows)
        heads = [self._head(row.rows[0] if isinstance(row, Run) else row).width for row in given]
        self.column = max(heads, default=0.0)
        found = [(row, self._head(row)) for row in chain.from_iterable(map(self._spread, given))]
        self.column = max((head.width for _, head in found), default=0.0)
        hanging = False
        for row, head in found:
            if row.left:
                hanging = self._short(row.left) is None
                if hanging:
                    yield from self._own(row.left, head.text)
            yield from self._right(row, "" if hanging else head.text, int(hanging))

    def _spread(self, row: Row | Run) -> Sequence[Row]:
        """A run as one row, if that fits on a line."""
        if not isinstance(row, Run):
            return (row,)
        first, *rest = row.rows
        one = replace(first, reason=row.reason, more=tuple((r.relation, r.right) for r in rest))
        relation = self.printer.notation.relations[first.relation].width
        needed = self.column + relation + sum(token.width for token in self._tokens(one)) + self.ruler.gap
        fits = self._short(first.left) is not None if first.left else True
        needed += self.phrase(row.reason, "").width
        return (one,) if fits and needed <= self.ruler.line else row.rows

    def _tokens(self, row: Row) -> Iterator[Token]:
        """What stands behind the relation of a row, with further relations."""
        yield from self.printer.tokens(row.right)
        for relation, term in row.more:
            sign = self.printer.notation.relations[relation]
            yield Token(f" {sign.text}", sign.width + self.printer.notation.plus.width / 2, -1, sign.text, sign.width)
            yield from self.printer.tokens(term)

    def _short(self, left: Term) -> Piece | None:
        """A left side that is short enough to stand beside its relation."""
        if left.size > _LARGE:
            return None
        tokens = list(self.printer.tokens(left))
        width = sum(token.width for token in tokens)
        return Piece("".join(token.text for token in tokens), width) if width <= self.ruler.left else None

    def _head(self, row: Row) -> Piece:
        """What stands left of the alignment: the label, and the left side if it is short."""
        label, left = self.label(row.label), self._short(row.left) if row.left else None
        return Piece(label.text + left.text, label.width + left.width) if left else label

    def _own(self, left: Term, label: str) -> Iterator[Line]:
        """A long left side, on lines of its own; what follows it hangs below."""
        room = self.ruler.line - self.column
        for i, (text, width) in enumerate(self._broken(left, room, room - 2 * self.ruler.indent)):
            yield Line("" if i else label, 2 * bool(i), text, (), width, self.column)

    def _broken(self, term: Term, first: float, later: float) -> Iterator[tuple[str, float]]:
        if term.op == "sum":
            return summed(self.printer.summands(term), self.printer.spelled, first, later)
        return broken(self.printer.tokens(term), first, later)

    def _right(self, row: Row, head: str, indent: int) -> Iterator[Line]:
        """The relation and the right side, and the reason where it fits."""
        step = self.ruler.indent
        relation = self.printer.notation.relations[row.relation]
        room = self.ruler.line - self.column - step * indent
        if row.more:
            parts = broken(self._tokens(row), room - relation.width, room - step)
        else:
            parts = self._broken(row.right, room - relation.width, room - step)
        text, width = next(parts)
        last = Line(head, indent, relation.text + text, (), relation.width + width + step * indent, self.column)
        indent, inward, column = indent + 1, step * (indent + 1), self.column
        for text, width in parts:
            yield last
            last = Line("", indent, text, (), width + inward, column)
        yield from self._reasoned(last, row.reason, row.number)

    def _reasoned(self, last: Line, reason: Phrase, number: str) -> Iterator[Line]:
        """The last line of a row, with its reason and number or followed by them."""
        needed = self.column + last.width + self.ruler.gap + self.phrase(reason, number).width
        if not (reason or number) or needed <= self.ruler.line:
            yield replace(last, reason=reason, number=number)
        else:
            yield last
            yield Line(reason=reason, left_width=self.column, number=number)
