"""[reach] of a locality file: where outlines lie and how many rows are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import locality_from

FILE = Path("/somewhere/ours.toml")


def test_a_place_that_says_nothing_has_no_map_and_ten_rows() -> None:
    found = locality_from({}, FILE).reach
    assert (found.boundaries, found.key, found.rows) == (None, "code", 10)


def test_the_file_lies_beside_and_is_not_looked_for_before_it_is_drawn() -> None:
    found = locality_from(
        {"reach": {"boundaries_file": "icb.geojson", "key": "ICB23CD", "rows": 12}}, FILE
    ).reach
    assert (found.boundaries, found.key, found.rows) == (
        Path("/somewhere/icb.geojson"), "ICB23CD", 12,
    )  # fmt: skip


@pytest.mark.parametrize(
    "entry", [{"rows": 2}, {"rows": 41}, {"rows": "ten"}, {"rows": True}, {"boundaries": "x"},
              {"boundaries_file": 3}]
)  # fmt: skip
def test_a_setting_that_cannot_be_meant_is_told(entry: dict[str, object]) -> None:
    with pytest.raises(ConfigurationFault) as raised:
        locality_from({"reach": entry}, FILE)
    assert raised.value.file == "ours.toml"
