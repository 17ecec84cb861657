"""Where functions are looked at, and what is found where their branches meet."""

from fractions import Fraction

import numpy as np
import pytest

from symnet.activations import Z
from symnet.errors import UsageError
from symnet.term import apply, cases, number, symbol
from symnet.witness.corners import Corner, corners
from symnet.witness.points import FAR, SMALL, choose_points


def test_the_points_are_floats_in_order_and_each_is_there_once() -> None:
    points = choose_points([-3.0, 3.0], seed=1, samples=5)
    assert points == sorted(set(points))
    assert points == choose_points([-3.0, 3.0], seed=1, samples=5)
    assert points != choose_points([-3.0, 3.0], seed=2, samples=5)
    assert {0.0, *FAR, *(-x for x in FAR), *SMALL} <= set(points)


def test_kinks_have_neighbours_and_every_piece_has_points() -> None:
    points = choose_points([-1.0, 2.0, 2.5], seed=0, samples=4)
    for k in (-1.0, 2.0, 2.5):
        assert {k, float(np.nextafter(k, 9)), float(np.nextafter(k, -9))} <= set(points)
        assert all(any(abs(z - (k + s * max(1, abs(k)))) < 1e-12 for z in points) for s in (1e-3, -1e-3, 1e-9, -1e-9))
    assert sum(2.0 < z < 2.5 for z in points) >= 4


def one(*args: object, **more: object) -> Corner:
    (found,) = corners(*args, **more)  # type: ignore[arg-type]
    return found


def test_a_branch_is_evaluated_where_it_ends() -> None:
    h = cases((number(1), "<", Z, apply("log", Z)), otherwise=Z - 1)
    corner = one(h, Z, {}, None)
    assert (corner.left, corner.right, corner.smooth, corner.jumps) == (1, 1, True, False)
    assert str(corner) == "derivative at 1: slopes 1 and 1, autograd says nothing"


def test_a_branch_without_a_limit() -> None:
    corner = one(cases((number(0), "<", Z, 1 / Z), otherwise=Z), Z, {}, None)
    assert (corner.left, corner.right, corner.jumps) == (1, None, True)
    steep = one(cases((number(0), "<=", Z, apply("sqrt", Z)), otherwise=Z), Z, {}, None)
    assert (steep.left, steep.right, steep.jumps, steep.smooth) == (1, None, False, False)


def test_a_branch_that_is_defined_only_nearby() -> None:
    h = cases((Z, "<", number(0), apply("log", Z + Fraction(1, 8))), otherwise=Z)
    assert one(h, Z, {}, None).left == 8


def test_two_kinks_close_together() -> None:
    near = Fraction(1, 2**60)
    h = cases((Z, "<", number(0), -Z), (Z, "<", number(near), number(0)), otherwise=Z)
    first, second = corners(h, Z, {}, None)
    assert [first.left, first.right, second.left, second.right] == [-1, 0, 0, 1]
    assert second.jumps


def test_between_means_with_room_for_rounding() -> None:
    corner = Corner("0", 0.0, True, 0.1, 1.0, False, False)
    assert corner.is_between is None
    assert [Corner("0", 0.0, True, 0.1, 1.0, False, False, a).is_between for a in (0.1, 0.5, 1 + 1e-16, 1.1, 0.0)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_places_with_letters_and_places_that_are_given() -> None:
    c = symbol("c")
    h = cases((Z, "<", c, number(0)), otherwise=Z - c)
    assert one(h, Z, {c: Fraction(3, 2)}, None).place == "3/2"
    assert one(h, Z, {c: Fraction(3, 2)}, [c]).point == 1.5
    assert corners(h, Z, {c: Fraction(3, 2)}, []) == []
    with pytest.raises(UsageError, match="c has no number"):
        corners(h, Z, {}, None)
