"""Lies about what has been shown before: forged premises, forged goals, forged theorems."""

from __future__ import annotations

from symnet.kernel import replay
from symnet.term import Claim, Definition, Derivation, Equation, Step
from tests.rejected.attack import WORK, Attack, derivation, refuse, step, table, x, y

START = step("start", x)
THEOREM = Claim((Equation(x, y),))


class Subderivation(Derivation):
    """A derivation that could answer differently each time it is asked."""


class Substep(Step):
    """A step that could change its rule under way."""


class Subdefinition(Definition):
    """A definition that could change its body under way."""


class Everything:
    """Equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(x)


class Zero(int):
    """A whole number of a class of its own."""


def premise(index: object, rule: str = "symmetry") -> Derivation:
    return derivation(START, Step(rule, (index,), ()))  # type: ignore[arg-type]


def goal(*indices: object) -> Derivation:
    return Derivation((), (START,), indices)  # type: ignore[arg-type]


ATTACKS: list[Attack] = [
    ("a premise that does not exist", lambda: premise(7), "premise 7 is not an earlier line"),
    ("a step that rests on itself", lambda: premise(1), "premise 1 is not an earlier line"),
    ("a first step that rests on itself", lambda: derivation(step("symmetry", 0)), "premise 0 is not an earlier line"),
    (
        "two steps that rest on each other",
        lambda: derivation(step("symmetry", 1), step("symmetry", 0)),
        "step 0 (symmetry): premise 1 is not an earlier line",
    ),
    (
        "a forward reference to a later truth",
        lambda: derivation(START, step("symmetry", 2), START),
        "premise 2 is not an earlier line",
    ),
    ("the last line as premise −1", lambda: premise(-1), "premise -1 is not an earlier line"),
    ("False as premise 0", lambda: premise(False), "premise False is not an earlier line"),
    ("0.0 as premise 0", lambda: premise(0.0), "premise 0.0 is not an earlier line"),
    ("'0' as premise 0", lambda: premise("0"), "premise '0' is not an earlier line"),
    ("None as a premise", lambda: premise(None), "premise None is not an earlier line"),
    ("a subclass of int as a premise", lambda: premise(Zero(0)), "is not an earlier line"),
    ("a theorem handed in as a premise", lambda: premise(THEOREM), "is not an earlier line"),
    ("an equation handed in as a premise", lambda: premise(Equation(x, y)), "is not an earlier line"),
    ("a step handed in as a premise", lambda: premise(START), "is not an earlier line"),
    (
        "a forged lemma to substitute from",
        lambda: derivation(START, Step("substitute", (0, THEOREM), ())),  # type: ignore[arg-type]
        "is not an earlier line",
    ),
    ("premises in a list", lambda: derivation(START, Step("symmetry", [0], ())), "premises and terms of a step are"),  # type: ignore[arg-type]
    ("terms in a list", lambda: derivation(Step("start", (), [x])), "premises and terms of a step are tuples"),  # type: ignore[arg-type]
    ("a theorem as a term", lambda: derivation(Step("start", (), (THEOREM,))), "a step takes terms, and nothing else"),  # type: ignore[arg-type]
    (
        "a number as a term",
        lambda: derivation(START, Step("regroup", (0,), (1,))),  # type: ignore[arg-type]
        "a step takes terms, and nothing else",
    ),
    (
        "an object equal to every term",
        lambda: derivation(START, Step("regroup", (0,), (Everything(),))),  # type: ignore[arg-type]
        "a step takes terms, and nothing else",
    ),
    ("a theorem as a step", lambda: Derivation((), (THEOREM,), (0,)), "step 0: there is no such rule"),  # type: ignore[arg-type]
    ("an equation as a step", lambda: Derivation((), (Equation(x, y),), (0,)), "there is no such rule"),  # type: ignore[arg-type]
    ("a subclass of Step", lambda: derivation(Substep("start", (), (x,))), "there is no such rule"),
    (
        "a subclass of Definition",
        lambda: Derivation((Subdefinition(x, y),), (START,), (0,)),
        "is a Subdefinition",
    ),
    ("a pair as a definition", lambda: Derivation(((x, y),), (START,), (0,)), "is a tuple"),  # type: ignore[arg-type]
    ("an equation as a definition", lambda: Derivation((Equation(x, y),), (START,), (0,)), "is a Equation"),  # type: ignore[arg-type]
    ("a subclass of Derivation", lambda: Subderivation((), (START,), (0,)), "only a Derivation can be replayed"),
    ("a claim instead of a derivation", lambda: THEOREM, "only a Derivation can be replayed, not a Claim"),
    ("a replay instead of a derivation", lambda: replay(derivation(START), WORK), "only a Derivation can be replayed"),
    ("steps in a list", lambda: Derivation((), [START], (0,)), "steps and goals of a derivation are tuples"),  # type: ignore[arg-type]
    ("goals in a list", lambda: Derivation((), (START,), [0]), "steps and goals of a derivation are tuples"),  # type: ignore[arg-type]
    ("definitions in a list", lambda: Derivation([], (START,), (0,)), "steps and goals of a derivation are tuples"),  # type: ignore[arg-type]
    ("definitions from a generator", lambda: Derivation(iter(()), (START,), (0,)), "derivation are tuples"),  # type: ignore[arg-type]
    ("no goal at all", lambda: goal(), "a derivation without goals claims nothing"),
    ("nothing at all", lambda: Derivation((), (), ()), "a derivation without goals claims nothing"),
    ("a goal beyond the last line", lambda: goal(1), "goal 1 is not an earlier line"),
    ("a goal among no lines", lambda: Derivation((), (), (0,)), "goal 0 is not an earlier line"),
    ("a negative goal", lambda: goal(-1), "goal -1 is not an earlier line"),
    ("True as goal 1", lambda: Derivation((), (START, START), (True,)), "goal True is not an earlier line"),
    ("a theorem as a goal", lambda: goal(THEOREM), "is not an earlier line"),
    ("one good goal and one bad", lambda: goal(0, 5), "goal 5 is not an earlier line"),
    ("a rule called axiom", lambda: derivation(step("axiom", x, y)), "there is no such rule"),
    ("a rule called trust", lambda: derivation(step("trust", x, y)), "there is no such rule"),
    ("a rule without a name", lambda: derivation(step("", x)), "there is no such rule"),
    ("a method of the kernel as a rule", lambda: derivation(step("_conclusion", x, y)), "there is no such rule"),
    ("START for start", lambda: derivation(step("START", x)), "there is no such rule"),
    ("a rule that is no text", lambda: derivation(Step(0, (), (x,))), "there is no such rule"),  # type: ignore[arg-type]
    ("an equation from start", lambda: derivation(step("start", x, y)), "it takes 1 terms, not 2"),
    ("a start from nowhere", lambda: derivation(step("start")), "it takes 1 terms, not 0"),
    ("a start that rests on a line", lambda: derivation(START, step("start", 0, y)), "it takes 0 earlier lines"),
    ("half a hypothesis", lambda: derivation(step("assume", x)), "it takes 2 terms, not 1"),
    ("symmetry with a term of its own", lambda: derivation(START, step("symmetry", 0, y)), "it takes 0 terms"),
    ("regroup without a line", lambda: derivation(step("regroup", x)), "it takes 1 earlier lines, not 0"),
    ("regroup from two lines", lambda: derivation(START, START, step("regroup", 0, 1, x)), "it takes 1 earlier lines"),
    ("regroup into nothing", lambda: derivation(START, step("regroup", 0)), "it takes 1 terms, not 0"),
    ("distribute into two terms", lambda: derivation(START, step("distribute", 0, x, y)), "it takes 1 terms, not 2"),
    ("substitute from nothing", lambda: derivation(START, step("substitute", 0)), "a line and one or more lines"),
    ("substitute with a term", lambda: derivation(START, START, step("substitute", 0, 1, y)), "it takes 0 terms"),
    ("unfold nothing", lambda: derivation(START, step("unfold", 0)), "it takes one or more terms, not 0"),
]


@table(*ATTACKS)
def test_refused(tell, words):
    refuse(tell, words)
