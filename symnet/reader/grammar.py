"""The grammar that both readers share: sums, products, powers, brackets, functions, conditions.

Every rule is a generator that yields the rules it needs and gets their results, and
:func:`~symnet.reader.cursor.run` keeps those that wait in a list. So the rules read as a grammar does, and thousands of
open brackets are no deeper for Python than one.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from symnet.reader import functions
from symnet.reader.cursor import CLOSING, RELATIONS, Cursor, Rule
from symnet.reader.lexer import Token
from symnet.reader.pieces import MOST_COMPARISONS, Comparison, Condition, Row, piecewise
from symnet.reader.writing import E, negate, quotient, raised, whole_power
from symnet.term import Term, multiply, total

_STARTS: Final = frozenset({"symbol", "constant", "function", "(", "{", "|(", "frac", "sqrt", "begin", "piecewise"})


class Grammar(Cursor):
    """The rules over the tokens of one text. A subclass says how exponents and bare arguments are written."""

    #: Where the tokens of the first side end.
    first_end = 0

    # The whole.

    def sides(self, named: bool) -> Rule:
        """An expression; after a left-hand side, further ones between signs of equality."""
        sides: list[Term] = []
        while not sides or (named and self.follows("=")):
            side = yield self.expression()
            sides.append(side)
            self.first_end = self.first_end or self.position
        if self.next.kind != "end":
            raise self.surprise(self.next)
        return sides

    def first_side(self) -> list[Token]:
        """The tokens of the first side, once it has been read."""
        return self.tokens[: self.first_end]

    # Sums and products.

    def expression(self) -> Rule:
        """A sum of products, with an optional sign in front."""
        negative = self.sign()
        first = yield self.product()
        terms = [negate(first) if negative else first]
        while self.next.kind in ("+", "-"):
            negative = self.take().kind == "-"
            term = yield self.product()
            terms.append(negate(term) if negative else term)
        return total(terms)

    def sign(self) -> bool:
        """Pass a sign; whether it is −."""
        return self.follows("-") or (self.follows("+") and False)

    def product(self) -> Rule:
        """Factors and divisors from left to right; a factor may follow another without a sign."""
        first = yield self.signed()
        factors, divided = [first], False
        while True:
            token = self.next
            if self.follows("*"):
                factor = yield self.signed()
                factors, divided = [*factors, factor], False
            elif self.follows("/"):
                below = yield self.signed()
                factors, divided = [self.written(token, quotient, multiply(factors), below)], True
            elif self.is_juxtaposed(token):
                if divided:
                    raise self.wrong(token, f"is {token.text} divided by as well? write 1/(2*z) or (1/2)*z")
                factor = yield self.power()
                factors.append(factor)
            else:
                return multiply(factors)

    def is_juxtaposed(self, token: Token) -> bool:
        """Whether a factor starts here without a sign."""
        if token.kind == "number":
            hint = "write * for a product, ^ for a power, _ for an index"
            raise self.wrong(token, f"the number {token.text[:20]} follows a factor without a sign: {hint}")
        if token.kind == "|":
            return not self.open or self.open[-1].kind != "|"
        return token.kind in _STARTS

    def signed(self) -> Rule:
        """A power with any number of signs in front."""
        signs = 0
        while self.next.kind in ("+", "-"):
            signs += self.take().kind == "-"
        result = yield self.power()
        for _ in range(signs):
            result = negate(result)
        return result

    def power(self) -> Rule:
        """An atom, or an atom with an exponent."""
        first = self.next
        base = yield self.atom()
        if self.next.kind != "^":
            return base
        sign = self.take()
        exponent = yield self.exponent(first)
        return self.written(sign, raised, base, exponent)

    def exponent(self, base: Token) -> Rule:
        """What follows ^."""
        raise NotImplementedError

    # Atoms.

    def atom(self) -> Rule:
        """A number, a symbol, a function of something, or something in brackets."""
        token = self.next
        match token.kind:
            case "number" | "constant":
                return self.constant()
            case "symbol":
                return self.letter()
            case "function":
                result = yield self.application()
            case "piecewise":
                result = yield self.piecewise()
            case "(" | "{":
                result = yield self.bracket()
            case "|" | "|(":
                result = yield self.absolute()
            case _:
                result = yield self.special()
        return result

    def special(self) -> Rule:
        """An atom that only one of the readers has."""
        yield from ()
        raise self.surprise(self.next)

    def constant(self) -> Term:
        """A number, e or π; e(z) may be meant as a function."""
        token = self.take("number", "constant")
        if token.value == E and self.next.kind == "(":
            raise self.wrong(token, f"write {token.text}*(…) for a product, and exp(…) for the function")
        return token.value  # type: ignore[no-any-return]

    def letter(self) -> Term:
        """A symbol; before a bracket it is a factor where that cannot be mistaken for a function."""
        token = self.take("symbol")
        if self.next.kind == "(" and self.looks_applied(token):
            hint = f"write {token.text}*(…) for a product; the functions are {functions.all_names()}"
            raise self.wrong(token, f"there is no function {token.text[:20]}: {hint}")
        return token.value  # type: ignore[no-any-return]

    def looks_applied(self, token: Token) -> bool:
        """Whether a letter before a bracket looks like a function: f(…), W(…), a(z)."""
        inside = [t.kind for t in islice(self.tokens, self.position + 1, self.position + 3)]
        alone = inside[0] in ("symbol", "number", "constant") and inside[1] in (")", ",")
        return token.text[0] in "fghABCDEFGHIJKLMNOPQRSTUVWXYZ" or not self.is_factor(token) or alone

    def is_factor(self, token: Token) -> bool:
        """Whether the letter is one that stands for a number."""
        raise NotImplementedError

    def bracket(self) -> Rule:
        """An expression in brackets of any kind."""
        opened = self.take("(", "{")
        result = yield self.inside(opened)
        return result

    def inside(self, opened: Token) -> Rule:
        """An expression up to the bracket that closes the open one."""
        self.open.append(opened)
        result = yield self.expression()
        self.close(opened)
        return result

    def close(self, opened: Token) -> None:
        """Pass the bracket that closes the open one."""
        kind = {"(": ")", "{": "}", "|": "|", "|(": "|)"}[opened.kind]
        if self.next.kind != kind or (kind == ")" and self.next.text != CLOSING[opened.text]):
            raise self.surprise(self.next)
        self.take()
        self.open.pop()

    def absolute(self) -> Rule:
        """|u|."""
        result = yield self.inside(self.take())
        return functions.FUNCTIONS["abs"].write(result)

    # Functions.

    def application(self) -> Rule:
        """A function of arguments in brackets, with an optional whole exponent before them, as in sin^2(z)."""
        token = self.take("function")
        exponent = yield self.function_exponent(token)
        args = yield self.arguments(token)
        function = token.value
        if not function.least <= len(args) <= function.most:
            raise self.wrong(token, f"{function.name} takes {function.arity}, not {len(args)}")
        result = function.write(*args)
        return result if exponent is None else self.written(token, whole_power, result, exponent)

    def function_exponent(self, function: Token) -> Rule:
        """n in sin^n(z), a whole number from 1; None when there is none."""
        yield from ()
        if not self.follows("^"):
            return None
        braced = self.follows("{")
        token = self.next
        if token.kind != "number" or token.value.value.denominator != 1:
            hint = "the inverse of tan is arctan; write (f(z))^(…) for any other power"
            raise self.wrong(token, f"a power of a function is a whole number from 1: {hint}")
        self.take("number")
        if braced:
            self.take("}")
        return int(token.value.value)

    def arguments(self, function: Token) -> Rule:
        """The arguments of a function, in brackets."""
        if self.next.kind != "(":
            raise self.wrong(function, f"{function.text} needs its argument in brackets, as in {function.text}(z)")
        args = yield self.listed(self.take("("))
        return args

    def listed(self, opened: Token) -> Rule:
        """Expressions between commas, up to the bracket that closes the open one."""
        self.open.append(opened)
        args = []
        while True:
            arg = yield self.expression()
            args.append(arg)
            if not self.follows(","):
                break
        self.close(opened)
        return args

    # Cases.

    def piecewise(self) -> Rule:
        """piecewise(condition, value, …, otherwise)."""
        token, opened = self.take("piecewise"), self.take("(")
        self.open.append(opened)
        rows: list[Row] = []
        while True:
            first = yield self.expression()
            if self.next.kind not in RELATIONS:
                rows.append((first, None))
                break
            condition = yield self.condition(first)
            self.take(",")
            value = yield self.expression()
            rows.append((value, condition))
            if not self.follows(","):
                break
        self.close(opened)
        return self.written(token, piecewise, rows)

    def condition(self, first: Term) -> Rule:
        """Comparisons joined by and, which are joined by or; the first side of the first is there already."""
        ways: Condition = []
        part = yield self.chain(first)
        while True:
            while self.follows("and"):
                left = yield self.expression()
                more = yield self.chain(left)
                part = self.few([a + b for a in part for b in more])
            ways = self.few([*ways, *part])
            if not self.follows("or"):
                return ways
            left = yield self.expression()
            part = yield self.chain(left)

    def chain(self, left: Term) -> Rule:
        """l < m ≤ r …: the ways in which it holds; ≠ has two."""
        ways: Condition = [()]
        if self.next.kind not in RELATIONS:
            raise self.wrong(self.next, "a comparison by <, <=, > or >= should follow")
        while self.next.kind in RELATIONS:
            relation = self.take().kind
            right = yield self.expression()
            ways = self.few([a + b for a in ways for b in comparison(left, relation, right)])
            left = right
        return ways

    def few(self, ways: Condition) -> Condition:
        """The ways, if there are not too many."""
        if sum(map(len, ways)) > MOST_COMPARISONS:
            raise self.wrong(self.next, f"a condition has at most {MOST_COMPARISONS} comparisons")
        return ways


def comparison(left: Term, relation: str, right: Term) -> Condition:
    """The ways in which left ⋈ right holds, each as comparisons by < and ≤."""
    match relation:
        case "<" | "<=":
            return [(Comparison(left, relation, right),)]
        case ">" | ">=":
            return [(Comparison(right, relation.replace(">", "<"), left),)]
        case "=":
            return [(Comparison(left, "<=", right), Comparison(right, "<=", left))]
        case _:
            return [(Comparison(left, "<", right),), (Comparison(right, "<", left),)]
