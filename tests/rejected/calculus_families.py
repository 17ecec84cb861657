"""Random steps about families: z_i is differentiated in, and z_j, z_0 and Σ over z_k stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from symnet.term import Claim, Step, Term, derivative, index, indexed_sum, natural, number
from tests.rejected import calculus_corruption
from tests.rejected.attack import after, i, j, k, p
from tests.rejected.calculus import ONE, exp, w, zs
from tests.rejected.calculus_corruption import NUMBERS, side_of
from tests.rejected.evaluator import nodes

#: The variable first; some of the others may be it, and some may not.
LETTERS = [zs(i), zs(i), zs(j), zs(0), zs(1), zs(after(i)), zs(index("i", "i")), w, w]
POINTS = [*NUMBERS, w, zs(i), zs(j)]


def random_sum(rng: Random) -> Term:
    """Σ of something that z_i may be in."""
    bodies = [zs(k), exp(zs(k)), zs(k) * w, zs(after(k))]
    uppers = [p, i, index("i", offset=-1), 2]
    return indexed_sum("k", rng.choice((0, 1, -1, i)), rng.choice(uppers), rng.choice(bodies))


def random_term(rng: Random) -> Term:
    term = calculus_corruption.random_term(rng.choice((1, 2)), rng, LETTERS)
    return rng.choice((term, term, term + random_sum(rng), term * random_sum(rng), random_sum(rng)))


def random_step(lines: Sequence[Claim], rng: Random) -> Step:
    """One more step, on lines that have been shown."""
    if not lines or rng.random() < 0.15:
        return _opening(rng)
    line = rng.randrange(len(lines))
    sums = [node for node in nodes(side_of(lines[line])) if node.op == "sigma"]
    kind = rng.random()
    if kind < 0.2:
        places = [natural(i), natural(j), natural(p), natural(after(i)), number(rng.randrange(3))]
        return Step("instantiate", (line,), (rng.choice(places[:3]), rng.choice(places)))
    if kind < 0.35:
        return Step("instantiate", (line,), (rng.choice((w, w, zs(i), zs(0), zs(j))), random_term(rng)))
    if kind < 0.45 and sums:
        return Step("unfold", (line,), (rng.choice(sums),))
    return calculus_corruption.random_step(list(lines), rng)


def _opening(rng: Random) -> Step:
    term = random_term(rng)
    return rng.choice(
        [
            Step("start", (), (term,)),
            Step("start", (), (derivative(term, zs(i)),)),
            Step("start", (), (derivative(term, zs(i), rng.choice(POINTS)),)),
            Step("start", (), (derivative(term, rng.choice(LETTERS)),)),
            Step("suppose", (), (rng.choice((zs(i), zs(j), -zs(i), zs(i) - zs(j), w)),)),
            Step("assume", (), (rng.choice(LETTERS), rng.choice((term, ONE)))),
        ]
    )
