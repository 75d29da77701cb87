"""`hiu monitor` as its users run it: what it writes, what it says, how it ends."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import Hiu
from openhiu.tables.handover import (
    CLIENT_ACTIVITY_COLUMNS,
    CLIENTS_COLUMNS,
    HEALTH_COLUMNS,
    SIGNAL_COLUMNS,
)

ATTENDANCES = """attendance_id,person_id,site_code,arrival_datetime,department_type,chief_complaint
1,9990000018,ZT101,2026-03-20 10:00,01,29857009
2,9990000018,ZT101,2026-03-31 11:00,01,
3,9990000026,ZT101,2026-03-31 12:00,01,
"""


@pytest.fixture
def store(hiu: Hiu, tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(ATTENDANCES, "utf-8")
    assert hiu("extract", tmp_path / "a.csv", "--store", tmp_path / "store").code == 0
    return tmp_path / "store"


def caseload(folder: Path, *rows: str) -> Path:
    file = folder / "caseload.csv"
    file.write_text("\n".join(["person_ref,issuer,person_id", *rows]) + "\n", "utf-8")
    return file


def test_the_feed_is_written_whole_and_names_nobody(hiu: Hiu, store: Path, tmp_path: Path) -> None:
    who = caseload(tmp_path, "robin,nhs,999 000 0018", "sam,nhs,9990000034")
    out = tmp_path / "feed"
    done = hiu("monitor", "--store", store, "--caseload", who, "--as-of", "2026-04-01",
               "--out", out, "--json")  # fmt: skip
    assert done.code == 0, done.err
    assert done.json["manifest"]["people_by_standing"] == {"found": 1, "not_found": 1}
    with (out / "client_activity.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == CLIENT_ACTIVITY_COLUMNS
    assert [(row["began_at"], row["complaint"]) for row in rows] == [
        ("2026-03-20T10:00:00", "chest pain"),
        ("2026-03-31T11:00:00", ""),
    ]
    assert pq.read_table(out / "client_activity.parquet").num_rows == 2
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    for name, told in manifest["sha256"].items():
        assert sha256((out / name).read_bytes()).hexdigest() == told
    for path in out.glob("*.csv"):
        assert b"99900000" not in path.read_bytes()
    assert "99900000" not in done.out + json.dumps(manifest)


def test_what_is_said_is_plain_and_needs_a_person_where_two_claim_one(
    hiu: Hiu, store: Path, tmp_path: Path
) -> None:
    who = caseload(tmp_path, "robin,nhs,9990000018", "sam,nhs,9990000018")
    done = hiu("monitor", "--store", store, "--caseload", who, "--as-of", "2026-04-01",
               "--out", tmp_path / "feed")  # fmt: skip
    assert done.code == 1
    assert "2 people on the caseload are sharing an identifier with somebody else" in done.out


def test_a_damaged_number_is_named_by_row_and_never_quoted(
    hiu: Hiu, store: Path, tmp_path: Path
) -> None:
    who = caseload(tmp_path, "robin,nhs,9990000018", "sam,nhs,9.99E+09")
    done = hiu("monitor", "--store", store, "--caseload", who, "--as-of", "2026-04-01",
               "--out", tmp_path / "feed")  # fmt: skip
    assert done.code == 3
    assert "caseload.csv, row 3, column person_id" in done.err
    assert "E+09" not in done.err
    assert not (tmp_path / "feed").exists()


def test_an_empty_caseload_would_take_everything_away_and_is_sent_back(
    hiu: Hiu, store: Path, tmp_path: Path
) -> None:
    done = hiu("monitor", "--store", store, "--caseload", caseload(tmp_path), "--as-of",
               "2026-04-01", "--out", tmp_path / "feed")  # fmt: skip
    assert done.code == 3
    assert "the caseload holds nobody" in done.err


def test_a_folder_with_anything_else_in_it_is_left_alone(
    hiu: Hiu, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "notes.txt").write_text("mine", "utf-8")
    who = caseload(tmp_path, "robin,nhs,9990000018")
    done = hiu("monitor", "--store", store, "--caseload", who, "--as-of", "2026-04-01",
               "--out", tmp_path / "feed")  # fmt: skip
    assert done.code == 2
    assert (tmp_path / "feed" / "notes.txt").read_text("utf-8") == "mine"


def known(folder: Path, *rows: str) -> Path:
    file = folder / "caseload.csv"
    header = "person_ref,issuer,person_id,phase,supported_since,last_contact_on"
    file.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return file


def test_early_warnings_are_written_and_said_by_reference(
    hiu: Hiu, store: Path, tmp_path: Path
) -> None:
    who = known(tmp_path, "robin,nhs,9990000018,at_a_distance,2025-01-01,2026-03-25")
    run = ("monitor", "--store", store, "--caseload", who, "--as-of", "2026-04-01", "--out",
           tmp_path / "feed")  # fmt: skip
    done = hiu(*run, "--json")
    assert done.code == 0, done.err
    assert [(one["ref"], one["rule"], one["day"]) for one in done.json["signals"]] == [
        ("robin", "at_a_distance", "2026-03-31"), ("robin", "at_a_distance", "2026-03-20"),
    ]  # fmt: skip
    manifest = done.json["manifest"]
    assert manifest["signals_by_rule"]["at_a_distance"] == manifest["signals"] == 2
    assert (manifest["health"], manifest["data_since"]) == ([], "2026-03-20")
    with (tmp_path / "feed" / "signals.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == SIGNAL_COLUMNS
    assert rows[0]["why"] == "Came to A&E on 31 March 2026 while open at a distance."
    assert pq.read_table(tmp_path / "feed" / "signals.parquet").num_rows == 2
    with (tmp_path / "feed" / "clients.csv").open(newline="") as file:
        [client] = csv.DictReader(file)
    assert tuple(client) == CLIENTS_COLUMNS
    assert (client["since"], client["attendances"]) == ("2026-03-26", "1")
    said = hiu(*run).out
    assert "Early warnings: 2 amber" in said
    assert "robin" in said
    assert "99900000" not in said


def test_a_site_that_stopped_ends_with_exit_code_1_and_says_what_is_missing(
    hiu: Hiu, tmp_path: Path
) -> None:
    lines = ["attendance_id,person_id,site_code,arrival_datetime,department_type"]
    first = date(2025, 9, 1)
    for number in range(212):
        day = first + timedelta(days=number)
        sites = ("ZT101", "ZT102") if day < date(2026, 3, 20) else ("ZT102",)
        for site in sites:
            lines += [f"{site}-{number}-{n},9990000018,{site},{day} {10 + n}:{number % 60:02d},01"
                      for n in range(2)]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert hiu("extract", tmp_path / "a.csv", "--store", tmp_path / "store").code in (0, 1)
    done = hiu("monitor", "--store", tmp_path / "store", "--caseload",
               known(tmp_path, "robin,nhs,9990000018,,,"), "--as-of", "2026-04-01",
               "--out", tmp_path / "feed")  # fmt: skip
    assert done.code == 1, done.err + done.out
    assert "No A&E attendances of ZT101 after 19 March 2026" in done.out
    with (tmp_path / "feed" / "health.csv").open(newline="") as file:
        [fault] = csv.DictReader(file)
    assert tuple(fault) == HEALTH_COLUMNS
    assert (fault["kind"], fault["site_code"], fault["since"]) == ("stopped", "ZT101", "2026-03-20")
