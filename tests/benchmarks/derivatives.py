"""Derivatives of activations: a proof by symnet beside SymPy's ``simplify(diff(h) − claimed) == 0``.

Both sides start from h and the derivative that is claimed, as trees. symnet's side is a whole proof, each line of which
the kernel checks: h′ = h′, on each branch if h has cases, differentiated, brought to the claimed form, and without the
conditions that hold anyway; finding the steps is part of it. For SymPy, h and the claim with cases are ``Piecewise``.
Its cache is emptied before each run. What SymPy finds is an answer and no proof.

Of the kinks nothing is claimed on either side: symnet's lines hold where z is at none, and SymPy differentiates every
branch for itself.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import sympy
from sympy.core.cache import clear_cache

from symnet.activations import find
from symnet.activations.row import Z
from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.term import (
    Claim,
    Condition,
    Name,
    Term,
    apply,
    constant,
    derivative,
    fold,
    number,
    postorder,
    substitute,
    symbol,
    symbols,
)


def _function(name: str, argument: Term | int) -> Term:
    return apply(name, number(argument) if isinstance(argument, int) else argument)


def _exp(argument: Term) -> Term:
    return _function("exp", argument)


def _sqrt(argument: Term | int) -> Term:
    return _function("sqrt", argument)


_ALPHA, _BETA, _B = symbol("alpha"), symbol("beta"), symbol("b")
_TANH, _ATAN = _function("tanh", Z), _function("atan", Z)
_SIGMOID = 1 / (1 + _exp(-Z))
_QUOTIENT = (_exp(Z) - _exp(-Z)) / (_exp(Z) + _exp(-Z))
_CUBIC, _SCALE = number(Fraction("0.044715")), _sqrt(2 / constant("pi"))
_INNER = _function("tanh", _SCALE * (Z + _CUBIC * Z**3))
_STEEP = number(Fraction("1.702"))
_FADING = _exp(-_STEEP * Z)
_LAMBDA, _ONE, _NOTHING = symbol("lambda"), number(1), number(0)
_SLOPES = [symbol(Name("alpha", entry=(i,))) for i in (1, 2)]
_SIZE = next(node for node in postorder(find("softsign").definition) if node.op == "cases")
_OMEGA = 4 * (Z + 1) + 4 * _exp(2 * Z) + _exp(3 * Z) + _exp(Z) * (4 * Z + 6)

#: The derivative as one would state it, for rows of the table of activations without cases, and for softsign. With the
#: rows that have arms these are all that act on one number, but for the letter g, of which nothing is known.
_CLAIMED: Final[dict[str, Term]] = {
    "identity": _ONE,
    "affine": _ALPHA,
    "sine": _function("cos", Z),
    "exponential": _exp(Z),
    "softsign": 1 / (1 + _SIZE) ** 2,
    "sigmoid": _SIGMOID * (1 - _SIGMOID),
    "logsigmoid": 1 - _exp(_function("log", _SIGMOID)),
    "tanh": 1 - _QUOTIENT**2,
    "tanhshrink": _TANH**2,
    "softplus": 1 - _exp(-_function("log", 1 + _exp(_BETA * Z))),
    "squareplus": (1 + Z / _sqrt(Z**2 + _B)) / 2,
    "silu": Z * _SIGMOID + _SIGMOID * (1 - Z * _SIGMOID),
    "mish": _exp(Z) * _OMEGA / (2 * _exp(Z) + _exp(2 * Z) + 2) ** 2,
    "gelu": (1 + _function("erf", Z / _sqrt(2))) / 2 + Z * _exp(-(Z**2) / 2) / _sqrt(2 * constant("pi")),
    "gelu_tanh": (1 + _INNER) / 2 + Z * (1 - _INNER**2) * _SCALE * (1 + 3 * _CUBIC * Z**2) / 2,
    "gaussian": -2 * Z * _exp(-(Z**2)),
    "arctan": _function("cos", _ATAN) ** 2,
    "bent_identity": Z / (2 * _sqrt(Z**2 + 1)) + 1,
    "isru": 1 / ((1 + _ALPHA * Z**2) * _sqrt(1 + _ALPHA * Z**2)),
}

#: The values of the derivative where the row has its arms; the guards are those of the row.
_ARMS: Final[dict[str, tuple[Term, ...]]] = {
    "step": (_NOTHING, _NOTHING),
    "sign": (_NOTHING, _NOTHING, _NOTHING),
    "relu": (_ONE, _NOTHING),
    "relu6": (_NOTHING, _NOTHING, _ONE),
    "leaky_relu": (_ONE, _ALPHA),
    "prelu": (_ONE, _ALPHA),
    "rrelu": (_ONE, (_SLOPES[0] + _SLOPES[1]) / 2),
    "elu": (_ONE, _ALPHA * _exp(Z)),
    "celu": (_ONE, _exp(Z / _ALPHA)),
    "selu": (_LAMBDA, _LAMBDA * _ALPHA * _exp(Z)),
    "threshold": (_ONE, _NOTHING),
    "hardtanh": (_NOTHING, _NOTHING, _ONE),
    "hardsigmoid": (_NOTHING, _NOTHING, number(Fraction(1, 6))),
    "hardswish": (_NOTHING, _ONE, (2 * Z + 3) / 6),
    "hardshrink": (_ONE, _ONE, _NOTHING),
    "softshrink": (_ONE, _ONE, _NOTHING),
}

#: Functions that are no rows, and their derivatives.
_OTHERS: Final[dict[str, tuple[Term, Term]]] = {
    "elu for z < 0": (_ALPHA * (_exp(Z) - 1), _ALPHA * (_exp(Z) - 1) + _ALPHA),
    "z atan z": (Z * _ATAN, _ATAN + Z / (1 + Z**2)),
    "log(1 + z²)": (_function("log", 1 + Z**2), 2 * Z / (1 + Z**2)),
    "exp(−z²) tanh z": (_exp(-(Z**2)) * _TANH, _exp(-(Z**2)) * (1 - _TANH**2 - 2 * Z * _TANH)),
    "z/(1 + exp(−1.702 z))": (Z / (1 + _FADING), (1 + _FADING + _STEEP * Z * _FADING) / (1 + _FADING) ** 2),
}


def _with_values(function: Term, values: tuple[Term, ...]) -> Term:
    """A case distinction with other values."""
    guards = [part for i in range(len(function.value)) for part in (*function.args[3 * i : 3 * i + 2], values[i])]
    return Term("cases", (*guards, values[-1]), function.value)


_ROWS: Final = {name: (find(name).definition, claimed) for name, claimed in _CLAIMED.items()}
_WITH_ARMS: Final = {
    name: (find(name).definition, _with_values(find(name).definition, values)) for name, values in _ARMS.items()
}
#: Each function by name, with the derivative that is claimed.
CLAIMS: Final = {**_ROWS, **_WITH_ARMS, **_OTHERS}


def _cases(term: Term) -> Term | None:
    return next((node for node in postorder(term) if node.op == "cases"), None)


def _arms(term: Term) -> list[Term]:
    """A term on each of its branches."""
    cases = _cases(term)
    if cases is None:
        return [term]
    return [substitute(term, {cases: value}) for value in (*cases.args[2::3], cases.args[-1])]


def proved(function: Term, claimed: Term) -> list[Claim]:
    """symnet's side: the claim on each branch, from lines that the kernel has just checked."""
    lines, cases = Lines(), _cases(function)
    start, goals = lines.start(derivative(function, Z)), []
    for arm, value in enumerate(_arms(claimed)):
        line = lines.differentiate(start if cases is None else lines.choose(start, cases, arm), clear=False)
        goals.append(lines.discharge(lines.elementary(line, value)))
    replayed = lines.replayed(*goals)
    return [replayed.lines[goal] for goal in replayed.goals]


def says(found: list[Claim], function: Term, claimed: Term) -> bool:
    """Whether lines say that h′ is what is claimed, on each branch, and rest on nothing but where the branch is."""
    cases, values = _cases(function), _arms(claimed)
    if len(found) != len(values):
        return False
    for arm, (line, value) in enumerate(zip(found, values, strict=True)):
        about_z = {c for c in line.conditions if not isinstance(c, Condition) or Z in symbols(c.term)}
        allowed = set(_where(cases, arm)) if cases is not None else about_z
        (equation,) = line.equations
        if (equation.lhs, equation.rhs) != (derivative(function, Z), value) or line.hypotheses or about_z - allowed:
            return False
    return True


def _where(cases: Term, arm: int) -> list[Condition]:
    """That an arm is taken, and that z is at no kink."""
    guards = [cases.args[3 * i : 3 * i + 2] for i in range(len(cases.value))]
    before = [Condition(gap(high, low), ">") for low, high in guards[:arm]]
    return [*before, *(Condition(gap(*g), ">") for g in guards[arm : arm + 1]), *(Condition(gap(*g)) for g in guards)]


def decided(function: Any, claimed: Any) -> bool:
    """SymPy's side: whether it finds that the difference is zero."""
    clear_cache()
    return bool(sympy.simplify(sympy.diff(function, _Z) - claimed) == 0)


_Z: Final = sympy.Symbol("z", real=True)
_RELATIONS: Final = {"<": sympy.Lt, "<=": sympy.Le}


def expression(term: Term) -> Any:
    """A scalar as a SymPy expression, in which z is real and a parameter positive."""

    def combine(node: Term, args: list[Any]) -> Any:
        match node.op:
            case "number":
                return sympy.Rational(node.value.numerator, node.value.denominator)
            case "constant":
                return sympy.pi
            case "symbol":
                return _Z if node == Z else sympy.Symbol(str(node.name), positive=True)
            case "cases":
                guards = [_RELATIONS[r](*args[3 * i : 3 * i + 2]) for i, r in enumerate(node.value)]
                return sympy.Piecewise(*zip(args[2::3], guards, strict=True), (args[-1], True))
            case "sum":
                return sympy.Add(*args)
            case "multiply":
                return sympy.Mul(*args)
            case "divide":
                return args[0] / args[1]
            case "power":
                return args[0] ** node.value
        return getattr(sympy, node.name.base)(*args)

    return fold(term, combine)
