"""A function whose values are looked at: h, or h′, with its shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from symnet.kernel import Replayed
from symnet.prove.branches import arms_at
from symnet.prove.lines import Lines
from symnet.prove.properties.order import Order, Stretch
from symnet.prove.properties.region import attempt, letters_only
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Cell, Part, Point, Shape
from symnet.term import Term, derivative, put, symbols

Wrap = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Curve:
    """h, or h′: the term with all its cases, from which a proof starts."""

    function: Term
    variable: Term
    is_slope: bool = False

    @property
    def term(self) -> Term:
        """h(z) or h′(z)."""
        return derivative(self.function, self.variable) if self.is_slope else self.function

    def opened(self, lines: Lines, part: Part, wrap: Wrap = lambda term: term) -> int:
        """A line about the function where a formula holds: wrap(h(z)) = wrap(f(z))."""
        line = lines.take(lines.start(wrap(self.term)), part.arms)
        if self.is_slope:
            line = lines.differentiate(line, clear=False)
        return lines.same(line, wrap(part.formula))


@dataclass(frozen=True, slots=True)
class Preimage:
    """The lines h(g(y)) = y for the values on a cell, and whether they also say that g(y) lies in the cell."""

    shown: Replayed
    is_inside: bool


@dataclass(frozen=True)
class Study:
    """A function, its shape, and what is assumed.

    ``is_whole`` says that it is proved to have no values but those on the cells and at the points of the shape;
    ``at_points`` are the lines about h′ where parts of h meet.
    """

    curve: Curve
    shape: Shape
    setting: Setting
    is_whole: bool
    at_points: tuple[Replayed, ...] = ()
    preimages: dict[Cell, Preimage | None] = field(default_factory=dict)

    @property
    def order(self) -> Order:
        """How values compare."""
        return Order(self.setting)

    @property
    def parts(self) -> list[Part]:
        """The intervals with one formula each."""
        return list(dict.fromkeys(cell.part for cell in self.shape.cells))

    def stretch(self, cell: Cell) -> Stretch:
        """The values on a cell."""
        low, high = cell.image
        return Stretch(low, high, not cell.direction, not cell.direction)

    def stretches(self) -> list[Stretch]:
        """The values on all cells and at all points, in as few parts as is known to be right."""
        points = [Stretch(p.value, p.value, True, True) for p in self.shape.points]
        return self.order.joined([*map(self.stretch, self.shape.cells), *points])

    def value_shown(self, point: Point) -> Replayed | None:
        """The line h(c) = its value."""
        at, value = point.at.term, point.value.term
        if at is None or value is None:
            return None
        return attempt(lambda lines: self._value_line(lines, point.part, at, value), self.setting.known)

    def _value_line(self, lines: Lines, part: Part | None, at: Term, value: Term) -> int | None:
        """The line, from the formula of the part inside of which the place lies, if there is one."""
        z = self.curve.variable
        if part is None:
            term = put(self.curve.function, z, at)
            line = lines.take(lines.start(term), arms_at(term, self.setting.given)[0])
        else:
            line = lines.discharge(self.curve.opened(lines, part))
            line = line if z in symbols(at) else lines.write("instantiate", (line,), (z, at))
        return letters_only(lines, self.setting).settled(lines.same(line, value))

    def points_shown(self) -> tuple[Replayed, ...] | None:
        """The lines h(c) = its value at all points; None where one is missing."""
        own = [p for p in self.shape.points if p.part is not None or not self.curve.is_slope]
        found = [self.value_shown(p) for p in own]
        return None if None in found else (*self.at_points, *(p for p in found if p is not None))
