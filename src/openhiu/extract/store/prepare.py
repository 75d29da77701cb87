"""From submissions to what is true: arriving submissions and the last commit come in; new files and
their names go out. Nothing counts until `Store` writes the commit that names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openhiu.engines import Engine, open_engine
from openhiu.extract.store import layout
from openhiu.extract.store.classify import Change, classify, register, register_submissions
from openhiu.extract.store.commits import Commit, Written
from openhiu.extract.store.derived import ParquetFile, whole
from openhiu.extract.store.facts import Manifest
from openhiu.extract.store.months import write_months
from openhiu.extract.store.persons import number_persons
from openhiu.extract.store.shape import GONE, Shape

Submissions = Sequence[tuple[Manifest, Path]]


@dataclass(frozen=True)
class Prepared:
    """The derived files of one dataset after a change, and how its arriving rows came out."""

    months: tuple[Written, ...]
    gone: Written | None
    persons: Written | None
    outcomes: Counter[str]


@dataclass(frozen=True)
class Preparation:
    """One change to one dataset: everything it needs to know."""

    root: Path
    shape: Shape
    generation: int
    before: Commit
    arriving: Submissions
    replacements: Submissions
    memory_limit: str | None = None

    def run(self) -> Prepared:
        """Work out what is true now and write it."""
        with open_engine("duckdb", memory_limit=self.memory_limit) as engine:
            change = self._classify(engine)
            gone = self._write_gone(engine, change)
            persons = number_persons(
                engine, self.shape, self.root, self.generation, self.before.persons, self._rows
            )
            months = self._write_months(engine, change)
        return Prepared(months, gone, persons, change.outcomes)

    @property
    def _rows(self) -> int:
        return sum(manifest.rows for manifest, _ in self.arriving)

    @property
    def _old(self) -> dict[str, Written]:
        files = self.before.prepared.get(self.shape.table.name, ())
        return {file.month: file for file in files}

    @property
    def _old_gone(self) -> Written | None:
        return self.before.gone.get(self.shape.table.name)

    def _classify(self, engine: Engine) -> Change:
        old = [whole(self.root, file) for file in self._old.values()]
        register(engine, "prepared", old, self.shape.prepared_schema())
        gone = self._old_gone
        register(engine, "gone", [whole(self.root, gone)] if gone else [], GONE)
        register_submissions(engine, self.shape, self.arriving, self.replacements)
        change = classify(engine, self.shape, self._rows)
        for name in change.results:
            engine.register(name, change.result(name))
        return change

    def _write_gone(self, engine: Engine, change: Change) -> Written | None:
        if not change.result("newly_gone").num_rows and not change.result("outlived").num_rows:
            return self._old_gone
        path = layout.prepared(self.shape.table.name, "gone", self.generation)
        with ParquetFile(self.root, path, GONE) as file:
            file.write(engine.run(self.shape.sql("still_gone")))
        return file.written() if file.rows else None

    def _write_months(self, engine: Engine, change: Change) -> tuple[Written, ...]:
        touched = change.touched()
        new = write_months(
            engine, self.shape, self.root, self.generation, self._old, change.arriving, touched
        )
        kept = [file for month, file in self._old.items() if month not in touched]
        return tuple(sorted([*kept, *new], key=lambda file: file.month))
