"""The witness of claims about every depth: proved collapses agree, those of other networks fail; the report."""

import json
from itertools import product as every

import pytest
import torch

from symnet.errors import UsageError, WitnessFailed
from symnet.kernel import Replayed, replay
from symnet.network.family import NetworkFamily
from symnet.prove.induction import induction_derivation
from symnet.witness import FamilyReport, witness_family

FAMILY = NetworkFamily("L")
FORMS = [
    NetworkFamily("L", activation, bias, convention)
    for convention, activation, bias in every(("column", "row"), ("identity", "affine", (2, "1/2")), (True, False))
]


def proved(family: NetworkFamily) -> Replayed:
    return replay(induction_derivation(family).derivation)


@pytest.mark.parametrize("family", FORMS, ids=str)
def test_proved_collapses_agree(family: NetworkFamily) -> None:
    replayed = proved(family)
    for seed in range(5):
        report = witness_family(family, replayed, seed=seed)
        assert report.agrees
        assert report.worst_ratio <= 1
        assert report.depths == tuple(range(1, 13))


def test_another_letter_for_the_depth() -> None:
    family = NetworkFamily("depth")
    assert witness_family(family, proved(family)).agrees
    with pytest.raises(WitnessFailed, match="the index L has no value there"):
        witness_family(family, proved(NetworkFamily("L")))


def test_a_hundred_layers() -> None:
    family = NetworkFamily("L", "affine")
    assert witness_family(family, proved(family), depths=(100,), samples=2).agrees


PAIRS = [(a, b) for a, b in every(FORMS, FORMS) if a != b and a.convention == b.convention]


@pytest.mark.parametrize(("family", "other"), PAIRS, ids=str)
def test_the_proof_of_another_family_fails(family: NetworkFamily, other: NetworkFamily) -> None:
    numbers_for_letters = family.activation == (2, "1/2") and other.activation == "affine" and family.bias == other.bias
    if numbers_for_letters:
        assert witness_family(family, proved(other)).agrees
    else:
        with pytest.raises(WitnessFailed):
            witness_family(family, proved(other))


def test_the_report() -> None:
    report = witness_family(FAMILY, proved(FAMILY), seed=3)
    version = torch.__version__.split("+")[0]
    assert str(report).startswith(f"torch {version} agrees at depths 1 to 12: largest error ")
    assert str(report).endswith("(16 inputs each, float64, seed 3, widths from 1 to 7)")
    data = json.loads(json.dumps(report.to_json()))
    assert data["agrees"] is True
    assert data["depths"] == list(range(1, 13))
    assert [len(s) for s in data["sizes"]] == list(range(2, 14))
    assert all(1 <= n <= 7 for s in data["sizes"] for n in s.values())
    assert isinstance(report, FamilyReport)
    assert report == witness_family(FAMILY, proved(FAMILY), seed=3)
    assert report != witness_family(FAMILY, proved(FAMILY), seed=4)
    assert "agrees at depths 2, 9: " in str(witness_family(FAMILY, proved(FAMILY), depths=iter((2, 9))))


@pytest.mark.parametrize(
    "bad",
    [{"depths": ()}, {"depths": (0,)}, {"depths": (1.5,)}, {"depths": 3.5}, {"depths": (True,)}, {"depths": "12"},
     {"samples": 0}, {"seed": -1}],
    ids=str,
)  # fmt: skip
def test_bad_arguments(bad: dict) -> None:
    with pytest.raises(UsageError, match="whole number"):
        witness_family(FAMILY, proved(FAMILY), **bad)


def test_torch_s_generator_is_left_alone() -> None:
    before = torch.get_rng_state()
    witness_family(FAMILY, proved(FAMILY), depths=(1,))
    assert torch.equal(before, torch.get_rng_state())
