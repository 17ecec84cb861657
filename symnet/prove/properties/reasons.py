"""Why a term is positive: the reasons that are tried, in this order.

The signs of its parts as written; the same for a product of factors; a combination of products of what is known to be
positive; f(u) > f(v) since u > v, for f that increases; a sum of squares; A + B√q as (A² − B² q)/(A − B√q); the arm of
a case distinction that is taken; and the two signs of a letter one after the other. The kernel checks each.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symnet.kernel.analysis import BOUNDS
from symnet.prove.branches import arms_at
from symnet.prove.forms.cleaning import cleaned
from symnet.prove.properties.algebra import is_applied
from symnet.prove.properties.combination import combination
from symnet.prove.properties.ground import MINUS, Ground, Reason
from symnet.prove.properties.writing import Comparison, comparisons, factored, halves, product, squares
from symnet.term import Condition, Term, apply, known_function, number, postorder, symbols


def by_signs(ground: Ground, term: Term, strict: bool) -> int | None:
    """From the signs of the parts as written."""
    return ground.concluded(ground.lines.start(term))


def by_value(ground: Ground, term: Term, strict: bool) -> int | None:
    """Where nothing but a number is left of it."""
    value = number(0) if ground.sign(term) == 0 else cleaned(term)
    return ground.concluded(ground.lines.same(ground.lines.start(term), value)) if value.op == "number" else None


def by_parts(ground: Ground, term: Term, strict: bool) -> int | None:
    """The same with the signs of roots and logarithms, and with bounds of functions."""
    lemmas = list(part_lemmas(ground, term))
    return ground.concluded(ground.lines.start(term), lemmas) if lemmas else None


def part_lemmas(ground: Ground, term: Term) -> Iterator[int]:
    """Lines such as 1 − tanh u > 0 about the functions in a term, and the signs of letters and of radicands."""
    for node in dict.fromkeys(postorder(term)):
        function = known_function(node.value) if node.op == "apply" else ""
        if function in BOUNDS:
            bound, _ = BOUNDS[function]
            yield ground.lines.write("bounded", (), (bound - node,))
            yield ground.lines.write("bounded", (), (bound + node,))
        about = node.args[0] if function in ("sqrt", "tanh", "atan", "erf") else None
        if function == "log" or (node.op == "symbol" and not _is_known(ground, node)):
            about = node
        sign = ground.sign(about) if about not in (None, term) else None
        if about is not None and sign:
            found = ground.deeper().positive(about if sign > 0 else MINUS * about)
            if found is not None:
                yield found


def _is_known(ground: Ground, letter: Term) -> bool:
    return letter not in ground.points or any(c.term in (letter, MINUS * letter) for c in ground.known)


def by_factors(ground: Ground, term: Term, strict: bool) -> int | None:
    """From the signs of the factors of a product."""
    found = factored(term)
    written = found and product(*found)
    if found is None or written is None or written == term:
        return None
    lemmas = []
    for factor, n in found[1]:
        if n % 2 == 0 and not (strict and n > 0):
            continue
        sign = ground.sign(factor)
        if sign is None:
            return None
        lemma = ground.deeper().positive(factor if sign >= 0 else MINUS * factor, strict or n < 0)
        if lemma is None:
            return None
        lemmas.append(lemma)
    return ground.concluded(ground.lines.same(ground.lines.start(term), written), lemmas)


def by_combination(ground: Ground, term: Term, strict: bool) -> int | None:
    """From a sum of products of what is known to be positive."""
    lemmas = [*ground.suppositions(), *part_lemmas(ground, term), *_exponential_lemmas(ground, term)]
    known = [ground.lines[n].inequalities[0].term for n in lemmas]
    known += [node for node in postorder(*known, term) if _is_positive(node)]
    found = combination(term, tuple(dict.fromkeys(known)))
    return None if found is None else ground.concluded(ground.lines.same(ground.lines.start(term), found), lemmas)


def _exponential_lemmas(ground: Ground, term: Term) -> Iterator[int]:
    """The lines e^u − 1 > 0 or 1 − e^u > 0 about exponentials in a term and in what is known, if u shows its sign."""
    one, zero = number(1), number(0)
    for node in dict.fromkeys(postorder(*(c.term for c in ground.known), term)):
        if is_applied(node, "exp") and (sign := ground.sign(node.args[0])):
            u, lines = node.args[0], ground.lines
            shown = by_signs(ground, u if sign > 0 else MINUS * u, False)
            if shown is not None:
                high, low = (u, zero) if sign > 0 else (zero, u)
                above = lines.regroup(shown, high - low)
                found = lines.write("monotone", (above,), (apply("exp", high) - apply("exp", low),))
                yield lines.elementary(found, node - one if sign > 0 else one - node)


def _is_positive(node: Term) -> bool:
    return node.op == "constant" or is_applied(node, "exp", "sqrt")


def by_comparison(ground: Ground, term: Term, strict: bool) -> int | None:
    """From f(u) > f(v), since u > v and f increases."""
    for found in comparisons(term):
        lemma = _compared(ground, found, strict)
        if lemma is not None:
            return ground.concluded(ground.lines.same(ground.lines.start(term), found.written), [lemma])
    return None


def _compared(ground: Ground, found: Comparison, strict: bool) -> int | None:
    """The line f(u) − f(v) > 0."""
    lines, difference = ground.lines, found.high.args[0] - found.low.args[0]
    line = ground.deeper().positive(difference, strict)
    if line is None:
        return None
    return ground.settled(lines.write("monotone", (lines.regroup(line, difference),), (found.high - found.low,)))


def by_squares(ground: Ground, term: Term, strict: bool) -> int | None:
    """From a sum of squares."""
    found = squares(term)
    return None if found is None else ground.concluded(ground.lines.same(ground.lines.start(term), found))


def by_root(ground: Ground, term: Term, strict: bool) -> int | None:
    """A + B√q: from the signs of A and B, or of (A² − B² q)/(A − B√q)."""
    for root in [n for n in postorder(term) if is_applied(n, "sqrt") and symbols(n)]:
        found = halves(term, root)
        sign = None if found is None else ground.sign(found[1])
        if found is None or not sign:
            continue
        about = ground.sign(found[0])
        if sign > 0 and about is None:
            return by_cases(ground, term, strict, found[0])
        return _with_root(ground, term, strict, root, found, sign, about or 0)
    return None


def _with_root(
    ground: Ground, term: Term, strict: bool, root: Term, found: tuple[Term, Term, Term], sign: int, about: int
) -> int | None:
    """The same for the signs of B and A."""
    a, b, norm = found
    lines, below = ground.lines, ground.deeper()
    lemmas = [below.positive(root), _either_way(below, b, sign)]
    if about:
        lemmas.append(_either_way(below, a, about))
    if sign < 0 or about < 0:
        top, other = (norm, a - b * root) if sign < 0 else (cleaned(-norm), b * root - a)
        lemmas.append(below.positive(top, strict))
        written = top / other
    else:
        written = a + b * root
    if None in lemmas:
        return None
    return ground.concluded(lines.same(lines.start(term), written), [n for n in lemmas if n is not None])


def _either_way(ground: Ground, term: Term, sign: int) -> int | None:
    """The line ±t > 0, or ±t ≥ 0 if there is no better one."""
    signed = term if sign > 0 else MINUS * term
    found = ground.positive(signed)
    return ground.positive(signed, strict=False) if found is None else found


def by_arm(ground: Ground, term: Term, strict: bool) -> int | None:
    """Where a case distinction takes the same arm throughout: from what is there."""
    if all(n.op != "cases" for n in postorder(term)) or not all(len(v) for v in ground.points.values()):
        return None
    lines, here = ground.lines, {s: Fraction(float(v[0])) for s, v in ground.points.items()}
    line = lines.take(lines.start(term), arms_at(term, here)[0])
    lemma = ground.deeper().positive(lines.rhs(line), strict)
    return None if lemma is None else ground.concluded(line, [lemma])


def by_sign_of_variable(ground: Ground, term: Term, strict: bool) -> int | None:
    """Where a letter may be of either sign: one after the other."""
    for letter in symbols(term):
        if ground.sign(letter) is None and letter in ground.points:
            return by_cases(ground, term, strict, letter)
    return None


def by_cases(ground: Ground, term: Term, strict: bool, about: Term) -> int | None:
    """First where another term is positive, then where it is not."""
    both = [
        ground.knowing(Condition(about, ">")).positive(term, strict),
        ground.knowing(Condition(MINUS * about, ">=")).positive(term, strict),
    ]
    if None in both:
        return None
    positive, negative = (n for n in both if n is not None)
    return ground.either(about, positive, negative)


REASONS: tuple[Reason, ...] = (
    by_signs,
    by_value,
    by_parts,
    by_arm,
    by_factors,
    by_combination,
    by_comparison,
    by_squares,
    by_root,
    by_sign_of_variable,
)
#: How many of them take no time.
CHEAP = 3
