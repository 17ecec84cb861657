"""Affine maps in the making: sums of products, composed layer by layer.

A :class:`Product` is a number, some scalar letters and an ordered run of factors. A unit of a layer, as a map of the
network's input, is a sum of products each of which stands in front of one input or belongs to the offset
(:data:`Summands`); gathered, it is an :class:`Affine` map. Composing these is all the algebra that a collapse needs;
the terms built from it are for the kernel to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from symnet.network import Equations
from symnet.term import Term, multiply, number, product, total, zero

_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Product:
    """``coefficient · scalars · factors``, the factors in order: matrices, or scalars entry by entry."""

    coefficient: Fraction = _ONE
    scalars: tuple[Term, ...] = ()
    factors: tuple[Term, ...] = ()

    def scaled(self, factor: Term) -> Product:
        """Times a scalar, in front."""
        if factor.op == "number":
            return Product(factor.value * self.coefficient, self.scalars, self.factors)
        return Product(self.coefficient, (factor, *self.scalars), self.factors)

    def of(self, *factors: Term) -> Product:
        """The same scalars in front of other factors."""
        return Product(self.coefficient, self.scalars, factors)

    def times(self, coefficient: Fraction) -> Product:
        """The same letters with another number in front."""
        return Product(coefficient, self.scalars, self.factors)


#: Summands in the order in which distributing leaves them: the number of the input that a product stands in front of,
#: or None for a summand of the offset.
Summands = tuple[tuple[int | None, Product], ...]


@dataclass(frozen=True, slots=True)
class Affine:
    """Σₘ slopes[m] · x_m + offset, each coefficient one term; None stands for zero."""

    slopes: tuple[Term | None, ...]
    offset: Term | None

    @property
    def coefficients(self) -> tuple[Term, ...]:
        """The slopes and the offset, without the zeros."""
        return tuple(c for c in (*self.slopes, self.offset) if c is not None)

    def renamed(self, letters: Mapping[Term, Term]) -> Affine:
        """The same map with letters for some of its coefficients."""
        slopes = tuple(s and letters.get(s, s) for s in self.slopes)
        return Affine(slopes, self.offset and letters.get(self.offset, self.offset))


@dataclass(frozen=True, slots=True)
class Algebra:
    """How products are put together and written down in one form and convention."""

    equations: Equations

    @property
    def is_matrix(self) -> bool:
        """Whether the factors are matrices."""
        return self.equations.form == "matrix"

    @property
    def is_row(self) -> bool:
        """Whether factors are appended on the right."""
        return self.equations.network.convention == "row"

    @property
    def copies(self) -> tuple[Term, ...]:
        """What stands in front of an offset: the column of ones for the rows of X, or nothing."""
        return self.equations.copies

    def times(self, weight: Term, p: Product) -> Product:
        """weight · p, in the order of the convention."""
        if weight.op == "number":
            return p.scaled(weight)
        return p.of(*p.factors, weight) if self.is_row else p.of(weight, *p.factors)

    def at_input(self, p: Product, x: Term) -> Product:
        """The summand that a slope contributes: p · x."""
        return p.of(x, *p.factors) if self.is_row else p.of(*p.factors, x)

    def as_offset(self, p: Product) -> Product:
        """The summand that an offset contributes: in the row convention one copy for each row of X."""
        return p.of(*self.copies, *p.factors)

    def term(self, p: Product) -> Term:
        """Write a product."""
        if self.is_matrix:
            scalars = self._scalars(p)
            return multiply(scalars) * product(p.factors) if scalars else product(p.factors)
        return multiply([*self._scalars(p), *p.factors] or [number(1)])

    def _scalars(self, p: Product) -> list[Term]:
        return ([] if p.coefficient == 1 else [number(p.coefficient)]) + list(p.scalars)

    def sum(self, products: Iterable[Product]) -> Term | None:
        """Write a sum of products; None for the empty sum."""
        terms = [self.term(p) for p in products]
        return total(terms) if terms else None

    def inputs(self) -> list[Summands]:
        """Each input, as itself."""
        return [((j, Product()),) for j in range(len(self.equations.inputs))]

    def combine(self, weights: Sequence[Term], units: Sequence[Summands], bias: Term | None) -> Summands:
        """Σⱼ weights[j] · units[j] + bias, distributed."""
        found = [(m, self.times(w, p)) for w, unit in zip(weights, units, strict=True) for m, p in unit]
        return _nonzero([*found, *((None, p) for p in self.constant(bias))])

    def constant(self, bias: Term | None) -> list[Product]:
        """A bias as a sum of at most one product."""
        if bias is None:
            return []
        return [Product(bias.value)] if bias.op == "number" else [Product(factors=(bias,))]

    def activate(self, alpha: Term, beta: Term, layer: int, unit: Summands) -> Summands:
        """α · unit + β, distributed."""
        ones_of_layer = self.equations.all_ones(layer)[len(self.copies) :]
        shift = Product(factors=ones_of_layer).scaled(beta)
        return _nonzero([*((m, p.scaled(alpha)) for m, p in unit), (None, shift)])

    def distributed(self, unit: Summands, like: Term) -> Term:
        """The unit as one sum of products, as they come; ``like`` has its shape."""
        inputs = self.equations.inputs
        found = self.sum(self.as_offset(p) if m is None else self.at_input(p, inputs[m]) for m, p in unit)
        return found or _zero(like)

    def collected(self, unit: Summands) -> tuple[Summands, Affine]:
        """The unit with its summands gathered by input, and equal products added up."""
        coefficients: dict[int | None, dict[Product, Fraction]] = {
            m: {} for m in (*range(len(self.equations.inputs)), None)
        }
        for m, p in unit:
            key = p.times(_ONE)
            coefficients[m][key] = coefficients[m].get(key, 0) + p.coefficient
        parts = {m: tuple(p.times(c) for p, c in found.items() if c) for m, found in coefficients.items()}
        affine = Affine(tuple(self.sum(parts[m]) for m in parts if m is not None), self.sum(parts[None]))
        return tuple((m, p) for m, products in parts.items() for p in products), affine

    def letters(self, unit: Affine) -> Summands:
        """The unit with each of its coefficients as one product: a letter or a number."""
        parts = [*enumerate(unit.slopes), (None, unit.offset)]
        return tuple((m, p) for m, c in parts for p in self.constant(c))

    def affine(self, unit: Affine, like: Term) -> Term:
        """Σₘ slopes[m] · x_m + offset, each coefficient in one piece; ``like`` has its shape."""
        summands = [
            self.equations.times(s, x) for s, x in zip(unit.slopes, self.equations.inputs, strict=True) if s is not None
        ]
        summands += [] if unit.offset is None else [self.equations.constant(unit.offset)]
        return total(summands) if summands else _zero(like)


def _zero(like: Term) -> Term:
    return zero(*like.shape) if like.shape else number(0)


def _nonzero(summands: Iterable[tuple[int | None, Product]]) -> Summands:
    return tuple((m, p) for m, p in summands if p.coefficient)
