"""A Word file as python-docx reads it and as LibreOffice understood it: bytes come in; its
headings, tables, pictures, captions, contents and words go out, in one shape.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn

Headings = tuple[tuple[int, str], ...]
_NS: Final = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}


@dataclass(frozen=True)
class WordSeen:
    """One reading. `tables` pairs the words of the first row with whether it is a header row;
    `contents` are the entries of its table of contents, None where it has none. `captions` and
    `fonts` are empty where this reading cannot know them.
    """

    headings: Headings
    tables: tuple[tuple[str, bool], ...]
    pictures: tuple[str, ...]
    captions: tuple[str, ...]
    contents: tuple[str, ...] | None
    words: tuple[str, ...]
    fonts: frozenset[str]
    language: str
    title: str


def as_word(made: bytes) -> WordSeen:
    """By the XML alone, as python-docx reads it."""
    read = docx.Document(io.BytesIO(made))
    paragraphs = [(p.style.name or "", p.text) for p in read.paragraphs]
    headings = tuple(
        (int(style.split()[-1]), text) for style, text in paragraphs if style.startswith("Heading ")
    )
    body = read.element.body
    contents = tuple(_contents(body))
    return WordSeen(
        headings=headings,
        tables=tuple(map(_table, read.tables)),
        pictures=tuple(str(found.get("descr") or "") for found in body.iter(qn("wp:docPr"))),
        captions=tuple(text for style, text in paragraphs if style == "Caption"),
        contents=contents if contents or _has_contents(body) else None,
        words=tuple(_paragraphs(read)),
        fonts=frozenset(_fonts(read)),
        language=read.core_properties.language,
        title=read.core_properties.title,
    )


def _table(table: Any) -> tuple[str, bool]:
    first = table.rows[0]
    properties = first._tr.trPr
    head = properties is not None and properties.find(qn("w:tblHeader")) is not None
    return " | ".join(cell.text for cell in first.cells), head


def _contents(body: Any) -> Iterator[str]:
    """The entries of a table of contents, which stands in a box of its own."""
    for paragraph in body.iter(qn("w:p")):
        styles = {str(found.get(qn("w:val"))) for found in paragraph.iter(qn("w:pStyle"))}
        if any(style.startswith("TOC") and style[3:].isdigit() for style in styles):
            yield "".join(found.text or "" for found in paragraph.iter(qn("w:t")))


def _has_contents(body: Any) -> bool:
    return any("TOC " in (found.text or "") for found in body.iter(qn("w:instrText")))


def _paragraphs(read: Any) -> Iterator[str]:
    """Every paragraph, those in cells, notes and footers too."""
    parts = [read.element.body, *(section.footer._element for section in read.sections),
             *(section.header._element for section in read.sections)]  # fmt: skip
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            yield "".join(found.text or "" for found in paragraph.iter(qn("w:t")))


def _fonts(read: Any) -> Iterator[str]:
    """The typefaces that are named in the words themselves and in the styles they are set in."""
    body = read.element.body
    used = {found.get(qn("w:val")) for found in body.iter(qn("w:pStyle"), qn("w:rStyle"))}
    styles = [style.element for style in read.styles
              if style.style_id in used or style.name == "Normal"]  # fmt: skip
    for part in (body, *styles):
        for found in part.iter(qn("w:rFonts")):
            if name := found.get(qn("w:ascii")):
                yield name


def as_libreoffice(flat: bytes) -> WordSeen:
    """As LibreOffice understood the file."""
    root = ElementTree.fromstring(flat)
    body = root.find("office:body/office:text", _NS)
    assert body is not None
    index = body.find(".//text:table-of-content", _NS)
    return WordSeen(
        headings=tuple(
            (int(found.get(_name("text", "outline-level")) or 0), _said(found))
            for found in body.iter(_name("text", "h")) if _said(found)
        ),
        tables=tuple(_flat_table(found) for found in body.iter(_name("table", "table"))),
        pictures=tuple(_alt(found) for found in body.iter(_name("draw", "frame"))
                       if found.find("draw:image", _NS) is not None),
        captions=(),
        contents=None if index is None else tuple(
            filter(None, (_said(p) for p in index.iterfind("text:index-body//text:p", _NS)))
        ),
        words=tuple(_said(p) for p in body.iter(_name("text", "p"))),
        fonts=frozenset(),
        language="",
        title=root.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "",
    )  # fmt: skip


def _name(space: str, tag: str) -> str:
    return f"{{{_NS[space]}}}{tag}"


def _said(element: ElementTree.Element) -> str:
    """The words of an element; a run of spaces or a tab is one element of its own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in (_name("text", "s"), _name("text", "tab"), _name("text", "line-break")):
            parts.append(" ")
        elif child.tag != _name("draw", "frame"):
            parts.append(_said(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _flat_table(table: ElementTree.Element) -> tuple[str, bool]:
    head = table.find("table:table-header-rows/table:table-row", _NS)
    first = head if head is not None else table.find(".//table:table-row", _NS)
    cells = [] if first is None else first.findall("table:table-cell", _NS)
    return " | ".join(" ".join(map(_said, cell)) for cell in cells), head is not None


def _alt(frame: ElementTree.Element) -> str:
    return frame.findtext("svg:desc", default="", namespaces=_NS)
