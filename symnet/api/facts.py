"""How the facts about a function are said, on a terminal and in JSON."""

from __future__ import annotations

from typing import Any, Final

from symnet import render
from symnet.activations import Z
from symnet.prove.meetings import Meeting
from symnet.prove.properties import BOUND, CONTAINED, Property
from symnet.prove.properties.data import Infinite, Interval, Value, Values
from symnet.render.relations import SIGNS
from symnet.term import Condition, Term, symbols

_LEADS: Final = {
    "domain": "h is defined for {z} in",
    "range": "h takes the values",
    "derivative range": "h′ takes the values",
    "limit at −∞": "As {z} → −∞, h tends to",
    "limit at ∞": "As {z} → ∞, h tends to",
    "jump": "",
    "kink": "",
    "parity": "h is",
    "monotony": "h is",
    "Lipschitz constant": "The least Lipschitz constant of h is",
}
#: The same where less is proved: all that is said first is proved, and the rest is not.
_WEAKER: Final = {
    ("range", CONTAINED): "h takes values only in",
    ("derivative range", CONTAINED): "h′ takes values only in",
    ("Lipschitz constant", BOUND): "A Lipschitz constant of h is",
}


def say(fact: Property, variable: Term = Z) -> str:
    """A fact about h(z) in words, with how sure it is; z is called what the variable is.

    >>> from symnet.term import number
    >>> say(Property("Lipschitz constant", number(1) / 4, "proved"))
    'The least Lipschitz constant of h is 1/4 (proved)'
    """
    where = " if " + " and ".join(condition_text(c) for c in fact.where) if fact.where else ""
    pieces = " on each interval of its domain" if fact.piecewise else ""
    lead = _WEAKER.get((fact.kind, fact.status), _LEADS[fact.kind]).format(z=render.text(variable))
    return f"{lead} {_value(fact)}{pieces}{where} ({fact.status})".lstrip()


def condition_text(condition: Condition) -> str:
    """``α > 0``"""
    return f"{render.text(condition.term)} {SIGNS[condition.relation]} 0"


def to_json(fact: Property, variable: Term = Z) -> dict[str, Any]:
    """A fact as plain data."""
    return {"kind": fact.kind, "value": _value(fact), "status": fact.status, "said": say(fact, variable)}


def _value(fact: Property) -> str:
    if fact.value is None:
        return "the set that the conditions say"
    if isinstance(fact.value, str):
        return fact.value
    if isinstance(fact.value, Meeting):
        return _corner(fact.kind, fact.value)
    return union(fact.value) if isinstance(fact.value, Values) else number_text(fact.value)


def _corner(kind: str, m: Meeting) -> str:
    """``h jumps at 0: it tends to …``; with letters, for some numbers of which it may not: ``At θ, h tends to …``"""
    is_jump, letters = kind == "jump", symbols(m.at, *(t for t in (m.left, m.right, m.left_slope, m.right_slope) if t))
    parts = _jump(m) if is_jump else _kink(m)
    said = ", ".join(parts[:-1]) + ("," if len(parts) > 2 else "") + f" and {parts[-1]}"
    if letters:
        return f"At {number_text(m.at)}, {'h' if is_jump else 'h′'} {said}"
    return f"h {'jumps' if is_jump else 'has a kink'} at {number_text(m.at)}: {'it' if is_jump else 'h′'} {said}"


def _jump(m: Meeting) -> list[str]:
    left = [] if m.left is None else [f"tends to {number_text(m.left)} from the left"]
    right = [] if m.right is None else [f"tends to {number_text(m.right)} from the right"]
    return [*left, f"is {number_text(m.value)} there", *right]


def _kink(m: Meeting) -> list[str]:
    sides = ((m.left_slope, "left"), (m.right_slope, "right"))
    found = [f"{number_text(slope)} from the {side}" for slope, side in sides if slope is not None]
    return [f"is {found[0]}", *found[1:]]


def union(values: Values) -> str:
    """``(−∞, −λ) ∪ {0} ∪ (λ, ∞)``"""
    points = [number_text(p.lower) for p in values.parts if p.is_point and p.lower is not None]
    if len(points) == len(values.parts):
        return f"{{{', '.join(points)}}}"
    return " ∪ ".join(map(interval_text, values.parts))


def interval_text(found: Interval) -> str:
    """``(0, 1/4]``, or ``{0}`` for a single number."""
    lower = "−∞" if found.lower is None else number_text(found.lower)
    upper = "∞" if found.upper is None else number_text(found.upper)
    if found.is_point:
        return f"{{{lower}}}"
    return f"{'[' if found.lower_closed else '('}{lower}, {upper}{']' if found.upper_closed else ')'}"


def number_text(value: Value) -> str:
    """A number as it is printed; an estimate with its decimals.

    >>> from symnet.term import cases, number, symbol
    >>> a = symbol("alpha")
    >>> number_text(cases((number(1), "<=", a, a), otherwise=number(1)))
    'max(1, α)'
    """
    if isinstance(value, Term):
        return _largest(value) or render.text(value)
    return value.value.replace("-", "−") if isinstance(value, Infinite) else f"{value.digits.replace('-', '−')}…"


def _largest(term: Term) -> str:
    """``max(1, α)`` for the larger of two terms; nothing for any other."""
    low, high, taken, other = term.args if term.op == "cases" and term.value == ("<=",) else (term,) * 4
    return f"max({number_text(low)}, {number_text(high)})" if (high, low) == (taken, other) != (term, term) else ""
