"""symnet: claims about neural networks as derivations that a person can read and a kernel has replayed.

>>> import symnet
>>> proof = symnet.collapse(depth=2, check=False)
>>> print(proof)
y = W x + B
  where W = W⁽²⁾ W⁽¹⁾
        B = W⁽²⁾ b⁽¹⁾ + b⁽²⁾
proved: 10 steps replayed by the kernel, no conditions, no hypotheses
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symnet.api import Proof, Replay, collapse, derive, replay
    from symnet.api.derived import Derived
    from symnet.api.induction import InductionProof
    from symnet.errors import (
        MissingDependency,
        NotAffine,
        ParseError,
        Rejected,
        ShapeError,
        SymnetError,
        Undecided,
        UsageError,
        WitnessFailed,
    )
    from symnet.network import Network
    from symnet.network.family import NetworkFamily

__version__ = "0.1.0"

_ERRORS = (
    "MissingDependency",
    "NotAffine",
    "ParseError",
    "Rejected",
    "ShapeError",
    "SymnetError",
    "Undecided",
    "UsageError",
    "WitnessFailed",
)
_HOMES = {
    **dict.fromkeys(("Proof", "Replay", "collapse", "derive", "replay"), "symnet.api"),
    "Derived": "symnet.api.derived",
    "InductionProof": "symnet.api.induction",
    **dict.fromkeys(_ERRORS, "symnet.errors"),
    "Network": "symnet.network",
    "NetworkFamily": "symnet.network.family",
}

__all__ = [
    "Derived",
    "InductionProof",
    "MissingDependency",
    "Network",
    "NetworkFamily",
    "NotAffine",
    "ParseError",
    "Proof",
    "Rejected",
    "Replay",
    "ShapeError",
    "SymnetError",
    "Undecided",
    "UsageError",
    "WitnessFailed",
    "collapse",
    "derive",
    "replay",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import symnet`` alone imports nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module 'symnet' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
