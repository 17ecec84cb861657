"""The facts about a function as rows of a page, in its letters: ``a`` stands for h(z)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from symnet.api.facts import number_text
from symnet.prove.meetings import Meeting
from symnet.prove.properties import BOUND, CONTAINED, PROVED, Property
from symnet.prove.properties.data import Estimate, Infinite, Interval, Value, Values
from symnet.render import Fact, Formula
from symnet.render.relations import relation
from symnet.render.wording import Phrase, listed
from symnet.term import Term, derivative, symbols

Signs = tuple[str | Term, ...]

_IN_WORDS: Final = {
    CONTAINED: "no value outside: proved; all of these: numerical",
    BOUND: "proved; that it is the least: numerical",
}


def row(fact: Property, output: Term, variable: Term) -> Fact:
    """A fact as a row of a page.

    >>> from symnet.term import number, symbol
    >>> row(Property("Lipschitz constant", number(1), "numerical"), symbol("a"), symbol("z")).sure
    ('numerical',)
    """
    if isinstance(fact.value, Meeting):
        return meeting_row(fact.value, output, variable, _sure(fact))
    about, said = _ROWS[fact.kind](fact, output, variable)
    where = listed("en", [relation(c) for c in fact.where], "and", len(fact.where))
    return Fact(about, (*said, " if ", *where) if where else said, (_sure(fact),))


def meeting_row(found: Meeting, output: Term, variable: Term, sure: str = PROVED) -> Fact:
    """A kink or a jump as a row of a page, with what is on its two sides.

    Slopes with letters may agree for some numbers, as those of ELU do for α = 1, so a kink is not claimed then.
    """
    at = Formula((variable, " = ", found.at))
    if found.is_kink:
        left, right = ("none" if t is None else t for t in (found.left_slope, found.right_slope))
        has_letters = any(symbols(t) for t in (found.left_slope, found.right_slope) if t is not None)
        return Fact(
            ("two slopes" if has_letters else "kink",),
            (at, ": slope ", left, " from the left, ", right, " from the right"),
            (sure,),
        )
    sides = ((found.left, "left"), (found.right, "right"))
    limits = [(Formula((output, " → ", t)), f" from the {side}, ") for t, side in sides if t is not None]
    return Fact(("jump",), (at, ": ", *(p for limit in limits for p in limit), "value ", found.value), (sure,))


def _sure(fact: Property) -> str:
    """How sure a fact is, and how many steps the kernel has replayed for it."""
    steps = sum(len(shown.steps) for shown in fact.shown)
    count = f" ({steps} step{'s' * (steps > 1)})" if steps and fact.status == PROVED else ""
    return _IN_WORDS.get(fact.status, fact.status) + count


def _limit(fact: Property, output: Term, variable: Term) -> tuple[Phrase, Phrase]:
    end = fact.kind.removeprefix("limit at ")
    return ("limit",), (Formula((output, " → ", *_signs(fact))), " as ", Formula((variable, f" → {end}")))


def _monotony(fact: Property, output: Term, variable: Term) -> tuple[Phrase, Phrase]:
    where = " on each interval of its domain" if fact.piecewise else ""
    return ("monotony",), (output, f" is {fact.value}{where}")


def _domain(fact: Property, output: Term, variable: Term) -> tuple[Phrase, Phrase]:
    known = "the set that the conditions say" if fact.value is None else Formula((variable, " ∈ ", *_signs(fact)))
    return ("domain",), (known,)


_ROWS: Final[dict[str, Callable[[Property, Term, Term], tuple[Phrase, Phrase]]]] = {
    "domain": _domain,
    "range": lambda fact, a, z: (("range of ", a), (Formula(_signs(fact)),)),
    "derivative range": lambda fact, a, z: (("range of ", derivative(a, z)), (Formula(_signs(fact)),)),
    "limit at −∞": _limit,
    "limit at ∞": _limit,
    "parity": lambda fact, a, z: (("symmetry",), (a, f" is {fact.value}")),
    "monotony": _monotony,
    "Lipschitz constant": lambda fact, a, z: (("Lipschitz constant",), (Formula(_signs(fact)),)),
}


def _signs(fact: Property) -> Signs:
    """The value of a fact as terms with signs between them."""
    if isinstance(fact.value, Values):
        return _union(fact.value)
    return _number(fact.value) if isinstance(fact.value, Term | Estimate | Infinite) else (str(fact.value),)


def _union(values: Values) -> Signs:
    points = [p.lower for p in values.parts if p.is_point and p.lower is not None]
    if len(points) == len(values.parts):
        members = [part for p in points for part in (*_number(p), ", ")]
        return ("{", *members[:-1], "}")
    return tuple([part for p in values.parts for part in (*_interval(p), " ∪ ")][:-1])


def _interval(found: Interval) -> Signs:
    lower = _number(Infinite.BELOW if found.lower is None else found.lower)
    upper = _number(Infinite.ABOVE if found.upper is None else found.upper)
    if found.is_point:
        return ("{", *lower, "}")
    return ("[" if found.lower_closed else "(", *lower, ", ", *upper, "]" if found.upper_closed else ")")


def _number(value: Value) -> Signs:
    """A number; the larger of two as max(…, …)."""
    if not isinstance(value, Term):
        return (number_text(value),)
    if value.op == "cases" and value.value == ("<=",):
        low, high, taken, other = value.args
        if (high, low) == (taken, other):
            return ("max(", *_number(low), ", ", *_number(high), ")")
    return (value,)
