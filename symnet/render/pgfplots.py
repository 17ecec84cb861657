"""Figures as source for pgfplots: what matplotlib draws, as text that a LaTeX document takes in.

The coordinates are computed here; TeX only joins them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Final

from symnet.render.drawing import Curve, Drawing, Mark, drawing
from symnet.render.escape import latex_prose
from symnet.render.figure import Figure
from symnet.render.tracing import Span, Stroke

_PREAMBLE: Final = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath}
\usepackage[margin=1cm]{geometry}
\usepackage{pgfplots}
\pgfplotsset{compat=1.16}
\pagestyle{empty}
\begin{document}
\noindent
"""
_BEGIN: Final = r"""%% For a document that loads amsmath and pgfplots, and says \pgfplotsset{compat=1.16}.
\begin{tikzpicture}[
  symnet function/.style={color=symnetblue, line width=1.5pt},
  symnet derivative/.style={color=symnetvermillion, line width=0.9pt, dash pattern=on 4.5pt off 1.8pt,
    preaction={draw=white, line width=1.4pt}},
  symnet bound/.style={line width=0.6pt, dash pattern=on 0.6pt off 1.2pt},
  symnet label/.style={right, inner sep=1pt, font=\footnotesize},
]
\definecolor{symnetblue}{HTML}{0072B2}
\definecolor{symnetvermillion}{HTML}{D55E00}
\begin{axis}[
  scale only axis, width=6.3cm, height=4.3cm, clip mode=individual,
  xmin=%(left)s, xmax=%(right)s, ymin=%(low)s, ymax=%(high)s,
  axis x line*=bottom, axis y line*=left, axis line style={black!50}, tick style={black!50},
  grid=major, grid style={black!10}, tick label style={font=\footnotesize},
  title={%(title)s}, title style={font=\small, at={(0.5,1.1)}, anchor=south, inner sep=1pt},
  xlabel={$%(variable)s$}, xlabel style={font=\small, inner sep=0pt},
  legend style={at={(0.5,1.01)}, anchor=south, draw=none, fill=none, inner sep=0pt, font=\small, column sep=4pt},
  legend columns=2, legend cell align=left, legend image post style={xscale=1.3},
]
"""
_END: Final = "\\end{axis}\n\\end{tikzpicture}%\n"
#: How many points stand on a line of the source, and how many digits tell the heights or places apart.
_POINTS: Final = 4
_DIGITS: Final = 5
#: For h and for h′: the style, the colour, and the radius of the circles.
_LINES: Final = (
    ("symnet function", "symnetblue", "1.9pt"),
    ("symnet derivative", "symnetvermillion", "3.1pt"),
)


def pgfplots(figure: Figure) -> str:
    r"""The figure as a ``tikzpicture``, for a document that loads amsmath and pgfplots.

    Raises :class:`~symnet.errors.UsageError` for what cannot be drawn.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> print(pgfplots(Figure("square", z, z**2, 2 * z)))  # doctest: +ELLIPSIS
    % For a document ...
    \begin{tikzpicture}[
    ...
    \addplot[symnet derivative, forget plot] coordinates {
      (-5,-10) (5,10)
    };
    \end{axis}
    \end{tikzpicture}%
    <BLANKLINE>
    """
    return "".join(_picture(drawing(figure)))


def pgfplots_document(figure: Figure) -> str:
    r"""The figure as a document of its own for pdflatex.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> pgfplots_document(Figure("square", z, z**2, 2 * z))[:23]
    '\\documentclass{article}'
    """
    return f"{_PREAMBLE}{pgfplots(figure)}\\end{{document}}\n"


def _picture(drawn: Drawing) -> Iterator[str]:
    (left, right), (low, high) = drawn.window, drawn.view
    ends = {"left": left, "right": right, "low": low, "high": high}
    spans = {"left": drawn.window, "right": drawn.window, "low": drawn.view, "high": drawn.view}
    title = latex_prose(drawn.title)
    yield _BEGIN % {
        **{name: _decimal(value, spans[name]) for name, value in ends.items()},
        "title": title,
        "variable": drawn.variable,
    }
    yield from _zeros(drawn)
    curves = drawn.function, drawn.derivative
    for place, curve in enumerate(curves):
        yield f"\\addlegendimage{{{_LINES[place][0]}}}\\addlegendentry{{${curve.name}$}}\n"
        yield from _levels(drawn, curve, _LINES[place][1])
    for place, curve in enumerate(curves):
        for stroke in curve.strokes:
            yield from _stroke(drawn, stroke, _LINES[place][0])
    # The smaller circles, those of h, lie on top.
    for place, curve in reversed(list(enumerate(curves))):
        yield from (_circle(drawn, mark, *_LINES[place][1:]) for mark in curve.marks)
    yield _END


def _zeros(drawn: Drawing) -> Iterator[str]:
    """The lines through 0."""
    (left, right), (low, high) = drawn.window, drawn.view
    if low <= 0 <= high:
        yield f"\\draw[black!40] {_at(drawn, left, 0)} -- {_at(drawn, right, 0)};\n"
    if left <= 0 <= right:
        yield f"\\draw[black!40] {_at(drawn, 0, low)} -- {_at(drawn, 0, high)};\n"


def _levels(drawn: Drawing, curve: Curve, color: str) -> Iterator[str]:
    left, right = drawn.window
    for level in curve.levels:
        start, stop = _at(drawn, left, level.height), _at(drawn, right, level.height)
        yield f"\\draw[symnet bound, {color}] {start} -- {stop};\n"
        label = _at(drawn, right, level.label_height).replace("(", "([xshift=9pt]", 1)
        yield f"\\draw[{color}, very thin] {stop} -- {label} node[symnet label] {{${level.label}$}};\n"


def _stroke(drawn: Drawing, stroke: Stroke, style: str) -> Iterator[str]:
    yield f"\\addplot[{style}, forget plot] coordinates {{\n"
    points = (_point(drawn, x, y) for x, y in stroke)
    while line := list(islice(points, _POINTS)):
        yield f"  {' '.join(line)}\n"
    yield "};\n"


def _circle(drawn: Drawing, mark: Mark, color: str, radius: str) -> str:
    fill = color if mark.filled else "white"
    place = _at(drawn, mark.x, mark.y)
    return f"\\draw[{color}, line width=0.8pt, fill={fill}] {place} circle[radius={radius}];\n"


def _at(drawn: Drawing, x: float, y: float) -> str:
    return _point(drawn, x, y).replace("(", "(axis cs:")


def _point(drawn: Drawing, x: float, y: float) -> str:
    return f"({_decimal(x, drawn.window)},{_decimal(y, drawn.view)})"


def _decimal(value: float, span: Span) -> str:
    """The number with as many digits as can be seen in a picture that spans so much.

    >>> _decimal(1.23456789, (0, 10)), _decimal(-1e-8, (-5, 5))
    ('1.2346', '0')
    """
    digits = _DIGITS - math.ceil(math.log10(span[1] - span[0]))
    return f"{round(value, digits) + 0.0:.15g}"
