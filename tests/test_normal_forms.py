"""ring and word: the normal forms agree with numbers, and know no more than algebra."""

import os
import random
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from symnet.errors import Rejected
from symnet.prove.expansion import expansions
from symnet.ring import Ring, Work, fraction, in_a_ring
from symnet.term import Name, Term, apply, fold, identity, multiply, number, ones, substitute, symbol, total, zero
from symnet.word import equal

n, m = Name("n"), Name("m")
x, y, z = symbol("x"), symbol("y"), symbol("z")
A, B, C = symbol("A", (m, n)), symbol("B", (n, m)), symbol("C", (m, n))
S = symbol("S", (n, n))


def same(lhs: Term, rhs: Term, work: int = 100_000) -> bool:
    return equal(lhs, rhs, Work(work))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ((x + y) ** 2, x**2 + 2 * x * y + y**2),
        (x - x, number(0)),
        (x / x, number(1)),
        ((x**2 - y**2) / (x - y), x + y),
        (1 / (1 / x), x),
        (x / 2 + x / 3, number(Fraction(5, 6)) * x),
        (x**0, number(1)),
        (1 / x + 1 / y, (x + y) / (x * y)),
        (total([x, y, z]), z + (y + x)),
        (A @ (B + A.T), A @ B + A @ A.T),
        ((A @ B).T, B.T @ A.T),
        ((x * A).T, x * A.T),
        (A.T.T, A),
        (A - A, zero(m, n)),
        (identity(m) @ A, A @ identity(n)),
        ((x + y) * A, x * A + y * A),
        ((x * A) @ (y * B), (x * y) * (A @ B)),
        (zero(m, n) @ B, zero(m, m)),
        (A @ (S + identity(n)) @ B, A @ S @ B + A @ B),
        ((1 / x + 1 / y) * A, (1 / x) * A + (1 / y) * A),
        (identity(n).T, identity(n)),
    ],
)
def test_equal(lhs, rhs):
    assert same(lhs, rhs)
    assert same(rhs, lhs)


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (x + y, x - y),
        (x * y, x * z),
        (x**2, x**3),
        (A @ B, (B.T @ A.T)),
        (A + C, A),
        (S @ S.T, S.T @ S),
        (S, S.T),
        (ones(n) @ ones(n).T, identity(n)),
        (apply("g", x + y), apply("g", x) + apply("g", y)),
        (apply("g", x), apply("h", x)),
        (x, symbol("x", (1, 1))),
        (2 * A, 3 * A),
    ],
)
def test_not_equal(lhs, rhs):
    assert not same(lhs, rhs)


def value(term: Term, point: dict[Term, Fraction]) -> Fraction:
    """A scalar term at a rational point, by plain arithmetic."""

    def combine(node, args):
        match node.op:
            case "number":
                return node.value
            case "symbol":
                return point[node]
            case "sum":
                return sum(args)
            case "multiply":
                result = Fraction(1)
                for a in args:
                    result *= a
                return result
            case "power":
                return args[0] ** node.value
            case _:
                return args[0] / args[1]

    return fold(term, combine)


def random_scalar(rng: random.Random, size: int) -> Term:
    if size <= 1:
        return rng.choice([x, y, z, number(rng.randint(-3, 3)), number(Fraction(rng.randint(1, 5), 7))])
    left = random_scalar(rng, size // 2)
    right = random_scalar(rng, size - size // 2)
    return rng.choice([left + right, left * right, left - right, left / right, left**2])


def test_equality_agrees_with_numbers():
    """Terms that compare equal have equal values wherever both are defined; different values are never equal."""
    rng = random.Random(7)
    equal_pairs = 0
    for _ in range(5000):
        lhs, rhs = random_scalar(rng, rng.randint(1, 4)), random_scalar(rng, rng.randint(1, 3))
        point = {s: Fraction(rng.randint(-50, 50), rng.randint(1, 9)) for s in (x, y, z)}
        try:
            differ = value(lhs, point) != value(rhs, point)
            found = same(lhs, rhs)
        except (ZeroDivisionError, Rejected):
            continue
        assert not (found and differ), (lhs, rhs)
        equal_pairs += found
    assert equal_pairs > 20


def test_equality_ignores_order():
    rng = random.Random(3)
    for _ in range(200):
        parts = [random_scalar(rng, 3) for _ in range(4)]
        shuffled = rng.sample(parts, 4)
        try:
            assert same(total(parts), total(shuffled))
        except Rejected:
            continue


def test_packed_exponents_do_not_run_over():
    """x^(2^k) must never look like the next variable."""
    for k in range(1, 20):
        assert not same(x ** (2**k) + y, y + y)
        assert not same(x ** (2**k) * y, y * y)
        assert not same((x * y) ** (2**k), x ** (2**k) * y)


def test_work_is_bounded():
    with pytest.raises(Rejected, match="elementary operations"):
        same((x + y + z) ** 400, x, work=10_000)
    with pytest.raises(Rejected, match="elementary operations"):
        same(number(2) ** (10**9), number(1))
    doubled = S
    for _ in range(60):
        doubled = doubled @ doubled
    with pytest.raises(Rejected, match="elementary operations"):
        same(doubled, S)


def test_a_denominator_that_is_zero_is_refused():
    with pytest.raises(Rejected, match="a denominator is zero"):
        same(1 / (x - x), number(0))


# Polynomials, beside the plainest implementation: a Counter from exponents to coefficients.

LETTERS = tuple(symbol(Name("a", k)) for k in range(5))
Naive = dict[tuple[int, ...], Fraction]


def naive(term: Term) -> Naive:
    """A polynomial in LETTERS, multiplied out with tuples of exponents."""

    def combine(node: Term, args: list[Naive]) -> Naive:
        match node.op:
            case "number":
                found = Counter({(0,) * len(LETTERS): node.value})
            case "symbol":
                found = Counter({tuple(int(letter == node) for letter in LETTERS): Fraction(1)})
            case "sum":
                found = Counter()
                for arg in args:
                    for exponents, c in arg.items():
                        found[exponents] += c
            case "power":
                found = naive_product([args[0]] * node.value)
            case _:
                found = naive_product(args)
        return {exponents: c for exponents, c in found.items() if c}

    return fold(term, combine)


def naive_product(factors: list[Naive]) -> Counter:
    result = Counter({(0,) * len(LETTERS): Fraction(1)})
    for factor in factors:
        terms: Counter = Counter()
        for (e, c), (f, d) in product(result.items(), factor.items()):
            terms[tuple(map(sum, zip(e, f, strict=True)))] += c * d
        result = terms
    return result


def multiplied_out(term: Term, bodies: dict[Term, Term] | None = None) -> Naive:
    """The same by way of the ring."""
    (found,) = expansions([term], bodies or {}, Work(10**7))
    terms = {tuple(dict(factors).get(letter, 0) for letter in LETTERS): c for c, factors in found}
    assert len(terms) == len(found)
    return terms


def random_polynomial(rng: random.Random, size: int) -> Term:
    """Sums of products, nested and flat, with collisions and cancellations; letters met once and more than once."""
    if size <= 1:
        return rng.choice([*LETTERS, *LETTERS, number(rng.randint(-2, 2)), number(Fraction(rng.randint(-3, 3), 2))])
    parts = [random_polynomial(rng, size // 3) for _ in range(rng.randint(2, 4))]
    return rng.choice(
        [total(parts), total(parts), multiply(parts[:2]), multiply(parts[:3]), parts[0] - parts[1], parts[0] ** 2]
    )


def test_polynomials_are_multiplied_out():
    rng = random.Random(11)
    sizes = set()
    for _ in range(1500):
        term = random_polynomial(rng, rng.randint(1, 27))
        found = multiplied_out(term)
        assert found == naive(term), term
        sizes.add(len(found))
    assert max(sizes) > 50


def test_polynomials_compare_as_their_exponents_do():
    rng = random.Random(12)
    found = Counter()
    for _ in range(1500):
        lhs = random_polynomial(rng, 9)
        rhs = rng.choice([random_polynomial(rng, 3), lhs + random_polynomial(rng, 1) * number(rng.choice([0, 1]))])
        expected = naive(lhs) == naive(rhs)
        assert same(lhs, rhs, 10**6) is expected, (lhs, rhs)
        found[expected] += 1
    assert min(found.values()) > 200


@pytest.mark.parametrize("exponent", [1, 2, 3, 4, 7])
def test_packing_is_injective_up_to_the_bound(exponent):
    ring = Ring(Work(10**6), exponent)
    places = [ring.atom(letter).monomials[0] for letter in LETTERS[:4]]
    packed = {sum(e * p for e, p in zip(es, places, strict=True)) for es in product(range(exponent + 1), repeat=4)}
    assert len(packed) == (exponent + 1) ** 4


@pytest.mark.parametrize("exponent", [1, 2, 3, 100, 2**32])
def test_a_place_is_above_all_that_is_below_it(exponent):
    ring = Ring(Work(10**6), exponent)
    reach = 0
    for k in range(400):
        place = ring.atom(symbol(Name("w", k))).monomials[0]
        assert place > reach
        reach += exponent * place
    assert reach.bit_length() < 400 * (exponent.bit_length() + 0.2)


@pytest.mark.parametrize("exponent", [1, 2, 3, 8])
def test_no_product_exceeds_the_bound(exponent):
    """The exponents that occur stay within the bound of the ring in which they are computed."""
    rng = random.Random(exponent)
    for _ in range(200):
        term = random_polynomial(rng, 9)
        ring, value = in_a_ring(Ring(Work(10**6)), lambda ring: (ring, ring.evaluate(term, {}, {})))  # noqa: B023
        largest = max((e for es in naive(term) for e in es), default=0)
        assert largest <= fraction(value).numerator.exponent <= ring.exponent
        power = (x**exponent * y**exponent) * (z + 1)
        assert same(power, x**exponent * y**exponent * z + (x * y) ** exponent)
        assert not same(power, x ** (exponent + 1) * y ** (exponent - 1) * z + (x * y) ** exponent)


def test_no_monomial_comes_twice():
    hidden = x + y - y  # it is x, whatever letters were met on the way
    for term in [
        *(1 + (x + 1), x + (x + y), (x + y) + (y + x), (x + 1) * (x - 1), total([x * y, y * x, x]), x - x),
        *(x + hidden, x + hidden * 1, hidden + x, z * x + z * hidden, x + (x + (y - y)) * 1, x + (y - y) * z + x),
        *(x + 2 * (hidden * hidden) + x * x, x + ((y - y) + x) + (z - z), (hidden - x) + x + x * (z - z + 1)),
    ]:
        value = fraction(in_a_ring(Ring(Work(1000)), lambda ring: ring.evaluate(term, {}, {}))).numerator  # noqa: B023
        assert len(set(value.monomials)) == len(value.monomials), term
        assert all(value.coefficients), term


def test_where_monomials_are_packed_differs_from_run_to_run():
    """Nobody who writes a file may foresee which monomials share a place in a dictionary."""
    code = "from symnet.ring import Ring, Work; from symnet.term import Name, symbol; r = Ring(Work(10**6)); "
    code += "print([r.atom(symbol(Name('w', k))).monomials[0] for k in range(300)][100:])"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout != runs[1].stdout


def test_monomials_of_a_network_have_different_hashes():
    """With powers of two as places, letters 61 places apart would be exchangeable."""
    ring = Ring(Work(10**6))
    places = [ring.atom(symbol(Name("w", k))).monomials[0] for k in range(244)]
    pairs = [hash(places[i] + places[i + 61 * j]) for i in range(61) for j in range(1, 4)]
    triples = [hash(places[i] + places[61 + j] + places[122 + k]) for i, j, k in product(range(20), repeat=3)]
    assert len(set(pairs)) > 0.99 * len(pairs)
    assert len(set(triples)) > 0.99 * len(triples)


# The budget.


def wide(count: int) -> Term:
    left, right = ([symbol(Name(base, k)) for k in range(count)] for base in "uv")
    return total(left) * total(right)


def test_memory_is_bounded_and_the_bound_is_the_callers():
    with pytest.raises(Rejected, match=r"need more than 100,000 bytes: raise the memory limit"):
        equal(wide(40) + x, wide(40), Work(10**7, memory=100_000))
    assert not equal(wide(40) + x, wide(40), Work(10**7, memory=2_000_000))
    with pytest.raises(Rejected, match="raise the memory limit"):
        equal(total([symbol(Name("u", k)) for k in range(3000)]), x, Work(10**7, memory=100_000))


def test_memory_is_bounded_where_monomials_meet():
    """What is counted is what is kept, not what was multiplied."""
    assert same((x + 1) ** 300 * (x - 1), (x + 1) ** 301 - 2 * (x + 1) ** 300, 10**7)
    with pytest.raises(Rejected, match="memory limit"):
        equal((x + y + z + 1) ** 40, x, Work(10**8, memory=1_000_000))


# Multiplying out for others to read.


def layers(width: int, depth: int) -> tuple[list[Term], dict[Term, Term]]:
    """The outputs of a network as symbols, and the bodies of all its symbols."""
    bodies: dict[Term, Term] = {}
    below = [symbol(Name("x", None, (i,))) for i in range(width)]
    for k in range(depth):
        here = [symbol(Name("z", k, (i,))) for i in range(width)]
        for i, z_i in enumerate(here):
            products = [symbol(Name("w", k, (i, j))) * a for j, a in enumerate(below)]
            bodies[z_i] = total([*products, symbol(Name("b", k, (i,)))])
        below = here
    return below, bodies


def substituted(term: Term, bodies: dict[Term, Term], depth: int) -> Term:
    for _ in range(depth):
        term = substitute(term, bodies)
    return term


def rebuilt(found) -> Term:
    return total([number(c) * multiply([a**e for a, e in factors]) for c, factors in found])


def test_bodies_are_multiplied_out_as_if_substituted():
    outputs, bodies = layers(3, 4)
    for y_i, found in zip(outputs, expansions(outputs, bodies, Work(10**6)), strict=True):
        assert len(found) == 3**4 + (3**4 - 1) // 2
        assert equal(rebuilt(found), substituted(y_i, bodies, 4), Work(10**6))


def test_a_letter_that_meets_itself_among_several_outputs():
    s, t = symbol("s"), symbol("t")
    bodies = {s: x + y, t: s * s}
    terms = [s, t, s, t * s, number(Fraction(1, 2)) * t, t, s - s]
    found = list(expansions(terms, bodies, Work(10**6)))
    assert [len(f) for f in found] == [2, 3, 2, 4, 3, 3, 0]
    for term, f in zip(terms[:-1], found, strict=False):
        assert equal(rebuilt(f), substituted(term, bodies, 2), Work(10**6))
    assert {c for c, _ in found[4]} == {Fraction(1, 2), 1}


def test_factors_come_in_the_order_asked_for():
    (found,) = expansions([(x + y) * z**2 * apply("f", x)], {}, Work(1000), [z, apply("f", x)])
    assert list(found) == [(1, [(z, 2), (apply("f", x), 1), (a, 1)]) for a in (x, y)]


def test_numbers_and_single_letters_are_multiplied_out():
    found = [list(f) for f in expansions([number(3), number(0), x, -x / 3, x / (number(2) / 5)], {}, Work(1000))]
    assert found == [
        [(3, [])],
        [],
        [(1, [(x, 1)])],
        [(Fraction(-1, 3), [(x, 1)])],
        [(Fraction(5, 2), [(x, 1)])],
    ]


def test_a_quotient_is_not_multiplied_out():
    with pytest.raises(Rejected, match="no sum of products"):
        list(expansions([1 / x], {}, Work(1000)))


def test_bodies_that_run_in_a_circle_end():
    s, t = symbol("s"), symbol("t")
    for bodies in ({s: t, t: s}, {s: s}, {s: s + x}, {s: t + x, t: s * y}, {s: s * x}):
        with pytest.raises(Rejected, match="elementary operations"):
            list(expansions([s], bodies, Work(10_000)))


def test_multiplying_out_is_bounded():
    outputs, bodies = layers(4, 8)
    with pytest.raises(Rejected, match="elementary operations"):
        list(expansions(outputs, bodies, Work(10_000)))
    with pytest.raises(Rejected, match="memory limit"):
        list(expansions(outputs, bodies, Work(10**9, memory=10**6)))
    narrow = Work(10**9, memory=45_000_000)  # for one of the outputs at a time
    assert sum(1 for _ in expansions(outputs, bodies, narrow)) == 4
