"""The course's numbers of steps, counted again in float64 and with mpmath."""

import math
from fractions import Fraction

import mpmath
import pytest

from symnet.activations import Z, find
from symnet.errors import Undecided, UsageError
from symnet.term import apply, number, symbol
from symnet.witness.descent import LARGEST, course_descents, descent_steps

SIGMA = find("sigmoid").definition
HALF = number(Fraction(1, 2))


def counted(start, step, reached) -> int:
    z, steps = start, 0
    while not reached(z):
        z, steps = step(z), steps + 1
    return steps


def test_the_four_numbers() -> None:
    assert [d.steps for _, d in course_descents()] == [67, 2, 11, 12]


def test_the_same_in_floats_where_no_step_comes_close_to_the_goal() -> None:
    s = mpmath.mp.clone()
    s.dps = 60
    fifth = s.mpf(1) / 5
    assert counted(s.log(9), lambda z: z - fifth * s.sech(z / 2) ** 2 / 4, lambda z: z <= 0) == 67
    assert counted(math.log(9), lambda z: z - 0.2, lambda z: z <= 0) == 11
    assert counted(0.9, lambda a: a - 0.2 * a * (1 - a), lambda a: a <= 0.5) == 12
    assert counted(Fraction(9, 10), lambda z: z - Fraction(1, 5), lambda z: z <= Fraction(1, 2)) == 2


def test_the_enclosures_of_the_last_step() -> None:
    (_, sigmoid), (_, relu), *_ = course_descents()
    assert relu.before == (Fraction(7, 10),) * 2
    assert relu.after == (HALF.value,) * 2
    low, high = sigmoid.after
    assert -0.05 < low <= high < 0 < sigmoid.before[0]
    assert high - low < Fraction(1, 2**60)


def test_a_tie_between_fractions_is_decided_and_counts_as_reached() -> None:
    tenths = [number(Fraction(k, 10)) for k in (8, 1)]
    assert descent_steps(tenths[0], number(1), Z, tenths[1], Fraction(1, 10)).steps == 7
    in_floats = counted(0.8, lambda z: z - 0.1, lambda z: z <= 0.1)
    assert in_floats == 8  # 0.8 − 0.1 − … − 0.1 is a little more than 0.1 there


def test_an_irrational_tie_stays_open() -> None:
    with pytest.raises(Undecided, match="stays open"):
        descent_steps(apply("log", number(4)), apply("log", number(2)), Z, number(0), Fraction(1))


def test_fractions_that_become_too_long_give_way_to_intervals() -> None:
    found = descent_steps(number(Fraction(9, 10)), Z * (1 - Z), Z, number(Fraction(1, 100)))
    assert found.steps == counted(0.9, lambda a: a - 0.2 * a * (1 - a), lambda a: a <= 0.01)
    assert found.after[0] < found.after[1]
    assert all(end.denominator.bit_length() <= LARGEST for end in found.after)


def test_nothing_to_do() -> None:
    found = descent_steps(number(0), number(1), Z, HALF)
    assert (found.steps, found.before, found.after) == (0, None, (0, 0))


def test_a_goal_that_is_never_reached_and_a_letter() -> None:
    with pytest.raises(UsageError, match="not reached within 10,000 steps"):
        descent_steps(number(1), number(0), Z, number(0))
    with pytest.raises(UsageError, match="put one in for alpha"):
        descent_steps(number(1), symbol("alpha"), Z, number(0))
