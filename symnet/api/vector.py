"""The result of a derivation of a function of a vector, such as softmax."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from symnet import kernel, render
from symnet.activations import Activation
from symnet.api.results import OWN_WORK, Replay
from symnet.errors import UsageError
from symnet.prove.vector import VectorDerivation, vector_derivation
from symnet.reader.bridge import to_sympy
from symnet.term import Equation, Term
from symnet.witness.jacobian import witness_jacobian
from symnet.witness.slopes import JacobianReport

#: How many entries the check takes for a derivation with a letter for their number.
CHECKED = 3


@dataclass(frozen=True, eq=False, repr=False)
class VectorDerived(Replay):
    """The partial derivatives of a function of a vector: three cases for any size, or every entry for a given one.

    ``witness`` is the report of torch and its autograd, or None when the check was left out.
    """

    row: Activation
    n: int | str
    found: VectorDerivation
    witness: JacobianReport | None = None

    @property
    def partials(self) -> dict[str, Equation]:
        """The partial derivatives, by what is said of i and j.

        >>> import symnet
        >>> list(symnet.derive("softmax", check=False).partials)
        ['i = j', 'i > j', 'i < j']
        """
        found = {label: self.replayed.lines[line].equations for label, line in self.found.goals}
        return {label: e[0] for label, e in found.items() if label.startswith("i ") and e}

    @property
    def jacobian(self) -> Any:
        """The matrix of ∂aᵢ/∂zⱼ as SymPy expressions in a, for a given number of entries.

        >>> import symnet
        >>> symnet.derive("softmax", n=2, check=False).jacobian.tolist()
        [[a_1*(1 - a_1), -a_1*a_2], [-a_1*a_2, a_2*(1 - a_2)]]

        Raises :class:`~symnet.errors.UsageError` where the number of entries is a letter.
        """
        import sympy

        if not isinstance(self.n, int):
            raise UsageError(f"the Jacobian has entries for a given size: derive({self.row.name!r}, n=3)")
        return sympy.ImmutableMatrix([[to_sympy(t) for t in row] for row in _jacobian(self)])

    @property
    def title(self) -> str:
        """A heading, in words."""
        return f"The partial derivatives of {self.row.in_words} of {self.n} entries"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        return (*super().notes, *self.witness_notes)

    @property
    def page(self) -> render.Page:
        """What the printers print: first what the cases say together."""
        return replace(super().page, preface=self.found.words)

    @property
    def witness_notes(self) -> tuple[str, ...]:
        """What torch says."""
        return () if self.witness is None else (str(self.witness),)

    def witnessed(self, seed: int = 0) -> VectorDerived:
        """This derivation with the report of torch and its autograd, at 3 entries where their number is a letter.

        Raises :class:`~symnet.errors.WitnessFailed` when torch and the entries differ by more than rounding can
        explain, and :class:`~symnet.errors.MissingDependency` without torch.
        """
        concrete = self if isinstance(self.n, int) else derive_vector(self.row, CHECKED, False, seed)
        letters = {d.symbol: d.body for d in concrete.definitions}
        return replace(self, witness=witness_jacobian(self.row, _jacobian(concrete), letters, seed=seed))

    def plot(self, path: str | os.PathLike[str]) -> None:
        """There is no picture of a function of many variables; raises :class:`~symnet.errors.UsageError`."""
        raise UsageError(f"there is no picture of {self.row.name}: it is a function of several variables")

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {**super()._result(), "entries": self.n, "witness": report}

    def __repr__(self) -> str:
        return "\n".join([super().__repr__(), *([] if self.witness is None else [str(self.witness)])])


def derive_vector(row: Activation, n: int | str, check: bool, seed: int) -> VectorDerived:
    """Derive the partial derivatives of a vector row, for a number of entries or a letter."""
    found = vector_derivation(row.name, n)
    derived = VectorDerived(kernel.replay(found.derivation, OWN_WORK), row, n, found)
    return derived.witnessed(seed) if check else derived


def _jacobian(derived: VectorDerived) -> list[list[Term]]:
    """The right-hand sides of the partial derivatives, row by row; for glu those in u_1 … u_n before those in v."""
    found, n = derived.partials, int(derived.n)
    parts = ("",) if f"i = 1, j = {n}" in found else (", u", ", v")
    entries = range(1, n + 1)
    return [[found[f"i = {i}, j = {j}{part}"].rhs for part in parts for j in entries] for i in entries]
