"""f′ written in a = f(z), or that it cannot be.

Elimination (:mod:`.elimination`) and division (:mod:`.mixed`) propose, numbers choose among the branches of a root, and
only what :func:`symnet.tower.equal` proves is returned, where a root of a square has been taken first if its sign is
proved (:mod:`.radicals`). That f′ is no function of f is shown by two points with one value of f and two of f′
(:mod:`.points`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet.errors import UsageError
from symnet.prove.branches import Branch, samples
from symnet.prove.elimination import candidates
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.cost import cost
from symnet.prove.mixed import mixed_forms
from symnet.prove.radicals import Reach, is_proved
from symnet.prove.sampling import POINTS, is_close, numbers_for, value
from symnet.prove.tidy import LARGEST, proved_equal, tidy_afresh
from symnet.term import Term, substitute, symbols

#: How much longer than the derivative a form in a and z may be.
SLACK: Final = 200
#: At how many numbers inside a branch a formula is tried.
MOST: Final = 7


@dataclass(frozen=True, slots=True)
class InOutput:
    """f′ in a: ``kind`` is "formula" for a function of a, "mixed" for one of a and z, and "none" when none was found.

    ``tried`` says in words what was tried.
    """

    kind: str
    formula: Term | None
    tried: tuple[str, ...]


def in_output(function: Term, derivative: Term, variable: Term, output: Term, reach: Reach | None = None) -> InOutput:
    """Write the derivative of a function without cases with a letter for the function.

    ``reach`` is where that is to hold, as a branch of a function with cases; else it is wherever all is defined.

    Putting the function for the letter gives the derivative, wherever all is defined: that has been proved. Other
    letters stay letters.

    >>> from symnet.term import apply, symbol
    >>> z, a = symbol("z"), symbol("a")
    >>> e = apply("exp", z)
    >>> in_output(apply("log", 1 + e), e / (1 + e), z, a).formula
    sum(number(1), multiply(number(-1), apply(multiply(number(-1), a), exp)))
    >>> in_output(z * apply("erf", z), apply("erf", z), z, a).kind
    'none'

    Raises :class:`~symnet.errors.UsageError` when the letter occurs in the function or the derivative.
    """
    if output in symbols(function, derivative) or output.op != "symbol" or output.shape:
        raise UsageError(f"the output takes a letter that the function does not have, not {output}")
    if max(function.size, derivative.size) > LARGEST:
        return InOutput("none", None, (f"nothing: there are more than {LARGEST} nodes",))
    if reach is None:
        letters = [s for s in symbols(function, derivative) if s != variable]
        branch = Branch(None, None, function, (), Fraction(0))
        reach = Reach(function, variable, branch, numbers_for(letters))
    return _Search(function, derivative, variable, output, reach).run()


class _Search:
    def __init__(self, function: Term, derivative: Term, variable: Term, output: Term, reach: Reach) -> None:
        self.function, self.derivative = function, derivative
        self.variable, self.output = variable, output
        self.reach = reach

    def run(self) -> InOutput:
        """The first that is proved."""
        if (found := self.formula()) is not None:
            return InOutput("formula", found, ("elimination of the variable",))
        tried = ("elimination of the variable", "division of the derivative by the function minus the output")
        if (found := self.mixed()) is None:
            return InOutput("none", None, tried)
        return InOutput("mixed" if self.variable in symbols(found) else "formula", found, tried)

    def formula(self) -> Term | None:
        """A function of the output alone."""
        proposed = candidates(self.function, self.derivative, self.variable, self.output)
        pure = (t for t in dict.fromkeys(map(cleaned, proposed)) if self.variable not in symbols(t))
        forms = [form for t in filter(self.agrees, pure) for form in (tidy_afresh(t, self.output), t)]
        for form in sorted(dict.fromkeys(forms), key=cost):
            if self.is_proved(form) or is_proved(self.reach, form, self.output, self.derivative):
                return form
        return None

    def mixed(self) -> Term | None:
        """A short function of the output and the variable."""
        longest = cost(self.derivative) + SLACK
        found = mixed_forms(self.function, self.derivative, self.variable, self.output)
        for form in sorted(found, key=cost):
            if cost(form) > longest:
                break
            if self.output in symbols(form) and self.is_proved(form):
                return form
        return None

    def is_proved(self, form: Term) -> bool:
        """Whether the form is the derivative once the function is put in."""
        return proved_equal(self.derivative, substitute(form, {self.output: self.function}))

    def agrees(self, form: Term) -> bool:
        """Whether the form has the values of the derivative, as far as there are any."""
        return all(is_close(x, y) for x, y in self.values(substitute(form, {self.output: self.function})))

    def values(self, form: Term) -> Iterator[tuple[Any, Any]]:
        """The values of the derivative and of the form, where both have one."""
        for point in self.places:
            found = [value(t, {**self.reach.numbers, self.variable: point}) for t in (self.derivative, form)]
            if None not in found:
                yield found[0], found[1]

    @property
    def places(self) -> Sequence[Fraction]:
        """Numbers inside the branch."""
        branch = self.reach.branch
        return POINTS if branch.lower is branch.upper is None else samples(branch, self.reach.numbers)[:MOST]
