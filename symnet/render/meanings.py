"""What the symbols without a definition stand for: their shapes, the sizes, columns of ones, the functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby

from symnet.render.wording import Part, Phrase, listed, say
from symnet.term import Name, Term, postorder


def meanings(language: str, terms: Sequence[Term], defined: Set[Term]) -> Iterator[Phrase]:
    """The sentences that say for which symbols, sizes and functions the claim holds.

    >>> from symnet.term import symbol
    >>> list(meanings("en", [symbol("x"), symbol("y")], set()))
    [('Here ', x, ', ', y, ' are real numbers', '.', ' ', 'This holds for all their real values.')]
    """
    nodes = list(postorder(*terms))
    free = list(dict.fromkeys(n for n in nodes if n.op == "symbol" and n not in defined))
    if free:
        sizes = sorted({s for n in nodes for s in n.shape if isinstance(s, Name)}, key=_order)
        yield (*say(language, "here", shapes=_clauses(language, free)), " ", *_for_all(language, sizes))
    if ones := list(dict.fromkeys(n for n in nodes if n.op == "ones")):
        key = "ones" if len(ones) == 1 else "many ones"
        yield say(language, key, symbols=listed(language, ones, "and"), shape=(ones[0].shape,))
    if functions := list(dict.fromkeys(n.name for n in nodes if n.op == "apply")):
        key = "function" if len(functions) == 1 else "functions"
        yield say(language, key, functions=listed(language, functions, "and", len(functions)))


def _order(name: Name) -> tuple[str, int, tuple[int, ...]]:
    return name.base, -1 if name.layer is None else name.layer, name.entry


def _clauses(language: str, free: Iterable[Term]) -> Phrase:
    """``x is n₀×1, W⁽¹⁾ is n₁×n₀, a, b are real numbers``"""
    families: dict[object, list[Term]] = {}
    for s in free:
        families.setdefault((s.name.base, s.name.layer, s.shape), []).append(s)
    comma = say(language, "comma")
    clauses: list[Phrase] = []
    scalars: list[Part] = []
    for members in families.values():
        if members[0].shape:
            clauses += (say(language, "shape", symbol=(s,), shape=(s.shape,)) for s in members)
        else:
            members.sort(key=lambda s: s.name.entry)
            scalars += (*comma, *listed(language, members))
    if scalars:
        clauses.append(say(language, "scalars" if len(scalars) > 2 else "scalar", symbols=tuple(scalars[1:])))
    return tuple(part for clause in clauses for part in (*comma, *clause))[1:]


def _for_all(language: str, sizes: Sequence[Name]) -> Phrase:
    if not sizes:
        return say(language, "for all")
    comma = say(language, "comma")
    families = (tuple((s,) for s in family) for _, family in groupby(sizes, key=lambda s: s.base))
    listing = tuple(part for family in families for part in (*comma, *listed(language, family)))[1:]
    return say(language, "for all sizes", sizes=listing)
