"""`hiu report staffing`: from a folder of tiers and a roster to a folder anybody may be given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openhiu import programme
from openhiu.errors import ExitCode, RefusedByPolicy, WrongUsage
from openhiu.programme import StaffingOptions
from openhiu.report.staffing import read_staffing
from openhiu.tables.handover import ROSTER_COLUMNS
from support.tiers import sample_data

PLACE = """
name = "Madeup Vale"
[staffing]
size_by = "a_quarter"
horizon_months = 18
"""


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    """As `hiu report tiers` leaves it: exact counts, and the protected ones below."""
    folder = tmp_path / "tiers"
    (folder / "publishable").mkdir(parents=True)
    (folder / "tiers.json").write_text(json.dumps(sample_data(False)), "utf-8")
    (folder / "publishable" / "tiers.json").write_text(json.dumps(sample_data()), "utf-8")
    (tmp_path / "place.toml").write_text(PLACE, "utf-8")
    return folder


def make(counted: Path, **more: object) -> programme.StaffingOptions:
    here = counted.parent
    return StaffingOptions(here / "out", tiers=counted, locality=here / "place.toml", **more)  # type: ignore[arg-type]


def test_what_may_be_handed_on_is_made_from_what_may_be(counted: Path) -> None:
    heard: list[str] = []
    made = programme.make_staffing(make(counted), say=heard.append)
    found = read_staffing(made.out)
    assert found.publishable
    assert found.used.key == "a_quarter"
    assert made.exit_code == ExitCode.NEEDS_A_PERSON  # two places have not said who is in post
    assert (made.out / "inputs" / "tiers.json").read_bytes() == (
        counted / "publishable" / "tiers.json"
    ).read_bytes()
    assert (made.out / "inputs" / "locality.toml").read_text("utf-8") == PLACE
    assert any("simulating North Vale: 100%" in line for line in heard)


def test_exact_counts_are_used_only_where_they_were_asked_for(counted: Path) -> None:
    found = read_staffing(
        programme.make_staffing(make(counted, exact=True), say=lambda _: None).out
    )
    assert not found.publishable
    assert found.places[0].people == 62
    (counted / "publishable" / "tiers.json").unlink()
    with pytest.raises(RefusedByPolicy, match="exact counts"):
        programme.make_staffing(make(counted), say=lambda _: None)


def test_of_a_roster_only_aggregates_are_kept(counted: Path) -> None:
    rows = [f"RA101,999000{n:04d},2025-10-01,{n},2025-10-06,Y,2025-10-09,2026-01-{n % 28 + 1:02d}"
            for n in range(1, 41)]  # fmt: skip
    roster = counted.parent / "roster.csv"
    roster.write_text("\n".join([",".join(ROSTER_COLUMNS), *rows]), "utf-8")
    made = programme.make_staffing(make(counted, roster=roster), say=lambda _: None)
    kept = {path.name for path in (made.out / "inputs").iterdir()}
    assert kept == {"tiers.json", "locality.toml", "observed.json"}
    observed = json.loads((made.out / "inputs" / "observed.json").read_bytes())
    assert (observed["asked"], observed["ended"]) == (40, 40)
    for path in made.written:
        assert b"9990000017" not in path.read_bytes()
    sources = {one.key: one.source for one in read_staffing(made.out).settings}
    assert sources["support_months"] == "roster"


def test_a_store_or_tiers_and_never_over_what_is_read(counted: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="either --store or --tiers"):
        programme.make_staffing(StaffingOptions(tmp_path / "out"), say=lambda _: None)
    with pytest.raises(WrongUsage, match="read from"):
        programme.make_staffing(StaffingOptions(counted, tiers=counted), say=lambda _: None)
