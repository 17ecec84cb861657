"""The rounding bounds against exact rational arithmetic and high precision."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import torch

from symnet.activations import ACTIVATIONS, Z
from symnet.term import Name, cases, number, symbol
from symnet.witness.arithmetic import evaluate
from symnet.witness.bounded import ACCURACY, FLOOR, Bounded, BoundedArithmetic
from tests.activations.by_hand import MP as HAND
from tests.activations.by_hand import PRECISE as PRECISELY
from tests.activations.by_hand import TORCH

MP = mpmath.mp.clone()
MP.prec = 300
PRECISE = {
    "exp": MP.exp,
    "tanh": MP.tanh,
    "sigmoid": lambda v: 1 / (1 + MP.exp(-v)),
}
ARGUMENTS = np.concatenate(
    [
        np.random.default_rng(1).normal(size=1500) * 3,
        np.random.default_rng(2).uniform(-760, 760, 1500),
        [0.0, -0.0, 1e-300, -1e-300, 1e-8, -1e-8, 5e-324, 709.7, -709.7, 36.7, -36.7],
    ]
)


def exact(array: np.ndarray) -> list[Fraction]:
    return [Fraction(float(v)) for v in np.ravel(array)]


def holds(b: Bounded, truth: list[Fraction]) -> bool:
    pairs = zip(exact(b.value), exact(np.broadcast_to(b.error, b.value.shape)), truth, strict=True)
    return all(abs(v - t) <= e for v, e, t in pairs)


@pytest.mark.parametrize("seed", range(20))
def test_sums_products_and_quotients_contain_the_exact_value(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b, c = (rng.normal(size=30) * 2.0 ** rng.integers(-30, 30, 30) for _ in range(3))
    A, B, C = map(Bounded.exactly, (a, b, c))
    found = (A * B + C * A) / (B * B + C)
    truth = [(x * y + z * x) / (y * y + z) for x, y, z in zip(exact(a), exact(b), exact(c), strict=True)]
    finite = np.isfinite(found.error)
    assert finite.sum() > 20
    assert holds(found[finite], [t for t, ok in zip(truth, finite, strict=True) if ok])


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("scale", [1.0, 1e-160, 1e-310])
def test_matrix_products_contain_every_order_of_summation(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    a, b, c = rng.normal(size=(4, 9)) * scale, rng.normal(size=(9, 5)), rng.normal(size=(5, 3)) * scale
    found = (Bounded.exactly(a) @ Bounded.exactly(b)) @ Bounded.exactly(c)
    A, B, C = (np.array(exact(v), dtype=object).reshape(v.shape) for v in (a, b, c))
    truth = list((A @ B @ C).ravel())
    assert holds(found, truth)
    for _ in range(5):
        i, j = rng.permutation(9), rng.permutation(5)
        other = np.zeros((4, 5))
        for k in i:
            other = other + np.outer(a[:, k], b[k])
        final = np.zeros((4, 3))
        for k in j:
            final = final + np.outer(other[:, k], c[k])
        assert holds(Bounded(final, found.error), truth)


def test_a_rational_weight_is_off_by_at_most_its_rounding() -> None:
    for value in (Fraction(1, 3), Fraction(-71, 400), Fraction(1, 10**320), Fraction(5, 4), Fraction(0)):
        assert holds(Bounded.rational(value), [value])
    assert Bounded.rational(Fraction(5, 4)).error == 0
    assert not np.isfinite(Bounded.rational(Fraction(10**400)).value)


def test_small_whole_numbers_are_exact() -> None:
    a = Bounded.exactly(np.arange(12.0).reshape(3, 4))
    assert not (a @ a.T).error.any()
    assert (a @ Bounded.exactly(np.full((4, 1), 0.1))).error.any()
    assert (Bounded.exactly(2.0**40) * Bounded.exactly(2.0**14 + 1)).error > 0


@pytest.mark.parametrize("name", ["exp", "sigmoid", "tanh"])
def test_the_stated_accuracy_of_numpy_and_torch(name: str) -> None:
    with np.errstate(all="ignore"):
        libraries = [getattr(torch, name)(torch.from_numpy(ARGUMENTS)).numpy()]
        libraries += [getattr(np, name)(ARGUMENTS)] if name != "sigmoid" else []
    for seen in libraries:
        for x, y in zip(ARGUMENTS, seen, strict=True):
            truth = PRECISE[name](MP.mpf(float(x)))
            if truth < 2**1023:
                assert abs(MP.mpf(float(y)) - truth) <= ACCURACY * abs(truth) + FLOOR, (x, y)


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
@pytest.mark.parametrize("error", [0.0, 1e-12, 1e-3])
def test_the_definition_in_bounded_floats_contains_the_function(name: str, error: float) -> None:
    arguments = np.concatenate([ARGUMENTS[::10], [800.0, -800.0, 1e300, -1e300, 400.0]])
    with np.errstate(all="ignore"):
        found = BoundedArithmetic().apply(Name(name), Bounded(arguments, np.full_like(arguments, error)))
    assert np.isfinite(found.error).all()
    for shift in (-error, 0, error):
        for x, v, e in zip(arguments, found.value, found.error, strict=True):
            truth = PRECISE[name](MP.mpf(float(x)) + MP.mpf(shift))
            assert abs(MP.mpf(float(v)) - truth) <= MP.mpf(float(e))
    assert error or found.error.max() < 1e-14


FUNCTIONS = ("log", "sqrt", "sin", "cos", "atan", "tanh", "erf")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_stated_accuracy_of_the_other_functions(name: str) -> None:
    points = np.abs(ARGUMENTS) + 1e-300 if name in ("log", "sqrt") else ARGUMENTS
    found = BoundedArithmetic().known(name, Bounded.exactly(points))
    for seen in (found.value, getattr(torch, name)(torch.from_numpy(points)).numpy()):
        for x, y, e in zip(points, seen, found.error, strict=True):
            truth = getattr(MP, name)(MP.mpf(float(x)))
            assert abs(MP.mpf(float(y)) - truth) <= MP.mpf(float(e)), (x, y)
    assert (found.error <= ACCURACY * (1 + 1e-6) * np.abs(found.value) + FLOOR).all()


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("error", [1e-12, 1e-3, 0.4])
def test_other_functions_of_what_is_not_exact(name: str, error: float) -> None:
    points = np.random.default_rng(3).uniform(0.01, 9, 100)
    with np.errstate(all="ignore"):
        found = BoundedArithmetic().known(name, Bounded(points, np.full_like(points, error)))
    finite = np.isfinite(found.error)
    assert finite.all() or name in ("log", "sqrt")
    assert finite.sum() > 80
    for x, y, e in zip(points[finite], found.value[finite], found.error[finite], strict=True):
        for shift in (-error, error):
            truth = getattr(MP, name)(MP.mpf(float(x)) + MP.mpf(shift))
            assert abs(MP.mpf(float(y)) - truth) <= MP.mpf(float(e)), (x, y)


def test_pi() -> None:
    found = BoundedArithmetic().pi()
    assert abs(MP.mpf(float(found.value)) - MP.pi) <= MP.mpf(float(found.error))


@pytest.mark.parametrize("name", PRECISELY)
@pytest.mark.parametrize("error", [0.0, 1e-12, 1e-3])
def test_the_bound_holds_for_torch_s_own_function(name: str, error: float) -> None:
    """The exact function at z, against itself in float64 at v, and torch at ẑ, both within the error of z."""
    rng = np.random.default_rng(4)
    points = np.concatenate([rng.normal(size=40) * 3, rng.uniform(-60, 60, 30), rng.uniform(-300, 300, 10),
                             [0, 20, 20 + 1e-9, 20.5, -3, 3, 0.5, -0.5, 6, 1, -1]])  # fmt: skip
    with np.errstate(all="ignore"):
        found = BoundedArithmetic().apply(Name(name), Bounded(points, np.full_like(points, 1.2 * error)))
    assert np.isfinite(found.error).all()
    for shift in (0.0, error, -error)[: 3 if error else 1]:
        seen = [TORCH[name](torch.from_numpy(points + shift + t)).numpy() for t in {-error, 0.0, error}]
        for i, x in enumerate(points):
            with HAND.workprec(400):
                truth = PRECISELY[name](MP.mpf(float(x)) + MP.mpf(shift))
            off = max(abs(MP.mpf(float(y[i])) - truth) for y in (*seen, found.value))
            assert off <= MP.mpf(float(found.error[i])), (x, shift)
    if not error:
        sharp = (np.abs(points) < 100) & ((points <= 20) | (name != "softplus"))
        size = np.maximum(np.abs(found.value), np.abs(points)) + 1
        assert (found.error[sharp] / size[sharp]).max() < (1e-13 if name == "exponential" else 1e-14)


def test_values_beyond_float64_are_rescued_by_intervals() -> None:
    points = np.array([-1e200, -800.0, 800.0, 1e200])
    for name in ("silu", "mish", "gaussian", "squareplus", "isru", "logsigmoid", "sine", "softplus"):
        with np.errstate(all="ignore"):
            found = BoundedArithmetic().apply(Name(name), Bounded.exactly(points))
        for x, y, e in zip(points, found.value, found.error, strict=True):
            if np.isfinite(e):
                assert abs(MP.mpf(float(y)) - PRECISELY[name](MP.mpf(float(x)))) <= MP.mpf(float(e)), (name, x, y)
        assert np.isfinite(found.error[1:3]).all()


def test_values_that_no_float64_holds_have_no_bound() -> None:
    with np.errstate(all="ignore"):
        found = BoundedArithmetic().apply(Name("exponential"), Bounded.exactly(np.array([800.0, 1e200, 1.0])))
    assert np.isfinite(found.error).tolist() == [False, False, True]


@pytest.mark.parametrize("row", [r for r in ACTIVATIONS.values() if r.lipschitz is not None], ids=lambda r: r.name)
def test_the_table_s_lipschitz_constants(row) -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 2000)) * 3
    with np.errstate(all="ignore"):
        h = [evaluate(row.at_defaults, BoundedArithmetic(), {Z: Bounded.exactly(v)}.__getitem__) for v in (x, y)]
    rise = np.abs(h[0].value - h[1].value) - h[0].error - h[1].error
    assert (rise <= float(row.lipschitz) * np.abs(x - y) * (1 + 1e-12)).all()


def test_an_open_comparison_allows_both_branches() -> None:
    z = Bounded(np.array([0.0, 1.0, -1.0]), np.array([1e-9, 1e-9, 1e-9]))
    step = evaluate(ACTIVATIONS["step"].definition, BoundedArithmetic(), {Z: z}.__getitem__)
    assert (step.error >= [1, 0, 0]).all()
    assert (step.error[1:] == 0).all()
    two = cases((Z, "<", number(0), number(5)), (Z, "<=", number(1), number(7)), otherwise=number(9))
    found = evaluate(two, BoundedArithmetic(), {Z: z}.__getitem__)
    assert (found.error >= [2, 2, 0]).all()


def test_division_by_a_possible_zero_has_no_finite_bound() -> None:
    z = symbol("z")
    one = Bounded(np.array([1e-20]), np.array([1e-19]))
    with np.errstate(all="ignore"):
        assert not np.isfinite(evaluate(1 / z, BoundedArithmetic(), {z: one}.__getitem__).error).any()
