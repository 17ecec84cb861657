"""The public functions and their results: composition only."""

from symnet.api.functions import collapse, replay, replay_on_torch
from symnet.api.proof import Proof
from symnet.api.results import EXPANSIONS, FORMATS, OWN_WORK, WORK_LIMIT, Replay, Titled, check_expansion, check_suffix

__all__ = [
    "EXPANSIONS",
    "FORMATS",
    "OWN_WORK",
    "WORK_LIMIT",
    "Proof",
    "Replay",
    "Titled",
    "check_expansion",
    "check_suffix",
    "collapse",
    "replay",
    "replay_on_torch",
]
