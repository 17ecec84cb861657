"""The node of a term, and how each op checks its parts and finds its shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, NoReturn

from symnet.errors import ShapeError, UsageError, brief
from symnet.term.names import (
    SCALAR,
    Index,
    Name,
    Position,
    Shape,
    Size,
    at,
    check_limit,
    check_shape,
    check_size,
    describe,
    shifted,
    variables_of,
)

#: Where ``size`` stops counting.
SIZE_LIMIT: Final = 10**15
#: How deeply Σ and ∏ nest, and how many indices a term may have, free or bound.
NESTING_LIMIT: Final = 8
INDEX_LIMIT: Final = 64
#: The functions that the kernel knows. Any other name stands for a function of which nothing is known.
KNOWN: Final = ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh", "erf")
#: Those that are not defined everywhere.
PARTIAL: Final = ("log", "sqrt")
#: The sides from which a derivative may be taken.
SIDES: Final = ("both", "left", "right")
_NONE: Final[frozenset[str]] = frozenset()


class _Node:
    """What a term stores. A node is filled by plain assignments, which is quick, and then becomes a :class:`Term`."""

    __slots__ = ("_hash", "args", "bound", "free", "op", "partial", "shape", "size", "value")

    op: str
    args: tuple[Term, ...]
    value: Any
    shape: Shape
    size: int
    partial: bool
    free: frozenset[str]
    bound: frozenset[str]
    _hash: int


class Term(_Node):
    """One immutable node; see the module's table for what each op takes.

    ``size`` counts the nodes of the tree as it would be written out (shared subterms count each time) and stops
    counting at its limit, which no kernel accepts. ``partial`` says whether anything in it is a denominator, a
    logarithm, a root or a derivative, and so may be undefined somewhere. ``free`` are the index variables that it
    depends on, and ``bound`` those that a Σ or ∏ in it binds.

    >>> x = Term("symbol", (), (Name("x"), (2, 1)))
    >>> Term("symbol", (), (Name("W"), (3, 2))) @ x
    product(W: 3×2, x: 2×1)
    >>> x @ x
    Traceback (most recent call last):
    symnet.errors.ShapeError: cannot multiply x (2×1) by x (2×1): 1 columns meet 2 rows
    """

    __slots__ = ()

    def __new__(cls, op: str, args: tuple[Term, ...] = (), value: Any = None) -> Term:
        rule = _SHAPES.get(op) if type(op) is str else None
        if rule is None:
            raise UsageError(f"there is no term {_brief(op)}; the ops are {', '.join(_SHAPES)}")
        size, partial, free, bound, hashes = 1, op in ("divide", "derivative"), _NONE, _NONE, []
        for a in args if type(args) is tuple else (None,):
            if type(a) is not Term:
                raise UsageError(f"the arguments of {op} are a tuple of terms, not {_brief(args)}")
            size += a.size
            partial = partial or a.partial
            if a.free or a.bound:
                free, bound = free | a.free, bound | a.bound
                if len(free) + len(bound) > INDEX_LIMIT:
                    raise UsageError(f"a term has more than {INDEX_LIMIT} indices: use fewer letters")
            hashes.append(a._hash)
        shape = rule(args, value)
        if op in BINDERS:
            free, bound = (free - {value[0]}).union(*map(variables_of, value[1:3])), bound | {value[0]}
        elif value is not None:
            free = free.union(mentioned) if (mentioned := variables_in(value)) else free
        # A number is hashed by its digits: Python gives all multiples of 2^61 - 1 the hash 0.
        content = f"{value.numerator:x}/{value.denominator:x}" if op == "number" else value
        node = _Node()
        node.op = op
        node.args = args
        node.value = value
        node.shape = shape
        node.size = size if size < SIZE_LIMIT else SIZE_LIMIT
        node.partial = partial or (op == "apply" and known_function(value) in PARTIAL)
        node.free = free
        node.bound = bound
        node._hash = hash((op, content, *hashes))
        node.__class__ = Term
        return node  # type: ignore[return-value]

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
        if self is other or self._hash != other._hash:
            return self is other
        if self.args is other.args:  # as those of two leaves are
            return bool(self.op == other.op and self.value == other.value)
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
        if self.op in BINDERS:
            value = list(map(str, self.value))
        else:
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


def variables_in(value: object) -> list[str]:
    """The index variables in what a node carries: in its names, sizes and positions."""
    kind = type(value)
    if kind is tuple:
        return [v for part in value if type(part) in _INDEXED for v in variables_in(part)]  # type: ignore[attr-defined]
    if kind is Name:
        return [v for p in value.positions if type(p) is Index for v in p.variables]  # type: ignore[attr-defined]
    return list(value.variables) if kind is Index else []  # type: ignore[attr-defined]


_INDEXED: Final = (tuple, Name, Index)


# How each op checks its parts and finds its shape.


def _ratio(value: Fraction) -> str:
    parts = (value.numerator,) if value.denominator == 1 else (value.numerator, value.denominator)
    return "/".join(map(brief, parts))


def _brief(value: object) -> str:
    return repr(value) if type(value) in (Term, Name) else brief(value)


def short(term: Term) -> str:
    """The term in a message: its name or kind, and its shape."""
    return f"{term.name if term.op == 'symbol' else 'a ' + term.op} ({describe(term.shape)})"


def _no_value(op: str, value: object) -> None:
    if value is not None:
        raise UsageError(f"{op} carries no value, but was given {_brief(value)}")


def _arity(op: str, args: Sequence[Term], count: int) -> None:
    if len(args) != count:
        raise UsageError(f"{op} takes {count} terms, not {len(args)}")


def _all_scalar(op: str, args: Sequence[Term]) -> Shape:
    for a in args:
        if a.shape:
            raise ShapeError(f"{op} takes scalars, but {short(a)} is a matrix (a 1×1 matrix is not a scalar)")
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
    return check_shape(value[1])


def _sum(args: Sequence[Term], value: object) -> Shape:
    _no_value("sum", value)
    if len(args) < 2:
        raise UsageError(f"a sum takes two or more terms, not {len(args)}")
    shape = args[0].shape
    for a in args:
        if a.shape != shape:
            raise ShapeError(f"cannot add {short(args[0])} and {short(a)}: the shapes differ")
    return shape


def _multiply(args: Sequence[Term], value: object) -> Shape:
    _no_value("multiply", value)
    if len(args) < 2:
        raise UsageError(f"multiply takes two or more terms, not {len(args)}")
    if args[0].shape and all(a.shape for a in args):
        raise ShapeError(f"cannot multiply {short(args[0])} and {short(args[1])} with *: write @ for matrices")
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
            raise ShapeError(f"a product takes matrices, but {short(a)} is not: write * to scale by it")
    for a, b in pairwise(args):
        if a.shape[1] != b.shape[0]:
            raise ShapeError(f"cannot multiply {short(a)} by {short(b)}: {a.shape[1]} columns meet {b.shape[0]} rows")
    return (args[0].shape[0], args[-1].shape[1])


def _scale(args: Sequence[Term], value: object) -> Shape:
    _no_value("scale", value)
    _arity("scale", args, 2)
    if args[0].shape or not args[1].shape:
        raise ShapeError(f"scale takes a scalar and a matrix, not {short(args[0])} and {short(args[1])}")
    return args[1].shape


def _transpose(args: Sequence[Term], value: object) -> Shape:
    _no_value("transpose", value)
    _arity("transpose", args, 1)
    if not args[0].shape:
        raise ShapeError(f"only a matrix has a transpose, and {short(args[0])} is none")
    return (args[0].shape[1], args[0].shape[0])


def _identity(args: Sequence[Term], value: object) -> Shape:
    _arity("identity", args, 0)
    return (check_size(value), check_size(value))


def _zero(args: Sequence[Term], value: object) -> Shape:
    _arity("zero", args, 0)
    if not check_shape(value):
        raise UsageError("zero is a matrix; the scalar is number 0")
    return check_shape(value)


def _ones(args: Sequence[Term], value: object) -> Shape:
    _arity("ones", args, 0)
    return (check_size(value), 1)


def _apply(args: Sequence[Term], value: object) -> Shape:
    _arity("apply", args, 1)
    if type(value) is not Name:
        raise UsageError(f"a function is given by its Name, not {_brief(value)}")
    return args[0].shape


def known_function(name: Name) -> str:
    """The name of a function that the kernel knows, and otherwise nothing."""
    return name.base if name.base in KNOWN and name.layer is None and not name.entry else ""


def _constant(args: Sequence[Term], value: object) -> Shape:
    _arity("constant", args, 0)
    if type(value) is not str or value != "pi":
        raise UsageError(f"the one constant with a name is 'pi', not {_brief(value)}; e is exp(1)")
    return SCALAR


def _derivative(args: Sequence[Term], value: object) -> Shape:
    _arity("derivative", args, 2)
    fits = type(value) is tuple and len(value) == 2 and type(value[0]) is Name and type(value[1]) is str
    if not fits or value[1] not in SIDES:  # type: ignore[index]
        raise UsageError(f"a derivative carries the Name of its variable and one of {', '.join(SIDES)}")
    return _all_scalar("derivative", args)


def _cases(args: Sequence[Term], value: object) -> Shape:
    if type(value) is not tuple or not value or any(type(r) is not str or r not in ("<", "<=") for r in value):
        raise UsageError(f"cases carry a tuple of relations '<' or '<=', not {_brief(value)}")
    _arity(f"cases with {len(value)} relations", args, 3 * len(value) + 1)
    return _all_scalar("cases", args)


def _index(args: Sequence[Term], value: object) -> Shape:
    _arity("index", args, 0)
    if type(value) is not Index:
        raise UsageError(f"an index carries an Index, not {_brief(value)}; a whole number is a number")
    return SCALAR


def _sigma(args: Sequence[Term], value: object) -> Shape:
    variable, _, _ = _binder("sigma", args, value, 3)
    if variable in variables_in(args[0].shape):
        raise ShapeError(f"cannot add {short(args[0])} over {variable}: its shape depends on {variable}")
    return args[0].shape


def _pi(args: Sequence[Term], value: object) -> Shape:
    variable, lower, upper = _binder("pi", args, value, 4)
    direction = value[3]  # type: ignore[index]
    if type(direction) is not str or direction not in ("descending", "ascending"):
        raise UsageError(f"the factors of pi are 'descending' or 'ascending', not {_brief(direction)}")
    if not args[0].shape:
        return SCALAR
    rows, columns = args[0].shape
    inner, outer, first, last = (rows, columns, upper, lower)
    if direction == "ascending":
        inner, outer, first, last = (columns, rows, lower, upper)
    if size_at(outer, variable, shifted(Index((variable,)), 1)) != inner:
        raise ShapeError(f"cannot multiply {short(args[0])} over {variable}: neighbouring factors do not fit")
    return (size_at(rows, variable, first), size_at(columns, variable, last))


def _binder(op: str, args: Sequence[Term], value: object, parts: int) -> tuple[str, Position, Position]:
    """What Σ and ∏ have in common: a variable, a lower and an upper limit, and a body that may depend on it."""
    _arity(op, args, 1)
    if type(value) is not tuple or len(value) != parts:
        raise UsageError(f"{op} carries a variable, its limits, and for pi a direction, not {_brief(value)}")
    variable, lower, upper = value[0], check_limit(value[1]), check_limit(value[2])
    Index((variable,))
    if variable in args[0].bound or variable in (*variables_of(lower), *variables_of(upper)):
        raise UsageError(f"{op} binds {variable}, which is in use there: rename one")
    if len(args[0].bound) >= NESTING_LIMIT:
        raise UsageError(f"{op} is nested more than {NESTING_LIMIT} deep")
    if args[0].partial:
        raise UsageError(f"{op} of a quotient, root or logarithm is not supported: it may be undefined for some index")
    return variable, lower, upper


def size_at(size: Size, variable: str, value: Position) -> Size:
    """The size with an index variable replaced."""
    return name_at(size, variable, value) if type(size) is Name else size


def name_at(name: Name, variable: str, value: Position) -> Name:
    """The name with an index variable replaced."""
    layer = None if name.layer is None else at(name.layer, variable, value)
    return Name(name.base, layer, tuple(at(p, variable, value) for p in name.entry))


#: The ops that bind an index variable in their argument.
BINDERS: Final = frozenset({"sigma", "pi"})

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
    "constant": _constant,
    "derivative": _derivative,
    "index": _index,
    "sigma": _sigma,
    "pi": _pi,
}
