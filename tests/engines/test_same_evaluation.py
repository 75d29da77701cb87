"""Everything that is prepared for an evaluation is the same on every engine, on a set made nasty.

DuckDB is the reference here; that DuckDB is right is what tests/spec/evaluate is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from openhiu.engines import Engine
from openhiu.engines.base import NO_PARAMETERS
from openhiu.engines.duckdb import DuckDBEngine
from openhiu.engines.goldens import definitions
from openhiu.evaluate.prepare import from_frames, from_store
from openhiu.evaluate.rows import Prepared, Rows
from openhiu.locality import Footprint, Locality
from support import nasty_evaluation as nasty

PLACE = Locality(footprint=Footprint(frozenset({"E01000001"}), frozenset({"A00001"}), "or"))
PLACES = {"everywhere": Locality(), "a commissioned area": PLACE}


def of_store(engine: Engine, folder: Path, place: Locality) -> Prepared:
    return from_store(engine, nasty.store(folder), nasty.roster(), nasty.service(), nasty.AS_OF,
                      place)  # fmt: skip


def of_frames(engine: Engine) -> Prepared:
    return from_frames(engine, nasty.frames(), nasty.roster(), nasty.service(), nasty.AS_OF, PLACE)


def said(made: Prepared) -> dict[str, Any]:
    """Everything that was prepared, as plain values."""
    return {
        "rows": [{field.name: _plain(getattr(rows, field.name)) for field in fields(Rows)}
                 for rows in made.sites],
        **{name: [asdict(row) for row in getattr(made, name)] for name in ("journeys", "lists")},
        "cohort": asdict(made.cohort),
        "told": (made.warnings, made.findings, made.absent, made.hospitals, made.store_months),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    return np.nan_to_num(value, nan=-1).tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_is_prepared_from_a_store_is_the_same(
    engine: Engine, tmp_path: Path, place: Locality
) -> None:
    with DuckDBEngine() as reference:
        expected = said(of_store(reference, tmp_path, place))
    first = expected["rows"][0]
    assert sum(first["client"]) >= 3
    assert sum(first["said_no"]) >= 1
    assert {key for key, counts in first["outcomes"].items() if np.sum(counts)} == {
        "attendances", "emergency_admissions", "bed_days", "ambulance_calls", "conveyances",
        "ambulance_arrivals", "calls_111",
    }  # fmt: skip
    assert said(of_store(engine, tmp_path, place)) == expected


def test_what_is_prepared_from_frames_is_the_same(engine: Engine) -> None:
    with DuckDBEngine() as reference:
        expected = said(of_frames(reference))
    assert said(of_frames(engine)) == expected


class Listening:
    """An engine that remembers the text it was given."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self.heard: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def run(self, sql: str, parameters: Any = NO_PARAMETERS) -> Any:
        self.heard.add(sql)
        return self.engine.run(sql, parameters)

    def persist(self, name: str, sql: str, parameters: Any = NO_PARAMETERS) -> None:
        self.heard.add(sql)
        self.engine.persist(name, sql, parameters)

    def view(self, name: str, sql: str, parameters: Any = NO_PARAMETERS) -> None:
        self.heard.add(sql)
        self.engine.view(name, sql, parameters)


def test_together_these_run_every_step_so_that_the_label_run_is_true(tmp_path: Path) -> None:
    heard: set[str] = set()
    for prepare in (lambda engine: of_store(engine, tmp_path, PLACE), of_frames):
        with DuckDBEngine() as engine:
            listening: Any = Listening(engine)
            prepare(listening)
            heard |= listening.heard
    unheard = {path.name for path in definitions() if path.parent.parent.name == "evaluate"
               and path.read_text("utf-8") not in heard}  # fmt: skip
    assert unheard == set()
