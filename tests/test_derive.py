"""The public function derive: every row, what is not in the table, what comes back, and one line for every mistake."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy
import pytest
import sympy

import symnet
from symnet.activations import ACTIVATIONS, ALIASES
from symnet.api.derived import Derived
from symnet.api.vector import VectorDerived
from symnet.errors import ParseError, UsageError, WitnessFailed
from symnet.term import substitute, symbol
from tests.activations.by_hand import MP
from tests.activations.evaluator import value

SCALAR = [name for name, row in ACTIVATIONS.items() if not row.vector and not row.arbitrary]
VECTOR = [name for name, row in ACTIVATIONS.items() if row.vector]
z, a, x, c, alpha = sympy.symbols("z a x c alpha")


def derived(function: Any, **keywords: Any) -> Derived:
    found = symnet.derive(function, **{"check": False, **keywords})
    assert isinstance(found, Derived)
    return found


@cache
def of_row(name: str) -> Derived:
    return derived(name)


# Every row.


@pytest.mark.parametrize("name", SCALAR)
def test_every_row_is_derived_proved_and_witnessed(name: str, tmp_path: Path) -> None:
    found = derived(name, check=True)
    assert found.hypotheses == ()
    assert found.witness.agrees
    assert found.witness.worst_ratio <= 1
    path = tmp_path / "proof.json"
    found.save(path)
    assert symnet.replay(path).claim == found.claim
    assert json.loads(path.read_text())["result"]["witness"]["agrees"]


def numbers_of(found: Derived) -> dict[Any, Any]:
    return {
        sympy.Symbol(str(s.name)): sympy.Rational(v.numerator, v.denominator) for s, v in found.found.numbers.items()
    }


def places_of(found: Derived) -> list[Fraction]:
    numbers = {s: MP.mpf(v.numerator) / v.denominator for s, v in found.found.numbers.items()}
    return [Fraction(str(value(m.at, numbers))) for m in found.found.meetings]


def points_for(found: Derived, count: int = 6) -> list[Fraction]:
    """Random points, on either side of each place where branches meet."""
    random, places = Random(str(found.found.function)), places_of(found)
    points = [Fraction(random.randrange(-5000, 5001), 1000) for _ in range(count)]
    points += [p + Fraction(random.randrange(1, 400), 1000) * sign for p in places for sign in (1, -1)]
    return [p for p in points if p not in places]


def close(seen: Any, expected: Any) -> bool:
    return bool(abs(MP.mpf(seen) - expected) <= MP.mpf("1e-12") * (1 + abs(expected)))


@pytest.mark.parametrize(
    "name", [*SCALAR, "z*atan(z)", "log(1+z^2)", "exp(-z^2)*tanh(z)", "abs(abs(z)-1)", "z^z", "1/z"]
)
def test_the_sympy_expressions_have_the_values_of_the_derivative(name: str) -> None:
    """Against differentiation by mpmath of the function, evaluated by code that is not the package's."""
    found = of_row(name)
    numbers, term = numbers_of(found), found.found.function
    letters = {s: MP.mpf(v.numerator) / v.denominator for s, v in found.found.numbers.items()}
    variable = sympy.Symbol(str(found.found.variable))

    def function(at: Any) -> Any:
        return value(term, {**letters, found.found.variable: at})

    for p in points_for(found):
        if name == "z^z" and p <= 0:
            continue
        at = MP.mpf(p.numerator) / p.denominator
        rational = {**numbers, variable: sympy.Rational(p.numerator, p.denominator)}
        expected = MP.diff(function, at)
        assert close(sympy.N(found.derivative.subs(rational), 40), expected)
        assert close(sympy.N(found.function.subs(rational), 40), function(at))
        if found.in_output is not None:
            written = found.in_output.subs({a: found.function}).subs(rational)
            assert close(sympy.N(written, 40), expected)


@pytest.mark.parametrize("name", VECTOR)
@pytest.mark.parametrize("n", ["n", 2, 3])
def test_vector_functions(name: str, n: int | str, tmp_path: Path) -> None:
    found = symnet.derive(name, n=n)
    assert isinstance(found, VectorDerived)
    assert found.hypotheses == ()
    assert found.witness.agrees
    found.save(tmp_path / "proof.json")
    assert symnet.replay(tmp_path / "proof.json").claim == found.claim
    with pytest.raises(UsageError, match="there is no picture"):
        found.plot(tmp_path / "picture.svg")


def test_the_jacobian_of_softmax() -> None:
    a1, a2, a3 = sympy.symbols("a_1 a_2 a_3")
    found = symnet.derive("softmax", n=3, check=False)
    column = sympy.Matrix([a1, a2, a3])
    assert (sympy.diag(a1, a2, a3) - column * column.T - found.jacobian).expand() == sympy.zeros(3, 3)
    assert list(symnet.derive("softmax", check=False).partials) == ["i = j", "i > j", "i < j"]
    with pytest.raises(UsageError, match="n=3"):
        _ = symnet.derive("softmax", check=False).jacobian


@pytest.mark.parametrize("name", VECTOR)
def test_the_jacobians_have_the_values_of_torch(name: str) -> None:
    import torch

    from symnet.witness.tensors import torch_function

    found = symnet.derive(name, n=2, check=False)
    inputs = torch.tensor([0.3, -1.2, 0.7, 2.0][: 4 if name == "glu" else 2], dtype=torch.float64)
    expected = torch.autograd.functional.jacobian(torch_function(ACTIVATIONS[name]), inputs)
    letters = ["u_1", "u_2", "v_1", "v_2"] if name == "glu" else ["z_1", "z_2"]
    values = dict(zip(map(sympy.Symbol, letters), inputs.tolist(), strict=True))
    bodies = {str(d.symbol.name): d.body for d in found.definitions}
    seen = found.jacobian
    from symnet.reader.bridge import to_sympy

    for _ in bodies:
        seen = seen.subs({sympy.Symbol(s): to_sympy(body) for s, body in bodies.items()})
    seen = numpy.array(seen.doit().subs(values).evalf(), dtype=float)
    assert numpy.allclose(seen, expected.numpy(), rtol=1e-12, atol=1e-15)


# What can be given.


def test_one_function_in_many_ways() -> None:
    def swish(t: Any) -> Any:
        return t / (1 + sympy.exp(-t))

    ways: list[Any] = ["silu", "swish", "SiLU", " silu ", "z/(1 + exp(-z))", "z*sigmoid(z)", "f(z) = z/(1+e^(-z))"]
    ways += [r"\frac{z}{1+e^{-z}}", "$z \\sigma(z)$", swish(z), swish]
    found = [derived(way) for way in ways]
    point = sympy.Rational(7, 5)
    for one in found:
        assert abs((one.function - found[0].function).subs(z, point).evalf(30)) < 1e-25
        assert abs((one.derivative - found[0].derivative).subs(z, point).evalf(30)) < 1e-25
        assert one.in_output is not None
    assert found[-1].subject.title == "swish"


def test_who_has_read_a_formula() -> None:
    assert derived("z*atan(z)").subject.reading == "read by symnet"
    assert derived(r"\tanh z").subject.reading == "read by symnet and latex2sympy2"
    assert "natural logarithm" in derived(r"\log z").subject.reading
    assert "The formula was read by symnet." in derived("z*atan(z)").notes
    assert not derived("tanh").subject.reading


def test_aliases_are_the_rows() -> None:
    for alias, name in (("logistic", "sigmoid"), ("heaviside", "step"), ("sin", "sine"), ("exp", "exponential")):
        assert ALIASES[alias] == name
        assert derived(alias).subject.row is ACTIVATIONS[name]


def test_sympy_functions_and_callables() -> None:
    assert derived(sympy.tanh).in_output == 1 - a**2
    assert derived(lambda t: sympy.Max(0, t)).derivative == sympy.Piecewise((0, z < 0), (1, z > 0))
    assert derived(lambda t: t**2, variable="x").derivative == 2 * x


def test_the_variable() -> None:
    assert derived("x^2*z").derivative == x**2
    assert derived("x^2*z", variable="x").derivative == 2 * x * z
    assert derived(x**2 * z, variable=x).derivative == 2 * x * z
    assert derived("c*x").derivative == c
    assert derived("w_1^2", variable="w_1").derivative == 2 * sympy.Symbol("w_1")
    assert derived("f(c) = c^2*x").derivative == 2 * c * x
    assert derived("7").derivative == 0


def test_numbers_for_letters() -> None:
    found = derived("elu", parameters={"alpha": "0.3"})
    assert found.found.numbers == {symbol("alpha"): Fraction(3, 10)}
    for given in (2, "2", Fraction(2), sympy.Integer(2), numpy.int64(2), "4/2"):
        assert derived("c*z", parameters={"c": given}).found.numbers == {symbol("c"): Fraction(2)}
    assert derived("c*z", parameters={c: sympy.Rational(1, 3)}).found.numbers == {symbol("c"): Fraction(1, 3)}
    assert [str(s) for s in derived("rrelu", parameters={"alpha_1": "1/5"}).found.numbers] == ["alpha_1", "alpha_2"]
    assert set(derived("k*z + c").found.numbers.values()) == {Fraction(5, 4), Fraction(3, 4)}


def test_numbers_that_do_not_fulfil_an_assumption() -> None:
    """The assumption is left out, and what is derived holds for the numbers."""
    found = derived("leaky_relu", parameters={"alpha": 2}, check=True)
    assert found.witness.agrees
    assert found.subject.assumptions == (ACTIVATIONS["leaky_relu"].parameters[0].assumptions[0],)
    assert derived("hardshrink", parameters={"lambda": -1}, check=True).derivative == 1


# What comes back.


def test_a_derivation() -> None:
    found = derived("sigmoid")
    assert found.function == 1 / (1 + sympy.exp(-z))
    assert found.derivative == sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2
    assert found.in_output == a * (1 - a)
    assert (found.kinks, found.jumps, found.conditions, found.hypotheses) == ((), (), (), ())
    assert found.title == "The derivative of the logistic sigmoid"
    assert repr(found).splitlines()[-1].startswith(f"proved: {len(found.steps)} steps replayed")


def test_branches_become_a_piecewise_function() -> None:
    assert derived("elu").derivative == sympy.Piecewise((alpha * sympy.exp(z), z < 0), (1, z > 0))
    assert derived("elu").in_output == sympy.Piecewise((a + alpha, z < 0), (1, z > 0))
    assert derived("relu").derivative.subs(z, 0) is sympy.nan
    assert derived("celu").derivative == sympy.Piecewise((sympy.exp(z / alpha), z <= 0), (1, z > 0))
    assert derived("celu").derivative.subs(z, 0) == 1
    assert derived("softsign").in_output == (1 - sympy.Piecewise((a, a >= 0), (-a, True))) ** 2
    assert derived("hardswish").in_output is None
    assert derived("sine").in_output is None


def test_kinks_and_jumps_are_told_apart() -> None:
    kinds = {name: (len(of_row(name).kinks), len(of_row(name).jumps)) for name in SCALAR}
    one_kink = {"relu", "leaky_relu", "prelu", "rrelu", "elu", "selu"}
    two_kinks = {"relu6", "hardtanh", "hardsigmoid", "hardswish", "softshrink"}
    jumps = {"step": 1, "sign": 1, "threshold": 1, "hardshrink": 2}
    expected = dict.fromkeys(SCALAR, (0, 0))
    expected |= dict.fromkeys(one_kink, (1, 0)) | dict.fromkeys(two_kinks, (2, 0))
    assert kinds == expected | {name: (0, count) for name, count in jumps.items()}
    places = {name: tuple(m.at for m in of_row(name).jumps) for name in jumps}
    assert places == {name: ACTIVATIONS[name].jumps for name in jumps}


def test_that_it_is_no_function_of_a() -> None:
    found = derived("sine").not_in_output
    assert found is not None
    assert symnet.replay(found.derivation).claim == found.claim
    assert found.words == ("a′ is no function of a alone: at 0 and at π, a is the same, and a′ is 1 and −1.",)
    assert found.words[0] in derived("sine").notes
    for name in ("gaussian", "hardswish", "silu"):
        assert derived(name).not_in_output is not None
    assert derived("z*atan(z)").not_in_output is not None
    for name in ("sigmoid", "tanhshrink", "elu"):  # a formula, one to one, a formula on each branch
        assert derived(name).not_in_output is None


def test_what_torch_says_is_a_note() -> None:
    notes = symnet.derive("relu").notes
    assert "At 0, where there is no derivative, autograd says 0 by convention." in notes
    notes = symnet.derive("max(0, 2*z)").notes
    assert "kink at 0: slopes 0 and 2, autograd says 2." in notes
    assert any(note.startswith("torch 2") for note in notes)


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    found = derived("tanh")
    wrong = substitute(found.found.pieces[0].derivative, {symbol("z"): 2 * symbol("z")})
    monkeypatch.setattr(Derived, "derivative_term", property(lambda self: wrong))
    with pytest.raises(WitnessFailed):
        found.witnessed()


def test_the_formula_in_a_is_checked_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    found = derived("tanh")
    (piece,) = found.found.pieces
    wrong = replace(piece, in_output=replace(piece.in_output, formula=1 + symbol("a") ** 2))
    with pytest.raises(WitnessFailed, match="formula in a differ"):
        replace(found, found=replace(found.found, pieces=(wrong,))).witnessed()


def test_facts_come_with_their_status() -> None:
    found = derived("sigmoid")
    assert {p.status for p in found.properties} <= {"proved", "numerical", "contained in: proved; equal: numerical"}
    assert (str(found.range.lower), str(found.range.upper)) == ("number(0)", "number(1)")
    assert found.derivative_range.upper_closed
    assert not found.range.upper_closed


# Files and pictures.


@pytest.mark.parametrize("suffix", [".tex", ".md", ".json", ".svg", ".png", ".pdf"])
def test_saving(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"hardtanh{suffix}"
    derived("hardtanh").save(path)
    begins = {
        ".tex": b"\\documentclass",
        ".md": b"#",
        ".json": b"{",
        ".svg": b"<?xml",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF",
    }
    assert path.read_bytes().lstrip().startswith(begins[suffix])


def test_plotting(tmp_path: Path) -> None:
    for suffix in (".tikz", ".tex"):
        derived("elu").plot(tmp_path / f"elu{suffix}")
        assert "\\begin{tikzpicture}" in (tmp_path / f"elu{suffix}").read_text()
    with pytest.raises(UsageError, match="should end in"):
        derived("elu").plot(tmp_path / "elu.doc")
    with pytest.raises(UsageError, match="should end in"):
        derived("elu").save(tmp_path / "elu.doc")


def test_the_window_of_a_figure() -> None:
    assert derived("tanh").figure().window == (-5, 5)
    assert derived("max(0, z - 20)").figure().window == (-22, 22)
    figure = derived("hardshrink").figure((-1, 1))
    assert figure.window == (-1, 1)
    assert len(figure.kinks) == 2
    assert derived("celu").figure().kinks == ()
    with pytest.raises(UsageError, match="window"):
        derived("tanh").figure((1, 1))


# Mistakes.


@pytest.mark.parametrize(
    ("function", "keywords", "message"),
    [
        ("sigmod", {}, "there is no activation 'sigmod': did you mean sigmoid or logsigmoid or log_sigmoid?"),
        ("LeakyReLU", {}, "did you mean leaky_relu"),
        ("qqqqq", {}, "there is no activation 'qqqqq'"),
        ("g", {}, "g stands for any function"),
        ("", {}, "the expression is empty"),
        ("z +", {}, "at column"),
        ("f(z)", {}, "there is no function f"),
        ("z.__class__", {}, "'.' is no part of an expression"),
        ("__import__('os')", {}, "at column 1"),
        ("lambda z: z", {}, "is no part of an expression"),
        (r"\input{/etc/passwd}", {}, r"\input is not a command that is read here"),
        ("b + c", {}, "which of b, c is the variable? Say so, as in variable='b'"),
        ("c*z", {"variable": "q"}, "the function has no variable q; its letters are c, z"),
        ("c*z", {"variable": 3}, "variable takes a name, as in variable='z', not 3"),
        ("c*z", {"variable": "a b"}, "a name is a letter followed by"),
        ("sigmoid", {"variable": "x"}, "sigmoid is a function of z"),
        ("elu", {"parameters": {"beta": 1}}, "elu has no parameter beta: its letters are alpha"),
        ("tanh", {"parameters": {"beta": 1}}, "tanh has no parameter beta: it has none"),
        ("c*z", {"parameters": {"d": 1}}, "the function has no letter d"),
        ("elu", {"parameters": {"alpha": 0.3}}, "alpha is the float 0.3, which is not exactly what it shows"),
        ("elu", {"parameters": {"alpha": "1e999999999"}}, "write a decimal"),
        ("elu", {"parameters": {"alpha": "x"}}, "write a decimal"),
        ("elu", {"parameters": {"alpha": True}}, "alpha is a bool"),
        ("+".join(f"c_{i}*z" for i in range(9)), {}, "a function of more than 8 letters besides z is too much"),
        ("sigmoid", {"n": 3}, "has one entry: n is for vector functions"),
        ("softmax", {"n": 0}, "n is a letter or a whole number from 1 to 8, not 0"),
        ("softmax", {"n": 9}, "n is a letter or a whole number from 1 to 8, not 9"),
        ("softmax", {"variable": "x"}, "softmax is a function of z"),
        (0.5, {}, "derive takes a name, an expression, a callable or LaTeX, not 0.5"),
        (None, {}, "derive takes a name, an expression, a callable or LaTeX, not None"),
        (0.5 * z, {}, "is a Float, which never enters a proof: write sympy.Rational('0.5')"),
        (lambda z: 0.1 * z, {}, "is a Float"),
        (sympy.I * z, {}, "ImaginaryUnit"),
        (sympy.Function("f")(z), {}, "nothing is known of the function f: write it out"),
        (sympy.MatrixSymbol("A", 2, 2), {}, "derive takes a scalar function, not a matrix"),
        (sympy.Matrix([[z]]), {}, "not a SymPy expression"),
        (numpy.sin, {}, "called on a SymPy symbol"),
        (symbol("A", (2, 2)), {}, "derive takes a scalar function, not a matrix"),
        ("abs(sin(z))", {}, "the cases switch where 0 = sin(z), which is not linear in z"),
        ("log(-1 - z^2)", {}, "no number was found at which log(-1 - z^2) has a value"),
        ("softplus", {"parameters": {"beta": 0}}, "has a value for beta = 0"),
        ("hardtanh", {"parameters": {"m": 2}, "check": True}, "torch.nn.Hardtanh does not take these numbers"),
        ("rrelu", {"parameters": {"alpha_1": "1/2"}, "check": True}, "torch.nn.RReLU does not take these numbers"),
        ("max(z, 10^400)", {"check": True}, "a number that is too large for float64"),
    ],
)  # fmt: skip
def test_mistakes_get_one_line(function: Any, keywords: dict[str, Any], message: str) -> None:
    with pytest.raises((UsageError, ParseError)) as caught:
        symnet.derive(function, **{"check": False, **keywords})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


HOSTILE = {
    "many brackets": "(" * 4000 + "z" + ")" * 4000,
    "many characters": "z" + "+z" * 6000,
    "many terms": "+".join(f"exp({i}*z)" for i in range(400)),
    "a large exponent": "z^99999",
    "a tower of exponents": "9^9^9^9*z",
    "a large number": "1" + "0" * 5000 + "*z",
    "nested maxima": "max(" * 30 + "z" + ", 1)" * 30,
    "nested cases": "abs(" * 40 + "z" + " - 1)" * 40,
    "many cases": "+".join(f"abs(z - {i})" for i in range(60)),
    "nested functions": "tanh(" * 25 + "z" + ")" * 25,
    "a long product": "*".join(f"sin({i}*z)" for i in range(1, 60)),
    "products of functions inside one another": "sin(" * 60 + "z" + ")*z" * 60,
    "many quotients": "1/(1 + " * 60 + "z" + ")" * 60,
    "nested roots": "sqrt(1 + " * 16 + "z" + ")" * 16,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_ends_soon(text: str) -> None:
    """With a result or a complaint: within a second or a few on an idle machine."""
    start = time.process_time()
    with suppress(symnet.SymnetError):
        symnet.derive(text, check=False)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "name", ["many characters", "a large exponent", "nested maxima", "many cases", "many quotients"]
)
def test_what_is_too_much_is_said_in_one_line(name: str) -> None:
    with pytest.raises(symnet.SymnetError) as caught:
        symnet.derive(HOSTILE[name], check=False)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


# The house.


def test_deriving_needs_no_torch() -> None:
    code = (
        "import sys, symnet; d = symnet.derive('elu', check=False); d.plain(); d.to_json();"
        "sys.exit(3 if {'torch', 'matplotlib'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_symnet_stays_light() -> None:
    code = (
        "import sys, symnet; symnet.derive;"
        "sys.exit(3 if {'sympy', 'torch', 'numpy', 'mpmath', 'symnet.api.derived'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_formula_that_goes_on_where_cases_switch_is_one_arm() -> None:
    z = sympy.Symbol("z")
    found = symnet.derive("max(abs(z) - 1, 0)", check=False)
    assert found.derivative == sympy.Piecewise((-1, z < -1), (0, (z > -1) & (z < 1)), (1, z > 1))
    assert symnet.derive("sign(z)*abs(z)", check=False).derivative == 1


def test_what_autograd_says_where_it_is_not_the_slope_is_told() -> None:
    notes = symnet.derive("sign(z)*log(1 + abs(z))").notes
    assert notes[-1] == "derivative at 0: slopes 1 and 1, autograd says 0."
