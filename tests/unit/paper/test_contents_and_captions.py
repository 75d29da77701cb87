"""A long document: contents, numbered captions, forms and a marking, the same in every format."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pdfua
import pikepdf
import pytest
from docx.oxml.ns import qn

from openhiu.paper import captions, pdf, webpage, word
from openhiu.paper.blocks import (
    Contents,
    Document,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from support.paper_document import HOSTILE, made_figure, made_table

STUMBLES = {"UA-14-001"}  # one rule of the checker stumbles over pikepdf 10.17


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(
        "A long document",
        (
            Contents(depth=4),
            PageBreak(),
            Heading("1 Needs"),
            made_table(),
            Heading("1.1 Here", 3),
            Table("", ("A", "B"), (("no caption", 1),)),
            made_figure(),
            Heading(f"1.1.1 {HOSTILE}", 4),
            Fields("Who decides", (("Number", "HIU-1"), (HOSTILE, f"One.\n{HOSTILE}")), note="So."),
            PageBreak(),
            Heading("2 Outcomes"),
            replace(made_table(), caption="Another table"),
            Paragraph("The end."),
        ),
        date(2026, 10, 1),
        organisation="Example care board",
        numbered=True,
        marking="DRAFT · INTERNAL",
    )


@pytest.fixture(scope="module")
def made(document: Document) -> bytes:
    return word.make(document)


@pytest.fixture(scope="module")
def read(made: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(made))


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    return webpage.make(document).decode()


@pytest.fixture(scope="module")
def printed(document: Document) -> bytes:
    return pdf.make(document)


def texts(body: Any) -> list[str]:
    """Every paragraph, those of the table of contents too."""
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


HEADINGS = ["1 Needs", "1.1 Here", f"1.1.1 {HOSTILE}", "2 Outcomes"]


def test_each_caption_is_numbered_in_its_own_row_of_numbers(document: Document) -> None:
    found = captions.labels(document)
    assert [label for label in found if label] == ["Table 1", "Figure 1", "Table 2", "Table 3"]
    assert found[5] == ""  # a table without a caption has no number
    assert not any(captions.labels(replace(document, numbered=False)))


def test_word_counts_the_captions_itself(read: docx.document.Document) -> None:
    found = [p for p in read.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in found] == [
        "Table 1: What was expected", "Figure 1: Before and now",
        "Figure 1 in numbers: What was expected", "Table 2: Who decides", "Table 3: Another table",
    ]  # fmt: skip
    fields = [p._p.findall(f".//{qn('w:instrText')}") for p in found]
    said = [field[0].text.split()[:2] if field else [] for field in fields]
    assert said == [["SEQ", "Table"], ["SEQ", "Figure"], [], ["SEQ", "Table"], ["SEQ", "Table"]]


def test_the_contents_of_word_are_its_own_field_with_its_entries_there(
    read: docx.document.Document,
) -> None:
    [box] = read.element.body.iter(qn("w:sdt"))
    assert texts(box) == HEADINGS
    kinds = [one.get(qn("w:fldCharType")) for one in box.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    [instruction] = box.iter(qn("w:instrText"))
    assert instruction.text.split() == ["TOC", "\\o", '"2-4"', "\\h", "\\z"]
    assert [p.get(qn("w:val")) for p in box.iter(qn("w:pStyle"))] == [
        "TOC2",
        "TOC3",
        "TOC4",
        "TOC2",
    ]


def test_an_entry_leads_to_its_heading(read: docx.document.Document) -> None:
    wanted = [one.get(qn("w:anchor")) for one in read.element.body.iter(qn("w:hyperlink"))]
    marks = list(read.element.body.iter(qn("w:bookmarkStart")))
    there = {one.get(qn("w:name")): "".join(t.text for t in one.getparent().iter(qn("w:t")))
             for one in marks}  # fmt: skip
    assert [there[name] for name in wanted] == HEADINGS
    assert len({one.get(qn("w:id")) for one in marks}) == len(marks)


def test_nothing_asks_to_be_updated_when_it_is_opened(read: docx.document.Document) -> None:
    assert read.settings.element.find(qn("w:updateFields")) is None
    assert not [one for one in read.element.body.iter(qn("w:fldChar")) if one.get(qn("w:dirty"))]


def test_the_title_of_the_contents_is_not_in_them(read: docx.document.Document) -> None:
    [title] = [p for p in read.paragraphs if p.text == "Contents"]
    assert title.style.name == "TOC Heading"
    headings = [p.text for p in read.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["A long document", *HEADINGS]


def test_a_form_has_its_questions_in_a_heading_column(
    read: docx.document.Document, page: str
) -> None:
    form = read.tables[3]
    assert [[cell.text for cell in row.cells] for row in form.rows] == [
        ["Item", "Details"], ["Number", "HIU-1"], [HOSTILE, f"One.\n{HOSTILE}"],
    ]  # fmt: skip
    assert form.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(run.bold for cell in form.columns[0].cells for run in cell.paragraphs[0].runs)
    assert '<th scope="row" class="nhsuk-table__header">Number</th>' in page


def test_columns_are_as_wide_for_libreoffice_as_for_word(read: docx.document.Document) -> None:
    for table in read.tables:
        assert [column.width for column in table.columns] == [c.width for c in table.rows[0].cells]


def test_every_page_says_what_it_is(read: docx.document.Document, page: str) -> None:
    assert read.sections[0].header.paragraphs[0].text == "DRAFT · INTERNAL"
    assert '<p class="paper-marking">DRAFT · INTERNAL</p>' in page


def test_the_contents_of_the_page_are_links_that_arrive(page: str) -> None:
    [nav] = re.findall(r'<nav class="paper-contents".*?</nav>', page, re.DOTALL)
    links = re.findall(r'href="#([^"]+)"', nav)
    there = re.findall(r'<h[2-4][^>]* id="([^"]+)"', page)
    assert len(links) == 4
    assert links == there
    assert "<script>" not in page


def test_the_numbers_are_the_same_on_the_page(page: str) -> None:
    """Twice for a table that can be scrolled: its frame is named as well."""
    assert re.findall(r"(?:Table|Figure) \d(?: in numbers)?:", page) == [
        "Table 1:", "Table 1:", "Figure 1:", "Figure 1 in numbers:", "Figure 1 in numbers:",
        "Table 2:", "Table 3:", "Table 3:",
    ]  # fmt: skip


def elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def test_a_checker_of_accessibility_finds_nothing_in_it(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(printed)
    ran = [one for one in pdfua.validate(str(path)).outcomes if one.rule_id not in STUMBLES]
    assert [(one.rule_id, one.findings) for one in ran if one.findings] == []


def test_the_contents_of_the_pdf_are_tagged_and_its_outline_names_the_headings(
    printed: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(printed)) as opened:
        tags = [str(found.S) for found in elements(opened.Root.StructTreeRoot.K)]
        assert tags.count("/TOCI") == 4
        assert tags.count("/H4") == 1
        with opened.open_outline() as outline:
            [root] = outline.root
            assert [str(one.title) for one in root.children] == ["1 Needs", "2 Outcomes"]


def test_the_same_long_document_is_the_same_file(
    document: Document, made: bytes, printed: bytes
) -> None:
    assert word.make(document) == made
    assert pdf.make(document) == printed


def test_a_short_document_is_as_it_was() -> None:
    """Neither a new style sheet nor a bookmark where nobody asked for contents."""
    short = Document("Short", (Heading("One"), made_table()), date(2026, 1, 1))
    assert "paper-contents" not in webpage.make(short).decode()
    assert " id=" not in webpage.make(short).decode()
    read = docx.Document(io.BytesIO(word.make(short)))
    assert list(read.element.body.iter(qn("w:bookmarkStart"))) == []
    assert read.sections[0].header.is_linked_to_previous


def test_contents_of_nothing_are_a_title() -> None:
    empty = Document("Nothing", (Contents(),), date(2026, 1, 1))
    assert "Contents" in [p.text for p in docx.Document(io.BytesIO(word.make(empty))).paragraphs]
    assert pdf.make(empty).startswith(b"%PDF-")


def test_a_short_form_stays_together_and_a_long_one_may_go_on_overleaf() -> None:
    short = Fields("Short", (("A", "one"), ("B", "two")))
    long = Fields("Long", (("A", "word " * 400),))
    assert (short.short, long.short) == (True, False)
    made = Document("Forms", (short, long), date(2026, 1, 1))
    tables = docx.Document(io.BytesIO(word.make(made))).tables
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        for table in tables
    ]
    assert kept == [[True, True, None], [None, None]]
