"""Columns as wide as their longest word, numbers in one piece, rows and short tables kept whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from openhiu.paper import pdf, timeline, word, word_lines
from openhiu.paper.blocks import Block, Document, Figure, Heading, Paragraph, Table
from openhiu.paper.timeline import Task

MINUS = "\N{MINUS SIGN}"


def made(*blocks: Block) -> Document:
    return Document("Title", blocks, date(2026, 10, 1), summary="Summary")


def read(*blocks: Block) -> docx.document.Document:
    return docx.Document(io.BytesIO(word.make(made(*blocks))))


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    """4 cm at the least for the third of equal thirds of 9: the others share 5."""
    assert word_lines.widths_cm((1, 1, 1), (1, 1, 4), 9) == [2.5, 2.5, 4]
    assert word_lines.widths_cm((1, 2), (1, 1), 9) == [3, 6]
    # Widening one makes another too narrow: it is fixed too.
    assert word_lines.widths_cm((1, 1, 1), (1, 2.6, 4), 9) == pytest.approx([2.4, 2.6, 4])
    # More than there is: all give in alike.
    assert word_lines.widths_cm((1, 1), (6, 12), 9) == [3, 6]


def test_a_table_of_word_has_such_columns() -> None:
    rows = (("Larkham and everything around it", "1", "2", f"{MINUS}£122,000 to £297,000"),)
    table = read(Table("T", ("Place", "Leads", "Admissions", "In all"), rows,
                       widths=(9, 0.4, 0.6, 0.6))).tables[0]  # fmt: skip
    widths = [column.width.cm for column in table.columns]
    for place, longest in ((1, "Leads"), (2, "Admissions"), (3, f"{MINUS}£122,000")):
        assert widths[place] >= word_lines.least_cm([longest], 9.0) - 0.01
    assert sum(widths) == pytest.approx(17, abs=0.01)


def test_a_sign_stays_with_its_number_and_a_number_with_its_unit() -> None:
    assert word_lines.kept(f"({MINUS}£27,000 to 2 million)") == (
        f"({MINUS}\N{ZERO WIDTH JOINER}£27,000 to 2\N{NO-BREAK SPACE}million)"
    )
    assert word_lines.kept("120 people") == "120 people"
    [text] = [p.text for p in read(Paragraph(f"range {MINUS}£5")).paragraphs if "range" in p.text]
    assert text == f"range {MINUS}\N{ZERO WIDTH JOINER}£5"


def kept_with_next(table: docx.table.Table) -> list[bool]:
    return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]


def test_a_short_table_stays_whole_and_a_long_one_leaves_no_row_alone() -> None:
    short = Table("T", ("A", "B"), tuple((f"r{n}", n) for n in range(4)))
    long = Table("T", ("A", "B"), tuple((f"r{n}", n) for n in range(30)))
    assert short.short and not long.short
    assert kept_with_next(read(short).tables[0]) == [True] * 4 + [False]
    found = kept_with_next(read(long).tables[0])
    assert found == [True, True, *[False] * 27, True, False]


def test_the_words_between_a_heading_and_its_table_go_overleaf_with_it() -> None:
    table = Table("T", ("A", "B"), (("a", "b"),))
    found = read(Heading("H"), Paragraph("one"), table, Paragraph("two"), table)
    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in found.paragraphs}
    assert (kept["one"], kept["two"]) == (True, False)


def test_a_short_table_is_not_cut_by_the_end_of_a_page() -> None:
    """As many lines above as make it stand where a page ends: it goes overleaf in one piece."""
    table = Table("T", ("A", "B"), tuple((f"row {n}", "x") for n in range(6)))
    for lines in range(34, 44, 2):
        document = made(*[Paragraph(f"line {n}") for n in range(lines)], table)
        assert len(_pages_of_cells(pdf.make(document))) == 1, lines


def _pages_of_cells(made: bytes) -> set[tuple[int, int]]:
    """The pages on which cells of tables stand, as objects of the file."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        found: set[tuple[int, int]] = set()
        for element in _elements(opened.Root.StructTreeRoot):
            if element.get("/S") in ("/TD", "/TH"):
                parts = [element, *_elements(element)]
                found |= {part.Pg.objgen for part in parts if "/Pg" in part}
        return found


def _elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from _elements(kid)


def test_a_tall_picture_leaves_room_for_its_caption_in_word() -> None:
    day = date(2026, 10, 1)
    drawing = timeline.gantt([Task(f"Step {n}", day, day) for n in range(24)])
    assert drawing.height > 2 * drawing.width
    [extent] = read(Figure("f", drawing, "Alt.", "Caption")).element.body.iter(qn("wp:extent"))
    assert int(extent.get("cy")) / 360_000 == pytest.approx(22, abs=0.02)
