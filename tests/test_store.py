"""Derivations to JSON and back, and everything that a file can have wrong with it."""

import copy
import json
import os

import pytest

from symnet import store
from symnet.errors import ParseError, UsageError
from symnet.kernel import replay
from symnet.network import Network
from symnet.network.family import NetworkFamily
from symnet.prove.collapse import collapse_derivation
from symnet.prove.induction import induction_derivation
from symnet.term import (
    Derivation,
    Name,
    Step,
    apply,
    cases,
    identity,
    index,
    indexed_product,
    indexed_sum,
    natural,
    number,
    ones,
    symbol,
    zero,
)

x = symbol("x")
A = symbol(Name("A", 3), (Name("n"), 4))
EVERYTHING = (
    number(-3) / 7 + x**5 * apply("g", x) - cases((x, "<", x, x), (x, "<=", number(0), x), otherwise=x),
    x * (A.T @ A) + identity(4) + (ones(4) @ ones(4).T) + zero(4, 4),
)
DERIVATION = Derivation((), tuple(Step("start", (), (t,)) for t in EVERYTHING), (0, 1))
k, p = index("k"), index("i", "p", offset=-2)
INDICES = (
    natural(p) * apply(Name("f", index("p")), x),
    indexed_sum("k", -1, p, symbol(Name("c", index("k", "p"), (k, 3)))),
    indexed_product(
        "k", 1, 10**9, symbol(Name("W", k), (Name("n", None, (k,)), Name("n", None, (index("k", offset=-1),))))
    ),
    indexed_product("k", index("q"), p, symbol(Name("D", k), (2, 2)), "ascending"),
)


def test_everything_survives_the_round_trip():
    assert store.loads(json.dumps(store.encode(DERIVATION))) == DERIVATION


@pytest.mark.parametrize(
    "keywords", [{"depth": 5}, {"depth": 40}, {"widths": (3, 4, 5, 2), "convention": "row"}], ids=str
)
def test_collapses_survive_and_replay(keywords):
    derivation = collapse_derivation(Network(**keywords)).derivation
    again = store.loads(json.dumps(store.encode(derivation)))
    assert again == derivation
    assert replay(again) == replay(derivation)


@pytest.mark.parametrize("term", INDICES, ids=str)
def test_indices_survive_the_round_trip(term):
    derivation = Derivation((), (Step("start", (), (term,)),), (0,))
    assert store.loads(json.dumps(store.encode(derivation))) == derivation


@pytest.mark.parametrize("convention", ["column", "row"])
@pytest.mark.parametrize("activation", ["identity", "affine"])
def test_inductions_survive_and_replay(convention, activation):
    derivation = induction_derivation(NetworkFamily("L", activation, convention=convention)).derivation
    again = store.loads(json.dumps(store.encode(derivation)))
    assert again == derivation
    assert replay(again) == replay(derivation)


def test_the_table_is_linear_in_the_distinct_terms():
    t = x
    for _ in range(20):
        t = t + t
    encoded = store.encode(Derivation((), (Step("start", (), (t,)),), (0,)))
    assert len(encoded["terms"]) == 21


def test_deep_terms_do_not_nest_in_the_file():
    t = x
    for _ in range(50_000):
        t = t + 1
    derivation = Derivation((), (Step("start", (), (t,)),), (0,))
    assert store.loads(json.dumps(store.encode(derivation))) == derivation


def broken(**changes):
    data = copy.deepcopy(store.encode(DERIVATION))
    data.update(changes)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("{", "not JSON at line 1, column 2"),
        ("[]", "not a symnet derivation"),
        ("null", "not a symnet derivation"),
        ('{"format": "symnet derivation"', "not JSON"),
        ('{"a": 1, "a": 2}', "a member occurs twice"),
        ("[" * 100_000, "nested too deeply"),
        (broken(goals=[float("nan")]), "goals[0]: NaN is not a whole number"),
        (broken(goals=[1.0]), "goals[0]: 1.0 is not a whole number"),
        (broken(terms=[["number", [], -float("inf")]]), "-Infinity is not a ratio"),
        (broken(terms=[["symbol", [], [["x", 1.0, []], []]]]), "the layer of a name"),
        (broken(version=1.0), "version 1.0 is not 1"),
        ("1" * 10_000, "too many digits"),
        (broken(version=2), "version 2 is not 1"),
        (broken(version=True), "version true is not 1"),
        (broken(version="1"), 'version "1" is not 1'),
        (broken(title="E = mc²"), "the members of a derivation are"),
        (broken(terms={}), "terms is not a list"),
        (broken(terms=[["sum", [0, 1], None]]), "terms[0]: term 0 is not an earlier entry"),
        (broken(terms=[["number", [], "1/0"]]), 'terms[0]: "1/0" is not a ratio'),
        (broken(terms=[["number", [], 1]]), "terms[0]: 1 is not a ratio"),
        (broken(terms=[["number", [], "1e3"]]), "is not a ratio"),
        (broken(terms=[["number", [], "0.5"]]), "is not a ratio"),
        (broken(terms=[["number", [], "١"]]), "is not a ratio"),
        (broken(terms=[["symbol", [], [["x y", None, []], []]]]), "terms[0]: a name is a letter"),
        (broken(terms=[["symbol", [], [["x", -1, []], []]]]), "the layer of a name"),
        (broken(terms=[["symbol", [], [["x", True, []], []]]]), "the layer of a name"),
        (broken(terms=[["symbol", [], [["x", None, [True]], []]]]), "the entry of a name"),
        (broken(terms=[["symbol", [], [["x", None, []], [2]]]]), "a shape is ()"),
        (broken(terms=[["symbol", [], [["x", None, []], [0, 1]]]]), "a shape is ()"),
        (broken(terms=[["symbol", [], [["x", None, []], [True, 1]]]]), "a shape is ()"),
        (broken(terms=[["identity", [], 0]]), "a size is a whole number from 1"),
        (broken(terms=[["axiom", [], None]]), "there is no term 'axiom'"),
        (broken(terms=[[["sum"], [], None]]), "is not the name of an op"),
        (broken(terms=[["sum", [True], None]]), "true is not a whole number"),
        (broken(terms=[["sum", []]]), "is not a list of 3"),
        (broken(terms=[["index", [], 3]]), "an index carries an Index, not 3"),
        (broken(terms=[["index", [], [["k"], 0.5]]]), "the offset of an index is a whole number"),
        (broken(terms=[["index", [], [["k"], True]]]), "the offset of an index is a whole number"),
        (broken(terms=[["index", [], [["p", "k"], 0]]]), "in alphabetical order"),
        (broken(terms=[["index", [], [[], 0]]]), "an index has 1 to 8 variables"),
        (broken(terms=[["index", [], [[["k"]], 0]]]), "the variables of an index are names"),
        (broken(terms=[["index", [], [["k"]]]]), "is not a list of 2"),
        (broken(terms=[["number", [], "1"], ["sigma", [0], ["k", 0, 2.0]]]), "a limit is a whole number or an Index"),
        (broken(terms=[["number", [], "1"], ["sigma", [0], [["k"], 0, 2]]]), "the variables of an index are names"),
        (broken(terms=[["number", [], "1"], ["sigma", [0], ["k", 0, [["k"], 0]]]]), "sigma binds k"),
        (broken(terms=[["number", [], "1"], ["sigma", [0], ["k", 0, 2, "ascending"]]]), "is not a list of 3"),
        (broken(terms=[["number", [], "1"], ["pi", [0], ["k", 0, 2]]]), "is not a list of 4"),
        (broken(terms=[["number", [], "1"], ["pi", [0], ["k", 0, 2, ["ascending"]]]]), "'descending' or 'ascending'"),
        (broken(definitions=[[0, 99]]), "definitions[0]: term 99 is not an earlier entry"),
        (broken(definitions=[[0]]), "definitions[0]: a list is not a list of 2"),
        (broken(definitions=[[0, 0]]), "only a symbol can be defined"),
        (broken(steps=[["start", [], [-1]]]), "steps[0]: -1 is not a whole number"),
        (broken(steps=[["start", [], []], 7]), "steps[1]: 7 is not a list of 3"),
        (broken(steps=[[None, [], []]]), "null is not the name of a rule"),
        (broken(goals=["0"]), 'goals[0]: "0" is not a whole number'),
        (broken(goals=7), "goals is not a list"),
    ],
)
def test_a_bad_file_gets_one_clear_line(text, message):
    with pytest.raises(ParseError) as error:
        store.loads(text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_term_that_is_huge_when_written_out_is_refused():
    table = [["symbol", [], [["x", None, []], []]]] + [["sum", [k, k], None] for k in range(100)]
    with pytest.raises(ParseError, match=r"terms\[\d+\]: a term of more than 10,000,000 nodes"):
        store.loads(broken(terms=table))


def test_files(tmp_path):
    path = tmp_path / "proof.json"
    store.write_file(path, json.dumps(store.encode(DERIVATION)))
    assert store.read_file(path) == DERIVATION
    assert os.listdir(tmp_path) == ["proof.json"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()
    (tmp_path / "latin.json").write_bytes(b'{"\xff": 1}')
    for name, message in (
        ("latin.json", "not UTF-8 at byte 2"),
        ("none.json", "there is no such file"),
        (".", "not a file"),
    ):
        with pytest.raises(ParseError, match=message):
            store.read_file(tmp_path / name)


def test_devices_are_not_read():
    with pytest.raises(ParseError, match="not a file"):
        store.read_file("/dev/zero")


def test_a_failed_write_leaves_nothing(tmp_path):
    with pytest.raises(UsageError, match="cannot write"):
        store.write_file(tmp_path / "missing" / "a.tex", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        store.write_file(tmp_path / "folder", "x")
    assert os.listdir(tmp_path) == ["folder"]


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
