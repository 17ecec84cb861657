"""The words of a page: one table a language.

A phrase is a tuple of what it is made of: strings, terms, shapes, names of functions, equations and other relations;
the formats decide how each looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from string import Formatter
from typing import Final

from symnet.render.relations import Related
from symnet.term import Bound, Equation, Name, Shape, Term


@dataclass(frozen=True, slots=True)
class Formula:
    """Terms with signs between them that are no part of a term: (0, 1/4], a → −∞, z ∈ (−∞, ∞)."""

    parts: tuple[str | Term, ...]


Part = str | Term | Shape | Name | Equation | Bound | Related | Formula
Phrase = tuple[Part, ...]

#: More members than this print as "first, …, last".
MANY: Final = 4
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
        "facts": "Facts",
        "fact": "fact",
        "value": "value",
        "how sure": "how sure",
        "layer": "Layer {layer}:",
        "comma": ", ",
        "and": " and ",
        "dots": "…, ",
        "shape": "{symbol} is {shape}",
        "here": "Here {shapes}.",
        "scalar": "{symbols} is a real number",
        "any number": "Here {symbol} is any real number.",
        "scalars": "{symbols} are real numbers",
        "for all": "This holds for all their real values.",
        "for all such": "This holds for all their real values that satisfy the conditions above.",
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
        "proof of claim, continued": "Proof of the claim, continued.",
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
        "write out sigma": "write out the sum",
        "write out pi": "write out the product",
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
        # Derivatives.
        "let": "Let",
        "differentiate": "rules of differentiation",
        "quotient rule": "quotient rule",
        "product rule": "product rule",
        "chain rule": "chain rule",
        "power rule": "power rule",
        "constant factor": "constant factor",
        "sum rule": "sum rule",
        "derivative of": "derivative of {functions}",
        "constant": "a constant",
        "rearrange": "rearrange",
        "elementary": "by the rules for {functions}",
        "since": "since {facts}",
        "choose": "for {conditions}",
        "suppose": "where {conditions}",
        "suppose_weakly": "where {conditions}",
        "branch": "case {number}",
        "conditions hold": "the conditions hold",
        "follows": "the other conditions imply this",
        "defined": "All of this is defined, since {facts}.",
        "sign": "by the signs of its parts",
        "positive": "every part is positive",
        "not negative": "no part is negative",
        "monotone": "{function} is increasing",
        "bounded": "{function} lies between {low} and {high}",
        "mean_value": "mean value theorem",
        "split": "both cases",
        "split in three": "all three cases",
        "one_sided": "one-sided derivative at {point}",
        "one_sided given": "since {equation}",
        "one_sided given for": "since {equation} for {conditions}",
        "and at": " and at {point}",
        "both_sides": "equal from the left and from the right",
        "with equation": "with {equations}",
        "at": "At {point},",
        "value at": "At {point}, {symbol} is",
        "value of": "{symbol} at {point}",
        "for every": "For every {variable},",
        "at, left": "At {point}, from the left,",
        "at, right": "At {point}, from the right,",
        "for conditions": "For {conditions},",
        "together": "Together,",
        "where condition": "for {conditions}",
        "prime": "A prime stands for the derivative with respect to {variable}.",
        "left": "{derivative} is the derivative from the left.",
        "right": "{derivative} is the derivative from the right.",
        "left and right": "{left} and {right} are the derivatives from the left and from the right.",
        "erf": "erf is the error function: {value} and {derivative}.",
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


def mentioned(phrase: Phrase) -> Iterator[Term]:
    """The terms in a phrase of facts."""
    for part in phrase:
        if isinstance(part, Formula):
            yield from (p for p in part.parts if isinstance(p, Term))
        elif isinstance(part, Related):
            yield from (part.lhs, part.rhs, *(part.low or ())[:1])
        elif isinstance(part, Term):
            yield part


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


def joined(language: str, phrases: Sequence[Phrase], last: str = "and") -> Phrase:
    """``a, b and c`` of phrases.

    >>> joined("en", [("a",), ("b", "c"), ("d",)])
    ('a', ', ', 'b', 'c', ' and ', 'd')
    """
    words = WORDING[language]
    between = [words["comma"]] * (len(phrases) - 2) + [words[last]] * (len(phrases) > 1)
    pairs = zip(phrases, (*between, ""), strict=True)
    return tuple(part for phrase, gap in pairs for part in (*phrase, gap) if part != "")
