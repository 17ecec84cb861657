"""W x + B at every depth, at depths 1 to 4: against SymPy's own forward pass, and against the collapse there."""

from itertools import product as every

import pytest
import sympy

from symnet.kernel import replay
from symnet.network.family import NetworkFamily
from symnet.prove.collapse import collapse_derivation
from symnet.prove.induction import induction_derivation
from symnet.prove.results import induction_offset, induction_slope, offset_to_sympy, slope_to_sympy
from symnet.reader.bridge import from_sympy, sympy_size, to_sympy
from symnet.ring import Work
from symnet.term import Name, Term, identity, instance, multiply, number, product, substitute, total, zero
from symnet.word import equal

FORMS = [
    NetworkFamily("L", activation, bias, convention)
    for convention, activation, bias in every(("column", "row"), ("identity", "affine", (2, "1/2")), (True, False))
]
DEPTHS = range(1, 5)


def written_out(term: Term) -> Term:
    """A term without free indices, with every Σ and ∏ written out."""
    if term.op not in ("sigma", "pi"):
        return Term(term.op, tuple(map(written_out, term.args)), term.value)
    variable, lower, upper, *direction = term.value
    (body,), shape = term.args, term.shape
    parts = [written_out(instance(body, variable, k)) for k in range(lower, upper + 1)]
    if term.op == "sigma":
        return total(parts) if parts else zero(*shape) if shape else number(0)
    if not parts:
        assert upper == lower - 1
        return identity(shape[0]) if shape else number(1)
    factors = parts[::-1] if direction == ["descending"] else parts
    return product(factors) if shape else multiply(factors)


def claimed_at(family: NetworkFamily, depth: int) -> Term:
    """The right-hand side of the replayed claim about the family, for one depth, in the letters of the network."""
    replayed = replay(induction_derivation(family).derivation)
    (equation,) = replayed.claim.equations
    bodies = {d.symbol: d.body for d in replayed.definitions if d.symbol.name.base in ("W", "B")}
    return written_out(instance(substitute(equation.rhs, bodies), "L", depth))


def numeric(expression: object, depth: int) -> sympy.Matrix:
    """The entries of a matrix expression at width 2 throughout, multiplied out by SymPy."""
    sizes = [Name("m"), *(Name("n", None, (k,)) for k in range(depth + 1))]
    found = expression.subs({sympy_size(n): 2 for n in sizes}).doit()
    return found.as_explicit().applyfunc(sympy.expand)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("family", FORMS, ids=str)
def test_sympy_s_forward_pass_is_the_claim_at_that_depth(family: NetworkFamily, depth: int) -> None:
    forward, value = family.at(depth).output, claimed_at(family, depth)
    assert equal(from_sympy(forward), value, Work(10**6))
    assert numeric(forward - to_sympy(value), depth).is_zero_matrix


def test_the_comparison_sees_a_missing_bias() -> None:
    forward = NetworkFamily("L").at(3).output
    value = claimed_at(NetworkFamily("L", bias=False), 3)
    assert not equal(from_sympy(forward), value, Work(10**6))
    assert not numeric(forward - to_sympy(value), 3).is_zero_matrix


@pytest.mark.parametrize("family", FORMS, ids=str)
def test_w_and_b_at_a_depth_are_those_of_the_collapse(family: NetworkFamily) -> None:
    found = induction_derivation(family)
    slope, offset = induction_slope(found), induction_offset(found)
    n, m = (sympy_size(family.width(k)) for k in (0, family.last))
    assert slope.shape == ((m, n) if family.is_column else (n, m))
    assert offset.shape == ((m, 1) if family.is_column else (1, m))
    for depth in DEPTHS:
        collapse = collapse_derivation(family.at(depth))
        w, b = (part.subs("L", depth).doit() for part in (slope, offset))
        assert w == slope_to_sympy(collapse)
        assert equal(from_sympy(b), from_sympy(offset_to_sympy(collapse)), Work(10**6))
        if not family.is_scaled:
            assert b == offset_to_sympy(collapse)


def test_without_any_offset_b_is_zero() -> None:
    for convention in ("column", "row"):
        found = induction_derivation(NetworkFamily("L", bias=False, convention=convention))
        assert found.offset is None
        assert induction_offset(found).is_ZeroMatrix


def test_at_depth_fifty() -> None:
    found = induction_derivation(NetworkFamily("L"))
    assert len(induction_slope(found).subs("L", 50).doit().args) == 50
    assert len(induction_offset(found).subs("L", 50).doit().args) == 50
