"""Claims put to the test of numbers, by code that shares nothing with the normal forms or the kernel.

A point gives every size a number, every symbol a matrix of Fractions and every function a map of matrices; a defined
symbol takes the value of its body. At a point a claim either does not apply (None: a condition or a hypothesis does not
hold there, or a defined symbol has no value), or it holds, or it is false. A claim that divides by zero where its
conditions hold is false: the condition is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from symnet.term import Claim, Definition, Derivation, Equation, Name, Term

Matrix = tuple[tuple[Fraction, ...], ...]
Value = Fraction | Matrix

TINY = (Fraction(0), Fraction(1))
SMALL = tuple(map(Fraction, (-1, 0, 1, 2)))
RATIONALS = tuple(Fraction(p, q) for p in range(-7, 8) if p for q in (1, 2, 3))


class Undefined(ArithmeticError):
    """A division by zero in the term itself."""


class Unusable(ArithmeticError):
    """This point says nothing: what a definition stands for has no value here."""


def holds(claim: Claim, definitions: Sequence[Definition], rng: Random) -> bool | None:
    """Whether the claim holds at a random point; None where it does not apply."""
    point = Point({(d.symbol.value): d.body for d in definitions}, rng)
    try:
        for hypothesis in claim.hypotheses:
            point.suppose(hypothesis)
        if not all(_agree(point, h) for h in claim.hypotheses):
            return None
        if any(point.value(c.nonzero) == 0 for c in claim.conditions):
            return None
    except (Undefined, Unusable):
        return None
    try:
        return all(_agree(point, equation) for equation in claim.equations)
    except Undefined:
        return False
    except Unusable:
        return None


def is_well_formed(derivation: Derivation) -> bool:
    """Whether premises are earlier lines, definitions are abbreviations in order, and each name means one thing.

    A claim of a derivation that is not has no meaning that numbers could test, so accepting it is a failure by itself.
    """
    lines = len(derivation.steps)
    premises = all(_is_below(p, i) for i, step in enumerate(derivation.steps) for p in step.premises)
    goals = bool(derivation.goals) and all(_is_below(g, lines) for g in derivation.goals)
    return premises and goals and _are_abbreviations(derivation.definitions) and _one_meaning(derivation)


def _is_below(index: object, bound: int) -> bool:
    return type(index) is int and 0 <= index < bound


def _are_abbreviations(definitions: Iterable[Definition]) -> bool:
    mentioned: set[Name] = set()
    for d in definitions:
        mentioned |= {node.value[0] for node in nodes(d.body) if node.op == "symbol"}
        if d.symbol.op != "symbol" or d.symbol.value[0] in mentioned:
            return False
        mentioned.add(d.symbol.value[0])
    return True


def _one_meaning(derivation: Derivation) -> bool:
    meanings: dict[Name, set[object]] = {}
    for root in _roots(derivation):
        for node in nodes(root):
            if node.op == "symbol":
                meanings.setdefault(node.value[0], set()).add(node.shape)
            elif node.op == "apply":
                meanings.setdefault(node.value, set()).add("a function")
            for size in node.shape:
                if isinstance(size, Name):
                    meanings.setdefault(size, set()).add("a size")
    return all(len(found) == 1 for found in meanings.values())


def _roots(derivation: Derivation) -> Iterator[Term]:
    for d in derivation.definitions:
        yield from (d.symbol, d.body)
    for step in derivation.steps:
        yield from step.terms


def nodes(root: Term) -> list[Term]:
    """Every distinct node object below the root, arguments first."""
    found: list[Term] = []
    seen: set[int] = set()
    todo = [(root, False)]
    while todo:
        node, ready = todo.pop()
        if ready:
            found.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            todo += [(node, True), *((a, False) for a in node.args)]
    return found


def _agree(point: Point, equation: Equation) -> bool:
    return point.value(equation.lhs) == point.value(equation.rhs)


@dataclass
class Point:
    """Values for sizes, symbols and functions, drawn when they are first asked for."""

    bodies: dict[object, Term]
    rng: Random
    sizes: dict[Name, int] = field(default_factory=dict)
    known: dict[object, Value] = field(default_factory=dict)
    functions: dict[object, tuple[Fraction, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = self.rng.choice((TINY, SMALL, RATIONALS))

    def suppose(self, hypothesis: Equation) -> None:
        """Make a hypothesis symbol = term true, where nothing has said yet what the symbol is."""
        for symbol, term in ((hypothesis.lhs, hypothesis.rhs), (hypothesis.rhs, hypothesis.lhs)):
            if symbol.op == "symbol" and symbol.value not in self.known and symbol.value not in self.bodies:
                value = self.value(term)
                self.known.setdefault(symbol.value, value)
                return

    def value(self, root: Term) -> Value:
        """The value of a term."""
        values: dict[int, Value] = {}
        for node in nodes(root):
            values[id(node)] = self._node(node, [values[id(a)] for a in node.args])
        return values[id(root)]

    def _node(self, node: Term, args: list[Value]) -> Value:
        match node.op:
            case "number":
                return Fraction(node.value.numerator, node.value.denominator)
            case "symbol":
                return self._symbol(node)
            case "apply":
                return self._apply(node, args[0])
            case "identity":
                return self._matrix(node, lambda i, j: Fraction(int(i == j)))
            case "zero":
                return self._matrix(node, lambda i, j: Fraction(0))
            case "ones":
                return self._matrix(node, lambda i, j: Fraction(1))
            case _:
                return _COMPUTE[node.op](args, node.value)

    def _size(self, size: int | Name) -> int:
        return size if isinstance(size, int) else self.sizes.setdefault(size, self.rng.choice((1, 2, 2, 3)))

    def _matrix(self, node: Term, entry) -> Matrix:
        rows, columns = map(self._size, node.shape)
        return tuple(tuple(entry(i, j) for j in range(columns)) for i in range(rows))

    def _draw(self) -> Fraction:
        return self.rng.choice(self.pool)

    def _symbol(self, node: Term) -> Value:
        if node.value not in self.known:
            self.known[node.value] = self._defined(node) if node.value in self.bodies else self._drawn(node)
        return self.known[node.value]

    def _drawn(self, node: Term) -> Value:
        return self._matrix(node, lambda i, j: self._draw()) if node.shape else self._draw()

    def _defined(self, node: Term) -> Value:
        try:
            return self.value(self.bodies[node.value])
        except (Undefined, RecursionError):
            raise Unusable from None

    def _apply(self, node: Term, argument: Value) -> Value:
        """A map that keeps the shape and nothing else: a cubic of each entry, and corners that count by place."""
        key = (node.value, tuple(map(self._size, node.shape)))
        if key not in self.functions:
            self.functions[key] = tuple(self.rng.choice(RATIONALS) for _ in range(6))
        a, b, c, d, e, f = self.functions[key]
        if isinstance(argument, Fraction):
            return a + argument * (b + argument * (c + argument * d))
        first, last = argument[0][-1], argument[-1][0]
        return tuple(
            tuple(
                a + t * (b + t * (c + t * d)) + (2 * i + 1) * e * first + (i + 3 * j) * f * last
                for j, t in enumerate(row)
            )
            for i, row in enumerate(argument)
        )


def _sum(args, _):
    if isinstance(args[0], Fraction):
        return sum(args)
    return tuple(tuple(sum(entries) for entries in zip(*rows, strict=True)) for rows in zip(*args, strict=True))


def _multiply(args, _):
    result = Fraction(1)
    for factor in args:
        result *= factor
    return result


def _power(args, exponent):
    if exponent > 10_000:
        raise Unusable
    return args[0] ** exponent


def _divide(args, _):
    if args[1] == 0:
        raise Undefined
    return args[0] / args[1]


def _product(args, _):
    result = args[0]
    for right in args[1:]:
        columns = tuple(zip(*right, strict=True))
        result = tuple(
            tuple(sum((a * b for a, b in zip(row, c, strict=True)), Fraction(0)) for c in columns) for row in result
        )
    return result


def _scale(args, _):
    return tuple(tuple(args[0] * entry for entry in row) for row in args[1])


def _transpose(args, _):
    return tuple(zip(*args[0], strict=True))


def _cases(args, relations):
    for k, relation in enumerate(relations):
        left, right, value = args[3 * k : 3 * k + 3]
        if left < right or (relation == "<=" and left == right):
            return value
    return args[-1]


_COMPUTE = {
    "sum": _sum,
    "multiply": _multiply,
    "power": _power,
    "divide": _divide,
    "product": _product,
    "scale": _scale,
    "transpose": _transpose,
    "cases": _cases,
}
