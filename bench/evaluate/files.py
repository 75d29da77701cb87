"""A simulated service as the files a trust and a service would send: attendances, people, roster,
social flags and a service file go into a folder, to be read by `hiu extract` and `hiu evaluate`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from bench.evaluate.rows import born_on
from bench.evaluate.simulator import NEVER, Ints, Service

_MINUTES = 1440


def tables(
    service: Service, site: str = "SIM01", *, cut_months: int | None = None
) -> dict[str, pa.Table]:
    """attendances, people, roster, social_flag: as the product's tables have their columns.

    The data end `cut_months` after the start of the service; what happens later is in none.
    """
    world = service.world
    end = int(service.edges[world.months_before + (cut_months or world.months_after)])
    seen = service.day < end
    person, day = service.person[seen], service.day[seen]
    return {
        "attendances": _attendances(service, site, person, day),
        "people": _people(service, site, np.unique(person), end),
        "roster": _roster(service, site, end),
        "social_flag": _flags(service, site, np.unique(person)),
    }


def write(
    service: Service, folder: Path, site: str = "SIM01", *, cut_months: int | None = None
) -> None:
    """The same as CSV files, with `service.toml` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(service, site, cut_months=cut_months).items():
        pc.write_csv(table, folder / f"{name}.csv")
    world = service.world
    start = service.months[world.months_before]
    cut = service.months[world.months_before + (cut_months or world.months_after)]
    (folder / "service.toml").write_text(
        f'service_start = {{ {site} = {start} }}\ncut = {cut}\nsocial_flag = "social_flag.csv"\n',
        "utf-8",
    )


def name_of(site: str, person: Ints) -> list[str]:
    """Pseudonyms in the order of the numbers, so that ties break alike in both roads."""
    return [f"{site}-{number:07d}" for number in person]


def _dates(service: Service, days: Ints, end: int) -> pa.Array:
    """Days as dates; nothing where they lie after the data."""
    first = np.datetime64(service.first, "D")
    return pa.array([None if day >= end else (first + day).item() for day in days.tolist()],
                    pa.date32())  # fmt: skip


def _attendances(service: Service, site: str, person: Ints, day: Ints) -> pa.Table:
    count = len(person)
    new = np.ones(count, bool)
    new[1:] = (person[1:] != person[:-1]) | (day[1:] != day[:-1])
    place = np.arange(count) - np.maximum.accumulate(np.where(new, np.arange(count), 0))
    # Attendances of one person on one day never fall in one minute: they would count once.
    minute = (person * 7919 + day * 104729 + place * 61) % _MINUTES
    at = np.datetime64(service.first, "m") + day * _MINUTES + minute
    code = pa.array([site]).cast(pa.string()).dictionary_encode()
    same = pa.DictionaryArray.from_arrays(np.zeros(count, np.int32), code.dictionary)
    return pa.table({
        "attendance_id": pa.array([f"{site}-A{i:08d}" for i in range(count)]),
        "person_id": pa.array(name_of(site, person)),
        "site_code": same.cast(pa.string()),
        "arrival_datetime": pa.array(at.astype("datetime64[s]")),
        "department_type": pa.array(["01"] * count),
        "attendance_category": pa.array(["1"] * count),
    })  # fmt: skip


def _people(service: Service, site: str, person: Ints, end: int) -> pa.Table:
    left = np.where(service.move_recorded, service.moved, NEVER)
    born = born_on(service)[person]
    return pa.table({
        "person_id": pa.array(name_of(site, person)),
        "birth_date": pa.array(born.astype("datetime64[D]")),
        "death_date": _dates(service, service.died[person], end),
        "left_date": _dates(service, left[person], end),
        "sex": pa.array(np.where(service.female[person], "2", "1")),
    })  # fmt: skip


def _roster(service: Service, site: str, end: int) -> pa.Table:
    who = np.flatnonzero(service.asked < end)
    started = np.where(service.started[who] < end, service.started[who], NEVER)
    consent = np.where(service.said_no[who], "N", np.where(started < NEVER, "Y", ""))
    on_list = np.where(service.rank[who] < NEVER, service.listed_for[who], NEVER)
    return pa.table({
        "site": pa.array([site] * len(who), pa.string()),
        "person_id": pa.array(name_of(site, who)),
        "list_date": _dates(service, on_list, end),
        "list_rank": pa.array(
            [int(r) if r < NEVER else None for r in service.rank[who]], pa.int32()
        ),
        "offer_date": _dates(service, service.asked[who], end),
        "consent": pa.array(consent.tolist()),
        "start_date": _dates(service, started, end),
        "step_down_date": _dates(service, np.where(started < NEVER, started + 150, NEVER), end),
    })  # fmt: skip


def _flags(service: Service, site: str, person: Ints) -> pa.Table:
    return pa.table(
        {
            "person_id": pa.array(name_of(site, person)),
            "flag": pa.array(np.where(service.flag[person], "yes", "no")),
        }
    )


def last_day(service: Service, cut_months: int | None = None) -> object:
    """The as-of date of a run whose data end so many months after the start."""
    world = service.world
    edge = service.edges[world.months_before + (cut_months or world.months_after)]
    return service.first + timedelta(days=int(edge))
