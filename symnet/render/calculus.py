"""How functions, roots, absolute values and derivatives are put together for a :class:`~symnet.render.printer.Printer`.

A function with a name takes a bare argument where nothing can follow that would seem to belong to it: z tanh z, but
tanh(z) w. So does d/dz. Symbols have a prime, u′, and so has what is made of symbols alone, (u/v)′; where there are
several variables, ∂a/∂z is written out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from symnet.render.functions import NAMED, is_low
from symnet.render.piece import Ask, Item, Level, Piece
from symnet.term import Name, Term, known_function, number, postorder

if TYPE_CHECKING:
    from symnet.render.printer import Printer

#: What is made of symbols by these alone, and of no more nodes, has a prime.
_PRIMED: Final = frozenset({"symbol", "number", "sum", "multiply", "divide", "power"})
_MOST_PRIMED: Final = 9
_ZERO, _ONE, _MINUS_ONE = number(0), number(1), number(-1)
#: What a function may be applied to without brackets.
_ATOMS: Final = frozenset({"symbol", "number", "constant", "index"})


def function_name(term: Term) -> str:
    """The name of the known function that a term applies to a scalar, or nothing."""
    return "" if term.shape else known_function(term.value)


def is_absolute(term: Term) -> bool:
    """Whether a case distinction is |u|: u where 0 ≤ u, and −u otherwise.

    >>> from symnet.term import cases, symbol
    >>> z = symbol("z")
    >>> is_absolute(cases((number(0), "<=", z, z), otherwise=-z))
    True
    """
    if term.value != ("<=",):
        return False
    low, high, inside, otherwise = term.args
    return low == _ZERO and high == inside and otherwise == _MINUS_ONE * inside


def reaches(printer: Printer, term: Term) -> bool:
    """Whether a term ends in a bare argument, so that a factor behind it would seem to belong to it."""
    if term.op == "power":
        term = term.args[0]
        return term.op == "apply" and function_name(term) in NAMED and is_atom(printer, term.args[0])
    if term.op == "apply":
        return function_name(term) in NAMED and is_atom(printer, term.args[0])
    if term.op != "derivative" or moves(term) or form(printer, term) != "operator":
        return False
    return _binds(printer, term.args[0])


def is_atom(printer: Printer, term: Term) -> bool:
    """Whether a function takes the term without brackets."""
    return term.op in _ATOMS and printer.level(term) is Level.ATOM


def is_tall(printer: Printer, term: Term) -> bool:
    """Whether a derivative has a fraction in it: d/dz, and not a prime."""
    return printer.notation.fraction is not None and (form(printer, term) != "prime" or moves(term))


# Functions.


def applied(printer: Printer, term: Term, tight: bool, exponent: Sequence[Item] = ()) -> Sequence[Item]:
    """A function of something; ``tight`` says that something may follow."""
    row, name, argument = printer.notation.analysis, function_name(term), term.args[0]
    if name == "sqrt":
        return _root(printer, argument)
    if name == "exp" and printer.has_e:
        if argument == _ONE:
            return (row.e,)
        if is_low(argument):
            return (row.exponential(Piece(*printer.raised.piece(Ask(argument, row.inside)))),)
    head = printer.function(term.value)
    if name in NAMED and not tight and is_atom(printer, argument):
        return (head, *exponent, row.gap, Ask(argument, Level.ATOM))
    opening, closing = printer.brackets_behind(argument)
    return (head, *exponent, opening, Ask(argument, Level.LOOSE), closing)


def _root(printer: Printer, argument: Term) -> Sequence[Item]:
    row = printer.notation.analysis
    if row.root is None:
        return (row.radical, Ask(argument, Level.ATOM))
    return (row.root[0], Ask(argument, Level.LOOSE), row.root[1])


def power(printer: Printer, term: Term, tight: bool) -> Sequence[Item]:
    """A power; that of a function with a name has its exponent behind the name."""
    base, exponent = term.args[0], printer.notation.exponent(term.value)
    if base.op == "apply" and function_name(base) in NAMED:
        return applied(printer, base, tight, (exponent,))
    return (Ask(base, Level.ATOM), exponent)


def absolute(printer: Printer, term: Term) -> Sequence[Item]:
    """|u|"""
    opening, closing = printer.notation.analysis.absolute(printer.brackets_behind(term.args[1]))
    return (opening, Ask(term.args[1], Level.LOOSE), closing)


# Derivatives.


def form(printer: Printer, term: Term) -> str:
    """How a derivative is written: with a prime, as a quotient da/dz, or with the operator d/dz."""
    body, name = term.args[0], term.value[0]
    if not printer.has_several and is_primed(body, name, printer.defined):
        return "prime"
    return "quotient" if body.op == "symbol" and body.name != name else "operator"


def is_primed(body: Term, name: Name, defined: Collection[Name] | None = None) -> bool:
    """Whether a derivative is written with a prime, where it can be: that of symbols and what is made of them alone.

    Where the names are known that stand for functions, one of these has to be among them.
    """
    if body.size > _MOST_PRIMED:
        return False
    nodes = list(postorder(body))
    names = [n.name for n in nodes if n.op == "symbol"]
    plain = all(n.layer is None and n != name for n in names)
    known = bool(names) if defined is None else any(n in defined for n in names)
    return known and plain and all(n.op in _PRIMED for n in nodes)


def _binds(printer: Printer, body: Term) -> bool:
    """Whether d/dz is written in front of a body without brackets."""
    return printer.level(body) >= Level.FACTOR


def moves(term: Term) -> bool:
    """Whether a derivative is taken at another point than its variable."""
    point = term.args[1]
    return term.value[1] != "both" or point.op != "symbol" or point.name != term.value[0]


def level(printer: Printer, term: Term) -> Level:
    """How tightly a derivative binds."""
    slashed = printer.notation.fraction is None and form(printer, term) == "quotient" and not moves(term)
    return Level.PRODUCT if slashed else Level.FACTOR


def derivative(printer: Printer, term: Term, tight: bool) -> Sequence[Item]:
    """A derivative: a′, (u/v)′, a′(0), a′₊(0), d/dz (…), ∂a/∂z, or one of these at a point."""
    (_, point), side = term.args, term.value[1]
    written = _FORMS[form(printer, term)](printer, term, tight)
    if not moves(term):
        return written
    if form(printer, term) == "prime" and (side != "both" or is_atom(printer, point)):
        opening, closing = printer.notation.brackets
        return (*written, opening, Ask(point, Level.LOOSE), closing)
    return _at(printer, term, written)


def _prime(printer: Printer, term: Term, tight: bool) -> Sequence[Item]:
    body, row, side = term.args[0], printer.notation.analysis, printer.notation.analysis.sides[term.value[1]]
    asked: Item = Ask(body, Level.ATOM)
    if body.op == "symbol" and body.name.entry and side.text:
        asked = printer.grouped(printer.name(body.name))  # LaTeX takes no second index otherwise
    return (asked, row.prime, side)


def _quotient(printer: Printer, term: Term, tight: bool) -> Sequence[Item]:
    above, below = printer.name(term.args[0].name), printer.name(term.value[0])
    return (printer.notation.analysis.quotient(above, below, printer.differential),)


def _operator(printer: Printer, term: Term, tight: bool) -> Sequence[Item]:
    body, variable, row = term.args[0], printer.name(term.value[0]), printer.notation.analysis
    operator, (gap, narrow) = row.operator(variable, printer.differential), row.apart
    if moves(term):
        return (operator, gap, Ask(body, Level.PRODUCT))
    if _binds(printer, body) and not tight:
        return (operator, gap, Ask(body, Level.PRODUCT if printer.reaches(body) else Level.FACTOR))
    opening, closing = printer.brackets_behind(body)
    return (operator, narrow, opening, Ask(body, Level.LOOSE), closing)


_FORMS: Final = {"prime": _prime, "quotient": _quotient, "operator": _operator}


def _at(printer: Printer, term: Term, written: Sequence[Item]) -> Sequence[Item]:
    """What is written, with a bar behind it and the point below that."""
    (_, point), (name, side) = term.args, term.value
    row = printer.notation.analysis
    opening, bar, equals, closing = row.bar
    return (opening, *written, bar, printer.name(name), equals, Ask(point, row.inside), row.limits[side], closing)
