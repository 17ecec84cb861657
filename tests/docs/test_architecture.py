"""docs/architecture.md: the table of rooms is the one that the house keeps to."""

import re
from pathlib import Path

from tests.test_house import ROOMS

PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_table_of_rooms_is_that_of_the_house() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| ?(.*?) ?\|$", PAGE, re.MULTILINE))
    kept = {room: imports for room, imports in ROOMS.items() if not room.startswith("__")}
    assert list(told) == list(kept)
    for room, imports in kept.items():
        below = set(list(kept)[1 : list(kept).index(room)])
        assert imports == (below if told[room] == "all above" else set(filter(None, told[room].split(", ")))), room
