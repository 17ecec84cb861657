"""Derivations by hand, replayed by the kernel, for the tests of this room."""

import pytest

from symnet.kernel import Replayed, replay
from symnet.term import Definition, Derivation, Name, Step, Term, apply, number, product, symbol, total


def size(k: int) -> Name:
    return Name("n", None, (k,))


def layer(base: str, k: int, *shape: int | Name) -> Term:
    return symbol(Name(base, k), shape)


def two_layers(function: str = "") -> Replayed:
    """The collapse of two layers, with an identity between them and the named function at the end."""
    x = symbol("x", (size(0), 1))
    W1, W2 = layer("W", 1, size(1), size(0)), layer("W", 2, size(2), size(1))
    (b1, z1, a1), (b2, z2) = ([layer(s, k, size(k), 1) for s in names] for k, names in ((1, "bza"), (2, "bz")))
    y, W, B = symbol("y", (size(2), 1)), symbol("W", (size(2), size(0))), symbol("B", (size(2), 1))
    definitions = (
        Definition(z1, W1 @ x + b1),
        Definition(a1, z1),
        Definition(z2, W2 @ a1 + b2),
        Definition(y, apply(function, z2) if function else z2),
        Definition(W, W2 @ W1),
        Definition(B, W2 @ b1 + b2),
    )
    steps = (
        Step("start", (), (a1,)),
        Step("unfold", (0,), (a1,)),
        Step("unfold", (1,), (z1,)),
        Step("start", (), (z2,)),
        Step("unfold", (3,), (z2,)),
        Step("substitute", (4, 2)),
        Step("distribute", (5,), (total((product((W2, W1, x)), W2 @ b1, b2)),)),
        Step("regroup", (6,), ((W2 @ W1) @ x + (W2 @ b1 + b2),)),
        Step("fold", (7,), (W, B)),
        Step("start", (), (y,)),
        Step("unfold", (9,), (y,)),
        Step("substitute", (10, 8)),
    )
    return replay(Derivation(definitions, steps, (11,)))


def long_product(factors: int = 60) -> Replayed:
    """(M + M) M M … M, distributed: nothing to break at but the factors."""
    M = symbol("M", (2, 2))
    start = product((M + M, *[M] * factors))
    result = product([M] * (factors + 1)) + product([M] * (factors + 1))
    steps = (Step("start", (), (start,)), Step("distribute", (0,), (result,)), Step("symmetry", (1,)))
    return replay(Derivation((), steps, (1, 2)))


def conditional() -> Replayed:
    """A claim with a condition and a hypothesis, long names, and fractions wider than a line."""
    names = [symbol(f"the_long_name_of_the_{place}_parameter") for place in ("first", "second", "third")]
    long = total([*names, *(symbol(Name("longname", k, (k, k + 10))) * names[k % 3] for k in range(12))])
    f = apply("leaky_relu", long)
    steps = (
        Step("start", (), (long / (f + 1) + names[0] / long,)),
        Step("assume", (), (f, names[1] * names[2])),
        Step("substitute", (0, 1)),
        Step("regroup", (2,), (names[0] / long + long / (names[1] * names[2] + 1),)),
        Step("start", (), (number(2) / (number(1) / 2),)),
        Step("discharge", (4,)),
    )
    return replay(Derivation((), steps, (3, 5)))


def wide_sum(count: int = 86) -> Replayed:
    """A sum entry by entry, with names that need commas."""
    products = [symbol(Name("w", 12, (i, i + 1))) * symbol(Name("x", None, (i,))) for i in range(1, count)]
    a, z = symbol(Name("a", 12, (1,))), symbol(Name("z", 12, (1,)))
    definitions = (Definition(z, total(products)), Definition(a, symbol("alpha") * z + symbol("beta")))
    steps = (
        Step("start", (), (a,)),
        Step("unfold", (0,), (a,)),
        Step("unfold", (1,), (z,)),
        Step("distribute", (2,), (total([symbol("alpha") * p for p in products] + [symbol("beta")]),)),
    )
    return replay(Derivation(definitions, steps, (3,)))


SAMPLES = {
    "two layers": two_layers,
    "sigmoid": lambda: two_layers("sigmoid"),
    "long product": long_product,
    "conditional": conditional,
    "wide sum": wide_sum,
}


@pytest.fixture(params=SAMPLES, scope="session")
def sample(request: pytest.FixtureRequest) -> Replayed:
    """Each of the derivations in turn."""
    return SAMPLES[request.param]()


@pytest.fixture(scope="session")
def two() -> Replayed:
    return two_layers()
