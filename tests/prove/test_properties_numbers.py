"""Every fact against numbers, by evaluators that share nothing with the search."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from symnet.prove.branches import letters
from symnet.prove.properties import NUMERICAL, Estimate, Infinite, Interval, Property, Values
from symnet.term import Claim, Condition, Term, symbols
from tests.activations.by_hand import MP, precisely
from tests.activations.evaluator import value
from tests.prove.properties_by_hand import AWKWARD, OTHERS, PIECEWISE, SMOOTH, Z, found, table

NAMES = [*table(PIECEWISE), *table(SMOOTH), *table(OTHERS), *table(AWKWARD)]
BITS = 250
POINTS = sorted(
    {Fraction(n, 8) for n in range(-60, 61)}
    | {Fraction(s * n, 23) for n in (1, 5, 17, 38, 61) for s in (1, -1)}
    | {Fraction(s * 10**k) for k in (2, 3, 5, 8) for s in (1, -1)}
    | {Fraction(s, 10**k) for k in (2, 4, 9) for s in (1, -1)}
)
# Near what may be an end of a branch.
POINTS = sorted(
    {
        *POINTS,
        *(
            Fraction(n, 12) + s * d
            for n in range(-72, 73)
            for d in (Fraction(1, 10**4), Fraction(1, 10**9))
            for s in (1, -1)
        ),
    }
)
NUMBERS = [Fraction(n) for n in ("1", "1/4", "2", "-1", "1/3", "5/2", "-2/3", "1/2", "3/4", "0", "7/8", "-3")]


# Functions in numbers.


@cache
def choices(name: str) -> tuple[dict[Term, Fraction], ...]:
    """Numbers for the letters under which all that is assumed holds."""
    derived, facts = found(name)
    needed = [c for p in facts for c in p.where] + list(assumed(name))
    drawn, names = random.Random(name), letters(derived.function, Z)
    tried = ({s: drawn.choice(NUMBERS) for s in names} for _ in range(400))
    kept = [n for n in tried if all(holds(c, n) for c in needed)]
    return tuple(kept[:4]) if names else ({},)


def assumed(name: str) -> tuple[Condition, ...]:
    from symnet.activations import find

    return tuple(c for p in find(name).parameters for c in p.assumptions) if name.isidentifier() else ()


def holds(condition: Condition, numbers: Mapping[Term, Any]) -> bool:
    found = value(condition.term, {s: precisely(Fraction(q)) for s, q in numbers.items()})
    return bool(found > 0 if condition.relation == ">" else found >= 0 if condition.relation == ">=" else found != 0)


def at(term: Term, numbers: Mapping[Term, Fraction], z: Any) -> Any:
    """The value at a place, or None."""
    try:
        got = value(
            term, {**{s: precisely(q) for s, q in numbers.items()}, Z: precisely(z) if isinstance(z, Fraction) else z}
        )
    except ZeroDivisionError:
        return None
    return got if isinstance(got, MP.mpf) and MP.isfinite(got) else None


def slope(term: Term, numbers: Mapping[Term, Fraction], z: Any) -> Any:
    """The derivative by a difference quotient; None where it differs from both sides."""
    step = MP.mpf(2) ** -60
    x = precisely(z)
    values = [at(term, numbers, x + k * step) for k in (-2, -1, 0, 1, 2)]
    if None in values:
        return None
    first, *others = [(b - a) / step for a, b in pairwise(values)]
    is_one = all(abs(first - s) < 1e-9 * (1 + abs(first)) for s in others)
    return (values[3] - values[1]) / (2 * step) if is_one else None


@cache
def samples(name: str, kind: str) -> list[tuple[dict[Term, Fraction], list[tuple[Fraction, Any]]]]:
    """Values of h, or of h′, for several choices of numbers."""
    derived, _ = found(name)
    compute = at if kind == "range" else slope
    with MP.workprec(BITS):
        return [
            (n, [(z, v) for z in POINTS if (v := compute(derived.function, n, z)) is not None]) for n in choices(name)
        ]


def facts(*kinds: str) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        yield from ((name, p.kind) for p in found(name)[1] if p.kind in kinds)


def fact(name: str, kind: str) -> Property:
    return next(p for p in found(name)[1] if p.kind == kind)


def worth(end: Term | Estimate | Infinite, numbers: Mapping[Term, Fraction]) -> Any:
    """The number that a value is."""
    if isinstance(end, Infinite):
        return MP.inf if end is Infinite.ABOVE else -MP.inf
    if isinstance(end, Estimate):
        return MP.mpf(end.digits)
    return value(end, {s: precisely(q) for s, q in numbers.items()})


def contains(part: Interval, numbers: Mapping[Term, Fraction], x: Any) -> bool:
    low = -MP.inf if part.lower is None else worth(part.lower, numbers)
    high = MP.inf if part.upper is None else worth(part.upper, numbers)
    room = MP.mpf(10) ** (-8 if part.is_estimated else -14) * (1 + abs(x))
    return bool(low - room <= x <= high + room)


# The facts.


@pytest.mark.parametrize("name", NAMES)
def test_the_domain(name: str) -> None:
    domain = fact(name, "domain").values
    if domain is None:
        return
    with MP.workprec(BITS):
        for numbers in choices(name):
            for z in POINTS:
                inside = any(contains_exactly(p, numbers, precisely(z)) for p in domain.parts)
                assert inside == (at(found(name)[0].function, numbers, z) is not None), z


def contains_exactly(part: Interval, numbers: Mapping[Term, Fraction], x: Any) -> bool:
    low = -MP.inf if part.lower is None else worth(part.lower, numbers)
    high = MP.inf if part.upper is None else worth(part.upper, numbers)
    return bool((low < x or (part.lower_closed and low == x)) and (x < high or (part.upper_closed and x == high)))


@pytest.mark.parametrize("kind", ["range", "derivative range"])
@pytest.mark.parametrize("name", NAMES)
def test_all_values_are_in_the_range_and_come_close_to_its_ends(name: str, kind: str) -> None:
    values = next((p.values for p in found(name)[1] if p.kind == kind), None)
    if not isinstance(values, Values):
        return
    with MP.workprec(BITS):
        for numbers, met in samples(name, kind):
            for z, v in met:
                assert any(contains(p, numbers, v) for p in values.parts), (z, MP.nstr(v, 15))
            for part in values.parts:
                check_ends(part, numbers, [v for _, v in met if contains(part, numbers, v)])


def check_ends(part: Interval, numbers: Mapping[Term, Fraction], values: list[Any]) -> None:
    """See that values come close to the ends of a part, or grow large."""
    assert values
    for end, nearest in ((part.lower, min(values)), (part.upper, max(values))):
        if end is None:
            assert abs(nearest) > 15
        else:
            assert abs(nearest - worth(end, numbers)) < 2e-3 * (1 + abs(nearest)), (end, MP.nstr(nearest, 10))


@pytest.mark.parametrize(("name", "kind"), list(facts("limit at −∞", "limit at ∞")))
def test_limits(name: str, kind: str) -> None:
    side = 1 if kind == "limit at ∞" else -1
    with MP.workprec(BITS):
        for numbers in choices(name):
            limit = worth(fact(name, kind).value, numbers)  # type: ignore[arg-type]
            near, far = (at(found(name)[0].function, numbers, Fraction(side * x)) for x in (10**4, 10**8))
            if MP.isinf(limit):
                assert far * MP.sign(limit) > 15
                assert abs(far) > abs(near)
            else:
                assert abs(far - limit) <= 1e-3
                assert abs(far - limit) <= abs(near - limit)


@pytest.mark.parametrize(("name", "kind"), list(facts("parity")))
def test_parity(name: str, kind: str) -> None:
    sign = 1 if fact(name, kind).value == "even" else -1
    with MP.workprec(BITS):
        for _, met in samples(name, "range"):
            known = dict(met)
            assert all(abs(v - sign * known[-z]) < 1e-30 * (1 + abs(v)) for z, v in met)


@pytest.mark.parametrize("name", NAMES)
def test_what_has_no_parity_is_neither_odd_nor_even(name: str) -> None:
    if "parity" in {p.kind for p in found(name)[1]}:
        return
    for sign in (1, -1):
        signs = []
        for _, met in samples(name, "range"):
            known = dict(met)
            signs.append(all(-z in known and abs(v - sign * known[-z]) < 1e-9 for z, v in met))
        assert not all(signs)


@pytest.mark.parametrize(("name", "kind"), list(facts("monotony")))
def test_monotony(name: str, kind: str) -> None:
    known = fact(name, kind)
    up, strict = known.value in ("increasing", "nondecreasing"), known.value in ("increasing", "decreasing")
    for numbers, met in samples(name, "range"):
        near = [(z, v if up else -v) for z, v in met if abs(z) < 30]
        for (z, v), (x, w) in pairwise(near):
            if not known.piecewise or are_together(name, numbers, z, x):
                assert v == w if known.value == "constant" else v < w if strict else v <= w, (z, x)


def are_together(name: str, numbers: Mapping[Term, Fraction], *places: Fraction) -> bool:
    """Whether places are in one interval of the domain."""
    domain = fact(name, "domain").values
    assert domain is not None
    return any(all(contains_exactly(p, numbers, precisely(z)) for z in places) for p in domain.parts)


@pytest.mark.parametrize(("name", "kind"), list(facts("Lipschitz constant")))
def test_the_lipschitz_constant_is_one_and_the_least(name: str, kind: str) -> None:
    for numbers, met in samples(name, "range"):
        constant = worth(fact(name, kind).value, numbers)  # type: ignore[arg-type]
        slopes = [abs(w - v) / precisely(x - z) for (z, v), (x, w) in pairwise(met)]
        slopes += [abs(s) for _, s in next(m for n, m in samples(name, "derivative range") if n == numbers)]
        assert max(slopes) <= constant * (1 + MP.mpf(10) ** -9)
        assert max(slopes) >= constant * (1 - MP.mpf(5) / 1000)


# What was replayed, against what is said.


def pairs(name: str, numbers: Mapping[Term, Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """Places p < q in one interval of the domain, its ends among them."""
    parts = fact(name, "domain").values
    assert parts is not None
    ends = {worth(e, numbers) for p in parts.parts for e in (p.lower, p.upper) if e is not None}
    rational = {Fraction(str(MP.nstr(e, 60))) for e in ends if precisely(Fraction(str(MP.nstr(e, 60)))) == e}
    places = sorted({*POINTS[::23], *rational})
    yield from ((p, q) for p, q in pairwise(places) if are_together(name, numbers, p, q))


@pytest.mark.parametrize(("name", "kind"), list(facts("monotony", "Lipschitz constant")))
def test_a_proof_about_two_places_holds_for_all_of_them(name: str, kind: str) -> None:
    known = fact(name, kind)
    if known.status == NUMERICAL or known.value == "constant":
        return
    claims = [r.claim for r in known.shown if r.claim.inequalities]
    with MP.workprec(BITS):
        for numbers in choices(name):
            for p, q in pairs(name, numbers):
                assert any(applies(c, numbers, p, q) for c in claims), (p, q)


def applies(claim: Claim, numbers: Mapping[Term, Fraction], p: Fraction, q: Fraction) -> bool:
    """Whether a line says something about two places: its conditions hold, and it has no hypotheses."""
    said = claim.inequalities[0].term
    letters = sorted({*symbols(said)} - numbers.keys(), key=str)
    constants = [s for s in letters if s.name.base in "LKCN"]
    places = [s for s in letters if s not in constants]
    if claim.hypotheses or len(places) != 2:
        return False
    given = {**numbers, **dict.fromkeys(constants, Fraction(10**6)), **dict(zip(places, (p, q), strict=True))}
    return all(holds(c, given) for c in claim.conditions if isinstance(c, Condition))


@pytest.mark.parametrize(("name", "kind"), list(facts("parity")))
def test_a_proof_of_parity_holds_in_the_whole_domain(name: str, kind: str) -> None:
    claims = [r.claim for r in fact(name, kind).shown]
    with MP.workprec(BITS):
        for numbers, met in samples(name, "range"):
            for z, _ in met[::11]:
                here = {**numbers, Z: z}
                assert any(all(holds(c, here) for c in claim.conditions) for claim in claims), z  # type: ignore[arg-type]
    assert not any(c.hypotheses for c in claims)
