"""The replay of a derivation, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from symnet import ring
from symnet.errors import Rejected, SymnetError, brief
from symnet.kernel.rules import TABLE
from symnet.kernel.scope import Scope
from symnet.term import Claim, Definition, Derivation, Step, Term

#: How many elementary operations a replay may take unless its caller says otherwise.
WORK_LIMIT: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the kernel has just checked: ``lines[i]`` is the conclusion of ``steps[i]``."""

    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    goals: tuple[int, ...]
    lines: tuple[Claim, ...]
    claim: Claim


def replay(derivation: Derivation, work: int = WORK_LIMIT, memory: int = ring.MEMORY_LIMIT) -> Replayed:
    """Recompute every step and return what has been shown.

    Raises :class:`~symnet.errors.Rejected` with the number and the rule of the first step that does not hold, or when
    the replay would take more than ``work`` elementary operations, or a normal form more than ``memory`` bytes.

    >>> from symnet.term import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> steps = (Step("start", (), ((x + y) * (x + y),)), Step("distribute", (0,), (x * x + 2 * x * y + y * y,)))
    >>> replay(Derivation((), steps, (1,))).claim.equations[0].lhs
    multiply(sum(x, y), sum(x, y))
    """
    if type(derivation) is not Derivation:
        raise Rejected(f"only a Derivation can be replayed, not {brief(derivation)}")
    fields = [getattr(derivation, name, None) for name in ("definitions", "steps", "goals")]
    if any(type(field) is not tuple for field in fields):
        raise Rejected("the definitions, steps and goals of a derivation are tuples, and none is missing")
    definitions, steps, goals = derivation.definitions, derivation.steps, derivation.goals
    session = Session(work, memory)
    _each("definition", "symbol", definitions, session.define)
    _each("step", "rule", steps, session.conclude)
    return session.finish(goals)


class Session:
    """A replay as it goes: definitions first, then steps, then what of it is the claim.

    >>> from symnet.term import symbol
    >>> x, session = symbol("x"), Session()
    >>> session.conclude(Step("start", (), (x + x,))).equations[0].rhs
    sum(x, x)
    """

    def __init__(self, work: int = WORK_LIMIT, memory: int = ring.MEMORY_LIMIT) -> None:
        self.work = ring.Work(work, memory)
        self.scope = Scope(self.work)
        self.steps: list[Step] = []
        self.lines: list[Claim] = []
        self.begun = False

    def define(self, given: Definition) -> None:
        """Admit a definition. None may follow a step, or one that was refused, which have been looked at without it."""
        if self.begun:
            raise Rejected("definitions come before the first step")
        self.begun = True
        self.scope.define(given)
        self.begun = False

    def conclude(self, given: Step) -> Claim:
        """Check one step, and add its conclusion to the lines."""
        self.begun = True
        if type(given) is not Step or type(given.rule) is not str or given.rule not in TABLE:
            raise Rejected(f"there is no such rule; the rules are {', '.join(TABLE)}")
        if type(given.premises) is not tuple or type(given.terms) is not tuple:
            raise Rejected("the premises and terms of a step are tuples")
        step = Step(given.rule, given.premises, tuple(map(self.scope.fresh, given.terms)))
        premises = [self._line(i, "premise") for i in step.premises]
        line = TABLE[step.rule](self.scope, premises, step.terms)
        self.lines.append(line)
        self.steps.append(step)
        return line

    def finish(self, goals: tuple[int, ...]) -> Replayed:
        """What has been shown, where some of the lines are the claim."""
        self.scope.check_families()
        shown = [self._line(i, "goal") for i in goals]
        if not shown:
            raise Rejected("a derivation without goals claims nothing")
        if len(set(goals)) < len(goals):
            raise Rejected("a goal is named twice")
        self.work.charge(sum(len(line.conditions) + len(line.hypotheses) for line in shown))
        definitions, steps, lines = tuple(self.scope.definitions), tuple(self.steps), tuple(self.lines)
        return Replayed(definitions, steps, tuple(goals), lines, _conjunction(shown))

    def _line(self, number: object, what: str) -> Claim:
        if type(number) is not int or not 0 <= number < len(self.lines):
            raise Rejected(f"{what} {brief(number)} is not an earlier line")
        return self.lines[number]


def _each(what: str, label: str, given: tuple[Any, ...], check: Callable[[Any], object]) -> None:
    for number, item in enumerate(given):
        try:
            check(item)
        except (SymnetError, AttributeError) as error:
            raise Rejected(f"{what} {number}{_label(getattr(item, label, None))}: {error}") from None


def _label(value: object) -> str:
    """The rule of a step or the symbol of a definition, in brackets, as far as it has one."""
    if type(value) is Term and value.op == "symbol":
        return f" ({value.name})"
    return f" ({value[:40]})" if type(value) is str else ""


def _conjunction(goals: list[Claim]) -> Claim:
    return Claim(
        tuple(dict.fromkeys(e for g in goals for e in g.equations)),
        tuple(dict.fromkeys(c for g in goals for c in g.conditions)),
        tuple(dict.fromkeys(h for g in goals for h in g.hypotheses)),
        tuple(dict.fromkeys(i for g in goals for i in g.inequalities)),
    )
