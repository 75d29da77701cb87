"""tiers.json: what is written is read again, and what cannot be used is refused by its key."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import InputNotUsable
from openhiu.report.tiers import as_data, read_tiers
from support.tiers import sample_data, sample_tiers


@pytest.mark.parametrize("publishable", [True, False])
def test_what_is_kept_is_read_again_as_it_was(publishable: bool) -> None:
    tiers = sample_tiers(publishable)
    kept = json.loads(json.dumps(as_data(tiers)))
    assert read_tiers(kept) == tiers
    assert kept == json.loads(json.dumps(as_data(read_tiers(kept))))


def test_a_folder_its_file_and_its_data_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "tiers.json").write_text(json.dumps(sample_data()), "utf-8")
    assert read_tiers(tmp_path) == read_tiers(tmp_path / "tiers.json") == sample_tiers()


def test_the_sample_is_of_two_hospitals_and_three_places() -> None:
    tiers = sample_tiers(publishable=False)
    assert (len(tiers.sites), len(tiers.places), tiers.top.key) == (2, 3, "20+")
    top = tiers.whole.tiers["20+"]
    # 3,960 attendances at 280 pounds and 480 admissions at 2,711.
    assert top.cost.total == 3960 * 280 + 480 * 2711
    assert top.people.total == sum(place.tiers["20+"].people.total for place in tiers.places) + 1  # type: ignore[misc]


def _without(*path: Any) -> dict[str, Any]:
    return _with(*path, value=None)


def _with(*path: Any, value: Any) -> dict[str, Any]:
    data = deepcopy(sample_data(publishable=False))
    at: Any = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return data


TOP = ("units", 0, "tiers", "20+")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (_with("what", value="reach"), '"what" is not "tiers"'),
        (_with("version", value=9), "version is not 1"),
        (_with("as_of", value="soon"), "as_of"),
        (_with("year", "to_exclusive", value="2020-01-01"), "year.to_exclusive"),
        (_with("tiers", value=[]), "tiers is empty"),
        (_with("tiers", 0, "from", value=-1), "tiers[1].from"),
        (_with("units", value=[]), "units does not hold the area once"),
        (_with("units", 1, "kind", value="ward"), "units[2].kind"),
        (_with("units", 0, "tiers", value={}), "units[1].tiers"),
        (_with(*TOP, "people", "total", value="many"), "units[1].tiers.20+.people.total"),
        # A star stands only where small counts are hidden.
        (_with(*TOP, "people", "total", value="*"), "units[1].tiers.20+.people.total"),
        (_with(*TOP, "bed_days", "mean", value=float("nan")), "bed_days.mean"),
        (_with(*TOP, "stays", value=[1.2]), "stays"),
        (_with(*TOP, "stars", value={"entered": "maybe"}), "units[1].tiers.20+.stars"),
        (_with(*TOP, "moved", "again", "attendances", value=-1), "moved.again.attendances"),
        (_with(*TOP, "imd", value=[1]), "units[1].tiers.20+.imd"),
        (_with("prices", 0, "gbp", value=None), "prices[1].gbp"),
        (_with("warnings", value=["somebody is 999 000 0018"]), "NHS number"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_key(data: dict[str, Any], key: str) -> None:
    with pytest.raises(InputNotUsable) as refused:
        read_tiers(data)
    assert key in str(refused.value)


def test_what_was_not_counted_may_be_left_out() -> None:
    read = read_tiers(_without(*TOP, "forecast")).whole.tiers["20+"]
    assert read.forecast is None
    assert read_tiers(_without("year_before")).year_before is None


def test_a_file_from_before_the_newer_numbers_is_read() -> None:
    data = sample_data()
    for unit in data["units"]:
        for tier in unit["tiers"].values():
            del tier["entered"], tier["moved"]["again"], tier["moved"]["from_below"]
    read = read_tiers(data).whole.tiers["20+"]
    assert read.moved is not None
    assert (read.entered_in_year, read.moved.again, read.moved.from_below) == (None, None, None)
    assert read.stars == {}


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputNotUsable, match="no such file"):
        read_tiers(tmp_path)
    (tmp_path / "tiers.json").write_text("{", "utf-8")
    with pytest.raises(InputNotUsable, match="not JSON"):
        read_tiers(tmp_path)
