"""Sweeping: a store comes in; files that neither of the last two commits names go.

The commit before the last is kept for readers that had just opened it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from openhiu.errors import ConfigurationFault
from openhiu.extract.store import durable, layout
from openhiu.extract.store.commits import commit_files, read_commit
from openhiu.extract.store.lock import remove_abandoned


def sweep(root: Path) -> None:
    """Remove what nobody needs. Only a writer that holds the store's lock may call it.

    Where the newest commit knows no people, nothing about people is kept for anybody's sake.
    """
    for path in _unnamed(root, _kept(root)):
        # A file that somebody has open (Windows) or that is gone already is no concern of ours.
        with suppress(OSError):
            remove_abandoned(path) if durable.is_temporary(path) else path.unlink()


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


def _kept(root: Path) -> set[str]:
    paths = commit_files(root)[-2:]
    commits = [read_commit(path) for path in paths]
    kept = {layout.commit(int(path.stem)) for path in paths}
    kept.update(*(commit.paths() for commit in commits))
    if commits and not commits[-1].of(layout.PEOPLE):
        kept = {path for path in kept if not path.startswith(f"{layout.PEOPLE}/")}
    return kept


def _unnamed(root: Path, kept: set[str]) -> Iterator[Path]:
    for folder in layout.SWEPT:
        for path in list((root / folder).rglob("*")):
            if path.is_file() and path.relative_to(root).as_posix() not in kept:
                yield path
