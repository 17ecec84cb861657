"""The result of a derivation of an activation function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from symnet import render, store
from symnet.api.facts import condition_text, to_json
from symnet.api.results import Replay, Titled, check_picture
from symnet.api.rows import meeting_row, row
from symnet.api.subject import Subject
from symnet.prove.derivative import Derivative
from symnet.prove.meetings import Meeting
from symnet.reader.bridge import to_sympy
from symnet.term import Term, cases

if TYPE_CHECKING:
    from symnet.api.output import Outcome
    from symnet.prove.properties import Interval, Property
    from symnet.render.figure import Figure
    from symnet.witness.slopes import DerivativeReport


#: How many nodes a derivative may have for facts to be looked for.
LONGEST: Final = 300


@dataclass(frozen=True, eq=False, repr=False)
class Derived(Replay):
    """A derived function of one variable: h′(z), h′ written in a = h(z), and what holds of both.

    ``witness`` is the report of torch and its autograd, or None when the check was left out.

    >>> import symnet
    >>> d = symnet.derive("sigmoid", check=False)
    >>> d.function, d.derivative, d.in_output
    (1/(1 + exp(-z)), exp(-z)/(1 + exp(-z))**2, a*(1 - a))
    """

    subject: Subject
    found: Derivative
    witness: DerivativeReport | None = None

    @property
    def function(self) -> Any:
        """h(z) as a SymPy expression."""
        return to_sympy(self.found.function)

    @property
    def derivative(self) -> Any:
        """h′(z) as a SymPy expression; where h has a kink or a jump it has no value (nan)."""
        return self._piecewise([p.derivative for p in self.found.pieces])

    @property
    def in_output(self) -> Any:
        """h′ written in a = h(z), or None where no such formula was found on some branch."""
        if self.found.in_output is not None:
            return to_sympy(self.found.in_output)
        formulas = [p.in_output.formula for p in self.found.pieces]
        return None if None in formulas else self._piecewise(f for f in formulas if f is not None)

    @property
    def not_in_output(self) -> Titled | None:
        """That h′ is no function of a alone, replayed: two points with one value of h, and two of h′.

        None where no two such points were found. They are looked for unless one formula in a alone serves all branches.

        >>> import symnet
        >>> symnet.derive("sine", check=False).not_in_output.words
        ('a′ is no function of a alone: at 0 and at π, a is the same, and a′ is 1 and −1.',)
        """
        return self.outcome.refuted

    @cached_property
    def outcome(self) -> Outcome:
        """What is known of h′ as a function of a, for the whole function and on each branch.

        >>> import symnet
        >>> symnet.derive("gelu", check=False).outcome.words
        ('No formula for a′ in a was found.',)
        >>> found = symnet.derive("hardswish", check=False).outcome
        >>> found.kind, [(b.where, b.kind) for b in found.branches]
        ('not a function of a', [('z < −3', 'formula'), ('−3 < z < 3', 'not a function of a'), ('z > 3', 'formula')])
        """
        from symnet.api.output import outcome

        return outcome(self.found, self.subject.assumptions)

    @property
    def kinks(self) -> tuple[Meeting, ...]:
        """Where h is continuous and has no derivative, with value and one-sided derivatives."""
        return tuple(m for m in self.found.meetings if m.is_kink)

    @property
    def jumps(self) -> tuple[Meeting, ...]:
        """Where h is not continuous, with its value and what it tends to on both sides."""
        return tuple(m for m in self.found.meetings if m.is_jump)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Domain, ranges, jumps, kinks, limits, parity, monotony, Lipschitz constant; each says whether it is proved.

        There are none for a derivative of more than :data:`LONGEST` nodes.
        """
        from symnet.prove.properties import properties

        if any(p.derivative.size > LONGEST for p in self.found.pieces):
            return ()
        return properties(self.found, self.subject.numbers, self.subject.assumptions)

    @property
    def range(self) -> Interval | None:
        """Where h lies, or None where that was not found."""
        return self._interval("range")

    @property
    def derivative_range(self) -> Interval | None:
        """Where h′ lies, or None where that was not found."""
        return self._interval("derivative range")

    def _interval(self, kind: str) -> Interval | None:
        return next((p.interval for p in self.properties if p.kind == kind), None)

    @property
    def title(self) -> str:
        """A heading, in words."""
        row = self.subject.row
        return f"The derivative of {self.subject.title if row is None else row.in_words}"

    @property
    def short_title(self) -> str:
        """The name of the function, or its formula."""
        return self.subject.row.name if self.subject.row else render.text(self.found.function)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        reading = [f"The formula was {self.subject.reading}."] if self.subject.reading else []
        return (*super().notes, *self._assumed, *reading, *self.outcome.words, *self.witness_notes)

    @property
    def _assumed(self) -> tuple[str, ...]:
        """What the facts assume of letters."""
        assumed = " and ".join(map(condition_text, self.subject.assumptions))
        return (f"The facts assume that {assumed}.",) if assumed else ()

    @property
    def page(self) -> render.Page:
        """What the printers print: with kinks, jumps and facts in a table."""
        a, z, facts = self.found.output, self.found.variable, self.properties
        told = {p.kind for p in facts}
        corners = [
            m for m in self.found.meetings if (m.is_kink and "kink" not in told) or (m.is_jump and "jump" not in told)
        ]
        return replace(super().page, facts=(*(meeting_row(m, a, z) for m in corners), *(row(p, a, z) for p in facts)))

    @property
    def witness_notes(self) -> tuple[str, ...]:
        """What torch says, and where it is known to say something else, or nothing."""
        if self.witness is None:
            return ()
        corners = self.witness.corners if self.subject.row is None else ()  # a row says it in a sentence of its own
        return (
            str(self.witness),
            *self.witness.notes,
            *(f"{c}." for c in corners if not c.smooth or c.is_between is False),
        )

    def witnessed(self, seed: int = 0) -> Derived:
        """This derivation with the report of torch and its autograd.

        Raises :class:`~symnet.errors.WitnessFailed` when torch and the formula differ by more than rounding can
        explain, and :class:`~symnet.errors.MissingDependency` without torch.
        """
        from symnet.api.checking import check_derivative

        return replace(self, witness=check_derivative(self.subject, self.found, self.derivative_term, seed))

    @property
    def derivative_term(self) -> Term:
        """h′ as a term; at a place where branches meet it is what the branch on the right says."""
        *first, last = self.found.pieces
        arms = [(self.found.variable, "<", p.branch.upper, p.derivative) for p in first if p.branch.upper is not None]
        return cases(*arms, otherwise=last.derivative) if arms else last.derivative

    def figure(self, window: tuple[float, float] | None = None) -> Figure:
        """h and h′ as a picture to draw, over a window of z."""
        from symnet.api.drawing import figure

        return figure(self, window)

    def plot(self, path: str | os.PathLike[str], window: tuple[float, float] | None = None) -> None:
        """Draw h and h′ into a .svg, .png, .pdf or .tex (pgfplots) file.

        Raises :class:`~symnet.errors.UsageError` for another suffix or a place that cannot be written, and
        :class:`~symnet.errors.MissingDependency` without matplotlib, which pgfplots does not need.
        """
        from symnet.render.picture import figure_bytes

        store.write_bytes(path, [figure_bytes(self.figure(window), check_picture(path))])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the derivation to a .tex, .md or .json file, or the picture to a .svg, .png or .pdf file."""
        if os.path.splitext(path)[1] in (".svg", ".png", ".pdf"):
            self.plot(path)
        else:
            super().save(path)

    def _piecewise(self, values: Iterable[Term]) -> Any:
        import sympy

        smooth = {m.at for m in self.found.meetings if m.slope is not None}
        arms: list[tuple[Any, Term | None, Term | None]] = []
        for value, piece in zip(map(to_sympy, values), self.found.pieces, strict=True):
            lower, upper = piece.branch.lower, piece.branch.upper
            if arms and arms[-1][0] == value and lower in smooth:  # one formula goes on
                _, lower, _ = arms.pop()
            arms.append((value, lower, upper))
        if len(arms) == 1 == len(self.found.pieces):
            return arms[0][0]
        return sympy.Piecewise(*((value, self._between(lower, upper, smooth)) for value, lower, upper in arms))

    def _between(self, lower: Term | None, upper: Term | None, smooth: set[Term]) -> Any:
        import sympy

        z = to_sympy(self.found.variable)
        parts = [] if lower is None else [z > to_sympy(lower)]
        if upper is not None:
            parts.append(z <= to_sympy(upper) if upper in smooth else z < to_sympy(upper))
        return sympy.And(*parts)

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {
            **super()._result(),
            "in_output": None if self.in_output is None else str(self.in_output),
            "not_in_output": None if self.not_in_output is None else self.not_in_output.words[0],
            "outcome_in_output": self.outcome.to_json(),
            "properties": [to_json(p, self.found.variable) for p in self.properties],
            "witness": report,
        }

    def __repr__(self) -> str:
        return "\n".join([super().__repr__(), *([] if self.witness is None else [str(self.witness)])])
