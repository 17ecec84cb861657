"""From a term to a stream of tokens.

One engine for every notation: a table says how tightly each op binds, a rule for each op says what it is made of, and
a loop with its own stack unrolls the rules, so that a term of depth 100,000 is no different from one of depth 3. The
tokens are numbered with the price of a line break before them: two for each pair of brackets around it, and three more
between factors than before a sign, so that a product breaks only where no sign is near.

Sums and products that lean to the left print flat, as everybody writes them; everything that leans to the right keeps
its brackets. A factor −1 in front prints as a minus sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from symnet.render.notation import GREEK, Kind, Namer, Notation, Piece, ratio
from symnet.term import Name, Term, fold, number, postorder


class Token(NamedTuple):
    """A printed string. ``rank`` is the price of a line break before it, None where no line may break; ``lead`` is
    what it becomes at the beginning of a continued line, ``lead_width`` wide."""

    text: str
    width: float
    rank: int | None
    lead: str
    lead_width: float


class Level(IntEnum):
    """How tightly a term binds, and how tightly its place wants it to."""

    LOOSE = 0
    SUM = 1
    PRODUCT = 2
    FACTOR = 3
    ATOM = 4


class _Ask(NamedTuple):
    """Print ``term`` here, in brackets if it binds less tightly than ``level``; or print it without its sign."""

    term: Term
    level: Level
    unsigned: bool = False


_Item = Piece | _Ask

_LEVELS: Final = {
    "cases": Level.LOOSE,
    "sum": Level.SUM,
    "multiply": Level.PRODUCT,
    "product": Level.PRODUCT,
    "scale": Level.PRODUCT,
    "power": Level.FACTOR,
    "transpose": Level.FACTOR,
    "apply": Level.FACTOR,
}
#: Which op may stand without brackets as the first, and as the last, factor of another.
_FLAT: Final = {"multiply": ("multiply", ""), "product": ("product", ""), "scale": ("multiply", "product")}
_ENDS_IN_DIGIT: Final = frozenset({"number", "multiply", "power", "divide"})
_LIKE_DIGIT: Final = frozenset({"divide", "ones", "zero"})
#: What a break there costs, besides two for each pair of brackets around it.
_CUTS: Final = {Kind.SIGN: 0, Kind.FACTOR: 3}


def names(*roots: Term) -> dict[Name, None]:
    """Every name that the terms mention: symbols, functions and sizes, in order of appearance.

    >>> from symnet.term import symbol
    >>> list(map(str, names(symbol("x", (Name("n"), 1)))))
    ['x', 'n']
    """
    found: dict[Name, None] = {}
    for node in postorder(*roots):
        if node.op in ("symbol", "apply"):
            found[node.name] = None
        found.update((size, None) for size in node.shape if isinstance(size, Name))
    return found


class Printer:
    """Prints terms in one notation with the names of one page.

    ``widest`` is the width above which a fraction is written with a slash, so that it can break; None for never.
    """

    def __init__(self, notation: Notation, used: Iterable[Name], widest: float | None = None) -> None:
        self.notation = notation
        self.name = Namer(notation, used)
        self.widest = widest
        self.wide: set[int] = set()

    @classmethod
    def of(cls, notation: Notation, *terms: Term) -> Printer:
        """A printer for these terms alone."""
        return cls(notation, names(*terms))

    def tokens(self, term: Term) -> Iterator[Token]:
        """The tokens of a term, in order; joined they are the printed term."""
        if self.widest is not None:
            self.wide |= _wide(term, self.widest)
        return _ranked(self._pieces(term))

    def write(self, term: Term) -> str:
        """The printed term, on one line."""
        return "".join(token.text for token in self.tokens(term))

    def _pieces(self, root: Term) -> Iterator[Piece]:
        todo: list[_Item] = [_Ask(root, Level.LOOSE)]
        while todo:
            item = todo.pop()
            if isinstance(item, Piece):
                yield item
            else:
                todo += reversed(self._answer(item))

    def _answer(self, ask: _Ask) -> Sequence[_Item]:
        if ask.unsigned:
            return self._subtracted(ask.term)
        if self.level(ask.term) < ask.level:
            opening, closing = self.notation.tall if self._is_tall(ask.term) else self.notation.brackets
            return (opening, _Ask(ask.term, Level.LOOSE), closing)
        if _is_negative(ask.term):
            return (self.notation.negative, *self._magnitude(ask.term))
        return _RULES[ask.term.op](self, ask.term)

    def level(self, term: Term) -> Level:
        """How tightly a term binds in this notation."""
        if _is_negative(term):
            return Level.SUM
        if term.op == "symbol":
            return Level.ATOM if term.name.layer is None else Level.FACTOR
        if self._is_ratio(term):
            return Level.FACTOR if self._is_stacked(term) else Level.PRODUCT
        return _LEVELS.get(term.op, Level.ATOM)

    def _is_ratio(self, term: Term) -> bool:
        return term.op == "divide" or (term.op == "number" and term.value.denominator != 1)

    def _is_stacked(self, term: Term) -> bool:
        return self.notation.fraction is not None and id(term) not in self.wide

    def _is_tall(self, term: Term) -> bool:
        return term.op == "cases" or (self._is_ratio(term) and self._is_stacked(term))

    # Signs and factors.

    def _magnitude(self, term: Term) -> Sequence[_Item]:
        """What stands behind the minus sign of a negative term."""
        if term.op == "number":
            return (self.notation.number(-term.value),)
        first, *rest = term.args
        if first.value != -1 or rest[0].op == "number":
            rest.insert(0, number(-first.value))
        return self.factors(term.op, rest)

    def _subtracted(self, term: Term) -> Sequence[_Item]:
        """What stands behind a minus between summands: in a − 3 also when that was written a + (−1)·3."""
        if len(term.args) == 2 and term.args[0].value == -1 and _begins_with_digit(term.args[1]):
            return (_Ask(term.args[1], Level.PRODUCT),)
        return self._magnitude(term)

    def factors(self, op: str, args: Sequence[Term]) -> Sequence[_Item]:
        """The factors of a product, with what stands between them; one factor alone stands as it is."""
        if len(args) == 1:
            return (_Ask(args[0], Level.PRODUCT),)
        asks = [_Ask(a, self._wanted(op, a, i, len(args))) for i, a in enumerate(args)]
        items: list[_Item] = [asks[0]]
        for left, right in zip(args, asks[1:], strict=False):
            items += (self._between(left, right), right)
        return items

    def _wanted(self, op: str, arg: Term, place: int, count: int) -> Level:
        first, last = _FLAT[op]
        flat = (place == 0 and arg.op == first) or (place == count - 1 and arg.op == last)
        return Level.PRODUCT if flat else Level.FACTOR

    def _between(self, left: Term, right: _Ask) -> Piece:
        bare = self.level(right.term) >= right.level
        if bare and (_begins_with_digit(right.term) or (right.term.op in _LIKE_DIGIT and left.op in _ENDS_IN_DIGIT)):
            return self.notation.dot
        return self.notation.thin if _is_word(left) or _is_word(right.term) else self.notation.space

    # What each op is made of.

    def _number(self, term: Term) -> Sequence[_Item]:
        return (self.notation.number(term.value),)

    def _symbol(self, term: Term) -> Sequence[_Item]:
        return (self.name(term.name),)

    def _sum(self, term: Term) -> Sequence[_Item]:
        items: list[_Item] = [_Ask(term.args[0], Level.SUM)]
        for arg in term.args[1:]:
            negative = _is_negative(arg)
            items += (self.notation.minus if negative else self.notation.plus, _Ask(arg, Level.PRODUCT, negative))
        return items

    def _factors(self, term: Term) -> Sequence[_Item]:
        return self.factors(term.op, term.args)

    def _power(self, term: Term) -> Sequence[_Item]:
        return (_Ask(term.args[0], Level.ATOM), self.notation.exponent(term.value))

    def _divide(self, term: Term) -> Sequence[_Item]:
        above, below = term.args
        if self.notation.fraction is not None and self._is_stacked(term):
            opening, middle, closing = self.notation.fraction
            return (opening, _Ask(above, Level.LOOSE), middle, _Ask(below, Level.LOOSE), closing)
        wanted = Level.PRODUCT if above.op == "multiply" else Level.FACTOR
        return (_Ask(above, wanted), self.notation.slash, _Ask(below, Level.FACTOR))

    def _transpose(self, term: Term) -> Sequence[_Item]:
        arg = term.args[0]
        if arg.op != "symbol":
            return (_Ask(arg, Level.ATOM), self.notation.transpose)
        opening, closing = self.notation.group if arg.name.layer is not None else ("", "")
        name = self.name(arg.name)
        return (name._replace(text=f"{opening}{name.text}{closing}"), self.notation.transpose)

    def _constant(self, term: Term) -> Sequence[_Item]:
        index = self.name.shape(term.value) if term.op == "zero" else self.name.size(term.value)
        return (self.notation.subscripted(self.notation.constants[term.op], index),)

    def _apply(self, term: Term) -> Sequence[_Item]:
        opening, closing = self.notation.brackets
        return (self.name(term.name, function=True), opening, _Ask(term.args[0], Level.LOOSE), closing)

    def _cases(self, term: Term) -> Sequence[_Item]:
        opening, when, following, otherwise, closing = self.notation.cases
        items: list[_Item] = [opening]
        for i, relation in enumerate(term.value):
            left, right, value = (_Ask(a, Level.LOOSE) for a in term.args[3 * i : 3 * i + 3])
            items += (value, when, left, self.notation.comparisons[relation], right, following)
        return (*items, _Ask(term.args[-1], Level.LOOSE), otherwise, closing)


_RULES: Final[dict[str, Callable[[Printer, Term], Sequence[_Item]]]] = {
    "number": Printer._number,
    "symbol": Printer._symbol,
    "sum": Printer._sum,
    "multiply": Printer._factors,
    "power": Printer._power,
    "divide": Printer._divide,
    "product": Printer._factors,
    "scale": Printer._factors,
    "transpose": Printer._transpose,
    "identity": Printer._constant,
    "zero": Printer._constant,
    "ones": Printer._constant,
    "apply": Printer._apply,
    "cases": Printer._cases,
}


def _is_negative(term: Term) -> bool:
    """Whether the printed term begins with a minus sign."""
    lead = term.args[0] if term.op in ("multiply", "scale") else term
    return lead.op == "number" and lead.value < 0


def _begins_with_digit(term: Term) -> bool:
    return (term.args[0] if term.op == "power" else term).op == "number"


def _is_word(term: Term) -> bool:
    return term.op == "symbol" and len(term.name.base) > 1 and term.name.base not in GREEK


def _ranked(pieces: Iterable[Piece]) -> Iterator[Token]:
    """Price the breaks. Nothing breaks inside a stack, and a stack is as wide as its widest part."""
    depth = 0
    stacks: list[list[float]] = []  # of each open stack: the widths of its parts so far
    for text, width, kind, lead, lead_width in pieces:
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        cuts = kind in _CUTS and not stacks
        surplus = 0.0
        if kind is Kind.STACK:
            stacks.append([0.0])
        elif kind is Kind.NEXT:
            stacks[-1].append(0.0)
        elif kind is Kind.UNSTACK:
            parts = stacks.pop()
            width += max(parts)
            surplus = sum(parts)  # the parts were counted one after the other, and only the widest counts
        if stacks:
            stacks[-1][-1] += width
        rank = 2 * depth + _CUTS[kind] if cuts else None
        yield Token(text, width - surplus, rank, lead, lead_width)


def _wide(root: Term, widest: float) -> set[int]:
    """The fractions (by id) whose numerator or denominator is wider than that, in a rough estimate in em."""
    found: set[int] = set()

    def measure(node: Term, args: list[float]) -> float:
        if node.op != "divide":
            return sum(args) + 1.2 * len(args) + (0 if args else _leaf_width(node))
        if max(args) <= widest:
            return max(args)
        found.add(id(node))
        return sum(args)

    fold(root, measure)
    return found


def _leaf_width(node: Term) -> float:
    if node.op == "number":
        return 0.6 * len(ratio(node.value))
    return 0.6 * (len(str(node.name)) if node.op == "symbol" else len(str(node.value)))
