"""Expressions as they are typed: ``z/(1 + e^(-1.702z))``, ``0.5*z*(1 + erf(z/sqrt(2)))``, ``max(0, z)``.

A whitelist: numbers, letters, Greek letters (spelled or typed), π, e, the functions of
:data:`~symnet.reader.functions.FUNCTIONS`, √, + − * / ^ ** | and brackets. Nothing in a text is ever evaluated by
Python.

Where a text can be read in two ways it is not read at all: ``1/2z``, ``e^2z``, ``1e-3``, ``a(z)``.
"""

from __future__ import annotations

import re
from typing import Any, Final

from symnet.reader import functions
from symnet.reader.cursor import Rule, run
from symnet.reader.functions import GREEK, GREEK_NAMES
from symnet.reader.grammar import Grammar
from symnet.reader.lexer import (
    NUMBER,
    Token,
    check_text,
    end_token,
    indexed_symbol,
    left_side,
    number_token,
    symbol_of,
    unexpected,
    wrong,
)
from symnet.reader.reading import Reading, finish
from symnet.reader.writing import E
from symnet.term import Term, constant, number, symbol

_TOKEN: Final = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    |(?P<number>{NUMBER})
    |(?P<word>[A-Za-z]\w*|[{"".join(GREEK)}π][0-9_]*|√)
    |(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),|<>=−·×≤≥≠²³])""",
    re.VERBOSE | re.ASCII,
)
#: How a sign is called in the grammar, where that is not what it is.
_KINDS: Final = {"**": "^", "·": "*", "×": "*", "−": "-", "==": "=", "≤": "<=", "≥": ">=", "≠": "!="}
_SUPERSCRIPTS: Final = {"²": 2, "³": 3}
_APPLIED: Final = re.compile(r"\s{0,9}\(")
_POWER_APPLIED: Final = re.compile(r"\s{0,9}(?:\^|\*\*)\s{0,9}[0-9]{1,9}\s{0,9}\(")
_INDEXED_GREEK: Final = re.compile(r"([A-Za-z]+?)([0-9]*)((?:_[0-9]+)*)")


def read_text(text: str) -> Term:
    """The term that an expression in plain text describes, over the reals.

    A name is one letter or a Greek letter, with an index if there is one (``x1``, ``w_1_2``, ``alpha``, α); ``e`` and
    ``E`` are Euler's number and ``log`` is the natural logarithm. A left-hand side ``f(z) =`` is dropped. Decimals are
    exact. Cases are written ``piecewise(z < 0, alpha*(exp(z) - 1), z)``: condition, value, …, otherwise.

    Raises :class:`~symnet.errors.ParseError`, one line that says where, for everything else, and for a text that can
    be read in two ways.

    >>> read_text("z*atan(z)"), read_text("-z**2")
    (multiply(z, apply(z, atan)), multiply(number(-1), power(z, 2)))
    >>> read_text("z/(1 + e^(-1.702z))")
    divide(z, sum(number(1), apply(multiply(number(-851/500), z), exp)))
    >>> read_text("__import__('os')")
    Traceback (most recent call last):
    symnet.errors.ParseError: at column 1: a _ stands between a letter and its index, a number, as in z_1
    """
    return read_text_fully(text).term


def read_text_fully(text: str) -> Reading:
    """The same with what the left-hand side says: ``read_text_fully("f(x) = k*x").variable`` is x."""
    text = check_text(text)
    start, variable = left_side(text)
    grammar = TextGrammar(text, tokens_of(text, start))
    sides = run(grammar.sides(named=bool(start)))
    return finish(sides, symbol_of(variable) or _greek(variable))


def tokens_of(text: str, position: int = 0) -> list[Token]:
    """The text from a position on, cut into tokens."""
    tokens: list[Token] = []
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise unexpected(text, position)
        start, position = position, match.end()
        if match.lastgroup == "number":
            tokens.append(number_token(text, start, position))
        elif match.lastgroup == "word":
            tokens.append(_word(text, start, position))
        elif match.lastgroup == "sign":
            tokens += _signs(match.group(), start, position)
    return [*tokens, end_token(len(text))]


def _signs(sign: str, start: int, end: int) -> list[Token]:
    if sign in _SUPERSCRIPTS:
        exponent = number(_SUPERSCRIPTS[sign])
        return [Token("^", sign, start, start), Token("number", sign, start, end, exponent)]
    return [Token(_KINDS.get(sign, sign), sign, start, end)]


def _word(text: str, start: int, end: int) -> Token:
    """A function, a number with a name, or a symbol; anything else is refused by name."""
    word = text[start:end]
    kind, value = _meaning(word, applied=bool(_APPLIED.match(text, end)))
    if value == symbol("sigma") and _POWER_APPLIED.match(text, end):
        raise wrong(text, start, "is this a power of sigma, or of sigma(…)? write (sigma(z))^2, or sigma^2*(…)")
    if kind:
        return Token(kind, word, start, end, value)
    raise wrong(text, start, f"{_shown(word)} is neither a letter nor a function; the functions are {_names()}")


def _meaning(word: str, applied: bool) -> tuple[str, Any]:
    if word in ("e", "E"):
        return "constant", E
    if word in ("pi", "π"):
        return "constant", constant("pi")
    if word in ("and", "or", "piecewise"):
        return word, None
    if word == "√":
        return "function", functions.find("sqrt")
    if letter := symbol_of(word) or _greek(word):
        # σ is a letter, and before a bracket the sigmoid.
        is_sigmoid = letter == symbol("sigma") and applied
        return ("function", functions.find("sigma")) if is_sigmoid else ("symbol", letter)
    found = functions.find(word)
    return ("function", found) if found else ("", None)


def _greek(word: str) -> Term | None:
    """The symbol of a spelled Greek letter with its index, such as alpha, beta_1, lambda2."""
    match = _INDEXED_GREEK.fullmatch(word)
    if not match or match[1] not in GREEK_NAMES:
        return None
    return indexed_symbol(match[1] + match[2], match[3].split("_")[1:])


def _shown(word: str) -> str:
    return word if len(word) <= 40 else f"{word[:40]}…"


def _names() -> str:
    return functions.all_names()


class TextGrammar(Grammar):
    """What is particular to plain text: exponents, and which letters may stand before a bracket."""

    condition_hint = ", as in piecewise(z < 0, 0, z)"

    def is_factor(self, token: Token) -> bool:
        """A single letter; a spelled one, such as gamma, may be meant as a function."""
        return len(token.text) == 1 or not token.text.isalpha()

    def exponent(self, base: Token) -> Rule:
        """A signed power: 2^-z, 2^3^4 from the right, z^(1/2)."""
        first = self.next
        result = yield self.signed()
        after = self.next
        touches = after.start == self.tokens[self.position - 1].end
        if touches and after.kind in ("symbol", "constant") and first.kind in ("number", "-", "+", "symbol"):
            raise self.wrong(after, f"does the exponent end before {after.text[:20]}? write brackets or a *")
        return result
