"""What a page is made of: headings, prose and displays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from symnet.kernel import Replayed
from symnet.render.layout import Row, Run
from symnet.render.wording import Phrase


class Fact(NamedTuple):
    """Something that holds besides the claim: what it is about, what is said, and how sure that is."""

    about: Phrase
    said: Phrase
    sure: Phrase


@dataclass(frozen=True, slots=True)
class Page:
    """A title, what was replayed, and plain prose for the end, a paragraph each; ``facts`` stand in front of that.

    ``preface`` is plain prose for the beginning, to say what the claim is about.
    """

    title: str
    replayed: Replayed
    notes: tuple[str, ...] = ()
    language: str = "en"
    facts: tuple[Fact, ...] = ()
    preface: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The title (level 1) or the heading of a part (level 2)."""

    text: Phrase
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; or, when it ``leads`` to a display, a few words in front of it. A ``title`` stands out before it."""

    text: Phrase
    leads: bool = False
    title: Phrase = ()


@dataclass(frozen=True, slots=True)
class Display:
    """Formulas under one another, aligned at their relations."""

    rows: tuple[Row | Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of phrases under a head."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Phrase, ...], ...]


Block = Heading | Prose | Display | Table
