"""What extract writes for people: rejects.csv, the summary, the drafted mapping, the reference."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from openhiu.engines import open_engine
from openhiu.extract import dialects
from openhiu.extract.conflicts import conflicts
from openhiu.extract.describe import dialects_page
from openhiu.extract.explain import explain
from openhiu.extract.layout import fit
from openhiu.extract.mapping import parse_mapping
from openhiu.extract.rejects import COLUMNS, rejects_file
from openhiu.extract.summary import summarise
from openhiu.extract.validate import REJECTS
from openhiu.tables.activity import ATTENDANCES
from openhiu.tables.describe import tables_page
from support.drawn import drawn
from support.extracting import batch, check

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


def _read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_rejects_carry_the_place_and_the_rule_but_no_value(tmp_path: Path) -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime
        p1        | RXX01     | a secret thing
        p2        | RXX01     | 2026-03-01
    """)
    path = tmp_path / "1" / "rejects.csv"
    with rejects_file(path, "may.csv") as writer:
        writer.add(pa.Table.from_pylist(outcome.rejects, schema=REJECTS))
        assert writer.keep() == path
    assert writer.rows == 1
    lines = _read(path)
    assert tuple(lines[0]) == COLUMNS
    assert (lines[0]["file"], lines[0]["row"]) == ("may.csv", "2")
    assert (lines[0]["column"], lines[0]["rule"]) == ("arrival_datetime", "not a date and time")
    assert "secret" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["=cmd.csv", "+1", "-1", "@x", "\t=1", " =1", "\uff1d1", "a\r\n=1", "|x", "%0"]
)
def test_neither_a_file_name_nor_a_header_can_be_a_formula(tmp_path: Path, name: str) -> None:
    path = tmp_path / "1" / "rejects.csv"
    row = {"row": 2, "column": name, "rule": "empty", "remedy": "fill it"}
    with rejects_file(path, name) as writer:
        writer.add(pa.Table.from_pylist([row], schema=REJECTS))
        writer.keep()
    [line] = _read(path)
    for cell in (line["file"], line["column"]):
        assert cell.startswith(("'", "a "))
        assert not set("\r\n\t") & set(cell)


def test_the_summary_says_what_was_read_and_how_complete_it_is() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime    | sex | imd_decile | local
        p1        | RXX01     | 2026-01-31 10:00    | 1   | 3          | x
        p2        | RXX01     | 2026-03-01 10:00    |     | 12         | x
                  | RXX01     | 2026-03-02 11:30:00 | 2   | 4          | x
        p4        | RXX01     | yesterday           | 2   | 4          | x
    """)
    summary = summarise("may.csv", outcome.findings, ["too few"])
    assert summary.complete["person_id"] == pytest.approx(2 / 3)
    assert summary.complete["site_code"] == 1
    assert summary.notes() == [
        "Held: too few",
        "Rejected: 1 row, arrival_datetime: not a date and time",
        next(note for note in summary.notes() if note.startswith("Key columns")),
        "Left empty: 1 cell of imd_decile",
        *[f"Note: {warning}" for warning in outcome.findings.warnings],
        *[note for note in summary.notes() if note.startswith("Note: no row has")],
        next(note for note in summary.notes() if note.startswith("Columns not used: ")),
    ]
    text = "\n".join(summary.notes())
    assert "person_id 66.7%" in text
    assert "birth_date 0%" in text
    assert "site_code" not in text
    assert "yesterday" not in text
    again = json.loads(json.dumps(summary.as_dict()))
    assert (again["rows"], again["accepted"], again["rejected"]) == (4, 3, 1)
    assert again["months"] == {"2026-01": 1, "2026-03": 2}
    assert again["cut_off"] == "2026-03-02 11:30:00"


def test_people_about_whom_a_file_says_two_things_are_counted() -> None:
    rows = drawn("""
        person_id | sex | birth_date
        steady    | 1   | 1950-01-01
        steady    | 1   | 1950-01-01
        twice     | 1   | 1950-01-01
        twice     | 2   | 1951-01-01
        unsure    | 1   | 1950-01-01
        unsure    | 9   |
        other     | 1   | 1950-01-01
        other     | 1   | 1950-01-02
                  | 1   | 1950-01-01
                  | 2   | 1960-01-01
    """)
    with open_engine() as engine:
        engine.register("taken", rows)
        assert conflicts(engine, ATTENDANCES, "taken") == [
            "2 people have two or more dates of birth in this file",
            "1 person has two or more sexes in this file",
        ]


@dataclass
class Opened:
    """Stands in for an open file."""

    batch: pa.RecordBatch

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.batch.schema.names[2:])

    def batches(self) -> Iterator[pa.RecordBatch]:
        yield self.batch


def _local_file() -> pa.RecordBatch:
    rows = 40
    return batch(
        {
            "Patient": [f"9990000{i:03d}" for i in range(rows)],
            "Patient Name": [f"Somebody {i % 3}" for i in range(rows)],
            "Attend Date": ["05/01/2026"] * rows,
            "Attend Time": ["10:30"] * rows,
            "Arrived": ["05/01/2026 10:30"] * rows,
            "Attendance Cat": ["1st Attendance"] * 34 + ["Rare label"] * 2 + ["1"] * 4,
            "Gender": ["Male", "Female"] * (rows // 2),
            'Odd "header"\x7f': ["secret"] * rows,
        }
    )


def test_the_draft_is_a_mapping_that_finds_columns_by_name_and_content() -> None:
    text = explain(Opened(_local_file()))
    drafted = parse_mapping(text, dialects.dialect)
    assert drafted.dataset == "attendances"
    layout = fit(drafted, _local_file().schema.names[2:])
    found = {source.column.name: source.label for source in layout.sources}
    assert found["person_id"] == "Patient"
    assert found["arrival_datetime"] == "Arrived"
    assert found["attendance_category"] == "Attendance Cat"
    assert found["sex"] == "Gender"
    assert '# site_code = "…"' in text  # needed, and not in the file
    assert "written as %d/%m/%Y %H:%M" in text


def test_the_draft_shows_no_cell_but_frequent_labels_of_coded_columns() -> None:
    text = explain(Opened(_local_file()))
    assert '# "1st Attendance" = "…"' in text
    for kept in ("Rare label", "Somebody", "secret", "05/01/2026", "9990000"):
        assert kept not in text


def test_a_date_and_the_time_beside_it_are_drafted_together() -> None:
    given = _local_file().drop_columns(["Arrived"]).rename_columns(
        ["_row", "_fault", "Patient", "Patient Name", "Arrival Date", "Arrival Time", "Cat", "Sex",
         "Odd"]
    )  # fmt: skip
    text = explain(Opened(given))
    assert 'arrival_datetime = ["Arrival Date", "Arrival Time"]' in text


@pytest.mark.parametrize(("name", "page"), [("tables", tables_page), ("dialects", dialects_page)])
def test_the_reference_is_generated_from_the_declarations(name: str, page: object) -> None:
    written = (REFERENCE / f"{name}.md").read_text(encoding="utf-8")
    assert callable(page)
    assert written == page(), "run: python -m openhiu.extract.describe docs/reference"
