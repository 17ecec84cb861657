"""The collapse at every depth, by induction.

    a⁽ᴸ⁾ = (∏_{j=1}^{L} W⁽ʲ⁾) x + Σ_{k=1}^{L} (∏_{j=k+1}^{L} W⁽ʲ⁾) b⁽ᵏ⁾

with the product in descending order, and for hidden activations α z + β with α⁽ʲ⁾ W⁽ʲ⁾ for W⁽ʲ⁾ and α⁽ᵏ⁾ b⁽ᵏ⁾ + β⁽ᵏ⁾
1 for b⁽ᵏ⁾. In the row convention everything stands in the opposite order, and the offset is copied to each row of X.

The derivation is that of a textbook. First that a matrix distributes over the sum, by induction on its upper limit.
Then that for k ≤ L the product peels, ∏_{j=k+1}^{L+1} W⁽ʲ⁾ = W⁽ᴸ⁺¹⁾ ∏_{j=k+1}^{L} W⁽ʲ⁾. Then the theorem, by
induction on L from L = 0, where the product is I and the sum 0.

Source of the mathematics: affine maps compose to affine maps, e.g. Goodfellow, Bengio, Courville, *Deep Learning*
(2016), §6.1; unrolling a linear recursion into Σ and ∏ is Graham, Knuth, Patashnik, *Concrete Mathematics*, §2.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from symnet.errors import Rejected, Undecided
from symnet.kernel import Replayed, dependencies
from symnet.network.family import NetworkFamily
from symnet.prove.writer import Writer
from symnet.term import (
    Bound,
    Derivation,
    Equation,
    Position,
    Term,
    identity,
    index,
    indexed_product,
    indexed_sum,
    natural,
    product,
    shifted,
    symbol,
    total,
    zero,
)

#: Index variables of the derivation: bound by ∏ and Σ, the limit of the lemma's sum, a term of the sum.
FACTOR, SUMMAND, LIMIT, TERM = "j", "k", "p", "i"


@dataclass(frozen=True, slots=True)
class Induction:
    """A derivation and what it claims: the output is slope · x + offset, where None stands for no offset."""

    family: NetworkFamily
    derivation: Derivation
    slope: Term
    offset: Term | None

    @property
    def statement(self) -> Equation:
        """The equation that a replay of the derivation has to end in."""
        family = self.family
        value = family.times(self.slope, family.input)
        return Equation(family.output, value if self.offset is None else value + family.copies(self.offset))

    def check(self, replayed: Replayed) -> None:
        """Hold what was replayed against what was asked, as :meth:`symnet.prove.collapse.Collapse.check` does."""
        asked = self.family.definitions
        if replayed.definitions[: len(asked)] != asked:
            raise Rejected("the derivation does not start from this network's definitions")
        claim, positive = replayed.claim, Bound(1, self.family.last)
        if claim.equations != (self.statement,) or claim.hypotheses or set(claim.conditions) - {positive}:
            raise Rejected("the derivation does not end in W x + B for this network")
        for part in (self.slope, self.offset):
            if part is not None and self.family.input in dependencies(replayed.definitions, part):
                raise Rejected(f"{part} depends on the input of the network")


def induction_derivation(family: NetworkFamily) -> Induction:
    """Write the derivation that networks of every depth are W x + B.

    Raises :class:`~symnet.errors.Undecided` when the hidden activation is not affine.

    >>> from symnet.kernel import replay
    >>> found = induction_derivation(NetworkFamily("L"))
    >>> replayed = replay(found.derivation); found.check(replayed)
    >>> replayed.claim.equations[0]
    Equation(lhs=y: n_L×1, rhs=sum(product(W: n_L×n_0, x: n_0×1), B: n_L×1))
    """
    if not family.is_affine:
        raise Undecided("the hidden activation is not affine")
    return _Search(family).run()


class _Search:
    def __init__(self, family: NetworkFamily) -> None:
        self.family = family
        self.writer = Writer(family.definitions)
        self.has_offset = family.bias or family.is_scaled

    def run(self) -> Induction:
        """The lemma, the theorem for a⁽ᴸ⁾, and the result for the output."""
        lemmas = self._lemmas() if self.has_offset else None
        theorem = self._theorem(lemmas)
        return self._result(theorem)

    # The terms of the claim.

    def factor(self, j: Position) -> Term:
        """W⁽ʲ⁾, or α⁽ʲ⁾ W⁽ʲ⁾"""
        weight = self.family.weight(j)
        return self.family.parameters(j)[0] * weight if self.family.is_scaled else weight

    def shift(self, k: Position) -> Term:
        """What layer k adds: b⁽ᵏ⁾, or α⁽ᵏ⁾ b⁽ᵏ⁾ + β⁽ᵏ⁾ 1"""
        family = self.family
        if not family.is_scaled:
            return family.bias_of(k)
        alpha, beta = family.parameters(k)
        constant = beta * family.ones_of(k)
        return alpha * family.bias_of(k) + constant if family.bias else constant

    def factors(self, lower: Position, upper: Position) -> Term:
        """∏_{j=lower}^{upper} of the factors, the later layers outermost"""
        direction = "descending" if self.family.is_column else "ascending"
        return indexed_product(FACTOR, lower, upper, self.factor(index(FACTOR)), direction)

    def summand(self, k: Position, last: Position) -> Term:
        """(∏_{j=k+1}^{last} of the factors) · shift(k)"""
        return self.family.times(self.factors(shifted(k, 1), last), self.shift(k))

    def summands(self, upper: Position, last: Position) -> Term:
        """Σ_{k=1}^{upper} of the summands"""
        return indexed_sum(SUMMAND, 1, upper, self.summand(index(SUMMAND), last))

    def value(self, last: Position) -> Term:
        """The claim about a⁽ˡᵃˢᵗ⁾"""
        slope = self.family.times(self.factors(1, last), self.family.input)
        return slope + self.family.copies(self.summands(last, last)) if self.has_offset else slope

    def flat(self, *factors: Term) -> Term:
        """factors[0] · factors[1] · …, the first outermost, in the order of the convention"""
        return product(factors if self.family.is_column else factors[::-1])

    # The lemmas.

    def _lemmas(self) -> tuple[int, int]:
        return self._distributes(), self._peels()

    def _distributes(self) -> int:
        """W⁽ᴸ⁺¹⁾ Σ_{k=1}^{p} … = Σ_{k=1}^{p} W⁽ᴸ⁺¹⁾ …, by induction on p."""
        writer, last, p = self.writer, self.family.last, index(LIMIT)
        outer = self.factor(shifted(last, 1))

        def left(upper: Position) -> Term:
            return self.flat(outer, self.summands(upper, last))

        def right(upper: Position) -> Term:
            return self._scaled_sum(upper, last)

        writer.start(left(0))
        writer.unfold(self.summands(0, last))
        writer.regroup(zero(*left(0).shape))
        writer.fold(right(0))
        base = writer.last

        after = shifted(p, 1)
        writer.assume(left(p), right(p))
        hypothesis = writer.last
        writer.start(left(after))
        writer.unfold(self.summands(after, last))
        target = left(p) + self._scaled(after, last)
        writer.regroup(target) if self.family.is_scaled else writer.distribute(target)
        writer.substitute(hypothesis)
        writer.fold(right(after))
        writer.induct(base, hypothesis, LIMIT)
        return writer.last

    def _scaled(self, k: Position, last: Position) -> Term:
        """factor(last + 1) · (∏_{j=k+1}^{last} of the factors) · shift(k)"""
        return self.flat(self.factor(shifted(last, 1)), self.factors(shifted(k, 1), last), self.shift(k))

    def _scaled_sum(self, upper: Position, last: Position) -> Term:
        return indexed_sum(SUMMAND, 1, upper, self._scaled(index(SUMMAND), last))

    def _peels(self) -> int:
        """For i ≤ L: factor(L + 1) · (∏_{j=i+1}^{L}) · shift(i) = (∏_{j=i+1}^{L+1}) · shift(i)."""
        writer, last, i = self.writer, self.family.last, index(TERM)
        longer = self.factors(shifted(i, 1), shifted(last, 1))
        writer.start(self.summand(i, shifted(last, 1)))
        writer.unfold(longer)
        writer.regroup(self._scaled(i, last))
        writer.symmetry()
        return writer.last

    # The theorem.

    def _theorem(self, lemmas: tuple[int, int] | None) -> int:
        """a⁽ᴸ⁾ = its value, by induction on L."""
        writer, family, last = self.writer, self.family, self.family.last
        base = self._base()
        writer.assume(family.activation_of(last), self.value(last))
        hypothesis = writer.last

        after = shifted(last, 1)
        if lemmas:
            writer.instantiate(lemmas[0], natural(index(LIMIT)), natural(last))
        distributed = writer.last
        writer.start(family.activation_of(after))
        writer.unfold(family.activation_of(after))
        writer.substitute(hypothesis)
        if lemmas:
            self._move_into_sum(distributed, lemmas[1])
        longer, offset = self.flat(self.factor(after), self.factors(1, last)), self._longer_sum(last)
        writer.regroup(self._affine(longer, offset))
        unit = [self.factors(shifted(after, 1), after)] if lemmas else []
        writer.fold(self.factors(1, after), *unit)
        if lemmas:
            writer.fold(self.summands(after, after))
        writer.induct(base, hypothesis, family.depth)
        return writer.last

    def _base(self) -> int:
        """a⁽⁰⁾ = I x + 0, which is the value with an empty ∏ and Σ."""
        writer, family = self.writer, self.family
        width = family.width(0)
        writer.start(family.activation_of(0))
        writer.unfold(family.activation_of(0))
        writer.regroup(self._affine(identity(width), zero(width, 1) if family.is_column else zero(1, width)))
        writer.fold(self.factors(1, 0), *([self.summands(0, 0)] if self.has_offset else []))
        return writer.last

    def _move_into_sum(self, distributed: int, peels: int) -> None:
        """Distribute the layer over the value below it, and then over the Σ in that, term by term."""
        writer, family, last = self.writer, self.family, self.family.last
        after = shifted(last, 1)
        slope = self.flat(self.factor(after), self.factors(1, last), family.input)
        inner = self.flat(self.factor(after), self.summands(last, last))
        writer.distribute(total([slope, family.copies(inner), *self._constants(after)]))
        writer.substitute(distributed)
        writer.termwise(peels, self._scaled_sum(last, last), TERM)

    def _constants(self, k: Position) -> list[Term]:
        """What layer k adds, summand by summand."""
        family = self.family
        bias = [family.copies(family.bias_of(k))] if family.bias else []
        if not family.is_scaled:
            return bias
        alpha, beta = family.parameters(k)
        return [*(alpha * b for b in bias), beta * family.copies(family.ones_of(k))]

    def _longer_sum(self, last: Position) -> Term:
        """Σ_{k=1}^{last} of the summands up to last + 1, and the next one, with I for its empty ∏."""
        after = shifted(last, 1)
        longer = indexed_sum(SUMMAND, 1, last, self.summand(index(SUMMAND), after))
        return longer + self.family.times(identity(self.family.width(after)), self.shift(after))

    def _affine(self, slope: Term, offset: Term) -> Term:
        value = self.family.times(slope, self.family.input)
        return value + self.family.copies(offset) if self.has_offset else value

    # The result.

    def _result(self, theorem: int) -> Induction:
        """y = W x + B."""
        writer, family, last = self.writer, self.family, self.family.last
        below = shifted(last, -1)
        if family.is_scaled:
            writer.instantiate(theorem, natural(last), natural(below))
            theorem = writer.last
        writer.start(family.output)
        writer.unfold(family.output)
        writer.substitute(theorem)
        slope, offset = self.factors(1, last), self.summands(last, last)
        if family.is_scaled:
            weight = family.weight(last)
            slope, offset = self.flat(weight, self.factors(1, below)), self.flat(weight, self.summands(below, below))
            offset = offset + family.bias_of(last) if family.bias else offset
            writer.regroup(self._affine(slope, offset))
        letters = {symbol("W", slope.shape): slope}
        if self.has_offset:
            letters[symbol("B", offset.shape)] = offset
        for letter, body in letters.items():
            writer.define(letter, body)
        writer.fold(*letters)
        named = [*letters, None][:2]
        return Induction(family, writer.derivation([writer.last]), named[0], named[1])  # type: ignore[arg-type]
