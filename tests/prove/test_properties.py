"""The facts about functions: which are found, and which of them are proved."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

import symnet
from symnet.api.facts import say, to_json
from symnet.prove.properties import NUMERICAL, PROVED
from symnet.term import symbol
from tests.prove.properties_by_hand import AWKWARD, OTHERS, PIECEWISE, SCALAR, SMOOTH, found, summary, table

EXPECTED = table(PIECEWISE) | table(SMOOTH) | table(OTHERS) | table(AWKWARD)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_facts(name: str) -> None:
    assert summary(found(name)[1]) == EXPECTED[name]


def test_every_row_is_here() -> None:
    assert set(SCALAR) == (table(PIECEWISE) | table(SMOOTH)).keys()


def test_facts_come_in_one_order_each_once() -> None:
    kinds = [p.kind for p in found("softsign")[1]]
    assert kinds == [
        "domain",
        "range",
        "derivative range",
        "limit at −∞",
        "limit at ∞",
        "parity",
        "monotony",
        "Lipschitz constant",
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_proved_is_shown_and_what_is_numerical_is_not(name: str) -> None:
    for fact in found(name)[1]:
        assert bool(fact.shown) == (fact.status != NUMERICAL)


def test_numbers_that_break_an_assumption_lift_it() -> None:
    d = symnet.derive("elu", parameters={"alpha": -1}, check=False)
    facts = {p.kind: p for p in d.properties}
    assert "monotony" not in facts
    assert all(p.status != PROVED or p.where for p in d.properties if p.kind == "range")


def test_it_does_not_take_long() -> None:
    found.cache_clear()
    start = time.process_time()
    found("hardswish")
    assert time.process_time() - start < 8


def test_two_runs_find_the_same() -> None:
    code = (
        "import symnet;"
        "print([[str(p.value), p.status, p.where] for n in ('elu', 'gaussian', 'log(2 + sin(z))')"
        " for p in symnet.derive(n, check=False).properties])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


# How facts are said.


def test_facts_in_words() -> None:
    said = {p.kind: say(p) for p in found("arctan")[1]}
    assert said["range"] == "h takes values only in (−π/2, π/2) (contained in: proved; equal: numerical)"
    assert said["derivative range"] == "h′ takes the values (0, 1] (proved)"
    assert said["limit at ∞"] == "As z → ∞, h tends to π/2 (numerical)"
    assert said["monotony"] == "h is increasing (proved)"
    said = {p.kind: say(p) for p in found("1/z")[1]}
    assert said["domain"] == "h is defined for z in (−∞, 0) ∪ (0, ∞) (proved)"
    assert say(found("1/z")[1][0], symbol("t")) == "h is defined for t in (−∞, 0) ∪ (0, ∞) (proved)"
    assert said["monotony"] == "h is decreasing on each interval of its domain (proved)"
    assert (
        say(next(p for p in found("prelu")[1] if p.kind == "range")) == "h takes the values (−∞, ∞) if α > 0 (proved)"
    )
    assert say(found("elu")[1][-1]) == "The least Lipschitz constant of h is max(α, 1) (proved)"
    assert say(found("silu")[1][1]) == "h takes the values [−0.2784645427…, ∞) (numerical)"


def test_jumps_and_kinks_in_words() -> None:
    def said(name: str) -> list[str]:
        return [say(p) for p in found(name)[1] if p.kind in ("jump", "kink")]

    assert said("step") == [
        "h jumps at 0: it tends to 0 from the left, is 1 there, and tends to 1 from the right (proved)"
    ]
    assert said("relu") == ["h has a kink at 0: h′ is 0 from the left and 1 from the right (proved)"]
    assert said("elu") == ["At 0, h′ is α from the left and 1 from the right (proved)"]
    assert said("threshold") == ["At θ, h tends to c from the left, is c there, and tends to θ from the right (proved)"]
    assert said("softsign") == []


def test_facts_as_data() -> None:
    data = to_json(found("relu")[1][2])
    assert data == {
        "kind": "derivative range",
        "value": "{0, 1}",
        "status": "proved",
        "said": "h′ takes the values {0, 1} (proved)",
    }


def test_pictures_get_one_interval() -> None:
    facts = {p.kind: p for p in found("threshold")[1]}
    hull = facts["range"].interval
    assert hull is not None
    assert (str(hull.lower), hull.lower_closed, hull.upper) == ("theta", False, None)
    low = {p.kind: p for p in found("silu")[1]}["range"].interval
    assert low is not None
    assert str(low.lower) == "number(-2784645427/10000000000)"
