"""A term as a multiple of a difference f(u) − f(v), where f is a function that increases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symnet.kernel.analysis import INCREASING
from symnet.prove.forms.cleaning import add, applied, cleaned, scaled, without_number
from symnet.term import Term, known_function, number, symbols


@dataclass(frozen=True, slots=True)
class Comparison:
    """f(u) and f(v), and the multiple of f(u) − f(v) that a term is equal to."""

    high: Term
    low: Term
    written: Term


def comparisons(term: Term) -> Iterator[Comparison]:
    """Ways to write a sum as c (f(u) − f(v)) with c > 0.

    >>> from symnet.term import apply, symbol
    >>> next(comparisons(apply("exp", symbol("z")) - 1)).low
    apply(number(0), exp)
    """
    number_in_front, found = without_number(cleaned(term))
    parts = [scaled(number_in_front, part) for part in (found.args if found.op == "sum" else (found,))]
    for i, part in enumerate(parts):
        c, applied_to = without_number(part)
        function = known_function(applied_to.value) if applied_to.op == "apply" else ""
        if function not in INCREASING:
            continue
        rest = cleaned(scaled(-1 / c, add([p for j, p in enumerate(parts) if j != i]))) if len(parts) > 1 else number(0)
        if rest.op != "apply" and set(symbols(rest)) & set(symbols(applied_to)):
            continue
        other = _argument(function, rest)
        if other is not None:
            yield _comparison(c, applied_to, Term("apply", (other,), applied_to.value))


def _argument(function: str, value: Term) -> Term | None:
    """v with f(v) = a value, where the kernel sees that it is one."""
    if value.op == "apply" and known_function(value.value) == function:
        return value.args[0]
    match function:
        case "exp":
            return applied("log", value) if value != number(0) else None
        case "log":
            return applied("exp", value)
        case "sqrt" if value.op == "number" and value.value >= 0:
            return number(value.value**2)
    return None


def _comparison(c: Fraction, one: Term, other: Term) -> Comparison:
    high, low = (one, other) if c > 0 else (other, one)
    difference = high - low
    return Comparison(high, low, difference if abs(c) == 1 else number(abs(c)) * difference)
