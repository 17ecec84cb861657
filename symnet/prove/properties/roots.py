"""Square roots of squares: √(w²) = w where w > 0, which no normal form can know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from symnet.errors import SymnetError
from symnet.prove.forms.cleaning import cleaned, exponential, scaled, times
from symnet.prove.forms.generators import Field, in_a_field
from symnet.prove.forms.limits import Unwieldy
from symnet.prove.properties.ground import MINUS, Ground
from symnet.prove.properties.inverse import square_part
from symnet.term import Term, apply, known_function, number, postorder


def with_roots(ground: Ground, line: int, known: Mapping[Term, Sequence[Term]]) -> int:
    """The line with roots of squares replaced by what they are, inner ones first; ``known`` says what some may be."""
    lines, tried = ground.lines, set[Term]()
    while True:
        found = [n for n in postorder(lines.rhs(line)) if n.op == "apply" and known_function(n.value) == "sqrt"]
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

    try:
        return in_a_field(compute, square)
    except Unwieldy:
        return None


def _shared_exponent(f: Any, place: int) -> int:
    """The power of a generator that all monomials of a fraction share."""
    above, below = (min(m[place] for m, _ in p.terms()) for p in (f.numer, f.denom))
    return int(above - below)
