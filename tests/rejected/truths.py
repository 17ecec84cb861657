"""True derivations of many kinds, for the corruptions to start from."""

from __future__ import annotations

from collections.abc import Iterator

from symnet.network import Network
from symnet.network.family import NetworkFamily
from symnet.prove.collapse import collapse_derivation
from symnet.prove.induction import induction_derivation
from symnet.term import (
    Derivation,
    Name,
    Position,
    Term,
    apply,
    cases,
    identity,
    index,
    indexed_product,
    indexed_sum,
    multiply,
    natural,
    number,
    product,
    symbol,
    total,
    zero,
)
from tests.rejected.attack import (
    AT_I,
    AT_P,
    A,
    B,
    C,
    D,
    M,
    W,
    after,
    b,
    c,
    d,
    derivation,
    i,
    k,
    m,
    n,
    p,
    r,
    s,
    step,
    t,
    v,
    width,
    x,
    y,
    z,
)


def truths() -> Iterator[tuple[str, Derivation]]:
    """Every true derivation with a name."""
    for depth in range(1, 6):
        for convention in ("column", "row"):
            found = collapse_derivation(Network(depth=depth, convention=convention), "matrix")
            yield f"{convention} collapse of depth {depth}", found.derivation
            yield f"transposed collapse of depth {depth}", transposed_network(depth)
    for widths in ((1, 1), (2, 1), (1, 1, 1), (2, 2, 1), (1, 2, 2), (2, 1, 2)):
        yield f"entries {widths}", collapse_derivation(Network(widths=widths), "entries").derivation
    yield "affine activations", collapse_derivation(Network(depth=2, activations="affine"), "matrix").derivation
    yield (
        "tanh at the end",
        collapse_derivation(Network(depth=2, activations=("identity", "tanh")), "matrix").derivation,
    )
    yield from small()
    yield from inductions()
    yield from indexed()


def transposed_network(depth: int) -> Derivation:
    """The transpose of W_L … W_1 v is the product of the transposes in reverse."""
    weights = [symbol(Name("W", layer=k), (n, n)) for k in range(depth, 0, -1)]
    names = [symbol(Name("a", layer=k), (n, 1)) for k in range(depth)]
    define = [(names[k], weights[-1 - k] @ (names[k - 1] if k else v)) for k in range(depth)]
    unfold = [step("unfold", depth - 1 - k, names[k]) for k in reversed(range(depth))]
    backwards = product([v.T, *(w.T for w in reversed(weights))])
    return derivation(step("start", names[-1].T), *unfold, step("regroup", depth, backwards), define=define)


def equal(lhs: Term, rhs: Term, rule: str = "regroup") -> Derivation:
    return derivation(step("start", lhs), step(rule, 0, rhs))


def f(argument: Term) -> Term:
    return apply("f", argument)


def relu(argument: Term) -> Term:
    return cases((number(0), "<=", argument, argument), otherwise=number(0))


def small() -> Iterator[tuple[str, Derivation]]:
    """One idea each."""
    yield "binomial", equal((x + y) ** 2, x**2 + 2 * x * y + y**2, "distribute")
    yield "cubic", equal((x - y) ** 3, x**3 - 3 * x**2 * y + 3 * x * y**2 - y**3, "distribute")
    yield "powers", equal(x**4 * y * (x**3) ** 2, multiply([x**10, y]))
    yield "powers of three letters", equal(x**8 * y**4 * z**2, (x**4 * y**2 * z) ** 2)
    for e in (4, 5, 8, 16):
        yield f"a power {e}", equal(x**e * y, y * x**e)
    yield "powers beside", equal(x**4 + y + z**2 + y, x**4 + 2 * y + z * z)
    yield "cancelled", equal(x / x, number(1))
    yield "partial fractions", equal(1 / x + 1 / y, (x + y) / (x * y))
    yield "difference of squares", equal((x**2 - y**2) / (x - y), x + y)
    yield "nested fractions", equal(1 / (1 + 1 / x), x / (x + 1))
    yield "a fraction of fractions", equal((x / y) / (z / y), x / z)
    yield "signs", equal(-(x - y) * -1 - -z, x - y + z)
    yield "thirds", equal(x / 3 + x / 6, x / 2)
    yield "a rational scale", equal((1 / x) * (A + x * B), (1 / x) * A + B)
    yield "a square of words", equal((A + B) @ (A + B), A @ A + A @ B + B @ A + B @ B, "distribute")
    yield "a commutator", equal(A @ B - B @ A, -(B @ A) + A @ B)
    yield "identities", equal(A @ identity(n) @ B + zero(n, n), A @ B)
    yield "transposes", equal((A @ B.T @ C).T, C.T @ B @ A.T)
    yield "a symmetric part", equal(((A + A.T) @ B).T, B.T @ (A.T + A))
    yield "a quadratic form", equal(v.T @ (A + A.T) @ v, v.T @ A @ v + v.T @ A.T @ v)
    yield "a layer", equal(M @ (v + v) + b + b, 2 * (M @ v + b))
    yield (
        "under f",
        derivation(
            step("start", x + x), step("regroup", 0, 2 * x), step("start", f(x + x) + y), step("substitute", 2, 1)
        ),
    )
    yield (
        "under f of a matrix",
        derivation(
            step("start", (A @ B).T),
            step("regroup", 0, B.T @ A.T),
            step("start", f((A @ B).T) @ v),
            step("substitute", 2, 1),
        ),
    )
    yield (
        "a lemma for two layers",
        derivation(
            step("start", s),
            step("unfold", 0, s),
            step("start", t),
            step("unfold", 2, t),
            step("substitute", 3, 1),
            step("distribute", 4, x * x * z + x * y + z),
            define=[(s, x * z + y), (t, x * s + z)],
        ),
    )
    yield (
        "folded",
        derivation(
            step("start", (x + y) * (x + y)), step("regroup", 0, (x + y) ** 2), step("fold", 1, s), define=[(s, x + y)]
        ),
    )
    yield (
        "two definitions of one shape",
        derivation(
            step("start", s * t),
            step("unfold", 0, s, t),
            step("distribute", 1, x * x - y * y),
            define=[(s, x + y), (t, x - y)],
        ),
    )
    yield (
        "a hypothesis",
        derivation(step("assume", y, 2 * x), step("start", y + x), step("substitute", 1, 0), step("regroup", 2, 3 * x)),
    )
    yield (
        "a hypothesis about a matrix",
        derivation(
            step("assume", v, A @ symbol("u", (n, 1))),
            step("start", M @ v + b),
            step("substitute", 1, 0),
            step("regroup", 2, product([M, A, symbol("u", (n, 1))]) + b),
        ),
    )
    yield (
        "two hypotheses",
        derivation(
            step("assume", x, z),
            step("assume", y, z),
            step("start", x - y),
            step("substitute", 2, 0, 1),
            step("regroup", 3, z - z),
        ),
    )
    yield (
        "a hypothesis divided by what may vanish",
        derivation(
            step("assume", y * x, x),
            step("start", y),
            step("regroup", 1, y * x / x),
            step("substitute", 2, 0),
            step("regroup", 3, x / x * 1),
            step("regroup", 4, number(1)),
        ),
    )
    yield (
        "a symmetric lemma",
        derivation(
            step("start", 2 * x),
            step("regroup", 0, x + x),
            step("symmetry", 1),
            step("start", f(x + x)),
            step("substitute", 3, 2),
        ),
    )
    yield (
        "a discharged condition",
        derivation(step("start", x / (y**2 + 1)), step("regroup", 0, x / (1 + y * y)), step("discharge", 1)),
    )
    yield (
        "a discharged condition beside another",
        derivation(step("start", x / (x**2 + 1) / y), step("regroup", 0, x / (y + x**2 * y)), step("discharge", 1)),
    )
    yield "cases", equal(relu(x) + relu(-x) + relu(x), 2 * relu(x) + relu(-x))
    yield (
        "cases under a lemma",
        derivation(step("start", y + 0), step("regroup", 0, y), step("start", relu(y + 0)), step("substitute", 2, 1)),
    )
    yield (
        "two goals",
        derivation(
            step("start", x + x),
            step("regroup", 0, 2 * x),
            step("start", y / y),
            step("regroup", 2, number(1)),
            goals=(1, 3),
        ),
    )
    yield "a sum over a word", equal(total([A, A, A]) @ B, 3 * (A @ B))
    yield "the same function twice", equal(f(A) @ f(B) + f(A) @ f(B), 2 * (f(A) @ f(B)))
    yield "sizes that meet", equal(M @ A @ M.T, M @ (A @ M.T))
    yield "ones", equal((ones_row := symbol("e", (m, 1))) @ ones_row.T, (ones_row @ ones_row.T).T)


def inductions() -> Iterator[tuple[str, Derivation]]:
    """Networks of every depth, in all conventions, with all activations that a family may have."""
    for convention in ("column", "row"):
        for bias in (True, False):
            for activation in ("identity", "affine"):
                family = NetworkFamily("L", activation, bias, convention)
                words = f"{convention} convention, {activation}, {'with' if bias else 'without'} biases"
                yield f"every depth, {words}", induction_derivation(family).derivation


def scaled_sum() -> Derivation:
    """Σ_{k=1}^{p} x c_k = x Σ_{k=1}^{p} c_k, by induction on p."""

    def left(upper: Position) -> Term:
        return indexed_sum("k", 1, upper, x * c(k))

    def right(upper: Position) -> Term:
        return x * indexed_sum("k", 1, upper, c(k))

    return derivation(
        step("start", left(0)),
        step("unfold", 0, left(0)),
        step("regroup", 1, x * 0),
        step("fold", 2, right(0).args[1]),
        step("assume", left(p), right(p)),
        step("start", left(after(p))),
        step("unfold", 5, left(after(p))),
        step("substitute", 6, 4),
        step("regroup", 7, x * (indexed_sum("k", 1, p, c(k)) + c(after(p)))),
        step("fold", 8, right(after(p)).args[1]),
        step("induct", 3, 9, AT_P),
    )


def sum_of_sums() -> Derivation:
    """Σ (c_k + d_k) = Σ c_k + Σ d_k, by induction on the upper limit."""

    def left(upper: Position) -> Term:
        return indexed_sum("k", 1, upper, c(k) + d(k))

    def parts(upper: Position) -> tuple[Term, Term]:
        return indexed_sum("k", 1, upper, c(k)), indexed_sum("k", 1, upper, d(k))

    (a, b), (a0, b0), (a1, b1) = parts(p), parts(0), parts(after(p))
    return derivation(
        step("start", a0 + b0),
        step("unfold", 0, a0, b0),
        step("regroup", 1, number(0)),
        step("fold", 2, left(0)),
        step("symmetry", 3),
        step("assume", left(p), a + b),
        step("start", left(after(p))),
        step("unfold", 6, left(after(p))),
        step("substitute", 7, 5),
        step("regroup", 8, (a + c(after(p))) + (b + d(after(p)))),
        step("fold", 9, a1, b1),
        step("induct", 4, 10, AT_P),
    )


def bottom_peel() -> Derivation:
    """∏_{j=i+1}^{i+p+1} W⁽ʲ⁾ = (∏_{j=i+2}^{i+p+1} W⁽ʲ⁾) W⁽ⁱ⁺¹⁾, by induction on p."""
    first = after(i)

    def whole(p: Position) -> Term:
        upper = index("i", *getattr(p, "variables", ()), offset=getattr(p, "offset", p) + 1)
        return indexed_product("j", first, upper, W(index("j")))

    def rest(p: Position) -> Term:
        upper = whole(p).value[2]
        return indexed_product("j", after(first), upper, W(index("j")))

    last = W(index("i", "p", offset=2))
    return derivation(
        step("start", whole(0)),
        step("unfold", 0, whole(0)),
        step("unfold", 1, indexed_product("j", first, i, W(index("j")))),
        step("regroup", 2, product([identity(width(first)), W(first)])),
        step("fold", 3, rest(0)),
        step("assume", whole(p), rest(p) @ W(first)),
        step("start", whole(after(p))),
        step("unfold", 6, whole(after(p))),
        step("substitute", 7, 5),
        step("regroup", 8, product([last @ rest(p), W(first)])),
        step("fold", 9, rest(after(p))),
        step("induct", 4, 10, AT_P),
    )


def powers(direction: str) -> Derivation:
    """r⁽⁰⁾ := 1 and r⁽ⁱ⁺¹⁾ := r⁽ⁱ⁾ c_{i+1} is a product in any order."""

    def whole(upper: Position) -> Term:
        return indexed_product("k", 1, upper, c(k), direction)

    return derivation(
        step("start", r(0)),
        step("unfold", 0, r(0)),
        step("fold", 1, whole(0)),
        step("assume", r(p), whole(p)),
        step("start", r(after(p))),
        step("unfold", 4, r(after(p))),
        step("substitute", 5, 3),
        step("regroup", 6, multiply([c(after(p)), whole(p)] if direction == "descending" else [whole(p), c(after(p))])),
        step("fold", 7, whole(after(p))),
        step("induct", 2, 8, AT_P),
        define=[(r(0), number(1)), (r(after(i)), r(i) * c(after(i)))],
    )


def indexed() -> Iterator[tuple[str, Derivation]]:
    """One idea each, with an index in it."""
    yield "a scaled sum", scaled_sum()
    yield "a sum of sums", sum_of_sums()
    yield "the lowest factor", bottom_peel()
    for direction in ("ascending", "descending"):
        yield f"{direction} powers", powers(direction)
        over = indexed_product("k", 1, after(p), D(k), direction)
        shorter = indexed_product("k", 1, p, D(k), direction)
        parts = [D(after(p)), shorter] if direction == "descending" else [shorter, D(after(p))]
        yield (
            f"the last of {direction} factors",
            derivation(step("start", over), step("unfold", 0, over), step("regroup", 1, product(parts) + zero(n, n))),
        )
        over = indexed_product("k", i, p, D(k), direction)
        yield (
            f"the last of {direction} factors, if there is one",
            derivation(
                step("start", over),
                step("unfold", 0, over),
                step("instantiate", 1, AT_I, natural(after(i))),
                step("instantiate", 2, AT_P, natural(index("i", "p"))),
            ),
        )
    small_sum = indexed_sum("k", 1, 3, c(k))
    yield (
        "a sum of three",
        derivation(
            step("start", small_sum),
            step("unfold", 0, small_sum),
            step("unfold", 1, indexed_sum("k", 1, 2, c(k))),
            step("unfold", 2, indexed_sum("k", 1, 1, c(k))),
            step("unfold", 3, indexed_sum("k", 1, 0, c(k))),
            step("regroup", 4, total([c(1), c(2), c(3)])),
        ),
    )
    yield (
        "term by term",
        derivation(
            step("start", c(i) * (x + y)),
            step("distribute", 0, c(i) * x + c(i) * y),
            step("start", indexed_sum("k", 0, p, c(k) * (x + y))),
            step("termwise", 2, 1, indexed_sum("k", 0, p, c(k) * (x + y)), AT_I),
            step("instantiate", 3, AT_P, natural(index("p", offset=2))),
            step("instantiate", 4, x, y * y + AT_P),
        ),
    )
    tail = indexed_sum("j", i, p, c(index("j")))
    yield (
        "term by term where it holds",
        derivation(
            step("start", tail),
            step("unfold", 0, tail),
            step("start", indexed_sum("k", 1, p, indexed_sum("j", k, p, c(index("j"))))),
            step("termwise", 2, 1, indexed_sum("k", 1, p, indexed_sum("j", k, p, c(index("j")))), AT_I),
        ),
    )
    yield (
        "factor by factor",
        derivation(
            step("start", D(i) + D(i)),
            step("regroup", 0, 2 * D(i)),
            step("start", indexed_product("k", 1, p, D(k) + D(k))),
            step("termwise", 2, 1, indexed_product("k", 1, p, D(k) + D(k)), AT_I),
        ),
    )
    yield (
        "an instance with a condition",
        derivation(
            step("start", AT_I * x / AT_I),
            step("regroup", 0, x),
            step("instantiate", 1, AT_I, natural(after(p))),
            step("instantiate", 2, x, 1 / y),
        ),
    )
    yield (
        "a recursion from below",
        derivation(
            step("start", r(2)),
            step("unfold", 0, r(2)),
            step("unfold", 1, r(1)),
            step("unfold", 2, r(0)),
            step("regroup", 3, c(2) * c(1)),
            define=[(r(0), number(1)), (r(after(i)), r(i) * c(after(i)))],
        ),
    )
    yield (
        "a recursion in the middle",
        derivation(
            step("start", r(p)),
            step("unfold", 0, r(p)),
            step("instantiate", 1, AT_P, number(3)),
            define=[(r(0), number(1)), (r(after(i)), r(i) * c(after(i)))],
        ),
    )
    yield (
        "under a hypothesis about something else",
        derivation(
            step("assume", x, y),
            step("start", x * c(i)),
            step("substitute", 1, 0),
            step("start", indexed_sum("k", 0, p, x * c(k))),
            step("termwise", 3, 2, indexed_sum("k", 0, p, x * c(k)), AT_I),
        ),
    )
