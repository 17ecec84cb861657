"""The vector functions of the table and their derivatives: softmax, softmin, log softmax, glu.

    ∂a_i/∂z_j = a_i (δ_ij − a_j)        for softmax, where δ_ij is 1 when i = j and 0 otherwise

For any number n of inputs this is three claims, i = j, i > j and i < j, after splitting the sum at j
(:mod:`symnet.prove.vector_symbolic`). For a given n it is one claim for each entry of diag(a) − a aᵀ
(:mod:`symnet.prove.vector_entries`), beside a_1 + … + a_n = 1, the range of each entry, and what a shift does.

Source of the mathematics: Bishop, *Pattern Recognition and Machine Learning* (2006), (4.106); Goodfellow, Bengio,
Courville, *Deep Learning* (2016), §6.2.2.3.
"""

from __future__ import annotations

from typing import Final

from symnet.activations import ACTIVATIONS, find
from symnet.errors import UsageError, brief
from symnet.prove.vector_entries import gated_entries, normalized_entries
from symnet.prove.vector_rows import VectorDerivation
from symnet.prove.vector_symbolic import LETTERS, gated, normalized
from symnet.term import Name

__all__ = ["MOST_INPUTS", "VectorDerivation", "vector_derivation"]

#: The most inputs for which every entry is written out.
MOST_INPUTS: Final = 8


def vector_derivation(name: str, n: str | int = "n") -> VectorDerivation:
    """Write the derivation of a vector function's partial derivatives, for every n or for one.

    Args:
        name: softmax, softmin, log_softmax or glu, or another name of these in the table.
        n: the letter for the number of inputs, or a number from 1 to 8. For glu it counts pairs u_i, v_i.

    With a letter the goals are called "i = j", "i > j" and "i < j" (for glu "i = j, u" and "i = j, v", and so on), and
    "entry, i = j" and so on say that what is differentiated there is the entry of the table. With a number they are
    called "i = 1, j = 2" (for glu "i = 1, j = 2, u"), beside what the letters stand for and the properties of the
    entries. Nothing is assumed; the one condition, for a letter n, is 1 ≤ j.

    Raises :class:`~symnet.errors.UsageError` for any other name or n.

    >>> found = vector_derivation("softmax", 2)
    >>> [label for label, _ in found.goals if label.startswith("i =")]
    ['i = 1, j = 1', 'i = 1, j = 2', 'i = 2, j = 1', 'i = 2, j = 2']
    >>> from symnet.kernel import replay
    >>> replay(found.derivation).lines[dict(found.goals)["i = 1, j = 2"]].equations[0].rhs
    multiply(number(-1), a_1, a_2)
    """
    row = find(name)
    if not row.vector:
        known = ", ".join(r.name for r in ACTIVATIONS.values() if r.vector)
        raise UsageError(f"{row.name} acts on one input; the vector functions are {known}")
    if type(n) is int:
        if not 1 <= n <= MOST_INPUTS:
            raise UsageError(f"n is a letter or a whole number from 1 to {MOST_INPUTS}, not {brief(n)}")
        return gated_entries(n) if row.name == "glu" else normalized_entries(row.name, n)
    letter = _letter(n)
    return gated(letter) if row.name == "glu" else normalized(row.name, letter)


def _letter(n: object) -> str:
    """A name for the number of inputs that means nothing else yet."""
    if not isinstance(n, str):
        raise UsageError(f"n is a letter or a whole number from 1 to {MOST_INPUTS}, not {brief(n)}")
    if n in LETTERS:
        raise UsageError(f"{n} means something else in this derivation: take another letter for the number of inputs")
    return Name(n).base
