"""Where a report finds its settings: named, in the store, or with the tiers; it says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.programme.criteria import criteria_of
from openhiu.programme.places import settings_of, with_those_it_names


def settings(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "locality.toml"
    path.write_text(f'name = "{name}"\n', "utf-8")
    return path


@pytest.fixture
def tiers(tmp_path: Path) -> Path:
    """A folder of hiu report tiers, with its settings and a publishable folder inside."""
    settings(tmp_path / "tiers" / "inputs", "Of the tiers")
    (tmp_path / "tiers" / "publishable").mkdir()
    return tmp_path / "tiers"


def test_the_file_that_was_named_comes_first_and_needs_no_words(
    tiers: Path, tmp_path: Path
) -> None:
    found = settings_of(settings(tmp_path / "own", "Named"), tiers=tiers)
    assert (found.place.name, found.lines) == ("Named", ())


@pytest.mark.parametrize("part", ["", "tiers.json", "publishable", "publishable/tiers.json"])
def test_without_one_it_is_that_of_the_tiers_however_they_were_named(
    tiers: Path, part: str
) -> None:
    given = tiers / part
    if given.suffix:
        given.write_text("{}", "utf-8")
    found = settings_of(None, tiers=given)
    assert found.place.name == "Of the tiers"
    assert found.kept == {"locality.toml": b'name = "Of the tiers"\n'}
    assert found.lines == (
        "The settings are those that the tiers were counted with (inputs/locality.toml).",
    )


def test_a_publishable_folder_that_was_handed_on_has_none(tmp_path: Path) -> None:
    settings(tmp_path / "inputs", "Of somebody else")
    (tmp_path / "handed-on").mkdir()
    found = settings_of(None, tiers=tmp_path / "handed-on")
    assert (found.place.name, found.path, found.kept) == ("", None, {})
    assert found.lines == ("No settings were found: name the locality file with --locality.",)


def test_that_of_the_store_is_said_to_be_that_of_the_store(tmp_path: Path) -> None:
    settings(tmp_path, "Of the store")
    found = settings_of(None, store=tmp_path)
    assert (found.place.name, found.lines) == (
        "Of the store", ("The settings are those in the store (locality.toml).",)
    )  # fmt: skip


def test_settings_are_kept_with_the_files_they_name(tmp_path: Path) -> None:
    path = settings(tmp_path, "X")
    path.write_text(
        'name = "X"\n[footprint]\nlsoas_file = "area.csv"\n[[places]]\ncode = "P"\nname = "P"\n'
        'lsoas_file = "p.csv"\ngp_practices_file = "../away.csv"\n[service]\n'
        'criteria_file = "ours.toml"\n',
        "utf-8",
    )
    for name in ("area.csv", "p.csv", "ours.toml", "other.csv"):
        (tmp_path / name).write_text("lsoa\nE01\n", "utf-8")
    assert set(with_those_it_names(path)) == {"locality.toml", "area.csv", "p.csv", "ours.toml"}
    assert with_those_it_names(None) == {}


def test_settings_that_cannot_be_read_there_are_said_to_be_so(tiers: Path) -> None:
    file = tiers / "inputs" / "locality.toml"
    file.write_text('name = "X"\n[footprint]\nlsoas_file = "area.csv"\n', "utf-8")
    found = settings_of(None, tiers=tiers)
    assert (found.path, found.place.name) == (None, "")
    [line] = found.lines
    assert "lsoas_file cannot be read" in line
    assert line.endswith("Name the locality file with --locality.")
    (file.parent / "area.csv").write_text("lsoa\nE01\n", "utf-8")
    assert settings_of(None, tiers=tiers).place.name == "X"


def test_criteria_that_did_not_come_with_the_settings_are_asked_for(tiers: Path) -> None:
    file = tiers / "inputs" / "locality.toml"
    file.write_text('name = "X"\n[service]\ncriteria_file = "ours.toml"\n', "utf-8")
    found = settings_of(None, tiers=tiers)
    with pytest.raises(ConfigurationFault, match="do not lie beside") as fault:
        criteria_of(None, None, found.place)
    assert "--locality" in str(fault.value.remedy)
    assert criteria_of("pack-top-50", None, found.place)[1]
