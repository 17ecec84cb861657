"""Lies told by files: what is not exactly a derivation does not become one."""

from __future__ import annotations

import copy
import json

import pytest

from symnet.errors import ParseError, SymnetError
from symnet.kernel import replay
from symnet.store import encode, loads
from tests.rejected.attack import WORK, derivation, step, x, y

HONEST = encode(derivation(step("start", x + x), step("regroup", 0, 2 * x), define=[(y, x)]))


def changed(*path_and_value: object) -> str:
    """The honest file with one member or entry replaced."""
    *path, last, value = path_and_value
    data = copy.deepcopy(HONEST)
    target = data
    for key in path:
        target = target[key]
    target[last] = value
    return json.dumps(data)


def with_terms(*terms: object) -> str:
    """A file whose table of terms is this, and whose only step starts from the last of them."""
    last = len(terms) - 1
    data = {**HONEST, "terms": list(terms), "definitions": [], "steps": [["start", [], [last]]], "goals": [0]}
    return json.dumps(data)


def number(value: object) -> str:
    return with_terms(["number", [], value])


def deep(depth: int) -> str:
    return with_terms(["sum", [], 0]).replace(", 0]]", ", " + "[" * depth + "]" * depth + "]]")


X = ["symbol", [], [["x", None, []], []]]
TEXT = json.dumps(HONEST)

ATTACKS = [
    ("nothing", ""),
    ("blanks", " \n"),
    ("no JSON", "symnet"),
    ("half a file", TEXT[: len(TEXT) // 2]),
    ("trailing data", TEXT + "{}"),
    ("two files", TEXT + TEXT),
    ("a byte order mark", "\ufeff" + TEXT),
    ("a list", "[]"),
    ("a number", "1"),
    ("null", "null"),
    ("a text", json.dumps(TEXT)),
    ("a derivation in a derivation in a derivation", json.dumps({"derivation": {"derivation": HONEST}})),
    ("another format", changed("format", "theorem")),
    ("version 2", changed("version", 2)),
    ("version 1.0", TEXT.replace('"version": 1', '"version": 1.0')),
    ("version true", changed("version", True)),
    ("version '1'", changed("version", "1")),
    ("a member too many", changed("axioms", [])),
    ("a member too few", json.dumps({k: v for k, v in HONEST.items() if k != "goals"})),
    ("steps given twice", TEXT[:-1] + ', "steps": []}'),
    ("NaN", number(0).replace("0]]", "NaN]]", 1)),
    ("Infinity", changed("goals", [float("inf")])),
    ("a float as a number", number(0.5)),
    ("a float as a text", number("0.5")),
    ("a whole number that is no text", number(1)),
    ("1/0", number("1/0")),
    ("1e9", number("1e9")),
    ("a blank before the number", number(" 1")),
    ("an underscore in the number", number("1_0")),
    ("digits of another alphabet", number("١")),
    ("a plus", number("+1")),
    ("a number of 5000 digits", number("1" * 5000)),
    ("an exponent of 5000 digits", with_terms(X, ["power", [0], 0]).replace("[0], 0]", "[0], " + "9" * 5000 + "]")),
    ("an exponent true", with_terms(X, ["power", [0], True])),
    ("an exponent −1", with_terms(X, ["power", [0], -1])),
    ("an exponent 2.0", with_terms(X, ["power", [0], 2.0])),
    ("an op that does not exist", with_terms(["axiom", [], None])),
    ("an op that is a number", with_terms([0, [], None])),
    ("a term that contains itself", with_terms(X, ["sum", [0, 1], None])),
    ("a term from later in the table", with_terms(["sum", [1, 1], None], X)),
    ("a term from the end, counted backwards", with_terms(X, ["sum", [0, -1], None])),
    ("false as term 0", with_terms(X, ["sum", [0, False], None])),
    ("a term that is null", with_terms(X, ["sum", [0, None], None])),
    ("a step on a term that does not exist", changed("steps", 0, ["start", [], [99]])),
    ("a premise true", changed("steps", 1, 1, [True])),
    ("a premise −1", changed("steps", 1, 1, [-1])),
    ("a premise 0.0", changed("steps", 1, 1, [0.0])),
    ("a premise that is itself", changed("steps", 1, 1, [1])),
    ("a premise from later", changed("steps", 0, ["symmetry", [1], []])),
    ("a conclusion beside the step", changed("steps", 0, ["start", [], [0], [0, 1]])),
    ("a rule called axiom", changed("steps", 0, 0, "axiom")),
    ("a rule that is null", changed("steps", 0, 0, None)),
    ("a goal true", changed("goals", [True])),
    ("a goal that does not exist", changed("goals", [2])),
    ("no goals", changed("goals", [])),
    ("goals as an object", changed("goals", {"0": 0})),
    ("a definition of a sum", changed("definitions", [[HONEST["steps"][0][2][0], 0]])),
    ("a definition of itself", changed("definitions", [[0, 0]])),
    ("a definition given twice", changed("definitions", HONEST["definitions"] * 2)),
    ("half a definition", changed("definitions", [[0]])),
    ("a name that is a program", with_terms(["symbol", [], [["__import__('os')", None, []], []]])),
    ("a name with a line break", with_terms(["symbol", [], [["x\n", None, []], []]])),
    ("a layer true", with_terms(["symbol", [], [["x", True, []], []]])),
    ("an entry 1.0", with_terms(["symbol", [], [["x", None, [1.0]], []]])),
    ("a shape of three", with_terms(["symbol", [], [["x", None, []], [1, 1, 1]]])),
    ("a size true", with_terms(["symbol", [], [["x", None, []], [True, 1]]])),
    ("a size 0", with_terms(["identity", [], 0])),
    ("a relation that is a list", with_terms(X, ["cases", [0, 0, 0, 0], [["<"]]])),
    ("a relation ==", with_terms(X, ["cases", [0, 0, 0, 0], ["=="]])),
    ("a value that is nested", deep(40)),
    ("nesting", "[" * 100_000 + "]" * 100_000),
    ("nesting without end", "[" * 100_000),
    ("a term doubled 60 times", with_terms(X, *(["sum", [i, i], None] for i in range(60)))),
    ("a term doubled 20,000 times", with_terms(X, *(["sum", [i, i], None] for i in range(20_000)))),
]


def test_the_honest_file_is_accepted():
    assert replay(loads(TEXT), WORK).claim.equations[0].rhs == 2 * x


@pytest.mark.parametrize("text", [pytest.param(text, id=lie) for lie, text in ATTACKS])
def test_refused(text):
    with pytest.raises(SymnetError):
        replay(loads(text), WORK)


def test_no_depth_of_nesting_is_a_crash():
    """Some of these nest just less deep than the parser of JSON gives up."""
    for depth in range(100, 1000):
        with pytest.raises(ParseError):
            loads(deep(depth))
