"""Terms to SymPy and back."""

import pytest
import sympy

from symnet.errors import ParseError
from symnet.reader.bridge import from_sympy, read_name, sympy_name, to_sympy
from symnet.ring import Work
from symnet.term import Name, apply, cases, identity, number, ones, symbol, zero
from symnet.word import equal

n, m = Name("n"), Name("m")
x, y = symbol("x"), symbol(Name("w", 2, (1, 3)))
A, B = symbol("A", (m, n)), symbol(Name("B", 1), (n, m))


@pytest.mark.parametrize("name", [Name("x"), Name("W", 1), Name("w", 12, (1, 2)), Name("w", None, (12,)), Name("x1")])
def test_names_map_one_to_one(name):
    assert read_name(sympy_name(name)) == name


@pytest.mark.parametrize("text", ["", "x y", "W^2", "w_", "1", "W^(1", "x;", "x_1_", "__class__", "W^(-1)"])
def test_other_names_are_refused(text):
    with pytest.raises(ParseError, match="is not a name"):
        read_name(text)


def test_a_name_with_an_underscore_is_refused():
    with pytest.raises(ParseError, match="would read as an index"):
        sympy_name(Name("a_1"))


@pytest.mark.parametrize(
    "term",
    [
        x,
        number(-7) / 3,
        x + y * x - 2,
        (x + y) ** 3 / (x - y),
        1 / x**2,
        apply("exp", -x) + apply("g", y),
        A @ B,
        A + A,
        (x * A) @ B.T.T,
        (A @ B).T,
        identity(n) + B @ A,
        zero(m, n) + A,
        ones(m) @ ones(n).T,
        2 * A @ B @ A,
    ],
)
def test_round_trip(term):
    assert equal(from_sympy(to_sympy(term)), term, Work(10_000))


def test_round_trip_of_cases():
    relu = cases((number(0), "<=", x, x), otherwise=number(0))
    assert from_sympy(to_sympy(relu)) == relu
    two = cases((x, "<", y, x), (y, "<", x * x, y), otherwise=number(1))
    assert to_sympy(from_sympy(to_sympy(two))) == to_sympy(two)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (sympy.Float(0.5) * sympy.Symbol("x"), "is a Float, which never enters a proof"),
        (sympy.Symbol("x") ** sympy.Rational(1, 2), "has an exponent that is not a whole number"),
        (sympy.I, "has no counterpart"),
        (sympy.pi, "has no counterpart"),
        (sympy.Symbol("x y"), "is not a name"),
        (sympy.Piecewise((sympy.Symbol("x"), sympy.Symbol("x") > 0)), "does not say what it is otherwise"),
        ("__import__('os')", "is a str, not a SymPy expression"),
        (0.5, "is a float, not a SymPy expression"),
    ],
)
def test_what_is_not_a_term(expression, message):
    with pytest.raises(ParseError) as error:
        from_sympy(expression)
    assert message in str(error.value)


def test_deep_expressions_do_not_recurse():
    expression = sympy.Symbol("x")
    for _ in range(3000):
        expression = sympy.Function("g")(expression)
    assert from_sympy(expression).size == 3001
