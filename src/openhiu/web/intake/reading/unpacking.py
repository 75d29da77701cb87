"""Uploaded files, or one zip of them, become the named bytes of a list's folder.

Names come from a short allowlist; sizes, ratios and entries are limited before a byte is unpacked.
"""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Final

from openhiu.web.intake.reading import limits
from openhiu.web.intake.reading.faults import Fault, NotUsable

_ZIP: Final = b"PK\x03\x04"
_PARQUET: Final = b"PAR1"
_AGAIN: Final = "Upload the folder that hiu identify wrote, as a zip file or as its files"


def unpack(files: dict[str, Path]) -> dict[str, bytes]:
    """The files of the list by their names.

    Args:
        files: what was uploaded: the name it was given, and where it lies.

    Raises:
        NotUsable: too large, damaged, not a list's files, or not what their names say.
    """
    _check_size(files)
    if len(files) == 1 and next(iter(files)).lower().endswith(".zip"):
        found = _unzip(next(iter(files.values())).read_bytes())
    else:
        found = {}
        for name, path in files.items():
            _keep(found, name, path.read_bytes)
    for name, data in found.items():
        _check_kind(name, data)
    if not found:
        raise NotUsable(Fault("There is no file of a list in what was uploaded", _AGAIN))
    return found


def _check_size(files: dict[str, Path]) -> None:
    if not files:
        raise NotUsable(Fault("Nothing was uploaded", _AGAIN))
    if sum(path.stat().st_size for path in files.values()) > limits.MOST_UPLOADED:
        raise NotUsable(
            Fault(
                f"The upload is larger than {limits.MOST_UPLOADED // 1024**2} MB",
                "Leave out list.xlsx and history.parquet, which are not needed",
            )
        )


def _unzip(data: bytes) -> dict[str, bytes]:
    if not data.startswith(_ZIP):
        raise NotUsable(Fault("The file is called .zip but is not one", _AGAIN))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            found: dict[str, bytes] = {}
            for entry in entries:
                _keep(found, entry.filename, lambda entry=entry: _read(archive, entry))
            return found
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as damage:
        raise NotUsable(Fault("The zip file is damaged or arrived in part", _AGAIN)) from damage


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.MOST_ENTRIES:
        raise NotUsable(Fault(f"The zip file holds more than {limits.MOST_ENTRIES} files", _AGAIN))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise NotUsable(Fault("The zip file is locked with a password", "Upload it without one"))
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise NotUsable(Fault("The zip file holds a link to another file", _AGAIN))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    steep = unpacked > limits.RATIO_COUNTS_FROM and unpacked / packed > limits.MOST_RATIO
    if unpacked > limits.MOST_UNPACKED or steep:
        raise NotUsable(Fault("The zip file unpacks to more than a list can be", _AGAIN))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it declared."""
    with archive.open(entry) as packed:
        data = packed.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile("an entry is not as long as it says")
    return data


def _keep(found: dict[str, bytes], given: str, read: object) -> None:
    """Put a file among those found, when its name is one of a list's; litter is passed over."""
    parts = given.replace("\\", "/").split("/")
    name = parts[-1].lower()
    if "__MACOSX" in parts or name in limits.LITTER or name.startswith("._"):
        return
    if name.endswith(".zip"):
        raise NotUsable(Fault("There is a zip file inside or beside others", _AGAIN))
    if ".." in parts or given.startswith("/") or name not in limits.READ | limits.NOT_READ:
        raise NotUsable(Fault("One of the files is not of a list made by hiu identify", _AGAIN))
    if name in found:
        raise NotUsable(Fault("The same file is there twice", _AGAIN, file=name))
    found[name] = read()  # type: ignore[operator]


def _check_kind(name: str, data: bytes) -> None:
    """The content must be what the name says."""
    kind = name.rpartition(".")[2]
    if not data:
        raise NotUsable(Fault("the file is empty", _AGAIN, file=name))
    right = {
        "csv": b"\0" not in data and not data.startswith((_ZIP, _PARQUET)),
        "json": data.lstrip().startswith(b"{"),
        "parquet": data.startswith(_PARQUET) and data.endswith(_PARQUET),
        "xlsx": data.startswith(_ZIP),
    }[kind]
    if not right:
        raise NotUsable(Fault("the content is not what the name says", _AGAIN, file=name))
