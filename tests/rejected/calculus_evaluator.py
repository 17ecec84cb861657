"""Claims of calculus put to the test of numbers, by code that shares nothing with the normal forms or the kernel.

A point gives every index variable a natural number and every symbol a rational number; defined symbols take the value
of their body, and functions of which nothing is known are cubics. Rational arithmetic is exact as long as it can be,
and mpmath with a hundred digits does the rest. A derivative is the limit of difference quotients, by Richardson's
extrapolation from either side: where the two sides differ, or the quotients do not settle, there is none.

At a point a claim either does not apply (None: a condition or a hypothesis does not hold there, or the numbers are too
close to tell), or it holds, or it is false. One that has no value where its conditions hold is false: a condition is
missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from random import Random

from mpmath import mp, mpf

from symnet.term import Bound, Claim, Condition, Definition, Derivation, Equation, Index, Name, Term
from tests.rejected.evaluator import MANY, RATIONALS, SMALL, TINY, is_well_formed, nodes

Number = Fraction | mpf
Member = tuple[str, int | None, tuple[int, ...]]

DIGITS = 120
#: Numbers that differ by less, in relation to their size, are taken for equal.
CLOSE = mpf(10) ** -18
#: Numbers below are not told from 0, and those above not computed with.
SMALLEST, LARGEST = mpf(10) ** -28, 10**24
#: How far from a point the first difference quotient looks; those of an inner derivative look at the cube of it.
STEP = Fraction(1, 10**20)
#: Two difference quotients at one side differ by less where there is a derivative.
SETTLED = mpf(10) ** -9
#: They tell what the derivative is where they differ by less than this.
SHARP = mpf(10) ** -15
QUARTERS = tuple(Fraction(p, 4) for p in range(-9, 10))


class Undefined(ArithmeticError):
    """A division by zero, a logarithm of what is not positive, a derivative that does not exist."""


class Unusable(ArithmeticError):
    """This point says nothing: numbers are too large, or too close to tell."""


def holds(claim: Claim, definitions: Sequence[Definition], rng: Random) -> bool | None:
    """Whether the claim holds at a random point; None where it does not apply."""
    with mp.workdps(DIGITS):
        point = Point(definitions, rng)
        try:
            if not point.admits(claim):
                return None
        except (Undefined, Unusable):
            return None
        try:
            equal = all(point.agree(e) for e in claim.equations)
            return equal and all(point.satisfies(i) for i in claim.inequalities)
        except Undefined:
            return False
        except Unusable:
            return None


def has_meaning(derivation: Derivation) -> bool:
    """Whether premises, definitions and names make sense, and no derivative is taken in a defined symbol."""
    defined = {(d.symbol.value[0].base, len(d.symbol.value[0].entry)) for d in derivation.definitions}
    roots = [t for d in derivation.definitions for t in (d.symbol, d.body)]
    roots += [t for s in derivation.steps for t in s.terms]
    found = [node for root in roots for node in nodes(root)]
    variables = {node.value[0] for node in found if node.op == "derivative"}
    other = {node.value for node in found if node.op == "apply"}
    other |= {Name(v) for node in found if node.op == "index" for v in node.value.variables}
    other |= {node.value[0] for node in found if node.op == "symbol" and node.shape}
    clash = any((v.base, len(v.entry)) in defined for v in variables) or variables & other
    return not clash and is_well_formed(derivation)


@dataclass
class Point:
    """Values for indices, symbols and functions, drawn when they are first asked for."""

    definitions: Sequence[Definition]
    rng: Random
    indices: dict[str, int] = field(default_factory=dict)
    known: dict[Member, Number] = field(default_factory=dict)
    functions: dict[object, tuple[Fraction, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = self.rng.choice((TINY, SMALL, RATIONALS, QUARTERS))
        self.bound: dict[object, Number | int] = {}  # what a derivative, a Σ or a ∏ binds now
        named = [(d.symbol.value[0], d) for d in self.definitions]
        self.steps = {_family(name): d for name, d in named if _is_indexed(name)}
        self.bodies = {self.member(name): d.body for name, d in named if not _is_indexed(name)}

    # Claims.

    def admits(self, claim: Claim) -> bool:
        """Whether all that a claim rests on holds here."""
        if not all(self.place(c.lower) <= self.place(c.upper) for c in claim.conditions if isinstance(c, Bound)):
            return False
        for hypothesis in claim.hypotheses:
            self.suppose(hypothesis)
        conditions = [c for c in claim.conditions if isinstance(c, Condition)]
        return all(self.agree(h) for h in claim.hypotheses) and all(self.satisfies(c) for c in conditions)

    def suppose(self, hypothesis: Equation) -> None:
        """Make a hypothesis symbol = term true, where nothing has said yet what the symbol is."""
        for symbol, term in ((hypothesis.lhs, hypothesis.rhs), (hypothesis.rhs, hypothesis.lhs)):
            if symbol.op == "symbol" and not symbol.shape:
                member = self.member(symbol.value[0])
                if member not in self.known and self._body(symbol.value[0], member) is None:
                    value = self.value(term)
                    self.known.setdefault(member, value)
                    return

    def agree(self, equation: Equation) -> bool:
        """Whether the two sides have a value, and the same one."""
        return not _sign(self.value(equation.lhs), self.value(equation.rhs), unsure=0)

    def satisfies(self, condition: Condition) -> bool:
        """Whether the term has a value of that sign."""
        sign = _sign(self.value(condition.term), Fraction(0))
        return {"!=": sign != 0, ">": sign > 0, ">=": sign >= 0}[condition.relation]

    # Indices.

    def place(self, position: int | Index) -> int:
        """The number that an index stands for."""
        if isinstance(position, int):
            return position
        return position.offset + sum(self._index(v) for v in position.variables)

    def _index(self, variable: str) -> int:
        if variable in self.bound:
            return self.bound[variable]
        return self.indices.setdefault(variable, self.rng.choice((0, 0, 1, 1, 2, 3)))

    def member(self, name: Name) -> Member:
        """A name with numbers for its indices."""
        return name.base, None if name.layer is None else self.place(name.layer), tuple(map(self.place, name.entry))

    # Values.

    def where(self, root: Term, bound: dict) -> Number:
        """The value of a term where something is bound."""
        before, self.bound = self.bound, {**self.bound, **bound}
        try:
            return self.value(root)
        finally:
            self.bound = before

    def value(self, root: Term) -> Number:
        """The value of a term."""
        if root.shape:
            raise Unusable
        values: dict[int, Number] = {}
        opaque = ("sigma", "pi", "derivative", "cases")
        for node in nodes(root, opaque):
            if node.shape:
                raise Unusable
            below = () if node.op in opaque else node.args
            values[id(node)] = _fit(self._node(node, [values[id(a)] for a in below]))
        return values[id(root)]

    def _node(self, node: Term, args: list[Number]) -> Number:
        match node.op:
            case "number":
                return Fraction(node.value.numerator, node.value.denominator)
            case "constant":
                return mp.pi * 1
            case "index":
                return Fraction(self.place(node.value))
            case "symbol":
                return self._symbol(node)
            case "sum":
                return _total(args)
            case "multiply":
                return _product(args)
            case "power":
                if node.value > 200:
                    raise Unusable
                return args[0] ** node.value
            case "divide":
                return _divided(*args)
            case "cases":
                return self._cases(node)
            case "derivative":
                return self._derivative(node)
            case "sigma" | "pi":
                return self._over(node)
            case "apply":
                return self._apply(node, args[0])
        raise Unusable

    def _over(self, node: Term) -> Number:
        variable, lower, upper, *_ = node.value
        a, b = self.place(lower), self.place(upper)
        if b - a > MANY:
            raise Unusable
        if b < a - 1:
            return Fraction(0)
        terms = [self.where(node.args[0], {variable: k}) for k in range(a, b + 1)]
        return _total(terms) if node.op == "sigma" else _product(terms)

    def _symbol(self, node: Term) -> Number:
        name = node.value[0]
        member = self.member(name)
        if member in self.bound:
            return self.bound[member]
        if (found := self._body(name, member)) is not None:
            return self.where(*found)
        if member not in self.known:
            self.known[member] = self.rng.choice(self.pool)
        return self.known[member]

    def _body(self, name: Name, member: Member) -> tuple[Term, dict] | None:
        """What a symbol stands for, and where, if it is defined."""
        if member in self.bodies:
            return self.bodies[member], {}
        step = self.steps.get(_family(name))
        if step is None or member[1] <= 0:
            return None
        return step.body, {step.symbol.value[0].layer.variables[0]: member[1] - 1}

    def _cases(self, node: Term) -> Number:
        """The value that is selected, where all the others have one too."""
        values = [self.value(a) for a in node.args]
        for k, relation in enumerate(node.value):
            sign = _sign(values[3 * k], values[3 * k + 1])
            if sign < 0 or (sign == 0 and relation == "<="):
                return values[3 * k + 2]
        return values[-1]

    def _apply(self, node: Term, u: Number) -> Number:
        name = node.value
        if name.base in _KNOWN and name.layer is None and not name.entry:
            return _KNOWN[name.base](u)
        a, b, c, d = self.functions.setdefault(self.member(name), tuple(self.rng.choice(RATIONALS) for _ in range(4)))
        return a + u * (b + u * (c + u * d))

    def _derivative(self, node: Term) -> Number:
        """The limit of the difference quotients."""
        (body, point), (name, side) = node.args, node.value
        at, member = self.value(point), self.member(name)
        depth = sum(isinstance(bound, tuple) for bound in self.bound)
        if depth > 1:
            raise Unusable
        step = STEP ** (1 + 2 * depth)

        def value(distance: Fraction) -> Number:
            return self.where(body, {member: _exact(at) + distance})

        here = value(Fraction(0))
        slopes = [
            _limit([_divided(_total([value(h), -here]), h) for h in (sign * step, sign * step / 2)])
            for sign in ((1,) if side == "right" else (-1,) if side == "left" else (1, -1))
        ]
        if _sign(slopes[0], slopes[-1], unsure=0):
            raise Undefined
        return slopes[0]


def _exact(value: Number) -> Fraction:
    """The rational number that a value is: differences from it are then exact."""
    if isinstance(value, Fraction):
        return value
    sign, mantissa, exponent, _ = value._mpf_
    return Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** exponent


def _limit(slopes: list[Number]) -> Number:
    """Richardson's extrapolation of quotients at h and h/2, if they settle."""
    far, near = map(_real, slopes)
    if abs(far - near) > SETTLED * max(1, abs(near)):
        raise Undefined
    if abs(far - near) > SHARP * max(1, abs(near)):
        raise Unusable
    exact = slopes[0] == slopes[1] and isinstance(slopes[0], Fraction)
    return slopes[0] if exact else 2 * near - far


def _real(value: Number) -> mpf:
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def _fit(value: Number) -> Number:
    if abs(value) > LARGEST:
        raise Unusable
    return value


def _sign(a: Number, b: Number, unsure: int | None = None) -> int:
    """The sign of a − b; what it is when that is too close to tell."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (a > b) - (a < b)
    a, b = _real(a), _real(b)
    if abs(a - b) > max(SMALLEST, CLOSE * max(abs(a), abs(b))):
        return 1 if a > b else -1
    if unsure is None:
        raise Unusable
    return unsure


def _total(args: Sequence[Number]) -> Number:
    if all(isinstance(a, Fraction) for a in args):
        return sum(args, Fraction(0))
    return mp.fsum(map(_real, args))


def _product(args: Sequence[Number]) -> Number:
    result: Number = Fraction(1)
    for a in args:
        exact = isinstance(result, Fraction) and isinstance(a, Fraction)
        result = result * a if exact else _fit(_real(result) * _real(a))
    return result


def _divided(a: Number, b: Number) -> Number:
    if isinstance(b, Fraction) and not b:
        raise Undefined
    if not isinstance(b, Fraction) and abs(b) < SMALLEST:
        raise Unusable
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else _real(a) / _real(b)


def _logarithm(u: Number) -> Number:
    if _sign(u, Fraction(0)) <= 0:
        raise Undefined
    return Fraction(0) if u == 1 else mp.log(_real(u))


def _root(u: Number) -> Number:
    if isinstance(u, Fraction) and u >= 0:
        root = Fraction(isqrt(u.numerator), isqrt(u.denominator))
        return root if root * root == u else mp.sqrt(_real(u))
    if _sign(u, Fraction(0)) < 0:
        raise Undefined
    return mp.sqrt(_real(u))


def _exponential(u: Number) -> Number:
    if abs(u) > 200:
        raise Unusable
    return Fraction(1) if u == 0 else mp.exp(_real(u))


def _at_zero(exact: int, function):
    return lambda u: Fraction(exact) if u == 0 else function(_real(u))


_KNOWN = {
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _root,
    "sin": _at_zero(0, mp.sin),
    "cos": _at_zero(1, mp.cos),
    "atan": _at_zero(0, mp.atan),
    "tanh": _at_zero(0, mp.tanh),
    "erf": _at_zero(0, mp.erf),
}


def _is_indexed(name: Name) -> bool:
    return any(isinstance(p, Index) for p in (name.layer, *name.entry))


def _family(name: Name) -> tuple[str, bool, int]:
    return name.base, name.layer is None, len(name.entry)
