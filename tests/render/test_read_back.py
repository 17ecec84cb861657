"""What the LaTeX says, as another program reads it: printed formulas have the value of their terms.

latex2sympy2 knows nothing of symnet. It runs in a process of its own, with a time limit, on random scalar formulas in
single letters; its value at a rational point is compared with the term's, computed by plain arithmetic.
"""

import json
import random
import subprocess
import sys
from fractions import Fraction

import pytest

from symnet import render
from symnet.term import fold, number, symbol

LETTERS = [symbol(letter) for letter in "xyzw"]
POINT = dict(zip("xyzw", (Fraction(3, 7), Fraction(-5, 2), Fraction(11, 3), Fraction(-1, 9)), strict=True))
COUNT = 300

READER = """
import json, sys
from sympy import Rational, Symbol
from latex2sympy2 import latex2sympy
point = {Symbol(k, real=True): Rational(v) for k, v in json.loads(sys.argv[1]).items()}
point |= {Symbol(k.name): v for k, v in point.items()}
for line in sys.stdin:
    print(latex2sympy(line.strip()).subs(point).doit())
"""


def random_term(rng: random.Random, depth: int):
    if depth == 0:
        return rng.choice([*LETTERS, number(rng.randint(2, 9)), number(-rng.randint(1, 9)), number(Fraction(2, 3))])
    left, right = random_term(rng, depth - 1), random_term(rng, rng.randrange(depth))
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


def formulas():
    rng, found = random.Random(11), {}
    while len(found) < COUNT:
        term = random_term(rng, rng.randint(1, 3))
        try:
            found[render.latex(term)] = value(term)
        except ZeroDivisionError:
            continue
    return found


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="latex2sympy2 does not import on Python 3.13")
def test_printed_formulas_are_read_with_the_value_of_their_terms():
    expected = formulas()
    point = json.dumps({k: str(v) for k, v in POINT.items()})
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READER, point],
        input="\n".join(expected), capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    read = done.stdout.splitlines()
    assert len(read) == COUNT
    wrong = [(latex, str(v), r) for (latex, v), r in zip(expected.items(), read, strict=True) if Fraction(r) != v]
    assert not wrong, wrong[:3]
