"""Tokens: what both readers of formulas cut a text into, and how they say where something is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet.errors import ParseError, UsageError, brief
from symnet.reader.functions import GREEK
from symnet.term import Name, Term, number, symbol

#: The longest text that is read, and the most digits of a number.
LONGEST_TEXT: Final = 10_000
LONGEST_NUMBER: Final = 1_000

#: A number: digits with at most one point.
NUMBER: Final = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_INDEXED: Final = re.compile(rf"([A-Za-z]|[{''.join(GREEK)}])([0-9]*)((?:_[0-9]+)*)")
_LARGEST_INDEX: Final = 10**9


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from ``start`` to ``end``; ``value`` is the number, the symbol or the function it names."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None


def wrong(text: str, position: int, message: str) -> ParseError:
    """The one error of a reader: where it stops making sense, and why."""
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    place = f"column {column}" if "\n" not in text.strip() else f"line {line}, column {column}"
    return ParseError(f"at {place}: {message}")


def check_text(text: object) -> str:
    """The text, if it is one of a length that is read."""
    if not isinstance(text, str):
        raise UsageError(f"an expression is read from a text, not from {brief(text)}")
    if len(text) > LONGEST_TEXT:
        raise ParseError(f"the expression has {len(text):,} characters; at most {LONGEST_TEXT:,} are read")
    if not text.strip():
        raise ParseError("the expression is empty")
    return text


def unexpected(text: str, position: int) -> ParseError:
    """A character that is no part of any formula, by its name where it cannot be seen for what it is."""
    char = text[position]
    shown = repr(char) if char.isascii() else f"{char!a} ({unicodedata.name(char, 'no letter')})"
    return wrong(text, position, f"{HINTS.get(char) or f'{shown} is no part of an expression'}")


#: What to write instead of a character that is often written.
HINTS: Final = {
    "'": "a prime is a derivative: give the function itself, and its derivative is worked out",
    "’": "a prime is a derivative: give the function itself, and its derivative is worked out",
    "_": "a _ stands between a letter and its index, a number, as in z_1",
    "%": "% starts a comment in LaTeX: leave it out",
    "$": "a $ stands at both ends of a formula, or nowhere",
    "\\": "no command of LaTeX is read here",
}


def number_token(text: str, start: int, end: int) -> Token:
    """A decimal number, exactly."""
    digits = text[start:end]
    if len(digits) > LONGEST_NUMBER:
        raise wrong(text, start, f"a number has at most {LONGEST_NUMBER:,} digits, and this one has {end - start:,}")
    if re.compile(r"[eE][+-]?[0-9]").match(text, end):
        hint = "write 10^(-3), or put a space or a * before e"
        raise wrong(text, start, f"{brief(text[start : end + 3])} may be a power of 10 or a product with e: {hint}")
    return Token("number", digits, start, end, number(Fraction(digits)))


def symbol_of(word: str) -> Term | None:
    """The symbol that a letter with its index names: x, x1, x_1, w_1_2, α; None for anything else.

    >>> symbol_of("w_1_2").name
    Name(base='w', layer=None, entry=(1, 2))
    """
    match = _INDEXED.fullmatch(word)
    if not match:
        return None
    letter, digits, entry = match.groups()
    return indexed_symbol(GREEK.get(letter, letter) + digits, entry.split("_")[1:])


def indexed_symbol(base: str, entry: list[str]) -> Term | None:
    """The symbol with that base and those indices; None when the indices are too large or too many."""
    if len(base) > 20 or len(entry) > 8 or any(len(i) > 10 or int(i) > _LARGEST_INDEX for i in entry):
        return None
    return symbol(Name(base, None, tuple(map(int, entry))))


def end_token(position: int) -> Token:
    """What stands after the last token."""
    return Token("end", "", position, position)


_WORD: Final = (
    r"(?:\\(?:operatorname\*?|mathrm|mathit|mathbf|text|textrm)\s{0,9}\{[^{}]{1,40}\}|\\[A-Za-z]{1,40}"
    rf"|[A-Za-z][A-Za-z0-9]{{0,40}}|[{''.join(GREEK)}])"
    r"(?:\s{0,9}_\s{0,9}(?:\{[^{}]{1,40}\}|\\[A-Za-z]{1,40}|[A-Za-z0-9]))?"
)
_GAP: Final = r"\s{0,9}"  # bounded: three \s* in a row would take forever on a long run of spaces
_BRACKET: Final = (
    rf"(?:(?:\\left{_GAP})?\({_GAP}(?P<variable>{_WORD})(?:{_GAP}[,;]{_GAP}{_WORD}){{0,9}}{_GAP}(?:\\right{_GAP})?\))?"
)
_EQUALS: Final = r"(?::=|==|=|\\coloneqq(?![A-Za-z])|\\equiv(?![A-Za-z]))"
_LEFT: Final = re.compile(rf"{_GAP}{_WORD}{_GAP}{_BRACKET}{_GAP}&?{_GAP}{_EQUALS}")


def left_side(text: str, start: int = 0) -> tuple[int, str]:
    """Where the right-hand side of ``f(z) = …`` or ``a = …`` starts, and the variable that is named in brackets.

    >>> left_side("f(z) = z^2"), left_side("z^2")
    ((6, 'z'), (0, ''))
    """
    match = _LEFT.match(text, start)
    return (match.end(), match["variable"] or "") if match else (start, "")
