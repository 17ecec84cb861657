"""The value of a term in numbers of mpmath, by code that shares nothing with the package's evaluators."""

from __future__ import annotations

from collections.abc import Mapping
from operator import le, lt
from typing import Any

from symnet.term import Term, instance, symbol
from tests.activations.by_hand import MP, precisely


def value(term: Term, values: Mapping[Term, Any]) -> Any:
    """Definitions are shallow, so this is recursive; a Σ is a loop, and only the branch that holds is evaluated."""
    match term.op:
        case "number":
            return precisely(term.value)
        case "symbol":
            return values[term]
        case "constant":
            return +MP.pi
        case "sum":
            return MP.fsum(value(a, values) for a in term.args)
        case "multiply":
            return MP.fprod(value(a, values) for a in term.args)
        case "power":
            return value(term.args[0], values) ** term.value
        case "divide":
            return value(term.args[0], values) / value(term.args[1], values)
        case "apply":
            return getattr(MP, term.name.base)(value(term.args[0], values))
        case "cases":
            for i, relation in enumerate(term.value):
                left, right = (value(a, values) for a in term.args[3 * i : 3 * i + 2])
                if (lt if relation == "<" else le)(left, right):
                    return value(term.args[3 * i + 2], values)
            return value(term.args[-1], values)
        case "sigma":
            variable, lower, upper = term.value
            return MP.fsum(value(instance(term.args[0], variable, k), values) for k in range(lower, upper + 1))
    raise NotImplementedError(term.op)


def at(term: Term, z: Any) -> Any:
    """The value of a function of z."""
    return value(term, {symbol("z"): z})
