"""What the commands have in common: their exit statuses, their output, and how they read numbers."""

from __future__ import annotations

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import symnet
from symnet import api
from symnet.errors import SymnetError, UsageError

PROVED, REFUTED, BAD_INPUT, UNDECIDED = range(4)
INTERNAL_ERROR = 70


def one_line(error: Exception) -> str:
    """The message of an error on one line."""
    return " ".join(str(error).split())


def wrapped(text: str) -> str:
    """A long line as lines of a terminal."""
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def add_output(command: argparse.ArgumentParser) -> None:
    """The options -o and --json."""
    command.add_argument("-o", "--output", metavar="FILE", help=f"write {', '.join(api.FORMATS)} by suffix")
    command.add_argument("--json", action="store_true", help="print JSON instead of text")


def deliver(options: argparse.Namespace, result: api.Replay) -> None:
    """Write the file and print the JSON that were asked for."""
    if options.output:
        result.save(options.output)
        print(f"wrote {options.output}", file=sys.stderr)
    if options.json:
        print(json.dumps(result.to_json(), ensure_ascii=False))


def print_outcome(outcome: str, error: SymnetError, detail: dict[str, Any]) -> None:
    """Print the JSON of a result that is no proof."""
    result = {"outcome": outcome, "reason": str(error), **detail}
    print(json.dumps({"symnet": symnet.__version__, "result": result}, ensure_ascii=False))


def no_derivation(options: argparse.Namespace, status: int) -> int:
    """Say that a file is not written, where one was asked for."""
    if options.output:
        print(f"symnet: {options.output} is not written: there is no derivation", file=sys.stderr)
    return status


def report_undecided(options: argparse.Namespace, reason: SymnetError) -> int:
    """Say that nothing was proved, and why."""
    if options.json:
        print_outcome("undecided", reason, {})
    else:
        print(f"undecided: {reason}")
    return no_derivation(options, UNDECIDED)


def whole_number(text: str, option: str, wanted: str = "a whole number from 0") -> int:
    """The number that an option was given."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise UsageError(f"{option} takes {wanted}, not {text[:40]!r}")
    return int(text)


def bytes_of(text: str) -> int:
    """A number of bytes, as 500M or 8G."""
    units = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
    number, unit = (text[:-1], units[text[-1:].upper()]) if text[-1:].upper() in units else (text, 1)
    if not number.isascii() or not number.isdigit() or len(number) > 15:
        raise UsageError(f"--memory takes a number of bytes such as 500M or 8G, not {text[:40]!r}")
    return int(number) * unit


def check_output(path: str | None, check_suffix: Callable[[str], object]) -> None:
    """Complain about a place that cannot be written before the work, not after it."""
    if path is not None:
        check_suffix(path)
        if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
            raise UsageError(f"cannot write {path}: there is no such folder")
