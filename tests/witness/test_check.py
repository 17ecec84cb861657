"""The witness: true formulas pass, planted errors fail."""

import builtins
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
import torch

from symnet.errors import MissingDependency, UsageError, WitnessFailed
from symnet.kernel import Replayed, replay
from symnet.network import Network
from symnet.prove.collapse import collapse_derivation
from symnet.term import Claim, Equation, Name, Term, apply, number, ones, symbol
from symnet.witness import witness

N, M = Name("n"), Name("m")
XOR = [
    ([["-0.15", "-0.15"], ["0.15", "0.15"]], ["0.23", "-0.08"]),
    ([["0.15", "0.15"]], ["-0.2"]),
]


def claimed(*equations: tuple[Term, Term]) -> Replayed:
    claim = Claim(tuple(Equation(*e) for e in equations))
    return Replayed(definitions=(), steps=(), goals=(), lines=(), claim=claim)


def proved(network: Network, form: str | None = None) -> Replayed:
    return replay(collapse_derivation(network, form).derivation)


def W(k: int) -> Term:
    return symbol(Name("W", k), (N, N))


def column(k: int) -> Term:
    return symbol(Name("b", k), (N, 1))


def row(k: int) -> Term:
    return symbol(Name("b", k), (1, N))


x, y = symbol("x", (N, 1)), symbol("y", (N, 1))
X, O = symbol("X", (M, N)), symbol("O", (M, N))  # noqa: E741
COLUMN = Network(widths=("n", "n", "n"))
ROW = Network(widths=("n", "n", "n"), convention="row")
AFFINE = Network(widths=("n", "n", "n"), activations="affine")
alpha, beta = symbol(Name("alpha", 1)), symbol(Name("beta", 1))

RIGHT = {
    "column": (COLUMN, y, W(2) @ W(1) @ x + (W(2) @ column(1) + column(2))),
    "row": (ROW, O, X @ W(1) @ W(2) + ones(M) @ (row(1) @ W(2) + row(2))),
    "affine": (
        AFFINE,
        y,
        alpha * (W(2) @ W(1) @ x) + (alpha * (W(2) @ column(1)) + beta * (W(2) @ ones(N)) + column(2)),
    ),
    "output": (Network(widths=("n", "n", "n"), activations=("identity", "tanh")), y,
               apply("tanh", W(2) @ W(1) @ x + (W(2) @ column(1) + column(2)))),
}  # fmt: skip

WRONG = {
    "a sign": (COLUMN, y, W(2) @ W(1) @ x + (W(2) @ column(1) + -1 * column(2))),
    "another sign": (COLUMN, y, W(2) @ W(1) @ x + (-1 * (W(2) @ column(1)) + column(2))),
    "swapped factors": (COLUMN, y, W(1) @ W(2) @ x + (W(2) @ column(1) + column(2))),
    "a missing bias": (COLUMN, y, W(2) @ W(1) @ x + W(2) @ column(1)),
    "a missing product": (COLUMN, y, W(2) @ W(1) @ x + (column(1) + column(2))),
    "a layer index": (COLUMN, y, W(2) @ W(2) @ x + (W(2) @ column(1) + column(2))),
    "a bias index": (COLUMN, y, W(2) @ W(1) @ x + (W(2) @ column(2) + column(2))),
    "a transpose": (COLUMN, y, W(2) @ W(1).T @ x + (W(2) @ column(1) + column(2))),
    "a coefficient 1 + 1e-9": (
        COLUMN, y, number(1 + Fraction(1, 10**9)) * (W(2) @ W(1) @ x) + (W(2) @ column(1) + column(2))),
    "swapped factors, row": (ROW, O, X @ W(2) @ W(1) + ones(M) @ (row(1) @ W(2) + row(2))),
    "a transpose, row": (ROW, O, X @ W(1) @ W(2).T + ones(M) @ (row(1) @ W(2) + row(2))),
    "a missing bias, row": (ROW, O, X @ W(1) @ W(2) + ones(M) @ (row(1) @ W(2))),
    "alpha left out": (AFFINE, y, W(2) @ W(1) @ x
        + (alpha * (W(2) @ column(1)) + beta * (W(2) @ ones(N)) + column(2))),
    "beta on the wrong side": (AFFINE, y, alpha * (W(2) @ W(1) @ x)
        + (alpha * (W(2) @ column(1)) + beta * ones(N) + column(2))),
    "no output activation": (RIGHT["output"][0], y, W(2) @ W(1) @ x + (W(2) @ column(1) + column(2))),
    "another output activation": (RIGHT["output"][0], y,
        apply("sigmoid", W(2) @ W(1) @ x + (W(2) @ column(1) + column(2)))),
    "the negative": (COLUMN, y, -1 * (W(2) @ W(1) @ x + (W(2) @ column(1) + column(2)))),
    "a constant": (COLUMN, y, column(2)),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("name", RIGHT)
def test_right_formulas_agree(name: str, seed: int) -> None:
    network, lhs, rhs = RIGHT[name]
    report = witness(network, claimed((lhs, rhs)), seed=seed)
    assert report.agrees
    assert report.worst_ratio <= 1
    assert report.bound < 1e-11


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", WRONG)
def test_planted_errors_fail(name: str, seed: int) -> None:
    network, lhs, rhs = WRONG[name]
    with pytest.raises(WitnessFailed, match=r"in draw \d") as caught:
        witness(network, claimed((lhs, rhs)), seed=seed)
    assert not caught.value.report.agrees
    assert "DISAGREES" in str(caught.value.report)


PROVED = [
    (Network(depth=5), "matrix"),
    (Network(depth=5, convention="row"), "matrix"),
    (Network(depth=1), "matrix"),
    (Network(depth=20, bias=False), "matrix"),
    (Network(depth=4, activations="affine"), "matrix"),
    (Network(depth=3, activations="affine", convention="row", bias=[True, False, True]), "matrix"),
    (Network(widths=(2, 2, 1)), "entries"),
    (Network(widths=(3, 4, 5, 2)), "entries"),
    (Network(widths=(3, 4, 5, 2), convention="row"), "entries"),
    (Network(widths=(1,) * 9), "entries"),
    (Network(widths=(3, 2, 2), activations=("affine", "sigmoid")), "entries"),
    (Network(widths=(64,) * 21), "matrix"),
    (Network(widths=(64, 1, 33, 64), convention="row", activations=("identity", "identity", "step")), "matrix"),
    (Network(weights=XOR, activations=("identity", "step")), None),
    (Network(weights=[([["0.1", "1/3"]], ["1/7"]), ([["1.25"], [5]], None)], activations=[(2, "-1/3"), "tanh"]), None),
]


@pytest.mark.parametrize(("network", "form"), PROVED, ids=lambda v: str(v)[:60])
def test_proved_collapses_agree(network: Network, form: str | None) -> None:
    replayed = proved(network, form)
    for seed in range(3):
        assert witness(network, replayed, seed=seed).agrees


def test_a_thousand_layers() -> None:
    assert witness(Network(depth=1000), proved(Network(depth=1000)), draws=2, samples=2).agrees


def test_sharp_at_depth_and_width() -> None:
    network = Network(widths=(64,) * 21)
    replayed = proved(network)
    (equation,) = replayed.claim.equations
    off = Equation(equation.lhs, number(1 + Fraction(1, 10**9)) * equation.rhs)
    with pytest.raises(WitnessFailed):
        witness(network, replace(replayed, claim=Claim((off,))))


@pytest.mark.parametrize("seed", range(10))
def test_one_entry_off_fails(seed: int) -> None:
    network = Network(widths=(2, 2, 2))
    replayed = proved(network, "entries")
    first, second = replayed.claim.equations
    swapped = Claim((Equation(first.lhs, second.rhs), Equation(second.lhs, first.rhs)))
    with pytest.raises(WitnessFailed, match="y_"):
        witness(network, replace(replayed, claim=swapped), seed=seed)


@pytest.mark.parametrize(
    ("network", "other"),
    [
        (Network(depth=2), Network(depth=3)),
        (Network(depth=3), Network(depth=2)),
        (Network(depth=2), Network(depth=2, bias=False)),
        (Network(depth=2, bias=False), Network(depth=2)),
        (Network(widths=(2, 3, 2)), Network(widths=(2, 4, 2))),
        (Network(depth=2, activations="affine"), Network(depth=2)),
        (Network(weights=XOR), Network(weights=[XOR[0], ([["0.15", "0.16"]], ["-0.2"])])),
        (Network(depth=2, activations="relu"), Network(depth=2)),
        (Network(widths=("n", "n", "n"), activations="sigmoid"), Network(widths=("n", "n", "n"))),
    ],
    ids=str,
)
def test_the_proof_of_another_network_fails(network: Network, other: Network) -> None:
    with pytest.raises(WitnessFailed):
        witness(network, proved(other))


def test_what_is_not_finite_fails() -> None:
    """A network beyond float64 cannot be checked; a formula that is not finite where torch is has failed."""
    huge = Network(weights=[([[10**200]], None), ([[10**200]], None)])
    with pytest.raises(UsageError, match="the range of float64"):
        witness(huge, proved(huge))
    tiny = claimed((y, (number(1) / number(0)) * (W(2) @ W(1) @ x)))
    with pytest.raises(WitnessFailed):
        witness(COLUMN, tiny)


def test_saturated_output_activations_agree() -> None:
    for name in ("sigmoid", "tanh"):
        network = Network(weights=[([[1000], [-5000]], ["0.1", 3])], activations=[name])
        assert witness(network, proved(network)).agrees


def test_claims_about_something_else_are_refused() -> None:
    with pytest.raises(UsageError, match="left-hand"):
        witness(COLUMN, claimed((W(1), W(1))))
    entries = proved(Network(widths=(2, 2)), "entries")
    with pytest.raises(UsageError, match="not 2"):
        witness(Network(widths=(2, 2)), replace(entries, claim=Claim(entries.claim.equations[:1])))
    for bad in ({"draws": 0}, {"samples": 0}, {"seed": -1}, {"draws": 1.5}):
        with pytest.raises(UsageError):
            witness(COLUMN, claimed(RIGHT["column"][1:]), **bad)


def test_the_report() -> None:
    report = witness(COLUMN, claimed(RIGHT["column"][1:]), seed=3)
    assert str(report).startswith(f"torch {torch.__version__.split('+')[0]} agrees: largest error ")
    assert "5 draws of weights × 16 inputs, float64, seed 3, n from 1 to 7" in str(report)
    data = report.to_json()
    assert data["agrees"] is True
    assert len(data["sizes"]) == 5
    assert data["sizes"][0]["n"] >= 2
    assert report == witness(COLUMN, claimed(RIGHT["column"][1:]), seed=3)
    given = Network(weights=[([[1, 2]], None)])
    assert "(5 × 16 inputs" in str(witness(given, proved(given)))


def test_whole_numbers_agree_without_any_error() -> None:
    network = Network(weights=[([[0]], [2])])
    report = witness(network, proved(network))
    assert report.largest_error == 0
    assert report.agrees


def test_torch_s_generator_is_left_alone() -> None:
    before = torch.get_rng_state()
    witness(COLUMN, claimed(RIGHT["column"][1:]))
    assert torch.equal(before, torch.get_rng_state())


def test_missing_torch_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without_torch(name: str, *args: object, **kwargs: object) -> object:
        if name == "torch":
            raise ImportError(name)
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_torch)
    with pytest.raises(MissingDependency, match="pip install torch"):
        witness(COLUMN, claimed(RIGHT["column"][1:]))


def test_importing_the_package_loads_no_library() -> None:
    code = "import sys, symnet.witness; print({'torch', 'numpy', 'mpmath', 'sympy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_width_may_be_called_m() -> None:
    network = Network(widths=("m", "n"))
    assert witness(network, proved(network)).agrees


def test_networks_that_are_too_large_to_draw_are_refused() -> None:
    network = Network(widths=(100_000, 100_000))
    with pytest.raises(UsageError, match="10,000,000,000 weights are too many"):
        witness(network, proved(network))
