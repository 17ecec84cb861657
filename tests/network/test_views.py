"""SymPy's own forward expression equals the terms, for every kind of network."""

import pytest
import sympy

from symnet.activations import ACTIVATIONS
from symnet.kernel import replay
from symnet.network import Network, entry_equations, matrix_equations
from symnet.network.views import Forward
from symnet.prove.collapse import collapse_derivation
from symnet.prove.results import offset_to_sympy, slope_to_sympy
from symnet.reader.bridge import from_sympy, to_sympy
from symnet.ring import Work
from symnet.term import substitute
from symnet.word import equal

XOR = [([["-0.15", "-0.15"], ["0.15", "0.15"]], ["0.23", "-0.08"]), ([["0.15", "0.15"]], ["-0.2"])]

MATRIX = [
    {"depth": depth, "convention": convention, "activations": activation, "bias": bias}
    for depth in range(1, 6)
    for convention in ("column", "row")
    for activation in ("identity", "affine")
    for bias in (True, False)
]
ENTRIES = [
    {"widths": widths, "convention": convention, "activations": activation, "bias": bias}
    for widths in ((2, 2, 1), (1, 1, 1, 1), (2, 1), (1, 3), (2, 3, 2), (3, 4, 5, 2))
    for convention in ("column", "row")
    for activation in ("identity", "affine")
    for bias in (True, False)
] + [
    {"weights": XOR},
    {"weights": XOR, "activations": ((2, "1/2"), "identity")},
    {"widths": (2, 2, 1), "activations": ((0, 3), "affine")},
]


def unfolded(equations):
    """Each output with the network's definitions put in, as one nested term."""
    bodies = {}
    for definition in equations.definitions:
        bodies[definition.symbol] = substitute(definition.body, bodies)
    return [bodies[y] for y in equations.outputs]


@pytest.mark.parametrize("keywords", MATRIX, ids=str)
def test_matrix_forward_pass(keywords):
    net = Network(**keywords)
    (term,) = unfolded(matrix_equations(net))
    assert equal(from_sympy(net.output), term, Work(10**6))
    assert equal(from_sympy(to_sympy(term)), term, Work(10**6))


@pytest.mark.parametrize("keywords", ENTRIES, ids=str)
def test_entry_forward_pass(keywords):
    net = Network(**keywords)
    forward = Forward(net, entries=True).layer(net.depth)[1]
    terms = unfolded(entry_equations(net))
    assert len(list(forward)) == len(terms)
    for entry, term in zip(forward, terms, strict=True):
        assert equal(from_sympy(entry), term, Work(10**6))
        assert equal(from_sympy(to_sympy(term)), term, Work(10**6))
        assert sympy.expand(entry - to_sympy(term)) == 0


@pytest.mark.parametrize("keywords", MATRIX, ids=str)
def test_matrix_result(keywords):
    """W and B, put together by SymPy, are the forward pass."""
    net = Network(**keywords)
    found = collapse_derivation(net)
    found.check(replay(found.derivation))
    W, B, x = slope_to_sympy(found), offset_to_sympy(found), to_sympy(found.equations.inputs[0])
    m = sympy.Symbol("m", integer=True, positive=True)
    affine = W * x + B if net.convention == "column" else x * W + sympy.OneMatrix(m, 1) * B
    assert equal(from_sympy(affine), from_sympy(net.output), Work(10**6))


@pytest.mark.parametrize("keywords", ENTRIES, ids=str)
def test_entry_result(keywords):
    net = Network(**keywords)
    found = collapse_derivation(net, "entries")
    found.check(replay(found.derivation))
    W, B = slope_to_sympy(found), offset_to_sympy(found)
    forward = Forward(net, entries=True)
    x = forward.layer(0)[1]
    affine = W * x + B if net.convention == "column" else x * W + B
    assert sympy.expand(affine - forward.layer(net.depth)[1]) == sympy.zeros(*affine.shape)


def test_nonlinear_activations_entry_by_entry():
    for name in ("relu", "leaky_relu", "step", "sigmoid", "tanh"):
        net = Network(widths=(2, 2, 1), activations=name)
        z, a = Forward(net, entries=True).layer(1)
        definition = to_sympy(net.activations[0].row.at_defaults)
        assert a[0] == definition.subs(sympy.Symbol("z"), z[0])


@pytest.mark.parametrize("name", [n for n, row in ACTIVATIONS.items() if not (row.vector or row.arbitrary)])
@pytest.mark.parametrize("last", [1, 2])
def test_every_activation_has_a_view(name, last):
    net = Network(widths=(2, 2, last), activations=(name, name))
    assert net.output.shape == (last, 1)
    assert "W^(2)*" in str(net.output)
    assert sympy.latex(net.output)
    weights = [([[1, 2]], [3]), ([[1]], None)]
    assert Network(weights=weights, activations=(name, name)).output.shape == (1, 1)


def test_layers_are_nested_in_the_input():
    net = Network(depth=2)
    W2, b2 = sympy.MatrixSymbol("W^(2)", *map(_size, (2, 1))), sympy.MatrixSymbol("b^(2)", _size(2), 1)
    assert net.layers[1].preactivation == W2 * net.layers[0].activation_output + b2
    assert net.output == net.layers[-1].activation_output
    assert str(net.layers[0].preactivation) == "W^(1)*x + b^(1)"


def _size(k):
    return sympy.Symbol(f"n_{k}", integer=True, positive=True)
