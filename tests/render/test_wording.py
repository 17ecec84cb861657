"""The reason of a step, from the step and the definitions alone."""

import pytest

from symnet.render import reasons
from symnet.render.reasons import reason
from symnet.render.wording import WORDING
from symnet.term import Claim, Equation, Name, Step, apply, number, symbol

x, y, s, t, alpha, beta = map(symbol, ("x", "y", "s", "t", "alpha", "beta"))


def at(base, layer, *entry):
    return symbol(Name(base, layer, entry))


z1, z2, a1, a2 = at("z", 1, 1), at("z", 1, 2), at("a", 1, 1), at("a", 1, 2)
tanh, affine, first, last = at("h", 1), at("v", 1), at("z", 3), at("g", 2)
BODIES = {
    z1: x + 1,
    z2: x + 2,
    a1: z1,
    a2: z2,
    tanh: apply("tanh", z1),
    affine: alpha * z1 + beta,
    first: a1 * 2,
    y: first,
    s: apply("sigmoid", first),
    t: x * 2,
    last: x,
}
LEMMAS = [Claim((Equation(at("a", None, i), number(i)),)) for i in range(6)]
LEMMAS.append(Claim((Equation(apply("f", x + x + x + x + x), x),)))

REASONS = [
    (Step("unfold", (0,), (z1,)), "definition of layer 1"),
    (Step("unfold", (0,), (z1, z2)), "definition of layer 1"),
    (Step("unfold", (0,), (first,)), "definition of layer 3"),
    (Step("unfold", (0,), (last,)), "definition of layer 2"),
    (Step("unfold", (0,), (a1,)), "activation of layer 1: identity"),
    (Step("unfold", (0,), (a1, a2)), "activation of layer 1: identity"),
    (Step("unfold", (0,), (tanh,)), "activation of layer 1: tanh"),
    (Step("unfold", (0,), (affine,)), "activation of layer 1"),
    (Step("unfold", (0,), (a1, affine)), "activation of layer 1"),
    (Step("unfold", (0,), (z1, first)), "definition of z_1^(1), z^(3)"),
    (Step("unfold", (0,), (y,)), "output activation: identity"),
    (Step("unfold", (0,), (s,)), "output activation: sigmoid"),
    (Step("unfold", (0,), (t,)), "definition of t"),
    (Step("unfold", (0,), (s, t)), "definition of s, t"),
    (Step("fold", (0,), (s,)), "name s"),
    (Step("fold", (0,), (s, t)), "name s and t"),
    (Step("fold", (0,), (s, t, y)), "name s, t and y"),
    (Step("substitute", (0, 1)), "substitute a_1"),
    (Step("substitute", (0, 1, 2, 3, 4)), "substitute a_1, a_2, a_3, a_4"),
    (Step("substitute", (0, 1, 2, 3, 4, 5)), "substitute a_1, …, a_5"),
    (Step("substitute", (0, 6)), "substitute what was shown above"),
    (Step("distribute", (0,)), "distribute"),
    (Step("regroup", (0,)), "collect terms"),
    (Step("symmetry", (0,)), "exchange sides"),
    (Step("assume"), "hypothesis"),
    (Step("discharge", (0,)), "a nonzero number"),
]


@pytest.mark.parametrize(("step", "words"), REASONS, ids=[words for _, words in REASONS])
def test_the_reason_of_a_step(step, words):
    phrase = reason("en", step, LEMMAS, BODIES)
    assert "".join(str(p.name if hasattr(p, "op") else p) for p in phrase) == words


def test_every_rule_of_the_kernel_has_words():
    from symnet.kernel import RULES

    assert set(RULES) - {"start"} <= set(WORDING["en"]) | set(reasons._REASONS)


def test_languages_have_the_same_keys():
    assert {frozenset(words) for words in WORDING.values()} == {frozenset(WORDING["en"])}
