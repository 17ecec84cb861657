"""A term as plain text that :func:`~symnet.reader.text.read_text` reads again, for messages."""

from __future__ import annotations

from typing import Final

from symnet.errors import UsageError
from symnet.term import Name, Term, fold

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_LONGEST: Final = 300

Written = tuple[str, int]


def write_text(term: Term) -> str:
    """The term in the syntax of :func:`~symnet.reader.text.read_text`.

    Raises :class:`~symnet.errors.UsageError` for what that syntax lacks: matrices, derivatives, unknown functions are
    written, but not read.

    >>> from symnet.term import apply, number, symbol
    >>> z = symbol("z")
    >>> write_text(z / (1 + apply("exp", number(-2) * z)) - (z - 1) ** 2)
    'z/(1 + exp(-2*z)) - (z - 1)^2'
    """
    return fold(term, _write)[0]


def shown(term: Term) -> str:
    """The text in a message: not too long."""
    text = write_text(term)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _in(written: Written, level: int) -> str:
    return written[0] if written[1] >= level else f"({written[0]})"


def _write(node: Term, args: list[Written]) -> Written:
    match node.op:
        case "number":
            return str(node.value), (_SUM if node.value < 0 else _ATOM if node.value.denominator == 1 else _PRODUCT)
        case "symbol" if not node.shape:
            return name_text(node.name), _ATOM
        case "constant":
            return node.value, _ATOM
        case "sum":
            return _sum(args), _SUM
        case "multiply":
            return _product(node, args)
        case "divide":
            return f"{_in(args[0], _PRODUCT)}/{_in(args[1], _POWER)}", _PRODUCT
        case "power":
            return f"{_in(args[0], _ATOM)}^{node.value}", _POWER
        case "apply" if not node.shape:
            return f"{node.name.base}({args[0][0]})", _ATOM
        case "cases":
            return _cases(node.value, [text for text, _ in args]), _ATOM
        case _:
            raise UsageError(f"a {node.op} cannot be written as plain text")


def name_text(name: Name) -> str:
    """The name of a symbol: w_1_2, alpha."""
    text = name.base + "".join(f"_{i}" for i in name.entry)
    return text if name.layer is None else f"{text}^({name.layer})"


def _sum(args: list[Written]) -> str:
    first, *rest = (_in(a, _PRODUCT) if a[1] == _SUM and not a[0].startswith("-") else a[0] for a in args)
    return first + "".join(f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)


def _product(node: Term, args: list[Written]) -> Written:
    """Factors; a negative number in front is a sign."""
    first = node.args[0]
    texts = [_in(a, _POWER) for a in args[1:]]
    if first.op == "number" and first.value < 0:
        front = [] if first.value == -1 else [args[0][0][1:]]
        return "-" + "*".join([*front, *texts]), _SUM
    leading = args[0][0] if first.op in ("number", "divide") else _in(args[0], _POWER)
    return "*".join([leading, *texts]), _PRODUCT


def _cases(relations: tuple[str, ...], texts: list[str]) -> str:
    arms = [f"{texts[3 * i]} {r} {texts[3 * i + 1]}, {texts[3 * i + 2]}" for i, r in enumerate(relations)]
    return f"piecewise({', '.join([*arms, texts[-1]])})"
