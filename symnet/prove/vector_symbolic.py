"""The derivatives of the vector functions, for every number of inputs.

The sum over all inputs is split at the one that is differentiated in,

    Σ_{k=1}^{n} e^{z_k} = Σ_{k=1}^{j−1} e^{z_k} + e^{z_j} + Σ_{k=j+1}^{n} e^{z_k},

so that ∂S/∂z_j = e^{z_j}; the rest is the quotient rule. How the whole sum depends on z_j the kernel does not know. So
S stands for the split sum, and that it is the whole sum is shown beforehand. An index is a sum of natural numbers, so
1 ≤ j ≤ n is written as n = j + m, i > j as i = j + d + 1, and i < j as j = i + d + 1. The sum is split by induction on
m. The quotients e^{z_j}/S that come up have letters of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from symnet.activations import find
from symnet.prove.vector_rows import NamedGoals, NormalizedRow, VectorDerivation, entry_of, logarithm, row_at
from symnet.term import (
    Index,
    Position,
    Term,
    derivative,
    index,
    multiply,
    natural,
    number,
    shifted,
    substitute,
    symbol,
    symbols,
    total,
)

#: Letters of the derivations: places, distances, the variable of the sums, and the sums that are split.
LETTERS: Final = frozenset({"i", "j", "d", "m", "k", "p", "q", "r", "s", "S", "T", "z", "u", "v", "sigma"})


@dataclass(frozen=True, slots=True)
class Place:
    """The input that is differentiated in, z_j, among z_1 … z_n.

    ``letter`` is the sum that is split there, ``shares`` are letters for what entries of softmax are, by their index.
    """

    j: Index
    n: Index
    letter: Term
    shares: Mapping[Index, Term]


_J: Final = index("j")
_BEFORE_I: Final = index("d", "j", offset=1)
_PLACE: Final = Place(_J, index("j", "m"), symbol("S"), {_J: symbol("p"), _BEFORE_I: symbol("q")})
#: Behind z_i, at j = i + d + 1.
_AFTER_I: Final = index("d", "i", offset=1)
_BEHIND: Final = Place(
    _AFTER_I, index("d", "i", "m", offset=1), symbol("T"), {index("i"): symbol("r"), _AFTER_I: symbol("s")}
)
#: The cases: which entry, differentiated where.
CASES: Final[tuple[tuple[str, Index, Place], ...]] = (
    ("i = j", _J, _PLACE),
    ("i > j", _BEFORE_I, _PLACE),
    ("i < j", index("i"), _BEHIND),
)


def normalized(name: str, n: str) -> VectorDerivation:
    """The derivatives of softmax, softmin or log_softmax."""
    return _Search(NormalizedRow(name)).run(n)


class _Search:
    def __init__(self, row: NormalizedRow) -> None:
        self.row = row
        definitions = [(place.letter, self.parts(place)) for place in (_PLACE, _BEHIND)]
        for place in (_PLACE, _BEHIND):
            indices = [place.j] if row.is_logarithm else place.shares
            definitions += [(place.shares[i], self.share(i, place)) for i in indices]
        self.named = NamedGoals(definitions)
        self.lines = self.named.lines

    def parts(self, place: Place) -> Term:
        """The sum before z_j, the term of z_j, and the sum behind it."""
        row, j = self.row, place.j
        return total([row.sum(shifted(j, -1)), row.weight(j), row.sum(place.n, shifted(j, 1))])

    def run(self, n: str) -> VectorDerivation:
        """The goals are, in each of the three cases, what the entry is, and what its derivative is."""
        lemma = self.lemma()
        here = self.lines.write("instantiate", (lemma,), (natural(_J), natural(_BEHIND.j)))
        for place, split in ((_PLACE, lemma), (_BEHIND, here)):
            tie = self.tie(place, split)
            known, slope = self.lines.write("sign", (tie,)), self.slope(place)
            for label, i, where in CASES:
                if where is place:
                    self.named.goals[f"entry, {label}"] = self.entry(i, place, tie, known)
                    self.named.goals[label] = self.case(i, place, slope)
        return self.named.finish(*_words(self.row, n))

    def lemma(self) -> int:
        """Σ_{k=1}^{j+m} = Σ_{k=1}^{j} + Σ_{k=j+1}^{j+m}, by induction on m."""
        lines, first = self.lines, self.row.sum(_J)

        def rest(upper: Position) -> Term:
            return self.row.sum(upper, shifted(_J, 1))

        n = _PLACE.n
        after = shifted(n, 1)
        base = lines.write("fold", (lines.regroup(lines.start(first), first + number(0)),), (rest(_J),))
        hypothesis = lines.write("assume", (), (self.row.sum(n), first + rest(n)))
        line = lines.unfold(lines.start(self.row.sum(after)), self.row.sum(after))
        line = lines.substitute(line, hypothesis)
        line = lines.regroup(line, first + (rest(n) + self.row.weight(after)))
        line = lines.write("fold", (line,), (rest(after),))
        return lines.write("induct", (base, line), (natural(index("m")),))

    def tie(self, place: Place, split: int) -> int:
        """Σ_{k=1}^{n} = S, where 1 ≤ j ≤ n"""
        lines = self.lines
        line = lines.substitute(lines.start(self.row.sum(place.n)), split)
        line = lines.unfold(line, self.row.sum(place.j))
        return lines.fold(lines.regroup(line, self.parts(place)), place.letter)

    def slope(self, place: Place) -> int:
        """∂S/∂z_j = e^{z_j}"""
        lines, row = self.lines, self.row
        line = lines.unfold(lines.start(derivative(place.letter, row.input(place.j))), place.letter)
        return lines.regroup(lines.differentiate(line), row.signed(row.weight(place.j)))

    def share(self, i: Index, place: Place) -> Term:
        """e^{z_i}/S"""
        return self.row.weight(i) / place.letter

    def value(self, i: Index, place: Place) -> Term:
        """The row is z_i − log S, or e^{z_i}/S, which has a letter."""
        return self.row.exponent(i) - logarithm(place.letter) if self.row.is_logarithm else place.shares[i]

    def entry(self, i: Index, place: Place, tie: int, known: int) -> int:
        """What the row is at i, as the sum is S and known to be positive."""
        lines = self.lines
        line = lines.substitute(lines.start(self.row.entry(i, place.n)), tie)
        if self.row.is_logarithm:
            return lines.discharge(lines.same(line, self.value(i, place)), known)
        return lines.discharge(lines.fold(line, self.value(i, place)), known)

    def case(self, i: Index, place: Place, slope: int) -> int:
        """The derivative of entry i"""
        lines, value = self.lines, self.value(i, place)
        line = lines.start(derivative(value, self.row.input(place.j)))
        if not self.row.is_logarithm:
            line = lines.unfold(line, value)
        line = lines.substitute(lines.differentiate(line, [place.letter]), slope)
        target, shares = self.target(i, place), {place.shares[k]: self.share(k, place) for k in (i, place.j)}
        line = lines.elementary(line, substitute(target, shares))
        return lines.discharge(lines.fold(line, *(s for s in shares if s in symbols(target))))

    def target(self, i: Index, place: Place) -> Term:
        """What the derivative of entry i is."""
        row, at_i, at_j = self.row, place.shares[i], place.shares[place.j]
        if row.is_logarithm:
            return 1 - at_j if i == place.j else -at_j
        return row.signed(at_j, 1 - at_j) if i == place.j else row.opposite(at_i, at_j)


def _words(row: NormalizedRow, n: str) -> tuple[str, ...]:
    sign, of = ("", "z") if row.is_plain else ("−", "−z")
    together = "∂bᵢ/∂zⱼ = δᵢⱼ − aⱼ" if row.is_logarithm else f"∂aᵢ/∂zⱼ = {sign}aᵢ (δᵢⱼ − aⱼ)"
    letters = " So aⱼ is p or s." if row.is_logarithm else " So aⱼ is p or s, and aᵢ is q or r."
    entries = "a = softmax(z) and bᵢ = log aᵢ" if row.is_logarithm else f"a = softmax({of})"
    return (
        f"Let {entries}, and let δᵢⱼ be 1 where i = j and 0 elsewhere. Then {together}. Three cases are shown: "
        "i = j, i > j and i < j.",
        f"There are {n} inputs, and 1 ≤ j ≤ {n}: with m inputs behind zⱼ, {n} = j + m. "
        f"i > j is written as i = j + d + 1, and i < j as j = i + d + 1, so that {n} = i + d + 1 + m. "
        f"The sum over all inputs, split at zⱼ, is S where i ≥ j and T where i < j.{letters}",
    )


def gated(n: str) -> VectorDerivation:
    """The derivatives of glu: entry i depends on u_i and v_i alone."""
    definition, sigma = find("glu").definition, symbol("sigma")
    gate = _gate(row_at(definition, _J, index(n)))
    named = NamedGoals([(sigma, gate)])
    lines = named.lines
    targets = {"u": gate, "v": multiply([entry_of("u", _J), gate, 1 - gate])}
    for label, i, place in CASES:
        for base in "uv":
            line = lines.start(derivative(row_at(definition, i, place.n), entry_of(base, place.j)))
            line = lines.differentiate(line)
            if i == place.j:
                line = lines.fold(lines.elementary(line, targets[base]), sigma)
            named.goals[f"{label}, {base}"] = lines.discharge(line)
    return named.finish(
        "Call the entries aᵢ = uᵢ σ(vᵢ), and let δᵢⱼ be 1 where i = j and 0 elsewhere. Then ∂aᵢ/∂uⱼ = δᵢⱼ σ(vᵢ) and "
        "∂aᵢ/∂vⱼ = δᵢⱼ uᵢ σ(vᵢ) (1 − σ(vᵢ)). Three cases are shown: i = j, i > j and i < j.",
        f"There are {n} pairs of inputs uᵢ and vᵢ. i > j is written as i = j + d + 1, and i < j as j = i + d + 1.",
    )


def _gate(entry: Term) -> Term:
    """σ(v_i) in u_i σ(v_i)"""
    return entry.args[1]
