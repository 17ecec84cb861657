"""The functions that a reader knows: one row each.

The kernel knows exp, log, sqrt, sin, cos, atan, tanh and erf. Every other function is written with these and with
cases, as its row says: |u| is u where 0 ≤ u and −u otherwise.

>>> from symnet.term import symbol
>>> FUNCTIONS["tan"].write(symbol("z"))
divide(apply(z, sin), apply(z, cos))
>>> FUNCTIONS["heaviside"].write(symbol("z"))
cases(number(0), z, number(1), number(0), ('<=',))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from typing import Final

from symnet.reader.writing import ONE, ZERO, negate, quotient
from symnet.term import KNOWN, Term, apply, cases, constant, number

_HALF: Final = number(Fraction(1, 2))
_MANY: Final = 20


@dataclass(frozen=True, slots=True)
class Function:
    """A name, how many arguments it takes, and how it is written with the kernel's functions."""

    name: str
    least: int
    most: int
    write: Callable[..., Term]

    @property
    def arity(self) -> str:
        """How many arguments, in words."""
        if self.least == self.most:
            return "one argument" if self.least == 1 else f"{self.least} arguments"
        return f"{self.least} to {self.most} arguments"


def _exp(u: Term) -> Term:
    return apply("exp", u)


def _log(u: Term) -> Term:
    return apply("log", u)


def _sinh(u: Term) -> Term:
    return (_exp(u) - _exp(negate(u))) / 2


def _cosh(u: Term) -> Term:
    return (_exp(u) + _exp(negate(u))) / 2


def _tan(u: Term) -> Term:
    return apply("sin", u) / apply("cos", u)


def _absolute(u: Term) -> Term:
    return cases((ZERO, "<=", u, u), otherwise=negate(u))


def _sign(u: Term) -> Term:
    return cases((u, "<", ZERO, number(-1)), (ZERO, "<", u, ONE), otherwise=ZERO)


def step(u: Term, at_zero: Term = ONE) -> Term:
    """0 left of 0, 1 right of it, and ``at_zero`` there."""
    if at_zero == ONE:
        return cases((ZERO, "<=", u, ONE), otherwise=ZERO)
    if at_zero == ZERO:
        return cases((ZERO, "<", u, ONE), otherwise=ZERO)
    return cases((u, "<", ZERO, ZERO), (ZERO, "<", u, ONE), otherwise=at_zero)


def _ordered(a: Term, b: Term) -> tuple[Term, Term]:
    """A number first: max(z, 0) is max(0, z)."""
    return (b, a) if b.op == "number" and a.op != "number" else (a, b)


def _larger(a: Term, b: Term) -> Term:
    a, b = _ordered(a, b)
    return cases((a, "<=", b, b), otherwise=a)


def _smaller(a: Term, b: Term) -> Term:
    a, b = _ordered(a, b)
    return cases((a, "<=", b, a), otherwise=b)


def _sigmoid(u: Term) -> Term:
    return 1 / (1 + _exp(negate(u)))


def _acot(u: Term) -> Term:
    """Between 0 and π, and continuous (ISO 80000-2); see :func:`odd_arccot`."""
    return constant("pi") / 2 - apply("atan", u)


def odd_arccot(u: Term) -> Term:
    """What SymPy calls acot: arctan(1/u), with a jump at 0, where it is π/2."""
    return cases((ZERO, "<=", u, _acot(u)), otherwise=negate(constant("pi") / 2) - apply("atan", u))


_ONE_ARGUMENT: Final[dict[str, Callable[[Term], Term]]] = {
    **{name: partial(apply, name) for name in KNOWN},
    "tan": _tan,
    "cot": lambda u: apply("cos", u) / apply("sin", u),
    "sec": lambda u: 1 / apply("cos", u),
    "csc": lambda u: 1 / apply("sin", u),
    "sinh": _sinh,
    "cosh": _cosh,
    "coth": lambda u: 1 / apply("tanh", u),
    "sech": lambda u: 1 / _cosh(u),
    "csch": lambda u: 1 / _sinh(u),
    "acot": _acot,
    "asinh": lambda u: _log(u + apply("sqrt", u**2 + 1)),
    "acosh": lambda u: _log(u + apply("sqrt", u**2 - 1)),
    "atanh": lambda u: _HALF * _log((1 + u) / (1 - u)),
    "erfc": lambda u: 1 - apply("erf", u),
    "log1p": lambda u: _log(1 + u),
    "expm1": lambda u: _exp(u) - 1,
    "log2": lambda u: _log(u) / _log(number(2)),
    "log10": lambda u: _log(u) / _log(number(10)),
    "abs": _absolute,
    "sign": _sign,
    "heaviside": step,
    "relu": lambda u: _larger(ZERO, u),
    "sigmoid": _sigmoid,
    "softplus": lambda u: _log(1 + _exp(u)),
    "softsign": lambda u: u / (1 + _absolute(u)),
    "silu": lambda u: quotient(u, 1 + _exp(negate(u))),
}

#: The table, by name.
FUNCTIONS: Final[dict[str, Function]] = {
    **{name: Function(name, 1, 1, write) for name, write in _ONE_ARGUMENT.items()},
    "max": Function("max", 2, _MANY, lambda *args: reduce(_larger, args)),
    "min": Function("min", 2, _MANY, lambda *args: reduce(_smaller, args)),
}

#: Other names of the same functions.
ALIASES: Final[dict[str, str]] = {
    "ln": "log",
    "arctan": "atan",
    "arccot": "acot",
    "arcctg": "acot",
    "tg": "tan",
    "arsinh": "asinh",
    "arcsinh": "asinh",
    "arcosh": "acosh",
    "arccosh": "acosh",
    "artanh": "atanh",
    "arctanh": "atanh",
    "sgn": "sign",
    "step": "heaviside",
    "sigma": "sigmoid",
    "logistic": "sigmoid",
    "swish": "silu",
}

_LETTERS: Final = """
    α alpha  β beta  γ gamma  δ delta  ε epsilon  ϵ epsilon  ζ zeta  η eta  θ theta  ϑ vartheta  ι iota  κ kappa
    λ lambda  μ mu  ν nu  ξ xi  ρ rho  ϱ varrho  σ sigma  τ tau  υ upsilon  φ phi  ϕ phi  χ chi  ψ psi  ω omega
    Γ Gamma  Δ Delta  Θ Theta  Λ Lambda  Ξ Xi  Υ Upsilon  Φ Phi  Ψ Psi  Ω Omega
"""
_PAIRED: Final = _LETTERS.split()
#: The Greek letters that are names, and how LaTeX spells them. π is a number.
GREEK: Final[dict[str, str]] = dict(zip(_PAIRED[::2], _PAIRED[1::2], strict=True))
GREEK_NAMES: Final = frozenset({*GREEK.values(), "varepsilon", "varphi"})


def find(name: str) -> Function | None:
    """The row of a function by any of its names; words may be capitalised, as in ReLU."""
    for spelled in (name, name.lower()):
        if found := FUNCTIONS.get(ALIASES.get(spelled, spelled)):
            return found if len(name) > 1 else None
    return None


def all_names() -> str:
    """The names of the functions, for a message."""
    return ", ".join(sorted({*FUNCTIONS, "piecewise"}))
