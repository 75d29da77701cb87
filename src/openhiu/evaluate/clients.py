"""Who the people of the roster are in the store: rows come in; one `Supported` a person goes out,
with the first start of support, and what is wrong with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.evaluate import steps
from openhiu.evaluate.findings import Fault, Findings
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.rows import day_number

Key = int | str


@dataclass(frozen=True)
class Supported:
    """One person of the roster whom the store knows. `site` and `started` are of the first start
    of all, at whichever site; both are None for somebody who never started.
    """

    key: Key
    rows: tuple[RosterRow, ...]
    site: str | None
    started: date | None
    died: date | None
    moved: date | None

    @property
    def starts(self) -> int:
        """How often support started, returns among them."""
        days = {row.start_date for row in self.rows if row.start_date}
        return len(days | {row.return_date for row in self.rows if row.return_date})


def link(
    engine: Engine, rows: Sequence[RosterRow], as_of: date, values: Parameters
) -> tuple[list[Supported], list[RosterRow], tuple[Fault, ...]]:
    """The people whom the store knows, the rows of those it does not know, and faults."""
    engine.persist("same_person", steps.text("same_person"), values)
    ids = sorted({row.person_id for row in rows})
    engine.register("roster_ids", pa.table({
        "roster_no": pa.array(range(len(ids)), pa.int32()),
        "person_id": pa.array(ids, pa.string()),
    }))  # fmt: skip
    keys: dict[str, list[Key]] = defaultdict(list)
    for found in engine.run(steps.text("roster_keys"), values).to_pylist():
        keys[ids[found["roster_no"]]].append(found["person_key"])
    findings = Findings()
    theirs: dict[Key, list[RosterRow]] = defaultdict(list)
    unknown = []
    for row in rows:
        match keys.get(row.person_id, []):
            case [key]:
                theirs[key].append(row)
            case []:
                unknown.append(row)
                findings.add(row.number, "person_id", "nobody of this identifier is in the store: "
                             "counted on the roster and left out of every figure.")  # fmt: skip
            case _:
                unknown.append(row)
                findings.add(row.number, "person_id", "the identifier stands for more than one "
                             "person in the store: left out of every figure.")  # fmt: skip
    people = [_supported(key, found, as_of, findings) for key, found in theirs.items()]
    return people, unknown, findings.faults()


def register_starts(engine: Engine, people: Sequence[Supported]) -> None:
    """The table `starts`: each person's first start of support, and death or move by the roster."""
    engine.register("starts", pa.table({
        "person_key": _keys(engine, [person.key for person in people]),
        "site_code": pa.array([person.site for person in people], pa.string()),
        "start_day": _days([person.started for person in people]),
        "death_day": _days([person.died for person in people]),
        "moved_day": _days([person.moved for person in people]),
    }))  # fmt: skip


def _supported(key: Key, rows: Sequence[RosterRow], as_of: date, findings: Findings) -> Supported:
    started = []
    for row in rows:
        if row.start_date and row.start_date >= as_of:
            findings.add(row.number, "start_date", "the start lies after the data: not counted.")
        elif row.start_date:
            started.append((row.start_date, row.site))
    first = min(started, default=(None, None))
    if len({site for day, site in started if day == first[0]}) > 1:
        findings.add(
            rows[0].number, "start_date",
            "support started at two sites on one day: it counts at the first of them by code.",
        )  # fmt: skip
    died = min((row.death_date for row in rows if row.death_date), default=None)
    moved = min((row.moved_date for row in rows if row.moved_date), default=None)
    return Supported(key, tuple(rows), first[1], first[0], died, moved)


def _keys(engine: Engine, keys: Sequence[Key]) -> pa.Array:
    # Of the type that the store's keys have, for a roster that knows nobody too.
    kind = engine.run("select person_key from persons where 1 = 0").schema.field("person_key").type
    return pa.array(keys, kind)


def _days(days: Sequence[date | None]) -> pa.Array:
    return pa.array([None if day is None else day_number(day) for day in days], pa.int32())
