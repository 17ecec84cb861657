"""The witness of the vector rows' derivatives."""

import json

import numpy as np
import pytest
import torch

from symnet.activations import find
from symnet.errors import UsageError, WitnessFailed
from symnet.term import Name, Term, apply, index, indexed_sum, number, substitute, symbol
from symnet.witness.enclosure import enclosure
from symnet.witness.jacobian import MODELS, choose_inputs, entries, inputs, witness_jacobian
from symnet.witness.slopes import JacobianReport
from symnet.witness.tensors import torch_function

ROWS = ("softmax", "softmin", "log_softmax", "glu")
ZERO = number(0)


def delta(i: int, j: int) -> int:
    return int(i == j)


def entry(base: str, k: int) -> Term:
    return symbol(Name(base, entry=(k,)))


def claim(name: str, n: int) -> list[list[Term]]:
    """The matrices as the books have them, in z."""
    if name == "glu":
        gates = [1 / (1 + apply("exp", -entry("v", k))) for k in range(1, n + 1)]
        slopes = [entry("u", k + 1) * g * (1 - g) for k, g in enumerate(gates)]
        return [
            [(gates[i] if i == j else ZERO) for j in range(n)] + [(slopes[i] if i == j else ZERO) for j in range(n)]
            for i in range(n)
        ]
    a = entries(find("softmin" if name == "softmin" else "softmax"), n)
    sign, factors = (-1 if name == "softmin" else 1), ([number(1)] * n if name == "log_softmax" else a)
    return [[sign * factors[i] * (delta(i, j) - a[j]) for j in range(n)] for i in range(n)]


def seen(name: str, matrix: list[list[Term]], samples: int = 2) -> JacobianReport:
    try:
        return witness_jacobian(find(name), matrix, samples=samples)
    except WitnessFailed as failed:
        return failed.report


@pytest.mark.parametrize("n", [1, 2, 3, 7])
@pytest.mark.parametrize("name", ROWS)
def test_the_rows(name: str, n: int) -> None:
    report = witness_jacobian(find(name), claim(name, n), samples=1 if n == 7 else 4)
    assert report.agrees
    assert report.worst_ratio < 1
    width = 2 * n if name == "glu" else n
    assert report.jacobian.compared == report.points * n * width
    assert report.function.compared == report.points * n


@pytest.mark.parametrize("name", ROWS)
def test_a_wrong_entry_is_seen(name: str) -> None:
    n = 2
    for i in range(n):
        for j in (i, n + i) if name == "glu" else range(n):
            for corrupt in (lambda d: -d, lambda d: d * (1 + number(1) / 10**13)):
                matrix = claim(name, n)
                matrix[i][j] = corrupt(matrix[i][j])
                report = seen(name, matrix, samples=1)
                assert report.jacobian.worst_ratio > 1
                assert report.refuted
                assert report.jacobian.worst_point[-2:] == (i + 1, j + 1)


def test_the_transpose_the_sign_and_the_diagonal() -> None:
    a = entries(find("softmax"), 2)
    log = claim("log_softmax", 2)
    wrong = [
        ("log_softmax", [list(line) for line in zip(*log, strict=True)]),
        ("softmin", claim("softmax", 2)),
        ("softmax", [[a[i] * (1 - a[i]) if i == j else ZERO for j in range(2)] for i in range(2)]),
        ("softmax", [[a[i] * (1 - a[j]) for j in range(2)] for i in range(2)]),
        ("softmax", [[a[i] * a[j] for j in range(2)] for i in range(2)]),
    ]
    for name, matrix in wrong:
        with pytest.raises(WitnessFailed, match="torch and the claimed entries differ at"):
            witness_jacobian(find(name), matrix, samples=1)


def test_a_claim_in_letters() -> None:
    """a_i stands for e^{z_i}/S, and S for the sum, as a derivation writes it; Σ may stay as it is."""
    total = symbol("S")
    z = Name("z", entry=(index("k"),))
    letters = {
        total: indexed_sum("k", 1, 2, apply("exp", symbol(z))),
        **{entry("a", k): apply("exp", entry("z", k)) / total for k in (1, 2)},
    }
    a, b = entry("a", 1), entry("a", 2)
    assert witness_jacobian(find("softmax"), [[a * (1 - a), -a * b], [-a * b, b * (1 - b)]], letters, samples=1).agrees
    with pytest.raises(WitnessFailed):
        witness_jacobian(find("softmax"), [[a * (1 - a), -a * b], [-a * b, b * (1 + b)]], letters, samples=1)


def test_the_entries_are_torch_s() -> None:
    z = np.array([0.5, -1.0, 2.0])
    values = {entry("z", k + 1): number(int(2 * x)) / 2 for k, x in enumerate(z)}
    for i, e in enumerate(entries(find("softmax"), 3)):
        low, _ = enclosure(substitute(e, values), {})
        assert float(low) == pytest.approx(float(torch.softmax(torch.tensor(z), -1)[i]), rel=1e-15)


@pytest.mark.parametrize("name", ROWS)
def test_the_bounds_are_about_what_torch_computes(name: str) -> None:
    row = find(name)
    points = choose_inputs(4, seed=1, samples=6)
    with np.errstate(all="ignore"):
        values, matrix = MODELS[row.torch](points)
    for k, point in enumerate(points):
        z = torch.tensor(point)
        slopes = torch.autograd.functional.jacobian(torch_function(row), z).numpy()
        for i, a in enumerate(torch_function(row)(z).tolist()):
            assert abs(a - values[i].value[k]) <= 2 * values[i].error[k]
            for j, entry_ in enumerate(matrix[i]):
                assert abs(slopes[i, j] - entry_.value[k]) <= 2 * entry_.error[k]


def test_what_rounding_takes() -> None:
    """Far out all but one entry of softmax are lost to underflow, and the diagonal to rounding."""
    report = seen("softmax", claim("softmax", 2))
    assert {e.kind for e in report.exceptional} <= {"rounding", "underflow"}
    assert any(e.point[:2] == (-20.0, 20.0) and e.torch == 0 and e.kind == "rounding" for e in report.exceptional)


def test_wrong_shapes_and_other_rows() -> None:
    with pytest.raises(UsageError, match="the claim for 1 outputs of glu has 2 derivatives"):
        witness_jacobian(find("glu"), [[ZERO]])
    with pytest.raises(UsageError, match="0 outputs"):
        witness_jacobian(find("softmax"), [])
    with pytest.raises(UsageError, match="relu is not a vector function"):
        witness_jacobian(find("relu"), [[ZERO]])
    with pytest.raises(UsageError, match="whole number"):
        entries(find("softmax"), 0)
    assert [str(s) for s in inputs(find("softmin"), 2)] == ["z_1", "z_2"]


def test_a_report_is_plain_data_and_one_line() -> None:
    report = seen("softmax", claim("softmax", 2))
    assert json.loads(json.dumps(report.to_json()))["agrees"]
    assert str(report).startswith(f"torch {report.torch} agrees (torch.nn.Softmax): largest error of a value")
