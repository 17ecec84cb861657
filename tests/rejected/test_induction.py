"""Lies told by indices: by induction, by Σ and ∏ over an index, by families of symbols and by recursions."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import count

import pytest

from symnet.kernel import dependencies, replay
from symnet.term import (
    Bound,
    Condition,
    Definition,
    Derivation,
    Equation,
    Index,
    Name,
    Position,
    Step,
    Term,
    apply,
    identity,
    index,
    natural,
    number,
    ones,
    shifted,
    symbol,
    total,
    zero,
)
from tests.rejected.attack import (
    AT_I,
    AT_J,
    AT_K,
    AT_P,
    WORK,
    A,
    Attack,
    D,
    M,
    W,
    after,
    c,
    d,
    derivation,
    i,
    j,
    k,
    n,
    p,
    pi,
    r,
    refuse,
    s,
    sigma,
    step,
    t,
    table,
    width,
    x,
    y,
)
from tests.rejected.truths import indexed, inductions, scaled_sum

ONE, ZERO = number(1), number(0)
RECURSION = [(r(0), ONE), (r(after(i)), r(i) * c(after(i)))]

NO_SUCCESSOR = "is not the successor in p of one of its hypotheses"
NO_BASE = "the first line is not the hypothesis at p = 0"
OTHERWISE = "the two sides do not have the same normal form"
NO_MATCH = "nothing on the right-hand side matches"
TWICE = "has two meanings here"


def left(upper: Position) -> Term:
    """What scaled_sum shows equal to right."""
    return sigma(1, upper, x * c(k))


def right(upper: Position) -> Term:
    return x * sigma(1, upper, c(k))


def scaled(change: dict[int, Step] | None = None, *more: Step, define=()) -> Derivation:
    """The true derivation of left(p) = right(p): 3 is its base, 4 the hypothesis, 9 the successor, 10 the induction."""
    steps = list(scaled_sum().steps)
    for at, changed in (change or {}).items():
        steps[at] = changed
    return derivation(*steps, *more, define=define)


def claimed(lhs: Term, rhs: Term, *unfolded: Term, rule: str = "regroup", define=()) -> Derivation:
    """lhs = rhs by unfolding and algebra."""
    unfold = [step("unfold", at, term) for at, term in enumerate(unfolded)]
    return derivation(step("start", lhs), *unfold, step(rule, len(unfolded), rhs), define=define)


# No base, the wrong base, no successor.

BASES: list[Attack] = [
    ("no base", lambda: scaled({10: step("induct", 9, AT_P)}), "it takes 2 earlier lines, not 1"),
    ("no lines at all", lambda: scaled({10: step("induct", AT_P)}), "it takes 2 earlier lines, not 0"),
    ("a third line", lambda: scaled({10: step("induct", 3, 9, 9, AT_P)}), "it takes 2 earlier lines, not 3"),
    ("the hypothesis as its own base", lambda: scaled({10: step("induct", 4, 9, AT_P)}), NO_BASE),
    ("the successor as the base", lambda: scaled({10: step("induct", 9, 9, AT_P)}), NO_BASE),
    ("base and successor exchanged", lambda: scaled({10: step("induct", 9, 3, AT_P)}), NO_SUCCESSOR),
    ("the base before it is done", lambda: scaled({10: step("induct", 2, 9, AT_P)}), NO_BASE),
    ("t = t as the base", lambda: scaled({10: step("induct", 5, 9, AT_P)}), NO_BASE),
    (
        "the base the wrong way round",
        lambda: scaled({}, step("symmetry", 3), step("induct", 11, 9, AT_P)),
        NO_BASE,
    ),
    (
        "the base of another family",
        lambda: scaled({}, step("assume", sigma(1, 0, x * d(k)), x * sigma(1, 0, d(k))), step("induct", 11, 9, AT_P)),
        NO_BASE,
    ),
    (
        "the base of a sum from 0",
        lambda: scaled({}, step("assume", sigma(0, 0, x * c(k)), x * sigma(0, 0, c(k))), step("induct", 11, 9, AT_P)),
        NO_BASE,
    ),
    (
        "the base with y for x",
        lambda: scaled({}, step("assume", sigma(1, 0, y * c(k)), y * sigma(1, 0, c(k))), step("induct", 11, 9, AT_P)),
        NO_BASE,
    ),
    ("no variable", lambda: scaled({10: step("induct", 3, 9)}), "it takes 1 terms, not 0"),
    ("two variables", lambda: scaled({10: step("induct", 3, 9, AT_P, AT_I)}), "it takes 1 terms, not 2"),
    ("induction on i in lines about p", lambda: scaled({10: step("induct", 3, 9, AT_I)}), "successor in i of"),
    ("the hypothesis as its own successor", lambda: scaled({10: step("induct", 3, 4, AT_P)}), NO_SUCCESSOR),
    ("t = t as the successor", lambda: scaled({10: step("induct", 3, 5, AT_P)}), NO_SUCCESSOR),
    ("the successor before it is done", lambda: scaled({10: step("induct", 3, 8, AT_P)}), NO_SUCCESSOR),
    (
        "the successor the wrong way round",
        lambda: scaled({}, step("symmetry", 9), step("induct", 3, 11, AT_P)),
        NO_SUCCESSOR,
    ),
    (
        "a hypothesis at p + 1",
        lambda: scaled({4: step("assume", left(after(p)), right(after(p)))}),
        "nothing on the right-hand side matches",
    ),
    (
        "a hypothesis at p + 1 that is the successor",
        lambda: derivation(
            step("assume", x * 0, x), step("assume", x * index_of(after(p)), x), step("induct", 0, 1, AT_P)
        ),
        NO_SUCCESSOR,
    ),
    (
        "a hypothesis alone",
        lambda: derivation(step("start", ZERO), step("assume", AT_P, ZERO), step("induct", 0, 1, AT_P)),
        NO_SUCCESSOR,
    ),
    (
        "a hypothesis about another index",
        lambda: scaled({4: step("assume", left(i), right(i))}),
        "nothing on the right-hand side matches",
    ),
    (
        "a hypothesis about another index, and the successor in that",
        lambda: scaled(
            {},
            step("assume", left(i), right(i)),
            step("start", left(after(i))),
            step("unfold", 12, left(after(i))),
            step("substitute", 13, 11),
            step("regroup", 14, right(i) + x * c(after(i))),
            step("induct", 3, 15, AT_P),
        ),
        NO_SUCCESSOR,
    ),
    ("a line without any hypothesis", lambda: scaled({}, step("induct", 3, 10, AT_P)), NO_SUCCESSOR),
    (
        "p + 1 = p + 1 from p = 0",
        lambda: derivation(
            step("start", ZERO),
            step("assume", AT_P, ZERO),
            step("start", index_of(after(p))),
            step("substitute", 2, 1),
            step("induct", 0, 2, AT_P),
        ),
        NO_MATCH,
    ),
]


def index_of(position: Position) -> Term:
    return natural(position)


BASE_PLACES: list[Position] = [1, 2, 7, p, after(p), shifted(p, -1), i, index("i", "p"), index("p", "p")]


@pytest.mark.parametrize("place", BASE_PLACES, ids=str)
def test_a_base_elsewhere(place):
    refuse(lambda: based(place), NO_BASE)


def based(place: Position) -> Derivation:
    return scaled({10: step("assume", left(place), right(place))}, step("induct", 10, 9, AT_P))


#: A successor that is only assumed is none of itself; what does not depend on p is its own, and lacks its base.
SUCCESSORS: list[tuple[Position, str]] = [
    *((place, NO_SUCCESSOR) for place in (p, after(p), index("p", offset=2), index("p", "p"), index("i", "p"))),
    *((place, NO_BASE) for place in (1, 2, i, after(i))),
]


@pytest.mark.parametrize(("place", "words"), SUCCESSORS, ids=str)
def test_a_successor_that_is_assumed(place, words):
    refuse(lambda: succeeded(place), words)


def succeeded(place: Position) -> Derivation:
    return scaled({10: step("assume", left(place), right(place))}, step("induct", 3, 10, AT_P))


def over_variable(variable: Term) -> Derivation:
    """An induction over what is no variable."""
    return scaled({10: step("induct", 3, 9, variable)})


NO_VARIABLES: list[tuple[str, Callable[[], Term]]] = [
    ("0", lambda: ZERO),
    ("x", lambda: x),
    ("c_p", lambda: c(p)),
    ("p + 1", lambda: natural(after(p))),
    ("p − 1", lambda: natural(shifted(p, -1))),
    ("2p", lambda: natural(index("p", "p"))),
    ("i + p", lambda: natural(index("i", "p"))),
    ("p·1", lambda: AT_P * 1),
    ("p + 0 as a sum", lambda: AT_P + 0),
    ("a matrix", lambda: A),
    ("Σ", lambda: sigma(1, p, c(k))),
]


@pytest.mark.parametrize("rule", ["induct", "termwise", "instantiate"])
@pytest.mark.parametrize("build", [pytest.param(build, id=name) for name, build in NO_VARIABLES])
def test_what_is_no_variable(build, rule):
    told = {
        "induct": lambda: scaled({10: step("induct", 3, 9, build())}),
        "termwise": lambda: scaled(
            {},
            step("start", c(i)),
            step("start", sigma(0, p, c(k))),
            step("termwise", 12, 11, sigma(0, p, c(k)), build()),
        ),
        "instantiate": lambda: scaled({}, step("instantiate", 10, build(), ZERO)),
    }
    if rule == "instantiate" and build().op == "symbol":
        return  # a symbol is what can be replaced
    refuse(told[rule], "it takes an index variable such as n")


# What the index of an induction may not occur in.


def with_help(*help: Step, at: int = 11, define=()) -> Derivation:
    """An induction for p·0 = 0 whose successor rests on more: ``help`` is added before, its last line is used."""
    lemma = len(help) - 1
    base = len(help)
    steps = [
        *help,
        step("start", ZERO * c(0)),
        step("regroup", base, ZERO * x),
        step("assume", ZERO * c(p), ZERO * x),
        step("start", ZERO * c(after(p))),
        step("regroup", base + 3, ZERO * x + ZERO * help_side(help)),
        step("substitute", base + 4, lemma),
        step("regroup", base + 5, ZERO * x),
        # the hypothesis has to be used to be rested on
        step("regroup", base + 6, ZERO * c(p)),
        step("substitute", base + 7, base + 2),
        step("induct", base + 1, base + 8, AT_P),
    ]
    return derivation(*steps, define=define)


def help_side(help: tuple[Step, ...]) -> Term:
    """The left-hand side of the last line of the help, which is assumed."""
    return help[-1].terms[0]


def divided() -> Derivation:
    """0 = 0 for all p by dividing by p on the way."""
    return derivation(
        step("start", ZERO * c(0)),
        step("regroup", 0, ZERO),
        step("assume", ZERO * c(p), ZERO),
        step("start", ZERO * c(after(p))),
        step("regroup", 3, ZERO * c(p) * AT_P / AT_P),
        step("substitute", 4, 2),
        step("regroup", 5, ZERO),
        step("induct", 1, 6, AT_P),
    )


def divided_at_the_base() -> Derivation:
    return derivation(
        step("start", ZERO * c(0)),
        step("regroup", 0, ZERO * AT_P / AT_P),
        step("regroup", 1, ZERO),
        step("assume", ZERO * c(p), ZERO),
        step("start", ZERO * c(after(p))),
        step("regroup", 4, ZERO * c(p)),
        step("substitute", 5, 3),
        step("induct", 2, 6, AT_P),
    )


def ranged(at_base: bool) -> Derivation:
    """0 = 0 for all p by Σ_{k=1}^{p} on the way, where there is at least one term."""
    over = sigma(1, p, c(k))
    around = [step("regroup", 0, ZERO * over), step("unfold", 1, over), step("regroup", 2, ZERO)]
    base = [step("start", ZERO * c(0)), *(around if at_base else [step("regroup", 0, ZERO)])]
    b = len(base)
    inside = [] if at_base else [step("unfold", b + 2, over), step("regroup", b + 3, ZERO * c(p))]
    return derivation(
        *base,
        step("assume", ZERO * c(p), ZERO),
        step("start", ZERO * c(after(p))),
        step("regroup", b + 1, ZERO * c(p) if at_base else ZERO * over),
        *inside,
        step("substitute", b + 2 + len(inside), b),
        step("induct", b - 1, b + 3 + len(inside), AT_P),
    )


def base_resting_on(lhs: Term, rhs: Term, define=()) -> Derivation:
    """The base rests on a hypothesis about p."""
    return derivation(
        step("assume", lhs, rhs),
        step("start", ZERO * c(0)),
        step("regroup", 1, ZERO * lhs),
        step("substitute", 2, 0),
        step("regroup", 3, ZERO),
        step("assume", ZERO * c(p), ZERO),
        step("start", ZERO * c(after(p))),
        step("regroup", 6, ZERO * c(p)),
        step("substitute", 7, 5),
        step("induct", 4, 8, AT_P),
        define=define,
    )


def successor_assumed() -> Derivation:
    """The successor rests on the hypothesis, and on itself."""
    return scaled(
        {},
        step("assume", left(after(p)), right(after(p))),
        step("start", left(after(p))),
        step("substitute", 12, 11),
        step("regroup", 13, right(after(p)) + 0 * left(p)),
        step("substitute", 14, 4),
        step("regroup", 15, right(after(p))),
        step("induct", 3, 16, AT_P),
    )


def through_s() -> Derivation:
    """s = c_p for all p, where s is c_p: with s = c_0 as the base, all c are equal."""
    return derivation(
        step("start", s * 0),
        step("regroup", 0, ZERO * c(0)),
        step("assume", s * 0, ZERO * c(p)),
        step("start", s * 0),
        step("regroup", 3, s * 0 + s * 0),
        step("substitute", 4, 2),
        step("regroup", 5, ZERO * c(after(p))),
        step("induct", 1, 6, AT_P),
        define=[(s, c(p))],
    )


ABOUT_P = "p is not arbitrary: a hypothesis is about it"
OCCURS: list[Attack] = [
    ("p in another hypothesis of the successor", lambda: with_help(step("assume", d(p), y)), ABOUT_P),
    ("p + 1 in another hypothesis", lambda: with_help(step("assume", d(after(p)), y)), ABOUT_P),
    ("p itself is 0 by hypothesis", lambda: with_help(step("assume", AT_P, ZERO)), ABOUT_P),
    ("p is the limit of Σ in a hypothesis", lambda: with_help(step("assume", sigma(1, p, d(k)), y)), ABOUT_P),
    ("p in the shape of a hypothesis", lambda: with_help(step("assume", trace(p), y)), ABOUT_P),
    ("p in the name of a function", lambda: with_help(step("assume", apply(Name("f", p), x), y)), ABOUT_P),
    (
        "p hidden in a hypothesis by a definition",
        lambda: with_help(step("assume", s, y), define=[(s, d(p))]),
        ABOUT_P,
    ),
    (
        "p hidden in a hypothesis by two definitions",
        lambda: with_help(step("assume", t, y), define=[(s, AT_P), (t, s + 1)]),
        ABOUT_P,
    ),
    ("p in a hypothesis of the base", lambda: base_resting_on(d(p), y), ABOUT_P),
    ("p = 0 as a hypothesis of the base", lambda: base_resting_on(AT_P, ZERO), ABOUT_P),
    ("p hidden in a hypothesis of the base", lambda: base_resting_on(s, y, define=[(s, d(p))]), ABOUT_P),
    ("the successor itself in a hypothesis", successor_assumed, ABOUT_P),
    ("p hidden in the claim by a definition", through_s, "s depends on p by its definition: unfold it first"),
    ("the successor divides by p", divided, "a condition depends on p"),
    ("the base divides by p", divided_at_the_base, "a condition depends on p"),
    ("the successor needs 1 ≤ p", lambda: ranged(at_base=False), "a condition depends on p"),
    ("the base needs 1 ≤ p", lambda: ranged(at_base=True), "a condition depends on p"),
]


def trace(k: Position) -> Term:
    """A scalar of a column of n_k numbers, by a function."""
    return symbol(Name("tr", k))


# Capture: a name is an index, or bound, or something else, never two of them.


def bound_first(*then: Step) -> Derivation:
    return derivation(step("start", sigma(1, p, c(k))), *then)


CAPTURES: list[Attack] = [
    ("k bound, then free", lambda: bound_first(step("start", AT_K)), "k has two meanings here"),
    ("k free, then bound", lambda: derivation(step("start", AT_K), step("start", sigma(1, p, c(k)))), "k has two"),
    ("k bound and free in one term", lambda: derivation(step("start", AT_K * sigma(1, p, c(k)))), "k has two"),
    ("c_k outside of its Σ", lambda: bound_first(step("regroup", 0, sigma(1, p, c(k)) + 0 * c(k))), "k has two"),
    ("k free in a limit", lambda: derivation(step("start", sigma(1, k, c(j), "j") + sigma(1, p, c(k)))), "k has two"),
    ("Σ from k over k", lambda: sigma(k, p, c(k)), "sigma binds k, which is in use there"),
    ("Σ up to k over k", lambda: sigma(0, k, c(k)), "sigma binds k, which is in use there"),
    ("∏ up to k + 1 over k", lambda: pi(0, after(k), c(k)), "pi binds k, which is in use there"),
    ("Σ over k of Σ over k", lambda: sigma(0, p, sigma(0, p, c(k))), "sigma binds k, which is in use there"),
    ("∏ over k of Σ over k", lambda: pi(0, p, sigma(0, p, c(k)) * c(k)), "pi binds k, which is in use there"),
    ("a symbol named like an index", lambda: derivation(step("start", symbol("p") + AT_P)), f"p {TWICE}"),
    ("a symbol named like a bound index", lambda: bound_first(step("start", symbol("k"))), f"k {TWICE}"),
    ("a function named like an index", lambda: derivation(step("start", apply("p", AT_P))), f"p {TWICE}"),
    ("a function named like a bound index", lambda: bound_first(step("start", apply("k", x))), f"k {TWICE}"),
    ("a size named like an index", lambda: derivation(step("start", AT_P), step("start", ones(Name("p")))), TWICE),
    ("a size named like a bound index", lambda: bound_first(step("start", ones(Name("k")))), f"k {TWICE}"),
    ("an index named like a size", lambda: derivation(step("start", A), step("start", natural(index("n")))), TWICE),
    ("an index named like a symbol", lambda: derivation(step("start", x), step("start", natural(index("x")))), TWICE),
    ("an index of that name in a name", lambda: derivation(step("start", x), step("start", c(index("x")))), TWICE),
    ("an index of that name in a size", lambda: derivation(step("start", x), step("start", W(index("x")))), TWICE),
    ("an index of that name in a limit", lambda: derivation(step("start", x * sigma(0, index("x"), c(k)))), TWICE),
    (
        "a definition with k free, and a step with k bound",
        lambda: derivation(step("start", sigma(1, p, c(k))), define=[(s, AT_K)]),
        "k has two meanings here",
    ),
    (
        "a recursion over k, and a step with k bound",
        lambda: derivation(step("start", sigma(1, p, c(k))), define=[(r(0), x), (r(after(k)), r(k) + 1)]),
        "k has two meanings here",
    ),
    (
        "c_p moved to the bound k",
        lambda: derivation(step("start", c(p) * sigma(1, 3, d(k))), step("instantiate", 0, AT_P, AT_K)),
        "k has two meanings here",
    ),
    (
        "x moved to c_k below Σ over k",
        lambda: derivation(step("start", sigma(1, 3, x * d(k))), step("instantiate", 0, x, c(k))),
        "k has two meanings here",
    ),
    (
        "the bound k instantiated",
        lambda: bound_first(step("instantiate", 0, AT_K, ONE)),
        "k has two meanings here",
    ),
    (
        "induction on the bound k",
        lambda: scaled({10: step("induct", 3, 9, AT_K)}),
        "k has two meanings here",
    ),
    (
        "term by term in the bound k",
        lambda: derivation(
            step("start", sigma(1, p, c(k))), step("start", x), step("termwise", 0, 1, sigma(1, p, c(k)), AT_K)
        ),
        "k has two meanings here",
    ),
    (
        "a ∏ of a Σ unfolded at its own k",
        lambda: claimed(sigma(1, p, pi(1, k, c(j), variable="j")), x, pi(1, k, c(j), variable="j")),
        "k has two meanings here",
    ),
    (
        "Σ_j captured by Σ over j, term by term",
        lambda: derivation(
            step("start", c(i)),
            step("regroup", 0, c(i) + 0 * sigma(1, 2, d(j), "j")),
            step("start", sigma(1, p, c(j), "j")),
            step("termwise", 2, 1, sigma(1, p, c(j), "j"), AT_I),
        ),
        "j is bound by a Σ or ∏ there",
    ),
    (
        "the inner sum put into the outer one",
        lambda: derivation(
            step("start", sigma(1, p, x)),
            step("instantiate", 0, x, sigma(1, 2, c(k))),
        ),
        "sigma binds k, which is in use there",
    ),
]


# Σ and ∏ by recursion: what is empty, what comes last, and on which side.

EMPTY_SUM, EMPTY_PRODUCT = sigma(1, 0, c(k)), pi(1, 0, c(k))
EMPTY_MATRICES, EMPTY_WEIGHTS = pi(1, 0, D(k)), pi(1, 0, W(k))
I_0, I_1 = identity(width(0)), identity(width(1))

EMPTY: list[Attack] = [
    ("an empty Σ is 1", lambda: claimed(EMPTY_SUM, ONE, EMPTY_SUM), OTHERWISE),
    ("an empty ∏ is 0", lambda: claimed(EMPTY_PRODUCT, ZERO, EMPTY_PRODUCT), OTHERWISE),
    ("an empty Σ is c₁", lambda: claimed(EMPTY_SUM, c(1), EMPTY_SUM), OTHERWISE),
    ("an empty Σ of matrices is I", lambda: claimed(sigma(1, 0, D(k)), identity(n), sigma(1, 0, D(k))), OTHERWISE),
    ("an empty ∏ of matrices is 0", lambda: claimed(EMPTY_MATRICES, zero(n, n), EMPTY_MATRICES), OTHERWISE),
    ("an empty ∏ of matrices is 2I", lambda: claimed(EMPTY_MATRICES, 2 * identity(n), EMPTY_MATRICES), OTHERWISE),
    ("an empty ∏ is I of another size", lambda: claimed(EMPTY_WEIGHTS, I_1, EMPTY_WEIGHTS), OTHERWISE),
    ("an empty ∏ is a scalar 1", lambda: claimed(EMPTY_WEIGHTS, ONE, EMPTY_WEIGHTS), OTHERWISE),
    ("1 is an empty Σ", lambda: derivation(step("start", ONE), step("fold", 0, EMPTY_SUM)), NO_MATCH),
    ("0 is an empty ∏", lambda: derivation(step("start", ZERO), step("fold", 0, EMPTY_PRODUCT)), NO_MATCH),
    (
        "0 is an empty ∏ of matrices",
        lambda: derivation(step("start", zero(n, n)), step("fold", 0, EMPTY_MATRICES)),
        NO_MATCH,
    ),
    ("I of another size is ∏", lambda: derivation(step("start", I_1), step("fold", 0, EMPTY_WEIGHTS)), NO_MATCH),
    ("an empty Σ by algebra alone", lambda: claimed(EMPTY_SUM, ZERO), OTHERWISE),
    ("an empty ∏ by algebra alone", lambda: claimed(EMPTY_MATRICES, identity(n)), OTHERWISE),
    ("an empty ∏ taken for Σ", lambda: claimed(sigma(1, 0, D(k)), identity(n), EMPTY_MATRICES), NO_MATCH),
    (
        "Σ of no members is unfolded as if it had one",
        lambda: claimed(EMPTY_SUM, EMPTY_SUM + c(0), EMPTY_SUM),
        OTHERWISE,
    ),
]

#: Ranges that have fewer members than none: neither 0 nor I is known of them, nor a last member.
NEVER: list[tuple[Position, Position]] = [
    (1, -1),
    (2, 0),
    (5, 2),
    (after(p), shifted(p, -1)),
    (index("p", offset=2), p),
    (index("i", "p", offset=2), p),
]


@pytest.mark.parametrize("build", [sigma, pi], ids=["Σ", "∏"])
@pytest.mark.parametrize("body", [c(k), D(k)], ids=["scalars", "matrices"])
@pytest.mark.parametrize(("lower", "upper"), NEVER, ids=str)
def test_less_than_empty(build, body, lower, upper):
    over = build(lower, upper, body)
    nothing = (zero(n, n) if body.shape else ZERO) if build is sigma else identity(n) if body.shape else ONE
    refuse(lambda: claimed(over, nothing, over), "never holds")
    refuse(lambda: derivation(step("start", nothing), step("fold", 0, over)), "never holds")
    refuse(lambda: claimed(over, nothing), OTHERWISE)


def never(over: Term) -> Derivation:
    """A Σ or ∏ unfolded that has fewer members than none."""
    return derivation(step("start", over), step("unfold", 0, over))


PEELED = sigma(1, after(p), c(k))
LONGER = pi(1, after(p), D(k))
SHORTER = sigma(1, p, c(k))
WRONG_SUMS: list[tuple[str, Term]] = [
    ("the last is c_p", SHORTER + c(p)),
    ("the last is c_{p+2}", SHORTER + c(index("p", offset=2))),
    ("the last is c_1", SHORTER + c(1)),
    ("the last is d_{p+1}", SHORTER + d(after(p))),
    ("the last is missing", SHORTER),
    ("the last is there twice", total([SHORTER, c(after(p)), c(after(p))])),
    ("the last is subtracted", SHORTER - c(after(p))),
    ("the last is a factor", SHORTER * c(after(p))),
    ("the rest is missing", c(after(p))),
    ("the rest is as long", PEELED + c(after(p))),
    ("the rest ends before p", sigma(1, shifted(p, -1), c(k)) + c(after(p))),
    ("the rest starts at 0", sigma(0, p, c(k)) + c(after(p))),
    ("the rest starts at 2", sigma(2, p, c(k)) + c(after(p))),
    ("the rest is of d", sigma(1, p, d(k)) + c(after(p))),
    ("the rest is a ∏", pi(1, p, c(k)) + c(after(p))),
    ("the rest has another variable", sigma(1, p, c(j), "j") + c(after(p))),
    ("the first instead of the last", sigma(2, after(p), c(k)) + c(1)),
    ("the first is there as well", total([SHORTER, c(after(p)), c(0)])),
]
WRONG_PRODUCTS: list[tuple[str, Term]] = [
    ("the last is D_p", D(p) @ pi(1, p, D(k))),
    ("the last is D_{p+2}", D(index("p", offset=2)) @ pi(1, p, D(k))),
    ("the last is innermost", pi(1, p, D(k)) @ D(after(p))),
    ("the last is transposed", D(after(p)).T @ pi(1, p, D(k))),
    ("the last is missing", pi(1, p, D(k))),
    ("the last is there twice", D(after(p)) @ D(after(p)) @ pi(1, p, D(k))),
    ("the last is added", D(after(p)) + pi(1, p, D(k))),
    ("the rest is missing", D(after(p))),
    ("the rest is as long", D(after(p)) @ pi(1, after(p), D(k))),
    ("the rest starts at 0", D(after(p)) @ pi(0, p, D(k))),
    ("the rest starts at 2", D(after(p)) @ pi(2, p, D(k))),
    ("the rest ascends", D(after(p)) @ pi(1, p, D(k), "ascending")),
    ("the rest is a Σ", D(after(p)) @ sigma(1, p, D(k))),
    ("the rest is transposed", D(after(p)) @ pi(1, p, D(k)).T),
    ("the whole ascends", pi(1, after(p), D(k), "ascending")),
]


@pytest.mark.parametrize("wrong", [pytest.param(wrong, id=name) for name, wrong in WRONG_SUMS])
def test_a_sum_off_by_one(wrong):
    refuse(lambda: claimed(PEELED, wrong, PEELED), OTHERWISE)
    refuse(lambda: derivation(step("start", wrong), step("fold", 0, PEELED)), NO_MATCH)


@pytest.mark.parametrize("wrong", [pytest.param(wrong, id=name) for name, wrong in WRONG_PRODUCTS])
@pytest.mark.parametrize("direction", ["descending", "ascending"])
def test_a_product_off_by_one(wrong, direction):
    if direction == "ascending":
        wrong = mirrored(wrong)
    peeled = pi(1, after(p), D(k), direction)
    refuse(lambda: claimed(peeled, wrong, peeled), OTHERWISE)
    refuse(lambda: derivation(step("start", wrong), step("fold", 0, peeled)), NO_MATCH)


def mirrored(term: Term) -> Term:
    """Products and ∏ the other way round."""
    args = tuple(map(mirrored, term.args))
    if term.op == "pi":
        turned = "ascending" if term.value[3] == "descending" else "descending"
        return Term("pi", args, (*term.value[:3], turned))
    return Term(term.op, args[::-1] if term.op == "product" else args, term.value)


def fully(over: Term, rhs: Term) -> Derivation:
    """Everything of a Σ or ∏ from 1 to 3 unfolded."""
    variable, lower, upper, *direction = over.value
    parts = [Term(over.op, over.args, (variable, lower, b, *direction)) for b in range(upper, lower - 2, -1)]
    return claimed(over, rhs, *parts)


MEMBERS: list[Attack] = [
    ("Σ_{k=1}^{3} x = 2x", lambda: fully(sigma(1, 3, x), 2 * x), OTHERWISE),
    ("Σ_{k=1}^{3} x = 4x", lambda: fully(sigma(1, 3, x), 4 * x), OTHERWISE),
    ("Σ_{k=0}^{3} x = 3x", lambda: fully(sigma(0, 3, x), 3 * x), OTHERWISE),
    ("Σ_{k=1}^{3} k = 3", lambda: fully(sigma(1, 3, AT_K), number(3)), OTHERWISE),
    ("Σ_{k=0}^{2} k = 6", lambda: fully(sigma(0, 2, AT_K), number(6)), OTHERWISE),
    ("∏_{k=1}^{3} x = x²", lambda: fully(pi(1, 3, x), x**2), OTHERWISE),
    ("∏_{k=0}^{3} x = x³", lambda: fully(pi(0, 3, x), x**3), OTHERWISE),
    ("∏_{k=1}^{3} x = 3x", lambda: fully(pi(1, 3, x), 3 * x), OTHERWISE),
    ("∏ ascends though it descends", lambda: fully(pi(1, 3, D(k)), D(1) @ D(2) @ D(3)), OTHERWISE),
    ("∏ descends though it ascends", lambda: fully(pi(1, 3, D(k), "ascending"), D(3) @ D(2) @ D(1)), OTHERWISE),
    ("∏ in some order", lambda: fully(pi(1, 3, D(k)), D(3) @ D(1) @ D(2)), OTHERWISE),
    ("∏ without the middle", lambda: fully(pi(1, 3, D(k)), D(3) @ D(1)), OTHERWISE),
    ("∏ of A M", lambda: fully(pi(1, 2, A @ D(k)), A @ A @ D(2) @ D(1)), OTHERWISE),
    ("one more than there is", lambda: claimed(SHORTER, SHORTER + c(after(p)), SHORTER), OTHERWISE),
    ("Σ over k is Σ over j", lambda: claimed(SHORTER, sigma(1, p, c(j), "j")), OTHERWISE),
    ("ascending is descending", lambda: claimed(pi(1, p, D(k)), pi(1, p, D(k), "ascending")), OTHERWISE),
    ("Σ is ∏", lambda: claimed(SHORTER, pi(1, p, c(k))), OTHERWISE),
    ("Σ is linear by algebra", lambda: claimed(sigma(1, p, 2 * c(k)), 2 * SHORTER), OTHERWISE),
    (
        "Σ of products is a product of Σ",
        lambda: claimed(sigma(1, p, c(k) * d(k)), SHORTER * sigma(1, p, d(k))),
        OTHERWISE,
    ),
    ("A moves out on the wrong side", lambda: claimed(sigma(1, p, D(k) @ A), A @ sigma(1, p, D(k))), OTHERWISE),
    ("A moves past Σ", lambda: claimed(A @ sigma(1, p, D(k)), sigma(1, p, D(k)) @ A), OTHERWISE),
    ("A moves past ∏", lambda: claimed(A @ pi(1, p, D(k)), pi(1, p, D(k)) @ A), OTHERWISE),
    ("a transpose moves into ∏", lambda: claimed(pi(1, p, D(k)).T, pi(1, p, D(k).T)), OTHERWISE),
    ("2k is k + 1", lambda: claimed(natural(index("p", "p")), natural(after(p))), OTHERWISE),
    ("p + 1 is p", lambda: claimed(natural(after(p)), AT_P), OTHERWISE),
    ("p is 0", lambda: claimed(AT_P, ZERO), OTHERWISE),
    ("c_p is c_0", lambda: claimed(c(p), c(0)), OTHERWISE),
    ("c_p is c_i", lambda: claimed(c(p), c(i)), OTHERWISE),
    ("c^(p) is c_p", lambda: claimed(c(p), symbol(Name("c", None, (p,)))), OTHERWISE),
    ("f^(p) is f^(i)", lambda: claimed(apply(Name("f", p), x), apply(Name("f", i), x)), OTHERWISE),
    ("a symbol of no definition unfolded", lambda: claimed(c(p), x, c(p)), "c^(p) has no definition"),
    ("a sum unfolded", lambda: derivation(step("start", x + y), step("unfold", 0, x + y)), "a sum has no definition"),
    ("an index unfolded", lambda: derivation(step("start", AT_P), step("unfold", 0, AT_P)), "index has no definition"),
    (
        "the left-hand side unfolded",
        lambda: derivation(step("start", SHORTER), step("unfold", 0, SHORTER), step("unfold", 1, PEELED)),
        NO_MATCH,
    ),
    (
        "two of one body folded",
        lambda: derivation(step("start", ZERO), step("fold", 0, EMPTY_SUM, sigma(1, 0, d(k)))),
        "two of the symbols to fold have the same body",
    ),
]


def wrong_side(direction: str) -> Derivation:
    """A Σ D_k = Σ D_k A by induction."""

    def lhs(upper: Position) -> Term:
        return A @ sigma(1, upper, D(k))

    def rhs(upper: Position) -> Term:
        return sigma(1, upper, D(k) @ A)

    return derivation(
        step("start", lhs(0)),
        step("unfold", 0, sigma(1, 0, D(k))),
        step("regroup", 1, zero(n, n)),
        step("fold", 2, rhs(0)),
        step("assume", lhs(p), rhs(p)),
        step("start", lhs(after(p))),
        step("unfold", 5, sigma(1, after(p), D(k))),
        step("distribute", 6, lhs(p) + A @ D(after(p))),
        step("substitute", 7, 4),
        step("regroup", 8, rhs(p) + D(after(p)) @ A),
        step("fold", 9, rhs(after(p))),
        step("induct", 3, 10, AT_P),
    )


SIDES: list[Attack] = [("A past Σ by induction", lambda: wrong_side("left"), OTHERWISE)]


# Ranges.


def tail(upper: Position = p) -> Term:
    return sigma(i, upper, c(j), "j")


def termwise_tails(lower: Position, upper: Position, of: Position = p) -> Derivation:
    """The last term of Σ_{j=i}^{of} split off, for every i in a range."""
    over = sigma(lower, upper, sigma(k, of, c(j), "j"))
    return derivation(
        step("start", tail(of)), step("unfold", 0, tail(of)), step("start", over), step("termwise", 2, 1, over, AT_I)
    )


def zero_by_range() -> tuple[Step, ...]:
    """0 = 0, where i ≤ 3."""
    over = sigma(i, 3, c(k))
    return (
        step("start", ZERO * over),
        step("unfold", 0, over),
        step("regroup", 1, ZERO),
        step("symmetry", 2),
        step("regroup", 3, ZERO),
    )


EVERY = "the second line does not hold for every i from"
RANGES: list[Attack] = [
    ("i ≤ p for every i up to p + 1", lambda: termwise_tails(1, after(p)), EVERY),
    ("i ≤ p for every i up to another index", lambda: termwise_tails(1, index("q")), EVERY),
    ("i ≤ p for every i up to 2p", lambda: termwise_tails(1, index("p", "p")), EVERY),
    ("i ≤ 3 for every i up to 4", lambda: termwise_tails(1, 4, 3), EVERY),
    ("i ≤ 3 for every i up to p", lambda: termwise_tails(1, p, 3), EVERY),
    ("i ≤ p for every i up to 3", lambda: termwise_tails(1, 3), EVERY),
    ("i ≤ p − 1 for every i up to p", lambda: termwise_tails(1, p, shifted(p, -1)), EVERY),
    ("a Σ from −1, term by term", lambda: termwise_tails(-1, p), "0 ≤ -1 never holds"),
    (
        "a bound taken for a denominator",
        lambda: derivation(step("start", tail()), step("unfold", 0, tail()), step("discharge", 1)),
        "no condition of that line is a nonzero constant",
    ),
    (
        "Σ_{j=i}^{p} for i = p + 1 as if it had a last term",
        lambda: derivation(
            step("start", tail()), step("unfold", 0, tail()), step("instantiate", 1, AT_I, natural(after(p)))
        ),
        "never holds",
    ),
    (
        "Σ_{j=i}^{3} for i = 4",
        lambda: derivation(step("start", tail(3)), step("unfold", 0, tail(3)), step("instantiate", 1, AT_I, number(4))),
        "4 ≤ 3 never holds",
    ),
    (
        "0 = 0 for i = 4, which is over 3",
        lambda: derivation(*zero_by_range(), step("instantiate", 4, AT_I, number(4))),
        "4 ≤ 3 never",
    ),
    ("i = 10^5000", lambda: derivation(*zero_by_range(), step("instantiate", 4, AT_I, number(10**5000))), "a limit is"),
]


NO_INDEX: list[tuple[str, Callable[[], Term], str]] = [
    ("−1", lambda: number(-1), "an index is a whole number from 0"),
    ("1/2", lambda: ONE / 2, "an index is a whole number from 0"),
    ("the fraction 1/2", lambda: number(Fraction(1, 2)), "an index is a whole number from 0"),
    ("x", lambda: x, "an index is a whole number from 0"),
    ("2·p as a product", lambda: 2 * AT_P, "an index is a whole number from 0"),
    ("p + 1 as a sum", lambda: AT_P + 1, "an index is a whole number from 0"),
    ("a matrix", lambda: A, "an index is a whole number from 0"),
    ("Σ", lambda: sigma(1, p, c(k)), "an index is a whole number from 0"),
    ("10^10", lambda: number(10**10), "a limit is a whole number or an Index"),
    ("10^5000", lambda: number(10**5000), "a limit is a whole number or an Index"),
]


@pytest.mark.parametrize(("build", "words"), [pytest.param(*rest, id=name) for name, *rest in NO_INDEX])
def test_what_is_no_index(build, words):
    refuse(lambda: indexed_by(build()), words)


def indexed_by(value: Term) -> Derivation:
    return derivation(step("start", AT_I), step("instantiate", 0, AT_I, value))


# Shapes, and what the members of a family have in common.


def family(*terms: Term) -> Derivation:
    return derivation(*(step("start", term) for term in terms))


def plain(name: Name, *shape) -> Term:
    return symbol(name, shape)


AT_P_SHAPE = "if W^(k) is a symbol of shape"
SHAPES: list[Attack] = [
    ("Σ of matrices of many shapes", lambda: sigma(1, p, W(k)), "its shape depends on k"),
    ("Σ of columns of many lengths", lambda: sigma(1, p, ones(width(k))), "its shape depends on k"),
    ("∏ that ascends against the widths", lambda: pi(1, p, W(k), "ascending"), "neighbouring factors do not fit"),
    ("∏ that descends against the widths", lambda: pi(1, p, W(k).T), "neighbouring factors do not fit"),
    ("∏ of m×n", lambda: pi(1, 2, M), "neighbouring factors do not fit"),
    ("∏ of every second weight", lambda: pi(1, p, W(index("k", "k"))), "neighbouring factors do not fit"),
    ("∏ of n_{k+1}×n_{k−1}", lambda: pi(1, p, W(after(k)) @ W(k)), "neighbouring factors do not fit"),
    ("∏ of n_2×n_1", lambda: pi(1, p, W(2)), "neighbouring factors do not fit"),
    ("∏ without a direction", lambda: Term("pi", (c(k),), ("k", 1, p)), "pi carries a variable, its limits"),
    ("∏ in the direction 'sideways'", lambda: pi(1, p, c(k), "sideways"), "'descending' or 'ascending'"),
    ("Σ with a direction", lambda: Term("sigma", (c(k),), ("k", 1, p, "ascending")), "sigma carries a variable"),
    ("Σ of two terms", lambda: Term("sigma", (c(k), c(k)), ("k", 1, p)), "sigma takes 1 terms, not 2"),
    ("Σ of 1/c_k", lambda: sigma(1, p, 1 / c(k)), "it may be undefined for some index"),
    ("∏ of x/2", lambda: pi(1, p, x / 2), "it may be undefined for some index"),
    ("Σ of f(1/k)", lambda: sigma(0, p, apply("f", 1 / AT_K)), "it may be undefined for some index"),
    ("W₁ of another shape, first", lambda: family(plain(Name("W", 1), 2, 3), W(p)), "not a symbol of shape 2×3"),
    ("W₁ of another shape, later", lambda: family(W(p), plain(Name("W", 1), 2, 3)), "not a symbol of shape 2×3"),
    ("W₁ a scalar", lambda: family(W(p), plain(Name("W", 1))), "not a symbol of shape scalar"),
    ("W₂ of W₁'s shape", lambda: family(W(p), symbol(Name("W", 2), W(1).shape)), "W^(2) is a symbol of shape n_2×n_1"),
    ("W_{p+1} of W_p's shape", lambda: family(W(p), symbol(Name("W", after(p)), W(p).shape)), "not a symbol of shape"),
    ("W_i transposed", lambda: family(W(p), symbol(Name("W", i), W(i).shape[::-1])), "not a symbol of shape"),
    ("one W of two shapes", lambda: family(W(p), symbol(Name("W", p), (n, n))), "has two meanings here"),
    ("c_1 a matrix", lambda: family(c(p), plain(Name("c", 1), n, n)), "not a symbol of shape n×n"),
    ("c_1 a function", lambda: family(c(p), apply(Name("c", 1), x)), "not a function"),
    ("c_1 a size", lambda: family(c(p), ones(Name("c", 1))), "not a size"),
    ("n_1 a symbol", lambda: family(W(p), symbol(width(1))), "n_1 is a size if"),
    ("f_1 a symbol", lambda: family(apply(Name("f", p), x), symbol(Name("f", 1))), "f^(1) is a function if"),
    (
        "v of n_i entries, for i = 0",
        lambda: derivation(step("start", plain(Name("v"), width(i), 1)), step("instantiate", 0, AT_I, ZERO)),
        "v has two meanings here",
    ),
    (
        "one v of n_k entries below Σ over k",
        lambda: family(sigma(1, p, ones(width(k)).T @ plain(Name("v"), width(k), 1))),
        "k has two meanings here, an index and the variable of a Σ or ∏",
    ),
    (
        "v_j of n_k entries below Σ over k",
        lambda: family(sigma(1, p, ones(width(k)).T @ plain(Name("v", j), width(k), 1))),
        "k has two meanings here, an index and the variable of a Σ or ∏",
    ),
    (
        "v of n_i entries, below Σ over i",
        lambda: derivation(
            step("start", zero(1, 1)),
            step("regroup", 0, zero(1, width(i)) @ plain(Name("v"), width(i), 1)),
            step("start", sigma(1, p, zero(1, 1))),
            step("termwise", 2, 1, sigma(1, p, zero(1, 1)), AT_I),
        ),
        "v has two meanings here",
    ),
    (
        "V^(2k) of n_k rows, below Σ over k",
        lambda: derivation(
            step("start", zero(1, 1)),
            step("regroup", 0, zero(1, width(i)) @ plain(Name("V", index("i", "i")), width(i), 1)),
            step("start", sigma(1, p, zero(1, 1))),
            step("termwise", 2, 1, sigma(1, p, zero(1, 1)), AT_I),
        ),
        "not a symbol of shape",
    ),
    ("n^(i) rows against n_i rows", lambda: ones(Name("n", i)).T @ ones(width(i)), "cannot multiply"),
    ("W at i + 1 after W at i − 1", lambda: W(after(i)) @ W(shifted(i, -1)), "cannot multiply"),
    (
        "a column of c_i numbers",
        lambda: family(ones(Name("c", None, (i,))), symbol(Name("c", None, (2,)))),
        "is a size if",
    ),
]


# Definitions.


def under(*define: tuple[Term, Term], about: Term = x) -> Derivation:
    """A harmless line under the definitions: what is refused is a definition."""
    return derivation(step("start", about), define=define)


FIRST = (r(0), ONE)
NEXT = r(after(i))
DESCEND = "it has to descend"
TWO = "is defined by its members 0 and k+1"


RECURSIONS: list[Attack] = [
    ("a^(k+1) := a^(k+1)", lambda: under(FIRST, (NEXT, NEXT)), DESCEND),
    ("a^(k+1) := a^(k+1) + 1, so 0 = 1", lambda: under(FIRST, (NEXT, NEXT + 1)), DESCEND),
    ("a^(k+1) := a^(k+2)", lambda: under(FIRST, (NEXT, r(index("i", offset=2)))), DESCEND),
    ("a^(k+1) := a^(j)", lambda: under(FIRST, (NEXT, r(j))), DESCEND),
    ("a^(k+1) := a^(2k)", lambda: under(FIRST, (NEXT, r(index("i", "i")))), DESCEND),
    ("a^(k+1) := a^(k−1)", lambda: under(FIRST, (NEXT, r(shifted(i, -1)))), DESCEND),
    ("a^(k+1) := a^(5)", lambda: under(FIRST, (NEXT, r(5))), DESCEND),
    ("a^(k+1) := a^(0)", lambda: under(FIRST, (NEXT, r(0))), DESCEND),
    ("a^(k+1) := Σ_{j≤k} a^(j)", lambda: under(FIRST, (NEXT, sigma(0, i, r(j), "j"))), DESCEND),
    ("a^(k+1) := Σ_{j≤k+1} a^(j)", lambda: under(FIRST, (NEXT, sigma(0, after(i), r(j), "j"))), DESCEND),
    ("a^(k+1) := ∏_{j≤9} a^(j)", lambda: under(FIRST, (NEXT, pi(0, 9, r(j), variable="j"))), DESCEND),
    ("a^(k+1) := f(a^(k+1))", lambda: under(FIRST, (NEXT, apply("f", NEXT))), DESCEND),
    ("a^(k+1) by way of s := a^(k+1)", lambda: under(FIRST, (s, NEXT), (NEXT, s + 1)), "r occurs in an earlier"),
    ("a^(k+1) by way of s := a^(k)", lambda: under(FIRST, (s, r(i)), (NEXT, s + 1)), "r occurs in an earlier"),
    ("a^(k+1) by way of s := a^(7)", lambda: under(FIRST, (s, r(7)), (NEXT, s + 1)), "r occurs in an earlier"),
    (
        "a^(k+1) by way of Σ a^(j)",
        lambda: under(FIRST, (s, sigma(0, 9, r(j), "j")), (NEXT, s)),
        "r occurs in an earlier",
    ),
    (
        "a and b by each other",
        lambda: under(FIRST, (d(0), r(0)), (NEXT, d(i)), (d(after(i)), NEXT)),
        "d occurs in an earlier",
    ),
    ("a from b, and b from a", lambda: under((NEXT, d(i)), (d(0), r(5))), "before r^(i+1), exactly r^(0)"),
    (
        "a^(k+1) by way of s, defined later",
        lambda: under(FIRST, (NEXT, s), (s, r(3))),
        "occurs in its own or in an earlier",
    ),
    ("no a^(0)", lambda: under((NEXT, r(i))), "exactly r^(0) has to be defined"),
    ("a^(0) after the recursion", lambda: under((NEXT, r(i)), FIRST), "exactly r^(0) has to be defined"),
    ("a^(1) for a^(0)", lambda: under((r(1), ONE), (NEXT, r(i))), "exactly r^(0) has to be defined"),
    ("a^(1) beside a^(0)", lambda: under(FIRST, (r(1), x), (NEXT, r(i))), "exactly r^(0) has to be defined"),
    ("a_(0) for a^(0)", lambda: under((symbol(Name("r", None, (0,))), ONE), (NEXT, r(i))), "exactly r^(0)"),
    ("a for a^(0)", lambda: under((symbol("r"), ONE), (NEXT, r(i))), "exactly r^(0)"),
    ("a second recursion", lambda: under(FIRST, (NEXT, r(i)), (NEXT, r(i) + 1)), "exactly r^(0) has to be defined"),
    ("a second recursion, of constants", lambda: under(FIRST, (NEXT, x), (NEXT, y)), "exactly r^(0) has to be defined"),
    ("a second one in another letter", lambda: under(FIRST, (NEXT, r(i)), (r(after(j)), r(j) + 1)), "exactly r^(0)"),
    ("a^(3) after the recursion", lambda: under(FIRST, (NEXT, r(i)), (r(3), x)), "it is defined twice"),
    ("a^(0) again", lambda: under(FIRST, (NEXT, r(i)), (r(0), x)), "it is defined twice"),
    ("a^(k) := …", lambda: under(FIRST, (r(i), x)), TWO),
    ("a^(k+2) := …", lambda: under(FIRST, (r(index("i", offset=2)), r(i))), TWO),
    ("a^(k−1) := …", lambda: under(FIRST, (r(shifted(i, -1)), x)), TWO),
    ("a^(2k) := …", lambda: under(FIRST, (r(index("i", "i")), x)), TWO),
    ("a^(2k+1) := …", lambda: under(FIRST, (r(index("i", "i", offset=1)), x)), TWO),
    ("a^(i+j+1) := …", lambda: under(FIRST, (r(index("i", "j", offset=1)), x)), TWO),
    ("a_(k+1) := …", lambda: under((symbol(Name("r", None, (0,))), x), (symbol(Name("r", None, (after(i),))), x)), TWO),
    ("a_1^(k+1) := …", lambda: under((symbol(Name("r", 0, (1,))), x), (symbol(Name("r", after(i), (1,))), x)), TWO),
    ("a^(k+1) := j", lambda: under(FIRST, (NEXT, AT_J)), "may depend on no index but i"),
    ("a^(k+1) := c_j", lambda: under(FIRST, (NEXT, c(j))), "may depend on no index but i"),
    ("a^(0) := i", lambda: under((r(0), AT_I), (NEXT, r(i))), "may depend on no index but i, and r^(0) on none"),
    ("a^(0) := s, and s := i", lambda: under((s, AT_I), (r(0), s), (NEXT, r(i))), "and r^(0) on none"),
    ("a^(k+1) := s, and s := k", lambda: under((s, AT_J), FIRST, (NEXT, r(i) + s)), "may depend on no index but i"),
    ("a^(k+1) := 1/a^(k)", lambda: under(FIRST, (NEXT, 1 / r(i))), "may not divide by what could be zero"),
    ("a^(0) := 1/x", lambda: under((r(0), 1 / x), (NEXT, r(i))), "may not divide by what could be zero"),
    ("a^(k+1) := s, and s := 1/x", lambda: under((s, 1 / x), FIRST, (NEXT, r(i) * s)), "may not divide by what"),
    (
        "a^(k+1) of another shape",
        lambda: under((r(0), x), (symbol(Name("r", after(i)), (n, n)), A)),
        "r^(0) is a symbol",
    ),
    ("Σ as a name", lambda: Definition(sigma(1, p, c(k)), x), "only a symbol can be defined"),
    ("an index as a name", lambda: Definition(AT_P, ONE), "only a symbol can be defined"),
    (
        "c₂ := x, where c_k is summed",
        lambda: under((c(2), x), about=SHORTER),
        "c^(2) has a definition of its own, but c",
    ),
    ("c₂ := 1 + Σ c_k", lambda: under((c(2), 1 + sigma(1, 3, c(k)))), "c^(2) has a definition of its own, but c"),
    ("c₀ := c_p", lambda: under((c(0), c(p))), "c^(0) has a definition of its own"),
    ("c₀ := x, where c_p is used", lambda: under((c(0), x), about=c(p)), "c^(0) has a definition of its own"),
    (
        "x₂ := y, where x_k is used",
        lambda: under((symbol(Name("x", None, (2,))), y), about=symbol(Name("x", None, (p,)))),
        "definition of its own",
    ),
    ("s := s_k by its own name", lambda: under((s, s + AT_P)), "it occurs in its own"),
    (
        "a^(0) unfolded by the recursion",
        lambda: derivation(
            step("start", r(p)), step("unfold", 0, r(p)), step("instantiate", 1, AT_P, ZERO), define=RECURSION
        ),
        "",
    ),
    (
        "a^(k) is c_k times itself",
        lambda: claimed(r(p), r(p) * c(p), r(p), define=RECURSION),
        OTHERWISE,
    ),
    ("a^(k+1) is a^(k)", lambda: claimed(r(after(p)), r(p), r(after(p)), define=RECURSION), OTHERWISE),
    ("a^(0) is 0", lambda: claimed(r(0), ZERO, r(0), define=RECURSION), OTHERWISE),
    ("a^(1) is a^(0) c_0", lambda: claimed(r(1), r(0) * c(0), r(1), define=RECURSION), OTHERWISE),
    ("a^(1) is a^(0) c_i", lambda: claimed(r(1), r(0) * c(i), r(1), define=RECURSION), OTHERWISE),
    (
        "a^(p) folded from a^(p) c_{p+1}",
        lambda: derivation(step("start", r(p) * c(after(p))), step("fold", 0, r(p)), define=RECURSION),
        NO_MATCH,
    ),
]


# Putting something for a symbol.


def put(what: Term, value: Term, *about: Term, assume: tuple[Term, Term] | None = None, define=()) -> Derivation:
    """A symbol replaced in a line about it, which rests on a hypothesis, perhaps."""
    steps = [step("start", term) for term in about]
    if assume:
        steps = [step("assume", *assume), step("start", about[0]), step("substitute", 1, 0)]
    return derivation(*steps, step("instantiate", len(steps) - 1, what, value), define=define)


def put_below(hidden: Term, define) -> Derivation:
    """x replaced in a line that does not show its hypothesis t = hidden."""
    return derivation(
        step("assume", t, hidden),
        step("start", 0 * t + x),
        step("substitute", 1, 0),
        step("regroup", 2, x),
        step("instantiate", 3, x, y),
        define=define,
    )


PUTS: list[Attack] = [
    ("a defined symbol", lambda: put(s, y, s, define=[(s, x)]), "s is not arbitrary: it is defined"),
    ("a member of a recursion", lambda: put(r(2), y, r(2), define=RECURSION), "r^(2) is not arbitrary: it is defined"),
    ("the first of a recursion", lambda: put(r(0), y, r(0), define=RECURSION), "r^(0) is not arbitrary: it is defined"),
    (
        "the next of a recursion",
        lambda: put(r(after(p)), y, r(after(p)), define=RECURSION),
        "is not arbitrary: it is def",
    ),
    ("a member of a family", lambda: put(c(p), y, c(p)), "c^(p) is not arbitrary: it is defined, or a member"),
    ("c₁ where Σ c_k is about it", lambda: put(c(1), y, c(1) * sigma(1, 3, c(k))), "c^(1) is not arbitrary"),
    ("c₁ where Σ c_k is elsewhere", lambda: put(c(1), y, SHORTER, c(1)), "c^(1) is not arbitrary"),
    ("a weight", lambda: put(W(p), zero(*W(p).shape), W(p)), "is not arbitrary"),
    (
        "a symbol in a hypothesis",
        lambda: put(x, y, x, assume=(x, ZERO)),
        "x is not arbitrary: a hypothesis is about it",
    ),
    ("the other side of one", lambda: put(x, y, t * x, assume=(t, x)), "x is not arbitrary: a hypothesis is about it"),
    ("a symbol in Σ in a hypothesis", lambda: put(x, y, t * x, assume=(t, sigma(1, p, x))), "a hypothesis is about it"),
    (
        "a symbol hidden in a hypothesis",
        lambda: put_below(s, [(s, x * x)]),
        "x is not arbitrary: a hypothesis is about it",
    ),
    (
        "a symbol hidden twice in a hypothesis",
        lambda: put_below(symbol("q"), [(s, x * x), (symbol("q"), s + 1)]),
        "x is not arbitrary: a hypothesis is about it",
    ),
    (
        "a symbol hidden in a hypothesis by a recursion",
        lambda: put_below(r(p), [(r(0), x), (r(after(i)), r(i))]),
        "x is not arbitrary: a hypothesis is about it",
    ),
    (
        "a symbol hidden in a recursion",
        lambda: put(x, y, r(p) * x, define=[(r(0), x), (r(after(i)), r(i) + 1)]),
        "r^(p) depends on x by its definition: unfold it first",
    ),
    (
        "a symbol hidden in the next member of a recursion",
        lambda: put(x, y, r(0) * x, define=[(r(0), y), (r(after(i)), r(i) + x)]),
        "r^(0) depends on x by its definition: unfold it first",
    ),
    ("a symbol hidden in a definition", lambda: put(x, y, s - x, define=[(s, x)]), "s depends on x by its definition"),
    (
        "a symbol hidden in two definitions",
        lambda: put(x, y, t - x, define=[(s, x), (t, s)]),
        "t depends on x by its definition",
    ),
    (
        "a symbol hidden in a condition",
        lambda: derivation(
            step("start", y / s * s * x),
            step("regroup", 0, x * y),
            step("symmetry", 1),
            step("regroup", 2, x * y),
            step("instantiate", 3, x, ZERO),
            define=[(s, x)],
        ),
        "s depends on x by its definition: unfold it first",
    ),
    ("a matrix for a scalar", lambda: put(x, A, x), "the symbol and the term differ in shape"),
    ("a scalar for a matrix", lambda: put(A, x, A), "the symbol and the term differ in shape"),
    ("M transposed for M", lambda: put(M, M.T, M), "the symbol and the term differ in shape"),
    ("1/y below Σ", lambda: put(x, 1 / y, sigma(1, p, x)), "it may be undefined for some index"),
    ("0 for what is divided by", lambda: put(x, ZERO, 1 / x), "it needs 0 != 0"),
    ("no value", lambda: derivation(step("start", x), step("instantiate", 0, x)), "it takes 2 terms, not 1"),
    ("two values", lambda: derivation(step("start", x), step("instantiate", 0, x, y, y)), "it takes 2 terms, not 3"),
    ("two lines", lambda: derivation(step("start", x), step("instantiate", 0, 0, x, y)), "it takes 1 earlier lines"),
    ("a sum", lambda: put(x + y, y, x + y), "it takes an index variable such as n"),
    (
        "an index that a hypothesis is about",
        lambda: put(AT_P, ZERO, c(p), assume=(c(p), x)),
        "p is not arbitrary: a hypothesis is about it",
    ),
    (
        "an index hidden in a hypothesis",
        lambda: put(AT_P, ZERO, s * 1, assume=(s, x), define=[(s, c(p))]),
        "p is not arbitrary: a hypothesis is about it",
    ),
    (
        "an index hidden in a definition",
        lambda: put(AT_P, ZERO, s, define=[(s, c(p))]),
        "s depends on p by its definition",
    ),
    (
        "an index hidden in two definitions",
        lambda: put(AT_P, ZERO, t, define=[(s, c(p)), (t, s)]),
        "t depends on p by its definition",
    ),
    ("an index hidden in the shape of a symbol", lambda: put(AT_P, ONE, symbol("v", (width(p), 1))), TWICE),
    (
        "an index hidden in a condition",
        lambda: derivation(
            step("start", x / s * s),
            step("regroup", 0, x),
            step("symmetry", 1),
            step("regroup", 2, x),
            step("instantiate", 3, AT_P, ZERO),
            define=[(s, AT_P)],
        ),
        "s depends on p by its definition",
    ),
    ("1/p for p = 0", lambda: put(AT_P, ZERO, 1 / AT_P), "it needs 0 != 0"),
]


# Term by term.


def termwise(
    lemma: tuple[Step, ...], over: Term, *, within: Term | None = None, variable: Term = AT_I, define=()
) -> Derivation:
    at = len(lemma)
    return derivation(
        *lemma,
        step("start", over if within is None else within),
        step("termwise", at, at - 1, over, variable),
        define=define,
    )


def lemma(lhs: Term, rhs: Term, *more: tuple[Term, Term]) -> tuple[Step, ...]:
    return step("start", lhs), step("regroup", 0, rhs)


SQUARES = sigma(0, p, c(k) * c(k))
TERMS: list[Attack] = [
    (
        "the lemma is about one index",
        lambda: termwise(lemma(c(1) * c(1), c(1) ** 2), SQUARES),
        "its body is not the left-hand side",
    ),
    (
        "the lemma is about i + 1",
        lambda: termwise(lemma(c(after(i)) * c(after(i)), c(after(i)) ** 2), SQUARES),
        "its body is not",
    ),
    ("the lemma is about another index", lambda: termwise(lemma(c(j) * c(j), c(j) ** 2), SQUARES), "its body is not"),
    ("the lemma is about d", lambda: termwise(lemma(d(i) * d(i), d(i) ** 2), SQUARES), "its body is not"),
    ("the lemma read backwards", lambda: termwise(lemma(c(i) ** 2, c(i) * c(i)), SQUARES), "its body is not"),
    ("the lemma about c_i c_j", lambda: termwise(lemma(c(i) * c(j), c(j) * c(i)), SQUARES), "its body is not"),
    ("the Σ is not there", lambda: termwise(lemma(c(i) * c(i), c(i) ** 2), SQUARES, within=SHORTER), NO_MATCH),
    (
        "the Σ is longer",
        lambda: termwise(lemma(c(i) * c(i), c(i) ** 2), SQUARES, within=sigma(0, after(p), c(k) * c(k))),
        NO_MATCH,
    ),
    ("it is no Σ", lambda: termwise(lemma(c(i), c(i) + 0), c(p)), "it takes a Σ or a ∏, not a symbol"),
    ("it is a sum", lambda: termwise(lemma(c(i), c(i) + 0), x + y), "it takes a Σ or a ∏, not a sum"),
    (
        "i in the upper limit",
        lambda: termwise(lemma(c(i), c(i) + 0), sigma(0, i, c(k))),
        "i occurs in what is to be rewritten",
    ),
    (
        "i in the lower limit",
        lambda: termwise(lemma(c(i), c(i) + 0), sigma(i, p, c(k))),
        "i occurs in what is to be rewritten",
    ),
    (
        "i in the body, so Σ c_k c_i = Σ c_k²",
        lambda: termwise(lemma(c(i) * c(i), c(i) ** 2), sigma(0, p, c(k) * c(i))),
        "i occurs in what is to be rewritten",
    ),
    (
        "i hidden in the body",
        lambda: termwise(lemma(c(i) * s, s * c(i)), sigma(0, p, c(k) * s), define=[(s, c(i))]),
        "s depends on i by its definition: unfold it first",
    ),
    (
        "i hidden in the result",
        lambda: derivation(
            step("start", c(i)),
            step("fold", 0, s),
            step("start", sigma(0, p, c(k))),
            step("termwise", 2, 1, sigma(0, p, c(k)), AT_I),
            define=[(s, c(i))],
        ),
        "s depends on i by its definition: unfold it first",
    ),
    (
        "i hidden in the result twice",
        lambda: derivation(
            step("start", c(i)),
            step("fold", 0, s),
            step("fold", 1, t),
            step("start", sigma(0, p, c(k))),
            step("termwise", 3, 2, sigma(0, p, c(k)), AT_I),
            define=[(s, c(i)), (t, s)],
        ),
        "t depends on i by its definition: unfold it first",
    ),
    (
        "c_i = x by hypothesis, for one i",
        lambda: termwise((step("assume", c(i), x),), sigma(0, p, c(k))),
        "a hypothesis is about it",
    ),
    ("x = i by hypothesis", lambda: termwise((step("assume", x, AT_I),), sigma(0, p, x)), "a hypothesis is about it"),
    (
        "i hidden in a hypothesis",
        lambda: termwise((step("assume", x, s),), sigma(0, p, x), define=[(s, AT_I)]),
        "a hypothesis is about it",
    ),
    (
        "the lemma divides by i",
        lambda: termwise(
            (step("start", c(i)), step("regroup", 0, c(i) * AT_I / AT_I), step("regroup", 1, c(i) * 1)),
            sigma(0, p, c(k)),
        ),
        EVERY,
    ),
    (
        "the lemma divides by c_i",
        lambda: termwise(
            (step("start", c(i)), step("regroup", 0, c(i) * c(i) / c(i)), step("regroup", 1, c(i) * 1)),
            sigma(0, p, c(k)),
        ),
        EVERY,
    ),
    (
        "the lemma divides by s := c_i",
        lambda: termwise(
            (step("start", x), step("regroup", 0, x * s / s), step("regroup", 1, x * 1)),
            sigma(0, p, x),
            define=[(s, c(i))],
        ),
        "s depends on i by its definition: unfold it first",
    ),
    (
        "the result divides",
        lambda: termwise((step("start", c(i)), step("regroup", 0, c(i) * x / x)), sigma(0, p, c(k))),
        "it may be undefined for some index",
    ),
    (
        "the result has another shape for each index",
        lambda: termwise(lemma(zero(1, 1), zero(1, width(i)) @ zero(width(i), 1)), sigma(0, p, A)),
        "its body is not",
    ),
    (
        "one line",
        lambda: derivation(step("start", SQUARES), step("termwise", 0, SQUARES, AT_I)),
        "it takes 2 earlier lines",
    ),
    (
        "no variable",
        lambda: derivation(step("start", SQUARES), step("termwise", 0, 0, SQUARES)),
        "it takes 2 terms, not 1",
    ),
    (
        "the factors of ∏ by a lemma for Σ",
        lambda: termwise(lemma(c(i) * c(i), c(i) ** 2), SQUARES, within=pi(0, p, c(k) * c(k))),
        NO_MATCH,
    ),
]


# Data that only looks like an index.


class Text(str):
    """A text of a class of its own."""


class Sum(Index):
    """An index of a class of its own, which says what it likes."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Index.__hash__


def forged(make: Callable[[], object], **fields: object) -> object:
    """An object with fields that went past its checks."""
    made = make()
    for field, value in fields.items():
        object.__setattr__(made, field, value)
    return made


def start_forged(term: Term, **fields: object) -> Derivation:
    return derivation(step("start", forged(lambda: term, **fields)))  # type: ignore[arg-type]


def with_index(**fields: object) -> Derivation:
    """A line about c^(k) whose index was changed after it had been checked."""
    at = index("p")
    term = c(at)
    forged(lambda: at, **fields)
    return derivation(step("start", term))


def with_limits(value: object) -> Derivation:
    return start_forged(sigma(1, p, c(k)), value=value)


def circle() -> Derivation:
    """A term that is its own argument."""
    term = x + y
    object.__setattr__(term, "args", (term, term))
    return derivation(step("start", term))


def nested(depth: int) -> tuple:
    found: tuple = ()
    for _ in range(depth):
        found = (found,)
    return found


def hidden_freedom() -> Derivation:
    """Σ c_k c_i by a lemma about i, with a Σ that denies that it depends on i."""
    over = sigma(0, p, c(k) * c(i))
    object.__setattr__(over, "free", frozenset({"p"}))
    return termwise(lemma(c(i) * c(i), c(i) ** 2), over)


NOT_INDICES: list[Attack] = [
    ("an index without variables", lambda: Index(()), "an index has 1 to 8 variables"),
    ("an index of nine variables", lambda: Index(tuple("abcdefghi")), "an index has 1 to 8 variables"),
    ("variables in a list", lambda: Index(["k"]), "the variables of an index are names"),
    ("variables in a text", lambda: Index("k"), "the variables of an index are names"),
    ("a variable 1", lambda: Index((1,)), "the variables of an index are names"),
    ("a variable None", lambda: Index((None,)), "the variables of an index are names"),
    ("an empty variable", lambda: Index(("",)), "the variables of an index are names"),
    ("a variable 'k+1'", lambda: Index(("k+1",)), "the variables of an index are names"),
    ("a variable with a line break", lambda: Index(("k\n",)), "the variables of an index are names"),
    ("a variable of a subclass of str", lambda: Index((Text("k"),)), "the variables of an index are names"),
    ("a variable of 10^5 letters", lambda: Index(("k" * 10**5,)), "the variables of an index are names"),
    ("variables out of order", lambda: Index(("p", "i")), "in alphabetical order"),
    ("an offset True", lambda: Index(("k",), True), "the offset of an index is a whole number"),
    ("an offset 1.0", lambda: Index(("k",), 1.0), "the offset of an index is a whole number"),
    ("an offset 10^10", lambda: Index(("k",), 10**10), "the offset of an index is a whole number"),
    ("an offset 10^5000", lambda: Index(("k",), 10**5000), "the offset of an index is a whole number"),
    ("an offset None", lambda: Index(("k",), None), "the offset of an index is a whole number"),
    ("a layer −1", lambda: c(-1), "the layer of a name is a whole number from 0 or an Index"),
    ("a layer of a subclass of Index", lambda: c(Sum(("k",))), "the layer of a name is a whole number from 0"),
    ("a layer 'k'", lambda: c("k"), "the layer of a name is a whole number from 0 or an Index"),
    ("an entry −1", lambda: Name("c", None, (-1,)), "the entry of a name is a tuple"),
    ("an entry of nine", lambda: Name("c", None, (1,) * 9), "the entry of a name is a tuple of up to 8"),
    ("an entry of a subclass of Index", lambda: Name("c", None, (Sum(("k",)),)), "the entry of a name is a tuple"),
    ("an index that is a number", lambda: Term("index", (), 3), "an index carries an Index, not 3"),
    ("an index that is a subclass", lambda: Term("index", (), Sum(("k",))), "an index carries an Index"),
    ("an index with an argument", lambda: Term("index", (x,), p), "index takes 0 terms, not 1"),
    ("a limit −2", lambda: sigma(-2, p, c(k)), "a limit is a whole number or an Index, not -2"),
    ("a limit True", lambda: sigma(True, p, c(k)), "a limit is a whole number or an Index, not True"),
    ("a limit 1.0", lambda: sigma(0, 1.0, c(k)), "a limit is a whole number or an Index, not 1.0"),
    ("a limit None", lambda: sigma(0, None, c(k)), "a limit is a whole number or an Index, not None"),
    ("a limit that is a term", lambda: sigma(0, AT_P, c(k)), "a limit is a whole number or an Index"),
    ("a limit 10^10", lambda: sigma(0, 10**10, c(k)), "a limit is a whole number or an Index"),
    ("a limit of a subclass of Index", lambda: sigma(0, Sum(("p",)), c(k)), "a limit is a whole number or an Index"),
    ("Σ over 1", lambda: sigma(0, p, x, 1), "the variables of an index are names"),
    ("Σ over k + 1", lambda: sigma(0, p, x, "k+1"), "the variables of an index are names"),
    ("Σ over a subclass of str", lambda: sigma(0, p, x, Text("q")), "the variables of an index are names"),
    ("∏ of a direction of a subclass of str", lambda: pi(0, p, x, Text("ascending")), "'descending' or 'ascending'"),
    ("Σ with its value in a list", lambda: Term("sigma", (c(k),), ["k", 0, p]), "sigma carries a variable"),
    ("Σ of nothing", lambda: Term("sigma", (), ("k", 0, p)), "sigma takes 1 terms, not 0"),
    (
        "an index whose variables became a list",
        lambda: with_index(variables=["p"]),
        "the variables of an index are names",
    ),
    (
        "an index whose variables never end",
        lambda: with_index(variables=count()),
        "the variables of an index are names",
    ),
    (
        "an index whose variable became a Text",
        lambda: with_index(variables=(Text("p"),)),
        "the variables of an index are",
    ),
    (
        "an index whose offset became a float",
        lambda: with_index(offset=0.5),
        "the offset of an index is a whole number",
    ),
    ("an index whose offset became −10", lambda: with_index(variables=(), offset=-10), "an index has 1 to 8 variables"),
    ("a Σ whose limits became floats", lambda: with_limits(("k", 0.0, 1.0)), "a limit is a whole number or an Index"),
    ("a Σ whose variable became p", lambda: with_limits(("p", 1, p)), "sigma binds p, which is in use there"),
    ("a Σ whose limits became text", lambda: with_limits("k1p"), "sigma carries a variable"),
    ("a Σ whose limits are nested too deep", lambda: with_limits(nested(100_000)), "what was given is no term"),
    ("a Σ of another Σ over k", lambda: start_forged(sigma(1, p, c(k)), args=(sigma(0, 1, c(k)),)), "sigma binds k"),
    (
        "a Σ that denies a denominator",
        lambda: start_forged(sigma(1, p, c(k)), args=(forged(lambda: 1 / c(k), partial=False),)),
        "it may be undefined for some index",
    ),
    (
        "a Σ that denies its shape",
        lambda: start_forged(sigma(1, p, c(k)), args=(forged(lambda: W(k), shape=()),)),
        "its shape depends on k",
    ),
    ("a Σ that denies that it depends on i", hidden_freedom, "i occurs in what is to be rewritten"),
    ("a term that is its own argument", circle, "what was given is no term"),
    ("a term whose arguments are a number", lambda: start_forged(x + y, args=5), "what was given is no term"),
    ("a term whose argument is a number", lambda: start_forged(x + y, args=(x, 5)), "no attribute"),
    ("a derivation of steps in a list", lambda: Derivation((), [step("start", AT_P)], (0,)), "are tuples"),
]


# Small to write.


def recursions(count: int) -> Derivation:
    define = []
    for at in range(count):
        name = f"r{at}"
        first, here, following = (symbol(Name(name, place)) for place in (0, i, after(i)))
        define += [(first, ZERO), (following, here + 1)]
    return derivation(step("start", x), define=define)


def hidden_indices(count: int) -> Derivation:
    define, last = [], x
    for at in range(count):
        letter = symbol(Name("s", at))
        define.append((letter, last + natural(index(f"i{at}"))))
        last = letter
    return derivation(step("start", x), define=define)


def long_hypothesis(steps: int) -> Derivation:
    """A short line that rests on a long hypothesis, and many steps that have to look at it."""
    long = total([y] * 50_000)
    return derivation(
        step("assume", t, long),
        step("start", 0 * t + AT_P),
        step("substitute", 1, 0),
        step("regroup", 2, AT_P),
        step("symmetry", 3),
        step("regroup", 4, AT_P),
        *(step("instantiate", 5 + at, AT_P, AT_P) for at in range(steps)),
        define=[(s, natural(index("q")))],
    )


def deep_sum(depth: int) -> Term:
    body = total([c(index(f"k{at}")) for at in range(depth)])
    for at in range(depth):
        body = sigma(0, p, body, f"k{at}")
    return body


LARGE: list[Attack] = [
    ("Σ nested nine deep", lambda: deep_sum(9), "sigma is nested more than 8 deep"),
    (
        "a sum of 10,000 indices",
        lambda: total([natural(index(f"i{at}")) for at in range(10_000)]),
        "more than 64 indices",
    ),
    (
        "a chain of 10,000 indices",
        lambda: sum((natural(index(f"i{at}")) for at in range(10_000)), x),
        "more than 64 indices",
    ),
    (
        "10,000 sums over an index each",
        lambda: total([sigma(0, 1, x, f"k{at}") for at in range(10_000)]),
        "more than 64",
    ),
    ("definitions that hide many indices", lambda: hidden_indices(3000), "it depends on more than 64 indices"),
    ("1,500 recursions", lambda: recursions(1500), "elementary operations"),
    ("a long hypothesis looked at often", lambda: long_hypothesis(40), "elementary operations"),
    ("a name of a million letters", lambda: c(p) * symbol("x" * 10**6), "100 in all"),
    (
        "eight times eight variables",
        lambda: derivation(
            step("start", c(Index(("i",) * 8))), step("instantiate", 0, AT_I, natural(Index(("i",) * 8)))
        ),
        "an index has 1 to 8 variables",
    ),
    (
        "an offset that runs over",
        lambda: derivation(step("start", c(index("i", offset=10**9))), step("instantiate", 0, AT_I, natural(after(i)))),
        "the offset of an index",
    ),
    (
        "a layer that runs over",
        lambda: derivation(step("start", c(index("i", offset=10**9))), step("instantiate", 0, AT_I, ONE)),
        "the layer of a name",
    ),
    ("Σ up to 10^9, all of it", lambda: claimed(sigma(1, 10**9, x), 10**9 * x, sigma(1, 10**9, x)), OTHERWISE),
]

ATTACKS: list[Attack] = [
    *BASES,
    *OCCURS,
    *CAPTURES,
    *EMPTY,
    *MEMBERS,
    *SIDES,
    *RANGES,
    *SHAPES,
    *RECURSIONS,
    *PUTS,
    *TERMS,
    *NOT_INDICES,
]

#: The tables of other tests, as attacks.
NEVER_TOLD: list[Attack] = [
    *(
        (f"Σ from {a} to {b} has a last term", lambda a=a, b=b: never(sigma(a, b, c(k))), "never holds")
        for a, b in NEVER
    ),
    *(
        (f"∏ from {a} to {b} has a last factor", lambda a=a, b=b: never(pi(a, b, D(k))), "never holds")
        for a, b in NEVER
    ),
    *((f"a base at {at}", lambda at=at: based(at), NO_BASE) for at in BASE_PLACES),
    *((f"a successor at {at}", lambda at=at: succeeded(at), words) for at, words in SUCCESSORS),
    *((f"Σ where {lie}", lambda rhs=rhs: claimed(PEELED, rhs, PEELED), OTHERWISE) for lie, rhs in WRONG_SUMS),
    *((f"∏ where {lie}", lambda rhs=rhs: claimed(LONGER, rhs, LONGER), OTHERWISE) for lie, rhs in WRONG_PRODUCTS),
    *((f"{lie} as an index", lambda v=v: indexed_by(v()), words) for lie, v, words in NO_INDEX),
    *((f"{lie} as a variable", lambda v=v: over_variable(v()), "such as n") for lie, v in NO_VARIABLES),
]


@table(*ATTACKS)
def test_refused(tell, words):
    refuse(tell, words)


# What is true beside these lies.


@pytest.mark.parametrize("name", [name for name, _ in (*indexed(), *inductions())])
def test_the_truth_nearby_is_accepted(name):
    known = dict((*indexed(), *inductions()))
    assert replay(known[name], WORK).claim.equations


def shown(told: Derivation) -> Equation:
    claim = replay(told, WORK).claim
    assert not claim.hypotheses
    (equation,) = claim.equations
    return equation


def test_the_induction_that_the_lies_are_about():
    assert shown(scaled()) == Equation(left(p), right(p))


@pytest.mark.parametrize(
    "told",
    [
        fully(sigma(1, 3, x), 3 * x),
        fully(sigma(0, 3, x), 4 * x),
        fully(sigma(1, 3, natural(k)), number(6)),
        fully(pi(1, 3, x), x**3),
        fully(pi(1, 3, D(k)), D(3) @ D(2) @ D(1)),
        fully(pi(1, 3, D(k), "ascending"), D(1) @ D(2) @ D(3)),
        fully(pi(1, 2, W(k)), W(2) @ W(1)),
        claimed(EMPTY_WEIGHTS, I_0, EMPTY_WEIGHTS),
        claimed(EMPTY_SUM, ZERO, EMPTY_SUM),
        claimed(PEELED, c(after(p)) + SHORTER, PEELED),
        claimed(r(3), c(1) * c(2) * c(3), r(3), r(2), r(1), r(0), define=RECURSION),
        claimed(r(after(p)), c(after(p)) * r(p), r(after(p)), define=RECURSION),
        put(x, c(p), t * x),
        put(x, y, x * s, define=[(s, y)]),
        put(c(1), y, c(1) * c(2)),
        put(AT_P, natural(index("i", "p", offset=3)), W(p)),
        put(A, A.T, A @ A),
    ],
    ids=lambda told: str(told.steps[0].terms[0])[:50],
)
def test_a_true_line_is_accepted(told):
    shown(told)


def test_a_range_comes_with_what_needs_it():
    claim = replay(claimed(tail(), sigma(i, shifted(p, -1), c(j), "j") + c(p), tail()), WORK).claim
    assert claim.conditions == (Bound(i, p),)
    told = derivation(
        step("start", tail()), step("unfold", 0, tail()), step("instantiate", 1, AT_I, natural(index("p", offset=-2)))
    )
    assert replay(told, WORK).claim.conditions == (Bound(2, p),)


def test_a_range_that_follows_is_not_kept():
    assert replay(termwise_tails(1, p), WORK).claim.conditions == ()
    assert replay(termwise_tails(1, shifted(p, -1)), WORK).claim.conditions == ()
    assert replay(termwise_tails(shifted(p, -2), p), WORK).claim.conditions == (Bound(2, p),)


def test_an_unrelated_hypothesis_stays():
    told = put(x, y, t * x, assume=(t, ONE))
    assert replay(told, WORK).claim.hypotheses == (Equation(t, ONE),)
    lemma_below = (step("assume", t, ONE), step("start", c(i) * t), step("substitute", 1, 0))
    claim = replay(termwise(lemma_below, sigma(0, p, c(k) * t)), WORK).claim
    assert claim.hypotheses == (Equation(t, ONE),)


def test_a_condition_stays_with_an_instance():
    told = derivation(step("start", x / x * AT_P), step("instantiate", 0, AT_P, AT_I), step("instantiate", 1, x, y))
    assert replay(told, WORK).claim.conditions == (Condition(y),)


def test_a_base_that_is_the_whole_claim():
    """What does not depend on the index needs no induction; the hypothesis is not kept, and the base was shown."""
    told = scaled({}, step("assume", left(0), right(0)), step("induct", 3, 11, AT_P))
    assert shown(told) == Equation(left(0), right(0))


MEMBERS_OF_X = [symbol(Name("x", None, (place,))) for place in (1, 2, k)]


@pytest.mark.parametrize(
    ("definitions", "term", "on"),
    [
        ([(s, x)], s, x),
        ([(s, x), (t, s)], t, x),
        ([(s, sigma(1, 2, x * c(k)))], s, x),
        ([(s, pi(1, 2, c(k) + x))], s, x),
        ([(r(0), x), (r(after(i)), r(i))], r(p), x),
        ([(r(0), x), (r(after(i)), r(i))], r(7), x),
        ([(r(0), x), (r(after(i)), r(i))], r(0), x),
        ([(r(0), y), (r(after(i)), r(i) * x)], r(p), x),
        ([(r(0), y), (r(after(i)), r(i) * x)], sigma(1, p, r(k)), x),
        ([(s, x), (r(0), y), (r(after(i)), r(i) * s), (t, sigma(1, p, r(k)))], t, x),
        ([(r(0), x), (r(after(i)), r(i)), (d(0), y), (d(after(i)), d(i) * r(i))], d(p), x),
        ([(t, MEMBERS_OF_X[0] + MEMBERS_OF_X[1]), (s, sigma(1, 2, MEMBERS_OF_X[2]))], s, MEMBERS_OF_X[0]),
        ([(t, MEMBERS_OF_X[0] + MEMBERS_OF_X[1]), (s, sigma(1, 2, MEMBERS_OF_X[2]))], s, MEMBERS_OF_X[1]),
        ([(t, c(1) + c(2)), (s, pi(1, 2, c(k)))], s, c(2)),
        ([(t, c(1) * y), (s, c(p))], s, c(1)),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_a_symbol_depends_on(definitions, term, on):
    """Whatever way the input takes into B, it is seen."""
    assert on in dependencies([Definition(*pair) for pair in definitions], term)


def test_what_a_symbol_does_not_depend_on():
    definitions = [
        Definition(*pair) for pair in [(s, sigma(1, p, c(k) * y)), (r(0), s), (r(after(i)), r(i) * d(i)), (t, x)]
    ]
    assert dependencies(definitions, s) == {c(k), y}
    assert dependencies(definitions, r(3)) == {c(k), y, d(i)}


def test_many_recursions_are_followed_soon():
    define, last = [], x
    for at in range(3000):
        first, here, following = (symbol(Name(f"r{at}", place)) for place in (0, i, after(i)))
        define += [Definition(first, last), Definition(following, here)]
        last = first
    started = time.process_time()
    assert dependencies(define, last) == {x}
    assert time.process_time() - started < 5


@table(*LARGE)
def test_what_is_large_is_refused_soon(tell, words):
    started = time.process_time()
    refuse(tell, words)
    assert time.process_time() - started < 10


def test_a_replayed_index_is_nobody_elses():
    """Whoever holds on to an Index that went into a term cannot change what was shown."""
    at = index("p")
    claim = replay(derivation(step("start", c(at))), WORK).claim
    object.__setattr__(at, "variables", ("i",))
    assert claim.equations[0].lhs == c(index("p"))


def test_a_pickled_index_is_the_same():
    over = sigma(1, after(p), c(index("i", "k", offset=-3)))
    assert pickle.loads(pickle.dumps(over)) == over


def test_definitions_are_linear():
    """20,000 definitions that mention a name each."""
    define = [(symbol(Name("s", at)), symbol(Name("q", at))) for at in range(20_000)]
    started = time.process_time()
    replay(derivation(step("start", x), define=define), WORK)
    assert time.process_time() - started < 15
