"""The public functions and their results: composition only."""

from symnet.api.functions import activations, collapse, derive, replay, replay_on_torch
from symnet.api.proof import Proof
from symnet.api.results import (
    EXPANSIONS,
    FORMATS,
    OWN_WORK,
    PICTURES,
    WORK_LIMIT,
    Replay,
    Titled,
    check_expansion,
    check_picture,
    check_suffix,
)

__all__ = [
    "EXPANSIONS",
    "FORMATS",
    "OWN_WORK",
    "PICTURES",
    "WORK_LIMIT",
    "Proof",
    "Replay",
    "Titled",
    "activations",
    "check_expansion",
    "check_picture",
    "check_suffix",
    "collapse",
    "derive",
    "replay",
    "replay_on_torch",
]
