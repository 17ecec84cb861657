"""Lies about what a derivative binds: captured letters, members of families that may be one, and defined variables."""

from __future__ import annotations

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
    ONE,
    ZERO,
    D,
    believed,
    define,
    exp,
    f,
    slope,
    slopes,
    sqrt,
    u,
    w,
    where,
    zs,
)

OPEN = "depends on their indices"
BOUND = "is bound by a derivative there: rename one"


def family(body: Term, *more, at: Term | None = None) -> object:
    """z_i is differentiated in."""
    return derivation(step("start", D(body, at, zs(i))), *more)


#: u z has the slope u for every u; and then u is replaced.
SLOPE_OF_LINE = slopes(u * z)
SCALED = slopes(u * zs(i), None, zs(i))
FIRST = slopes(u * zs(1), None, zs(1))

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
    ("z_i for u in (u z_1)′ = u", lambda: derivation(*FIRST, step("instantiate", 1, u, zs(i))), OPEN),
    (
        "z_i for u, and then 1 for i",
        lambda: derivation(*FIRST, step("instantiate", 1, u, zs(i)), step("instantiate", 2, AT_I, ONE)),
        OPEN,
    ),
    (
        "Σ z_k for u in (u z_1)′ = u",
        lambda: derivation(*FIRST, step("instantiate", 1, u, indexed_sum("k", 1, p, zs(k)))),
        OPEN,
    ),
    (
        "s := Σ z_k for u",
        lambda: derivation(*FIRST, step("instantiate", 1, u, s), define=define(s=indexed_sum("k", 0, 2, zs(k)))),
        OPEN,
    ),
    (
        "s := z_i for u",
        lambda: derivation(*FIRST, step("instantiate", 1, u, s), define=define(s=zs(i))),
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
        lambda: derivation(step("start", D(indexed_sum("k", 1, p, where(c(k) * z, z, ZERO))))),
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


# What holds.


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
