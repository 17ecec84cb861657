"""Lines that the kernel has checked: what each method writes, and what is kept of them in the end."""

from __future__ import annotations

import pytest

from symnet.errors import Rejected
from symnet.kernel import replay
from symnet.prove.lines import Lines
from symnet.term import Condition, Definition, apply, cases, derivative, number, symbol

x, y, z, s, t = (symbol(name) for name in "xyzst")
ZERO = number(0)
SIZE = cases((ZERO, "<=", z, z), otherwise=-z)


def rules(lines: Lines) -> list[str]:
    return [step.rule for step in lines.session.steps]


def test_every_line_is_what_the_kernel_concluded() -> None:
    lines = Lines([(s, x + x)])
    line = lines.regroup(lines.unfold(lines.start(s), s), 2 * x)
    assert lines.equation(line).lhs == s
    assert lines.rhs(line) == 2 * x
    assert replay(lines.derivation(line)).claim == lines[line]


def test_a_wrong_step_is_refused_and_leaves_nothing() -> None:
    lines = Lines()
    line = lines.start(x + x)
    for target in (3 * x, y):
        with pytest.raises(Rejected):
            lines.regroup(line, target)
        with pytest.raises(Rejected, match="do not have the same normal form"):
            lines.same(line, target)
    assert rules(lines) == ["start"]


def test_nothing_to_do_writes_nothing() -> None:
    lines = Lines([(s, x + x)])
    line = lines.start(y)
    assert lines.unfold(line, s) == lines.fold(line, s) == line
    assert lines.regroup(line, y) == lines.elementary(line, y) == lines.same(line, y) == line
    assert lines.differentiate(line) == lines.discharge(line) == line
    assert lines.take(line, [(SIZE, 0)]) == line
    assert rules(lines) == ["start"]


def test_definitions_are_unfolded_and_folded_where_they_occur() -> None:
    lines = Lines([(s, x + 1), (t, y + 1)])
    line = lines.unfold(lines.start(s * 2), s, t)
    assert lines.rhs(line) == (x + 1) * 2
    assert lines.rhs(lines.fold(line, s, t)) == s * 2
    assert [step.terms for step in lines.session.steps[1:]] == [(s,), (s,)]


def test_lemmas_are_used_where_they_occur() -> None:
    lines = Lines([(s, x + 1), (t, y + 1)])
    known = [lines.unfold(lines.start(d), d) for d in (s, t)]
    line = lines.substitute(lines.start(s * 2), *known)
    assert lines.rhs(line) == (x + 1) * 2
    assert lines.session.steps[-1].premises == (line - 1, known[0])


def test_the_plain_normal_form_is_preferred() -> None:
    lines = Lines()
    lines.same(lines.start(z + z), 2 * z)
    lines.same(lines.start(apply("exp", z) * apply("exp", -z)), number(1))
    assert rules(lines) == ["start", "regroup", "start", "elementary"]


def test_a_comparison_that_is_too_much_leaves_work_for_the_rest() -> None:
    lines = Lines()
    line = lines.start((1 + z) ** 2000 * (1 + y) ** 2000)
    with pytest.raises(Rejected, match="as far as was looked"):
        lines.same(line, (1 + y) ** 2000 * (1 + z) ** 2000 + 1)
    assert lines.rhs(lines.same(lines.start(z + z), 2 * z)) == 2 * z


def test_arms_are_taken_one_after_the_other() -> None:
    outer = cases((SIZE, "<", number(1), SIZE), otherwise=number(1))
    plain = cases((-z, "<", number(1), -z), otherwise=number(1))
    lines = Lines()
    line = lines.take(lines.start(outer), [(SIZE, 1), (plain, 0), (SIZE, 0)])
    assert lines.rhs(line) == -z
    assert rules(lines) == ["start", "choose", "choose"]


def test_all_derivatives_are_worked_out_but_those_to_be_kept() -> None:
    lines = Lines([(s, apply("exp", z))])
    line = lines.differentiate(lines.start(derivative(s * z**2, z)), keep=[s])
    assert derivative(s, z) in lines.rhs(line).args[0].args
    assert "derivative" not in str(lines.rhs(lines.differentiate(lines.unfold(line, s))))


def test_a_supposition_is_written_once() -> None:
    lines = Lines()
    first = lines.suppose(Condition(z, ">"))
    assert lines.suppose(Condition(z, ">")) == first
    assert lines.suppose(Condition(z, ">=")) != first
    assert rules(lines) == ["suppose", "suppose_weakly"]
    assert lines[first].inequalities == lines[first].conditions == (Condition(z, ">"),)


def test_what_the_goals_do_not_need_is_left_out() -> None:
    lines = Lines([(s, x + 1), (t, s + 1), (y, x + 2)])
    idle = lines.unfold(lines.start(y), y)
    goal = lines.unfold(lines.start(t), t)
    found, places = lines.kept(goal)
    assert idle not in places
    assert [step.rule for step in found.steps] == ["start", "unfold"]
    assert found.definitions == (Definition(s, x + 1), Definition(t, s + 1))
    assert found.lines[places[goal]] == lines[goal]
    assert found.claim == lines.replayed(goal).claim


def test_lines_that_are_needed_keep_their_order_and_their_premises() -> None:
    lines = Lines()
    lemma = lines.regroup(lines.start(x + x), 2 * x)
    lines.start(y)
    goal = lines.substitute(lines.start((x + x) * y), lemma)
    found, places = lines.kept(goal, lemma)
    assert found.goals == (places[goal], places[lemma])
    assert sorted(places) == [lemma - 1, lemma, goal - 1, goal]
    assert found.steps[places[goal]].premises == (places[goal - 1], places[lemma])


def test_goals_are_named_once() -> None:
    lines = Lines()
    line = lines.start(x)
    assert lines.replayed(line, line).goals == (0,)
