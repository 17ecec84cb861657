"""The table of functions: each row has the values of the function that it is called after."""

from fractions import Fraction

import mpmath
import pytest

from symnet.reader import functions
from symnet.reader.agreement import value_at
from symnet.reader.functions import ALIASES, FUNCTIONS, GREEK, GREEK_NAMES
from symnet.term import KNOWN, number, postorder, symbol

z = symbol("z")
POINTS = [Fraction(n, 7) for n in (-23, -9, -7, -3, -1, 0, 1, 2, 5, 7, 8, 20, 33)]

#: What the names mean, as mpmath has it.
MEANING = {
    **{name: getattr(mpmath, name) for name in KNOWN},
    **{name: getattr(mpmath, name) for name in ("tan", "cot", "sec", "csc", "sinh", "cosh", "coth", "sech", "csch")},
    **{name: getattr(mpmath, name) for name in ("asinh", "acosh", "atanh", "erfc", "log1p", "expm1", "sign")},
    "acot": lambda u: mpmath.pi / 2 - mpmath.atan(u),
    "log2": lambda u: mpmath.log(u, 2),
    "log10": mpmath.log10,
    "abs": abs,
    "heaviside": lambda u: 1 if u >= 0 else 0,
    "relu": lambda u: max(u, 0),
    "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
    "softsign": lambda u: u / (1 + abs(u)),
    "silu": lambda u: u / (1 + mpmath.exp(-u)),
}


def real(name, *args):
    """The value of mpmath; None where it has none or a complex one."""
    try:
        value = MEANING[name](*args)
    except (ArithmeticError, ValueError):
        return None
    return value if isinstance(value, int) or (mpmath.isfinite(value) and not isinstance(value, mpmath.mpc)) else None


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ("max", "min")])
def test_a_row_has_the_values_of_its_name(name):
    term, compared = FUNCTIONS[name].write(z), 0
    with mpmath.workdps(50):
        for point in POINTS:
            wanted = real(name, mpmath.mpf(point.numerator) / point.denominator)
            found = value_at(term, {z: point})
            assert (found is None) == (wanted is None), point
            if wanted is not None:
                assert abs(found - wanted) <= mpmath.mpf("1e-40") * max(1, abs(wanted)), point
                compared += 1
    assert compared >= 4


@pytest.mark.parametrize("name", ["max", "min"])
@pytest.mark.parametrize("numbers", [(1, 2), (2, 1), (1, 1), (3, -1, 2), (-3, 5, 2, 4)])
def test_max_and_min(name, numbers):
    term = FUNCTIONS[name].write(*map(number, numbers))
    assert value_at(term, {}) == {"max": max, "min": min}[name](numbers)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_row_is_written_with_functions_that_the_kernel_knows(name):
    row = FUNCTIONS[name]
    nodes = list(postorder(row.write(*[z] * row.least)))
    assert {n.name.base for n in nodes if n.op == "apply"} <= set(KNOWN)
    arithmetic = {"symbol", "number", "constant", "sum", "multiply", "divide", "power"}
    assert {n.op for n in nodes} <= {*arithmetic, "apply", "cases"}


def test_aliases_name_rows_and_are_none_themselves():
    assert set(ALIASES.values()) <= FUNCTIONS.keys()
    assert not ALIASES.keys() & FUNCTIONS.keys()
    assert not (ALIASES.keys() | FUNCTIONS.keys()) & (GREEK_NAMES - {"sigma"})


def test_find_knows_aliases_and_capitals():
    assert functions.find("ReLU") is functions.find("relu") is FUNCTIONS["relu"]
    assert functions.find("ln") is FUNCTIONS["log"]
    assert functions.find("foo") is None
    assert functions.find("") is None


def test_greek_letters_are_single_and_ascii_names():
    assert all(len(char) == 1 and name.isascii() and name.isalpha() for char, name in GREEK.items())
    assert "pi" not in GREEK_NAMES
