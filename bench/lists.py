"""The ways to make the same list: files come in, an Arrow table with the same rows goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa

from bench.data import AS_OF, prepared, raw
from openhiu.tables import codes

COLUMNS: Final = (
    "list_id", "rank", "person_id", "attendances", "max_in_month", "attendances_12m",
    "by_ambulance", "admissions", "sites_attended", "first_arrival", "last_arrival",
)  # fmt: skip
NEEDED: Final = (
    "site_code", "arrival_datetime", "department_type", "attendance_category", "arrival_mode",
    "discharge_status", "discharge_destination", "admitted", "birth_date",
)  # fmt: skip
STREAMED: Final = (*codes.STREAMED_AWAY, *codes.DEAD_ON_ARRIVAL)
ADULT: Final = "2008-04-01"


def _quoted(words: object) -> str:
    return ", ".join(f"'{word}'" for word in words)  # type: ignore[attr-defined]


def _source(paths: tuple[Path, ...]) -> str:
    return f"read_parquet([{_quoted(paths)}])"


def scan(paths: tuple[Path, ...], key: str, needed: tuple[str, ...] = NEEDED) -> pa.Table:
    """The limit: read every needed column of the files, and do nothing with them."""
    import duckdb

    whole = ", ".join(f"max(hash({name}))" for name in (key, *needed))
    with duckdb.connect() as connection:
        return connection.sql(f"select {whole} from {_source(paths)}").to_arrow_table()


def tuned(paths: tuple[Path, ...], key: str, persons: Path | None) -> pa.Table:
    """Hand-tuned DuckDB SQL."""
    import duckdb

    counted = (
        f"{key} is not null and department_type = '01' and coalesce(attendance_category, '') in "
        f"('1', '2', '3', '') and coalesce(discharge_status, '') not in ({_quoted(STREAMED)}) "
        f"and (birth_date <= '{ADULT}' or (birth_date is null "
        f"and {key} in (select person from adults))) and {key} not in (select person from dead)"
    )
    text = (Path(__file__).parent / "tuned.sql").read_text("utf-8").format(
        source=_source(paths), key=key, counted=counted, adult=ADULT,
        ambulance=_quoted(codes.AMBULANCE_ARRIVAL), admitted=_quoted(codes.ADMITTED_DESTINATIONS),
        person_id="person_id" if persons else "person",
        persons=f"join '{persons}' p on p.person_no = facts.person" if persons else "",
    )  # fmt: skip
    with duckdb.connect() as connection:
        for statement in text.split(";\n"):
            if statement.strip():
                connection.execute(statement).fetchall()
        short = connection.execute(
            "select count(*) from (select list_id, max(least_n) as t, max(rank) as last, "
            "min(attendances) filter (rank <= 250) as d from result join "
            "(select distinct list_id, least_n from candidates) using (list_id) group by 1) "
            "where last >= 250 and d < t"
        ).fetchall()
        assert short == [(0,)], "the pruning of the rival was not exact"
        return connection.sql("select * from result").to_arrow_table()


def ours(folder: Path, engine_name: str, *, prepared_store: bool, memory: str | None) -> pa.Table:
    """The product, on an engine, from raw Parquet files or from a prepared store."""
    from openhiu.engines import open_engine
    from openhiu.identify import inputs
    from openhiu.identify.criteria_file import load_preset
    from openhiu.identify.files import list_table
    from openhiu.identify.rank import rank
    from openhiu.locality import Locality

    place = Locality()
    with open_engine(engine_name, memory_limit=memory) as engine:
        if prepared_store:
            inputs.lay_out_store(engine, prepared(folder), place, [])
        else:
            inputs.lay_out_frames(engine, raw(folder), locality=place, exclusions=[])
        ranked = rank(
            engine, load_preset("spec-top-250"), AS_OF, locality=place, keyed=prepared_store
        )
        return list_table(ranked.listed, None).select(list(COLUMNS))


def pandas_list(paths: tuple[Path, ...]) -> pa.Table:
    """pandas, as an analyst would write it."""
    from bench.with_pandas import make

    return make(paths)


def polars_list(paths: tuple[Path, ...]) -> pa.Table:
    """Polars, lazy and streaming."""
    from bench.with_polars import make

    return make(paths)


def candidates(folder: Path) -> dict[str, Callable[[], pa.Table]]:
    """Everything that is measured for one size, by name."""
    files = raw(folder)
    store = prepared(folder)
    months = store.files["attendances"]
    return {
        "scan of the needed columns, raw": lambda: scan(files, "person_id"),
        "scan of the needed columns, store": lambda: scan(months, "person_no"),
        "hand-tuned SQL, raw": lambda: tuned(files, "person_id", None),
        "hand-tuned SQL, store": lambda: tuned(months, "person_no", store.persons),
        "OpenHIU, raw": lambda: ours(folder, "duckdb", prepared_store=False, memory=None),
        "OpenHIU, store": lambda: ours(folder, "duckdb", prepared_store=True, memory=None),
        "OpenHIU, store, 2 GiB": lambda: ours(
            folder, "duckdb", prepared_store=True, memory="1400MB"
        ),
        "Polars, raw": lambda: polars_list(files),
        "pandas, raw": lambda: pandas_list(files),
        "OpenHIU on Spark local[2], store": lambda: ours(
            folder, "local[2]", prepared_store=True, memory=None
        ),
    }
