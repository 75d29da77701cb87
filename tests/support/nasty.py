"""A small, made-up set with everything engines have been seen to disagree about.

Missing keys and codes, ties to the microsecond, both hours of a clock change, ids that differ in
case only or are not numbers, the same attendance sent twice, people who died, children, spells.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import criteria_from
from openhiu.tables.activity import ADMISSIONS, ATTENDANCES, PEOPLE
from openhiu.tables.handover import Activity

AS_OF = date(2024, 4, 1)
PEOPLE_IDS = ["9990000018", "abc", "ABC", "Abc", "z-1", "Z-1", "010", "10", "é", "e", "P 1", "p'1"]
MOMENTS = [
    datetime(2024, 3, 31, 1, 30),  # an hour London's clocks skip
    datetime(2023, 10, 29, 1, 30),  # an hour they show twice
    datetime(2024, 1, 1),  # the very start of the window
    datetime(2023, 12, 31, 23, 59, 59, 999999),  # just before it
    datetime(2024, 3, 31, 23, 59, 59, 999999),  # just before the as-of date
    datetime(2024, 4, 1),  # the as-of date itself
    datetime(2023, 4, 1), datetime(2023, 3, 31, 23, 59), datetime(2024, 2, 29, 12),
]  # fmt: skip


def criteria(**changes: Any) -> Criteria:
    """Criteria with a rule of every kind, few enough places that ties stand at the cut."""
    rules = [{"kind": "top", "n": 3}, {"kind": "month", "more_than": 1},
             {"kind": "month", "more_than": 2, "month": "rolling 30 days"},
             {"kind": "year", "more_than": 5}]  # fmt: skip
    return replace(criteria_from({"rules": rules}, "nasty.toml"), **changes)


def attendances(rows: int = 400, seed: int = 7) -> pa.Table:
    """Attendances as a user's frame has them: with `person_id`."""
    chance = random.Random(seed)
    made = [_attendance(chance, number) for number in range(rows)]
    made += [dict(row) for row in made[:20]]  # sent twice, to the letter
    return pa.Table.from_pylist(made, schema=ATTENDANCES.arrow_schema())


def _attendance(chance: random.Random, number: int) -> dict[str, Any]:
    person = chance.choice([*PEOPLE_IDS, None])
    index = PEOPLE_IDS.index(person) if person else 0
    moment = chance.choice(MOMENTS) if chance.random() < 0.3 else (
        datetime(2023, 3, 20) + timedelta(minutes=chance.randrange(380 * 24 * 60)))  # fmt: skip
    moment += timedelta(microseconds=chance.choice([0, 0, 1, 2, 30_000_000]))
    births = [date(1980, 5, 5), None, date(2006, 4, 1), date(2006, 4, 2), date(1950, 2, 28)]
    return {
        "attendance_id": str(number),
        "provider_code": "RXX",
        "person_id": person,
        "site_code": chance.choice(["S1", "S1", "s1", "S2", None]),
        "arrival_datetime": moment,
        "department_type": chance.choice(["01", "01", "01", "02", None]),
        "attendance_category": chance.choice(["1", "1", "2", "4", None]),
        "arrival_mode": chance.choice(["1048031000000100", "1048071000000103", None]),
        "birth_date": births[index % len(births)],
        "age": chance.choice([17, 18, 44, None]),
        "sex": chance.choice(["1", "2", None]),
        "imd_decile": chance.choice([1, 5, None]),
        "lsoa": chance.choice(["E01000001", "E01000002", None]),
        "gp_practice": chance.choice(["A00001", "B00002", None]),
        "chief_complaint": chance.choice(["248062006", None, None]),  # self-harm
        "diagnoses": chance.choice(["1,2", "3", None]),
        "discharge_destination": chance.choice(["306706006", "306689006", None]),
        "admitted": chance.choice([True, False, None]),
    }


def admissions() -> pa.Table:
    rows = [
        {"admission_id": str(number), "site_code": "S1", "person_id": person,
         "admission_datetime": MOMENTS[number % len(MOMENTS)],
         "admission_method": ["21", "2B", "11", None][number % 4],
         "is_emergency": [None, True, False][number % 3]}
        for number, person in enumerate([*PEOPLE_IDS, None] * 3)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=ADMISSIONS.arrow_schema())


def people() -> pa.Table:
    rows = [
        {"person_id": person, "death_date": date(2024, 3, 1) if index == 4 else None,
         "birth_date": date(1970, 1, 1) if index % 2 else None, "name": f"Made Up {index}"}
        for index, person in enumerate(PEOPLE_IDS)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=PEOPLE.arrow_schema())


def store(folder: Path) -> Activity:
    """The same as a store lays it out: person numbers in place of identifiers."""
    numbers = {person: index for index, person in enumerate(sorted(PEOPLE_IDS))}
    files: dict[str, tuple[Path, ...]] = {}
    for name, table in (("attendances", attendances()), ("admissions", admissions())):
        keys = [numbers.get(person) for person in table["person_id"].to_pylist()]
        keyed = table.drop_columns(["person_id"]).append_column(
            "person_no", pa.array(keys, pa.int64())
        )
        files[name] = (_written(keyed, folder / f"{name}.parquet"),)
    files["people"] = (_written(people(), folder / "people.parquet"),)
    persons = pa.table({"person_no": pa.array(list(numbers.values()), pa.int64()),
                        "person_id": list(numbers)})  # fmt: skip
    cut_off = max(attendances()["arrival_datetime"].to_pylist())
    return Activity(files, _written(persons, folder / "persons.parquet"), cut_off)


def _written(table: pa.Table, path: Path) -> Path:
    pq.write_table(table, path)
    return path
