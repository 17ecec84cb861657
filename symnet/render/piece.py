"""What everything printed is made of: pieces, and asks for terms that are still to be printed."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from symnet.term import Term


class Kind(IntEnum):
    """What a piece means for line breaking."""

    PLAIN = 0
    SIGN = 1  # a line may end before it
    FACTOR = 2  # between two factors; a line may end before it, at a price
    OPEN = 3
    CLOSE = 4
    STACK = 5  # what follows stands above one another: a fraction, cases; or it cannot be broken, as below a root
    NEXT = 6
    UNSTACK = 7
    BIG = 8  # Σ or ∏: wider by ``lead_width`` where its limits stand beside it, as in a fraction or in running text


class Piece(NamedTuple):
    """A string to print; ``lead`` is what it becomes at the beginning of a continued line, and how wide that is."""

    text: str
    width: float
    kind: Kind = Kind.PLAIN
    lead: str = ""
    lead_width: float = 0.0


class Level(IntEnum):
    """How tightly a term binds, and how tightly its place wants it to."""

    LOOSE = 0
    SUM = 1
    PRODUCT = 2
    FACTOR = 3
    ATOM = 4


class Ask(NamedTuple):
    """Print ``term`` here, in brackets if it binds less tightly than ``level``; or print it without its sign."""

    term: Term
    level: Level
    unsigned: bool = False


Item = Piece | Ask
