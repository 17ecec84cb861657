"""Enclosures of the functions that the kernel knows, against mpmath at a higher precision."""

import time
from fractions import Fraction
from random import Random

import mpmath
import pytest

from symnet.errors import Undecided, UsageError
from symnet.term import KNOWN
from symnet.witness.interval import Intervals

MP = mpmath.mp.clone()
MP.prec = 3000

SPECIAL = [
    Fraction(v) for v in ("0", "1", "-1", "1/1000000000000", "-7/5", "5", "-5", "20", "-63", "1000", "123456789")
]


def arguments(function: str, seed: int) -> list[Fraction]:
    rng = Random(f"{function} {seed}")
    found = [Fraction(rng.randint(-(10**6), 10**6), 10 ** rng.randint(0, 8)) for _ in range(40)] + SPECIAL
    if function == "exp":
        return [v for v in found if abs(v) < 10**4]
    return [v for v in found if v > 0 or function not in ("log", "sqrt")]


def ends(interval) -> tuple:
    return tuple(MP.make_mpf(end) for end in interval._mpi_)


def number(value: Fraction):
    return MP.mpf(value.numerator) / value.denominator


@pytest.mark.parametrize("bits", [53, 64, 113, 256, 1024])
@pytest.mark.parametrize("function", KNOWN)
def test_the_exact_value_lies_inside(function: str, bits: int) -> None:
    intervals = Intervals(bits)
    for v in arguments(function, bits):
        low, high = ends(intervals.known(function, intervals.number(v)))
        truth = getattr(MP, function)(number(v))
        assert low <= truth <= high, v
        # the width grows with the size of the argument, and of sin's, which is reduced
        assert high - low <= (4 + abs(truth)) * (1 + abs(number(v))) * MP.mpf(2) ** (16 - bits), v


@pytest.mark.parametrize("function", KNOWN)
def test_a_wide_argument(function: str) -> None:
    intervals = Intervals(64)
    low, high = ends(intervals.known(function, intervals.between(Fraction(1, 2), Fraction(5, 4))))
    for k in range(20, 51):
        assert low <= getattr(MP, function)(MP.mpf(k) / 40) <= high
    assert high - low < 3


@pytest.mark.parametrize(
    ("dyadic", "bits"), [("3893924827815215/1125899906842624", 53), ("1381846513289487/70368744177664", 113)]
)
def test_exp_where_mpmath_rounds_the_wrong_way(dyadic: str, bits: int) -> None:
    """The inputs of mpmath's issue 1181."""
    x, intervals = Fraction(dyadic), Intervals(bits)
    low, high = ends(intervals.known("exp", intervals.number(x)))
    assert low < MP.exp(number(x)) < high


@pytest.mark.parametrize("x", [65, -65, 10**6, -(10**6), 2**64 - 1, 2**70, -(2**70), 10**40, 2**2000])
def test_e_to_a_large_whole_number_is_quick_with_many_bits(x: int) -> None:
    plain, intervals, start = mpmath.mp.clone(), Intervals(1200), time.process_time()
    plain.prec = 550  # with 600 and more it multiplies, too
    low, high = ends(intervals.known("exp", intervals.number(Fraction(x))))
    assert low * (1 - MP.mpf(2) ** -540) <= MP.convert(plain.exp(x)) <= high * (1 + MP.mpf(2) ** -540)
    assert low < high < low * (1 + MP.mpf(2) ** (-1100 if abs(x) < 2**64 else -580))
    assert time.process_time() - start < 1


def test_what_is_exact() -> None:
    intervals = Intervals(64)
    for function, argument, value in [("exp", 0, 1), ("tanh", 0, 0), ("erf", 0, 0), ("atan", 0, 0), ("sin", 0, 0),
                                      ("log", 1, 0), ("sqrt", 4, 2), ("sqrt", 0, 0)]:  # fmt: skip
        assert intervals.exact(intervals.known(function, intervals.number(Fraction(argument)))) == (value, value)


def test_pi() -> None:
    low, high = ends(Intervals(64).pi())
    assert low < MP.pi < high < low + MP.mpf(2) ** -56


@pytest.mark.parametrize("function", ["log", "sqrt"])
def test_where_a_function_is_not_defined(function: str) -> None:
    intervals = Intervals(64)
    for end in (Fraction(-1), Fraction(-1, 10**30)):
        with pytest.raises(Undecided, match=f"where {function} is not defined"):
            intervals.known(function, intervals.between(end, Fraction(1)))
    with pytest.raises(Undecided):
        intervals.known("log", intervals.number(Fraction(0)))


@pytest.mark.parametrize("function", KNOWN)
def test_enormous_arguments_end_at_once(function: str) -> None:
    intervals = Intervals(64)
    huge = intervals.context.mpf(2) ** 20_000
    for argument in (huge, intervals.context.mpf([1, "inf"]), 1 / intervals.context.mpf([-1, 1])):
        if argument is huge and function in ("log", "sqrt", "atan"):
            assert intervals.known(function, argument).delta < 2**9_950
            continue
        with pytest.raises(Undecided):
            intervals.known(function, argument)


def test_other_functions() -> None:
    intervals = Intervals(64)
    with pytest.raises(UsageError):
        intervals.known("cosh", intervals.number(Fraction(1)))
