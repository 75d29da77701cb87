"""The checks see what is wrong: a header row taken away, a picture without words, another
typeface, a gap in a footer or a cell.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from openhiu.paper import pdf, word
from support.office import WHY_NOT, opened, soffice
from support.paper_document import made_document
from support.placeholders import gaps_in
from support.tagged_pdf import read_pdf
from support.word_seen import as_libreoffice, as_word


def spoiled(how: Callable[[Any], None]) -> bytes:
    """The document with every kind of block, after somebody did this to it."""
    read = docx.Document(io.BytesIO(word.make(made_document())))
    how(read)
    buffer = io.BytesIO()
    read.save(buffer)
    return buffer.getvalue()


def without_header(read: Any) -> None:
    properties = read.tables[0].rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:tblHeader")))


def without_words(read: Any) -> None:
    read.inline_shapes[0]._inline.docPr.set("descr", "")


def with_a_gap(read: Any) -> None:
    read.tables[0].rows[1].cells[0].paragraphs[0].add_run(" <<insert>>")
    read.sections[0].footer.paragraphs[0].add_run(" TBC")


def in_another_typeface(read: Any) -> None:
    read.paragraphs[0].runs[0].font.name = "Comic Sans MS"


def test_a_table_without_header_row_is_seen() -> None:
    heads = [head for _, head in as_word(spoiled(without_header)).tables]
    assert heads == [False, True]


def test_a_picture_without_words_is_seen() -> None:
    assert as_word(spoiled(without_words)).pictures == ("",)


def test_a_gap_in_a_cell_or_a_footer_is_seen() -> None:
    before = gaps_in(as_word(word.make(made_document())).words)
    after = gaps_in(as_word(spoiled(with_a_gap)).words)
    found = [gap for gap in after if gap not in before]
    assert len(found) >= 3  # <<, insert, >> and TBC
    assert any("TBC" in gap for gap in found)


def test_another_typeface_is_seen() -> None:
    assert "Comic Sans MS" in as_word(spoiled(in_another_typeface)).fonts


def test_words_of_a_pdf_are_read_where_they_stand() -> None:
    read = read_pdf(pdf.make(made_document()))
    assert read.headings == ((1, "Did it help?"), (2, "In short"), (2, "Method"), (3, "In detail"))
    assert "{{ 7*7 }}" in read.words  # ours, to try the writers: a gap in any other document
    assert gaps_in([read.words])
    assert [tag.words for tag in read.of_kind("/TH")][:2] == ["Outcome", "Expected"]


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_sees_the_same_faults(tmp_path: Any) -> None:
    if soffice() is None:
        pytest.skip(WHY_NOT)
    files = {"head": spoiled(without_header), "alt": spoiled(without_words)}
    made = opened(files, tmp_path)
    assert [head for _, head in as_libreoffice(made["head"].flat).tables] == [False, True]
    assert as_libreoffice(made["alt"].flat).pictures == ("",)
