"""The table for those who check the work: no identifier, no date, and the counts as they were."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from openhiu.engines import Engine
from openhiu.evaluate.people_table import people_table
from openhiu.evaluate.rows import Prepared
from support.evaluating import prepared

ROSTER = """
    site  | person_id  | list_date  | start_date
    RXX01 | 9990000018 | 2024-01-01 | 2024-01-15
    RXX01 | 9990000026 | 2024-01-01 | 2024-01-20
    RXX02 | 9990000034 | 2024-01-01 | 2024-01-10
"""


def made(engine: Engine) -> Prepared:
    return prepared(engine, """
        person     | site  | days
        9990000018 | RXX01 | 2023-12-02, 2023-12-03, 2024-02-03
        9990000026 | RXX01 | 2023-12-02, 2023-12-03, 2023-12-04, 2024-02-03, 2024-05-03
        9990000034 | RXX02 | 2023-12-02, 2023-12-03
        9990000042 | RXX02 | 2023-12-02, 2023-12-03
    """, ROSTER, cut="2024-07-01", people="""
        person_id  | birth_date | sex
        9990000018 | 1940-01-01 | 2
        9990000026 | 1980-01-01 | 1
        9990000034 | 1959-01-01 | 1
        9990000042 | 1959-01-01 | 1
    """)  # fmt: skip


def test_one_row_a_client_with_counts_by_span(duckdb_engine: Engine) -> None:
    table = people_table(made(duckdb_engine))
    assert table.num_rows == 3
    rows = {(row["site"], row["list_days_before_start"]): row for row in table.to_pylist()}
    first, second = rows["RXX01", 14], rows["RXX01", 19]
    assert [first[f"attendances_{n}"] for n in range(1, 5)] == [1, 0, 0, 0]
    assert [second[f"attendances_{n}"] for n in range(1, 5)] == [1, 1, 0, 0]
    assert (second["attendances_90_days_before"], second["age_group"]) == (3, "18 to 64")
    assert (first["age_group"], first["female"], first["in_3_months"], first["in_12_months"]) == (
        "80 and over", True, True, False)  # fmt: skip
    # Support began at RXX01 on 15 January; 168 days from there to 1 July.
    assert (first["days_since_service_start"], first["days_followed"]) == (0, 168)
    assert second["days_since_service_start"] == 5


def test_expected_counts_stand_beside_the_client_they_belong_to(duckdb_engine: Engine) -> None:
    ready = made(duckdb_engine)
    rows = ready.sites[0]
    clients = np.flatnonzero(rows.client)
    waits = (rows.index - rows.anchor)[clients]
    expected = np.repeat(waits.astype(float)[:, None], 4, axis=1)
    table = people_table(ready, {"RXX01": {"attendances": expected}})
    here = [row for row in table.to_pylist() if row["site"] == "RXX01"]
    assert [row["attendances_expected_1"] for row in here] == [
        row["list_days_before_start"] for row in here
    ]
    assert table["attendances_expected_1"].null_count == 1


def test_nothing_in_it_says_who_or_when(duckdb_engine: Engine) -> None:
    table = people_table(made(duckdb_engine))
    text = str(table.to_pylist())
    assert "999" not in text
    assert not any(pa.types.is_date(kind) or pa.types.is_timestamp(kind)
                   for kind in table.schema.types)  # fmt: skip
    references = table["reference"].to_pylist()
    assert len(set(references)) == 3
    assert references == people_table(made(duckdb_engine))["reference"].to_pylist()


def test_without_sites_it_is_empty_and_keeps_its_columns() -> None:
    nothing = Prepared((), (), (), None, (date(2024, 1, 1),), (), ())  # type: ignore[arg-type]
    assert people_table(nothing).num_rows == 0
    assert "reference" in people_table(nothing).column_names
