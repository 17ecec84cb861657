"""The search: which form it chooses, what it refuses, and that its prediction of the kernel is right."""

import pytest

from symnet.errors import Undecided, UsageError
from symnet.kernel import replay
from symnet.network import Network
from symnet.prove.collapse import choose_form, collapse_derivation, count_summands
from symnet.prove.writer import Writer
from symnet.term import Definition, Equation, Name, symbol


@pytest.mark.parametrize(
    ("keywords", "form"),
    [
        ({"depth": 2}, "matrix"),
        ({"widths": (2, 2, 1)}, "entries"),
        ({"widths": (3, 4, 5, 2)}, "entries"),
        ({"widths": (6, 6, 6, 6)}, "matrix"),
        ({"widths": (2, "n", 1)}, "matrix"),
        ({"weights": [([[1] * 40] * 40, None)]}, "entries"),
    ],
)
def test_the_form_that_is_chosen(keywords, form):
    assert choose_form(Network(**keywords), None) == form
    assert collapse_derivation(Network(**keywords)).equations.form == form


def test_a_form_that_is_asked_for():
    assert choose_form(Network(widths=(2, 2)), "matrix") == "matrix"
    with pytest.raises(UsageError, match="form is 'entries' or 'matrix', not 'table'"):
        choose_form(Network(widths=(2, 2)), "table")


def test_summands_are_counted_exactly():
    """The count is the number of products in the chains' last expanded lines, over all units."""
    for widths in ((2, 2, 1), (3, 4, 5, 2), (1, 1, 1), (4, 3)):
        found = collapse_derivation(Network(widths=widths), "entries")
        expanded = 0
        for step, line in zip(found.derivation.steps, replay(found.derivation).lines, strict=True):
            rhs = line.equations[0].rhs
            first_layer = step.rule == "unfold" and {s.name.base for s in step.terms} == {"z"} and rhs.op == "sum"
            if step.rule == "distribute" or (first_layer and all(a.op != "sum" for a in rhs.args) and _is_first(line)):
                expanded += len(rhs.args)
        assert expanded == count_summands(Network(widths=widths))


def _is_first(line):
    """Whether a preactivation was unfolded into inputs, which needs no distributing."""
    return any(s.name.base == "x" for a in line.equations[0].rhs.args for s in a.args)


def test_a_hidden_activation_that_is_not_affine_is_not_searched():
    with pytest.raises(Undecided, match="layer 2 has the activation tanh, which is not affine"):
        collapse_derivation(Network(depth=3, activations=("identity", "tanh", "identity")))


@pytest.mark.parametrize("depth", [12, 13, 40])
def test_long_derivations_are_linear_in_the_depth(depth):
    found = collapse_derivation(Network(depth=depth))
    replayed = replay(found.derivation)
    found.check(replayed)
    longest = max(e.rhs.size for line in replayed.lines for e in line.equations)
    assert (longest < 20) == (depth > 12)


def test_entries_of_a_wide_network_are_bound_layer_by_layer():
    found = collapse_derivation(Network(widths=(5, 5, 5, 5, 5, 5)), "entries")
    found.check(replay(found.derivation))
    assert any(d.symbol.name == Name("A", 3, (2, 4)) for d in found.derivation.definitions)


@pytest.mark.parametrize(
    "keywords", [{"depth": 4}, {"widths": (3, 4, 5, 2)}, {"depth": 3, "activations": "affine"}], ids=str
)
def test_the_writer_predicts_the_kernel(keywords):
    """Lines that the search believes to have written are the lines that the kernel computes."""
    found = collapse_derivation(Network(**keywords))
    replayed = replay(found.derivation)
    assert [replayed.lines[i].equations[0] for i in found.derivation.goals] == list(found.statement)


def test_a_line_is_not_written_twice():
    x, s = symbol("x"), symbol("s")
    writer = Writer([Definition(s, x + x)])
    writer.start(s)
    writer.unfold(s)
    writer.distribute(x + x)
    writer.regroup(x + x)
    assert writer.last == 1
    assert writer.lines[-1] == Equation(s, x + x)
