"""Files beside a list: exclusions and the locality, and what is refused of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.identify.inputs import Exclusion, read_exclusions
from openhiu.locality import Footprint, Site, read_locality


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_exclusions_are_read_with_numbers_as_people_write_them(tmp_path: Path) -> None:
    path = written(
        tmp_path, "person_id,reason,until\n999 000 0018,dialysis,2026-05-01\nP1,asked,\n"
    )
    assert read_exclusions(path) == [
        Exclusion("9990000018", "dialysis", date(2026, 5, 1)),
        Exclusion("P1", "asked", None),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person_id,reason\n9990000018.0,x\n", "a spreadsheet has damaged the identifier"),
        ("person_id,reason\n9.99E+09,x\n", "a spreadsheet has damaged the identifier"),
        ("person_id,reason\nP1,\n", "needs a person and a reason"),
        ("person_id,reason,until\nP1,x,1 May\n", "until is not a date"),
        ("NHS,why\nP1,x\n", "has no column person_id"),
    ],
)
def test_an_exclusion_that_could_miss_its_person_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(InputNotUsable, match=told) as refused:
        read_exclusions(written(tmp_path, text))
    assert "999000" not in str(refused.value)


def test_a_locality_is_read(tmp_path: Path) -> None:
    written(tmp_path, "lsoa\nE01000002\n", "lsoas.csv")
    path = written(
        tmp_path,
        'name = "Ashdown"\n[[sites]]\ncode = "RXX01"\nname = "General"\n[footprint]\n'
        'lsoas = ["E01000001"]\nlsoas_file = "lsoas.csv"\ncombine = "and"\n',
        "locality.toml",
    )
    place = read_locality(path)
    assert (place.name, place.sites) == ("Ashdown", (Site("RXX01", "General"),))
    assert place.footprint == Footprint(frozenset({"E01000001", "E01000002"}), frozenset(), "and")
    assert place.site_name("RXX01") == "General"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nmae = 1", "a key that is not known: nmae"),
        ("sites = 3", "sites is not a list of tables"),
        ("footprint = 3", "footprint is not a section"),
        ("[footprint]\nlsoas = 5", "lsoas is not a list"),
        ('[footprint]\ncombine = "xor"', "neither or nor and"),
        ('[[sites]]\nname = "x"', "a site has no code"),
        ('[[sites]]\ncode = "all"', "the code ALL"),
        ("stale_after_days = 0", "stale_after_days"),
        ('[footprint]\nlsoas_file = "none.csv"', "cannot be read"),
        ('[footprint]\nlsoas_file = "bare.csv"', "has no header"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_locality_that_could_mean_something_else_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    written(tmp_path, "E01000001\nE01000002\n", "bare.csv")
    with pytest.raises(ConfigurationFault, match=told):
        read_locality(written(tmp_path, text, "locality.toml"))
    with pytest.raises(ConfigurationFault, match="no such locality file"):
        read_locality(tmp_path)
