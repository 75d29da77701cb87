"""Four made-up years with everything that engines and people could disagree about, for evaluations:
ids that differ in case only, one person under two keys, missing cells, both kinds of clock change,
deaths told in three ways, moves, stays that overlap or never end, and a roster with faults.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.evaluate.roster import Roster, roster_of
from openhiu.evaluate.service import Service
from openhiu.tables.activity import ADMISSIONS, AMBULANCE, ATTENDANCES, CALLS_111, PEOPLE
from openhiu.tables.handover import Activity
from openhiu.tables.schema import Table

FIRST, AS_OF, START = date(2021, 1, 1), date(2025, 1, 1), date(2024, 1, 10)
IDS = ["9990000018", "abc", "ABC", "Abc", "z-1", "Z-1", "010", "10", "é", "e", "P 1", "p'1",
       *(f"person {number}" for number in range(24))]  # fmt: skip
_DAYS = (AS_OF - FIRST).days
_EDGES = [datetime(2024, 3, 31, 1, 30), datetime(2023, 10, 29, 1, 30), datetime(2024, 2, 29, 12),
          datetime(2023, 12, 31, 23, 59, 59, 999999), datetime(2024, 1, 1)]  # fmt: skip


def _moment(chance: random.Random) -> datetime:
    if chance.random() < 0.05:
        return chance.choice(_EDGES)
    minutes = chance.randrange(_DAYS * 1440)
    return datetime(FIRST.year, 1, 1) + timedelta(minutes=minutes, seconds=chance.choice([0, 30]))


def _table(rows: list[dict[str, Any]], table: Table) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=table.arrow_schema())


def frames() -> dict[str, pa.Table]:
    """The tables by dataset, as a user's frames have them."""
    chance = random.Random(11)
    coming = [_attendance(chance, number) for number in range(3000)]
    return {
        "attendances": _table([*coming, *(dict(row) for row in coming[:40])], ATTENDANCES),
        "admissions": _table([_admission(chance, number) for number in range(400)], ADMISSIONS),
        "ambulance": _table([_call(chance, number) for number in range(300)], AMBULANCE),
        "calls_111": _table([
            {"call_id": str(number), "person_id": chance.choice([*IDS, None]),
             "call_datetime": _moment(chance)} for number in range(300)], CALLS_111),
        "people": _table([_person(number, person) for number, person in enumerate(IDS)], PEOPLE),
    }  # fmt: skip


def _attendance(chance: random.Random, number: int) -> dict[str, Any]:
    # The first few come most often.
    person = IDS[min(int(chance.expovariate(0.12)), len(IDS) - 1)]
    return {
        "attendance_id": str(number), "provider_code": "RXX",
        "person_id": None if chance.random() < 0.02 else person,
        "site_code": chance.choice(["S1", "S1", "S1", "s1", "S2", None]),
        "arrival_datetime": _moment(chance),
        "department_type": chance.choice(["01", "01", "01", "01", "05", None]),
        "attendance_category": chance.choice(["1", "2", "4", None]),
        "arrival_mode": chance.choice(["1048031000000100", "1048071000000103", None]),
        "age": chance.choice([None, 30 + IDS.index(person)]),
        "sex": chance.choice(["1", "2", None]),
        "ethnic_category": chance.choice(["A", "M*", "Z", None]),
        "imd_decile": chance.choice([1, 5, None]),
        "lsoa": chance.choice(["E01000001", "E01000002", None]),
        "gp_practice": chance.choice(["A00001", "B00002", None]),
        "chief_complaint": chance.choice(["248062006", "29857009", None, None]),
        "diagnoses": chance.choice(["13746004,2", "3", None]),
        "accommodation_status": chance.choice(["32911000", "160734000", None, None]),
        "discharge_destination": "305398007" if chance.random() < 0.002 else "306689006",
    }  # fmt: skip


def _admission(chance: random.Random, number: int) -> dict[str, Any]:
    began = _moment(chance)
    ended = began + timedelta(hours=chance.choice([2, 30, 100, 400]))
    return {
        "admission_id": str(number), "site_code": chance.choice(["S1", "S2"]),
        "person_id": chance.choice([*IDS[:10], None]), "admission_datetime": began,
        "discharge_datetime": None if chance.random() < 0.1 else ended,
        "admission_method": chance.choice(["21", "2A", "2B", "11", None]),
        "is_emergency": chance.choice([True, False, None]),
        "bed_days": chance.choice([None, 3]),
        "discharge_method": "4" if number == 7 else chance.choice(["1", None]),
    }  # fmt: skip


def _call(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "call_id": str(number), "person_id": chance.choice([*IDS, None]),
        "call_datetime": _moment(chance), "conveyed_to": chance.choice(["ED", "ZZZZZ", "", None]),
    }  # fmt: skip


def _person(number: int, person: str) -> dict[str, Any]:
    return {
        "person_id": person,
        # `abc` and `Abc` are one person, and so are two others.
        "nhs_number": {1: "9990000026", 3: "9990000026", 12: "9990000034", 13: "9990000034"}.get(
            number),
        "birth_date": date(1950 + number, 2, 28) if number % 3 else None,
        "death_date": date(2024, 6, 1) if number == 4 else None,
        "left_date": date(2024, 7, 1) if number == 5 else None,
        "sex": "2" if number % 4 == 0 else None,
        "lsoa": "E01000001" if number % 5 == 0 else None,
    }  # fmt: skip


def roster() -> Roster:
    """Starts of support at two sites, people nobody knows, and dates in disorder."""
    rows = [
        {"site": "S1", "person_id": "9990000026", "list_date": "2024-01-01",
         "offer_date": "2024-01-09", "consent": "Y", "start_date": "2024-01-12"},
        {"site": "S1", "person_id": "9990000018", "list_date": "2024-02-01",
         "offer_date": "2024-02-02", "consent": "Y", "start_date": "2024-02-20",
         "step_down_date": "2024-05-01", "return_date": "2024-08-01"},
        {"site": "S2", "person_id": "9990000018", "start_date": "2024-02-10"},
        {"site": "S1", "person_id": "ABC", "list_date": "2024-03-01", "offer_date": "2024-03-02",
         "consent": "Y", "start_date": "2024-03-05", "death_date": "2024-09-01"},
        {"site": "S1", "person_id": "z-1", "list_date": "2024-02-01", "offer_date": "2024-02-05",
         "consent": "N"},
        {"site": "S1", "person_id": "Z-1", "list_date": "2024-02-01", "offer_date": "2024-01-05"},
        {"site": "S1", "person_id": "nobody knows", "start_date": "2024-02-01"},
        {"site": "S9", "person_id": "010", "start_date": "2024-02-01"},
        {"site": "S1", "person_id": "10", "start_date": "2024-04-31"},
        {"site": "S1", "person_id": "é", "list_date": "2024-04-01", "start_date": "2024-04-30",
         "moved_date": "2024-10-01", "housing": "Own flat", "mental_health": "yes"},
    ]  # fmt: skip
    columns = dict.fromkeys([name for row in rows for name in row], "")
    return roster_of([{**columns, **row} for row in rows])


def service() -> Service:
    return Service(service_start={"": START}, list_size=8, cut=AS_OF,
                   social_flag={"9990000026": True, "e": True, "10": False})  # fmt: skip


def store(folder: Path) -> Activity:
    """The same as a store lays it out: person numbers in place of identifiers."""
    numbers = {person: number for number, person in enumerate(sorted(IDS))}
    files: Mapping[str, pa.Table] = frames()
    made: dict[str, tuple[Path, ...]] = {}
    for name, table in files.items():
        if name == "people":
            made[name] = (_written(table, folder / f"{name}.parquet"),)
            continue
        keys = [numbers.get(person) for person in table["person_id"].to_pylist()]
        keyed = table.drop_columns(["person_id"]).append_column(
            "person_no", pa.array(keys, pa.int64())
        )
        made[name] = (_written(keyed, folder / f"{name}.parquet"),)
    persons = pa.table({"person_no": pa.array(list(numbers.values()), pa.int64()),
                        "person_id": list(numbers)})  # fmt: skip
    return Activity(made, _written(persons, folder / "persons.parquet"), None)


def _written(table: pa.Table, path: Path) -> Path:
    pq.write_table(table, path)
    return path
