"""What the LaTeX says, as other programs read it: printed formulas have the value of their terms.

latex2sympy2 knows nothing of symnet. It runs in a process of its own, with a time limit, on random scalar formulas in
single letters; its value at a rational point is compared with the term's, computed by plain arithmetic. Formulas with
functions are compared at a point in the complex plane, to twelve digits. What symnet's own reader reads is compared as
well, there also with erf, which latex2sympy2 does not know.
"""

import json
import random
import re
import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest

from symnet import render
from symnet.reader.latex import read_latex
from symnet.term import apply, cases, constant, fold, number, postorder, symbol

LETTERS = [symbol(letter) for letter in "xyzw"]
POINT = dict(zip("xyzw", (Fraction(3, 7), Fraction(-5, 2), Fraction(11, 3), Fraction(-1, 9)), strict=True))
PLANE = dict(zip("xyzw", ("0.31+0.11j", "-0.27+0.19j", "0.43-0.07j", "0.17+0.23j"), strict=True))
FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh")
COUNT, FEWER = 300, 120

READER = """
import json, sys
from sympy import Rational, Symbol
from latex2sympy2 import latex2sympy
point = {Symbol(k, real=True): Rational(v) for k, v in json.loads(sys.argv[1]).items()}
point |= {Symbol(k.name): v for k, v in point.items()}
for line in sys.stdin:
    print(latex2sympy(line.strip()).subs(point).doit())
"""
VALUES = """
import json, sys
from sympy import Abs, Symbol, sympify
from latex2sympy2 import latex2sympy
point = {k: complex(v) for k, v in json.loads(sys.argv[1]).items()}
for line in sys.stdin:
    found = latex2sympy(line.strip())
    found = found.subs({s: sympify(point[s.name]) for s in found.free_symbols})
    print(*found.evalf(20).as_real_imag())
"""


def random_term(rng: random.Random, depth: int, functions: tuple[str, ...] = ()):
    if depth == 0:
        numbers = [number(rng.randint(2, 9)), number(-rng.randint(1, 9)), number(Fraction(2, 3))]
        return rng.choice(
            [
                *LETTERS,
                *numbers,
                *([constant("pi"), number(Fraction("0.044715")), number(Fraction("-0.35"))] if functions else []),
            ]
        )
    left, right = random_term(rng, depth - 1, functions), random_term(rng, rng.randrange(depth), functions)
    if functions and rng.random() < 0.45:
        return apply(rng.choice(functions), left)
    return rng.choice(
        [left + right, left - right, left * right, right * left, left / right, left**2, -left, -left + right]
    )


def value(term):
    def combine(node, args):
        match node.op:
            case "number":
                return node.value
            case "symbol":
                return POINT[node.name.base]
            case "sum":
                return sum(args)
            case "multiply":
                return args[0] * args[1]
            case "power":
                return args[0] ** node.value
            case _:
                return args[0] / args[1]

    return fold(term, combine)


def complex_value(term):
    """The value in the complex plane, where no root or logarithm is undefined, and |u| is refused."""

    def combine(node, args):
        match node.op:
            case "number":
                return mpmath.mpf(node.value.numerator) / node.value.denominator
            case "symbol":
                return mpmath.mpmathify(complex(PLANE[node.name.base]))
            case "constant":
                return +mpmath.pi
            case "sum":
                return mpmath.fsum(args)
            case "multiply":
                return mpmath.fprod(args)
            case "power":
                return args[0] ** node.value
            case "divide":
                return args[0] / args[1]
            case "apply":
                return getattr(mpmath, node.name.base)(args[0])

    return fold(term, combine)


def formulas():
    rng, found = random.Random(11), {}
    while len(found) < COUNT:
        term = random_term(rng, rng.randint(1, 3))
        try:
            found[render.latex(term)] = value(term)
        except ZeroDivisionError:
            continue
    return found


def functional(functions, seed):
    """Formulas with functions, and their terms; nothing too large to be computed well, and nothing divided by 0."""
    rng, found = random.Random(seed), {}
    while len(found) < FEWER:
        term = random_term(rng, rng.randint(1, 4), functions)
        try:
            if all(abs(complex_value(node)) < 100 for node in postorder(term)):
                found[render.latex(term)] = term
        except (ZeroDivisionError, ValueError, OverflowError):
            continue
    return found


def read(reader, point, lines):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", reader, json.dumps(point)],
        input="\n".join(lines), capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    return done.stdout.splitlines()


second_reader = pytest.mark.skipif(sys.version_info >= (3, 13), reason="latex2sympy2 does not import on Python 3.13")


@second_reader
def test_printed_formulas_are_read_with_the_value_of_their_terms():
    expected = formulas()
    found = read(READER, {k: str(v) for k, v in POINT.items()}, map(plain_brackets, expected))
    assert len(found) == COUNT
    wrong = [(latex, str(v), r) for (latex, v), r in zip(expected.items(), found, strict=True) if Fraction(r) != v]
    assert not wrong, wrong[:3]


def plain_brackets(latex):
    r"""latex2sympy2 does not know \bigl( and its kin."""
    return re.sub(r"\\(?:big|Big|bigg|Bigg)[lr]", "", latex)


@second_reader
def test_printed_functions_are_read_with_the_value_of_their_terms():
    expected = functional(FUNCTIONS, 12)
    found = read(VALUES, PLANE, map(plain_brackets, expected))
    wrong = []
    for (latex, term), line in zip(expected.items(), found, strict=True):
        shown, meant = mpmath.mpc(*line.split()), complex_value(term)
        if abs(shown - meant) > 1e-12 * (1 + abs(meant)):
            wrong.append((latex, shown, meant))
    assert not wrong, wrong[:3]


def test_symnet_reads_what_it_prints():
    expected = functional((*FUNCTIONS, "erf"), 13)
    wrong = []
    for latex, term in expected.items():
        shown, meant = complex_value(read_latex(latex)), complex_value(term)
        if abs(shown - meant) > 1e-12 * (1 + abs(meant)):
            wrong.append((latex, shown, meant))
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("inside", [LETTERS[2], 1 - LETTERS[2], LETTERS[2] / 2, apply("tanh", LETTERS[2])])
def test_symnet_reads_the_absolute_values_that_it_prints(inside):
    size = cases((number(0), "<=", inside, inside), otherwise=-inside)
    for term in (size, 1 + size, size * size, LETTERS[0] / (1 + size), apply("exp", -size)):
        assert render.text(read_latex(render.latex(term))) == render.text(term)
