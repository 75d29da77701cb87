"""The whole list gives the same rows on every engine, on a set made to be nasty.

DuckDB is the reference here; that DuckDB is right is what tests/spec/identify is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from openhiu.engines import Engine
from openhiu.engines.base import NO_PARAMETERS
from openhiu.engines.duckdb import DuckDBEngine
from openhiu.engines.goldens import definitions
from openhiu.identify import inputs
from openhiu.identify.criteria import OnePer
from openhiu.identify.make import Wanted, explain, make
from openhiu.identify.rank import rank
from openhiu.identify.standing import standings
from openhiu.identify.suggestions import suggestions
from openhiu.locality import Footprint, Locality
from support import nasty

PLACE = Locality(footprint=Footprint(frozenset({"E01000001"}), frozenset({"A00001"}), "or"))
WANTED = {
    "the usual filters": Wanted(nasty.criteria(), nasty.AS_OF, Locality()),
    "a commissioned area": Wanted(nasty.criteria(suggest_at_least=1), nasty.AS_OF, PLACE),
    "every row counts": Wanted(
        nasty.criteria(one_per=OnePer.ROW, department_types=None, categories=None, youngest=0),
        nasty.AS_OF, Locality(),
    ),
    "by the second": Wanted(nasty.criteria(one_per=OnePer.SECOND), nasty.AS_OF, Locality()),
    "one site": Wanted(nasty.criteria(), nasty.AS_OF, Locality(), sites=("s1",)),
}  # fmt: skip


def everything_said(engine: Engine, folder: Path, wanted: Wanted) -> dict[str, Any]:
    """All that a list says, apart from the name of the engine."""
    finished = make(engine, nasty.store(folder), wanted)
    return {
        **{part: [asdict(row) for row in getattr(finished, part)]
           for part in ("listed", "flow", "suggestions", "fairness")},
        "history": finished.history.to_pylist(),
    }  # fmt: skip


def unless_sail(engine: Engine, place: Locality) -> Locality:
    """Sail 0.7 cannot plan `case when x in (select …)`, which the commissioned area needs."""
    session = getattr(engine, "_session", None)
    return Locality() if "connect" in type(session).__module__ else place


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_the_list_from_a_store_is_the_same(engine: Engine, tmp_path: Path, wanted: Wanted) -> None:
    wanted = replace(wanted, locality=unless_sail(engine, wanted.locality))
    with DuckDBEngine() as reference:
        expected = everything_said(reference, tmp_path, wanted)
    assert len(expected["listed"]) >= 3
    assert wanted.sites or len(expected["suggestions"]) >= 1
    assert everything_said(engine, tmp_path, wanted) == expected


def test_what_is_said_of_one_person_is_the_same(engine: Engine, tmp_path: Path) -> None:
    wanted = WANTED["the usual filters"]
    with DuckDBEngine() as reference:
        expected = explain(reference, nasty.store(tmp_path), wanted, "Abc")
    assert explain(engine, nasty.store(tmp_path), wanted, "Abc") == expected


def from_frames(engine: Engine, place: Locality) -> list[Any]:
    inputs.lay_out_frames(
        engine, nasty.attendances(), admissions=nasty.admissions(), people=nasty.people(),
        locality=place, exclusions=[inputs.Exclusion("z-1", "another service", None)],
    )  # fmt: skip
    ranked = rank(engine, nasty.criteria(), nasty.AS_OF, locality=place, keyed=False,
                  has_admissions=True)  # fmt: skip
    known = standings(engine, ranked, ["Abc", "z-1"], keyed=False)
    hints = suggestions(engine, ranked, keyed=False)
    return [ranked.listed, ranked.boundaries, known, hints]


def test_the_list_from_frames_is_the_same(engine: Engine) -> None:
    place = unless_sail(engine, PLACE)
    with DuckDBEngine() as reference:
        expected = from_frames(reference, place)
    assert len(expected[0]) >= 3
    assert from_frames(engine, place) == expected


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


@pytest.fixture
def listening(duckdb_engine: Engine) -> Iterator[Listening]:
    yield Listening(duckdb_engine)


def test_together_these_run_every_step_so_that_the_label_run_is_true(
    listening: Any, tmp_path: Path
) -> None:
    for wanted in WANTED.values():
        everything_said(listening, tmp_path, wanted)
    explain(listening, nasty.store(tmp_path), WANTED["one site"], "Abc")
    from_frames(listening, PLACE)
    unheard = {path.name for path in definitions() if path.parent.parent.name == "identify"
               and path.read_text("utf-8") not in listening.heard}  # fmt: skip
    assert unheard == set()
