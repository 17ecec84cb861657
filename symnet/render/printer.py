"""From a term to a stream of tokens.

One engine for every notation: a table says how tightly each op binds, a rule for each op says what it is made of, and
a loop with its own stack unrolls the rules, so that a term of depth 100,000 is no different from one of depth 3. The
tokens are numbered with the price of a line break before them: two for each pair of brackets around it, and three more
between factors than before a sign, so that a product breaks only where no sign is near.

Sums and products that lean to the left print flat, as everybody writes them; everything that leans to the right keeps
its brackets. A factor −1 in front prints as a minus sign. Σ and ∏ reach to the next plus or minus sign: what they add
or multiply is a product, and where a factor follows them they have brackets around them.

Sums come summand by summand as well, each as one piece, and products of symbols are then put together from what each
symbol prints as. That is what makes long polynomials quick to print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from symnet.render import calculus
from symnet.render.digits import decimal
from symnet.render.factors import DOTTED, Coefficients, Factors, begins_with_digit, is_negative, is_open, is_word
from symnet.render.functions import is_low
from symnet.render.inventory import Inventory
from symnet.render.notation import Namer, Notation, raised
from symnet.render.piece import Ask, Item, Kind, Level, Piece
from symnet.render.relations import compared_from
from symnet.render.widths import wide
from symnet.term import Index, Name, Term, fold, known_function, number
from symnet.term.node import BINDERS


class Token(NamedTuple):
    """A printed string. ``rank`` is the price of a line break before it, None where no line may break; ``lead`` is
    what it becomes at the beginning of a continued line, ``lead_width`` wide."""

    text: str
    width: float
    rank: int | None
    lead: str
    lead_width: float


#: A summand of a sum, printed: its text and width without its sign, that, and what it was made from.
Addend = tuple[str, float, Piece, Any]


_LEVELS: Final = {
    "cases": Level.LOOSE,
    "sum": Level.SUM,
    "multiply": Level.PRODUCT,
    "product": Level.PRODUCT,
    "scale": Level.PRODUCT,
    "power": Level.FACTOR,
    "transpose": Level.FACTOR,
    "apply": Level.FACTOR,
    "constant": Level.ATOM,
    "sigma": Level.PRODUCT,
    "pi": Level.PRODUCT,
}
#: Which op may stand without brackets as the first, and as the last, factor of another.
_FLAT: Final = {"multiply": ("multiply", ""), "product": ("product", ""), "scale": ("multiply", "product")}
_ENDS_IN_DIGIT: Final = frozenset({"number", "multiply", "power", "divide"})
_LIKE_DIGIT: Final = frozenset({"divide", "ones", "zero"})
#: What a break there costs, besides two for each pair of brackets around it.
_CUTS: Final = {Kind.SIGN: 0, Kind.FACTOR: 3}
#: Around what Σ and ∏ reach to: a line breaks there as reluctantly as between brackets.
_DEEPER: Final = Piece("", 0.0, Kind.OPEN)
_BACK: Final = Piece("", 0.0, Kind.CLOSE)
#: How tall the brackets around a fraction are.
_STACKED: Final = 2
#: The sign of the first summand.
NOTHING: Final = Piece("", 0.0)


class Printer:
    """Prints terms in one notation with the names of one page.

    ``widest`` is the width above which a fraction is written with a slash, so that it can break; None for never.
    ``marked`` says whether ∏ shows the order of its factors, as it has to where both orders occur. ``variables`` are
    those that the page differentiates in, ``defined`` the names that stand for functions of these, where one knows.
    """

    def __init__(
        self,
        notation: Notation,
        used: Iterable[Name],
        widest: float | None = None,
        marked: bool = False,
        variables: Iterable[Name] = (),
        defined: Collection[Name] | None = None,
    ) -> None:
        self.notation = notation
        names = list(used)
        self.name = Namer(notation, names)
        self.variables = frozenset(variables)
        self.defined = defined
        self.has_e = all(name.base != "e" for name in names)  # otherwise e is something else on the page
        self.has_several = len(self.variables) > 1 or any(name.positions for name in self.variables)
        kind = "partial" if self.has_several else "apart" if Name("d") in names else "total"
        self.differential = notation.analysis.differentials[kind]
        self.widest = widest
        self.marked = marked
        self.wide: set[int] = set()
        self.heights: dict[int, int] = {}
        self.held: list[Term] = []  # what the two tables speak of, so that no other term takes its place
        self.known = Factors(self)
        self.gap = -notation.space.width
        self.coefficient = Coefficients(self)

    @classmethod
    def of(cls, notation: Notation, *terms: Term) -> Printer:
        """A printer for these terms alone."""
        return cls.on(notation, Inventory.of(*terms))

    @classmethod
    def on(cls, notation: Notation, found: Inventory, widest: float | None = None) -> Printer:
        """A printer for a page that mentions what was found.

        Raises :class:`~symnet.errors.SymnetError` when two names on it would print alike.
        """
        found.check()
        return cls(notation, found.names, widest, found.has_both, found.variables, found.defined)

    @cached_property
    def raised(self) -> Printer:
        """The same printer for what stands in an exponent."""
        found = copy(self)
        found.notation = raised(self.notation)
        return found

    def tokens(self, term: Term) -> Iterator[Token]:
        """The tokens of a term, in order; joined they are the printed term."""
        self.prepare(term)
        return self.stream((Ask(term, Level.LOOSE),))

    def summands(self, term: Term) -> Iterator[Addend]:
        """The summands of a sum, of which each is one piece: a line that breaks does so before a sign, mostly.

        >>> from symnet.render.notation import TEXT
        >>> from symnet.term import symbol
        >>> a, b = symbol("a"), symbol("b")
        >>> [sign.text + text for text, _, sign, _ in Printer.of(TEXT, a + b).summands(a * b + a - b)]
        ['a b', ' + a', ' − b']
        """
        self.prepare(term)
        rest: list[tuple[Term, ...]] = []
        while term.op == "sum":
            rest.append(term.args[1:])
            term = term.args[0]
        text, width = self.piece(Ask(term, Level.SUM))
        yield text, width, NOTHING, term
        for args in reversed(rest):
            for arg in args:
                found = self._product(arg) if arg.op in _FLAT else None
                if found is None:
                    negative = is_negative(arg)
                    sign = self.notation.minus if negative else self.notation.plus
                    text, width = self.piece(Ask(arg, Level.PRODUCT, negative))
                    yield text, width, sign, arg
                else:
                    yield *found, arg

    def spelled(self, summand: Addend) -> Iterator[Token]:
        """The tokens of a summand with its sign."""
        term: Term
        *_, sign, term = summand
        if sign is NOTHING:
            return self.stream((Ask(term, Level.SUM),))
        return self.stream((sign, Ask(term, Level.PRODUCT, is_negative(term))))

    def write(self, term: Term) -> str:
        """The printed term, on one line."""
        self.prepare(term)
        found: list[str] = []
        todo: list[Iterator[Item | str]] = [iter((Ask(term, Level.LOOSE),))]
        while todo:
            for item in todo[-1]:
                if type(item) is str:
                    found.append(item)
                elif type(item) is Ask:
                    plain = item.term.op == "sum" and item.level <= Level.SUM
                    todo.append(self._sum_texts(item.term) if plain else iter(self._answer(item)))
                    break
                else:
                    found.append(item[0])  # type: ignore[arg-type]
            else:
                todo.pop()
        return "".join(found)

    def inline(self, term: Term) -> tuple[str, float]:
        """The term on one line of prose, and its width there."""
        tokens = list(self.tokens(term))
        return "".join(t.text for t in tokens), sum(t.width + (0 if t.lead else t.lead_width) for t in tokens)

    def factor(self, term: Term) -> tuple[str, float]:
        """The term as a factor of a product, and its width."""
        return self.piece(Ask(term, Level.FACTOR))

    def product_tokens(self, term: Term, sign: Piece) -> Iterator[Token]:
        """The tokens of a sign and a product."""
        return self.stream((sign, Ask(term, Level.PRODUCT)))

    def piece(self, ask: Ask) -> tuple[str, float]:
        """The answer to one ask, and its width."""
        tokens = list(self.stream((ask,)))
        return "".join(t.text for t in tokens), sum(t.width for t in tokens)

    def prepare(self, term: Term) -> None:
        """Look up what has to be known beforehand: which fractions are too wide, how tall brackets have to be."""
        if term.partial and self.widest is not None:
            self.wide |= wide(term, self.widest)
            self.held.append(term)
        if term.bound or term.partial:
            fold(term, self._height)
            self.held.append(term)

    def stream(self, items: Sequence[Item]) -> Iterator[Token]:
        """Unroll, and price the breaks. Nothing breaks inside a stack, and a stack is as wide as its widest part."""
        todo: list[Iterator[Item]] = [iter(items)]
        depth = 0
        stacks: list[list[float]] = []  # of each open stack: the widths of its parts so far
        while todo:
            for item in todo[-1]:
                if type(item) is Ask:
                    todo.append(iter(self._answer(item)))
                    break
                text, width, kind, lead, lead_width = item  # type: ignore[misc]
                surplus = 0.0
                if kind >= Kind.OPEN:
                    depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
                    if kind is Kind.STACK:
                        stacks.append([0.0])
                    elif kind is Kind.NEXT:
                        stacks[-1].append(0.0)
                    elif kind is Kind.UNSTACK:
                        parts = stacks.pop()
                        width += max(parts)
                        surplus = sum(parts)  # the parts were counted one after the other; only the widest counts
                    elif kind is Kind.BIG and stacks:
                        width += lead_width
                if stacks:
                    stacks[-1][-1] += width
                rank = 2 * depth + _CUTS[kind] if kind in _CUTS and not stacks else None
                yield Token(text, width - surplus, rank, lead, lead_width)
            else:
                todo.pop()

    def _answer(self, ask: Ask) -> Iterable[Item]:
        term = ask.term
        if ask.unsigned:
            return self.subtracted(term)
        if self.level(term) < ask.level:
            opening, closing = self._brackets(term)
            return (opening, Ask(term, Level.LOOSE), closing)
        if is_negative(term):
            return (self.notation.negative, *self._magnitude(term))
        if term.op in _REACHING:
            return _REACHING[term.op](self, term, ask.level > Level.PRODUCT)
        return _RULES[term.op](self, term)

    def _brackets(self, term: Term) -> tuple[Piece, Piece]:
        """The brackets around a term: as tall as what is in it wants them to be."""
        return self.notation.tall if self._is_tall(term) else self.brackets_behind(term)

    def brackets_behind(self, term: Term) -> tuple[Piece, Piece]:
        """The brackets around the argument of a function, which may be a fraction."""
        height = self.heights.get(id(term), 0) if self.heights else 0
        return self.notation.around[min(height, len(self.notation.around)) - 1] if height else self.notation.brackets

    def _height(self, node: Term, heights: list[int]) -> int:
        """0 for a line of text, 1 with a Σ or ∏, 2 with a fraction; below a Σ one more for each pair of brackets."""
        height = 1 if node.op in BINDERS else _STACKED if self._is_tall(node) else 0
        if node.op == "apply" and calculus.function_name(node) == "exp" and is_low(node.args[0]):
            heights = []  # in an exponent nothing is tall
        for place, (arg, inside) in enumerate(zip(node.args, heights, strict=False)):
            bracketed = (
                node.bound and inside and (node.op == "apply" or self.level(arg) < self._place(node, arg, place))
            )
            height = max(height, inside + bool(bracketed))
        self.heights[id(node)] = height
        return height

    def _place(self, node: Term, arg: Term, place: int) -> Level:
        """How tightly an argument has to bind to stand there without brackets."""
        if node.op in _FLAT:
            return self._wanted(node.op, arg, place, len(node.args))
        return {"sum": Level.PRODUCT if place else Level.SUM, "transpose": Level.ATOM, "power": Level.ATOM}.get(
            node.op, Level.PRODUCT if node.op in BINDERS else Level.LOOSE
        )

    def level(self, term: Term) -> Level:
        """How tightly a term binds in this notation."""
        if is_negative(term):
            return Level.SUM
        if term.op == "symbol":
            return Level.ATOM if term.name.layer is None else Level.FACTOR
        if term.op == "index":
            return _index_level(term.value)
        if self._is_ratio(term):
            return Level.FACTOR if self._is_stacked(term) else Level.PRODUCT
        if term.op == "derivative":
            return calculus.level(self, term)
        if term.op == "cases" and calculus.is_absolute(term):
            return Level.ATOM
        return _LEVELS.get(term.op, Level.ATOM)

    def _is_ratio(self, term: Term) -> bool:
        if term.op == "number":
            return term.value.denominator != 1 and not decimal(term.value)
        return term.op == "divide"

    def _is_stacked(self, term: Term) -> bool:
        return self.notation.fraction is not None and id(term) not in self.wide

    def _is_tall(self, term: Term) -> bool:
        if term.op == "cases":
            return not calculus.is_absolute(term)
        if term.op == "derivative":
            return calculus.is_tall(self, term)
        return self._is_ratio(term) and self._is_stacked(term)

    # Signs and factors.

    def _magnitude(self, term: Term) -> Sequence[Item]:
        """What stands behind the minus sign of a negative term."""
        if term.op == "number":
            return (self.notation.number(-term.value),)
        first, *rest = term.args
        if first.value != -1 or rest[0].op == "number":
            rest.insert(0, number(-first.value))
        return self.factors(term.op, rest)

    def subtracted(self, term: Term) -> Sequence[Item]:
        """What stands behind a minus between summands: in a − 3 also when that was written a + (−1)·3."""
        if len(term.args) == 2 and term.args[0].value == -1 and begins_with_digit(term.args[1]):
            return (Ask(term.args[1], Level.PRODUCT),)
        return self._magnitude(term)

    def factors(self, op: str, args: Sequence[Term]) -> Sequence[Item]:
        """The factors of a product, with what stands between them; one factor alone stands as it is."""
        if len(args) == 1:
            return (Ask(args[0], Level.PRODUCT),)
        if op == "multiply" and args[0].op == op:
            args = self._spread(args)
        asks = [Ask(a, self._wanted(op, a, i, len(args))) for i, a in enumerate(args)]
        items: list[Item] = [asks[0]]
        for left, right in zip(args, asks[1:], strict=False):
            items += (self._between(left, right), right)
        return items

    def _spread(self, args: Sequence[Term]) -> Sequence[Term]:
        """(z tanh z) w as z tanh(z) w: the factors of a product in front that ends in a bare argument."""
        rest, first = [args[1:]], args[0]
        while first.op == "multiply" and not is_negative(first) and self.reaches(first.args[-1]):
            rest.append(first.args[1:])
            first = first.args[0]
        return [first, *chain.from_iterable(reversed(rest))]

    def reaches(self, term: Term) -> bool:
        """Whether what is printed ends in a bare argument, as tanh z does."""
        return term.op in _REACHING and calculus.reaches(self, term)

    def _wanted(self, op: str, arg: Term, place: int, count: int) -> Level:
        first, last = _FLAT[op]
        if place == count - 1:
            flat = arg.op == last or arg.op in BINDERS or (place == 0 and arg.op == first) or self.reaches(arg)
        else:
            flat = place == 0 and arg.op == first and not is_open(arg)
        return Level.PRODUCT if flat else Level.FACTOR

    def _between(self, left: Term, right: Ask) -> Piece:
        bare = self.level(right.term) >= right.level
        last = left.args[-1] if left.op == "multiply" else left
        if last.op == "number" and last.value in DOTTED:
            return self.notation.dot
        if bare and (begins_with_digit(right.term) or (right.term.op in _LIKE_DIGIT and left.op in _ENDS_IN_DIGIT)):
            return self.notation.dot
        return self.notation.thin if is_word(left) or is_word(right.term) else self.notation.space

    # What each op is made of.

    def _number(self, term: Term) -> Sequence[Item]:
        return (self.notation.number(term.value),)

    def _symbol(self, term: Term) -> Sequence[Item]:
        return (self.name(term.name),)

    def _sum(self, term: Term) -> Iterator[Item]:
        first, *rest = term.args
        yield Ask(first, Level.SUM)
        for arg in rest:
            negative = is_negative(arg)
            yield self.notation.minus if negative else self.notation.plus
            yield Ask(arg, Level.PRODUCT, negative)

    def _sum_texts(self, term: Term) -> Iterator[Item | str]:
        """The items of a sum, with products of symbols as strings: nothing else of them is wanted on one line."""
        yield Ask(term.args[0], Level.SUM)
        plus, text_of = self.notation.plus.text, self.known.texts.__getitem__
        held: list[str] = []
        for arg in islice(term.args, 1, None):
            if arg.op in _FLAT:
                try:
                    held.append(plus + " ".join(map(text_of, map(id, arg.args))))
                    continue
                except KeyError:
                    pass
                if (found := self._product(arg)) is not None:
                    held.append(found[2].text + found[0])
                    continue
            yield "".join(held)
            held = []
            negative = is_negative(arg)
            yield self.notation.minus if negative else self.notation.plus
            yield Ask(arg, Level.PRODUCT, negative)
        yield "".join(held)

    def _product(self, term: Term) -> tuple[str, float, Piece] | None:
        """A product behind another summand, its width, and its sign; None for more than symbols and a number.

        The symbols may have powers, or be transposed.
        """
        args, sign, text, width = term.args, self.notation.plus, "", self.gap
        known = self.known.pieces
        try:
            if args[0].op == "number":
                text, more, negative = self.coefficient[args[0]]
                width += more
                sign = self.notation.minus if negative else sign
                args = args[1:]
            try:
                texts, widths = zip(*map(known.__getitem__, map(id, args)), strict=True)
            except KeyError:
                self.known.add(args)
                texts, widths = zip(*map(known.__getitem__, map(id, args)), strict=True)
        except LookupError:
            return None
        return text + " ".join(texts), width + sum(widths), sign

    def _factors(self, term: Term) -> Sequence[Item]:
        return self.factors(term.op, term.args)

    def _sigma(self, term: Term) -> Sequence[Item]:
        variable, lower, upper, *direction = term.value
        kind = direction[0] if direction and self.marked else term.op
        places = [self.notation.position(p) for p in (Index((variable,)), lower, upper)]
        body = Ask(term.args[0], Level.PRODUCT)
        return (self.notation.binder(kind, *places), _DEEPER, body, _BACK)

    def _index(self, term: Term) -> Sequence[Item]:
        return (self.notation.index(term.value),)

    def _divide(self, term: Term) -> Sequence[Item]:
        above, below = term.args
        if self.notation.fraction is not None and self._is_stacked(term):
            opening, middle, closing = self.notation.fraction
            return (opening, Ask(above, Level.LOOSE), middle, Ask(below, Level.LOOSE), closing)
        flat = above.op == "multiply" and not is_open(above) and not self.reaches(above.args[-1])
        wanted = Level.PRODUCT if flat else Level.FACTOR
        return (Ask(above, wanted), self.notation.slash, Ask(below, Level.FACTOR))

    def _transpose(self, term: Term) -> Sequence[Item]:
        arg = term.args[0]
        if arg.op != "symbol":
            return (Ask(arg, Level.ATOM), self.notation.transpose)
        name = self.name(arg.name)
        return (name if arg.name.layer is None else self.grouped(name), self.notation.transpose)

    def function(self, name: Name) -> Piece:
        """The name of a function, as it stands in prose."""
        return self.notation.analysis.names.get(known_function(name)) or self.name(name, function=True)

    def grouped(self, piece: Piece) -> Piece:
        """A piece to which indices can be put."""
        opening, closing = self.notation.group
        return piece._replace(text=f"{opening}{piece.text}{closing}")

    def _pi_constant(self, term: Term) -> Sequence[Item]:
        return (self.notation.analysis.pi,)

    def _constant(self, term: Term) -> Sequence[Item]:
        index = self.name.shape(term.value) if term.op == "zero" else self.name.size(term.value)
        return (self.notation.subscripted(self.notation.constants[term.op], index),)

    def _cases(self, term: Term) -> Sequence[Item]:
        if calculus.is_absolute(term):
            return calculus.absolute(self, term)
        opening, when, following, otherwise, closing = self.notation.cases
        items: list[Item] = [opening]
        for i, relation in enumerate(term.value):
            low, high, value = term.args[3 * i : 3 * i + 3]
            left, compared, right = compared_from(low, relation, high, self.variables)
            comparison = (Ask(left, Level.LOOSE), self.notation.comparisons[compared], Ask(right, Level.LOOSE))
            items += (Ask(value, Level.LOOSE), when, *comparison, following)
        return (*items, Ask(term.args[-1], Level.LOOSE), otherwise, closing)


_RULES: Final[dict[str, Callable[[Printer, Term], Iterable[Item]]]] = {
    "number": Printer._number,
    "symbol": Printer._symbol,
    "sum": Printer._sum,
    "multiply": Printer._factors,
    "divide": Printer._divide,
    "product": Printer._factors,
    "scale": Printer._factors,
    "transpose": Printer._transpose,
    "identity": Printer._constant,
    "zero": Printer._constant,
    "ones": Printer._constant,
    "constant": Printer._pi_constant,
    "cases": Printer._cases,
    "index": Printer._index,
    "sigma": Printer._sigma,
    "pi": Printer._sigma,
}

#: What may end in a bare argument, and so has to know whether a factor may follow.
_REACHING: Final[dict[str, Callable[[Printer, Term, bool], Sequence[Item]]]] = {
    "apply": calculus.applied,
    "power": calculus.power,
    "derivative": calculus.derivative,
}


def _index_level(position: Index) -> Level:
    if position.offset or len(set(position.variables)) > 1:
        return Level.SUM
    return Level.ATOM if len(position.variables) == 1 else Level.PRODUCT
