"""Where an inequality is to hold, and the lines of a proof that rests on nothing else.

Numbers tell which sign to look for; a reason is a way to show it (:mod:`symnet.prove.properties.reasons`), and may ask
the ground for the signs of other terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from symnet.errors import Rejected, SymnetError
from symnet.prove.lines import SUPPOSING, Lines
from symnet.prove.properties.enclosures import UNCERTAIN, Points, signs
from symnet.prove.properties.splitting import alike
from symnet.term import Bound, Condition, Term, number

#: How deeply one reason may rest on another.
DEEPEST: Final = 14
MINUS: Final = number(-1)

#: How many reasons are tried before giving up: for one inequality, and for all facts about a function.
EFFORT: Final = 150
IN_ALL: Final = 1000

Reason = Callable[["Ground", Term, bool], int | None]


class Effort:
    """How many more reasons may be tried, here and in all."""

    def __init__(self, left: int = EFFORT, in_all: Effort | None = None) -> None:
        self.left = left
        self.in_all = in_all

    def spend(self) -> bool:
        """Whether another one may be tried."""
        self.left -= 1
        return self.left >= 0 and (self.in_all is None or self.in_all.spend())


@dataclass(frozen=True)
class Ground:
    """What is known where an inequality is to hold, points of that place to try it at, and the reasons to try.

    A line that is found here rests on conditions among ``known`` only.
    """

    lines: Lines
    known: tuple[Condition, ...]
    points: Points
    reasons: Sequence[Reason]
    depth: int = 0
    found: dict[tuple[Term, bool], int | None] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort)
    met: dict[Term, int | None] = field(default_factory=dict)
    equals: tuple[int, ...] = ()  # lines x = c, each resting on a hypothesis

    def knowing(self, *more: Condition) -> Ground:
        """The ground where more is known."""
        import numpy as np

        kept = np.ones(len(next(iter(self.points.values()))), dtype=bool) if self.points else True
        for c in more if self.points else ():
            sign = signs(c.term, self.points)
            kept = kept & ((sign == 1) | ((sign == 0) & (c.relation == ">=")))
        points = {s: values[kept] for s, values in self.points.items()}
        found: dict[tuple[Term, bool], int | None] = {key: line for key, line in self.found.items() if line is not None}
        return replace(self, known=(*self.known, *more), points=points, depth=self.depth + 1, found=found, met={})

    def deeper(self) -> Ground:
        """The same ground, one reason further down."""
        return replace(self, depth=self.depth + 1)

    # What the points tell.

    def sign(self, term: Term) -> int | None:
        """The certain sign of a term at all points where it is not 0; 0 if there is none; None if there are both."""
        if term not in self.met:
            found = set(signs(term, self.points).tolist()) - {UNCERTAIN, 0.0}
            self.met[term] = None if len(found) > 1 else int(found.pop()) if found else 0
        return self.met[term]

    def vanishes(self, term: Term) -> bool:
        """Whether a term is 0 at some point."""
        return bool((signs(term, self.points) == 0).any())

    # Proofs.

    def positive(self, term: Term, strict: bool = True) -> int | None:
        """A line term > 0, or term ≥ 0 unless that is to be strict; None if no reason is found."""
        key = (term, strict)
        if key not in self.found:
            self.found[key] = None  # while it is looked for, it is no reason for itself
            self.found[key] = self._positive(term, strict)
        return self.found[key]

    def _positive(self, term: Term, strict: bool) -> int | None:
        if self.depth > DEEPEST or self.sign(term) in (-1, None) or (strict and self.vanishes(term)):
            return None
        for reason in self.reasons:
            if not self.effort.spend():
                return None
            try:
                found = reason(self, term, strict)
            except SymnetError:
                continue
            if found is not None and self.is_enough(found, strict):
                return found
        return None

    def is_enough(self, line: int, strict: bool) -> bool:
        """Whether a line says what is wanted."""
        return self.relation(line) in ((">",) if strict else (">", ">="))

    def relation(self, line: int) -> str:
        """How a line compares its term with 0."""
        return self.lines[line].inequalities[0].relation

    def suppositions(self) -> list[int]:
        """The lines t > 0 or t ≥ 0 for what is known."""
        return [self.lines.suppose(c) for c in self.known if c.relation in SUPPOSING]

    def concluded(self, line: int, lemmas: Iterable[int] = ()) -> int | None:
        """From l = r: l > 0 or l ≥ 0 from the signs of the parts of r, with as few lines to help as that takes."""
        helpers = list(dict.fromkeys([*self.suppositions(), *lemmas]))
        best = self._sign(line, helpers)
        if best is None:
            return None
        for helper in list(helpers):
            fewer = [h for h in helpers if h != helper]
            found = self._sign(line, fewer)
            if found is not None and self.relation(found) == self.relation(best):
                helpers, best = fewer, found
        return self.settled(best)

    def _sign(self, line: int, helpers: Sequence[int]) -> int | None:
        try:
            found = self.lines.write("sign", (line, *helpers))
        except Rejected:
            return None
        return None if self.relation(found) == "!=" else found

    def settled(self, line: int) -> int | None:
        """The line with no conditions but what is known; None where one of them does not follow."""
        line = self.lines.discharge(line)
        for _ in range(3):
            others = [c for c in self.lines.conditions(line) if c not in self.known]
            if not others:
                return line
            lemmas = [self.follows(c) for c in others]
            if None in lemmas:
                return None
            line = self.lines.discharge(line, *(n for n in lemmas if n is not None))
        return None

    def follows(self, condition: Condition | Bound) -> int | None:
        """A line from which a condition follows, after what the hypotheses say is put in."""
        if not isinstance(condition, Condition):
            return None
        line = self.lines.substitute(self.lines.start(condition.term), *self.equals)
        value = self.lines.rhs(line)
        negative = condition.relation == "!=" and self.sign(value) == -1
        found = self.deeper().positive(MINUS * value if negative else value, condition.relation != ">=")
        if found is None or value == condition.term:
            return found
        return self.lines.discharge(self.lines.write("sign", (line, found)))

    def either(self, term: Term, positive: int, negative: int) -> int:
        """From a statement where t > 0, and where −t ≥ 0: the statement."""
        conditions = Condition(term, ">"), Condition(MINUS * term, ">=")
        for line, c in zip((positive, negative), conditions, strict=True):
            if c not in self.lines.conditions(line):
                return line
        return self.lines.write("split", alike(self.lines, (positive, negative)), (term, MINUS * term))
