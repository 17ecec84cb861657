"""Terms, and the plain data of a derivation.

A term is a small immutable tree ``op(args; value)`` over the real numbers. It carries its shape: ``()`` for a
scalar, ``(rows, columns)`` for a matrix, where a size is a positive whole number or a name such as n_0. Shapes are
checked when a term is made, whoever makes it, so an ill-shaped term does not exist. Nothing simplifies on
construction: ``x + x`` stays ``x + x``. A 1×1 matrix is not a scalar.

==========  =================  ==============================  =========================
op          value              args                            shape
==========  =================  ==============================  =========================
number      Fraction                                           scalar
symbol      (Name, shape)                                      as given
sum                            two or more of one shape        theirs
multiply                       two or more scalars             scalar
power       whole number ≥ 0   scalar                          scalar
divide                         scalar, scalar                  scalar
product                        two or more matrices, chained   (first rows, last columns)
scale                          scalar, matrix                  the matrix's
transpose                      matrix                          (columns, rows)
identity    n                                                  (n, n)
zero        (m, n)                                             (m, n)
ones        n                                                  (n, 1)
apply       Name of function   one term                        its argument's
cases       relations          l₁, r₁, v₁, …, otherwise        scalar
==========  =================  ==============================  =========================

``apply`` is a function that keeps the shape of its argument; the kernel knows nothing else about it. ``cases`` reads
"v₁ if l₁ ⋈ r₁, else …, else otherwise" with one relation ``<`` or ``<=`` for each v.

Every traversal in this module is a loop, so a term of depth 100,000 is no different from one of depth 3. Equality is
equality of trees. Standard library only; the trusted base starts here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, NoReturn, TypeVar

from symnet.errors import ShapeError, SymnetError, UsageError, brief

Result = TypeVar("Result")

_WORD: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
#: The largest index of a name, and the largest size.
_LARGEST: Final = 10**9


def _brief(value: object) -> str:
    return repr(value) if type(value) in (Term, Name) else brief(value)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The name of a symbol, a function or a size: ``Name("w", layer=2, entry=(1, 3))`` is w₁₃⁽²⁾.

    Indices are numbers, never part of the text, so distinct indices are distinct names.
    """

    base: str
    layer: int | None = None
    entry: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if type(self.base) is not str or not _WORD.fullmatch(self.base):
            raise UsageError(f"a name is a letter followed by letters, digits or _, not {_brief(self.base)}")
        if self.layer is not None and not _is_index(self.layer):
            raise UsageError(f"the layer of a name is a whole number from 0, not {_brief(self.layer)}")
        if type(self.entry) is not tuple or not all(map(_is_index, self.entry)):
            raise UsageError(f"the entry of a name is a tuple of whole numbers from 0, not {_brief(self.entry)}")

    def __str__(self) -> str:
        entry = "_" + ",".join(map(str, self.entry)) if self.entry else ""
        layer = "" if self.layer is None else f"^({self.layer})"
        return self.base + entry + layer


Size = int | Name
Shape = tuple[Size, ...]
SCALAR: Final[Shape] = ()


def describe(shape: Shape) -> str:
    """Say a shape in words: ``3×n_0`` or ``scalar``."""
    return "×".join(map(str, shape)) if shape else "scalar"


class Term:
    """One immutable node; see the module's table for what each op takes.

    ``size`` counts the nodes of the tree as it would be written out (shared subterms count each time).

    >>> x = symbol(Name("x"), (2, 1))
    >>> symbol(Name("W"), (3, 2)) @ x
    product(W: 3×2, x: 2×1)
    >>> x @ x
    Traceback (most recent call last):
    symnet.errors.ShapeError: cannot multiply x (2×1) by x (2×1): 1 columns meet 2 rows
    """

    __slots__ = ("_hash", "args", "op", "shape", "size", "value")

    op: str
    args: tuple[Term, ...]
    value: Any
    shape: Shape
    size: int
    _hash: int

    def __new__(cls, op: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
        rule = _SHAPES.get(op) if type(op) is str else None
        if rule is None:
            raise UsageError(f"there is no term {_brief(op)}; the ops are {', '.join(_SHAPES)}")
        if type(args) is not tuple or any(type(a) is not Term for a in args):
            raise UsageError(f"the arguments of {op} are a tuple of terms, not {_brief(args)}")
        shape = rule(args, value)
        self = object.__new__(cls)
        assign = object.__setattr__
        assign(self, "op", op)
        assign(self, "args", args)
        assign(self, "value", value)
        assign(self, "shape", shape)
        assign(self, "size", 1 + sum(a.size for a in args))
        assign(self, "_hash", hash((op, value, tuple(a._hash for a in args))))
        return self

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("Term has no subclasses: the kernel trusts what a Term says of itself")

    def __setattr__(self, attribute: str, value: Any) -> NoReturn:
        raise AttributeError("a term is immutable")

    def __delattr__(self, attribute: str) -> NoReturn:
        raise AttributeError("a term is immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.op, self.args, self.value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if type(other) is not Term:
            return NotImplemented
        todo, seen = [(self, other)], set()
        while todo:
            a, b = todo.pop()
            if a is b or (id(a), id(b)) in seen:
                continue
            if a._hash != b._hash or a.op != b.op or a.value != b.value or len(a.args) != len(b.args):
                return False
            seen.add((id(a), id(b)))
            todo += zip(a.args, b.args, strict=True)
        return True

    def __repr__(self) -> str:
        if self.op == "symbol":
            return f"{self.name}: {describe(self.shape)}" if self.shape else str(self.name)
        if self.size > 200:
            return f"{self.op}(… {brief(self.size)} nodes …)"
        if self.op == "number":
            return f"number({_ratio(self.value)})"
        value = [] if self.value is None else [brief(self.value) if self.op == "power" else str(self.value)]
        return f"{self.op}({', '.join([repr(a) for a in self.args] + value)})"

    @property
    def name(self) -> Name:
        """The name of a symbol or of an applied function."""
        found: Name = self.value[0] if self.op == "symbol" else self.value
        return found

    # Operators write terms down; they compute nothing.

    def __add__(self, other: Term | int | Fraction) -> Term:
        return Term("sum", (self, lift(other)))

    def __radd__(self, other: int | Fraction) -> Term:
        return lift(other) + self

    def __neg__(self) -> Term:
        return number(-1) * self

    def __sub__(self, other: Term | int | Fraction) -> Term:
        return self + -lift(other)

    def __rsub__(self, other: int | Fraction) -> Term:
        return lift(other) - self

    def __mul__(self, other: Term | int | Fraction) -> Term:
        right = lift(other)
        return Term("scale" if right.shape and not self.shape else "multiply", (self, right))

    def __rmul__(self, other: int | Fraction) -> Term:
        return lift(other) * self

    def __truediv__(self, other: Term | int | Fraction) -> Term:
        return Term("divide", (self, lift(other)))

    def __rtruediv__(self, other: int | Fraction) -> Term:
        return lift(other) / self

    def __pow__(self, exponent: int) -> Term:
        return Term("power", (self,), exponent)

    def __matmul__(self, other: Term) -> Term:
        return Term("product", (self, other))

    @property
    def T(self) -> Term:
        """The transpose of a matrix."""
        return Term("transpose", (self,))


# How each op checks its parts and finds its shape.


def _ratio(value: Fraction) -> str:
    parts = (value.numerator,) if value.denominator == 1 else (value.numerator, value.denominator)
    return "/".join(map(brief, parts))


def _short(term: Term) -> str:
    return f"{term.name if term.op == 'symbol' else 'a ' + term.op} ({describe(term.shape)})"


def _is_index(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_size(value: object) -> bool:
    return type(value) is Name or (_is_index(value) and value != 0)


def _check_size(value: object) -> Size:
    if not _is_size(value):
        raise UsageError(f"a size is a whole number from 1 or a Name, not {_brief(value)}")
    return value  # type: ignore[return-value]


def _check_shape(value: object) -> Shape:
    if type(value) is not tuple or len(value) not in (0, 2) or not all(map(_is_size, value)):
        raise UsageError(f"a shape is () for a scalar or (rows, columns) with sizes from 1, not {_brief(value)}")
    return value


def _no_value(op: str, value: object) -> None:
    if value is not None:
        raise UsageError(f"{op} carries no value, but was given {_brief(value)}")


def _arity(op: str, args: Sequence[Term], count: int) -> None:
    if len(args) != count:
        raise UsageError(f"{op} takes {count} terms, not {len(args)}")


def _all_scalar(op: str, args: Sequence[Term]) -> Shape:
    for a in args:
        if a.shape:
            raise ShapeError(f"{op} takes scalars, but {_short(a)} is a matrix (a 1×1 matrix is not a scalar)")
    return SCALAR


def _number(args: Sequence[Term], value: object) -> Shape:
    _arity("number", args, 0)
    if type(value) is not Fraction:
        raise UsageError(f"a number is an exact Fraction, not {_brief(value)}")
    if type(value.numerator) is not int or type(value.denominator) is not int:  # Fraction(numpy.int64(3)) overflows
        raise UsageError(f"a Fraction of {type(value.numerator).__name__}s is not exact: make it from ints")
    return SCALAR


def _symbol(args: Sequence[Term], value: object) -> Shape:
    _arity("symbol", args, 0)
    if type(value) is not tuple or len(value) != 2 or type(value[0]) is not Name:
        raise UsageError(f"a symbol carries (Name, shape), not {_brief(value)}")
    return _check_shape(value[1])


def _sum(args: Sequence[Term], value: object) -> Shape:
    _no_value("sum", value)
    if len(args) < 2:
        raise UsageError(f"a sum takes two or more terms, not {len(args)}")
    for a in args[1:]:
        if a.shape != args[0].shape:
            raise ShapeError(f"cannot add {_short(args[0])} and {_short(a)}: the shapes differ")
    return args[0].shape


def _multiply(args: Sequence[Term], value: object) -> Shape:
    _no_value("multiply", value)
    if len(args) < 2:
        raise UsageError(f"multiply takes two or more terms, not {len(args)}")
    if all(a.shape for a in args):
        raise ShapeError(f"cannot multiply {_short(args[0])} and {_short(args[1])} with *: write @ for matrices")
    return _all_scalar("multiply", args)


def _power(args: Sequence[Term], value: object) -> Shape:
    _arity("power", args, 1)
    if type(value) is not int or value < 0:
        raise UsageError(f"an exponent is a whole number from 0, not {_brief(value)}; write 1/x for a negative power")
    return _all_scalar("power", args)


def _divide(args: Sequence[Term], value: object) -> Shape:
    _no_value("divide", value)
    _arity("divide", args, 2)
    return _all_scalar("divide", args)


def _product(args: Sequence[Term], value: object) -> Shape:
    _no_value("product", value)
    if len(args) < 2:
        raise UsageError(f"a product takes two or more matrices, not {len(args)}")
    for a in args:
        if not a.shape:
            raise ShapeError(f"a product takes matrices, but {_short(a)} is not: write * to scale by it")
    for a, b in pairwise(args):
        if a.shape[1] != b.shape[0]:
            raise ShapeError(f"cannot multiply {_short(a)} by {_short(b)}: {a.shape[1]} columns meet {b.shape[0]} rows")
    return (args[0].shape[0], args[-1].shape[1])


def _scale(args: Sequence[Term], value: object) -> Shape:
    _no_value("scale", value)
    _arity("scale", args, 2)
    if args[0].shape or not args[1].shape:
        raise ShapeError(f"scale takes a scalar and a matrix, not {_short(args[0])} and {_short(args[1])}")
    return args[1].shape


def _transpose(args: Sequence[Term], value: object) -> Shape:
    _no_value("transpose", value)
    _arity("transpose", args, 1)
    if not args[0].shape:
        raise ShapeError(f"only a matrix has a transpose, and {_short(args[0])} is none")
    return (args[0].shape[1], args[0].shape[0])


def _identity(args: Sequence[Term], value: object) -> Shape:
    _arity("identity", args, 0)
    return (_check_size(value), _check_size(value))


def _zero(args: Sequence[Term], value: object) -> Shape:
    _arity("zero", args, 0)
    if not _check_shape(value):
        raise UsageError("zero is a matrix; the scalar is number 0")
    return _check_shape(value)


def _ones(args: Sequence[Term], value: object) -> Shape:
    _arity("ones", args, 0)
    return (_check_size(value), 1)


def _apply(args: Sequence[Term], value: object) -> Shape:
    _arity("apply", args, 1)
    if type(value) is not Name:
        raise UsageError(f"a function is given by its Name, not {_brief(value)}")
    return args[0].shape


def _cases(args: Sequence[Term], value: object) -> Shape:
    if type(value) is not tuple or not value or any(type(r) is not str or r not in ("<", "<=") for r in value):
        raise UsageError(f"cases carry a tuple of relations '<' or '<=', not {_brief(value)}")
    _arity(f"cases with {len(value)} relations", args, 3 * len(value) + 1)
    return _all_scalar("cases", args)


_SHAPES: Final[dict[str, Callable[[Sequence[Term], object], Shape]]] = {
    "number": _number,
    "symbol": _symbol,
    "sum": _sum,
    "multiply": _multiply,
    "power": _power,
    "divide": _divide,
    "product": _product,
    "scale": _scale,
    "transpose": _transpose,
    "identity": _identity,
    "zero": _zero,
    "ones": _ones,
    "apply": _apply,
    "cases": _cases,
}


# Writing terms.


def lift(value: Term | int | Fraction) -> Term:
    """Make a scalar of a whole number or a Fraction; leave a term as it is."""
    return value if type(value) is Term else number(value)  # type: ignore[arg-type]


def number(value: int | Fraction) -> Term:
    """The rational number ``value``. Floats are refused: they never enter a proof."""
    if type(value) not in (int, Fraction):
        raise UsageError(
            f"a number in a proof is an int or a Fraction, not {_brief(value)}; write Fraction('0.1') for 0.1"
        )
    return Term("number", (), Fraction(value))


def symbol(name: Name | str, shape: Shape = SCALAR) -> Term:
    """A symbol: an arbitrary real matrix of that shape, until something defines it."""
    return Term("symbol", (), (Name(name) if isinstance(name, str) else name, shape))


def total(terms: Iterable[Term]) -> Term:
    """The sum of one or more terms, flat."""
    return _flat("sum", terms)


def multiply(factors: Iterable[Term]) -> Term:
    """The product of one or more scalars, flat."""
    return _flat("multiply", factors)


def product(factors: Iterable[Term]) -> Term:
    """The product of one or more matrices, flat."""
    return _flat("product", factors)


def _flat(op: str, terms: Iterable[Term]) -> Term:
    args = tuple(terms)
    return args[0] if len(args) == 1 else Term(op, args)


def identity(size: Size) -> Term:
    """The n×n identity matrix I."""
    return Term("identity", (), size)


def zero(rows: Size, columns: Size) -> Term:
    """The m×n zero matrix."""
    return Term("zero", (), (rows, columns))


def ones(size: Size) -> Term:
    """The n×1 column of ones."""
    return Term("ones", (), size)


def apply(function: Name | str, argument: Term) -> Term:
    """``function(argument)``, of the argument's shape."""
    return Term("apply", (argument,), Name(function) if isinstance(function, str) else function)


def cases(*arms: tuple[Term, str, Term, Term], otherwise: Term) -> Term:
    """``cases((l, "<=", r, v), …, otherwise=w)``: v where l <= r, else …, else w."""
    args = [part for left, _, right, value in arms for part in (left, right, value)]
    return Term("cases", (*args, otherwise), tuple(relation for _, relation, _, _ in arms))


# Reading terms.


def postorder(*roots: Term, leaves: Container[str] = (), seen: dict[int, Term] | None = None) -> Iterator[Term]:
    """Every distinct node object below the roots, each after its arguments; not below the ops in ``leaves``.

    Nodes in ``seen``, by their id, are passed over, and those that are met are added to it.
    """
    seen = {} if seen is None else seen
    todo = [(root, False) for root in reversed(roots)]
    while todo:
        node, ready = todo.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen[id(node)] = node
            todo.append((node, True))
            if node.op not in leaves:
                todo += [(a, False) for a in reversed(node.args)]


def fold(root: Term, combine: Callable[[Term, list[Result]], Result], leaves: Container[str] = ()) -> Result:
    """Bottom-up: ``combine(node, results of its arguments)``, once a node; a leaf op gets no results."""
    results: dict[int, Result] = {}
    for node in postorder(root, leaves=leaves):
        below = () if node.op in leaves else node.args
        results[id(node)] = combine(node, [results[id(a)] for a in below])
    return results[id(root)]


def substitute(root: Term, replacement: Mapping[Term, Term]) -> Term:
    """Replace every occurrence of each key at once; what is put in is not searched again."""

    def combine(node: Term, args: list[Term]) -> Term:
        if node in replacement:
            return replacement[node]
        if all(new is old for new, old in zip(args, node.args, strict=True)):
            return node
        return Term(node.op, tuple(args), node.value)

    return fold(root, combine)


def symbols(*roots: Term) -> dict[Term, None]:
    """The symbols of the terms, in order of appearance."""
    return {node: None for node in postorder(*roots) if node.op == "symbol"}


def denominators(*roots: Term) -> dict[Term, None]:
    """Everything that is divided by, as written, in order of appearance."""
    return {node.args[1]: None for node in postorder(*roots) if node.op == "divide"}


# The plain data of a derivation.


@dataclass(frozen=True, slots=True)
class Equation:
    """``lhs = rhs``, two terms of one shape."""

    lhs: Term
    rhs: Term

    def __post_init__(self) -> None:
        _check_terms("an equation", (self.lhs, self.rhs))
        if self.lhs.shape != self.rhs.shape:
            raise ShapeError(f"{_short(self.lhs)} cannot equal {_short(self.rhs)}: the shapes differ")


@dataclass(frozen=True, slots=True)
class Condition:
    """``nonzero ≠ 0``, a scalar that an equation divides by."""

    nonzero: Term


@dataclass(frozen=True, slots=True)
class Definition:
    """``symbol := body``, an abbreviation."""

    symbol: Term
    body: Term

    def __post_init__(self) -> None:
        _check_terms("a definition", (self.symbol, self.body))
        if self.symbol.op != "symbol":
            raise UsageError(f"only a symbol can be defined, not {_short(self.symbol)}")
        if self.symbol.shape != self.body.shape:
            raise ShapeError(f"{_short(self.symbol)} cannot abbreviate {_short(self.body)}: the shapes differ")


@dataclass(frozen=True, slots=True)
class Step:
    """One line: a rule of the kernel, the earlier lines it uses, and the terms it needs."""

    rule: str
    premises: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """Definitions, steps, and which of the steps are the claim. Plain data: it proves nothing until replayed."""

    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    goals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One or more equations, the conditions under which they hold, and the hypotheses they rest on."""

    equations: tuple[Equation, ...]
    conditions: tuple[Condition, ...] = ()
    hypotheses: tuple[Equation, ...] = ()


def _check_terms(what: str, terms: tuple[object, ...]) -> None:
    for term in terms:
        if type(term) is not Term:
            raise SymnetError(f"{what} is between terms, not {_brief(term)}")
