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

from symnet.render.notation import Piece
from symnet.render.printer import Printer, Token
from symnet.render.wording import Phrase
from symnet.term import Term


@dataclass(frozen=True, slots=True)
class Row:
    """One relation of a display; ``left`` is None where it continues the chain above."""

    left: Term | None
    relation: str
    right: Term
    reason: Phrase = ()
    label: Phrase = ()
    number: str = ""


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
        head = line[0].lead if begun else line[0].text
        yield (head + "".join([token[0] for token in line[1:end]])).rstrip(), width
        del line[:end]
        line = line or list(islice(source, 1))
        room, begun = later, True


def stop(line: list[Token], source: Iterator[Token], begun: bool, room: float) -> tuple[int, float]:
    """Where the line ends, and how wide it is; ``line`` is read on from the source as far as needed."""
    used = line[0].lead_width if begun else line[0].width
    where, width, read = 0, 0.0, 1
    for read, token in enumerate(chain(line[1:], source), 1):
        if read == len(line):
            line.append(token)
        if token[2] is not None:
            if used > room:
                break
            if token[2] == 0:
                where, width = read, used
        used += token[1]
    else:
        read = len(line)
    if used <= room:
        return read, used
    if where and width >= room / 3:  # nothing is cheaper than a sign outside all brackets
        return where, width
    return _cheapest(line, read, begun, room)


def _cheapest(line: list[Token], read: int, begun: bool, room: float) -> tuple[int, float]:
    """Where a line that is too long ends, and how wide it is then. ``read`` are its tokens and perhaps one more.

    A product that is one token is spelled out where no break outside it is cheaper than those inside.
    """
    while True:
        breaks, used, read = _breaks(line[:read], begun, room)
        late = [b for b in breaks if b[1] >= room / 3]
        inside = min((token.run.rank for token in line[:read] if token.run), default=None)
        if inside is None or (late and min(late)[0] < inside):
            if not breaks:
                return read, used
            _, width, where = min(late or breaks[-1:], key=lambda b: (b[0], -b[2]))
            return where, width
        spelled = [t for token in line[:read] for t in (token.run.tokens() if token.run else (token,))]
        line[:read] = spelled
        read = len(spelled)


def _breaks(line: Sequence[Token], begun: bool, room: float) -> tuple[list[tuple[int, float, int]], float, int]:
    """The breaks on the line (rank, width before it, where), how wide it has become, and of how many tokens."""
    breaks: list[tuple[int, float, int]] = []
    used = line[0].lead_width if begun else line[0].width
    for i, token in enumerate(line[1:], 1):
        if token.rank is not None:
            if used > room:
                return breaks, used, i
            breaks.append((token.rank, used, i))
        used += token.width
    return breaks, used, len(line)


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

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        """The lines of the rows, aligned at their relations."""
        lefts = [(row, list(self.printer.compact(row.left)) if row.left else []) for row in rows]
        heads = [self._head(row, left) for row, left in lefts]
        self.column = max((head.width for head in heads), default=0.0)
        hanging = False
        for (row, left), head in zip(lefts, heads, strict=True):
            if left:
                hanging = not self._fits(left)
            if left and hanging:
                yield from self._own(left, head.text)
            yield from self._right(row, "" if hanging else head.text, int(hanging))

    def _fits(self, left: Sequence[Token]) -> bool:
        return sum(token.width for token in left) <= self.ruler.left

    def _head(self, row: Row, left: Sequence[Token]) -> Piece:
        """What stands left of the alignment: the label, and the left side if it is short."""
        label = self.label(row.label)
        if not self._fits(left):
            return label
        return Piece(label.text + "".join(t.text for t in left), label.width + sum(t.width for t in left))

    def _own(self, left: Sequence[Token], label: str) -> Iterator[Line]:
        """A long left side, on lines of its own; what follows it hangs below."""
        room = self.ruler.line - self.column
        for i, (text, width) in enumerate(broken(left, room, room - 2 * self.ruler.indent)):
            yield Line("" if i else label, 2 * bool(i), text, (), width, self.column)

    def _right(self, row: Row, head: str, indent: int) -> Iterator[Line]:
        """The relation and the right side, and the reason where it fits."""
        step = self.ruler.indent
        relation = self.printer.notation.relations[row.relation]
        room = self.ruler.line - self.column - step * indent
        parts = broken(self.printer.compact(row.right), room - relation.width, room - step)
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
