"""Every document opens in Word, LibreOffice and a PDF reader as what it is: its headings in order,
tables with header rows, pictures in words, one typeface, and nowhere a gap that was not filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest

from openhiu.paper import pdf, word
from openhiu.paper.blocks import Contents, Document, EasyRead, Fields, Figure, Heading, Table
from support.every_document import KINDS, documents
from support.office import WHY_NOT, Opened, opened, soffice
from support.placeholders import gaps_in
from support.tagged_pdf import TaggedPdf, read_pdf
from support.word_seen import Headings, WordSeen, as_libreoffice, as_word

MOST_PAGES = 40
LEAST_ALT = 40  # letters: a chart is more than its name
WORD_FONTS = {"Arial"}
EACH = pytest.mark.parametrize("kind", KINDS)
# One office for all of them: starting it takes longer than a document.
ONE_OFFICE = pytest.mark.xdist_group("libreoffice")


@dataclass(frozen=True)
class Made:
    """One document with its files."""

    stem: str
    document: Document
    docx: bytes
    pdf: bytes

    @property
    def word(self) -> WordSeen:
        return _word(self.docx)

    @property
    def paper(self) -> TaggedPdf:
        return _paper(self.pdf)

    @property
    def headings(self) -> Headings:
        """As the document says them; a title of contents is in no list of headings."""
        told = [(block.level, block.text) for block in self.document.blocks
                if isinstance(block, Heading)]  # fmt: skip
        return ((1, self.document.title), *told)


_word, _paper = cache(as_word), cache(read_pdf)


@cache
def made(kind: str) -> tuple[Made, ...]:
    return tuple(
        Made(stem, document, word.make(document), pdf.make(document))
        for stem, document in documents(kind).items()
    )


def told(heading: str) -> str:
    return " ".join(heading.split())


def of_the_document(seen: Headings, one: Made) -> list[tuple[int, str]]:
    """Headings without those of a table of contents itself."""
    own = {block.title for block in one.document.blocks if isinstance(block, Contents)}
    return [(level, told(text)) for level, text in seen if told(text) not in own]


@EACH
def test_headings_in_word_are_those_of_the_document_and_none_is_skipped(kind: str) -> None:
    for one in made(kind):
        levels = [level for level, _ in one.headings]
        assert levels.count(1) == 1, one.stem
        assert all(after <= before + 1 for before, after in pairwise(levels)), one.stem
        assert all(told(text) for _, text in one.headings), one.stem
        assert of_the_document(one.word.headings, one) == of_the_document(one.headings, one)


@EACH
def test_headings_in_the_pdf_are_the_same(kind: str) -> None:
    for one in made(kind):
        assert of_the_document(one.paper.headings, one) == of_the_document(one.headings, one)


@EACH
def test_tables_have_a_header_row_in_both(kind: str) -> None:
    for one in made(kind):
        without = [words for words, head in one.word.tables if not head]
        assert not without, (one.stem, without)
        for table, heads in tables_in(one.paper):
            assert heads, (one.stem, table)


def tables_in(paper: TaggedPdf) -> Iterator[tuple[str, int]]:
    """Each table of the PDF with how many header cells it has."""
    heads: list[int] = []
    names: list[str] = []
    for tag in paper.tags:
        if tag.kind == "/Table":
            heads.append(0)
            names.append(tag.words[:80])
        elif tag.kind == "/TH" and heads:
            heads[-1] += 1
    return zip(names, heads, strict=True)


@EACH
def test_every_picture_is_told_in_words(kind: str) -> None:
    for one in made(kind):
        pictures = list(pictures_of(one.document))
        assert [told(alt) for alt in one.word.pictures] == pictures, one.stem
        assert [told(tag.alt) for tag in one.paper.of_kind("/Figure")] == pictures, one.stem
        charts = [block.alt for block in one.document.blocks if isinstance(block, Figure)]
        assert all(len(alt) > LEAST_ALT for alt in charts), one.stem


def pictures_of(document: Document) -> Iterator[str]:
    """The alternative text of every picture, those of Easy Read too."""
    for block in document.blocks:
        if isinstance(block, Figure):
            yield told(block.alt)
        elif isinstance(block, EasyRead):
            yield from (told(row.alt) for row in block.rows if row.picture)


@EACH
def test_every_caption_stands_in_word_under_its_style_and_in_the_pdf(kind: str) -> None:
    for one in made(kind):
        captions = [block.caption for block in one.document.blocks
                    if isinstance(block, Table | Figure | Fields) and block.caption]  # fmt: skip
        styled = [told(caption) for caption in one.word.captions]
        printed = [tag.words for tag in one.paper.of_kind("/Caption")]
        for caption in map(told, captions):
            assert any(caption in found for found in styled), (one.stem, caption)
            assert any(caption in found for found in printed), (one.stem, caption)


@EACH
def test_contents_list_the_headings(kind: str) -> None:
    for one in made(kind):
        wanted = [block for block in one.document.blocks if isinstance(block, Contents)]
        if not wanted:
            assert one.word.contents is None, one.stem
            continue
        listed = [text for level, text in of_the_document(one.headings, one)
                  if 1 < level <= wanted[0].depth]  # fmt: skip
        entries = [told(entry.split("\t")[0]) for entry in one.word.contents or ()]
        assert entries == listed, one.stem
        assert set(listed) <= {told(entry) for entry in one.paper.outline}, one.stem


@EACH
def test_nothing_is_left_to_be_filled_in(kind: str) -> None:
    for one in made(kind):
        assert gaps_in(one.word.words) == [], one.stem
        assert gaps_in([one.paper.words]) == [], one.stem


@EACH
def test_files_say_what_they_are_called_in_which_language_and_typeface(kind: str) -> None:
    for one in made(kind):
        assert one.word.title == one.paper.title == one.document.title
        assert one.word.language == one.paper.language == "en-GB"
        assert one.paper.marked
        assert one.word.fonts <= WORD_FONTS, (one.stem, one.word.fonts)
        assert all("SourceSans3" in name for name in one.paper.fonts), one.paper.fonts
        assert 1 <= one.paper.pages <= MOST_PAGES, (one.stem, one.paper.pages)


@pytest.fixture(scope="session")
def in_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    """Every document of every kind, opened once."""
    if soffice() is None:
        pytest.skip(WHY_NOT)
    files = {f"{kind}--{one.stem}": one.docx for kind in KINDS for one in made(kind)}
    return opened(files, tmp_path_factory.mktemp("libreoffice"))


@ONE_OFFICE
@EACH
def test_libreoffice_finds_the_same_headings_tables_and_pictures(
    kind: str, in_libreoffice: dict[str, Opened]
) -> None:
    for one in made(kind):
        seen = as_libreoffice(in_libreoffice[f"{kind}--{one.stem}"].flat)
        assert of_the_document(seen.headings, one) == of_the_document(one.headings, one), one.stem
        assert [told(words) for words, _ in seen.tables] == [
            told(words) for words, _ in one.word.tables
        ], one.stem
        assert all(head for _, head in seen.tables), one.stem
        assert [told(alt) for alt in seen.pictures] == [told(alt) for alt in one.word.pictures]
        assert seen.title == one.document.title
        assert (seen.contents is None) == (one.word.contents is None), one.stem
        assert gaps_in(seen.words) == [], one.stem


@ONE_OFFICE
@EACH
def test_libreoffice_prints_it_on_pages(kind: str, in_libreoffice: dict[str, Opened]) -> None:
    import io

    import pikepdf

    for one in made(kind):
        with pikepdf.open(io.BytesIO(in_libreoffice[f"{kind}--{one.stem}"].pdf)) as printed:
            assert 1 <= len(printed.pages) <= 2 * MOST_PAGES, one.stem
            width, height = (round(float(end)) for end in printed.pages[0].MediaBox[2:])
            assert (width, height) == (595, 842), f"{one.stem} is not A4"


def test_a_gap_is_found_and_plain_words_are_not() -> None:
    gaps = ["<<insert your locality>>", "£XX a year", "to be confirmed: TBC", "cost None pounds",
            "a mean of nan", "{{ name }}", "[date]", "insert here", "(None)"]  # fmt: skip
    assert [text for text in gaps if not gaps_in([text])] == []
    plain = ["None of the hospitals has one.", "Finance is inserted nowhere", "None", "A&E > 20",
             "information", "XL size", "one < two", "Nan lives here."]  # fmt: skip
    assert [text for text in plain if gaps_in([text])] == []
