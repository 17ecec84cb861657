"""That a function takes every value of an interval: a z for each y, with h(z) = y proved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from symnet.errors import SymnetError, Undecided
from symnet.kernel.signs import gap
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.forms.generators import in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.lines import Lines
from symnet.prove.properties.caching import tidy
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.ground import Ground
from symnet.prove.properties.inclusion import Preimage, Study
from symnet.prove.properties.inverse import solutions
from symnet.prove.properties.numerics import as_precise, context, precise
from symnet.prove.properties.region import Region
from symnet.prove.properties.roots import with_roots
from symnet.prove.properties.scan import Spot, spot
from symnet.prove.properties.shape import Cell
from symnet.term import Term, apply, known_function, postorder, put, substitute, symbol, symbols

#: Letters for a value and its logarithm, the first that the function does not have.
_LETTERS: Final = ("y", "s", "t", "u", "v", "w", "x", "p", "q", "r", "k", "l", "m", "n")
_ROOT: Final = symbol("root")
#: How many solutions are tried.
_MOST: Final = 3
_PARTS: Final = tuple(Fraction(n, 100) for n in (1, 20, 50, 80, 99))
_STEPS: Final = tuple(Fraction(n, 100) for n in (1, 30, 100, 700, 9000))


def preimage(study: Study, cell: Cell) -> Preimage | None:
    """The line h(g(y)) = y for all y between the ends of the values on a cell; None where none is proved."""
    if cell not in study.preimages:
        study.preimages[cell] = _preimage(study, cell)
    return study.preimages[cell]


def _preimage(study: Study, cell: Cell) -> Preimage | None:
    y, t = _letters(study)
    for candidate in list(candidates(study, cell, y))[:_MOST]:
        for proof in (_directly, _by_exponential):
            lines = Lines()
            try:
                goals = proof(study, cell, y, t, candidate, lines)
            except SymnetError:
                continue
            if goals:
                return Preimage(lines.kept(*dict.fromkeys(goals))[0], len(goals) == 1 + len(_ends(cell)))
    return None


def _ends(cell: Cell) -> list[Spot]:
    return [s for s in (cell.lower, cell.upper) if s.term is not None]


def _letters(study: Study) -> tuple[Term, Term]:
    taken = {s.name.base for s in (study.curve.variable, *study.setting.letters)}
    first, second, *_ = (symbol(x) for x in _LETTERS if x not in taken)
    return first, second


def candidates(study: Study, cell: Cell, y: Term) -> Iterator[Term]:
    """Solutions of f(z) = y that lie in the cell for all y that are tried."""
    for found in solutions(cell.part.formula, study.curve.variable, y):
        if all(_fits(study, cell, y, found, i) for i in range(len(study.setting.samples))):
            yield found


def _fits(study: Study, cell: Cell, y: Term, found: Term, sample: int) -> bool:
    numbers = study.setting.samples[sample]
    for value in _between(*(s.numbers[sample] for s in cell.image)):
        z = precise(found, {**numbers, y: value})
        if z is None or not cell.lower.numbers[sample] <= z <= cell.upper.numbers[sample]:
            return False
        there = precise(cell.part.formula, {**numbers, study.curve.variable: z})
        if there is None or abs(there - value) > 1e-30 * (1 + abs(value)):
            return False
    return True


def _between(low: Any, high: Any) -> Iterator[Any]:
    inf = context().isinf
    if inf(low) and inf(high):
        yield from (sign * as_precise(q) for q in _STEPS for sign in (1, -1))
    elif inf(low) or inf(high):
        yield from (high - as_precise(q) if inf(low) else low + as_precise(q) for q in _STEPS)
    else:
        yield from (low + (high - low) * as_precise(q) for q in _PARTS)


# Proofs.


def _directly(study: Study, cell: Cell, y: Term, t: Term, found: Term, lines: Lines) -> list[int]:
    """h(g(y)) = y from the normal form, and that g(y) lies in the cell."""
    ground = Region(y, *cell.image).ground(lines, study.setting)
    there = tidy(found)
    line = ground.settled(_reached(study, cell, ground, there, y))
    return [] if line is None else [line, *_inside(cell, ground, there)]


def _inside(cell: Cell, ground: Ground, there: Term) -> Iterator[int]:
    """The lines g(y) − c > 0 and c − g(y) > 0 for the ends of a cell."""
    for end in _ends(cell):
        at = end.term or there
        line = ground.positive(gap(at, there) if end is cell.lower else gap(there, at))
        if line is not None:
            yield line


def _by_exponential(study: Study, cell: Cell, y: Term, t: Term, found: Term, lines: Lines) -> list[int]:
    """First for y = e^t, where powers of y are exponentials; then with t = log y."""
    logarithms = [_logarithm(s, study) for s in cell.image]
    if None in logarithms:
        return []
    low, high = (s for s in logarithms if s is not None)
    ground, above = Region(t, low, high).ground(lines, study.setting), apply("exp", t)
    there = tidy(put(found, y, above))
    line = ground.settled(_reached(study, cell, ground, there, above))
    if line is None:
        return []
    ground = Region(y, *cell.image).ground(lines, study.setting)
    moved = lines.elementary(lines.write("instantiate", (line,), (t, apply("log", y))), y)
    line = ground.settled(moved)
    return [] if line is None else [line, *_inside(cell, ground, put(there, t, apply("log", y)))]


def _logarithm(value: Spot, study: Study) -> Spot | None:
    """log of an end of the values, which may be 0."""
    if value.value is Infinite.ABOVE:
        return value
    if all(x == 0 for x in value.numbers):
        return spot(Infinite.BELOW, study.setting)
    if value.term is None or any(x < 0 for x in value.numbers):
        return None
    return spot(cleaned(apply("log", value.term)), study.setting)


def _reached(study: Study, cell: Cell, ground: Ground, there: Term, value: Term) -> int:
    """The line h(g) = the value."""
    lines, z, part = ground.lines, study.curve.variable, cell.part
    line = lines.discharge(study.curve.opened(lines, lambda t: t, part.arms, part.formula))
    forms = [line]
    as_fraction = fraction_of(part.formula)
    if as_fraction not in (None, part.formula):
        forms.append(lines.same(line, as_fraction))
    for form in forms:
        moved = lines.write("instantiate", (form,), (z, there)) if there != z else form
        for roots in (False, True):
            try:
                return lines.same(
                    with_roots(ground, moved, _roots(part.formula, z, there, value)) if roots else moved, value
                )
            except SymnetError:
                continue
    raise Undecided("that this is a preimage is not seen")


def _roots(formula: Term, z: Term, there: Term, value: Term) -> dict[Term, list[Term]]:
    """What the roots in a formula have to be where it has that value."""
    found = {}
    for root in [n for n in postorder(formula) if n.op == "apply" and known_function(n.value) == "sqrt"]:
        if z in symbols(root):
            candidates = solutions(substitute(formula, {root: _ROOT}), _ROOT, value)
            found[put(root, z, there)] = [tidy(put(w, z, there)) for w in candidates]
    return found


def fraction_of(term: Term) -> Term | None:
    """The term as one fraction, in powers of exponentials that are as large as possible."""
    try:
        return in_a_field(lambda field: field.written(field.value(term)), term)
    except Unwieldy:
        return None
