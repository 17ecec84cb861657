"""Figures by matplotlib: SVG, PNG and PDF.

The same figure gives the same bytes: no date, no random names, none of the reader's own settings.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, Final

from symnet.errors import MissingDependency, UsageError, brief
from symnet.render.bounds import Level
from symnet.render.drawing import Curve, Drawing, drawing
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
    {"color": BLUE, "linewidth": 2.1, "linestyle": "-"},
    {"color": VERMILLION, "linewidth": 1.2, "linestyle": (0, (5, 2))},
)
_CIRCLES: Final = (4.0, 6.5)
#: How wide the white edge of h′ is: in grey, it is what shows h′ on top of h.
EDGE: Final = 1.9


def matplotlib_bytes(figure: Figure, format: str) -> bytes:
    """The figure as a file of a ``format``: ``svg``, ``png`` or ``pdf``.

    Raises :class:`~symnet.errors.UsageError` for another format and for what cannot be drawn, and
    :class:`~symnet.errors.MissingDependency` without matplotlib.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> matplotlib_bytes(Figure("square", z, z**2, 2 * z), "png")[1:4]
    b'PNG'
    """
    if format not in METADATA:
        raise UsageError(f"matplotlib draws {', '.join(METADATA)}, not {brief(format)}")
    try:
        import matplotlib.figure
        import matplotlib.style
    except ImportError as error:
        raise MissingDependency("pictures need matplotlib: pip install symnet[plot]") from error
    drawn, file = drawing(figure), io.BytesIO()
    with warnings.catch_warnings(), matplotlib.style.context([_STYLE], after_reset=True):
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)  # a title may be in any script
        canvas = matplotlib.figure.Figure(figsize=SIZE)
        canvas.set_layout_engine("constrained", h_pad=0.02, w_pad=0.02)
        canvas.suptitle(drawn.title, parse_math=False, fontsize=10 if len(drawn.title) <= 40 else 8)
        _fill(canvas.add_subplot(), drawn)
        canvas.savefig(file, format=format, metadata={"Title": drawn.title, **METADATA[format]})
    return file.getvalue()


def _fill(axes: Axes, drawn: Drawing) -> None:
    axes.set_xlim(*drawn.window)
    axes.set_ylim(*drawn.view)
    axes.set_xlabel(f"${drawn.variable}$", labelpad=1)
    axes.grid(color="0.9", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.axhline(0, color="0.6", linewidth=0.6, zorder=1)
    axes.axvline(0, color="0.6", linewidth=0.6, zorder=1)
    for place, curve in enumerate((drawn.function, drawn.derivative)):
        _draw(axes, curve, place)
    axes.legend(
        loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, handlelength=2.6, borderaxespad=0.2
    )


def _draw(axes: Axes, curve: Curve, place: int) -> None:
    from matplotlib import patheffects

    line = _LINES[place]
    edge = [patheffects.Stroke(linewidth=EDGE, foreground="white"), patheffects.Normal()] if place else []
    axes.plot([], [], label=_formula(curve.name, curve.name), **line)
    for stroke in curve.strokes:
        axes.plot(*zip(*stroke, strict=True), zorder=3 + place, path_effects=edge, **line)
    for mark in curve.marks:
        # The smaller circles, those of h, lie on top.
        face = line["color"] if mark.filled else "white"
        style = {"markersize": _CIRCLES[place], "markerfacecolor": face, "markeredgecolor": line["color"]}
        axes.plot(mark.x, mark.y, "o", markeredgewidth=1.1, clip_on=False, zorder=6 - place, **style)
    for level in curve.levels:
        _bound(axes, level, line["color"])


def _bound(axes: Axes, level: Level, color: str) -> None:
    """A dotted line, and its label outside, at the end of a short lead."""
    axes.axhline(level.height, color=color, linewidth=0.8, linestyle=(0, (1, 2)), zorder=2)
    across = axes.get_yaxis_transform()
    axes.annotate(
        _formula(level.label, level.plain),
        (1.005, level.height),
        (1.05, level.label_height),
        xycoords=across,
        textcoords=across,
        color=color,
        fontsize=8.5,
        verticalalignment="center",
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "-",
            "color": color,
            "linewidth": 0.5,
            "shrinkA": 1,
            "shrinkB": 0,
            "relpos": (0, 0.5),
        },
    )


def _formula(latex: str, plain: str) -> str:
    """A formula for matplotlib's small TeX, or plain text where that does not know enough."""
    from matplotlib.mathtext import MathTextParser

    # In this font the prime is a large one, made to stand where it stands in ``\prime``.
    # A minus behind ``\geq`` it takes for one between two numbers, unless it stands in a group.
    formula = f"${latex}$".replace("'", "\\prime ").replace("eq -", "eq {-}")
    try:
        MathTextParser("path").parse(formula)
    except ValueError:
        return plain
    return formula
