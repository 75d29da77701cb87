"""A locality file alone, or in a zip with the files it names: bytes come in, settings and files go
out; and the other way round.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openhiu.locality.writing import as_toml
from openhiu.web.commissioning.area.reading import FILE, NotSet, parse

MOST: Final = 20 * 1024**2
MOST_FILES: Final = 40
NAME: Final = re.compile(r"[A-Za-z0-9][\w .-]{0,80}\.(csv|geojson|json|toml)", re.ASCII)
# What a document is made from lies beside these under the same roof.
TAKEN: Final = frozenset({FILE, "tiers.json", "evaluation.json", "observed.json", "manifest.json"})
# The date that every entry of a zip carries: nothing here asks the clock.
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError,
                  OSError, ValueError)  # fmt: skip
_NOT_READ: Final = "The zip file cannot be read. It may have arrived in part: send it again."


def unpack(name: str, data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The settings in a locality file, and the files beside it.

    Raises:
        NotSet: it is too large, no zip though called one, or holds not one locality file.
    """
    if len(data) > MOST:
        raise NotSet("The file is larger than 20 MB.")
    if not name.lower().endswith(".zip"):
        return parse(data), {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _entries(archive)
    except _BROKEN:
        raise NotSet(_NOT_READ) from None
    localities = [key for key in found if key.endswith(".toml")]
    chosen = FILE if FILE in found else localities[0] if len(localities) == 1 else ""
    if not chosen:
        raise NotSet(f"The zip file holds no {FILE}. Put it in, with the files it names beside it.")
    return parse(found.pop(chosen)), found


def beside(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The settings of a locality file on this machine, with the files it names.

    Raises:
        NotSet: it cannot be read, or names a file that is not beside it.
    """
    try:
        settings = parse(path.read_bytes())
        return settings, {name: (path.parent / name).read_bytes() for name in named(settings)}
    except OSError:
        raise NotSet("The locality file of the service, or a file it names, cannot be read.") from (
            None
        )


def named(found: Any) -> set[str]:
    """The files that settings name, by their bare names."""
    each = found.items() if isinstance(found, Mapping) else enumerate(found)
    names: set[str] = set()
    for key, value in each:
        if isinstance(value, Mapping | list):
            names |= named(value)
        elif str(key).endswith("_file") and isinstance(value, str):
            names.add(Path(value).name)
    return names


def _entries(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file by its bare name: what a locality names lies beside it. What a computer puts in
    for itself (a name that begins with a dot) is left out.
    """
    entries = [entry for entry in archive.infolist()
               if not entry.is_dir() and not _bare(entry).startswith(".")]  # fmt: skip
    if len(entries) > MOST_FILES:
        raise NotSet("The zip file holds too many files.")
    found: dict[str, bytes] = {}
    left = MOST
    for entry in entries:
        with archive.open(entry) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise NotSet("What the zip file holds is larger than 20 MB.")
        found[_may_be_kept(_bare(entry), found)] = data
    return found


def _bare(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").rpartition("/")[2]


def _may_be_kept(name: str, found: Mapping[str, bytes]) -> str:
    if name in found:
        raise NotSet(f"The zip file holds {name} twice.")
    if not NAME.fullmatch(name) or name in TAKEN - {FILE}:
        raise NotSet(
            "The zip file holds a file that no setting can name. Leave in it the locality file and "
            "the .csv, .geojson, .json or .toml files that it names, with plain names."
        )
    return name


def pack(settings: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and bytes of what the command line reads: the file alone, or a zip with others."""
    written = as_toml(settings).encode()
    if not files:
        return FILE, written
    return "locality.zip", zipped({FILE: written, **files})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, the same bytes each time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return held.getvalue()
