"""W and B as values of the network."""

import numpy as np
import pytest

from symnet.errors import Undecided, UsageError
from symnet.kernel import replay
from symnet.network import Network
from symnet.prove.uniqueness import uniqueness_derivation
from symnet.term import symbol


@pytest.mark.parametrize("depth", [1, 2, 3, 12])
@pytest.mark.parametrize("convention", ["column", "row"])
@pytest.mark.parametrize("activations", ["identity", "affine", (2, "1/2")])
@pytest.mark.parametrize("bias", [True, False])
def test_both_are_values_of_the_network(depth, convention, activations, bias):
    claim = replay(
        uniqueness_derivation(Network(depth=depth, activations=activations, convention=convention, bias=bias))
    ).claim
    assert not claim.hypotheses
    assert not claim.conditions
    has_offset = bias or (activations != "identity" and depth > 1)
    assert len(claim.equations) == 1 + has_offset
    *offset, slope = claim.equations
    u, v = (symbol(base, slope.lhs.shape) for base in "uv")
    assert slope.rhs == (v - u if has_offset else v)
    assert [e.rhs for e in offset] == [u] * has_offset


def test_u_and_v_are_the_network_at_zero_and_at_the_unit_vector():
    """Evaluated with numbers: the definitions are the forward pass, and the equations give the matrix back."""
    replayed = replay(uniqueness_derivation(Network(depth=2)))
    rng = np.random.default_rng(1)
    values = {"W^(1)": rng.normal(size=(3, 2)), "W^(2)": rng.normal(size=(4, 3))}
    values |= {"b^(1)": rng.normal(size=(3, 1)), "b^(2)": rng.normal(size=(4, 1))}
    bodies = {d.symbol.name.base: d.body for d in replayed.definitions}

    def value(term, e):
        match term.op:
            case "symbol":
                name = str(term.name)
                return e if name == "e_j" else values[name] if name in values else value(bodies[name], e)
            case "zero":
                return np.zeros((2, 1))
            case "product":
                result = value(term.args[0], e)
                for a in term.args[1:]:
                    result = result @ value(a, e)
                return result
            case _:
                return sum(value(a, e) for a in term.args)

    W = values["W^(2)"] @ values["W^(1)"]
    for j in range(2):
        e = np.eye(2)[:, [j]]
        assert np.allclose(value(bodies["v"], e) - value(bodies["u"], e), W[:, [j]])
    assert np.allclose(value(bodies["u"], None), values["W^(2)"] @ values["b^(1)"] + values["b^(2)"])


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"weights": [([[1]], [1])]}, "letters for weights"),
        ({"depth": 2, "activations": ("identity", "tanh")}, "the identity as output activation"),
        ({"depth": 13}, "depth up to 12"),
        ({"depth": 2, "activations": (0, 1)}, "W is 0"),
    ],
)
def test_what_has_no_such_page(keywords, message):
    with pytest.raises(UsageError, match=message):
        uniqueness_derivation(Network(**keywords))


def test_a_network_that_is_not_affine():
    with pytest.raises(Undecided):
        uniqueness_derivation(Network(depth=2, activations="tanh"))
