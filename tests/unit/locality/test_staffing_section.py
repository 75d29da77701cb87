"""[staffing] of a locality file: read as written, or refused with the key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import StaffingSettings, read_locality


def read(folder: Path, text: str) -> StaffingSettings:
    path = folder / "locality.toml"
    path.write_text(f"[staffing]\n{text}\n", "utf-8")
    return read_locality(path).staffing


def test_what_is_left_out_is_what_the_source_documents_say(tmp_path: Path) -> None:
    found = read(tmp_path, "")
    assert found == StaffingSettings()
    assert (found.new_a_quarter, found.intensive_least, found.intensive_most) == (15, 12, 15)
    assert (found.open_least, found.open_most, found.never_above) == (40, 45, 50)
    assert found.new_a_month == 15


def test_what_is_written_counts_and_is_known_to_be_written(tmp_path: Path) -> None:
    found = read(tmp_path, 'size_by = "a_quarter"\nacceptance = 0.7\nleave_weeks = 6')
    assert (found.size_by, found.acceptance, found.leave_weeks) == ("a_quarter", 0.7, 6)
    assert found.given == {"size_by", "acceptance", "leave_weeks"}


@pytest.mark.parametrize(
    ("text", "said"),
    [("size_by = 'guess'", "size_by is no reading"), ("acceptance = 70", "acceptance is no number"),
     ("acceptance = true", "acceptance is no number"), ("leads = 3", "not known: leads"),
     ("open_least = 60", "open_least is more than open_most"),
     ("open_most = 55", "open_most is more than never_above"),
     ("keep_free = 15", "keep_free leaves no place"), ("given = []", "not known: given"),
     ("support_months = 'three'", "support_months is no number")],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationFault, match=said):
        read(tmp_path, text)
