"""All values that a function takes: an estimate, a proof that there are no others, and a preimage for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from symnet.errors import Undecided
from symnet.kernel import Replayed
from symnet.prove.properties.data import CONTAINED, NUMERICAL, PROVED, Property
from symnet.prove.properties.enclosures import stays
from symnet.prove.properties.inclusion import Study, inclusions
from symnet.prove.properties.order import Stretch, is_estimated, values_of
from symnet.prove.properties.preimage import preimage

#: Which part of its size an enclosure may exceed a range.
ROOM: Final = 1 / 500


def find_range(kind: str, study: Study) -> Property:
    """The range of h or of h′."""
    values = study.stretches()
    found = values_of(values)
    where = study.setting.where
    inside = None if any(map(is_estimated, values)) else inclusions(study, values)
    if inside is None:
        check(study, values)
        return Property(kind, found, NUMERICAL, where=where)
    onto = _onto(study, values)
    return Property(kind, found, CONTAINED if onto is None else PROVED, (*inside, *(onto or ())), where)


def check(study: Study, values: Sequence[Stretch]) -> None:
    """See that no peak was overlooked.

    Raises :class:`~symnet.errors.Undecided` where an enclosure does not see that the values stay between their ends.
    """
    for i, numbers in enumerate(study.setting.samples):
        low, high = (end(float(s.numbers[i]) for v in values for s in (v.low, v.high)) for end in (min, max))
        room = ROOM * max([1e-9, *(abs(x) for x in (low, high) if math.isfinite(x))])
        for part in dict.fromkeys(cell.part for cell in study.shape.cells):
            window = float(part.lower.numbers[i]), float(part.upper.numbers[i])
            if not stays(part.formula, study.setting.variable, numbers, window, (low - room, high + room)):
                raise Undecided("a function is not seen to stay between its lowest and its highest value")


def _onto(study: Study, values: Sequence[Stretch]) -> tuple[Replayed, ...] | None:
    """Preimages of all values; None where those that were found do not reach all of them."""
    order, proofs = study.order, list[Replayed]()
    reached = [Stretch(p.value, p.value, True, True) for p in study.shape.points]
    for cell in study.shape.cells:
        stretch = study.stretch(cell)
        if any(order.contains(s, stretch) for s in reached):
            continue
        proof = preimage(study, cell) if cell.direction else None
        if proof is not None:
            proofs.append(proof.shown)
        if proof is not None or not cell.direction:
            reached = order.joined([*reached, stretch])
    done = all(any(order.contains(s, v) for s in reached) for v in values)
    return tuple(proofs) if done else None
