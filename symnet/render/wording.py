"""The words of a page: one table a language, and the reason of each step.

A phrase is a tuple of what it is made of: strings, terms, shapes, and names of functions; the formats decide how each
looks. Reasons are computed from the step and the definitions alone, never from what somebody stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from string import Formatter
from typing import Final

from symnet.term import Claim, Name, Shape, Step, Term, symbols

Part = str | Term | Shape | Name
Phrase = tuple[Part, ...]

#: More members than this print as "first, …, last".
MANY: Final = 4
#: Left-hand sides of more nodes than this are not repeated in a reason.
LONG: Final = 8

#: The wording, by language. A second language is a second row with the same keys.
WORDING: Final[dict[str, dict[str, str]]] = {
    "en": {
        "claim": "Claim",
        "where": "where",
        "if": "if",
        "assuming": "assuming",
        "definitions": "Definitions",
        "derivation": "Derivation",
        "notes": "Notes",
        "layer": "Layer {layer}:",
        "comma": ", ",
        "and": " and ",
        "dots": "…, ",
        "shape": "{symbol} is {shape}",
        "here": "Here {shapes}.",
        "scalar": "{symbols} is a real number",
        "scalars": "{symbols} are real numbers",
        "for all": "This holds for all their real values.",
        "for all sizes": "This holds for all their real values and all positive whole numbers {sizes}.",
        "function": "{functions} stands for any function that keeps the shape of its argument.",
        "functions": "{functions} stand for any functions that keep the shape of their argument.",
        "ones": "{symbols} is the {shape} column of ones.",
        "many ones": "{symbols} are columns of ones, each as long as its index says.",
        "definition of layer": "definition of layer {layer}",
        "activation of layer": "activation of layer {layer}",
        "named activation of layer": "activation of layer {layer}: {function}",
        "output activation": "output activation: {function}",
        "identity": "identity",
        "definition": "definition of {symbols}",
        "fold": "name {symbols}",
        "substitute": "substitute {symbols}",
        "substitute lines": "substitute what was shown above",
        "distribute": "distribute",
        "regroup": "collect terms",
        "symmetry": "exchange sides",
        "assume": "hypothesis",
        "discharge": "a nonzero number",
    }
}


def say(language: str, key: str, **fields: str | Phrase) -> Phrase:
    """The phrase of a key, with its fields filled in.

    >>> say("en", "layer", layer="2")
    ('Layer ', '2', ':')
    """
    parts: list[Part] = []
    for literal, field, _, _ in Formatter().parse(WORDING[language][key]):
        parts += [literal] if literal else []
        if field is not None:
            value = fields[field]
            parts += (value,) if isinstance(value, str) else value
    return tuple(parts)


def listed(language: str, items: Sequence[Part], last: str = "comma", many: int = MANY) -> Phrase:
    """``a, b, c`` or ``a, b and c``; with more than ``many`` members ``a, …, z``.

    >>> listed("en", ("a", "b", "c"), last="and")
    ('a', ', ', 'b', ' and ', 'c')
    >>> listed("en", ("a", "b", "c", "d", "e"))
    ('a', ', ', '…, ', 'e')
    """
    words = WORDING[language]
    if len(items) > many:
        return (items[0], words["comma"], words["dots"], items[-1])
    between = [words["comma"]] * (len(items) - 2) + [words[last]] * (len(items) > 1)
    return tuple(chain.from_iterable(zip(items, (*between, ""), strict=True)))[:-1]


def reason(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    """Why a step holds, in words: from its rule, its terms and the lines and definitions that it uses.

    >>> reason("en", Step("regroup", (0,)), (), {})
    ('collect terms',)
    """
    give = _REASONS.get(step.rule)
    return give(language, step, lines, bodies) if give else say(language, step.rule)


def _unfold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    layers = {s.name.layer for s in step.terms}
    functions = {_function(language, bodies[s], bodies) for s in step.terms}
    named = functions.pop() if len(functions) == 1 else None
    if layers == {None}:
        if named is not None:
            return say(language, "output activation", function=(named,))
    elif len(layers) == 1:
        layer = str(layers.pop())
        if not all(_is_activation(s, bodies) for s in step.terms):
            return say(language, "definition of layer", layer=layer)
        if named is None:
            return say(language, "activation of layer", layer=layer)
        return say(language, "named activation of layer", layer=layer, function=(named,))
    return say(language, "definition", symbols=listed(language, step.terms))


def _function(language: str, body: Term, bodies: Mapping[Term, Term]) -> Part | None:
    """What an activation applies to an earlier preactivation, when it is a function with a name."""
    if body.op == "apply":
        return body.name
    return WORDING[language]["identity"] if body in bodies else None


def _is_activation(symbol: Term, bodies: Mapping[Term, Term]) -> bool:
    """Whether the body mentions a defined symbol of the same layer, as a⁽ᵏ⁾ := z⁽ᵏ⁾ does."""
    mentioned = (s for s in symbols(bodies[symbol]) if s in bodies)
    return any(s.name.layer == symbol.name.layer for s in mentioned)


def _fold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    return say(language, "fold", symbols=listed(language, step.terms, last="and"))


def _substitute(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    sides = [lines[i].equations[0].lhs for i in step.premises[1:]]
    if any(side.size > LONG for side in sides):
        return say(language, "substitute lines")
    return say(language, "substitute", symbols=listed(language, sides))


_Reason = Callable[[str, Step, Sequence[Claim], Mapping[Term, Term]], Phrase]

#: The rules whose reason depends on the step; the others have a fixed phrase in the wording.
_REASONS: Final[dict[str, _Reason]] = {"unfold": _unfold, "fold": _fold, "substitute": _substitute}
