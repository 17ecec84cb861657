"""What a fact is about: the variable, what is assumed of the letters, and numbers for them to try it with.

What holds for these numbers is a guess; for all numbers under which the assumptions hold, only the kernel says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any, Final

from symnet.kernel.signs import POSITIVE, facts_of, gap, sign_set
from symnet.prove.branches import Branch
from symnet.prove.properties.numerics import precise
from symnet.term import Condition, Term, number, symbol

#: Numbers that letters are given, besides their own.
_POOL: Final = tuple(
    map(Fraction, ("1/3", "2", "-3/4", "5/2", "1", "3/7", "-2", "0", "7", "1/10", "-1/5", "9/10", "-9"))
)
#: How many choices of numbers a fact is tried with, and how many are looked at to find them.
MOST: Final = 7
_LOOKED_AT: Final = 3000

Numbers = Mapping[Term, Fraction]


@dataclass(frozen=True)
class Setting:
    """The variable, the assumptions on letters, and those of them that are made for one fact only.

    ``samples`` are numbers for the letters under which all assumptions hold; the first are those that were given.
    """

    variable: Term
    assumptions: tuple[Condition, ...]
    samples: tuple[Numbers, ...]
    where: tuple[Condition, ...] = ()
    in_all: Any = None  # what may still be spent on proofs: an Effort

    @property
    def given(self) -> Numbers:
        """The numbers that the letters were given."""
        return self.samples[0]

    @property
    def letters(self) -> tuple[Term, ...]:
        """The letters besides the variable."""
        return tuple(self.given)

    @property
    def known(self) -> tuple[Condition, ...]:
        """All that is assumed of letters."""
        return (*self.assumptions, *self.where)

    def points(self, numbers: Numbers, places: Any) -> dict[Term, Any]:
        """Coordinates of points: the places for the variable, and one choice of numbers for the letters."""
        import numpy as np

        return {self.variable: places} | {s: np.full(len(places), float(q)) for s, q in numbers.items()}

    def fresh(self, names: Sequence[str]) -> Iterator[Term]:
        """The symbols of these names that the function does not have."""
        taken = {s.name.base for s in (self.variable, *self.letters)}
        return (symbol(x) for x in names if x not in taken)


def settings(
    variable: Term, given: Numbers, assumptions: Sequence[Condition], branches: Sequence[Branch]
) -> Iterator[Setting]:
    """The assumptions that hold for the numbers given; then also the sign of one letter, or of all, if that is open.

    That the ends of branches are in order is assumed beyond that, unless their signs as written tell it.
    """
    assumed = tuple(c for c in assumptions if _holds(c, given))
    gaps = [gap(b.lower, b.upper) for b in branches if b.lower is not None and b.upper is not None]
    where = tuple(Condition(t, ">") for t in gaps if sign_set(t, facts_of(assumed)) != POSITIVE)
    every = tuple(choices(given, (*assumed, *where)))
    yield Setting(variable, assumed, every, where)
    signs = tuple(_sign(s, given) for s in given if given[s] and not _has_one_sign(s, every))
    for chosen in dict.fromkeys([*((c,) for c in signs), signs]) if signs else ():
        numbers = tuple(choices(given, (*assumed, *where, *chosen)))
        yield Setting(variable, assumed, numbers, (*where, *chosen))


def _sign(letter: Term, given: Numbers) -> Condition:
    return Condition(letter if given[letter] > 0 else number(-1) * letter, ">")


def _has_one_sign(letter: Term, every: Iterable[Numbers]) -> bool:
    return len({(n[letter] > 0) - (n[letter] < 0) for n in every}) == 1


def choices(given: Numbers, conditions: Sequence[Condition]) -> Iterator[Numbers]:
    """The numbers that were given, and others under which the conditions hold, as different as possible."""
    found = [n for n in islice(_all(given), _LOOKED_AT) if all(_holds(c, n) for c in conditions)]
    kinds = {_kind(numbers): numbers for numbers in reversed([dict(given), *found])}
    distance = {kind: _apart(kind, _kind(given)) for kind in reversed(kinds)}
    yield given
    yield from [numbers for numbers in found if numbers not in (given, *kinds.values())][:2]
    for _ in range(min(MOST - 2, len(kinds)) - 1):
        furthest = max(distance, key=lambda kind: distance[kind])
        yield kinds[furthest]
        distance = {kind: min(d, _apart(kind, furthest)) for kind, d in distance.items()}


def _all(given: Numbers) -> Iterator[dict[Term, Fraction]]:
    letters = list(given)
    if len(letters) <= 2:
        for values in product(_POOL, repeat=len(letters)):
            yield dict(zip(letters, values, strict=True))
        return
    seed = 1
    for _ in range(_LOOKED_AT):
        drawn = []
        for _ in letters:
            seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
            drawn.append(_POOL[(seed >> 33) % len(_POOL)])
        yield dict(zip(letters, drawn, strict=True))


def _kind(numbers: Numbers) -> tuple[bool, ...]:
    """How numbers compare with 0, 1 and each other."""
    values = [Fraction(0), Fraction(1), *numbers.values()]
    return tuple(r for i, a in enumerate(values) for b in values[:i] for r in (a < b, a == b))


def _apart(a: tuple[bool, ...], b: tuple[bool, ...]) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def _holds(condition: Condition, numbers: Numbers) -> bool:
    value: Any = precise(condition.term, numbers)
    if value is None:
        return False
    return bool(value > 0 if condition.relation == ">" else value >= 0 if condition.relation == ">=" else value != 0)
