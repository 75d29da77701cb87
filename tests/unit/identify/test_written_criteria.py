"""Criteria that were written read back as the same; equal fingerprints mean equal lists."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from openhiu.errors import ConfigurationFault
from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, OnePer, Rule
from openhiu.identify.criteria_file import load_preset, preset_names, read_criteria
from openhiu.identify.fingerprint import (
    criteria_fingerprint,
    differences,
    footprint_fingerprint,
)
from openhiu.identify.written import as_json_file, as_toml_file
from openhiu.locality import Footprint
from support.criteria import any_criteria

WRITERS = {"criteria.toml": as_toml_file, "criteria.json": as_json_file}


@pytest.mark.parametrize("preset", preset_names())
@pytest.mark.parametrize("name", WRITERS)
def test_a_preset_that_is_written_reads_back_as_the_same(
    preset: str, name: str, tmp_path: Path
) -> None:
    criteria = load_preset(preset)
    (tmp_path / name).write_text(WRITERS[name](criteria), "utf-8")
    assert read_criteria(tmp_path / name) == criteria


@pytest.mark.parametrize("name", WRITERS)
@given(criteria=any_criteria())
def test_any_criteria_read_back_as_the_same(
    name: str, criteria: Criteria, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("written")
    (folder / name).write_text(WRITERS[name](criteria), "utf-8")
    if criteria.exclusions_file:
        criteria = replace(criteria, exclusions_file=folder / criteria.exclusions_file)
    assert read_criteria(folder / name) == criteria


@given(any_criteria(), any_criteria())
def test_two_fingerprints_are_equal_where_nothing_differs_and_only_there(
    one: Criteria, other: Criteria
) -> None:
    first, second = one.as_dict(), other.as_dict()
    assert criteria_fingerprint(first) == criteria_fingerprint(json.loads(json.dumps(first)))
    same = criteria_fingerprint(first) == criteria_fingerprint(second)
    assert same == (differences(first, second) == [])


BASE = load_preset("spec-top-250")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(BASE, rules=(Rule(Kind.TOP, 249), BASE.rules[1])), "the rules"),
        (replace(BASE, rules=BASE.rules[:1]), "the rules"),
        (replace(BASE, rules=(BASE.rules[0], replace(BASE.rules[1], rolling=True))), "the rules"),
        (replace(BASE, window_months=4), "the months of the window"),
        (replace(BASE, youngest=16), "the youngest age"),
        (replace(BASE, oldest=64), "the oldest age"),
        (replace(BASE, department_types=None), "the types of department"),
        (replace(BASE, categories=("1",)), "the categories of attendance"),
        (replace(BASE, leave_out_statuses=()), "the endings that are not counted"),
        (replace(BASE, one_per=OnePer.ROW), "which rows are one attendance"),
        (
            replace(BASE, exclusions_file=Path("set-aside.csv")),
            "whether people may be set aside by a file",
        ),
    ],
)
def test_everything_that_decides_who_is_listed_changes_the_fingerprint(
    changed: Criteria, said: str
) -> None:
    assert differences(BASE.as_dict(), changed.as_dict()) == [said]
    assert criteria_fingerprint(changed.as_dict()) != criteria_fingerprint(BASE.as_dict())


@pytest.mark.parametrize(
    "changed",
    [
        replace(BASE, name="ours", title="Ours", source="a local decision"),
        replace(BASE, rules=BASE.rules[::-1]),
        replace(BASE, rules=(BASE.rules[0], Rule(Kind.MONTH, 4))),  # "more than 3" in other words
        replace(BASE, suggest_at_least=5),
        replace(BASE, oldest=NO_AGE_LIMIT + 1),
    ],
)
def test_what_decides_nothing_does_not(changed: Criteria) -> None:
    assert criteria_fingerprint(changed.as_dict()) == criteria_fingerprint(BASE.as_dict())


def test_an_area_has_a_fingerprint_of_its_codes() -> None:
    one = Footprint(frozenset({"E01000001", "E01000002"}), frozenset({"A81001"}))
    same = Footprint(frozenset({"E01000002", "E01000001"}), frozenset({"A81001"}))
    assert footprint_fingerprint(one) == footprint_fingerprint(same)
    assert footprint_fingerprint(one) != footprint_fingerprint(replace(one, combine="and"))
    assert footprint_fingerprint(one) != footprint_fingerprint(Footprint(one.lsoas))
    assert footprint_fingerprint(Footprint()) == footprint_fingerprint(Footprint(combine="and"))


def test_people_set_aside_are_said() -> None:
    aside = replace(BASE, exclusions_file=Path("set-aside.csv"))
    assert set(aside.sentences()) - set(BASE.sentences()) == {
        "People whom the hospital set aside with a reason are not listed."
    }


def test_json_that_is_broken_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_text('{"rules": [', "utf-8")
    with pytest.raises(ConfigurationFault, match="not valid TOML or JSON"):
        read_criteria(tmp_path / "ours.json")
