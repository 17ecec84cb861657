"""f′ written in a = f(z), or that it cannot be.

Elimination (:mod:`.elimination`) and division (:mod:`.mixed`) propose, numbers choose among the branches of a root, and
only what :func:`symnet.tower.equal` proves is returned. That f′ is no function of a is shown by two points with one
value of f and two of f′ (:mod:`.points`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from symnet.errors import UsageError
from symnet.prove.elimination import candidates
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.cost import cost
from symnet.prove.mixed import mixed_forms
from symnet.prove.points import equal_values, not_a_function_of_output
from symnet.prove.sampling import POINTS, is_close, numbers_for, value
from symnet.prove.tidy import LARGEST, proved_equal, tidy_afresh
from symnet.term import Term, substitute, symbols

__all__ = ["InOutput", "equal_values", "in_output", "not_a_function_of_output"]

#: How much longer than the derivative a form in a and z may be.
SLACK: Final = 200


@dataclass(frozen=True, slots=True)
class InOutput:
    """f′ in a: ``kind`` is "formula" for a function of a, "mixed" for one of a and z, and "none" when none was found.

    ``tried`` says in words what was tried.
    """

    kind: str
    formula: Term | None
    tried: tuple[str, ...]


def in_output(function: Term, derivative: Term, variable: Term, output: Term) -> InOutput:
    """Write the derivative of a function without cases with a letter for the function.

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
    return _Search(function, derivative, variable, output).run()


class _Search:
    def __init__(self, function: Term, derivative: Term, variable: Term, output: Term) -> None:
        self.function, self.derivative = function, derivative
        self.variable, self.output = variable, output

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
        for candidate in filter(self.agrees, pure):
            for form in (tidy_afresh(candidate, self.output), candidate):
                if self.is_proved(form):
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
        numbers = numbers_for(s for s in symbols(self.function, self.derivative) if s != self.variable)
        for point in POINTS:
            found = [value(t, {**numbers, self.variable: point}) for t in (self.derivative, form)]
            if None not in found:
                yield found[0], found[1]
