"""Outputs that are multiplied out, as a document that goes out piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from symnet.render.formats import END, LATEX_FORMAT, MARKDOWN, PLAIN, PREAMBLE, Format
from symnet.render.polynomial import Summand, polynomial_lines
from symnet.term import Term

#: The formats, and what stands before and after a document.
_FORMATS: Final[dict[str, tuple[Format, str, str]]] = {
    "latex": (LATEX_FORMAT, PREAMBLE, END),
    "markdown": (MARKDOWN, "", ""),
    "plain": (PLAIN, "", ""),
}


def expanded_parts(
    form: str,
    title: str,
    words: str,
    outputs: Iterable[tuple[Term, Iterable[Summand], Iterable[Term]]],
) -> Iterator[str]:
    """A document with a title, a paragraph, and each output as a sum of products, with all symbols in them.

    ``form`` is ``"latex"``, ``"markdown"`` or ``"plain"``. No more than one line is held at a time.

    >>> from symnet.term import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> print("".join(expanded_parts("plain", "A square", "Multiplied out.", [(y, [(1, [(x, 2)])], [x])])), end="")
    A square
    <BLANKLINE>
    Multiplied out.
    <BLANKLINE>
      y = x²
    """
    row, opening, closing = _FORMATS[form]
    yield opening + row.headings[1].format(row.prose(title)) + row.paragraph(row.prose(words))
    for output, summands, letters in outputs:
        yield from polynomial_lines(output, summands, letters, form)
    yield closing
