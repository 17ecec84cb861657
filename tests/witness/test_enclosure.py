"""Exact values and slopes at a point, against mpmath at 400 digits and against each other."""

from fractions import Fraction
from itertools import product

import mpmath
import pytest

from symnet.activations import ACTIVATIONS, Z
from symnet.errors import Undecided, UsageError
from symnet.term import Term, apply, cases, constant, derivative, number, symbol
from symnet.witness.enclosure import PointIntervals, distance, enclosure, is_sharp, overlap, refined, sweep
from symnet.witness.interval import Enclosure
from symnet.witness.jets import slope
from tests.activations.evaluator import at

MP = mpmath.mp.clone()
MP.prec = 1300
POINTS = [-700.0, -40.0, -2.5, -1e-9, 5e-324, 0.3, 1.0, 7.25, 40.0, 1e6]


def holds(enclosed: Enclosure, truth: mpmath.mpf) -> bool:
    low, high = (MP.mpf(e.numerator) / e.denominator for e in enclosed)
    slack = abs(truth) * MP.mpf(2) ** -1250
    return low - slack <= truth <= high + slack


def exactly(z: float) -> dict[Term, Fraction]:
    return {Z: Fraction(z)}


def written(function: str, z: float) -> Term | None:
    if function in ("log", "sqrt") and z <= 0:
        return None
    return apply(function, Z)


SLOPES = {
    "exp": MP.exp,
    "log": lambda z: 1 / z,
    "sqrt": lambda z: 1 / (2 * MP.sqrt(z)),
    "sin": MP.cos,
    "cos": lambda z: -MP.sin(z),
    "atan": lambda z: 1 / (1 + z * z),
    "tanh": lambda z: MP.sech(z) ** 2,
    "erf": lambda z: 2 / MP.sqrt(MP.pi) * MP.exp(-z * z),
}


@pytest.mark.parametrize(("function", "z"), [p for p in product(SLOPES, POINTS) if written(*p)])
def test_values_and_slopes_of_the_known_functions(function: str, z: float) -> None:
    if function == "exp" and z > 700:
        return
    value, derivative = enclosure(apply(function, Z), exactly(z)), slope(apply(function, Z), Z, exactly(z))
    assert holds(value, getattr(MP, function)(MP.mpf(z)))
    assert holds(derivative, SLOPES[function](MP.mpf(z)))
    assert is_sharp(value)
    assert is_sharp(derivative)


@pytest.mark.parametrize("name", [n for n, row in ACTIVATIONS.items() if not row.vector and n != "affine"])
def test_the_rows(name: str) -> None:
    h = ACTIVATIONS[name].at_defaults
    for z in (-3.7, -1e-9, 0.2, 2.5, 5e-324):
        truth = at(h, MP.mpf(z))
        low, high = enclosure(h, exactly(z))
        assert distance(Fraction(0), (low, high)) or low <= 0 <= high
        assert (
            abs(MP.mpf(low.numerator) / low.denominator - truth) <= abs(truth) * MP.mpf(2) ** -85 + MP.mpf(2) ** -1130
        )


@pytest.mark.parametrize("z", [-1.5, 0.25, 3.0])
def test_slopes_of_sums_products_quotients_and_powers(z: float) -> None:
    h = (Z**3 + 2) * apply("exp", -Z) / (1 + Z**2) - constant("pi") * Z
    truth = MP.diff(lambda x: (x**3 + 2) * MP.exp(-x) / (1 + x**2) - MP.pi * x, MP.mpf(z))
    low, high = slope(h, Z, exactly(z))
    assert abs(MP.mpf(low.numerator) / low.denominator - truth) < MP.mpf(2) ** -80
    assert is_sharp((low, high))


def test_a_branch_that_does_not_hold_is_not_evaluated() -> None:
    h = cases((number(0), "<", Z, apply("log", Z)), otherwise=1 / (Z - 1))
    assert enclosure(h, exactly(-1.0)) == (Fraction(-1, 2), Fraction(-1, 2))
    assert enclosure(h, exactly(1.0)) == (0, 0)
    assert slope(h, Z, exactly(2.0)) == (Fraction(1, 2), Fraction(1, 2))


def test_an_exact_guard_is_decided_and_an_irrational_tie_is_not() -> None:
    tie = cases((apply("sqrt", number(2)) ** 2, "<=", number(2), number(1)), otherwise=number(0))
    with pytest.raises(Undecided, match="guard is open"):
        enclosure(tie, {})
    exact = cases((number(Fraction(1, 2)), "<", Z, number(1)), otherwise=number(0))
    assert [enclosure(exact, exactly(z))[0] for z in (0.5, 0.5 + 2**-53)] == [0, 1]


@pytest.mark.parametrize(
    ("term", "z"), [(1 / Z, 0.0), (apply("log", Z), -1.0), (apply("exp", Z), 1e6), (apply("exp", apply("exp", Z)), 1e6)]
)
def test_what_has_no_value_is_undecided(term: Term, z: float) -> None:
    with pytest.raises(Undecided):
        enclosure(term, exactly(z))


def test_what_is_lost_by_cancellation_is_found_with_more_bits() -> None:
    a = 1 / (1 + apply("exp", -Z))
    low, high = enclosure(a * (1 - a), exactly(700.0))
    assert float(low) == float(high) == 9.85967654375977e-305
    assert enclosure(Z - apply("tanh", Z), exactly(1e-100))[0] > 0


def test_a_symbol_needs_a_number_and_a_number_is_no_matrix() -> None:
    with pytest.raises(UsageError, match="beta has no number"):
        enclosure(symbol("beta") * Z, exactly(1.0))
    with pytest.raises(UsageError, match="derivative has no value"):
        enclosure(derivative(Z, Z), exactly(1.0))


def test_depth_is_no_problem() -> None:
    h, g = Z, Z
    for _ in range(1000):
        h = h / (1 + h**2)
        g = cases((number(3), "<", Z, number(0)), otherwise=g + 1)
    low, high = enclosure(h, exactly(0.5))
    assert 0 < low <= high
    assert slope(g, Z, exactly(0.5)) == (1, 1)


def test_arms_that_were_taken_can_be_followed_where_they_end() -> None:
    h = cases((Z, "<", number(0), Z + 5), otherwise=Z)

    def at_zero(intervals: PointIntervals) -> tuple:
        left = sweep(intervals, exactly(-1.0))
        left.value(h)
        return (sweep(intervals, exactly(0.0), left.choices).value(h),)

    assert refined(at_zero) == ((5, 5),)


def test_distance_and_overlap() -> None:
    one = (Fraction(1), Fraction(2))
    assert [distance(Fraction(x), one) for x in (0, 1, 2, 4)] == [1, 0, 0, 2]
    assert overlap(one, (Fraction(2), Fraction(3)))
    assert not overlap(one, (Fraction(3), Fraction(4)))
