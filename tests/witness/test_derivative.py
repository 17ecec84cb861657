"""The witness of derivatives: every row of the table, functions that are in none, and what torch does besides."""

import json
from fractions import Fraction

import pytest
import torch

from symnet.activations import ACTIVATIONS, Activation, Z, find
from symnet.errors import UsageError, WitnessFailed
from symnet.term import Term, apply, cases, multiply, number, substitute, symbol
from symnet.witness.derivative import witness_activation, witness_derivative
from symnet.witness.slopes import DerivativeReport
from tests.witness.slopes_by_hand import SLOPES, band, bend, exp, sqrt

ROWS = [row for name, row in ACTIVATIONS.items() if not row.vector and name != "affine"]
ZERO, ONE = number(0), number(1)


def slope_of(row: Activation) -> Term:
    letters = [p.symbol for p in row.parameters]
    if row.name == "rrelu":
        return substitute(SLOPES["rrelu"], dict(zip((symbol("alpha_1"), symbol("alpha_2")), letters, strict=True)))
    return SLOPES[row.name]


def seen(row: Activation, claim: Term | None = None, values: dict | None = None, samples: int = 4) -> DerivativeReport:
    """The report, also where it disagrees."""
    try:
        return witness_activation(row, claim or slope_of(row), values, samples=samples)
    except WitnessFailed as failed:
        return failed.report


def test_every_row_has_a_slope_by_hand() -> None:
    assert set(SLOPES) == {name for name, row in ACTIVATIONS.items() if not row.vector}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_rows(row: Activation) -> None:
    report = witness_activation(row, slope_of(row))
    assert report.agrees
    assert report.worst_ratio <= 1
    assert report.points >= 33
    assert report.function.compared + len(report.function.left_out) == report.points
    assert report.by == (f"torch.{row.torch}" if row.torch else "the definition in torch's operations")
    assert report.gradient_by == ("the definition in torch's operations" if row.name == "step" else report.by)
    # only e^z leaves float64, from 710 on; z (1 − tanh²(…z³)) (…z²) may be anything far out, as 1 − 1 is multiplied
    out = (710.0, 1000.0, 1e6) if row.name == "exponential" else ()
    assert report.function.left_out == out
    assert report.derivative.left_out == ((-1e6, 1e6) if row.name == "gelu_tanh" else out)


OTHERS = {
    "leaky_relu": ("3/4",),
    "prelu": ("-3/2",),
    "rrelu": ("1/4", "1/2"),
    "elu": ("5/2",),
    "celu": ("3/10",),
    "threshold": ("-1/2", "3"),
    "hardtanh": ("-1/10", "3/10"),
    "hardshrink": ("3/10",),
    "softshrink": ("5/4",),
    "softplus": ("3/2",),
    "squareplus": ("1/4",),
    "isru": ("3",),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_parameters(name: str) -> None:
    row = find(name)
    given = {p.symbol: Fraction(v) for p, v in zip(row.parameters, OTHERS[name], strict=True)}
    assert witness_activation(row, slope_of(row), given, samples=3).agrees


# Wrong claims. Torch must see each of them, and so must the intervals.

TINY = number(1 + Fraction(1, 10**13))
CORRUPTIONS = {
    "a factor 1 + 1e-13": lambda d: TINY * d,
    "the sign": lambda d: -d,
    "a lost chain factor": lambda d: d / number(Fraction("1.702")),
    "a factor on the left": lambda d: cases((Z, "<", ZERO, TINY * d), otherwise=d),
    "a factor on the right": lambda d: cases((Z, "<", ZERO, d), otherwise=TINY * d),
}
#: Where the derivative is 0, a factor changes nothing: everywhere, or on one side of 0.
FLAT = {"step", "sign"}
FLAT_ON_THE_LEFT = {"relu", "relu6", "threshold"}
#: Wrong in another way, tried on a few rows.
OTHER_CORRUPTIONS = {
    "a constant": lambda d: d + Fraction(1, 10**12),
    "another argument": lambda d: substitute(d, {Z: number(1 + Fraction(1, 10**11)) * Z}),
    "kinks moved to the right": lambda d: substitute(d, {Z: Z - Fraction(1, 10**6)}),
    "wrong far out": lambda d: cases((number(30), "<", Z, 2 * d + 1), otherwise=d),
    "wrong near 0": lambda d: cases((number(Fraction(1, 10**8)), "<", Z**2, d), otherwise=2 * d + 1),
}


def is_seen(report: DerivativeReport) -> bool:
    return not report.agrees and report.derivative.worst_ratio > 1 and bool(report.refuted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_wrong_claims_are_seen(row: Activation) -> None:
    for what, corrupt in CORRUPTIONS.items():
        report = seen(row, corrupt(slope_of(row)), samples=2)
        if row.name in FLAT or (row.name in FLAT_ON_THE_LEFT and what == "a factor on the left"):
            assert report.agrees, what
        else:
            assert is_seen(report), what


@pytest.mark.parametrize("name", ["step", "sign", *sorted(FLAT_ON_THE_LEFT)])
def test_where_the_derivative_is_0_the_least_number_is_seen(name: str) -> None:
    row = find(name)
    least = number(Fraction(1, 2**1074))
    claim = cases((Z, "<", number(-1), slope_of(row) + least), otherwise=slope_of(row))
    assert is_seen(seen(row, claim, samples=2))


@pytest.mark.parametrize("what", OTHER_CORRUPTIONS)
@pytest.mark.parametrize("name", ["sigmoid", "gelu", "elu", "softsign", "mish"])
def test_other_wrong_claims_are_seen(name: str, what: str) -> None:
    row = find(name)
    assert is_seen(seen(row, OTHER_CORRUPTIONS[what](slope_of(row)), samples=2))


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("relu", bend(ZERO, ONE, ZERO)),
        ("relu", ONE),
        ("hardtanh", band(-symbol("M"), symbol("M"), ZERO, ZERO, ZERO)),
        ("elu", bend(ZERO, exp(Z) * symbol("alpha") + 1, ONE)),
        ("selu", bend(ZERO, symbol("alpha") * exp(Z), symbol("lambda"))),
        ("celu", bend(ZERO, exp(Z) * symbol("alpha"), ONE)),
        ("softplus", 1 / (1 + exp(-Z))),
        ("tanh", 1 - apply("tanh", 2 * Z) ** 2),
        ("tanh", -(apply("tanh", Z) ** 2)),
        ("sigmoid", 1 / (1 + exp(-Z)) - (1 - 1 / (1 + exp(-Z)))),
        ("arctan", 1 / (1 + Z)),
        ("softsign", 1 / (1 + Z) ** 2),
        ("gelu", find("gelu_tanh").definition / Z),
    ],
)
def test_wrong_formulas_are_seen(name: str, claim: Term) -> None:
    values = {p.symbol: Fraction("0.7") for p in find(name).parameters if p.keyword in ("alpha", "beta")}
    assert is_seen(seen(find(name), claim, values, samples=2))


def test_a_wrong_function_is_seen() -> None:
    row = find("tanh")
    with pytest.raises(WitnessFailed, match="torch and the function differ"):
        witness_derivative(TINY * row.definition, TINY * slope_of(row), torch_function=torch.tanh)


def test_a_claim_that_only_far_out_is_wrong_is_refuted_though_torch_cannot_see_it() -> None:
    row = find("sigmoid")
    claim = cases((number(38), "<", Z, 3 * slope_of(row)), otherwise=slope_of(row))
    with pytest.raises(WitnessFailed, match=r"not the slope of h at 40\.0") as failed:
        witness_activation(row, claim)
    assert failed.value.report.derivative.agrees
    assert failed.value.report.refuted[0] == 40.0


def test_the_message_says_where_and_by_how_much() -> None:
    with pytest.raises(WitnessFailed, match=r"differ at \S+ by \S+ times what rounding allows: \S+ against \S+$"):
        witness_activation(find("sine"), -apply("cos", Z))


# What torch does besides.


def exceptional(report: DerivativeReport, kind: str, quantity: str = "h′") -> dict[float, tuple[float, float]]:
    return {e.point: (e.torch, e.exact) for e in report.exceptional if (e.kind, e.quantity) == (kind, quantity)}


def test_softplus_returns_z_above_its_threshold() -> None:
    report = seen(find("softplus"))
    assert set(exceptional(report, "approximation", "h")) >= {21.0, 40.0}
    assert min(exceptional(report, "approximation")) > 20
    assert exceptional(report, "approximation")[21.0] == (1.0, pytest.approx(1 - 7.58e-10, abs=1e-12))
    assert any("βz > 20" in note for note in report.notes)


def test_torch_rounds_to_float32_in_two_gradients() -> None:
    sixth = set(exceptional(seen(find("hardsigmoid")), "approximation").values())
    assert sixth in (set(), {(float(torch.tensor(1 / 6, dtype=torch.float32)), 1 / 6)})
    celu = {symbol("alpha"): Fraction("0.3")}
    report = seen(find("celu"), None, celu)
    assert all(abs(a - b) < 1e-7 for a, b in exceptional(report, "approximation").values())
    assert not exceptional(seen(find("celu")), "approximation")


def test_only_these_approximate() -> None:
    names = {row.name for row in ROWS if any(e.kind == "approximation" for e in seen(row).exceptional)}
    assert names <= {"softplus", "hardsigmoid"}


def test_what_rounding_takes_from_autograd() -> None:
    assert exceptional(seen(find("sigmoid")), "rounding")[40.0] == (0.0, pytest.approx(4.2483543e-18))
    assert exceptional(seen(find("sigmoid")), "underflow")[710.0][0] == 0
    assert exceptional(seen(find("tanhshrink")), "rounding")[1e-9] == (0.0, pytest.approx(1e-18))
    assert exceptional(seen(find("tanh")), "rounding")[20.0] == (0.0, pytest.approx(1.7e-17, rel=1e-2))


CORNERS = {
    "step": [("jump", 0.0, 0.0, 0.0, None)],
    "sign": [("jump", 0.0, 0.0, 0.0, 0.0)],
    "threshold": [("jump", 0.0, 0.0, 1.0, 0.0)],
    "hardshrink": [("jump", -0.5, 1.0, 0.0, 0.0), ("jump", 0.5, 0.0, 1.0, 0.0)],
    "relu": [("kink", 0.0, 0.0, 1.0, 0.0)],
    "relu6": [("kink", 0.0, 0.0, 1.0, 0.0), ("kink", 6.0, 1.0, 0.0, 0.0)],
    "leaky_relu": [("kink", 0.0, 0.01, 1.0, 0.01)],
    "prelu": [("kink", 0.0, 0.25, 1.0, 0.25)],
    "rrelu": [("kink", 0.0, 11 / 48, 1.0, 11 / 48)],
    "elu": [("derivative", 0.0, 1.0, 1.0, 1.0)],
    "celu": [("derivative", 0.0, 1.0, 1.0, 1.0)],
    "selu": [("kink", 0.0, 1.7580993408473768, 1.0507009873554805, 1.7580993408473766)],
    "hardtanh": [("kink", -1.0, 0.0, 1.0, 0.0), ("kink", 1.0, 1.0, 0.0, 0.0)],
    "hardsigmoid": [("kink", -3.0, 0.0, 1 / 6, 0.0), ("kink", 3.0, 1 / 6, 0.0, 0.0)],
    "hardswish": [("kink", -3.0, 0.0, -0.5, 0.0), ("kink", 3.0, 1.5, 1.0, 1.0)],
    "softshrink": [("kink", -0.5, 1.0, 0.0, 0.0), ("kink", 0.5, 0.0, 1.0, 0.0)],
    "softsign": [("derivative", 0.0, 1.0, 1.0, 1.0)],
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_corners_and_what_autograd_says_there(row: Activation) -> None:
    corners = seen(row).corners
    found = [(str(c).split()[0], c.point, c.left, c.right, c.autograd) for c in corners]
    assert found == CORNERS.get(row.name, [])
    assert all(c.is_between is not False and c.exact for c in corners)
    assert all(c.is_between for c in corners if c.autograd is not None)


def test_a_place_that_is_no_float_is_no_place_for_autograd() -> None:
    root = sqrt(number(2))
    h = cases((root, "<=", Z, Z**2), otherwise=2 * root * Z - 2)
    (corner,) = witness_derivative(h, cases((root, "<=", Z, 2 * Z), otherwise=2 * root)).corners
    assert (corner.smooth, corner.exact, corner.autograd, corner.is_between) == (True, False, None, None)
    assert corner.place == "1.41421356"


# Functions that are in no table: autograd of the definition in torch's operations.

C = number(Fraction("1.702"))
GATE = 1 / (1 + exp(-(C * Z)))
TANH, ATAN = apply("tanh", Z), apply("atan", Z)
SIGMOID = 1 / (1 + exp(-Z))
USERS = {
    "z atan z": (Z * ATAN, ATAN + Z / (1 + Z**2)),
    "log(1 + z²)": (apply("log", 1 + Z**2), 2 * Z / (1 + Z**2)),
    "Gaussian tanh": (
        exp(-(Z**2)) * TANH,
        exp(-(Z**2)) * (1 - TANH**2) - multiply([number(2), Z, exp(-(Z**2)), TANH]),
    ),
    "quick GELU": (Z / (1 + exp(-(C * Z))), GATE + multiply([C, Z, GATE, 1 - GATE])),
    "scaled sigmoid": (3 / (1 + exp(-(Z / 2 + 1))), 3 * exp(-(Z / 2 + 1)) / (2 * (1 + exp(-(Z / 2 + 1))) ** 2)),
    "stable sigmoid": (cases((ZERO, "<=", Z, SIGMOID), otherwise=exp(Z) / (1 + exp(Z))), SIGMOID * (1 - SIGMOID)),
    "logarithm": (apply("log", Z), 1 / Z),
    "symmetric logarithm": (
        cases((ZERO, "<=", Z, apply("log", 1 + Z)), otherwise=-apply("log", 1 - Z)),
        1 / (1 + cases((ZERO, "<=", Z, Z), otherwise=-Z)),
    ),
    "e to −e^z": (exp(-exp(Z)), -exp(Z) * exp(-exp(Z))),
    "a high power": (Z**300, 300 * Z**299),
}


@pytest.mark.parametrize("name", USERS)
def test_functions_that_are_in_no_table(name: str) -> None:
    h, slope = USERS[name]
    report = witness_derivative(h, slope, seed=3)
    assert report.agrees
    assert report.by == report.gradient_by == "the definition in torch's operations"
    for wrong in (TINY * slope, slope - Fraction(1, 10**9)):
        with pytest.raises(WitnessFailed) as failed:
            witness_derivative(h, wrong, seed=3, samples=4)
        assert is_seen(failed.value.report)


def test_autograd_goes_by_one_arm_where_several_meet() -> None:
    """sign(z)·|z| is z; at 0 torch differentiates 0·z."""
    sign = cases((Z, "<", number(0), number(-1)), (number(0), "<", Z, number(1)), otherwise=number(0))
    function = sign * cases((number(0), "<=", Z, Z), otherwise=-Z)
    report = witness_derivative(function, number(1))
    assert report.agrees
    assert report.derivative.left_out == (0.0,)
    (corner,) = report.corners
    assert str(corner) == "derivative at 0: slopes 1 and 1, autograd says 0"
    wrong_there = cases((Z, "<", number(0), number(1)), (number(0), "<", Z, number(1)), otherwise=number(2))
    for claim in (wrong_there, sign * sign):  # 0 at 0, as autograd says
        with pytest.raises(WitnessFailed, match=r"is not the slope of h at 0.0"):
            witness_derivative(function, claim)


def test_a_lost_factor_of_1_702() -> None:
    h, _ = USERS["quick GELU"]
    with pytest.raises(WitnessFailed):
        witness_derivative(h, GATE + multiply([Z, GATE, 1 - GATE]))


def test_guards_that_are_not_linear_need_kinks() -> None:
    h = cases((Z**2, "<=", ONE, 1 - Z**2), otherwise=ZERO)
    slope = cases((Z**2, "<", ONE, -2 * Z), otherwise=ZERO)
    with pytest.raises(UsageError, match="not linear"):
        witness_derivative(h, slope)
    report = witness_derivative(h, slope, kinks=[Fraction(-1), Fraction(1)])
    assert [(c.left, c.right) for c in report.corners] == [(0, 2), (-2, 0)]


def test_another_variable_and_other_letters() -> None:
    x, k = symbol("x"), symbol("k")
    assert witness_derivative(apply("sin", k * x), k * apply("cos", k * x), x, {k: Fraction(1, 3)}).agrees


def test_what_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="beta has no number"):
        witness_derivative(symbol("beta") * Z, symbol("beta"))
    with pytest.raises(UsageError, match="z is a variable"):
        witness_derivative(Z, ONE, Z, {Z: Fraction(1)})
    with pytest.raises(UsageError, match="nothing can be compared"):
        witness_derivative(Z, 1 / (Z - Z))
    big = cases((Z, "<", ZERO, Z), otherwise=exp(exp(exp(10 + Z**2))))
    with pytest.raises(UsageError, match="nothing can be compared"):
        witness_derivative(1 / (Z - Z), ONE)
    assert witness_derivative(big, bend(ZERO, ONE, ZERO)).derivative.left_out
    with pytest.raises(UsageError, match="samples is a whole number"):
        witness_derivative(Z, ONE, samples=0)
    with pytest.raises(UsageError, match="one variable"):
        witness_derivative(Z, ONE, torch_function=torch.sum)


def test_a_piece_on_which_float64_says_nothing_is_named() -> None:
    far = number(2000)
    h = cases((Z, "<", far, Z), otherwise=exp(Z) / exp(Z - 1))
    slope = cases((Z, "<", far, ONE), otherwise=ZERO)
    with pytest.raises(UsageError, match="between z = 2000 and inf"):
        witness_derivative(h, slope)


def test_a_report_is_plain_data_and_one_line() -> None:
    report = witness_activation(find("relu"), slope_of(find("relu")), seed=5)
    assert witness_activation(find("relu"), slope_of(find("relu")), seed=5) == report
    data = json.loads(json.dumps(report.to_json()))
    assert data["agrees"]
    assert data["corners"][0]["autograd"] == 0
    assert (data["seed"], data["derivative"]["worst_ratio"]) == (5, 0)
    assert str(report).startswith(f"torch {report.torch} agrees (torch.nn.ReLU): largest error of h 0 where")
    assert "\n" not in str(report)
    assert "autograd of the definition" in str(seen(find("step")))
