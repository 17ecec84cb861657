"""The performance table: symnet beside SymPy, as ratios measured side by side in one run (`make bench`).

Both sides start from nothing in every run, do the same work, and are held equal. symnet's side is the whole proof: the
network, the search, the kernel's replay, and the check that the claim is about the network. SymPy's side builds the
forward pass with its own matrices or symbols and calls ``expand``, which multiplies out and proves nothing. Runs are
interleaved, and the medians are compared.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import sympy
from sympy.core.cache import clear_cache

import symnet
from symnet.network.views import Forward
from symnet.reader.bridge import from_sympy, to_sympy
from symnet.ring import Work
from symnet.word import equal

RUNS = 5
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("matrices, depth 5", {"depth": 5}),
    ("matrices, depth 10", {"depth": 10}),
    ("matrices, depth 20", {"depth": 20}),
    ("entries, widths 2-2-1", {"widths": (2, 2, 1)}),
    ("entries, widths 3-4-5-2", {"widths": (3, 4, 5, 2)}),
    ("entries, widths 3-3-3-3-3", {"widths": (3, 3, 3, 3, 3), "form": "entries"}),
)


def prove(keywords: dict[str, Any]) -> symnet.Proof:
    """symnet's side."""
    return symnet.collapse(**keywords, check=False)


def expand(keywords: dict[str, Any]) -> list[Any]:
    """SymPy's side: the output, multiplied out."""
    clear_cache()
    net = symnet.Network(**{k: v for k, v in keywords.items() if k != "form"})
    output = Forward(net, entries="widths" in keywords).layer(net.depth)[1]
    return [sympy.expand(e) for e in output] if "widths" in keywords else [output.expand()]


def agree(proof: symnet.Proof, expanded: list[Any]) -> bool:
    """Whether both sides arrived at the same map."""
    bodies = {d.symbol: d.body for d in proof.definitions}
    sides = zip(proof.claim.equations, expanded, strict=True)
    return all(equal(_resolved(e.rhs, bodies), from_sympy(x), Work(10**9)) for e, x in sides)


def _resolved(term: Any, bodies: dict[Any, Any]) -> Any:
    from symnet.term import substitute, symbols

    while any(s in bodies for s in symbols(term)):
        term = substitute(term, bodies)
    return term


def measure(keywords: dict[str, Any]) -> tuple[float, float]:
    """The median seconds of both sides, runs interleaved."""
    times: dict[str, list[float]] = {"symnet": [], "sympy": []}
    for _ in range(RUNS):
        proof = _timed(times["symnet"], lambda: prove(keywords))
        expanded = _timed(times["sympy"], lambda: expand(keywords))
    if not agree(proof, expanded):
        raise SystemExit(f"{keywords}: the two sides differ")
    return statistics.median(times["symnet"]), statistics.median(times["sympy"])


def _timed(times: list[float], work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    times.append(time.perf_counter() - start)
    return result


def main() -> None:
    """Print the table."""
    to_sympy(symnet.collapse(depth=1, check=False).claim.equations[0].rhs)  # import everything before the clock runs
    print(f"symnet {symnet.__version__} beside SymPy {sympy.__version__}, medians of {RUNS} interleaved runs\n")
    print(f"{'whole proof against expand':32}{'symnet':>12}{'SymPy':>12}{'SymPy/symnet':>15}")
    for label, keywords in ROWS:
        ours, theirs = measure(keywords)
        print(f"{label:32}{ours * 1e3:9.2f} ms{theirs * 1e3:9.2f} ms{theirs / ours:15.1f}", flush=True)


if __name__ == "__main__":
    main()
