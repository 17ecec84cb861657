r"""A second reading of a formula, by latex2sympy2, to compare with ours.

latex2sympy2 1.9.1 keeps what it read in global variables, stops in the middle of a formula without a word, and calls
SymPy's own parsers. So it runs in a process of its own, with a time limit, and sees a formula only after our reader
has read it, spelled anew from our tokens, without the left-hand side (it takes ``a = …`` for an order to remember a).
What comes back is a tree of plain data, which is rebuilt here by a whitelist.

Our reading decides. The second one is compared with it, by values at rational points. What latex2sympy2 is known to
read in another way stands in :data:`DIFFERENCES`; any other difference is an error. latex2sympy2 needs Python before
3.13. Where it cannot run, or cannot read a formula, the result says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from symnet.errors import ParseError, Undecided
from symnet.reader.agreement import difference
from symnet.reader.functions import FUNCTIONS
from symnet.reader.latex import read_latex_fully
from symnet.reader.lexer import Token
from symnet.reader.plain import shown
from symnet.reader.reading import Reading
from symnet.reader.spelling import LENT, spelled
from symnet.reader.tree import BUILDERS, LARGEST_TREE, Build, Tree, term_of
from symnet.term import Term, apply, number, symbol

SECOND: Final = "latex2sympy2"
_NOT_READ: Final = "not read a second time: "
#: The process takes the path of this one, so that it finds the same symnet and the same latex2sympy2.
_COMMAND: Final = "import sys; sys.path[:] = sys.argv[1:]; from symnet.reader.child import run; run()"
_LONGEST_ANSWER: Final = 100 * LARGEST_TREE


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The tree that latex2sympy2 read, or a note why there is none.

    ``lent`` says for which of our functions a name stands that latex2sympy2 was given in its place.
    """

    tree: Tree | None = None
    note: str = ""
    lent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What latex2sympy2 reads in another way: why ours is meant, and how its nodes are built to mean the same."""

    name: str
    reason: Callable[[SecondReading], str]
    builders: Callable[[SecondReading], dict[str, Build]]


def _natural(u: Term, *base: Term) -> Term:
    return apply("log", u) if base == (number(10),) else BUILDERS["log"](u, *base)


#: The known differences. A prime, which latex2sympy2 drops, is refused by our reader and never gets there.
DIFFERENCES: Final = (
    Difference(
        "lent",
        lambda second: "; ".join(f"{SECOND} has no {ours}: it read {name} there" for name, ours in second.lent.items()),
        lambda second: {LENT[name]: FUNCTIONS[ours].write for name, ours in second.lent.items()},
    ),
    Difference(
        "imaginary",
        lambda second: f"{SECOND} takes I for the imaginary unit, and here it is a letter",
        lambda second: {"ImaginaryUnit": lambda: symbol("I")},
    ),
    Difference(
        "log",
        lambda second: rf"{SECOND} takes \log to base 10, and here it is the natural logarithm",
        lambda second: {"log": _natural},
    ),
)


def read_latex_checked(text: str, timeout: float = 10.0) -> Reading:
    r"""The reading of :func:`~symnet.reader.latex.read_latex`, compared with the one of latex2sympy2.

    ``readers`` says who read the formula; ``note`` why latex2sympy2 did not, or which of :data:`DIFFERENCES` was
    allowed for. Of ``f(z) = A = B``, latex2sympy2 reads A.

    Raises :class:`~symnet.errors.ParseError` when our reader does not read it, and when the two read different things.

    >>> read_latex_checked(r"\begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}").note
    'not read a second time: latex2sympy2 has no cases'
    """
    reading, tokens = read_latex_fully(text)
    second = _second(tokens, timeout)
    if second.tree is None:
        return Reading(reading.term, reading.variable, note=second.note)
    try:
        allowed = compare(reading.term, second)
    except Undecided as error:
        return Reading(reading.term, reading.variable, note=f"not compared with a second reading: {error}")
    return reading.read_again(SECOND, "; ".join(allowed))


def compare(ours: Term, second: SecondReading, differences: Sequence[Difference] = DIFFERENCES) -> list[str]:
    """Why the two readings agree in spite of known differences: the reasons, none where there was no difference.

    Raises :class:`~symnet.errors.ParseError` that shows both when they do not agree, and
    :class:`~symnet.errors.Undecided` when there is no second reading, or are too few points to tell.
    """
    if second.tree is None:
        raise Undecided(second.note)
    builders, reasons = BUILDERS, []
    theirs = _built(second.tree, builders)
    where = _where(ours, theirs)
    for row in differences:
        if not where:
            break
        builders = {**builders, **row.builders(second)}
        if (built := _built(second.tree, builders)) != theirs:
            theirs, where = built, _where(ours, built)
            reasons.append(row.reason(second))
    if where:
        said = f"makes no term ({theirs})" if isinstance(theirs, str) else f"reads {shown(theirs)}"
        raise ParseError(f"the two readers differ: symnet reads {shown(ours)}, {SECOND} {said}; {where}")
    return reasons


def _built(tree: Tree, builders: Mapping[str, Build]) -> Term | str:
    """The term of the tree, or why it is none."""
    try:
        return term_of(tree, builders)
    except ParseError as error:
        return str(error)


def _where(ours: Term, theirs: Term | str) -> str:
    return "write it in another way" if isinstance(theirs, str) else difference(ours, theirs)


def second_reading(text: str, timeout: float = 10.0) -> SecondReading:
    """What latex2sympy2 reads, in a new process that is ended after ``timeout`` seconds.

    A formula that our reader does not read is not handed over; the note then says where ours stopped.
    """
    try:
        return _second(read_latex_fully(text)[1], timeout)
    except ParseError as error:
        return SecondReading(note=f"{_NOT_READ}{error}")


def _second(tokens: Sequence[Token], timeout: float) -> SecondReading:
    try:
        formula, lent = spelled(tokens)
        return SecondReading(_answer(formula, timeout), "", lent)
    except ParseError as error:
        return SecondReading(note=f"{_NOT_READ}{error}")


def _answer(formula: str, timeout: float) -> Tree:
    """The tree that the process hands back; :class:`~symnet.errors.ParseError` says why there is none."""
    command = [sys.executable, "-c", _COMMAND, *sys.path]
    try:
        done = subprocess.run(command, input=formula, capture_output=True, text=True, timeout=timeout, check=False)
        answer = json.loads(done.stdout if len(done.stdout) < _LONGEST_ANSWER else "")
    except subprocess.TimeoutExpired:
        raise ParseError(f"{SECOND} was still at it after {timeout:g} seconds") from None
    except (OSError, ValueError, RecursionError):
        raise ParseError(f"{SECOND} ended without an answer") from None
    return _tree(answer)


def _tree(answer: Any) -> Tree:
    match answer:
        case {"tree": list(tree)}:
            return tree
        case {"missing": str()}:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise ParseError(f"{SECOND} is not there (it needs Python before 3.13, and this is {version})")
        case {"error": str(error)}:
            raise ParseError(f"{SECOND} does not read it ({error})")
        case _:
            raise ParseError(f"{SECOND} ended without an answer")
