"""Stories told step by step: growth, kinks and splits, which steps drawn blindly hardly reach. Some steps go astray.

A story is a generator: it yields a step and is sent what became of it, the number of its line with the line, or
None where it was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from random import Random

from symnet.term import Claim, Step, Term, number
from tests.rejected.attack import s, step, x, y, z
from tests.rejected.calculus import ONE, ZERO, D, atan, erf, exp, f, left, log, right, sin, sqrt, tanh, u, v, w, where
from tests.rejected.calculus_corruption import changed_below, random_term, side_of
from tests.rejected.evaluator import nodes

Line = tuple[int, Claim] | None
Story = Generator[Step, Line, None]

TWO = number(2)
NUMBERS = [ZERO, ZERO, ONE, number(-1), TWO, w]
#: Functions of z with a slope of one sign, somewhere at least.
RISING = [
    *(z, 2 * z, z + z**3, z**3, exp(z), -exp(-z), atan(z), tanh(z), erf(z), z - tanh(z), z - sin(z), z * exp(z)),
    *(log(z), sqrt(z), -1 / z, -1 / z**2, log(1 + z), log(z) - 1 / z, sqrt(z**2), sqrt(1 + z**2), z**2, z / (1 + z)),
    *(where(z, z, -z), where(z, z, 2 * z), where(z, ONE, ZERO), where(z, z, z - 1), where(z - 1, z**2, exp(z), "<")),
    *(log(z**2), w * z, w * z + exp(z), x * z**2, z + w / z, -z, 1 / z, ONE + 0 * z, w + x),
]
#: What is said of z, or of something else, to help.
SUPPOSED = [z, -z, z - 1, 1 - z, z + 1, z - w, w - z, w, x, z**2, exp(z) - 1, 1 / z, z + 1 / z - 1 / z, 2 * z]


def _differentiated(found: Line, rng: Random) -> Step:
    """All derivatives in a line, with those inside, worked out."""
    at, line = found
    terms = [
        Term("derivative", (below, node.args[1]), node.value)
        for node in nodes(side_of(line))
        if node.op == "derivative"
        for below in nodes(node.args[0])
    ]
    return Step("differentiate", (at,), tuple(dict.fromkeys(terms)))


def _chosen(found: Line, rng: Random) -> Story:
    """Every case distinction in a line, one way or the other."""
    for _ in range(3):
        cases = [node for node in nodes(side_of(found[1])) if node.op == "cases"]
        if not cases:
            break
        found = (yield step("choose", found[0], rng.choice(cases), number(rng.randrange(2)))) or found
    return found


def growth(rng: Random) -> Story:
    """A function rises where its slope is positive."""
    body = rng.choice(RISING) if rng.random() < 0.8 else random_term(2, rng)
    body = rng.choice((body, body, body + rng.choice(RISING), body * rng.choice((TWO, w, z))))
    found = yield step("start", D(body, *[rng.choice((ZERO, w))][: rng.random() < 0.05]))
    found = found and (yield from _chosen(found, rng))
    found = found and ((yield _differentiated(found, rng)) or found)
    lemmas = []
    for _ in range(rng.randrange(3)):
        lemma = yield step(rng.choice(("suppose", "suppose_weakly")), rng.choice(SUPPOSED))
        lemmas += [lemma[0]] if lemma else []
    found = found and (yield step("sign", found[0], *lemmas))
    for _ in range(2):
        found = found and ((yield step("discharge", found[0], *lemmas)) or found)
    if not found:
        return
    for _ in range(2):
        low, high = rng.choice(((u, v), (x, y), (z, v), (z - 1, z), (rng.choice(NUMBERS), rng.choice(NUMBERS))))
        found = (yield step("mean_value", found[0], low, high)) or found
    yield step("discharge", found[0], *lemmas)
    yield step("instantiate", found[0], rng.choice((u, v, x, y, z, w)), rng.choice((*NUMBERS, z, u, exp(z))))


def kink(rng: Random) -> Story:
    """The slopes on either side of a point where two functions meet, and what is differentiated with them."""
    at, pieces = rng.choice(NUMBERS), [z, -z, z**2, -(z**2), ZERO, ONE, 2 * z, z**3, exp(z) - 1, sin(z), sqrt(z**2)]
    test = rng.choice((z - at, z - at, at - z, z, -z, z**2 - at, sqrt(z**2), 2 * z))
    one, two = rng.choice(pieces), rng.choice((*pieces, random_term(1, rng)))
    body = where(z if test == z - ZERO else test, one, two, rng.choice(("<", "<=")))
    lines = []
    for term in (body, body, changed_below(body, z, at), changed_below(body, z, at)):
        found = yield step("start", term)
        arm = number(len(lines) % 2)
        lines.append((yield step("choose", found[0], term, arm)) if found else None)
    for n in (2, 3):
        other = lines[3 - n] or lines[1]
        if lines[n] and other:
            target = changed_below(side_of(other[1]), z, at)
            lines.append((yield step(rng.choice(("regroup", "elementary")), lines[n][0], target)))
    slopes = []
    for side in (left, right, left, right):
        given = [line[0] for line in (rng.choice(lines[:2]), *rng.choices(lines[2:], k=rng.randrange(2))) if line]
        found = yield step("one_sided", *given, side(body, rng.choice((at, at, at, ONE))))
        found = found and ((yield _differentiated(found, rng)) or found)
        found = found and (
            (yield step("elementary", found[0], rng.choice((ZERO, ONE, TWO, at, -ONE, 2 * at)))) or found
        )
        slopes += [found] if found else []
    met = None
    for _ in range(3 if slopes else 0):
        met = (yield step("both_sides", *(rng.choice(slopes)[0] for _ in range(2)))) or met
    around = rng.choice((body * z, body**2, exp(body), body + sqrt(z**2), body / (1 + z), z * D(body, w), body))
    found = yield step("start", rng.choice((D(around, at), D(around), right(around, at), D(body, at) * z)))
    found = found and ((yield _differentiated(found, rng)) or found)
    if found and met:
        found = (yield step("substitute", found[0], met[0])) or found
    if met:
        yield step("instantiate", met[0], rng.choice((w, z)), rng.choice((ZERO, ONE, z)))


def parting(rng: Random) -> Story:
    """One statement on either side of 0, and at 0."""
    p = rng.choice((z, z, -z, z - w, z**2, 1 / z, log(z), sqrt(z), z * w, sin(z)))
    one, two = rng.choice(((z, -z), (ONE, -ONE), (ONE, ONE), (z, 2 * z), (p, -1 * p), (1 / z, w), (z, z)))
    body = where(p, one, two, rng.choice(("<", "<=")))
    around = rng.choice((body**2, body * body, body, body / z, exp(body), body**2 / z**2, sqrt(body**2), D(body)))
    told = []
    for arm in (0, 1):
        found = yield step("start", around)
        found = found and (yield step("choose", found[0], body, number(arm)))
        found = found and ((yield _differentiated(found, rng)) or found)
        target = rng.choice((changed_below(around, body, one), z**2, ONE, one, side_of(found[1]) if found else z))
        told.append(found and ((yield step("elementary", found[0], target)) or found))
    supposed = yield step("assume", p, ZERO)
    same = supposed and (yield step("start", p))
    same = same and (yield step("substitute", same[0], supposed[0]))
    zero = same and (yield step("sign", same[0]))
    if zero:
        for line in told[:2]:
            found = line and (yield step("discharge", line[0], zero[0]))
            told = [*told, found]
    told = [line for line in told if line]
    for _ in range(4 if told else 0):
        opposite = p.args[1] if p.op == "multiply" and p.args[0] == number(-1) else -1 * p
        terms = rng.choice(((p, opposite), (p, opposite), (opposite, p), (p, p)))
        given = [rng.choice(told) for _ in range(rng.choice((2, 2, 3)))] if rng.random() < 0.5 else told[:3]
        found = yield step("split", *(line[0] for line in given), *terms)
        if found:
            yield step("discharge", found[0])
            yield step("instantiate", found[0], rng.choice((z, w)), rng.choice((ZERO, ONE, number(-1), w)))


def binding(rng: Random) -> Story:
    """A derivative with a letter in it, for which something else is put."""
    body = rng.choice((u * z, u + z, z**2 * u, exp(u * z), z / u, sin(z) * s, random_term(2, rng, (z, z, u, s))))
    found = yield step("start", D(body, *[rng.choice((ONE, w, u, s, z**2))][: rng.random() < 0.4]))
    found = found and ((yield _differentiated(found, rng)) or found)
    for _ in range(4 if found else 0):
        value = rng.choice((z, z, z + 1, exp(z), s, x, w, ZERO, 1 / z, D(z**2), D(x * z, w)))
        found = (yield step("instantiate", found[0], rng.choice((u, u, z, w, s)), value)) or found
        found = (yield step(rng.choice(("unfold", "fold")), found[0], s)) or found
        found = (yield _differentiated(found, rng)) or found


def rewriting(rng: Random) -> Story:
    """What is differentiated is rewritten by a line that holds somewhere."""
    test = rng.choice((z, z, -z, z - 1, w, where(z, ONE, ZERO), f(z) - z, z**2))
    cases = where(test, *rng.choice(((z, -z), (z, ZERO), (ONE, z), (x, w))), rng.choice(("<", "<=")))
    term, result = rng.choice(
        ((cases, None), (cases, None), (z / z, ONE), (sqrt(z) ** 2, z), (f(w) / f(w), ONE), (exp(log(z)), z), (x, None))
    )
    found = yield step("start", term)
    if term == cases:
        found = found and (yield step("choose", found[0], term, number(rng.randrange(2))))
    elif result is not None:
        found = found and (yield step("elementary", found[0], result))
    else:
        found = yield step("assume", rng.choice((x, x, z, s)), rng.choice((ONE, z, z**2, w, s)))
    for _ in range(rng.randrange(3) if found else 0):
        change = rng.choice(
            (step("symmetry", found[0]), step("instantiate", found[0], w, z), step("discharge", found[0]))
        )
        found = (yield change) or found
    if not found or not found[1].equations:
        return
    old = found[1].equations[0].lhs
    at = [rng.choice((ZERO, ONE, number(-1), w))][: rng.random() < 0.5]
    slope = yield step("start", D(rng.choice((old, old * z, old**2, exp(old), x * old)), *at))
    slope = slope and ((yield step("substitute", slope[0], found[0])) or slope)
    slope = slope and ((yield _differentiated(slope, rng)) or slope)
    for _ in range(2 if slope else 0):
        slope = (yield step("discharge", slope[0], *([found[0]] if found[1].inequalities else []))) or slope
        yield step("instantiate", slope[0], rng.choice((z, w, x)), rng.choice((ZERO, ONE, number(-1), w)))


STORIES: list[Callable[[Random], Story]] = [growth, kink, parting, binding, rewriting]
