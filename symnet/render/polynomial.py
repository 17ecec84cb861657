"""One huge polynomial, printed line by line as its summands come, without a term for the whole of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from symnet.errors import UsageError
from symnet.render.factors import is_word
from symnet.render.formats import LATEX_FORMAT, LONGEST_DISPLAY, MARKDOWN, PLAIN, QQUAD, QUAD, Format
from symnet.render.inventory import Inventory
from symnet.render.layout import broken, summed
from symnet.render.printer import NOTHING, Addend, Printer, Token
from symnet.term import Term, multiply, number

Factor = tuple[Term, int]
Summand = tuple[Fraction | int, Sequence[Factor]]

#: How many coefficients are remembered.
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
    printer = Printer.on(row.notation, found, row.widest)
    return _displays(_Lines(printer, row, known, width).lines(lhs, summands), opening, between, closing)


def _displays(lines: Iterator[str], opening: str, between: str, closing: str) -> Iterator[str]:
    """Lines as displays, each of at most so many."""
    for count, line in enumerate(lines):
        yield (opening if count == 0 else between if count % LONGEST_DISPLAY else closing + opening) + line
    yield closing


class _Factors(dict[Factor, tuple[str, float]]):
    """How powers of the known symbols print, and how wide they are with the gap after them."""

    def __init__(self, printer: Printer, known: Iterable[Term]) -> None:
        self.printer = printer
        self.known = set(known)

    def __missing__(self, factor: Factor) -> tuple[str, float]:
        symbol, exponent = factor
        if symbol not in self.known:
            raise UsageError(f"{symbol} is not among the symbols that were given")
        text, width = self.printer.inline(symbol if exponent == 1 else symbol**exponent)
        found = self[factor] = text, width + self.printer.notation.space.width
        return found


class _Lines:
    """The lines of one polynomial, as the layout of a display would set them."""

    def __init__(self, printer: Printer, form: Format, known: Sequence[Term], width: float | None) -> None:
        self.printer = printer
        self.form = form
        self.room = form.ruler.line if width is None else width
        self.has_words = any(map(is_word, known))
        self.gap = printer.notation.space.width
        self.factors = _Factors(printer, known)
        self.coefficients: dict[int | tuple[int, int], tuple[str, float, bool]] = {}

    def lines(self, lhs: Term, monomials: Iterable[Summand]) -> Iterator[str]:
        """The lines, aligned as in a display of the format."""
        step, relation = self.form.ruler.indent, self.printer.notation.relations["="]
        left = list(self.printer.tokens(lhs))
        width = sum(token.width for token in left)
        hangs = width > self.form.ruler.left
        column, head = (0.0, "") if hangs else (width, "".join(token.text for token in left))
        room = self.room - column
        if hangs:
            for i, (text, _) in enumerate(broken(left, room, room - 2 * step)):
                yield self._line("", 2 * bool(i), text, column)
        room -= step * hangs
        bodies = summed(self._summands(monomials), self._spelled, room - relation.width, room - step)
        for i, (text, _) in enumerate(bodies):
            yield self._line("" if i else head, hangs + bool(i), text if i else relation.text + text, column)

    def _line(self, left: str, indent: int, body: str, column: float) -> str:
        if self.form is PLAIN:
            margin = round(column) + 3
            return f"{'  ' + left:>{margin - 1}} {' ' * int(self.form.ruler.indent) * indent}{body}"
        return f"{left} &{('', QUAD, QQUAD)[indent]}{body}".strip()

    def _summands(self, monomials: Iterable[Summand]) -> Iterator[Addend]:
        notation = self.printer.notation
        plus, minus, piece, coefficients = NOTHING, notation.negative, self.factors.__getitem__, self.coefficients
        for monomial in monomials:
            coefficient, factors = monomial
            if self.has_words or not factors:
                tokens = list(self.printer.product_tokens(_magnitude(monomial), NOTHING))
                text, width = "".join([token.text for token in tokens]), sum(token.width for token in tokens)
                negative = coefficient < 0
            else:
                key = coefficient if type(coefficient) is int else _ratio(coefficient)
                prefix, width, negative = coefficients.get(key) or self._coefficient(key)
                texts, widths = zip(*map(piece, factors), strict=True)
                text, width = prefix + " ".join(texts), width + sum(widths)
            yield text, width, minus if negative else plus, monomial
            plus, minus = notation.plus, notation.minus
        if plus is NOTHING:
            yield "0", 1.0, NOTHING, (0, ())

    def _spelled(self, summand: Addend) -> Iterator[Token]:
        return self.printer.product_tokens(_magnitude(summand[3]), summand[2])

    def _coefficient(self, key: int | tuple[int, int]) -> tuple[str, float, bool]:
        """What a coefficient puts before a product, its width without the gap after the product, and its sign."""
        if len(self.coefficients) > _MOST_HELD:
            self.coefficients.clear()
        value = Fraction(*key) if isinstance(key, tuple) else Fraction(key)
        text, width = ("", 0.0) if abs(value) == 1 else self.printer.factor(number(abs(value)))
        found = (text + " ", width, value < 0) if text else ("", -self.gap, value < 0)
        self.coefficients[key] = found
        return found


def _ratio(coefficient: Fraction | int) -> tuple[int, int]:
    if type(coefficient) is not Fraction:
        number(coefficient)  # which refuses floats
    return coefficient.numerator, coefficient.denominator


def _magnitude(monomial: Summand) -> Term:
    """A monomial without its sign, as a term."""
    coefficient, factors = monomial
    size = abs(number(coefficient).value)
    powers = [symbol if exponent == 1 else symbol**exponent for symbol, exponent in factors]
    return multiply(powers if size == 1 and powers else [number(size), *powers])
