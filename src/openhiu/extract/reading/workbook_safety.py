"""Whether a workbook may be opened at all: its zip parts are looked through before any is trusted.

A path comes in; what the parts say about hidden rows, faulty formulas and the date system goes out,
or a refusal of macros, links, entities, nested archives and bombs.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.limits import Limits
from openhiu.extract.reading.sources import check_unpacked

_STEP: Final = 1 << 20
_OVERLAP: Final = 64
_MOST_DESCRIPTION: Final = 4 << 20
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".tar", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_DECLARATION: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
_SHEET_END: Final = (b"worksheet>", b"worksheet >")
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_DAMAGED: Final = ("the workbook is damaged or was cut off while it was sent",
                   "ask for it to be sent again, or save it as CSV UTF-8")  # fmt: skip
_BOMB: Final = ("its parts are not what an Excel workbook has", "save it again in Excel as .xlsx")
_MACROS: Final = ("it has macros", "save it as .xlsx or CSV UTF-8, without macros")
_LINKS: Final = (
    "it has links to other workbooks, so its values may be out of date",
    "break the links in Excel (Data, Edit Links) or save it as CSV UTF-8",
)
_ENTITIES: Final = ("a part of it declares XML entities, which no workbook needs", _BOMB[1])


@dataclass
class Parts:
    """What the parts of a workbook say, by the name of the part."""

    with_values: set[str] = field(default_factory=set)
    with_hidden: set[str] = field(default_factory=set)
    errors: dict[str, int] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)  # sheet name -> part
    date1904: bool = False


def look_through(path: Path, limits: Limits) -> Parts:
    """Look at every part once, within the limits. Raises InputNotUsable for what is refused."""
    try:
        with zipfile.ZipFile(path) as book:
            _check_directory(book, limits)
            parts = Parts()
            for entry in book.infolist():
                for block in _blocks(book, entry):
                    _check_block(entry.filename, block, parts)
            return _described(book, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise _refusal(_DAMAGED) from error
    except ElementTree.ParseError as error:
        raise _refusal(_DAMAGED) from error


def _refusal(words: tuple[str, str]) -> InputNotUsable:
    return InputNotUsable(words[0], remedy=words[1])


def _check_directory(book: zipfile.ZipFile, limits: Limits) -> None:
    """What the zip says of itself: cheap, and enough to refuse an honest bomb at once."""
    entries = book.infolist()
    if len(entries) > limits.max_entries:
        raise InputNotUsable(
            f"it has {len(entries):,} parts; at most {limits.max_entries:,} are read",
            remedy="save it as CSV UTF-8",
        )
    names = [entry.filename for entry in entries]
    if len(set(map(str.lower, names))) < len(names) or any(map(_is_odd, entries)):
        raise _refusal(_BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputNotUsable(
            "it is encrypted with a password", remedy="take the password off or save it as CSV"
        )
    packed = Path(str(book.filename)).stat().st_size
    check_unpacked(sum(entry.file_size for entry in entries), packed, limits)
    _check_names([name.lower() for name in names])


def _check_names(names: list[str]) -> None:
    refused: tuple[tuple[Callable[[str], bool], tuple[str, str]], ...] = (
        (lambda name: "vbaproject" in name or "/macrosheets/" in name, _MACROS),
        (lambda name: name.startswith("xl/externallinks/"), _LINKS),
        (lambda name: name.endswith(_ARCHIVES) or "/embeddings/" in name,
         ("it has other files embedded in it", "remove them, or save it as CSV UTF-8")),
        (lambda name: name == "xl/workbook.bin",
         ("it is a binary workbook (.xlsb) under another name", "save it as .xlsx or CSV UTF-8")),
    )  # fmt: skip
    for is_refused, words in refused:
        if any(map(is_refused, names)):
            raise _refusal(words)
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise InputNotUsable(
            "its name says xlsx but it is another kind of archive",
            remedy="unpack it, or save the workbook again in Excel as .xlsx",
        )


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """Names that leave the archive, symbolic links, and packing no spreadsheet uses."""
    name = entry.orig_filename
    leaves = name.startswith(("/", "\\")) or ":" in name or "\\" in name or "\0" in name
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return leaves or link or ".." in PurePosixPath(name).parts or entry.compress_type not in _PACKED


def _blocks(book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part in blocks, each preceded by the end of the one before.

    No more is unpacked than the directory says, and reading to the end checks the part against its
    checksum, so a length that lies is found.
    """
    before = b" " * _OVERLAP
    with book.open(entry) as part:
        while block := part.read(_STEP):
            yield before + block
            before = (before + block)[-_OVERLAP:]
    # The parser takes a sheet that stops half way for a short one.
    if _is_sheet(entry.filename.lower()) and not before.rstrip().endswith(_SHEET_END):
        raise _refusal(_DAMAGED)


def _check_block(name: str, block: bytes, parts: Parts) -> None:
    if block[_OVERLAP:].startswith((b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!")):
        raise _refusal(("it has other archives inside", "save it as CSV UTF-8"))
    lower = name.lower()
    if not lower.endswith((".xml", ".rels", ".vml")):
        return
    # UTF-16 would hide what is looked for here; Excel writes UTF-8.
    if b"\0" in block or (b"<!" in block and _DECLARATION.search(block)):
        raise _refusal(_ENTITIES)
    if lower == "[content_types].xml" and b"macroenabled" in block.lower():
        raise _refusal(_MACROS)
    if _is_sheet(lower):
        _note_sheet(lower, block, parts)


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _note_sheet(name: str, block: bytes, parts: Parts) -> None:
    if name not in parts.with_values and _VALUE.search(block):
        parts.with_values.add(name)
    if b' hidden="1"' in block or b' hidden="true"' in block:
        parts.with_hidden.add(name)
    # The overlap is short of an attribute at its very start, so nothing is counted twice.
    errors = block.count(b' t="e"', _OVERLAP - 5)
    if errors:
        parts.errors[name] = parts.errors.get(name, 0) + errors


def _described(book: zipfile.ZipFile, parts: Parts) -> Parts:
    """Which sheet stands in which part, and the date system."""
    workbook = _tree(book, "xl/workbook.xml")
    targets = {
        link.get("Id", ""): link.get("Target", "")
        for link in _tree(book, "xl/_rels/workbook.xml.rels")
    }
    sheets: dict[str, str] = {}
    for element in workbook.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            link = next((v for k, v in element.items() if k.endswith("}id")), "")
            target = targets.get(link, "").lower()
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets[element.get("name", "")] = part
        elif tag == "workbookPr":
            parts.date1904 = element.get("date1904", "0") in ("1", "true")
    parts.sheets = sheets
    return parts


def _tree(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    actual = next(entry for entry in book.infolist() if entry.filename.lower() == name)
    if actual.file_size > _MOST_DESCRIPTION:
        raise _refusal(_BOMB)
    # Declarations and entities were refused before: nothing is left for XML to expand.
    return ElementTree.fromstring(book.read(actual))  # noqa: S314 - every part was searched for declarations before
