"""A SymPy tree as plain data, and the term that it is: how a second reading comes back from its process.

A tree is a list of nodes ``[head, parts]``; the last is the root. The parts of a number are its numerator and its
denominator as text, of a symbol its name, and of anything else the places of its arguments, which come before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from symnet.errors import ParseError
from symnet.reader.functions import FUNCTIONS, GREEK_NAMES, odd_arccot
from symnet.reader.lexer import indexed_symbol
from symnet.reader.writing import E, raised
from symnet.term import Term, apply, constant, multiply, number, total

Tree = list[list[Any]]

#: The most nodes of a tree, and the longest text in one.
LARGEST_TREE: Final = 20_000
LONGEST_PART: Final = 2_000

_SYMBOL: Final = re.compile(r"([A-Za-z]+)(?:_(?:([0-9])|\{([0-9]+(?:,[0-9]+)*)\}))?")


def tree_of(expression: Any) -> Tree:
    """A SymPy expression as a tree, whatever its classes are.

    >>> import sympy
    >>> tree_of(2 * sympy.Symbol("z"))
    [['number', ['2', '1']], ['symbol', ['z']], ['Mul', [0, 1]]]
    """
    places: dict[int, int] = {}
    tree: Tree = []
    todo = [expression]
    while todo:
        node = todo[-1]
        if waiting := [a for a in _arguments(node) if id(a) not in places]:
            todo += reversed(waiting)
            continue
        todo.pop()
        if id(node) not in places:
            places[id(node)] = len(tree)
            tree.append(_node(node, places))
            if len(tree) > LARGEST_TREE:
                raise ParseError(f"the tree has more than {LARGEST_TREE:,} nodes")
    return tree


def _arguments(node: Any) -> tuple[Any, ...]:
    return () if node.is_Atom else node.args


def _node(node: Any, places: Mapping[int, int]) -> list[Any]:
    if node.is_Rational:
        return ["number", [str(node.p)[:LONGEST_PART], str(node.q)[:LONGEST_PART]]]
    if node.is_Symbol:
        return ["symbol", [node.name[:LONGEST_PART]]]
    return [node.func.__name__[:LONGEST_PART], [places[id(a)] for a in _arguments(node)]]


Build = Callable[..., Term]


def _log(u: Term, *base: Term) -> Term:
    if not base or base[0] == E:
        return apply("log", u)
    return apply("log", u) / apply("log", base[0])


#: How the classes of SymPy are written as terms.
BUILDERS: Final[dict[str, Build]] = {
    **{name: FUNCTIONS[name].write for name in ("exp", "sin", "cos", "tan", "cot", "sec", "csc", "atan")},
    **{name: FUNCTIONS[name].write for name in ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sign", "erf")},
    "acot": odd_arccot,
    "Abs": FUNCTIONS["abs"].write,
    "Max": FUNCTIONS["max"].write,
    "Min": FUNCTIONS["min"].write,
    "log": _log,
    "Add": lambda *args: total(args),
    "Mul": lambda *args: multiply(args),
    "Pow": raised,
    "Pi": lambda: constant("pi"),
    "Exp1": lambda: E,
}


def term_of(tree: Tree, builders: Mapping[str, Build] = BUILDERS) -> Term:
    """The term of a tree, by the builders of its heads.

    Raises :class:`~symnet.errors.ParseError` for a head that has no builder, and for a tree that is none.
    """
    terms: list[Term] = []
    for head, parts in _checked(tree):
        try:
            terms.append(_term(head, parts, terms, builders))
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            if isinstance(error, ParseError):
                raise
            raise ParseError(f"there is a {head[:40]!a} of {len(parts)} parts, which no term is") from None
    return terms[-1]


def _term(head: str, parts: list[Any], terms: Sequence[Term], builders: Mapping[str, Build]) -> Term:
    if head == "number":
        above, below = parts
        return number(Fraction(int(above), int(below)))
    if head == "symbol":
        (name,) = parts
        return _symbol(name)
    if head not in builders:
        raise ParseError(f"there is a {head[:40]!a}, which no term is")
    return builders[head](*(terms[place] for place in parts))


def _checked(tree: Any) -> Iterable[tuple[str, list[Any]]]:
    """The nodes, if they are what they should be."""
    if not isinstance(tree, list) or not 0 < len(tree) <= LARGEST_TREE:
        raise ParseError("the second reading is no tree")
    for i, node in enumerate(tree):
        head, parts = node if isinstance(node, list) and len(node) == 2 else (None, None)
        if not isinstance(head, str) or not isinstance(parts, list) or not all(_is_part(p, head, i) for p in parts):
            raise ParseError("the second reading is no tree")
        yield head, parts


def _is_part(part: object, head: str, place: int) -> bool:
    if head == "number":
        return isinstance(part, str) and bool(re.fullmatch("-?[0-9]{1,1500}", part))
    if head == "symbol":
        return isinstance(part, str)
    return type(part) is int and 0 <= part < place


def _symbol(name: str) -> Term:
    r"""z_{12} and beta_1, as latex2sympy2 names what was z_{12} and \beta_1."""
    match = _SYMBOL.fullmatch(name)
    base, *index = match.groups("") if match else ("", "", "")
    found = indexed_symbol(base, "".join(index).split(",") if any(index) else [])
    if not found or (len(base) > 1 and base not in GREEK_NAMES):
        raise ParseError(f"there is a symbol {name[:40]!a}, which no letter is")
    return found
