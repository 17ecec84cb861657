"""What is found out about a function, and how sure it is. How it is said is the business of the printers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from symnet.kernel import Replayed
from symnet.prove.meetings import Meeting
from symnet.term import Condition, Term, number

PROVED: Final = "proved"
NUMERICAL: Final = "numerical"
CONTAINED: Final = "contained in: proved; equal: numerical"
BOUND: Final = "a bound: proved; the least: numerical"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of which no closed form is known here: its first digits, cut off.

    >>> Estimate("-0.278464543").term
    number(-278464543/1000000000)
    """

    digits: str

    @property
    def term(self) -> Term:
        """The decimals as a number, which is not quite the number meant."""
        return number(Fraction(self.digits))


class Infinite(Enum):
    """What a function can tend to besides a number."""

    BELOW = "-∞"
    ABOVE = "∞"


End = Term | Estimate | None
Value = Term | Estimate | Infinite


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends; None stands for an infinite end, and a closed end belongs to it.

    A single number c is the interval from c to c.
    """

    lower: End
    upper: End
    lower_closed: bool = False
    upper_closed: bool = False

    @property
    def is_point(self) -> bool:
        """Whether this is a single number."""
        return self.lower is not None and self.lower == self.upper

    @property
    def is_estimated(self) -> bool:
        """Whether an end is known by its first decimals only."""
        return isinstance(self.lower, Estimate) or isinstance(self.upper, Estimate)


def point(value: Term | Estimate) -> Interval:
    """A single number."""
    return Interval(value, value, lower_closed=True, upper_closed=True)


EVERYTHING: Final = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Values:
    """A union of intervals: {c} ∪ (θ, ∞). With letters the parts may overlap for some of their numbers.

    ``hull`` is the smallest interval that holds all of them for the numbers that were given to the letters.
    """

    parts: tuple[Interval, ...]
    hull: Interval

    @property
    def interval(self) -> Interval | None:
        """The only part, if there is one only."""
        return self.parts[0] if len(self.parts) == 1 else None


@dataclass(frozen=True, slots=True, eq=False)
class Property:
    """One fact, whether it is proved, and the replayed derivations that show it.

    ==================  =================================  =============================================================
    kind                value                              what shows that it is so, if it is proved
    ==================  =================================  =============================================================
    domain              Values; None where the conditions  h has a value in each interval; elsewhere a condition of h is
                        in ``shown`` say it                false
    range               Values: all that h takes           h lies between the ends, on each part of the domain; each
                                                           value has a preimage, or lies between two that a function
                                                           with a derivative takes (intermediate value theorem)
    derivative range    Values: all that h′ takes          the same for h′
    jump                Meeting: value and one-sided       h(c); the formula on either side, and its value at c, since
                        limits                             it is continuous where it has one
    kink                Meeting: one-sided derivatives     h′₋(c) and h′₊(c)
    limit at −∞, at ∞   Term, Estimate or Infinite         h is constant so far out; or it grows or falls there, is
                                                           bounded by the limit, and takes every value up to it
    parity              "odd" or "even"                    h(−z) ± h(z) = 0 on each interval of the domain
    monotony            "increasing", "decreasing",        h(q) − h(p) > 0, or ≥ 0, for all p < q in an interval of the
                        "nondecreasing", "nonincreasing"   domain, from the sign of h′ by the mean value theorem
                        or "constant"
    Lipschitz constant  the least L, a Term or Estimate    L (q − p) ≥ ±(h(q) − h(p)); and h′ takes a value of size L or
                                                           comes as close to one as one likes
    ==================  =================================  =============================================================

    ``status`` is ``"proved"`` or ``"numerical"``; for a range also ``"contained in: proved; equal: numerical"``, and
    for a Lipschitz constant ``"a bound: proved; the least: numerical"``. Where constants without letters are compared,
    which of two is larger is read off 150 digits, also for a fact that is proved; that two are equal is proved.
    ``where`` is what is assumed of letters for this fact beyond what is assumed of them anyway, and ``piecewise`` says
    that monotony is meant on each interval of the domain.
    """

    kind: str
    value: Values | Value | Meeting | str | None
    status: str
    shown: tuple[Replayed, ...] = ()
    where: tuple[Condition, ...] = ()
    piecewise: bool = False

    @property
    def values(self) -> Values | None:
        """The value, if it is a set of numbers."""
        return self.value if isinstance(self.value, Values) else None

    @property
    def interval(self) -> Interval | None:
        """The smallest interval that holds all values, estimates rounded: what a picture shows."""
        if not isinstance(self.value, Values):
            return None
        hull = self.value.hull
        lower, upper = (e.term if isinstance(e, Estimate) else e for e in (hull.lower, hull.upper))
        return Interval(lower, upper, hull.lower_closed, hull.upper_closed)
