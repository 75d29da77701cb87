"""The contract and the list cannot disagree: what stands in the specification is the criteria."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import (
    criteria_from,
    load_preset,
    preset_names,
    read_criteria,
)
from openhiu.identify.describe import footprint_sentence
from openhiu.identify.fingerprint import criteria_fingerprint
from openhiu.paper import word
from openhiu.paper.blocks import Document, Fields
from openhiu.report.folder import contents
from openhiu.report.service_specification.make import document, make
from support.criteria import any_criteria
from support.specifications import place, source, words_of

IN_FULL = "The criteria in full"
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip


def written(criteria: Criteria) -> Document:
    return document(source(criteria), ())


def in_full(made: Document) -> list[tuple[str, str]]:
    """The rows of the annex."""
    [form] = [one for one in made.blocks if isinstance(one, Fields) and one.caption == IN_FULL]
    return list(form.rows)


def read_back(rows: list[tuple[str, str]]) -> Criteria:
    """Criteria from the rows as anybody could type them off the page."""
    raw: dict[str, Any] = {}
    for key, value in rows:
        *path, last = key.split(".")
        at: Any = raw
        for part in path:
            if part.isdigit():
                at += [{}] * (int(part) - len(at))
                at = at[int(part) - 1]
            else:
                at = at.setdefault(part, [] if part == "rules" else {})
        at[last] = json.loads(value)
    return criteria_from(raw, "annex")


@quickly
@given(any_criteria())
def test_the_annex_of_any_contract_reads_back_as_its_criteria(criteria: Criteria) -> None:
    assert read_back(in_full(written(criteria))) == criteria


@quickly
@given(any_criteria())
def test_every_sentence_of_the_lists_cover_sheet_stands_in_the_contract(
    criteria: Criteria,
) -> None:
    said = words_of(written(criteria)).splitlines()
    for sentence in [*criteria.sentences(), footprint_sentence(place())]:
        assert sentence in said
    for rule in criteria.rules:
        assert any(line.startswith(f"{rule.label} ") for line in said)


DECIDES = (
    "rules", "window_months", "youngest", "oldest", "department_types", "categories",
    "leave_out_statuses", "one_per", "exclusions_file",
)  # fmt: skip


@quickly
@given(one=any_criteria(), other=any_criteria(), keys=st.sets(st.sampled_from(DECIDES), max_size=2))
def test_contracts_say_the_same_where_they_list_the_same_and_only_there(
    one: Criteria, other: Criteria, keys: set[str]
) -> None:
    """The second takes up to two of its settings from elsewhere."""
    changed = replace(one, **{key: getattr(other, key) for key in keys})
    same_words = words_of(written(one)) == words_of(written(changed))
    same_people = criteria_fingerprint(one.as_dict()) == criteria_fingerprint(changed.as_dict())
    assert same_people or not same_words
    assert same_words == (one == changed)


@pytest.mark.parametrize("preset", preset_names())
def test_the_criteria_can_be_read_off_the_word_file(preset: str) -> None:
    criteria = load_preset(preset)
    read = docx.Document(io.BytesIO(word.make(written(criteria))))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    [rows] = [table[1:] for table in tables if table[0] == ["Setting", "Value"]]
    assert read_back([(key, value) for key, value in rows]) == criteria


@pytest.mark.parametrize("preset", preset_names())
@pytest.mark.parametrize("name", ["criteria.toml", "criteria.json"])
def test_the_files_beside_the_contract_make_its_list(
    preset: str, name: str, tmp_path: Path
) -> None:
    criteria = load_preset(preset)
    (tmp_path / name).write_bytes(contents(make(source(criteria)))[name])
    assert read_criteria(tmp_path / name) == criteria


@quickly
@given(criteria=any_criteria(), name=st.sampled_from(["criteria.toml", "criteria.json"]))
def test_so_do_those_of_any_criteria(
    criteria: Criteria, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("contract")
    (folder / name).write_bytes(make(source(criteria)).beside[name])
    if criteria.exclusions_file:
        criteria = replace(criteria, exclusions_file=folder / criteria.exclusions_file)
    assert read_criteria(folder / name) == criteria


def test_the_fingerprint_stands_in_the_contract_its_data_and_its_manifest() -> None:
    criteria = load_preset("nhse-2026")
    fingerprint = criteria_fingerprint(criteria.as_dict())
    files = contents(make(source(criteria)))
    assert fingerprint in words_of(written(criteria))
    assert json.loads(files["service-specification.json"])["criteria_sha256"] == fingerprint
    assert json.loads(files["manifest.json"])["criteria_sha256"] == fingerprint
