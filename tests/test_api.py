"""The public functions: what they return, raise, show and write."""

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import sympy

import symnet
from symnet import store
from symnet.prove.collapse import Collapse
from symnet.term import Definition, Derivation, Equation, Step, number, symbol

XOR = [([["-0.15", "-0.15"], ["0.15", "0.15"]], ["0.23", "-0.08"]), ([["0.15", "0.15"]], ["-0.2"])]

FORMS = [
    {"depth": 1},
    {"depth": 5},
    {"depth": 5, "convention": "row"},
    {"depth": 30, "convention": "row"},
    {"depth": 3, "bias": False},
    {"depth": 3, "bias": (True, False, True), "convention": "row"},
    {"depth": 3, "activations": "affine"},
    {"depth": 3, "activations": "affine", "convention": "row"},
    {"depth": 2, "activations": ((2, "1/2"), "tanh")},
    {"depth": 2, "activations": ("identity", "step"), "convention": "row"},
    {"depth": 2, "activations": ("identity", "affine")},
    {"depth": 2, "activations": ("identity", "g")},
    {"widths": (2, 2, 1), "activations": ("affine", "g"), "convention": "row"},
    {"widths": (2, 2, 1)},
    {"widths": (2, 2, 1), "convention": "row"},
    {"widths": (2, 2, 1), "form": "matrix"},
    {"widths": (3, 4, 5, 2), "activations": "affine"},
    {"widths": (1, 1, 1, 1)},
    {"widths": (5, 5, 5, 5, 5), "form": "entries"},
    {"widths": ("inputs", 3, "outputs")},
    {"widths": (2, 3), "activations": ("relu",)},
    {"weights": XOR},
    {"weights": XOR, "activations": ("identity", "step")},
    {"weights": XOR, "activations": ((0, 1), "leaky_relu")},
    {"weights": XOR, "activations": ("affine", "sigmoid")},
]


@pytest.mark.parametrize("keywords", FORMS, ids=str)
def test_every_form_is_proved_witnessed_and_printed(keywords):
    proof = symnet.collapse(**keywords, seed=3)
    assert proof.witness.agrees
    assert proof.witness.seed == 3
    assert not proof.conditions
    assert not proof.hypotheses
    assert proof.claim.equations == proof.collapse.statement
    for printed in (proof.plain(), proof.latex(), proof.markdown(), repr(proof)):
        assert "torch" in printed or "replayed" in printed


def test_results_are_sympy():
    proof = symnet.collapse(depth=3, check=False)
    assert isinstance(proof.W, sympy.MatMul)
    assert [str(factor) for factor in proof.W.args] == ["W^(3)", "W^(2)", "W^(1)"]
    assert str(proof.B) == "W^(3)*W^(2)*b^(1) + W^(3)*b^(2) + b^(3)"
    deep = symnet.collapse(depth=200, check=False)
    assert len(deep.W.args) == 200
    assert str(deep.B) == "W^(200)*c^(199) + b^(200)"


def test_results_of_given_weights_are_numbers():
    proof = symnet.collapse(weights=XOR, check=False)
    assert sympy.Matrix([[0, 0]]) == proof.W
    assert sympy.Matrix([sympy.Rational(-71, 400)]) == proof.B
    row = symnet.collapse(proof.network, convention="row", check=False)
    assert sympy.Matrix([[0], [0]]) == row.W


def test_missing_biases_give_zero():
    assert (
        sympy.ZeroMatrix(sympy.Symbol("n_2", integer=True, positive=True), 1)
        == symnet.collapse(depth=2, bias=False, check=False).B
    )


def test_a_network_can_be_given():
    net = symnet.Network(widths=(2, 2, 1))
    assert symnet.collapse(net, check=False).network is net
    assert symnet.collapse(net, convention="row", form="matrix", check=False).W.args[0].name == "W^(1)"


@pytest.mark.parametrize(
    ("arguments", "keywords", "message"),
    [
        ((3,), {}, "collapse takes a symnet.Network or its keywords, not a int"),
        ((), {}, "a network needs"),
        ((), {"depth": 0}, "from 1, not 0"),
        ((), {"depth": 2, "form": "scalar"}, "form is 'entries' or 'matrix', not 'scalar'"),
        ((), {"depth": 2, "form": "entries"}, "form='entries' needs numeric widths"),
        ((), {"weights": XOR, "form": "matrix"}, "form='matrix' keeps the weights as letters"),
        ((), {"weights": XOR, "activations": "tanh", "form": "no"}, "form is 'entries' or 'matrix'"),
    ],
)
def test_bad_arguments(arguments, keywords, message):
    with pytest.raises(symnet.UsageError) as error:
        symnet.collapse(*arguments, **keywords)
    assert message in str(error.value)


def test_a_network_and_its_keywords_do_not_mix():
    with pytest.raises(symnet.UsageError, match="with a network, depth is already given"):
        symnet.collapse(symnet.Network(depth=2), depth=3)


@pytest.mark.parametrize("activation", ["step", "relu", "leaky_relu", "sigmoid", "tanh"])
@pytest.mark.parametrize("convention", ["column", "row"])
def test_refutations(activation, convention):
    with pytest.raises(symnet.NotAffine) as error:
        symnet.collapse(widths=(2, 3, 1), activations=activation, convention=convention)
    found = error.value.counterexample
    assert len(found.p) == len(found.q) == 2
    assert found.middle == tuple((p + q) / 2 for p, q in zip(found.p, found.q, strict=True))
    assert "for these weights" in str(error.value)
    assert "torch" in str(error.value)
    if activation in ("step", "relu", "leaky_relu"):
        assert found.gap == found.at_middle - (found.at_p + found.at_q) / 2 != 0
        assert isinstance(found.gap, Fraction)


def test_what_is_neither_proved_nor_refuted():
    with pytest.raises(symnet.Undecided, match="relu"):
        symnet.collapse(weights=[([[1], [-1]], None), ([[1, -1]], None)], activations="relu")


def test_a_planted_error_is_refused_before_it_is_shown(monkeypatch):
    """A search that proves something else, or assumes something, does not get through."""
    from symnet.api import functions

    real = functions.collapse_derivation

    def assuming(network, form):
        found = real(network, form)
        y, rhs = found.statement[0].lhs, found.statement[0].rhs
        steps = (Step("assume", (), (y, rhs)),)
        return replace(found, derivation=replace(found.derivation, steps=steps, goals=(0,)))

    monkeypatch.setattr(functions, "collapse_derivation", assuming)
    with pytest.raises(symnet.Rejected, match="does not end in"):
        symnet.collapse(depth=2, check=False)


def test_an_offset_that_depends_on_the_input_is_refused():
    """B := y − W x makes y = W x + B true and says nothing."""
    honest = symnet.collapse(widths=(1, 1), check=False)
    equations, network = honest.collapse.equations, honest.collapse.equations.definitions
    (y,), (x,) = equations.outputs, equations.inputs
    W, B, w = symbol("W"), symbol("B"), symbol("w")
    derivation = replace(
        honest.collapse.derivation,
        definitions=(*network, Definition(W, w), Definition(B, y - W * x)),
        steps=(Step("start", (), (y,)), Step("regroup", (0,), (W * x + (y - W * x),)), Step("fold", (1,), (B,))),
        goals=(2,),
    )
    lie = Collapse(equations, derivation, honest.collapse.maps)
    replayed = symnet.kernel.replay(derivation)
    assert replayed.claim.equations == (Equation(y, W * x + B),) == lie.statement
    with pytest.raises(symnet.Rejected, match="B depends on the input of the network"):
        lie.check(replayed)


def test_saving(tmp_path):
    proof = symnet.collapse(depth=2)
    for suffix in (".tex", ".md", ".json"):
        proof.save(tmp_path / f"notes{suffix}")
    assert "\\begin{document}" in (tmp_path / "notes.tex").read_text()
    assert (tmp_path / "notes.md").read_text() == proof.markdown()
    data = json.loads((tmp_path / "notes.json").read_text())
    assert data["result"]["claim"] == ["y = W x + B"]
    assert data["result"]["witness"]["agrees"] is True
    again = symnet.replay(tmp_path / "notes.json")
    assert again.claim == proof.claim
    assert again.definitions == proof.definitions
    with pytest.raises(symnet.UsageError, match=r"should end in \.tex, \.md, \.json"):
        proof.save(tmp_path / "notes.docx")


def test_what_a_file_says_of_itself_is_not_believed(tmp_path):
    path = tmp_path / "proof.json"
    symnet.collapse(depth=2, check=False).save(path)
    data = json.loads(path.read_text())
    data["result"] = {"claim": ["P = NP"], "outcome": "proved"}
    path.write_text(json.dumps(data))
    assert "P = NP" not in symnet.replay(path).plain() + repr(symnet.replay(path))


def test_replaying_data():
    x = symbol("s")
    derivation = store.decode(store.encode(symnet.collapse(depth=2, check=False).derivation))
    assert symnet.replay(derivation).claim.equations[0].lhs.name.base == "y"
    bad = replace(derivation, steps=(Step("start", (), (x,)), Step("regroup", (0,), (x + 1,))), goals=(1,))
    with pytest.raises(symnet.Rejected, match=r"step 1 \(regroup\): the two sides do not have the same normal form"):
        symnet.replay(bad)
    with pytest.raises(symnet.Rejected, match="more than 10 elementary operations"):
        symnet.replay(derivation, work=10)


def test_notebooks_get_latex():
    shown = symnet.collapse(depth=2, check=False)._repr_latex_()
    assert shown.startswith("$$")
    assert "y &= W x + B" in shown


def test_proving_and_printing_need_nothing_heavy():
    code = (
        "import sys, symnet; p = symnet.collapse(depth=3, check=False); p.latex(); p.plain(); p.markdown(); repr(p);"
        "print(*sorted({'sympy', 'torch', 'numpy', 'mpmath'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_public_names():
    for name in symnet.__all__:
        assert getattr(symnet, name).__doc__
    with pytest.raises(AttributeError):
        symnet.nothing  # noqa: B018


def test_numbers_of_numpy_are_refused():
    """A Fraction of numpy integers would overflow silently."""
    with pytest.raises(symnet.UsageError, match="a Fraction of int64s is not exact"):
        number(Fraction(np.int64(3), np.int64(7)))
    with pytest.raises(symnet.UsageError):
        number(np.int64(3))


def test_weights_with_biases_and_no_bias_disagree():
    weights = [([[1], [-1]], [-1, -1]), ([[1, -1]], None)]
    with pytest.raises(symnet.UsageError, match=r"layer 1 has none, but weights\[0\]\[1\] holds one"):
        symnet.collapse(weights=weights, activations="relu", bias=False)


@pytest.mark.parametrize("convention", ["column", "row"])
def test_a_hidden_layer_of_zeros(convention):
    proof = symnet.collapse(depth=2, activations=(0, 0), convention=convention)
    assert str(proof.B) == "b^(2)"
    assert proof.witness.agrees


def test_numbers_of_any_length_are_printed():
    proof = symnet.collapse(weights=[([["7" * 3000]], None), ([["9" * 3000]], None)], check=False)
    assert len(proof.plain()) > 6000
    assert len(proof.latex()) > 6000
    with pytest.raises(symnet.UsageError, match="too long for a file"):
        proof.to_json()


def test_names_stay_distinct_in_a_summary():
    one, twelve = symbol(symnet.term.Name("x", None, (1, 2))), symbol(symnet.term.Name("x", None, (12,)))
    steps = tuple(Step("assume", (), pair) for pair in ((one, number(1)), (twelve, number(2))))
    shown = symnet.replay(symnet.term.Derivation((), steps, (0, 1)))
    assert shown.to_json()["result"]["claim"] == ["x₁,₂ = 1", "x₁₂ = 2"]


def test_a_claim_that_is_too_long_for_a_terminal_is_cut():
    t = symbol("x")
    for _ in range(19):
        t = t + t
    shown = symnet.replay(symnet.term.Derivation((), (Step("start", (), (t,)),), (0,)))
    assert "symbols" in shown.statement()
    assert len(shown.statement() + repr(shown) + str(shown.to_json()["result"])) < 2000
    with pytest.raises(symnet.UsageError, match="symbols are too many to print"):
        shown.latex()


def test_a_constant_output_is_not_refuted():
    with pytest.raises(symnet.Undecided, match="the output activation is constant"):
        symnet.collapse(weights=[([[1]], None)] * 2, activations=["relu", (0, 3)], check=False)


def test_a_bad_seed():
    with pytest.raises(symnet.UsageError, match="seed is a whole number from 0, not 'a'"):
        symnet.collapse(depth=2, seed="a", check=False)


def test_replaying_what_is_no_file():
    with pytest.raises(symnet.UsageError, match="replay takes a path or a Derivation, not a int"):
        symnet.replay(5)


EVERY_DEPTH = [
    {"activations": activations, "bias": bias, "convention": convention}
    for activations in ("identity", "affine", (2, "1/2"))
    for bias in (True, False)
    for convention in ("column", "row")
]


@pytest.mark.parametrize("keywords", EVERY_DEPTH)
def test_every_depth_is_proved_witnessed_and_printed(keywords, tmp_path):
    proof = symnet.collapse(depth="L", **keywords)
    assert isinstance(proof, symnet.InductionProof)
    assert not proof.hypotheses
    assert proof.witness.agrees
    assert proof.witness.depths == tuple(range(1, 13))
    assert "every depth L" in proof.title
    assert "induction" in proof.plain()
    assert "\\prod_{j=1}^{L" in proof.latex()
    path = tmp_path / "every.json"
    proof.save(path)
    assert symnet.replay(path).claim == proof.claim
    assert json.loads(path.read_text())["result"]["witness"]["agrees"] is True


def test_every_depth_in_sympy():
    for convention in ("column", "row"):
        proof = symnet.collapse(depth="L", convention=convention, check=False)
        for depth in (1, 2, 5):
            assert proof.W.subs("L", depth).doit() == symnet.collapse(depth=depth, convention=convention, check=False).W


def test_every_depth_with_an_activation_that_is_not_affine():
    with pytest.raises(symnet.NotAffine, match=r"^at depth 2, f, from the input") as refuted:
        symnet.collapse(depth="L", activations="tanh")
    assert refuted.value.counterexample.gap != 0


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"depth": "L", "widths": (2, 2)}, "at a depth that is a letter, widths cannot be given"),
        ({"depth": "L", "weights": [([[1]], [1])], "widths": (1, 1)}, "weights and widths cannot be given"),
        ({"depth": "L", "form": "entries"}, "form is 'matrix', not 'entries'"),
        ({"depth": "B"}, "depth is a whole number from 1, or a letter such as 'L', not 'B'"),
        ({"depth": "L", "activations": ("identity", "identity")}, "one entry for all hidden layers"),
    ],
)
def test_bad_arguments_at_every_depth(keywords, message):
    with pytest.raises(symnet.UsageError, match=message):
        symnet.collapse(**keywords)


def test_uniqueness_is_a_result_of_its_own(tmp_path):
    unique = symnet.collapse(depth=2, check=False).uniqueness()
    assert [str(e.lhs) for e in unique.claim.equations] == ["B: n_2×1", "product(W: n_2×n_0, e_j: n_0×1)"]
    assert "said in words" in unique.plain()
    unique.save(tmp_path / "unique.json")
    assert symnet.replay(tmp_path / "unique.json").claim == unique.claim


@pytest.mark.parametrize("suffix", [".tex", ".md", ".txt"])
def test_outputs_multiplied_out(suffix, tmp_path):
    proof = symnet.collapse(widths=(3, 3, 3), check=False)
    seen, path = [], tmp_path / f"out{suffix}"
    assert proof.save_expansion(path, progress=lambda *where: seen.append(where)) == 3 * 13
    assert seen == [(i, 3, done, 13) for i in (1, 2, 3) for done in (0, 13)]
    text = path.read_text(encoding="utf-8")
    assert "Each output has 13 products." in text
    assert ("w_{33}^{(2)} w_{33}^{(1)} x_3" in text) or ("w₃₃⁽²⁾ w₃₃⁽¹⁾ x₃" in text)


def test_an_expansion_that_fails_leaves_no_file(tmp_path):
    proof = symnet.collapse(widths=(5, 5, 5, 5, 5), check=False)
    with pytest.raises(symnet.UsageError, match="more than 10,000 bytes: raise the memory limit"):
        proof.save_expansion(tmp_path / "out.tex", memory=10_000)
    with pytest.raises(symnet.UsageError, match=r"the name should end in \.tex, \.md, \.txt"):
        proof.save_expansion(tmp_path / "out.pdf")
    with pytest.raises(symnet.UsageError, match="numeric widths"):
        symnet.collapse(depth=2, check=False).save_expansion(tmp_path / "out.tex")
    assert list(tmp_path.iterdir()) == []


def test_the_memory_of_a_replay_can_be_bounded(tmp_path):
    x, y = symbol("x"), symbol("y")
    wide = (x + y + 1) ** 40
    path = tmp_path / "wide.json"
    symnet.replay(Derivation((), (Step("start", (), (wide,)), Step("regroup", (0,), (wide * 1,))), (1,))).save(path)
    with pytest.raises(symnet.Rejected, match="more than 10,000 bytes: raise the memory limit"):
        symnet.replay(path, memory=10_000)
    assert symnet.replay(path, memory=2**29).claim.equations[0].lhs == wide
