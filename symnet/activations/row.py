"""What a row of the table consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from symnet.errors import UsageError
from symnet.term import Condition, Term, number, substitute, symbol

#: The variable in which the table's functions are written.
Z: Final = symbol("z")
#: The rows whose titles are proper names.
_PROPER: Final = frozenset({"softsign", "softplus", "squareplus", "mish", "softmax", "softmin"})


class Parameter(NamedTuple):
    """A letter in a definition that stands for a number.

    ``default`` is torch's, and is used wherever a number is needed, as in a network. ``keyword`` is what torch calls
    it, or "" where torch has no such argument. ``assumptions`` are what a proof may assume of it, all true of the
    default.
    """

    symbol: Term
    default: Fraction
    keyword: str = ""
    assumptions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Activation:
    """One row.

    ``definition`` is the function of :data:`Z`. A vector row (``vector``) is the i-th entry of a function of z₁ … zₙ;
    ``glu`` takes u₁ … uₙ and v₁ … vₙ. ``torch`` names the counterpart below ``torch``: a module as in ``nn.ELU``, a
    function as in ``sin``, or "" where torch has none; ``torch_arguments`` are what it is called with, besides the
    parameters, as pairs of keyword and value. ``approximates`` says in one sentence where torch computes something else
    on purpose, and ``computed`` is the term that it computes. ``autograd`` says where torch's autograd is not the
    derivative: by a convention at a kink, because of rounding, or because it has none.

    ``lipschitz`` is the smallest L with ``|h(u) − h(v)| ≤ L |u − v|`` for the default parameters, or where that is
    irrational a rational number less than 1/1000 above it; None where there is none. ``jumps`` are the places where the
    function is not continuous. ``arbitrary`` marks the letter g: an output activation of which nothing is assumed, so
    that it stands for softmax as well; the witness takes the identity for it.
    """

    name: str
    title: str
    definition: Term
    torch: str
    torch_arguments: tuple[tuple[str, int | str], ...] = ()
    parameters: tuple[Parameter, ...] = ()
    lipschitz: Fraction | None = None
    affine: bool = False
    arbitrary: bool = False
    vector: bool = False
    jumps: tuple[Term, ...] = ()
    approximates: str = ""
    computed: Term | None = None
    autograd: str = ""

    def __repr__(self) -> str:
        return f"<Activation {self.name}: {self.title}>"

    @property
    def in_words(self) -> str:
        """The title in a sentence, with an article if it takes one.

        >>> from symnet.activations import find
        >>> find("tanh").in_words, find("softmax").in_words
        ('the hyperbolic tangent', 'softmax')
        """
        return self.title if self.name in _PROPER else f"the {self.title}"

    @property
    def at_defaults(self) -> Term:
        """The definition with the default of each parameter.

        >>> from symnet.activations import find
        >>> find("prelu").at_defaults
        cases(number(0), z, z, multiply(number(1/4), z), ('<=',))
        """
        return self.with_defaults(self.definition)

    def with_defaults(self, term: Term) -> Term:
        """A term with the default of each of this row's parameters."""
        return _with_defaults(term, self.parameters) if self.parameters else term

    def numbers(self, given: Mapping[Term, Fraction] | None = None) -> dict[Term, Fraction]:
        """A number for each parameter: what is given, or its default.

        >>> from symnet.activations import find
        >>> find("elu").numbers()
        {alpha: Fraction(1, 1)}

        Raises :class:`~symnet.errors.UsageError` for a symbol that is no parameter of this row.
        """
        given = given or {}
        if unknown := given.keys() - {p.symbol for p in self.parameters}:
            raise UsageError(f"{self.name} has no parameter {', '.join(sorted(map(str, unknown)))}")
        return {p.symbol: given.get(p.symbol, p.default) for p in self.parameters}


@cache
def _with_defaults(term: Term, parameters: tuple[Parameter, ...]) -> Term:
    return substitute(term, {p.symbol: number(p.default) for p in parameters})
