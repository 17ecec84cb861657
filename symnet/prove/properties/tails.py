"""What a function tends to at −∞ and ∞.

This is proved where it is constant there; or where it grows (or falls) on an interval that reaches so far, stays on one
side of the limit, and takes every value up to it on that interval: then it can tend to nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symnet.kernel import Replayed
from symnet.prove.properties.data import NUMERICAL, PROVED, Infinite, Property
from symnet.prove.properties.inclusion import Study, inclusions
from symnet.prove.properties.monotony import growing
from symnet.prove.properties.preimage import preimage
from symnet.prove.properties.scan import Spot
from symnet.prove.properties.shape import Cell, Shape


def limits(study: Study) -> Iterator[Property]:
    """The limits at −∞ and at ∞, where the domain reaches so far."""
    cells = study.shape.cells
    if cells and cells[0].lower.value is Infinite.BELOW:
        yield _limit("limit at −∞", study, cells[0], cells[0].left)
    if cells and cells[-1].upper.value is Infinite.ABOVE:
        yield _limit("limit at ∞", study, cells[-1], cells[-1].right)


def _limit(kind: str, study: Study, cell: Cell, value: Spot) -> Property:
    shown = _shown(study, cell)
    return Property(kind, value.value, NUMERICAL if shown is None else PROVED, shown or (), study.setting.where)


def _shown(study: Study, cell: Cell) -> tuple[Replayed, ...] | None:
    alone = replace(study, shape=Shape((cell,), ()), preimages=study.preimages, at_points=())
    if not cell.direction:
        return inclusions(alone, [alone.stretch(cell)])
    onto = preimage(study, cell)
    grows = None if onto is None or not onto.is_inside else growing(alone, [cell], cell.direction, False, alone=True)
    inside = None if grows is None else inclusions(alone, [alone.stretch(cell)])
    if onto is None or grows is None or inside is None:
        return None
    return (grows, *inside, onto.shown)
