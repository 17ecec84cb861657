"""Terms: shapes checked on construction, nothing simplified, no recursion."""

import copy
import pickle
from fractions import Fraction

import pytest

from symnet.errors import ShapeError, SymnetError, UsageError
from symnet.term import (
    Bound,
    Condition,
    Definition,
    Equation,
    Index,
    Name,
    Term,
    apply,
    at,
    cases,
    constant,
    derivative,
    describe,
    fold,
    identity,
    index,
    indexed_product,
    indexed_sum,
    instance,
    is_at_most,
    known_function,
    multiply,
    natural,
    number,
    ones,
    postorder,
    product,
    put,
    shifted,
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


def test_size_stops_counting():
    t = x
    for _ in range(100):
        t = t * t
    assert t.size == SIZE_LIMIT


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


def test_flat_builders():
    assert total([x]) == x
    assert multiply([x, y, x]).args == (x, y, x)
    assert product([A]) == A


def test_describe():
    assert describe(()) == "scalar"
    assert describe((3, Name("n", entry=(0,)))) == "3×n_0"
    assert str(Name("w", 2, (1, 3))) == "w_1,3^(2)"


# Derivatives, and functions that are known.


def test_a_derivative_is_taken_at_the_variable_unless_told():
    slope = derivative(x * y, x)
    assert slope.args == (x * y, x)
    assert slope.value == (Name("x"), "both")
    assert derivative(x * y, x, number(2), "left").args == (x * y, number(2))
    assert derivative(x, x) != derivative(x, x, side="right")
    assert slope.shape == constant("pi").shape == ()


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: derivative(x, number(1)), "a derivative is taken in a scalar symbol"),
        (lambda: derivative(x, A), "a derivative is taken in a scalar symbol"),
        (lambda: derivative(A, x), "derivative takes scalars"),
        (lambda: derivative(x, x, side="above"), "one of both, left, right"),
        (lambda: Term("derivative", (x, x), (Name("x"), ["both"])), "one of both, left, right"),
        (lambda: Term("derivative", (x,), (Name("x"), "both")), "derivative takes 2 terms, not 1"),
        (lambda: constant("e"), "the one constant with a name is 'pi'"),
        (lambda: Condition(x, "<"), "a condition compares a scalar with 0"),
        (lambda: Condition(A, ">"), "a condition compares a scalar with 0"),
    ],
)
def test_what_calculus_refuses(build, message):
    with pytest.raises(SymnetError, match=message):
        build()


@pytest.mark.parametrize(
    ("term", "partial"),
    [
        (x / y, True),
        (apply("log", x) * y, True),
        (apply("sqrt", x), True),
        (derivative(x, x), True),
        (apply("exp", x), False),
        (apply(Name("log", 2), x), False),
        (cases((x, "<", y, x), otherwise=1 / x), True),
        (constant("pi"), False),
    ],
)
def test_what_may_be_undefined(term, partial):
    assert term.partial is partial


def test_a_function_is_known_by_its_bare_name():
    assert known_function(Name("tanh")) == "tanh"
    assert (
        known_function(Name("tanh", 2)) == known_function(Name("tanh", None, (1,))) == known_function(Name("f")) == ""
    )


def test_a_derivative_binds_its_variable_in_the_body_only():
    slope = derivative(x * y, x, x + 1)
    assert put(slope, x, number(3)) == derivative(x * y, x, number(3) + 1)
    assert put(slope, y, number(3)) == derivative(x * 3, x, x + 1)
    assert put(x * slope, x, y) == y * derivative(x * y, x, y + 1)
    assert put(derivative(y**2, y), x, y) == derivative(y**2, y)
    with pytest.raises(UsageError, match="x is bound by a derivative there: rename one"):
        put(slope, y, x)
    assert substitute(slope, {y: x}) == derivative(x * x, x, x + 1)


def test_an_instance_of_a_derivative():
    z = symbol(Name("z", index("k")))
    slope = derivative(z * natural(index("k")), z)
    assert slope.free == {"k"}
    two = symbol(Name("z", 2))
    assert instance(slope, "k", 2) == derivative(two * 2, two)


# Indices.

i, k, p = index("i"), index("k"), index("p")


def width(k):
    return Name("n", None, (k,))


def weight(k):
    return symbol(Name("W", k), (width(k), width(shifted(k, -1))))


@pytest.mark.parametrize(
    ("position", "variable", "value", "expected"),
    [
        (3, "k", 5, 3),
        (k, "k", 5, 5),
        (k, "i", 5, k),
        (index("k", offset=1), "k", 5, 6),
        (index("k", offset=1), "k", index("p", offset=2), index("p", offset=3)),
        (index("k", "p"), "k", index("p", offset=1), index("p", "p", offset=1)),
        (index("k", "k", offset=1), "k", 3, 7),
        (index("k", "k"), "k", index("i", offset=1), index("i", "i", offset=2)),
        (k, "k", index("k", offset=1), index("k", offset=1)),
        (index("k", offset=-1), "k", 0, -1),
    ],
)
def test_an_index_at_a_value(position, variable, value, expected):
    assert at(position, variable, value) == expected


def test_a_shifted_index():
    assert shifted(3, -4) == -1
    assert shifted(index("k", offset=1), -1) == k
    assert str(index("p", "i", offset=-2)) == "i+p-2"
    assert index("p", "i") == Index(("i", "p"), 0)


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (1, 1, True),
        (2, 1, False),
        (0, k, True),
        (1, k, None),
        (k, 0, None),
        (index("k", offset=1), k, False),
        (k, index("k", "p"), True),
        (index("k", "p", offset=1), k, False),
        (k, p, None),
        (index("k", "k"), k, None),
        (k, index("k", "k"), True),
        (index("k", offset=-1), k, True),
        (-1, index("k", offset=-1), True),
    ],
)
def test_one_index_at_most_another(lower, upper, expected):
    assert is_at_most(lower, upper) is expected


@pytest.mark.parametrize(
    ("term", "shape"),
    [
        (natural(k), ()),
        (indexed_sum("k", 1, p, natural(k)), ()),
        (indexed_sum("k", 1, p, A), (m, n)),
        (indexed_product("k", 1, p, x), ()),
        (indexed_product("k", 1, p, weight(k)), (width(p), width(0))),
        (indexed_product("k", index("i", offset=1), p, weight(k)), (width(p), width(i))),
        (indexed_product("k", 1, 0, weight(k)), (width(0), width(0))),
        (indexed_product("k", 1, p, weight(k).T, "ascending"), (width(0), width(p))),
        (indexed_product("k", 2, 5, A @ B), (m, m)),
    ],
)
def test_shapes_with_indices(term, shape):
    assert term.shape == shape


def test_what_is_free_and_what_is_bound():
    over = indexed_sum("k", i, p, symbol(Name("c", index("k", "q"))))
    assert over.free == {"i", "p", "q"}
    assert over.bound == {"k"}
    assert weight(k).free == {"k"}
    assert apply(Name("f", k), x).free == {"k"}
    assert ones(width(k)).free == {"k"}


def test_an_instance():
    over = indexed_sum("k", i, p, symbol(Name("c", k, (i,))))
    assert instance(over, "i", 2) == indexed_sum("k", 2, p, symbol(Name("c", k, (2,))))
    assert instance(weight(k), "k", index("p", offset=1)) == weight(index("p", offset=1))
    assert instance(natural(k) * x, "k", 3) == number(3) * x
    assert instance(over, "q", 2) is over
    for variable, value in (("i", k), ("p", index("i", "k"))):
        with pytest.raises(UsageError, match="k is bound by a Σ or ∏ there: rename one"):
            instance(over, variable, value)


def test_instances_of_conditions():
    assert Bound(i, p).instance("i", 2) == Bound(2, p)
    assert Bound(i, p).free == {"i", "p"}
    assert Condition(natural(i)).instance("i", 2) == Condition(number(2))
    assert Condition(natural(i) * x).free == {"i"}


def test_a_term_has_few_indices():
    with pytest.raises(UsageError, match="more than 64 indices"):
        total([natural(index(f"i{k}")) for k in range(65)])
    assert len(total([natural(index(f"i{k}")) for k in range(64)]).free) == 64
