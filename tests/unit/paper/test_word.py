"""The Word document: real headings, header rows, alternative text, British English, same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn

from openhiu.paper import word
from openhiu.paper.blocks import Document
from support.paper_document import HOSTILE, made_document


@pytest.fixture(scope="module")
def document() -> Document:
    return made_document()


@pytest.fixture(scope="module")
def made(document: Document) -> bytes:
    return word.make(document)


@pytest.fixture(scope="module")
def read(made: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(made))


def test_headings_are_headings_and_none_is_skipped(read: docx.document.Document) -> None:
    found = [(p.style.name, p.text) for p in read.paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "Did it help?"), ("Heading 2", "In short"), ("Heading 2", "Method"),
        ("Heading 3", "In detail"),
    ]  # fmt: skip


def test_every_word_is_in_it_as_it_was_written(read: docx.document.Document) -> None:
    texts = [paragraph.text for paragraph in read.paragraphs]
    assert f"Lead. {HOSTILE}" in texts
    assert {"One line.", "Another line.", HOSTILE, "“It helped.”"} <= set(texts)
    cells = [cell.text for row in read.tables[0].rows for cell in row.cells]
    assert cells[:8] == [
        "Outcome", "Expected", "Happened", "Range", "A&E attendances", "704.2", "560", "3 to 40",
    ]  # fmt: skip
    assert "–" in cells  # noqa: RUF001 - nothing known
    assert "\N{MINUS SIGN}2.0" in cells


def test_the_header_row_of_a_table_repeats_and_the_table_has_a_name(
    read: docx.document.Document,
) -> None:
    assert len(read.tables) == 2
    for table in read.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What was expected"


def test_a_picture_is_told_in_words(read: docx.document.Document) -> None:
    [shape] = read.inline_shapes
    assert shape._inline.docPr.get("descr") == f"Two bars. {HOSTILE}"


def test_it_is_in_british_english_and_names_nobody(read: docx.document.Document) -> None:
    languages = {lang.get(qn("w:val")) for lang in read.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    properties = read.core_properties
    assert properties.language == "en-GB"
    assert properties.title == "Did it help?"
    assert properties.author == "Example HIU service"
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == datetime(2026, 10, 1)


def test_the_footer_has_the_facts_of_the_run(read: docx.document.Document) -> None:
    footer = read.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("OpenHIU · data up to 30 September 2026 · Page ")
    assert "PAGE" in footer._p.xml


def test_the_same_document_is_the_same_file(document: Document, made: bytes) -> None:
    assert word.make(document) == made
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_a_new_page_begins_with_the_heading_itself(read: docx.document.Document) -> None:
    breaking = [p.text for p in read.paragraphs if p.paragraph_format.page_break_before]
    assert breaking == ["Method"]
    assert "w:br " not in read.element.xml
