r"""Formulas in LaTeX: ``\frac{1}{1+e^{-z}}``, ``\max(0, z)``, ``\begin{cases} z & z \ge 0 \\ 0 & z < 0 \end{cases}``.

The same whitelist and the same grammar as :mod:`.text`, with the conventions of LaTeX: letters side by side are
factors, an exponent is what stands in braces, ``\log`` is the natural logarithm, ``\sigma(z)`` the sigmoid, and a
function without brackets takes the letters and numbers up to the next sign, as in ``\sin 2z``.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from symnet.reader.cursor import Rule, run
from symnet.reader.functions import GREEK
from symnet.reader.grammar import Grammar
from symnet.reader.lexer import Token, check_text, left_side, symbol_of
from symnet.reader.pieces import Row, piecewise
from symnet.reader.reading import Reading, finish
from symnet.reader.tex import tokens_of, trimmed
from symnet.reader.writing import quotient, root
from symnet.term import Term, multiply, number, symbol

#: What a function without brackets takes: as many of these as there are, or one of those.
_LETTERS: Final = ("number", "symbol", "constant")
_SINGLE: Final = ("frac", "sqrt", "function", "|", "|(")
#: How many tokens are looked at for the end of W^{(…)}.
_LONGEST_LAYER: Final = 20

_LATEX: Final = re.compile(r"\\|[_^]\{|\$")


def looks_like_latex(text: str) -> bool:
    r"""Whether a text is meant as LaTeX: it has a backslash, a ``$``, ``_{`` or ``^{``.

    >>> looks_like_latex(r"\tanh z"), looks_like_latex("e^{-z}"), looks_like_latex("e^(-z)")
    (True, True, False)
    """
    return bool(_LATEX.search(text))


def read_latex(text: str) -> Term:
    r"""The term that a formula in LaTeX describes, over the reals.

    ``$ … $`` around it and a left-hand side ``f(z) =`` or ``a =`` are dropped; of ``f(z) = A = B`` the sides A and B
    must agree. ``\begin{cases}`` takes conditions by <, ≤, >, ≥ and =; the last one may be left out or be
    ``\text{otherwise}``, and otherwise must be the complement of the others.

    Raises :class:`~symnet.errors.ParseError`, one line that says where, for everything else: for unknown commands, for
    primes and layers such as ``W^{(1)}``, and for what can be read in two ways.

    >>> read_latex(r"Sigmoid(z) = \frac{1}{1 + e^{-z}}")
    divide(number(1), sum(number(1), apply(multiply(number(-1), z), exp)))
    >>> read_latex(r"\begin{cases} z & z \ge 0 \\ 0 & z < 0 \end{cases}")
    cases(number(0), z, z, number(0), ('<=',))
    >>> read_latex(r"\input{/etc/passwd}")
    Traceback (most recent call last):
    symnet.errors.ParseError: at column 1: \input is not a command that is read here
    """
    return read_latex_fully(text)[0].term


def read_latex_fully(text: str) -> tuple[Reading, list[Token]]:
    """The reading, and the tokens of its first right-hand side, for a second reader."""
    text = check_text(text)
    start, end = trimmed(text)
    begin, variable = left_side(text[:end], start)
    grammar = LatexGrammar(text, tokens_of(text, begin, end))
    sides = run(grammar.sides(named=begin > start))
    return finish(sides, _variable(variable)), grammar.first_side()


def _variable(word: str) -> Term | None:
    bare = re.sub(r"[{}\s]", "", word).removeprefix("\\")
    base, _, index = bare.partition("_")
    spelled = next((char for char, name in GREEK.items() if name == base), base)
    return symbol_of(f"{spelled}_{index}" if index else spelled)


class LatexGrammar(Grammar):
    """What is particular to LaTeX: braces, fractions, roots, bare arguments, cases."""

    condition_hint = r", as in \begin{cases}"

    def is_factor(self, token: Token) -> bool:
        r"""A letter, as in \alpha(e^z - 1); but \Gamma, \zeta, \phi and \psi are known as functions."""
        base = token.value.name.base
        return base not in ("zeta", "phi", "varphi", "psi") and not base[0].isupper()

    # Exponents.

    def exponent(self, base: Token) -> Rule:
        """One digit, one letter, or what is in braces."""
        token = self.next
        if token.kind == "number" and len(token.text) > 1:
            raise self.wrong(token, f"write ^{{{token.text[:20]}}}: without braces the exponent is one digit")
        if token.kind == "{":
            self.refuse_layer(base)
        elif token.kind not in ("number", "symbol", "constant", "frac", "sqrt"):
            raise self.wrong(token, "an exponent is one digit, one letter, or in braces, as in ^{-z}")
        result = yield self.atom()
        if self.next.kind == "^":
            raise self.wrong(self.next, "two exponents follow one another: write braces")
        return result

    def refuse_layer(self, base: Token) -> None:
        """W^{(1)} is a name with a layer, not a power: a letter, and all of its exponent in brackets."""
        inside = self.tokens[self.position + 1 : self.position + _LONGEST_LAYER]
        if base.kind != "symbol" or inside[0].kind != "(":
            return
        depths = accumulate((t.kind == "(") - (t.kind == ")") for t in inside)
        closed = next((i for i, depth in enumerate(depths) if not depth), len(inside))
        if "}" in [t.kind for t in inside[closed + 1 : closed + 2]]:
            hint = "leave the brackets out for a power"
            raise self.wrong(inside[0], f"{base.text}^{{(…)}} is a name with a layer, not a power: {hint}")

    # Fractions and roots.

    def special(self) -> Rule:
        """\\frac, \\sqrt and cases."""
        token = self.next
        match token.kind:
            case "frac":
                result = yield self.fraction()
            case "sqrt":
                result = yield self.square_root()
            case "begin":
                result = yield self.cases()
            case _:
                raise self.surprise(token)
        return result

    def argument(self) -> Rule:
        """What a command takes: something in braces, one digit, or one letter, which then gets its braces."""
        token = self.next
        if token.kind in ("number", "symbol", "constant"):
            first, *rest = _digits(token) if token.text.isdigit() else [token]
            braces = [Token(brace, "", token.start, token.start) for brace in "{}"]
            self.tokens[self.position : self.position + 1] = [braces[0], first, braces[1], *rest]
        elif token.kind != "{":
            raise self.wrong(token, "braces should follow, as in \\frac{1}{2}")
        result = yield self.atom()
        return result

    def fraction(self) -> Rule:
        """\\frac{u}{v}."""
        token = self.take("frac")
        above = yield self.argument()
        below = yield self.argument()
        if _starts_with_d(above) and below.op == "multiply" and _starts_with_d(below):
            raise self.wrong(token, "this is a derivative: give the function itself, and its derivative is worked out")
        return self.written(token, quotient, above, below)

    def square_root(self) -> Rule:
        """\\sqrt{u} and \\sqrt[4]{u}."""
        token, degree = self.take("sqrt"), 2
        if self.next.text == "[":
            opened = self.take("(")
            index = yield self.inside(opened)
            degree = int(index.value) if index.op == "number" and index.value.denominator == 1 else 0
        if degree < 2 or degree & (degree - 1) or degree > 1024:
            raise self.wrong(
                token, "only the roots of degree 2, 4, 8, … are read: write u^{1/3} for a third root of u > 0"
            )
        radicand = yield self.argument()
        return root(radicand, degree)

    # Functions.

    def arguments(self, function: Token) -> Rule:
        r"""In brackets or braces, or bare: \tanh z, \sin 2z, \ln|z|, \exp\frac{z}{2}."""
        if self.next.kind in ("(", "{"):
            args = yield self.listed(self.take())
            return args
        if function.value.least > 1 or function.text[0] != "\\":
            raise self.wrong(function, f"{function.text} needs its argument in brackets, as in {function.text}(z)")
        arg = yield self.bare(function)
        return [arg]

    def bare(self, function: Token) -> Rule:
        """Numbers and letters up to the next sign, or one thing of another kind."""
        token = self.next
        if token.kind not in (*_LETTERS, *_SINGLE):
            raise self.wrong(function, f"{function.text} needs its argument in brackets, as in {function.text}(z)")
        factors: list[Term] = []
        while not factors or (token.kind in _LETTERS and self.next.kind in _LETTERS):
            factor = yield self.power()
            factors.append(factor)
        if self.next.kind in ("*", "/", *_LETTERS) or (self.next.kind != "function" and self.is_juxtaposed(self.next)):
            raise self.wrong(function, f"where does the argument of {function.text} end? write {function.text}(…)")
        return multiply(factors)

    # Cases.

    def cases(self) -> Rule:
        r"""\begin{cases} value & condition \\ … \end{cases}"""
        token = self.take("begin")
        self.open.append(token)
        rows: list[Row] = []
        while self.next.kind != "endcases":
            if self.follows("\\\\"):
                continue
            row = yield self.row()
            rows.append(row)
            if self.next.kind not in ("\\\\", "endcases"):
                raise self.surprise(self.next)
        self.take("endcases")
        self.open.pop()
        if not rows:
            raise self.wrong(token, "there are no cases between \\begin{cases} and \\end{cases}")
        return self.written(token, piecewise, rows)

    def row(self) -> Rule:
        """A value, and where it is taken."""
        value = yield self.expression()
        while self.follows(",", "&", "if"):
            pass
        if self.follows("otherwise") or self.next.kind in ("\\\\", "endcases"):
            condition = None
        else:
            first = yield self.expression()
            condition = yield self.condition(first)
        while self.follows(",", "&"):
            pass
        return value, condition


def _starts_with_d(term: Term) -> bool:
    return (term.args[0] if term.op == "multiply" else term) == symbol("d")


def _digits(token: Token) -> list[Token]:
    r"""The first digit and the others: \frac12 is \frac{1}{2}."""
    cut = token.start + 1
    parts = [(token.text[:1], token.start, cut), (token.text[1:], cut, token.end)]
    return [Token("number", text, start, end, number(int(text))) for text, start, end in parts if text]
