"""Inequalities: finding out why a term is positive, and writing it down.

The reasons that are tried, in this order: the signs of the parts as written; the same in a shorter form; bounds of atan,
tanh, erf, sin and cos; and log u > 0 since u > 1. The kernel checks each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from symnet.errors import Rejected
from symnet.prove.lines import Lines
from symnet.prove.tidy import tidy
from symnet.term import Term, known_function, number, postorder

#: Functions that a rule of the kernel bounds.
BOUNDED: Final = ("atan", "tanh", "erf", "sin", "cos")


def positive(lines: Lines, line: int, suppositions: Sequence[int] = ()) -> int | None:
    """From l = r: a line l > 0 or l ≥ 0, if a reason is found; ``suppositions`` are inequalities to use."""
    for form in _forms(lines, line):
        found = signed(lines, form, [*suppositions, *bounds(lines, lines.rhs(form), suppositions)])
        if found is not None:
            return found
    return None


def signed(lines: Lines, line: int, known: Iterable[int]) -> int | None:
    """l > 0 or l ≥ 0 from the signs of the parts."""
    try:
        found = lines.write("sign", (line, *known))
    except Rejected:
        return None
    return None if lines[found].inequalities[0].relation == "!=" else found


def _forms(lines: Lines, line: int) -> Iterator[int]:
    """The line, and the same with its right-hand side in a shorter form."""
    yield line
    shorter = tidy(lines.rhs(line))
    if shorter != lines.rhs(line):
        yield lines.same(line, shorter)


def bounds(lines: Lines, term: Term, suppositions: Sequence[int]) -> list[int]:
    """Lines such as 1 − tanh u > 0 for the functions in a term, and log u > 0 where u > 1 is seen."""
    found = []
    for node in dict.fromkeys(postorder(term)):
        function = known_function(node.value) if node.op == "apply" else ""
        if function in BOUNDED:
            found += [lines.write("bounded", (), (t,)) for t in _bounded(function, node)]
        elif function == "log":
            above = _log_is_positive(lines, node, suppositions)
            found += [] if above is None else [above]
    return found


def _bounded(function: str, applied: Term) -> tuple[Term, Term]:
    bound = number(1)
    if function == "atan":
        bound = Term("constant", (), "pi") / 2
    return bound - applied, bound + applied


def _log_is_positive(lines: Lines, applied: Term, suppositions: Sequence[int]) -> int | None:
    """log u > 0, from u − 1 > 0."""
    u, one = applied.args[0], number(1)
    found = (signed(lines, form, suppositions) for form in _forms(lines, lines.start(u - one)))
    above = next((n for n in found if n is not None), None)
    if above is None:
        return None
    log_of_one = Term("apply", (one,), applied.value)
    line = lines.write("monotone", (above,), (applied - log_of_one,))
    return lines.elementary(line, applied)
