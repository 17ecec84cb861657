"""Plain prose for LaTeX and for Markdown: what a person writes in a title or a note, with nothing left to interpret."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import Final

from symnet.render.notation import GREEK, SUBSCRIPT, SUPERSCRIPT

_ACTIVE: Final = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\t": " ",
}
_MATHEMATICAL: Final = {letter: f"\\{name}" for name, letter in GREEK.items()} | {
    "×": r"\times",
    "·": r"\cdot",
    "−": "-",
    "±": r"\pm",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "∪": r"\cup",
    "≈": r"\approx",
    "→": r"\to",
    "∈": r"\in",
    "∞": r"\infty",
    "√": r"\surd",
    "∂": r"\partial",
    "ℝ": r"\mathbf{R}",
    "ᵀ": r"{}^{\top}",
    "‖": r"\|",
    "′": "'",
    "∑": r"\sum",
    "∏": r"\prod",
    "𝐈": r"\mathbf{I}",
    "𝟎": r"\mathbf{0}",
    "𝟏": r"\mathbf{1}",
}
_SIGNS: Final = {"{": r"\{", "}": r"\}", "…": r"\ldots ", "−": "-"}  # no letter follows on any of them
_RAISED: Final = {chr(low): chr(high) for high, low in SUPERSCRIPT.items() if chr(low) not in _MATHEMATICAL} | {
    "⁻": "-"
}
_LOWERED: Final = {chr(low): chr(high) for high, low in SUBSCRIPT.items()} | {"₋": "-"}
#: The text font (T1) has the Latin letters with accents, and these.
_TEXT: Final = frozenset("–—‘’“”…§°")
_NOT_IN_T1: Final = frozenset("ĦħĸĿŀŉŦŧſ")


def latex_prose(text: str) -> str:
    """Prose as LaTeX that pdflatex can set; a character it cannot set becomes its number, as in [U+4E2D].

    >>> latex_prose("50% of W⁽²⁾ ≤ 10⁻³")
    '50\\\\% of W$^{(2)}$ $\\\\le$ 10$^{-3}$'
    """
    return "".join(_latex_run(kind, "".join(run)) for kind, run in groupby(text, _kind))


def _kind(char: str) -> str:
    for kind, known in (("raised", _RAISED), ("lowered", _LOWERED), ("mathematical", _MATHEMATICAL)):
        if char in known:
            return kind
    latin = " " <= char < "\u0180" and char.isprintable() and char not in _NOT_IN_T1
    return "text" if latin or char in _TEXT or char.isspace() else "unknown"


def _latex_run(kind: str, run: str) -> str:
    return _RUNS[kind](run)


_RUNS: Final[dict[str, Callable[[str], str]]] = {
    "raised": lambda run: "$^{" + "".join(_RAISED[c] for c in run) + "}$",
    "lowered": lambda run: "$_{" + "".join(_LOWERED[c] for c in run) + "}$",
    "mathematical": lambda run: "$" + " ".join(_MATHEMATICAL[c] for c in run) + "$",
    "text": lambda run: "".join(_ACTIVE.get(c, c) for c in " ".join(re.split(r"[^\S ]", run))),
    "unknown": lambda run: "".join(f"[U+{ord(c):04X}]" for c in run),
}


def latex_symbols(text: str) -> str:
    r"""Signs inside a formula.

    >>> latex_symbols("a → −∞, {0} ∪ max(")
    'a \\to -\\infty, \\{0\\} \\cup \\max('
    """
    return re.sub(r"max(?=\()", r"\\max", "".join(_SIGNS.get(c) or _MATHEMATICAL.get(c, c) for c in text))


def markdown_prose(text: str) -> str:
    r"""Prose as Markdown, on one line.

    >>> markdown_prose("a_b * c")
    'a\\_b \\* c'
    """
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", plain_prose(text))


def plain_prose(text: str) -> str:
    """Prose on one line."""
    return re.sub(r"\s", " ", text)
