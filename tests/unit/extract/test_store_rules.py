"""Which version of a record is true: drawn histories, in several orders of arrival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.extract.store import ControlTotal, Period, Store
from support.store_rows import drawn, moment, put, true_rows

JANUARY = Period(date(2024, 1, 1), date(2024, 2, 1))
ONE = "| record | provider | person | site | arrived | sent | action |\n"


@dataclass(frozen=True)
class File:
    """One file: when it was received, its rows and, for a bulk replacement, its period."""

    received: str
    rows: str
    replaces: Period | None = None


@dataclass(frozen=True)
class History:
    """Files, what is true after all of them, and what became of the rows in the drawn order.

    `totals` holds (accepted, superseded, duplicate) for each file.
    """

    name: str
    files: tuple[File, ...]
    true: str
    totals: tuple[tuple[int, int, int], ...]


HISTORIES = (
    History(
        "a correction submitted later wins",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
            File("02-03", ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |"),
        ),
        ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |",
        ((1, 0, 0), (1, 0, 0)),
    ),
    History(
        "the time of submission decides, not the time of receipt",
        (
            File("01-03", ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
        ),
        ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |",
        ((1, 0, 0), (0, 1, 0)),
    ),
    History(
        "a row that does not say when it was submitted counts from its receipt",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | | |"),
            File("02-03", ONE + "| 1 | RX | B | S1 | 05-01 | 28-02 | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | | |",
        ((1, 0, 0), (0, 1, 0)),
    ),
    History(
        "a correction may move an attendance to another month",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 31-01 23:59 | 10-02 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 01-02 00:01 | 20-02 | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 01-02 00:01 | 20-02 | |",
        ((1, 0, 0), (1, 0, 0)),
    ),
    History(
        "a deletion is a version like any other and takes the record out",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 2 | RX | A | S1 | 06-01 | 10-01 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 20-01 | delete |"),
        ),
        ONE + "| 2 | RX | A | S1 | 06-01 | 10-01 | |",
        ((2, 0, 0), (1, 0, 0)),
    ),
    History(
        "a record sent again after its deletion is back",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 20-01 | delete |"),
            File("03-03", ONE + "| 1 | RX | A | S1 | 05-01 | 30-01 | upsert |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | 30-01 | upsert |",
        ((1, 0, 0), (1, 0, 0), (1, 0, 0)),
    ),
    History(
        "an older version that arrives after the deletion stays out",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 20-01 | delete |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
        ),
        ONE,
        ((1, 0, 0), (0, 1, 0)),
    ),
    History(
        "the same row again is a duplicate, in its file and against the store",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 2 | RX | A | S1 | 06-01 | 10-01 | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n| 2 | RX | A | S1 | 06-01 | 10-01 | |",
        ((1, 0, 1), (1, 0, 1)),
    ),
    History(
        "the same row again, later, is a newer word than a version between the two",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | | |"),
            File("03-03", ONE + "| 1 | RX | A | S1 | 05-01 | | |"),
            File("02-03", ONE + "| 1 | RX | B | S1 | 05-01 | | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | | |",
        ((1, 0, 0), (0, 0, 1), (0, 1, 0)),
    ),
    History(
        "two versions in one file: the later one is true",
        (
            File("01-03", ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |\n"
                                "| 1 | RX | A | S1 | 05-01 | 10-01 | |"),
        ),
        ONE + "| 1 | RX | B | S1 | 05-01 | 20-01 | |",
        ((1, 1, 0),),
    ),
    History(
        "the same record number at two providers is two records; the site stands for a provider",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 1 | RY | B | S1 | 05-01 | 10-01 | |"),
            File("02-03", ONE + "| 1 |    | C | S1 | 05-01 | 10-01 | |\n"
                                "| 1 | S1 | D | S2 | 05-01 | 20-01 | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n| 1 | RY | B | S1 | 05-01 | 10-01 | |\n"
              "| 1 | S1 | D | S2 | 05-01 | 20-01 | |",
        ((2, 0, 0), (1, 1, 0)),
    ),
    History(
        "without a record number person, site and time tell rows apart",
        (
            File("01-03", ONE + "|  | RX | A | S1 | 05-01 09:00 | 10-01 | |\n"
                                "|  | RX | A | S1 | 05-01 09:01 | 10-01 | |\n"
                                "|  | RX | A | S2 | 05-01 09:00 | 10-01 | |\n"
                                "|  | RX | B | S1 | 05-01 09:00 | 10-01 | |"),
            File("02-03", ONE + "|  | RX | A | S1 | 05-01 09:00 | 20-01 | delete |"),
        ),
        ONE + "|  | RX | A | S1 | 05-01 09:01 | 10-01 | |\n"
              "|  | RX | A | S2 | 05-01 09:00 | 10-01 | |\n"
              "|  | RX | B | S1 | 05-01 09:00 | 10-01 | |",
        ((4, 0, 0), (1, 0, 0)),
    ),
    History(
        "two unknown people in the same minute are two people unless every column agrees",
        (
            File("01-03", "| person | site | arrived | sex |\n"
                          "|  | S1 | 05-01 09:00 | 1 |\n"
                          "|  | S1 | 05-01 09:00 | 2 |\n"
                          "|  | S1 | 05-01 09:00 | 2 |"),
        ),
        "| person | site | arrived | sex |\n| | S1 | 05-01 09:00 | 1 |\n| | S1 | 05-01 09:00 | 2 |",
        ((2, 0, 1),),
    ),
    History(
        "a bulk replacement takes out what it does not hold: its provider, its period, older",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01       | 10-01 | |\n"
                                "| 2 | RX | A | S1 | 31-01 23:59 | 10-02 | |\n"
                                "| 3 | RX | A | S1 | 01-02 00:00 | 10-02 | |\n"
                                "| 4 | RY | A | S2 | 05-01       | 10-01 | |"),
            File("05-03", ONE + "| 1 | RX | B | S1 | 05-01       | 04-03 | |", JANUARY),
        ),
        ONE + "| 1 | RX | B | S1 | 05-01       | 04-03 | |\n"
              "| 3 | RX | A | S1 | 01-02 00:00 | 10-02 | |\n"
              "| 4 | RY | A | S2 | 05-01       | 10-01 | |",
        ((4, 0, 0), (1, 0, 0)),
    ),
    History(
        "what a bulk replacement holds stands: unchanged, or in a version later than its own",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 2 | RX | B | S1 | 05-01 | 20-02 | |"),
            File("05-03", ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n"
                                "| 2 | RX | A | S1 | 05-01 | 10-02 | |", JANUARY),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | 10-01 | |\n| 2 | RX | B | S1 | 05-01 | 20-02 | |",
        ((2, 0, 0), (0, 1, 1)),
    ),
    History(
        "what was submitted after a bulk replacement stands",
        (
            File("05-03", ONE + "| 1 | RX | A | S1 | 05-01 | 04-03 | |", JANUARY),
            File("09-03", ONE + "| 2 | RX | A | S1 | 06-01 | 04-03 | |\n"
                                "| 3 | RX | A | S1 | 07-01 | 08-03 | |"),
        ),
        ONE + "| 1 | RX | A | S1 | 05-01 | 04-03 | |\n| 3 | RX | A | S1 | 07-01 | 08-03 | |",
        ((1, 0, 0), (1, 1, 0)),
    ),
    History(
        "a record that was moved into the replaced period and out of the file does not fall back",
        (
            File("01-03", ONE + "| 1 | RX | A | S1 | 05-02 | 10-02 | |\n"
                                "| 2 | RX | A | S1 | 06-02 | 10-02 | |"),
            File("02-03", ONE + "| 1 | RX | A | S1 | 05-01 | 20-02 | |"),
            File("05-03", ONE + "| 2 | RX | A | S1 | 06-02 | 10-02 | |", JANUARY),
        ),
        ONE + "| 2 | RX | A | S1 | 06-02 | 10-02 | |",
        ((2, 0, 0), (1, 0, 0), (0, 0, 1)),
    ),
)  # fmt: skip


def read(path: Path, files: tuple[File, ...], order: tuple[int, ...]) -> list[ControlTotal]:
    store = Store.create(path)
    return [
        put(store, f"file-{number}", drawn(files[number].rows),
            received=moment(files[number].received), replaces=files[number].replaces)
        for number in order
    ]  # fmt: skip


def plain(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(
        str(sorted((name, cell) for name, cell in row.items() if cell is not None)) for row in rows
    )


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.name)
def test_the_same_is_true_in_other_orders_and_every_row_is_accounted_for(
    history: History, tmp_path: Path
) -> None:
    as_drawn = tuple(range(len(history.files)))
    # The property test draws many more orders; here the reverse and a rotation are enough.
    other_orders = {as_drawn[::-1], as_drawn[1:] + as_drawn[:1]} - {as_drawn}
    totals = read(tmp_path / "drawn", history.files, as_drawn)
    assert plain(true_rows(Store.open(tmp_path / "drawn"))) == plain(drawn(history.true))
    assert tuple((t.accepted, t.superseded, t.duplicate) for t in totals) == history.totals
    for order in other_orders:
        path = tmp_path / "-".join(map(str, order))
        totals = read(path, history.files, order)
        assert plain(true_rows(Store.open(path))) == plain(drawn(history.true))
        assert all(t.read == t.accepted + t.superseded + t.duplicate + t.rejected for t in totals)
