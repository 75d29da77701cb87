"""`hiu evaluate` as its users run it: what it writes, what it says, how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pdfua
import pikepdf
import pyarrow.parquet as pq
import pytest
from test_words import assert_kind

from conftest import Hiu, Ran, run_hiu
from openhiu.evaluate.files import EVALUATION_FILES
from openhiu.evaluate.shown import people_shown
from openhiu.tables.handover import ROSTER_COLUMNS

AS_OF = "2026-04-01"
BEGAN = "2024-10-01"
LISTS = ("2024-10-01", "2024-11-01", "2024-12-01", "2025-01-01")
# One rule of the checker stumbles over pikepdf 10.17.
STUMBLES = {"UA-14-001"}
NHS_NUMBER = re.compile(r"999 ?\d{3} ?\d{4}")


@dataclass(frozen=True)
class Evaluated:
    store: Path
    roster: Path
    out: Path
    ran: Ran

    @property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "evaluation.json").read_text("utf-8"))
        return found


def write_roster(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([ROSTER_COLUMNS, *rows])
    return path


def supported(store: Path, folder: Path) -> list[list[object]]:
    """Of the lists of four months, every third person is asked; three of four of them start."""
    rows: list[list[object]] = []
    seen: set[str] = set()
    for as_of in LISTS:
        listed = folder / "list"
        run_hiu("identify", "--store", store, "--as-of", as_of, "--out", listed)
        with (listed / "list.csv").open(encoding="utf-8", newline="") as file:
            people = [row for row in csv.DictReader(file) if row["list_id"] != "ALL"]
        # One identifier a person across the made-up trust's hospitals: each is asked once.
        for row in people[::3]:
            if row["person_id"] in seen or int(row["attendances"]) < 2:
                continue
            seen.add(row["person_id"])
            asked = date.fromisoformat(as_of) + timedelta(days=5)
            starts = len(rows) % 4 != 0
            said, began = ("Y", asked + timedelta(days=4)) if starts else ("N", "")
            rows.append([row["list_id"], row["person_id"], as_of, row["rank"], asked, said,
                         began, ""])  # fmt: skip
    return rows


def evaluate(store: Path, roster: Path, out: Path, *more: object) -> Ran:
    return run_hiu("evaluate", "--store", store, "--roster", roster, "--as-of", AS_OF, "--out", out,
                   *more)  # fmt: skip


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    """Four years of a made-up trust, a service since October 2024, its evaluation."""
    here = tmp_path_factory.mktemp("evaluated")
    trust, store = here / "trust", here / "store"
    run_hiu("synthetic", "--out", trust, "--people", 4000, "--sites", 2, "--from", "2022-01-01",
            "--to", AS_OF)  # fmt: skip
    names = ("admissions", "ambulance", "calls_111", "people")
    files = [*sorted(trust.glob("attendances-*.csv")), *(trust / f"{name}.csv" for name in names)]
    read = run_hiu("extract", *files, "--store", store)
    assert read.code == 0, read.err
    (store / "locality.toml").write_bytes((trust / "locality.toml").read_bytes())
    roster = write_roster(here / "roster.csv", supported(store, here))
    ran = evaluate(store, roster, here / "out", "--service-start", BEGAN)
    return Evaluated(store, roster, here / "out", ran)


def test_everything_is_written_and_said(evaluated: Evaluated) -> None:
    assert evaluated.ran.code == 0, evaluated.ran.err
    assert {path.name for path in evaluated.out.iterdir()} == set(EVALUATION_FILES)
    assert "A&E attendances in the first 3 months of support" in evaluated.ran.out
    assert "with no support" in evaluated.ran.out
    assert f"Written to {evaluated.out}" in evaluated.ran.out


def test_the_numbers_belong_to_the_people_counted(evaluated: Evaluated) -> None:
    """Every attendance of the result is in the table of people, and everybody is in it once."""
    people = pq.read_table(evaluated.out / "people.parquet").to_pylist()
    lead = evaluated.result["windows"]["3"]["attendances"]
    in_window = [person for person in people if person["in_3_months"]]
    assert len({person["reference"] for person in people}) == len(people)
    assert lead["people"] == people_shown(len(in_window)) >= 30
    assert lead["observed"] == sum(person["attendances_1"] for person in in_window)
    assert lead["before"] == sum(person["attendances_90_days_before"] for person in in_window)
    expected = sum(person["attendances_expected_1"] for person in in_window)
    assert lead["expected"] == pytest.approx(expected, rel=1e-4)
    assert lead["ratio"] == pytest.approx(lead["observed"] / lead["expected"], rel=1e-3)
    assert lead["reduction"] == pytest.approx(100 * (1 - lead["ratio"]), abs=0.02)
    assert lead["resource_pack"] == pytest.approx(100 * (1 - lead["observed"] / lead["before"]),
                                                  abs=0.01)  # fmt: skip


def test_every_dataset_of_the_store_is_an_outcome(evaluated: Evaluated) -> None:
    assert list(evaluated.result["windows"]["12"]) == [
        "attendances", "emergency_admissions", "bed_days", "ambulance_calls", "conveyances",
        "ambulance_arrivals", "calls_111",
    ]  # fmt: skip


def test_it_is_the_same_to_the_byte_a_second_time(evaluated: Evaluated, tmp_path: Path) -> None:
    again = evaluate(
        evaluated.store, evaluated.roster, tmp_path / "again", "--service-start", BEGAN
    )
    assert again.code == 0
    first = {path.relative_to(evaluated.out): path.read_bytes()
             for path in evaluated.out.rglob("*") if path.is_file()}  # fmt: skip
    second = {path.relative_to(tmp_path / "again"): path.read_bytes()
              for path in (tmp_path / "again").rglob("*") if path.is_file()}  # fmt: skip
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_the_manifest_has_the_hash_of_all_that_went_in_and_came_out(evaluated: Evaluated) -> None:
    manifest = json.loads((evaluated.out / "manifest.json").read_text("utf-8"))
    for name, told in manifest["sha256"].items():
        assert sha256((evaluated.out / name).read_bytes()).hexdigest() == told
    written = {str(path.relative_to(evaluated.out)) for path in evaluated.out.rglob("*.*")}
    assert set(manifest["sha256"]) == written - {"manifest.json"}
    roster = next(source for source in manifest["inputs"] if source["dataset"] == "roster")
    assert roster["sha256"] == sha256(evaluated.roster.read_bytes()).hexdigest()
    assert manifest["plan"] == evaluated.result["plan"]["hash"]
    assert (
        manifest["locality"] == sha256((evaluated.store / "locality.toml").read_bytes()).hexdigest()
    )
    assert set(manifest["not_to_hand_on"]) == {"people.parquet", "findings.csv"}


def test_nobody_can_be_named_from_it(evaluated: Evaluated) -> None:
    with evaluated.roster.open(encoding="utf-8", newline="") as file:
        ids = {row["person_id"] for row in csv.DictReader(file)}
    texts = [path.read_text("utf-8") for path in evaluated.out.rglob("*")
             if path.suffix in (".json", ".csv")]  # fmt: skip
    texts += [" ".join(re.findall(r">([^<]+)<", path.read_text("utf-8")))
              for path in evaluated.out.rglob("*.svg")]  # fmt: skip
    texts += [str(value) for row in pq.read_table(evaluated.out / "people.parquet").to_pylist()
              for value in row.values() if not isinstance(value, float)]  # fmt: skip
    texts.append(evaluated.ran.out)
    for text in texts:
        assert not NHS_NUMBER.search(text)
        assert not [person for person in ids if person in text]


def test_the_two_pages_can_be_read_by_everyone(evaluated: Evaluated) -> None:
    path = evaluated.out / "evaluation.pdf"
    report = pdfua.validate(str(path))
    ran = [outcome for outcome in report.outcomes if outcome.rule_id not in STUMBLES]
    assert [one.rule_id for one in ran if one.findings or one.skipped_reason] == []
    with pikepdf.open(path) as opened:
        assert len(opened.pages) == 2
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20260401")


def test_the_workbook_shows_the_result_and_nothing_else(evaluated: Evaluated) -> None:
    book = openpyxl.load_workbook(io.BytesIO((evaluated.out / "evaluation.xlsx").read_bytes()))
    lead = evaluated.result["windows"]["3"]["attendances"]
    rows = list(book["Outcomes 3 months"].iter_rows(min_row=3, values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Outcome"] == "A&E attendances"
    assert (row["People"], row["Happened"]) == (lead["people"], lead["observed"])
    assert row["Fewer than expected, %"] == pytest.approx(lead["reduction"])
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n", "inlineStr"}
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_every_picture_is_there_twice(evaluated: Evaluated) -> None:
    figures = evaluated.out / "figures"
    names = {path.stem for path in figures.glob("*.svg")}
    assert {"the-picture-3-months", "clients-against-expected", "avoided-so-far"} <= names
    assert {path.stem for path in figures.glob("*.png")} == names


def test_no_word_in_it_hurts(evaluated: Evaluated) -> None:
    for path in (evaluated.out / "evaluation.json", evaluated.out / "manifest.json"):
        assert_kind(path.read_text("utf-8"), path.name)
    assert_kind(evaluated.ran.out, "the terminal")
    book = openpyxl.load_workbook(evaluated.out / "evaluation.xlsx")
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            assert_kind(" ".join(str(cell) for cell in row if cell is not None), sheet.title)


def test_counts_of_people_below_eight_stand_nowhere(evaluated: Evaluated) -> None:
    """Every `people` in the result is none, hidden, or 8 and more."""

    def people(value: Any) -> Iterable[Any]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("of_listed", "share"):
                    continue  # percentages of what is shown
                if key in ("people", "started", "offered", "deaths", "moves", "listed"):
                    yield from people(inner) if isinstance(inner, dict) else [inner]
                else:
                    yield from people(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from people(inner)

    found = list(people({k: v for k, v in evaluated.result.items() if k != "plan"}))
    assert len(found) > 50
    assert [n for n in found if not (n in (0, "*") or (isinstance(n, int) and n >= 8))] == []


def test_json_is_one_object_with_the_result(evaluated: Evaluated, tmp_path: Path) -> None:
    done = evaluate(evaluated.store, evaluated.roster, tmp_path / "out", "--service-start", BEGAN,
                    "--json")  # fmt: skip
    assert done.code == 0
    assert done.json["evaluation"] == evaluated.result
    assert "figures/the-picture-3-months.svg" in done.json["files"]


def test_faults_of_the_roster_need_a_person_and_are_told_by_row(
    evaluated: Evaluated, tmp_path: Path
) -> None:
    with evaluated.roster.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    rows[0][6] = "2024-02-31"
    rows.append([rows[0][0], "9990000018", "2024-10-01", "5", "2024-10-05", "Y", "2024-10-09", ""])
    roster = write_roster(tmp_path / "roster.csv", rows)
    done = evaluate(evaluated.store, roster, tmp_path / "out", "--service-start", BEGAN)
    assert done.code == 1, done.err
    assert "To put right: Row 2, column start_date" in done.out
    told = (tmp_path / "out" / "findings.csv").read_text("utf-8")
    assert told.splitlines()[0] == "row,column,finding"
    assert "2,start_date,not a date as YYYY-MM-DD: taken as empty." in told
    assert "2024-02-31" not in told + done.out
    result = json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert [f for f in result["findings"] if f.startswith("Row")] == []
    assert [f for f in result["findings"] if f.startswith("Column start_date")]


def test_one_client_is_told_in_words_and_in_no_number(evaluated: Evaluated, tmp_path: Path) -> None:
    with evaluated.roster.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    one = write_roster(tmp_path / "one.csv", [next(row for row in rows if row[6])])
    done = evaluate(evaluated.store, one, tmp_path / "out", "--service-start", BEGAN, "--json")
    lead = done.json["evaluation"]["windows"]["3"]["attendances"]
    assert lead["people"] == "*"
    assert {lead[key] for key in ("observed", "before", "ratio", "resource_pack")} == {None}
    assert "Too few people" in lead["sentences"][0]


def test_a_site_with_no_history_gives_no_effect(evaluated: Evaluated, tmp_path: Path) -> None:
    done = evaluate(evaluated.store, evaluated.roster, tmp_path / "out", "--service-start",
                    "2023-02-01", "--json")  # fmt: skip
    lead = done.json["evaluation"]["windows"]["3"]["attendances"]
    assert lead["ratio"] is None
    assert any("not enough history" in sentence for sentence in lead["sentences"])


def test_a_file_that_is_no_roster_is_sent_back(
    hiu: Hiu, evaluated: Evaluated, tmp_path: Path
) -> None:
    (tmp_path / "wrong.csv").write_text("name,number\nA,1\n", "utf-8")
    done = evaluate(evaluated.store, tmp_path / "wrong.csv", tmp_path / "out")
    assert done.code == 3
    assert "wrong.csv" in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_with_anything_else_in_it_is_left_alone(
    evaluated: Evaluated, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")
    done = evaluate(evaluated.store, evaluated.roster, tmp_path / "out", "--service-start", BEGAN)
    assert done.code == 2
    assert (tmp_path / "out" / "notes.txt").read_text("utf-8") == "mine"


def test_the_command_line_starts_without_loading_any_of_it() -> None:
    """`hiu --help` must not wait for arithmetic, charts or PDF."""
    import subprocess
    import sys

    code = (
        "import sys, openhiu.cli; print([name for name in "
        "('scipy', 'altair', 'vl_convert', 'typst', 'docx', 'openhiu.evaluate.make') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
