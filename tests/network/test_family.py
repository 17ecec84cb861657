"""Networks of every depth: which there are, what is refused, and that each depth is the concrete network."""

import pytest

from symnet.errors import UsageError
from symnet.network import Network, matrix_equations
from symnet.network.family import NetworkFamily
from symnet.term import Name, index, instance, shifted, substitute, symbols

EVERY = [
    {"activation": activation, "bias": bias, "convention": convention}
    for activation in ("identity", "affine", (2, "1/2"))
    for bias in (True, False)
    for convention in ("column", "row")
]


def unfolded(term, bodies):
    while (found := substitute(term, bodies)) != term:
        term = found
    return term


def at_depth(family, depth):
    """The output of the family at a depth, from its recursion alone."""
    first, step, output = family.definitions
    bodies = {first.symbol: first.body}
    for k in range(depth):
        bodies[instance(step.symbol, "i", k)] = instance(step.body, "i", k)
    return unfolded(instance(output.body, family.depth, depth), bodies)


@pytest.mark.parametrize("keywords", EVERY)
@pytest.mark.parametrize("depth", [1, 2, 3, 7])
def test_each_depth_is_the_concrete_network(keywords, depth):
    """The same terms, but for the activation α z + β of an identity output layer, which the concrete one has not."""
    family = NetworkFamily("L", **keywords)
    equations = matrix_equations(family.at(depth))
    assert family.at(depth).depth == depth
    (y,) = equations.outputs
    assert at_depth(family, depth) == unfolded(y, {d.symbol: d.body for d in equations.definitions})


def test_the_letters_have_shapes_that_follow_the_layer():
    family, k = NetworkFamily("L"), index("k")
    assert family.weight(shifted(k, 1)).shape == (Name("n", None, (shifted(k, 1),)), Name("n", None, (k,)))
    assert family.weight(1) in symbols(*(d.body for d in matrix_equations(Network(depth=1)).definitions))
    assert NetworkFamily("N", convention="row").output.shape == (Name("m"), Name("n", None, (index("N"),)))


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"depth": "W"}, "not 'W'; the equations use B, H"),
        ({"depth": "5"}, "depth is a whole number from 1, or a letter such as 'L', not '5'"),
        ({"depth": ""}, "not ''"),
        ({"depth": "é"}, "not 'é'"),
        ({"depth": 5}, "not 5"),
        ({"activation": ("tanh", "identity")}, "activations is one entry for all hidden layers"),
        ({"activation": "soft"}, "soft"),
        ({"activation": (0.5, 1)}, "one entry for all hidden layers"),
        ({"activation": "g"}, "a hidden layer needs one that is known"),
        ({"bias": (True, False)}, "bias is True or False for all layers"),
        ({"convention": "left"}, "convention is 'column'"),
    ],
)
def test_what_is_no_family(keywords, message):
    with pytest.raises(UsageError, match=message.replace("(", r"\(")):
        NetworkFamily(**keywords)
