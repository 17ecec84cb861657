"""What the derivations of the vector functions have in common: goals with names, and the parts of their rows.

The functions are rows of the table (:mod:`symnet.activations`), and their parts are taken from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from symnet.activations import find
from symnet.errors import UsageError
from symnet.prove.lines import Lines
from symnet.term import Derivation, Name, Position, Term, apply, indexed_sum, instance, multiply, number, symbol


@dataclass(frozen=True, slots=True)
class VectorDerivation:
    """A derivation, its goals as pairs of a label and the number of a line, and what remains to be said in words.

    The labels and the words are a reader's help. What is proved is what the replayed lines say.
    """

    derivation: Derivation
    goals: tuple[tuple[str, int], ...]
    words: tuple[str, ...]


class NamedGoals:
    """Checked lines, some of which are goals with a label."""

    def __init__(self, definitions: Iterable[tuple[Term, Term]]) -> None:
        self.lines = Lines(definitions)
        self.goals: dict[str, int] = {}

    def finish(self, *words: str) -> VectorDerivation:
        """What has been written."""
        return VectorDerivation(self.lines.derivation(*self.goals.values()), tuple(self.goals.items()), words)


class NormalizedRow:
    """A row that divides e^{z_i}, or e^{−z_i}, by the sum of these, or is the logarithm of such a quotient.

    >>> from symnet.term import index
    >>> NormalizedRow("softmin").entry(2, index("n"))
    divide(apply(multiply(number(-1), z_2), exp), sigma(apply(multiply(number(-1), z_k), exp), k, 1, n))
    """

    def __init__(self, name: str) -> None:
        self.definition = find(name).definition
        self.is_logarithm = self.definition.op == "apply"
        quotient = self.definition.args[0] if self.is_logarithm else self.definition
        if quotient.op != "divide" or quotient.args[1].op != "sigma":
            raise UsageError(f"{name} is not e^(z_i) divided by a sum")
        self.sigma = quotient.args[1]

    def weight(self, k: Position) -> Term:
        """e^{z_k}, or e^{−z_k}"""
        return instance(self.sigma.args[0], self.sigma.value[0], k)

    def exponent(self, k: Position) -> Term:
        """z_k, or −z_k"""
        return self.weight(k).args[0]

    def input(self, k: Position) -> Term:
        """z_k"""
        return entry_of("z", k)

    def sum(self, upper: Position, lower: Position = 1) -> Term:
        """Σ of the weights from a lower to an upper index"""
        return indexed_sum(self.sigma.value[0], lower, upper, self.sigma.args[0])

    def entry(self, i: Position, n: Position) -> Term:
        """The row at i and n"""
        return row_at(self.definition, i, n)

    @property
    def is_plain(self) -> bool:
        """Whether the exponent is z_k, and not −z_k"""
        return self.exponent(1) == self.input(1)

    def signed(self, *factors: Term) -> Term:
        """The product of the factors, with a minus where the exponent is −z_k"""
        return multiply(factors if self.is_plain else (number(-1), *factors))

    def opposite(self, *factors: Term) -> Term:
        """The product of the factors, with a minus where the exponent is z_k"""
        return multiply((number(-1), *factors) if self.is_plain else factors)


def row_at(definition: Term, i: Position, n: Position) -> Term:
    """The entry i of a vector function of n inputs."""
    return instance(instance(definition, "i", i), "n", n)


def entry_of(base: str, k: Position) -> Term:
    """z_k, say"""
    return symbol(Name(base, entry=(k,)))


def logarithm(term: Term) -> Term:
    """log(term)"""
    return apply("log", term)
