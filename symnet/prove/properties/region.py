"""Intervals as grounds of a proof: what is known of the variable and the letters there, with points to try it at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from symnet.errors import SymnetError
from symnet.kernel import Replayed
from symnet.kernel.signs import gap
from symnet.prove.lines import SUPPOSING, Lines
from symnet.prove.properties.ground import Effort, Ground, Reason
from symnet.prove.properties.reasons import REASONS
from symnet.prove.properties.scan import Spot, grid
from symnet.prove.properties.setting import Setting
from symnet.term import Condition, Term

#: How many points of an interval an inequality is tried at.
_POINTS: Final = 48


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
        """That the variable lies in the region; nothing about an end that has no term."""
        low, high = self.lower.term, self.upper.term
        found = []
        if low is not None:
            found.append(Condition(gap(low, self.variable), ">=" if self.lower_closed else ">"))
        if high is not None:
            found.append(Condition(gap(self.variable, high), ">=" if self.upper_closed else ">"))
        return tuple(found)

    @property
    def is_exact(self) -> bool:
        """Whether the conditions say it all."""
        return not self.lower.is_estimate and not self.upper.is_estimate

    def known(self, setting: Setting) -> tuple[Condition, ...]:
        """What a proof in the region may rest on."""
        return (*self.conditions, *setting.known)

    def ground(self, lines: Lines, setting: Setting, reasons: Sequence[Reason] = REASONS) -> Ground:
        """The ground of proofs in the region."""
        import numpy as np

        columns = []
        for numbers, low, high in zip(setting.samples, self.lower.numbers, self.upper.numbers, strict=True):
            places = grid(low, high)
            places = np.unique([*places[:: max(1, len(places) // _POINTS)], *([0.0] if low < 0 < high else [])])
            columns.append(setting.points(numbers, places) | {self.variable: places})
        points = {s: np.concatenate([c[s] for c in columns]) for s in (self.variable, *setting.letters)}
        effort = Effort(in_all=setting.in_all)
        return Ground(lines, self.known(setting), points, reasons, effort=effort)


def letters_only(lines: Lines, setting: Setting) -> Ground:
    """The ground of proofs about letters."""
    import numpy as np

    points = {s: np.array([float(numbers[s]) for numbers in setting.samples]) for s in setting.letters}
    effort = Effort(in_all=setting.in_all)
    return Ground(lines, setting.known, points, REASONS, effort=effort)


def attempt(prove: Callable[[Lines], int | Sequence[int] | None], known: Iterable[Condition]) -> Replayed | None:
    """A derivation of its own, replayed without the lines that it does not need; None where no proof is found.

    What was found has to rest on nothing but what is ``known``: no other condition, and no hypothesis.
    """
    lines, allowed = Lines(), tuple(dict.fromkeys(known))
    try:
        found = prove(lines)
        if found is None:
            return None
        goals = [found] if isinstance(found, int) else list(dict.fromkeys(found))
        shown = lines.kept(*(_without_others(lines, goal, allowed) for goal in goals))[0]
    except SymnetError:
        return None
    return shown if not shown.claim.hypotheses and set(shown.claim.conditions) <= set(allowed) else None


def _without_others(lines: Lines, line: int, known: Sequence[Condition]) -> int:
    """The line without the conditions that follow from what is known: q ≠ 0 where q > 0 is."""
    if set(lines.conditions(line)) <= set(known):
        return line
    return lines.discharge(line, *(lines.suppose(c) for c in known if c.relation in SUPPOSING))
