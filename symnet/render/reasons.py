"""Why a step holds, in words: computed from the step, the lines and the definitions alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from symnet.kernel.indexed import by_recursion
from symnet.kernel.scope import family
from symnet.render.grounds import GROUNDS, Situation
from symnet.render.relations import speaks_of
from symnet.render.wording import WORDING, Part, Phrase, joined, listed, say
from symnet.term import (
    Bound,
    Claim,
    Equation,
    Index,
    Name,
    Step,
    Term,
    index,
    natural,
    postorder,
    symbols,
)
from symnet.term.node import BINDERS

#: What a reader is told to look at where a line is used.
Refer = Callable[[int], Phrase]
#: The rules that are about indices: pages that use them have numbers on their equations.
INDEXED: Final = frozenset({"termwise", "instantiate", "induct"})
#: Left-hand sides of more nodes than this are not repeated in a reason.
LONG: Final = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What a reason on a page with numbered equations draws on: how to refer to a line, and what a step changed."""

    refer: Refer
    apart: bool
    before: Term
    after: Term
    rebracketed: bool = False


def reason(
    language: str,
    step: Step,
    lines: Sequence[Claim],
    bodies: Mapping[Term, Term],
    told: Told | None = None,
    line: Claim | None = None,
    variables: Collection[Name] = (),
) -> Phrase:
    """Why a step holds, in words: from its rule, its terms and the lines and definitions that it uses.

    ``line`` is what it shows, on a page about derivatives, and ``variables`` are those that are differentiated in.

    >>> reason("en", Step("regroup", (0,)), (), {})
    ('collect terms',)
    """
    of = Situation(language, step, lines, bodies, line, variables) if line is not None else None
    ground = GROUNDS.get(step.rule) if of is not None and (told is None or step.rule not in _TOLD) else None
    if of is not None and ground is not None and (found := ground(of)) is not None:
        phrase = found
    elif told is not None and step.rule in _TOLD:
        phrase = _TOLD[step.rule](language, step, told)
    elif step.rule in _REASONS:
        phrase = _REASONS[step.rule](language, step, lines, bodies)
    else:
        phrase = say(language, step.rule)
    if told is None or not told.apart or not step.premises or step.rule in _REFERRING:
        return phrase
    return (*say(language, "from", references=told.refer(step.premises[0])), *phrase)


def _unfold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    plain = [t for t in step.terms if t.op not in BINDERS]
    if len(plain) < len(step.terms) or any(_is_recursive(s, bodies) for s in plain):
        definition = [say(language, "definition", symbols=listed(language, plain))] if plain else []
        return several(language, [*definition, *_recursions(language, "unfold", step.terms)])
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


def several(language: str, phrases: Iterable[Phrase]) -> Phrase:
    """Several reasons, each once."""
    apart = say(language, "semicolon")
    return tuple(part for phrase in dict.fromkeys(phrases) for part in (*apart, *phrase))[len(apart) :]


def _fold(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    plain = [t for t in step.terms if t.op not in BINDERS]
    named = [say(language, "fold", symbols=listed(language, plain, last="and"))] if plain else []
    return several(language, [*named, *_recursions(language, "fold", step.terms)])


def _substitute(language: str, step: Step, lines: Sequence[Claim], bodies: Mapping[Term, Term]) -> Phrase:
    sides = [lines[i].equations[0].lhs for i in step.premises[1:]]
    if any(side.size > LONG for side in sides):
        return say(language, "substitute lines")
    return say(language, "substitute", symbols=listed(language, sides))


_Reason = Callable[[str, Step, Sequence[Claim], Mapping[Term, Term]], Phrase]

#: The rules whose reason depends on the step; the others have a fixed phrase in the wording.
_REASONS: Final[dict[str, _Reason]] = {
    "unfold": _unfold,
    "fold": _fold,
    "substitute": _substitute,
    "split": lambda language, step, lines, bodies: in_all_cases(language, step),
}


# The reasons on a page with numbered equations.


def _by_lines(language: str, step: Step, told: Told) -> Phrase:
    hypothesis = say(language, "the hypothesis")
    references = list(dict.fromkeys(told.refer(p) for p in step.premises[1:]))
    if references == [hypothesis]:
        return say(language, "induction hypothesis")
    return say(language, "by", references=joined(language, references))


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
    references = joined(language, [told.refer(p) for p in step.premises])
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


def _by_cases(language: str, step: Step, told: Told) -> Phrase:
    references = joined(language, list(dict.fromkeys(told.refer(p) for p in step.premises)))
    return (*say(language, "from", references=references), *in_all_cases(language, step))


def in_all_cases(language: str, step: Step) -> Phrase:
    """How many cases there are: > 0 and < 0, or = 0 besides."""
    return say(language, "split in three" if len(step.premises) > 2 else "split")


_UNITS: Final = {"identity": "𝐈", "zero": "𝟎"}
#: The rules that refer to numbered lines.
_TOLD: Final[dict[str, Callable[[str, Step, Told], Phrase]]] = {
    "substitute": _by_lines,
    "termwise": _for_each,
    "instantiate": _put_in,
    "induct": _by_induction,
    "regroup": _collected,
    "split": _by_cases,
}
#: The rules whose reasons say by themselves which lines are used.
_REFERRING: Final = INDEXED | {"split"}


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
