"""The analyst's files: good ones, damaged ones, corrections, and files nobody has seen before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from conftest import Hiu, Place

HEADER = "attendance_id,provider_code,person_id,site_code,arrival_datetime,department_type,age"


def write(folder: Path, name: str, *lines: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


def row(number: int, *, person: str = "P1", arrival: str = "2026-03-01 10:00") -> str:
    return f"A{number},ZT1,{person},ZT101,{arrival},01,40"


def totals(ran_json: dict[str, object]) -> list[dict[str, int]]:
    return [one["total"] for one in ran_json["files"]]  # type: ignore[index,union-attr,attr-defined]


def counted(hiu: Hiu, store: Path, out: Path) -> dict[str, int]:
    """Attendances of everybody on the list of 1 April, by person."""
    made = hiu("identify", "--store", store, "--as-of", "2026-04-01", "--out", out)
    assert made.code in (0, 1), made.err
    with (out / "list.csv").open(newline="", encoding="utf-8") as file:
        return {r["person_id"]: int(r["attendances"]) for r in csv.DictReader(file)}


def test_every_row_is_accounted_for(hiu: Hiu, tmp_path: Path) -> None:
    lines = [row(n) for n in range(100)]
    lines[3] = row(2)  # again, word for word
    lines[4] = "A5,ZT1,P2,ZT101,2026-03-01 10:00,01,40"  # A5 is sent once more below, changed
    lines[9] = row(9, arrival="2026-02-30 10:00")  # no such day
    read = hiu("extract", write(tmp_path, "a.csv", *lines), "--store", tmp_path / "s", "--json")
    assert read.code == 0, read.err
    assert totals(read.json) == [
        {"read": 100, "accepted": 97, "superseded": 1, "duplicate": 1, "rejected": 1}
    ]
    rejects = Path(read.json["files"][0]["rejects"])
    with rejects.open(newline="", encoding="utf-8") as file:
        (line,) = list(csv.DictReader(file))
    assert (line["file"], line["row"], line["column"]) == ("a.csv", "11", "arrival_datetime")
    assert "2026-02-30" not in rejects.read_text("utf-8")


def test_the_same_file_twice_and_under_another_name_changes_nothing(
    hiu: Hiu, tmp_path: Path
) -> None:
    first = write(tmp_path, "a.csv", row(1), row(2, arrival="2026-03-02 10:00"))
    renamed = write(tmp_path, "b.csv", row(1), row(2, arrival="2026-03-02 10:00"))
    store = tmp_path / "s"
    assert hiu("extract", first, "--store", store).code == 0
    commits = sorted(path.name for path in (store / "commits").iterdir())
    again = hiu("extract", first, renamed, "--store", store, "--json")
    assert totals(again.json) == 2 * [
        {"read": 2, "accepted": 0, "superseded": 0, "duplicate": 2, "rejected": 0}
    ]
    assert sorted(path.name for path in (store / "commits").iterdir()) == commits
    assert counted(hiu, store, tmp_path / "l") == {"P1": 2}


@pytest.mark.parametrize("order", [("early", "late"), ("late", "early")])
def test_a_later_version_wins_whatever_order_the_files_arrive_in(
    hiu: Hiu, tmp_path: Path, order: tuple[str, str]
) -> None:
    header = HEADER + ",submitted_at,record_action"
    files = {
        "early": write(tmp_path, "early.csv", row(1) + ",2026-03-05,upsert",
                       row(2, person="P2") + ",2026-03-05,upsert", header=header),
        # The record was someone else's after all, and the second never happened. A deletion
        # needs no more than its identifier.
        "late": write(tmp_path, "late.csv", row(1, person="P3") + ",2026-03-20,upsert",
                      "A2,ZT1,,,,,,2026-03-20,delete", header=header),
    }  # fmt: skip
    for name in order:
        read = hiu("extract", files[name], "--store", tmp_path / "s")
        assert read.code == 0, read.err
    assert counted(hiu, tmp_path / "s", tmp_path / "l") == {"P3": 1}


def test_a_period_can_be_replaced_as_a_whole(hiu: Hiu, tmp_path: Path) -> None:
    store = tmp_path / "s"
    first = write(tmp_path, "a.csv", row(1), row(2, person="P2", arrival="2026-02-01 10:00"))
    assert hiu("extract", first, "--store", store, "--submitted-at", "2026-03-10").code == 0
    march = write(tmp_path, "march.csv", row(7, person="P7", arrival="2026-03-09 10:00"))
    read = hiu("extract", march, "--store", store, "--submitted-at", "2026-03-20",
               "--replace-period", "2026-03-01", "2026-04-01")  # fmt: skip
    assert read.code == 0, read.err
    assert counted(hiu, store, tmp_path / "l") == {"P2": 1, "P7": 1}


def test_a_file_with_too_many_faults_waits_for_a_person(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    held, store = place.trust / "dirty" / "attendances-held.csv", tmp_path / "s"
    first = hiu("extract", held, "--store", store, "--json")
    assert first.code == 1
    assert first.json["files"][0]["state"] == "held"
    assert first.json["files"][0]["total"] is None
    nothing = hiu("identify", "--store", store, "--as-of", "2026-04-01", "--out", tmp_path / "l")
    assert nothing.code == 3
    assert "the store holds no attendances" in nothing.err
    accepted = hiu("extract", held, "--store", store, "--accept-held", "checked by hand", "--json")
    assert accepted.code == 0
    total = accepted.json["files"][0]["total"]
    assert total["rejected"] > 0.02 * total["read"]
    assert total["read"] == sum(total.values()) - total["read"]


def test_a_quiet_month_is_held_too(hiu: Hiu, tmp_path: Path) -> None:
    # Six months of 10 attendances, then one of 6: 40 % below the median of 10.
    lines, number = [], 0
    for month, count in (("09", 10), ("10", 10), ("11", 10), ("12", 10), ("13", 10), ("14", 10)):
        year, real = ("2025", month) if int(month) < 13 else ("2026", f"{int(month) - 12:02}")
        for day in range(count):
            number += 1
            lines.append(row(number, arrival=f"{year}-{real}-{day * 3 + 1:02} 10:00"))
    store = tmp_path / "s"
    assert hiu("extract", write(tmp_path, "six.csv", *lines), "--store", store).code == 0
    march = [row(900 + d, arrival=f"2026-03-{d:02} 10:00") for d in (1, 7, 13, 19, 25, 31)]
    read = hiu("extract", write(tmp_path, "march.csv", *march), "--store", store)
    assert read.code == 1
    assert "2026-03 has 6 rows, 40% below the 10 that were usual" in " ".join(read.out.split())


def test_a_few_corrections_of_an_old_month_are_no_quiet_month(hiu: Hiu, tmp_path: Path) -> None:
    months = ["2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]
    lines = [
        row(100 * index + day, arrival=f"{month}-{day:02} 10:00")
        for index, month in enumerate(months)
        for day in range(1, 29)
    ]
    store = tmp_path / "s"
    assert hiu("extract", write(tmp_path, "all.csv", *lines), "--store", store).code == 0
    corrections = [row(601, person="P9", arrival="2026-01-01 10:00"),
                   row(999, person="P9", arrival="2026-01-31 10:00")]  # fmt: skip
    read = hiu("extract", write(tmp_path, "two.csv", *corrections), "--store", store)
    assert read.code == 0, read.out


def test_one_bad_file_does_not_keep_the_others_out(place: Place, hiu: Hiu, tmp_path: Path) -> None:
    good = write(tmp_path, "good.csv", row(1))
    bad = place.trust / "dirty" / "attendances-month-first.csv"
    read = hiu("extract", bad, good, "--store", tmp_path / "s", "--json")
    assert read.code == 3
    assert [one["state"] for one in read.json["files"]] == ["refused", "taken in"]
    assert "month" in read.json["files"][0]["fault"]["error"]
    assert counted(hiu, tmp_path / "s", tmp_path / "l") == {"P1": 1}


def test_the_damage_of_a_spreadsheet_is_rejected_row_by_row_as_expected(
    place: Place, hiu: Hiu, tmp_path: Path
) -> None:
    name = "attendances-through-excel.csv"
    read = hiu("extract", place.trust / "dirty" / name, "--store", tmp_path / "s", "--json")
    assert read.code == 0, read.out
    with (place.trust / "dirty-expected.csv").open(newline="", encoding="utf-8") as file:
        expected = [r for r in csv.DictReader(file) if r["file"].endswith(name)]
    with Path(read.json["files"][0]["rejects"]).open(newline="", encoding="utf-8") as file:
        rejected = {r["row"] for r in csv.DictReader(file)}
    assert rejected == {r["row"] for r in expected if r["fate"] == "rejected"}


def test_a_layout_nobody_knows_is_drafted_and_then_read(hiu: Hiu, tmp_path: Path) -> None:
    strange = write(
        tmp_path, "strange.csv", "P1,General,01/03/2026 10:00", "P2,General,28/03/2026 11:30",
        header="Patient ref,Hospital name,Time of arrival",
    )  # fmt: skip
    refused = hiu("extract", strange, "--store", tmp_path / "s")
    assert refused.code == 3
    assert "--explain" in refused.err
    drafted = hiu("extract", "--explain", strange)
    assert drafted.code == 0
    mapping = tmp_path / "ours.toml"
    mapping.write_text(drafted.out, "utf-8")
    read = hiu("extract", strange, "--store", tmp_path / "s", "--dialect", mapping, "--json")
    assert read.code == 0, read.err
    assert read.json["files"][0]["summary"]["months"] == {"2026-03": 2}
    assert totals(read.json)[0]["accepted"] == 2


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.csv", "empty"),
        (HEADER.encode() + b"\n", "header.csv", "no row below it"),
        (b"PK\x03\x04rubbish", "list.csv", ""),
        (b"a,b\n1,2\n", "notes.docx", ""),
        (b"PAR1" + b"\0" * 40, "cut.parquet", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked.xlsx", "password"),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_is_made(
    hiu: Hiu, tmp_path: Path, content: bytes, name: str, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    refused = hiu("extract", tmp_path / name, "--store", tmp_path / "s")
    assert refused.code == 3, refused.out
    first, second = refused.err.strip().splitlines()
    assert first.startswith(f"Error: {name}")
    assert told in first + second
    assert second.startswith("What to do: ")
    assert not (tmp_path / "s").exists()


def test_a_missing_store_option_is_wrong_usage(hiu: Hiu, tmp_path: Path) -> None:
    refused = hiu("extract", write(tmp_path, "a.csv", row(1)))
    assert refused.code == 2
    assert "--store" in refused.err
