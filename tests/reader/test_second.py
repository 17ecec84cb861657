"""The second reading by latex2sympy2: where it agrees, where it is known not to, where there is none."""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from symnet.errors import ParseError, Undecided
from symnet.reader import second as module
from symnet.reader.latex import read_latex
from symnet.reader.second import DIFFERENCES, SecondReading, compare, read_latex_checked, second_reading
from symnet.reader.tree import term_of, tree_of
from symnet.term import symbol

needs_latex2sympy2 = pytest.mark.skipif(
    sys.version_info >= (3, 13) or importlib.util.find_spec("latex2sympy2") is None,
    reason="latex2sympy2 needs Python before 3.13",
)

LOG = r"latex2sympy2 takes \log to base 10, and here it is the natural logarithm"
I_UNIT = "latex2sympy2 takes I for the imaginary unit, and here it is a letter"


def lent(function: str) -> str:
    return rf"latex2sympy2 has no {function}: it read \arcsin there"


#: A formula, and the note of its reading: what was allowed for when both read it.
AGREED = [
    (r"Sigmoid(z) = \frac{1}{1 + e^{-z}} \rightarrow a \tag{1}", ""),
    (r"\max(0, x) + \alpha(e^{\min(0, x)}-1) - \frac{1-\exp(-2x)}{1+\exp(-2x)}", ""),
    (r"w_{12}\;\beta_3\frac12 \sqrt{\frac{2}{\pi}} \bigl|z+0.044715z^3\bigr| \tanh^2 z + \log_{10} z", ""),
    (r"f(x) = \log(1+e^x)", LOG),
    (r"\sigma(z)(1-\sigma(z))\tanh z", lent("sigmoid")),
    (r"I z", I_UNIT),
]
#: A formula, and why it was read once only.
ALONE = [
    (r"\begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}", "not read a second time: latex2sympy2 has no cases"),
    (r"\max(0, \min(1, z))", "not read a second time: latex2sympy2 does not read it (Exception "),
    (r"\ln(-1-z^2)", "not compared with a second reading: both have a value at 0 of "),
    (r"z^{2}" * 300, "not read a second time: it is longer than 2,000 characters"),
]


@pytest.fixture(scope="module")
def readings():
    with ThreadPoolExecutor(4) as pool:
        texts = [text for text, _ in AGREED + ALONE]
        return dict(zip(texts, pool.map(partial(read_latex_checked, timeout=60.0), texts), strict=True))


@needs_latex2sympy2
@pytest.mark.parametrize(("text", "note"), AGREED, ids=[text for text, _ in AGREED])
def test_both_read_it(readings, text, note):
    assert readings[text].readers == ("symnet", "latex2sympy2")
    assert readings[text].note == note
    assert readings[text].term == read_latex(text)


@needs_latex2sympy2
@pytest.mark.parametrize(("text", "note"), ALONE, ids=[text[:40] for text, _ in ALONE])
def test_one_reads_it_and_the_note_says_why(readings, text, note):
    assert readings[text].readers == ("symnet",)
    assert readings[text].note.startswith(note)
    assert readings[text].term == read_latex(text)


def test_the_variable_is_kept():
    assert read_latex_checked(r"f(x) = \begin{cases} kx & x>0 \\ 0 \end{cases}").variable == symbol("x")


@needs_latex2sympy2
def test_a_difference_that_is_not_listed_is_an_error_that_shows_both():
    with pytest.raises(ParseError, match=r"the two readers differ: symnet reads d\*z, latex2sympy2 makes no term"):
        read_latex_checked("dz")


@needs_latex2sympy2
def test_two_base_ten_logarithms_cannot_be_told_apart():
    with pytest.raises(ParseError, match=r"symnet reads log\(z\) \+ log\(z\)/log\(10\), latex2sympy2 reads"):
        read_latex_checked(r"\log z + \log_{10} z")


@needs_latex2sympy2
def test_every_reading_has_a_fresh_process():
    # In one process, latex2sympy2 1.9.1 remembers a = 2, and after some errors reads nothing any more.
    assert second_reading(r"\coth z \ln(z)").tree
    assert second_reading("z").tree == [["symbol", ["z"]]]


# The comparison, on trees that are made here.


def reading_of(expression, **lent: str) -> SecondReading:
    return SecondReading(tree_of(expression), "", lent)


def test_a_wrong_second_reading_is_seen():
    import sympy

    z = sympy.Symbol("z")
    ours = read_latex(r"\frac{1}{1+e^{-z}}")
    assert compare(ours, reading_of(1 / (1 + sympy.exp(-z)))) == []
    for wrong in (1 / (1 + sympy.exp(z)), 1 / (1 - sympy.exp(-z)), 1 + sympy.exp(-z), 1 / (1 + sympy.E - z), z):
        with pytest.raises(ParseError, match="the two readers differ: symnet reads 1/"):
            compare(ours, reading_of(wrong))


def test_a_listed_difference_is_one_only_while_it_is_listed():
    import sympy

    theirs = reading_of(sympy.log(sympy.Symbol("z"), 10, evaluate=False))
    ours = read_latex(r"\log z")
    assert compare(ours, theirs) == [LOG]
    with pytest.raises(ParseError, match="the two readers differ"):
        compare(ours, theirs, [row for row in DIFFERENCES if row.name != "log"])


def test_no_second_reading_cannot_be_compared():
    with pytest.raises(Undecided, match="because"):
        compare(symbol("z"), SecondReading(note="because"))


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        {},
        "z",
        [["symbol"]],
        [["symbol", "z"]],
        [["symbol", [1]]],
        [["symbol", ["__import__"]]],
        [["symbol", ["zz"]]],
        [["number", ["1"]]],
        [["number", ["1", "0"]]],
        [["number", ["1", "x"]]],
        [["number", ["9" * 5000, "1"]]],
        [["Add", [0]]],
        [["Add", []]],
        [["exp", []]],
        [["symbol", ["z"]], ["exp", [0, 0]]],
        [["symbol", ["z"]], ["exp", [-1]]],
        [["symbol", ["z"]], ["exp", [True]]],
        [["symbol", ["z"]], ["eval", [0]]],
        [["symbol", ["z"]]] * 20_001,
    ],
)
def test_a_tree_is_distrusted(tree):
    with pytest.raises(ParseError):
        term_of(tree)


# The process.


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("import time; time.sleep(60)", "latex2sympy2 was still at it after 1 seconds"),
        ("raise SystemExit(3)", "latex2sympy2 ended without an answer"),
        ("print('no json')", "latex2sympy2 ended without an answer"),
        ("print('[' * 100000)", "latex2sympy2 ended without an answer"),
        ("print('[]')", "latex2sympy2 ended without an answer"),
        ("print('x' * 10**7)", "latex2sympy2 ended without an answer"),
        ("import os; os.abort()", "latex2sympy2 ended without an answer"),
        (
            'print(\'{"missing": "typing.io"}\')',
            "latex2sympy2 is not there (it needs Python before 3.13, and this is 3.",
        ),
        ('print(\'{"error": "RecursionError"}\')', "latex2sympy2 does not read it (RecursionError)"),
        ("print('{\"tree\": 5}')", "latex2sympy2 ended without an answer"),
    ],
)
def test_whatever_the_process_does_there_is_a_reading(monkeypatch, code, note):
    monkeypatch.setattr(module, "_COMMAND", code)
    reading = read_latex_checked(r"\tanh z", timeout=1)
    assert reading.term == read_latex(r"\tanh z")
    assert reading.readers == ("symnet",)
    assert reading.note.startswith(f"not read a second time: {note}")


def test_no_python_to_start_is_no_second_reading(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert read_latex_checked("z").note == "not read a second time: latex2sympy2 ended without an answer"


def test_a_missing_latex2sympy2_is_no_second_reading(monkeypatch):
    hidden = "import sys; sys.path[:] = sys.argv[1:]; sys.modules['latex2sympy2'] = None; "
    monkeypatch.setattr(module, "_COMMAND", f"{hidden}from symnet.reader.child import run; run()")
    assert "latex2sympy2 is not there" in read_latex_checked("z").note


def test_what_our_reader_refuses_is_not_handed_over(monkeypatch):
    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    assert second_reading(r"\input{x}").note.startswith("not read a second time: at column 1")
    with pytest.raises(ParseError):
        read_latex_checked(r"\input{x}")


@needs_latex2sympy2
def test_latex2sympy2_stops_in_the_middle_without_a_word_and_that_is_seen():
    with pytest.raises(ParseError, match=r"does not read it \(ValueError stops at '\)'\)"):
        module._answer("z ) + 1", 10)
