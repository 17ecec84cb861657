"""proofs/: every theorem of the gallery is replayed and can be printed, and every file runs as a script."""

import inspect
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import symnet

GALLERY = sorted((Path(__file__).parents[2] / "proofs").glob("*.py"))
#: The theorem of the form "if h is affine, then", and the file whose subject is what is not proved.
ASSUMING, UNDECIDED = {("converse", "straight")}, {"not_affine"}


def theorems(path: Path) -> Iterator[Callable[[], Any]]:
    """The functions of a file that return a replayed derivation and need no argument."""
    for function in runpy.run_path(str(path)).values():
        if isinstance(function, FunctionType) and function.__code__.co_filename == str(path):
            signature = inspect.signature(function)
            needed = [p for p in signature.parameters.values() if p.default is p.empty]
            kind = signature.return_annotation
            if not needed and isinstance(kind, type) and issubclass(kind, symnet.Replay):
                yield function


@pytest.mark.parametrize("path", [p for p in GALLERY if p.stem not in UNDECIDED], ids=lambda path: path.stem)
def test_a_theorem_is_replayed_and_printed(path: Path) -> None:
    for theorem in theorems(path):
        shown = theorem()
        assert bool(shown.hypotheses) == ((path.stem, theorem.__name__) in ASSUMING), theorem.__name__
        assert "replayed" in shown.plain()


def test_theorems_are_found() -> None:
    by_file = {path.stem: {t.__name__ for t in theorems(path)} for path in GALLERY}
    assert by_file["saturation"] == {"sigmoid", "tanh", "slopes", "range_of_tanh", "unbounded"}
    assert by_file["descent"] == {"start", "shortest"}


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_a_file_runs_as_a_script(path: Path) -> None:
    runpy.run_path(str(path), run_name="__main__")
