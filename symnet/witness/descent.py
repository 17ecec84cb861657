"""How many steps gradient descent takes: counted, with every comparison decided.

A course says that the sigmoid needs 67 steps where ReLU needs 2. Both are counted here as the course counts them, and
beside them the same distance for both; each comparison is between exact fractions, or enclosures that do not meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet.activations import Z, find
from symnet.errors import Undecided, UsageError
from symnet.term import Term, apply, number, symbols
from symnet.witness.arithmetic import Arithmetic, Rationals, is_elementary
from symnet.witness.enclosure import BITS, Comparison, PointIntervals, Sweep, compare, intervals_of
from symnet.witness.interval import Enclosure

#: The most steps that are counted.
LONGEST: Final = 10_000
#: How many digits in base 2 a fraction may have; after that intervals take over.
LARGEST: Final = 20_000
#: The learning rate of the course.
RATE: Final = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Descent:
    """How many steps it takes until the goal is reached, and where the last step starts and ends, enclosed."""

    steps: int
    before: Enclosure | None
    after: Enclosure


def descent_steps(
    start: Term, slope: Term, height: Term, goal: Term, rate: Fraction = RATE, variable: Term = Z
) -> Descent:
    """Count the steps z ← z − rate · slope(z) from ``start`` until height(z) ≤ goal.

    Args:
        start: a number, as a term. slope, height: functions of the variable. goal: a number, as a term. rate: η.

    Fractions are exact where everything is rational and stays short; otherwise intervals decide, with more bits until
    they do. Raises :class:`~symnet.errors.Undecided` when they do not (as where height and goal are equal and
    irrational), and :class:`~symnet.errors.UsageError` when the goal is not reached within 10,000 steps or a symbol has
    no number.

    >>> descent_steps(number(Fraction(9, 10)), number(1), Z, number(Fraction(1, 2)))
    Descent(steps=2, before=(Fraction(7, 10), Fraction(7, 10)), after=(Fraction(1, 2), Fraction(1, 2)))
    """
    if stray := symbols(start, goal).keys() | (symbols(slope, height).keys() - {variable}):
        raise UsageError(f"a descent is counted with numbers: put one in for {', '.join(sorted(map(str, stray)))}")
    terms = (start, slope, height, goal)
    if not any(map(is_elementary, terms)):
        try:
            return _Walk(Rationals(), _compare_fractions, variable).count(*terms, rate)
        except Undecided:
            pass  # the fractions have become too long
    for bits in BITS:
        try:
            return _Walk(intervals_of(bits), compare, variable).count(*terms, rate)
        except Undecided as error:
            reason = error
    raise reason


def course_descents() -> tuple[tuple[str, Descent], ...]:
    """The course's two numbers of steps, and the two that its comparison leaves out, with η = 0.2.

    Source: the AI-EDU course, "Neural Networks", chapter 8, which says 67 and 2.

    >>> for what, descent in course_descents():
    ...     print(descent.steps, what)
    67 sigmoid: z ← z − η σ′(z) from z = ln 9, where σ = 0.9, until σ ≤ 0.5
    2 ReLU: z ← z − η from z = 0.9 until z ≤ 0.5
    11 ReLU over the same distance: z ← z − η from z = ln 9 until z ≤ 0
    12 sigmoid's slope taken for a step of a itself: a ← a − η a (1 − a) from a = 0.9 until a ≤ 0.5
    """
    sigma, log_nine = find("sigmoid").definition, apply("log", number(9))
    high, half, one, zero = (number(Fraction(x)) for x in ("9/10", "1/2", "1", "0"))
    return (
        (
            "sigmoid: z ← z − η σ′(z) from z = ln 9, where σ = 0.9, until σ ≤ 0.5",
            descent_steps(log_nine, sigma * (1 - sigma), sigma, half),
        ),
        ("ReLU: z ← z − η from z = 0.9 until z ≤ 0.5", descent_steps(high, one, Z, half)),
        (
            "ReLU over the same distance: z ← z − η from z = ln 9 until z ≤ 0",
            descent_steps(log_nine, one, Z, zero),
        ),
        (
            "sigmoid's slope taken for a step of a itself: a ← a − η a (1 − a) from a = 0.9 until a ≤ 0.5",
            descent_steps(high, Z * (1 - Z), Z, half),
        ),
    )


def _compare_fractions(left: Any, relation: str, right: Any) -> bool:
    return bool(left < right if relation == "<" else left <= right)


class _Walk:
    """The steps in one arithmetic."""

    def __init__(self, arithmetic: Arithmetic[Any], compare: Comparison, variable: Term) -> None:
        self.arithmetic = arithmetic
        self.compare = compare
        self.variable = variable

    def at(self, term: Term, place: Any) -> Any:
        return Sweep(self.arithmetic, lambda _: place, self.compare).value(term)

    def count(self, start: Term, slope: Term, height: Term, goal: Term, rate: Fraction) -> Descent:
        before, place, target = None, self.at(start, None), self.at(goal, None)
        for steps in range(LONGEST + 1):
            reached = self.compare(self.at(height, place), "<=", target)
            if reached is None:
                raise Undecided("whether the goal is reached stays open, even with many bits")
            if reached:
                return Descent(steps, None if before is None else self.exact(before), self.exact(place))
            before, place = place, place + self.arithmetic.number(-rate) * self.at(slope, place)
            self.exact(place)
        raise UsageError(f"the goal is not reached within {LONGEST:,} steps")

    def exact(self, place: Any) -> Enclosure:
        """Two fractions around a place, which must not have become too long."""
        if isinstance(self.arithmetic, PointIntervals):
            return self.arithmetic.exact(place)
        if place.denominator.bit_length() > LARGEST:
            raise Undecided("the fractions have become too long")
        return place, place
