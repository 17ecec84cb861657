"""h′ written in a = h(z), held against h′ itself: with exact values only, no torch.

An enclosure of the formula at a = h(z), and one of h′(z), must have a number in common. Both are as narrow as 90 bits,
so a formula that is wrong at one of the points is refuted there with certainty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symnet.activations import Z
from symnet.errors import UsageError, WitnessFailed
from symnet.term import Term, put, symbol
from symnet.witness.corners import corners
from symnet.witness.derivative import SAMPLES, check_counts, read_numbers
from symnet.witness.enclosure import overlap
from symnet.witness.models import Subject
from symnet.witness.points import choose_points
from symnet.witness.slopes import OutputReport


def witness_in_output(
    function: Term,
    derivative: Term,
    formula: Term,
    variable: Term = Z,
    output: Term = symbol("a"),  # noqa: B008 - a term is immutable
    values: Mapping[Term, Fraction] | None = None,
    *,
    between: tuple[Fraction | None, Fraction | None] = (None, None),
    kinks: Sequence[Fraction | Term] | None = None,
    seed: int = 0,
    samples: int = SAMPLES,
) -> OutputReport:
    """Hold h′ written in a and z against h′.

    Args:
        function: h. derivative: h′. formula: what h′ is said to be, in a and z. variable: z. output: a.
        values: a number for each other symbol. between: the open interval on which the formula is said to hold.
        kinks: where the branches of h meet, if its guards are not linear in the variable; nothing is said there.
        seed: where the random numbers start. samples: how many there are on each piece of h.

    Raises :class:`~symnet.errors.WitnessFailed` where the two differ, with the report, and
    :class:`~symnet.errors.UsageError` for a symbol without a number and when no point has a value.

    >>> from symnet.activations import find
    >>> h, a = find("tanh").definition, symbol("a")
    >>> from symnet.term import apply
    >>> slope = 1 - apply("tanh", Z) ** 2
    >>> print(witness_in_output(h, slope, 1 - a**2))
    h′ and its formula in a are equal to 90 bits at 35 points (seed 0)
    >>> witness_in_output(h, slope, 1 - a)
    Traceback (most recent call last):
    symnet.errors.WitnessFailed: h′ and its formula in a differ at -1000000.0 (34 of 35 points)
    """
    check_counts(seed, samples)
    known = read_numbers(values, variable, output)
    places = corners(function, variable, known, kinks)
    low, high = (Fraction(end) if end is not None else None for end in between)
    bends = {c.point for c in places if not c.smooth}
    points = [
        z
        for z in choose_points([c.point for c in places], seed, samples)
        if z not in bends and (low is None or z > low) and (high is None or z < high)
    ]
    found = Subject(put(formula, output, function), variable, known)
    claim = found.of(derivative)
    pairs = {z: (claim.value(z), found.value(z)) for z in points}
    left_out = tuple(z for z, (a, b) in pairs.items() if a is None or b is None)
    refuted = tuple(z for z, (a, b) in pairs.items() if a and b and not overlap(a, b))
    report = OutputReport(len(points) - len(left_out), left_out, refuted, seed)
    if not report.points:
        raise UsageError("h′ and its formula in a have values at no common point")
    if refuted:
        count = f"({len(refuted)} of {report.points} points)"
        raise WitnessFailed(f"h′ and its formula in {output} differ at {refuted[0]!r} {count}", report)
    return report
