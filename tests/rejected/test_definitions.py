"""Lies told by definitions and by names."""

from __future__ import annotations

from symnet.term import Definition, Name, Term, apply, cases, number, symbol
from tests.rejected.attack import A, Attack, accepted, derivation, n, refuse, s, step, t, table, v, x, y

S = symbol("S", (n, n))
X = symbol("x", (n, n))
N = symbol(n)


def under(*define: tuple[Term, Term]):
    """A harmless step under the definitions: whatever is refused is a definition."""
    return derivation(step("start", x), define=define)


ATTACKS: list[Attack] = [
    ("s := s", lambda: under((s, s)), "occurs in its own or in an earlier definition's body"),
    ("s := s + 1, so 0 = 1", lambda: under((s, s + 1)), "occurs in its own"),
    ("s := f(s)", lambda: under((s, apply("f", s))), "occurs in its own"),
    ("s := if s < 0 then 1 else 0", lambda: under((s, cases((s, "<", x, x), otherwise=y))), "occurs in its own"),
    ("s := 1/s", lambda: under((s, 1 / s)), "occurs in its own"),
    ("s := s⁰", lambda: under((s, s**0)), "occurs in its own"),
    ("s := t + 1 and t := s", lambda: under((s, t + 1), (t, s)), "occurs in its own or in an earlier"),
    ("a cycle of three", lambda: under((s, t), (t, x), (x, s)), "occurs in its own or in an earlier"),
    ("a definition that uses a later one", lambda: under((s, t + t), (t, x)), "occurs in its own or in an earlier"),
    ("s := x and s := y, so x = y", lambda: under((s, x), (s, y)), "is defined twice"),
    ("s := x twice", lambda: under((s, x), (s, x)), "is defined twice"),
    ("x defined after it was used", lambda: under((s, x), (x, number(0))), "occurs in its own or in an earlier"),
    ("1 := 2", lambda: under((number(1), number(2))), "only a symbol can be defined, not a number"),
    ("x + y := 0", lambda: under((x + y, number(0))), "only a symbol can be defined, not a sum"),
    ("x y := 0", lambda: under((x * y, number(0))), "only a symbol can be defined, not a multiply"),
    ("f(x) := 0", lambda: under((apply("f", x), number(0))), "only a symbol can be defined, not a apply"),
    ("Aᵀ := A", lambda: under((A.T, A)), "only a symbol can be defined, not a transpose"),
    ("A B := B A", lambda: under((A @ S, S @ A)), "only a symbol can be defined, not a product"),
    ("a scalar abbreviates a matrix", lambda: under((s, A)), "cannot abbreviate"),
    ("a square matrix abbreviates a column", lambda: under((S, v)), "cannot abbreviate"),
    ("a 1×1 matrix abbreviates a scalar", lambda: under((symbol("S", (1, 1)), x)), "cannot abbreviate"),
    ("a name abbreviates", lambda: Definition(Name("s"), x), "a definition is between terms"),
    ("a body that is a number of Python", lambda: Definition(s, 1), "a definition is between terms"),
    ("s := 1/0", lambda: under((s, 1 / number(0))), "it needs 0 != 0"),
    ("s := f(1/0)", lambda: under((s, apply("f", 1 / number(0)))), "it needs 0 != 0"),
    ("a scalar and a matrix called x", lambda: derivation(step("start", x * X)), "x has two meanings here"),
    (
        "a 2×2 and a 3×3 matrix called S",
        lambda: derivation(step("start", symbol("S", (2, 2))), step("start", symbol("S", (3, 3)))),
        "S has two meanings here, a symbol of shape 2×2 and a symbol of shape 3×3",
    ),
    (
        "a matrix and its transposed shape under one name",
        lambda: derivation(step("start", symbol("S", (Name("m"), n)) @ symbol("S", (n, Name("m"))))),
        "S has two meanings here",
    ),
    ("a function called x at x", lambda: derivation(step("start", apply("x", x))), "x has two meanings here"),
    ("a function called as the size of its argument", lambda: derivation(step("start", apply(n, v))), "n has two"),
    ("the scalar n beside an n×n matrix", lambda: derivation(step("start", N * A)), "n has two meanings here"),
    (
        "a name that changes its meaning between steps",
        lambda: derivation(step("start", x), step("start", X)),
        "x has two meanings here",
    ),
    (
        "a name that changes its meaning after the definitions",
        lambda: derivation(step("start", X), define=[(s, x + x)]),
        "x has two meanings here",
    ),
    ("a definition that captures a function", lambda: under((s, x), (t, apply("s", x))), "s has two meanings here"),
    ("a definition that captures a size", lambda: under((N, x), (S, A)), "n has two meanings here"),
    ("a shape that is the symbol itself", lambda: derivation(step("start", symbol("x", (Name("x"), 1)))), "two mean"),
    (
        "I of size x beside x",
        lambda: derivation(step("start", Term("identity", (), Name("x"))), step("start", x)),
        "x has",
    ),
    (
        "unfold what has no definition",
        lambda: derivation(step("start", x), step("unfold", 0, x)),
        "x has no definition",
    ),
    (
        "unfold a sum",
        lambda: derivation(step("start", s + t), step("unfold", 0, s + t), define=[(s, x)]),
        "has no definition",
    ),
    (
        "unfold the matrix that shares its letter",
        lambda: derivation(step("start", x), step("unfold", 0, symbol("s", (2, 2))), define=[(s, x)]),
        "s has two meanings here",
    ),
    (
        "unfold s⁽¹⁾ by the definition of s",
        lambda: derivation(step("start", x), step("unfold", 0, symbol(Name("s", layer=1))), define=[(s, x)]),
        "s^(1) has no definition",
    ),
    (
        "unfold where the symbol does not occur",
        lambda: derivation(step("start", x), step("unfold", 0, s), define=[(s, y)]),
        "nothing on the right-hand side matches",
    ),
    (
        "unfold twice in one step",
        lambda: derivation(step("start", t), step("unfold", 0, t), step("unfold", 1, t), define=[(s, x), (t, s)]),
        "nothing on the right-hand side matches",
    ),
    (
        "fold 2x where x + x stands",
        lambda: derivation(step("start", x + x), step("fold", 0, s), define=[(s, 2 * x)]),
        "nothing on the right-hand side matches",
    ),
    (
        "fold y + x where x + y stands",
        lambda: derivation(step("start", x + y), step("fold", 0, s), define=[(s, y + x)]),
        "nothing on the right-hand side matches",
    ),
    (
        "fold the same body under another symbol",
        lambda: derivation(step("start", x + y), step("fold", 0, t), define=[(s, x + y), (t, x + y + 1)]),
        "nothing on the right-hand side matches",
    ),
    (
        "fold one body into two symbols at once",
        lambda: derivation(step("start", x * x), step("fold", 0, s, t), define=[(s, x), (t, x)]),
        "two of the symbols to fold have the same body",
    ),
]


@table(*ATTACKS)
def test_refused(tell, words):
    refuse(tell, words)


def test_unfolding_is_all_at_once_and_goes_one_level():
    claim = accepted(step("start", s + t), step("unfold", 0, s, t), define=[(s, x + 1), (t, s + 1)])
    assert claim.equations[0].rhs == (x + 1) + (s + 1)


def test_an_index_is_no_part_of_the_text():
    assert Name("w", entry=(1, 2)) != Name("w", entry=(12,))
    assert Name("w", layer=1) != Name("w", entry=(1,))
