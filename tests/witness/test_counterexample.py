"""Counterexamples to affinity, examined again by independent code."""

import json
import threading
from fractions import Fraction
from itertools import product

import mpmath
import pytest

from symnet.activations import ACTIVATIONS
from symnet.errors import Undecided, UsageError, WitnessFailed
from symnet.network import Network
from symnet.witness import Counterexample, counterexample, replay_on_torch
from symnet.witness.exact import say, short
from symnet.witness.interval import Intervals
from tests.activations.by_hand import MP, PRECISE, RATIONAL

NON_AFFINE = [name for name, row in ACTIVATIONS.items() if not (row.affine or row.arbitrary or row.vector)]
CLASSICAL = ["step", "relu", "leaky_relu", "sigmoid", "tanh"]
PIECEWISE = ["step", "relu", "leaky_relu"]


def forward(network, x, table, number):
    """f(x) by two plain loops."""
    a = [number(v) for v in x]
    for k, ((rows, bias), activation) in enumerate(zip(network.weights, network.activations, strict=True), 1):
        if network.convention == "row":
            rows = [[row[j] for row in rows] for j in range(len(rows[0]))]
        a = [sum((number(w) * v for w, v in zip(r, a, strict=True)), number(0)) for r in rows]
        a = [v + number(b) for v, b in zip(a, bias or [0] * len(a), strict=True)]
        if k < network.depth and activation.parameters:
            alpha, beta = map(number, activation.parameters)
            a = [alpha * v + beta for v in a]
        elif k < network.depth:
            a = [table[activation.name](v) for v in a]
    return a


def confirm(found: Counterexample) -> None:
    """Recompute everything that the counterexample says."""
    i, points = found.coordinate - 1, (found.p, found.q, found.middle)
    assert found.middle == tuple((a + b) / 2 for a, b in zip(found.p, found.q, strict=True))
    values = (found.at_p, found.at_q, found.at_middle)
    if found.trusted == "rational arithmetic":
        f = [forward(found.network, x, RATIONAL, Fraction)[i] for x in points]
        assert tuple(f) == values
        assert found.gap == f[2] - (f[0] + f[1]) / 2 != 0
    else:
        f = [forward(found.network, x, PRECISE, lambda v: MP.mpf(Fraction(v).numerator) / Fraction(v).denominator)[i]
             for x in points]  # fmt: skip
        assert all(inside(v, e) for v, e in zip((*f, f[2] - (f[0] + f[1]) / 2), (*values, found.gap), strict=True))
        assert found.gap[0] > 0 or found.gap[1] < 0
        assert mpmath.__version__ in found.trusted


def inside(value, enclosure) -> bool:
    low, high = (MP.mpf(e.numerator) / e.denominator for e in enclosure)
    slack = MP.mpf(2) ** -1900
    return low - slack <= value <= high + slack


@pytest.mark.parametrize(
    "widths", [(2, 3, 1), (1, 1, 1), (3, 2, 4, 2), ("n0", "n1", "n2"), ("n", 3, "n", 2), (2, 9, 9, 9, 2)]
)
@pytest.mark.parametrize("convention", ["column", "row"])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", CLASSICAL)
def test_the_classical_activations(name, bias, convention, widths) -> None:
    network = Network(widths=widths, activations=name, bias=bias, convention=convention)
    found = counterexample(network)
    confirm(found)
    assert found.chosen == (("weights",) if network.is_numeric else ("widths", "weights"))
    assert found.network.convention == convention
    assert found.network.depth == network.depth
    assert found.network.bias == network.bias
    assert all(n == m for n, m in zip(found.network.widths, network.widths, strict=True) if isinstance(m, int))
    report = replay_on_torch(found)
    assert report.agrees
    assert report.resolved


@pytest.mark.parametrize("widths", [(2, 3, 1), ("n", 2, 2, "n")])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", NON_AFFINE)
def test_every_non_affine_activation(name, bias, widths) -> None:
    network = Network(widths=widths, activations=name, bias=bias)
    found = counterexample(network)
    confirm(found)
    short = network.depth == 2 or name not in ("hardswish", "softsign")  # their fractions grow with the depth
    assert (found.trusted == "rational arithmetic") == (name in RATIONAL and short)
    report = replay_on_torch(found)
    assert report.agrees
    assert report.resolved


@pytest.mark.parametrize("names", [*product(CLASSICAL, repeat=2), *((n, "relu") for n in NON_AFFINE)], ids=str)
def test_mixtures(names) -> None:
    found = counterexample(Network(widths=(1, 1, 1, 1, 1), activations=(names[0], "affine", names[1], "sigmoid")))
    confirm(found)
    assert found.chosen == ("weights", "α, β")
    assert replay_on_torch(found).agrees


GIVEN = {
    "decimals": [([["0.3", "-1.7"], ["2.25", "0.1"]], ["0.5", "-3"]), ([["1", "-2"]], ["0.1"])],
    "a kink far away": [([[1, 0], [0, 1]], [-1000, 5]), ([[1, 1]], None)],
    "large": [([[1000, -2000], [300, 10]], [1, 2]), ([[1, 7], [2, -1]], [0, 3])],
    "three layers": [([[1, 2], [3, -1]], [0, 1]), ([["1/3", -1], [2, 2]], [-1, "1/2"]), ([[1, -1]], [0])],
}


@pytest.mark.parametrize("weights", GIVEN.values(), ids=GIVEN)
@pytest.mark.parametrize("name", NON_AFFINE)
def test_given_weights_are_kept(name, weights) -> None:
    network = Network(weights=weights, activations=name)
    found = counterexample(network)
    if name == "step" and len(weights) == 3:
        assert found is None  # its second layer is always (0, 1)
        return
    confirm(found)
    assert found.chosen == ()
    assert found.network.weights == network.weights
    assert replay_on_torch(found).agrees


def test_a_needle_between_two_kinks_is_found() -> None:
    hat = [([[1], [1], [1]], ["-777.1", "-777.2", "-777.3"]), ([[1, -2, 1]], None)]
    confirm(counterexample(Network(weights=hat, activations="relu")))
    deep = [*hat[:1], ([[1, -2, 1]], ["-0.05"]), ([[1]], None)]
    found = counterexample(Network(weights=deep, activations="relu"))
    confirm(found)
    assert 777 < found.middle[0] < 778


CANCEL = [([[1], [-1]], None), ([[1, -1]], None)]


@pytest.mark.parametrize(
    "network",
    [
        Network(weights=CANCEL, activations="relu"),
        Network(weights=CANCEL, activations="leaky_relu"),
        Network(weights=[([[1], [-1]], None), ([[1, 1]], None)], activations="sigmoid"),
        Network(weights=[([[1], [-1]], None), ([[1, 1]], ["1/2"])], activations="tanh"),
        Network(weights=[([[1], [2]], None), ([[1, 1]], [5]), ([[1]], None)], activations=("step", "step", "identity")),
        Network(weights=[([[1, 2]], None), ([[0]], [5])], activations="relu"),
        Network(weights=[([[1, 2]], None), ([[0]], [5])], activations="tanh"),
        Network(depth=5),
        Network(depth=3, activations=("identity", "affine", "tanh")),
        Network(depth=1, activations=["relu"]),
    ],
    ids=str,
)
def test_nothing_is_found_where_nothing_is(network) -> None:
    assert counterexample(network) is None


def test_xor_with_sigmoid_hidden_units() -> None:
    weights = [([["-0.15", "-0.15"], ["0.15", "0.15"]], ["0.23", "-0.08"]), ([["0.15", "0.15"]], ["-0.2"])]
    found = counterexample(Network(weights=weights, activations=("sigmoid", "step")))
    confirm(found)
    assert replay_on_torch(found).resolved


@pytest.mark.parametrize("name", PIECEWISE)
def test_a_thousand_layers(name) -> None:
    found = counterexample(Network(depth=1000, activations=name))
    confirm(found)
    assert replay_on_torch(found).resolved


def test_two_hundred_layers_of_tanh() -> None:
    confirm(counterexample(Network(depth=200, activations="tanh")))


def test_the_texts() -> None:
    found = counterexample(Network(depth=2, activations="relu", bias=False))
    assert str(found).splitlines() == [
        "f, from the input to the preactivation of layer 2, is not affine for these weights:",
        "  W^(1) = [[1]], then relu",
        "  W^(2) = [[1]]",
        "  (widths and weights chosen here)",
        "  p = (-1), q = (1), (p + q)/2 = (0)",
        "  f(p) = 0, f(q) = 1, f((p + q)/2) = 0",
        "  f((p + q)/2) − (f(p) + f(q))/2 = -1/2, which is not 0",
        "  by rational arithmetic",
    ]
    assert json.loads(json.dumps(found.to_json()))["gap"] == "-1/2"
    assert "sees the gap: -0.5" in str(replay_on_torch(found))
    smooth = counterexample(Network(widths=(2, 2, 2), activations="tanh"))
    assert "∈ [0.76159" in str(smooth)
    assert "f_1(q)" in str(smooth)
    assert isinstance(smooth.to_json()["gap"], list)
    assert "layers of weights" in str(counterexample(Network(widths=(9, 9, 9), activations="tanh")))


@pytest.mark.parametrize("value", ["1/3", "-1/3", "1/7000000000000000000000001", "-123456789123456789123456789/7"])
def test_decimals_enclose(value) -> None:
    v = Fraction(value)
    low, high = (Fraction(d) for d in say((v, v + abs(v) / 10**20)).strip("∈ []").split(", "))
    assert low <= v < v + abs(v) / 10**20 <= high
    assert short(v)


def test_an_unresolved_gap_is_said_and_a_wrong_one_fails() -> None:
    tiny = Fraction(1, 10**30)
    network = Network(weights=[([[1]], ["0.1"]), ([[tiny]], ["0.3"])], activations="relu")
    found = counterexample(network)
    confirm(found)
    report = replay_on_torch(found)
    assert report.agrees
    assert not report.resolved
    assert "cannot resolve" in str(report)
    honest = counterexample(Network(depth=2, activations="relu", bias=False))
    forged = Counterexample(honest.network, (), honest.p, honest.q, 1, honest.at_p, honest.at_q, honest.at_middle,
                            Fraction(-1, 4), "")  # fmt: skip
    with pytest.raises(WitnessFailed):
        replay_on_torch(forged)


def test_bad_arguments() -> None:
    for bad in ({"attempts": 0}, {"attempts": True}, {"seed": "1"}):
        with pytest.raises(UsageError):
            counterexample(Network(depth=2, activations="relu"), **bad)


# Intervals.


def test_intervals_leave_mpmath_s_own_precision_alone() -> None:
    before = mpmath.iv.prec
    counterexample(Network(depth=3, activations="tanh"))
    assert mpmath.iv.prec == before
    assert Intervals(300).context.prec == 300
    assert mpmath.iv.prec == before


def test_intervals_in_threads() -> None:
    expected = counterexample(Network(depth=3, activations="sigmoid"))
    seen = []

    def work() -> None:
        seen.append(counterexample(Network(depth=3, activations="sigmoid")))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert [(s.p, s.q, s.gap) for s in seen] == [(expected.p, expected.q, expected.gap)] * 8


def test_ends_are_exact_and_never_enormous() -> None:
    intervals = Intervals(64)
    for value in (Fraction(1, 3), Fraction(-2, 7), Fraction(7) ** 300, Fraction(0)):
        low, high = intervals.exact(intervals.number(value))
        assert low <= value <= high
    low, high = intervals.exact(intervals.exp(intervals.number(Fraction(-(2**100)))))
    assert low == 0 < high
    for end in (intervals.exp(intervals.number(Fraction(2**100))), 1 / intervals.context.mpf([-1, 1])):
        with pytest.raises(Undecided):
            intervals.exact(end)
    with pytest.raises(Undecided):
        intervals.exp(intervals.context.mpf([0, 2]))
