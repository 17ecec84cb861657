"""The command line: parse arguments, call the public functions, print.

Exit status: 0 proved, 1 refuted, 2 bad usage or input (one line on stderr), 3 undecided; 70 is a bug in symnet.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import symnet
from symnet.cli import collapse, derive, replay
from symnet.cli.common import BAD_INPUT, INTERNAL_ERROR, PROVED, one_line
from symnet.errors import SymnetError, UsageError, WitnessFailed


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
        print(f"symnet: this is a bug in symnet, please report it: {one_line(error)}", file=sys.stderr)
        return INTERNAL_ERROR
    except SymnetError as error:
        print(f"symnet: {one_line(error)}", file=sys.stderr)
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
    for command in (collapse, derive, replay):
        command.add_to(commands)
    return parser
