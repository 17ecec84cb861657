"""The outputs of a network multiplied out, written to a file as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from symnet import render, store
from symnet.api.results import check_expansion
from symnet.network import Network
from symnet.prove.expansion import MEMORY, Expanded, count_products, expand
from symnet.term import Term

#: Who is told how far an expansion has come.
Progress = Callable[[int, int, int, int], None]
#: After so many products, progress is reported.
_REPORTED: Final = 10_000


def _watched(products: Expanded, progress: Progress, number: int, outputs: Any) -> Iterator[Any]:
    """The products, with reports of how many there have been."""
    for done, product in enumerate(products):
        if done % _REPORTED == 0:
            progress(number, outputs, done, len(products))
        yield product
    progress(number, outputs, len(products), len(products))


def save_expansion(
    network: Network, title: str, path: str | os.PathLike[str], memory: int | None, progress: Progress | None
) -> int:
    """See :meth:`symnet.Proof.save_expansion`."""
    form, outputs, written = check_expansion(path), network.widths[-1], 0

    def parts() -> Iterator[tuple[Term, Iterable[Any], Iterable[Term]]]:
        nonlocal written
        for number, found in enumerate(expand(network, memory or MEMORY), 1):
            written += len(found.products)
            watched = _watched(found.products, progress, number, outputs) if progress else found.products
            yield found.output, watched, found.symbols

    store.write_file(path, render.expanded_parts(form, title, _words(network), parts()))
    return written


def _words(network: Network) -> str:
    each = count_products(network)
    size = f"Each output has {each:,} products. " if each else ""
    return (
        f"{size}Every output is multiplied out through the definitions of the network: this is its normal form, as the "
        "symnet kernel computes it, and no line of a derivation."
    )
