"""LaTeX, cut into tokens: a whitelist of commands, and what around a formula is no part of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from symnet.errors import ParseError
from symnet.reader import functions
from symnet.reader.functions import GREEK, GREEK_NAMES, Function
from symnet.reader.lexer import HINTS, NUMBER, Token, end_token, indexed_symbol, number_token, unexpected, wrong
from symnet.reader.writing import E
from symnet.term import apply, constant, number

_TOKEN: Final = re.compile(
    rf"""(?P<space>[\s~]+|\\(?:[,;:!>\ ]|(?:q?quad|displaystyle|textstyle|limits|nolimits|thinspace)(?![A-Za-z])))
    |(?P<row>\\\\(?:\[[0-9.]{{1,9}}(?:pt|em|ex|mm|cm)\])?|\\cr(?![A-Za-z]))
    |(?P<cases>\\(?P<side>begin|end)\s{{0,9}}\{{d?cases\}})
    |(?P<named>\\(?:operatorname\*?|mathrm|mathit|mathsf|text|textrm|textit)\s{{0,9}}\{{(?P<name>[^{{}}]{{0,60}})\}})
    |(?P<bracket>\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\s{{0,9}}(?P<shape>\\[{{}}]|\\[lr]vert(?![A-Za-z])|[()\[\]|]))
    |(?P<command>\\(?:[A-Za-z]+|.))
    |(?P<number>{NUMBER})
    |(?P<word>[A-Za-z]+|[{"".join(GREEK)}π])
    |(?P<sign><=|>=|==|!=|[-+*/^(),|<>=&\[\]{{}}−·×≤≥≠])""",
    re.VERBOSE,
)
_SIGNS: Final = {"·": "*", "×": "*", "−": "-", "==": "=", "≤": "<=", "≥": ">=", "≠": "!=", "[": "(", "]": ")"}
#: Commands that are signs.
_COMMANDS: Final = {
    **dict.fromkeys(("cdot", "times", "ast"), "*"),
    "div": "/",
    **dict.fromkeys(("lt",), "<"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "<="),
    **dict.fromkeys(("gt",), ">"),
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), "frac"),
    "sqrt": "sqrt",
    "lvert": "|(",
    "rvert": "|)",
    "{": "(",
    "}": ")",
    **dict.fromkeys(("land", "wedge"), "and"),
    **dict.fromkeys(("lor", "vee"), "or"),
}
_WORDS: Final = {
    **dict.fromkeys(("if", "for", "when", "where", "若", "如果", "当"), "if"),
    **dict.fromkeys(("otherwise", "else", "elsewhere", "otherwise.", "否则", "其他", "其它"), "otherwise"),
    "and": "and",
    "or": "or",
}
#: What to say of a command that is refused, where there is something better to say.
_REFUSED: Final = {
    **dict.fromkeys(("mathbf", "bm", "boldsymbol", "vec"), "marks a vector or a matrix: only numbers are read here"),
    **dict.fromkeys(("partial", "mathop"), "is for derivatives: give the function itself"),
    **dict.fromkeys(("left", "right"), "should stand before a bracket"),
    "begin": "opens something that is not {cases}, which is all that is read here",
    "end": "closes something that is not {cases}, which is all that is read here",
}
_OPENS: Final = re.compile(r"\s{0,9}(?:\\(?:left|[bB]igg?l?)\s{0,9})?(?:[(\[]|\\\{)")
_INDEX: Final = re.compile(
    r"\s{0,9}_\s{0,9}(?:([0-9])|\{\s{0,9}([0-9]{1,10}(?:\s{0,9},\s{0,9}[0-9]{1,10}){0,7})\s{0,9}\})"
)
_SIGMA_POWER: Final = re.compile(r"\s{0,9}\^\s{0,9}(?:[^\s{}\\]|\{[^{}]{0,40}\})\s{0,9}(?:\\left\s{0,9})?\(")

#: What may stand at the end of a displayed formula and says nothing about it.
_TAIL: Final = re.compile(
    r"(?:\\[,;:! ]|\\q?quad|(?<!\\)[.,;。，]|\\tag\*?\s{0,9}\{[^{}]{0,40}\}|\\label\s{0,9}\{[^{}]{0,40}\}|\\nonumber"
    r"|\\(?:rightarrow|to|longrightarrow|Rightarrow)\s{0,9}(?:\\?[A-Za-z]{1,20}))$"
)
_DELIMITERS: Final = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))


def trimmed(text: str) -> tuple[int, int]:
    r"""Where the formula in a text starts and ends, without $ … $, a \tag, a full stop, a name as in \rightarrow a.

    >>> text = r"$$ z^2 \rightarrow a \tag{1} $$"
    >>> start, end = trimmed(text)
    >>> text[start:end]
    'z^2'
    """
    start, end = _stripped(text, 0, len(text))
    for opening, closing in _DELIMITERS:
        if text.startswith(opening, start, end) and text.endswith(closing, start + len(opening), end):
            start, end = _stripped(text, start + len(opening), end - len(closing))
            break
    while match := _TAIL.search(text, max(start, end - 100), end):
        start, end = _stripped(text, start, match.start())
    if start >= end:
        raise ParseError("the expression is empty")
    return start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return end - len(inside.lstrip()), start + len(inside.rstrip())


def tokens_of(text: str, position: int, end: int) -> list[Token]:
    """The text between two positions, cut into tokens."""
    tokens: list[Token] = []
    while position < end:
        match = _TOKEN.match(text, position, end)
        if not match:
            raise unexpected(text, position)
        found = _CUT[match.lastgroup or "space"](text, match)
        position = found[-1].end if found else match.end()
        tokens += found
    return [*tokens, end_token(end)]


def _plain(kind: str, match: re.Match[str], shape: str = "", value: Any = None) -> list[Token]:
    return [Token(kind, shape or match.group(), match.start(), match.end(), value)]


def _sign(text: str, match: re.Match[str]) -> list[Token]:
    return _plain(_SIGNS.get(match.group(), match.group()), match)


def _bracket(text: str, match: re.Match[str]) -> list[Token]:
    r"""\left and \right say of a | which one it is."""
    shape, side = match["shape"], re.sub(r"\W|[bB]igg?", "", match.group().removesuffix(match["shape"]))[:1]
    if shape.endswith(("|", "vert")):
        kind = {r"\lvert": "|(", r"\rvert": "|)"}.get(shape) or {"l": "|(", "r": "|)"}.get(side, "|")
        return _plain(kind, match, "|")
    return _plain("(" if shape in ("(", "[", r"\{") else ")", match, shape)


def _command(text: str, match: re.Match[str]) -> list[Token]:
    name = match.group()[1:]
    if name == "prime":
        raise wrong(text, match.start(), HINTS["'"])
    if name in _COMMANDS:
        return _plain(_COMMANDS[name], match)
    if name == "pi":
        return _plain("constant", match, value=constant("pi"))
    if name in GREEK_NAMES:
        return _letter(text, name, match.start(), match.end())
    if found := functions.find(name):
        return _function(text, found, match)
    shown = f"\\{name[:40]}" if name.isascii() and name.isprintable() else ascii(name)
    raise wrong(text, match.start(), f"{shown} {_REFUSED.get(name, 'is not a command that is read here')}")


def _function(text: str, function: Function, match: re.Match[str]) -> list[Token]:
    r"""A function; \log_2 has its base as an index."""
    base = _INDEX.match(text, match.end()) if function.name == "log" else None
    if not base:
        return _plain("function", match, value=function)
    base_number = number(int(base[1] or base[2].partition(",")[0]))
    if base_number.value < 2:
        raise wrong(text, base.start(), "the base of a logarithm is a whole number from 2 here")
    to_base = Function("log", 1, 1, lambda u: apply("log", u) / apply("log", base_number))
    return [Token("function", text[match.start() : base.end()], match.start(), base.end(), to_base)]


def _letter(text: str, name: str, start: int, end: int) -> list[Token]:
    """A letter with its index, as in z_1 or w_{1,2}; before a bracket σ is the sigmoid."""
    index = _INDEX.match(text, end)
    if name == "sigma" and not index:
        if _SIGMA_POWER.match(text, end):
            raise wrong(text, start, "is this a power of σ, or of σ(…)? write (\\sigma(z))^2, or \\sigma^2 \\cdot (…)")
        if _OPENS.match(text, end):
            return [Token("function", text[start:end], start, end, functions.find("sigmoid"))]
    entry = re.findall("[0-9]+", index.group()) if index else []
    symbol = indexed_symbol(name, entry)
    if not symbol:
        raise wrong(text, end, "an index is a number below a thousand million")
    end = index.end() if index else end
    return [Token("symbol", text[start:end], start, end, symbol)]


def _named(text: str, match: re.Match[str]) -> list[Token]:
    r"""\operatorname{erf}, \mathrm{e}, \text{if}."""
    word = match["name"].strip().rstrip(",:").strip()
    if word in _WORDS:
        return _plain(_WORDS[word], match)
    if word == "e":
        return _plain("constant", match, value=E)
    if len(word) == 1 and word.isascii() and word.isalpha():
        return _letter(text, word, match.start(), match.end())
    if not (found := functions.find(word)):
        raise wrong(text, match.start(), f"there is no function {word!a}; the functions are {functions.all_names()}")
    return _function(text, found, match)


def _word(text: str, match: re.Match[str]) -> list[Token]:
    """Letters side by side: a function if brackets follow and there is one of that name, and otherwise factors."""
    word, start, applied = match.group(), match.start(), _OPENS.match(text, match.end())
    if word in _WORDS:
        return _plain(_WORDS[word], match)
    if word == "π":
        return _plain("constant", match, value=constant("pi"))
    found = functions.find(word)
    if found and applied:
        return _function(text, found, match)
    if found or word in GREEK_NAMES or word == "pi":
        raise wrong(text, start, f"{word} without a backslash is a product of letters: write \\{word}")
    if len(word) > 2 or (len(word) == 2 and applied):
        shown = word if len(word) <= 40 else f"{word[:40]}…"
        hint = "put spaces or \\cdot between factors"
        raise wrong(text, start, f"there is no function {shown}; {hint}; the functions are {functions.all_names()}")
    return [token for i, letter in enumerate(word, start) for token in _factor(text, letter, i)]


def _factor(text: str, letter: str, start: int) -> list[Token]:
    if letter == "e":
        return [Token("constant", letter, start, start + 1, E)]
    return _letter(text, GREEK.get(letter, letter), start, start + 1)


_CUT: Final[dict[str, Callable[[str, re.Match[str]], list[Token]]]] = {
    "space": lambda text, match: [],
    "row": lambda text, match: _plain("\\\\", match),
    "cases": lambda text, match: _plain("begin" if match["side"] == "begin" else "endcases", match),
    "named": _named,
    "bracket": _bracket,
    "command": _command,
    "number": lambda text, match: [number_token(text, match.start(), match.end())],
    "word": _word,
    "sign": _sign,
}
