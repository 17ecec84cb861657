"""What the signs of a page about derivatives stand for: the prime, one-sided derivatives, erf."""

from __future__ import annotations

from collections.abc import Iterator

from symnet.render.calculus import is_primed
from symnet.render.identities import ERF, ERF_SLOPE
from symnet.render.inventory import Inventory
from symnet.render.wording import Phrase, say
from symnet.term import Equation, Term, apply, derivative, number, symbol


def derivatives(language: str, found: Inventory) -> Iterator[Phrase]:
    """The sentences that say what a prime is, and what erf is."""
    sentences: list[Phrase] = []
    if len(found.variables) == 1 and not next(iter(found.variables)).positions:
        variable = Term("symbol", (), (next(iter(found.variables)), ()))
        primed = [d for d in found.derivatives if is_primed(d.args[0], variable.name, found.defined)]
        sentences += [say(language, "prime", variable=(variable,))] if primed else []
        sided = {d.value[1]: d for d in reversed(primed) if d.value[1] != "both" and d.args[0].op == "symbol"}
        if {"left", "right"} <= set(sided):
            sentences.append(say(language, "left and right", left=(sided["left"],), right=(sided["right"],)))
        else:
            sentences += [say(language, s, derivative=(d,)) for s, d in sided.items()]
    if "erf" in found.known:
        sentences.append(_error_function(language))
    if sentences:
        yield tuple(part for sentence in sentences for part in (" ", *sentence))[1:]


def _error_function(language: str) -> Phrase:
    x = symbol("x")
    value, slope = Equation(apply("erf", number(0)), number(0)), Equation(derivative(ERF, x), ERF_SLOPE)
    return say(language, "erf", value=(value,), derivative=(slope,))
