"""``symnet collapse``"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from symnet import api
from symnet.cli.common import (
    PROVED,
    REFUTED,
    add_output,
    bytes_of,
    check_output,
    deliver,
    no_derivation,
    print_outcome,
    report_undecided,
    whole_number,
    wrapped,
)
from symnet.errors import NotAffine, ParseError, Undecided, UsageError


def add_to(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "collapse",
        help="show that a network is one affine map, or that it is not",
        description="Show that a network with affine hidden layers is g(W x + B), or refute that its layers collapse.",
    )
    command.add_argument(
        "--depth", metavar="L", help="number of affine layers, with widths n_0 … n_L; or L: every depth"
    )
    command.add_argument("--widths", metavar="N,N,…", help="widths from input to output, numbers or names: 2,2,1")
    command.add_argument(
        "--activation",
        metavar="NAME[,NAME…]",
        help="one name for the hidden layers, or one a layer, the last being the output's; "
        "ALPHA:BETA stands for z ↦ ALPHA·z + BETA, as in 2:1/2",
    )
    command.add_argument("--weights", metavar="FILE", help="JSON: one pair [W, b] a layer, W a list of rows, b or null")
    command.add_argument("--no-bias", action="store_true", help="layers without a bias")
    command.add_argument("--convention", metavar="column|row", help="W x + b (the default) or X W + b")
    command.add_argument("--form", metavar="entries|matrix", help="default: entries while the result stays small")
    command.add_argument(
        "--expand",
        metavar="FILE",
        help=f"also multiply every output out, one at a time, into a {', '.join(api.EXPANSIONS)} file",
    )
    command.add_argument(
        "--memory", metavar="SIZE", help="what one output multiplied out may take, such as 500M or 8G (default 1G)"
    )
    command.add_argument("--no-check", action="store_true", help="leave out the torch forward pass")
    command.add_argument("--seed", metavar="N", default="0", help="seed of the random draws (default 0)")
    add_output(command)
    command.set_defaults(run=_collapse)


def _collapse(options: argparse.Namespace) -> int:
    check_output(options.output, api.check_suffix)
    check_output(options.expand, api.check_expansion)
    memory = bytes_of(options.memory or "1G")
    keywords = _network_keywords(options)
    if options.expand and not _has_numbers(keywords):
        raise UsageError("--expand takes widths that are numbers, as in --widths 3,4,2")
    seed = whole_number(options.seed, "--seed")
    check = not options.no_check
    try:
        proof = api.collapse(**keywords, check=False, seed=seed)
    except NotAffine as refutation:
        return _report_refuted(options, refutation, check)
    except Undecided as reason:
        return report_undecided(options, reason)
    if not options.json:
        print(repr(proof) if options.output else proof.plain(), flush=True)
    if check:  # only now is torch imported: the proof stands without it
        proof = proof.witnessed(seed)
        if not options.json:
            print(wrapped(str(proof.witness)))
    deliver(options, proof)
    if options.expand:
        _expand(proof, options.expand, memory)
    return PROVED


def _expand(proof: Any, path: str, memory: int) -> None:
    """Multiply every output out into a file, saying how far it has come where somebody is looking."""
    each, outputs = proof.count_products(), proof.network.widths[-1]
    if each:
        print(f"multiplying out {outputs} × {each:,} products", file=sys.stderr)
    shown = sys.stderr is not None and sys.stderr.isatty()
    try:
        written = proof.save_expansion(path, memory=memory, progress=_show_progress if shown else None)
    finally:
        if shown:
            print(end="\r\x1b[K", file=sys.stderr)
    print(f"wrote {path}: {written:,} products", file=sys.stderr)


def _show_progress(output: int, outputs: int, done: int, products: int) -> None:
    print(f"\routput {output} of {outputs}: {done:,} of {products:,} products", end="", file=sys.stderr, flush=True)


def _report_refuted(options: argparse.Namespace, refutation: NotAffine, check: bool) -> int:
    if not options.json:
        print(f"refuted: {refutation}", flush=True)
    report = api.replay_on_torch(refutation.counterexample) if check else None
    if report is not None and not options.json:
        print(wrapped(str(report)))
    if options.json:
        witness = None if report is None else report.to_json()
        found = {"counterexample": refutation.counterexample.to_json(), "witness": witness}
        print_outcome("refuted", refutation, found)
    return no_derivation(options, REFUTED)


# Reading options.


def _network_keywords(options: argparse.Namespace) -> dict[str, Any]:
    """The keywords of a network that were given."""
    if not (options.depth or options.widths or options.weights):
        raise UsageError("say which network: --depth 5, --widths 2,3,1 or --weights FILE; see symnet collapse --help")
    keywords = {
        "depth": options.depth and _depth(options.depth),
        "widths": options.widths and [_width(w) for w in _entries(options.widths)],
        "activations": options.activation and _activations(options.activation),
        "weights": options.weights and _read_weights(options.weights),
        "bias": False if options.no_bias else None,
        "convention": options.convention,
        "form": options.form,
    }
    return {name: value for name, value in keywords.items() if value is not None}


def _has_numbers(keywords: dict[str, Any]) -> bool:
    """Whether a network has numbers for widths."""
    widths = keywords.get("widths", ["n"])
    return "weights" in keywords or all(isinstance(n, int) for n in widths)


_DEPTHS = "a whole number from 1, or a letter such as L for every depth"


def _depth(text: str) -> int | str:
    """A number of layers, or a letter for every number of layers."""
    return text if text.isascii() and text[:1].isalpha() else whole_number(text, "--depth", _DEPTHS)


def _width(text: str) -> int | str:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else text


def _entries(text: str) -> list[str]:
    """What stands between commas, Chinese ones included."""
    return [entry.strip() for entry in text.replace("，", ",").split(",")]


def _activations(text: str) -> Any:
    entries = [tuple(e.split(":")) if ":" in e else e for e in _entries(text)]
    return entries[0] if len(entries) == 1 else entries


def _read_weights(path: str) -> Any:
    """The weights of a JSON file; its decimals are read as written, never as floats."""
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file, parse_float=str, parse_constant=str)
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{path}: not a JSON file of weights [[W, b], …]: {error}") from None
    if not isinstance(found, list):
        raise ParseError(f"{path}: holds no list of weights [[W, b], …]")
    return found
