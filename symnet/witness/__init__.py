"""The witness room: proved formulas held against torch, and exact counterexamples to affinity.

Nothing here proves a theorem about all weights. :func:`witness` compares a replayed claim with a torch forward pass
that is built from the network alone, under a rounding-error bound computed from the data; :func:`witness_family` does
so for a claim about every depth, at some depths. :func:`counterexample` finds exact weights and inputs for which a
network is not affine; :func:`replay_on_torch` shows them to torch.

The names are loaded when they are first used, so importing this package imports neither numpy, torch nor mpmath.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symnet.witness.check import witness, witness_family
    from symnet.witness.exact import Counterexample
    from symnet.witness.replay import GapReport, replay_on_torch
    from symnet.witness.report import FamilyReport, Report
    from symnet.witness.search import counterexample

__all__ = [
    "Counterexample",
    "FamilyReport",
    "GapReport",
    "Report",
    "counterexample",
    "replay_on_torch",
    "witness",
    "witness_family",
]

_HOMES = {
    "Counterexample": "exact",
    "FamilyReport": "report",
    "GapReport": "replay",
    "Report": "report",
    "counterexample": "search",
    "replay_on_torch": "replay",
    "witness": "check",
    "witness_family": "check",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
