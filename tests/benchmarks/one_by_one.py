"""Multiply out the outputs of a network one at a time, in a process of its own: seconds and peak memory, as JSON.

``python tests/benchmarks/one_by_one.py symnet 5 8``
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from measure import memory, peak_memory
from sides import WORK, flint_letters, flint_outputs_one_by_one, symnet_terms

from symnet.prove.expansion import expansions
from symnet.ring import Work


def outputs(side: str, width: int, depth: int) -> Iterator[Any]:
    """The outputs in turn."""
    if side == "symnet":
        return expansions(symnet_terms(width, depth), {}, Work(WORK, memory=2**31))
    return flint_outputs_one_by_one(flint_letters(width, depth))


def main(side: str, width: int, depth: int) -> None:
    """Print how many terms each output has, the seconds, and the bytes at the peak above those before the start."""
    found = outputs(side, width, depth)
    before = memory()
    counts = []
    start = time.process_time()
    for output in found:
        counts.append(len(output))
        del output
    seconds = time.process_time() - start
    print(json.dumps({"counts": counts, "seconds": seconds, "bytes": peak_memory() - before}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
