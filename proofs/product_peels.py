"""A product of matrices can be peeled at its lower end: ∏_{j=a+1}^{a+p+1} W⁽ʲ⁾ = (∏_{j=a+2}^{a+p+1} W⁽ʲ⁾) W⁽ᵃ⁺¹⁾.

That it can be peeled at its upper end is how ∏ is defined; the lower end takes an induction, on the number of factors.

>>> print(prove())
∏ⱼ₌ₐ₊₁ᵃ⁺ᵖ⁺¹ W⁽ʲ⁾ = (∏ⱼ₌ₐ₊₂ᵃ⁺ᵖ⁺¹ W⁽ʲ⁾) W⁽ᵃ⁺¹⁾
proved: 12 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.writer import Writer
from symnet.term import Name, Position, Term, identity, index, indexed_product, product, shifted, symbol


def width(k: Position) -> Name:
    """n_k"""
    return Name("n", None, (k,))


def weight(k: Position) -> Term:
    """W⁽ᵏ⁾, of shape n_k×n_{k−1}"""
    return symbol(Name("W", k), (width(k), width(shifted(k, -1))))


def factors(lower: int, upper: Position) -> Term:
    """∏ of W⁽ʲ⁾ for j from a + lower to upper"""
    return indexed_product("j", index("a", offset=lower), upper, weight(index("j")))


def prove() -> symnet.Replay:
    """The identity for every a and p."""
    first, writer = index("a", offset=1), Writer([])
    one, some, more = first, index("a", "p", offset=1), index("a", "p", offset=2)

    writer.start(factors(1, one))
    writer.unfold(factors(1, one))
    writer.unfold(factors(1, index("a")))
    writer.regroup(product([identity(width(first)), weight(first)]))
    writer.fold(factors(2, one))
    base = writer.last

    writer.assume(factors(1, some), factors(2, some) @ weight(first))
    hypothesis = writer.last
    writer.start(factors(1, more))
    writer.unfold(factors(1, more))
    writer.substitute(hypothesis)
    writer.regroup(product([weight(more) @ factors(2, some), weight(first)]))
    writer.fold(factors(2, more))
    writer.induct(base, hypothesis, "p")
    return symnet.replay(writer.derivation([writer.last]))


if __name__ == "__main__":
    print(prove().plain())
