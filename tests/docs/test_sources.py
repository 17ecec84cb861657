"""docs/sources.md: the table from the claims of the sources to what covers them is well-formed and tells the truth."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sources.md"
STATUSES = ("proved", "witnessed", "corrected", "open")
SOURCES = ("S0", "S1", "S2", "S3", "S4")

#: Where a cover of each status may lie.
PLACES = {"proved": ("proofs/",), "witnessed": ("tests/", "proofs/"), "corrected": ("docs/", "proofs/")}


@dataclass(frozen=True)
class Row:
    id: str
    claim: str
    status: str
    cover: str

    @property
    def covers(self) -> list[str]:
        return re.findall(r"`([^`]+)`", self.cover)


def rows() -> list[Row]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if re.match(r"\| *S\d", line)]
    assert all(len(row) == 4 for row in cells), [row for row in cells if len(row) != 4]
    return [Row(*row) for row in cells]


def covers() -> list[str]:
    return sorted({cover for row in rows() for cover in row.covers})


def test_ids_are_unique_and_count_up_in_each_source() -> None:
    ids = [row.id for row in rows()]
    per_source = Counter(i.split("-")[0] for i in ids)
    assert tuple(per_source) == SOURCES
    assert ids == [f"{source}-{n:02}" for source, count in per_source.items() for n in range(1, count + 1)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_has_a_claim_a_status_and_the_cover_that_goes_with_it(row: Row) -> None:
    assert row.claim.endswith(".")
    assert row.status in STATUSES
    if row.status == "open":
        assert row.cover == "—"
    else:
        assert row.covers
        assert row.cover == ", ".join(f"`{cover}`" for cover in row.covers)
        assert all(cover.startswith(PLACES[row.status]) for cover in row.covers)


@pytest.mark.parametrize("cover", covers())
def test_a_cover_exists(cover: str) -> None:
    path, _, name = cover.partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    if name:
        declared = rf"^### {name}:" if path.endswith(".md") else rf"^(def|class) {name}\b"
        assert len(re.findall(declared, text, re.MULTILINE)) == 1


def test_every_difference_is_used() -> None:
    declared = re.findall(r"^### (D\d+):", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert declared == [f"D{n:02}" for n in range(1, len(declared) + 1)]
    assert {f"docs/sources.md::{name}" for name in declared} <= set(covers())


def test_the_counts_at_the_head_are_those_of_the_table() -> None:
    statuses = Counter(row.status for row in rows())
    counts = ", ".join(f"{statuses[status]} {status}" for status in STATUSES)
    assert f"\n{len(rows())} claims: {counts}.\n" in PAGE.read_text(encoding="utf-8")
