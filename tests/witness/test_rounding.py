"""The assumption on torch's library, measured, and the bounds of values and gradients against exact ones."""

from collections.abc import Callable
from fractions import Fraction
from random import Random

import mpmath
import numpy as np
import pytest
import torch

from symnet.activations import Z
from symnet.errors import Undecided, UsageError
from symnet.term import Name, Term, apply, cases, constant, number
from symnet.witness.bounded import ULPS, Bounded
from symnet.witness.enclosure import distance, enclosure
from symnet.witness.function import Program, torch_program
from symnet.witness.interval import Enclosure
from symnet.witness.jets import slope
from symnet.witness.rounding import LibraryArithmetic, Run, allow_library, library, nearest

MP = mpmath.mp.clone()
MP.prec = 250
LIBRARY = {
    "exp": MP.exp,
    "expm1": MP.expm1,
    "log": MP.log,
    "log1p": MP.log1p,
    "sqrt": MP.sqrt,
    "sin": MP.sin,
    "cos": MP.cos,
    "atan": MP.atan,
    "tanh": MP.tanh,
    "erf": MP.erf,
    "sigmoid": lambda z: 1 / (1 + MP.exp(-z)),
    "tanh_softplus": lambda z: MP.tanh(MP.log1p(MP.exp(z))),
}
#: What was measured, in units in the last place, rounded up: the sigmoid adds and divides besides taking exp.
MEASURED = {**dict.fromkeys(LIBRARY, 1.0), "sigmoid": 2.0, "tanh_softplus": 2.0}


def arguments(function: str) -> np.ndarray:
    rng = np.random.default_rng(7)
    found = np.concatenate(
        [
            rng.normal(size=150) * 3,
            rng.choice([-1, 1], 150) * 2.0 ** rng.uniform(-60, 9, 150),
            rng.uniform(-740, 705, 100),
            rng.uniform(-1e6, 1e6, 30),
        ]
    )
    if function in ("exp", "expm1"):
        return found[found < 705]
    return found[found > (-1 if function == "log1p" else 0)] if function in ("log", "log1p", "sqrt") else found


def units(seen: float, truth: mpmath.mpf) -> float:
    """The error in units in the last place of the exact value; below 2⁻¹⁰²² in units of that."""
    _, exponent = MP.frexp(truth)
    unit = MP.mpf(2) ** (int(exponent) - 53) if abs(truth) >= MP.mpf(2) ** -1022 else MP.mpf(2) ** -1022
    return float(abs(MP.mpf(seen) - truth) / unit)


@pytest.mark.parametrize("function", LIBRARY)
def test_the_stated_accuracy_of_torch_s_functions(function: str) -> None:
    zs = arguments(function)
    worst = max(
        units(float(y), LIBRARY[function](MP.mpf(float(z)))) for z, y in zip(zs, library(function, zs), strict=True)
    )
    assert worst <= MEASURED[function] < ULPS


def test_one_number_is_computed_like_many() -> None:
    """Torch has another code path for what does not fill a vector register."""
    for function in LIBRARY:
        zs = arguments(function)[:40]
        alone = [float(library(function, np.array(z))) for z in zs]
        many = library(function, zs)
        assert all(abs(a - b) <= 2 * ULPS * 2.0**-53 * abs(b) + 2.0**-1022 for a, b in zip(alone, many, strict=True))


@pytest.mark.parametrize("function", LIBRARY)
def test_the_bound_covers_every_argument_within_its_error(function: str) -> None:
    rng, arithmetic = np.random.default_rng(3), LibraryArithmetic()
    zs = arguments(function)[:120]
    wide = Bounded(zs, np.abs(zs) * 2.0 ** rng.integers(-50, -2, len(zs)))
    with np.errstate(all="ignore"):
        found = arithmetic.known(function, wide)
    for z, e, y, bound in zip(wide.value, wide.error, found.value, found.error, strict=True):
        for t in (-1.0, -0.5, 0.3, 1.0):
            truth = LIBRARY[function](MP.mpf(float(z)) + MP.mpf(t) * MP.mpf(float(e)))
            assert not np.isfinite(bound) or abs(MP.mpf(float(y)) - truth) <= MP.mpf(float(bound))


# Whole expressions.

#: The variable once more, as another object: a term that was read holds one for each time that it was written.
SAME = Term("symbol", (), Z.value)
UNARY = ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh", "erf")


def random_term(rng: Random, depth: int) -> Term:
    if depth == 0:
        return rng.choice([Z, Z, SAME, number(Fraction(rng.randint(-9, 9), rng.randint(1, 7))), constant("pi")])
    a, b = random_term(rng, depth - 1), random_term(rng, depth - rng.randint(1, depth))
    match rng.randint(0, 6):
        case 0:
            return a + b
        case 1:
            return a * b
        case 2:
            return a / (1 + b**2)
        case 3:
            return a - b
        case 4:
            return a ** rng.randint(0, 4)
        case 5:
            return cases((b, rng.choice(["<", "<="]), number(rng.randint(-1, 1)), a), otherwise=a * b)
        case _:
            name = rng.choice(UNARY)
            return apply(name, 1 + a**2 if name in ("log", "sqrt") else a)


POINTS = np.array([-30.0, -3.3, -1.0, -0.7, -1e-5, 1e-300, 0.2, 1.0, 2.9, 11.0, 400.0])


def excess(seen: float, bound: float, exact: tuple[Fraction, Fraction]) -> float:
    return nearest(distance(Fraction(seen), exact) / Fraction(bound)) if bound else float(seen != exact[0])


def test_the_gradient_of_each_known_function() -> None:
    for function in UNARY:
        program = Program(apply(function, Z), Z)
        z = torch.tensor([0.7, 1.9], dtype=torch.float64, requires_grad=True)
        (seen,) = torch.autograd.grad(torch_program(program)(z).sum(), z)
        found = Run(program, np.array([0.7, 1.9])).gradient
        assert all(abs(seen.numpy() - found.value) <= 2 * found.error), function
        assert all(found.error <= 1e-14), function


@pytest.mark.parametrize("seed", range(40))
def test_torch_stays_within_the_bounds_of_random_expressions(seed: int) -> None:
    term = random_term(Random(seed), 4)
    program = Program(term, Z)
    run = Run(program, POINTS)
    value, gradient = run.value, run.gradient
    z = torch.tensor(POINTS, requires_grad=True)
    y = torch_program(program)(z)
    slopes = torch.autograd.grad(y.sum(), z)[0].tolist() if y.requires_grad else [0.0] * len(POINTS)
    for i, point in enumerate(POINTS.tolist()):
        for seen, found, exact in (
            (y[i].item(), value[i], or_none(enclosure, term, {Z: Fraction(point)})),
            (slopes[i], gradient[i], or_none(slope, term, Z, {Z: Fraction(point)})),
        ):
            if np.isfinite(found.error) and exact:
                assert excess(seen, float(found.error), exact) <= 1, (point, seen, float(exact[0]), found)
                assert excess(float(found.value), float(found.error), exact) <= 1


def or_none(compute: Callable[..., Enclosure], *args: object) -> Enclosure | None:
    try:
        return compute(*args)
    except Undecided:
        return None


def test_gradients_from_all_places_of_the_variable_arrive_in_any_order() -> None:
    """torch adds 1e-9, 1 and 1e-9 in this order, and so rounds twice."""
    program = Program(Z**2 + cases((Z, "<", number(1), SAME), otherwise=number(1)), Z)
    z = torch.tensor([1e-9], dtype=torch.float64, requires_grad=True)
    (seen,) = torch.autograd.grad(torch_program(program)(z).sum(), z)
    error = abs(Fraction(seen.item()) - (1 + 2 * Fraction(1e-9)))
    assert Fraction(2) ** -53 < error <= Fraction(float(Run(program, np.array([1e-9])).gradient.error[0]))


def test_most_random_expressions_have_finite_and_useful_bounds() -> None:
    useful = 0
    for seed in range(40):
        run = Run(Program(random_term(Random(seed), 4), Z), POINTS)
        gradient = run.gradient
        useful += int((gradient.error <= 1e-9 * np.abs(gradient.value) + 1e-12).sum())
    assert useful > 300


def test_an_open_guard_leaves_both_branches_in_the_bound() -> None:
    tenth = number(Fraction(1, 10))
    run = Run(Program(cases((Z, "<=", tenth, 3 * Z), otherwise=number(Fraction(3, 10))), Z), np.array([0.1, 0.2]))
    assert run.gradient.error[0] >= 3
    assert run.gradient.error[1] == 0


def test_depth_is_no_problem() -> None:
    h = Z
    for _ in range(1000):
        h = apply("sin", h)
    run = Run(Program(h, Z), np.array([0.5]))
    assert run.value.error[0] < 1e-12
    assert run.gradient.error[0] < 1e-12


def test_overflow_makes_the_bound_infinite() -> None:
    run = Run(Program(Z / (1 + apply("exp", -Z)), Z), np.array([-1e3, 1.0]))
    assert not np.isfinite(run.value.error[0])
    assert not np.isfinite(run.gradient.error[0])
    assert run.gradient.error[1] < 1e-14


def test_a_library_s_own_way_has_room() -> None:
    assert allow_library(Bounded.exactly(1.0)).error >= 4 * 2.0**-52


def test_an_unknown_function_has_no_bound() -> None:
    with pytest.raises(UsageError, match="no rounding bound for g"):
        LibraryArithmetic().apply(Name("g"), Bounded.exactly(1.0))
