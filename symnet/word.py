"""The noncommutative normal form: matrix terms as sums of words.

A *word* is a sequence of matrix atoms, each possibly transposed, that are multiplied in that order; a matrix term is a
dictionary from word to coefficient, a fraction of :mod:`symnet.ring`. Products distribute over sums and are never
reordered, transposes move inwards with the order reversed, I is the empty word and the zero matrix the empty sum.

Shapes are not looked at here: :mod:`symnet.term` admits no ill-shaped term, and every identity used holds in all sizes,
so it holds for symbolic sizes. The form is sound and not complete: that two 1×1 matrices commute is not known.
"""

from __future__ import annotations

from symnet.ring import ONE, OPAQUE, Ring, Value, Work, in_a_ring
from symnet.term import Term, fold

Word = tuple[int, ...]  # first + step·atom, both even, plus 1 where the atom is transposed
Words = dict[Word, Value]


class Matrices:
    """Normal forms of terms over one ring of coefficients."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.atoms: dict[Term, int] = {}
        # Python's hashes of tuples of small numbers can be foreseen; with the salt of its hashes they cannot. A step of
        # 2 would leave the differences of letters as they are, and with these some of the tuples of one hash.
        self.first, self.step = 2 * (hash("word") % 2**60), 2 + 2 * (hash("step") % 2**40)

    def add(self, forms: list[Words]) -> Words:
        """A₁ + A₂ + …"""
        gathered: dict[Word, list[Value]] = {}
        for form in forms:
            self.ring.work.charge(len(form))
            for word, coefficient in form.items():
                gathered.setdefault(word, []).append(coefficient)
        return self._added(gathered)

    def multiply(self, left: Words, right: Words) -> Words:
        """A B, in this order."""
        gathered: dict[Word, list[Value]] = {}
        room = self.ring.charge(0, 0)
        for u, c in left.items():
            for v, d in right.items():
                self.ring.work.charge(1 + len(u) + len(v))
                product = d if c is ONE else c if d is ONE else self.ring.multiply_fractions(c, d)
                gathered.setdefault(u + v, []).append(product)
            if len(gathered) > room:
                self.ring.hold(len(gathered))  # which refuses
        self.ring.hold(len(gathered))
        return self._added(gathered)

    def scale(self, factor: Value, form: Words) -> Words:
        """c A"""
        self.ring.work.charge(len(form))
        return self._without_zeros({w: self.ring.multiply_fractions(factor, c) for w, c in form.items()})

    def transpose(self, form: Words) -> Words:
        """Aᵀ: (A B)ᵀ = Bᵀ Aᵀ, and Aᵀᵀ = A."""
        self.ring.work.charge(sum(len(word) for word in form))
        return {tuple(code ^ 1 for code in reversed(word)): c for word, c in form.items()}

    def _added(self, gathered: dict[Word, list[Value]]) -> Words:
        """The coefficients of each word added up."""
        add = self.ring.add_fractions
        sums = {w: cs[0] if len(cs) == 1 else add([(c,) for c in cs]) for w, cs in gathered.items()}
        return self._without_zeros(sums)

    def _without_zeros(self, form: Words) -> Words:
        return {word: c for word, c in form.items() if c is ONE or not self.ring.is_zero(c)}

    def atom(self, term: Term) -> Words:
        """The term as a letter of its own."""
        return {(self.first + self.step * self.atoms.setdefault(term, len(self.atoms)),): ONE}

    def combine(self, node: Term, args: list[Value | Words]) -> Value | Words:
        """The normal form of a node from those of its arguments."""
        if not node.shape:
            return self.ring.combine(node, args)  # type: ignore[arg-type]  # a scalar has scalar arguments
        forms: list[Words] = args  # type: ignore[assignment]
        match node.op:
            case "sum":
                return self.add(forms)
            case "product":
                result = forms[0]
                for form in forms[1:]:
                    result = self.multiply(result, form)
                return result
            case "scale":
                return self.scale(args[0], forms[1])  # type: ignore[arg-type]
            case "transpose":
                return self.transpose(forms[0])
            case "identity":
                return {(): ONE}
            case "zero":
                return {}
            case _:
                return self.atom(node)


def equal(lhs: Term, rhs: Term, work: Work) -> bool:
    """Whether the normal forms agree: then lhs = rhs wherever no denominator of either vanishes.

    >>> from symnet.term import Name, symbol
    >>> A, B = symbol("A", (2, 2)), symbol("B", (2, 2))
    >>> equal((A @ B).T, B.T @ A.T, Work(100)), equal(A @ B, B @ A, Work(100))
    (True, False)
    """
    if lhs.shape != rhs.shape:
        return False
    return in_a_ring(Ring(work), lambda ring: _equal_in(ring, lhs, rhs))


def _equal_in(ring: Ring, lhs: Term, rhs: Term) -> bool:
    if not lhs.shape:
        return ring.equal_fractions(ring.evaluate(lhs, {}, {}), ring.evaluate(rhs, {}, {}))
    matrices = Matrices(ring)
    left, right = (fold(side, matrices.combine, OPAQUE) for side in (lhs, rhs))
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    return left.keys() == right.keys() and all(
        left[word] is right[word] or ring.equal_fractions(left[word], right[word]) for word in left
    )
