"""Whether two terms have the same values."""

import threading

import mpmath
import pytest

from symnet.errors import Undecided
from symnet.reader.agreement import difference, value_at
from symnet.reader.text import read_text
from symnet.term import apply, number, symbol

z = symbol("z")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(1+z)^2", "1 + 2z + z^2"),
        ("tanh(z)", "2*sigmoid(2z) - 1"),
        ("exp(log(z))", "z*sqrt(z)/sqrt(z)*log(z)/log(z)"),
        ("abs(z)", "max(z, -z)"),
        ("sin(z)^2 + cos(z)^2", "1"),
        ("sqrt(2)*sqrt(8)", "4"),
        ("z^10000", "z^9999*z"),
        ("exp(exp(exp(z)))", "exp(exp(exp(z)))"),
    ],
)
def test_equal_values(left, right):
    assert difference(read_text(left), read_text(right)) == ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("z", "-z"),
        ("sqrt(z^2)", "z"),
        ("exp(log(z))", "z"),  # one of them has no value at z < 0
        ("log(z^2)", "2*log(z)"),
        ("z/z", "1 + 0.000000000000000000000000001*z"),
        ("max(0, z)", "max(0, z - 0.001)"),
        ("alpha*z", "beta*z"),
        ("2", "3"),
        ("z", "1"),
    ],
)
def test_different_values_are_found(left, right):
    assert " the values are " in difference(read_text(left), read_text(right))


def test_the_difference_says_where():
    assert difference(z, z + 1) == "at z = -1/3 the values are -0.3333333333 and 0.6666666667"
    assert difference(apply("log", z), z) == "at z = -1/3 the values are none and -0.3333333333"
    assert difference(number(1), number(2)) == "at every point the values are 1.0 and 2.0"


@pytest.mark.parametrize("text", ["log(-1 - z^2)", "sqrt(-1)", "log(z)*log(-z)"])
def test_nowhere_defined_is_undecided(text):
    with pytest.raises(Undecided, match="too few to compare"):
        difference(read_text(text), read_text(text))


def test_an_unknown_function_has_no_value():
    assert value_at(apply("g", z), {z: 1}) is None


@pytest.mark.parametrize("text", ["exp(10^7)", "exp(exp(exp(10^3)))", "sin(10^100)", "(10^9000)^1*exp(10^6)^10000"])
def test_what_is_too_large_has_no_value_and_takes_no_time(text):
    assert value_at(read_text(text), {}) is None


def test_the_precision_of_others_is_left_alone():
    mpmath.mp.dps = 15
    found = []
    threads = [threading.Thread(target=lambda: found.append(difference(z * 3 / 3, z))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [""] * 4
    assert mpmath.mp.dps == 15
