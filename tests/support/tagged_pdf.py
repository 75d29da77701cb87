"""A tagged PDF as a screen reader meets it: its bytes come in; headings, tables, pictures and words
in reading order go out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_HEADING = re.compile(r"/H([1-6])")
Spoken = dict[tuple[tuple[int, int], int], str]  # by page and number of the marked piece


@dataclass(frozen=True)
class Tag:
    """One element of the structure: its kind, alternative text and the words in it."""

    kind: str
    alt: str
    words: str


@dataclass(frozen=True)
class TaggedPdf:
    """What of a PDF is not a matter of looks."""

    title: str
    language: str
    marked: bool
    pages: int
    tags: tuple[Tag, ...]
    words: str
    fonts: tuple[str, ...]
    outline: tuple[str, ...]

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Level and words of each heading."""
        found = ((_HEADING.fullmatch(tag.kind), tag.words) for tag in self.tags)
        return tuple((int(match[1]), words) for match, words in found if match)

    def of_kind(self, kind: str) -> list[Tag]:
        """The elements of one kind ("/Figure")."""
        return [tag for tag in self.tags if tag.kind == kind]


def read_pdf(made: bytes) -> TaggedPdf:
    """Read a PDF. Raises AssertionError where it has no structure at all."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "/StructTreeRoot" in opened.Root, "the PDF is not tagged"
        spoken, fonts = _spoken(opened)
        elements = list(_elements(opened.Root.StructTreeRoot.K))
        tags = tuple(
            Tag(str(one.S), str(one.get("/Alt", "")), _words(one, spoken)) for one in elements
        )
        with opened.open_outline() as outline:
            named = tuple(_outlined(outline.root))
        return TaggedPdf(
            title=str(opened.docinfo.get("/Title", "")),
            language=str(opened.Root.get("/Lang", "")),
            marked=bool(opened.Root.get("/MarkInfo", {}).get("/Marked", False)),
            pages=len(opened.pages),
            tags=tags,
            words=" ".join(spoken.values()),
            fonts=tuple(sorted(fonts)),
            outline=named,
        )


def _outlined(entries: Any) -> Iterator[str]:
    for entry in entries:
        yield str(entry.title)
        yield from _outlined(entry.children)


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _elements(node.K)


def _words(element: Any, spoken: Spoken, page: Any = None) -> str:
    """The words of an element and of everything in it."""
    page = element.get("/Pg", page)
    found = []
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            found.append(spoken.get((page.objgen, child), ""))
        elif isinstance(child, pikepdf.Dictionary) and "/MCID" in child:
            found.append(spoken.get((child.get("/Pg", page).objgen, int(child.MCID)), ""))
        elif isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found.append(_words(child, spoken, page))
    return " ".join(" ".join(found).split())


def _spoken(opened: pikepdf.Pdf) -> tuple[Spoken, set[str]]:
    spoken: Spoken = {}
    fonts: set[str] = set()
    for page in opened.pages:
        named = dict(page.Resources.get("/Font", {}).items())
        fonts |= {str(font.BaseFont) for font in named.values()}
        letters = {name: _letters(font) for name, font in named.items()}
        for number, text in _pieces(page, letters):
            at = (page.objgen, number)
            spoken[at] = f"{spoken.get(at, '')}{text}"
    return spoken, fonts


def _pieces(page: Any, letters: dict[str, dict[bytes, str]]) -> Iterator[tuple[int, str]]:
    """The texts of a page, each under the number of the marked piece that it stands in."""
    inside: list[int | None] = []
    font: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                marked = operands[1]
                known = isinstance(marked, pikepdf.Dictionary) and "/MCID" in marked
                inside.append(int(marked.MCID) if known else None)
            case "BMC":
                inside.append(None)
            case "EMC":
                inside.pop()
            case "Tf":
                font = letters.get(str(operands[0]), {})
            case "Tj" | "TJ":
                number = next((one for one in reversed(inside) if one is not None), None)
                if number is not None:
                    yield number, _text(operands[0], font)
            case "BT" | "T*" | "ET":
                number = next((one for one in reversed(inside) if one is not None), None)
                if number is not None:
                    yield number, " "


def _text(shown: Any, font: dict[bytes, str]) -> str:
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    found = []
    for part in parts:
        if isinstance(part, pikepdf.String):
            data = bytes(part)
            found += [font.get(data[at : at + 2], "") for at in range(0, len(data), 2)]
    return "".join(found)


def _letters(font: Any) -> dict[bytes, str]:
    """What each two-byte code of a font stands for, from its ToUnicode table."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in _PAIR.findall(block):
            found[bytes.fromhex(code)] = _decoded(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, texts in _RANGE.findall(block):
            found |= _of_range(int(first, 16), int(last, 16), texts)
    return found


def _of_range(first: int, last: int, texts: str) -> dict[bytes, str]:
    codes = [code.to_bytes(2, "big") for code in range(first, last + 1)]
    if texts.startswith("["):
        return dict(zip(codes, map(_decoded, re.findall(r"<(\w+)>", texts)), strict=False))
    start = ord(_decoded(texts.strip("<>")))
    return {code: chr(start + step) for step, code in enumerate(codes)}


def _decoded(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be")
