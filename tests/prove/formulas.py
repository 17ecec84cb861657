"""Functions for the tests of the search: derivatives by the kernel's rules, untidied, and terms written flat."""

from __future__ import annotations

from fractions import Fraction

from symnet.activations import find
from symnet.kernel.calculus import differentiated, varies
from symnet.term import Term, apply, constant, derivative, fold, number, postorder, put, substitute, symbol

z, a, b = (symbol(name) for name in "zab")
alpha, beta = symbol("alpha"), symbol("beta")
half = number(Fraction(1, 2))
PI = constant("pi")


def exp(u: Term | int) -> Term:
    return apply("exp", u if isinstance(u, Term) else number(u))


def log(u: Term | int) -> Term:
    return apply("log", u if isinstance(u, Term) else number(u))


def sqrt(u: Term | int) -> Term:
    return apply("sqrt", u if isinstance(u, Term) else number(u))


def sin(u: Term) -> Term:
    return apply("sin", u)


def cos(u: Term) -> Term:
    return apply("cos", u)


def atan(u: Term) -> Term:
    return apply("atan", u)


def tanh(u: Term) -> Term:
    return apply("tanh", u)


def erf(u: Term) -> Term:
    return apply("erf", u)


def row(name: str) -> Term:
    """The definition of an activation in the table."""
    return find(name).definition


def raw(function: Term) -> Term:
    """The derivative by z as the rules give it, with every 0 and 1."""
    found = derivative(function, z)
    while inner := next((node for node in postorder(found) if node.op == "derivative"), None):
        found = substitute(found, {inner: differentiated(inner, varies, put, [])})
    return found


def flat(term: Term) -> Term:
    """The term with sums in sums, and products in products, written as one, and −1 times a number as a number."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node.op not in ("sum", "multiply"):
            return Term(node.op, tuple(args), node.value) if args else node
        parts = [part for arg in args for part in (arg.args if arg.op == node.op else (arg,))]
        if node.op == "multiply" and parts[0].op == parts[1].op == "number":
            parts[:2] = [number(parts[0].value * parts[1].value)]
        return Term(node.op, tuple(parts)) if len(parts) > 1 else parts[0]

    return fold(term, combine)


E, F = exp(z), exp(-z)
Q = exp(-(z**2))
SWISH = Fraction("1.702")

#: What has no row in the table.
OTHERS: dict[str, Term] = {
    "tanh, as a function": tanh(z),
    "softplus, β = 1": log(1 + E),
    "sigmoid, the other way": E / (1 + E),
    "tanh, with e^{−2z}": (1 - exp(-2 * z)) / (1 + exp(-2 * z)),
    "a renamed and scaled sigmoid": 3 / (1 + exp(-2 * z)),
    "ELU for z < 0": alpha * (E - 1),
    "CELU for z < 0": alpha * (exp(z / alpha) - 1),
    "softsign for z > 0": z / (1 + z),
    "softsign for z < 0": z / (1 - z),
    "log(1 + z²)": log(1 + z**2),
    "e^{−z²} tanh z": Q * tanh(z),
    "z atan z": z * atan(z),
    "z/(1 + e^{−1.702z})": z / (1 + exp(-number(SWISH) * z)),
    "cosh": (E + F) / 2,
    "tan": sin(z) / cos(z),
    "asinh": log(z + sqrt(z**2 + 1)),
    "2^z": exp(z * log(2)),
    "√z": sqrt(z),
    "log z": log(z),
    "log-sigmoid, with a minus": -log(1 + F),
    "a Gompertz curve": exp(-exp(-z)),
    "z²": z**2,
    "z³ − z": z**3 - z,
    "z e^z": z * E,
}


def function(name: str) -> Term:
    """A function by its name here or in the table."""
    return OTHERS[name] if name in OTHERS else row(name)
