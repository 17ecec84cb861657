"""What is to be derived: a name of the table, an expression, a callable, or a formula in text or LaTeX, as a term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Final

from symnet.activations import ACTIVATIONS, ALIASES, Activation, Z, find
from symnet.errors import ParseError, UsageError, brief
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


def subject_of(given: Any, variable: str | None = None, parameters: Mapping[str, Any] | None = None) -> Subject:
    """Find out what is to be derived.

    Raises :class:`~symnet.errors.ParseError` for a text that is no formula and no name, and
    :class:`~symnet.errors.UsageError` for anything else that is no function of one variable.
    """
    row = find(given) if isinstance(given, str) and _is_name(given) else None
    if row is not None:
        return _of_row(row, variable, parameters or {})
    function, said, reading = _function(given, variable)
    chosen = _variable(function, variable) if said is None or variable is not None else said
    title = getattr(given, "__name__", "") if callable(given) else ""
    numbers = _numbers(function, chosen, parameters or {})
    return Subject(title if title.isidentifier() else "a function", function, chosen, numbers, reading=reading)


def _is_name(text: str) -> bool:
    name = text.strip().lower()
    if name in ACTIVATIONS or name in ALIASES:
        return True
    if name.isidentifier() and len(name) > 2:
        close = get_close_matches(name, [*ACTIVATIONS, *ALIASES], n=3)
        hint = f": did you mean {' or '.join(close)}?" if close else "; see symnet derive --list"
        raise UsageError(f"there is no activation {brief(text)}{hint}")
    return False


def _of_row(row: Activation, variable: str | None, parameters: Mapping[str, Any]) -> Subject:
    if row.arbitrary:
        raise UsageError(f"{row.name} stands for any function: there is nothing to derive")
    if variable not in (None, Z.name.base):
        raise UsageError(f"{row.name} is a function of z, so variable={variable!r} cannot be given")
    given = {symbol(name): rational(value, name) for name, value in parameters.items()}
    assumptions = tuple(c for p in row.parameters for c in p.assumptions)
    return Subject(row.title, row.definition, Z, row.numbers(given), assumptions, row)


def _function(given: Any, variable: str | None) -> tuple[Term, Term | None, str]:
    """The function as a term, the variable if the text says it, and who has read the text."""
    if isinstance(given, Term):
        return given, None, ""
    if isinstance(given, str):
        return _from_text(given)
    from symnet.reader.bridge import from_callable, from_sympy

    if hasattr(given, "free_symbols"):
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
    names = {s.name.base: s for s in symbols(function) if not s.name.positions}
    if wanted is not None:
        return names.get(wanted, symbol(wanted))
    found = next((names[v] for v in VARIABLES if v in names), None)
    if found is not None:
        return found
    if len(names) == 1:
        return next(iter(names.values()))
    if not symbols(function):
        return Z
    raise ParseError(f"which of {', '.join(map(str, symbols(function)))} is the variable? Say so, as in variable='z'")


def _numbers(function: Term, variable: Term, given: Mapping[str, Any]) -> dict[Term, Fraction]:
    letters = [s for s in symbols(function) if s != variable]
    if unknown := given.keys() - {str(s.name) for s in letters}:
        raise UsageError(f"the function has no letter {', '.join(sorted(unknown))}")
    if len(letters) > len(DEFAULTS):
        raise UsageError(f"a function of more than {len(DEFAULTS)} letters besides {variable} is too much")
    defaults = dict(zip(letters, DEFAULTS, strict=False))
    return {s: rational(given[str(s.name)], str(s.name)) if str(s.name) in given else defaults[s] for s in letters}


def rational(value: Any, name: str) -> Fraction:
    """A number for a letter: an int, a Fraction or a string such as "0.2" or "1/5"; a float is refused."""
    try:
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Fraction(value)
        if isinstance(value, str) and len(value) <= 100:
            return Fraction(value)
    except (ValueError, ZeroDivisionError):
        pass
    hint = (
        f"write {name}='{value}'" if isinstance(value, float) else "write an int, a Fraction or a string such as '0.2'"
    )
    raise UsageError(f"{name} takes an exact number, not {brief(value)}: {hint}")
