"""What each side does: the same network, multiplied out by symnet, by SymPy and by python-flint.

A network here is letters layer by layer, and its outputs are y_i = Σⱼ w_ij a_j + b_i, nested. Everything is made anew
at every call, so that nothing is remembered from one run to the next; SymPy's cache is emptied.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import compress
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from symnet.prove.expansion import Expanded, expansions
from symnet.reader.bridge import sympy_name
from symnet.ring import Work
from symnet.term import Name, Term, multiply, number, symbol, total

WORK = 10**9
#: A product of letters, by name, in the order of ``all_names``.
Product = tuple[str, ...]


@dataclass(frozen=True)
class Letters:
    """The letters of a network, as whatever a side calculates with."""

    weights: Sequence[Sequence[Sequence[Any]]]
    biases: Sequence[Sequence[Any]]
    inputs: Sequence[Any]

    @classmethod
    def make(cls, width: int, depth: int, letter: Callable[[Name], Any]) -> Letters:
        """The letters of layers of one width."""
        places = range(1, width + 1)
        layers = range(1, depth + 1)
        return cls(
            [[[letter(Name("w", k, (i, j))) for j in places] for i in places] for k in layers],
            [[letter(Name("b", k, (i,))) for i in places] for k in layers],
            [letter(Name("x", None, (j,))) for j in places],
        )


def all_names(width: int, depth: int) -> list[Name]:
    """The names of all letters, in the order in which they are made."""
    found: list[Name] = []
    Letters.make(width, depth, found.append)
    return found


def all_texts(width: int, depth: int) -> list[str]:
    """The same as texts."""
    return list(map(sympy_name, all_names(width, depth)))


def nested(letters: Letters, add: Callable[[list[Any], Any], Any]) -> list[Any]:
    """The outputs, layer by layer: ``add(products, bias)`` puts one together."""
    values = letters.inputs
    for weights, biases in zip(letters.weights, letters.biases, strict=True):
        values = [
            add([w * a for w, a in zip(row, values, strict=True)], bias)
            for row, bias in zip(weights, biases, strict=True)
        ]
    return list(values)


def in_turn(products: list[Any], bias: Any) -> Any:
    """Added up one by one, as a forward pass does."""
    result = products[0]
    for p in products[1:]:
        result = result + p
    return result + bias


# The three sides. Each returns the seconds that its own work took, and what it found.


def symnet_terms(width: int, depth: int) -> list[Term]:
    """The outputs as symnet writes them down."""
    return nested(Letters.make(width, depth, symbol), lambda products, bias: total([*products, bias]))


def symnet_outputs(width: int, depth: int) -> tuple[float, list[Expanded]]:
    """symnet, from the nested terms to the polynomials."""
    terms = symnet_terms(width, depth)
    start = time.process_time()
    found = list(expansions(terms, {}, Work(WORK)))
    return time.process_time() - start, found


def sympy_outputs(width: int, depth: int) -> tuple[float, list[Any]]:
    """SymPy, from the letters to the expanded expressions, with an empty cache."""
    clear_cache()
    letters = Letters.make(width, depth, lambda name: sympy.Symbol(sympy_name(name)))
    start = time.process_time()
    found = [sympy.expand(output) for output in nested(letters, in_turn)]
    return time.process_time() - start, found


def has_flint() -> bool:
    """Whether python-flint is installed."""
    return find_spec("flint") is not None


def flint_letters(width: int, depth: int) -> Letters:
    """The letters as generators of one of flint's rings."""
    import flint

    names = all_texts(width, depth)
    context = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
    generators = dict(zip(names, context.gens(), strict=True))
    return Letters.make(width, depth, lambda name: generators[sympy_name(name)])


def flint_outputs(width: int, depth: int) -> tuple[float, list[Any]]:
    """flint, from its generators to its polynomials."""
    letters = flint_letters(width, depth)
    start = time.process_time()
    found = nested(letters, in_turn)
    return time.process_time() - start, found


def flint_outputs_one_by_one(letters: Letters) -> Iterator[Any]:
    """The outputs in turn; the layers below are calculated once."""
    values = nested(Letters(letters.weights[:-1], letters.biases[:-1], letters.inputs), in_turn)
    for row, bias in zip(letters.weights[-1], letters.biases[-1], strict=True):
        yield in_turn([w * a for w, a in zip(row, values, strict=True)], bias)


# What was found, in a form to compare: how often each product of letters occurs. In a network no letter meets itself.


def symnet_products(found: Expanded) -> dict[Product, int]:
    """What symnet found; its atoms have to be numbered in the order of the letters."""
    return {tuple(sympy_name(a.name) for a, e in factors for _ in range(e)): int(c) for c, factors in found}


def sympy_products(found: Any, names: Sequence[str]) -> dict[Product, int]:
    """What SymPy found."""
    order = {name: i for i, name in enumerate(names)}
    products = [sorted(map(str, sympy.Mul.make_args(term)), key=order.__getitem__) for term in found.args]
    return dict(Counter(map(tuple, products)))


def flint_products(found: Any, names: Sequence[str]) -> dict[Product, int]:
    """What flint found."""
    products = {tuple(compress(names, exponents)): int(c) for exponents, c in found.terms() if max(exponents) == 1}
    return products if len(products) == len(found) else {}


def expected_products(width: int, depth: int, count: int) -> Iterator[dict[Product, int]]:
    """The first outputs as symnet multiplies them out."""
    letters = list(map(symbol, all_names(width, depth)))
    outputs = symnet_terms(width, depth)[:count]
    return map(symnet_products, expansions(outputs, {}, Work(WORK, memory=2**31), letters))


def written_out(found: Expanded) -> Term:
    """An expanded scalar as a term, for the printer."""
    return total(multiply([*([] if c == 1 else [number(c)]), *(a for a, _ in factors)]) for c, factors in found)
