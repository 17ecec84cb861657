"""That h′ is no function of a = h(z), said in words."""

from __future__ import annotations

from collections.abc import Sequence

from symnet import kernel, render
from symnet.api.facts import condition_text
from symnet.api.results import OWN_WORK, Titled
from symnet.errors import Rejected, Undecided
from symnet.prove.derivative import Derivative
from symnet.prove.points import not_a_function_of_output
from symnet.term import Condition, Term


def not_a_function(found: Derivative, assumptions: Sequence[Condition] = ()) -> Titled | None:
    """Two points with one value of h and two of h′, proved; None where a formula in a was found, or no such points."""
    if all(p.in_output.kind == "formula" for p in found.pieces):
        return None
    try:
        derivation = not_a_function_of_output(found.function, found.variable, (), assumptions)
    except (Undecided, Rejected):
        return None
    replayed = kernel.replay(derivation, OWN_WORK)
    return Titled(replayed, "No function of a", (_said(found.output, replayed),))


def _said(output: Term, replayed: kernel.Replayed) -> str:
    _, first, second = replayed.claim.equations
    points = [render.text(e.lhs.args[1]) for e in (first, second)]
    values = [render.text(e.rhs) for e in (first, second)]
    conditions = [condition_text(c) for c in replayed.claim.conditions if isinstance(c, Condition)]
    where = f" if {' and '.join(conditions)}" if conditions else ""
    return (
        f"{output}′ is no function of {output} alone: at {points[0]} and at {points[1]}, {output} is the same, and "
        f"{output}′ is {values[0]} and {values[1]}{where}."
    )
