"""A small country as the bench makes it: every way of counting it tells the same numbers, and the
reach of its hospitals is told from protected ones alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import data
from bench.areas import ways

TINY = data.Size("TINY", 9_000, 12, 1, 2)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine thousand people, twelve hospitals in three places, a year."""
    folder = tmp_path_factory.mktemp("bench") / TINY.name
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(data.SIZES, TINY.name, TINY)
        data.make(folder, TINY)
    return folder


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bench knows the size by its name."""
    monkeypatch.setitem(data.SIZES, TINY.name, TINY)


def test_raw_files_and_the_store_tell_the_same_tiers(country: Path) -> None:
    raw = ways.tiers(country, "duckdb", store=False).to_pydict()
    store = ways.tiers(country, "duckdb", store=True).to_pydict()
    assert raw == store
    assert len(raw["where"]) > 300


def test_its_reach_is_told_from_protected_numbers(country: Path) -> None:
    rows = ways.reach(country, "duckdb", store=True).to_pydict()
    told = dict(zip(rows["where"], rows["value"], strict=True))
    assert told["/hospitals/yes"] == "4"  # every third of twelve
    assert told["/hospitals/no"] == "8"
    people = [value for where, value in told.items() if "/people/" in where and "units" in where]
    shown = [int(value) for value in people if value not in ("'*'", "None")]
    assert shown
    assert all(count % 5 == 0 for count in shown)
