"""How text and LaTeX write the functions that the kernel knows, π, |z| and derivatives: two rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from symnet.render.piece import Kind, Level, Piece
from symnet.term import Term

#: The functions that take a bare argument, as in ln z, and carry their exponent, as in tanh² z.
NAMED: Final = frozenset({"log", "sin", "cos", "atan", "tanh", "erf"})
#: The words that are printed for a function with another name; e and π are words as well.
WORDS: Final = {"log": "ln", "atan": "arctan", "pi": "pi"}
#: An exponent of more nodes stands behind exp, in brackets, where a line can break.
TALLEST: Final = 16
#: What stands in an exponent; other exponents stand behind exp.
_LOW: Final = frozenset({"number", "symbol", "constant", "index", "sum", "multiply", "power", "divide"})


@dataclass(frozen=True, slots=True)
class Functions:
    """One row: how one format writes functions and derivatives.

    ``exponential`` puts an exponent to e, ``absolute`` makes the bars of |u| from brackets of its height. ``operator``
    and ``quotient`` are d/dz and da/dz with the given d; ``apart`` stands behind d/dz without and with brackets. Behind
    a ``prime``, ``sides`` say from which side; behind a ``bar``, ``limits`` do. What stands in an exponent and behind a
    bar binds as tightly as ``inside``.
    """

    names: Mapping[str, Piece]
    gap: Piece
    e: Piece
    exponential: Callable[[Piece], Piece]
    root: tuple[Piece, Piece] | None
    radical: Piece
    absolute: Callable[[tuple[Piece, Piece]], tuple[Piece, Piece]]
    pi: Piece
    prime: Piece
    sides: Mapping[str, Piece]
    operator: Callable[[Piece, str], Piece]
    apart: tuple[Piece, Piece]
    quotient: Callable[[Piece, Piece, str], Piece]
    bar: tuple[Piece, Piece, Piece, Piece]
    limits: Mapping[str, Piece]
    differentials: Mapping[str, str]
    inside: Level


def is_low(exponent: Term) -> bool:
    """Whether an exponent is small enough to stand above the line."""
    if exponent.size > TALLEST:
        return False
    todo = [exponent]
    while todo:
        node = todo.pop()
        if node.op not in _LOW and not (node.op == "apply" and node.value.base in NAMED | {"sqrt"}):
            return False
        todo += node.args
    return True


# Text: a column a character.


def _plain(text: str, kind: Kind = Kind.PLAIN) -> Piece:
    return Piece(text, len(text), kind)


TEXT_FUNCTIONS: Final = Functions(
    names={n: _plain(WORDS.get(n, n)) for n in ("exp", "sqrt", *sorted(NAMED))},
    gap=_plain(" "),
    e=_plain("e"),
    exponential=lambda exponent: _plain(
        f"e^({exponent.text})" if "{" in exponent.text and exponent.text[0] != "(" else f"e^{exponent.text}"
    ),
    root=None,
    radical=_plain("√"),
    absolute=lambda brackets: (_plain("|", Kind.OPEN), _plain("|", Kind.CLOSE)),
    pi=_plain("π"),
    prime=_plain("′"),
    sides={"both": _plain(""), "left": _plain("₋"), "right": _plain("₊")},
    operator=lambda variable, d: _plain(f"{d}/{d}{variable.text}"),
    apart=(_plain(" "), _plain(" ")),
    quotient=lambda symbol, variable, d: _plain(f"{d}{symbol.text}/{d}{variable.text}"),
    bar=(_plain("(", Kind.OPEN), _plain(")|", Kind.CLOSE), _plain("="), _plain("")),
    limits={"both": _plain(""), "left": _plain("⁻"), "right": _plain("⁺")},
    differentials={"total": "d", "apart": "d", "partial": "∂"},
    inside=Level.ATOM,
)


# LaTeX: em.

_SCRIPT: Final = 0.76


def _operator(variable: Piece, d: str) -> Piece:
    return Piece(rf"\frac{{{d}}}{{{d}{_apart(d)}{variable.text}}}", 1.0 + variable.width)


def _quotient(symbol: Piece, variable: Piece, d: str) -> Piece:
    above, below = (f"{d}{_apart(d)}{p.text}" for p in (symbol, variable))
    return Piece(rf"\frac{{{above}}}{{{below}}}", 1.0 + max(symbol.width, variable.width))


def _bars(brackets: tuple[Piece, Piece]) -> tuple[Piece, Piece]:
    opening, closing = brackets
    return (
        opening._replace(text=opening.text.replace("(", "\\lvert ")),
        closing._replace(text=" " + closing.text.replace(")", "\\rvert")),
    )


def _apart(d: str) -> str:
    """A command ends before a letter only where a space ends it."""
    return " " if d[-1].isalpha() and d[0] == "\\" else ""


LATEX_FUNCTIONS: Final = Functions(
    names={
        "exp": Piece("\\exp", 1.7),
        "sqrt": Piece("\\operatorname{sqrt}", 2.2),
        "log": Piece("\\ln", 1.1),
        "sin": Piece("\\sin", 1.5),
        "cos": Piece("\\cos", 1.6),
        "atan": Piece("\\arctan", 3.1),
        "tanh": Piece("\\tanh", 2.3),
        "erf": Piece("\\operatorname{erf}", 1.5),
    },
    gap=Piece(" ", 0.2),
    e=Piece("e", 0.55),
    exponential=lambda exponent: Piece(f"e^{{{exponent.text}}}", 0.6 + _SCRIPT * exponent.width),
    root=(Piece("\\sqrt{", 1.1, Kind.STACK), Piece("}", 0.1, Kind.UNSTACK)),
    radical=Piece("", 0.0),
    absolute=_bars,
    pi=Piece("\\pi", 0.65),
    prime=Piece("'", 0.35),
    sides={"both": Piece("", 0.0), "left": Piece("_{-}", 0.7), "right": Piece("_{+}", 0.7)},
    operator=_operator,
    apart=(Piece(" \\, ", 0.2), Piece(" ", 0.0)),
    quotient=_quotient,
    bar=(
        Piece("\\left.", 0.3, Kind.STACK),
        Piece("\\right|_{", 0.5),
        Piece("=", 0.8),
        Piece("}", 0.3, Kind.UNSTACK),
    ),
    limits={"both": Piece("", 0.0), "left": Piece("^{-}", 0.6), "right": Piece("^{+}", 0.6)},
    differentials={"total": "d", "apart": "\\mathrm{d}", "partial": "\\partial"},
    inside=Level.LOOSE,
)
