"""Figures by matplotlib: SVG, PNG and PDF.

The same figure gives the same bytes: no date, no random names, none of the reader's own settings.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, Final

from symnet.errors import MissingDependency, UsageError, brief
from symnet.render.drawing import Curve, Drawing, Level, drawing
from symnet.render.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The formats that matplotlib writes, and what each may say about the file.
METADATA: Final[dict[str, dict[str, str | None]]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
#: Inches: a column of a two-column page.
SIZE: Final = (3.5, 2.7)
_STYLE: Final[dict[str, Any]] = {
    "font.family": ["STIXGeneral", "DejaVu Sans"],
    "mathtext.fontset": "stix",
    "font.size": 9,
    "axes.titlesize": 10,
    "figure.titlesize": 10,
    "legend.fontsize": 9,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "0.5",
    "xtick.color": "0.5",
    "ytick.color": "0.5",
    "xtick.labelcolor": "0.15",
    "ytick.labelcolor": "0.15",
    "savefig.dpi": 300,
    "svg.hashsalt": "symnet",
    "pdf.fonttype": 42,
}
#: Blue and vermillion of Okabe and Ito, which colour-blind readers tell apart. Dashes tell them apart in grey.
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
#: For h and for h′: the line, and how large its circles are, so that one is seen inside the other.
_LINES: Final[tuple[dict[str, Any], dict[str, Any]]] = (
    {"color": BLUE, "linewidth": 1.8, "linestyle": "-"},
    {"color": VERMILLION, "linewidth": 1.5, "linestyle": (0, (4, 1.6))},
)
_CIRCLES: Final = (4.0, 6.5)


def figure_bytes(figure: Figure, format: str) -> bytes:
    """The figure as a file of a ``format``: ``svg``, ``png`` or ``pdf``.

    Raises :class:`~symnet.errors.UsageError` for another format and for what cannot be drawn, and
    :class:`~symnet.errors.MissingDependency` without matplotlib.

    >>> from symnet.term import number, symbol
    >>> z = symbol("z")
    >>> figure_bytes(Figure("square", z, z**2, 2 * z), "svg")[:5]
    b'<?xml'
    """
