"""softmax: ∂aᵢ/∂zⱼ = aᵢ (δᵢⱼ − aⱼ), for every number n of inputs, where δᵢⱼ is 1 when i = j and 0 otherwise.

The sum over all inputs is split at zⱼ into what is before it, e^zⱼ, and what is behind it. That is S, and
∂S/∂zⱼ = e^zⱼ. The quotient rule does the rest, in three cases: i = j, i > j and i < j. An index is a sum of natural
numbers. So n = j + m says that m inputs are behind zⱼ; i > j is written as i = j + d + 1, and i < j as j = i + d + 1.

>>> print(case("i = j"))  # doctest: +ELLIPSIS
∂p/∂zⱼ = p (1 − p)
  where p = e^zⱼ/S
        S = ∑ₖ₌₁ʲ⁻¹ e^zₖ + e^zⱼ + ∑ₖ₌ⱼ₊₁ʲ⁺ᵐ e^zₖ
proved: ... steps replayed by the kernel, no conditions, no hypotheses

For a given n the Jacobian is diag(a) − a aᵀ, entry by entry; beside it, the entries are between 0 and 1 and add up to
1, and a shift of all inputs changes none of them. The sigmoid is softmax of two inputs:

>>> print(case("i = 1, j = 2", 2))  # doctest: +ELLIPSIS
∂a₁/∂z₂ = −a₁ a₂
  where a₁ = e^z₁/S
        a₂ = e^z₂/S
        S = e^z₁ + e^z₂
proved: ... steps replayed by the kernel, no conditions, no hypotheses
>>> print(case("a_1 as a sigmoid", 2))  # doctest: +ELLIPSIS
a₁ = 1/(1 + e^(−(z₁ − z₂)))
  where a₁ = e^z₁/S
        S = e^z₁ + e^z₂
proved: ... steps replayed by the kernel, no conditions, no hypotheses

Source of the mathematics: C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), (4.106).
"""

import symnet
from symnet.prove.vector import vector_derivation
from symnet.term import Derivation


def prove(n: str | int = "n", name: str = "softmax") -> symnet.Replay:
    """Every goal, for every n or for one. The name may be softmin, log_softmax or glu as well."""
    return symnet.replay(vector_derivation(name, n).derivation)


def case(label: str, n: str | int = "n", name: str = "softmax") -> symnet.Replay:
    """One goal of the same derivation."""
    found = vector_derivation(name, n)
    written = found.derivation
    return symnet.replay(Derivation(written.definitions, written.steps, (dict(found.goals)[label],)))


if __name__ == "__main__":
    print(prove().plain())
    print(*vector_derivation("softmax").words, sep="\n")
    print(prove(3).plain())
    print(case("a_1 as a sigmoid", 2).plain())
