"""The witness of claims about every depth, on formulas by hand: true ones pass, planted errors fail."""

from dataclasses import replace
from fractions import Fraction

import pytest

from symnet.errors import ShapeError, UsageError, WitnessFailed
from symnet.kernel import Replayed, replay
from symnet.network import Network
from symnet.network.family import NetworkFamily
from symnet.term import (
    Bound,
    Claim,
    Definition,
    Derivation,
    Equation,
    Name,
    Position,
    Step,
    Term,
    identity,
    index,
    indexed_product,
    indexed_sum,
    natural,
    number,
    ones,
    product,
    shifted,
    symbol,
)
from symnet.witness import witness_family

J, K, LAST = index("j"), index("k"), index("L")
BEFORE = shifted(LAST, -1)
ABOVE = shifted(K, 1)


def assumed(family: NetworkFamily, value: Term) -> Replayed:
    """The claim that the output is this value, which nobody has proved."""
    return replay(Derivation(family.definitions, (Step("assume", (), (family.output, value)),), (0,)))


# Networks of all widths, and square ones, in which more mistakes have a shape.


class Square(NetworkFamily):
    """Networks of every depth whose widths are all n."""

    __slots__ = ()

    def width(self, k: Position) -> Name:
        return Name("n")

    def at(self, depth: int) -> Network:
        return Network(["n"] * (depth + 1), self.activation, bias=self.bias, convention=self.convention)


N = Name("n")
FAMILY, AFFINE, ROW = NetworkFamily(), NetworkFamily("L", "affine"), NetworkFamily(convention="row")
SQUARE, SQUARE_ROW, SQUARE_AFFINE = Square(), Square(convention="row"), Square("L", "affine")
TINY = number(1 + Fraction(1, 10**9))


def alpha(k: Position) -> Term:
    return symbol(Name("alpha", k))


def beta(k: Position) -> Term:
    return symbol(Name("beta", k))


def factors(family: NetworkFamily, low: Position, high: Position, order: str = "descending", body=None) -> Term:
    return indexed_product("j", low, high, family.weight(J) if body is None else body, order)


def offset(family: NetworkFamily, low: Position = 1, high: Position = LAST, summand: Term | None = None) -> Term:
    usual = factors(family, ABOVE, LAST) @ family.bias_of(K)
    return indexed_sum("k", low, high, usual if summand is None else summand)


def column(family: NetworkFamily, slope: Term | None = None, added: Term | None = None) -> Term:
    slope = factors(family, 1, LAST) if slope is None else slope
    return slope @ family.input + (offset(family) if added is None else added)


def row(family: NetworkFamily, order: str = "ascending", start: Position = ABOVE, copies: bool = True) -> Term:
    summand = family.bias_of(K) @ factors(family, start, LAST, order)
    added = family.copies(indexed_sum("k", 1, LAST, summand))
    slope = family.input @ factors(family, 1, LAST, order)
    return slope + added if copies else slope


def affine(
    family: NetworkFamily,
    factor: Term | None = None,
    shift: Term | None = None,
    start: Position = ABOVE,
    end: Position = BEFORE,
    bias: bool = True,
) -> Term:
    """W^(L) (∏ α W) x + W^(L) Σ (∏ α W) (α b + β 1) + b^(L)"""
    weight = family.weight(LAST)
    factor = alpha(J) * family.weight(J) if factor is None else factor
    if shift is None:
        shift = alpha(K) * family.bias_of(K) + beta(K) * family.ones_of(K)
    slope = weight @ factors(family, 1, BEFORE, body=factor)
    added = weight @ indexed_sum("k", 1, end, factors(family, start, BEFORE, body=factor) @ shift)
    return slope @ family.input + (added + family.bias_of(LAST) if bias else added)


SCALARS = indexed_product("j", 1, BEFORE, alpha(J))
DOUBLED = NetworkFamily("L", (2, 0), bias=False)
SPLIT = NetworkFamily("L", "affine", bias=False)


def split(scalars: Term, start: Position = ABOVE) -> Term:
    """The α apart from the matrices: (∏ α) (∏ W) x + Σ β (∏ α) (∏ W) 1"""
    scale = beta(K) * indexed_product("j", start, BEFORE, alpha(J))
    summand = scale * (factors(SPLIT, ABOVE, LAST) @ SPLIT.ones_of(K))
    return (scalars * factors(SPLIT, 1, LAST)) @ SPLIT.input + indexed_sum("k", 1, BEFORE, summand)


RIGHT = {
    "column": (FAMILY, column(FAMILY)),
    "row": (ROW, row(ROW)),
    "affine": (AFFINE, affine(AFFINE)),
    "square": (SQUARE, column(SQUARE)),
    "square, row": (SQUARE_ROW, row(SQUARE_ROW)),
    "square, affine": (SQUARE_AFFINE, affine(SQUARE_AFFINE)),
    "the α apart": (SPLIT, split(SCALARS)),
    "the last bias apart": (FAMILY, column(FAMILY, added=offset(FAMILY, high=BEFORE) + FAMILY.bias_of(LAST))),
    "a product of transposes": (FAMILY, column(FAMILY, factors(FAMILY, 1, LAST, "ascending", FAMILY.weight(J).T).T)),
    "the sum from below": (FAMILY, column(FAMILY, added=offset(
        FAMILY, 0, BEFORE, factors(FAMILY, shifted(K, 2), LAST) @ FAMILY.bias_of(shifted(K, 1))))),
    "a product of numbers": (DOUBLED, indexed_product("j", 1, BEFORE, number(2)) * (
        factors(DOUBLED, 1, LAST) @ DOUBLED.input)),
}  # fmt: skip

WRONG = {
    "the sum starts at 2": (FAMILY, column(FAMILY, added=offset(FAMILY, 2))),
    "the sum starts at 0": (FAMILY, column(FAMILY, added=offset(FAMILY, 0))),
    "the sum ends at L - 1": (FAMILY, column(FAMILY, added=offset(FAMILY, high=BEFORE))),
    "the sum ends at L + 1": (FAMILY, column(FAMILY, added=offset(
        FAMILY, high=shifted(LAST, 1), summand=factors(FAMILY, ABOVE, LAST) @ FAMILY.bias_of(K)))),
    "the sum is doubled": (FAMILY, column(FAMILY, added=offset(FAMILY) + offset(FAMILY))),
    "no biases": (FAMILY, factors(FAMILY, 1, LAST) @ FAMILY.input),
    "the last bias alone": (FAMILY, column(FAMILY, added=FAMILY.bias_of(LAST))),
    "the negative bias": (FAMILY, column(FAMILY, added=-1 * offset(FAMILY))),
    "1 + 1e-9 at the slope": (FAMILY, column(FAMILY, TINY * factors(FAMILY, 1, LAST))),
    "1 + 1e-9 at the offset": (FAMILY, column(FAMILY, added=TINY * offset(FAMILY))),
    "1 + 1e-9 in each factor": (FAMILY, column(FAMILY, factors(FAMILY, 1, LAST, body=TINY * FAMILY.weight(J)))),
    "no slope": (FAMILY, offset(FAMILY)),
    "the product starts at k": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=factors(SQUARE, K, LAST) @ SQUARE.bias_of(K)))),
    "the product starts at k + 2": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=factors(SQUARE, shifted(K, 2), LAST) @ SQUARE.bias_of(K)))),
    "the product ends at L - 1": (SQUARE, column(SQUARE, factors(SQUARE, 1, BEFORE))),
    "the product starts at 2": (SQUARE, column(SQUARE, factors(SQUARE, 2, LAST))),
    "the product starts at 0": (SQUARE, column(SQUARE, factors(SQUARE, 0, LAST))),
    "the order of the slope": (SQUARE, column(SQUARE, factors(SQUARE, 1, LAST, "ascending"))),
    "the order in the offset": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=factors(SQUARE, ABOVE, LAST, "ascending") @ SQUARE.bias_of(K)))),
    "transposed factors": (SQUARE, column(SQUARE, factors(SQUARE, 1, LAST, body=SQUARE.weight(J).T))),
    "one factor for all": (SQUARE, column(SQUARE, factors(SQUARE, 1, LAST, body=SQUARE.weight(1)))),
    "one bias for all": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=factors(SQUARE, ABOVE, LAST) @ SQUARE.bias_of(1)))),
    "the bias of the layer above": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=factors(SQUARE, ABOVE, LAST) @ SQUARE.bias_of(shifted(K, 1))))),
    "an index as a factor": (SQUARE, column(SQUARE, added=offset(
        SQUARE, summand=natural(K) * (factors(SQUARE, ABOVE, LAST) @ SQUARE.bias_of(K))))),
    "the order, row": (SQUARE_ROW, row(SQUARE_ROW, "descending")),
    "the product starts at k, row": (SQUARE_ROW, row(SQUARE_ROW, start=K)),
    "no biases, row": (ROW, row(ROW, copies=False)),
    "no α in the factors": (AFFINE, affine(AFFINE, factor=AFFINE.weight(J))),
    "no α at the bias": (AFFINE, affine(AFFINE, shift=AFFINE.bias_of(K) + beta(K) * AFFINE.ones_of(K))),
    "no β": (AFFINE, affine(AFFINE, shift=alpha(K) * AFFINE.bias_of(K))),
    "α β for β": (AFFINE, affine(AFFINE, shift=alpha(K) * (AFFINE.bias_of(K) + beta(K) * AFFINE.ones_of(K)))),
    "the α of the next layer": (AFFINE, affine(AFFINE, factor=alpha(shifted(J, 1)) * AFFINE.weight(J))),
    "no last bias": (AFFINE, affine(AFFINE, bias=False)),
    "the sum ends early, affine": (AFFINE, affine(AFFINE, end=shifted(LAST, -2))),
    "the product starts at k, affine": (SQUARE_AFFINE, affine(SQUARE_AFFINE, start=K)),
    "one α too many": (SPLIT, split(indexed_product("j", 1, LAST, alpha(J)))),
    "one α too few": (SPLIT, split(indexed_product("j", 2, BEFORE, alpha(J)))),
    "the α of the offset start at k": (SPLIT, split(SCALARS, K)),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", RIGHT)
def test_right_formulas_agree(name: str, seed: int) -> None:
    family, value = RIGHT[name]
    assert witness_family(family, assumed(family, value), seed=seed).agrees


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", WRONG)
def test_planted_errors_fail(name: str, seed: int) -> None:
    family, value = WRONG[name]
    with pytest.raises(WitnessFailed, match=r"at depth \d") as caught:
        witness_family(family, assumed(family, value), seed=seed)
    if caught.value.report is not None:
        assert not caught.value.report.agrees
        assert "DISAGREES at depths 1 to 12" in str(caught.value.report)


def test_shapes_catch_the_other_mistakes() -> None:
    with pytest.raises(ShapeError):
        factors(FAMILY, 1, LAST, "ascending")
    with pytest.raises(ShapeError):
        factors(FAMILY, K, LAST) @ FAMILY.bias_of(K)


def test_an_error_at_large_depths_only_is_found() -> None:
    """Σ from 9 to L is 0 up to depth 8."""
    late = indexed_sum("k", 9, LAST, SQUARE.bias_of(K))
    replayed = assumed(SQUARE, column(SQUARE, added=offset(SQUARE) + late))
    assert witness_family(SQUARE, replayed, depths=range(1, 9)).agrees
    with pytest.raises(WitnessFailed, match=r"differ at depth (9|1\d)"):
        witness_family(SQUARE, replayed)


def test_the_output_stands_on_the_left() -> None:
    a = FAMILY.activation_of(LAST)
    for value in (a, FAMILY.output):
        with pytest.raises(WitnessFailed, match="does not fit the network at depth 1"):
            witness_family(FAMILY, assumed(FAMILY, value))
    about_a = replay(Derivation(FAMILY.definitions, (Step("assume", (), (a, column(FAMILY))),), (0,)))
    with pytest.raises(UsageError, match="0 outputs"):
        witness_family(FAMILY, about_a)


def test_a_condition_that_a_depth_does_not_meet() -> None:
    replayed = assumed(FAMILY, column(FAMILY))
    deep = replace(replayed, claim=replace(replayed.claim, conditions=(Bound(3, LAST),)))
    assert witness_family(FAMILY, deep, depths=(3, 7)).agrees
    with pytest.raises(UsageError, match="says nothing at depth 2: it needs 3 ≤ L"):
        witness_family(FAMILY, deep, depths=(2, 3))


def test_definitions_are_used_at_the_depth() -> None:
    """A name that depends on L through its definition, also inside a Σ."""
    n = Name("n", None, (LAST,))
    shift, last = symbol("s", (n, 1)), symbol("t")
    definitions = (Definition(last, natural(LAST)), Definition(shift, last * ones(n)))
    added = indexed_sum("k", 1, LAST, product([identity(n), shift])) + -1 * (natural(LAST) ** 2 * ones(n))
    claim = Claim((Equation(FAMILY.output, column(FAMILY, added=offset(FAMILY) + added)),))
    right = Replayed(definitions=definitions, steps=(), goals=(), lines=(), claim=claim)
    assert witness_family(FAMILY, right).agrees
    off = replace(right, definitions=(Definition(last, natural(shifted(LAST, 1))), definitions[1]))
    with pytest.raises(WitnessFailed):
        witness_family(FAMILY, off)
