"""Affine activations change nothing: h⁽ᵏ⁾(z) = α⁽ᵏ⁾ z + β⁽ᵏ⁾ leaves one affine map, whatever the α and β.

And an output activation stays where it is: with affine hidden layers and a sigmoid at the end, y = sigmoid(W x + B).

>>> hidden, output = prove()
>>> print(hidden)
y = W x + B
  where W = α⁽¹⁾ W⁽²⁾ W⁽¹⁾
        B = α⁽¹⁾ W⁽²⁾ b⁽¹⁾ + β⁽¹⁾ W⁽²⁾ 𝟏ₙ₁ + b⁽²⁾
proved: 11 steps replayed by the kernel, no conditions, no hypotheses
>>> print(output)
y = sigmoid(W x + B)
  where W = W⁽²⁾ W⁽¹⁾
        B = W⁽²⁾ b⁽¹⁾ + b⁽²⁾
proved: 12 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet


def prove() -> tuple[symnet.Proof, symnet.Proof]:
    """One affine hidden layer; and an identity hidden layer under a sigmoid."""
    hidden = symnet.collapse(depth=2, activations="affine", check=False)
    output = symnet.collapse(depth=2, activations=("identity", "sigmoid"), check=False)
    return hidden, output


if __name__ == "__main__":
    for theorem in prove():
        print(theorem.plain())
        print(theorem.witnessed().witness)
