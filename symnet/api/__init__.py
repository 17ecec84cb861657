"""The public functions and their results: composition only."""

from symnet.api.expansion import EXPANSIONS, check_expansion
from symnet.api.functions import collapse, replay, replay_on_torch
from symnet.api.proof import InductionProof, Proof
from symnet.api.results import FORMATS, OWN_WORK, WORK_LIMIT, Replay, Titled, check_suffix
from symnet.prove.expansion import count_products

__all__ = [
    "EXPANSIONS",
    "FORMATS",
    "OWN_WORK",
    "WORK_LIMIT",
    "InductionProof",
    "Proof",
    "Replay",
    "Titled",
    "check_expansion",
    "check_suffix",
    "collapse",
    "count_products",
    "replay",
    "replay_on_torch",
]
