"""Transposes: the two conventions are one network, and the textbook's xᵀ W w.

A batch of one row, X = xᵀ, goes through the transposed weights to the transposed output. And with h = Wᵀ x followed by
y = hᵀ w, as Goodfellow, Bengio and Courville write a network without activation (*Deep Learning*, §6.1), the two maps
are the one map y = xᵀ w′ with w′ = W w.

>>> conventions, textbook = prove()
>>> print(conventions)
yᵀ = xᵀ W⁽¹⁾ᵀ W⁽²⁾ᵀ + b⁽¹⁾ᵀ W⁽²⁾ᵀ + b⁽²⁾ᵀ
  where y = W⁽²⁾ (W⁽¹⁾ x + b⁽¹⁾) + b⁽²⁾
proved: 3 steps replayed by the kernel, no conditions, no hypotheses
>>> print(textbook)
y = xᵀ w
  where y = hᵀ w⁽²⁾
        w = W⁽¹⁾ w⁽²⁾
        h = W⁽¹⁾ᵀ x
proved: 6 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet
from symnet.prove.writer import Writer
from symnet.term import Definition, Name, symbol

n0, n1, n2 = (Name("n", entry=(k,)) for k in range(3))


def prove() -> tuple[symnet.Replay, symnet.Replay]:
    """The transposed network, and the textbook's two linear maps."""
    return conventions(), textbook()


def conventions() -> symnet.Replay:
    """(W⁽²⁾ (W⁽¹⁾ x + b⁽¹⁾) + b⁽²⁾)ᵀ is a network in the row convention."""
    W1, W2 = symbol(Name("W", 1), (n1, n0)), symbol(Name("W", 2), (n2, n1))
    b1, b2 = symbol(Name("b", 1), (n1, 1)), symbol(Name("b", 2), (n2, 1))
    x, y = symbol("x", (n0, 1)), symbol("y", (n2, 1))
    page = Writer([Definition(y, W2 @ (W1 @ x + b1) + b2)])
    page.start(y.T)
    page.unfold(y)
    page.distribute(x.T @ W1.T @ W2.T + b1.T @ W2.T + b2.T)
    return symnet.replay(page.derivation([page.last]))


def textbook() -> symnet.Replay:
    """h = Wᵀ x, y = hᵀ w, hence y = xᵀ (W w)."""
    W, w = symbol(Name("W", 1), (n0, n1)), symbol(Name("w", 2), (n1, 1))
    x, h, y, named = symbol("x", (n0, 1)), symbol("h", (n1, 1)), symbol("y", (1, 1)), symbol("w", (n0, 1))
    page = Writer([Definition(h, W.T @ x), Definition(y, h.T @ w), Definition(named, W @ w)])
    page.start(y)
    page.unfold(y)
    page.unfold(h)
    page.distribute(x.T @ W @ w)
    page.regroup(x.T @ (W @ w))
    page.fold(named)
    return symnet.replay(page.derivation([page.last]))


if __name__ == "__main__":
    for theorem in prove():
        print(theorem.plain())
