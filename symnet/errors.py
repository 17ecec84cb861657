"""The one family of errors: everything symnet raises on purpose is a :class:`SymnetError`."""

from __future__ import annotations

from typing import Any


class SymnetError(Exception):
    """The base of every error that symnet raises on purpose."""


class UsageError(SymnetError, ValueError):
    """An argument is of the wrong kind or out of range; the message says which and what to write instead."""


class ShapeError(SymnetError, ValueError):
    """Two shapes do not fit together, as in ``W @ x`` with W 3×2 and x 3×1."""


class Rejected(SymnetError):
    """The kernel does not accept a derivation. This says *not proved*, never *false*."""


class ParseError(SymnetError, ValueError):
    """A file or a text is not what it should be; the message says where it stops making sense."""


class MissingDependency(SymnetError, ImportError):
    """A library that this operation needs is not installed; the message says how to install it."""


class WitnessFailed(SymnetError):
    """A proved formula and the torch forward pass differ by more than rounding can explain.

    ``report`` holds the measurement that failed.
    """

    def __init__(self, message: str, report: Any = None) -> None:
        super().__init__(message)
        self.report = report


class NotAffine(SymnetError):
    """An exact counterexample shows that the network is not one affine map for the weights it names.

    ``counterexample`` holds the weights, the inputs p and q, and the three values that refute affinity.
    """

    def __init__(self, message: str, counterexample: Any = None) -> None:
        super().__init__(message)
        self.counterexample = counterexample


class Undecided(SymnetError):
    """Neither a proof nor a counterexample was found; the message says what was tried."""


def brief(value: object) -> str:
    """A value as an error message shows it: short, whatever it is.

    >>> brief(0.5), brief((2, 0)), brief([[]]), brief(10**5000)
    ('0.5', '(2, 0)', 'a list', 'a number of 16610 bits')
    """
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a number of {value.bit_length()} bits"
    if isinstance(value, int | float | complex | None):
        return repr(value)
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:40]}…")
    if isinstance(value, tuple) and len(value) <= 4 and all(isinstance(v, int | float | str | None) for v in value):
        return f"({', '.join(map(brief, value))}{',' * (len(value) == 1)})"
    return f"a {type(value).__name__}"
