"""What a user may write for a network, and what is said of the rest."""

from fractions import Fraction

import pytest

from symnet.errors import ShapeError, SymnetError, UsageError
from symnet.network import Network
from symnet.term import Name

W1, b1 = [["0.5", 1], [2, "-3/20"]], [1, Fraction(1, 3)]


def test_widths_may_be_names():
    assert Network(depth=2).widths == tuple(Name("n", entry=(k,)) for k in range(3))
    assert Network(widths=("n0", "n_1", "width")).widths == (
        Name("n", entry=(0,)),
        Name("n", entry=(1,)),
        Name("width"),
    )


def test_weights_are_exact_and_say_the_widths():
    net = Network(weights=[(W1, b1), ([[1, 1]], None)])
    assert net.widths == (2, 2, 1)
    assert net.bias == (True, False)
    assert net.weights[0][0] == ((Fraction(1, 2), 1), (2, Fraction(-3, 20)))


def test_decimals_may_have_an_exponent():
    """As Python and JSON write 0.00001."""
    net = Network(weights=[([["1e-05", "2.5E+1"]], ["-1.e2"])])
    assert net.weights[0] == (((Fraction(1, 100000), 25),), (-100,))


def test_one_activation_is_for_hidden_layers():
    assert [a.name for a in Network(depth=3, activations="tanh").activations] == ["tanh", "tanh", "identity"]
    assert [a.name for a in Network(depth=1, activations="tanh").activations] == ["identity"]


def test_the_other_convention_is_the_same_network():
    net = Network(weights=[([[1, 2, 3]], [4])], activations=[("1/2", 0)])
    row = net.with_convention("row")
    assert row.weights == [(((1,), (2,), (3,)), (4,))]
    assert row.with_convention("column").weights == net.weights
    assert Network(depth=2, convention="row").with_convention("column").widths == Network(depth=2).widths


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({}, "a network needs widths=(2, 3, 1), weights=[(W1, b1), …] or depth=5"),
        ({"depth": 0}, "depth is the number of affine layers, a whole number from 1, not 0"),
        ({"depth": -1}, "not -1"),
        ({"depth": 2.0}, "not 2.0"),
        ({"depth": True}, "not True"),
        ({"depth": "many"}, "not 'many'"),
        ({"depth": 3, "widths": (2, 2)}, "depth=3 disagrees with the other arguments, which say 1"),
        ({"widths": (2,)}, "two or more entries, not 1"),
        ({"widths": 5}, "widths is a sequence such as (2, 3, 1), not 5"),
        ({"widths": "2,2"}, "widths is a sequence such as (2, 3, 1), not '2,2'"),
        ({"widths": (2, 0)}, "a width is a whole number from 1 or a name such as 'n0', not 0"),
        ({"widths": (2, 1.5)}, "not 1.5"),
        ({"widths": (2, "n 0")}, "not 'n 0'"),
        ({"widths": (2, "__import__('os')")}, "or a name such as 'n0', not"),
        ({"widths": ("x", 1)}, "the width 'x' would have the name of another symbol of the network"),
        ({"widths": ("m", 1), "convention": "row"}, "the width 'm' would have the name of another symbol"),
        ({"depth": 2, "activations": "sigmod"}, "there is no activation 'sigmod'; did you mean 'sigmoid'?"),
        (
            {"depth": 2, "activations": "g"},
            "g stands for any output activation; a hidden layer needs one that is known",
        ),
        ({"depth": 2, "activations": ("g", "tanh")}, "g stands for any output activation"),
        ({"depth": 2, "activations": ("identity", "softmax")}, "as output activation write 'g', which stands for any"),
        ({"depth": 2, "activations": ("tanh",)}, "activations has length 1 for depth 2"),
        ({"depth": 2, "activations": 3}, "activations is a name or one entry a layer, not 3"),
        ({"depth": 2, "activations": ((1, 2, 3), "tanh")}, "a pair (α, β) of rationals"),
        ({"depth": 2, "activations": ((0.5, 1), "tanh")}, "α of an affine activation is the float 0.5"),
        ({"depth": 2, "bias": "yes"}, "bias is True, False or one of them a layer, not 'yes'"),
        ({"depth": 2, "bias": (True,)}, "bias has length 1 for depth 2"),
        ({"depth": 2, "convention": "rows"}, "convention is 'column' (W x + b) or 'row' (X W + b), not 'rows'"),
        ({"weights": []}, "weights is one pair (W, b) a layer"),
        ({"weights": [[[1]]]}, "weights[0] is not a pair (W, b)"),
        ({"weights": [(2, 3)]}, "weights[0][0] is a int, not a list of rows; a 1×1 matrix is written [[2]], not 2"),
        ({"weights": [([[2]], 3)]}, "weights[0][1] is not a list of numbers; a single bias is written [3], not 3"),
        ({"weights": [([[0.1]], [0])]}, "weights[0][0][0][0] is the float 0.1, which is not exactly what it shows"),
        ({"weights": [([["1e99999"]], [0])]}, "write a decimal such as '-0.15'"),
        ({"weights": [([[float("nan")]], [0])]}, "weights[0][0][0][0] is nan, which is no number"),
        ({"depth": 2, "activations": "swishh"}, "there is no activation 'swishh'; did you mean 'swish'?"),
        ({"depth": 2, "activations": "any"}, "there is no activation 'any'; the table has identity, affine"),
        ({"weights": [([["1/0"]], [0])]}, "write a decimal such as '-0.15'"),
        ({"weights": [([["nan"]], [0])]}, "write a decimal such as '-0.15'"),
        ({"weights": [([[None]], [0])]}, "weights[0][0][0][0] is a NoneType"),
    ],
)
def test_bad_arguments_get_one_line(keywords, message):
    with pytest.raises(UsageError) as error:
        Network(**keywords)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"weights": [([[1, 2], [3]], None)]}, "rows of different lengths"),
        (
            {"weights": [([[1, 2]], [1]), ([[1, 2]], [1])]},
            "weights[1][0] maps 2 inputs to 1 outputs in the column convention, but layer 2 maps 1 to 1",
        ),
        ({"weights": [([[1, 2]], [1, 2])]}, "weights[0][1] has length 2, but layer 1 has width 1"),
        ({"weights": [([[1, 2]], [1])], "widths": (2, 1, 1)}, "weights says depth 1, but widths says 2"),
        ({"weights": [([[1, 2]], [1])], "widths": (1, 2)}, "weights[0][0] maps 2 inputs to 1 outputs"),
    ],
)
def test_weights_that_do_not_fit(keywords, message):
    with pytest.raises(ShapeError) as error:
        Network(**keywords)
    assert message in str(error.value)


def test_every_complaint_is_a_symnet_error():
    assert issubclass(UsageError, SymnetError)
    assert issubclass(ShapeError, SymnetError)
