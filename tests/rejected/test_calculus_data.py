"""Attacks on calculus by bad data, and by going on after what was refused."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from symnet import store
from symnet.errors import Rejected
from symnet.kernel import Session
from symnet.term import Definition, Name, Step, Term, symbol
from tests.rejected.attack import WORK, Attack, derivation, k, refuse, s, step, table, width, z
from tests.rejected.calculus import (
    ABS,
    MINUS,
    ONE,
    PI,
    SIGMOID,
    ZERO,
    D,
    chosen,
    log,
    right,
    slopes,
    u,
)


class Whatever(str):
    """A side that is equal to all of them."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


def filed(**changes: Any) -> Any:
    """A file about (z²)′ = 2z, changed."""
    data = store.encode(derivation(*slopes(z**2)))
    place = next(n for n, entry in enumerate(data["terms"]) if entry[0] == "derivative")
    entry = dict(zip(("op", "args", "value"), data["terms"][place], strict=True))
    data["terms"][place] = list({**entry, **changes}.values())
    return store.decode(data)


DATA: list[Attack] = [
    (
        "a side that equals all sides",
        lambda: Term("derivative", (z, z), (Name("z"), Whatever("both"))),
        "one of both, left",
    ),
    ("π that equals everything", lambda: Term("constant", (), Whatever("pi")), "the one constant with a name"),
    (
        "a relation that equals both",
        lambda: Term("cases", (z, z, z, z), (Whatever("<"),)),
        "cases carry a tuple of relations",
    ),
    ("a file with a side that is none", lambda: filed(value=[["z", None, []], "above"]), "one of both, left, right"),
    ("a file with a side in a list", lambda: filed(value=[["z", None, []], ["both"]]), "one of both, left, right"),
    ("a file without a side", lambda: filed(value=[["z", None, []]]), "is not a list of 2"),
    ("a file with a letter for a variable", lambda: filed(value=["z", "both"]), "is not a list of 3"),
    ("a file with a derivative of three terms", lambda: filed(args=[0, 0, 0]), "derivative takes 2 terms, not 3"),
    (
        "a file with a constant e",
        lambda: filed(op="constant", args=[], value="e"),
        "the one constant with a name is 'pi'",
    ),
    ("a file with a constant that is a number", lambda: filed(op="constant", args=[], value=3), "the one constant"),
    ("a file with a derivative of a term to come", lambda: filed(args=[0, 99]), "is not an earlier entry"),
    ("a file with cases without relations", lambda: filed(op="cases", value=[]), "cases carry a tuple of relations"),
    ("a file with cases by >", lambda: filed(op="cases", value=[">"]), "cases carry a tuple of relations"),
]


@table(*DATA)
def test_bad_data(tell, words):
    refuse(tell, words)


def test_a_number_without_a_denominator_is_refused():
    half = Fraction(1, 2)
    told = derivation(step("start", Term("number", (), half) + z))
    half._denominator = 0
    refuse(lambda: told, "what was given is no term")


def test_a_derivation_of_calculus_survives_a_file():
    lines = step("start", 0 * ABS + D(SIGMOID) + PI), step("start", D(ABS, ONE))
    told = derivation(*lines, step("one_sided", 0, right(ABS)))
    assert store.loads(json.dumps(store.encode(told))) == told


# Attacks by persistence: a session goes on after what it refuses, and must not have learnt from it.


def persist(*acts: Definition | Step) -> Session:
    """A session that tries everything in turn."""
    session = Session(WORK)
    for act in acts:
        try:
            session.define(act) if isinstance(act, Definition) else session.conclude(act)
        except Rejected:
            continue
    return session


def lines_of(*acts: Definition | Step) -> list[Any]:
    return persist(*acts).lines


def test_a_slope_that_was_refused_stays_unknown():
    lines = lines_of(
        step("start", 1 / z),
        step("one_sided", 0, right(1 / z)),
        step("start", right(1 / z)),
        step("start", 0 * right(1 / z)),
    )
    assert len(lines) == 1


def test_slopes_that_were_refused_stay_unknown():
    acts = (*chosen(ABS, 0), step("one_sided", 1, right(ABS)), step("both_sides", 2, 2), step("start", D(ABS, ZERO)))
    assert len(lines_of(*acts)) == 3


def test_a_definition_that_was_refused_is_none():
    session = persist(Definition(s, 0 * log(MINUS) + 5), step("start", s), step("sign", 0), step("unfold", 0, s))
    assert [line.inequalities for line in session.lines] == [()]
    assert session.finish((0,)).definitions == ()


def test_no_definition_follows_a_step_that_was_refused():
    """It would have been looked at without the definition."""
    session = persist(step("start", D(u) + log(MINUS)), Definition(u, ABS), step("start", D(u)))
    assert session.finish((0,)).definitions == ()


def test_no_definition_follows_one_that_was_refused():
    session = persist(Definition(s, D(u) + log(MINUS)), Definition(u, ABS), step("start", D(u)))
    assert session.finish((0,)).definitions == ()


def test_a_family_that_was_refused_is_none():
    small = symbol(Name("W", 2), (2, 3))
    family = symbol(Name("W", k), (width(k), 3))
    assert len(lines_of(step("start", small), step("start", family), step("start", family.T))) == 1


def test_a_term_that_was_refused_is_refused_again():
    """It was looked at before, but it is not known."""
    odd = symbol("f") + Term("apply", (z,), Name("f"))
    acts = [step("start", odd), step("start", odd), step("start", odd * 1), step("start", z)]
    assert len(lines_of(*acts)) == 1
