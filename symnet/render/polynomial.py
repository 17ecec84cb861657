"""One huge polynomial, printed line by line as its summands come, without a term for the whole of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from symnet.errors import UsageError
from symnet.render.formats import LATEX_FORMAT, LONGEST_DISPLAY, MARKDOWN, PLAIN, QQUAD, QUAD, Format
from symnet.render.inventory import Inventory
from symnet.render.layout import broken, stop
from symnet.render.notation import Piece
from symnet.render.printer import FACTOR_RANK, Printer, Token, is_word
from symnet.term import Term, multiply, number

Factor = tuple[Term, int]
Summand = tuple[Fraction | int, Sequence[Factor]]

#: How many symbols, and how many coefficients, are remembered.
_MOST_HELD: Final = 100_000
#: The formats, and what stands before, between and after the lines of a display.
_FORMATS: Final = {
    "latex": (LATEX_FORMAT, "\\begin{align*}\n", " \\\\\n", "\n\\end{align*}\n"),
    "markdown": (MARKDOWN, "$$\n\\begin{aligned}\n", " \\\\\n", "\n\\end{aligned}\n$$\n\n"),
    "plain": (PLAIN, "", "\n", "\n"),
}


def polynomial_lines(
    lhs: Term, summands: Iterable[Summand], symbols: Iterable[Term], form: str = "plain", width: float | None = None
) -> Iterator[str]:
    r"""``lhs = `` a sum of ``coefficient · symbol^exponent ⋯``, as it comes, in pieces that joined are its displays.

    ``form`` is ``"latex"``, ``"markdown"`` or ``"plain"``; ``symbols`` are all symbols that occur in the summands, so
    that no two of them print alike; ``width`` is that of a line, in em or in columns, where the format's own does not
    fit. A display has at most 120 lines. Only one line is held at a time. Raises
    :class:`~symnet.errors.SymnetError` when two names would print alike.

    >>> from symnet.term import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> terms = [(1, [(x, 2)]), (-2, [(x, 1), (y, 1)]), (Fraction(1, 3), [(y, 2)]), (-1, [])]
    >>> print("".join(polynomial_lines(symbol("p"), terms, [x, y])), end="")
      p = x² − 2 x y + (1/3) y² − 1
    >>> print("".join(polynomial_lines(symbol("p"), terms, [x, y], "latex")), end="")
    \begin{align*}
    p &= x^{2} - 2 x y + \frac{1}{3} y^{2} - 1
    \end{align*}
    """
    if form not in _FORMATS:
        raise UsageError(f"form is one of {', '.join(_FORMATS)}, not {form!r}")
    known = list(symbols)
    if any(s.op != "symbol" or s.shape for s in known):
        raise UsageError("a polynomial is in symbols of real numbers")
    found = Inventory.of(lhs, *known)
    row, opening, between, closing = _FORMATS[form]
    printer = Printer(row.notation, found.names, row.fraction, found.has_both)
    return _displays(_Lines(printer, row, known, width).lines(lhs, summands), opening, between, closing)


def _displays(lines: Iterator[str], opening: str, between: str, closing: str) -> Iterator[str]:
    """Lines as displays, each of at most so many."""
    for count, line in enumerate(lines):
        yield (opening if count == 0 else between if count % LONGEST_DISPLAY else closing + opening) + line
    yield closing


class _Lines:
    """The lines of one polynomial, as the layout of a display would set them."""

    def __init__(self, printer: Printer, form: Format, known: Sequence[Term], width: float | None) -> None:
        self.printer = printer
        self.form = form
        self.room = form.ruler.line if width is None else width
        self.known = set(known)
        self.has_words = any(map(is_word, known))
        self.held: list[Term] = []
        self.gap = printer.notation.space.width
        self.factors: dict[int, dict[int, tuple[str, float]]] = {}
        self.coefficients: dict[tuple[int, int], tuple[str, float]] = {}

    def lines(self, lhs: Term, summands: Iterable[Summand]) -> Iterator[str]:
        """The lines, aligned as in a display of the format."""
        step, relation = self.form.ruler.indent, self.printer.notation.relations["="]
        left = list(self.printer.compact(lhs))
        width = sum(token.width for token in left)
        hangs = width > self.form.ruler.left
        column, head = (0.0, "") if hangs else (width, "".join(token.text for token in left))
        room = self.room - column
        if hangs:
            for i, (text, _) in enumerate(broken(left, room, room - 2 * step)):
                yield self._line("", 2 * bool(i), text, column)
        room -= step * hangs
        for i, text in enumerate(self._bodies(summands, room - relation.width, room - step)):
            yield self._line("" if i else head, hangs + bool(i), text if i else relation.text + text, column)

    def _line(self, left: str, indent: int, body: str, column: float) -> str:
        if self.form is PLAIN:
            margin = round(column) + 3
            return f"{'  ' + left:>{margin - 1}} {' ' * int(self.form.ruler.indent) * indent}{body}"
        return f"{left} &{('', QUAD, QQUAD)[indent]}{body}".strip()

    def _bodies(self, summands: Iterable[Summand], first: float, later: float) -> Iterator[str]:
        """The lines of the sum, broken as :func:`~symnet.render.layout.broken` breaks them."""
        notation = self.printer.notation
        signs = {False: notation.plus, True: notation.minus}
        held: list[Token] = []  # what was left over on the line when the one before ended inside a summand,
        line: list[Summand] = []  # and the summands behind that,
        texts: list[str] = []  # and all of it as text
        used, room, begun = 0.0, first, False
        for summand in summands:
            text, width = self._product(summand)
            before, gap, _, lead, lead_gap = signs[summand[0].numerator < 0]
            if not begun and not texts:
                before, gap = (notation.negative.text, notation.negative.width) if summand[0] < 0 else ("", 0.0)
                texts, used = [before + text], gap + width
                line.append(summand)
            elif used + gap + width <= room:
                texts.append(before + text)
                used += gap + width
                line.append(summand)
                continue
            elif used >= room / 3:
                yield "".join(texts).rstrip()
                held, line, texts, used, room, begun = [], [summand], [lead + text], lead_gap + width, later, True
            else:
                line.append(summand)
                used += gap + width
            while used > room:
                tokens = [*held, *(self._token(s, begun or i > 0) for i, s in enumerate(line, len(held)))]
                end, _ = stop(tokens, iter(()), begun, room)
                if end == len(tokens):
                    held, line, texts = tokens, [], [_text(tokens, begun)]
                    break
                yield _text(tokens[:end], begun).rstrip()
                held, line, room, begun = tokens[end:], [], later, True
                texts, used = [_text(held, begun)], held[0].lead_width + sum(token.width for token in held[1:])
        yield "".join(texts).rstrip() or "0"

    def _token(self, summand: Summand, signed: bool) -> Token:
        text, width = self._product(summand)
        notation, spelling, negative = self.printer.notation, _Spelling(self, summand, not signed), summand[0] < 0
        if not signed:
            sign = notation.negative if negative else Piece("", 0.0)
            return Token(sign.text + text, sign.width + width, None, "", 0.0, spelling)
        before, gap, _, lead, lead_gap = notation.minus if negative else notation.plus
        return Token(before + text, gap + width, 0, lead + text, lead_gap + width, spelling)

    def _product(self, summand: Summand) -> tuple[str, float]:
        """A summand without its sign, and its width."""
        coefficient, factors = summand
        table = self.factors
        try:
            found = [table[id(symbol)][exponent] for symbol, exponent in factors]
        except LookupError:
            self._add(factors)
            found = [table[id(symbol)][exponent] for symbol, exponent in factors]
        if self.has_words or not found:
            tokens = list(_Spelling(self, (abs(Fraction(coefficient)), factors), True).tokens())
            return "".join(token.text for token in tokens), sum(token.width for token in tokens)
        if coefficient.denominator != 1 or abs(coefficient.numerator) != 1:
            found.insert(0, self._coefficient(coefficient))
        texts, widths = zip(*found, strict=True)
        return " ".join(texts), sum(widths) - self.gap

    def _add(self, factors: Iterable[Factor]) -> None:
        """Look up how powers of symbols print, and how wide they are with the gap after them."""
        if len(self.held) > _MOST_HELD:
            self.held.clear()
            self.factors.clear()
        for symbol, exponent in factors:
            if symbol not in self.known:
                raise UsageError(f"{symbol} is not among the symbols that were given")
            self.held.append(symbol)
            text, width = self.printer.inline(symbol if exponent == 1 else symbol**exponent)
            self.factors.setdefault(id(symbol), {})[exponent] = text, width + self.gap

    def _coefficient(self, value: Fraction | int) -> tuple[str, float]:
        key = (value.numerator, value.denominator)
        found = self.coefficients.get(key)
        if found is None:
            if len(self.coefficients) > _MOST_HELD:
                self.coefficients.clear()
            text, width = self.printer.factor(number(abs(Fraction(value))))
            found = self.coefficients[key] = text, width + self.gap
        return found


class _Spelling(NamedTuple):
    """A summand that can be spelled out, factor by factor, where a line has to break inside it."""

    lines: _Lines
    summand: Summand
    first: bool

    @property
    def rank(self) -> int:
        """The price of a line break inside."""
        return FACTOR_RANK

    def tokens(self) -> Iterator[Token]:
        """The sign, and each factor on its own."""
        coefficient, factors = self.summand
        size = [number(abs(Fraction(coefficient)))] if abs(coefficient) != 1 or not factors else []
        powers = [symbol if exponent == 1 else symbol**exponent for symbol, exponent in factors]
        return self.lines.printer.summand(multiply([*size, *powers]), coefficient < 0, self.first)


def _text(tokens: Sequence[Token], begun: bool) -> str:
    """The tokens of a line as text; a line that is not the first begins with its first token's lead."""
    head = tokens[0].lead if begun else tokens[0].text
    return head + "".join([token.text for token in tokens[1:]])
