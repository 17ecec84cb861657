"""Names with indices, sizes and shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from symnet.errors import UsageError, brief

_WORD: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
#: The largest index of a name, and the largest size.
_LARGEST: Final = 10**9


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The name of a symbol, a function or a size: ``Name("w", layer=2, entry=(1, 3))`` is w₁₃⁽²⁾.

    Indices are numbers, never part of the text, so distinct indices are distinct names.
    """

    base: str
    layer: int | None = None
    entry: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if type(self.base) is not str or not _WORD.fullmatch(self.base):
            raise UsageError(f"a name is a letter followed by letters, digits or _, not {brief(self.base)}")
        if self.layer is not None and not _is_index(self.layer):
            raise UsageError(f"the layer of a name is a whole number from 0, not {brief(self.layer)}")
        if type(self.entry) is not tuple or not all(map(_is_index, self.entry)):
            raise UsageError(f"the entry of a name is a tuple of whole numbers from 0, not {brief(self.entry)}")

    def __str__(self) -> str:
        entry = "_" + ",".join(map(str, self.entry)) if self.entry else ""
        layer = "" if self.layer is None else f"^({self.layer})"
        return self.base + entry + layer


Size = int | Name
Shape = tuple[Size, ...]
SCALAR: Final[Shape] = ()


def describe(shape: Shape) -> str:
    """Say a shape in words: ``3×n_0`` or ``scalar``."""
    return "×".join(map(str, shape)) if shape else "scalar"


def _is_index(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_size(value: object) -> bool:
    return type(value) is Name or (_is_index(value) and value != 0)


def check_size(value: object) -> Size:
    if not _is_size(value):
        raise UsageError(f"a size is a whole number from 1 or a Name, not {brief(value)}")
    return value  # type: ignore[return-value]


def check_shape(value: object) -> Shape:
    if type(value) is not tuple or len(value) not in (0, 2) or not all(map(_is_size, value)):
        raise UsageError(f"a shape is () for a scalar or (rows, columns) with sizes from 1, not {brief(value)}")
    return value
