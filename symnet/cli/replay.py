"""``symnet replay``"""

from __future__ import annotations

import argparse
from typing import Any

from symnet import api
from symnet.cli.common import PROVED, add_output, bytes_of, check_output, deliver, whole_number


def add_to(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "replay",
        help="let the kernel check a derivation that somebody else made",
        description="Replay a derivation from a .json file, trusting nothing in it, and print what it shows.",
    )
    command.add_argument("file", metavar="FILE", help="a .json file that collapse or save wrote")
    command.add_argument("--work", metavar="N", help=f"limit on elementary operations (default {api.WORK_LIMIT})")
    command.add_argument("--memory", metavar="SIZE", help="limit on one normal form, such as 2G (default 512M)")
    add_output(command)
    command.set_defaults(run=_replay)


def _replay(options: argparse.Namespace) -> int:
    check_output(options.output, api.check_suffix)
    limits = {} if options.work is None else {"work": whole_number(options.work, "--work")}
    limits |= {} if options.memory is None else {"memory": bytes_of(options.memory)}
    replayed = api.replay(options.file, **limits)
    if not options.json:
        print(replayed.statement())
    deliver(options, replayed)
    return PROVED
