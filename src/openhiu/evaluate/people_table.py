"""The pseudonymised table for those who check the work: rows of clients come in, an Arrow table
with one row a client, no identifier and no date goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import DAYS_IN_SEGMENT, SEGMENTS, Prepared, Rows, day_number

Expected = Mapping[str, Mapping[str, NDArray[np.float64]]]
"""Expected counts by site and outcome: (clients, 4), in the order of the clients' rows."""

_FIXED: Final = (
    pa.field("site", pa.string()), pa.field("reference", pa.string()),
    pa.field("list_days_before_start", pa.int32()),
    pa.field("days_since_service_start", pa.int32()),
    pa.field("days_followed", pa.int32()), pa.field("rank", pa.int32()),
    pa.field("age_group", pa.string()), pa.field("female", pa.bool_()),
    pa.field("flag", pa.bool_()), pa.field("in_3_months", pa.bool_()),
    pa.field("in_12_months", pa.bool_()),
)  # fmt: skip


def people_table(prepared: Prepared, expected: Expected | None = None) -> pa.Table:
    """One row a client, ordered by site and reference.

    The reference is new in every site and stands in no other file. Counts are of the four spans of
    90 days from the start (`<outcome>_1` to `_4`) and of the 90 and 360 days before it;
    `<outcome>_expected_1` to `_4` stand where `expected` has them.
    """
    tables = [_of_site(site, (expected or {}).get(site.site, {})) for site in prepared.sites]
    if not tables:
        return pa.schema(_FIXED).empty_table()
    return pa.concat_tables(tables, promote_options="default")


def _of_site(rows: Rows, expected: Mapping[str, NDArray[np.float64]]) -> pa.Table:
    clients = np.flatnonzero(rows.client)
    references = [_reference(rows, int(row)) for row in clients]
    order = np.argsort(references)
    here = clients[order]
    columns: dict[str, Any] = {
        "site": pa.array([rows.site] * len(here), pa.string()),
        "reference": pa.array([references[n] for n in order], pa.string()),
        "list_days_before_start": pa.array(rows.index[here] - rows.anchor[here], pa.int32()),
        "days_since_service_start": pa.array(
            rows.index[here] - day_number(rows.service_start), pa.int32()
        ),
        "days_followed": pa.array(rows.end[here] - rows.index[here], pa.int32()),
        "rank": pa.array(rows.rank[here], pa.int32()),
        "age_group": pa.array([_age_group(age) for age in rows.age[here]], pa.string()),
        "female": pa.array(rows.female[here], pa.bool_()),
        "flag": pa.array(rows.flag[here] if rows.has_flag else [None] * len(here), pa.bool_()),
        "in_3_months": pa.array(_complete(rows, here, 1), pa.bool_()),
        "in_12_months": pa.array(_complete(rows, here, SEGMENTS), pa.bool_()),
    }
    for outcome in OUTCOMES:
        if outcome.key not in rows.outcomes:
            continue
        counts, before = rows.outcomes[outcome.key][here], rows.before[outcome.key][here]
        columns |= _numbered(f"{outcome.key}", counts)
        columns[f"{outcome.key}_90_days_before"] = pa.array(before[:, 0])
        columns[f"{outcome.key}_360_days_before"] = pa.array(before[:, 1])
        if outcome.key in expected:
            columns |= _numbered(f"{outcome.key}_expected", expected[outcome.key][order])
    return pa.table(columns)


def _complete(rows: Rows, here: NDArray[np.int64], segments: int) -> NDArray[np.bool_]:
    complete: NDArray[np.bool_] = rows.index[here] + DAYS_IN_SEGMENT * segments <= day_number(
        rows.cut
    )
    return complete


def _numbered(name: str, values: NDArray[np.float64]) -> dict[str, Any]:
    return {f"{name}_{segment + 1}": pa.array(values[:, segment]) for segment in range(SEGMENTS)}


def _reference(rows: Rows, row: int) -> str:
    """Opaque and the same in every run: made from the place of a row, never from an identifier."""
    return sha256(f"{rows.site}|{rows.service_start}|{row}".encode()).hexdigest()[:12]


def _age_group(age: float) -> str | None:
    if np.isnan(age):
        return None
    return "80 and over" if age >= 80 else "65 to 79" if age >= 65 else "18 to 64"
