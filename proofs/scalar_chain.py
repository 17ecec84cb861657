"""A chain of n scalar factors: x is multiplied by w⁽ᵏ⁾ and moved by b⁽ᵏ⁾, n times over.

The slope is the product of the factors. The intercept is the sum, over k, of b⁽ᵏ⁾ times the factors after it.

>>> print(prove(4))
y = W x + B
  where W = w⁽⁴⁾ w⁽³⁾ w⁽²⁾ w⁽¹⁾
        B = w⁽⁴⁾ w⁽³⁾ w⁽²⁾ b⁽¹⁾ + w⁽⁴⁾ w⁽³⁾ b⁽²⁾ + w⁽⁴⁾ b⁽³⁾ + b⁽⁴⁾
proved: 22 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet


def prove(n: int) -> symnet.Proof:
    """The chain of n factors."""
    return symnet.collapse(widths=(1,) * (n + 1), form="entries", check=False)


if __name__ == "__main__":
    print(prove(4).plain())
    print(prove(4).witnessed().witness)
