"""What runs in the process of a second reading: a formula comes in as text, a tree goes out as JSON.

``run()`` is called by the command line that :mod:`.second` writes, never in the process of a user.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import Any, Final

#: What the process may use, in bytes and in seconds, where the system can limit it.
MEMORY: Final = 4 << 30
SECONDS: Final = 60


def run() -> None:
    """Read the formula on standard input; write the tree, or what went wrong, to standard output."""
    answer, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 — it prints what it likes
    warnings.simplefilter("ignore")
    _limit()
    text = sys.stdin.read()
    result: dict[str, Any]
    try:
        result = {"tree": _read(text)}
    except ImportError as error:
        result = {"missing": str(error)[:200]}
    except Exception as error:  # noqa: BLE001 — whatever it raises, it has not read the formula
        result = {"error": f"{type(error).__name__} {str(error).splitlines()[0] if str(error) else ''}"[:200]}
    answer.write(json.dumps(result))
    answer.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for kind, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        soft, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        if soft == resource.RLIM_INFINITY or soft > wanted:
            resource.setrlimit(kind, (wanted, hard))


def _read(text: str) -> list[list[Any]]:
    import latex2sympy2

    from symnet.reader.tree import tree_of

    parsers: list[Any] = []

    class Parser(latex2sympy2.PSParser):  # type: ignore[misc]
        """The parser, remembered: it stops where it understands no more, and says nothing."""

        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            parsers.append(self)

    latex2sympy2.PSParser = Parser
    expression = latex2sympy2.latex2sympy(text)
    for parser in parsers:
        if parser.getCurrentToken().type != Parser.EOF:
            raise ValueError(f"stops at {parser.getCurrentToken().text[:20]!r}")
    if isinstance(expression, list | tuple | dict):
        raise TypeError("reads a list")
    return tree_of(expression)
