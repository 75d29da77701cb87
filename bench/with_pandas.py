"""The default list in pandas: Parquet paths come in, an Arrow table goes out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from bench.lists import COLUMNS, NEEDED, STREAMED
from openhiu.tables import codes

ADULT = pd.Timestamp(2008, 4, 1)
START, AS_OF, YEAR = datetime(2026, 1, 1), datetime(2026, 4, 1), datetime(2025, 4, 1)
MOMENT = ["site_code", "person_id", "minute"]
ON_LIST = ["list_id", "person_id"]


def make(paths: tuple[Path, ...]) -> pa.Table:
    """Read, filter, take repeats out, count, rank."""
    rows = pd.concat([pd.read_parquet(path, columns=["person_id", *NEEDED]) for path in paths])
    rows = rows[rows["person_id"].notna()]
    listed = _listed(_moments(rows[~rows["person_id"].isin(_dead(rows))]))
    return pa.Table.from_pandas(listed[list(COLUMNS)], preserve_index=False)


def _dead(rows: pd.DataFrame) -> set[str]:
    ends = (rows["discharge_destination"] == codes.MORTUARY) | rows["discharge_status"].isin(
        codes.DEAD_ON_ARRIVAL)  # fmt: skip
    died = rows[ends].groupby("person_id")["arrival_datetime"].max()
    seen = rows[rows["person_id"].isin(died.index)].groupby("person_id")["arrival_datetime"].max()
    return set(died.index[seen.reindex(died.index) <= died])


def _adult(rows: pd.DataFrame) -> pd.Series:
    """By the row, or by another of the year where the row has no date of birth."""
    born = pd.to_datetime(rows["birth_date"])
    year = (rows["arrival_datetime"] >= YEAR) & (rows["arrival_datetime"] < AS_OF)
    some = rows.loc[year & born.isna(), "person_id"].unique()
    others = rows["person_id"].isin(some) & year
    known = born[others].groupby(rows.loc[others, "person_id"]).max()
    adults = known.index[known <= ADULT]
    return (born <= ADULT) | (born.isna() & rows["person_id"].isin(adults))


def _moments(rows: pd.DataFrame) -> pd.DataFrame:
    """Counted attendances of 12 months, each moment once."""
    counted = rows[
        (rows["arrival_datetime"] >= YEAR) & (rows["arrival_datetime"] < AS_OF)
        & (rows["department_type"] == "01")
        & rows["attendance_category"].fillna("").isin(["1", "2", "3", ""])
        & ~rows["discharge_status"].fillna("").isin(STREAMED)
        & _adult(rows)
    ].copy()  # fmt: skip
    counted["minute"] = counted["arrival_datetime"].dt.floor("min")
    counted["ambulance"] = counted["arrival_mode"].isin(codes.AMBULANCE_ARRIVAL)
    counted["admitted"] = counted["admitted"].eq(True) | counted["discharge_destination"].isin(
        codes.ADMITTED_DESTINATIONS)  # fmt: skip
    return counted.groupby(MOMENT, sort=False).agg(
        arrival=("arrival_datetime", "min"), ambulance=("ambulance", "max"),
        admitted=("admitted", "max"),
    ).reset_index()  # fmt: skip


def _listed(moments: pd.DataFrame) -> pd.DataFrame:
    inside = moments[moments["arrival"] >= START]
    across = inside["site_code"].nunique() > 1
    facts = _facts(_lists(inside, across=across))
    year = _lists(moments, across=across).groupby(ON_LIST).size().rename("attendances_12m")
    facts = facts.join(year, on=ON_LIST)
    sites = inside.groupby("person_id")["site_code"].nunique().rename("sites_attended")
    facts = facts.join(sites, on="person_id").sort_values(
        ["list_id", "attendances", "last_arrival", "person_id"],
        ascending=[True, False, False, True],
    )
    facts["rank"] = facts.groupby("list_id").cumcount() + 1
    return facts[(facts["rank"] <= 250) | (facts["max_in_month"] > 3)]


def _lists(moments: pd.DataFrame, *, across: bool) -> pd.DataFrame:
    own = moments.assign(list_id=moments["site_code"])
    return pd.concat([own, moments.assign(list_id="ALL")]) if across else own


def _facts(inside: pd.DataFrame) -> pd.DataFrame:
    month = inside["arrival"].dt.month
    months = {f"in_{number}": (month == number).astype(np.int64) for number in (1, 2, 3)}
    facts = inside.assign(**months).groupby(ON_LIST).agg(
        attendances=("arrival", "size"), by_ambulance=("ambulance", "sum"),
        admissions=("admitted", "sum"), first_arrival=("arrival", "min"),
        last_arrival=("arrival", "max"), **{name: (name, "sum") for name in months},
    ).reset_index()  # fmt: skip
    facts["max_in_month"] = facts[list(months)].max(axis=1)
    return facts
