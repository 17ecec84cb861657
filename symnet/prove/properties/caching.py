"""Pure functions of terms that are asked for again and again while facts about one function are looked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from symnet.prove import tidy as tidying
from symnet.term import Term

#: How many results of each function are kept.
CACHED: Final = 2_000


@lru_cache(maxsize=CACHED)
def tidy(term: Term, variable: Term | None = None) -> Term:
    """A shorter term that is equal; see :func:`symnet.prove.tidy.tidy`."""
    return tidying.tidy(term, variable)
