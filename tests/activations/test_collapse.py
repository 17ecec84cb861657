"""Every row in a network: as a hidden activation it refutes the collapse, as the output's it is witnessed."""

import pytest

import symnet
from symnet.activations import ACTIVATIONS
from tests.activations.by_hand import PRECISE

HIDDEN = [name for name in PRECISE if name != "identity"]


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_layers_do_not_collapse(name: str) -> None:
    with pytest.raises(symnet.NotAffine) as error:
        symnet.collapse(widths=(2, 3, 1), activations=name)
    assert f"then {name}" in str(error.value)
    assert "sees the gap" in str(error.value)


@pytest.mark.parametrize("depth", [4, 9])
@pytest.mark.parametrize("name", ["exponential", "hardswish", "softsign", "mish", "selu"])
def test_deep_hidden_layers_do_not_collapse(name: str, depth: int) -> None:
    """Values that grow layer by layer stay within float64 where they can, and fractions stay short."""
    with pytest.raises(symnet.NotAffine):
        symnet.collapse(depth=depth, activations=name)


@pytest.mark.parametrize("name", [*PRECISE, "affine", "g"])
def test_as_output_activation(name: str) -> None:
    proof = symnet.collapse(depth=2, activations=("identity", name))
    assert proof.witness.agrees
    weights = [([["0.1", "1/3"]], ["1/7"]), ([["10.25"], [5]], None)]
    assert symnet.collapse(weights=weights, activations=("identity", name), seed=1).witness.agrees


def test_every_row_is_tried() -> None:
    assert set(PRECISE) | {"affine", "g"} == {name for name, row in ACTIVATIONS.items() if not row.vector}
