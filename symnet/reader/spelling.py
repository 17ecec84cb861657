r"""A formula, spelled for latex2sympy2 from the tokens that our reader read.

latex2sympy2 knows ``\frac{}{}`` but not ``\frac12``, ``\exp(z)`` but not ``exp(z)``, no ``\bigl``, no ``\operatorname``
of ours. A function that it does not know is lent the name of one that it knows and that we have not: erf is \arcsin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from symnet.errors import ParseError
from symnet.reader.functions import GREEK_NAMES, Function
from symnet.reader.lexer import Token
from symnet.term import Name

#: Our functions that it knows, and how it spells them.
_SAME: Final = ("exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "max", "min")
_OTHER: Final = {"atan": r"\arctan", "asinh": r"\arsinh", "acosh": r"\arcosh", "atanh": r"\artanh"}
_KNOWN: Final = {name: f"\\{name}" for name in _SAME} | _OTHER
#: Names to lend, and the SymPy class that comes back for each.
LENT: Final = {r"\arcsin": "asin", r"\arccos": "acos", r"\arccot": "acot", r"\arcsec": "asec", r"\arccsc": "acsc"}

#: The longest formula that is handed over: latex2sympy2 is slow.
LONGEST: Final = 2_000

_SIGNS: Final = {"|(": r"\left|", "|)": r"\right|", "*": r"\cdot", "frac": r"\frac", "sqrt": r"\sqrt"}
_AS_THEY_ARE: Final = frozenset("+-/^,|{}")


def spelled(tokens: Sequence[Token]) -> tuple[str, dict[str, str]]:
    """The formula for latex2sympy2, and which of our functions each lent name stands for.

    Raises :class:`~symnet.errors.ParseError` for what it has no spelling for.
    """
    lent: dict[str, str] = {}
    text = " ".join([_spell(token, lent) for token in tokens])
    if len(text) > LONGEST:
        raise ParseError(f"it is longer than {LONGEST:,} characters")
    return text, {name: function for function, name in lent.items()}


def _spell(token: Token, lent: dict[str, str]) -> str:
    match token.kind:
        case "number":
            return token.text
        case "symbol":
            return _letter(token.value.name)
        case "constant":
            return r"\pi" if token.value.op == "constant" else "e"
        case "function":
            return _function(token, token.value, lent)
        case "(" | ")":
            return {r"\{": "(", r"\}": ")"}.get(token.text, token.text)
        case "begin":
            raise ParseError("latex2sympy2 has no cases")
    if token.kind in _AS_THEY_ARE:
        return token.kind
    if token.kind not in _SIGNS:
        raise ParseError(f"latex2sympy2 has no {token.text}")
    return _SIGNS[token.kind]


def _letter(name: Name) -> str:
    base = f"\\{name.base}" if name.base in GREEK_NAMES else name.base
    return base + (f"_{{{','.join(map(str, name.entry))}}}" if name.entry else "")


def _function(token: Token, function: Function, lent: dict[str, str]) -> str:
    if function.name == "log":
        text = token.text.replace(" ", "")
        return text if text.startswith(r"\l") else r"\ln" if text == "ln" else r"\log"
    if function.name in _KNOWN:
        return _KNOWN[function.name]
    if function.name not in lent:
        if len(lent) == len(LENT):
            raise ParseError(f"latex2sympy2 has no {function.name}, and no name is left to lend")
        lent[function.name] = list(LENT)[len(lent)]
    return lent[function.name]
