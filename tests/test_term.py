"""Terms: shapes checked on construction, nothing simplified, no recursion."""

import copy
import pickle
from fractions import Fraction

import pytest

from symnet.errors import ShapeError, SymnetError, UsageError
from symnet.term import (
    Definition,
    Equation,
    Name,
    Term,
    apply,
    cases,
    denominators,
    describe,
    fold,
    identity,
    multiply,
    number,
    ones,
    postorder,
    product,
    substitute,
    symbol,
    symbols,
    total,
    zero,
)
from symnet.term.node import SIZE_LIMIT

n, m = Name("n"), Name("m")
x, y = symbol("x"), symbol("y")
A, B, v = symbol("A", (m, n)), symbol("B", (n, m)), symbol("v", (n, 1))


def test_nothing_simplifies_on_construction():
    assert (x + x).op == "sum"
    assert (x * 1).args == (x, number(1))
    assert (0 * x).op == "multiply"
    assert A.T.T.args == (A.T,)


@pytest.mark.parametrize(
    ("term", "shape"),
    [
        (number(3), ()),
        (x + y, ()),
        (A @ B, (m, m)),
        (A @ v, (m, 1)),
        (x * A, (m, n)),
        (A.T, (n, m)),
        (identity(n), (n, n)),
        (zero(m, n), (m, n)),
        (ones(n), (n, 1)),
        (apply("g", A), (m, n)),
        (cases((x, "<=", y, x), otherwise=y), ()),
        (product([A, B, A, v]), (m, 1)),
    ],
)
def test_shapes(term, shape):
    assert term.shape == shape


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: A @ A, "cannot multiply A (m×n) by A (m×n): n columns meet m rows"),
        (lambda: A + B, "cannot add A (m×n) and B (n×m): the shapes differ"),
        (lambda: A * A, "write @ for matrices"),
        (lambda: x @ A, "a product takes matrices, but x (scalar) is not"),
        (lambda: x + symbol("u", (1, 1)), "cannot add x (scalar) and u (1×1)"),
        (lambda: x.T, "only a matrix has a transpose"),
        (lambda: A / x, "divide takes scalars, but A (m×n) is a matrix (a 1×1 matrix is not a scalar)"),
        (lambda: Equation(x, A), "x (scalar) cannot equal A (m×n)"),
        (lambda: Definition(v, A), "v (n×1) cannot abbreviate A (m×n)"),
    ],
)
def test_ill_shaped_terms_do_not_exist(build, message):
    with pytest.raises(ShapeError) as error:
        build()
    assert message in str(error.value)


@pytest.mark.parametrize("value", [0.5, True, "1", None, 1j, float("nan")])
def test_only_exact_numbers(value):
    with pytest.raises(UsageError):
        number(value)
    with pytest.raises(SymnetError):
        Term("number", (), value)


@pytest.mark.parametrize("base", ["", "1a", "a b", "α", "a-b", "a'", "_a", "a\n", 3])
def test_names_are_ascii_words(base):
    with pytest.raises(UsageError):
        Name(base)


def test_terms_are_immutable():
    with pytest.raises(AttributeError, match="immutable"):
        x.op = "sum"
    with pytest.raises(AttributeError, match="immutable"):
        del x.args
    with pytest.raises(TypeError, match="no subclasses"):
        type("Liar", (Term,), {})


def test_numbers_do_not_collide():
    """Python's own hash of every multiple of 2^61 - 1 is 0."""
    assert len({hash(number(k * (2**61 - 1))) for k in range(1, 100)}) > 90


def test_size_and_degree_stop_counting():
    t = x
    for _ in range(100):
        t = (t * t) ** (10**400)
    assert t.degree < 10**10


def test_equality_is_equality_of_trees():
    assert symbol("x") == x
    assert hash(symbol("x")) == hash(x)
    assert symbol("x", (1, 1)) != x
    assert x + y != y + x
    assert total([x, y, x]) != x + y + x
    assert number(Fraction(1, 2)) != number(1) / 2
    assert copy.deepcopy(A @ v) == A @ v
    assert pickle.loads(pickle.dumps(A @ v)) == A @ v


def test_deep_terms_are_ordinary():
    deep, twin = x, x
    for _ in range(100_000):
        deep, twin = deep + 1, twin + 1
    assert deep == twin
    assert deep.size == 200_001
    assert list(symbols(deep)) == [x]
    assert fold(deep, lambda node, args: max(args, default=0) + 1) == 100_001
    assert list(symbols(substitute(deep, {x: y}))) == [y]
    assert "nodes" in repr(deep)


def test_shared_terms_are_visited_once():
    t = x
    for _ in range(200):
        t = t + t
    assert len(list(postorder(t))) == 201
    assert t.size == SIZE_LIMIT
    assert substitute(t, {x: y}).size == t.size


def test_substitution_is_simultaneous_and_not_repeated():
    assert substitute(x + y, {x: y, y: x}) == y + x
    assert substitute(x + x, {x: x + 1}) == (x + 1) + (x + 1)
    assert substitute((x + y) * x, {x + y: x}) == x * x


def test_denominators_are_found_as_written():
    assert list(denominators((x / y) * (1 / (x + y)), x / x)) == [y, x + y, x]


def test_flat_builders():
    assert total([x]) == x
    assert multiply([x, y, x]).args == (x, y, x)
    assert product([A]) == A


def test_describe():
    assert describe(()) == "scalar"
    assert describe((3, Name("n", entry=(0,)))) == "3×n_0"
    assert str(Name("w", 2, (1, 3))) == "w_1,3^(2)"
