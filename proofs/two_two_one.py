"""The network with two inputs, two hidden units and one output, entry by entry.

Each hidden unit is put into the output, multiplied out, and the terms are gathered by input, until
y = W₁ x₁ + W₂ x₂ + B with three constants written out.

>>> print(prove())
y = W₁ x₁ + W₂ x₂ + B
  where W₁ = w₁₁⁽²⁾ w₁₁⁽¹⁾ + w₁₂⁽²⁾ w₂₁⁽¹⁾
        W₂ = w₁₁⁽²⁾ w₁₂⁽¹⁾ + w₁₂⁽²⁾ w₂₂⁽¹⁾
        B = w₁₁⁽²⁾ b₁⁽¹⁾ + w₁₂⁽²⁾ b₂⁽¹⁾ + b₁⁽²⁾
proved: 13 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet


def prove() -> symnet.Proof:
    """The 2-2-1 network with letters for all its weights."""
    return symnet.collapse(widths=(2, 2, 1), check=False)


if __name__ == "__main__":
    print(prove().plain())
    print(prove().witnessed().witness)
