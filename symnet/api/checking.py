"""The check of a derived function: torch and its autograd, and exact values of the formula in a."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symnet.activations import Activation
from symnet.api.subject import Subject
from symnet.errors import UsageError
from symnet.prove.branches import value_at
from symnet.prove.derivative import Derivative, Piece
from symnet.term import Term, symbols
from symnet.witness.derivative import witness_activation, witness_derivative
from symnet.witness.in_output import witness_in_output
from symnet.witness.slopes import DerivativeReport
from symnet.witness.tensors import load_torch, torch_function


def check_derivative(subject: Subject, found: Derivative, derivative: Term, seed: int) -> DerivativeReport:
    """Hold h, h′ and h′ in a against torch, its autograd and exact values.

    Raises :class:`~symnet.errors.WitnessFailed` with the report of what differs.
    """
    places = [_on_the_axis(branch.upper, found) for branch in found.branches if branch.upper is not None]
    for piece in found.pieces:
        _check_output(found, piece, places, seed)
    if subject.row is not None and (subject.row.parameters or not found.numbers):
        _check_numbers(subject.row, found.numbers)
        return witness_activation(subject.row, derivative, found.numbers, seed=seed)
    return witness_derivative(found.function, derivative, found.variable, found.numbers, kinks=places, seed=seed)


def _check_numbers(row: Activation, numbers: Mapping[Term, Fraction]) -> None:
    """See that torch's function takes these numbers for its letters."""
    try:
        torch_function(row, numbers)(load_torch().zeros(1, dtype=load_torch().float64))
    except (AssertionError, RuntimeError) as error:  # what torch.nn raises
        raise UsageError(f"torch.{row.torch} does not take these numbers: {error}") from None


def _check_output(found: Derivative, piece: Piece, places: Sequence[Term], seed: int) -> None:
    """Hold h′ in a against h′ on a branch; there is nothing to see where it is a number."""
    formula, branch = piece.in_output.formula, piece.branch
    if formula is not None and found.output in symbols(formula):
        witness_in_output(
            branch.function,
            piece.derivative,
            formula,
            found.variable,
            found.output,
            found.numbers,
            between=(_place(branch.lower, found), _place(branch.upper, found)),
            kinks=places,
            seed=seed,
        )


def _on_the_axis(place: Term, found: Derivative) -> Term:
    try:
        float(value_at(place, found.numbers))
    except OverflowError:
        raise UsageError("the cases switch at a number that is too large for float64: leave the check out") from None
    return place


def _place(end: Term | None, found: Derivative) -> Fraction | None:
    return None if end is None else value_at(end, found.numbers)
