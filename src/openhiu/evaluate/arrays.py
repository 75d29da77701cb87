"""Arrow tables of the steps become `Rows`: counts, exposures and volume indices, site by site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from openhiu.engines import Engine, Parameters
from openhiu.evaluate import steps
from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import (
    BEFORE_SPANS,
    DAYS_IN_SEGMENT,
    HISTORY_SPANS,
    SEGMENTS,
    Rows,
)
from openhiu.evaluate.sites import SitePlan
from openhiu.evaluate.volume import VolumeIndex

Floats = NDArray[np.float64]
_HISTORY: Final = ("days_0_30", "days_30_90", "days_90_180", "days_180_365")
_AFTER: Final = ("days_0_90", "days_90_180", "days_180_270", "days_270_360")
_BEFORE: Final = ("before_90", "before_360")
# From which day on the data of an outcome are there; outcomes without an entry always were.
Since = Mapping[str, int]


@dataclass(frozen=True)
class Facts:
    """What the engine said of every row, as arrays over all sites in the order of `row_no`."""

    sites: Mapping[str, range]  # the rows of each site: they stand together
    key: NDArray[np.int64]  # the person across sites, in the order of first appearance
    keys: Sequence[Any]  # the store's person key of each number in `key`
    columns: Mapping[str, NDArray[np.int64]]
    born: Floats  # the first month on whose first day the person had been born; nan unknown
    flag: Floats  # nan unknown
    history: Floats
    calendar: Floats  # (n,2) last three months, nine before
    after: Mapping[str, Floats]
    before: Mapping[str, Floats]
    event_row: NDArray[np.int64]
    event_day: NDArray[np.int64]


def fetch(engine: Engine, values: Parameters, absent: Sequence[str]) -> Facts:
    """Run the last steps and bring their rows here. `absent`: outcomes not to be counted."""
    rows = _run(engine, "row_facts", values)
    n = rows.num_rows
    keys = rows["person_key"].combine_chunks().dictionary_encode()
    history = _run(engine, "history", values)
    place = _numbers(history, "row_no") - 1
    after, before = _outcomes(engine, values, n, absent)
    events = _run(engine, "client_days", values)
    times = _numbers(events, "attendances")
    return Facts(
        sites=_stretches(rows["site_code"].combine_chunks().dictionary_encode()),
        key=keys.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        keys=keys.dictionary.to_pylist(),
        columns={name: _numbers(rows, name) for name in (
            "list_no", "place", "list_day", "index_day", "end_day", "female")}
        | {"client": _is(rows, "role", "client")},
        born=born_by(_nullable(rows, "born_month"), _nullable(rows, "born_day")),
        flag=_nullable(rows, "flag"),
        history=_spread(history, _HISTORY, place, n),
        calendar=_spread(history, ("recent3", "earlier9"), place, n),
        after=after, before=before,
        event_row=np.repeat(_numbers(events, "row_no") - 1, times),
        event_day=np.repeat(_numbers(events, "day_no"), times),
    )  # fmt: skip


def born_by(month: Any, day: Any) -> Any:
    """The first month on whose first day somebody had been born: lists are of first days."""
    return month + (day > 1)


def rows_of(
    plan: SitePlan, facts: Facts, index: VolumeIndex, said_no: Set[tuple[int, int]],
    since: Since, *, has_flag: bool,
) -> Rows:  # fmt: skip
    """The rows of one site. `said_no` holds list number and person (as in `Facts.key`) of those
    who were asked and did not start.
    """
    stretch = facts.sites.get(plan.site, range(0))
    here = slice(stretch.start, stretch.stop)
    column = {name: values[here] for name, values in facts.columns.items()}
    anchor, begin, end = (column[name] for name in ("list_day", "index_day", "end_day"))
    starts = begin[:, None] + DAYS_IN_SEGMENT * np.arange(SEGMENTS)
    observed = np.clip(end[:, None] - starts, 0, DAYS_IN_SEGMENT) / DAYS_IN_SEGMENT
    client = column["client"].astype(bool)
    events = (facts.event_row >= here.start) & (facts.event_row < here.stop)
    return Rows(
        site=plan.site, service_start=plan.service_start, cut=plan.cut, first_data=plan.first_data,
        person=_renumbered(facts.key[here]), client=client,
        anchor=anchor.astype(np.int32), index=begin.astype(np.int32), end=end.astype(np.int32),
        rank=column["place"].astype(np.int32),
        history=facts.history[here], history_volume=_history_volume(index, anchor),
        recent3=facts.calendar[here, 0].astype(np.int32),
        earlier9=facts.calendar[here, 1].astype(np.int32),
        age=np.floor((column["list_no"] - facts.born[here]) / 12), female=column["female"] == 1,
        flag=facts.flag[here] == 1, has_flag=has_flag,
        said_no=~client & _members(column["list_no"], facts.key[here], said_no),
        exposure=observed, volume=index.mean(starts, starts + DAYS_IN_SEGMENT),
        outcomes={key: _known(values[here], starts, since.get(key))
                  for key, values in facts.after.items()},
        before={key: _known(values[here], begin[:, None] - np.array(BEFORE_SPANS), since.get(key))
                for key, values in facts.before.items()},
        event_row=(facts.event_row[events] - here.start).astype(np.int32),
        event_day=facts.event_day[events].astype(np.int32),
        volume_by_month=dict(index.by_month),
    )  # fmt: skip


def _known(counts: Floats, begins: NDArray[np.int64], since: int | None) -> Floats:
    """Counts of spans that begin before the data do are not known: nan."""
    return counts if since is None else np.where(begins < since, np.nan, counts)


def _history_volume(index: VolumeIndex, anchor: NDArray[np.int64]) -> Floats:
    return np.column_stack([index.mean(anchor - begin, anchor - end)
                            for begin, end in HISTORY_SPANS])  # fmt: skip


def _members(
    lists: NDArray[np.int64], people: NDArray[np.int64], wanted: Set[tuple[int, int]]
) -> NDArray[np.bool_]:
    found = np.isin(people, [person for _, person in wanted])
    for row in np.flatnonzero(found):
        found[row] = (int(lists[row]), int(people[row])) in wanted
    return found


def _stretches(sites: Any) -> dict[str, range]:
    """Where the rows of each site begin and end."""
    codes = sites.indices.to_numpy(zero_copy_only=False)
    bounds = [0, *(np.flatnonzero(np.diff(codes)) + 1), len(codes)]
    return {sites.dictionary[int(codes[begin])].as_py(): range(int(begin), int(end))
            for begin, end in pairwise(bounds) if end > begin}  # fmt: skip


def _renumbered(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers from 0 in the order of first appearance."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.empty(len(first), np.int64)
    order[np.argsort(first)] = np.arange(len(first))
    return order[inverse]


def _outcomes(
    engine: Engine, values: Parameters, n: int, absent: Sequence[str]
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    counted = _run(engine, "counts", values)
    nights = _run(engine, "bed_days", values)
    outcome = counted["outcome"].combine_chunks().dictionary_encode()
    names, codes = outcome.dictionary.to_pylist(), outcome.indices.to_numpy(zero_copy_only=False)
    after, before = {}, {}
    for key in (entry.key for entry in OUTCOMES if entry.key not in absent):
        number = names.index(key) if key in names else -1
        table = nights if key == "bed_days" else counted.filter(pa.array(codes == number))
        place = _numbers(table, "row_no") - 1
        after[key] = _spread(table, _AFTER, place, n)
        before[key] = _spread(table, _BEFORE, place, n)
    return after, before


def _spread(table: pa.Table, names: Sequence[str], place: NDArray[np.int64], n: int) -> Floats:
    """Columns of a table over all rows; 0 where the table has no row for one."""
    spread = np.zeros((n, len(names)))
    for column, name in enumerate(names):
        spread[place, column] = _numbers(table, name)
    return spread


def _run(engine: Engine, step: str, values: Parameters) -> pa.Table:
    return engine.run(steps.text(step), values)


def _numbers(table: pa.Table, name: str) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = table[name].to_numpy().astype(np.int64)
    return numbers


def _nullable(table: pa.Table, name: str) -> Floats:
    numbers: Floats = table[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def _is(table: pa.Table, name: str, value: str) -> NDArray[np.int64]:
    found: NDArray[np.int64] = pc.equal(table[name], value).to_numpy(zero_copy_only=False)
    return found.astype(np.int64)
