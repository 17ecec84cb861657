"""A figure as the bytes of a file, in the format that the name of the file asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from symnet.errors import UsageError, brief
from symnet.render.figure import Figure
from symnet.render.matplotlib_figure import METADATA, matplotlib_bytes
from symnet.render.pgfplots import pgfplots, pgfplots_document

_SOURCES: Final[dict[str, Callable[[Figure], str]]] = {"tex": pgfplots_document, "tikz": pgfplots}
#: The formats of figures: pictures by matplotlib, and source for pgfplots as a document and as a picture alone.
FIGURE_FORMATS: Final = (*METADATA, *_SOURCES)


def figure_format(path: str | os.PathLike[str]) -> str:
    """The format that the suffix of a path asks for; :class:`~symnet.errors.UsageError` when it asks for none.

    >>> figure_format("sigmoid.SVG")
    'svg'
    >>> figure_format("sigmoid.bmp")
    Traceback (most recent call last):
    symnet.errors.UsageError: a figure is written to .svg .png .pdf .tex .tikz, not to 'sigmoid.bmp'
    """
    name = os.fspath(path)
    suffix = os.path.splitext(name)[1][1:].lower()
    if suffix not in FIGURE_FORMATS:
        raise UsageError(f"a figure is written to {' '.join(f'.{f}' for f in FIGURE_FORMATS)}, not to {brief(name)}")
    return suffix


def figure_bytes(figure: Figure, format: str) -> bytes:
    """The figure as a file: ``svg``, ``png``, ``pdf``, ``tex`` (a document) or ``tikz`` (to take into one).

    The same figure gives the same bytes. Raises :class:`~symnet.errors.UsageError` for another format and for what
    cannot be drawn, and :class:`~symnet.errors.MissingDependency` where a picture needs matplotlib.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> figure_bytes(Figure("square", z, z**2, 2 * z), "tex")[:23]
    b'\\\\documentclass{article}'
    """
    if format in _SOURCES:
        return _SOURCES[format](figure).encode()
    return matplotlib_bytes(figure, format)
