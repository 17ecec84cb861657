"""The Jacobians of the vector functions entry by entry, for a number of inputs.

With a = softmax(z), the Jacobian is diag(a) − a aᵀ: a_i (1 − a_i) on the diagonal and −a_i a_j elsewhere. That of
log softmax is I − 1 aᵀ, and that of glu has the diagonals σ(v_i) and u_i σ(v_i) (1 − σ(v_i)).
"""

from __future__ import annotations

from symnet.activations import find
from symnet.activations.row import Z
from symnet.prove.vector_rows import NamedGoals, NormalizedRow, VectorDerivation, entry_of, logarithm, row_at
from symnet.term import Term, apply, derivative, multiply, number, substitute, symbol, symbols, total

_S, _SHIFT = symbol("S"), symbol("c")


def normalized_entries(name: str, n: int) -> VectorDerivation:
    """The Jacobian of softmax, softmin or log_softmax of n inputs, and what else is known of its entries."""
    return _Search(NormalizedRow(name), n).run()


class _Search:
    """S is the sum written out, a_i = e^{z_i}/S, and b_i = z_i − log S for the logarithm of softmax."""

    def __init__(self, row: NormalizedRow, n: int) -> None:
        self.row, self.n, self.all = row, n, range(1, n + 1)
        self.written_out = total(row.weight(k) for k in self.all)
        definitions = [(_S, self.written_out), *((self.a(i), self.share(i)) for i in self.all)]
        if row.is_logarithm:
            definitions += [(self.output(i), self.value(i)) for i in self.all]
        self.named = NamedGoals(definitions)
        self.lines, self.goals = self.named.lines, self.named.goals

    def a(self, i: int) -> Term:
        """a_i"""
        return entry_of("a", i)

    def share(self, i: int) -> Term:
        """e^{z_i}/S"""
        return self.row.weight(i) / _S

    def output(self, i: int) -> Term:
        """The letter for entry i: a_i, or b_i for the logarithm."""
        return entry_of("b", i) if self.row.is_logarithm else self.a(i)

    def value(self, i: int) -> Term:
        """What that letter stands for."""
        return self.row.exponent(i) - logarithm(_S) if self.row.is_logarithm else self.share(i)

    def run(self) -> VectorDerivation:
        """The goals, from what the letters stand for to what a shift does."""
        self.goals["S"] = tie = self.tie()
        for i in self.all:
            line = self.lines.start(self.row.entry(i, self.n))
            self.goals[f"entry {i}"] = self.settle(line, tie, i)
        self.jacobian()
        self.sum()
        if not self.row.is_logarithm:
            self.range()
            self.sigmoid()
        self.shift()
        return self.named.finish(*self.words())

    def tie(self) -> int:
        """Σ_{k=1}^{n} e^{z_k} = S"""
        line = self.unrolled(self.lines.start(self.row.sum(self.n)), self.row.sum(self.n))
        return self.lines.fold(self.lines.regroup(line, self.written_out), _S)

    def unrolled(self, line: int, sigma: Term) -> int:
        """A sum over 1 … n written out, from the last term to the first."""
        for upper in range(self.n, -1, -1):
            line = self.lines.unfold(line, Term("sigma", sigma.args, (*sigma.value[:2], upper)))
        return line

    def settle(self, line: int, tie: int, i: int) -> int:
        """A line that ends in the entry i, by the value of its sum, and there in its letter."""
        lines = self.lines
        line = lines.same(lines.substitute(line, tie), self.value(i))
        return lines.discharge(lines.fold(line, self.output(i)))

    def jacobian(self) -> None:
        """∂a_i/∂z_j for all i and j"""
        slopes = {j: self.slope(j) for j in self.all}
        for i in self.all:
            for j in self.all:
                self.goals[f"i = {i}, j = {j}"] = self.entry(i, j, slopes[j])

    def slope(self, j: int) -> int:
        """∂S/∂z_j = e^{z_j}"""
        lines = self.lines
        line = lines.unfold(lines.start(derivative(_S, self.row.input(j))), _S)
        return lines.regroup(lines.differentiate(line), self.row.signed(self.row.weight(j)))

    def entry(self, i: int, j: int, slope: int) -> int:
        """∂a_i/∂z_j, or ∂b_i/∂z_j"""
        lines = self.lines
        line = lines.unfold(lines.start(derivative(self.output(i), self.row.input(j))), self.output(i))
        line = lines.substitute(lines.differentiate(line, [_S]), slope)
        written = {self.a(k): self.share(k) for k in (i, j)}
        line = lines.elementary(line, substitute(self.target(i, j), written))
        return lines.discharge(lines.fold(line, *written))

    def target(self, i: int, j: int) -> Term:
        """What ∂a_i/∂z_j or ∂b_i/∂z_j is."""
        at_i, at_j = self.a(i), self.a(j)
        if self.row.is_logarithm:
            return 1 - at_j if i == j else -at_j
        return self.row.signed(at_i, 1 - at_i) if i == j else self.row.opposite(at_i, at_j)

    def sum(self) -> None:
        """a_1 + … + a_n = 1"""
        lines, outputs = self.lines, [self.output(i) for i in self.all]
        summands = [apply("exp", b) for b in outputs] if self.row.is_logarithm else outputs
        line = lines.unfold(lines.unfold(lines.start(total(summands)), *outputs), _S)
        self.goals["sum"] = lines.discharge(lines.same(line, number(1)))

    def range(self) -> None:
        """0 < a_i, and a_i < 1 where there is another entry"""
        lines = self.lines
        for i in self.all:
            line = lines.unfold(lines.start(self.a(i)), self.a(i))
            self.goals[f"0 < a_{i}"] = lines.discharge(lines.write("sign", (line,)))
        for i in self.all if self.n > 1 else ():
            others = total(self.row.weight(k) for k in self.all if k != i)
            line = lines.unfold(lines.unfold(lines.start(1 - self.a(i)), self.a(i)), _S)
            line = lines.same(line, others / self.written_out)
            self.goals[f"a_{i} < 1"] = lines.discharge(lines.write("sign", (line,)))

    def sigmoid(self) -> None:
        """For two inputs, a_1 = σ(z_1 − z_2) and a_2 = σ(z_2 − z_1); for softmin the other way round"""
        lines, (z, other_z) = self.lines, map(self.row.input, (1, 2))
        gaps = (z - other_z, other_z - z) if self.row.is_plain else (other_z - z, z - other_z)
        for i, gap in enumerate(gaps, 1) if self.n == 2 else ():
            sigmoid = substitute(find("sigmoid").definition, {Z: gap})
            line = lines.unfold(lines.unfold(lines.start(self.a(i)), self.a(i)), _S)
            self.goals[f"a_{i} as a sigmoid"] = lines.discharge(lines.same(line, sigmoid))

    def shift(self) -> None:
        """The entries at z_1 + c, …, z_n + c are those at z_1, …, z_n"""
        lines, sigma = self.lines, self.moved(self.row.sum(self.n))
        factor = substitute(self.row.weight(1), {self.row.input(1): _SHIFT})
        line = self.unrolled(lines.start(sigma), sigma)
        tie = lines.fold(lines.same(line, factor * self.written_out), _S)
        for i in self.all:
            line = lines.start(self.moved(self.row.entry(i, self.n)))
            self.goals[f"shift, i = {i}"] = self.settle(line, tie, i)

    def moved(self, term: Term) -> Term:
        """The term with z_k + c for every z_k"""
        inputs = [s for s in symbols(term) if s.name.base == "z"]
        return substitute(term, {z: z + _SHIFT for z in inputs})

    def words(self) -> tuple[str, ...]:
        """How the entries make up a matrix."""
        if self.row.is_logarithm:
            return ("The entry in row i and column j is ∂bᵢ/∂zⱼ = δᵢⱼ − aⱼ: the Jacobian is I − 1 aᵀ.",)
        matrix = "diag(a) − a aᵀ" if self.row.is_plain else "−(diag(a) − a aᵀ)"
        return (f"The entry in row i and column j is ∂aᵢ/∂zⱼ: the Jacobian is {matrix}.",)


def gated_entries(n: int) -> VectorDerivation:
    """The derivatives of each entry of glu in each u_j and v_j."""
    definition, every = find("glu").definition, range(1, n + 1)
    gates = {i: entry_of("sigma", i) for i in every}
    outputs = {i: entry_of("a", i) for i in every}
    rows = {i: row_at(definition, i, n) for i in every}
    bodies = {gates[i]: rows[i].args[1] for i in every}
    named = NamedGoals([*bodies.items(), *((outputs[i], rows[i].args[0] * gates[i]) for i in every)])
    lines = named.lines
    for i in every:
        line = lines.fold(lines.fold(lines.start(rows[i]), gates[i]), outputs[i])
        named.goals[f"entry {i}"] = lines.discharge(line)
    for i, j, base in ((i, j, base) for i in every for j in every for base in "uv"):
        line = lines.unfold(lines.start(derivative(outputs[i], entry_of(base, j))), outputs[i])
        line = lines.differentiate(lines.unfold(line, gates[i]))
        if i == j:
            gate = bodies[gates[i]]
            target = gate if base == "u" else multiply([entry_of("u", i), gate, 1 - gate])
            line = lines.fold(lines.elementary(line, target), gates[i])
        named.goals[f"i = {i}, j = {j}, {base}"] = lines.discharge(line)
    return named.finish("The entry in row i and column j is ∂aᵢ/∂uⱼ on the left and ∂aᵢ/∂vⱼ on the right.")
