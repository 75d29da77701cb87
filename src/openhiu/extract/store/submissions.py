"""Submissions on the disk: a stage and its facts come in; a named file and its manifest go out, and
are checked against their hashes whenever they are read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from openhiu.errors import InputNotUsable
from openhiu.extract.store import durable, layout
from openhiu.extract.store.commits import Entry
from openhiu.extract.store.facts import ControlTotal, Manifest, SubmissionFacts
from openhiu.extract.store.stage import Stage


def describe(stage: Stage, facts: SubmissionFacts) -> Manifest:
    """The manifest of a finished stage, before its rows have been compared with the store's."""
    return Manifest(
        id=stage.id,
        dataset=stage.dataset,
        facts=facts,
        total=ControlTotal(facts.read, 0, 0, 0, facts.rejected),
        rows=stage.rows,
        weak=stage.weak,
        owners=tuple(sorted(stage.owners)),
        stored_sha256=durable.sha256_of(stage.path),
        stored_bytes=stage.path.stat().st_size,
    )


def publish(root: Path, stage: Stage, manifest: Manifest) -> Entry:
    """Give the rows and the manifest their names. They count once a commit names them."""
    stage.release()
    durable.publish(stage.path, stage.target)
    data = manifest.to_json()
    durable.write_bytes(root / layout.manifest(manifest.dataset, manifest.id), data)
    return Entry(
        manifest.id, manifest.dataset, sha256(data).hexdigest(), manifest.facts.replaces is not None
    )


def read_manifest(root: Path, entry: Entry) -> Manifest:
    """The manifest of a live submission; InputNotUsable when it is not as it was written."""
    path = layout.manifest(entry.dataset, entry.id)
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        raise _damaged(path) from error
    if sha256(data).hexdigest() != entry.manifest_sha256:
        raise _damaged(path)
    return Manifest.from_json(data)


def load(root: Path, entries: Iterable[Entry]) -> list[tuple[Manifest, Path]]:
    """Live submissions, each checked byte by byte against its manifest."""
    return [_load(root, entry) for entry in entries]


def _load(root: Path, entry: Entry) -> tuple[Manifest, Path]:
    manifest = read_manifest(root, entry)
    path = layout.submission(entry.dataset, entry.id)
    try:
        same = durable.sha256_of(root / path) == manifest.stored_sha256
    except OSError as error:
        raise _damaged(path) from error
    if not same:
        raise _damaged(path)
    return manifest, root / path


def _damaged(path: str) -> InputNotUsable:
    return InputNotUsable(
        "this submission is missing or was changed after the store wrote it",
        remedy="restore the file from a backup of the store; nothing was changed",
        file=path,
    )
