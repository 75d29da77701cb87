"""Sweeping: a store comes in; files that no commit of the last hour names go.

Commits that were true a short while ago are kept for readers that had opened them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from openhiu.errors import ConfigurationFault
from openhiu.extract.store import durable, layout
from openhiu.extract.store.commits import commit_files, read_commit
from openhiu.extract.store.lock import remove_abandoned

KEPT_FOR: Final = 3600.0
"""Seconds for which what a commit names is kept after the next one. A reader names its files once,
when it opens the store, and reads them until it ends; the longest should take well under an hour,
while extracts may commit every few seconds."""


def sweep(root: Path) -> None:
    """Remove what nobody needs. Only a writer that holds the store's lock may call it.

    Where the newest commit knows no people, nothing about people is kept for anybody's sake.
    """
    for path in _unnamed(root, _kept(root)):
        # A file that somebody has open (Windows) or that is gone already is no concern of ours.
        with suppress(OSError):
            remove_abandoned(path) if durable.is_temporary(path) else path.unlink()
    for path in (root / layout.REJECTS).glob(f".*{durable.TEMPORARY}"):
        # A writer lets go of its file just before it names it, so a young one is left alone.
        with suppress(OSError):
            if not _young(path):
                remove_abandoned(path)


def purge(root: Path) -> None:
    """Remove everything about people that the newest commit does not name, or say why not.

    An extract of people that is under way in another process is not touched.
    """
    sweep(root)
    folder = root / layout.PEOPLE
    left = [path for path in _unnamed(root, _kept(root)) if folder in path.parents]
    if any(not durable.is_temporary(path) for path in left):
        raise ConfigurationFault(
            "some files about people could not be removed",
            remedy="close the programs that have them open and purge again",
            file=layout.PEOPLE,
        )
    for part in (folder / "submissions", folder):
        with suppress(OSError):  # not empty: somebody is writing there
            part.rmdir()
    durable.sync_folder(root)


def only_newest(root: Path) -> None:
    """Remove whatever the newest commit does not name, however young, or say why not.

    Readers of an older commit lose their files: that is meant.
    """
    newest = commit_files(root)[-1]
    kept = read_commit(newest).paths() | {layout.commit(int(newest.stem))}
    for path in _unnamed(root, kept):
        with suppress(OSError):
            remove_abandoned(path) if durable.is_temporary(path) else path.unlink()
    if any(not durable.is_temporary(path) for path in _unnamed(root, kept)):
        raise ConfigurationFault(
            "some files that name people who are to be forgotten could not be removed",
            remedy="close the programs that have them open and forget again",
            file=root.name,
        )
    for folder in {(root / layout.commit(1)).parent, root / layout.PEOPLE}:
        if folder.is_dir():
            durable.sync_folder(folder)


def _kept(root: Path) -> set[str]:
    paths = _recent(commit_files(root))
    commits = [read_commit(path) for path in paths]
    kept = {layout.commit(int(path.stem)) for path in paths}
    kept.update(*(commit.paths() for commit in commits))
    if commits and not commits[-1].of(layout.PEOPLE):
        kept = {path for path in kept if not path.startswith(f"{layout.PEOPLE}/")}
    return kept


def _recent(commits: list[Path]) -> list[Path]:
    """The last two commits, and those before that were the newest within the time to keep."""
    return [
        path
        for number, path in enumerate(commits)
        if number >= len(commits) - 2 or _young(commits[number + 1])
    ]


def _young(path: Path) -> bool:
    return path.stat().st_mtime > time.time() - KEPT_FOR


def _unnamed(root: Path, kept: set[str]) -> Iterator[Path]:
    for folder in layout.SWEPT:
        for path in list((root / folder).rglob("*")):
            if path.is_file() and path.relative_to(root).as_posix() not in kept:
                yield path
