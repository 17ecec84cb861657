"""``symnet derive``"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from symnet import api
from symnet.cli.common import (
    PROVED,
    add_output,
    check_output,
    deliver,
    report_undecided,
    whole_number,
    wrapped,
)
from symnet.errors import Rejected, Undecided, UsageError


def add_to(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "derive",
        help="derive an activation function step by step",
        description="Derive an activation function, or any function of one variable, step by step.",
    )
    command.add_argument(
        "function", metavar="NAME|EXPRESSION", nargs="?", help="sigmoid, 'z*atan(z)', or LaTeX: '\\frac{1}{1+e^{-z}}'"
    )
    command.add_argument("--list", action="store_true", help="list the names")
    command.add_argument("--variable", metavar="NAME", help="the variable, where that is not clear")
    command.add_argument(
        "--with", dest="parameters", metavar="NAME=NUMBER[,…]", help="numbers for letters, in the check and the picture"
    )
    command.add_argument(
        "--size", metavar="N", help="entries of a vector function such as softmax: a number or a letter"
    )
    command.add_argument("--plot", metavar="FILE", help=f"draw h and h′ into a {', '.join(api.PICTURES)} file")
    command.add_argument("--no-check", action="store_true", help="leave out torch and its autograd")
    command.add_argument("--seed", metavar="N", default="0", help="seed of the random draws (default 0)")
    add_output(command)
    command.set_defaults(run=_derive)


def _derive(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options)
    if options.function is None:
        raise UsageError("say what to derive: a name such as sigmoid, or 'z*atan(z)'; symnet derive --list lists names")
    check_output(options.output, api.check_suffix)
    check_output(options.plot, api.check_picture)
    seed = whole_number(options.seed, "--seed")
    keywords = {
        "variable": options.variable,
        "parameters": _parameters(options.parameters),
        "n": options.size and _size(options.size),
    }
    try:
        result = api.derive(options.function, **keywords, check=False)
    except (Undecided, Rejected) as reason:
        return report_undecided(options, reason)
    if options.plot:  # before the text, so that a picture that cannot be drawn is said at once
        result.plot(options.plot)
    if not options.json:
        print(repr(result) if options.output else result.plain(), flush=True)
    if not options.no_check:  # only now is torch imported: the proof stands without it
        result = result.witnessed(seed)
        if not options.json:
            print(*map(wrapped, result.witness_notes), sep="\n")
    if options.plot:
        print(f"wrote {options.plot}", file=sys.stderr)
    deliver(options, result)
    return PROVED


def _list(options: argparse.Namespace) -> int:
    rows = api.activations()
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return PROVED
    widest = max(len(row["name"]) for row in rows)
    for row in rows:
        also = f" ({', '.join(row['aliases'])})" if row["aliases"] else ""
        print(f"{row['name']:{widest}}  {row['title']}{also}")
    return PROVED


def _parameters(text: str | None) -> dict[str, str]:
    if not text:
        return {}
    pairs = [entry.partition("=") for entry in text.replace("，", ",").split(",")]
    if any(not name.strip() or not sign or not value.strip() for name, sign, value in pairs):
        raise UsageError(f"--with takes letters with numbers, as in alpha=2,k=1/3, not {text[:40]!r}")
    found = {name.strip(): value.strip() for name, _, value in pairs}
    if len(found) < len(pairs):
        raise UsageError(f"--with takes each letter once, not {text[:40]!r}")
    return found


def _size(text: str) -> int | str:
    wanted = "a whole number from 1, or a letter"
    return text if text.isascii() and text.isalpha() else whole_number(text, "--size", wanted)
