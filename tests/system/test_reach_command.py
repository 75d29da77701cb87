"""`hiu report reach` as its users run it: from tiers counted before, with staffing, places and
boundaries beside; and what it turns away.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, run_hiu
from openhiu.report.staffing import kept as staffing_kept
from openhiu.report.tiers import as_data
from support.reach import honeycomb
from support.staffing import sample_staffing
from support.tiers import sample_tiers

LOCALITY = """
name = "Madeup Vale"
[[places]]
code = "SOUTH"
name = "South Vale"
sites = ["RA102"]
leads = 0
[[places]]
code = "EAST"
name = "East Vale"
leads = 0
[reach]
boundaries_file = "boundaries.geojson"
"""


def write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.fixture
def tiers(tmp_path: Path) -> Path:
    """A folder as `hiu report tiers` writes it: exact, with what anybody may see inside."""
    folder = tmp_path / "tiers"
    write(folder / "tiers.json", as_data(sample_tiers(publishable=False)))
    write(folder / "publishable" / "tiers.json", as_data(sample_tiers()))
    return folder


def run(*arguments: object) -> Ran:
    return run_hiu("report", "reach", *arguments)


def test_it_writes_a_folder_from_publishable_numbers(tiers: Path, tmp_path: Path) -> None:
    staffing = write(tmp_path / "staffing.json", staffing_kept.as_data(sample_staffing()))
    honeycomb(tmp_path, ["NORTH", "SOUTH", "EAST"])
    place = tmp_path / "ours.toml"
    place.write_text(LOCALITY, "utf-8")
    out = tmp_path / "reach"
    done = run("--tiers", tiers, "--staffing", staffing, "--locality", place, "--out", out,
               "--json")  # fmt: skip
    assert done.code in (0, 1), done.err
    told = json.loads(done.out)
    assert told["title"] == "Who is reached, and where nobody is: Madeup Vale, 2025/26"
    assert {"reach.pdf", "reach.docx", "reach.html", "reach.xlsx", "reach.json", "manifest.json",
            "inputs/tiers.json", "inputs/locality.toml", "inputs/staffing.json",
            "inputs/boundaries.geojson", "figures/need-and-leads.svg",
            "figures/need-and-leads.png"} == set(told["files"])  # fmt: skip
    reach = json.loads((out / "reach.json").read_text("utf-8"))
    north = next(unit for unit in reach["units"] if unit["code"] == "NORTH")
    assert north["top"] == 60  # 62, as it may be seen
    assert north["waiting"]["leads"] == 1
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    for name, digest in manifest["sha256"].items():
        assert sha256((out / name).read_bytes()).hexdigest() == digest


def test_the_same_again_is_the_same_to_the_byte(tiers: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("--tiers", tiers, "--out", tmp_path / name).code == 1
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
                for name in ("one", "two"))  # fmt: skip
    assert one == two


def test_what_was_not_said_is_asked_for_at_the_terminal(tiers: Path, tmp_path: Path) -> None:
    done = run("--tiers", tiers, "--out", tmp_path / "reach")
    assert done.code == 1
    said = " ".join(done.out.split())
    assert "Whether there is a service at South Vale Infirmary" in said
    assert "1 lead can ask about 70 a year, each in their own place" in said
    assert "that is 50% of the tier." in said


def test_exact_counts_alone_are_refused(tmp_path: Path) -> None:
    exact = write(tmp_path / "exact" / "tiers.json", as_data(sample_tiers(publishable=False)))
    done = run("--tiers", exact.parent, "--out", tmp_path / "reach")
    assert done.code == 5
    assert not (tmp_path / "reach").exists()


@pytest.mark.parametrize("arguments", [(), ("--store", "a", "--tiers", "b"), ("--store", "a")])
def test_either_a_store_with_a_day_or_tiers(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*arguments, "--out", tmp_path / "reach").code == 2


def test_what_is_read_is_not_written_over(tiers: Path) -> None:
    assert run("--tiers", tiers, "--out", tiers).code == 2
    assert (tiers / "tiers.json").exists()
