"""The check of a derived function: torch and its autograd, and exact values of the formula in a."""

from __future__ import annotations

from fractions import Fraction

from symnet.api.subject import Subject
from symnet.prove.branches import value_at
from symnet.prove.derivative import Derivative
from symnet.term import Term
from symnet.witness.derivative import witness_activation, witness_derivative
from symnet.witness.in_output import witness_in_output
from symnet.witness.slopes import DerivativeReport


def check_derivative(subject: Subject, found: Derivative, derivative: Term, seed: int) -> DerivativeReport:
    """Hold h, h′ and h′ in a against torch, its autograd and exact values.

    Raises :class:`~symnet.errors.WitnessFailed` with the report of what differs.
    """
    _check_output(found, seed)
    if subject.row is not None:
        parameters = {p.symbol: found.numbers[p.symbol] for p in subject.row.parameters}
        if parameters or not found.numbers:
            return witness_activation(subject.row, derivative, parameters, seed=seed)
    return witness_derivative(found.function, derivative, found.variable, found.numbers, seed=seed)


def _check_output(found: Derivative, seed: int) -> None:
    for piece in found.pieces:
        formula, branch = piece.in_output.formula, piece.branch
        if formula is not None:
            witness_in_output(
                branch.function,
                piece.derivative,
                formula,
                found.variable,
                found.output,
                found.numbers,
                between=(_place(branch.lower, found), _place(branch.upper, found)),
                seed=seed,
            )


def _place(end: Term | None, found: Derivative) -> Fraction | None:
    return None if end is None else value_at(end, found.numbers)
