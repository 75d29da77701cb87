"""Words that hurt stand in nothing that a lead, a board or the person themselves may read."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from conftest import Hiu, Place
from openhiu.identify.criteria_file import load_preset, preset_names
from openhiu.web.design.wording import check


def assert_kind(text: str, where: str) -> None:
    """The table of the workspace holds for what analysts write too."""
    assert check(text, where) == []


def test_the_pattern_finds_what_it_is_for() -> None:
    for word in ("Discharged", "frequent flyers", "refused", "DNA", "non-compliant", "abuser"):
        with pytest.raises(AssertionError):
            assert_kind(f"This person {word}.", "a sentence")


def test_every_file_of_a_list_is_free_of_them(place: Place) -> None:
    for path in [*sorted(place.list.glob("*.csv")), place.list / "manifest.json"]:
        assert_kind(path.read_text("utf-8"), path.name)
    book = openpyxl.load_workbook(place.list / "list.xlsx")
    for sheet in book:
        for line in sheet.iter_rows(values_only=True):
            for value in line:
                assert_kind(str(value), sheet.title)


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_says_itself_without_them(preset: str) -> None:
    criteria = load_preset(preset)
    assert_kind(" ".join([criteria.title, *criteria.sentences()]), preset)


def test_so_is_every_answer_why_someone_is_not_listed(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    people = (place.trust / "people.csv").read_text("utf-8").splitlines()[1:40:6]
    for line in people:
        number = re.search(r"\b999\d{7}\b", line)
        assert number
        told = hiu("identify", "--store", place.store, "--as-of", "2026-04-01", "--explain",
                   number.group(0))  # fmt: skip
        assert_kind(told.out, "--explain")
