"""Lies about derivatives: wrong rules, wrong variables, and what a derivative binds."""

from __future__ import annotations

import pytest

from symnet.term import (
    Equation,
    Name,
    Term,
    derivative,
    index,
    indexed_product,
    indexed_sum,
    multiply,
    natural,
    number,
    symbol,
)
from tests.rejected.attack import (
    AT_I,
    AT_J,
    AT_K,
    A,
    Attack,
    after,
    c,
    derivation,
    i,
    j,
    k,
    p,
    r,
    refuse,
    s,
    step,
    t,
    table,
    x,
    y,
    z,
)
from tests.rejected.calculus import (
    ABS,
    ONE,
    PI,
    RELU,
    SIGMOID,
    ZERO,
    D,
    alpha,
    atan,
    believed,
    cos,
    define,
    erf,
    exp,
    f,
    left,
    log,
    right,
    sin,
    slope,
    slope_is,
    slopes,
    sqrt,
    tanh,
    u,
    w,
    where,
    zs,
)

DIFFERENT = "the two sides do not have the same normal form"
CANNOT = "cannot be differentiated"
OPEN = "depends on their indices"
BOUND = "is bound by a derivative there: rename one"

#: Derivatives, and what they are not.
WRONG: list[tuple[str, Term, Term]] = [
    ("σ′ = σ − (1 − σ)", SIGMOID, SIGMOID - (1 - SIGMOID)),
    ("σ′ = σ (1 + σ)", SIGMOID, SIGMOID * (1 + SIGMOID)),
    ("σ′ = −σ (1 − σ)", SIGMOID, -(SIGMOID * (1 - SIGMOID))),
    ("σ′ = σ² (1 − σ)", SIGMOID, SIGMOID**2 * (1 - SIGMOID)),
    ("tanh′ = 1 − tanh", tanh(z), 1 - tanh(z)),
    ("tanh′ = −tanh²", tanh(z), -(tanh(z) ** 2)),
    ("tanh′ = 1 + tanh²", tanh(z), 1 + tanh(z) ** 2),
    ("(tanh 2z)′ = 1 − tanh² 2z", tanh(2 * z), 1 - tanh(2 * z) ** 2),
    ("(tanh 2z)′ = 2 (1 − tanh² z)", tanh(2 * z), 2 * (1 - tanh(z) ** 2)),
    ("(e^{2z})′ = e^{2z}", exp(2 * z), exp(2 * z)),
    ("(e^{−z})′ = e^{−z}", exp(-z), exp(-z)),
    ("(e^{z²})′ = 2 z e^z", exp(z**2), 2 * z * exp(z)),
    ("(log 2z)′ = 2/z", log(2 * z), 2 / z),
    ("(log z)′ = 1/z²", log(z), 1 / z**2),
    ("(log(1 + z²))′ = 1/(1 + z²)", log(1 + z**2), 1 / (1 + z**2)),
    ("(√z)′ = 1/√z", sqrt(z), 1 / sqrt(z)),
    ("(√(1 + z²))′ = 1/(2 √(1 + z²))", sqrt(1 + z**2), 1 / (2 * sqrt(1 + z**2))),
    ("sin′ = −cos", sin(z), -cos(z)),
    ("cos′ = sin", cos(z), sin(z)),
    ("(sin z²)′ = cos z²", sin(z**2), cos(z**2)),
    ("arctan′ = 1/(1 + z)", atan(z), 1 / (1 + z)),
    ("arctan′ = 1/(1 + z)²", atan(z), 1 / (1 + z) ** 2),
    ("(π/2 − arctan z)′ = −1/(1 + z)²", 2 - atan(z), -(1 / (1 + z) ** 2)),
    ("(arctan 2z)′ = 2/(1 + z²)", atan(2 * z), 2 / (1 + z**2)),
    ("erf′ = e^{−z²}", erf(z), exp(-(z**2))),
    ("(erf z²)′ = the slope of erf", erf(z**2), 2 / sqrt(PI) * exp(-(z**4))),
    ("(z²)′ = z", z**2, z),
    ("(z³)′ = 3 z³", z**3, 3 * z**3),
    ("(z⁰)′ = z", z**0, z),
    ("(z⁰)′ = 1", z**0, ONE),
    ("(z²)³ without its inner derivative", (z**2) ** 3, 3 * z**4),
    ("(u v)′ = u′ v′", sin(z) * exp(z), cos(z) * exp(z)),
    ("(u v)′ = u′ v", z * exp(z), exp(z)),
    ("(u/v)′ = u′/v′", z / (1 + z**2), 1 / (2 * z)),
    ("(u/v)′ with the terms exchanged", z / (1 + z**2), (z * 2 * z - (1 + z**2)) / (1 + z**2) ** 2),
    ("(u/v)′ without the square", z / (1 + z**2), (1 - z**2) / (1 + z**2)),
    ("(1/z)′ = 1/z²", 1 / z, 1 / z**2),
    ("(α z)′ = 1", alpha * z, ONE),
    ("(α + z)′ = α + 1", alpha + z, alpha + 1),
    ("(z/α)′ = −z/α²", z / alpha, -(z / alpha**2)),
    ("α′ = 1", alpha, ONE),
    ("(z z z)′ = 2 z²", z * z * z, 2 * z**2),
]


@pytest.mark.parametrize(("body", "claimed"), [pytest.param(*rest, id=name) for name, *rest in WRONG])
def test_a_wrong_derivative(body, claimed):
    refuse(lambda: slope_is(body, claimed), DIFFERENT)


def unknown(body: Term) -> object:
    return derivation(step("start", D(body)))


def family(body: Term, *more, at: Term | None = None) -> object:
    """z_i is differentiated in."""
    return derivation(step("start", D(body, at, zs(i))), *more)


#: u z has the slope u for every u; and then u is replaced.
SLOPE_OF_LINE = slopes(u * z)
SCALED = slopes(u * zs(i), None, zs(i))

BINDING: list[Attack] = [
    (
        "z for u in (u z)′ = u",
        lambda: derivation(*SLOPE_OF_LINE, step("instantiate", 1, u, z)),
        BOUND,
    ),
    (
        "z + 1, inside an expression",
        lambda: derivation(*SLOPE_OF_LINE, step("instantiate", 1, u, exp(z + 1))),
        BOUND,
    ),
    (
        "s := z for u",
        lambda: derivation(*SLOPE_OF_LINE, step("instantiate", 1, u, s), define=define(s=z)),
        BOUND,
    ),
    (
        "t := s + 1 for u, where s := z",
        lambda: derivation(*SLOPE_OF_LINE, step("instantiate", 1, u, t), define=define(s=z, t=s + 1)),
        BOUND,
    ),
    (
        "r^(1) for u, of a recursion from z",
        lambda: derivation(
            *SLOPE_OF_LINE, step("instantiate", 1, u, r(1)), define=[(r(0), z), (r(after(i)), r(i) * c(i))]
        ),
        "is defined by recursion: it cannot be differentiated",
    ),
    (
        "z for u at a point that is a number",
        lambda: derivation(*slopes(u * z, ONE), step("instantiate", 1, u, z)),
        BOUND,
    ),
    ("z_j for u in (u z_i)′ = u", lambda: derivation(*SCALED, step("instantiate", 1, u, zs(j))), OPEN),
    ("z_i for u", lambda: derivation(*SCALED, step("instantiate", 1, u, zs(i))), BOUND),
    ("z_1 for u", lambda: derivation(*SCALED, step("instantiate", 1, u, zs(1))), OPEN),
    (
        "z_j for u, and then i for j",
        lambda: derivation(*SCALED, step("instantiate", 1, u, zs(j)), step("instantiate", 2, AT_J, AT_I)),
        OPEN,
    ),
    (
        "z for y in a derivative in y inside",
        lambda: derivation(*slopes(u * x, None, x), step("instantiate", 1, u, x * y)),
        BOUND,
    ),
    (
        "differentiated in x := 5",
        lambda: slope(x**2, variable=x, define=define(x=number(5))),
        "x is defined, so nothing",
    ),
    (
        "1 = x′ = 5′ = 0 for x := 5",
        lambda: derivation(
            step("start", D(x, ONE, x)),
            step("differentiate", 0, D(x, ONE, x)),
            step("symmetry", 1),
            step("unfold", 2, x),
            step("differentiate", 3, D(number(5), ONE, x)),
            define=define(x=number(5)),
        ),
        "x is defined, so nothing can be differentiated in it",
    ),
    (
        "differentiated in r^(1) of a recursion",
        lambda: slope(r(1), variable=r(1), define=[(r(0), ONE), (r(after(i)), r(i) + 1)]),
        "is defined, so nothing can be differentiated in it",
    ),
    (
        "a definition of what was differentiated in before",
        lambda: derivation(step("start", s), define=[(s, D(y, ONE, x)), (x, y)]),
        "it occurs in its own or in an earlier definition's body",
    ),
    (
        "a recursion for what was differentiated in before",
        lambda: derivation(step("start", s), define=[(s, D(y, ONE, r(2))), (r(0), y), (r(after(i)), r(i) + y)]),
        "occurs in an earlier definition's body",
    ),
    (
        "differentiated in a letter that is a function",
        lambda: slope(z, variable=symbol("f"), at=f(z)),
        "f has two meanings here",
    ),
    ("differentiated in an index", lambda: slope(AT_K**2, variable=symbol("k"), at=ONE), "k has two meanings here"),
    ("differentiated in a size", lambda: slope(natural(p), variable=symbol("p"), at=ONE), "p has two meanings here"),
    (
        "differentiated in a member of a family of matrices",
        lambda: derivation(step("start", symbol(Name("D", k), (2, 2))), step("start", D(z, ONE, symbol(Name("D", 1))))),
        "is a symbol of shape 2×2 if",
    ),
    ("differentiated in a matrix", lambda: derivative(x, A), "a derivative is taken in a scalar symbol"),
    ("differentiated in a number", lambda: derivative(x, ONE), "a derivative is taken in a scalar symbol"),
    ("a matrix differentiated", lambda: derivative(A, x), "derivative takes scalars"),
    ("at a matrix", lambda: derivative(x, x, A), "derivative takes scalars"),
    ("from above", lambda: derivative(x, x, x, "above"), "one of both, left, right"),
    ("in three parts", lambda: Term("derivative", (x, x, x), (Name("x"), "both")), "derivative takes 2 terms"),
    ("in nothing", lambda: Term("derivative", (x, x), None), "a derivative carries the Name of its variable"),
    ("in text", lambda: Term("derivative", (x, x), ("x", "both")), "a derivative carries the Name of its variable"),
]


@table(*BINDING)
def test_what_a_derivative_binds(tell, words):
    refuse(tell, words)


ALIASES: list[Attack] = [
    ("z_j does not depend on z_i", lambda: slope(zs(j), variable=zs(i)), OPEN),
    ("z_1 does not depend on z_i", lambda: slope(zs(1), variable=zs(i)), OPEN),
    ("z_{2i} does not depend on z_i", lambda: slope(zs(index("i", "i")), variable=zs(i)), OPEN),
    ("z_j in a product with z_i", lambda: slope(zs(i) * zs(j), variable=zs(i)), OPEN),
    ("1/z_j at z_i = 0", lambda: family(1 / zs(j), at=ZERO), OPEN),
    (
        "1/z_j at z_i = 0, and then i for j",
        lambda: family(1 / zs(j), step("instantiate", 0, AT_J, AT_I), at=ZERO),
        OPEN,
    ),
    ("1/z_j behind z_i at 0", lambda: family(1 / zs(j) + zs(i), at=ZERO), OPEN),
    ("1/z_j before z_i at 0", lambda: family(zs(i) + 1 / zs(j), at=ZERO), OPEN),
    ("√z_j at z_i = 0", lambda: family(sqrt(zs(j)), at=ZERO), OPEN),
    (
        "Σ over all k does not depend on z_i",
        lambda: slope(indexed_sum("k", 1, p, zs(k)), variable=zs(i)),
        OPEN,
    ),
    (
        "Σ to i does not depend on z_i",
        lambda: slope(indexed_sum("k", 1, i, zs(k)), variable=zs(i)),
        OPEN,
    ),
    (
        "Σ from −1 of z_{k+1} does not depend on z_0",
        lambda: slope(indexed_sum("k", -1, 2, zs(after(k))), variable=zs(0)),
        OPEN,
    ),
    (
        "Σ from p − 5 of z_k does not depend on z_i",
        lambda: slope(indexed_sum("k", index("p", offset=-5), p, zs(index("k", "p", offset=6))), variable=zs(0)),
        OPEN,
    ),
    (
        "Σ of Σ from −1 does not depend on z_0",
        lambda: slope(indexed_sum("j", -1, 1, indexed_sum("k", index("j", offset=1), 3, zs(k))), variable=zs(0)),
        OPEN,
    ),
    (
        "Σ differentiated at once",
        lambda: slope(indexed_sum("k", 1, p, c(k) * z)),
        "no rule for the derivative of a sig",
    ),
    ("∏ differentiated", lambda: slope(indexed_product("k", 1, p, c(k) * z)), "no rule for the derivative of a pi"),
    (
        "cases below Σ",
        lambda: unknown(indexed_sum("k", 1, p, where(c(k) * z, z, ZERO))),
        "a case distinction below a Σ or ∏ cannot be differentiated",
    ),
    ("Σ of a derivative", lambda: indexed_sum("k", 1, p, D(c(k) * z)), "is not supported: it may be undefined"),
    (
        "a condition about z_j under z_i",
        lambda: derivation(
            step("start", c(i) * zs(j) / zs(j)),
            step("elementary", 0, c(i)),
            step("start", D(c(i) * zs(j) / zs(j) * zs(i), None, zs(i))),
            step("substitute", 2, 1),
        ),
        OPEN,
    ),
]


@table(*ALIASES)
def test_whether_two_members_are_one(tell, words):
    refuse(tell, words)


RULES: list[Attack] = [
    ("f′ of an unknown f", lambda: unknown(f(z)), f"nothing is known of f, so it {CANNOT}"),
    ("f′ in a factor 0", lambda: unknown(0 * f(z)), f"nothing is known of f, so it {CANNOT}"),
    ("f′ of an unknown f hidden by s", lambda: derivation(step("start", D(s)), define=define(s=f(z))), CANNOT),
    ("a derivative of a derivative", lambda: unknown(D(z**3)), "a derivative of a derivative"),
    (
        "a derivative of a derivative hidden by s",
        lambda: derivation(step("start", D(s)), define=define(s=D(z**3))),
        "a derivative of a derivative",
    ),
    ("(r^(1))′ of a recursion", lambda: slope(r(1), define=[(r(0), z), (r(after(i)), r(i) * z)]), CANNOT),
    (
        "a recursion that differentiates",
        lambda: derivation(step("start", r(2)), define=[(r(0), where(z, ONE, ZERO)), (r(after(i)), D(r(i)))]),
        "may not divide by what could be zero, nor differentiate",
    ),
    (
        "a recursion that takes a logarithm",
        lambda: derivation(step("start", r(2)), define=[(r(0), z), (r(after(i)), log(r(i)))]),
        "may not divide by what could be zero",
    ),
    ("s′ for s := |z| by the rules", lambda: slope(s, define=define(s=ABS)), "there is no rule for the derivative"),
    ("|z|′ by the rules", lambda: slope(ABS), "there is no rule for the derivative of a cases"),
    ("relu′ by the rules", lambda: slope(RELU), "there is no rule for the derivative of a cases"),
    (
        "what is no derivative",
        lambda: derivation(step("start", z), step("differentiate", 0, z)),
        "it takes derivatives",
    ),
    ("no derivative", lambda: derivation(step("start", z), step("differentiate", 0)), "it takes one or more terms"),
    (
        "a derivative that is not there",
        lambda: derivation(step("start", D(z**2)), step("differentiate", 0, D(z**3))),
        "nothing on the right-hand side matches",
    ),
    (
        "two lines",
        lambda: derivation(step("start", D(z)), step("differentiate", 0, 0, D(z))),
        "it takes 1 earlier lines, not 2",
    ),
    ("from the right, unheard of", lambda: derivation(step("start", right(z))), "use one_sided"),
    ("from the left, in a factor 0", lambda: derivation(step("start", 0 * left(z))), "use one_sided"),
    (
        "from the right in a definition",
        lambda: derivation(step("start", s), define=define(s=right(z))),
        "no line says that there is a derivative from the right",
    ),
    (
        "from the right by the rules",
        lambda: derivation(
            step("start", z), step("one_sided", 0, right(z)), step("symmetry", 1), step("differentiate", 2, right(z))
        ),
        "a one-sided derivative has a rule of its own",
    ),
    ("1/z at 0", lambda: slope(1 / z, at=ZERO), "it needs 0 != 0"),
    ("log z at 0", lambda: slope(log(z), at=ZERO), "it needs 0 > 0"),
    ("log z at −1", lambda: slope(log(z), at=number(-1)), "it needs -1 > 0"),
    ("√z at 0", lambda: slope(sqrt(z), at=ZERO), "it needs 0 > 0"),
    ("|z| at 0", lambda: derivation(step("start", D(ABS, ZERO))), "it needs 0 != 0"),
    ("0 · |z| at 0", lambda: derivation(step("start", D(0 * ABS, ZERO))), "it needs 0 != 0"),
    (
        "|z| brought to 0",
        lambda: derivation(step("start", D(ABS)), step("choose", 0, ABS, ZERO), step("instantiate", 1, z, ZERO)),
        "it needs 0 != 0",
    ),
    ("s at 0, for s := log z", lambda: slope(s, at=ZERO, define=define(s=log(z))), "it needs 0 > 0"),
]


@table(*RULES)
def test_what_has_no_derivative(tell, words):
    refuse(tell, words)


TRUE = [
    ("σ", SIGMOID, SIGMOID * (1 - SIGMOID), {(1 + exp(-z), "!="), ((1 + exp(-z)) ** 2, "!=")}),
    ("tanh 2z", tanh(2 * z), 2 * (1 - tanh(2 * z) ** 2), set()),
    ("log(1 + z²)", log(1 + z**2), 2 * z / (1 + z**2), {(1 + z**2, ">"), (1 + z**2, "!=")}),
    ("√z", sqrt(z), 1 / (2 * sqrt(z)), {(z, ">"), (z, ">="), (2 * sqrt(z), "!=")}),
    ("arctan", atan(z), cos(atan(z)) ** 2, {(1 + z**2, "!=")}),
    ("z erf z", z * erf(z), erf(z) + 2 * z * exp(-(z**2)) / sqrt(PI), None),
    ("(u/v)′", z / (1 + exp(z)), (1 + exp(z) - z * exp(z)) / (1 + exp(z)) ** 2, None),
    ("(z²)³", (z**2) ** 3, 6 * z**5, set()),
    ("z z z", z * z * z, 3 * z**2, set()),
    ("a constant", alpha * w, ZERO, set()),
]


@pytest.mark.parametrize(("body", "claimed", "conditions"), [pytest.param(*rest, id=name) for name, *rest in TRUE])
def test_a_right_derivative(body, claimed, conditions):
    claim = believed(slope_is(body, claimed))
    assert claim.equations == (Equation(D(body), claimed),)
    if conditions is not None:
        assert {(c.term, c.relation) for c in claim.conditions} == conditions


def test_members_that_are_apart():
    """∂/∂z_i of z_i z_{i+1} Σ_{k=1}^{i−1} z_k"""
    before = indexed_sum("k", 1, index("i", offset=-1), zs(k))
    claim = believed(slope(zs(i) * zs(after(i)) * before, variable=zs(i)))
    assert claim.equations[0].rhs == 1 * zs(after(i)) * before
    assert claim.conditions == ()


def test_a_parameter_is_replaced_by_what_is_not_bound():
    claim = believed(derivation(*SLOPE_OF_LINE, step("instantiate", 1, u, w**2)))
    assert claim.equations == (Equation(D(w**2 * z), w**2 * 1),)


def test_the_variable_is_replaced_at_the_point_only():
    claim = believed(derivation(*slopes(z**2), step("instantiate", 1, z, z + 1)))
    assert claim.equations == (Equation(D(z**2, z + 1), multiply([number(2), (z + 1) ** 1, ONE])),)
