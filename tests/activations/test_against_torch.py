"""Every row against torch in float64: values everywhere and at kinks, Lipschitz constants, and autograd."""

from fractions import Fraction
from random import Random

import pytest
import torch

from symnet.activations import ACTIVATIONS, Activation, find
from symnet.activations.guards import guards
from symnet.term import Name, instance, symbol
from symnet.witness.tensors import torch_function
from tests.activations.by_hand import MP, PRECISE, TORCH, VECTOR, precisely
from tests.activations.evaluator import at, value

SCALAR = [ACTIVATIONS[name] for name in PRECISE]
CLOSE = 1e-12
#: Where both torch and the definition in float64 take a difference of nearly equal numbers far out or near 0, the error
#: is this many units in the last place of z or of 1, and not of the result.
CANCELS = dict.fromkeys(("gelu", "gelu_tanh", "tanhshrink", "squareplus", "bent_identity"), 4)


def named(rows: list[Activation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


def tensor(values: list[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def places(row: Activation) -> list[float]:
    numbers = {s: precisely(v) for s, v in row.numbers().items()}
    return [float(value(place, numbers)) for place in guards(row.definition)]


def points(row: Activation) -> list[float]:
    """200 random points of three magnitudes, and every kink with what is near it."""
    rng = Random(row.name)
    found = [rng.gauss(0, 3) for _ in range(100)] + [rng.uniform(-40, 40) for _ in range(80)]
    found += [rng.uniform(-700, 700) for _ in range(20)] + [0.0, 1e-9, -1e-9, 1e5, -1e5]
    for p in tensor(places(row)):
        step = torch.nextafter(p, p + 1) - p
        found += [float(p + s) for s in (0, step, -step, 1e-9, -1e-9, 1e-3, -1e-3)]
    return found


def close(row: Activation, z: float, seen: float, truth) -> bool:
    allowed = CLOSE * abs(truth) + CANCELS.get(row.name, 0) * max(abs(z), 1) * 2.0**-53 + 2.0**-1022
    return abs(precisely(seen) - truth) <= allowed


def finite(truth) -> bool:
    return abs(truth) < MP.mpf(2) ** 1023


@named(SCALAR)
def test_the_definition_is_torch_s_function(row: Activation) -> None:
    zs, computed = points(row), row.with_defaults(row.computed or row.definition)
    seen = TORCH[row.name](tensor(zs)).tolist()
    for z, y in zip(zs, seen, strict=True):
        truth = at(computed, precisely(z))
        assert not finite(truth) or close(row, z, y, truth), (z, y, float(truth))


@named(SCALAR)
def test_the_definition_is_the_one_written_by_hand(row: Activation) -> None:
    for z in points(row)[::4]:
        truth, found = PRECISE[row.name](precisely(z)), at(row.at_defaults, precisely(z))
        # 1 − tanh is 1e−560 at 645 and needs more than 2,000 bits further out
        assert abs(found - truth) <= MP.mpf(2) ** -100 * abs(truth) + MP.mpf(2) ** -1800, z


@named(SCALAR)
def test_the_witness_calls_the_same_function(row: Activation) -> None:
    z = tensor(points(row))
    seen, expected = torch_function(row)(z), TORCH[row.name](z)
    assert seen.dtype == torch.float64
    assert torch.allclose(seen, expected, rtol=1e-14, atol=0)


#: Parameters other than the defaults, exact in float64.
OTHERS = {
    "leaky_relu": ("3/4",),
    "prelu": ("-3/2",),
    "rrelu": ("1/4", "1/2"),
    "elu": ("5/2",),
    "celu": ("1/2",),
    "threshold": ("-1/2", "3"),
    "hardtanh": ("-1/4", "5/2"),
    "hardshrink": ("3/2",),
    "softshrink": ("5/4",),
    "softplus": ("3/2",),
    "squareplus": ("1/4",),
    "isru": ("3",),
}


def test_every_parameter_is_tried() -> None:
    fixed = {"selu"}
    assert set(OTHERS) == {row.name for row in SCALAR if row.parameters} - fixed


@pytest.mark.parametrize("name", OTHERS)
def test_other_parameters(name: str) -> None:
    row = find(name)
    given = {p.symbol: Fraction(v) for p, v in zip(row.parameters, OTHERS[name], strict=True)}
    numbers = {s: precisely(v) for s, v in given.items()}
    ends = [float(value(place, numbers)) for place in guards(row.definition)]
    zs = [Random(name).gauss(0, 3) for _ in range(50)] + ends
    for z, y in zip(zs, torch_function(row, given)(tensor(zs)).tolist(), strict=True):
        assert close(row, z, y, value(row.definition, {symbol("z"): precisely(z), **numbers})), z


def test_the_two_slopes_of_selu_are_torch_s_alone() -> None:
    from symnet.errors import UsageError

    with pytest.raises(UsageError, match=r"nn\.SELU has no argument for alpha"):
        torch_function(find("selu"), {symbol("alpha"): Fraction(2)})


# What torch does on purpose.


def test_softplus_above_its_threshold() -> None:
    row = find("softplus")
    assert [r.name for r in SCALAR if r.approximates or r.computed] == ["softplus"]
    zs = [19.999999, 20.0, 20.000001, 21.0, 30.0]
    errors = [float(precisely(y) - PRECISE["softplus"](precisely(z))) for z, y in zip(
        zs, torch.nn.functional.softplus(tensor(zs)).tolist(), strict=True)]  # fmt: skip
    assert max(map(abs, errors[:2])) < 1e-14
    assert -2.1e-9 < errors[2] < -2.0e-9 < errors[3] < -7e-10
    assert "2.1e−9" in row.approximates


# Lipschitz constants.


@named([row for row in SCALAR if row.lipschitz is not None])
def test_the_lipschitz_constants(row: Activation) -> None:
    """The largest slope between neighbours on a grid comes close to the constant and does not exceed it."""
    z = torch.linspace(-40, 40, 160_001, dtype=torch.float64)
    h = TORCH[row.name](z)
    steepest = float(((h[1:] - h[:-1]) / (z[1:] - z[:-1])).abs().max())
    assert float(row.lipschitz) - 1.1e-3 < steepest <= float(row.lipschitz) * (1 + 1e-8)


# Autograd.


def autograd(row: Activation, zs: list[float]) -> list[float]:
    z = tensor(zs).requires_grad_()
    TORCH[row.name](z).sum().backward()
    return z.grad.tolist()


def slopes(row: Activation, z: float) -> tuple:
    """The difference quotients to the left and to the right, over 2^−900."""
    near, p = MP.mpf(2) ** -900, precisely(z)
    left, here, right = (at(row.at_defaults, p + shift) for shift in (-near, 0, near))
    return (here - left) / near, (right - here) / near


@named([row for row in SCALAR if row.name != "step"])
def test_autograd_is_the_derivative_unless_the_row_says_otherwise(row: Activation) -> None:
    zs = [*points(row)[:60], *places(row), 5.0, -5.0, 20.5, -20.5, 40.0, -40.0]
    wrong = []
    for z, seen in zip(zs, autograd(row, zs), strict=True):
        far = [s for s in slopes(row, z) if abs(precisely(seen) - s) > 1e-9 * abs(s) + 2.0**-1022]
        wrong += [(z, seen, float(s)) for s in far]
    assert bool(wrong) <= bool(row.autograd), wrong[:5]


#: Row, point, what autograd says, and what the derivative is; None where there is none.
SAID = [
    ("sign", 0.0, 0.0, None),
    ("relu", 0.0, 0.0, None),
    ("relu6", 0.0, 0.0, None),
    ("relu6", 6.0, 0.0, None),
    ("leaky_relu", 0.0, 0.01, None),
    ("prelu", 0.0, 0.25, None),
    ("rrelu", 0.0, 11 / 48, None),
    ("elu", 0.0, 1.0, 1.0),
    ("celu", 0.0, 1.0, 1.0),
    ("selu", 0.0, 1.7580993408473766, None),
    ("threshold", 0.0, 0.0, None),
    ("hardtanh", -1.0, 0.0, None),
    ("hardtanh", 1.0, 0.0, None),
    ("hardsigmoid", -3.0, 0.0, None),
    ("hardsigmoid", 3.0, 0.0, None),
    ("hardsigmoid", 0.5, 0.1666666716337204, 1 / 6),
    ("hardswish", -3.0, 0.0, None),
    ("hardswish", 3.0, 1.0, None),
    ("hardshrink", -0.5, 0.0, None),
    ("hardshrink", 0.5, 0.0, None),
    ("softshrink", -0.5, 0.0, None),
    ("softshrink", 0.5, 0.0, None),
    ("softsign", 0.0, 1.0, 1.0),
    ("sigmoid", 37.0, 0.0, 8.5330476e-17),
    ("sigmoid", 40.0, 0.0, 4.2483543e-18),
    ("tanh", 20.0, 0.0, 1.6993417e-17),
    ("tanhshrink", 1e-9, 0.0, 1e-18),
    ("softplus", 20.01, 1.0, 1 - 2.0406e-9),
    ("squareplus", -1e8, 2.7755575615628914e-17, 1e-16),
    ("gelu", -9.0, -9.25e-18, -9.1389374e-18),
    ("gelu_tanh", -8.0, 0.0, -4.7147845e-20),
    ("isru", 1e8, 0.0, 1e-24),
]


@pytest.mark.parametrize(("name", "z", "said", "derivative"), SAID)
def test_what_autograd_says(name: str, z: float, said: float, derivative: float | None) -> None:
    row = find(name)
    assert autograd(row, [z]) == pytest.approx([said], rel=1e-3 if abs(said) < 1e-15 else 1e-12)
    left, right = slopes(row, z)
    if derivative is None:
        assert abs(left - right) > 0.1 or abs(left) > 1e100
    else:
        assert float(left) == pytest.approx(derivative, rel=1e-4, abs=0)
        assert float(right) == pytest.approx(derivative, rel=1e-4, abs=0)
    agrees = derivative is not None and said == pytest.approx(derivative, rel=1e-9, abs=0)
    assert agrees or row.autograd


def test_a_general_elu_has_slope_alpha_by_convention() -> None:
    for name, said in (("elu", 2.5), ("celu", 1.0)):
        z = tensor([0.0]).requires_grad_()
        torch_function(find(name), {symbol("alpha"): Fraction(5, 2)})(z).sum().backward()
        assert z.grad.tolist() == [said]


def test_the_step_has_no_autograd() -> None:
    with pytest.raises(RuntimeError, match="not implemented"):
        autograd(find("step"), [1.0])


# Vectors.


@pytest.mark.parametrize("name", VECTOR)
@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_entries_of_vector_rows(name: str, n: int) -> None:
    rng, row = Random(n), find(name)
    inputs = [rng.gauss(0, 3) for _ in range(2 * n if name == "glu" else n)]
    seen = VECTOR[name](tensor(inputs)).tolist()
    assert torch_function(row)(tensor(inputs)).tolist() == seen
    letters = [("u", k) for k in range(1, n + 1)] + [("v", k) for k in range(1, n + 1)]
    if name != "glu":
        letters = [("z", k) for k in range(1, n + 1)]
    values = {symbol(Name(b, entry=(k,))): precisely(x) for (b, k), x in zip(letters, inputs, strict=True)}
    whole = instance(row.definition, "n", n) if "n" in row.definition.free else row.definition
    for i in range(1, n + 1):
        truth = value(instance(whole, "i", i), values)
        assert abs(precisely(seen[i - 1]) - truth) <= CLOSE * abs(truth)
