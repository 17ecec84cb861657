"""Each check that the rules of calculus make, removed in turn: some attack by hand has to get through without it."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from symnet import kernel
from symnet.kernel import replay
from tests.rejected.analysis_holes import ANALYSIS
from tests.rejected.attack import WORK, Attack
from tests.rejected.calculus import positive, same, slope_is
from tests.rejected.calculus_holes import BRANCHES, DERIVATIVES
from tests.rejected.planting import first_through, gets_through, planted
from tests.rejected.ring_holes import RING
from tests.rejected.test_binding import ALIASES, BINDING
from tests.rejected.test_branches import CHOOSING, KINKS, SPLITTING
from tests.rejected.test_calculus import LIES
from tests.rejected.test_calculus_generated import SEED, Tally, corruptions, family_steps, pairs, random_steps, stories
from tests.rejected.test_differentiation import RULES, WRONG
from tests.rejected.test_elementary import FALSE, UNDEFINED
from tests.rejected.test_laurent import FALSE as LAURENT
from tests.rejected.test_mean_value import LIES as GROWTH
from tests.rejected.test_one_sided import BOTH, ONE_SIDED
from tests.rejected.test_signs import DISCHARGED, INEQUALITIES, SIGNLESS

TOLD: list[Attack] = [
    *((name, partial(slope_is, body, claimed), "") for name, body, claimed in WRONG),
    *((name, partial(same, lhs, rhs), "") for name, lhs, rhs in (*LAURENT, *FALSE)),
    *((name, partial(positive, term), "") for name, term in SIGNLESS),
    *(*BINDING, *ALIASES, *RULES, *KINKS, *CHOOSING, *SPLITTING, *ONE_SIDED, *BOTH),
    *(*DISCHARGED, *INEQUALITIES, *GROWTH, *UNDEFINED, *LIES),
]

HOLES = [*DERIVATIVES, *BRANCHES, *ANALYSIS, *RING]


@pytest.mark.parametrize(("part", "check", "instead"), [pytest.param(*rest, id=name) for name, *rest in HOLES])
def test_a_hole_is_found_by_hand(part, check, instead):
    with planted(part, check, instead) as run:
        found = first_through(run, TOLD, WORK)
    print(f"\nit gets through: {found}")
    assert found is not None


def test_nothing_is_found_where_nothing_is_planted():
    with planted("analysis", "def elementary(", "def elementary(") as run:
        assert not [lie for lie, tell, _ in TOLD if gets_through(run, tell, WORK)]
    assert replay.__module__ == "symnet.kernel.replaying"


#: Holes that generated attacks have to find, since what is wrong is the claim.
WRONG_CLAIMS = (
    "(u v)′ = u′ v′",
    "(u/v)′ without the square",
    "(uⁿ)′ without u′",
    "f(u)′ without u′",
    "everything is a constant",
    "log u′ = 1/u²",
    "conditions at z, wherever the point is",
    "log is defined everywhere",
    "no condition selects a branch",
    "what is open is not",
    "what may be one is apart",
    "every product is a square",
    "what is known of one is known of all",
    "any sign will do",
    "any bound",
    "growth in any order",
    "every ratio is 1",
    "odd powers of roots are lost",
)
#: So many turns, three attacks each, to find a planted hole.
PATIENCE = 600


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_a_hole_is_found_by_numbers(name, monkeypatch):
    (part, check, instead), *_ = (hole[1:] for hole in HOLES if hole[0] == name)
    tally = Tally()
    with planted(part, check, instead) as run:
        monkeypatch.setattr(kernel, "replay", run)
        attacks = [generate(tally, Random(SEED)) for generate in (corruptions, random_steps, family_steps)]
        turns = zip(range(PATIENCE), *attacks, strict=False)
        found = next((turn for turn, *_ in turns if tally.failures), None)
    print(f"\nfound after {found} turns: {tally.failures[:1]}")
    assert found is not None


#: Holes that stories or pairs have to find: other attacks hardly come there.
TOLD_BY_NUMBERS = [
    *((name, stories) for name in ("what a derivative binds is put in", "a value at the end is not needed")),
    *((name, stories) for name in ("left and right differ", "growth outside of the interval")),
    *((name, pairs) for name in ("√u² = u", "log(1/u) = log u", "1/z = z", "1/(−z) = 1/z", "u^{−k} = u^k")),
    *((name, pairs) for name in ("the square below a root", "the denominator of a square")),
    *((name, pairs) for name in ("what a denominator was multiplied by", "denominators are not compared")),
]


@pytest.mark.parametrize(("name", "generate"), TOLD_BY_NUMBERS)
def test_a_hole_is_found_by_a_story_or_a_pair(name, generate, monkeypatch):
    (part, check, instead), *_ = (hole[1:] for hole in HOLES if hole[0] == name)
    tally = Tally()
    with planted(part, check, instead) as run:
        monkeypatch.setattr(kernel, "replay", run)
        found = next(
            (n for n, _ in zip(range(3 * PATIENCE), generate(tally, Random(SEED)), strict=False) if tally.failures),
            None,
        )
    print(f"\nfound after {found} attacks: {tally.failures[:1]}")
    assert found is not None
