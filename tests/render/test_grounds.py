"""The reason of a step of analysis: from the step, the lines and the definitions."""

from fractions import Fraction

import pytest

from symnet.render.blocks import Page
from symnet.render.formats import PLAIN, Writer
from symnet.render.reasons import reason
from symnet.term import apply, cases, constant, derivative, number
from tests.render.calculus import D, Writing, a, alpha, exp, log, sqrt, u, v, z

ZERO, ONE, TWO = map(number, range(3))
HALF = number(Fraction(1, 2))
PI = constant("pi")
sin, cos, atan, tanh, erf = (lambda t, n=n: apply(n, t) for n in ("sin", "cos", "atan", "tanh", "erf"))
LOW = 1 + exp(-z)
H = cases((ZERO, "<", z, z), otherwise=alpha * (exp(z) - 1))
RAMP = cases((z, "<", -alpha, ZERO), (alpha, "<", z, ONE), otherwise=z)


def words(write, line):
    """The reason of a line, as a page would print it."""
    replayed = write.replayed(line)
    bodies = {d.symbol: d.body for d in replayed.definitions}
    step, said = replayed.steps[line], replayed.lines[line]
    phrase = reason("en", step, replayed.lines, bodies, None, said, {z.name})
    return Writer(PLAIN, Page("", replayed)).prose(phrase)


def derived(*terms, where=()):
    """The reason for working out these derivatives."""
    write = Writing(*where)
    return words(write, write.run(("start", terms[0]), ("differentiate", *terms)))


RULES = [
    ((D(z),), "derivative of z"),
    ((D(ONE),), "a constant"),
    ((D(alpha),), "a constant"),
    ((D(exp(z)),), "derivative of exp"),
    ((D(exp(z) - tanh(z)), D(exp(z)), D(-tanh(z)), D(tanh(z))), "derivative of exp and tanh"),
    ((D(2 * z),), "constant factor"),
    ((D(z / 2),), "constant factor"),
    ((D(2 * z + 1), D(2 * z), D(ONE)), "constant factor and sum rule"),
    ((D(z**2),), "power rule"),
    ((D(z * exp(z)), D(exp(z))), "product rule"),
    ((D(1 / LOW), D(ONE)), "quotient rule"),
    ((D(1 / LOW), D(ONE), D(LOW), D(exp(-z)), D(-z)), "quotient rule and chain rule"),
    ((D(LOW**2), D(LOW)), "chain rule and power rule"),
    ((D(z * LOW**2 / (1 + z)), D(z * LOW**2), D(LOW**2), D(LOW)), "rules of differentiation"),
]


@pytest.mark.parametrize(("terms", "text"), RULES, ids=[text for _, text in RULES])
def test_rules_of_differentiation_are_named(terms, text):
    assert derived(*terms) == text


def test_a_symbol_varies_if_what_it_stands_for_does():
    assert derived(D(u * v), where=[(u, exp(z)), (v, z**2)]) == "product rule"
    assert derived(D(u * v), where=[(u, alpha + 1), (v, z**2)]) == "constant factor"


REWRITTEN = [
    (exp(z) * exp(-z), ONE, "since e^(x + y) = e^x e^y"),
    (exp(ZERO) + z, 1 + z, "since e^0 = 1"),
    (exp(log(LOW)), LOW, "since e^(ln x) = x"),
    (sqrt(TWO) ** 2 * z, 2 * z, "since (√x)² = x"),
    (exp(-((z / sqrt(TWO)) ** 2)), exp(-(z**2) / 2), "since (√x)² = x"),  # the arguments differ by that only
    (exp(0 / alpha) * z, z, "since e^(0/α) = 1"),
    (sin(z) ** 2 + cos(z) ** 2, ONE, "since sin² x + cos² x = 1"),
    (cos(atan(z)) ** 2, 1 / (1 + z**2), "since cos²(arctan x) = 1/(1 + x²)"),
    (erf(-z), -erf(z), "since erf(−x) = −erf x"),
    (tanh(z), (exp(2 * z) - 1) / (exp(2 * z) + 1), "since tanh x = (e^(2 x) − 1)/(e^(2 x) + 1)"),
    (tanh(log(LOW)), (LOW**2 - 1) / (LOW**2 + 1), "by the rules for ln and tanh"),
    (exp(z) * (z + 0) * 1, z * exp(z), "simplify"),
    (1 / LOW - (1 / LOW) ** 2, (1 / LOW) * (1 - 1 / LOW), "rearrange"),
    (tanh(z + z), tanh(2 * z), "collect terms"),  # the argument is only written in another way
]


@pytest.mark.parametrize(("before", "after", "text"), REWRITTEN, ids=[text for *_, text in REWRITTEN])
def test_the_identity_that_was_used_is_named(before, after, text):
    write = Writing()
    assert words(write, write.run(("start", before), ("elementary", after))) == text


def test_a_branch_says_where_it_is():
    write = Writing()
    begin = write("start", (), RAMP)
    texts = [words(write, write("choose", (begin,), RAMP, number(arm))) for arm in range(3)]
    assert texts == ["for z < −α", "for z ≥ −α and z > α", "for −α ≤ z ≤ α"]
    begin = write("start", (), D(H))
    assert words(write, write("choose", (begin,), H, ONE)) == "for z < 0"  # strictly, as a derivative wants it
    kink = cases((ZERO, "<", ZERO, ZERO), otherwise=z)
    assert words(write, write("choose", (write("start", (), kink),), kink, ONE)) == "since 0 ≥ 0"


def test_conditions_that_hold():
    write = Writing((v, LOW))
    assert words(write, write.run(("start", 1 / v**2), ("unfold", v), ("discharge",))) == "since 1 + e^(−z) > 0"
    assert words(write, write.run(("start", z / (ONE / 2)), ("discharge",))) == "a nonzero number"
    line = write("choose", (write("start", (), D(H)),), H, ZERO)
    assert words(write, write("discharge", (line,))) == "the other conditions imply this"  # z ≠ 0 where z > 0
    line = write("discharge", (write("start", (), 1 / alpha), write("suppose", (), alpha)))
    assert words(write, line) == "the other conditions imply this"


def test_signs():
    write = Writing((a, 1 / LOW))
    above = write.run(("start", a), ("unfold", a), ("sign",))
    below = write.run(("start", 1 - a), ("unfold", a), ("elementary", exp(-z) / LOW), ("sign",))
    assert [words(write, line) for line in (above, below)] == ["every part is positive"] * 2
    both = write("sign", (write("start", (), a * (1 - a)), above, below))
    assert words(write, both) == "since 0 < a < 1"
    assert words(write, write.run(("start", z**2 + sqrt(z)), ("sign",))) == "no part is negative"
    assert words(write, write.run(("start", -exp(z)), ("sign",))) == "by the signs of its parts"


def test_order():
    write = Writing()
    order = write("suppose", (), a - u)
    assert words(write, order) == "where a > u"
    assert words(write, write("suppose_weakly", (), -u)) == "where u ≤ 0"
    assert words(write, write("monotone", (order,), log(a) - log(u))) == "ln is increasing"
    assert words(write, write("bounded", (), PI / 2 + atan(z))) == "arctan lies between −π/2 and π/2"
    rises = write.run(("start", D(exp(z))), ("differentiate", D(exp(z))), ("sign",))
    assert words(write, write("mean_value", (rises,), u, a)) == "mean value theorem"
    same = cases((ZERO, "<=", z, a), otherwise=a)
    begin = write("start", (), same)
    branches = [write("choose", (begin,), same, number(arm)) for arm in range(2)]
    assert words(write, write("split", tuple(branches), z, -z)) == "both cases"


def test_one_sided_derivatives():
    write = Writing((a, H))
    right = write.run(("start", a), ("unfold", a), ("choose", H, ZERO))
    left = write.run(("start", a), ("unfold", a), ("choose", H, ONE))
    kink = cases((ZERO, "<", ZERO, ZERO), otherwise=alpha * (exp(ZERO) - 1))
    value = write.run(("start", kink), ("choose", kink, ONE), ("elementary", ZERO))
    rising = write("one_sided", (right, value), derivative(a, z, ZERO, "right"))
    falling = write("one_sided", (left,), derivative(a, z, ZERO, "left"))
    assert words(write, rising) == "since a = z for z > 0 and at z = 0"
    assert words(write, falling) == "since a = α (e^z − 1) for z ≤ 0"


def test_what_is_put_in_for_a_name():
    write = Writing((a, 1 / LOW))
    turned = write.run(("start", a), ("unfold", a), ("symmetry",))
    line = write("substitute", (write("start", (), (1 / LOW) * (1 - 1 / LOW)), turned))
    assert words(write, line) == "with a = 1/(1 + e^(−z))"
    assert words(write, write.run(("start", a), ("unfold", a))) == "definition of a"
