"""What does not collapse, and what a counterexample does not say.

With a hidden activation that is not affine, exact numbers refute that the layers in front of the output activation are
one affine map: f((p + q)/2) is not (f(p) + f(q))/2. That is said of the weights it names, and of no others. A network
with a non-affine activation may well be affine: relu(x) − relu(−x) = x, and 1/t composed with itself is t. For such
weights no counterexample exists, and symnet says that it is undecided rather than guess.

>>> for name in ("step", "relu", "leaky_relu", "sigmoid", "tanh"):
...     found = refute(name)
...     print(name, found.middle != found.p, found.gap != 0)
step True True
relu True True
leaky_relu True True
sigmoid True True
tanh True True
>>> relu_minus_relu()
Traceback (most recent call last):
symnet.errors.Undecided: hidden activation relu: no proof is known that this network is affine, and …
"""

from typing import Any

import symnet


def refute(activation: str) -> Any:
    """An exact counterexample for a network of depth 2 with that hidden activation."""
    try:
        symnet.collapse(widths=(1, 1, 1), activations=activation, check=False)
    except symnet.NotAffine as refutation:
        return refutation.counterexample
    raise symnet.Undecided(f"{activation} was not refuted")


def relu_minus_relu() -> symnet.Proof:
    """x ↦ relu(x) − relu(−x) is the identity, although relu is not affine."""
    return symnet.collapse(weights=[([[1], [-1]], None), ([[1, -1]], None)], activations="relu", check=False)


if __name__ == "__main__":
    for name in ("step", "relu", "leaky_relu", "sigmoid", "tanh"):
        print(name, refute(name), sep="\n")
