"""Terms to SymPy and back."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy

from symnet.errors import ParseError, UsageError
from symnet.reader.agreement import difference
from symnet.reader.bridge import from_callable, from_sympy, read_name, sympy_name, to_sympy
from symnet.reader.functions import FUNCTIONS
from symnet.reader.text import read_text
from symnet.ring import Work
from symnet.term import (
    KNOWN,
    Name,
    apply,
    cases,
    constant,
    derivative,
    identity,
    number,
    ones,
    symbol,
    symbols,
    zero,
)
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
        (sympy.Float("1.702") * sympy.Symbol("x"), "write sympy.Rational('1.702')"),
        (sympy.I, "has no counterpart"),
        (sympy.oo, "has no counterpart"),
        (sympy.floor(sympy.Symbol("x")), "floor(x) (floor) has no counterpart"),
        (sympy.Integral(sympy.Symbol("x")), "(Integral) has no counterpart"),
        (sympy.Function("g")(*sympy.symbols("x y")), "g(x, y) has 2 arguments: a function of a term has one"),
        (sympy.Eq(sympy.Symbol("x"), 1), "(Equality) has no counterpart"),
        (sympy.Piecewise((1, sympy.Contains(sympy.Symbol("x"), sympy.S.Reals)), (0, True)), "the condition Contains"),
        (sympy.Piecewise((1, sympy.Symbol("x") > 0), (2, sympy.Symbol("x") < 0)), "no case holds where the compared"),
        (sympy.Symbol("x y"), "is not a name"),
        (sympy.Piecewise((sympy.Symbol("x"), sympy.Symbol("x") > 0)), "end it with (value, True)"),
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


Z, REAL = sympy.Symbol("z"), sympy.Symbol("z", real=True)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (sympy.sqrt(Z), "sqrt(z)"),
        (Z ** sympy.Rational(-3, 2), "1/sqrt(z)^3"),
        (Z ** sympy.Rational(1, 3), "exp(1/3*log(z))"),
        (2**Z, "exp(z*log(2))"),
        (Z**Z, "exp(z*log(z))"),
        (sympy.E**Z, "exp(z)"),
        (sympy.E * sympy.pi, "exp(1)*pi"),
        (sympy.tan(Z), "sin(z)/cos(z)"),
        (sympy.sinh(Z), "sinh(z)"),
        (sympy.cosh(Z), "cosh(z)"),
        (sympy.coth(Z), "coth(z)"),
        (sympy.erfc(Z), "1 - erf(z)"),
        (sympy.Abs(Z), "abs(z)"),
        (sympy.sqrt(REAL**2), "abs(z)"),
        (sympy.Max(0, Z), "max(0, z)"),
        (sympy.Min(Z, 1), "min(1, z)"),
        (sympy.sign(Z), "sign(z)"),
        (sympy.Heaviside(Z, 1), "heaviside(z)"),
        (sympy.Heaviside(Z, 0), "piecewise(0 < z, 1, 0)"),
        (sympy.Heaviside(Z), "piecewise(z < 0, 0, 0 < z, 1, 1/2)"),
        # a quotient is a quotient
        (Z / (1 + sympy.exp(-Z)), "z/(1 + exp(-z))"),
        (1 / (2 * Z), "1/(2*z)"),
        (Z / 2, "1/2*z"),
        (Z * sympy.tanh(Z) / sympy.sqrt(sympy.Symbol("y")), "z*tanh(z)/sqrt(y)"),
        # cases
        (sympy.Piecewise((Z, Z > 0), (0, Z <= 0)), "piecewise(0 < z, z, 0)"),
        (sympy.Piecewise((Z, (Z > 0) & (Z < 1)), (0, True)), "piecewise(0 < z, piecewise(z < 1, z, 0), 0)"),
        (sympy.Piecewise((Z, (Z < 0) | (Z > 1)), (0, True)), "piecewise(1 < z, z, z < 0, z, 0)"),
        (sympy.Piecewise((1, sympy.Ne(Z, 0)), (0, True)), "piecewise(z < 0, 1, 0 < z, 1, 0)"),
        (
            sympy.Piecewise((1, sympy.Not(sympy.And(Z >= 0, Z <= 1))), (0, True)),
            "piecewise(z < 0, 1, 1 < z, 1, 0)",
        ),
    ],
)
def test_functions_come_in(expression, text):
    assert from_sympy(expression) == read_text(text)


def test_a_sign_belongs_to_the_number_above():
    assert from_sympy(-1 / Z) == number(-1) / symbol("z")


@pytest.mark.parametrize("name", KNOWN)
def test_the_functions_of_the_kernel_map_one_to_one(name):
    term = apply(name, symbol("z"))
    assert to_sympy(term) == getattr(sympy, name)(Z)
    assert from_sympy(to_sympy(term)) == term


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_the_table_goes_out_and_comes_back(name):
    term = FUNCTIONS[name].write(*[symbol("z"), symbol("w")][: FUNCTIONS[name].least])
    assert difference(from_sympy(to_sympy(term)), term) == ""


def test_pi_and_e():
    assert to_sympy(constant("pi")) == sympy.pi
    assert from_sympy(sympy.pi) == constant("pi")
    assert to_sympy(apply("exp", number(1))) == sympy.E
    assert from_sympy(sympy.E) == apply("exp", number(1))


def test_derivatives_go_out_and_come_back():
    z = symbol("z")
    at_z, at_y = derivative(apply("tanh", z), z), derivative(apply("tanh", z), z, symbol("y"))
    assert to_sympy(at_z) == sympy.Derivative(sympy.tanh(Z), Z)
    assert to_sympy(at_y) == sympy.Subs(sympy.Derivative(sympy.tanh(Z), Z), Z, sympy.Symbol("y"))
    assert [from_sympy(to_sympy(d)) for d in (at_z, at_y)] == [at_z, at_y]
    assert from_sympy(sympy.Derivative(sympy.tanh(Z), Z, 2)) == derivative(at_z, z)
    with pytest.raises(ParseError, match="the derivative from the left has no counterpart in SymPy"):
        to_sympy(derivative(apply("tanh", z), z, z, "left"))


def test_what_sympy_cannot_compare_is_refused():
    minus_one = apply("sqrt", number(-1))
    with pytest.raises(ParseError, match="SymPy cannot write the cases"):
        to_sympy(cases((minus_one, "<", number(0), x), otherwise=x))


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda z: z * sympy.atan(z), "z*atan(z)"),
        (lambda z: 1 / (1 + sympy.exp(-z)), "1/(1 + exp(-z))"),
        (lambda z: sympy.Max(0, z), "max(0, z)"),
        (lambda z: 3, "3"),
        (lambda z: Fraction(1, 3), "1/3"),
        (lambda z: sympy.sqrt(z**2), "abs(z)"),
        (abs, "abs(z)"),
        (sympy.acot, "piecewise(z >= 0, pi/2 - atan(z), -pi/2 - atan(z))"),
        (sympy.tanh, "tanh(z)"),
    ],
)
def test_a_callable_is_called_on_a_symbol(function, text):
    assert from_callable(function) == read_text(text)


def test_a_callable_of_another_variable():
    assert list(symbols(from_callable(lambda x: x * x, "x_1"))) == [symbol(Name("x", None, (1,)))]


def sigmoid_by_math(z):
    return 1 / (1 + math.exp(-z))


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (sigmoid_by_math, "sigmoid_by_math(z), called on a SymPy symbol, raised TypeError (Cannot convert expression"),
        (sigmoid_by_math, "write sympy.exp for math.exp, numpy.exp or torch.exp"),
        (lambda z: np.tanh(z), "raised TypeError (loop of ufunc"),
        (lambda z: max(0, z), "write sympy.Max, sympy.Abs or sympy.Piecewise for max, abs and if"),
        (lambda: 0, "takes 0 positional arguments but 1 was given"),
        (lambda z: z.missing, "raised AttributeError"),
        (lambda z: [][1], "raised IndexError"),
        (5, "int(z), called on a SymPy symbol, raised TypeError"),
    ],
)
def test_a_callable_that_raises_is_named(function, message):
    with pytest.raises(UsageError) as error:
        from_callable(function)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda z: 0.5 * z, "is a Float, which never enters a proof: write sympy.Rational('0.5')"),
        (lambda z: 0.5, "0.5 is a float, not a SymPy expression"),
        (lambda z: None, "None is a NoneType"),
        (lambda z: True, "True is a bool"),
        (lambda z: "z", "'z' is a str"),
        (lambda z: [z], "[z] is a list"),
    ],
)
def test_a_callable_that_returns_no_term(function, message):
    with pytest.raises(ParseError) as error:
        from_callable(function)
    assert message in str(error.value)


@pytest.mark.parametrize("variable", ["", "1x", "x y", "__class__", "x;"])
def test_a_variable_is_a_name(variable):
    with pytest.raises(ParseError, match="is not a name"):
        from_callable(lambda z: z, variable)
