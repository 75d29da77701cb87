"""A list is checked against the contract: criteria, area and hospitals, or what differs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import InputNotUsable
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset
from openhiu.identify.describe import footprint_sentence
from openhiu.identify.fingerprint import criteria_fingerprint, footprint_fingerprint
from openhiu.report.service_specification.check import (
    check,
    read_contract,
    read_manifest,
)
from openhiu.report.service_specification.make import told
from support.specifications import place, source


def manifest(criteria: Criteria | None = None, **changed: Any) -> dict[str, Any]:
    """What hiu identify says of a list, as far as it is checked."""
    used = criteria or load_preset()
    return {
        "as_of": "2026-04-01",
        "criteria": used.as_dict(),
        "criteria_sha256": criteria_fingerprint(used.as_dict()),
        "footprint": footprint_sentence(place()),
        "footprint_sha256": footprint_fingerprint(place().footprint),
        "lists": [{"list_id": "RA101"}, {"list_id": "RA102"}, {"list_id": "ALL"}],
        **changed,
    }


def test_the_list_of_the_contract_is_known_as_such() -> None:
    found = check(told(source()), manifest())
    assert found.same
    assert found.contract == found.listed
    assert found.lines[0].startswith("The list as of 2026-04-01 was made by this specification")


def test_a_local_file_that_says_the_same_in_other_words_is_the_same() -> None:
    ours = replace(load_preset(), name="ours", title="Ours", source="the board, May 2026")
    assert check(told(source()), manifest(ours)).same


def test_another_threshold_is_named() -> None:
    found = check(told(source()), manifest(load_preset("nhse-2026")))
    assert not found.same
    assert found.lines[1:] == ("Not the same: the rules.",)
    assert "was not made by this specification" in found.lines[0]


def test_another_area_and_a_hospital_beyond_the_contract_are_named() -> None:
    found = check(
        told(source()),
        manifest(footprint_sha256="0" * 64, lists=[{"list_id": "RA101"}, {"list_id": "RX999"}]),
    )
    assert found.lines[1:] == (
        "Not the same: the commissioned area.",
        "A list of RX999, which the specification does not name.",
    )


def test_a_list_of_one_of_the_hospitals_is_one_of_the_contract() -> None:
    assert check(told(source()), manifest(lists=[{"list_id": "RA102"}])).same


def test_a_list_from_before_fingerprints_is_judged_by_what_it_says() -> None:
    old = {key: value for key, value in manifest().items() if not key.endswith("sha256")}
    assert check(told(source()), old).same
    assert not check(told(source()), {**old, "footprint": "No area is defined."}).same


def test_a_manifest_that_was_changed_by_hand_is_refused() -> None:
    changed = manifest()
    changed["criteria"] = {**changed["criteria"], "window_months": 12}
    with pytest.raises(InputNotUsable, match="changed by hand"):
        check(told(source()), changed)


def test_a_contract_that_was_changed_by_hand_is_refused() -> None:
    changed = told(source())
    changed["criteria"] = load_preset("tiers").as_dict()
    with pytest.raises(InputNotUsable, match="changed by hand"):
        check(changed, manifest())


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"what": "tiers"}', "[" * 100_000])
def test_a_folder_of_something_else_is_refused(written: str, tmp_path: Path) -> None:
    (tmp_path / "service-specification.json").write_text(written, "utf-8")
    (tmp_path / "manifest.json").write_text(written, "utf-8")
    for read in (read_contract, read_manifest):
        with pytest.raises(InputNotUsable):
            read(tmp_path)
        with pytest.raises(InputNotUsable):
            read(tmp_path / "nowhere")


def test_both_are_read_from_their_folders(tmp_path: Path) -> None:
    (tmp_path / "service-specification.json").write_text(json.dumps(told(source())), "utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps(manifest()), "utf-8")
    assert check(read_contract(tmp_path), read_manifest(tmp_path)).same
