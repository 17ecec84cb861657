"""The command line: parse arguments, call the public functions, print.

Exit status: 0 proved, 1 refuted, 2 bad usage or input (one line on stderr), 3 undecided; 70 is a bug in symnet.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import symnet
from symnet import api
from symnet.errors import NotAffine, ParseError, SymnetError, Undecided, UsageError, WitnessFailed

PROVED, REFUTED, BAD_INPUT, UNDECIDED = range(4)
INTERNAL_ERROR = 70


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show W⁽¹⁾ gets a ? for it, and no traceback
            stream.reconfigure(errors="replace")
    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except WitnessFailed as error:
        print(f"symnet: this is a bug in symnet, please report it: {_one_line(error)}", file=sys.stderr)
        return INTERNAL_ERROR
    except SymnetError as error:
        print(f"symnet: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader of our output has gone, as in `symnet … | head`
        _drop_output()
        return PROVED
    except OSError as error:  # standard output cannot be written, as on a full disk
        _drop_output()
        print(f"symnet: cannot write the output: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 (a bug of symnet, whatever it is, must not look like a refutation)
        import traceback

        traceback.print_exc()
        print("symnet: this is a bug in symnet; please report it with the lines above", file=sys.stderr)
        return INTERNAL_ERROR


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _drop_output() -> None:
    """Let nothing more be written to standard output, not even when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> _Parser:
    parser = _Parser(
        prog="symnet",
        description="Prove claims about neural networks, step by step.",
        epilog="Exit status: 0 proved, 1 refuted, 2 bad usage or input, 3 undecided.",
    )
    parser.add_argument("--version", action="version", version=f"symnet {symnet.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_collapse(commands)
    _add_replay(commands)
    return parser


def _add_collapse(commands: Any) -> None:
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
    _add_output(command)
    command.set_defaults(run=_collapse)


def _add_replay(commands: Any) -> None:
    command = commands.add_parser(
        "replay",
        help="let the kernel check a derivation that somebody else made",
        description="Replay a derivation from a .json file, trusting nothing in it, and print what it shows.",
    )
    command.add_argument("file", metavar="FILE", help="a .json file that collapse or save wrote")
    command.add_argument("--work", metavar="N", help=f"limit on elementary operations (default {api.WORK_LIMIT})")
    command.add_argument("--memory", metavar="SIZE", help="limit on one normal form, such as 2G (default 512M)")
    _add_output(command)
    command.set_defaults(run=_replay)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", metavar="FILE", help=f"write {', '.join(api.FORMATS)} by suffix")
    command.add_argument("--json", action="store_true", help="print JSON instead of text")


def _collapse(options: argparse.Namespace) -> int:
    _check_output(options.output, api.check_suffix)
    _check_output(options.expand, api.check_expansion)
    memory = _bytes(options.memory or "1G")
    keywords = _network_keywords(options)
    if options.expand and not _has_numbers(keywords):
        raise UsageError("--expand takes widths that are numbers, as in --widths 3,4,2")
    seed = _whole(options.seed, "--seed")
    check = not options.no_check
    try:
        proof = api.collapse(**keywords, check=False, seed=seed)
    except NotAffine as refutation:
        return _report_refuted(options, refutation, check)
    except Undecided as reason:
        return _report_undecided(options, reason)
    if not options.json:
        print(repr(proof) if options.output else proof.plain(), flush=True)
    if check:  # only now is torch imported: the proof stands without it
        proof = proof.witnessed(seed)
        if not options.json:
            print(_wrapped(str(proof.witness)))
    _deliver(options, proof)
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


def _replay(options: argparse.Namespace) -> int:
    _check_output(options.output, api.check_suffix)
    limits = {} if options.work is None else {"work": _whole(options.work, "--work")}
    limits |= {} if options.memory is None else {"memory": _bytes(options.memory)}
    replayed = api.replay(options.file, **limits)
    if not options.json:
        print(replayed.statement())
    _deliver(options, replayed)
    return PROVED


def _deliver(options: argparse.Namespace, result: api.Replay) -> None:
    if options.output:
        result.save(options.output)
        print(f"wrote {options.output}", file=sys.stderr)
    if options.json:
        print(json.dumps(result.to_json(), ensure_ascii=False))


def _report_refuted(options: argparse.Namespace, refutation: NotAffine, check: bool) -> int:
    if not options.json:
        print(f"refuted: {refutation}", flush=True)
    report = api.replay_on_torch(refutation.counterexample) if check else None
    if report is not None and not options.json:
        print(_wrapped(str(report)))
    if options.json:
        witness = None if report is None else report.to_json()
        found = {"counterexample": refutation.counterexample.to_json(), "witness": witness}
        _print_outcome("refuted", refutation, found)
    return _no_derivation(options, REFUTED)


def _report_undecided(options: argparse.Namespace, reason: Undecided) -> int:
    if options.json:
        _print_outcome("undecided", reason, {})
    else:
        print(f"undecided: {reason}")
    return _no_derivation(options, UNDECIDED)


def _print_outcome(outcome: str, error: SymnetError, detail: dict[str, Any]) -> None:
    result = {"outcome": outcome, "reason": str(error), **detail}
    print(json.dumps({"symnet": symnet.__version__, "result": result}, ensure_ascii=False))


def _no_derivation(options: argparse.Namespace, status: int) -> int:
    if options.output:
        print(f"symnet: {options.output} is not written: there is no derivation", file=sys.stderr)
    return status


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


def _whole(text: str, option: str, wanted: str = "a whole number from 0") -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise UsageError(f"{option} takes {wanted}, not {text[:40]!r}")
    return int(text)


def _has_numbers(keywords: dict[str, Any]) -> bool:
    """Whether a network has numbers for widths."""
    widths = keywords.get("widths", ["n"])
    return "weights" in keywords or all(isinstance(n, int) for n in widths)


def _bytes(text: str) -> int:
    """A number of bytes, as 500M or 8G."""
    units = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
    number, unit = (text[:-1], units[text[-1:].upper()]) if text[-1:].upper() in units else (text, 1)
    if not number.isascii() or not number.isdigit() or len(number) > 15:
        raise UsageError(f"--memory takes a number of bytes such as 500M or 8G, not {text[:40]!r}")
    return int(number) * unit


_DEPTHS = "a whole number from 1, or a letter such as L for every depth"


def _depth(text: str) -> int | str:
    """A number of layers, or a letter for every number of layers."""
    return text if text.isascii() and text[:1].isalpha() else _whole(text, "--depth", _DEPTHS)


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


def _check_output(path: str | None, check_suffix: Callable[[str], object]) -> None:
    """Complain about a place that cannot be written before the work, not after it."""
    if path is not None:
        check_suffix(path)
        if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
            raise UsageError(f"cannot write {path}: there is no such folder")
