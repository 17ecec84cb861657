"""Networks of every depth collapse to y = W x + B, W = ∏ W⁽ʲ⁾ and B = Σₖ (∏_{j>k} W⁽ʲ⁾) b⁽ᵏ⁾, by induction on the
depth.

>>> print(prove())
y = W x + B
  where W = ∏ⱼ₌₁ᴸ W⁽ʲ⁾
        B = ∑ₖ₌₁ᴸ (∏ⱼ₌ₖ₊₁ᴸ W⁽ʲ⁾) b⁽ᵏ⁾
proved: 35 steps replayed by the kernel, no conditions, no hypotheses

With hidden activations α z + β the layers W⁽ʲ⁾ are scaled and the biases moved. Layer L, the last, has none, and so the
claim is about L ≥ 1:

>>> prove(activations="affine").conditions
(Bound(lower=1, upper=Index(variables=('L',), offset=0)),)
"""

from typing import Any

import symnet


def prove(convention: str = "column", **network: Any) -> symnet.InductionProof:
    """The theorem, in one of the two conventions."""
    proof = symnet.collapse(depth="L", convention=convention, check=False, **network)
    assert isinstance(proof, symnet.InductionProof)
    return proof


if __name__ == "__main__":
    print(prove().plain())
    print(prove().witnessed().witness)
    print(prove("row").plain())
