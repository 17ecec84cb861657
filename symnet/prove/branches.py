"""The intervals on which a function with case distinctions is given by one formula.

Only the search uses this: which arm is taken where is read off at one number in each interval, with a number for each
letter, and the kernel checks what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from symnet.activations.guards import guards
from symnet.errors import Undecided, UsageError
from symnet.kernel.signs import NEGATIVE, POSITIVE, sign_set
from symnet.prove.sampling import value
from symnet.prove.tidy import tidy
from symnet.reader.plain import shown
from symnet.term import Term, cases, fold, number, postorder, substitute, symbols

#: How many branches a function may have.
MOST_BRANCHES: Final = 12
#: How many arms are looked at before giving up.
MOST_ARMS: Final = 64
#: How numbers that are not rational are rounded.
_SCALE: Final = 2**140
_DENOMINATOR: Final = 10**12


@dataclass(frozen=True, slots=True)
class Branch:
    """An open interval, from ``lower`` to ``upper`` (None at an infinite end), and the formula there.

    ``arms`` are the case distinctions as they are met, each with the number of the arm that is taken. ``inside`` is a
    number in the interval, for the numbers that the letters were given.
    """

    lower: Term | None
    upper: Term | None
    function: Term
    arms: tuple[tuple[Term, int], ...]
    inside: Fraction


def branches(function: Term, variable: Term, numbers: Mapping[Term, Fraction]) -> tuple[Branch, ...]:
    """The branches of a function from left to right; one branch without ends when it has no cases.

    ``numbers`` gives a number to each letter, which decides the order of the places where cases switch.

    >>> from symnet.term import cases, symbol
    >>> z = symbol("z")
    >>> [b.function for b in branches(cases((number(0), "<", z, z), otherwise=number(0)), z, {})]
    [number(0), z]

    Raises :class:`~symnet.errors.UsageError` for a guard that is not linear in the variable.
    """
    switches = [tidy(p) for plain in _plain_guards(function) for p in _switches(plain, variable)]
    places = {value_at(p, numbers): p for p in switches}
    ends = sorted(places.items(), key=lambda end: end[0])
    if len(ends) >= MOST_BRANCHES:
        raise Undecided(f"the cases switch at {len(ends)} places; at most {MOST_BRANCHES - 1} are looked at")
    found = []
    for i in range(len(ends) + 1):
        lower, upper = ends[i - 1] if i else None, ends[i] if i < len(ends) else None
        inside = _between(lower and lower[0], upper and upper[0])
        arms, formula = arms_at(function, {**numbers, variable: inside})
        found.append(Branch(lower and lower[1], upper and upper[1], formula, arms, inside))
    return tuple(_merged(found))


def samples(branch: Branch, numbers: Mapping[Term, Fraction]) -> list[Fraction]:
    """Numbers in the interval of a branch, close to its ends and far from them."""
    lower, upper = (None if e is None else value_at(e, numbers) for e in (branch.lower, branch.upper))
    steps = [Fraction(10) ** n for n in range(-2, 13)]
    found = [(lower or 0) + s for s in steps] + [(upper or 0) - s for s in steps]
    return [branch.inside, *(x for x in found if (lower is None or x > lower) and (upper is None or x < upper))]


def where(branch: Branch, variable: Term) -> str:
    """The interval of a branch as the beginning of a message; nothing for the whole line.

    >>> from symnet.term import cases, symbol
    >>> z = symbol("z")
    >>> where(branches(cases((z, "<", number(3), z), otherwise=number(0)), z, {})[0], z)
    'where z < 3: '
    """
    lower = "" if branch.lower is None else f"{shown(branch.lower)} < "
    upper = "" if branch.upper is None else f" < {shown(branch.upper)}"
    return f"where {lower}{variable}{upper}: " if lower or upper else ""


def touching(branch: Branch) -> str:
    """The complaint that two sides of a comparison are the same all over a branch, as 0 and max(0, z) are for z < 0.

    What holds there holds at the edge of the other case, so nothing can be said of a derivative.
    """
    for node, _ in branch.arms:
        for low, high in ((node.args[3 * i], node.args[3 * i + 1]) for i in range(len(node.value))):
            if tidy(high - low) == number(0):
                return (
                    f"the cases compare {shown(low)} with {shown(high)} there, which are the same: write the function "
                    "without cases inside cases"
                )
    return ""


def arms_at(function: Term, numbers: Mapping[Term, Fraction]) -> tuple[tuple[tuple[Term, int], ...], Term]:
    """The arms that are taken at a point, and what is left of the function."""
    arms: list[tuple[Term, int]] = []
    while node := _cases(function):
        if len(arms) >= MOST_ARMS:
            raise Undecided(f"more than {MOST_ARMS} case distinctions are met at one point")
        taken = _taken(node, numbers)
        arms.append((node, taken))
        function = substitute(function, {node: arm(node, taken)})
    return tuple(arms), function


def arm(node: Term, taken: int) -> Term:
    """The value of an arm of a case distinction; the last is ``otherwise``."""
    return node.args[-1] if taken == len(node.value) else node.args[3 * taken + 2]


def value_at(term: Term, numbers: Mapping[Term, Fraction]) -> Fraction:
    """The value of a term; that of √2 or π to about 24 digits, so that two that are equal have one value.

    >>> from symnet.term import apply
    >>> value_at(number(2) / 3, {}), value_at(apply("sqrt", number(2)) ** 2, {})
    (Fraction(2, 3), Fraction(2, 1))

    Raises :class:`~symnet.errors.Undecided` where there is none, or for a letter without a number.
    """
    found = rational_value(term, numbers)
    if found is None and symbols(term).keys() <= numbers.keys() and (rough := value(term, numbers)) is not None:
        found = Fraction(int(rough * _SCALE), _SCALE).limit_denominator(_DENOMINATOR)
    if found is None:
        raise Undecided(f"the cases depend on {shown(term)}, for which there is no number")
    return found


def rational_value(term: Term, numbers: Mapping[Term, Fraction]) -> Fraction | None:
    """The value of a term of rational arithmetic; None for any other."""

    def combine(node: Term, args: list[Fraction | None]) -> Fraction | None:
        known = [a for a in args if a is not None]
        if len(known) < len(args):
            return None
        match node.op:
            case "number":
                return Fraction(node.value)
            case "symbol":
                return numbers.get(node)
            case "sum":
                return sum(known, Fraction(0))
            case "multiply":
                return prod(known, start=Fraction(1))
            case "power":
                return known[0] ** int(node.value)
            case "divide":
                return known[0] / known[1] if known[1] else None
        return None

    return fold(term, combine)


def letters(function: Term, variable: Term) -> list[Term]:
    """The parameters of a function."""
    return [s for s in symbols(function) if s != variable]


def _cases(function: Term) -> Term | None:
    """A case distinction that no other contains; where its guards have cases in them, one of those."""
    found = next((node for node in reversed(list(postorder(function))) if node.op == "cases"), None)
    while found is not None:
        guard = (a for i, a in enumerate(found.args[:-1]) if i % 3 < 2)
        inner = next((node for a in guard for node in reversed(list(postorder(a))) if node.op == "cases"), None)
        if inner is None:
            return found
        found = inner
    return None


def _plain_guards(function: Term) -> list[Term]:
    """The case distinctions of a function without their values, each with every arm for the cases in its guards."""
    found, todo = [], [_without_values(node) for node in postorder(function) if node.op == "cases"]
    while todo:
        node = todo.pop(0)
        inner = _cases(node)
        if inner == node or inner is None:
            found.append(node)
        elif len(found) + len(todo) < MOST_ARMS:
            todo += [substitute(node, {inner: arm(inner, i)}) for i in range(len(inner.value) + 1)]
        else:
            raise Undecided(f"more than {MOST_ARMS} ways to choose the cases in the guards of cases")
    return found


def _switches(node: Term, variable: Term) -> tuple[Term, ...]:
    """Where the guards of a case distinction switch; one whose sign is plain, as that of 0 < e^z, never does."""
    sides = [(node.args[3 * i], node.args[3 * i + 1]) for i in range(len(node.value))]
    sides = [(left, right) for left, right in sides if sign_set(right - left, {}) not in (POSITIVE, NEGATIVE)]
    if not sides:
        return ()
    try:
        return guards(cases(*((left, "<", right, number(0)) for left, right in sides), otherwise=number(0)), variable)
    except UsageError:
        said = " or ".join(f"{shown(left)} = {shown(right)}" for left, right in sides)
        raise UsageError(
            f"the cases switch where {said}, which is not linear in {variable}: write cases that compare {variable} "
            "with numbers"
        ) from None


def _without_values(node: Term) -> Term:
    args = (a if i % 3 < 2 else number(0) for i, a in enumerate(node.args[:-1]))
    return Term("cases", (*args, number(0)), node.value)


def _taken(node: Term, numbers: Mapping[Term, Fraction]) -> int:
    for i, relation in enumerate(node.value):
        left, right = (value_at(side, numbers) for side in node.args[3 * i : 3 * i + 2])
        if left < right or (left == right and relation == "<="):
            return i
    return len(node.value)


def _between(lower: Fraction | None, upper: Fraction | None) -> Fraction:
    if lower is None:
        return Fraction(0) if upper is None else upper - 1
    return lower + 1 if upper is None else (lower + upper) / 2


def _merged(found: list[Branch]) -> list[Branch]:
    """Neighbours where the same arms are taken are one branch."""
    merged = found[:1]
    for branch in found[1:]:
        if branch.arms == merged[-1].arms:
            merged[-1] = Branch(merged[-1].lower, branch.upper, branch.function, branch.arms, merged[-1].inside)
        else:
            merged.append(branch)
    return merged
