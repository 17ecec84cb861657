"""How wide terms are in LaTeX, roughly: enough to see which fractions are too wide to stand as fractions."""

from __future__ import annotations

from symnet.render.calculus import function_name
from symnet.render.digits import ratio
from symnet.render.functions import LATEX_FUNCTIONS, is_low
from symnet.render.notation import GREEK
from symnet.term import Term, fold
from symnet.term.node import BINDERS

_BRACKETS = 0.8
_SIGN = 1.3
_SCRIPT = 0.76
_GAP = 0.05


def wide(root: Term, widest: float) -> set[int]:
    """The fractions (by id) whose numerator or denominator is wider than that, in em."""
    found: set[int] = set()

    def measure(node: Term, args: list[float]) -> float:
        if node.op != "divide":
            return _width(node, args)
        if max(args) <= widest:
            return max(args) + 0.4
        found.add(id(node))
        return sum(args) + 2 * _BRACKETS

    fold(root, measure)
    return found


def _width(node: Term, args: list[float]) -> float:
    match node.op:
        case "sum":
            return sum(args) + _SIGN * (len(args) - 1)
        case "multiply" | "scale" | "product":
            bracketed = sum(a.op == "sum" for a in node.args)
            return sum(args) + _BRACKETS * bracketed + _GAP * len(args)
        case "power":
            return args[0] + 0.5 + _BRACKETS * (node.args[0].op != "symbol")
        case "apply" if function_name(node):
            if function_name(node) == "exp" and is_low(node.args[0]):
                return 0.6 + _SCRIPT * args[0]
            return LATEX_FUNCTIONS.names[node.name.base].width + args[0] + _BRACKETS
        case "derivative":
            return args[0] + (0.4 if node.args[0].op == "symbol" else 2.5)
        case "number":
            return 0.52 * len(ratio(node.value))
        case "symbol":
            base = node.name.base
            return (0.85 if base in GREEK else 0.6 * len(base)) + 0.6 * len(str(node.name)[len(base) :])
    return sum(args) + 1.2 * len(args) + (0 if args else 0.6 * len(str(node.value))) + 2.5 * (node.op in BINDERS)
