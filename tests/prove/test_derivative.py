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
        lines.append(f"{kind} at {write_text(m.at)}: {tends}; {steep}{' if ' if under else ''}{'; '.join(sorted(under))}")
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
        "kink at -lambda: 0; 1, 0 if lambda > 0",
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
    "bent_identity": ["1 + z/(2*sqrt(z^2 + 1))"],
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
    assert piece.derivative.size <= read_text(expected).size


# Functions that are in no table.

OTHERS = {
    "z*atan(z)": ["atan(z) + z/(1 + z^2)"],
    "log(1+z^2)": ["2*z/(1 + z^2) = 2*z*exp(-a)"],
    "exp(-z^2)*tanh(z)": ["exp(-z^2)*(1 - 2*z*tanh(z) - tanh(z)^2) = exp(-z^2) - a*(2*z + tanh(z))"],
    "k/(1+exp(-c*z))": None,
    # by comparing
    "max(0, z)": TABLE["relu"],
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
        "1 - z > 0 and z - 1/2 > 0: 0",
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
        "z - 1/sqrt(2) > 0: sqrt(2)",
        "kink at 1/sqrt(2): 1; 0, sqrt(2)",
    ],
    # joined without a kink
    "piecewise(0 < z, z, exp(z) - 1)": ["-z > 0: exp(z) = 1 + a", "z > 0: 1", "smooth at 0: 0; 1"],
    "z*abs(z)": ["-z > 0: -2*z", "z > 0: 2*z", "smooth at 0: 0; 0"],
    "max(0, z)^2": ["-z > 0: 0", "z > 0: 2*z", "smooth at 0: 0; 0"],
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
    "abs(z)/z": ["-z > 0: 0", "z > 0: 0", "in a: 0"],
    "log(max(z, -1))": ["piecewise(-1 <= z, z, -1) > 0 and z > 0: 1/z = exp(-a)"],
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
    "sin(z)*sqrt(z)*log(z)": None,
    "tan(z)": ["cos(z) ≠ 0: 1/cos(z)^2 = 1 + a^2"],
    "(z+1)/(z^2-1)": ["z + 1 ≠ 0 and z - 1 ≠ 0: -(1/(1 - z)^2) = -a^2"],
    "1/(c^2*z)": ["c ≠ 0 and z ≠ 0: -(1/(c^2*z^2)) = -c^2*a^2"],
    "sqrt(z^2 + b)": ["z^2 + b > 0: z/sqrt(z^2 + b) = z*a/(z^2 + b)"],
    "7": ["0"],
}  # fmt: skip


@pytest.mark.parametrize("text", [text for text, expected in OTHERS.items() if expected])
def test_others(text: str) -> None:
    assert told(of_text(text)) == OTHERS[text]
