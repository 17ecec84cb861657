"""The kernel's rules: what each concludes, and what a claim carries. What it refuses is in tests/rejected/."""

import time

import pytest

from symnet.errors import Rejected
from symnet.kernel import RULES, dependencies, replay
from symnet.kernel.indexed import by_recursion, follows_within, holds_where
from symnet.kernel.scope import Scope, family
from symnet.ring import Work
from symnet.term import (
    Bound,
    Condition,
    Definition,
    Derivation,
    Equation,
    Name,
    Step,
    apply,
    cases,
    derivative,
    identity,
    index,
    indexed_product,
    indexed_sum,
    multiply,
    natural,
    number,
    put,
    shifted,
    symbol,
    total,
    zero,
)

n = Name("n")
x, y, s, t = symbol("x"), symbol("y"), symbol("s"), symbol("t")
A, B = symbol("A", (n, n)), symbol("B", (n, n))
i, k, p = index("i"), index("k"), index("p")


def c(k):
    return symbol(Name("c", k))


def twice(upper):
    """Σ (c_k + c_k)"""
    return indexed_sum("k", 1, upper, c(k) + c(k))


def zeros(upper):
    """Σ 0, which is 0 by induction"""
    return indexed_sum("k", 1, upper, number(0))


INDUCTION = (
    Step("start", (), (zeros(0),)),
    Step("unfold", (0,), (zeros(0),)),
    Step("assume", (), (zeros(p), number(0))),
    Step("start", (), (zeros(index("p", offset=1)),)),
    Step("unfold", (3,), (zeros(index("p", offset=1)),)),
    Step("substitute", (4, 2)),
    Step("regroup", (5,), (number(0),)),
)


def exp(term):
    return apply("exp", term)


def D(body, side=None):
    """The derivative in x, or one at 0 from a side or from both"""
    return derivative(body, x) if side is None else derivative(body, x, number(0), side)


#: |x|, and that its square is x².
ABS = cases((number(0), "<=", x, x), otherwise=-x)
SQUARES = (
    Step("start", (), (ABS**2,)),
    Step("choose", (0,), (ABS, number(0))),
    Step("regroup", (1,), (x**2,)),
    Step("start", (), (ABS**2,)),
    Step("choose", (3,), (ABS, number(1))),
    Step("regroup", (4,), (x**2,)),
)
#: The slopes of |x| x at 0: from the right in lines 2 to 4, from the left in lines 9 to 11.
SLOPES = (
    Step("start", (), (ABS * x,)),
    Step("choose", (0,), (ABS, number(0))),
    Step("one_sided", (1,), (D(ABS * x, "right"),)),
    Step("differentiate", (2,), (D(x * x, "both"),)),
    Step("regroup", (3,), (number(0),)),
    Step("start", (), (ABS * x,)),
    Step("choose", (5,), (ABS, number(1))),
    Step("start", (), (put(ABS * x, x, number(0)),)),
    Step("regroup", (7,), (put(-x * x, x, number(0)),)),
    Step("one_sided", (6, 8), (D(ABS * x, "left"),)),
    Step("differentiate", (9,), (D(-x * x, "both"), D(-x, "both"))),
    Step("regroup", (10,), (number(0),)),
)


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
            (Step("start", (), (x / (y**2 + 1),)), Step("discharge", (0,))),
            Equation(x / (y**2 + 1), x / (y**2 + 1)),
        ),
        (
            (
                Step("start", (), (c(i) + c(i),)),
                Step("regroup", (0,), (2 * c(i),)),
                Step("start", (), (twice(p),)),
                Step("termwise", (2, 1), (twice(p), natural(i))),
            ),
            Equation(twice(p), indexed_sum("k", 1, p, 2 * c(k))),
        ),
        (
            (Step("start", (), (c(i),)), Step("instantiate", (0,), (natural(i), natural(index("p", offset=1))))),
            Equation(c(index("p", offset=1)), c(index("p", offset=1))),
        ),
        ((*INDUCTION, Step("induct", (1, 6), (natural(p),))), Equation(zeros(p), number(0))),
        (
            (Step("start", (), (exp(x) * exp(y),)), Step("elementary", (0,), (exp(x + y),))),
            Equation(exp(x) * exp(y), exp(x + y)),
        ),
        (
            (Step("start", (), (D(x**3),)), Step("differentiate", (0,), (D(x**3),))),
            Equation(D(x**3), multiply([number(3), x**2, number(1)])),
        ),
        ((Step("start", (), (ABS,)), Step("choose", (0,), (ABS, number(1)))), Equation(ABS, -x)),
        ((Step("suppose", (), (x,)),), Condition(x, ">")),
        ((Step("suppose_weakly", (), (x,)),), Condition(x, ">=")),
        ((Step("start", (), (1 + x**2,)), Step("sign", (0,))), Condition(1 + x**2, ">")),
        ((Step("suppose", (), (x - y,)), Step("monotone", (0,), (exp(x) - exp(y),))), Condition(exp(x) - exp(y), ">")),
        ((Step("bounded", (), (1 - apply("tanh", x),)),), Condition(1 - apply("tanh", x), ">")),
        (
            (
                Step("start", (), (D(exp(x)),)),
                Step("differentiate", (0,), (D(exp(x)),)),
                Step("sign", (1,)),
                Step("mean_value", (2,), (y, number(3))),
            ),
            Condition(exp(number(3)) - exp(y), ">"),
        ),
        ((*SQUARES, Step("split", (2, 5), (x, -x))), Equation(ABS**2, x**2)),
        ((*SLOPES[:3],), Equation(D(ABS * x, "right"), D(x * x, "both"))),
        ((*SLOPES, Step("both_sides", (11, 4))), Equation(D(ABS * x, "both"), number(0))),
    ],
    ids=lambda value: value[-1].rule if isinstance(value, tuple) else None,
)
def test_each_rule(steps, conclusion):
    claim = conclude(*steps, definitions=(Definition(s, x + y), Definition(t, s * s)))
    assert (*claim.equations, *claim.inequalities) == (conclusion,)


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
    assert conclude(Step("start", (), (x / (number(2) * 3 - 1),))).conditions == ()
    with pytest.raises(Rejected, match="it needs 0 != 0, as when one divides by 0"):
        conclude(Step("start", (), (x / 0,)))


def test_discharge_keeps_what_does_not_follow():
    """y/x ≠ 0 follows from y ≠ 0, and x² + 1 > 0 from nothing."""
    claim = conclude(
        Step("start", (), (1 / (x**2 + 1) + 1 / (y - 1) + 1 / (y / x),)),
        Step("discharge", (0,)),
    )
    assert claim.conditions == (Condition(y - 1), Condition(x), Condition(y / x))
    assert conclude(Step("start", (), (1 / y + 1 / (y / x),)), Step("discharge", (0,))).conditions == (
        Condition(y),
        Condition(x),
    )


def test_a_derivative_brings_what_it_needs():
    """log needs a positive argument, √ too, and a case distinction must not switch; all at the point."""
    body = apply("log", x) + apply("sqrt", y) + ABS / y
    needs = {Condition(x, ">"), Condition(y, ">"), Condition(y), Condition(x)}
    assert set(conclude(Step("start", (), (D(body),))).conditions) == needs
    assert set(conclude(Step("start", (), (derivative(body, x, y),))).conditions) == {Condition(y, ">"), Condition(y)}


def test_a_slope_that_is_known_may_be_mentioned():
    """|x| x has a derivative at 0, as a line says, and not by the form of it."""
    claim = conclude(*SLOPES, Step("both_sides", (11, 4)), Step("start", (), (x + D(ABS * x, "both"),)))
    assert claim.conditions == ()
    with pytest.raises(Rejected, match="it needs 0 != 0"):
        conclude(Step("start", (), (x + D(ABS * x, "both"),)))


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


# Families, Σ and ∏.


@pytest.mark.parametrize(
    ("over", "body", "bounds"),
    [
        (indexed_sum("k", 1, 0, c(k)), number(0), ()),
        (indexed_sum("k", 1, 0, A), zero(n, n), ()),
        (indexed_product("k", 1, 0, c(k)), number(1), ()),
        (indexed_product("k", p, index("p", offset=-1), A), identity(n), ()),
        (indexed_sum("k", 1, 2, c(k)), indexed_sum("k", 1, 1, c(k)) + c(2), ()),
        (indexed_sum("k", 1, p, c(k)), indexed_sum("k", 1, index("p", offset=-1), c(k)) + c(p), (Bound(1, p),)),
        (indexed_product("k", 2, 3, A), A @ indexed_product("k", 2, 2, A), ()),
        (indexed_product("k", 2, 3, A, "ascending"), indexed_product("k", 2, 2, A, "ascending") @ A, ()),
        (indexed_product("k", i, p, x), x * indexed_product("k", i, index("p", offset=-1), x), (Bound(i, p),)),
    ],
)
def test_recursion_on_the_upper_limit(over, body, bounds):
    assert by_recursion(over) == (body, bounds)


@pytest.mark.parametrize(
    ("lower", "upper", "bounds"),
    [
        (0, p, ()),
        (1, index("p", offset=1), ()),
        (p, index("i", "p"), ()),
        (1, p, (Bound(1, p),)),
        (index("k", offset=1), index("p", offset=1), (Bound(k, p),)),
        (0, index("p", offset=-1), (Bound(1, p),)),
        (index("p", "p"), index("p", offset=4), (Bound(index("p", "p"), index("p", offset=4)),)),
    ],
)
def test_a_range_of_indices(lower, upper, bounds):
    found = holds_where(lower, upper)
    assert len(found) == len(bounds)
    for shown, expected in zip(found, bounds, strict=True):
        gap = [sum(1 for _ in getattr(b, "variables", ())) for b in (shown.lower, shown.upper)]
        assert gap == [sum(1 for _ in getattr(b, "variables", ())) for b in (expected.lower, expected.upper)]
    with pytest.raises(Rejected, match="never holds"):
        holds_where(shifted(upper, 1), shifted(upper, 0))


@pytest.mark.parametrize(
    ("bound", "lower", "upper", "follows"),
    [
        (Bound(1, i), 1, p, True),
        (Bound(0, i), 0, p, True),
        (Bound(1, i), 0, p, False),
        (Bound(i, p), 0, p, True),
        (Bound(i, index("p", offset=1)), 0, p, True),
        (Bound(index("i", offset=1), p), 0, p, False),
        (Bound(i, p), 0, index("p", offset=1), False),
        (Bound(i, index("q")), 0, p, False),
        (Bound(k, p), k, p, True),
        (Bound(1, p), 1, p, True),
        (Bound(2, p), 1, p, False),
        (Bound(index("i", "i"), index("p", "p")), 0, p, False),
    ],
)
def test_what_follows_from_a_range(bound, lower, upper, follows):
    assert follows_within(bound, "i", lower, upper) is follows


def test_a_range_stays_a_condition():
    over = indexed_sum("k", i, p, c(k))
    claim = conclude(Step("start", (), (over,)), Step("unfold", (0,), (over,)), Step("symmetry", (1,)))
    assert claim.conditions == (Bound(i, p),)


def test_the_members_of_a_family():
    assert family(Name("c", 0)) == family(Name("c", k)) == family(Name("c", index("i", "p", offset=3)))
    assert len({family(name) for name in (Name("c"), Name("c", 1), Name("c", None, (1,)), Name("c", 1, (1,)))}) == 4


def test_shapes_follow_the_layer():
    scope = Scope(Work(1000))
    w = symbol(Name("W", k), (Name("n", None, (k,)), 3))
    scope.fresh(w)
    assert scope.fresh(symbol(Name("W", 7), (Name("n", None, (7,)), 3))).shape == (Name("n", None, (7,)), 3)
    with pytest.raises(Rejected, match=r"W\^\(2\) is a symbol of shape n_2×3 if W\^\(k\) is a symbol of shape n_k×3"):
        scope.fresh(symbol(Name("W", 2), (2, 3)))


def test_what_a_term_depends_on_through_definitions():
    scope = Scope(Work(1000))
    scope.define(Definition(s, c(i)))
    scope.define(Definition(t, s + natural(p)))
    assert scope.free(t * x) == {"i", "p"}
    assert scope.free(x) == frozenset()


def test_a_recursion_is_unfolded_from_any_place():
    scope = Scope(Work(1000))
    scope.define(Definition(c(0), x))
    scope.define(Definition(c(index("i", offset=1)), c(i) * natural(i)))
    assert scope.body(c(0)) == (x, ())
    assert scope.body(c(4)) == (c(3) * 3, ())
    assert scope.body(c(index("p", offset=1))) == (c(p) * natural(p), ())
    assert scope.body(c(p)) == (c(index("p", offset=-1)) * natural(index("p", offset=-1)), (Bound(1, p),))
    assert scope.is_defined(c(9))
    assert not scope.is_defined(x)


def test_dependencies_through_a_recursion():
    definitions = (Definition(c(0), x), Definition(c(index("i", offset=1)), c(i) * y), Definition(s, c(p) + 1))
    assert dependencies(definitions, s) == {x, y}


def test_an_instance_keeps_its_conditions():
    """x/x = 1 if x ≠ 0, at x = y − 1; and ∏ peels if i ≤ L, at i = p, at i = L and never at i = L + 1."""
    ratio = conclude(
        Step("start", (), (x / x,)),
        Step("regroup", (0,), (number(1),)),
        Step("instantiate", (1,), (x, y - 1)),
    )
    assert ratio.conditions == (Condition(y - 1),)

    def peeled(place):
        factor = symbol(Name("c", index("j")))
        longer = indexed_product("j", index("i", offset=1), index("L", offset=1), factor)
        return conclude(
            Step("start", (), (longer,)),
            Step("unfold", (0,), (longer,)),
            Step("instantiate", (1,), (natural(index("i")), natural(place))),
        )

    assert peeled(index("p")).conditions == (Bound(index("p"), index("L")),)
    assert peeled(index("L")).conditions == ()
    with pytest.raises(Rejected, match="never holds"):
        peeled(index("L", offset=1))
