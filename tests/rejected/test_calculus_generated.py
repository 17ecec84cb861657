"""Generated attacks on calculus: corrupted derivations and random steps, judged by numbers.

A failure is an accepted claim that is false at a random point, an accepted derivation that has no meaning, or a crash.
None is allowed. More are made with ``SYMNET_ATTACKS=20000``, say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from symnet import kernel
from symnet.errors import SymnetError
from symnet.term import Claim, Condition, Definition, Derivation, Equation, Step, Term
from tests.rejected import calculus_families
from tests.rejected.attack import s, z
from tests.rejected.calculus import (
    ABS,
    MINUS,
    ONE,
    PI,
    STEP,
    ZERO,
    D,
    atan,
    cos,
    erf,
    exp,
    f,
    left,
    log,
    right,
    same,
    sin,
    sqrt,
    tanh,
)
from tests.rejected.calculus_corruption import corrupt, random_definitions, random_step
from tests.rejected.calculus_evaluator import has_meaning, holds
from tests.rejected.calculus_guided import STORIES
from tests.rejected.calculus_pairs import pair
from tests.rejected.calculus_truths import truths

SEED = 20240301
COUNT = int(os.environ.get("SYMNET_ATTACKS", "1000"))
POINTS = 6
WORK = 200_000

Draw = Callable[[list[Claim], Random], Step]


@dataclass
class Tally:
    """What became of the attacks."""

    made: int = 0
    ill_formed: int = 0
    rejected: int = 0
    accepted: int = 0
    tested: int = 0
    failures: list[str] = field(default_factory=list)

    def attack(self, name: str, told: Derivation | None, rng: Random) -> kernel.Replayed | None:
        """Let the kernel judge, and judge the kernel. None stands for a derivation that its terms refused."""
        self.made += 1
        if told is None:
            self.ill_formed += 1
            return None
        try:
            replayed = kernel.replay(told, WORK)
        except SymnetError:
            self.rejected += 1
            return None
        except Exception as crash:  # noqa: BLE001 - whatever it is, it is a failure
            self.failures.append(f"{name}: {type(crash).__name__}: {crash}")
            return None
        self.accepted += 1
        claims = [replayed.claim, replayed.lines[-1], rng.choice(replayed.lines)]
        verdicts = [holds(claim, told.definitions, rng) for claim in claims for _ in range(POINTS)]
        self.tested += any(verdict is not None for verdict in verdicts)
        if False in verdicts or not has_meaning(told):
            self.failures.append(f"{name}: {replayed.claim} in {told}")
        return replayed


def corruptions(tally: Tally, rng: Random, pool: list[tuple[str, Derivation]] | None = None) -> Iterator[str]:
    """True derivations, each with one thing changed; yields after every attack."""
    pool = list(truths()) if pool is None else pool
    while True:
        name, told = rng.choice(pool)
        try:
            corrupted = corrupt(told, rng)
        except SymnetError:
            corrupted = None
        if corrupted != told:
            tally.attack(f"corrupted {name}", corrupted, rng)
            yield name


def random_steps(tally: Tally, rng: Random, draw: Draw = random_step) -> Iterator[str]:
    """Derivations that grow by every random step that is accepted; yields after every attack."""
    while True:
        steps, lines = (), ()
        try:
            definitions = random_definitions(rng)
        except SymnetError:
            continue
        for _ in range(20):
            try:
                step = draw(list(lines), rng)
            except SymnetError:
                continue
            grown = Derivation(definitions, (*steps, step), (len(steps),))
            replayed = tally.attack(f"random {step.rule}", grown, rng)
            yield step.rule
            if replayed is not None:
                steps, lines = grown.steps, replayed.lines


def family_steps(tally: Tally, rng: Random) -> Iterator[str]:
    """The same about members of families."""
    return random_steps(tally, rng, calculus_families.random_step)


def stories(tally: Tally, rng: Random) -> Iterator[str]:
    """Derivations that follow a story, and leave out the steps that are refused; yields after every attack."""
    while True:
        steps, lines, story = (), (), rng.choice(STORIES)(rng)
        try:
            definitions = random_definitions(rng) if rng.random() < 0.5 else ()
            step = next(story)
            while True:
                told = Derivation(definitions, (*steps, step), (len(steps),))
                replayed = tally.attack(f"told {step.rule}", told, rng)
                yield step.rule
                if replayed is not None:
                    steps, lines = told.steps, replayed.lines
                step = story.send(None if replayed is None else (len(lines) - 1, lines[-1]))
        except (SymnetError, StopIteration):
            continue


def pairs(tally: Tally, rng: Random) -> Iterator[str]:
    """Two terms are said to be one."""
    while True:
        lhs, rhs = pair(rng)
        if lhs != rhs:
            tally.attack("a pair", same(lhs, rhs), rng)
            yield "elementary"


#: All of them, each with a seed of its own.
ATTACKS = [(kind, SEED + n) for n, kind in enumerate((corruptions, random_steps, family_steps, stories, pairs))]


def run(generate: Callable[[Tally, Random], Iterator[str]], count: int, seed: int = SEED) -> Tally:
    """So many attacks."""
    tally, rng = Tally(), Random(seed)
    for _ in zip(range(count), generate(tally, rng), strict=False):
        pass
    return tally


@pytest.mark.parametrize(("generate", "seed"), ATTACKS)
def test_no_generated_attack_succeeds(generate, seed):
    tally = run(generate, COUNT, seed)
    print(f"\n{generate.__name__}, seed {seed}: {replace(tally, failures=len(tally.failures))}")
    assert not tally.failures, tally.failures[0]
    assert tally.made == COUNT == tally.ill_formed + tally.rejected + tally.accepted
    assert tally.rejected + tally.ill_formed > COUNT // 4
    assert tally.accepted > COUNT // 10
    assert tally.tested > tally.accepted // 2


def test_every_truth_is_true():
    rng, tally = Random(SEED), Tally()
    for name, told in truths():
        assert tally.attack(name, told, rng) is not None, name
    assert not tally.failures, tally.failures[0]
    assert tally.accepted == tally.made > 75
    assert tally.tested >= tally.made - 2  # some conditions hold at few points


# The judge is judged, too.


def says(lhs: Term, rhs: Term, *conditions: Condition, hypotheses: tuple[Equation, ...] = ()) -> Claim:
    return Claim((Equation(lhs, rhs),), conditions, hypotheses)


def is_of_sign(term: Term, relation: str, *conditions: Condition) -> Claim:
    return Claim((), conditions, (), (Condition(term, relation),))


VERDICTS = [
    ("(z²)′ = 2z", says(D(z**2), 2 * z), {True}),
    ("(z²)′ = z", says(D(z**2), z), {True, False}),
    ("|z|′ = |z|/z", says(D(ABS), ABS / z), {True, False}),
    ("|z|′ = |z|/z where z ≠ 0", says(D(ABS), ABS / z, Condition(z)), {True, None}),
    ("|z|′ at 0", says(D(ABS, ZERO), ZERO), {False}),
    ("|z|′ from the right", says(right(ABS), ONE), {True}),
    ("|z|′ from the left", says(left(ABS), MINUS), {True}),
    ("|z|′ from the left is 1", says(left(ABS), ONE), {False}),
    ("a step has a slope at 0", says(D(STEP, ZERO), ZERO), {False}),
    ("a step has a slope from the right", says(right(STEP), ZERO), {True}),
    ("a step has a slope from the left", says(left(STEP), ZERO), {False}),
    ("√z has a slope at 0", says(D(sqrt(z), ZERO), ZERO), {False}),
    ("√z² = z", says(sqrt(z**2), z), {True, False}),
    ("√z² = |z|", says(sqrt(z**2), ABS), {True}),
    ("log z = log z", says(log(z), log(z)), {True, False}),
    ("log z = log z where z > 0", says(log(z), log(z), Condition(z, ">")), {True, None}),
    ("tanh′", says(D(tanh(z)), 1 - tanh(z) ** 2), {True}),
    ("erf′", says(D(erf(z)), 2 / sqrt(PI) * exp(-(z**2))), {True}),
    ("erf′ without 2/√π", says(D(erf(z)), exp(-(z**2))), {False}),
    ("arctan′", says(D(atan(z)), cos(atan(z)) ** 2), {True}),
    ("sin² + cos² = 1", says(sin(z) ** 2 + cos(z) ** 2, ONE), {True}),
    ("a derivative of a derivative", says(D(z * D(z**3)), 9 * z**2), {True}),
    ("z = 1 where z = 1", says(z, ONE, hypotheses=(Equation(z, ONE),)), {True}),
    ("f′ = f", says(D(f(z)), f(z)), {True, False}),
    ("e^z > 0", is_of_sign(exp(z), ">"), {True}),
    ("z > 0", is_of_sign(z, ">"), {True, False}),
    ("z ≥ 0 where z > 0", is_of_sign(z, ">=", Condition(z, ">")), {True, None}),
    ("1 − tanh > 0", is_of_sign(1 - tanh(z), ">"), {True}),
]


@pytest.mark.parametrize(("claim", "verdicts"), [pytest.param(*rest, id=name) for name, *rest in VERDICTS])
def test_the_judge(claim, verdicts):
    rng = Random(SEED)
    assert {holds(claim, (), rng) for _ in range(80)} == verdicts


def test_the_judge_knows_definitions():
    """(s z)′ = s for a number s, and not for s := z + 1."""
    rng, claim = Random(SEED), says(D(s * z), s)
    assert {holds(claim, (), rng) for _ in range(20)} == {True}
    assert False in {holds(claim, (Definition(s, z + 1),), rng) for _ in range(20)}
