"""Attacks on negative exponents: monomials that would share a place, and what is divided by."""

from __future__ import annotations

from random import Random

import pytest

from symnet import tower
from symnet.ring import ONE, Fractional, Polynomial, Ring, TooNarrow, Work, constant, fraction
from symnet.term import Name, Term, number, symbol
from tests.rejected.attack import refuse, x, y, z
from tests.rejected.calculus import ONE as UNIT
from tests.rejected.calculus import PI, atan, believed, cos, exp, log, same, sin, sqrt, w
from tests.rejected.test_elementary import DIFFERENT

#: π is the first letter, and the second one stands at 129: 64 for each sign, and 0.
FALSE: list[tuple[str, Term, Term]] = [
    ("π¹²⁹ = z", PI**129, z),
    ("π⁶⁵ = z", PI**65, z),
    ("(1/π)¹²⁹ = 1/z", (1 / PI) ** 129, 1 / z),
    ("z/π⁶⁴ = π", z / PI**64, PI),
    ("z/π⁶⁵ = π⁶⁴", z / PI**65, PI**64),
    ("π¹²⁹/z = 1", PI**129 / z, UNIT),
    ("(π¹²⁸ + 1) π = z + π", (PI**128 + 1) * PI, z + PI),
    ("(1 + π⁶⁴)² π = π + 2π⁶⁵ + z", (1 + PI**64) * (1 + PI**64) * PI, PI + 2 * PI**65 + z),
    *((f"e^{{129π}} π^{r} = z", exp(129 * PI) * PI**r + 0 * exp(PI), z) for r in range(9)),
    ("1/z = z", 1 / z, z),
    ("1/(2z) = 1/z", 1 / (2 * z), 1 / z),
    ("1/(2z) = 2/z", 1 / (2 * z), 2 / z),
    ("1/(−z) = 1/z", 1 / -z, 1 / z),
    ("1/(1/z) = 1", 1 / (1 / z), UNIT),
    ("1/(z/2) = 1/z", 1 / (z / 2), 1 / z),
    ("1/(1/(1 + z)) = 1", 1 / (1 / (1 + z)), UNIT),
    ("1/(1 + z) = 1", 1 / (1 + z), UNIT),
    ("(1/(1 + w))/z = 1/z", (1 / (1 + w)) / z, 1 / z),
    ("z/w = z w", z / w, z * w),
    ("1/√z³ = 1/z", 1 / sqrt(z) ** 3, 1 / z),
    ("1/√z³ = √z/z", 1 / sqrt(z) ** 3, sqrt(z) / z),
    ("1/√z⁴ = 1/z", 1 / sqrt(z) ** 4, 1 / z),
    ("1/√z + √z = 2 √z", 1 / sqrt(z) + sqrt(z), 2 * sqrt(z)),
    ("√(1/(z w)) = √(z w)", sqrt(1 / (z * w)), sqrt(z * w)),
    ("1/cos³ = 1/cos", 1 / cos(z) ** 3, 1 / cos(z)),
    ("1/cos² = 1/(1 + sin²)", 1 / cos(z) ** 2, 1 / (1 + sin(z) ** 2)),
    ("cos² arctan + 1 = (2 + z²) cos⁴ arctan", cos(atan(z)) ** 2 + 1, (1 + z**2 + 1) * cos(atan(z)) ** 4),
    (
        "cos² arctan + cos arctan = 1 + 1/cos arctan, below e",
        exp(cos(atan(z)) ** 2 + cos(atan(z))),
        exp(1 + (1 + z**2) * cos(atan(z))),
    ),
    ("1/(1/√z² + 1) = 1/(1 + z), below e", exp(1 / (1 / sqrt(z) ** 2 + 1)), exp(1 / (1 + z))),
    ("1/(1 + 1/cos²) = 1/(1 + cos²), below e", exp(1 / (1 + 1 / cos(z) ** 2)), exp(1 / (2 - sin(z) ** 2))),
    ("e^{−log z} = z", exp(-log(z)), z),
    ("e^{−2 log z} = 1/z", exp(-2 * log(z)), 1 / z),
    ("log(1/e^z) = z", log(1 / exp(z)), z),
    ("log(w/e^z) = z + log w", log(w / exp(z)), log(w) + z),
]


@pytest.mark.parametrize(("lhs", "rhs"), [pytest.param(*rest, id=name) for name, *rest in FALSE])
def test_what_is_not_the_same(lhs, rhs):
    refuse(lambda: same(lhs, rhs), DIFFERENT)


TRUE = [
    (PI**129 / PI**128, PI),
    (z**200 / z**199, z),
    ((1 / z) ** 129 * z**130, z),
    (exp(200 * z) / exp(199 * z), exp(z)),
    (1 / sqrt(z) ** 3, sqrt(z) / z**2),
    (1 / cos(z) ** 2, 1 / (1 - sin(z) ** 2)),
    (1 / (1 / (1 + z) + 1 / sqrt(z) ** 2), z * (1 + z) / (1 + 2 * z)),
    (exp(1 / (1 + 1 / cos(z) ** 2)), exp((1 - sin(z) ** 2) / (2 - sin(z) ** 2))),
    (log(w / exp(z)), log(w) - z),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_what_is_the_same(lhs, rhs):
    assert believed(same(lhs, rhs)).equations[0].rhs == rhs


# Polynomials with negative exponents, beside dictionaries.

Exponents = tuple[tuple[int, int], ...]
Plain = dict[Exponents, int]


class Signed(Ring):
    """A ring of such polynomials over symbols."""

    signed = True


def product(a: Plain, b: Plain) -> Plain:
    result: Plain = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for letter, exponent in n:
                powers[letter] = powers.get(letter, 0) + exponent
            key = tuple(sorted((letter, e) for letter, e in powers.items() if e))
            result[key] = result.get(key, 0) + c * d
    return {m: c for m, c in result.items() if c}


def total(parts: list[Plain]) -> Plain:
    result: Plain = {}
    for part in parts:
        for m, c in part.items():
            result[m] = result.get(m, 0) + c
    return {m: c for m, c in result.items() if c}


def plain(ring: Ring, p: Polynomial) -> Plain:
    """What a polynomial is, and that it keeps its promises."""
    found = {}
    for monomial, c in ring.terms(p).items():
        powers = ring.unpack(monomial)
        assert all(e and abs(e) <= p.exponent <= ring.exponent and p.support >> letter & 1 for letter, e in powers)
        found[tuple(sorted(powers))] = c
    return found


@pytest.mark.parametrize("bound", [1, 2, 3, 5, 64])
def test_laurent_polynomials_are_what_dictionaries_say(bound):
    rng, done, narrow = Random(bound), 0, 0
    for _ in range(60):
        ring = Signed(Work(10**7), bound)
        letters = [ring.atom(symbol(Name("a", k))) for k in range(rng.choice((2, 3, 20)))]
        known = [(ONE, {(): 1}), (constant(-3), {(): -3}), *((p, {((n, 1),): 1}) for n, p in enumerate(letters))]
        for _ in range(40):
            p, expected = rng.choice(known)
            chosen = [[rng.choice(known) for _ in range(rng.choice((1, 2, 3)))] for _ in range(rng.choice((1, 2, 3)))]
            try:
                if len(p.monomials) == 1 and rng.random() < 0.4:
                    ((powers, c),) = expected.items()
                    found = fraction(ring.divide_fractions(Fractional(ONE, ONE), Fractional(p, ONE)))
                    assert (found.denominator, found.scale) == (ONE, c)
                    result, expected = found.numerator, {tuple((letter, -e) for letter, e in powers): 1}
                else:
                    result = ring.add([[p for p, _ in factors] for factors in chosen])
                    expected = total([_product_of(factors) for factors in chosen])
            except TooNarrow:
                narrow += 1
                continue
            assert plain(ring, result) == expected
            done += 1
            if 0 < len(expected) < 12:
                known.append((result, expected))
    assert done > 1000
    assert narrow > 50 or bound > 5


def _product_of(factors: list[tuple[Polynomial, Plain]]) -> Plain:
    result: Plain = {(): 1}
    for _, factor in factors:
        result = product(result, factor)
    return result


@pytest.mark.parametrize("bound", [1, 2, 3])
def test_the_bound_to_begin_with_changes_nothing(bound, monkeypatch):
    monkeypatch.setattr(tower, "_EXPONENT", bound)
    for lhs, rhs in TRUE:
        assert tower.equal(lhs, rhs, Work(10**6))
    for _, lhs, rhs in FALSE:
        assert not tower.equal(lhs, rhs, Work(10**6))


def test_a_letter_is_no_number():
    """Generators are keyed by numbers, which no letter is: e^1 and the number 1 are two things."""
    terms = [number(n) for n in range(6)] + [exp(number(n)) for n in range(1, 4)] + [x, y, PI]
    for a in terms:
        for b in terms:
            assert tower.equal(total_of(terms) + a, total_of(terms) + b, Work(10**6)) is (a == b)


def total_of(terms: list[Term]) -> Term:
    return sum(terms[1:], terms[0])
