"""Uploaded files, or one zip of them, become the named bytes of a feed's folder, within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import Any, Final

from openhiu.tables.handover import ACTIVITY_FILES
from openhiu.web.monitoring.faults import Fault, NotUsable

MOST_BYTES: Final = 30 * 1024**2
WANTED: Final = frozenset(name for name in ACTIVITY_FILES if not name.endswith(".parquet"))


def unpack(uploads: Iterable[Any]) -> dict[str, bytes]:
    """The files of the feed by their names; what is not of a feed is not read.

    Raises:
        NotUsable: too large, not a zip though called one, the same file twice.
    """
    uploads = list(uploads)
    if sum(upload.size for upload in uploads) > MOST_BYTES:
        raise NotUsable(Fault("The upload is larger than 30 MB", "Leave out the Parquet file"))
    if len(uploads) == 1 and uploads[0].name.lower().endswith(".zip"):
        return _unzip(uploads[0])
    found: dict[str, bytes] = {}
    for upload in uploads:
        if upload.name in WANTED:
            found[upload.name] = upload.read()
    return found


def _unzip(upload: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(upload) as archive:
            for entry in archive.infolist():
                name = entry.filename.rpartition("/")[2]
                if name not in WANTED:
                    continue
                if name in found:
                    raise NotUsable(Fault(f"{name} is in the zip file twice"))
                left = MOST_BYTES - sum(map(len, found.values()))
                with archive.open(entry) as file:
                    found[name] = file.read(left + 1)
                if len(found[name]) > left:
                    raise NotUsable(Fault("The zip file holds more than 30 MB"))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise NotUsable(
            Fault("The zip file cannot be read", "It may have arrived in part: send it again")
        ) from None
    return found
