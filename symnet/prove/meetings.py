"""Where two branches of a function meet: its value, the one-sided derivatives, and the derivative if there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from symnet.errors import Rejected, SymnetError
from symnet.prove.branches import Branch, arms_at
from symnet.prove.lines import Lines
from symnet.prove.sampling import value
from symnet.prove.settling import Settling, agree
from symnet.prove.tidy import tidy
from symnet.term import Term, derivative, put

#: Values above this are taken for a division by zero that is not exact.
HUGE: Final = 10**25


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two branches meet: the value there, what the branches tend to from either side, and the slopes.

    ``left`` and ``right`` are the value itself where the function is continuous from that side; None where the branch
    has no value at the point. ``slope`` is the derivative if there is one. A one-sided slope is None where the function
    jumps on that side, and where none was found, as for the root of |z| at 0.
    """

    at: Term
    value: Term
    left: Term | None
    right: Term | None
    left_slope: Term | None
    right_slope: Term | None
    slope: Term | None
    lines: tuple[int, ...]

    @property
    def is_jump(self) -> bool:
        """Whether h is not continuous there."""
        return (self.left, self.right) != (self.value, self.value)

    @property
    def is_kink(self) -> bool:
        """Whether h is continuous there, and no derivative was found."""
        return not self.is_jump and self.slope is None


class Meetings:
    """The lines about the places where branches meet; ``output`` is defined as the function."""

    def __init__(self, settling: Settling, function: Term, output: Term, numbers: Mapping[Term, Fraction]) -> None:
        self.settling = settling
        self.lines: Lines = settling.lines
        self.function = function
        self.variable = settling.variable
        self.output = output
        self.numbers = numbers
        # where a has conditions on z, a line about a′(0) would rest on them at z, so h itself is written
        rests = [c for c in settling.conditions(self.lines.start(output)) if settling.varies(c.term)]
        self.subject = function if rests else output

    def between(self, left: Branch, right: Branch) -> Meeting | None:
        """What is known of the place between two neighbouring branches; None where the function has no value."""
        at = left.upper
        if at is None:
            raise SymnetError("two branches do not meet")
        if not self.has_value(self.function, at):
            return None
        at_point = self.value_line(at)
        sides = [self.side(at, at_point, branch, side) for branch, side in ((left, "left"), (right, "right"))]
        (before, from_left), (after, from_right) = sides
        both = None if from_left is None or from_right is None else self.both_sides(from_left, from_right)
        left_slope, right_slope, slope = (
            None if n is None else self.lines.rhs(n) for n in (from_left, from_right, both)
        )
        shown = tuple(n for n in (from_left, from_right) if n is not None) if both is None else (both,)
        return Meeting(at, self.lines.rhs(at_point), before, after, left_slope, right_slope, slope, shown)

    def has_value(self, term: Term, at: Term) -> bool:
        """Whether a term has a value at a place; a pole at π/3 looks like a huge one."""
        found = value(put(term, self.variable, at), self.numbers)
        return found is not None and abs(found) < HUGE

    def value_line(self, at: Term) -> int:
        """h(c) = its value."""
        term = put(self.function, self.variable, at)
        line = self.lines.take(self.lines.start(term), arms_at(term, self.numbers)[0])
        return self.settling.settled(self.lines.same(line, tidy(self.lines.rhs(line))))

    def side(self, at: Term, at_point: int, branch: Branch, side: str) -> tuple[Term | None, int | None]:
        """What a branch tends to, and the line that says what h′ is from that side, if there are any."""
        if not self.has_value(branch.function, at):
            return None, None
        tends, known = put(branch.function, self.variable, at), self.lines.rhs(at_point)
        if not agree(tends, known):
            return tidy(tends), None
        slope = self.lines.differentiate(self.lines.start(derivative(branch.function, self.variable)))
        if not self.has_value(self.lines.rhs(slope), at):
            return known, None
        try:
            return known, self.one_sided(at, at_point, branch, side)
        except Rejected:  # a condition on z that is not known to hold nearby
            return known, None

    def one_sided(self, at: Term, at_point: int, branch: Branch, side: str) -> int:
        """h′ from one side."""
        lines = self.lines
        line = lines.take(lines.unfold(lines.start(self.subject), self.output), branch.arms)
        line = self.settling.near(self.settling.settled(line, branch))
        same = lines.same(at_point, put(branch.function, self.variable, at))
        line = lines.write("one_sided", (line, same), (derivative(self.subject, self.variable, at, side),))
        line = lines.differentiate(line)
        return self.settling.settled(lines.same(line, tidy(lines.rhs(line))))

    def both_sides(self, left: int, right: int) -> int | None:
        """The derivative, where the slopes agree."""
        if not agree(self.lines.rhs(left), self.lines.rhs(right)):
            return None
        same = self.lines.same(right, self.lines.rhs(left))
        return self.settling.settled(self.lines.write("both_sides", (left, same)))
