"""True derivations of calculus, for the corruptions to start from."""

from __future__ import annotations

from collections.abc import Iterator

from symnet.activations import find
from symnet.prove.derivative import derive
from symnet.term import Derivation, Term, index, indexed_sum, natural, number
from tests.rejected.attack import AT_I, AT_J, after, c, derivation, i, j, s, step, t, x, y, z
from tests.rejected.calculus import (
    ABS,
    ABS_LINES,
    ABS_SLOPES,
    ELU,
    ELU_LINES,
    ONE,
    PI,
    SIGMOID,
    ZERO,
    D,
    alpha,
    at_zero,
    atan,
    chosen,
    cos,
    erf,
    exp,
    f,
    inner,
    left,
    log,
    right,
    same,
    sin,
    slope,
    slope_is,
    slopes,
    sqrt,
    tanh,
    u,
    v,
    w,
    where,
    zs,
)

PHI = (1 + erf(z / sqrt(2))) / 2
DENSITY = exp(-(z**2) / 2) / sqrt(2 * PI)
SOFTPLUS = log(1 + exp(z))

#: Functions, and their derivatives.
SLOPES: list[tuple[str, Term, Term]] = [
    ("sigmoid", SIGMOID, SIGMOID * (1 - SIGMOID)),
    ("tanh", tanh(z), 1 - tanh(z) ** 2),
    ("tanh by e", (exp(z) - exp(-z)) / (exp(z) + exp(-z)), 1 - tanh(z) ** 2),
    ("softplus", SOFTPLUS, 1 / (1 + exp(-z))),
    ("softplus with a parameter", log(1 + exp(w * z)) / w, 1 / (1 + exp(-w * z))),
    ("GELU", z * PHI, PHI + z * DENSITY),
    ("SiLU", z * SIGMOID, z * SIGMOID + SIGMOID * (1 - z * SIGMOID)),
    ("mish", z * tanh(SOFTPLUS), tanh(SOFTPLUS) + z * (1 - tanh(SOFTPLUS) ** 2) * SIGMOID),
    ("arctan", atan(z), cos(atan(z)) ** 2),
    ("ISRU", z / sqrt(1 + alpha * z**2), 1 / sqrt(1 + alpha * z**2) ** 3),
    ("squareplus", (z + sqrt(z**2 + 4)) / 2, (1 + z / sqrt(z**2 + 4)) / 2),
    ("bent identity", (sqrt(z**2 + 1) - 1) / 2 + z, z / (2 * sqrt(z**2 + 1)) + 1),
    ("Gaussian", exp(-(z**2)), -2 * z * exp(-(z**2))),
    ("log(1 + z²)", log(1 + z**2), 2 * z / (1 + z**2)),
    ("z arctan z", z * atan(z), atan(z) + z / (1 + z**2)),
    ("sine", sin(w * z), w * cos(w * z)),
    ("a power", (1 + z**2) ** 3, 6 * z * (1 + z**2) ** 2),
    ("1/z", 1 / z, -(1 / z**2)),
    ("√z", sqrt(z), 1 / (2 * sqrt(z))),
    ("z log z", z * log(z), log(z) + 1),
]


def truths() -> Iterator[tuple[str, Derivation]]:
    """Every true derivation with a name."""
    for name, body, claimed in SLOPES:
        yield name, slope_is(body, claimed)
        yield f"{name} at 2", slope(body, at=number(2))
    for name in ("elu", "hardtanh", "leaky_relu", "sigmoid", "softsign"):
        row = find(name)
        found = derive(row.definition, z, row.numbers()).replayed
        yield f"the search: {name}", Derivation(found.definitions, found.steps, found.goals)
    yield from identities()
    yield from branches()
    yield from inequalities()
    yield from lemmas()


def identities() -> Iterator[tuple[str, Derivation]]:
    """Elementary functions without derivatives."""
    yield "e^{x+y}", same(exp(x + y), exp(x) * exp(y))
    yield "e^{log x}", same(exp(log(x)) * y, x * y)
    yield "a logarithm", same(log(x * exp(y)), log(x) + y)
    yield "(√x)²", same(sqrt(x) ** 2 + sqrt(4 * x), x + 2 * sqrt(x))
    yield "roots of numbers", same(sqrt(12) / sqrt(3), number(2))
    yield "circles", same(sin(x) ** 2 + cos(x + PI) ** 2, ONE)
    yield "tanh by σ", same(tanh(x), 2 / (1 + exp(-2 * x)) - 1)
    yield "cos of arctan", same(cos(atan(x)) ** 2, 1 / (1 + x**2))
    yield "parity", same(atan(-x) + erf(-y), -atan(x) - erf(y))
    yield "under f", same(f(exp(x + y)), f(exp(y) * exp(x)))


def branches() -> Iterator[tuple[str, Derivation]]:
    """Kinks, and what is on their sides."""
    elu = alpha * (exp(z) - 1)
    yield "|z| on the right", derivation(*chosen(ABS, 0))
    yield "|z| from both sides", derivation(*ABS_SLOPES, goals=(9, 11))
    yield (
        "ELU at its kink",
        derivation(
            *ELU_LINES,
            step("one_sided", 1, 6, right(ELU)),
            step("differentiate", 7, D(z, ZERO)),
            step("one_sided", 3, left(ELU)),
            step("differentiate", 9, *inner(elu, ZERO)),
            step("elementary", 10, alpha),
            goals=(8, 11),
        ),
    )
    yield (
        "ELU on its branches",
        derivation(
            step("start", D(ELU)),
            step("choose", 0, ELU, ONE),
            step("differentiate", 1, *inner(elu)),
            step("elementary", 2, alpha * exp(z)),
            step("discharge", 3),
        ),
    )
    square = where(z, z**2, -(z**2))
    yield (
        "z |z| at 0",
        derivation(
            *chosen(square, 0),
            *chosen(square, 1, 2),
            *chosen(at_zero(square), 0, 4),
            step("elementary", 5, at_zero(-(z**2))),
            step("one_sided", 1, right(square)),
            step("differentiate", 7, *inner(z**2, ZERO)),
            step("elementary", 8, ZERO),
            step("one_sided", 3, 6, left(square)),
            step("differentiate", 10, *inner(-(z**2), ZERO)),
            step("elementary", 11, ZERO),
            step("both_sides", 12, 9),
        ),
    )
    squares = [step("start", ABS**2), step("choose", 0, ABS, ZERO), step("elementary", 1, z**2)]
    squares += [step("start", ABS**2), step("choose", 3, ABS, ONE), step("elementary", 4, z**2)]
    yield "|z|² by a split", derivation(*squares, step("split", 2, 5, z, -z))
    yield "|z| from its lines", derivation(*ABS_LINES, step("one_sided", 1, right(ABS)))
    yield (
        "a branch for a lemma",
        derivation(
            *chosen(where(z, z, -z, "<"), 0),
            step("start", D(where(z, z, -z, "<"))),
            step("substitute", 2, 1),
            step("differentiate", 3, D(z)),
        ),
    )


def inequalities() -> Iterator[tuple[str, Derivation]]:
    """Signs and growth."""
    yield "1 + z² > 0", derivation(step("start", 1 + z**2), step("sign", 0))
    yield "|z| ≥ 0", derivation(step("start", ABS), step("sign", 0))
    yield (
        "a sign from signs",
        derivation(step("start", z * w + 1), step("suppose", z), step("suppose_weakly", w), step("sign", 0, 1, 2)),
    )
    yield "log grows", derivation(step("suppose", u - v), step("monotone", 0, log(u) - log(v)))
    yield "√ grows", derivation(step("suppose_weakly", u - v), step("monotone", 0, sqrt(u) - sqrt(v)))
    yield "tanh is bounded", derivation(step("bounded", 1 - tanh(z)))
    yield "arctan is bounded", derivation(step("bounded", PI / 2 + atan(z)))
    yield "sin is bounded", derivation(step("bounded", 1 - sin(z)))
    yield (
        "z³ + z grows",
        derivation(
            *slopes(z**3 + z), step("elementary", 1, 3 * z**2 + 1), step("sign", 2), step("mean_value", 3, x, y)
        ),
    )
    yield (
        "log grows by its slope",
        derivation(
            *slopes(log(z)),
            step("sign", 1),
            step("suppose", z),
            step("discharge", 2, 3),
            step("mean_value", 4, ONE, y),
        ),
    )
    yield (
        "−1/z grows on one side",
        derivation(
            step("start", D(-1 / z)),
            step("differentiate", 0, *inner(-1 / z)),
            step("elementary", 1, 1 / z**2),
            step("sign", 2),
            step("suppose", z - 1),
            step("start", z),
            step("regroup", 5, z - 1 + 1),
            step("sign", 6, 4),
            step("discharge", 3, 7),
            step("mean_value", 8, x, y),
        ),
    )
    yield "a discharged denominator", derivation(step("start", 1 / (1 + exp(z)) + 1 / w), step("discharge", 0))
    yield (
        "a denominator that a bound discharges",
        derivation(step("start", log(1 - tanh(z))), step("bounded", 1 - tanh(z)), step("discharge", 0, 1)),
    )


def lemmas() -> Iterator[tuple[str, Derivation]]:
    """Definitions, lemmas, instances and hypotheses around derivatives."""
    yield (
        "a quotient by parts",
        derivation(
            step("start", D(s / t)),
            step("differentiate", 0, D(s / t)),
            step("start", D(s)),
            step("unfold", 2, s),
            step("differentiate", 3, *inner(z**2)),
            step("start", D(t)),
            step("unfold", 5, t),
            step("differentiate", 6, *inner(1 + exp(z))),
            step("substitute", 1, 4, 7),
            step("unfold", 8, s, t),
            define=[(s, z**2), (t, 1 + exp(z))],
        ),
    )
    yield (
        "a lemma in a derivative",
        derivation(
            step("start", exp(log(z)) + 1),
            step("elementary", 0, z + 1),
            step("start", D(exp(log(z)) + 1)),
            step("substitute", 2, 1),
            step("differentiate", 3, *inner(z + 1)),
        ),
    )
    yield "a parameter replaced", derivation(*slopes(u * z**2), step("instantiate", 1, u, w + x))
    yield "the variable replaced", derivation(*slopes(log(z)), step("instantiate", 1, z, w**2 + 1))
    yield (
        "a hypothesis about a parameter",
        derivation(step("assume", u, w), *slopes(u * z, before=1), step("substitute", 2, 0), step("symmetry", 3)),
    )
    yield (
        "folded",
        derivation(*slopes(exp(z) * z), step("fold", 1, s), step("symmetry", 2), define=[(s, exp(z))]),
    )
    before = indexed_sum("k", 1, index("i", offset=-1), exp(zs(index("k"))))
    yield "a member of a family", slope(exp(zs(i)) + zs(after(i)) * before, variable=zs(i))
    yield (
        "a member of a family, later",
        derivation(
            *slopes(zs(i) ** 2 * c(j), None, zs(i)),
            step("instantiate", 1, AT_I, natural(after(i))),
            step("instantiate", 2, AT_J, natural(index("i", offset=2))),
        ),
    )
    yield (
        "where p ≠ 0",
        derivation(
            step("start", (ABS / z) ** 2),
            step("choose", 0, ABS, ZERO),
            step("elementary", 1, ONE),
            step("start", (ABS / z) ** 2),
            step("choose", 3, ABS, ONE),
            step("elementary", 4, ONE),
            step("split", 2, 5, z, -z),
        ),
    )
