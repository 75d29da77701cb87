"""A copy of what a store holds about one person: every row that names them, and nobody else's."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from openhiu.cli import main
from openhiu.extract.store import Store
from openhiu.extract.store.copying import copy_of
from openhiu.programme.copying import copy_person
from support.store_rows import drawn, moment, put

ASKS, STAYS = "9990000018", "9990000026"
ATTENDED = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | H77        | S1   | 05-01   | 10-01 |
| 2      | RX       | 9990000026 | S1   | 06-01   | 10-01 |
| 3      | RX       | H77        | S2   | 07-02   | 10-02 |
"""
PEOPLE = [
    {"person_id": "H77", "nhs_number": ASKS, "name": "Ada Canary", "address": "1 Canary Row"},
    {"person_id": STAYS, "nhs_number": STAYS, "name": "Bo Linnet", "address": "2 Linnet Road"},
]


def filled(path: Path) -> Store:
    store = Store.create(path / "store")
    put(store, "attended", drawn(ATTENDED), received=moment("01-03"))
    put(store, "people", PEOPLE, received=moment("01-03"), dataset="people")
    return store


def test_every_row_that_names_them_is_there_by_whichever_number_they_give(tmp_path: Path) -> None:
    store = filled(tmp_path)
    found = copy_of(store.path, {ASKS})
    assert {name: table.num_rows for name, table in found.items()} == {
        "attendances": 2, "people": 1,
    }  # fmt: skip
    assert found["people"]["name"].to_pylist() == ["Ada Canary"]
    assert not any(name.startswith("_") for name in found["attendances"].column_names)
    assert copy_of(store.path, {"H77"})["attendances"].num_rows == 2


def test_nobody_else_is_in_the_files_and_columns_are_explained(tmp_path: Path) -> None:
    out = tmp_path / "copy"
    made = copy_person(filled(tmp_path).path, {ASKS}, out)
    assert made.rows == {"attendances": 2, "people": 1}
    assert "Linnet" not in "".join(path.read_text() for path in out.iterdir())
    with (out / "people.csv").open(encoding="utf-8") as lines:
        assert [row["address"] for row in csv.DictReader(lines)] == ["1 Canary Row"]
    told = json.loads((out / "about-this-copy.json").read_text())
    assert told["columns"]["people"]["nhs_number"] == "NHS number"


def test_the_command_takes_the_number_from_a_file_and_repeats_it_nowhere(
    tmp_path: Path, capsys: object
) -> None:
    store = filled(tmp_path)
    named = tmp_path / "who.csv"
    named.write_text(f"person_id\n{ASKS}\n")
    before = store.state_digest()
    asked = ["person-copy", "--store", str(store.path), "--people", str(named), "--out",
             str(tmp_path / "copy")]  # fmt: skip
    assert main(asked) == 0
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "attendances 2" in said
    assert ASKS not in said
    assert store.state_digest() == before


def test_somebody_the_store_does_not_know_gets_an_empty_copy(tmp_path: Path) -> None:
    made = copy_person(filled(tmp_path).path, {"9990000034"}, tmp_path / "copy")
    assert made.rows == {}
