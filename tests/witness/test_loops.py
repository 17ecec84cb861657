"""Σ and ∏ by loops: against Python's own, and against the recursion that defines them."""

from fractions import Fraction

import numpy as np
import pytest

from symnet.errors import UsageError
from symnet.kernel.indexed import by_recursion
from symnet.term import Name, Position, Term, index, indexed_product, indexed_sum, natural, shifted, symbol
from symnet.witness import arithmetic
from symnet.witness.arithmetic import Rationals, evaluate, place, placed
from symnet.witness.bounded import Bounded, BoundedArithmetic

J, K, N = index("j"), index("k"), index("n")


def x(k: Position) -> Term:
    return symbol(Name("x", k))


def value_of(s: Term) -> Fraction:
    """x^(k) is 2 k + 1/3."""
    return Fraction(2 * s.name.layer) + Fraction(1, 3)


def rational(term: Term, **places: int) -> Fraction:
    return evaluate(term, Rationals(), value_of, places)


def X(k: int) -> Fraction:
    return Fraction(2 * k) + Fraction(1, 3)


@pytest.mark.parametrize("n", range(7))
def test_scalars(n: int) -> None:
    inner = indexed_product("j", shifted(K, 1), N, x(J))
    assert rational(indexed_sum("k", 1, N, x(K)), n=n) == sum(X(k) for k in range(1, n + 1))
    nested = sum(np.prod([X(j) for j in range(k + 1, n + 1)] or [1]) * k for k in range(1, n + 1))
    assert rational(indexed_sum("k", 1, N, inner * natural(K)), n=n) == nested
    triple = indexed_sum("k", 0, N, indexed_sum("j", K, N, indexed_sum("i", K, J, x(index("i")))))
    assert rational(triple, n=n) == sum(
        X(i) for k in range(n + 1) for j in range(k, n + 1) for i in range(k, j + 1)
    )  # fmt: skip


def test_ranges_that_are_empty_or_shorter() -> None:
    for op, empty in ((indexed_sum, 0), (indexed_product, 1)):
        assert rational(op("k", 3, N, x(K)), n=2) == empty
        assert rational(op("k", 3, N, x(K)), n=1) == 0
        assert rational(op("k", 0, shifted(N, -1), x(K)), n=0) == empty
    assert rational(indexed_sum("k", 5, 2, x(K))) == 0


def test_a_binder_may_have_the_letter_of_a_place() -> None:
    body = indexed_sum("k", 1, N, x(K)) + x(K)
    assert rational(body, n=3, k=10) == X(1) + X(2) + X(3) + X(10)


# Matrices: A^(k) is n_k × n_(k-1), of small whole numbers, so nothing is rounded.

SIZES = {Name("n", None, (k,)): 1 + k % 3 for k in range(8)}


def A(k: Position) -> Term:
    return symbol(Name("A", k), (Name("n", None, (k,)), Name("n", None, (shifted(k, -1),))))


def array(s: Term) -> np.ndarray:
    rows, columns = (SIZES[n] for n in s.shape)
    return np.random.default_rng(s.name.layer).integers(-3, 4, (rows, columns)).astype(float)


def matrix(term: Term, **places: int) -> Bounded:
    return evaluate(term, BoundedArithmetic(SIZES), lambda s: Bounded.exactly(array(s)), places)


def chain(low: int, high: int) -> np.ndarray:
    found = np.eye(SIZES[Name("n", None, (low - 1,))])
    for k in range(low, high + 1):
        found = array(A(k)) @ found
    return found


@pytest.mark.parametrize("n", range(1, 7))
@pytest.mark.parametrize("low", [1, 2, 3])
def test_products_of_matrices(low: int, n: int) -> None:
    down = indexed_product("j", low, N, A(J))
    up = indexed_product("j", low, N, A(J).T, "ascending")
    expected = chain(low, n) if low <= n + 1 else np.zeros((SIZES[Name("n", None, (n,))], chain(low, n).shape[1]))
    for found, wanted in ((matrix(down, n=n), expected), (matrix(up, n=n), expected.T)):
        assert found.value.shape == wanted.shape
        assert not found.error.any()
        assert (found.value == wanted).all()


@pytest.mark.parametrize("n", range(1, 7))
def test_the_recursion_that_defines_them(n: int) -> None:
    term = indexed_sum("k", 1, N, indexed_product("j", shifted(K, 1), N, x(J)) * x(K))
    unfolded = by_recursion(term)[0]
    assert rational(term, n=n) == rational(unfolded, n=n)
    for factors in (indexed_product("j", 1, N, A(J)), indexed_product("j", 1, N, A(J).T, "ascending")):
        assert (matrix(factors, n=n).value == matrix(by_recursion(factors)[0], n=n).value).all()


def test_a_loop_is_shared_where_it_can_be() -> None:
    """Each x^(j) is looked up once, however many products it is in."""
    seen = []

    def value(s: Term) -> Fraction:
        seen.append(s.name.layer)
        return Fraction(1)

    term = indexed_sum("k", 1, N, indexed_product("j", shifted(K, 1), N, x(J)))
    assert evaluate(term, Rationals(), value, {"n": 50}) == 50
    assert sorted(seen) == list(range(2, 51))


def test_what_has_no_value() -> None:
    with pytest.raises(UsageError, match="the index n has no value there"):
        rational(indexed_sum("k", 1, N, x(K)))
    with pytest.raises(UsageError, match="the index k has no value there"):
        rational(x(K), n=1)
    with pytest.raises(UsageError, match="the index n"):
        rational(natural(N))
    with pytest.raises(UsageError, match="whole number from 0"):
        rational(x(shifted(N, -2)), n=1)


def test_loops_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arithmetic, "LONGEST", 1000)
    assert rational(indexed_sum("k", 1, 999, natural(K))) == 999 * 500
    with pytest.raises(UsageError, match="more than 1,000 terms"):
        rational(indexed_sum("k", 1, 10**9, natural(K)))
    with pytest.raises(UsageError, match="more than 1,000 terms"):
        rational(indexed_sum("k", 1, 50, indexed_sum("j", 1, shifted(K, 10), natural(J))))


def test_places() -> None:
    assert place(shifted(index("a", "a", "b"), -1), {"a": 3, "b": 4}) == 9
    assert place(7, {}) == 7
    assert placed(A(shifted(K, 1)), {"k": 2}) == A(3)
    assert placed(A(2), {}) == A(2)
