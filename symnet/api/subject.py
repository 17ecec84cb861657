"""What is to be derived: a name of the table, an expression, a callable, or a formula in text or LaTeX, as a term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from numbers import Rational
from typing import Any, Final

from symnet.activations import ACTIVATIONS, ALIASES, Activation, Z, find
from symnet.errors import UsageError, brief
from symnet.network.reading import exact
from symnet.prove.branches import value_at
from symnet.prove.settling import compare
from symnet.term import Condition, Term, symbol, symbols

#: Letters that are taken for the variable, the first of them that occurs.
VARIABLES: Final = ("z", "x", "t", "u", "y")
#: Numbers for the letters of an expression, where the caller gives none. Any would do; these are all different.
DEFAULTS: Final = tuple(Fraction(n, 4) for n in (5, 3, 7, 2, 9, 11, 6, 13))


@dataclass(frozen=True, slots=True)
class Subject:
    """A function of one variable, with a number for each of its other letters and what may be assumed of them."""

    title: str
    function: Term
    variable: Term
    numbers: dict[Term, Fraction]
    assumptions: tuple[Condition, ...] = ()
    row: Activation | None = None
    reading: str = ""


def subject_of(given: Any, variable: Any = None, parameters: Mapping[Any, Any] | None = None) -> Subject:
    """Find out what is to be derived.

    >>> subject_of("z*atan(c*z)").numbers
    {c: Fraction(5, 4)}
    >>> subject_of("sigmod")
    Traceback (most recent call last):
    symnet.errors.UsageError: there is no activation 'sigmod': did you mean sigmoid?

    Raises :class:`~symnet.errors.ParseError` for a text that is no formula and no name, and
    :class:`~symnet.errors.UsageError` for anything else that is no function of one variable.
    """
    wanted = _variable_name(variable)
    numbers = {str(name): rational(value, str(name)) for name, value in (parameters or {}).items()}
    row = _row(given) if isinstance(given, str) else None
    if row is not None:
        return _of_row(row, wanted, numbers)
    function, said, reading = _function(given, wanted)
    chosen = _variable(function, wanted) if said is None or wanted is not None else said
    title = getattr(given, "__name__", "") if callable(given) else ""
    known = _numbers(function, chosen, numbers)
    return Subject(title if title.isidentifier() else "a function", function, chosen, known, reading=reading)


def _variable_name(variable: Any) -> str | None:
    """The name of a variable, which may be given as a SymPy symbol."""
    name = getattr(variable, "name", variable)
    if name is None or (isinstance(name, str) and symbol(name)):
        return name
    raise UsageError(f"variable takes a name, as in variable='z', not {brief(variable)}")


def _row(text: str) -> Activation | None:
    """The row of that name, in letters of either size; None for a formula."""
    name = text.strip().lower()
    if name in ACTIVATIONS or name in ALIASES:
        return find(name)
    if name.isidentifier() and len(name.partition("_")[0]) > 1 and len(name) > 2:
        close = get_close_matches(name, [*ACTIVATIONS, *ALIASES], n=3)
        hint = f": did you mean {' or '.join(close)}?" if close else "; see symnet derive --list"
        raise UsageError(f"there is no activation {brief(text)}{hint}")
    return None


def _of_row(row: Activation, variable: str | None, given: Mapping[str, Fraction]) -> Subject:
    if row.arbitrary:
        raise UsageError(f"{row.name} stands for any function: there is nothing to derive")
    if variable not in (None, Z.name.base):
        raise UsageError(f"{row.name} is a function of z, so variable={variable!r} cannot be given")
    letters = {str(p.symbol.name): p.symbol for p in row.parameters}
    if unknown := sorted(given.keys() - letters.keys()):
        known = f"its letters are {', '.join(letters)}" if letters else "it has none"
        raise UsageError(f"{row.name} has no parameter {', '.join(unknown)}: {known}")
    numbers = row.numbers({letters[name]: value for name, value in given.items()})
    # what the numbers do not fulfil, as a slope of 2 in a leaky ReLU, is not assumed
    assumptions = tuple(
        c for p in row.parameters for c in p.assumptions if compare(value_at(c.term, numbers), c.relation)
    )
    return Subject(row.title, row.definition, Z, numbers, assumptions, row)


def _function(given: Any, variable: str | None) -> tuple[Term, Term | None, str]:
    """The function as a term, the variable if the text says it, and who has read the text."""
    if isinstance(given, Term):
        return given, None, ""
    if isinstance(given, str):
        return _from_text(given)
    from symnet.reader.bridge import from_callable, from_sympy

    if hasattr(given, "free_symbols") and not isinstance(given, type):
        return from_sympy(given), None, ""
    if callable(given):
        return from_callable(given, variable or Z.name.base), None, ""
    raise UsageError(f"derive takes a name, an expression, a callable or LaTeX, not {brief(given)}")


def _from_text(text: str) -> tuple[Term, Term | None, str]:
    from symnet.reader.latex import looks_like_latex
    from symnet.reader.second import read_latex_checked
    from symnet.reader.text import read_text_fully

    found = read_latex_checked(text) if looks_like_latex(text) else read_text_fully(text)
    note = f" ({found.note})" if found.note else ""
    return found.term, found.variable, f"read by {' and '.join(found.readers)}{note}"


def _variable(function: Term, wanted: str | None) -> Term:
    if function.shape:
        raise UsageError("derive takes a scalar function, not a matrix")
    names = {str(s.name): s for s in symbols(function)}
    letters = ", ".join(names)
    if wanted is not None and wanted not in names and letters:
        raise UsageError(f"the function has no variable {wanted}; its letters are {letters}")
    if not names:
        return symbol(wanted or Z.name.base)
    likely = [wanted or "", *VARIABLES, *(names if len(names) == 1 else ())]
    found = next((names[v] for v in likely if v in names), None)
    if found is None:
        raise UsageError(f"which of {letters} is the variable? Say so, as in variable={min(names)!r}")
    return found


def _numbers(function: Term, variable: Term, given: Mapping[str, Fraction]) -> dict[Term, Fraction]:
    letters = [s for s in symbols(function) if s != variable]
    if unknown := sorted(given.keys() - {str(s.name) for s in letters}):
        raise UsageError(f"the function has no letter {', '.join(unknown)} besides its variable {variable}")
    if len(letters) > len(DEFAULTS):
        raise UsageError(f"a function of more than {len(DEFAULTS)} letters besides {variable} is too much")
    defaults = dict(zip(letters, DEFAULTS, strict=False))
    return {s: given.get(str(s.name), defaults[s]) for s in letters}


def rational(value: Any, name: str) -> Fraction:
    """A number for a letter: a whole number, a fraction or a string such as "0.2" or "1/5".

    Raises :class:`~symnet.errors.UsageError` for anything else; a float is refused with a hint.
    """
    if isinstance(value, Rational) and not isinstance(value, bool):  # SymPy's and NumPy's numbers too
        return Fraction(int(value.numerator), int(value.denominator))
    return exact(value, name)
