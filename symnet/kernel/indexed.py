"""Σ and ∏ by recursion on the upper limit.

    Σ_{k=a}^{a−1} t_k = 0        Σ_{k=a}^{n} t_k = Σ_{k=a}^{n−1} t_k + t_n          where a ≤ n
    ∏_{k=a}^{a−1} M_k = I        ∏_{k=a}^{n} M_k = M_n ∏_{k=a}^{n−1} M_k            where a ≤ n, descending

and with M_n on the right of the product when the factors ascend.
"""

from __future__ import annotations

from symnet.errors import Rejected
from symnet.term import Bound, Position, Term, identity, index, instance, is_at_most, number, shifted, zero
from symnet.term.names import difference, offset_of


def by_recursion(binder: Term) -> tuple[Term, tuple[Bound, ...]]:
    """What a Σ or ∏ is by its recursion, and the range of indices in which that is so.

    >>> from symnet.term import Name, index, indexed_sum, symbol
    >>> t = symbol(Name("t", index("k")))
    >>> by_recursion(indexed_sum("k", 1, index("n", offset=1), t))[0]
    sum(sigma(t^(k), k, 1, n), t^(n+1))
    >>> by_recursion(indexed_sum("k", 1, 0, t))
    (number(0), ())
    """
    if binder.op not in ("sigma", "pi"):
        raise Rejected(f"a {binder.op} has no definition to unfold")
    variable, lower, upper, *direction = binder.value
    if not any(difference(shifted(upper, 1), lower).values()):
        return _empty(binder), ()
    bounds = holds_where(lower, upper)
    last = instance(binder.args[0], variable, upper)
    rest = Term(binder.op, binder.args, (variable, lower, shifted(upper, -1), *direction))
    pair = (last, rest) if direction == ["descending"] else (rest, last)
    op = "sum" if binder.op == "sigma" else "product" if binder.shape else "multiply"
    return Term(op, pair), bounds


def holds_where(lower: Position, upper: Position) -> tuple[Bound, ...]:
    """The condition lower ≤ upper, unless it always holds; k + 1 ≤ L + 1 as k ≤ L, and 0 ≤ L − 1 as 1 ≤ L."""
    holds = is_at_most(lower, upper)
    if holds is False:
        raise Rejected(f"{lower} ≤ {upper} never holds")
    down = -min(offset_of(lower), offset_of(upper))
    return () if holds else (Bound(shifted(lower, down), shifted(upper, down)),)


def follows_within(bound: Bound, variable: str, lower: Position, upper: Position) -> bool:
    """Whether a bound holds for every value of the variable from lower to upper.

    >>> from symnet.term import index
    >>> follows_within(Bound(index("i"), index("L")), "i", 1, index("L"))
    True
    """
    gap = difference(bound.upper, bound.lower)
    of_variable = index(variable)
    for high, low in ((of_variable, lower), (upper, of_variable), (upper, lower)):
        rest = gap.copy()
        rest.subtract(difference(high, low))
        if all(count >= 0 for count in rest.values()):
            return True
    return all(count >= 0 for count in gap.values())


def _empty(binder: Term) -> Term:
    if binder.op == "sigma":
        return zero(*binder.shape) if binder.shape else number(0)
    return identity(binder.shape[0]) if binder.shape else number(1)
