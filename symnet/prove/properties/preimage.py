"""That a function takes every value of an interval: a z for each y, with h(z) = y proved.

What z can be is found by solving h(z) = y. That h(g(y)) is y is seen from the normal form, after √(w²) is replaced by w
where w > 0, which no normal form can know; and where powers of y stand in exponents, first for y = e^t.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from symnet.errors import SymnetError, Undecided
from symnet.kernel.signs import gap
from symnet.prove.forms.cleaning import cleaned, exponential, scaled, times
from symnet.prove.forms.generators import Field
from symnet.prove.lines import Lines
from symnet.prove.properties.algebra import in_field, is_applied, tidy
from symnet.prove.properties.data import Infinite
from symnet.prove.properties.ground import MINUS, Ground
from symnet.prove.properties.inverse import solutions, square_part
from symnet.prove.properties.numerics import as_precise, context, precise
from symnet.prove.properties.region import Region, attempt
from symnet.prove.properties.scan import Spot, spot
from symnet.prove.properties.shape import Cell
from symnet.prove.properties.study import Preimage, Study
from symnet.term import Term, apply, number, postorder, put, substitute, symbol, symbols

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
    y, t, *_ = study.setting.fresh(_LETTERS)
    values = Region(y, *cell.image)
    if not values.is_exact:
        return None
    for found in list(_candidates(study, cell, y))[:_MOST]:
        for proof in (_directly, _by_exponential):
            shown = attempt(lambda lines: proof(study, cell, y, t, found, lines), values.known(study.setting))  # noqa: B023
            if shown is not None:
                return Preimage(shown, len(shown.goals) == 1 + len(_ends(cell)))
    return None


def _ends(cell: Cell) -> list[Spot]:
    return [s for s in (cell.lower, cell.upper) if not s.is_infinite]


def _candidates(study: Study, cell: Cell, y: Term) -> Iterator[Term]:
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
    return _settled(ground, _reached(study, cell, ground, there, y), cell, there)


def _by_exponential(study: Study, cell: Cell, y: Term, t: Term, found: Term, lines: Lines) -> list[int]:
    """First for y = e^t, where powers of y are exponentials; then with t = log y."""
    low, high = (_logarithm(s, study) for s in cell.image)
    ground, above = Region(t, low, high).ground(lines, study.setting), apply("exp", t)
    there = tidy(put(found, y, above))
    line = ground.settled(_reached(study, cell, ground, there, above))
    if line is None:
        raise Undecided("a preimage is not seen to exist")
    line = lines.elementary(lines.write("instantiate", (line,), (t, apply("log", y))), y)
    ground = Region(y, *cell.image).ground(lines, study.setting)
    return _settled(ground, line, cell, put(there, t, apply("log", y)))


def _settled(ground: Ground, line: int, cell: Cell, there: Term) -> list[int]:
    """The line without conditions, and the lines g(y) − c > 0 and c − g(y) > 0 for the ends of the cell."""
    settled = ground.settled(line)
    if settled is None:
        raise Undecided("a preimage is not seen to exist")
    low, high = cell.lower.term, cell.upper.term
    above = [] if low is None else [gap(low, there)]
    below = [] if high is None else [gap(there, high)]
    inside = [ground.positive(difference) for difference in (*above, *below)]
    return [settled, *(n for n in inside if n is not None)]


def _logarithm(value: Spot, study: Study) -> Spot:
    """log of an end of the values, which may be 0."""
    if value.value is Infinite.ABOVE:
        return value
    if all(x == 0 for x in value.numbers):
        return spot(Infinite.BELOW, study.setting)
    if value.term is None or any(x < 0 for x in value.numbers):
        raise Undecided("a value has no logarithm")
    return spot(cleaned(apply("log", value.term)), study.setting)


def _reached(study: Study, cell: Cell, ground: Ground, there: Term, value: Term) -> int:
    """The line h(g) = the value."""
    lines, z, formula = ground.lines, study.curve.variable, cell.part.formula
    line = lines.discharge(study.curve.opened(lines, cell.part))
    fraction = in_field(lambda field: field.written(field.value(formula)), formula)
    forms = [line] if fraction in (None, formula) else [line, lines.same(line, fraction)]
    known = _roots(formula, z, there, value)
    for form in forms:
        moved = lines.write("instantiate", (form,), (z, there)) if there != z else form
        for rooted in (lambda n: n, lambda n: with_roots(ground, n, known)):
            try:
                return lines.same(rooted(moved), value)
            except SymnetError:
                continue
    raise Undecided("that this is a preimage is not seen")


def _roots(formula: Term, z: Term, there: Term, value: Term) -> dict[Term, list[Term]]:
    """What the roots in a formula have to be where it has that value."""
    roots = [n for n in postorder(formula) if is_applied(n, "sqrt") and z in symbols(n)]
    return {
        put(root, z, there): [
            tidy(put(w, z, there)) for w in solutions(substitute(formula, {root: _ROOT}), _ROOT, value)
        ]
        for root in roots
    }


# Square roots of squares.


def with_roots(ground: Ground, line: int, known: Mapping[Term, Sequence[Term]]) -> int:
    """The line with roots of squares replaced by what they are, inner ones first; ``known`` says what some may be."""
    lines, tried = ground.lines, set[Term]()
    while True:
        found = [n for n in postorder(lines.rhs(line)) if is_applied(n, "sqrt")]
        root = next((n for n in found if n not in tried), None)
        if root is None:
            return line
        tried.add(root)
        candidates = [w for w in (_square_root(root.args[0]), *known.get(root, ())) if w not in (None, root)]
        lemma = next((n for w in candidates if (n := _lemma(ground, root, w)) is not None), None)
        line = line if lemma is None else lines.substitute(line, lemma)


def _lemma(ground: Ground, root: Term, value: Term) -> int | None:
    try:
        return _root(ground, root, value)
    except SymnetError:
        return None


def _root(ground: Ground, root: Term, value: Term) -> int | None:
    """The line s = w for s = √(w²): (s − w)(s + w) = 0, and s + w > 0."""
    lines = ground.lines
    if ground.sign(value) == -1:
        value = cleaned(MINUS * value)
    positive = ground.positive(value)
    if positive is None:
        return None
    line = lines.regroup(lines.start(root - value), (root - value) * (root + value) / (root + value))
    line = lines.elementary(line, number(0))
    nonzero = ground.concluded(lines.start(root + value), [positive])
    if nonzero is None:
        return None
    line = lines.discharge(line, nonzero)
    line = lines.substitute(lines.regroup(lines.start(root), (root - value) + value), line)
    return lines.regroup(line, value)


def _square_root(square: Term) -> Term | None:
    """A term with that square, up to its sign: u √v for u² v, where u is not a number."""

    def compute(field: Field) -> Term | None:
        f, exponentials = field.value(cleaned(square)), list[Term]()
        for place, exponent in ((p, _shared_exponent(f, p)) for p in field.exponents):
            f = f / field.variables[place] ** exponent
            exponentials.append(exponential(scaled(Fraction(exponent, 2), field.atoms[place].args[0])))
        outside, inside = square_part(field, f)
        found = times([outside, *exponentials])
        if found.op == "number":
            return None
        return found if inside == number(1) else times([found, apply("sqrt", inside)])

    return in_field(compute, square)


def _shared_exponent(f: Any, place: int) -> int:
    """The power of a generator that all monomials of a fraction share."""
    above, below = (min(m[place] for m, _ in p.terms()) for p in (f.numer, f.denom))
    return int(above - below)
