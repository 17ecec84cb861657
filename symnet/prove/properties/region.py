"""Intervals as grounds of a proof: what is known of the variable and the letters there, with points to try it at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from symnet.errors import SymnetError
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.lines import Lines
from symnet.prove.properties.data import Estimate
from symnet.prove.properties.ground import Effort, Ground, Reason
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.scan import Spot, grid
from symnet.prove.properties.setting import Setting
from symnet.prove.properties.shape import Arms
from symnet.term import Condition, Term, derivative

#: How many points of an interval an inequality is tried at.
_POINTS: Final = 48

Wrap = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Region:
    """The places between two others, with those that are closed."""

    variable: Term
    lower: Spot
    upper: Spot
    lower_closed: bool = False
    upper_closed: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """That the variable lies in the region."""
        found = []
        if self.lower.term is not None:
            found.append(Condition(gap(self.lower.term, self.variable), ">=" if self.lower_closed else ">"))
        if self.upper.term is not None:
            found.append(Condition(gap(self.variable, self.upper.term), ">=" if self.upper_closed else ">"))
        return tuple(found)

    @property
    def is_exact(self) -> bool:
        """Whether the conditions say it all."""
        return not any(isinstance(s.value, Estimate) for s in (self.lower, self.upper))

    def ground(self, lines: Lines, setting: Setting, reasons: Sequence[Reason] = REASONS) -> Ground:
        """What is known in the region."""
        import numpy as np

        columns: list[Mapping[Term, Any]] = []
        for numbers, low, high in zip(setting.samples, self.lower.numbers, self.upper.numbers, strict=True):
            places = grid(low, high)
            places = np.unique([*places[:: max(1, len(places) // _POINTS)], *([0.0] if low < 0 < high else [])])
            columns.append({self.variable: places} | {s: np.full(len(places), float(q)) for s, q in numbers.items()})
        points = {s: np.concatenate([c[s] for c in columns]) for s in columns[0]}
        return Ground(
            lines, (*self.conditions, *setting.known), points, reasons, memory=setting.memory, effort=effort(setting)
        )


def effort(setting: Setting) -> Effort:
    """What may be spent on one inequality."""
    return Effort(in_all=setting.in_all)


def letters_only(lines: Lines, setting: Setting) -> Ground:
    """What is known of the letters."""
    import numpy as np

    points = {s: np.array([float(numbers[s]) for numbers in setting.samples]) for s in setting.letters}
    return Ground(lines, setting.known, points, REASONS, memory=setting.memory, effort=effort(setting))


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

    def opened(self, lines: Lines, wrap: Wrap, arms: Arms, formula: Term) -> int:
        """A line about the function where a formula holds: wrap(h(z)) = wrap(f(z))."""
        line = lines.take(lines.start(wrap(self.term)), arms)
        if self.is_slope:
            line = lines.differentiate(line)
        return lines.same(line, wrap(formula))


def shown(lines: Lines, line: int | None) -> Replayed | None:
    """What a line says, replayed without the lines that it does not need."""
    return None if line is None else lines.kept(line)[0]


def attempt(prove: Callable[[Lines], int | None]) -> Replayed | None:
    """A derivation of its own; None where no proof is found."""
    lines = Lines()
    try:
        return shown(lines, prove(lines))
    except SymnetError:
        return None
