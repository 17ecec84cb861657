"""Tables of a page, in each format: a head and rows of cells that are written already."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

Cells = tuple[str, ...]

#: How many columns plain text takes, and how wide a column is at most that another one stands behind.
COLUMNS: Final = 100
_WIDEST: Final = 62
#: The parts of a line that the columns of LaTeX take.
_PARTS: Final = (0.2, 0.5, 0.28)


def plain_table(head: Cells, rows: Sequence[Cells]) -> str:
    """Cells under one another, without a head; where a line has no room for the last cell, it stands below.

    >>> print(plain_table(("fact", "value", "how sure"), [("range", "(0, 1)", "proved"), ("parity", "odd", "proved")]))
      range   (0, 1)  proved
      parity  odd     proved
    <BLANKLINE>
    <BLANKLINE>
    """
    first, second = (max((len(r[i]) for r in rows if len(r[i]) <= _WIDEST), default=0) for i in (0, 1))
    return "".join(_plain_row(row, first, second) for row in rows) + "\n"


def _plain_row(row: Cells, first: int, second: int) -> str:
    line = f"  {row[0]:<{first}}  {row[1]:<{second}}  {row[2]}".rstrip()
    if len(line) <= COLUMNS:
        return line + "\n"
    margin = " " * (first + 4)
    lines = textwrap.wrap(row[1], COLUMNS - len(margin), break_long_words=False)
    return f"  {row[0]:<{first}}  " + f"\n{margin}".join([*lines, row[2]]) + "\n"


def latex_table(head: Cells, rows: Sequence[Cells]) -> str:
    r"""Cells that break into lines, beside one another; a page may end between two rows.

    >>> print(latex_table(("fact", "value"), [("range", "$(0, 1)$")]))
    \par\nobreak\smallskip
    \noindent\parbox[t]{0.2\linewidth}{\raggedright range\strut}\hfill
    \parbox[t]{0.5\linewidth}{\raggedright $(0, 1)$\strut}\par
    <BLANKLINE>
    """
    lines = [_latex_row(row) for row in rows]
    return "\n".join([r"\par\nobreak\smallskip", *lines]) + "\n"


def _latex_row(row: Cells) -> str:
    cells = [
        rf"\parbox[t]{{{part}\linewidth}}{{\raggedright {cell}\strut}}" for part, cell in zip(_PARTS, row, strict=False)
    ]
    return r"\noindent" + "\\hfill\n".join(cells) + r"\par"


def markdown_table(head: Cells, rows: Sequence[Cells]) -> str:
    """A table as GitHub reads it.

    >>> print(markdown_table(("fact", "value"), [("range", "$(0, 1)$")]))
    | fact | value |
    |---|---|
    | range | $(0, 1)$ |
    <BLANKLINE>
    <BLANKLINE>
    """
    lines = [head, *rows]
    written = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join([written[0], "|" + "---|" * len(head), *written[1:]]) + "\n\n"
