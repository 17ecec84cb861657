"""True derivations of many kinds, for the corruptions to start from."""

from __future__ import annotations

from collections.abc import Iterator

from symnet.network import Network
from symnet.prove.collapse import collapse_derivation
from symnet.term import Derivation, Name, Term, apply, cases, identity, multiply, number, product, symbol, total, zero
from tests.rejected.attack import A, B, C, M, b, derivation, m, n, s, step, t, v, x, y, z


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
        derivation(step("start", x / (number(1) + 1)), step("regroup", 0, x / 2), step("discharge", 1)),
    )
    yield (
        "a discharged condition beside another",
        derivation(step("start", x / (number(1) + 1) / y), step("regroup", 0, x / (2 * y)), step("discharge", 1)),
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
