"""Names with indices, sizes and shapes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from symnet.errors import UsageError, brief

_WORD: Final = re.compile(r"[A-Za-z]\w{0,99}", re.ASCII)
#: The largest index of a name, and the largest size.
_LARGEST: Final = 10**9
#: The most variables in one index, and the most indices of one name.
_MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Index:
    """``variables[0] + variables[1] + … + offset``: an index that is not a number, such as k + 1 or a + d.

    The variables stand for natural numbers; ``("k", "k")`` is 2k. The offset may be negative, as in n_{k−1}.

    >>> k = Index(("k",))
    >>> print(k, shifted(k, 1), shifted(k, -1), at(shifted(k, 1), "k", 3))
    k k+1 k-1 4
    """

    variables: tuple[str, ...]
    offset: int = 0

    def __post_init__(self) -> None:
        names = self.variables
        if type(names) is not tuple or not all(type(v) is str and _WORD.fullmatch(v) for v in names):
            raise UsageError(f"the variables of an index are names, not {brief(names)}")
        if not 0 < len(names) <= _MANY or list(names) != sorted(names):
            raise UsageError(f"an index has 1 to {_MANY} variables in alphabetical order, not {brief(names)}")
        if type(self.offset) is not int or abs(self.offset) > _LARGEST:
            raise UsageError(f"the offset of an index is a whole number, not {brief(self.offset)}")

    def __str__(self) -> str:
        return "+".join(self.variables) + (f"{self.offset:+d}" if self.offset else "")


#: Where a member of a family stands: a whole number, or an index.
Position = int | Index


def index(*variables: str, offset: int = 0) -> Index:
    """The index ``variables + offset``: ``index("k", offset=1)`` is k + 1."""
    return Index(tuple(sorted(variables)), offset)


def shifted(position: Position, by: int) -> Position:
    """position + by."""
    return Index(position.variables, position.offset + by) if type(position) is Index else position + by  # type: ignore[operator]


def at(position: Position, variable: str, value: Position) -> Position:
    """The position with a variable replaced by a value."""
    if type(position) is not Index or variable not in position.variables:
        return position
    times = position.variables.count(variable)
    rest = [v for v in position.variables if v != variable]
    more, offset = (value.variables, value.offset) if type(value) is Index else ((), value)
    names, total = sorted([*rest, *more * times]), position.offset + times * offset  # type: ignore[operator]
    return Index(tuple(names), total) if names else total


def variables_of(position: Position | None) -> tuple[str, ...]:
    """The variables of a position; a number has none."""
    return position.variables if type(position) is Index else ()


def is_at_most(lower: Position, upper: Position) -> bool | None:
    """Whether lower ≤ upper for all values of the variables; False when for none; None when that depends on them.

    >>> k, n = index("k"), index("n")
    >>> is_at_most(1, shifted(k, 1)), is_at_most(shifted(k, 1), k), is_at_most(k, n)
    (True, False, None)
    """
    gap = difference(upper, lower)
    least = gap.pop("")
    if least >= 0 and all(count >= 0 for count in gap.values()):
        return True
    return False if least < 0 and all(count <= 0 for count in gap.values()) else None


def difference(position: Position, other: Position) -> Counter[str]:
    """position − other, as a count of each variable, and of 1 under the empty name."""
    gap: Counter[str] = Counter({"": offset_of(position) - offset_of(other)})
    gap.update(variables_of(position))
    gap.subtract(variables_of(other))
    return gap


def offset_of(position: Position) -> int:
    """The position without its variables."""
    return position.offset if type(position) is Index else position  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a symbol, a function or a size: ``Name("w", layer=2, entry=(1, 3))`` is w₁₃⁽²⁾.

    Indices are numbers or :class:`Index`, never part of the text, so distinct indices are distinct names. A name with
    an index in it, as W⁽ᵏ⁺¹⁾, names a member of a family: for k = 1 it is the name W⁽²⁾.
    """

    base: str
    layer: Position | None = None
    entry: tuple[Position, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if type(self.base) is not str or not _WORD.fullmatch(self.base):
            raise UsageError(f"a name is a letter followed by letters, digits or _, 100 in all, not {brief(self.base)}")
        if self.layer is not None and not _is_position(self.layer):
            raise UsageError(f"the layer of a name is a whole number from 0 or an Index, not {brief(self.layer)}")
        if type(self.entry) is not tuple or len(self.entry) > _MANY or not all(map(_is_position, self.entry)):
            raise UsageError(
                f"the entry of a name is a tuple of up to {_MANY} whole numbers or Index, not {brief(self.entry)}"
            )

        object.__setattr__(self, "_hash", hash((self.base, self.layer, self.entry)))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:  # hashes of strings differ from process to process
        return Name, (self.base, self.layer, self.entry)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Its layer, if it has one, and its entry."""
        return self.entry if self.layer is None else (self.layer, *self.entry)

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


def _is_natural(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_position(value: object) -> bool:
    return type(value) is Index or _is_natural(value)


def _is_size(value: object) -> bool:
    return type(value) is Name or (_is_natural(value) and value != 0)


def check_limit(value: object) -> Position:
    """A limit of Σ or ∏: a whole number from −1, as in the empty Σ from 0 to −1, or an Index."""
    if not (_is_position(value) or (type(value) is int and value == -1)):
        raise UsageError(f"a limit is a whole number or an Index, not {brief(value)}")
    return value  # type: ignore[return-value]


def check_size(value: object) -> Size:
    if not _is_size(value):
        raise UsageError(f"a size is a whole number from 1 or a Name, not {brief(value)}")
    return value  # type: ignore[return-value]


def check_shape(value: object) -> Shape:
    if type(value) is not tuple or len(value) not in (0, 2) or not all(map(_is_size, value)):
        raise UsageError(f"a shape is () for a scalar or (rows, columns) with sizes from 1, not {brief(value)}")
    return value
