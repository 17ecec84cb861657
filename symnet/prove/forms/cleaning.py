"""Terms made tidy by hand: zeros and ones dropped, numbers worked out, equal factors collected.

Every function here takes clean terms and gives a clean term with the same normal form. A clean product has at most one
number, which stands in front; a clean quotient is a quotient of products; a clean sum has each summand once.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from symnet.prove.forms.decimals import decimal_digits
from symnet.prove.forms.limits import CLOSED
from symnet.term import Term, apply, constant, fold, known_function, multiply, number, postorder, total

#: Terms with more nodes are left as they are.
LARGEST: Final = 2_000
#: A number with more bits is not multiplied out.
_BITS: Final = 4_000

ZERO: Final = number(0)
ONE: Final = number(1)
PI: Final = constant("pi")
#: What known functions are at 0.
_AT_ZERO: Final = {"exp": ONE, "cos": ONE, "sin": ZERO, "atan": ZERO, "tanh": ZERO, "erf": ZERO, "sqrt": ZERO}

Factors = dict[Term, int]


def cleaned(term: Term) -> Term:
    """The term without what makes raw derivatives long; a term of more than :data:`LARGEST` nodes stays as it is.

    Cases, derivatives, Σ and ∏ stay as well: the normal forms compare them as they are written.

    >>> from symnet.term import symbol
    >>> z = symbol("z")
    >>> cleaned((0 * z + 1 * (z * z)) / 1)
    power(z, 2)
    """
    return fold(term, _clean, leaves=CLOSED) if term.size <= LARGEST else term


def _clean(node: Term, args: list[Term]) -> Term:
    match node.op:
        case "sum" if not node.shape:
            return add(args)
        case "multiply":
            return times(args)
        case "power":
            return raised(args[0], node.value)
        case "divide" if args[1] != ZERO:
            return times([args[0], raised(args[1], -1)])
        case "apply" if known_function(node.value) and not node.shape:
            return applied(node.value.base, args[0])
    return Term(node.op, tuple(args), node.value) if args else node


def applied(function: str, u: Term) -> Term:
    """f(u) for a function that the kernel knows."""
    if u == ZERO and function in _AT_ZERO:
        return _AT_ZERO[function]
    if u == ONE and function in ("log", "sqrt"):
        return ZERO if function == "log" else ONE
    if function == "log" and _is_applied(u, "exp"):
        return u.args[0]
    if function in ("sin", "cos") and (turns := _quarter_turns(u)) is not None:
        return number((0, 1, 0, -1)[(turns + (function == "cos")) % 4])
    return apply(function, u)


def _quarter_turns(u: Term) -> int | None:
    """n for u = n π/2."""
    coefficient, factors = factored(u)
    whole = factors == {PI: 1} and (2 * coefficient).denominator == 1
    return int(2 * coefficient) if whole else None


def exponential(u: Term) -> Term:
    """e^u"""
    return applied("exp", u)


# Sums.


def add(terms: Iterable[Term]) -> Term:
    """The sum, in the order given, but not with a minus sign in front if it can be helped."""
    found: dict[Term, Fraction] = {}
    for summand in _summands(terms):
        coefficient, rest = without_number(summand)
        found[rest] = found.get(rest, Fraction(0)) + coefficient
    parts = [scaled(c, rest) for rest, c in found.items() if c]
    first = next((i for i, part in enumerate(parts) if not is_negative(part)), 0)
    parts.insert(0, parts.pop(first) if parts else ZERO)
    return total(parts)


def _summands(terms: Iterable[Term]) -> list[Term]:
    return [s for t in terms for s in (t.args if t.op == "sum" else (t,))]


def is_negative(term: Term) -> bool:
    """Whether a clean term begins with a minus sign."""
    first = term.args[0] if term.op == "multiply" else term
    return first.op == "number" and first.value < 0


def without_number(term: Term) -> tuple[Fraction, Term]:
    """The number in a clean product or quotient, and what is left without it."""
    if term.op in ("sum", "symbol", "apply", "power"):
        return Fraction(1), term
    coefficient, factors = factored(term)
    return coefficient, quotient(Fraction(1), factors)


def scaled(coefficient: Fraction, term: Term) -> Term:
    """c t"""
    if coefficient == 1:
        return term
    found, factors = factored(term)
    return quotient(coefficient * found, factors)


# Products.


def times(terms: Iterable[Term]) -> Term:
    """The product."""
    coefficient, factors = Fraction(1), Factors()
    for term in terms:
        c, found = factored(term)
        coefficient *= c
        _collect(factors, found)
    return quotient(coefficient, factors)


def raised(base: Term, exponent: int) -> Term:
    """u^n for any whole n."""
    coefficient, factors = factored(base)
    bits = max(coefficient.numerator.bit_length(), coefficient.denominator.bit_length())
    if bits * abs(exponent) > _BITS or (not coefficient and exponent <= 0):
        return base**exponent if exponent >= 0 else ONE / base**-exponent
    return quotient(coefficient**exponent, {u: n * exponent for u, n in factors.items() if exponent})


def factored(term: Term) -> tuple[Fraction, Factors]:
    """A clean term as a number times whole powers."""
    coefficient, factors = Fraction(1), Factors()
    todo = [(term, 1)]
    while todo:
        node, n = todo.pop()
        if node.op == "number" and (node.value or n > 0):
            coefficient *= node.value**n
        elif node.op == "multiply":
            todo += [(a, n) for a in reversed(node.args)]
        elif node.op == "divide":
            todo += [(node.args[1], -n), (node.args[0], n)]
        elif node.op == "power" and node.args[0].op != "number":
            todo.append((node.args[0], n * node.value))
        else:
            _collect(factors, {node: n})
    return coefficient, factors


def _collect(factors: Factors, more: Factors) -> None:
    for base, n in more.items():
        factors[base] = factors.get(base, 0) + n
        if not factors[base]:
            del factors[base]


def quotient(coefficient: Fraction, factors: Factors) -> Term:
    """A number times whole powers, written as a product or a quotient, with the sign in front."""
    if not coefficient:
        return ZERO
    coefficient, factors = _flipped(coefficient, _with_roots_together(_with_exponentials_together(factors)))
    above = [_power(u, n) for u, n in factors.items() if n > 0]
    below = [_power(u, -n) for u, n in factors.items() if n < 0]
    whole = bool(decimal_digits(coefficient))
    if not below and (coefficient.denominator == 1 or whole or not above or _is_long(above)):
        return _product(coefficient, above)
    size = abs(coefficient)
    top, bottom = (size, Fraction(1)) if whole else (Fraction(size.numerator), Fraction(size.denominator))
    found = _product(top, above) / _product(bottom, below)
    return -found if coefficient < 0 else found


def _product(coefficient: Fraction, parts: list[Term]) -> Term:
    numbers = [number(coefficient)] if coefficient != 1 or not parts else []
    return multiply([*numbers, *parts])


def _is_long(parts: list[Term]) -> bool:
    """Whether a number stands in front: ½ (1 + u/v), not (1 + u/v)/2, and so with three factors or more."""
    if len(parts) != 1:
        return len(parts) > 2 and any(p.op == "sum" for p in parts)
    return parts[0].op == "sum" and any(n.op == "divide" for n in postorder(parts[0]))


def _power(base: Term, exponent: int) -> Term:
    return base if exponent == 1 else base**exponent


def _flipped(coefficient: Fraction, factors: Factors) -> tuple[Fraction, Factors]:
    """−(u − v) as v − u, and (u − v)² as (v − u)² where that is how one writes it."""
    found = Factors()
    for base, n in factors.items():
        opposite = _opposite(base) if (coefficient < 0 or n % 2 == 0) and base.op == "sum" else None
        if opposite is not None and (n % 2 or _comes_first(opposite, base)):
            coefficient, base = coefficient * (-1 if n % 2 else 1), opposite
        _collect(found, {base: n})
    return coefficient, found


def _opposite(term: Term) -> Term | None:
    """−t for a sum t with plus and minus signs."""
    negative = [is_negative(a) for a in term.args]
    return add(scaled(Fraction(-1), a) for a in term.args) if any(negative) and not all(negative) else None


def _comes_first(term: Term, other: Term) -> bool:
    """Whether a positive number stands in one of two opposite sums: 1 − a, not a − 1."""
    return any(a.op == "number" and a.value > 0 for a in term.args) and other.args[0].op != "number"


def _with_exponentials_together(factors: Factors) -> Factors:
    """e^u e^v as e^{u+v} where that is shorter, and (e^u)^n as e^{nu}."""
    exponents = [(u, n) for u, n in factors.items() if _is_applied(u, "exp")]
    if not exponents or (len(exponents) == 1 and exponents[0][1] == 1):
        return factors
    parts = [exponential(scaled(Fraction(n), u.args[0])) for u, n in exponents]
    one = exponential(add(scaled(Fraction(n), u.args[0]) for u, n in exponents))
    joins = len(parts) == 1 or all(_is_polynomial(u.args[0]) for u, _ in exponents)
    shorter = [one] if joins and one.size <= sum(p.size for p in parts) else parts
    return _replaced(factors, dict(exponents), [(p, 1) for p in shorter if p != ONE])


def _is_polynomial(term: Term) -> bool:
    """Whether letters are only added and multiplied; the normal form compares sums of other exponents less well."""
    ops = {node.op for node in postorder(term) if node.op != "divide" or node.args[1].op != "number"}
    return ops <= {"number", "symbol", "constant", "sum", "multiply", "power"}


def _with_roots_together(factors: Factors) -> Factors:
    """√2 √π as √(2π), in the numerator and in the denominator."""
    for side in (1, -1):
        roots = {u: n for u, n in factors.items() if n == side and _is_root_of_number(u)}
        if len(roots) > 1:
            joined = applied("sqrt", times(u.args[0] for u in roots))
            factors = _replaced(factors, roots, [(joined, side)])
    return factors


def _is_root_of_number(term: Term) -> bool:
    return _is_applied(term, "sqrt") and all(u == PI and n == 1 for u, n in factored(term.args[0])[1].items())


def _is_applied(term: Term, function: str) -> bool:
    return term.op == "apply" and known_function(term.value) == function


def _replaced(factors: Factors, old: Factors, new: list[tuple[Term, int]]) -> Factors:
    """The factors with some replaced, at the place of the first of them."""
    found = Factors()
    for base, n in factors.items():
        if base not in old:
            _collect(found, {base: n})
        else:
            for u, k in new:
                _collect(found, {u: k})
            new = []
    return found
