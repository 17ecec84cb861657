"""Lies told by data that only looks like numbers, names and terms."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from symnet.errors import SymnetError, UsageError
from symnet.kernel import replay
from symnet.term import Definition, Derivation, Equation, Name, Step, Term, apply, number, symbol
from symnet.term.node import _Node
from tests.rejected.attack import A, Attack, derivation, equate, refuse, step, table, x, y


class Whole(int):
    """A whole number of a class of its own."""


class Ratio(Fraction):
    """A fraction of a class of its own."""


class Liar(int):
    """A whole number that equals every other and absorbs every factor, and passes as a numerator."""

    numerator = property(lambda self: self)  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True

    def __mul__(self, other: object) -> Liar:
        return self

    __rmul__ = __mul__
    __hash__ = int.__hash__


class Text(str):
    """A text of a class of its own."""


class AtMost(str):
    """Reads ``<=`` and compares as ``<``."""

    def __eq__(self, other: object) -> bool:
        return other == "<"

    def __hash__(self) -> int:
        return hash("<")


class Lookalike:
    """Everything that a term has."""

    op, args, value, shape, size = "symbol", (), (Name("x"), ()), (), 1

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(x)


def through_a_liar() -> Derivation:
    """1 = liar = 2."""
    liar = number(Fraction(Liar(1)))
    return derivation(step("start", number(1)), step("regroup", 0, liar), step("regroup", 1, number(2)))


class Raw(_Node):
    """Laid out like a term, so that Python lets it turn into one without its checks."""

    __slots__ = ()


class Ratioid:
    """Has the parts of a fraction, the numerator being the liar."""

    numerator, denominator = Liar(1), 1


def through_a_forged_class() -> Derivation:
    """1 = forged = 2."""
    forged = Raw()
    forged.op, forged.args, forged.value, forged.shape, forged.size, forged._hash = "number", (), Ratioid(), (), 1, 0
    forged.__class__ = Term  # type: ignore[assignment]
    return derivation(step("start", number(1)), step("regroup", 0, forged), step("regroup", 1, number(2)))


def with_relation(relation: str) -> Term:
    return Term("cases", (x, y, x, y), (relation,))


def set_definition(lhs: object, rhs: object) -> Derivation:
    """A definition that came to be by unpickling, past the checks of its making."""
    definition = Definition.__new__(Definition)
    definition.__setstate__([lhs, rhs])  # type: ignore[attr-defined]
    return Derivation((definition,), (step("start", lhs), step("unfold", 0, lhs)), (1,))  # type: ignore[arg-type]


NUMBERS: list[Attack] = [
    ("a float as a number", lambda: number(0.5), "a number in a proof is an int or a Fraction, not 0.5"),
    ("nan as a number", lambda: number(float("nan")), "is an int or a Fraction, not nan"),
    ("a float to add", lambda: x + 0.1, "is an int or a Fraction, not 0.1"),
    ("a float to multiply by", lambda: 0.1 * x, "is an int or a Fraction, not 0.1"),
    ("a float to divide by", lambda: x / 2.0, "is an int or a Fraction, not 2.0"),
    ("a float in the node itself", lambda: Term("number", (), 1.0), "a number is an exact Fraction, not 1.0"),
    ("a whole number in the node itself", lambda: Term("number", (), 1), "a number is an exact Fraction, not 1"),
    ("True as 1", lambda: number(True), "is an int or a Fraction, not True"),
    ("x + True", lambda: x + True, "is an int or a Fraction, not True"),
    ("a complex number", lambda: number(1j), "is an int or a Fraction, not 1j"),
    ("a decimal", lambda: number(Decimal("0.1")), "is an int or a Fraction"),
    ("a text as a number", lambda: number("1"), "is an int or a Fraction, not '1'"),
    ("None as a number", lambda: x * None, "is an int or a Fraction, not None"),
    ("a subclass of int", lambda: number(Whole(1)), "is an int or a Fraction"),
    ("a subclass of Fraction", lambda: number(Ratio(1, 2)), "is an int or a Fraction"),
    ("a subclass of Fraction in the node itself", lambda: Term("number", (), Ratio(1)), "an exact Fraction"),
    ("1 = liar = 2, the liar being a numerator", through_a_liar, "a Fraction of Liars is not exact"),
    (
        "the liar in the node itself",
        lambda: derivation(step("start", Term("number", (), Fraction(Liar(1))))),
        "a Fraction of Liars is not exact",
    ),
    ("1 = 2 by an object that turns into a Term", through_a_forged_class, ""),
    ("x to the −1", lambda: x**-1, "an exponent is a whole number from 0, not -1"),
    ("x to the 1/2", lambda: x ** Fraction(1, 2), "an exponent is a whole number from 0"),
    ("x to the 2.0", lambda: x**2.0, "an exponent is a whole number from 0, not 2.0"),
    ("x to the True", lambda: x**True, "an exponent is a whole number from 0, not True"),
    ("x to the y", lambda: x**y, "an exponent is a whole number from 0, not y"),
    ("x to a subclass of int", lambda: x ** Whole(2), "an exponent is a whole number from 0"),
    ("a power without exponent", lambda: Term("power", (x,)), "an exponent is a whole number from 0, not None"),
    ("a size True", lambda: symbol("S", (True, True)), "with sizes from 1"),
    ("a size 2.0", lambda: symbol("S", (2.0, 2)), "with sizes from 1"),
    ("a size −1", lambda: symbol("S", (-1, 1)), "with sizes from 1"),
    ("a size 'n'", lambda: symbol("S", ("n", "n")), "with sizes from 1"),
    ("a size that is a subclass of int", lambda: symbol("S", (Whole(2), 1)), "with sizes from 1"),
    ("a size that is a term", lambda: symbol("S", (x, x)), "with sizes from 1"),
    ("a shape in a list", lambda: symbol("S", [2, 2]), "a shape is () for a scalar"),
    ("I of size True", lambda: Term("identity", (), True), "a size is a whole number from 1"),
    ("ones of size 0", lambda: Term("ones", (), 0), "a size is a whole number from 1"),
    ("ones of size None", lambda: Term("ones"), "a size is a whole number from 1"),
    ("a relation ==", lambda: with_relation("=="), "a tuple of relations '<' or '<='"),
    ("a relation >", lambda: with_relation(">"), "a tuple of relations '<' or '<='"),
    (
        "a relation that reads <= and compares as <",
        lambda: equate(with_relation("<"), with_relation(AtMost("<="))),
        "relation",
    ),
    ("cases without relations", lambda: Term("cases", (x,), ()), "a tuple of relations"),
    ("two relations for one case", lambda: Term("cases", (x, y, x, y), ("<", "<")), "takes 7 terms, not 4"),
    ("a sum with a value", lambda: Term("sum", (x, y), 2), "sum carries no value, but was given 2"),
    ("a transpose with a value", lambda: Term("transpose", (A,), False), "transpose carries no value"),
    ("an op called axiom", lambda: Term("axiom", (x,)), "there is no term 'axiom'"),
    ("an op that is None", lambda: Term(None), "there is no term None"),
    ("an op of a subclass of str", lambda: Term(Text("sum"), (x, y)), "there is no term 'sum'"),
    ("arguments in a list", lambda: Term("sum", [x, y]), "the arguments of sum are a tuple of terms"),
    ("a lookalike as an argument", lambda: Term("sum", (x, Lookalike())), "the arguments of sum are a tuple of terms"),
    ("a lookalike to add", lambda: x + Lookalike(), "is an int or a Fraction"),
    ("a lookalike in an equation", lambda: Equation(x, Lookalike()), "an equation is between terms"),
    ("a lookalike in a definition", lambda: Definition(Lookalike(), x), "a definition is between terms"),
    ("a lookalike as a term", lambda: derivation(Step("start", (), (Lookalike(),))), "a step takes terms"),
    ("a class as a term", lambda: derivation(Step("start", (), (Term,))), "a step takes terms"),
    ("a name that is empty", lambda: symbol(""), "a name is a letter followed by"),
    ("a name that is a program", lambda: symbol("__import__('os')"), "a name is a letter followed by"),
    ("a name with a line break", lambda: symbol("x\n"), "a name is a letter followed by"),
    ("a name with a space", lambda: symbol("x y"), "a name is a letter followed by"),
    ("a name of another alphabet that looks like x", lambda: symbol("х"), "a name is a letter followed by"),
    ("a name of a subclass of str", lambda: symbol(Text("x")), "a name is a letter followed by"),
    ("a layer that is True", lambda: Name("x", True), "the layer of a name is a whole number from 0"),
    ("a layer −1", lambda: Name("x", -1), "the layer of a name is a whole number from 0"),
    ("a layer 1.0", lambda: Name("x", 1.0), "the layer of a name is a whole number from 0"),
    ("an entry in a list", lambda: Name("x", None, [1]), "the entry of a name is a tuple"),
    ("an entry (True,)", lambda: Name("x", None, (True,)), "the entry of a name is a tuple"),
    ("an entry of a subclass of int", lambda: Name("x", None, (Whole(1),)), "the entry of a name is a tuple"),
    ("a symbol without its shape", lambda: Term("symbol", (), Name("x")), "a symbol carries (Name, shape)"),
    ("a symbol named by a text", lambda: Term("symbol", (), ("x", ())), "a symbol carries (Name, shape)"),
    ("a function named by a text", lambda: Term("apply", (x,), "f"), "a function is given by its Name"),
    ("a function that is a function of Python", lambda: apply(abs, x), "a function is given by its Name"),
    ("1 := 2 by unpickling", lambda: set_definition(number(1), number(2)), "definition"),
    ("x + y := 2 by unpickling", lambda: set_definition(x + y, number(2)), "definition"),
    ("a scalar defined as a matrix by unpickling", lambda: set_definition(x, A), "definition"),
    (
        "a definition that was never filled in",
        lambda: Derivation((Definition.__new__(Definition),), (), ()),
        "definition",
    ),
    ("a step that was never filled in", lambda: derivation(Step.__new__(Step)), "step"),
    ("a derivation that was never filled in", lambda: Derivation.__new__(Derivation), "derivation"),
]


@table(*NUMBERS)
def test_refused(tell, words):
    refuse(tell, words)


@pytest.mark.parametrize("attribute", ["op", "args", "value", "shape", "size", "_hash", "anything"])
def test_a_term_does_not_change(attribute):
    term = x + y
    with pytest.raises(AttributeError):
        setattr(term, attribute, 0)
    with pytest.raises(AttributeError):
        delattr(term, attribute)


@pytest.mark.parametrize("record", [Name("x"), Equation(x, y), Definition(x, y), Step("start"), derivation()])
def test_a_record_does_not_change(record):
    for field in type(record).__dataclass_fields__:
        with pytest.raises(AttributeError):
            setattr(record, field, None)


def test_a_term_has_no_subclasses():
    with pytest.raises(TypeError):
        type("Subterm", (Term,), {})


def test_a_term_of_another_class_is_no_term():
    class Open:
        __slots__ = ()

        def __init_subclass__(cls) -> None:
            """Keep Term's own guard from being called."""

    subclass = type("Subterm", (Open, Term), {"__slots__": (), "__eq__": lambda a, b: True, "__hash__": None})
    assert type(subclass("sum", (x, y))) is Term
    for kind in (subclass, Raw, _Node):
        other = _Node()
        for field in _Node.__slots__:
            setattr(other, field, getattr(x + y, field))
        other.__class__ = kind
        with pytest.raises(SymnetError, match="a step takes terms"):
            replay(derivation(Step("start", (), (other,))))  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="the arguments of sum are a tuple of terms"):
            Term("sum", (x, other))  # type: ignore[arg-type]


def test_a_copied_term_is_made_again_by_its_checks():
    class Forged:
        def __reduce__(self):
            return Term, ("sum", (x, A))

    with pytest.raises(SymnetError):
        pickle.loads(pickle.dumps(Forged()))
    assert copy.deepcopy(x + y) == x + y
    assert pickle.loads(pickle.dumps(A @ A.T)) == A @ A.T


def test_the_numbers_of_a_replayed_claim_are_its_own():
    """Whoever holds on to a Fraction that went into a term cannot change what was shown."""
    two = Fraction(2)
    shown = replay(derivation(step("start", number(1) + 1), step("regroup", 0, Term("number", (), two)))).claim
    two._numerator = 3
    assert shown.equations[0].rhs == number(2)


def test_the_names_of_a_replayed_claim_are_its_own():
    """Nor can whoever holds on to a Name."""
    name = Name("x")
    shown = replay(derivation(step("start", x), step("regroup", 0, symbol(name)))).claim
    try:
        name.__setstate__(["y", None, ()])  # type: ignore[attr-defined]
    except (AttributeError, TypeError, SymnetError):
        return
    assert shown.equations[0].rhs.name.base == "x"


OPTIMISED = """
from symnet.errors import SymnetError
from symnet.kernel import replay
from symnet.term import Definition, Derivation, Step, Term, number, symbol

x, A, B = symbol("x"), symbol("A", (2, 2)), symbol("B", (2, 2))
START = Step("start", (), (x,))
LIES = [
    lambda: replay(Derivation((), (START, Step("regroup", (0,), (x + 1,))), (1,))),
    lambda: replay(Derivation((), (Step("start", (), (A @ B,)), Step("regroup", (0,), (B @ A,))), (1,))),
    lambda: replay(Derivation((), (START, Step("symmetry", (1,))), (1,))),
    lambda: replay(Derivation((Definition(x, x + 1),), (START,), (0,))),
    lambda: replay(Derivation((), (Step("start", (), (1 / (number(0)),)),), (0,))),
    lambda: A + x,
    lambda: number(0.5),
]
refused = 0
for tell in LIES:
    try:
        tell()
    except SymnetError:
        refused += 1
print(refused == len(LIES) and not __debug__)
"""


def test_refused_under_python_o():
    run = subprocess.run(
        [sys.executable, "-O", "-c", OPTIMISED], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout == "True\n"
