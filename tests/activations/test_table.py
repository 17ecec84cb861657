"""The table: names, aliases, parameters, guards and jumps, without torch's values."""

import inspect
import subprocess
import sys
from fractions import Fraction

import pytest
import torch

from symnet.activations import ACTIVATIONS, ALIASES, Activation, Parameter, Z, find
from symnet.activations.guards import guards
from symnet.activations.table import _HOMES
from symnet.errors import UsageError
from symnet.network import Network
from symnet.term import Condition, apply, cases, number, symbol, symbols
from tests.activations.by_hand import MP, PRECISE, TORCH, VECTOR, precisely
from tests.activations.evaluator import at, value

ROWS = list(ACTIVATIONS.values())
SCALAR = [row for row in ROWS if not row.vector and row.name not in ("affine", "g")]
#: torch.nn's functions, and some more.
_ASKED = (
    "elu hardshrink hardsigmoid hardtanh hardswish leaky_relu logsigmoid prelu relu relu6 rrelu selu celu gelu "
    "gelu_tanh sigmoid silu mish softplus softshrink softsign tanh tanhshrink threshold glu softmin softmax "
    "log_softmax identity step sign gaussian sine arctan exponential squareplus bent_identity isru"
)
ASKED = _ASKED.split()

alpha, beta, lamda = symbol("alpha"), symbol("beta"), symbol("lambda")


def named(rows: list[Activation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


# Names.


def test_all_that_was_asked_for_is_there() -> None:
    assert set(ASKED) == set(ACTIVATIONS) - {"affine", "g"}
    assert {row.name for row in SCALAR} == set(PRECISE) == set(TORCH)
    assert {row.name for row in ROWS if row.vector} == set(VECTOR)


def test_the_names_are_those_of_the_rows_in_their_modules() -> None:
    for home, names in _HOMES.items():
        module = __import__(f"symnet.activations.{home}", fromlist=["ROWS"])
        assert [row.name for row in module.ROWS] == names.split()
    assert [row.name for row in ROWS] == list(ACTIVATIONS)
    assert len(ACTIVATIONS) == len(ROWS)


@named(ROWS)
def test_a_row_is_found_by_its_name(row: Activation) -> None:
    assert find(row.name) is row is ACTIVATIONS[row.name]
    assert row.name in ACTIVATIONS
    assert row.title
    assert row.name in repr(row)


@pytest.mark.parametrize(("alias", "name"), ALIASES.items())
def test_a_row_is_found_by_its_aliases(alias: str, name: str) -> None:
    assert find(alias) is ACTIVATIONS[name]
    assert alias not in ACTIVATIONS


def test_some_aliases() -> None:
    pairs = {"swish": "silu", "logistic": "sigmoid", "heaviside": "step", "atan": "arctan", "gauss": "gaussian"}
    assert pairs.items() <= ALIASES.items()
    assert ALIASES["lrelu"] == "leaky_relu"


@named([row for row in ROWS if row.torch.startswith("nn.") and row.name not in ("identity", "g", "gelu_tanh")])
def test_the_names_are_torch_s(row: Activation) -> None:
    assert hasattr(torch.nn.functional, row.name)
    assert row.torch.removeprefix("nn.").lower() == row.name.replace("_", "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sigmod", "there is no activation 'sigmod'; did you mean 'sigmoid'?"),
        ("Sigmoid", "did you mean 'sigmoid'"),
        ("LeakyReLU", "did you mean 'leaky_relu'"),
        ("hardswsh", "did you mean 'hardswish' or 'hard_swish'?"),
        ("sofmax", "did you mean 'softmax'"),
        ("nonsense", "there is no activation 'nonsense'; the table has identity, affine, g, step"),
        ("", "the table has"),
        ("x" * 10**6, "there is no activation 'xxxxx"),
        (None, "an activation is found by its name, not by None"),
        (["relu"], "not by a list"),
    ],
)
def test_other_names(name: object, message: str) -> None:
    with pytest.raises(UsageError) as error:
        find(name)
    assert message in str(error.value)
    assert len(str(error.value)) < 700
    assert "\n" not in str(error.value)


def test_the_rows_are_loaded_when_they_are_needed() -> None:
    code = (
        "import sys, symnet.activations as a; from symnet.network import Network; Network(depth=3)\n"
        "print(*sorted(m for m in sys.modules if m.startswith('symnet.activations.')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == [f"symnet.activations.{m}" for m in ("plain", "row", "table")]


# Parameters.


@named(ROWS)
def test_every_letter_is_a_parameter(row: Activation) -> None:
    letters = {s for s in symbols(row.definition) if s.name.base not in ("z", "u", "v")}
    if row.name != "affine":
        assert letters == {p.symbol for p in row.parameters}
        assert not set(symbols(row.at_defaults)) & letters
    if row.computed is not None:
        assert set(symbols(row.computed)) <= letters | {Z}


@named(ROWS)
def test_the_defaults_meet_the_assumptions(row: Activation) -> None:
    numbers = {s: precisely(v) for s, v in row.numbers().items()}
    for parameter in row.parameters:
        assert type(parameter) is Parameter
        assert type(parameter.default) is Fraction
        for condition in parameter.assumptions:
            found = value(condition.term, numbers)
            assert {"!=": found != 0, ">": found > 0, ">=": found >= 0}[condition.relation]


@named([row for row in ROWS if row.torch.startswith("nn.") and row.name != "threshold"])
def test_the_defaults_are_torch_s(row: Activation) -> None:
    signature = inspect.signature(getattr(torch.nn, row.torch.removeprefix("nn."))).parameters
    for parameter in row.parameters:
        if parameter.keyword:
            assert signature[parameter.keyword].default == float(parameter.default)
    assert {key for key, _ in row.torch_arguments} <= set(signature)


def test_the_defaults_that_torch_does_not_have() -> None:
    text = " ".join(str(torch.nn.SELU.__doc__).split())
    for parameter in find("selu").parameters:
        digits = f"{parameter.default.numerator * 10**31 // parameter.default.denominator}"
        assert f"= {digits[0]}.{digits[1:].rstrip('0')}" in text.replace(":math:", "").replace("`", " ")
    assert "nn.Threshold(0, 0.5)" in str(torch.nn.Threshold.__doc__)
    assert find("threshold").numbers() == {symbol("theta"): 0, symbol("c"): Fraction(1, 2)}
    assert dict(find("softplus").torch_arguments)["threshold"] == 20


def test_numbers_for_parameters() -> None:
    hardtanh = find("hardtanh")
    assert hardtanh.numbers({symbol("M"): Fraction(2)}) == {symbol("m"): -1, symbol("M"): 2}
    with pytest.raises(UsageError, match="hardtanh has no parameter alpha"):
        hardtanh.numbers({alpha: Fraction(1)})
    assert find("relu").at_defaults is find("relu").definition


def test_conditions_are_as_said() -> None:
    assert find("elu").parameters[0].assumptions == (Condition(alpha, ">"),)
    assert find("hardshrink").parameters[0].assumptions == (Condition(lamda, ">"),)


# Guards and jumps.


def test_guards_of_the_table() -> None:
    places = {row.name: guards(row.definition) for row in ROWS if guards(row.definition)}
    zero = (number(0),)
    assert places == {
        **dict.fromkeys(("step", "sign", "relu", "leaky_relu", "prelu", "rrelu", "elu", "celu", "selu"), zero),
        "relu6": (number(0), number(6)),
        "threshold": (symbol("theta"),),
        "hardtanh": (symbol("m"), symbol("M")),
        "hardsigmoid": (number(-3), number(3)),
        "hardswish": (number(-3), number(3)),
        "hardshrink": (-lamda, lamda),
        "softshrink": (-lamda, lamda),
        "softsign": zero,
    }


@pytest.mark.parametrize(
    ("left", "right", "place"),
    [
        (number(20), beta * Z, (number(20) / beta,)),
        (2 * Z - 3, 1 - Z, (number(Fraction(4, 3)),)),
        (beta - Z, number(0), (beta,)),
        (beta / 3 - Z / 2, number(0), (number(Fraction(2, 3)) * beta,)),
        (apply("exp", beta), Z, (apply("exp", beta),)),
        (Z + beta, Z + 1, ()),
        (beta, number(0), ()),
        (0 * Z, number(0), ()),
    ],
    ids=str,
)
def test_guards_are_solved(left, right, place) -> None:
    assert guards(cases((left, "<", right, Z), otherwise=-Z)) == place
    assert guards(1 + cases((right, "<=", left, Z), otherwise=-Z)) == place


@pytest.mark.parametrize("side", [Z * Z, 1 / Z, Z**2, apply("exp", Z), cases((Z, "<", number(0), Z), otherwise=-Z)])
def test_guards_that_are_not_linear_are_refused(side) -> None:
    with pytest.raises(UsageError, match="is not linear in z"):
        guards(cases((number(1), "<", side, Z), otherwise=Z))


def test_guards_of_a_deep_term() -> None:
    term = Z
    for k in range(3000):
        term = cases((number(k % 7), "<=", Z, Z), otherwise=term + 1)
    assert {place.value for place in guards(term)} == set(range(7))


@named(SCALAR)
def test_it_jumps_where_the_row_says(row: Activation) -> None:
    numbers = {s: precisely(v) for s, v in row.numbers().items()}
    near = MP.mpf(2) ** -200
    for place in guards(row.definition):
        p = value(place, numbers)
        left, here, right = (at(row.at_defaults, p + shift) for shift in (-near, 0, near))
        jumps = max(abs(left - here), abs(right - here)) > 2 * near
        assert jumps == (place in row.jumps)
    assert set(row.jumps) <= set(guards(row.definition))


def test_the_jumps() -> None:
    assert {row.name for row in ROWS if row.jumps} == {"step", "sign", "threshold", "hardshrink"}
    assert all(row.lipschitz is None for row in ROWS if row.jumps)


# In a network.


def test_an_alias_in_a_network() -> None:
    assert Network(depth=2, activations="swish").activations[0].name == "silu"
    assert Network(depth=2, activations=("atan", "logistic")).activations[1].written == "sigmoid"


@pytest.mark.parametrize("name", [*VECTOR, "soft_max"])
def test_vector_rows_are_refused_in_a_network(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} acts on a whole vector, not entry by entry: as output .* write 'g'"):
        Network(depth=2, activations=("identity", name))
