"""Deep networks without activations are one affine map: whole matrices, any widths.

Column convention, depth 5: y = W x + B with W = W⁽⁵⁾ W⁽⁴⁾ W⁽³⁾ W⁽²⁾ W⁽¹⁾. Row convention, depth 2, as notes on the
multilayer perceptron write it: O = X W⁽¹⁾ W⁽²⁾ + b⁽¹⁾ W⁽²⁾ + b⁽²⁾. There the m rows of X each get their copy of the
bias, which an honest batch shape writes as 𝟏ₘ b.

>>> five_layers, two_layers = prove()
>>> print(five_layers)
y = W x + B
  where W = W⁽⁵⁾ W⁽⁴⁾ W⁽³⁾ W⁽²⁾ W⁽¹⁾
        B = W⁽⁵⁾ W⁽⁴⁾ W⁽³⁾ W⁽²⁾ b⁽¹⁾ + W⁽⁵⁾ W⁽⁴⁾ W⁽³⁾ b⁽²⁾ + W⁽⁵⁾ W⁽⁴⁾ b⁽³⁾ + W⁽⁵⁾ b⁽⁴⁾ + b⁽⁵⁾
proved: 25 steps replayed by the kernel, no conditions, no hypotheses
>>> print(two_layers)
O = X W + 𝟏ₘ B
  where W = W⁽¹⁾ W⁽²⁾
        B = b⁽¹⁾ W⁽²⁾ + b⁽²⁾
proved: 10 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet


def prove() -> tuple[symnet.Proof, symnet.Proof]:
    """Depth 5 in the column convention, depth 2 in the row convention."""
    return symnet.collapse(depth=5, check=False), symnet.collapse(depth=2, convention="row", check=False)


if __name__ == "__main__":
    for theorem in prove():
        print(theorem.plain())
        print(theorem.witnessed().witness)
