"""What a file is: its name and first bytes come in; one of four formats, or a refusal, goes out."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from os import stat_result
from pathlib import Path
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.limits import Limits

_AS_CSV: Final = "in the source system or in Excel, save it as CSV UTF-8 and give that file"
_UNPACK: Final = "unpack it yourself and give the CSV, Parquet or XLSX file inside"

FORMATS: Final[Mapping[str, str]] = {
    ".csv.gz": "csv.gz",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    ".xls": ("an old Excel workbook (.xls), which cuts data at 65,536 rows", _AS_CSV),
    ".xlsm": ("a workbook with macros", "save it as .xlsx or CSV UTF-8, without macros"),
    ".xlsb": ("a binary workbook (.xlsb)", "save it as .xlsx or CSV UTF-8"),
    ".xltx": ("a workbook template", "save it as .xlsx or CSV UTF-8"),
    ".ods": ("an OpenDocument spreadsheet", "save it as .xlsx or CSV UTF-8"),
    ".zip": ("a zip archive", _UNPACK),
    ".7z": ("a 7z archive", _UNPACK),
    ".rar": ("a rar archive", _UNPACK),
    ".tar": ("a tar archive", _UNPACK),
    ".gz": ("packed with gzip but not named .csv.gz", "name it .csv.gz if a CSV file is inside"),
    ".mdb": ("an Access database", _AS_CSV),
    ".accdb": ("an Access database", _AS_CSV),
}
_OTHER: Final = ("a kind of file that is not read here", "give a .csv, .csv.gz, .parquet or .xlsx")

# First bytes -> what the file really is. "" stands for text.
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "a zip archive or workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"PARE", "encrypted Parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_MARKUP: Final = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")
_EXPECTED: Final[Mapping[str, str]] = {
    "csv": "",
    "csv.gz": "gzip",
    "parquet": "Parquet",
    "xlsx": "a zip archive or workbook",
}


def shown_name(path: Path) -> str:
    """The file's name as it may be printed: no control or direction-changing characters."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name)[:200]


def recognise(path: Path, limits: Limits) -> tuple[str, stat_result]:
    """The format of a file and its size and times, read from its name and first bytes only.

    Raises InputNotUsable where it is missing, empty, too large, of another kind, or not what its
    name says.
    """
    name = shown_name(path)
    facts = _regular_file(path, name)
    form = _by_name(path, name)
    if facts.st_size == 0:
        raise InputNotUsable("the file is empty", remedy="ask for it to be sent again", file=name)
    _within_size(form, facts.st_size, limits, name)
    _by_first_bytes(form, _first_bytes(path, name), name)
    return form, facts


def _regular_file(path: Path, name: str) -> stat_result:
    try:
        facts = path.stat()
    except (OSError, ValueError) as error:
        raise InputNotUsable(
            "there is no such file, or it may not be looked at",
            remedy="check the path and who may read it",
            file=name,
        ) from error
    if not stat.S_ISREG(facts.st_mode):
        raise InputNotUsable(
            "it is a folder or a device, not a file", remedy="give the file itself", file=name
        )
    return facts


def _by_name(path: Path, name: str) -> str:
    lower = path.name.lower()
    for ending, form in FORMATS.items():
        if lower.endswith(ending):
            return form
    what, remedy = REFUSED.get(path.suffix.lower(), _OTHER)
    raise InputNotUsable(f"it is {what}", remedy=remedy, file=name)


def _within_size(form: str, size: int, limits: Limits, name: str) -> None:
    most = limits.file_bytes(form)
    if size > most:
        raise InputNotUsable(
            f"the file has {size:,} bytes; at most {most:,} are read",
            remedy="send it in parts, for example one file a month",
            file=name,
        )


def _first_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(512)
    except OSError as error:
        raise InputNotUsable(
            "the file cannot be opened", remedy="check who may read it, and close it in Excel",
            file=name,
        ) from error  # fmt: skip


def _by_first_bytes(form: str, start: bytes, name: str) -> None:
    found = next((what for magic, what in _MAGIC if start.startswith(magic)), "")
    if not found and start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        found = "a web page or XML"
    if found == _EXPECTED[form]:
        return
    if form == "xlsx" and found == "an old or encrypted Office file":
        cause = "the workbook is encrypted with a password, or an old .xls under a new name"
        remedy = "take the password off or save it as CSV UTF-8, and send it by a secure route"
    elif found == "encrypted Parquet":
        cause, remedy = "the file is encrypted Parquet", "send it without column encryption"
    else:
        cause = f"its name says {form} but its content is {found or 'something else'}"
        remedy = "give the file its right ending, or export it again"
    raise InputNotUsable(cause, remedy=remedy, file=name)
