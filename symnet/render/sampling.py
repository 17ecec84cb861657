"""A term as a function from floats to floats, for pictures.

Floats come first. Where they overflow, cancel, or cannot decide a comparison, the point is computed again by mpmath,
whose exponents have no bounds: 1/(1 + exp(1000)) is 0, and no error. A point where the term has no value gives nan.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from symnet.errors import UsageError
from symnet.render.precision import OPS, Absent, Arithmetic, Found, Valued, applied, floats, reals
from symnet.term import Term, known_function, postorder

#: The most distinct subterms that are drawn, and the most operations that are spent on them, in mpmath and in floats.
LONGEST: Final = 3_000
WORK: Final = 200_000
FLOAT_WORK: Final = 1_000_000
#: The largest exponent, in bits.
EXPONENT: Final = 64
#: The precisions, in bits, that follow upon floats.
PRECISIONS: Final = (200, 1000)
#: What is good enough for a picture.
RELATIVE: Final = 1e-9
ABSOLUTE: Final = 1e-10

#: One line of a program: an op, where its arguments stand in the program, and what it carries.
Line = tuple[str, tuple[int, ...], Any]


class Function:
    """A term as a function of one variable; with none, of a number that it does not depend on.

    It is undefined wherever ``within`` is: a derivative exists in the domain of its function only.

    Raises :class:`~symnet.errors.UsageError` for what cannot be drawn: a symbol without a value, a function of which
    nothing is known, a derivative that is not carried out, and a term that is too long.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> sigmoid = Function(1 / (1 + apply("exp", -z)), z)
    >>> sigmoid(0), sigmoid(-1000), Function(1 / z, z)(0)
    (0.5, 0.0, nan)
    """

    def __init__(
        self,
        term: Term,
        variable: Term | None = None,
        values: Mapping[Term, Fraction] | None = None,
        within: Function | None = None,
    ) -> None:
        self._program = _program(term, variable, values or {})
        self._within = within
        self._constants: dict[int, list[Found | None]] = {}
        self._known: dict[float, float] = {}
        self._work = 0
        #: How many points a curve of this function may have.
        self.points = max(500, min(4000, FLOAT_WORK // len(self._program)))

    def __call__(self, x: float) -> float:
        """The value at x, nan where there is none."""
        if x not in self._known:
            outside = self._within is not None and math.isnan(self._within(x))
            self._known[x] = math.nan if outside else self._value(Fraction(x))
        return self._known[x]

    def _value(self, x: Fraction) -> float:
        for level in range(1 + len(PRECISIONS)):
            found = self._at(x, level)
            if found is Absent.UNDEFINED:
                return math.nan
            if isinstance(found, Valued) and found.error <= RELATIVE * abs(found.value) + ABSOLUTE:
                return float(found.value)
        return math.nan

    def _at(self, x: Fraction, level: int) -> Found:
        arithmetic = _arithmetic(level)
        self._charge(level)
        results: list[Found] = []
        for line, constant in zip(self._program, self._prepared(level), strict=True):
            op, places, carried = line
            if op == "symbol":
                results.append(arithmetic.number(x))
            else:
                results.append(constant or applied(op, carried, [results[p] for p in places], arithmetic))
        return results[-1]

    def _prepared(self, level: int) -> list[Found | None]:
        """The numbers of the program, which are the same at every point."""
        if level not in self._constants:
            arithmetic = _arithmetic(level)
            self._constants[level] = [
                None if places or op == "symbol" else applied(op, carried, (), arithmetic)
                for op, places, carried in self._program
            ]
        return self._constants[level]

    def _charge(self, level: int) -> None:
        self._work += len(self._program) if level else 0
        if self._work > WORK:
            raise UsageError(
                "this function is too hard to draw: floats are not enough for it, and more would take long"
            )


@cache
def _arithmetic(level: int) -> Arithmetic:
    return reals(PRECISIONS[level - 1], level == len(PRECISIONS)) if level else floats()


def value_of(term: Term, values: Mapping[Term, Fraction] | None = None) -> float:
    """The value of a closed term, or of one in parameters that have values; nan where it has none.

    >>> from symnet.term import constant, symbol
    >>> value_of(constant("pi") / 2), value_of(-symbol("alpha"), {symbol("alpha"): Fraction(1, 2)})
    (1.5707963267948966, -0.5)
    """
    return Function(term, None, values)(0)


def _program(term: Term, variable: Term | None, values: Mapping[Term, Fraction]) -> list[Line]:
    """The distinct subterms, each after its arguments."""
    places: dict[Term, int] = {}
    program: list[Line] = []
    for node in postorder(term):
        if node in places:
            continue
        if len(places) == LONGEST:
            raise UsageError(f"a function of more than {LONGEST:,} distinct parts is too long to draw")
        places[node] = len(program)
        program.append(_line(node, tuple(places[a] for a in node.args), variable, values))
    return program


def _line(node: Term, args: tuple[int, ...], variable: Term | None, values: Mapping[Term, Fraction]) -> Line:
    if node == variable:
        return "symbol", (), None
    if node.op == "symbol":
        if node not in values:
            raise UsageError(f"{node.name} needs a number before this can be drawn: give it in values")
        return "number", (), Fraction(values[node])
    if node.op == "apply" and not known_function(node.value):
        raise UsageError(f"{node.name} cannot be drawn: nothing is known of this function")
    if node.op == "power" and node.value.bit_length() > EXPONENT:
        raise UsageError(
            f"a power with an exponent of {node.value.bit_length()} bits cannot be drawn: take at most {EXPONENT}"
        )
    if node.op not in OPS:
        raise UsageError(f"{node.op} cannot be drawn: write the function without it")
    return node.op, args, node.value
