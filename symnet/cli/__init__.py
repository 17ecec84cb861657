"""The command line. :mod:`.main` parses, and each command has a module of its own."""

from symnet.cli.main import main

__all__ = ["main"]
