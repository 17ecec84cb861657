"""W and B are determined by the map: B = f(0), and column j of W is f(e_j) − f(0).

So the W and B of a collapse are *the* W and B: no other pair gives the same map. u and v stand for the network's
output at the inputs 0 and e_j.

>>> print(prove(2))
B = u
W eⱼ = v − u
  where W = W⁽²⁾ W⁽¹⁾
        B = W⁽²⁾ b⁽¹⁾ + b⁽²⁾
        u = W⁽²⁾ (W⁽¹⁾ 𝟎[n₀×1] + b⁽¹⁾) + b⁽²⁾
        v = W⁽²⁾ (W⁽¹⁾ eⱼ + b⁽¹⁾) + b⁽²⁾
proved: 13 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.uniqueness import IN_WORDS, uniqueness_derivation


def prove(depth: int, convention: str = "column") -> symnet.Replay:
    """Uniqueness for the network of that depth."""
    return symnet.replay(uniqueness_derivation(symnet.Network(depth=depth, convention=convention)))


if __name__ == "__main__":
    print(prove(3).plain())
    print(IN_WORDS)
