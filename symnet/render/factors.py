"""How symbols, numbers and their powers stand among the factors of a product: looked up, so that products are quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from symnet.render.notation import GREEK
from symnet.term import Term, number
from symnet.term.node import BINDERS

if TYPE_CHECKING:
    from symnet.render.printer import Printer

#: Factors that nobody would write, and that only show with a dot.
DOTTED: Final = (0, 1)


class Factors:
    """How symbols, their powers and transposes stand among factors: by the id of a term, which is held fast.

    The widths are those with the gap after them.
    """

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.held: list[Term] = []
        self.texts: dict[int, str] = {}
        self.pieces: dict[int, tuple[str, float]] = {}
        self.of_terms: dict[Term, tuple[str, float]] = {}

    def add(self, args: Iterable[Term]) -> None:
        """Look the terms up; a LookupError when one is more than a symbol, its power or its transpose."""
        for term in args:
            if id(term) not in self.texts:
                piece = self.of_terms.get(term) or self._piece(term)
                self.held.append(term)
                self.texts[id(term)], self.pieces[id(term)] = piece[0], piece

    def _piece(self, term: Term) -> tuple[str, float]:
        inside = term.args[0] if term.op in ("power", "transpose") else term
        if inside.op != "symbol" or is_word(inside):
            raise LookupError
        text, width = self.printer.factor(term)
        found = self.of_terms[term] = text, width + self.printer.notation.space.width
        return found


class Coefficients(dict[Term, tuple[str, float, bool]]):
    """How a number stands before other factors, with the gap after it, and whether it is negative; −1 as nothing."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer

    def __missing__(self, term: Term) -> tuple[str, float, bool]:
        text, width = self.printer.factor(number(abs(term.value)))
        notation = self.printer.notation
        gap = notation.dot if term.value in DOTTED else notation.space
        shown = (text + gap.text, width + gap.width, term.value < 0)
        found = self[term] = ("", 0.0, True) if term.value == -1 else shown
        return found


def is_negative(term: Term) -> bool:
    """Whether the printed term begins with a minus sign."""
    lead = term.args[0] if term.op in ("multiply", "scale") else term
    return lead.op == "number" and lead.value < 0


def begins_with_digit(term: Term) -> bool:
    return (term.args[0] if term.op == "power" else term).op == "number"


def is_word(term: Term) -> bool:
    return term.op == "symbol" and len(term.name.base) > 1 and term.name.base not in GREEK


def is_open(term: Term) -> bool:
    """Whether a printed factor ends in a bare Σ or ∏, which would take in what follows."""
    if term.op in ("multiply", "product", "scale"):
        last = term.args[-1]
        term = last.args[-1] if (term.op, last.op) == ("scale", "product") else last
    return term.op in BINDERS
