"""SymPy expressions with an index that is a letter."""

import pickle

import pytest
import sympy

from symnet.errors import ParseError, UsageError
from symnet.reader.bridge import from_sympy, sympy_name, sympy_size, to_sympy
from symnet.reader.indexed import IndexedMatrix, IndexedSize, MatrixSum, OrderedProduct
from symnet.term import (
    Name,
    Position,
    Term,
    apply,
    identity,
    index,
    indexed_product,
    indexed_sum,
    instance,
    natural,
    ones,
    product,
    shifted,
    symbol,
    total,
    zero,
)

J, K, LAST = index("j"), index("k"), index("L")
j, L = sympy.symbols("j L")


def n(k: Position) -> Name:
    return Name("n", None, (k,))


def W(k: Position) -> Term:
    return symbol(Name("W", k), (n(k), n(shifted(k, -1))))


def b(k: Position) -> Term:
    return symbol(Name("b", k), (n(k), 1))


def alpha(k: Position) -> Term:
    return symbol(Name("alpha", k))


SLOPE = indexed_product("j", 1, LAST, W(J))
OFFSET = indexed_sum("k", 1, LAST, indexed_product("j", shifted(K, 1), LAST, W(J)) @ b(K))


@pytest.mark.parametrize(
    "term",
    [W(K), b(shifted(K, 1)), alpha(K), alpha(K) * W(K), W(K).T, identity(n(K)), zero(n(K), 1), ones(n(shifted(K, 2))),
     natural(shifted(K, 4)), alpha(K) * natural(K) + 1, W(K) @ W(shifted(K, -1)) @ b(shifted(K, -2)),
     symbol(Name("w", K, (1, shifted(K, 1)))), symbol(Name("W", index("i", "k", offset=-1)), (2, 2))],
    ids=repr,
)  # fmt: skip
def test_a_number_for_an_index_gives_the_usual_names(term: Term) -> None:
    concrete = instance(term, "k", 3)
    left, right = to_sympy(term).subs("k", 3), to_sympy(concrete)
    assert left == right
    assert left.subs("i", 2) == right.subs("i", 2)
    if term.shape:
        assert left.shape == right.shape == tuple(map(sympy_size, concrete.shape))


def test_how_names_are_written() -> None:
    written = {W(LAST): "W^(L)", W(shifted(K, 1)): "W^(k+1)", alpha(K): "alpha^(k)",
               symbol(Name("w", K, (1, K))): "w_1_k^(k)"}  # fmt: skip
    for term, text in written.items():
        assert str(to_sympy(term)) == repr(to_sympy(term)) == text
    assert str(sympy_size(n(LAST))) == "n_L"
    assert str(sympy_size(n(shifted(LAST, -1)))) == "n_(L-1)"
    assert sympy.latex(to_sympy(W(shifted(K, 1)))) == "W^{(k + 1)}"
    assert sympy.latex(to_sympy(alpha(K)) ** 2) == r"\left(\alpha^{(k)}\right)^{2}"
    assert sympy.latex(sympy_size(n(LAST))) == "n_{L}"


def test_sizes_are_positive_whole_numbers() -> None:
    size = sympy_size(n(LAST))
    assert size.is_integer
    assert size.is_positive
    three = sympy_size(n(3))
    assert size.subs(L, 3) == three
    assert three.is_integer
    assert three.is_positive


def test_the_slope() -> None:
    found = to_sympy(SLOPE)
    assert str(found) == "Product(W^(j), (j, L, ..., 1))"
    assert found.shape == (sympy_size(n(LAST)), sympy_size(n(0)))
    assert found.doit() == found
    assert found.subs(L, 3).doit() == to_sympy(product([W(3), W(2), W(1)]))
    assert found.subs("L", 3).doit() == found.subs({"L": 3}).doit()
    assert found.subs(L, 1).doit() == to_sympy(W(1))
    assert found.subs(L, 0).doit() == sympy.Identity(sympy_size(n(0)))
    assert sympy.latex(found) == r"\prod_{j=L,\dots,1} W^{(j)}"
    again = pickle.loads(pickle.dumps(found))
    assert again == found == to_sympy(SLOPE)
    assert hash(again) == hash(found)


def test_the_offset() -> None:
    found = to_sympy(OFFSET)
    assert str(found) == "Sum(Product(W^(j), (j, L, ..., k + 1))*b^(k), (k, 1, L))"
    assert found.shape == (sympy_size(n(LAST)), 1)
    assert found.doit() == found
    assert found.subs(L, 3).doit() == to_sympy(total([product([W(3), W(2), b(1)]), W(3) @ b(2), b(3)]))
    assert found.subs(L, 1).doit() == to_sympy(b(1))
    assert found.subs(L, 0).doit() == sympy.ZeroMatrix(sympy_size(n(0)), 1)
    assert sympy.latex(found) == r"\sum_{k=1}^{L} \left(\prod_{j=L,\dots,k + 1} W^{(j)}\right) b^{(k)}"


def test_ascending_products() -> None:
    found = to_sympy(indexed_product("j", 1, LAST, W(J).T, "ascending"))
    assert str(found) == "Product(W^(j).T, (j, 1, ..., L))"
    assert found.shape == (sympy_size(n(0)), sympy_size(n(LAST)))
    assert found.subs(L, 2).doit() == to_sympy(W(1).T @ W(2).T)


def test_scalars_in_front_and_ranges_that_are_shorter() -> None:
    found = to_sympy(indexed_product("j", 1, LAST, alpha(J) * W(J)))
    scalars, matrices = to_sympy(alpha(1)) * to_sympy(alpha(2)), map(to_sympy, (W(2), W(1)))
    assert found.subs(L, 2).doit() == sympy.MatMul(scalars, *matrices, evaluate=False)
    size = sympy.Symbol("p", integer=True, positive=True)
    square = IndexedMatrix("A", (j,), (), size, size)
    assert OrderedProduct(square, (j, 3, 2), "descending").doit() == sympy.Identity(size)
    assert OrderedProduct(square, (j, 3, 1), "descending").doit() == sympy.ZeroMatrix(size, size)
    assert MatrixSum(square, (j, 3, 1)).doit() == sympy.ZeroMatrix(size, size)


def test_brackets_in_latex_show_where_a_product_ends() -> None:
    v = symbol("v", (n(0), 1))
    assert sympy.latex(to_sympy(SLOPE @ v)) == r"\left(\prod_{j=L,\dots,1} W^{(j)}\right) v"
    sums = indexed_sum("k", 1, LAST, b(LAST) + b(LAST)) @ ones(1).T
    assert sympy.latex(to_sympy(sums)).startswith(r"\left(\sum_{k=1}^{L} \left(b^{(L)} + b^{(L)}\right)\right) ")


def test_the_variable_is_bound() -> None:
    found = to_sympy(OFFSET)
    assert found.free_symbols == {L}
    assert found.bound_symbols == [sympy.Symbol("k")]
    assert found.subs("k", 5) == found.subs(j, 5) == found
    assert found.subs(L, L + 1).subs(L, 2).doit() == found.subs(L, 3).doit()
    with pytest.raises(UsageError, match="put in something with another letter"):
        to_sympy(SLOPE).subs(L, j + 1)


def test_long_ranges_are_not_written_out() -> None:
    with pytest.raises(UsageError, match="has 100,000 terms"):
        to_sympy(SLOPE).subs(L, 100_000).doit()


def test_scalar_sums_and_products_are_sympy_s() -> None:
    added, multiplied = (to_sympy(op("k", 1, LAST, alpha(K) * natural(K))) for op in (indexed_sum, indexed_product))
    assert isinstance(added, sympy.Sum)
    a, c = (to_sympy(alpha(k)) for k in (1, 2))
    assert added.subs(L, 2).doit() == a + 2 * c
    assert multiplied.subs(L, 2).doit() == 2 * a * c
    assert (added.subs(L, 0).doit(), multiplied.subs(L, 0).doit()) == (0, 1)


@pytest.mark.parametrize(
    "term", [W(K), alpha(K), SLOPE, OFFSET, W(1) @ b(0) @ ones(1).T + indexed_product("j", 1, 1, W(J)) @ ones(n(0)),
             identity(n(K)), indexed_sum("k", 1, LAST, alpha(K)), 2 * alpha(K) ** 2], ids=repr,
)  # fmt: skip
def test_they_are_not_read_back(term: Term) -> None:
    with pytest.raises(ParseError, match="has an index that is a letter, and is not read back"):
        from_sympy(to_sympy(term))


def test_written_out_they_are_read_back() -> None:
    assert from_sympy(to_sympy(SLOPE).subs(L, 3).doit()) == product([W(3), W(2), W(1)])


def test_what_would_be_confused_is_refused() -> None:
    with pytest.raises(ParseError, match="k is an index and a letter there"):
        to_sympy(indexed_sum("k", 1, LAST, symbol("k") * natural(K)))
    with pytest.raises(ParseError, match="L is an index and a letter there"):
        to_sympy(symbol("L") * alpha(LAST))
    with pytest.raises(ParseError, match="is a member of a family, not one name"):
        sympy_name(Name("W", K))
    with pytest.raises(ParseError, match="is a member of a family, not one name"):
        to_sympy(apply(Name("h", K), symbol("x")))
    for name in (Name("a_b", K), Name("a_b", None, (K,))):
        with pytest.raises(ParseError, match="would read as an index"):
            to_sympy(symbol(name))
        with pytest.raises(ParseError, match="would read as an index"):
            sympy_size(name)


def test_printing_never_fails() -> None:
    for expression in (to_sympy(SLOPE).subs(L, -3), to_sympy(OFFSET).subs(L, 0), IndexedSize("n", (), (j / 2,))):
        assert str(expression)
        assert sympy.latex(expression)
        assert sympy.pretty(expression)
        assert sympy.srepr(expression)
