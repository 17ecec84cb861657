"""What the witness says it saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

#: How many sizes are written out in a message.
SHOWN: Final = 4
#: The largest random size for a width that is a name.
LARGEST_SIZE: Final = 7


class Agreement:
    """What the reports share: the largest error, its bound, and the worst ratio of the two."""

    __slots__ = ()

    largest_error: float
    bound: float
    worst_ratio: float
    torch: str
    sizes: tuple[tuple[tuple[str, int], ...], ...]

    @property
    def agrees(self) -> bool:
        """Whether every entry differs by no more than rounding allows."""
        return self.worst_ratio <= 1

    def _say(self, where: str, how: str) -> str:
        verdict = "agrees" if self.agrees else "DISAGREES"
        return (
            f"torch {self.torch} {verdict}{where}: largest error {self.largest_error:.2g} "
            f"where rounding allows {self.bound:.2g} ({how})"
        )

    def to_json(self) -> dict[str, Any]:
        """The report as plain data; a number that is not finite becomes a string."""
        data = {k: _plain(v) for k, v in asdict(self).items()}  # type: ignore[call-overload]
        return {**data, "sizes": [dict(s) for s in self.sizes], "agrees": self.agrees}


@dataclass(frozen=True, slots=True)
class Report(Agreement):
    """What the witness saw. ``bound`` is the allowance at the entry with the largest error.

    ``worst_ratio`` is the largest quotient of error and allowance over all entries: the formula agrees when it is at
    most 1. An entry that is not finite counts as infinitely far off. ``sizes`` has, for each draw, the numbers taken
    for the sizes that are names.
    """

    largest_error: float
    bound: float
    worst_ratio: float
    draws: int
    samples: int
    sizes: tuple[tuple[tuple[str, int], ...], ...]
    given_weights: bool
    seed: int
    torch: str
    dtype: str = "float64"

    def __str__(self) -> str:
        what = f"{self.draws} × {self.samples} inputs" if self.given_weights else self._drawn()
        return self._say("", f"{what}, {self.dtype}, seed {self.seed}{_say_sizes(self.sizes)}")

    def _drawn(self) -> str:
        return f"{self.draws} draws of weights × {self.samples} inputs"


@dataclass(frozen=True, slots=True)
class FamilyReport(Agreement):
    """What the witness saw of a claim about every depth, with one draw of widths and weights for each of ``depths``.

    The numbers are those of a :class:`Report`, over all the depths together; ``sizes`` has one entry a depth.
    """

    largest_error: float
    bound: float
    worst_ratio: float
    depths: tuple[int, ...]
    samples: int
    sizes: tuple[tuple[tuple[str, int], ...], ...]
    seed: int
    torch: str
    dtype: str = "float64"

    def __str__(self) -> str:
        how = f"{self.samples} inputs each, {self.dtype}, seed {self.seed}, widths from 1 to {LARGEST_SIZE}"
        return self._say(f" at {_say_depths(self.depths)}", how)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data; a number that is not finite becomes a string."""
        return {**Agreement.to_json(self), "depths": list(self.depths)}


def _plain(value: Any) -> Any:
    return value if not isinstance(value, float) or np.isfinite(value) else str(value)


def _say_sizes(sizes: Sequence[Sequence[tuple[str, int]]]) -> str:
    if not any(sizes):
        return ""
    names = [name for name, _ in sizes[0]]
    what = ", ".join(names) if len(names) <= SHOWN else f"{len(names)} sizes"
    return f", {what} from 1 to {LARGEST_SIZE}"


def _say_depths(depths: Sequence[int]) -> str:
    """The depths in words: a run of them by its ends.

    >>> _say_depths(range(1, 13)), _say_depths((2, 3, 5)), _say_depths((7,))
    ('depths 1 to 12', 'depths 2, 3, 5', 'depth 7')
    """
    low, high = min(depths), max(depths)
    if len(depths) == 1:
        return f"depth {low}"
    if len(depths) > 2 and list(depths) == list(range(low, high + 1)):
        return f"depths {low} to {high}"
    shown = [*map(str, depths[: 2 * SHOWN]), *["…"] * (len(depths) > 2 * SHOWN)]
    return f"depths {', '.join(shown)}"
