"""The result of a collapse at every depth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from symnet import witness
from symnet.api.results import Replay
from symnet.network.family import NetworkFamily
from symnet.prove.induction import Induction
from symnet.term import Definition

if TYPE_CHECKING:
    from symnet.witness import FamilyReport


@dataclass(frozen=True, eq=False, repr=False)
class InductionProof(Replay):
    """A proved collapse at every depth: for each L, the output of the network of depth L is W x + B.

    ``witness`` is the report of torch forward passes at depths 1 to 12, or None when the check was left out.
    """

    network: NetworkFamily
    collapse: Induction
    witness: FamilyReport | None = None

    @property
    def W(self) -> Any:
        """The slope as a SymPy matrix expression; put a number for the depth and call ``doit()`` to multiply it out.

        >>> import symnet
        >>> proof = symnet.collapse(depth="L", check=False)
        >>> proof.W.subs("L", 3).doit()
        W^(3)*W^(2)*W^(1)
        """
        from symnet.prove.results import induction_slope

        return induction_slope(self.collapse)

    @property
    def B(self) -> Any:
        """The offset as a SymPy matrix expression."""
        from symnet.prove.results import induction_offset

        return induction_offset(self.collapse)

    @property
    def title(self) -> str:
        """A heading, in words."""
        return f"The collapse of a network of every depth {self.network.depth}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        about = "The definitions are those of the network, and W and B do not depend on its input."
        return (f"{super().notes[0]} {about}", *(() if self.witness is None else (str(self.witness),)))

    @property
    def _known(self) -> tuple[Definition, ...]:
        return self.network.definitions

    def witnessed(self, seed: int = 0) -> InductionProof:
        """This proof with the report of torch forward passes; it raises as :meth:`Proof.witnessed` does."""
        return replace(self, witness=witness.witness_family(self.network, self.replayed, seed=seed))

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {**super()._result(), "network": repr(self.network), "witness": report}

    def __repr__(self) -> str:
        return super().__repr__() + ("" if self.witness is None else f"\n{self.witness}")
