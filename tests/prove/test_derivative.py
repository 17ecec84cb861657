"""Derivatives branch by branch: what is found for every row of the table and for functions in none, and under what."""

from __future__ import annotations

from fractions import Fraction

import pytest

import symnet
from symnet.activations import ACTIVATIONS, find
from symnet.errors import Rejected, Undecided, UsageError
from symnet.kernel import replay
from symnet.prove.derivative import OUTPUTS, Derivative, derive
from symnet.prove.settling import agree
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import Claim, Condition, Term, apply, cases, number, substitute, symbol, symbols

z = symbol("z")
SCALAR = [name for name, row in ACTIVATIONS.items() if not row.vector and not row.arbitrary]


def of_row(name: str) -> Derivative:
    row = find(name)
    assumptions = [c for p in row.parameters for c in p.assumptions]
    return derive(row.definition, z, row.numbers(), assumptions)


def of_text(text: str, variable: str = "z", **numbers: int | str) -> Derivative:
    given = {symbol(name): Fraction(value) for name, value in numbers.items()}
    return derive(read_text(text), symbol(variable), given)


# What is found, as text: a line a branch, and a line a place where branches meet.


def conditions(line: Claim) -> str:
    assert not line.hypotheses
    signs = {">": ">", ">=": "≥", "!=": "≠"}
    return " and ".join(sorted(f"{write_text(c.term)} {signs[c.relation]} 0" for c in line.conditions))


def told(found: Derivative) -> list[str]:
    lines = []
    for piece in found.pieces:
        goal = found.replayed.lines[piece.line]
        assert goal.equations[0].rhs == piece.derivative
        text = f"{conditions(goal)}: {write_text(piece.derivative)}"
        if piece.output_line is not None:
            shown = found.replayed.lines[piece.output_line]
            assert shown.equations[0].rhs == piece.in_output.formula
            assert shown.equations[0].lhs == goal.equations[0].lhs
            assert conditions(shown) == conditions(goal)
            text += f" = {write_text(shown.equations[0].rhs)}"
        lines.append(text.removeprefix(": "))
    for m in found.meetings:
        shown = [None if t is None else write_text(t) for t in (m.value, m.left, m.right, m.left_slope, m.right_slope)]
        value, left, right, *slopes = shown
        kind = "jump" if m.is_jump else "kink" if m.is_kink else "smooth"
        tends = f"{value} from {left}, {right}" if m.is_jump else f"{value}"
        steep = ", ".join(map(str, slopes)) if m.slope is None else write_text(m.slope)
        under = {conditions(found.replayed.lines[line]) for line in m.lines} - {""}
        lines.append(
            f"{kind} at {write_text(m.at)}: {tends}; {steep}{' if ' if under else ''}{'; '.join(sorted(under))}"
        )
    if len(found.pieces) > 1 and found.in_output is not None:
        lines.append(f"in a: {write_text(found.in_output)}")
    return lines


TABLE = {
    "identity": ["1"],
    "affine": ["alpha"],
    "step": ["-z > 0: 0", "z > 0: 0", "jump at 0: 1 from 0, 1; None, 0", "in a: 0"],
    "sign": ["-z > 0: 0", "z > 0: 0", "jump at 0: 0 from -1, 1; None, None", "in a: 0"],
    "relu": ["-z > 0: 0", "z > 0: 1", "kink at 0: 0; 0, 1"],
    "relu6": [
        "-z > 0: 0",
        "6 - z > 0 and z > 0: 1",
        "z - 6 > 0: 0",
        "kink at 0: 0; 0, 1",
        "kink at 6: 6; 1, 0",
    ],
    "leaky_relu": ["-z > 0: alpha", "z > 0: 1", "kink at 0: 0; alpha, 1"],
    "prelu": ["-z > 0: alpha", "z > 0: 1", "kink at 0: 0; alpha, 1"],
    "rrelu": [
        "-z > 0: (alpha_1 + alpha_2)/2",
        "z > 0: 1",
        "kink at 0: 0; (alpha_1 + alpha_2)/2, 1",
    ],
    "elu": ["-z > 0: alpha*exp(z) = a + alpha", "z > 0: 1", "kink at 0: 0; alpha, 1"],
    "celu": [
        "-z > 0 and alpha ≠ 0: exp(z/alpha) = (a + alpha)/alpha",
        "alpha ≠ 0 and z > 0: 1",
        "smooth at 0: 0; 1 if alpha ≠ 0",
    ],
    "selu": [
        "-z > 0: lambda*alpha*exp(z) = lambda*alpha + a",
        "z > 0: lambda",
        "kink at 0: 0; lambda*alpha, lambda",
    ],
    "threshold": ["theta - z > 0: 0", "z - theta > 0: 1", "jump at theta: c from c, theta; 0, None"],
    "hardtanh": [
        "M - m > 0 and m - z > 0: 0",
        "M - z > 0 and z - m > 0: 1",
        "M - m > 0 and z - M > 0: 0",
        "kink at m: m; 0, 1 if M - m > 0",
        "kink at M: M; 1, 0 if M - m > 0",
    ],
    "hardsigmoid": [
        "-3 - z > 0: 0",
        "3 - z > 0 and z - (-3) > 0: 1/6",
        "z - 3 > 0: 0",
        "kink at -3: 0; 0, 1/6",
        "kink at 3: 1; 1/6, 0",
    ],
    "hardswish": [
        "-3 - z > 0: 0",
        "3 - z > 0 and z - (-3) > 0: (2*z + 3)/6",
        "z - 3 > 0: 1",
        "kink at -3: 0; 0, -1/2",
        "kink at 3: 3; 3/2, 1",
    ],
    "hardshrink": [
        "-lambda - z > 0 and lambda > 0: 1",
        "lambda - z > 0 and z - (-lambda) > 0: 0",
        "lambda > 0 and z - lambda > 0: 1",
        "jump at -lambda: 0 from -lambda, 0; None, 0 if lambda > 0",
        "jump at lambda: 0 from 0, lambda; 0, None if lambda > 0",
    ],
    "softshrink": [
        "-lambda - z > 0 and lambda > 0: 1",
        "lambda - z > 0 and z - (-lambda) > 0: 0",
        "lambda > 0 and z - lambda > 0: 1",
        "kink at -lambda: 0; 1, 0 if lambda > 0; lambda ≥ 0",
        "kink at lambda: 0; 0, 1 if lambda > 0",
    ],
    "softsign": [
        "-z > 0: 1/(1 - z)^2 = (1 + a)^2",
        "z > 0: 1/(1 + z)^2 = (1 - a)^2",
        "smooth at 0: 0; 1",
        "in a: (1 - piecewise(0 <= a, a, -a))^2",
    ],
    "sigmoid": ["exp(-z)/(1 + exp(-z))^2 = a*(1 - a)"],
    "logsigmoid": ["1/(1 + exp(z)) = 1 - exp(a)"],
    "tanh": ["4/(exp(z) + exp(-z))^2 = 1 - a^2"],
    "tanhshrink": ["tanh(z)^2 = (z - a)^2"],
    "softplus": ["beta ≠ 0: 1/(1 + exp(-beta*z)) = 1 - exp(-beta*a)"],
    "squareplus": ["b > 0: 1/2*(1 + z/sqrt(z^2 + b)) = 4*a^2/(4*a^2 + b)"],
    "silu": ["(1 + exp(-z)*(z + 1))/(1 + exp(-z))^2 = a + (1 - a)/(1 + exp(-z))"],
    "mish": ["tanh(log(1 + exp(z))) + 4*z*exp(z)*(1 + exp(z))/(2 + 2*exp(z) + exp(2*z))^2"],
    "gelu": ["1/2*(1 + erf(z/sqrt(2))) + z*exp(-(z^2/2))/sqrt(2*pi)"],
    "gaussian": ["-2*z*exp(-z^2) = -2*z*a"],
    "sine": ["cos(z)"],
    "arctan": ["1/(1 + z^2) = cos(a)^2"],
    "exponential": ["exp(z) = a"],
    "bent_identity": ["1 + z/(2*sqrt(z^2 + 1)) = 3/(4 - ((2*a + 1)/sqrt(a^2 + a + 1)))"],
    "isru": [
        "alpha > 0: 1/((1 + alpha*z^2)*sqrt(1 + alpha*z^2)) = (1 - alpha*a^2)*sqrt(1 - alpha*a^2)",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in SCALAR if name != "gelu_tanh"])
def test_every_row(name: str) -> None:
    assert told(of_row(name)) == TABLE[name]


def test_gelu_with_tanh() -> None:
    inner = "sqrt(2/pi)*(z + 0.044715*z^3)"
    (piece,) = of_row("gelu_tanh").pieces
    expected = f"(1 + tanh({inner}))/2 + z/2*(1 - tanh({inner})^2)*sqrt(2/pi)*(1 + 3*0.044715*z^2)"
    assert agree(piece.derivative, read_text(expected))
    assert piece.derivative.size < 60


# Functions that are in no table.

OTHERS = {
    "z*atan(z)": ["atan(z) + z/(1 + z^2)"],
    "log(1+z^2)": ["2*z/(1 + z^2) = 2*z*exp(-a)"],
    "exp(-z^2)*tanh(z)": ["exp(-z^2)*(1 - 2*z*tanh(z) - tanh(z)^2) = exp(-z^2) - a*(2*z + tanh(z))"],
    "z/(1+exp(-1.702*z))": [
        "(1 + exp(-851/500*z)*(851/500*z + 1))/(1 + exp(-851/500*z))^2 = "
        "851/500*a + (1 - 851/500*a)/(1 + exp(-851/500*z))"
    ],
    # by comparing
    "max(0, z)": TABLE["relu"],
    "relu(sigmoid(z))": TABLE["sigmoid"],
    "min(max(z, 0), 1)": [
        "-z > 0: 0",
        "1 - z > 0 and z > 0: 1",
        "z - 1 > 0: 0",
        "kink at 0: 0; 0, 1",
        "kink at 1: 1; 1, 0",
    ],
    "max(0, 1 - abs(z))": [
        "-1 - z > 0: 0",
        "-z > 0 and z - (-1) > 0: 1",
        "1 - z > 0 and z > 0: -1",
        "z - 1 > 0: 0",
        "kink at -1: 0; 0, 1",
        "kink at 0: 1; 1, -1",
        "kink at 1: 0; -1, 0",
    ],
    "max(z, min(1, 2*z))": [
        "-z > 0: 1",
        "1/2 - z > 0 and z > 0: 2",
        "1 - z > 0 and z - (1/2) > 0: 0",
        "z - 1 > 0: 1",
        "kink at 0: 0; 1, 2",
        "kink at 1/2: 1; 2, 0",
        "kink at 1: 1; 0, 1",
    ],
    "abs(abs(z) - 1)": [
        "-1 - z > 0: -1",
        "-z > 0 and z - (-1) > 0: 1",
        "1 - z > 0 and z > 0: -1",
        "z - 1 > 0: 1",
        "kink at -1: 0; -1, 1",
        "kink at 0: 1; 1, -1",
        "kink at 1: 0; -1, 1",
    ],
    "max(0, z - pi)": ["pi - z > 0: 0", "z - pi > 0: 1", "kink at pi: 0; 0, 1"],
    "max(sqrt(2)*z, 1)": [
        "1/sqrt(2) - z > 0: 0",
        "z - (1/sqrt(2)) > 0: sqrt(2)",
        "kink at 1/sqrt(2): 1; 0, sqrt(2)",
    ],
    # joined without a kink
    "piecewise(0 < z, z, exp(z) - 1)": ["-z > 0: exp(z) = 1 + a", "z > 0: 1", "smooth at 0: 0; 1"],
    "z*abs(z)": [
        "-z > 0: -2*z = 2*sqrt(-a)",
        "z > 0: 2*z = 2*sqrt(a)",
        "smooth at 0: 0; 0",
        "in a: 2*sqrt(piecewise(0 <= a, a, -a))",
    ],
    "max(0, z)^2": ["-z > 0: 0", "z > 0: 2*z = 2*sqrt(a)", "smooth at 0: 0; 0"],
    "sign(z)*abs(z)": ["-z > 0: 1", "z > 0: 1", "smooth at 0: 0; 1", "in a: 1"],
    "1/(1 + abs(z))": [
        "-z > 0: 1/(1 - z)^2 = a^2",
        "z > 0: -(1/(1 + z)^2) = -a^2",
        "kink at 0: 1; 1, -1",
    ],
    # one formula on either side that would be wrong on the other
    "exp(-abs(z))": ["-z > 0: exp(z) = a", "z > 0: -exp(-z) = -a", "kink at 0: 1; 1, -1"],
    "sqrt(abs(z))": [
        "-z > 0: -(1/(2*sqrt(-z))) = -(1/(2*a))",
        "z > 0: 1/(2*sqrt(z)) = 1/(2*a)",
        "kink at 0: 0; None, None",
    ],
    # not defined where the branches meet, or on a whole branch
    "log(abs(z))": ["-z > 0: 1/z = -exp(-a)", "z > 0: 1/z = exp(-a)"],
    "1/abs(3*z - pi)": [
        "pi/3 - z > 0: 3/(pi - 3*z)^2 = 3*a^2",
        "z - (pi/3) > 0: -(3/(3*z - pi)^2) = -3*a^2",
    ],
    "1/(1 - max(z, 1)/z)": ["1 - z > 0 and z ≠ 0: -(1/(1 - z)^2) = -(1 - a)^2"],
    "abs(z)/z": ["-z > 0: 0", "z > 0: 0", "in a: 0"],
    "log(max(z, -1))": ["z > 0: 1/z = exp(-a)"],
    "log(max(z, 1))": ["1 - z > 0: 0", "z - 1 > 0: 1/z = exp(-a)", "kink at 1: 0; 0, 1"],
    "max(z, 0)*sqrt(z + 1)": [
        "-z > 0 and z + 1 > 0: 0",
        "z > 0: (3*z + 2)/(2*sqrt(z + 1))",
        "kink at 0: 0; 0, 1",
    ],
    # where it is defined
    "sqrt(z)": ["z > 0: 1/(2*sqrt(z)) = 1/(2*a)"],
    "log(z)": ["z > 0: 1/z = exp(-a)"],
    "1/z": ["z ≠ 0: -(1/z^2) = -a^2"],
    "z^z": ["z > 0: exp(z*log(z))*(log(z) + 1) = a*(log(z) + 1)"],
    "log(z - 10^9)": ["z - 10^9 > 0: 1/(z - 1000000000) = exp(-a)"],
    "tan(z)": ["cos(z) ≠ 0: 1/cos(z)^2 = 1 + a^2"],
    "(z+1)/(z^2-1)": ["z + 1 ≠ 0 and z - 1 ≠ 0: -(1/(1 - z)^2) = -a^2"],
    "1/(c^2*z)": ["c ≠ 0 and z ≠ 0: -(1/(c^2*z^2)) = -c^2*a^2"],
    "sqrt(z^2 + b)": ["z^2 + b > 0: z/sqrt(z^2 + b) = z/a"],
    "7": ["0"],
}  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_others(text: str) -> None:
    assert told(of_text(text)) == OTHERS[text]


@pytest.mark.parametrize(
    ("text", "variable", "slope", "in_output"),
    [
        ("3/(1+exp(-2*(x-1)))", "x", "6*exp(-2*(x-1))/(1+exp(-2*(x-1)))^2", "2*a*(3 - a)/3"),
        ("k/(1+exp(-c*z))", "z", "k*c*exp(-c*z)/(1+exp(-c*z))^2", "c*a*(k - a)/k"),
        ("k/(1+exp(-c*t))", "t", "k*c*exp(-c*t)/(1+exp(-c*t))^2", "c*a*(k - a)/k"),
    ],
)
def test_a_sigmoid_renamed_and_scaled(text: str, variable: str, slope: str, in_output: str) -> None:
    found = of_text(text, variable)
    (piece,) = found.pieces
    assert agree(piece.derivative, read_text(slope))
    assert write_text(piece.in_output.formula) == in_output


def test_a_sigmoid_renamed_rests_on_nothing_but_its_letters() -> None:
    found = of_text("k/(1+exp(-c*z))")
    assert conditions(found.replayed.lines[found.pieces[0].line]) == ""
    assert conditions(found.replayed.lines[found.pieces[0].output_line]) == "k ≠ 0"


# Letters.


@pytest.mark.parametrize(
    ("text", "variable", "output", "slope", "in_output"),
    [
        ("tanh(a)", "a", "y", "1 - tanh(a)^2", "1 - y^2"),
        ("tanh(u)", "u", "a", "1 - tanh(u)^2", "1 - a^2"),
        ("a*tanh(y)", "y", "h", "a*(1 - tanh(y)^2)", "(a^2 - h^2)/a"),
        ("u*exp(v*z)", "z", "a", "u*v*exp(v*z)", "v*a"),
        ("(u + exp(z))/(v + exp(z))", "z", "a", "exp(z)*(v - u)/(v + exp(z))^2", "(1 - a)*(u - v*a)/(u - v)"),
        ("a*u*v*w*s*t*p*q*z", "z", "y", "a*u*v*w*s*t*p*q", "a*u*v*w*s*t*p*q"),
    ],
)
def test_letters_that_the_derivation_uses_itself(
    text: str, variable: str, output: str, slope: str, in_output: str
) -> None:
    found = of_text(text, variable)
    assert str(found.output) == output
    assert agree(found.pieces[0].derivative, read_text(slope))
    assert agree(found.pieces[0].in_output.formula, read_text(in_output))
    own = {d.symbol for d in found.replayed.definitions}
    assert not own & set(symbols(read_text(text)))


def test_there_is_always_a_letter_for_the_output() -> None:
    letters = [x for x in OUTPUTS if x != "s"][:9]
    found = derive(read_text(f"{'*'.join(letters)}*z"), z, {})
    assert str(found.output) not in letters


def renamed(term: Term | None, names: dict[Term, Term]) -> Term | None:
    return None if term is None else substitute(term, names)


@pytest.mark.parametrize("name", SCALAR)
def test_nothing_is_pasted_from_the_table(name: str) -> None:
    """A copy with other letters gives the same result, but for the letters."""
    row = find(name)
    letters = [z, *(s for s in symbols(row.definition) if s != z)]
    names = dict(zip(letters, map(symbol, ("x", "k", "l", "n")), strict=False))
    copy = derive(
        substitute(row.definition, names),
        names[z],
        {names[s]: value for s, value in row.numbers().items()},
        [Condition(substitute(c.term, names), c.relation) for p in row.parameters for c in p.assumptions],
    )
    found = of_row(name)
    assert [renamed(p.derivative, names) for p in found.pieces] == [p.derivative for p in copy.pieces]
    for one, other in zip(found.pieces, copy.pieces, strict=True):
        expected, seen = renamed(one.in_output.formula, names), other.in_output.formula
        assert expected == seen or (expected is not None and seen is not None and agree(expected, seen))
    slopes = [(renamed(m.left_slope, names), renamed(m.right_slope, names)) for m in found.meetings]
    assert slopes == [(m.left_slope, m.right_slope) for m in copy.meetings]


# Proved where SymPy gives up.


def test_mish_in_the_form_of_the_textbooks() -> None:
    omega = "4*(z + 1) + 4*exp(2*z) + exp(3*z) + exp(z)*(4*z + 6)"
    assert agree(of_row("mish").pieces[0].derivative, read_text(f"exp(z)*({omega})/(2*exp(z) + exp(2*z) + 2)^2"))


def test_the_sigmoid_that_does_not_overflow() -> None:
    found = of_text("piecewise(0 <= z, 1/(1 + exp(-z)), exp(z)/(1 + exp(z)))")
    (meeting,) = found.meetings
    assert meeting.slope == number(Fraction(1, 4))
    assert not meeting.is_kink
    assert found.in_output == read_text("a*(1 - a)")
    for piece in found.pieces:
        assert agree(piece.derivative, read_text("exp(-z)/(1 + exp(-z))^2"))


@pytest.mark.parametrize("text", ["max(0, z)", "max(z, 0)", "(z + abs(z))/2", "piecewise(z < 0, 0, z)"])
def test_relu_however_it_is_written(text: str) -> None:
    assert told(of_text(text)) == TABLE["relu"]


# Letters in guards: their sign is supposed, as their numbers have it, unless it is assumed.


def test_a_slope_whose_sign_decides() -> None:
    up = ["-z > 0 and k > 0: 0", "k > 0 and z > 0: k", "kink at 0: 0; 0, k if k > 0"]
    down = ["-k > 0 and -z > 0: k", "-k > 0 and z > 0: 0", "kink at 0: 0; k, 0 if -k > 0"]
    assert told(of_text("max(0, k*z)", k=2)) == up
    assert told(of_text("max(0, k*z)", k=-2)) == down


def test_a_place_with_letters() -> None:
    found = told(of_text("abs(k*z - b)", k=2, b=1))
    assert found == [
        "b/k - z > 0 and k > 0: -k",
        "k > 0 and z - (b/k) > 0: k",
        "kink at b/k: 0; -k, k if k > 0",
    ]


def test_places_in_the_order_of_their_numbers() -> None:
    text = "max(m, min(M, z))"
    assert told(of_text(text, m=-1, M=1))[:3] == [
        "M - m ≥ 0 and m - z > 0: 0",
        "M - z > 0 and z - m > 0: 1",
        "M - m > 0 and z - M > 0: 0",
    ]
    flat = told(of_text(text, m=1, M=-1))
    assert flat == [
        "M - z > 0 and m - M ≥ 0: 0",
        "m - M > 0 and z - M > 0: 0",
        "smooth at M: m; 0 if m - M > 0",
        "in a: 0",
    ]


def test_assumptions_that_are_not_needed_are_not_used() -> None:
    """λ > 0 is assumed for SELU, α < 1 for the leaky ReLU, and neither is in what is shown."""
    for name in ("selu", "leaky_relu", "elu", "threshold"):
        found = of_row(name)
        letters = {p.symbol for p in find(name).parameters}
        for line in found.replayed.goals:
            about = [c for c in found.replayed.lines[line].conditions if z not in symbols(c.term)]
            assert not [c for c in about if set(symbols(c.term)) & letters]


# The derivation.


@pytest.mark.parametrize("name", ["sigmoid", "softsign", "hardshrink", "mish"])
def test_no_line_is_idle(name: str) -> None:
    replayed = of_row(name).replayed
    used = {i for step in replayed.steps for i in step.premises} | set(replayed.goals)
    assert used == set(range(len(replayed.steps)))
    mentioned = {s for step in replayed.steps for t in step.terms for s in symbols(t)}
    mentioned |= {s for d in replayed.definitions for s in symbols(d.body)}
    assert {d.symbol for d in replayed.definitions} <= mentioned


@pytest.mark.parametrize("name", ["gelu", "celu", "hardtanh"])
def test_the_kernel_alone_says_the_same(name: str) -> None:
    found = of_row(name)
    data = symnet.Replay(found.replayed).derivation
    assert replay(data).claim == found.replayed.claim


def test_the_quotient_rule_with_u_and_v() -> None:
    """tanh is a quotient of two sums: u and v are named, derived, put in, and put back."""
    found = of_row("tanh")
    bodies = {str(d.symbol): write_text(d.body) for d in found.replayed.definitions}
    assert bodies["u"] == "exp(z) - exp(-z)"
    assert bodies["v"] == "exp(z) + exp(-z)"
    rules = [step.rule for step in found.replayed.steps]
    assert rules.index("fold") < rules.index("differentiate", rules.index("fold")) < rules.index("substitute")


# What cannot be derived.


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("abs(z^2 - 1)", UsageError, "the cases switch where 0 = z^2 - 1, which is not linear in z: write cases that"),
        ("abs(sin(z))", UsageError, "the cases switch where 0 = sin(z), which is not linear in z"),
        ("log(-1 - z^2)", UsageError, "no number was found at which log(-1 - z^2) has a value"),
        ("log(-1)", UsageError, "no number was found at which log(-1) has a value"),
        ("max(z, z)", Rejected, "the cases compare z with z there, which are the same"),
        ("sqrt(max(0, z))", Rejected, "where z < 0: it needs 0 > 0"),
        ("+".join(f"abs(z - {i})" for i in range(15)), Undecided, "the cases switch at 15 places; at most 11"),
        ("+".join(f"exp({i}*z)" for i in range(99)), UsageError, "parts; at most 300 are derived step by step"),
        ("*".join(f"log(z + {i})" for i in range(20)), UsageError, "20 quotients, logarithms and roots; at most 16"),
    ],
)
def test_complaints(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        of_text(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_function_of_which_nothing_is_known() -> None:
    with pytest.raises(UsageError, match="nothing is known of the function f: write it out"):
        derive(apply("f", z), z, {})


def test_numbers_for_which_there_is_no_value() -> None:
    with pytest.raises(UsageError, match="has a value for beta = 0"):
        derive(find("softplus").definition, z, {symbol("beta"): Fraction(0)})


def test_deep_terms_end_at_once() -> None:
    deep, doubled = z, z
    for _ in range(1000):
        deep = apply("tanh", deep)
        doubled = cases((number(0), "<=", doubled, doubled), otherwise=-doubled)
    for term in (deep, doubled):
        with pytest.raises(UsageError, match="parts; at most 300"):
            derive(term, z, {})


def test_a_tower_of_functions() -> None:
    """No shorter form is found within the limits, and the chain rule still ends."""
    text = "z"
    for _ in range(30):
        text = f"tanh({text})"
    (piece,) = of_text(text).pieces
    assert piece.derivative.size > 300
    assert piece.in_output.formula is None
