"""Solving h(z) = y: what the search tries as a preimage. The kernel decides whether it is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from symnet.errors import SymnetError
from symnet.term import Term

#: Functions of more nodes than this are not solved.
LARGEST: Final = 60
MOST_SOLUTIONS: Final = 6


def preimages(function: Term, variable: Term, value: Term, numbers: Mapping[Term, Fraction]) -> Iterator[Term]:
    """Solutions z of h(z) = y, by SymPy, as terms in y."""
    import sympy

    from symnet.reader.bridge import to_sympy
    from symnet.reader.incoming import from_sympy

    if function.size > LARGEST:
        return
    letters = {to_sympy(s): sympy.Symbol(str(s.name), positive=True) for s in numbers}
    z, y = (sympy.Symbol(str(s.name), real=True) for s in (variable, value))
    expression = to_sympy(function).xreplace({**letters, to_sympy(variable): z})
    try:
        found = sympy.solve(sympy.powsimp(sympy.together(expression - y)), z)[:MOST_SOLUTIONS]
    except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, ZeroDivisionError):
        return
    back = {plain: letter for letter, plain in letters.items()} | {z: to_sympy(variable), y: to_sympy(value)}
    for solution in found:
        try:
            yield from_sympy(sympy.logcombine(solution, force=True).xreplace(back))
        except SymnetError:
            continue
