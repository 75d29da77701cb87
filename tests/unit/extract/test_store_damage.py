"""A store that was damaged, or is none, says so and what to do; nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.extract.store import Store
from support.store_rows import drawn, moment, put

ROWS = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | 9990000018 | S2   | 05-01   | 10-01 |
| 2      | RX       | 9990000026 | S1   | 06-02   | 10-02 |
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "store")
    put(made, "first", drawn(ROWS), received=moment("01-04"))
    return made


@pytest.mark.parametrize(
    ("spoil", "remedy"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-40]), "backup"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"9990000018", b"9990000019")),
         "backup"),
        (lambda path: path.unlink(), "backup"),
    ],
    ids=["cut short", "edited", "missing"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["parquet", "json"])
def test_a_submission_that_was_changed_is_found_out_before_anything_is_rebuilt(
    store: Store, spoil: Callable[[Path], object], remedy: str, kind: str
) -> None:
    identifier = store.submission_id("attendances", "first", "m")
    path = store.path / "submissions" / "attendances" / f"{identifier}.{kind}"
    was, digest = path.read_bytes(), store.state_digest()
    spoil(path)
    if path.exists() and path.read_bytes() == was:
        path.write_bytes(was[:-1] + b"?")
    with pytest.raises(InputNotUsable, match=f"{identifier}.{kind}: .*changed") as fault:
        store.rebuild()
    assert remedy in fault.value.remedy
    assert store.state_digest() == digest


def test_a_prepared_file_that_was_cut_short_is_found_out_and_rebuilt(store: Store) -> None:
    digest = store.state_digest()
    path = store.activity().files["attendances"][1]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputNotUsable, match=r"2024-02-1\.parquet") as fault:
        store.activity()
    assert "rebuild" in fault.value.remedy
    store.rebuild()
    assert store.state_digest() == digest


def test_a_damaged_commit_is_told(store: Store) -> None:
    (store.path / "commits" / "00000001.json").write_text("{")
    with pytest.raises(InputNotUsable, match=r"00000001.json: this commit of the store is damaged"):
        store.activity()


def test_what_is_not_a_store_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(InputNotUsable, match="not a store") as fault:
        Store.open(tmp_path / "nowhere")
    assert "hiu extract" in fault.value.remedy


def test_a_store_of_a_newer_format_is_not_touched(store: Store) -> None:
    (store.path / "store.json").write_text(json.dumps({"format": 2}))
    with pytest.raises(ConfigurationFault, match="newer"):
        Store.open(store.path)


def test_a_folder_that_holds_something_else_does_not_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ConfigurationFault, match="something that is not a store"):
        Store.create(tmp_path)
