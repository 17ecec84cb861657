"""The words of a page: one table a language, and the reason of each step.

A phrase is a tuple of what it is made of: strings, terms, shapes, names of functions, equations and bounds; the
formats decide how each looks. Reasons are computed from the step and the definitions alone, never from what somebody
stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from string import Formatter
from typing import Final

from symnet.kernel.indexed import by_recursion
from symnet.kernel.scope import family
from symnet.term import (
    Bound,
    Claim,
    Equation,
    Index,
    Name,
    Position,
    Shape,
    Step,
    Term,
    index,
    natural,
    postorder,
    symbols,
)
from symnet.term.node import BINDERS

Part = str | Term | Shape | Name | Equation | Bound
Phrase = tuple[Part, ...]
#: What a reader is told to look at where a line is used.
Refer = Callable[[int], Phrase]

#: More members than this print as "first, …, last".
MANY: Final = 4
#: The rules that are about indices: pages that use them have numbers on their equations.
INDEXED: Final = frozenset({"termwise", "instantiate", "induct"})
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
        "indexed ones": "{symbols} is the column of ones that is as long as its index says.",
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
        "termwise": "rewrite each term",
        "instantiate": "put in {binding}",
        "induct": "by induction on {index}",
        "lemma": "Lemma {number}.",
        "theorem": "Theorem.",
        "claimed": "Claim.",
        "proof of claim": "Proof of the claim.",
        "proof": "Proof.",
        "for ranges": "For {ranges},",
        "natural": "every natural number {indices}",
        "naturals": "all natural numbers {indices}",
        "with": " with ",
        "equation": "({number})",
        "by induction": "Proof by induction on {index}.",
        "base": "For {index}:",
        "assumed": "Let {equation} hold for {index} (induction hypothesis).",
        "step": "Then, for {index}:",
        "induced": "This is {equation} for {index}, and so {equation} holds for every natural number {variable}.",
        "induction hypothesis": "induction hypothesis",
        "the hypothesis": "the induction hypothesis",
        "by": "by {references}",
        "from": "from {references}: ",
        "substituted": "{equation} with {binding}",
        "replaced": "{equation} with {value} for {what}",
        "for each": "by {references} for each {index} from {lower} to {upper}",
        "semicolon": "; ",
        "from zero": "for {index}, 1, 2, …",
        "empty sigma": "an empty ∑ is 0",
        "empty pi": "an empty ∏ is 𝐈",
        "empty scalar pi": "an empty ∏ is 1",
        "unfold sigma": "split off the term {place}",
        "unfold pi": "split off the factor {place}",
        "fold sigma": "include the term {place}",
        "fold pi": "include the factor {place}",
        "rebracket": "associativity",
        "insert": "insert {units}",
        "simplify": "simplify",
        "here, for": "Here, for {index}, {families}",
        "here, for all": "Here, for all {index}, {families}",
        "and more": "{families}; {shapes}",
        "stop": ".",
        "onwards": "{first}, {second}, …",
        "for all indices": "This holds for all their real values and all natural numbers {indices} (0 included).",
        "for all sizes and indices": (
            "This holds for all their real values, all positive whole numbers {sizes} and all natural numbers "
            "{indices} (0 included)."
        ),
        "for indices": "This holds for all natural numbers {indices} (0 included).",
        "descending": "The factors of ∏ stand in descending order, the last first.",
        "ascending": "The factors of ∏ stand in ascending order, the first first.",
        "descending example": "The factors of ∏ stand in descending order: {example}.",
        "ascending example": "The factors of ∏ stand in ascending order: {example}.",
        "an empty pi": "An empty ∏ is 𝐈.",
        "an empty pi, and beyond": (
            "An empty ∏, with an upper limit one below the lower, is 𝐈; with an upper limit below that, it is 0."
        ),
        "an empty scalar pi": "An empty ∏ of numbers is 1.",
        "an empty sigma": "An empty ∑ is 0.",
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
    if not items:
        return ()
    if len(items) > many:
        return (items[0], words["comma"], words["dots"], items[-1])
    between = [words["comma"]] * (len(items) - 2) + [words[last]] * (len(items) > 1)
    return tuple(chain.from_iterable(zip(items, (*between, ""), strict=True)))[:-1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a reason on a page with numbered equations draws on: how to refer to a line, and what a step changed."""

    refer: Refer
    apart: bool
    before: Term
    after: Term
    rebracketed: bool = False


def reason(
    language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term], told: Told | None = None
) -> Phrase:
    """Why a step holds, in words: from its rule, its terms and the lines and definitions that it uses.

    >>> reason("en", Step("regroup", (0,)), (), {})
    ('collect terms',)
    """
    if told is not None and step.rule in _TOLD:
        phrase = _TOLD[step.rule](language, step, told)
    elif step.rule in _REASONS:
        phrase = _REASONS[step.rule](language, step, lines, bodies)
    else:
        phrase = say(language, step.rule)
    if told is None or not told.apart or not step.premises or step.rule in INDEXED:
        return phrase
    return (*say(language, "from", references=told.refer(step.premises[0])), *phrase)


def _unfold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    plain = [t for t in step.terms if t.op not in BINDERS]
    if len(plain) < len(step.terms) or any(_is_recursive(s, bodies) for s in plain):
        definition = [say(language, "definition", symbols=listed(language, plain))] if plain else []
        return _several(language, [*definition, *_recursions(language, "unfold", step.terms)])
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


def _is_recursive(symbol: Term, bodies: Mapping[Term, Term]) -> bool:
    """Whether a symbol is a member of a family that is defined by recursion."""
    if symbol.name.layer == 0:
        return any(isinstance(s.name.layer, Index) and family(s.name) == family(symbol.name) for s in bodies)
    return isinstance(symbol.name.layer, Index) or symbol not in bodies


def _recursions(language: str, rule: str, terms: Sequence[Term]) -> Iterator[Phrase]:
    """What is used of Σ and ∏: which term is split off or included, or that they are empty."""
    for term in terms:
        if term.op in BINDERS:
            body, _ = by_recursion(term)
            if body.op in ("sum", "product", "multiply"):
                variable, _, upper, *_ = term.value
                place = Equation(natural(index(variable)), natural(upper))
                yield say(language, f"{rule} {term.op}", place=(place,))
            else:
                yield say(language, f"empty {'scalar ' if term.op == 'pi' and not term.shape else ''}{term.op}")


def _several(language: str, phrases: Iterable[Phrase]) -> Phrase:
    """Several reasons, each once."""
    apart = say(language, "semicolon")
    return tuple(part for phrase in dict.fromkeys(phrases) for part in (*apart, *phrase))[len(apart) :]


def _fold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    plain = [t for t in step.terms if t.op not in BINDERS]
    named = [say(language, "fold", symbols=listed(language, plain, last="and"))] if plain else []
    return _several(language, [*named, *_recursions(language, "fold", step.terms)])


def _substitute(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    sides = [lines[i].equations[0].lhs for i in step.premises[1:]]
    if any(side.size > LONG for side in sides):
        return say(language, "substitute lines")
    return say(language, "substitute", symbols=listed(language, sides))


_Reason = Callable[[str, Step, Sequence[Claim], Mapping[Term, Term]], Phrase]

#: The rules whose reason depends on the step; the others have a fixed phrase in the wording.
_REASONS: Final[dict[str, _Reason]] = {"unfold": _unfold, "fold": _fold, "substitute": _substitute}


# The reasons on a page with numbered equations.


def _by_lines(language: str, step: Step, told: Told) -> Phrase:
    hypothesis = say(language, "the hypothesis")
    references = list(dict.fromkeys(told.refer(p) for p in step.premises[1:]))
    if references == [hypothesis]:
        return say(language, "induction hypothesis")
    return say(language, "by", references=_joined(language, references))


def _for_each(language: str, step: Step, told: Told) -> Phrase:
    binder, of_lemma = step.terms
    variable, lower, upper, *_ = binder.value
    own, reference = natural(index(variable)), told.refer(step.premises[1])
    if of_lemma != own:
        reference = bound_to(language, reference, of_lemma, own)
    limits: dict[str, Phrase] = {"index": (own,), "lower": (natural(lower),), "upper": (natural(upper),)}
    return say(language, "for each", references=reference, **limits)


def _put_in(language: str, step: Step, told: Told) -> Phrase:
    what, value = step.terms
    return bound_to(language, told.refer(step.premises[0]), what, value)


def bound_to(language: str, reference: Phrase, what: Term, value: Term) -> Phrase:
    """``(1) with p = L``, or ``(1) with L − 1 for L`` where the same name stands on both sides."""
    if what in symbols(value) or what.free & value.free:
        return say(language, "replaced", equation=reference, what=(what,), value=(value,))
    return say(language, "substituted", equation=reference, binding=(Equation(what, value),))


def _by_induction(language: str, step: Step, told: Told) -> Phrase:
    references = _joined(language, [told.refer(p) for p in step.premises])
    return (*say(language, "from", references=references), *say(language, "induct", index=(step.terms[0],)))


def _collected(language: str, step: Step, told: Told) -> Phrase:
    """Collecting terms, or distributing, or only brackets; or putting in, or leaving out, factors 𝐈 and summands 𝟎."""
    if told.rebracketed:
        return say(language, "rebracket")
    if told.after.op == "sum" and told.before.op in ("product", "multiply", "scale"):
        return say(language, "distribute")
    before, after = _units(told.before), _units(told.after)
    if after and not before:
        units = listed(language, [u for op, u in _UNITS.items() if op in after], "and")
        return say(language, "insert", units=units)
    return say(language, "simplify" if before and told.after.size < told.before.size else "regroup")


def _units(term: Term) -> set[str]:
    return {node.op for node in postorder(term) if node.op in _UNITS}


def _joined(language: str, phrases: Sequence[Phrase]) -> Phrase:
    """``a, b and c`` of phrases."""
    words = WORDING[language]
    between = [words["comma"]] * (len(phrases) - 2) + [words["and"]] * (len(phrases) > 1)
    pairs = zip(phrases, (*between, ""), strict=True)
    return tuple(part for phrase, gap in pairs for part in (*phrase, gap) if part != "")


_UNITS: Final = {"identity": "𝐈", "zero": "𝟎"}
#: The rules that refer to numbered lines.
_TOLD: Final[dict[str, Callable[[str, Step, Told], Phrase]]] = {
    "substitute": _by_lines,
    "termwise": _for_each,
    "instantiate": _put_in,
    "induct": _by_induction,
    "regroup": _collected,
}


# Ranges of indices.


def quantified(language: str, variables: Sequence[str], bounds: Sequence[Bound]) -> Phrase:
    """For which indices something holds.

    >>> quantified("en", ["p"], [])
    ('every natural number ', index(p))
    >>> quantified("en", ["i"], [Bound(index("i"), index("L"))])
    ('every natural number ', Bound(lower=Index(variables=('i',), offset=0), upper=Index(variables=('L',), offset=0)))
    """
    places: list[Part] = [natural(index(v)) for v in variables]
    left = list(bounds)
    if len(variables) == 1 and (own := next((b for b in left if speaks_of(b) == index(variables[0])), None)):
        left.remove(own)
        places = [own]
    rest = listed(language, left, "and", len(left)) if left else ()
    if not places:
        return rest
    key = "natural" if len(places) == 1 else "naturals"
    phrase = say(language, key, indices=listed(language, places, "and", len(places)))
    return (*phrase, *say(language, "with"), *rest) if rest else phrase


def speaks_of(bound: Bound) -> Position:
    """What stands on the left of a bound: i of i ≤ L, and L of L ≥ 1."""
    return bound.lower if isinstance(bound.lower, Index) else bound.upper
