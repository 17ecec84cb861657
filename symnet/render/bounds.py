"""The bounds of a range beside a picture: what is said of each, and where its label stands.

A bound is written as a formula where that is short, and else by its first decimals. Labels that would meet are pushed
apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from symnet.render.expression import text
from symnet.render.figure import Interval
from symnet.render.notation import LATEX
from symnet.render.printer import Printer
from symnet.render.sampling import value_of
from symnet.render.tracing import Span
from symnet.term import Term, postorder

#: How far apart labels are, as a part of the height of the picture.
APART: Final = 0.1
#: The widest bound that is written as a formula, in em; a ratio with such a denominator is written in decimals.
WIDEST: Final = 5.0
LONG_RATIO: Final = 1000

#: Where a bound is, and what is said of it, in LaTeX and in Unicode.
Bound = tuple[float, str, str]


@dataclass(frozen=True, slots=True)
class Level:
    """A bound: its height, the height of its label, and the label in LaTeX and in Unicode, as in ``h < 1``."""

    height: float
    label_height: float
    label: str
    plain: str


def bounds_of(letter: str, interval: Interval | None, values: Mapping[Term, Fraction]) -> list[Bound]:
    """The ends of a range that are numbers."""
    signs = _signs(interval) if interval else []
    return [b for sign, end in signs if math.isfinite((b := _bound(letter, sign, end, values))[0])]


def _signs(interval: Interval) -> Iterator[tuple[str, Term]]:
    if interval.lower is not None and interval.lower == interval.upper:
        yield "=", interval.lower
        return
    if interval.upper is not None:
        yield "≤" if interval.upper_closed else "<", interval.upper
    if interval.lower is not None:
        yield "≥" if interval.lower_closed else ">", interval.lower


def _bound(letter: str, sign: str, end: Term, values: Mapping[Term, Fraction]) -> Bound:
    height = value_of(end, values)
    formula, plain = _short(end, height) if math.isfinite(height) else ("", "")
    signed = {"≤": "\\leq", "≥": "\\geq"}.get(sign, sign)  # matplotlib does not know \le
    return height, f"{letter} {signed} {formula}", letter.replace("'", "′") + f" {sign} {plain}"


def _short(end: Term, height: float) -> tuple[str, str]:
    """A formula if it is short, else the first decimals."""
    if _is_short(end):
        formula, width = Printer.of(LATEX, end).inline(end)
        if width <= WIDEST:
            return formula, text(end)
    power = 0 if not height or 1e-3 <= abs(height) < 1e6 else math.floor(math.log10(abs(height)))
    decimals = f"{math.trunc(height / 10.0**power * 1000) / 1000:.3f}"
    scale = (f" \\cdot 10^{{{power}}}", f"·10^{power}") if power else ("", "")
    return f"{decimals}\\ldots{scale[0]}", f"{decimals}…{scale[1]}".replace("-", "−")


def _is_short(end: Term) -> bool:
    """Whether nothing in it is broken down into cases, or is a ratio of long numbers."""
    nodes = postorder(end)
    return not any(n.op == "cases" or (n.op == "number" and n.value.denominator >= LONG_RATIO) for n in nodes)


def levels_of(bounds: Sequence[Sequence[Bound]], view: Span) -> list[list[Level]]:
    """The bounds of each curve, with all their labels pushed apart."""
    # At one height, h stands above h′.
    order = sorted(
        ((bound, curve) for curve, found in enumerate(bounds) for bound in found),
        key=lambda pair: (pair[0][0], -pair[1]),
    )
    places = _spread([height for (height, *_), _ in order], APART * (view[1] - view[0]))
    levels: list[list[Level]] = [[] for _ in bounds]
    for ((height, *labels), curve), place in zip(order, places, strict=True):
        levels[curve].append(Level(height, place, *labels))
    return levels


def _spread(heights: Sequence[float], apart: float) -> list[float]:
    """Rising heights moved as little as possible (in the square) until they are ``apart``: neighbours are pooled.

    >>> _spread([0, 0, 5], 1)
    [-0.5, 0.5, 5]
    """
    pools: list[tuple[float, int]] = []
    for i, height in enumerate(heights):
        mean, count = height - i * apart, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + i * apart for i, mean in enumerate(flat)]
