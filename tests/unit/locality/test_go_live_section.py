"""[go_live]: how a service is set up is read whole, and what is wrong is named by its key."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import GoLive, Locality, locality_from
from openhiu.locality.writing import as_toml
from support.starter_pack import PLACE


def read(go_live: Any) -> GoLive:
    return locality_from({"go_live": go_live}, Path("locality.toml")).go_live


def test_a_place_that_says_nothing_has_the_programmes_hours_and_months() -> None:
    found = Locality().go_live
    assert found.date is None
    assert found.post.hours == 37.5
    assert found.review_months == 6


def test_what_is_said_is_read() -> None:
    found = read({
        "date": date(2027, 7, 1), "dpo": " Sam Okafor ", "controllers": ["One", "", "Two"],
        "takes": {"checks": 60}, "closed": ["2026-12-31", date(2026, 12, 24)],
        "post": {"hours": 30, "closing": "2027-02-01"},
    })  # fmt: skip
    assert found.date == date(2027, 7, 1)
    assert found.dpo == "Sam Okafor"
    assert found.controllers == ("One", "Two")
    assert found.takes == {"checks": 60}
    assert found.closed == (date(2026, 12, 24), date(2026, 12, 31))
    assert (found.post.hours, found.post.closing) == (30, date(2027, 2, 1))


def test_the_section_can_be_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "locality.toml"
    path.write_text(as_toml(PLACE), "utf-8")
    again = locality_from(tomllib.loads(path.read_text("utf-8")), path)
    assert again.go_live == locality_from(PLACE, path).go_live


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"dop": "Sam"}, "dop"),
        ({"date": "soon"}, "date"),
        ({"takes": {"checks": 0}}, "checks"),
        ({"takes": 3}, "takes"),
        ({"review_months": True}, "review_months"),
        ({"closed": "2026-12-24"}, "closed"),
        ({"controllers": "One"}, "controllers"),
        ({"post": {"hours": 80}}, "hours"),
        ({"post": {"wage": "much"}}, "wage"),
    ],
)
def test_a_fault_names_its_key(given: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigurationFault) as fault:
        read(given)
    assert named in str(fault.value)
