"""Criteria files: presets are what their source says, and a typing error is not passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault, WrongUsage
from openhiu.identify.criteria import Kind
from openhiu.identify.criteria_file import (
    criteria_from,
    load_preset,
    preset_names,
    read_criteria,
)

TOP = {"rules": [{"kind": "top", "n": 50}]}


@pytest.mark.parametrize(
    ("preset", "rules"),
    [
        ("spec-top-250", ["top 250", "more than 3 in a calendar month"]),
        ("pack-top-50", ["top 50"]),
        ("nhse-2026", ["more than 5 in a calendar month", "more than 20 in 12 months"]),
        ("red-cross-5", ["5 or more in 12 months"]),
        ("tiers", ["5 to 10 in 12 months", "11 to 19 in 12 months", "20 or more in 12 months"]),
    ],
)
def test_presets_say_what_their_source_says(preset: str, rules: list[str]) -> None:
    criteria = load_preset(preset)
    assert [rule.label for rule in criteria.rules] == rules
    assert criteria.source
    assert (criteria.youngest, criteria.department_types) == (18, ("01",))
    assert criteria.categories == ("1", "2", "3", "")
    assert criteria.window_months == 3


def test_the_default_comes_first_and_every_preset_is_known() -> None:
    assert preset_names()[0] == "spec-top-250"
    with pytest.raises(WrongUsage, match="no preset called top-10") as refused:
        load_preset("top-10")
    assert "pack-top-50" in refused.value.remedy


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"windw_months": 3}, "windw_months"),
        ({"rules": []}, "no rule"),
        ({"rules": [{"kind": "most", "n": 3}]}, "no kind we know"),
        ({"rules": [{"kind": "top", "n": 0}]}, "n is missing or not a whole number"),
        ({"rules": [{"kind": "top", "n": True}]}, "n is missing or not a whole number"),
        ({"rules": [{"kind": "month", "more_than": 3, "month": "lunar"}]}, "month is not known"),
        ({"rules": [{"kind": "top", "n": 5}, {"kind": "top", "n": 9}]}, "two rules of kind top"),
        ({"rules": [{"kind": "year", "at_least": 5, "at_most": 9}]}, "at_most"),
        ({"rules": [{"kind": "band", "at_least": 9, "at_most": 5}]}, "at_most"),
        ({"people": {"youngest": "18"}}, "youngest is missing or not a whole number"),
        ({"people": {"youngest": 30, "oldest": 20}}, "oldest"),
        ({"people": {"minimum": 18}}, "minimum"),
        ({"attendances": {"categories": "all"}}, "categories is neither"),
        ({"attendances": {"department_types": [1]}}, "department_types is neither"),
        ({"attendances": {"one_per": "hour"}}, "one_per is not known"),
        ({"attendances": {"categories": []}}, "categories is empty"),
        ({"attendances": {"leave_out_statuses": "any"}}, "leave_out_statuses"),
        ({"rules": 3}, "rules is not a list of tables"),
        ({"people": 3}, "people is not a section"),
        ({"window_months": 99999}, "window_months is above 120"),
        ({"rules": [{"kind": "window", "at_least": 2, "month": "calendar"}]}, "month"),
        ({"rules": [{"kind": "year", "at_least": 2, "more_than": 5}]}, "both more_than and"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(change: dict[str, Any], cause: str) -> None:
    with pytest.raises(ConfigurationFault, match=cause) as refused:
        criteria_from({**TOP, **change}, "ours.toml")
    assert refused.value.file == "ours.toml"
    assert refused.value.remedy


def test_more_than_3_is_the_same_as_at_least_4_but_said_as_written() -> None:
    more = criteria_from({"rules": [{"kind": "month", "more_than": 3}]}, "a.toml").rules[0]
    least = criteria_from({"rules": [{"kind": "month", "at_least": 4}]}, "a.toml").rules[0]
    assert more.at_least == least.at_least == 4
    assert more.label == "more than 3 in a calendar month"
    assert least.label == "4 or more in a calendar month"


def test_words_stand_for_codes_and_codes_for_themselves() -> None:
    raw = {**TOP, "attendances": {"leave_out_statuses": ["dead on arrival", "123456"]}}
    assert criteria_from(raw, "a.toml").leave_out_statuses == ("63238001", "123456")


def test_a_file_is_read_and_its_exclusions_lie_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('exclusions_file = "aside.csv"\n[[rules]]\nkind = "top"\nn = 100\n', "utf-8")
    criteria = read_criteria(path)
    assert criteria.name == "ours"
    assert criteria.rule(Kind.TOP).at_least == 100  # type: ignore[union-attr]
    assert criteria.exclusions_file == tmp_path / "aside.csv"


@pytest.mark.parametrize("text", ["rules = [", "\xff"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationFault, match="not valid TOML"):
        read_criteria(path)
    with pytest.raises(ConfigurationFault, match="no such criteria file"):
        read_criteria(tmp_path / "missing.toml")
