"""Whatever the kernel accepts can be printed: every true derivation, every corrupted one that it lets pass."""

import re
from random import Random

import pytest

from symnet import render
from symnet.errors import SymnetError
from symnet.kernel import replay
from symnet.render.page import Display, blocks
from symnet.term import Derivation
from tests.rejected.attack import WORK
from tests.rejected.corruption import corrupt, random_definitions, random_step
from tests.rejected.truths import truths

TRUTHS = list(truths())
PAGES = (render.plain, render.latex_document, render.markdown)
SHORT = (render.summary, render.statement, render.latex_summary)


def check(replayed):
    """Every form prints, and what is said of an equation's number is said of one that is there."""
    page = render.Page("A page", replayed)
    for form in (*PAGES, *SHORT):
        form(page)
    render.parts(page)
    numbers = [row.number for block in blocks(page) if isinstance(block, Display) for row in block.rows if row.number]
    text = render.plain(page)
    assert len(numbers) == len(set(numbers))
    assert set(re.findall(r"(?:by|from|and) (\(\d+\))", text)) <= set(numbers), (text, replayed.steps)


@pytest.mark.parametrize("derivation", [d for _, d in TRUTHS], ids=[name for name, _ in TRUTHS])
def test_every_true_derivation_prints(derivation):
    check(replay(derivation))


def replayed_or_none(derivation):
    try:
        return replay(derivation, WORK)
    except SymnetError:
        return None


def test_corrupted_derivations_that_replay_print():
    rng, printed = Random(7), 0
    indexed = [d for _, d in TRUTHS if any(step.rule in ("induct", "termwise", "instantiate") for step in d.steps)]
    for _ in range(400):
        try:
            derivation = corrupt(rng.choice(indexed), rng)
        except (SymnetError, TypeError, AttributeError, ValueError):
            continue
        if isinstance(derivation, tuple):
            derivation = derivation[0]
        replayed = replayed_or_none(derivation)
        if replayed is not None and sum(len(line.equations) for line in replayed.lines) < 60:
            check(replayed)
            printed += 1
    assert printed > 20


def test_random_derivations_print():
    rng, printed = Random(8), 0
    for _ in range(150):
        definitions, steps, lines = random_definitions(rng), (), ()
        for _ in range(12):
            try:
                step = random_step(list(lines), {d.symbol: d.body for d in definitions}, rng)
            except SymnetError:
                continue
            replayed = replayed_or_none(Derivation(definitions, (*steps, step), (len(steps),)))
            if replayed is not None:
                steps, lines = replayed.steps, replayed.lines
        if steps:
            goals = tuple(sorted(rng.sample(range(len(steps)), min(2, len(steps)))))
            check(replay(Derivation(definitions, steps, goals)))
            printed += 1
    assert printed > 40
