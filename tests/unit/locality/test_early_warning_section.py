"""[early_warning] of a locality file: read as written, or refused with the key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import EarlyWarning, read_locality


def read(folder: Path, text: str) -> EarlyWarning:
    path = folder / "locality.toml"
    path.write_text(f"[early_warning]\n{text}\n", "utf-8")
    return read_locality(path).early_warning


def test_what_is_left_out_has_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == EarlyWarning()
    found = read(tmp_path, "amber = 0.1\nquiet_weeks = 12\nself_harm = false")
    assert found == EarlyWarning(amber=0.1, quiet_weeks=12, self_harm=False)


def test_a_rule_with_a_number_is_switched_off_by_false(tmp_path: Path) -> None:
    found = read(tmp_path, "quiet_weeks = false\nambulance_in_week = false\nsilence_days = false")
    assert (found.quiet_weeks, found.ambulance_in_week, found.silence_days) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [("silent_days = 28", "silent_days"), ("amber = 1.5", "amber is not a chance"),
     ("amber = 1", "amber is not a chance"), ("red = 0.2", "red is above amber"),
     ("days = 0", "days is not a whole number"), ("days = true", "days is not a whole number"),
     ("days = false", "days is not a whole number"), ("silence_days = 1000", "silence_days is not"),
     ("individual = 1", "individual is neither true nor false")],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigurationFault) as refused:
        read(tmp_path, text)
    assert words in refused.value.sentence
