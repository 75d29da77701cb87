"""The default list in Polars: Parquet paths come in, an Arrow table goes out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa

from bench.lists import COLUMNS, STREAMED
from openhiu.tables import codes

ADULT = date(2008, 4, 1)
START, AS_OF, YEAR = datetime(2026, 1, 1), datetime(2026, 4, 1), datetime(2025, 4, 1)


def make(paths: tuple[Path, ...]) -> pa.Table:
    """Read, filter, take repeats out, count, rank."""
    rows = pl.scan_parquet(list(paths)).filter(pl.col("person_id").is_not_null())
    return _listed(_moments(rows, _dead(rows), _adults(rows))).select(COLUMNS).to_arrow()


def _dead(rows: pl.LazyFrame) -> pl.LazyFrame:
    ended = rows.filter(
        (pl.col("discharge_destination") == codes.MORTUARY)
        | pl.col("discharge_status").is_in(list(codes.DEAD_ON_ARRIVAL))
    ).group_by("person_id").agg(pl.col("arrival_datetime").max().alias("died_at"))  # fmt: skip
    last = rows.join(ended, on="person_id", how="semi").group_by("person_id").agg(
        pl.col("arrival_datetime").max().alias("last"))  # fmt: skip
    joined = ended.join(last, on="person_id")
    return joined.filter(pl.col("last") <= pl.col("died_at")).select("person_id")


def _adults(rows: pl.LazyFrame) -> pl.Series:
    """Whose date of birth is missing from some of their attendances of the year, not from all."""
    year = rows.filter((pl.col("arrival_datetime") >= YEAR) & (pl.col("arrival_datetime") < AS_OF))
    some = year.filter(pl.col("birth_date").is_null()).select("person_id").unique()
    born = year.join(some, on="person_id", how="semi").group_by("person_id").agg(
        pl.col("birth_date").max())  # fmt: skip
    return born.filter(pl.col("birth_date") <= ADULT).collect(engine="streaming")["person_id"]


def _moments(rows: pl.LazyFrame, dead: pl.LazyFrame, adults: pl.Series) -> pl.DataFrame:
    """Counted attendances of 12 months, each moment once."""
    counted = rows.filter(
        (pl.col("arrival_datetime") >= YEAR) & (pl.col("arrival_datetime") < AS_OF)
        & (pl.col("department_type") == "01")
        & pl.col("attendance_category").fill_null("").is_in(["1", "2", "3", ""])
        & ~pl.col("discharge_status").fill_null("").is_in(list(STREAMED))
        & (
            (pl.col("birth_date") <= ADULT)
            | (pl.col("birth_date").is_null() & pl.col("person_id").is_in(adults.implode()))
        )
    ).join(dead, on="person_id", how="anti")  # fmt: skip
    return counted.group_by(
        "site_code", "person_id", pl.col("arrival_datetime").dt.truncate("1m").alias("minute")
    ).agg(
        pl.col("arrival_datetime").min().alias("arrival"),
        pl.col("arrival_mode").is_in(list(codes.AMBULANCE_ARRIVAL)).any().alias("ambulance"),
        (pl.col("admitted").fill_null(False)
         | pl.col("discharge_destination").is_in(list(codes.ADMITTED_DESTINATIONS)).fill_null(False)
         ).any().alias("admitted"),
    ).collect(engine="streaming")  # fmt: skip


def _listed(moments: pl.DataFrame) -> pl.DataFrame:
    inside = pl.col("arrival") >= START
    lists = [moments.with_columns(list_id=pl.col("site_code"))]
    if moments.filter(inside)["site_code"].n_unique() > 1:
        lists.append(moments.with_columns(list_id=pl.lit("ALL")))
    facts = pl.concat(lists).lazy().group_by("list_id", "person_id").agg(
        inside.sum().cast(pl.Int64).alias("attendances"),
        pl.len().cast(pl.Int64).alias("attendances_12m"),
        (inside & pl.col("ambulance")).sum().cast(pl.Int64).alias("by_ambulance"),
        (inside & pl.col("admitted")).sum().cast(pl.Int64).alias("admissions"),
        pl.col("arrival").filter(inside).min().alias("first_arrival"),
        pl.col("arrival").filter(inside).max().alias("last_arrival"),
        pl.max_horizontal([(inside & (pl.col("arrival").dt.month() == month)).sum()
                           for month in (1, 2, 3)]).cast(pl.Int64).alias("max_in_month"),
    ).filter(pl.col("attendances") > 0)  # fmt: skip
    sites = moments.lazy().filter(inside).group_by("person_id").agg(
        pl.col("site_code").n_unique().cast(pl.Int64).alias("sites_attended"))  # fmt: skip
    ordered = facts.sort(["list_id", "attendances", "last_arrival", "person_id"],
                         descending=[False, True, True, False])  # fmt: skip
    ranked = ordered.with_columns(rank=pl.int_range(1, pl.len() + 1).over("list_id"))
    wanted = ranked.filter((pl.col("rank") <= 250) | (pl.col("max_in_month") > 3))
    return wanted.join(sites, on="person_id").sort("list_id", "rank").collect()
