"""Cases: rows with conditions, and what the last condition must be."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from symnet.errors import ParseError
from symnet.reader.agreement import value_at
from symnet.reader.pieces import Comparison, piecewise
from symnet.term import cases, number, symbol

z, low, high = symbol("z"), symbol("a"), symbol("b")


def less(left, right, relation="<"):
    return Comparison(left, relation, right)


def value(i):
    return number(100 + i)


def test_an_implied_comparison_is_left_out():
    rows = [
        (value(0), [(less(z, low),)]),
        (value(1), [(less(low, z, "<="), less(z, high, "<="))]),
        (value(2), [(less(high, z),)]),
    ]
    assert piecewise(rows) == cases((z, "<", low, value(0)), (z, "<=", high, value(1)), otherwise=value(2))


def test_two_comparisons_nest():
    rows = [(value(0), [(less(low, z), less(z, high))]), (value(1), None)]
    inner = cases((z, "<", high, value(0)), otherwise=value(1))
    assert piecewise(rows) == cases((low, "<", z, inner), otherwise=value(1))


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ([[(less(z, low),)], [(less(low, z),)]], "not seen to be the complement"),
        ([[(less(z, low, "<="),)], [(less(low, z, "<="),)]], "not seen to be the complement"),
        ([[(less(z, low),)], [(less(high, z, "<="),)]], "not seen to be the complement"),
        ([[(less(z, number(0)),)], [(less(number(1), z),)]], "no case holds where the compared term is 0"),
        ([[(less(z, number(1)),)], [(less(number(0), z),)]], "two cases hold, the last and one before it, where"),
        ([None, [(less(z, number(1)),)]], "only the last case can do without a condition"),
        ([[(less(z, number(1)),)]] * 201 + [None], "more than 200 comparisons"),
    ],
)
def test_gaps_and_overlaps_are_refused(conditions, message):
    with pytest.raises(ParseError, match=message):
        piecewise([(value(i), condition) for i, condition in enumerate(conditions)])


@pytest.mark.parametrize("seed", range(20))
def test_random_cases_take_the_first_value_whose_condition_holds(seed):
    rng = Random(seed)

    def way():
        sides = [rng.sample([z, number(rng.randint(-3, 3))], 2) for _ in range(rng.randint(1, 3))]
        return tuple(less(*pair, rng.choice(["<", "<="])) for pair in sides)

    conditions = [[way() for _ in range(rng.randint(1, 2))] for _ in range(rng.randint(1, 5))]
    term = piecewise([*((value(i), c) for i, c in enumerate(conditions)), (value(99), None)])
    for point in [Fraction(n, 2) for n in range(-8, 9)]:
        first = next((i for i, c in enumerate(conditions) if any(all(_holds(q, point) for q in w) for w in c)), 99)
        assert value_at(term, {z: point}) == 100 + first


@pytest.mark.parametrize("seed", range(40))
def test_a_last_condition_on_numbers_is_taken_exactly_when_it_is_the_complement(seed):
    rng = Random(seed)
    limits = sorted(rng.sample(range(-4, 5), rng.randint(1, 3)))
    bounds = [None, *limits, None]
    closed = [rng.random() < 0.5 for _ in limits]  # whether a limit belongs to the interval on its left
    conditions = []
    for i, (a, b) in enumerate(pairwise(bounds)):
        left = [] if a is None else [less(number(a), z, "<" if closed[i - 1] else "<=")]
        right = [] if b is None else [less(z, number(b), "<=" if closed[i] else "<")]
        conditions.append([tuple(left + right)])
    rng.shuffle(conditions)
    rows = [(value(i), condition) for i, condition in enumerate(conditions)]
    term = piecewise(rows)
    for point in [Fraction(n, 2) for n in range(-10, 11)]:
        (only,) = [i for i, ((way,),) in enumerate(zip(conditions, strict=True)) if all(_holds(q, point) for q in way)]
        assert value_at(term, {z: point}) == 100 + only
    with pytest.raises(ParseError, match=r"no case holds|two cases hold"):
        piecewise([*rows[:-1], (value(9), [tuple(_flipped(q) for q in conditions[-1][0])])])


def _flipped(q):
    """The comparison with ≤ for < and < for ≤: a gap, or two values at one point."""
    return less(q.left, q.right, "<" if q.relation == "<=" else "<=")


def _holds(q, point):
    left, right = (point if side == z else side.value for side in (q.left, q.right))
    return left < right or (q.relation == "<=" and left == right)
