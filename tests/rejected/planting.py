"""Holes planted in the kernel: a replay by a trusted base of which one module reads otherwise."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType

from symnet.errors import SymnetError
from symnet.term import Derivation

#: What can be changed, each after what it imports.
_KERNEL = ("signs", "calculus", "conditions", "indexed", "scope", "lines", "analysis", "rules", "replaying")
PARTS = ("ring", "word", "tower", *(f"kernel.{part}" for part in _KERNEL))

#: The check that is lost, its module, its text, and what stands there instead.
Hole = tuple[str, str, str, str]
Replay = Callable[[Derivation, int], object]


@contextmanager
def planted(part: str, check: str, instead: str) -> Iterator[Replay]:
    """A replay by a kernel of which one module reads otherwise."""
    names = [f"symnet.{name}" for name in PARTS]
    kept = {name: importlib.import_module(name) for name in names}
    try:
        for name in names:
            source = Path(kept[name].__file__).read_text(encoding="utf-8")
            if name.split(".")[-1] == part:
                assert source.count(check) == 1, f"{check!r} stands {source.count(check)} times in {part}"
                source = source.replace(check, instead)
            module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader=None))
            _install(name, module)
            exec(_compiled(source, name), module.__dict__)
        yield sys.modules["symnet.kernel.replaying"].replay
    finally:
        for name, module in kept.items():
            _install(name, module)


def _install(name: str, module: object) -> None:
    sys.modules[name] = module
    parent, _, leaf = name.rpartition(".")
    setattr(sys.modules[parent], leaf, module)


@lru_cache(maxsize=64)
def _compiled(source: str, name: str) -> CodeType:
    return compile(source, name, "exec")


def gets_through(run: Replay, tell: Callable[[], object], work: int) -> bool:
    """Whether an attack is believed."""
    try:
        run(tell(), work)
    except SymnetError:
        return False
    except Exception:  # noqa: BLE001 - a crash is no refusal, either
        return True
    return True


def first_through(run: Replay, told: Sequence[tuple[str, Callable[[], object], str]], work: int) -> str | None:
    """The first attack that is believed."""
    return next((lie for lie, tell, _ in told if gets_through(run, tell, work)), None)
