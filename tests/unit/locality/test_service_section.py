"""[service]: the local choices of a contract, and which criteria go with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.identify.criteria_file import load_preset
from openhiu.locality import Locality, ServiceSettings, read_locality
from openhiu.programme.criteria import criteria_of
from openhiu.report.criteria import commissioned


def written(folder: Path, text: str) -> Path:
    path = folder / "locality.toml"
    path.write_text(text, "utf-8")
    return path


def test_nothing_said_is_nothing_decided(tmp_path: Path) -> None:
    assert read_locality(written(tmp_path, "")).service == ServiceSettings()


def test_choices_are_read_and_the_criteria_file_lies_beside(tmp_path: Path) -> None:
    text = (
        '[service]\nprovider = " Ours "\nreview_date = 2028-04-01\ncontract_months = 24\n'
        'relationships = ["A&E", ""]\ncriteria_file = "ours.toml"\n'
    )
    found = read_locality(written(tmp_path, text)).service
    assert (found.provider, found.review_date) == ("Ours", date(2028, 4, 1))
    assert (found.contract_months, found.relationships) == (24, ("A&E",))
    assert found.criteria_file == tmp_path / "ours.toml"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("provder = 'x'", "provder"),
        ("provider = 3", "provider is not words"),
        ("contract_months = 0", "contract_months"),
        ("contract_months = true", "contract_months"),
        ("review_date = 'soon'", "review_date is not a day"),
        ("outcomes = 'one'", "outcomes is not a list"),
        ("preset = 'tiers'\ncriteria_file = 'c.toml'", "both criteria_file and preset"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, cause: str) -> None:
    with pytest.raises(ConfigurationFault, match=cause):
        read_locality(written(tmp_path, f"[service]\n{text}\n"))


def test_contract_and_list_take_the_same_criteria(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[[rules]]\nkind = "top"\nn = 7\n', "utf-8")
    place = read_locality(written(tmp_path, '[service]\ncriteria_file = "ours.toml"\n'))
    criteria, chosen = commissioned(place)
    assert chosen
    assert [rule.label for rule in criteria.rules] == ["top 7"]
    assert criteria_of(None, None, place) == (criteria, True)
    assert criteria_of("tiers", None, place) == (load_preset("tiers"), True)


def test_without_a_choice_the_default_stands_and_is_known_as_such() -> None:
    assert commissioned(Locality()) == (load_preset(), False)
    assert criteria_of(None, None, Locality()) == (load_preset(), False)
    assert criteria_of("spec-top-250", None, Locality()) == (load_preset(), True)
