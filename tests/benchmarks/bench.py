"""The performance table: symnet beside SymPy and python-flint, as ratios measured side by side in one run.

``make bench`` prints it, and ``python tests/benchmarks/bench.py --markdown`` prints it for a page. Both sides of a row
start from nothing in every run, do the same work and are held equal; runs are interleaved and medians compared. A
whole proof is the network, the search, the kernel's replay and the check that the claim is about the network.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sympy
from derivatives import CLAIMS, decided, expression, proved, says
from measure import cpu_seconds, in_a_process, interleaved, timed
from sides import (
    WORK,
    all_names,
    all_texts,
    expected_products,
    flint_letters,
    flint_outputs,
    flint_outputs_one_by_one,
    flint_products,
    has_flint,
    symnet_outputs,
    symnet_products,
    sympy_outputs,
    sympy_products,
    written_out,
)
from sympy.core.cache import clear_cache

import symnet
from symnet.network.views import Forward
from symnet.prove.expansion import expansions
from symnet.reader.bridge import from_sympy
from symnet.render import latex
from symnet.ring import Work
from symnet.term import Term, substitute, symbol, symbols
from symnet.word import equal

SMALL = (3, 5)  # width and depth
LARGE = (5, 8)
NO_FLINT = "python-flint is not installed: pip install -e '.[bench]'"


@dataclass(frozen=True)
class Row:
    """One line of the table: two figures, how they compare, and what was aimed at."""

    label: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    target: str = "–"
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The line, cell by cell."""
        met = {None: "–", True: "yes", False: "no"}[self.met]
        return (self.label, self.ours, self.theirs, self.ratio, self.target, met)


HEADINGS = ("", "symnet", "beside it", "ratio", "target", "met")


def faster(label: str, ours: float, theirs: float, other: str, at_least: float | None = None) -> Row:
    """How many times faster symnet is."""
    ratio = theirs / ours
    target, met = ("–", None) if at_least is None else (f"≥ {at_least:,g} times faster", ratio >= at_least)
    return Row(label, seconds(ours), f"{other} {seconds(theirs)}", f"{ratio:,.1f} times faster", target, met)


def at_most(label: str, ours: float, theirs: float, other: str, bound: float, write: Callable[[float], str]) -> Row:
    """What part of the other side's figure symnet takes."""
    ratio = ours / theirs
    return Row(label, write(ours), f"{other} {write(theirs)}", f"{ratio:.2f} of it", f"≤ {bound:.2f}", ratio <= bound)


def seconds(value: float) -> str:
    """A time."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms"


def megabytes(value: float) -> str:
    """An amount of memory."""
    return f"{value / 2**20:.0f} MiB"


def hold(condition: bool, what: str) -> None:
    """Stop when the sides differ: then nothing measured means anything."""
    if not condition:
        raise SystemExit(f"{what}: the sides differ")


# Entry by entry.


def small_rows() -> Iterator[Row]:
    """Width 3, depth 5: the normal form alone, and the whole proof."""
    names = all_texts(*SMALL)
    ours, theirs, proof = (
        (lambda: symnet_outputs(*SMALL), 100),
        (lambda: sympy_outputs(*SMALL), 1),
        (timed(lambda: symnet.collapse(widths=(3,) * 6, form="entries", check=False)), 2),
    )
    times, (_, expanded, proved) = interleaved(7, ours, theirs, proof)
    expected = [sympy_products(e, names) for e in expanded]
    hold(list(expected_products(*SMALL, 3)) == expected, "the normal form, width 3, depth 5")
    hold(proved_products(proved) == expected, "the whole proof, width 3, depth 5")
    label = f"{sum(map(len, expected)):,} terms (3 outputs, width 3, depth 5)"
    yield faster(f"normal form, {label}", times[0], times[1], "SymPy", 1500)
    if has_flint():
        (own, flint), (_, found) = interleaved(20, ours, (lambda: flint_outputs(*SMALL), 100))
        hold([flint_products(f, names) for f in found] == expected, "flint, width 3, depth 5")
        yield at_most("the same", own, flint, "flint", 1.2, seconds)
    else:
        yield Row("the same beside flint", NO_FLINT)
    yield faster("whole proof with replay of the same", times[2], times[1], "SymPy", 200)


def proved_products(proof: symnet.Proof) -> list[dict[tuple[str, ...], int]]:
    """The claim's right-hand sides, multiplied out through the definitions."""
    bodies = {d.symbol: d.body for d in proof.definitions}
    sides = [e.rhs for e in proof.claim.equations]
    return [symnet_products(e) for e in expansions(sides, bodies, Work(WORK), map(symbol, all_names(*SMALL)))]


def large_rows() -> Iterator[Row]:
    """Width 5, depth 8, one output at a time, each side in a process of its own."""
    label = "width 5, depth 8, one output at a time"
    if not has_flint():
        yield Row(label, NO_FLINT)
        return
    found = next(flint_outputs_one_by_one(flint_letters(*LARGE)))
    hold(next(expected_products(*LARGE, 1)) == flint_products(found, all_texts(*LARGE)), label)
    runs: dict[str, list[dict[str, Any]]] = {"symnet": [], "flint": []}
    for _ in range(3):
        for side, figures in runs.items():
            figures.append(in_a_process("one_by_one.py", side, *map(str, LARGE)))
    (own,), (flint,) = ([sorted(r, key=lambda figures: figures["seconds"])[1]] for r in runs.values())
    hold(own["counts"] == flint["counts"] == [len(found)] * LARGE[0], label)
    label = f"normal form, {sum(own['counts']):,} terms ({label})"
    yield at_most(label, own["seconds"], flint["seconds"], "flint", 1.5, seconds)
    yield at_most("peak memory of the same", own["bytes"], flint["bytes"], "flint", 1 / 3, megabytes)


# Matrices.


def matrix_rows() -> Iterator[Row]:
    """Symbolic widths."""
    for depth, rounds, target in ((5, 5, 100), (50, 1, 1000)):
        ours, theirs = (timed(lambda: prove(depth)), 5), (timed(lambda: expand(depth)), 1)  # noqa: B023
        (own, other), (proof, expanded) = interleaved(rounds, ours, theirs)
        hold(agree(proof, expanded), f"matrices, depth {depth}")
        yield faster(f"whole proof, matrices of any size, depth {depth}", own, other, "SymPy", target)
    (long, short), _ = interleaved(3, (timed(lambda: prove(1000)), 1), (timed(lambda: prove(100)), 3))
    ratio, label = long / short, "the same, depth 1,000 beside depth 100"
    yield Row(label, seconds(long), f"symnet {seconds(short)}", f"{ratio:.1f} times", "≤ 12 times", ratio <= 12)


def prove(depth: int) -> symnet.Proof:
    """symnet's side."""
    return symnet.collapse(depth=depth, check=False)


def expand(depth: int) -> Any:
    """SymPy's side: the output of the nested forward pass, multiplied out."""
    clear_cache()
    return Forward(symnet.Network(depth=depth)).layer(depth)[1].expand()


def agree(proof: symnet.Proof, expanded: Any) -> bool:
    """Whether both sides arrived at the same map."""
    bodies = {d.symbol: d.body for d in proof.definitions}
    (equation,) = proof.claim.equations
    return equal(resolved(equation.rhs, bodies), from_sympy(expanded), Work(WORK))


def resolved(term: Term, bodies: dict[Term, Term]) -> Term:
    """The term without defined symbols."""
    while any(s in bodies for s in symbols(term)):
        term = substitute(term, bodies)
    return term


# Derivatives.


def derivative_rows() -> Iterator[Row]:
    """What symnet proves beside what SymPy finds; the targets are for what takes SymPy 5 ms or more."""
    ratios = []
    for name, (function, claimed) in CLAIMS.items():
        given = expression(function), expression(claimed)
        ours, theirs = (timed(lambda: proved(function, claimed)), 20), (timed(lambda: decided(*given)), 1)  # noqa: B023
        (own, other), (lines, decides) = interleaved(5, ours, theirs)
        hold(says(lines, function, claimed), name)
        ratios += [other / own] if other >= 5e-3 else []
        label = f"proof of h′ for {name}" + ("" if decides else ", which SymPy does not find")
        yield faster(label, own, other, "SymPy", 20 if other >= 5e-3 else None)
    ratio, label = statistics.median(ratios), f"median of the {len(ratios)} derivatives that take SymPy 5 ms or more"
    yield Row(label, "", "", f"{ratio:,.1f} times faster", "≥ 100 times faster", ratio >= 100)


# Printing, and a whole process.


def latex_rows() -> Iterator[Row]:
    """The expanded outputs of width 3, depth 5 as LaTeX."""
    _, expanded = sympy_outputs(*SMALL)
    letters = map(symbol, all_names(*SMALL))
    terms = [written_out(e) for e in expansions([from_sympy(e) for e in expanded], {}, Work(WORK), letters)]
    hold(all(equal(t, from_sympy(e), Work(WORK)) for t, e in zip(terms, expanded, strict=True)), "LaTeX")
    count = sum(len(e.args) for e in expanded)

    def ours() -> list[str]:
        return [latex(t) for t in terms]

    def theirs() -> list[str]:
        clear_cache()
        return [sympy.latex(e) for e in expanded]

    (own, other), (written, _) = interleaved(7, (timed(ours), 3), (timed(theirs), 1))
    hold(sum(w.count(" + ") + 1 for w in written) == count, "LaTeX")
    micro = [f"{t / count * 1e6:.1f} µs a term" for t in (own, other)]
    ratio, label = other / own, f"LaTeX of {count:,} terms"
    compared = f"{ratio:.1f} times faster", "≥ 50 times faster", ratio >= 50
    yield Row(label, micro[0], f"SymPy {micro[1]}", *compared)


def process_rows() -> Iterator[Row]:
    """A whole process, from start to the written file."""
    with TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.tex")
        ours = ("-m", "symnet", "collapse", "--depth", "5", "--no-check", "-o", out)

        def cpu(*command: str) -> Callable[[], tuple[float, None]]:
            return lambda: (cpu_seconds(*command), None)

        (own, other), _ = interleaved(9, (cpu(*ours), 1), (cpu("-c", "import sympy"), 1))
    label = "CPU time of `symnet collapse --depth 5 --no-check -o out.tex`"
    yield at_most(label, own, other, "`import sympy`", 0.3, seconds)


# The table.


def machine() -> str:
    """What the figures were measured on, in general terms."""
    parts = [
        f"{os.cpu_count()} CPU cores",
        f"{platform.python_implementation()} {platform.python_version()}",
        f"symnet {symnet.__version__}",
        f"SymPy {sympy.__version__}",
    ]
    flint = [f"python-flint {importlib.metadata.version('python-flint')}"] if has_flint() else []
    return ", ".join([*parts, *flint])


def rows() -> Iterator[Row]:
    """The table, row by row."""
    for part in (small_rows, large_rows, matrix_rows, derivative_rows, latex_rows, process_rows):
        yield from part()


def markdown() -> None:
    """Print the table for a page."""
    print(f"Measured side by side in one run, medians: {machine()}.\n")
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}", flush=True)
    for row in rows():
        print(f"| {' | '.join(row.cells())} |", flush=True)


def text() -> None:
    """Print the table for a terminal."""
    widths = (74, 16, 23, 22, 23, 3)

    def line(cells: tuple[str, ...]) -> str:
        return "".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)).rstrip()

    print(f"{machine()}\n\n{line(HEADINGS)}", flush=True)
    for row in rows():
        print(line(row.cells()), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="symnet beside SymPy and python-flint.")
    parser.add_argument("--markdown", action="store_true", help="print the table for a page")
    markdown() if parser.parse_args().markdown else text()
