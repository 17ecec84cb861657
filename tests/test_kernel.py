"""The kernel's rules: what each concludes, and what a claim carries. What it refuses is in tests/rejected/."""

import time

import pytest

from symnet.errors import Rejected
from symnet.kernel import RULES, dependencies, replay
from symnet.term import (
    Condition,
    Definition,
    Derivation,
    Equation,
    Name,
    Step,
    apply,
    number,
    symbol,
    total,
)

n = Name("n")
x, y, s, t = symbol("x"), symbol("y"), symbol("s"), symbol("t")
A, B = symbol("A", (n, n)), symbol("B", (n, n))


def conclude(*steps, definitions=(), goal=None):
    replayed = replay(Derivation(tuple(definitions), steps, (len(steps) - 1 if goal is None else goal,)))
    return replayed.claim


@pytest.mark.parametrize(
    ("steps", "conclusion"),
    [
        ((Step("start", (), (A,)),), Equation(A, A)),
        ((Step("assume", (), (x, y)),), Equation(x, y)),
        ((Step("start", (), (s,)), Step("unfold", (0,), (s,))), Equation(s, x + y)),
        ((Step("start", (), (s * (x + y),)), Step("fold", (0,), (s,))), Equation(s * (x + y), s * s)),
        (
            (Step("start", (), (s + t,)), Step("unfold", (0,), (s, t))),
            Equation(s + t, (x + y) + s * s),
        ),
        (
            (Step("assume", (), (x, y * y)), Step("start", (), (apply("g", x),)), Step("substitute", (1, 0))),
            Equation(apply("g", x), apply("g", y * y)),
        ),
        (
            (Step("start", (), (x * (y + 1),)), Step("distribute", (0,), (x * y + x,))),
            Equation(x * (y + 1), x * y + x),
        ),
        (
            (Step("start", (), (x * y + x,)), Step("regroup", (0,), (x * (y + 1),))),
            Equation(x * y + x, x * (y + 1)),
        ),
        ((Step("start", (), (s,)), Step("unfold", (0,), (s,)), Step("symmetry", (1,))), Equation(x + y, s)),
        (
            (Step("start", (), (x / (number(1) + 1),)), Step("discharge", (0,))),
            Equation(x / (number(1) + 1), x / (number(1) + 1)),
        ),
    ],
    ids=lambda value: value[-1].rule if isinstance(value, tuple) else None,
)
def test_each_rule(steps, conclusion):
    claim = conclude(*steps, definitions=(Definition(s, x + y), Definition(t, s * s)))
    assert claim.equations == (conclusion,)


def test_every_rule_is_tested_above():
    tested = {case[-1].rule for case in test_each_rule.pytestmark[0].args[1] for case in [case[0]]}
    assert tested == set(RULES)


def test_conditions_come_from_both_sides_as_written():
    claim = conclude(Step("start", (), (x / x,)), Step("regroup", (0,), (1 / (1 / y) / y,)))
    assert claim.conditions == (Condition(x), Condition(y), Condition(1 / y))


def test_conditions_survive_every_later_step():
    claim = conclude(
        Step("start", (), (x / x,)),
        Step("regroup", (0,), (number(1),)),
        Step("start", (), (y * (x / x),)),
        Step("substitute", (2, 1)),
        Step("regroup", (3,), (y,)),
        Step("symmetry", (4,)),
    )
    assert claim.conditions == (Condition(x),)


def test_hypotheses_stay_in_the_claim():
    claim = conclude(
        Step("assume", (), (A, B)),
        Step("start", (), (A @ A,)),
        Step("substitute", (1, 0)),
        Step("start", (), (B @ B,)),
        Step("symmetry", (2,)),
        Step("substitute", (3, 4)),
    )
    assert claim.equations == (Equation(B @ B, A @ A),)
    assert claim.hypotheses == (Equation(A, B),)


def test_several_goals_are_one_claim():
    steps = (Step("assume", (), (x, y)), Step("start", (), (A,)), Step("start", (), (1 / x,)))
    claim = replay(Derivation((), steps, (0, 2))).claim
    assert claim.equations == (Equation(x, y), Equation(1 / x, 1 / x))
    assert claim.hypotheses == (Equation(x, y),)
    assert claim.conditions == (Condition(x),)


def test_a_number_is_no_condition():
    assert conclude(Step("start", (), (x / 2,))).conditions == ()
    with pytest.raises(Rejected, match="the number 0"):
        conclude(Step("start", (), (x / 0,)))


def test_discharge_keeps_what_is_not_a_nonzero_constant():
    claim = conclude(
        Step("start", (), (x / (number(2) * 3) + 1 / (y - 1) + 1 / (y / y),)),
        Step("discharge", (0,)),
    )
    assert claim.conditions == (Condition(y - 1), Condition(y), Condition(y / y))


def test_dependencies_follow_definitions():
    definitions = (Definition(s, x + y), Definition(t, s * 2))
    assert dependencies(definitions, t + 1) == {x, y}
    assert dependencies((), t) == {t}


def test_a_long_derivation_is_linear():
    """10,000 layers: no recursion, and lines stay short."""
    definitions, steps, previous = [], [Step("start", (), (x,))], x
    for k in range(1, 10_001):
        z = symbol(Name("z", k))
        definitions.append(Definition(z, symbol(Name("w", k)) * previous))
        steps += [Step("start", (), (z,)), Step("unfold", (len(steps),), (z,))]
        previous = z
    replayed = replay(Derivation(tuple(definitions), tuple(steps), (len(steps) - 1,)))
    assert len(replayed.lines) == 20_001


def test_the_body_of_a_symbol_brings_its_conditions():
    """With s := 1/x, even s − s = 0 speaks of x only where s means something."""
    claim = conclude(
        Step("start", (), (t - t,)),
        Step("regroup", (0,), (number(0),)),
        definitions=(Definition(s, 1 / x), Definition(t, s + y)),
    )
    assert claim.conditions == (Condition(x),)


def test_replayed_data_is_nobody_elses():
    derivation = Derivation((Definition(s, x + y),), (Step("start", (), (s * y,)),), (0,))
    replayed = replay(derivation)
    assert replayed.definitions == derivation.definitions
    assert replayed.definitions[0].body is not derivation.definitions[0].body
    assert replayed.steps[0].terms[0] is not derivation.steps[0].terms[0]


def test_many_letters_do_not_collide():
    """Powers of two have 61 distinct hashes, and 600 letters times 600 letters would take minutes."""
    left = total([symbol(Name("a", layer=k)) for k in range(600)])
    right = total([symbol(Name("b", layer=k)) for k in range(600)])
    started = time.process_time()
    conclude(Step("start", (), (left * right,)), Step("regroup", (0,), (right * left,)))
    assert time.process_time() - started < 20


def test_inherited_conditions_do_not_multiply():
    """Like Fibonacci's rabbits: each body mentions the two symbols before."""
    letters = [symbol(Name("s", k)) for k in range(60)]
    bodies = [1 / x, 1 / x, *(letters[k - 1] + letters[k - 2] for k in range(2, 60))]
    definitions = tuple(map(Definition, letters, bodies))
    claim = replay(Derivation(definitions, (Step("start", (), (letters[-1],)),), (0,))).claim
    assert claim.conditions == (Condition(x),)


def test_a_goal_is_named_once():
    with pytest.raises(Rejected, match="a goal is named twice"):
        replay(Derivation((), (Step("start", (), (x,)),), (0, 0)))
