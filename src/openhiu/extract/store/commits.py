"""What one commit says is true: a list of files comes in; months, volumes and the cut-off go out.

A commit is a small JSON file. Readers read the newest one and nothing that it does not name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.extract.store import layout
from openhiu.extract.store.facts import as_json


@dataclass(frozen=True)
class Written:
    """One derived file: how big it is and, for a month of activity, what it holds by provider."""

    path: str
    rows: int
    bytes: int
    month: str = ""
    owners: Mapping[str, int] = field(default_factory=dict)
    latest: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One live submission, the hash of its manifest, and whether it replaces a period."""

    id: str
    dataset: str
    manifest_sha256: str
    replaces: bool = False

    @property
    def paths(self) -> tuple[str, str]:
        """Its rows and its manifest."""
        return (
            layout.submission(self.dataset, self.id),
            layout.manifest(self.dataset, self.id),
        )


@dataclass(frozen=True)
class Commit:
    """Everything that is true at one moment. Number 0 is the empty store."""

    number: int = 0
    submissions: tuple[Entry, ...] = ()
    prepared: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    gone: Mapping[str, Written] = field(default_factory=dict)
    persons: Written | None = None
    cut_off: datetime | None = None

    def entry(self, identifier: str) -> Entry | None:
        """The live submission of that name, also one that was written anew without somebody."""
        wanted = identifier.partition("~")[0]
        found = (entry for entry in self.submissions if entry.id.partition("~")[0] == wanted)
        return next(found, None)

    def of(self, dataset: str) -> tuple[Entry, ...]:
        """The live submissions of one dataset."""
        return tuple(entry for entry in self.submissions if entry.dataset == dataset)

    def derived(self) -> Iterator[Written]:
        """Every derived file this commit names."""
        for files in self.prepared.values():
            yield from files
        yield from self.gone.values()
        if self.persons:
            yield self.persons

    def paths(self) -> set[str]:
        """Every file that must be there for this commit to be readable."""
        derived = {written.path for written in self.derived()}
        return derived | {path for entry in self.submissions for path in entry.paths}

    def volumes(self, dataset: str) -> dict[str, dict[str, int]]:
        """Rows by provider and month (`YYYY-MM`)."""
        found: dict[str, dict[str, int]] = {}
        for written in sorted(self.prepared.get(dataset, ()), key=lambda file: file.month):
            for owner, rows in written.owners.items():
                found.setdefault(owner, {})[written.month] = rows
        return found

    def to_json(self) -> bytes:
        """The commit as it is written; the volumes are there for people who look inside."""
        volumes = {dataset: self.volumes(dataset) for dataset in self.prepared}
        return as_json({**asdict(self), "monthly_volumes": volumes})

    @classmethod
    def from_json(cls, data: bytes) -> Commit:
        """Read back what `to_json` wrote."""
        raw = json.loads(data)
        return cls(
            number=raw["number"],
            submissions=tuple(Entry(**entry) for entry in raw["submissions"]),
            prepared={
                dataset: tuple(_written(file) for file in files)
                for dataset, files in raw["prepared"].items()
            },
            gone={dataset: _written(file) for dataset, file in raw["gone"].items()},
            persons=_written(raw["persons"]) if raw["persons"] else None,
            cut_off=_moment(raw["cut_off"]),
        )


def commit_files(root: Path) -> list[Path]:
    """The commits that are there, oldest first."""
    return sorted((root / layout.COMMITS).glob("[0-9]*.json"))


def read_commit(path: Path) -> Commit:
    """One commit; InputNotUsable when its file was damaged after it was written."""
    try:
        return Commit.from_json(path.read_bytes())
    except (ValueError, KeyError, TypeError) as error:
        raise InputNotUsable(
            "this commit of the store is damaged",
            remedy="restore the store from its backup; its submissions may still be whole",
            file=path.name,
        ) from error


def newest(root: Path) -> Commit:
    """What is true now.

    A reader may lose a race with a writer that removes an old commit, so it looks again.
    """
    for _ in range(5):
        files = commit_files(root)
        if not files:
            return Commit()
        try:
            return read_commit(files[-1])
        except FileNotFoundError:
            continue
    raise ConfigurationFault(
        "the store changes faster than it can be read", remedy="run the command again"
    )


def without_people(commit: Commit) -> Commit:
    """The same commit as if nobody had ever sent people."""
    return replace(
        commit,
        submissions=tuple(e for e in commit.submissions if e.dataset != layout.PEOPLE),
        prepared={n: files for n, files in commit.prepared.items() if n != layout.PEOPLE},
        gone={name: file for name, file in commit.gone.items() if name != layout.PEOPLE},
    )


def _written(raw: dict[str, Any]) -> Written:
    return Written(**{**raw, "latest": _moment(raw["latest"])})


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
