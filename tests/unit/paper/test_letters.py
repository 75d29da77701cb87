"""A letter on paper: the address is where the window is, large print is large, nobody is named."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pdfua
import pikepdf
import pytest
from test_pdf import STUMBLES, elements

from openhiu.paper import pdf, pictograms, word
from openhiu.paper.blocks import Bullets, Correspondence, Document, EasyRead, Heading, Paragraph

TO = ("Robin Sample", "14 Harbour Row", "Flat 2", "Thornaby", "Stockton-on-Tees", "TS17 6AA")


def made_letter(points: float = 12, **facts: object) -> Document:
    told = {"letter": Correspondence(("Tees service", "The Quay"), TO, "11 November 2026")} | facts
    return Document(
        title="A time to meet", made_for=date(2026, 11, 11), points=points,
        facts=("Plan version 3", "Ask for a newer one after 2 May 2027"),
        blocks=(Paragraph("Dear Robin,"), Heading("When"), Bullets(("Tuesday", "Ten")),
                EasyRead((pictograms.row("You can ring me."), pictograms.row("Xyz.")))),
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("points", [12, 16, 18])
def test_a_checker_of_accessibility_finds_nothing(points: float, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.make(made_letter(points)))
    ran = [one for one in pdfua.validate(str(path)).outcomes if one.rule_id not in STUMBLES]
    assert [(one.rule_id, one.findings) for one in ran] == [(one.rule_id, ()) for one in ran]


def texts_of(content: bytes) -> list[tuple[float, float, float]]:
    """Where text is set on the first page and how large: x, y from the top, size, in points."""
    import io as _io

    with pikepdf.open(_io.BytesIO(content)) as opened:
        page = opened.pages[0]
        height = float(page.MediaBox[3])
        found, stack = [], [(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)]
        size = 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "q":
                stack.append(stack[-1])
            elif name == "Q":
                stack.pop()
            elif name == "cm":
                stack[-1] = _times(tuple(map(float, operands)), stack[-1])  # type: ignore[arg-type]
            elif name == "Tf":
                size = float(operands[1])
            elif name == "Tm":
                place = _times(tuple(map(float, operands)), stack[-1])  # type: ignore[arg-type]
                found.append((place[4], height - place[5], size))
    return found


Matrix = tuple[float, float, float, float, float, float]


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


@pytest.mark.parametrize("points", [12, 16, 18])
def test_six_lines_of_an_address_and_nothing_else_show_in_the_window(points: float) -> None:
    """A DL window is 90 by 35 mm, 20 from the left and 18 from the foot; a third of a page is 99 mm
    high in an envelope of 110, so the page may lie up to 11 mm higher and 10 mm further left."""
    mm = 72 / 25.4
    placed = texts_of(pdf.make(made_letter(points)))
    always = [t for t in placed if 19.9 * mm <= t[0] <= 100 * mm and 57 * mm <= t[1] <= 81 * mm]
    ever = [t for t in placed if t[0] < 110 * mm and 46 * mm <= t[1] <= 92 * mm]
    assert len(always) == 6
    assert always == ever


@pytest.mark.parametrize("points", [16, 18])
def test_in_large_print_every_line_but_the_address_is_large(points: float) -> None:
    sizes = sorted({round(size, 1) for _, _, size in texts_of(pdf.make(made_letter(points)))})
    assert sizes[0] == 11
    assert all(size >= 16 for size in sizes[1:])


def test_its_foot_says_the_version_on_every_page() -> None:
    many = made_letter()
    long = Document(**{**vars(many), "blocks": (Paragraph("Words. " * 60),) * 20})
    made = pdf.make(long)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) > 2
    foot = zipfile.ZipFile(io.BytesIO(word.make(long))).read("word/footer1.xml").decode()
    assert "Plan version 3" in foot
    assert "Ask for a newer one" in foot


def test_nobody_is_named_in_its_properties() -> None:
    named = made_letter(organisation="Tees service")
    with pikepdf.open(io.BytesIO(pdf.make(named))) as opened:
        assert "/Author" not in opened.docinfo
        assert b"Tees" not in bytes(opened.Root.Metadata.read_bytes())
    with zipfile.ZipFile(io.BytesIO(word.make(named))) as opened_word:
        core = opened_word.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "Tees" not in core


@pytest.mark.parametrize("name", pictograms.names())
def test_each_picture_is_told_in_words_and_drawn_both_ways(name: str) -> None:
    drawing = pictograms.picture(name)
    assert drawing.png.startswith(b"\x89PNG")
    assert drawing.svg.startswith("<svg")


def test_a_picture_of_easy_read_has_its_words_and_a_free_place_has_none() -> None:
    with pikepdf.open(io.BytesIO(pdf.make(made_letter()))) as opened:
        shown = [e for e in elements(opened.Root.StructTreeRoot.K) if str(e.S) == "/Figure"]
        assert [str(one.Alt) for one in shown] == ["A telephone"]


def test_word_has_its_address_framed_and_its_type_as_large_as_asked() -> None:
    with zipfile.ZipFile(io.BytesIO(word.make(made_letter(18)))) as opened:
        body = opened.read("word/document.xml").decode()
        styles = opened.read("word/styles.xml").decode()
    assert body.count("<w:framePr ") == 1
    normal = re.search(r'w:styleId="Normal">.*?</w:style>', styles, re.DOTALL)
    assert normal
    assert '<w:sz w:val="36"/>' in normal[0]


def test_a_language_that_is_written_from_the_right_is() -> None:
    made = word.make(made_letter(language="ur"))
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert "<w:bidi/>" in opened.read("word/styles.xml").decode()
