"""Nobody can find a small count in a report: not in the words, a table, a chart's data, alternative
text, an attribute, a hidden cell, or in what the report was made from.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import openpyxl
import pytest

from openhiu.report.files import contents
from support.board_reports import evaluation, facts, report, words_of

# The same service, with other numbers wherever a number is hidden. Each whole stays what it was and
# each shown number stays the same to the nearest 5.
OTHERWISE: dict[str, Any] = {
    "did__picked_up_again": 7,
    "did__approached": 33,
    "did__not_now": 3,
    "did__said_no": 5,
    "did__not_reached": 1,
    "did__contacts__by_how": {"Phone": 258, "Face to face": 88, "Text": 61, "Letter": 5},
    "did__connections__by_kind": {"Services around them": 32, "People around them": 22,
                                  "Shared with an organisation": 3},
    "needs": [{"need": "Grief", "people": 7}, {"need": "Loneliness", "people": 19},
              {"need": "Housing", "people": 14}, {"need": "Alcohol", "people": 1}],
    "missing": [{"service": "A weekend drop-in", "people": 1},
                {"service": "Debt advice within a fortnight", "people": 9}],
    "outcomes": [
        {"outcome": "Less self-harm", "people": 7, "events": 31, "direction": "less"},
        {"outcome": "Joined a group", "people": 12, "events": 15, "direction": "more"},
    ],
    "wellbeing": [
        {"measure": "Satisfied with life", "people": 16, "first_mean": 3.62, "last_mean": 5.44},
        {"measure": "Anxious yesterday", "people": 1, "first_mean": 2.0, "last_mean": 9.0},
    ],
    "incidents": {"clients_who_died": 6, "worries_raised": 11},
}  # fmt: skip


@cache
def made(**changed: Any) -> dict[str, bytes]:
    return contents(report(told=facts(**changed)))


@cache
def otherwise() -> dict[str, bytes]:
    return contents(report(told=facts(**OTHERWISE)))


def test_what_is_hidden_makes_no_difference_in_any_byte_of_any_file() -> None:
    one, other = made(), otherwise()
    assert one.keys() == other.keys()
    different = [name for name in one if one[name] != other[name]]
    assert different == []


def test_what_is_shown_does_make_a_difference() -> None:
    """The attack above could not fail if the counts were not in the report at all."""
    more = contents(report(told=facts(did__opened=48)))
    for name in ("board.pdf", "board.docx", "board.html", "board.xlsx", "board.json"):
        assert more[name] != made()[name], name


def test_no_cell_of_the_workbook_holds_a_small_count_and_none_is_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()["board.xlsx"]))
    looked_at = 0
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        head = [cell.value for cell in sheet[3]]
        for place, name in enumerate(head):
            if name in ("Clients", "Times", "October to December 2025", "On the lists", "Asked",
                        "Started", "Number"):  # fmt: skip
                for row in sheet.iter_rows(min_row=4):
                    value = row[place].value
                    if isinstance(value, int | float):
                        looked_at += 1
                        assert value == 0 or value >= 10, (sheet.title, row[0].value)
                        assert value % 5 == 0, (sheet.title, row[0].value)
    assert looked_at > 20


def test_nothing_of_the_file_of_facts_is_kept_but_what_was_disclosed() -> None:
    kept = made()["inputs/service_facts.json"]
    assert b'"disclosed": true' in kept
    assert b"only one person has read" not in kept
    everything = b"".join(_unpacked(name, data) for name, data in made().items())
    assert b"only one person has read" not in everything


def test_no_hash_of_the_raw_facts_is_told() -> None:
    """Who knows all but a few small counts could try them one by one against a hash."""
    from hashlib import sha256

    raw = b'{"what": "service_facts"}'
    told = contents(report(), {"service_facts.json": raw})
    everything = b"".join(told.values())
    assert sha256(raw).hexdigest().encode() not in everything
    assert raw not in everything


@pytest.mark.parametrize("clients", [1, 7])
def test_few_clients_give_no_number_away(clients: int) -> None:
    few = evaluation(clients, journeys=0)
    said = words_of(report(few))
    assert not re.search(rf"(?<!1 to )\b{clients} (people|clients)\b", said)
    assert not re.search(rf"\({clients}\)", said)
    assert "own share is" not in said
    # Each client came 1 or 3 times in each of 4 segments: nothing of that may stand anywhere.
    shown = few["windows"]["12"]["attendances"]
    assert (shown["people"], shown["observed"], shown["expected"]) == ("*", None, None)


def test_every_word_travels_escaped() -> None:
    nasty = '<script>alert("x")</script>=1+1'
    told = facts(
        quotes=[{"words": nasty}], needs=[{"need": nasty, "people": 20}], service=nasty,
        risks=[{"risk": nasty}],
    )  # fmt: skip
    files = contents(report(told=told))
    assert b"<script" not in files["board.html"]
    book = openpyxl.load_workbook(io.BytesIO(files["board.xlsx"]))
    assert not any(
        cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row
    )


def _unpacked(name: str, data: bytes) -> bytes:
    """The text of a file; of an Office file the text of every member."""
    if not name.endswith((".docx", ".xlsx")):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(package.read(member) for member in package.namelist())
