"""What a page is made of: headings, prose and displays."""

from __future__ import annotations

from dataclasses import dataclass

from symnet.kernel import Replayed
from symnet.render.layout import Row, Run
from symnet.render.wording import Phrase


@dataclass(frozen=True, slots=True)
class Page:
    """A title, what was replayed, and plain prose for the end, a paragraph each."""

    title: str
    replayed: Replayed
    notes: tuple[str, ...] = ()
    language: str = "en"


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


Block = Heading | Prose | Display
