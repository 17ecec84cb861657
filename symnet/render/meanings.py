"""What the symbols without a definition stand for: shapes, sizes, indices, columns of ones, functions; Σ and ∏."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby

from symnet.kernel import Replayed
from symnet.kernel.scope import Family, family
from symnet.render.explaining import derivatives
from symnet.render.inventory import Inventory
from symnet.render.statement import common
from symnet.render.wording import Part, Phrase, listed, say
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Definition,
    Equation,
    Index,
    Name,
    Position,
    Term,
    index,
    instance,
    is_at_most,
    natural,
    number,
    product,
    shifted,
    symbols,
)
from symnet.term.names import difference
from symnet.term.node import BINDERS

#: How many factors the example of a ∏ has.
_FACTORS = 3


def recursions(definitions: Iterable[Definition]) -> set[Family]:
    """The families that are defined by recursion."""
    return {family(d.symbol.name) for d in definitions if any(isinstance(p, Index) for p in d.symbol.name.positions)}


def meanings(language: str, found: Inventory, replayed: Replayed) -> Iterator[Phrase]:
    """The sentences that say for which symbols, sizes, indices and functions the claim holds."""
    defined, recursive = {d.symbol for d in replayed.definitions}, recursions(replayed.definitions)
    free = [s for s in found.symbols if s not in defined and family(s.name) not in recursive]
    indices: list[Part] = [natural(index(v)) for v in sorted(given(replayed))]
    sizes = sorted(found.sizes, key=_order)
    if len(free) == 1 and not (free[0].shape or free[0].free or sizes or indices or common(replayed)):
        yield say(language, "any number", symbol=(free[0],))
    elif free:
        rests = _for_all(language, sizes, indices)
        if not sizes and not indices and any(isinstance(c, Condition) for c in common(replayed)):
            rests = say(language, "for all such")
        yield (*_here(language, free, given(replayed)), " ", *rests)
    elif indices:
        yield say(language, "for indices", indices=listed(language, indices, "and", len(indices)))
    if found.ones:
        ones = _one_a_family(list(found.ones))
        key = "many ones" if len(ones) > 1 else "indexed ones" if ones[0].free else "ones"
        yield say(language, key, symbols=listed(language, ones, "and"), shape=(ones[0].shape,))
    if functions := list(found.functions):
        key = "function" if len(functions) == 1 else "functions"
        yield say(language, key, functions=listed(language, functions, "and", len(functions)))
    if found.binders:
        yield _conventions(language, found, replayed)
    yield from derivatives(language, found)


def given(replayed: Replayed) -> set[str]:
    """The index variables that the claim is about: those in it, and in what its symbols stand for."""
    claim = replayed.claim
    sides = [side for e in (*claim.equations, *claim.hypotheses) for side in (e.lhs, e.rhs)]
    sides += [c.term for c in claim.inequalities]
    sides += [d.body for d in replayed.definitions if not d.symbol.free]
    return {v for found in (*sides, *claim.conditions) for v in found.free}


def _order(name: Name) -> tuple[str, list[tuple[int, str]]]:
    return name.base, [(0, f"{p:010}") if isinstance(p, int) else (1, str(p)) for p in (name.layer or 0, *name.entry)]


# Families.


def _here(language: str, free: Sequence[Term], taken: Set[str]) -> Phrase:
    """``Here, for j = 1, 2, …, W⁽ʲ⁾ is nⱼ×nⱼ₋₁; x is n₀×1.``"""
    indexed = {family(s.name) for s in free if any(isinstance(p, Index) for p in s.name.positions)}
    if not indexed:
        return say(language, "here", shapes=_clauses(language, free))
    members = [[s for s in free if family(s.name) == key] for key in dict.fromkeys(family(s.name) for s in free)]
    families = [
        min(some, key=lambda s: (len(s.free & taken), _distance(s.name)))
        for some in members
        if family(some[0].name) in indexed
    ]
    others = [s for s in free if family(s.name) not in indexed]
    variables = sorted({v for s in families for v in s.free})
    if all(len(s.free) == 1 for s in families):
        variables = sorted(families[0].free)
        families = [instance(s, next(iter(s.free)), index(variables[0])) for s in families]
    clauses = _clauses(language, families)
    if len(variables) == 1:
        first = _least(families)
        one = index(variables[0])
        counting: tuple[Part, ...] = (Equation(natural(one), number(first)), f", {first + 1}, …")
        phrase = say(language, "here, for", index=counting, families=clauses)
    else:
        letters = listed(language, [natural(index(v)) for v in variables], "comma", len(variables))
        phrase = say(language, "here, for all", index=letters, families=clauses)
    if others:
        phrase = say(language, "and more", families=phrase, shapes=_clauses(language, others))
    return (*phrase, *say(language, "stop"))


def _distance(name: Name) -> tuple[int, int]:
    """How far the indices of a name are from being single letters."""
    indices = [p for p in name.positions if isinstance(p, Index)]
    return len(name.positions) - len(indices), sum(len(p.variables) - 1 + abs(p.offset) for p in indices)


def _least(families: Sequence[Term]) -> int:
    """The first index for which no position in the members is negative."""
    names = [n for s in families for n in (s.name, *(size for size in s.shape if isinstance(size, Name)))]
    return max([0, *(-p.offset for n in names for p in n.positions if isinstance(p, Index))])


def _one_a_family(ones: Sequence[Term]) -> list[Term]:
    """Columns of ones, with one of those whose lengths differ in an index only."""
    families: dict[object, list[Term]] = {}
    for one in ones:
        key = family(one.value) if isinstance(one.value, Name) and one.free else one
        families.setdefault(key, []).append(one)
    return [min(some, key=lambda one: _distance(one.value)) if len(some) > 1 else some[0] for some in families.values()]


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
            members.sort(key=lambda s: _order(s.name))
            scalars += (*comma, *listed(language, members))
    if scalars:
        clauses.append(say(language, "scalars" if len(scalars) > 2 else "scalar", symbols=tuple(scalars[1:])))
    return tuple(part for clause in clauses for part in (*comma, *clause))[1:]


def _for_all(language: str, sizes: Sequence[Name], indices: Sequence[Part]) -> Phrase:
    comma = say(language, "comma")
    letters = listed(language, indices, "and", len(indices))
    groups = groupby(sizes, key=lambda s: s.base)
    listing = tuple(part for _, group in groups for part in (*comma, *_sizes(language, list(group))))[1:]
    if not sizes:
        return say(language, "for all indices", indices=letters) if indices else say(language, "for all")
    if not indices:
        return say(language, "for all sizes", sizes=listing)
    return say(language, "for all sizes and indices", sizes=listing, indices=letters)


def _sizes(language: str, names: Sequence[Name]) -> Phrase:
    """``n₀, …, n₅``, or ``n₀, n₁, …`` where there is one for each index."""
    parts: list[Part] = [(name,) for name in names]
    member = next((n for n in names if any(isinstance(p, Index) for p in n.positions)), None)
    if member is None or len(member.positions) != 1:
        return listed(language, parts)
    first, second = (
        Name(member.base, None if member.layer is None else k, (k,) if member.entry else ()) for k in (0, 1)
    )
    return say(language, "onwards", first=((first,),), second=((second,),))


# Σ and ∏.


def _conventions(language: str, found: Inventory, replayed: Replayed) -> Phrase:
    """In which order ∏ multiplies, and what an empty ∏ or Σ is."""
    binders = list(found.binders)
    matrices = [b for b in binders if b.op == "pi" and b.shape]
    sentences = [
        _direction(language, direction, [b for b in matrices if b.value[3] == direction])
        for direction in dict.fromkeys(b.value[3] for b in matrices)
    ]
    kinds = {"sigma" if b.op == "sigma" else "pi" if b.shape else "scalar pi" for b in binders}
    for kind in ("pi", "scalar pi", "sigma"):
        if kind in kinds:
            beyond = ", and beyond" if kind == "pi" and _reaches_beyond(replayed) else ""
            sentences.append(say(language, f"an empty {kind}{beyond}"))
    return tuple(part for sentence in sentences for part in (" ", *sentence))[1:]


def _direction(language: str, direction: str, members: Sequence[Term]) -> Phrase:
    for member in members:
        variable = member.value[0]
        body = next(
            (s for s in symbols(member.args[0]) if s.free == {variable} and s.shape == member.args[0].shape), None
        )
        if body is not None:
            factors = [instance(body, variable, k) for k in range(1, _FACTORS + 1)]
            ordered = factors if direction == "ascending" else factors[::-1]
            example = Equation(Term("pi", (body,), (variable, 1, _FACTORS, direction)), product(ordered))
            return say(language, f"{direction} example", example=(example,))
    return say(language, direction)


def _reaches_beyond(replayed: Replayed) -> bool:
    """Whether a Σ or ∏ may have an upper limit below the one that makes it empty."""
    seen: set[tuple[object, ...]] = set()
    for line in (*replayed.lines, *(Claim((Equation(d.body, d.body),)) for d in replayed.definitions)):
        known = tuple((c.lower, c.upper) for c in line.conditions if isinstance(c, Bound))
        todo = [(side, known) for e in line.equations for side in (e.lhs, e.rhs)]
        while todo:
            node, ranges = todo.pop()
            if not node.bound or (id(node), ranges) in seen:
                continue
            seen.add((id(node), ranges))
            if node.op in BINDERS:
                variable, lower, upper, *_ = node.value
                if not _is_known(lower, shifted(upper, 1), ranges):
                    return True
                ranges = (*ranges, (lower, index(variable)), (index(variable), upper))
            todo += [(a, ranges) for a in node.args]
    return False


def _is_known(lower: Position, upper: Position, ranges: Sequence[tuple[Position, Position]]) -> bool:
    """Whether lower ≤ upper, always or because of one of the ranges."""
    if is_at_most(lower, upper):
        return True
    gap = difference(upper, lower)
    for low, high in ranges:
        rest = gap.copy()
        rest.subtract(difference(high, low))
        if all(count >= 0 for count in rest.values()):
            return True
    return False
