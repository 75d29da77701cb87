"""Uploaded files, one zip of them or a folder become the named bytes of an evaluation, in limits.

A file that tells of single people is never read: it is turned away with a sentence.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from openhiu.web.reporting.faults import NotUsable

MOST_BYTES: Final = 40 * 1024**2
MOST_FILES: Final = 300
ENDINGS: Final = (".json", ".xlsx", ".pdf", ".svg", ".png")
# Rows of people: they stay where the store is.
OF_PEOPLE: Final = (".parquet", ".feather", ".arrow", ".duckdb")
STAYS: Final = (
    "{name} has a row for each client. It is for checking, where the store is, and never leaves "
    "it: send the folder again without it."
)
# What a zip that was cut short or altered on its way makes of itself.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError,
    OSError, ValueError, LookupError,
)  # fmt: skip
_TOO_LARGE: Final = "The files together are larger than 40 MB. Send the folder of hiu evaluate."


def unpack(uploads: Iterable[Any]) -> dict[str, bytes]:
    """The files of an evaluation by their names within its folder.

    Raises:
        NotUsable: a file of people, too large, no zip though called one, the same file twice.
    """
    uploads = list(uploads)
    if sum(upload.size for upload in uploads) > MOST_BYTES:
        raise NotUsable(_TOO_LARGE)
    if len(uploads) == 1 and uploads[0].name.lower().endswith(".zip"):
        return _unzip(uploads[0])
    return _gather((upload.name, upload.size, upload.read) for upload in uploads)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The same from a folder on this machine. Files of people stay there, unread.

    Raises:
        NotUsable: there is no such folder, or it is too large.
    """
    if not folder.is_dir():
        raise NotUsable("There is no such folder. Name the folder that hiu evaluate wrote.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    wanted = [path for path in paths if not _of_people(path.name)]
    return _gather(
        (path.relative_to(folder).as_posix(), path.stat().st_size, path.read_bytes)
        for path in wanted
    )


def _unzip(upload: Any) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise NotUsable("The zip file holds more files than an evaluation has.")
            return _gather(_entries(archive, entries))
    except _BROKEN:
        raise NotUsable(
            "The zip file cannot be read. It may have arrived in part: send it again."
        ) from None


def _entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Any]:
    top = {entry.filename.partition("/")[0] for entry in entries if "/" in entry.filename}
    inside = len(top) == 1 and all("/" in entry.filename for entry in entries)
    for entry in entries:
        name = entry.filename.partition("/")[2] if inside else entry.filename
        # What an entry says of its size is not believed: no more is unpacked than may be kept.
        yield name, entry.file_size, lambda entry=entry: _unpacked(archive, entry)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        return file.read(MOST_BYTES + 1)


def _gather(files: Iterable[tuple[str, int, Any]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, size, read in files:
        if _of_people(name):
            raise NotUsable(STAYS.format(name=name.rpartition("/")[2]))
        if not name.lower().endswith(ENDINGS):
            continue
        if name in found:
            raise NotUsable(f"{name} is there twice.")
        data = read() if size <= left else b"." * (left + 1)
        left -= len(data)
        if left < 0:
            raise NotUsable(_TOO_LARGE)
        found[name] = data
    return found


def _of_people(name: str) -> bool:
    return name.lower().endswith(OF_PEOPLE)
