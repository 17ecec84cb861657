"""Which identity between functions a step uses, as far as that can be told from the functions that it changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from math import isclose, prod, sqrt
from typing import Final

from symnet.render.calculus import function_name
from symnet.term import Equation, Term, apply, constant, fold, number, postorder, symbol

_X, _Y = symbol("x"), symbol("y")
_ZERO, _ONE = number(0), number(1)


def _f(function: str, argument: Term) -> Term:
    return apply(function, argument)


#: What is used where these functions, and no others, come, go or change their arguments.
IDENTITIES: Final[dict[frozenset[str], Equation]] = {
    frozenset(functions): Equation(left, right)
    for functions, left, right in (
        (("exp",), _f("exp", _X + _Y), _f("exp", _X) * _f("exp", _Y)),
        (("exp", "log"), _f("exp", _f("log", _X)), _X),
        (("log",), _f("log", _X * _Y), _f("log", _X) + _f("log", _Y)),
        (("sqrt",), _f("sqrt", _X) ** 2, _X),
        (("sin", "cos"), _f("sin", _X) ** 2 + _f("cos", _X) ** 2, _ONE),
        (("cos", "atan"), _f("cos", _f("atan", _X)) ** 2, 1 / (1 + _X**2)),
        (("sin", "atan"), _f("sin", _f("atan", _X)) ** 2, _X**2 / (1 + _X**2)),
        (("tanh", "exp"), _f("tanh", _X), (_f("exp", 2 * _X) - 1) / (_f("exp", 2 * _X) + 1)),
        (("sin",), _f("sin", -_X), -_f("sin", _X)),
        (("cos",), _f("cos", -_X), _f("cos", _X)),
        (("atan",), _f("atan", -_X), -_f("atan", _X)),
        (("tanh",), _f("tanh", -_X), -_f("tanh", _X)),
        (("erf",), _f("erf", -_X), -_f("erf", _X)),
    )
}
#: The functions whose identity is about a change of sign, where they are alone.
PARITY: Final = frozenset({"sin", "cos", "atan", "tanh", "erf"})
#: How large arguments may be to be compared.
LARGEST: Final = 200
#: What functions are at 0 and at 1.
VALUES: Final = {
    _f(name, argument): value
    for name, argument, value in (
        ("exp", _ZERO, _ONE),
        ("log", _ONE, _ZERO),
        ("sqrt", _ZERO, _ZERO),
        ("sqrt", _ONE, _ONE),
        ("sin", _ZERO, _ZERO),
        ("cos", _ZERO, _ONE),
        ("atan", _ZERO, _ZERO),
        ("tanh", _ZERO, _ZERO),
        ("erf", _ZERO, _ZERO),
    )
}
#: The derivative of erf, by which a page says what erf is.
ERF: Final = _f("erf", _X)
ERF_SLOPE: Final = 2 / _f("sqrt", constant("pi")) * _f("exp", -(_X**2))


def changed(before: Term, after: Term) -> tuple[list[Term], list[Term]]:
    """The applied functions in one of two terms only, but for those whose argument is written differently there."""
    first, second = dict.fromkeys(_applied(before)), dict.fromkeys(_applied(after))
    return _without(first, second), _without(second, first)


def _without(some: Iterable[Term], others: Collection[Term]) -> list[Term]:
    return [t for t in some if not any(s == t or (s.value == t.value and _equal(s.args[0], t.args[0])) for s in others)]


def used(before: Term, after: Term) -> list[Equation]:
    """The identities that lead from one term to the other, if one can tell.

    >>> from symnet.render.expression import equation_text
    >>> z = symbol("z")
    >>> [equation_text(e) for e in used(_f("exp", z) * _f("exp", z), _f("exp", 2 * z))]
    ['e^(x + y) = e^x e^y']
    >>> [equation_text(e) for e in used(z * _f("exp", _ZERO), z)]
    ['e^0 = 1']
    """
    gone, come = changed(before, after)
    alike = [(s, t) for s in gone for t in come if s.value == t.value and _equal_with_roots(s.args[0], t.args[0])]
    gone, come = ([t for t in terms if all(t not in pair for pair in alike)] for terms in (gone, come))
    found = [*gone, *come]
    values = [Equation(t, VALUES[_at(t)]) for t in found if _at(t) in VALUES]
    values += [IDENTITIES[frozenset(("sqrt",))]] if alike else []
    rest = frozenset(function_name(t) for t in found if _at(t) not in VALUES)
    if not rest:
        return values
    if len(rest) == 1 and rest <= PARITY and not all(any(_equal(s.args[0], -t.args[0]) for t in come) for s in gone):
        return []
    return list(dict.fromkeys([*values, IDENTITIES[rest]])) if rest in IDENTITIES else []


def _at(term: Term) -> Term:
    """A function of what is 0, as e^(0/α), as that function of 0."""
    return _f(function_name(term), _ZERO) if _equal(term.args[0], _ZERO) else term


def _equal_with_roots(a: Term, b: Term) -> bool:
    """Whether two arguments are the same if (√x)² = x: they have the same value at a point, as far as rounding goes."""
    atoms: dict[object, float] = {}

    def value(node: Term, args: list[float]) -> float:
        match node.op:
            case "number":
                return float(node.value)
            case "sum":
                return sum(args)
            case "multiply":
                return prod(args)
            case "divide":
                return args[0] / args[1]
            case "power":
                return args[0] ** int(node.value)
            case "apply" if function_name(node) == "sqrt":
                return sqrt(abs(args[0]))
        return atoms.setdefault((node.op, node.value, *args), 1 + 0.3 * len(atoms))

    try:
        return a.size + b.size <= LARGEST and isclose(fold(a, value), fold(b, value), rel_tol=1e-12)
    except (ZeroDivisionError, OverflowError):
        return False


def _applied(term: Term) -> Iterator[Term]:
    return (node for node in postorder(term) if node.op == "apply" and function_name(node))


def _equal(a: Term, b: Term) -> bool:
    """Whether two arguments are the same rational function of what is in them: their values at a point are equal."""
    if a.size + b.size > LARGEST:
        return False
    atoms: dict[object, Fraction] = {}

    def value(node: Term, args: list[Fraction]) -> Fraction:
        match node.op:
            case "number":
                return Fraction(node.value)
            case "sum":
                return sum(args, Fraction(0))
            case "multiply":
                return prod(args, start=Fraction(1))
            case "divide" if args[1]:
                return args[0] / args[1]
            case "power" if node.value <= LARGEST:
                return args[0] ** int(node.value)
        count = len(atoms) + 1
        return atoms.setdefault((node.op, node.value, *args), Fraction(count * count + 1, 2 * count + 5))

    return fold(a, value) == fold(b, value)
