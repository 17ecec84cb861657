"""Plain text to terms: what is read, as which term, and what is refused."""

from fractions import Fraction

import pytest

from symnet.errors import ParseError, UsageError
from symnet.reader.text import read_text, read_text_fully
from symnet.term import Name, Term, apply, cases, constant, number, symbol

x, z, k, alpha = (symbol(name) for name in ("x", "z", "k", "alpha"))
ZERO, ONE = number(0), number(1)


def f(name: str, argument: Term) -> Term:
    return apply(name, argument)


def sigmoid(u: Term) -> Term:
    return 1 / (1 + f("exp", -u))


def absolute(u: Term) -> Term:
    return cases((ZERO, "<=", u, u), otherwise=-u)


READ = [
    # the functions of the issue
    ("z*atan(z)", z * f("atan", z)),
    ("log(1+z**2)", f("log", 1 + z**2)),
    ("exp(-z^2)*tanh(z)", f("exp", -(z**2)) * f("tanh", z)),
    ("z/(1+e^(-1.702z))", z / (1 + f("exp", number(Fraction("-1.702")) * z))),
    ("max(0, z)", cases((ZERO, "<=", z, z), otherwise=ZERO)),
    ("abs(z)", absolute(z)),
    ("sqrt(z)", f("sqrt", z)),
    ("1/(1+exp(-k*z))", 1 / (1 + f("exp", Term("multiply", (number(-1), k, z))))),
    (
        "0.5*z*(1+erf(z/sqrt(2)))",
        Term("multiply", (number(Fraction(1, 2)), z, 1 + f("erf", z / f("sqrt", number(2))))),
    ),
    ("piecewise(z < 0, alpha*(exp(z)-1), z)", cases((z, "<", ZERO, alpha * (f("exp", z) + number(-1))), otherwise=z)),
    # numbers
    ("0.044715", number(Fraction(44715, 10**6))),
    (".5", number(Fraction(1, 2))),
    ("2.", number(2)),
    ("1/3", number(Fraction(1, 3))),
    ("-2", number(-2)),
    ("pi", constant("pi")),
    ("π", constant("pi")),
    ("e", f("exp", ONE)),
    ("E", f("exp", ONE)),
    # sums, products, signs
    ("z+x+k", Term("sum", (z, x, k))),
    ("z-x", z + -x),
    ("z - 2*x", z + number(-2) * x),
    ("z-(x-k)", z + -(x + -k)),
    ("-z+x", -z + x),
    ("--z", number(-1) * -z),
    ("z*-x", z * -x),
    ("+z", z),
    ("z*x*k", Term("multiply", (z, x, k))),
    ("z*(x*k)", z * (x * k)),
    ("z/x/k", z / x / k),
    ("z/x*k", z / x * k),
    ("z * x / k", z * x / k),
    ("−z·x×k", Term("multiply", (number(-1), z, x, k))),
    # products without a sign
    ("2z", 2 * z),
    ("2 z x", Term("multiply", (number(2), z, x))),
    ("z(1+z)", z * (1 + z)),
    ("(1+z)(1-z)", (1 + z) * (1 + -z)),
    ("2exp(z)", 2 * f("exp", z)),
    ("2|z|", 2 * absolute(z)),
    ("|z||x|", absolute(z) * absolute(x)),
    ("||z|-1|", absolute(absolute(z) + number(-1))),
    ("z^2 exp(z)", z**2 * f("exp", z)),
    # powers
    ("z^2", z**2),
    ("z**2", z**2),
    ("z²", z**2),
    ("z^1", z**1),
    ("-z^2", -(z**2)),
    ("(-z)^2", (-z) ** 2),
    ("z^2^3", z**8),
    ("z^-1", 1 / z),
    ("z**-2", 1 / z**2),
    ("z^(1/2)", f("sqrt", z)),
    ("z**0.5", f("sqrt", z)),
    ("z^(-1/2)", 1 / f("sqrt", z)),
    ("z^(3/2)", f("sqrt", z) ** 3),
    ("z^(1/4)", f("sqrt", f("sqrt", z))),
    ("z^(1/3)", f("exp", number(Fraction(1, 3)) * f("log", z))),
    ("z^(2*3-4)", z**2),
    ("2**z", f("exp", z * f("log", number(2)))),
    ("z**z", f("exp", z * f("log", z))),
    ("z^pi", f("exp", constant("pi") * f("log", z))),
    ("e^z", f("exp", z)),
    ("E^z", f("exp", z)),
    ("exp(1)^z", f("exp", z)),
    ("e^-z", f("exp", -z)),
    ("e^2", f("exp", number(2))),
    ("2^-z", f("exp", Term("multiply", (number(-1), z, f("log", number(2)))))),
    # functions
    ("ln(z)", f("log", z)),
    ("arctan(z)", f("atan", z)),
    ("arccot(z)", constant("pi") / 2 - f("atan", z)),
    ("2√(1 + z²)", 2 * f("sqrt", 1 + z**2)),
    ("tan(z)", f("sin", z) / f("cos", z)),
    ("sinh(z)", (f("exp", z) - f("exp", -z)) / 2),
    ("sin^2(z)", f("sin", z) ** 2),
    ("min(z, 1)", cases((ONE, "<=", z, ONE), otherwise=z)),
    ("max(z, 0)", cases((ZERO, "<=", z, z), otherwise=ZERO)),
    ("relu(z)", cases((ZERO, "<=", z, z), otherwise=ZERO)),
    ("ReLU(z)", cases((ZERO, "<=", z, z), otherwise=ZERO)),
    ("heaviside(z)", cases((ZERO, "<=", z, ONE), otherwise=ZERO)),
    ("sign(z)", cases((z, "<", ZERO, number(-1)), (ZERO, "<", z, ONE), otherwise=ZERO)),
    ("sigmoid(z)", sigmoid(z)),
    ("sigma(z)", sigmoid(z)),
    ("σ(z)", sigmoid(z)),
    ("softplus(z)", f("log", 1 + f("exp", z))),
    # names
    ("α*z", alpha * z),
    ("lambda*z", symbol("lambda") * z),
    ("sigma^2", symbol("sigma") ** 2),
    ("z_1", symbol(Name("z", None, (1,)))),
    ("w_1_2", symbol(Name("w", None, (1, 2)))),
    ("beta_3", symbol(Name("beta", None, (3,)))),
    ("x1", symbol("x1")),
    # conditions
    ("piecewise(z > 0, z, 0)", cases((ZERO, "<", z, z), otherwise=ZERO)),
    ("piecewise(z >= 0, z, 0)", cases((ZERO, "<=", z, z), otherwise=ZERO)),
    ("piecewise(z ≤ 0, 0, z)", cases((z, "<=", ZERO, ZERO), otherwise=z)),
    ("piecewise(z < 0, 0, z >= 0, z)", cases((z, "<", ZERO, ZERO), otherwise=z)),
    ("piecewise(z<-1, -1, z>1, 1, z)", cases((z, "<", number(-1), number(-1)), (ONE, "<", z, ONE), otherwise=z)),
    # a left-hand side
    ("f(z) = z^2", z**2),
    ("a = z^2", z**2),
    ("ELU(z) := z", z),
    (" z\n+ x\t", z + x),
]


@pytest.mark.parametrize(("text", "term"), READ, ids=[text for text, _ in READ])
def test_what_is_read(text, term):
    assert read_text(text) == term


REFUSED = [
    ("", "the expression is empty"),
    ("foo(z)", "at column 1: foo is neither a letter nor a function; the functions are abs, "),
    ("1 + foo(z)", "at column 5: foo is neither"),
    ("z.real", "at column 2: '.' is no part of an expression"),
    ("lambda: 0", "at column 7: ':' is no part"),
    ("__import__('os')", "at column 1: a _ stands between a letter and its index"),
    ("f(z)", "at column 1: there is no function f: write f*(…) for a product"),
    ("a(z)", "there is no function a: write a*(…)"),
    ("e(z)", "write e*(…) for a product, and exp(…) for the function"),
    ("gamma(1+z)", "there is no function gamma"),
    ("W(1+z)", "there is no function W"),
    ("kz", "kz is neither a letter nor a function"),
    ("a_b", "a_b is neither"),
    ("1/2z", "at column 4: is z divided by as well? write 1/(2*z) or (1/2)*z"),
    ("e^2z", "at column 4: does the exponent end before z? write brackets or a *"),
    ("sigma**2(1-z)", "is this a power of sigma"),
    ("e^-1.702z", "does the exponent end before z?"),
    ("2e-3", "'2e-3' may be a power of 10 or a product with e"),
    ("z 2", "the number 2 follows a factor without a sign"),
    ("sigma^2(1-z)", "is this a power of sigma, or of sigma(…)?"),
    ("exp z", "exp needs its argument in brackets, as in exp(z)"),
    ("exp", "exp needs its argument"),
    ("exp()", "the ( is not closed before )"),
    ("exp(z, z)", "exp takes one argument, not 2"),
    ("max(z)", "max takes 2 to 20 arguments, not 1"),
    ("tan^-1(z)", "a power of a function is a whole number from 1: the inverse of tan is arctan"),
    ("((z)", "at column 1: the ( is not closed"),
    ("(z))", "at column 4: ) closes nothing"),
    ("|z", "at column 1: the | is not closed"),
    ("(|z)|", "at column 2: the | is not closed before )"),
    ("[z]", "'[' is no part of an expression"),
    ("z +", "at column 4: the expression stops too early"),
    ("* z", "at column 1: * cannot stand here"),
    ("z'", "a prime is a derivative: give the function itself"),
    ("f'(z) = z", "at column 2: a prime"),
    ("1 + z = 2", "at column 7: in front of a = stands a name or f(z), as in f(z) = …"),
    ("z > 0", "> stands between two sides only in a condition, as in piecewise(z < 0, 0, z)"),
    ("z/0", "at column 2: this divides by 0"),
    ("0^-1", "at column 2: this divides by 0"),
    ("(-2)^z", "only a positive number has a power that is not whole"),
    ("(-8)^(1/3)", "only a positive number"),
    ("0^z", "only a positive number"),
    ("z^10001", "an exponent is at most 10,000"),
    ("9**9**9**9", "an exponent is at most 10,000"),
    ("(z^200)^200", "the powers are too large"),
    ("10^10000*10^10000*10^10000*10^10000", "the powers are too large"),
    ("piecewise(z < 0, 1)", "no case holds where the compared term is 0: the last must hold where all others fail"),
    ("piecewise(z <= 0, 1, z >= 0, 2)", "two cases hold, the last and one before it, where the compared term is 0"),
    ("piecewise(z < 0, 1, 2, 3)", "at column 22: , cannot stand here"),
    ("piecewise(z, 1, 2)", "at column 12: , cannot stand here"),
    ("z and x", "and cannot stand here"),
    ("ｅxp(z)", "'\\uff45' (FULLWIDTH LATIN SMALL LETTER E) is no part"),
    ("аbs(z)", "'\\u0430' (CYRILLIC SMALL LETTER A) is no part"),
    ("z +\nfoo", "at line 2, column 1: foo is neither"),
    (r"\frac{1}{2}", "no command of LaTeX is read here"),
    ("f(z) = z = z^2", "the sides of the equation are not seen to be the same: at z = "),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_refused(text, message):
    with pytest.raises(ParseError) as error:
        read_text(text)
    assert message in str(error.value)


@pytest.mark.parametrize("given", [None, 5, b"z", ["z"]])
def test_only_a_text_is_read(given):
    with pytest.raises(UsageError, match="is read from a text"):
        read_text(given)


def test_the_left_hand_side_names_the_variable():
    assert read_text_fully("f(x) = k*x").variable == x
    assert read_text_fully("f(alpha, x) = k*x").variable == alpha
    assert read_text_fully("a = k*x").variable is None
    assert read_text_fully("k*x").variable is None


def test_the_sides_of_an_equation_must_agree():
    assert read_text("f(z) = (1+z)^2 = 1 + 2z + z^2") == (1 + z) ** 2
