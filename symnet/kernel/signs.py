"""What the sign of a term can be, by looking at it as it is written.

A *sign set* has a bit for each of −, 0 and +. Known signs are combined by the rules of arithmetic; e^u and π are
positive, √u is not negative, and tanh, atan and erf have the sign of their argument. Numbers are added and multiplied
exactly. Nothing is cancelled: z − z may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Final

from symnet.term import Bound, Condition, Term, fold, is_at_most, known_function, number

NEGATIVE: Final = 1
ZERO: Final = 2
POSITIVE: Final = 4
ANY: Final = NEGATIVE | ZERO | POSITIVE

#: The sign sets that each relation with 0 allows.
ALLOWED: Final = {"!=": NEGATIVE | POSITIVE, ">": POSITIVE, ">=": ZERO | POSITIVE}

Signs = int | Fraction  # a number that is known is kept


def sign_set(root: Term, facts: Mapping[Term, int], bounds: Collection[Bound] = ()) -> int:
    """What the sign of a scalar can be, given what is known of some terms and ranges of indices.

    >>> from symnet.term import apply, symbol
    >>> z = symbol("z")
    >>> sign_set(1 + apply("exp", -z), {}) == POSITIVE, sign_set(z - z, {}) == ANY
    (True, True)
    """

    def combine(node: Term, args: list[Signs]) -> Signs:
        found = _signs(node, args, bounds)
        known = facts.get(node, ANY)
        return found if known == ANY else as_set(found) & known

    return as_set(fold(root, combine))


def facts_of(conditions: Iterable[Condition | Bound]) -> dict[Term, int]:
    """What conditions say of the signs of terms: −t > 0 says that t is negative."""
    facts: dict[Term, int] = {}
    for c in conditions:
        if type(c) is not Condition:
            continue
        known, term = ALLOWED[c.relation], c.term
        facts[term] = facts.get(term, ANY) & known
        if term.op == "multiply" and len(term.args) == 2 and term.args[0] == _MINUS:
            facts[term.args[1]] = facts.get(term.args[1], ANY) & _opposite(known)
    return facts


def as_set(signs: Signs) -> int:
    """The sign set of what may be a known number."""
    if type(signs) is int:
        return signs
    return POSITIVE if signs > 0 else NEGATIVE if signs < 0 else ZERO


_MINUS, _NOTHING = number(-1), number(0)


def _signs(node: Term, args: list[Signs], bounds: Collection[Bound]) -> Signs:
    match node.op:
        case "number":
            return node.value  # type: ignore[no-any-return]
        case "constant":
            return POSITIVE
        case "sum":
            return reduce(_add, args)
        case "multiply":
            square = len(args) == 2 and node.args[0] == node.args[1]
            return _even(as_set(args[0])) if square else reduce(_multiply, args)
        case "power":
            return _power(args[0], node.value)
        case "divide":
            divisor = as_set(args[1]) & ~ZERO  # it is not zero where the quotient is defined
            return _multiply(as_set(args[0]), divisor)
        case "apply":
            return _applied(known_function(node.value), as_set(args[0]))
        case "cases":
            return reduce(int.__or__, (as_set(s) & _selected(node, i) for i, s in enumerate((*args[2::3], args[-1]))))
        case "sigma":
            _, lower, upper = node.value
            nonempty = is_at_most(lower, upper) or Bound(lower, upper) in bounds
            return as_set(args[0]) if nonempty and args[0] in _CLOSED else _sum_of_any(as_set(args[0]))
        case _:
            return ANY


def _sum_of_two(a: int, b: int) -> int:
    return a if b in (ZERO, a) else b if a == ZERO else ANY


def _product_of_two(a: int, b: int) -> int:
    return ZERO if ZERO in (a, b) else POSITIVE if a == b else NEGATIVE


def _table(combine: Callable[[int, int], int]) -> list[list[int]]:
    """How sign sets combine, from how single signs do."""
    singles = [[s for s in (NEGATIVE, ZERO, POSITIVE) if signs & s] for signs in range(ANY + 1)]
    return [[reduce(int.__or__, (combine(x, y) for x in a for y in b), 0) for b in singles] for a in singles]


_SUMS: Final = _table(_sum_of_two)
_PRODUCTS: Final = _table(_product_of_two)


def gap(low: Term, high: Term) -> Term:
    """high − low, without zeros."""
    if low == _NOTHING:
        return high
    return _MINUS * low if high == _NOTHING else high - low


def _selected(cases: Term, i: int) -> int:
    """What the sign of the i-th value of a case distinction can be because it is selected: |z| is z where 0 ≤ z."""
    value = cases.args[-1] if i == len(cases.value) else cases.args[3 * i + 2]
    known = ANY
    for j, relation in enumerate(cases.value[: i + 1] if len(cases.value) <= _ARMS else ()):
        low, high = cases.args[3 * j : 3 * j + 2] if j == i else reversed(cases.args[3 * j : 3 * j + 2])
        if value == gap(low, high):
            known &= POSITIVE if (relation == "<") == (j == i) else ZERO | POSITIVE
    return known


#: The most arms of a case distinction that are compared with each other.
_ARMS: Final = 16
#: Sign sets that are closed under addition.
_CLOSED: Final = (NEGATIVE, ZERO, POSITIVE)


def _sum_of_any(signs: int) -> int:
    """A sum of any number of terms, perhaps none."""
    return ANY if signs & NEGATIVE and signs & POSITIVE else signs | ZERO


def _are_short(*numbers: Signs) -> bool:
    """Whether these are numbers that can be added and multiplied in no time; of longer ones only the sign is kept."""
    return all(type(q) is Fraction and (q.numerator * q.denominator).bit_length() < _BITS for q in numbers)


#: How long a number may become.
_BITS: Final = 4096


def _add(a: Signs, b: Signs) -> Signs:
    if _are_short(a, b):
        return a + b
    return _SUMS[as_set(a)][as_set(b)]


def _multiply(a: Signs, b: Signs) -> Signs:
    if _are_short(a, b):
        return a * b
    return _PRODUCTS[as_set(a)][as_set(b)]


def _opposite(signs: int) -> int:
    return (signs & ZERO) | (POSITIVE if signs & NEGATIVE else 0) | (NEGATIVE if signs & POSITIVE else 0)


def _even(signs: int) -> int:
    return (signs & ZERO) | (POSITIVE if signs & ~ZERO else 0)


def _power(base: Signs, exponent: int) -> int:
    if not exponent:
        return POSITIVE
    return as_set(base) if exponent % 2 else _even(as_set(base))


def _applied(function: str, argument: int) -> int:
    match function:
        case "exp":
            return POSITIVE
        case "sqrt":
            return argument & ~NEGATIVE  # it is not negative where the root is defined
        case "tanh" | "atan" | "erf":
            return argument
        case _:
            return ANY
