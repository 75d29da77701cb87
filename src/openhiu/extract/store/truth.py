"""What is true now, in other forms: a commit comes in; the activity of later verbs or a digest goes
out. Files that are missing or were cut short are noticed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openhiu.engines import Engine, open_engine
from openhiu.extract.store.classify import register
from openhiu.extract.store.commits import Commit
from openhiu.extract.store.derived import whole
from openhiu.extract.store.facts import Manifest
from openhiu.extract.store.shape import PERSONS, Shape
from openhiu.tables.activity import TABLES
from openhiu.tables.handover import Activity, Delivery, Source


def activity(root: Path, commit: Commit, manifests: Iterable[Manifest]) -> Activity:
    """The files of a commit, each checked to be there in full length."""
    files = {
        dataset: tuple(whole(root, file) for file in written)
        for dataset, written in commit.prepared.items()
        if written
    }
    known = [manifest for manifest in manifests if manifest.dataset in files]
    return Activity(
        files=files,
        persons=whole(root, commit.persons) if commit.persons else None,
        cut_off=commit.cut_off,
        sources=tuple(_source(manifest) for manifest in known),
        warnings=tuple(warning for manifest in known for warning in _warnings(manifest)),
        months=_months(commit),
        deliveries={name: _deliveries(known, name) for name in files},
    )


def digest(root: Path, commit: Commit) -> str:
    """A hash of every row that is true, with its person, in whatever order the files have it."""
    total = hashlib.sha256()
    for dataset, written in sorted(commit.prepared.items()):
        if written:
            total.update(f"{dataset} {_sums(root, Shape(TABLES[dataset]), commit)}\n".encode())
    return total.hexdigest()


def _sums(root: Path, shape: Shape, commit: Commit) -> str:
    with open_engine() as engine:
        _register_truth(engine, root, shape, commit)
        row = engine.run(shape.sql("truth")).to_pylist()[0]
    return f"{row['rows']} {row['low']} {row['high']}"


def _register_truth(engine: Engine, root: Path, shape: Shape, commit: Commit) -> None:
    paths = [whole(root, file) for file in commit.prepared[shape.table.name]]
    if not shape.numbered:
        engine.register("truth", paths)
        return
    engine.register("prepared", paths)
    persons = commit.persons
    register(engine, "persons", [whole(root, persons)] if persons else [], PERSONS)
    engine.view("truth", shape.sql("named"))


def _months(commit: Commit) -> tuple[date, ...]:
    """The first days of the months covered: by attendances or, without any, by what there is."""
    found = commit.prepared.get("attendances") or tuple(
        file for dataset in commit.prepared.values() for file in dataset
    )
    dated = {file.month for file in found if file.latest}
    return tuple(sorted(date.fromisoformat(f"{month}-01") for month in dated))


def _source(manifest: Manifest) -> Source:
    facts = manifest.facts
    return Source(facts.file, facts.sha256, manifest.dataset, manifest.rows)


def _deliveries(manifests: Iterable[Manifest], dataset: str) -> tuple[Delivery, ...]:
    """What came of a dataset and when; a row that corrects another is new as well."""
    return tuple(
        Delivery(m.facts.received_at.date(), m.total.read, m.total.accepted)
        for m in manifests
        if m.dataset == dataset
    )


def _warnings(manifest: Manifest) -> Iterable[str]:
    facts = manifest.facts
    if manifest.weak:
        yield (
            f"{facts.file}: {_rows(manifest.weak)} no record identifier; corrections to them "
            "are recognised only by person, place and time"
        )
    if facts.accepted_held:
        yield f"{facts.file}: was held and accepted because: {facts.accepted_held}"


def _rows(number: int) -> str:
    return "1 row has" if number == 1 else f"{number} rows have"
