"""What is found out about a function, and how sure it is. How it is said is the business of the printers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symnet.kernel import Replayed
from symnet.term import Term

PROVED: Final = "proved"
NUMERICAL: Final = "numerical"
CONTAINED: Final = "contained in: proved; equal: numerical"


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends; None stands for an infinite end, and a closed end belongs to it."""

    lower: Term | None
    upper: Term | None
    lower_closed: bool = False
    upper_closed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Property:
    """One fact, whether it is proved, and the replayed derivations that show it.

    ==================  ============================================================
    kind                value
    ==================  ============================================================
    domain              Interval; None where conditions in ``shown`` say it
    range               Interval in which h lies
    derivative range    Interval in which h′ lies
    limits              Interval of what h tends to at −∞ and ∞, an end None for ±∞
    parity              "odd" or "even"
    monotony            "increasing", "decreasing", "nondecreasing", "nonincreasing"
    Lipschitz constant  the least one, a term
    ==================  ============================================================

    ``status`` is ``"proved"``, ``"numerical"``, or for a range also ``"contained in: proved; equal: numerical"``.
    """

    kind: str
    value: Interval | Term | str | None
    status: str
    shown: tuple[Replayed, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """The value, if it is an interval."""
        return self.value if isinstance(self.value, Interval) else None
