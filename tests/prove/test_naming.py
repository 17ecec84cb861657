"""Names for the parts of a function: which parts get one, and which letters."""

from __future__ import annotations

import pytest

from symnet.prove.naming import LETTERS, is_linear, named, varies
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import apply, substitute, symbol

z = symbol("z")


def told(text: str, *taken: str) -> dict[str, str]:
    plan = named(read_text(text), z, {"z", *taken})
    return {str(letter): write_text(part) for letter, part in plan.everything()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nothing that is plain
        ("7", {}),
        ("z", {}),
        ("z^3", {}),
        ("exp(-z)", {}),
        ("exp(-(z/2) + 1)", {}),
        ("3*tanh(c*z)", {}),
        # quotients: numerator and denominator
        ("1/(1 + exp(-z))", {"v": "1 + exp(-z)"}),
        ("z/(1 + exp(-z))", {"v": "1 + exp(-z)"}),
        ("sin(z)/z", {"u": "sin(z)"}),
        ("(exp(z) - exp(-z))/(exp(z) + exp(-z))", {"u": "exp(z) - exp(-z)", "v": "exp(z) + exp(-z)"}),
        ("sin(z)/c", {}),
        ("(z^2 + 1)/c", {}),
        # products of more than one factor that changes
        ("exp(-z^2)*tanh(z)", {"u": "exp(-z^2)", "v": "tanh(z)", "w": "-z^2"}),
        ("z*atan(z)", {"v": "atan(z)"}),
        ("c*z*sin(z)", {"v": "sin(z)"}),
        # what is inside a function, level by level
        ("log(1 + exp(z))", {"u": "1 + exp(z)"}),
        ("z*tanh(log(1 + exp(z)))", {"v": "tanh(log(1 + exp(z)))", "u": "log(1 + exp(z))", "w": "1 + exp(z)"}),
        ("(1 + z^2)^5", {"u": "1 + z^2"}),
        # one part, one letter
        ("sin(z^2) + cos(z^2)", {"u": "z^2"}),
        ("sin(z^2)*exp(z^2)", {"u": "sin(z^2)", "v": "exp(z^2)", "w": "z^2"}),
    ],
)
def test_parts(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


def test_letters_of_the_function_are_not_taken() -> None:
    assert told("u/(v + exp(-z))", "w") == {"s": "v + exp(-z)"}
    taken = {"z"}
    named(read_text("u/(1 + exp(-z))"), z, taken)
    assert taken == {"z", "u", "v"}  # u is a letter of the function


def test_there_may_be_too_few_letters() -> None:
    text = "z"
    for _ in range(20):
        text = f"sin(exp({text}))"
    found = told(text)
    assert sorted(found) == sorted(LETTERS)


def test_putting_the_parts_back_gives_the_function() -> None:
    function = read_text("z*tanh(log(1 + exp(z)))/(1 + z^2)")
    plan = named(function, z, {"z"})
    folded = substitute(function, {part.function: letter for letter, part in plan.parts.items()})
    assert folded != function
    back = substitute(folded, {letter: part.function for letter, part in plan.parts.items()})
    assert back == function


@pytest.mark.parametrize(
    ("text", "linear"),
    [
        ("3", True),
        ("c", True),
        ("z", True),
        ("2*z + c", True),
        ("c*z/d - z", True),
        ("(z + 1)*2", True),
        ("z*z", False),
        ("z^2", False),
        ("1/z", False),
        ("c/(1 + z)", False),
        ("exp(z)", False),
        ("exp(c)*z", True),
        ("abs(z)", False),
    ],
)
def test_linear_as_written(text: str, linear: bool) -> None:
    assert is_linear(read_text(text), z) is linear


def test_varies() -> None:
    assert varies(read_text("exp(2*z)"), z)
    assert not varies(read_text("exp(2*c)"), z)


def test_deep_terms() -> None:
    deep = z
    for _ in range(1000):
        deep = apply("sin", deep)
    assert len(dict(named(deep, z, {"z"}).everything())) == len(LETTERS)
    assert not is_linear(deep, z)
