"""What is known of h′ as a function of a = h(z): a formula, that it is none, or that nothing was found; in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from symnet import kernel, render
from symnet.api.facts import condition_text
from symnet.api.results import OWN_WORK, Titled
from symnet.errors import Rejected, Undecided
from symnet.prove.branches import Branch, value_at
from symnet.prove.derivative import Derivative, Piece
from symnet.prove.lines import SUPPOSING
from symnet.prove.points import not_a_function_of_output
from symnet.term import Condition, Term

#: How an outcome is called, on a branch and for the whole function.
FORMULA: Final = "formula"
MIXED: Final = "formula in a and z"
REFUTED: Final = "not a function of a"
NONE: Final = "none found"
_KINDS: Final = {"formula": FORMULA, "mixed": MIXED, "none": NONE}


@dataclass(frozen=True, slots=True)
class OnBranch:
    """The outcome on one branch: where that is, in words, and the formula if there is one.

    ``kind`` is "formula", "formula in a and z", "not a function of a" or "none found".
    """

    where: str
    kind: str
    formula: Term | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for the whole function, and on each branch.

    ``kind`` is "not a function of a" where two points prove that (``refuted``), also where each branch has a formula of
    its own; else "formula" or "formula in a and z" where every branch has one, and "none found" where one has none.
    ``words`` say what a formula does not say.
    """

    kind: str
    branches: tuple[OnBranch, ...]
    refuted: Titled | None
    words: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The outcome as plain data."""
        branches = [
            {"where": b.where, "kind": b.kind, "formula": None if b.formula is None else render.text(b.formula)}
            for b in self.branches
        ]
        return {"kind": self.kind, "branches": branches, "said": list(self.words)}


def outcome(found: Derivative, assumptions: Sequence[Condition] = ()) -> Outcome:
    """What was found about h′ in a; that it is no function of a is looked for here."""
    refuted = not_a_function(found, assumptions)
    branches = tuple(_on_branch(found, piece, refuted) for piece in found.pieces)
    words = () if refuted is None else refuted.words
    return Outcome(_kind(branches, refuted), branches, refuted, (*words, *_nothing_found(found.output, branches)))


def _kind(branches: Sequence[OnBranch], refuted: Titled | None) -> str:
    """The kind for the whole function: of the branches, the one where least is known."""
    kinds = {b.kind for b in branches}
    return REFUTED if refuted is not None else next((k for k in (NONE, MIXED) if k in kinds), FORMULA)


def _on_branch(found: Derivative, piece: Piece, refuted: Titled | None) -> OnBranch:
    kind, branch = _KINDS[piece.in_output.kind], piece.branch
    if refuted is not None and all(_is_inside(p, branch, found) for p in _points(refuted.replayed)):
        kind = REFUTED
    return OnBranch(_where(branch, found.variable), kind, piece.in_output.formula)


def _is_inside(point: Term, branch: Branch, found: Derivative) -> bool:
    x, *ends = (None if t is None else value_at(t, found.numbers) for t in (point, branch.lower, branch.upper))
    lower, upper = ends
    return x is not None and (lower is None or lower < x) and (upper is None or x < upper)


def _where(branch: Branch, variable: Term) -> str:
    """``z < 0``; nothing for the whole line."""
    lower = "" if branch.lower is None else f"{render.text(branch.lower)} < "
    upper = "" if branch.upper is None else f" < {render.text(branch.upper)}"
    if lower and not upper:
        return f"{render.text(variable)} > {render.text(branch.lower)}"  # type: ignore[arg-type]
    return f"{lower}{render.text(variable)}{upper}" if lower or upper else ""


def _nothing_found(output: Term, branches: Sequence[OnBranch]) -> Iterator[str]:
    """That no formula was found, where that is so."""
    for kind, which in ((MIXED, f"in {output} alone"), (NONE, f"in {output}")):
        places = [b.where for b in branches if b.kind == kind]
        lead = f"For {' and for '.join(places)}, no" if any(places) else "No"
        if places:
            yield f"{lead} formula for {output}′ {which} was found."


def not_a_function(found: Derivative, assumptions: Sequence[Condition] = ()) -> Titled | None:
    """Two points with one value of h and two of h′, proved; None where one formula serves, or none are found."""
    if found.in_output is not None and all(p.in_output.kind == "formula" for p in found.pieces):
        return None
    supposed = [c for c in assumptions if c.relation in SUPPOSING]
    try:
        derivation = not_a_function_of_output(found.function, found.variable, (), supposed, found.numbers)
    except (Undecided, Rejected):
        return None
    replayed = kernel.replay(derivation, OWN_WORK)
    across = all(p.in_output.kind == "formula" for p in found.pieces)
    return Titled(replayed, "No function of a", (_said(found.output, replayed, across),))


def _points(replayed: kernel.Replayed) -> tuple[Term, ...]:
    """The two points of a refutation."""
    return tuple(e.lhs.args[1] for e in replayed.claim.equations[1:])


def _said(output: Term, replayed: kernel.Replayed, across: bool = False) -> str:
    """The refutation in a sentence; ``across`` where each branch has a formula of its own."""
    points = [render.text(p) for p in _points(replayed)]
    values = [render.text(e.rhs) for e in replayed.claim.equations[1:]]
    conditions = [condition_text(c) for c in replayed.claim.conditions if isinstance(c, Condition)]
    where = f" if {' and '.join(conditions)}" if conditions else ""
    lead = "Across the branches, " if across else ""
    return (
        f"{lead}{output}′ is no function of {output} alone: at {points[0]} and at {points[1]}, {output} is the same, "
        f"and {output}′ is {values[0]} and {values[1]}{where}."
    )
