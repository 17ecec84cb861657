"""Claims put to the test of numbers, by code that shares nothing with the normal forms or the kernel.

A point gives every index variable a natural number, every size a number, every symbol a matrix of Fractions and every
function a map of matrices; members of families are drawn one by one, a defined symbol takes the value of its body, and
a member of a recursion counts down to its first. At a point a claim either does not apply (None: a condition, a bound
or a hypothesis does not hold there, or a defined symbol has no value), or it holds, or it is false. One that divides
by zero where its conditions hold is false: the condition is missing. So is one where two things of one name differ in
shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from symnet.term import Bound, Claim, Condition, Definition, Derivation, Equation, Index, Name, Term

Matrix = tuple[tuple[Fraction, ...], ...]
Value = Fraction | Matrix
Family = tuple[str, bool, int]
Member = tuple[str, int | None, tuple[int, ...]]  # a name whose indices are numbers

#: Longer sums and products are not computed.
MANY = 40

TINY = (Fraction(0), Fraction(1))
SMALL = tuple(map(Fraction, (-1, 0, 1, 2)))
RATIONALS = tuple(Fraction(p, q) for p in range(-7, 8) if p for q in (1, 2, 3))


class Undefined(ArithmeticError):
    """A division by zero in the term itself."""


class Unusable(ArithmeticError):
    """This point says nothing: what a definition stands for has no value here."""


class Meaningless(ArithmeticError):
    """Two members of one name are of different shapes, or a sum is of such."""


def holds(claim: Claim, definitions: Sequence[Definition], rng: Random) -> bool | None:
    """Whether the claim holds at a random point; None where it does not apply."""
    point = Point(definitions, rng)
    try:
        if not all(point.place(c.lower) <= point.place(c.upper) for c in claim.conditions if isinstance(c, Bound)):
            return None
        for hypothesis in claim.hypotheses:
            point.suppose(hypothesis)
        if not all(_agree(point, h) for h in claim.hypotheses):
            return None
        if not all(_satisfies(point, c) for c in claim.conditions if not isinstance(c, Bound)):
            return None
    except (Undefined, Unusable):
        return None
    except Meaningless:
        return False
    try:
        signs = all(_satisfies(point, inequality) for inequality in claim.inequalities)
        return signs and all(_agree(point, equation) for equation in claim.equations)
    except (Undefined, Meaningless):
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


def _are_abbreviations(definitions: Sequence[Definition]) -> bool:
    mentioned: set[Name] = set()
    hidden: dict[Name, set[str]] = {}
    for i, d in enumerate(definitions):
        if d.symbol.op != "symbol":
            return False
        name, used = d.symbol.value[0], {node.value[0] for node in nodes(d.body) if node.op == "symbol"}
        depends = free_indices(d.body).union(*(hidden.get(u, ()) for u in used))
        if any(isinstance(p, Index) for p in _positions(name)):
            if not _descends(definitions[:i], d, mentioned, used, depends):
                return False
        elif name in mentioned | used | {e.symbol.value[0] for e in definitions[:i]} or any(
            _is_indexed(e.symbol.value[0]) and _family(e.symbol.value[0]) == _family(name) for e in definitions[:i]
        ):
            return False
        else:
            hidden[name] = depends
        mentioned |= used
    return True


def _descends(before: Sequence[Definition], d: Definition, mentioned: set[Name], used: set[Name], free: set) -> bool:
    """Whether the definition continues a recursion that has begun: the next member from the one before it."""
    name, own = d.symbol.value[0], [e for e in before if _family(e.symbol.value[0]) == _family(d.symbol.value[0])]
    if name.entry or not isinstance(name.layer, Index) or len(name.layer.variables) != 1 or name.layer.offset != 1:
        return False
    (variable,) = name.layer.variables
    first = len(own) == 1 and own[0].symbol.value[0].layer == 0 and not free_indices(own[0].body)
    below = all(u.layer == Index((variable,), 0) for u in used if _family(u) == _family(name))
    earlier = all(u.layer == 0 for u in mentioned if _family(u) == _family(name))
    whole = all(node.op not in ("divide", "derivative") and not _is_partial(node) for node in nodes(d.body))
    return first and below and earlier and whole and free <= {variable}


def _is_partial(node: Term) -> bool:
    return node.op == "apply" and node.value in (Name("log"), Name("sqrt"))


def _positions(name: Name) -> tuple:
    return (name.layer, *name.entry)


def _is_indexed(name: Name) -> bool:
    return any(isinstance(p, Index) for p in _positions(name))


def _family(name: Name) -> Family:
    return name.base, name.layer is None, len(name.entry)


def _in_value(value: object) -> set[str]:
    """The index variables in what a node carries."""
    if isinstance(value, Index):
        return set(value.variables)
    parts = _positions(value) if isinstance(value, Name) else value if isinstance(value, tuple) else ()
    return set().union(*map(_in_value, parts))


def free_indices(root: Term) -> set[str]:
    """The index variables that a term mentions outside of what binds them."""
    found: dict[int, set[str]] = {}
    for node in nodes(root):
        below = set().union(*(found[id(a)] for a in node.args))
        if node.op in ("sigma", "pi"):
            below.discard(node.value[0])
        found[id(node)] = below | _in_value(node.value)
    return found[id(root)]


def _one_meaning(derivation: Derivation) -> bool:
    meanings: dict[Name, set[object]] = {}
    indexed, defined, free, bound = set(), set(), set(), set()
    for root in _roots(derivation):
        free |= free_indices(root)
        for node in nodes(root):
            names = [node.value[0]] if node.op == "symbol" else [node.value] if node.op == "apply" else []
            if node.op == "symbol":
                meanings.setdefault(node.value[0], set()).add(node.shape)
            elif node.op == "apply":
                meanings.setdefault(node.value, set()).add("a function")
            elif node.op in ("sigma", "pi"):
                bound.add(node.value[0])
            for size in node.shape:
                if isinstance(size, Name):
                    meanings.setdefault(size, set()).add("a size")
            indexed |= {_family(name) for name in names if _is_indexed(name)}
    for d in derivation.definitions:
        name = d.symbol.value[0]
        defined ^= {_family(name)} if name.layer == 0 or _is_indexed(name) else set()
        if _family(name) in indexed and name.layer != 0 and not _is_indexed(name):
            return False
    for variable in free | bound:
        meanings.setdefault(Name(variable), set()).add("an index")
    return not free & bound and not defined & indexed and all(len(found) == 1 for found in meanings.values())


def _roots(derivation: Derivation) -> Iterator[Term]:
    for d in derivation.definitions:
        yield from (d.symbol, d.body)
    for step in derivation.steps:
        yield from step.terms


def nodes(root: Term, leaves: tuple[str, ...] = ()) -> list[Term]:
    """Every distinct node object below the root, arguments first; not below the ops in ``leaves``."""
    found: list[Term] = []
    seen: set[int] = set()
    todo = [(root, False)]
    while todo:
        node, ready = todo.pop()
        if ready:
            found.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            todo += [(node, True), *((a, False) for a in node.args if node.op not in leaves)]
    return found


def _satisfies(point: Point, condition: Condition) -> bool:
    value = point.value(condition.term)
    return {"!=": value != 0, ">": value > 0, ">=": value >= 0}[condition.relation]


def _agree(point: Point, equation: Equation) -> bool:
    return point.value(equation.lhs) == point.value(equation.rhs)


@dataclass
class Point:
    """Values for indices, sizes, symbols and functions, drawn when they are first asked for."""

    definitions: Sequence[Definition]
    rng: Random
    indices: dict[str, int] = field(default_factory=dict)
    sizes: dict[Member, int] = field(default_factory=dict)
    known: dict[Member, Value] = field(default_factory=dict)
    functions: dict[object, tuple[Fraction, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = self.rng.choice((TINY, SMALL, RATIONALS))
        self.bound: dict[str, int] = {}  # where an index is bound now
        named = [(d.symbol.value[0], d) for d in self.definitions]
        self.steps = {_family(name): d for name, d in named if _is_indexed(name)}
        self.bodies = {self.member(name): d.body for name, d in named if not _is_indexed(name)}

    # Indices.

    def place(self, position: int | Index) -> int:
        """The number that an index stands for."""
        if isinstance(position, int):
            return position
        return position.offset + sum(map(self._index, position.variables))

    def _index(self, variable: str) -> int:
        if variable in self.bound:
            return self.bound[variable]
        return self.indices.setdefault(variable, self.rng.choice((0, 0, 1, 1, 2, 3)))

    def member(self, name: Name) -> Member:
        """A name with numbers for its indices."""
        return name.base, None if name.layer is None else self.place(name.layer), tuple(map(self.place, name.entry))

    def where(self, bound: dict[str, int], root: Term) -> Value:
        """The value of a term where these indices are bound."""
        before, self.bound = self.bound, bound
        try:
            return self.value(root)
        finally:
            self.bound = before

    def _over(self, node: Term) -> Value:
        """Σ and ∏, one term after the other; 0 and I when empty, and 0 for fewer terms than none."""
        variable, lower, upper, *direction = node.value
        a, b = self.place(lower), self.place(upper)
        if b - a > MANY:
            raise Unusable
        terms = [self.where({**self.bound, variable: k}, node.args[0]) for k in range(a, b + 1)]
        if direction == ["descending"]:
            terms.reverse()
        if not terms:
            ones = direction and b == a - 1
            if not node.shape:
                return Fraction(1 if ones else 0)
            return self._matrix(node, lambda i, j: Fraction(int(bool(ones) and i == j)))
        if not direction:
            return _fitting(_sum, terms)
        return _fitting(_product if node.shape else _multiply, terms)

    # Values.

    def suppose(self, hypothesis: Equation) -> None:
        """Make a hypothesis symbol = term true, where nothing has said yet what the symbol is."""
        for symbol, term in ((hypothesis.lhs, hypothesis.rhs), (hypothesis.rhs, hypothesis.lhs)):
            if symbol.op == "symbol":
                member = self.member(symbol.value[0])
                if member not in self.known and self._body(symbol.value[0], member) is None:
                    self.known.setdefault(member, self.value(term))
                    return

    def value(self, root: Term) -> Value:
        """The value of a term."""
        values: dict[int, Value] = {}
        for node in nodes(root, ("sigma", "pi")):
            below = () if node.op in ("sigma", "pi") else node.args
            values[id(node)] = self._node(node, [values[id(a)] for a in below])
        return values[id(root)]

    def _node(self, node: Term, args: list[Value]) -> Value:
        match node.op:
            case "number":
                return Fraction(node.value.numerator, node.value.denominator)
            case "index":
                return Fraction(self.place(node.value))
            case "sigma" | "pi":
                return self._over(node)
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
                return _fitting(_COMPUTE[node.op], args, node.value)

    def _size(self, size: int | Name) -> int:
        if isinstance(size, int):
            return size
        return self.sizes.setdefault(self.member(size), self.rng.choice((1, 2, 2, 3)))

    def _matrix(self, node: Term, entry) -> Matrix:
        rows, columns = map(self._size, node.shape)
        return tuple(tuple(entry(i, j) for j in range(columns)) for i in range(rows))

    def _draw(self) -> Fraction:
        return self.rng.choice(self.pool)

    def _symbol(self, node: Term) -> Value:
        member = self.member(node.value[0])
        if member not in self.known:
            body = self._body(node.value[0], member)
            self.known[member] = self._drawn(node) if body is None else self._defined(*body)
        found = self.known[member]
        if _shape(found) != tuple(map(self._size, node.shape)):
            raise Meaningless
        return found

    def _body(self, name: Name, member: Member) -> tuple[dict[str, int], Term] | None:
        """What a symbol stands for, and where, if it is defined."""
        if member in self.bodies:
            return {}, self.bodies[member]
        step = self.steps.get(_family(name))
        if step is None or member[1] <= 0:
            return None
        (variable,) = step.symbol.value[0].layer.variables
        return {variable: member[1] - 1}, step.body

    def _drawn(self, node: Term) -> Value:
        return self._matrix(node, lambda i, j: self._draw()) if node.shape else self._draw()

    def _defined(self, bound: dict[str, int], body: Term) -> Value:
        try:
            return self.where(bound, body)
        except (Undefined, RecursionError):
            raise Unusable from None

    def _apply(self, node: Term, argument: Value) -> Value:
        """A map that keeps the shape and nothing else: a cubic of each entry, and corners that count by place."""
        key = (self.member(node.value), tuple(map(self._size, node.shape)))
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


def _shape(value: Value) -> tuple[int, ...]:
    return () if isinstance(value, Fraction) else (len(value), len(value[0]))


def _fitting(compute, args: list[Value], value: object = None) -> Value:
    """What is computed, if the shapes are what the term says that they are."""
    try:
        return compute(args, value)
    except (ValueError, TypeError):
        raise Meaningless from None


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
