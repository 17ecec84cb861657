"""The result of a collapse at a depth."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from symnet import kernel, witness
from symnet.api.results import OWN_WORK, Replay, Titled
from symnet.network import Network
from symnet.prove.collapse import Collapse
from symnet.term import Definition

if TYPE_CHECKING:
    from symnet.api.expansion import Progress
    from symnet.witness import Report


@dataclass(frozen=True, eq=False, repr=False)
class Proof(Replay):
    """A proved collapse: the output of ``network`` is W x + B, or g of it.

    ``witness`` is the report of the torch forward pass, or None when the check was left out.
    """

    network: Network
    collapse: Collapse
    witness: Report | None = None

    @property
    def W(self) -> Any:
        """The slope as a SymPy matrix expression, in the network's convention.

        >>> import symnet
        >>> symnet.collapse(depth=3, check=False).W
        W^(3)*W^(2)*W^(1)
        """
        from symnet.prove.results import slope_to_sympy

        return slope_to_sympy(self.collapse)

    @property
    def B(self) -> Any:
        """The offset as a SymPy matrix expression; above depth 12 in terms of the layer before, c⁽ᴸ⁻¹⁾."""
        from symnet.prove.results import offset_to_sympy

        return offset_to_sympy(self.collapse)

    @property
    def title(self) -> str:
        """A heading, in words."""
        widths = "–".join(map(str, self.network.widths))
        return (
            f"The collapse of a network of depth {self.network.depth}{f' ({widths})' if self._has_short_widths else ''}"
        )

    @property
    def _has_short_widths(self) -> bool:
        return self.network.is_numeric and self.network.depth <= 8

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        about = "The definitions are those of the network, and the coefficients do not depend on its input."
        witness = () if self.witness is None else (str(self.witness),)
        any_g = ("torch takes the identity for g, which stands for any function.",)
        return (f"{super().notes[0]} {about}", *witness, *(any_g if witness and self._is_about_any_g else ()))

    @property
    def _is_about_any_g(self) -> bool:
        return self.network.activations[-1].row.arbitrary

    @property
    def _known(self) -> tuple[Definition, ...]:
        return self.collapse.equations.definitions

    def witnessed(self, seed: int = 0) -> Proof:
        """This proof with the report of a torch forward pass.

        Raises :class:`~symnet.errors.WitnessFailed` when torch and the formula differ by more than rounding can
        explain, and :class:`~symnet.errors.MissingDependency` without torch.
        """
        return replace(self, witness=witness.witness(self.network, self.replayed, seed=seed))

    def save_expansion(
        self, path: str | os.PathLike[str], *, memory: int | None = None, progress: Progress | None = None
    ) -> int:
        """Write every output multiplied out, entry by entry, to a .tex, .md or .txt file; return how many products.

        One output is held at a time, and the file is written as it goes, so millions of products are no obstacle.
        With an output activation that is not affine, its preactivation is multiplied out. The products are the normal
        form of an output through the network's definitions, as the kernel computes it; they are not lines of the
        derivation.

        Args:
            path: where to; the file appears whole or not at all.
            memory: how many bytes the normal form of one output may take; left out, 1 GiB.
            progress: called with the number of the output (from 1), of how many, how many of its products are written,
                of how many.

        Raises :class:`~symnet.errors.UsageError` for widths that are names, for another suffix, and when ``memory`` is
        not enough.
        """
        from symnet.api.expansion import save_expansion

        return save_expansion(self.network, f"{self.title}, multiplied out", path, memory, progress)

    def count_products(self) -> int | None:
        """How many products each output has, multiplied out entry by entry; None where given numbers decide."""
        from symnet.prove.expansion import count_products

        return count_products(self.network)

    def uniqueness(self) -> Titled:
        """The derivation that W and B are determined by the map f: B = f(0), and W eⱼ = f(eⱼ) − f(0).

        Raises :class:`~symnet.errors.UsageError` for given weights, an output activation other than the identity, a map
        that does not depend on its input, or a depth over 12.

        >>> import symnet
        >>> print(symnet.collapse(depth=1, check=False).uniqueness())
        B = u
        W eⱼ = v − u
          where W = W⁽¹⁾
                B = b⁽¹⁾
                u = W⁽¹⁾ 𝟎[n₀×1] + b⁽¹⁾
                v = W⁽¹⁾ eⱼ + b⁽¹⁾
        proved: 12 steps replayed by the kernel, no conditions, no hypotheses
        """
        from symnet.prove.uniqueness import IN_WORDS, uniqueness_derivation

        replayed = kernel.replay(uniqueness_derivation(self.network), OWN_WORK)
        return Titled(replayed, f"{self.title}: W and B are the only ones", (IN_WORDS,))

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {**super()._result(), "network": repr(self.network), "witness": report}

    def __repr__(self) -> str:
        return super().__repr__() + ("" if self.witness is None else f"\n{self.witness}")
