"""Random formulas: a tree, how it is typed, how it is set in LaTeX, and its value, none of it by way of symnet."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import mpmath

Tree = tuple[Any, ...]

ONE_ARGUMENT = {
    "exp": (mpmath.exp, r"\exp"),
    "log": (mpmath.log, r"\ln"),
    "sin": (mpmath.sin, r"\sin"),
    "cos": (mpmath.cos, r"\cos"),
    "tanh": (mpmath.tanh, r"\tanh"),
    "arctan": (mpmath.atan, r"\arctan"),
    "sinh": (mpmath.sinh, r"\sinh"),
    "cosh": (mpmath.cosh, r"\cosh"),
    "erf": (mpmath.erf, r"\operatorname{erf}"),
    "sigmoid": (lambda u: 1 / (1 + mpmath.exp(-u)), r"\sigma"),
    "softplus": (lambda u: mpmath.log(1 + mpmath.exp(u)), r"\operatorname{Softplus}"),
    "relu": (lambda u: max(u, mpmath.mpf(0)), r"\mathrm{ReLU}"),
}
TWO_ARGUMENTS = {"max": max, "min": min}
NUMBERS = ("2", "3", "0.5", "1.702", "10", "0.044715", ".25")
LETTERS = {"z": "z", "alpha": r"\alpha", "x_1": "x_1"}


def random_tree(rng: Random, depth: int) -> Tree:
    if depth == 0 or rng.random() < 0.1:
        return ("letter", "z") if rng.random() < 0.6 else rng.choice([("number", rng.choice(NUMBERS)), _letter(rng)])
    kind = rng.choice(
        ["add", "sub", "mul", "div", "neg", "power", "sqrt", "abs", "max", "cases", "function", "function"]
    )
    parts = [random_tree(rng, depth - 1) for _ in range(4)]
    match kind:
        case "add" | "sub" | "mul" | "div":
            return (kind, *parts[:2])
        case "neg" | "sqrt" | "abs":
            return (kind, parts[0])
        case "power":
            return (kind, parts[0], rng.choice([2, 3, -1, -2]))
        case "max":
            return (rng.choice(list(TWO_ARGUMENTS)), *parts[:2])
        case "cases":
            return (kind, parts[0], rng.choice(["<", "<=", ">", ">="]), *parts[1:])
        case _:
            return ("function", rng.choice(list(ONE_ARGUMENT)), parts[0])


def _letter(rng: Random) -> Tree:
    return ("letter", rng.choice(list(LETTERS)))


# The value, at 50 digits; None where there is none.


def value(tree: Tree, point: dict[str, Fraction]) -> Any:
    try:
        return _value(tree, point)
    except (ArithmeticError, ValueError):
        return None


def _value(tree: Tree, point: dict[str, Fraction]) -> Any:
    kind, *parts = tree
    if kind == "number":
        return mpmath.mpf(Fraction(parts[0]).numerator) / Fraction(parts[0]).denominator
    if kind == "letter":
        return mpmath.mpf(point[parts[0]].numerator) / point[parts[0]].denominator
    if kind == "cases":
        left, relation, right, then, otherwise = parts
        a, b = _value(left, point), _value(right, point)
        holds = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[relation]
        return _value(then if holds else otherwise, point)
    if kind == "function":
        u = _small(_value(parts[1], point))
        if parts[0] == "log" and u <= 0:
            raise ValueError("log of what is not positive")
        return ONE_ARGUMENT[parts[0]][0](u)
    args = [_small(_value(p, point)) for p in parts if isinstance(p, tuple)]
    if kind == "sqrt" and args[0] < 0:
        raise ValueError("root of a negative number")
    return {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "neg": lambda a: -a,
        "power": lambda a: a ** parts[-1],
        "sqrt": mpmath.sqrt,
        "abs": abs,
        **TWO_ARGUMENTS,
    }[kind](*args)


def _small(u: Any) -> Any:
    if abs(u) > 1000:
        raise OverflowError
    return u


# How it is written: (text, how strongly it binds), 1 a sum, 2 a product, 3 a power, 4 an atom.


def typed(tree: Tree, rng: Random) -> str:
    return _typed(tree, rng)[0]


def _typed(tree: Tree, rng: Random) -> tuple[str, int]:
    kind, *parts = tree
    inner = [_typed(p, rng) for p in parts if isinstance(p, tuple)]
    space = rng.choice(["", " "])
    match kind:
        case "number" | "letter":
            return parts[0], 4
        case "add" | "sub":
            sign = "+" if kind == "add" else "-"
            return f"{_in(inner[0], 1)}{space}{sign}{space}{_in(inner[1], 2)}", 1
        case "mul":
            left, right = _in(inner[0], 2), _in(inner[1], 3)
            joined = left + right if right.startswith("(") and left.endswith(")") and inner[0][1] > 2 else None
            return joined or f"{left}{space}*{space}{right}", 2
        case "div":
            return f"{_in(inner[0], 2)}/{_in(inner[1], 3)}", 2
        case "neg":
            return f"-{_in(inner[0], 2)}", 1
        case "power":
            hat = rng.choice(["^", "**"])
            exponent = str(parts[-1]) if parts[-1] > 0 or rng.random() < 0.5 else f"({parts[-1]})"
            return f"{_in(inner[0], 4)}{hat}{exponent}", 3
        case "abs":
            return (f"abs({inner[0][0]})" if rng.random() < 0.5 else f"(|{inner[0][0]}|)"), 4
        case "cases":
            a, b, then, otherwise = (text for text, _ in inner)
            return f"piecewise({a} {parts[1]} {b}, {then}, {otherwise})", 4
        case "function":
            return f"{parts[0]}({inner[0][0]})", 4
        case _:
            return f"{kind}({', '.join(text for text, _ in inner)})", 4


def set_in_latex(tree: Tree, rng: Random) -> str:
    return _set(tree, rng)[0]


def _set(tree: Tree, rng: Random) -> tuple[str, int]:
    kind, *parts = tree
    inner = [_set(p, rng) for p in parts if isinstance(p, tuple)]
    left, right = rng.choice([("(", ")"), (r"\left(", r"\right)"), (r"\bigl[", r"\bigr]")])
    match kind:
        case "number":
            return parts[0], 4
        case "letter":
            return LETTERS[parts[0]], 4
        case "add" | "sub":
            return f"{_in(inner[0], 1)} {'+' if kind == 'add' else '-'} {_in(inner[1], 2)}", 1
        case "mul":
            return rf"{_in(inner[0], 2)} {rng.choice([chr(92) + 'cdot', chr(92) + 'times'])} {_in(inner[1], 3)}", 2
        case "div":
            return rf"\frac{{{inner[0][0]}}}{{{inner[1][0]}}}", 4
        case "neg":
            return f"-{_in(inner[0], 2)}", 1
        case "power":
            return f"{_in(inner[0], 4)}^{{{parts[-1]}}}", 3
        case "sqrt":
            return rf"\sqrt{{{inner[0][0]}}}", 4
        case "abs":
            return rng.choice([rf"\left|{inner[0][0]}\right|", rf"\lvert {inner[0][0]} \rvert"]), 4
        case "cases":
            a, b, then, otherwise = (text for text, _ in inner)
            relation = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\geq"}[parts[1]]
            last = rng.choice(["", r"& \text{otherwise}"])
            return rf"\begin{{cases}} {then}, & {a} {relation} {b} \\ {otherwise} {last} \end{{cases}}", 4
        case "function":
            return f"{ONE_ARGUMENT[parts[0]][1]}{left}{inner[0][0]}{right}", 4
        case _:
            return f"\\{kind}{left}{', '.join(text for text, _ in inner)}{right}", 4


def _in(written: tuple[str, int], level: int) -> str:
    return written[0] if written[1] >= level else f"({written[0]})"
