"""The ways to count the tiers of a country, and its reach: files come in, an Arrow table with one
row a told number goes out, so that every way can be held against the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from bench.data import AS_OF, prepared, raw
from bench.lists import NEEDED, scan
from openhiu.locality import Locality, Place, Site

COLUMNS: Final = ("where", "value")
SITES_OF_A_PLACE: Final = 5


def country(sites: int) -> Locality:
    """So many hospitals in places of five; every third has a lead."""
    codes = [f"S{number:03d}" for number in range(sites)]
    places = [
        Place(f"P{start:03d}", f"Place {start // SITES_OF_A_PLACE + 1}",
              sites=tuple(codes[start : start + SITES_OF_A_PLACE]))
        for start in range(0, sites, SITES_OF_A_PLACE)
    ]  # fmt: skip
    return Locality(
        name="Madeup England",
        sites=tuple(Site(code, f"Hospital {code}", leads=float(number % 3 == 0))
                    for number, code in enumerate(codes)),
        places=tuple(places) if sites > SITES_OF_A_PLACE else (),
    )  # fmt: skip


def counted(folder: Path, engine_name: str, *, store: bool, memory: str | None = None) -> Any:
    """Everything that `hiu report tiers` counts, before anything is hidden or printed."""
    from openhiu.engines import open_engine
    from openhiu.identify import inputs
    from openhiu.identify.criteria_file import load_preset
    from openhiu.report.tiers import make
    from openhiu.report.tiers.wanted import Wanted

    place = country(sites_in(folder))
    wanted = Wanted(load_preset("tiers"), AS_OF, place, None)
    with open_engine(engine_name, memory_limit=memory) as engine:
        if store:
            inputs.lay_out_store(engine, prepared(folder), place, [])
        else:
            inputs.lay_out_frames(engine, raw(folder), locality=place, exclusions=[])
        return make.count(engine, wanted, has_admissions=False)


def sites_in(folder: Path) -> int:
    """How many hospitals a size has, by its name."""
    from bench.data import SIZES

    return SIZES[folder.name].sites


def tiers(folder: Path, engine_name: str, *, store: bool, memory: str | None = None) -> pa.Table:
    """The internal tiers: every number of them."""
    from openhiu.report.tiers.kept import as_data
    from openhiu.report.tiers.plain import Plain
    from openhiu.report.tiers.telling import tell

    return _rows(as_data(tell(counted(folder, engine_name, store=store, memory=memory), Plain())))


def reach(folder: Path, engine_name: str, *, store: bool, memory: str | None = None) -> pa.Table:
    """The same, protected as one publication, and the reach that is told from it."""
    from openhiu.report.reach import reach_of
    from openhiu.report.reach.kept import as_data
    from openhiu.report.tiers import make

    told = counted(folder, engine_name, store=store, memory=memory)
    return _rows(as_data(reach_of(make.both(told).publishable, told.locality)))


def _rows(told: Any) -> pa.Table:
    found = list(_leaves("", told))
    return pa.table({"where": [where for where, _ in found], "value": [v for _, v in found]})


def _leaves(where: str, told: Any) -> Iterator[tuple[str, str]]:
    """Each number with the path to it."""
    if isinstance(told, dict):
        for key, inside in told.items():
            yield from _leaves(f"{where}/{key}", inside)
    elif isinstance(told, list | tuple):
        for number, inside in enumerate(told):
            yield from _leaves(f"{where}/{number}", inside)
    else:
        yield where, repr(told)


def candidates(folder: Path) -> dict[str, Callable[[], pa.Table]]:
    """Everything that is measured for one size, by name."""
    months = prepared(folder).files["attendances"]
    return {
        "scan of the needed columns, raw": lambda: scan(raw(folder), "person_id", TIERS_NEED),
        "scan of the needed columns, store": lambda: scan(months, "person_no", TIERS_NEED),
        "tiers, raw": lambda: tiers(folder, "duckdb", store=False),
        "tiers, store": lambda: tiers(folder, "duckdb", store=True),
        "tiers, store, 2 GiB": lambda: tiers(folder, "duckdb", store=True, memory="1400MB"),
        "tiers on Spark local[2], store": lambda: tiers(folder, "local[2]", store=True),
        "reach, store": lambda: reach(folder, "duckdb", store=True),
        "reach on Spark local[2], store": lambda: reach(folder, "local[2]", store=True),
    }


# Beside what the list reads: who they are.
TIERS_NEED: Final = (*NEEDED, "sex", "imd_decile")
