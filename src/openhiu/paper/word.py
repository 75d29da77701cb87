"""A document becomes a Word file a team can edit before its board: real headings, header rows that
repeat, alternative text, British English, and the same bytes every time.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours, word_fields, word_lines
from openhiu.paper.blocks import (
    Block,
    Bullets,
    Contents,
    Correspondence,
    Document,
    EasyRead,
    Fields,
    Figure,
    Heading,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Verdict,
)
from openhiu.paper.captions import behind, labels
from openhiu.paper.package import repack

if TYPE_CHECKING:
    from openhiu.paper.word_parts import Parts

_WIDTH_CM: Final = 17.0
_LETTER: Final = 12.0  # points
_LARGE: Final = 16.0


def make(document: Document) -> bytes:
    """The .docx file."""
    import docx  # no other verb needs it

    from openhiu.paper.word_parts import Parts

    word = docx.Document()
    _drop_thumbnail(word.part.package)
    parts = Parts(word)
    parts.prepare(document.language, document.points or (_LETTER if document.letter else None))
    _properties(word, document)
    parts.footer(" · ".join(document.facts), document.points if document.points >= _LARGE else 8)
    if document.marking:
        parts.marking(document.marking)
    if document.letter:
        _letter_head(parts, document.letter)
    elif document.organisation:
        parts.paragraph(document.organisation, colour=colours.BLUE, bold=True)
    word.add_heading(document.title, level=1)
    if document.subtitle:
        parts.paragraph(document.subtitle, colour=colours.SECONDARY_TEXT)
    _blocks(parts, document)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _blocks(parts: Parts, document: Document) -> None:
    breaking = False
    if document.contents:
        parts.places = word_fields.places(document.blocks, document.contents)
    leading = _leading_to_a_table(document.blocks)
    for at, (block, label) in enumerate(zip(document.blocks, labels(document), strict=True)):
        if isinstance(block, PageBreak):
            breaking = True
            continue
        parts.label = label
        with parts.on_a_new_page(wanted=breaking):
            _WRITERS[type(block)](parts, block)
        if at in leading:
            parts.word.paragraphs[-1].paragraph_format.keep_with_next = True
        breaking = False


def _leading_to_a_table(blocks: Sequence[Block]) -> set[int]:
    """Paragraphs between a heading and a table: they go overleaf with it."""
    threes = zip(blocks, blocks[1:], blocks[2:], strict=False)
    return {
        at for at, (before, one, after) in enumerate(threes, start=1)
        if isinstance(before, Heading) and isinstance(one, Paragraph)
        and isinstance(after, Table | Fields)
    }  # fmt: skip


def marked(content: bytes, words: str) -> bytes:
    """A Word file of ours with a line at the top of every page that says what it is."""
    import docx

    word = docx.Document(io.BytesIO(content))
    for section in word.sections:
        header = section.header
        header.is_linked_to_previous = False
        header.paragraphs[0].add_run(words).bold = True
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _letter_head(parts: Parts, letter: Correspondence) -> None:
    """Who writes on the right; the address where the window of an envelope is; the day."""
    for place, line in enumerate(letter.sender):
        parts.on_the_right(line, bold=place == 0)
    if letter.to:
        parts.in_the_window(letter.to)
    if letter.day:
        parts.paragraph(letter.day)


def _properties(word: Any, document: Document) -> None:
    """Nobody's name and no clock: the same document is the same file."""
    properties = word.core_properties
    day = document.made_for
    at = datetime(day.year, day.month, day.day)
    properties.title, properties.subject = document.title, document.summary or document.title
    author = "" if document.letter else document.organisation
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = at
    properties.language, properties.comments = document.language, ""
    properties.revision = 1


def _drop_thumbnail(package: Any) -> None:
    """The library's template carries a picture of another document."""
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _heading(parts: Parts, block: Heading) -> None:
    parts.heading(block)


def _contents(parts: Parts, block: Contents) -> None:
    word_fields.contents(parts.word, block, parts.places)


def _paragraph(parts: Parts, block: Paragraph) -> None:
    colour = colours.SECONDARY_TEXT if block.small else None
    parts.paragraph(block.text, lead=block.lead, colour=colour, points=9 if block.small else None)


def _verdict(parts: Parts, block: Verdict) -> None:
    strong = block.strong % len(block.lines)
    for place, line in enumerate(block.lines):
        made = parts.paragraph(line, points=12, bold=place == strong)
        parts.shade(made, colours.PALE_BLUE, edge=colours.BLUE)


def _key_figures(parts: Parts, block: KeyFigures) -> None:
    """One paragraph each: a table would be read out as one, and these are not rows."""
    for figure in block.figures:
        made = parts.paragraph(f" {figure.words}", lead=figure.value, bold=True)
        made.runs[0].font.size = parts.points(18)
        if figure.basis:
            parts.paragraph(figure.basis, colour=colours.SECONDARY_TEXT, points=9)


def _bullets(parts: Parts, block: Bullets) -> None:
    for item in block.items:
        parts.word.add_paragraph(
            word_lines.kept(item), style="List Number" if block.numbered else "List Bullet"
        )


def _table(parts: Parts, block: Table) -> None:
    parts.caption(block.caption, label=parts.label)
    parts.table(block, _WIDTH_CM)
    if block.note:
        parts.paragraph(block.note, colour=colours.SECONDARY_TEXT, points=9)


def _figure(parts: Parts, block: Figure) -> None:
    parts.picture(block, _WIDTH_CM)
    parts.caption(block.caption, after=True, label=parts.label)
    if block.table is not None and block.data_in_print:
        named = replace(block.table, caption=behind(parts.label, block.table.caption))
        parts.label = ""
        _table(parts, named)


def _fields(parts: Parts, block: Fields) -> None:
    parts.caption(block.caption, label=parts.label)
    parts.form(block, _WIDTH_CM)
    if block.note:
        parts.paragraph(block.note, colour=colours.SECONDARY_TEXT, points=9)


def _note(parts: Parts, block: Note) -> None:
    edge = colours.WARM_YELLOW if block.warning else colours.GREY
    for text, bold in ((block.title, True), *((line, False) for line in block.lines)):
        if text:
            parts.shade(parts.paragraph(text, bold=bold), "#FFFFFF", edge=edge)


def _quote(parts: Parts, block: Quote) -> None:
    parts.word.add_paragraph(f"“{block.words}”", style="Quote")
    if block.source:
        parts.paragraph(block.source, colour=colours.SECONDARY_TEXT, points=9)


def _easy_read(parts: Parts, block: EasyRead) -> None:
    """A picture above its sentence: a table would be read out as one."""
    for row in block.rows:
        if row.picture is not None:
            parts.small_picture(row.picture, row.alt)
        parts.paragraph(row.words).paragraph_format.space_after = parts.points(14)


_WRITERS: Final[dict[type[Block], Callable[[Parts, Any], None]]] = {
    Heading: _heading, Paragraph: _paragraph, Verdict: _verdict, KeyFigures: _key_figures,
    Bullets: _bullets, Table: _table, Figure: _figure, Note: _note, Quote: _quote,
    EasyRead: _easy_read, Contents: _contents, Fields: _fields,
}  # fmt: skip
