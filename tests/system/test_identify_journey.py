"""The analyst's month: the list, what changed, why someone is on it, and a workbook to send on."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from conftest import Hiu, Place
from openhiu.tables.handover import LIST_COLUMNS, PEOPLE_COLUMNS


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_files_of_the_contract_are_there(place: Place) -> None:
    assert sorted(path.name for path in place.list.iterdir()) == [
        "changes.csv", "fairness.csv", "flow.csv", "history.parquet", "list.csv", "list.parquet",
        "list.xlsx", "manifest.json", "suggestions.csv",
    ]  # fmt: skip


def test_the_columns_come_in_the_order_of_the_contract(place: Place) -> None:
    expected = [*LIST_COLUMNS, *PEOPLE_COLUMNS]
    assert pq.read_schema(place.list / "list.parquet").names == expected
    assert list(rows(place.list / "list.csv")[0]) == expected


def test_csv_and_parquet_say_the_same(place: Place) -> None:
    table = pq.read_table(place.list / "list.parquet").to_pylist()
    text = rows(place.list / "list.csv")
    assert [
        (r["list_id"], str(r["rank"]), r["person_id"], str(r["attendances"])) for r in table
    ] == ([(r["list_id"], r["rank"], r["person_id"], r["attendances"]) for r in text])
    assert [r["why"] for r in table] == [r["why"] for r in text]


def test_rows_are_ordered_by_list_and_rank_and_every_line_has_a_reason(place: Place) -> None:
    listed = rows(place.list / "list.csv")
    keys = [(row["list_id"], int(row["rank"])) for row in listed]
    assert keys == sorted(keys)
    assert {row["list_id"] for row in listed} == {"ALL", "ZT101", "ZT102"}
    assert all(row["why"].startswith("Came to ") and row["rules"] for row in listed)


def test_the_flow_loses_nobody_silently(place: Place) -> None:
    flow = rows(place.list / "flow.csv")
    assert flow[0]["step"] == "everything in the store"
    assert flow[-1]["step"] == "listed"
    attendances = [int(row["attendances"]) for row in flow]
    people = [int(row["people"]) for row in flow]
    assert attendances == sorted(attendances, reverse=True)
    assert people == sorted(people, reverse=True)
    assert people[-1] == len({row["person_id"] for row in rows(place.list / "list.csv")})


def test_the_manifest_makes_the_list_repeatable_and_names_nobody(place: Place) -> None:
    text = (place.list / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["preset"] == "spec-top-250"
    assert manifest["window"] == {
        "start": "2026-01-01", "end_excluded": "2026-04-01", "months": 3,
        "year_start": "2025-04-01",
    }  # fmt: skip
    assert all(re.fullmatch(r"[0-9a-f]{64}", source["sha256"]) for source in manifest["inputs"])
    assert manifest["data_cut_off"].startswith("2026-03-31")
    assert not re.search(r"\b999\d{7}\b", text)


def test_the_same_list_twice_is_the_same_to_the_byte(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    again = hiu(
        "identify", "--store", place.store, "--as-of", "2026-04-01", "--out", tmp_path / "l"
    )
    assert again.code == 0, again.err
    for name in ("list.csv", "list.parquet", "list.xlsx", "flow.csv", "manifest.json"):
        assert (tmp_path / "l" / name).read_bytes() == (place.list / name).read_bytes(), name


def test_the_workbook_can_be_sent_on(place: Place) -> None:
    book = openpyxl.load_workbook(place.list / "list.xlsx")
    assert book.sheetnames == ["About this list", "List", "Flow", "Changes", "Suggestions",
                               "Fairness"]  # fmt: skip
    cover = [cell.value for cell in book["About this list"]["A"] if cell.value]
    assert "The window runs from 1 January 2026 to 31 March 2026." in cover
    assert any(
        line.startswith("Data cut-off: the newest attendance is of 31 March") for line in cover
    )
    sheet = book["List"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref
    assert sheet.max_row == 1 + len(rows(place.list / "list.csv"))
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert book.properties.creator in (None, "")


def test_nothing_in_a_name_or_a_flag_becomes_a_formula(hiu: Hiu, tmp_path: Path) -> None:
    attacks = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\uff1d1+1"]
    attendances, people = tmp_path / "attendances.csv", tmp_path / "people.csv"
    with attendances.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["attendance_id", "person_id", "site_code", "arrival_datetime",
                         "department_type", "attendance_category", "age"])  # fmt: skip
        for number, _ in enumerate(attacks):
            writer.writerow([number, f"P{number}", "ZT101", "2026-03-01 10:00", "01", "1", 40])
    with people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person_id", "name", "warning_flags"])
        writer.writerows([f"P{number}", text, text] for number, text in enumerate(attacks))
    store, out = tmp_path / "store", tmp_path / "list"
    assert hiu("extract", attendances, people, "--store", store).code == 0
    made = hiu("identify", "--store", store, "--as-of", "2026-04-01", "--out", out)
    assert made.code == 1, made.err  # the newest attendance is a month old
    sheet = openpyxl.load_workbook(out / "list.xlsx")["List"]
    names = {cell.value for cell in sheet["S"]}
    assert set(attacks) <= names
    assert all(cell.data_type == "s" for cell in sheet["S"])
    with zipfile.ZipFile(out / "list.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet2.xml")
    assert {row["name"] for row in rows(out / "list.csv")} == {f"'{text}" for text in attacks}
    assert set(pq.read_table(out / "list.parquet")["name"].to_pylist()) == set(attacks)


def test_last_months_list_tells_who_came_and_who_left(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    february, march, april = (tmp_path / name for name in ("february", "march", "april"))
    store = ("identify", "--store", place.store, "--preset", "pack-top-50")
    assert hiu(*store, "--as-of", "2026-02-01", "--out", february).code == 0
    assert hiu(*store, "--as-of", "2026-03-01", "--out", march, "--previous", february).code == 0
    assert hiu(*store, "--as-of", "2026-04-01", "--out", april, "--previous", march).code == 0
    on = {month: {(r["list_id"], r["person_id"]) for r in rows(month / "list.csv")}
          for month in (february, march, april)}  # fmt: skip
    changes = rows(april / "changes.csv")
    found = {(r["list_id"], r["person_id"]): r["change"] for r in changes}
    assert {p for p, c in found.items() if c == "left"} == on[march] - on[april]
    assert {p for p, c in found.items() if c == "stayed"} == on[march] & on[april]
    back = (on[april] - on[march]) & on[february]
    assert {p for p, c in found.items() if c == "returned"} == back
    assert {p for p, c in found.items() if c == "came"} == on[april] - on[march] - on[february]
    assert all(row["reason"].endswith(".") for row in changes)


def test_why_and_why_not(place: Place, hiu: Hiu) -> None:
    listed = rows(place.list / "list.csv")
    first = next(row for row in listed if row["list_id"] == "ALL")
    asked = ("identify", "--store", place.store, "--as-of", "2026-04-01", "--explain")
    why = hiu(*asked, f"{first['nhs_number'][:3]} {first['nhs_number'][3:]}")
    assert why.code == 0
    assert f"All sites together: place 1. {first['why']}" in why.out
    everybody = {row["person_id"] for row in rows(place.trust / "people.csv")}
    absent = sorted(everybody - {row["person_id"] for row in listed})[0]
    why_not = hiu(*asked, absent)
    assert "not listed. " in why_not.out
    nobody = hiu(*asked, "9990000000")
    assert nobody.out == "Not listed. The store has no attendance of this person.\n"


def test_an_old_extract_is_told_and_ends_with_1(place: Place, hiu: Hiu, tmp_path: Path) -> None:
    late = hiu("identify", "--store", place.store, "--as-of", "2026-04-20", "--out", tmp_path / "l")
    assert late.code == 1
    told = " ".join(late.out.split())
    assert re.search(r"The newest attendance of [\w ]+ is of 31 March 2026", told), told


def test_one_json_object_on_standard_output(place: Place, hiu: Hiu, tmp_path: Path) -> None:
    made = hiu("identify", "--store", place.store, "--as-of", "2026-04-01", "--out",
               tmp_path / "l", "--json")  # fmt: skip
    assert made.json["exit_code"] == 0
    assert made.json["listed"] == len({r["person_id"] for r in rows(place.list / "list.csv")})


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--as-of", "2026-04-01"), 2, "Missing option '--out'"),
        (("--as-of", "1 April", "--out", "x"), 2, "not a date written YYYY-MM-DD"),
        (("--as-of", "2026-04-01", "--out", "x", "--preset", "top-9"), 2, "no preset called top-9"),
        (("--as-of", "2026-04-01", "--out", "x", "--site", "RZZ99"), 2, "nobody attended at site"),
        (("--as-of", "2026-04-01", "--out", "x", "--criteria", "none.toml"), 4,
         "no such criteria file"),
        (("--as-of", "2026-04-01", "--out", "x", "--previous", "none"), 3,
         "no readable list.parquet"),
        (("--as-of", "2026-04-01", "--out", "x", "--engine", "abacus"), 2, "no engine called"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_line_and_a_remedy(
    place: Place, hiu: Hiu, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    refused = hiu("identify", "--store", place.store, *arguments, cwd=tmp_path)
    assert refused.code == code, refused.err
    first, second = refused.err.strip().splitlines()
    assert first.startswith("Error: ")
    assert told in first
    assert second.startswith("What to do: ")
    assert not (tmp_path / "x").exists()


def test_a_folder_with_other_files_is_left_alone(place: Place, hiu: Hiu, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    refused = hiu("identify", "--store", place.store, "--as-of", "2026-04-01", "--out", tmp_path)
    assert refused.code == 2
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


def test_no_store_is_said_plainly(hiu: Hiu, tmp_path: Path) -> None:
    refused = hiu("identify", "--store", tmp_path, "--as-of", "2026-04-01", "--out", tmp_path / "l")
    assert refused.code == 3
    assert "this folder is not a store" in refused.err


def test_a_folder_with_a_manifest_of_something_else_is_left_alone(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    (tmp_path / "thesis.docx").write_text("mine", "utf-8")
    refused = hiu("identify", "--store", place.store, "--as-of", "2026-04-01", "--out", tmp_path)
    assert refused.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "thesis.docx"]


def test_a_list_is_private_and_replaced_through_a_link(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    asked = ("identify", "--store", place.store, "--as-of", "2026-04-01", "--out")
    assert hiu(*asked, tmp_path / "link").code == 0
    assert hiu(*asked, tmp_path / "link").code == 0
    assert (tmp_path / "link").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]
    assert (tmp_path / "real" / "list.csv").stat().st_mode & 0o077 == 0


def test_when_the_new_list_cannot_be_put_in_place_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openhiu.tables import delivery

    out, building = tmp_path / "list", tmp_path / "building"
    for folder in (out, building):
        folder.mkdir()
        (folder / "manifest.json").write_text(folder.name, "utf-8")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == building:
            raise OSError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="in use"):
        delivery.put_in_place(building, out)
    assert (out / "manifest.json").read_text("utf-8") == "list"


def test_a_site_whose_data_stopped_is_named_and_its_people_do_not_vanish(
    hiu: Hiu, tmp_path: Path
) -> None:
    header = "attendance_id,person_id,site_code,arrival_datetime,department_type,age"
    lines = [f"{n},P{n},ZT101,2026-0{m}-20 10:00,01,40" for n, m in enumerate((4, 5, 6))]
    lines += [f"{n + 9},Q{n},ZT102,2026-02-2{n} 10:00,01,40" for n in range(3)]
    (tmp_path / "a.csv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    store = tmp_path / "s"
    assert hiu("extract", tmp_path / "a.csv", "--store", store).code == 0
    march, june = tmp_path / "march", tmp_path / "june"
    hiu("identify", "--store", store, "--as-of", "2026-03-01", "--out", march)
    made = hiu("identify", "--store", store, "--as-of", "2026-06-25", "--out", june,
               "--previous", march)  # fmt: skip
    assert made.code == 1
    assert "The newest attendance of ZT102 is of 22 February 2026" in " ".join(made.out.split())
    left = {(r["list_id"], r["person_id"]) for r in rows(june / "changes.csv")
            if r["change"] == "left"}  # fmt: skip
    assert {("ZT102", f"Q{n}") for n in range(3)} <= left


def test_listed_people_and_attenders_are_grouped_by_the_same_facts(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    # Everyone who attended is on a list as long as this: so the two columns must agree.
    (tmp_path / "all.toml").write_text('[[rules]]\nkind = "top"\nn = 99999\n', "utf-8")
    made = hiu("identify", "--store", place.store, "--as-of", "2026-04-01", "--criteria",
               tmp_path / "all.toml", "--out", tmp_path / "l")  # fmt: skip
    assert made.code == 0, made.err
    fairness = rows(tmp_path / "l" / "fairness.csv")
    assert len(fairness) > 15
    assert all(row["listed"] == row["attenders"] for row in fairness), fairness
