"""Reading from token to token, and how rules wait for one another."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final

from symnet.errors import ParseError
from symnet.reader.lexer import Token, wrong
from symnet.term import Term

#: A rule yields the rules that it needs, gets their results, and returns its own.
Rule = Generator[Any, Any, Any]

#: What closes what, and how an open bracket is called.
CLOSING: Final = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", "|": "|"}
#: How two sides are compared in a condition.
RELATIONS: Final = ("<", "<=", ">", ">=", "=", "!=")


def run(rule: Rule) -> Any:
    """The result of a rule and of all the rules that it asks for, one after the other."""
    waiting, result = [rule], None
    while waiting:
        try:
            waiting.append(waiting[-1].send(result))
            result = None
        except StopIteration as done:
            waiting.pop()
            result = done.value
    return result


class Cursor:
    """The tokens of one text, the place that is reached, and the brackets that are open there."""

    #: What to add where a comparison stands in the wrong place.
    condition_hint = ""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0
        self.open: list[Token] = []

    @property
    def next(self) -> Token:
        """The token in front."""
        return self.tokens[self.position]

    def take(self, *kinds: str) -> Token:
        """The token in front, which is passed; an error when it is not of one of the kinds."""
        token = self.next
        if kinds and token.kind not in kinds:
            raise self.surprise(token)
        self.position += 1
        return token

    def follows(self, *kinds: str) -> bool:
        """Whether a token of one of the kinds is in front, which is then passed."""
        found = self.next.kind in kinds
        self.position += found
        return found

    def wrong(self, token: Token, message: str) -> ParseError:
        """The error at a token."""
        return wrong(self.text, token.start, message)

    def surprise(self, token: Token) -> ParseError:
        """The error at a token that does not fit."""
        if self.open and token.kind in ("end", ")", "}", "|)"):
            opened = self.open[-1]
            return self.wrong(opened, f"the {opened.text} is not closed" + f" before {token.text}" * bool(token.text))
        if token.kind == "end":
            return self.wrong(token, "the expression stops too early: a number, a letter or a function should follow")
        if token.kind in (")", "}", "|)"):
            return self.wrong(token, f"{token.text} closes nothing")
        if token.kind == "=" and not self.open:
            return self.wrong(token, "in front of a = stands a name or f(z), as in f(z) = …")
        if token.kind in RELATIONS:
            return self.wrong(token, f"{token.text} stands between two sides only in a condition{self.condition_hint}")
        return self.wrong(token, f"{token.text} cannot stand here")

    def written(self, token: Token, write: Callable[..., Term], *args: Any) -> Term:
        """What ``write`` makes, with its error at the token."""
        try:
            return write(*args)
        except ParseError as error:
            raise self.wrong(token, str(error)) from None
