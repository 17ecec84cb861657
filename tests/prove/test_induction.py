"""The collapse at every depth: its derivation is an induction, and each of its instances is the concrete collapse."""

import dataclasses

import pytest

from symnet.errors import Rejected, Undecided
from symnet.kernel import replay
from symnet.network.family import NetworkFamily
from symnet.prove.collapse import collapse_derivation
from symnet.prove.induction import induction_derivation
from symnet.ring import Work
from symnet.term import Bound, Derivation, Name, index, instance, product, substitute, symbol, total, zero
from symnet.term.node import Term
from symnet.term.walk import fold
from symnet.word import equal

EVERY = [
    {"activation": activation, "bias": bias, "convention": convention}
    for activation in ("identity", "affine", (2, "1/2"), (0, 1))
    for bias in (True, False)
    for convention in ("column", "row")
]


def unrolled(term):
    """The term with every Σ and ∏ between numbers written out: a definition of its own, not the kernel's."""

    def combine(node, args):
        if node.op not in ("sigma", "pi"):
            return Term(node.op, tuple(args), node.value)
        variable, lower, upper, *direction = node.value
        parts = [unrolled(instance(node.args[0], variable, k)) for k in range(lower, upper + 1)]
        if node.op == "sigma":
            return total(parts) if parts else zero(*node.shape)
        parts = parts[::-1] if direction == ["descending"] else parts
        return product(parts) if parts else Term("identity", (), node.shape[0])

    return fold(term, combine, ("sigma", "pi"))


def unfolded(term, definitions):
    for d in reversed(definitions):
        term = substitute(term, {d.symbol: d.body})
    return term


@pytest.mark.parametrize("keywords", EVERY)
def test_it_is_replayed_and_about_the_network(keywords):
    found = induction_derivation(NetworkFamily("L", **keywords))
    replayed = replay(found.derivation)
    found.check(replayed)
    assert not replayed.claim.hypotheses
    scaled = keywords["activation"] != "identity"
    assert replayed.claim.conditions == ((Bound(1, index("L")),) if scaled else ())


@pytest.mark.parametrize("keywords", EVERY)
@pytest.mark.parametrize("depth", [1, 2, 3, 6])
def test_its_instances_are_the_concrete_collapses(keywords, depth):
    family = NetworkFamily("L", **keywords)
    found = induction_derivation(family)
    general = unfolded(found.statement.rhs, found.derivation.definitions)
    concrete = collapse_derivation(family.at(depth), "matrix")
    special = unfolded(concrete.statement[0].rhs, concrete.derivation.definitions)
    assert equal(unrolled(instance(general, "L", depth)), special, Work(10**7))


def test_it_is_an_induction_on_the_form_with_sum_and_product():
    """The theorem speaks of Σ and ∏, its base is 0, and the step is from L to L + 1; so are the lemmas."""
    found = induction_derivation(NetworkFamily("L"))
    replayed = replay(found.derivation)
    inductions = [i for i, s in enumerate(replayed.steps) if s.rule == "induct"]
    assert len(inductions) == 2
    for i, variable in zip(inductions, ("p", "L"), strict=True):
        base, step = (replayed.lines[p].equations[0] for p in replayed.steps[i].premises)
        (line,) = replayed.lines[i].equations
        assert base.lhs == instance(line.lhs, variable, 0)
        assert step.rhs == instance(line.rhs, variable, index(variable, offset=1))
    W, B = (d.body for d in replayed.definitions[-2:])
    assert (W.op, W.value[1:3]) == ("pi", (1, index("L")))
    assert (B.op, B.value[1:]) == ("sigma", (1, index("L")))
    assert B.args[0].args[0].value[1:3] == (index("k", offset=1), index("L"))


@pytest.mark.parametrize("steps", [1, 5, 9, 20, 30])
def test_an_incomplete_derivation_is_refused(steps):
    found = induction_derivation(NetworkFamily("L"))
    short = Derivation(
        found.derivation.definitions, found.derivation.steps[:-steps], (len(found.derivation.steps) - 1 - steps,)
    )
    with pytest.raises(Rejected):
        found.check(replay(short))


def test_a_derivation_about_another_network_is_refused():
    found = induction_derivation(NetworkFamily("L"))
    other = induction_derivation(NetworkFamily("N"))
    with pytest.raises(Rejected, match="does not start from this network's definitions"):
        found.check(replay(other.derivation))


def test_a_result_that_depends_on_the_input_is_refused():
    """B := a⁽ᴸ⁾ − W x would make the claim empty; the input is hidden behind a recursion."""
    found = induction_derivation(NetworkFamily("L"))
    replayed = replay(found.derivation)
    y = replayed.definitions[2].symbol
    lying = dataclasses.replace(found, offset=y)
    forged = dataclasses.replace(replayed, claim=dataclasses.replace(replayed.claim, equations=(lying.statement,)))
    with pytest.raises(Rejected, match=r"y: n_L×1 depends on the input"):
        lying.check(forged)


def test_a_condition_that_was_not_asked_for_is_refused():
    found = induction_derivation(NetworkFamily("L"))
    replayed = replay(found.derivation)
    weaker = dataclasses.replace(replayed.claim, conditions=(Bound(3, index("L")),))
    with pytest.raises(Rejected, match="does not end in W x"):
        found.check(dataclasses.replace(replayed, claim=weaker))


def test_what_is_not_affine_is_not_searched():
    with pytest.raises(Undecided, match="the hidden activation is not affine"):
        induction_derivation(NetworkFamily("L", "tanh"))


def test_any_letter_will_do():
    found = induction_derivation(NetworkFamily("Depth"))
    assert replay(found.derivation).claim.equations[0].lhs == symbol("y", (Name("n", None, (index("Depth"),)), 1))
