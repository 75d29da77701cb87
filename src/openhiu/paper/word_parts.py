"""The parts of a Word file that the library leaves to its user: language, shading, captions, header
rows, alternative text and a footer with page numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from openhiu.paper import colours, word_fields, word_lines
from openhiu.paper.blocks import Drawing, Fields, Figure, Heading, Table

_FONT: Final = "Arial"  # what the NHS uses where its own typeface is not installed
_BODY: Final = 10.5
_TALLEST_CM: Final = 22.0  # a picture, so that its caption stands below it
_HEADINGS: Final = {1: 22, 2: 14, 3: 11.5}
_SMALLEST: Final = 10.5
_OF_BODY: Final = {1: 1.25, 2: 1.1, 3: 1.0}  # where a size of type was asked for
_CELL, _CELL_OF_A_FORM, _LARGE = 9.0, 11.0, 16.0  # a form is written on, so it is set larger
_RIGHT_TO_LEFT: Final = {"ar", "fa", "ur", "ps", "ckb", "he", "dv"}
# The window of a DL envelope shows this of the page, however it slides; in twentieths of a point.
_WINDOW: Final = {"x": 1134, "y": 3232, "w": 4536, "h": 1361}


class Parts:
    """Writes into one Word document, in one look.

    `label` is of the caption being written; `places` are the headings its contents lead to.
    """

    def __init__(self, word: Any) -> None:
        self.word = word
        self.label = ""
        self.places: list[tuple[Heading, str]] = []
        self._size: float | None = None

    def prepare(self, language: str, points: float | None = None) -> None:
        """Page, typeface, headings and the language of every word; `points` for a size of type."""
        body = points or _BODY
        self._size = points
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
        styles = self.word.styles
        self._font(styles["Normal"], body)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for level, size in _HEADINGS.items():
            fitting = size if points is None else body * _OF_BODY[level]
            self._font(styles[f"Heading {level}"], fitting, colours.DARK_BLUE)
        self._font(styles["Caption"], max(9.5, self._in_cells), colours.TEXT)
        if language.split("-")[0] in _RIGHT_TO_LEFT:
            styles["Normal"].element.get_or_add_pPr().append(_element("w:bidi"))
        defaults = styles.element.find(qn("w:docDefaults"))
        for lang in defaults.iter(qn("w:lang")):
            for key in ("w:val", "w:eastAsia"):
                lang.set(qn(key), language)

    @staticmethod
    def _font(style: Any, size: float, colour: str | None = None) -> None:
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))

    def heading(self, block: Heading) -> None:
        """A heading, marked where the contents lead to it."""
        if block.level not in _HEADINGS:
            size = _SMALLEST if self._size is None else self._size
            style = self.word.styles[f"Heading {block.level}"]
            self._font(style, size, colours.SECONDARY_TEXT)
            style.font.italic = False
        made = self.word.add_heading(block.text, level=block.level)
        place = next((where for one, where in self.places if one is block), None)
        if place:
            word_fields.mark(made, place)

    @staticmethod
    def points(size: float) -> Any:
        """A size of type."""
        return Pt(size)

    def paragraph(
        self, text: str, *, lead: str = "", bold: bool = False, colour: str | None = None,
        points: float | None = None,
    ) -> Any:  # fmt: skip
        """A paragraph, its `lead` in bold before it."""
        made = self.word.add_paragraph()
        if lead:
            made.add_run(f"{lead} ").bold = True
        run = made.add_run(word_lines.kept(text))
        run.bold = bold or None
        for piece in made.runs:
            if colour:
                piece.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
            if points:
                piece.font.size = Pt(points)
        return made

    def caption(self, text: str, *, after: bool = False, label: str = "") -> None:
        """The name of a table, kept with it; or of the picture above it.

        A `label` ("Table 1") becomes a field that Word counts.
        """
        if text:
            made = self.word.add_paragraph("" if label else text, style="Caption")
            if label:
                word_fields.numbered(made, label, text)
            made.paragraph_format.keep_with_next = not after

    def shade(self, made: Any, fill: str, edge: str) -> None:
        """A paragraph on a ground, with a heavy edge on its left."""
        properties = made._p.get_or_add_pPr()
        border = OxmlElement("w:pBdr")
        border.append(_element("w:left", val="single", sz="24", space="8", color=edge))
        shading = _element("w:shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(border, "w:shd", *_AFTER_SHADING)
        properties.insert_element_before(shading, *_AFTER_SHADING)

    def table(self, table: Table, width_cm: float) -> None:
        """Header row repeated on every page, rows never broken, numbers on the right."""
        made = self.word.add_table(rows=1, cols=len(table.columns))
        made.style, made.alignment = self.word.styles["Table Grid"], WD_TABLE_ALIGNMENT.LEFT
        made.autofit = False
        properties = made._tbl.tblPr
        properties.append(_element("w:tblCaption", val=table.caption))
        head = made.rows[0]
        head._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
        widths = table.widths or tuple(2.0 if not c else 1.0 for c in range(len(table.columns)))
        for place, cell in enumerate(head.cells):
            self._cell(cell, table.columns[place], bold=True, right=table.numeric(place))
            cell._tc.get_or_add_tcPr().append(
                _element("w:shd", val="clear", color="auto", fill=colours.PALE_BLUE)
            )
        for row in table.rows:
            added = made.add_row()
            added._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
            for place, cell in enumerate(added.cells):
                self._cell(cell, table.shown(row[place]), right=table.numeric(place))
        self._keep(made, whole=table.short)
        self._widths(made, widths, width_cm)
        self.word.add_paragraph().paragraph_format.space_after = Pt(2)

    def form(self, form: Fields, width_cm: float) -> None:
        """What is asked in the first column, in bold on a ground; an answer may go on overleaf."""
        made = self.word.add_table(rows=1, cols=2)
        made.style, made.alignment = self.word.styles["Table Grid"], WD_TABLE_ALIGNMENT.LEFT
        made.autofit = False
        made._tbl.tblPr.append(_element("w:tblCaption", val=form.caption))
        made.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
        for place, words in enumerate(form.columns):
            self._cell(made.rows[0].cells[place], words, bold=True)
        for label, value in form.rows:
            cells = made.add_row().cells
            self._cell(cells[0], label, bold=True)
            first, *others = value.split("\n")
            self._cell(cells[1], first)
            for line in others:
                self._cell(cells[1], line, new=True)
        self._widths(made, form.widths, width_cm)
        if form.short:
            self._keep(made, whole=True)
        for cell in (*made.columns[0].cells, made.rows[0].cells[1]):
            self._ground(cell)
        self.word.add_paragraph().paragraph_format.space_after = Pt(2)

    @staticmethod
    def _keep(made: Any, *, whole: bool) -> None:
        """All rows on one page; or of a long table the first two and the last two together."""
        rows = list(made.rows)
        tied = rows[:-1] if whole else [*rows[:2], *rows[-2:-1]]
        for line in (line for row in tied for cell in row.cells for line in cell.paragraphs):
            line.paragraph_format.keep_with_next = True

    def _widths(self, made: Any, shares: tuple[float, ...], width_cm: float) -> None:
        """Of the columns and of their cells: Word reads the one and LibreOffice the other."""
        words = [[cell.text for cell in column.cells] for column in made.columns]
        least = [word_lines.least_cm(cells, self._in_cells) for cells in words]
        widths = word_lines.widths_cm(shares, least, width_cm)
        for width, column in zip(widths, made.columns, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = column.width

    @staticmethod
    def _ground(cell: Any) -> None:
        fill = _element("w:shd", val="clear", color="auto", fill=colours.PALE_BLUE)
        cell._tc.get_or_add_tcPr().append(fill)

    @property
    def _in_cells(self) -> float:
        """The size of type in tables: in large print that of everything else."""
        size = self._size or 0.0
        return size if size >= _LARGE else _CELL_OF_A_FORM if size else _CELL

    def _cell(
        self, cell: Any, text: str, *, bold: bool = False, right: bool = False, new: bool = False
    ) -> None:
        made = cell.add_paragraph() if new else cell.paragraphs[0]
        run = made.add_run(word_lines.kept(text))
        run.bold, run.font.size = bold or None, Pt(self._in_cells)
        made.paragraph_format.space_after = Pt(1)
        if right:
            made.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def picture(self, figure: Figure, width_cm: float) -> None:
        """A picture with its alternative text, kept with its caption."""
        wide, tall = (side / 72 * 2.54 for side in (figure.drawing.width, figure.drawing.height))
        share = min(1.0, width_cm / wide, _TALLEST_CM / tall)
        shape = self.word.add_picture(io.BytesIO(figure.drawing.png), width=Cm(wide * share))
        shape._inline.docPr.set("descr", figure.alt)
        shape._inline.docPr.set("name", figure.name)
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True

    def small_picture(self, drawing: Drawing, alt: str) -> None:
        """A picture of Easy Read, kept with its sentence."""
        shape = self.word.add_picture(io.BytesIO(drawing.png), width=Cm(2.4))
        shape._inline.docPr.set("descr", alt)
        made = self.word.paragraphs[-1].paragraph_format
        made.keep_with_next, made.space_after = True, Pt(2)

    def on_the_right(self, text: str, *, bold: bool = False) -> None:
        """One line of who writes."""
        made = self.paragraph(text, bold=bold)
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        made.paragraph_format.space_after = Pt(1)

    def in_the_window(self, lines: tuple[str, ...]) -> None:
        """An address, framed at its place on the page; what follows stands below it."""
        made = self.word.add_paragraph()
        for place, line in enumerate(lines):
            run = made.add_run(line)
            run.font.size = Pt(11)
            if place < len(lines) - 1:
                run.add_break()
        made.paragraph_format.space_after = Pt(0)
        where = {key: str(value) for key, value in _WINDOW.items()}
        frame = _element("w:framePr", w=where["w"], h=where["h"], hRule="exact", wrap="notBeside",
                         vAnchor="page", hAnchor="page", x=where["x"], y=where["y"])  # fmt: skip
        made._p.get_or_add_pPr().insert_element_before(frame, "w:widowControl", *_AFTER_SHADING)
        self.word.add_paragraph().paragraph_format.space_after = Pt(30)

    def footer(self, text: str, points: float = 8) -> None:
        """The facts of the run, and the page's number, on every page."""
        made = self.word.sections[0].footer.paragraphs[0]
        made.add_run(f"{text} · Page " if text else "Page ")
        for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
            piece = made.add_run()._r
            if kind:
                piece.append(_element("w:fldChar", fldCharType=kind))
            else:
                instruction = OxmlElement("w:instrText")
                instruction.text = words
                piece.append(instruction)
        for run in made.runs:
            run.font.size = Pt(points)

    def marking(self, words: str) -> None:
        """What every page says it is, on its upper edge."""
        made = self.word.sections[0].header.paragraphs[0]
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = made.add_run(words)
        run.bold, run.font.size = True, Pt(8.5)

    @contextmanager
    def on_a_new_page(self, *, wanted: bool) -> Iterator[None]:
        """What is written within begins a new page, without an empty paragraph before it."""
        there = len(self.word.paragraphs)
        yield
        new = self.word.paragraphs[there:]
        if wanted and new:
            new[0].paragraph_format.page_break_before = True


def _element(tag: str, **values: str) -> Any:
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value.removeprefix("#") if key in ("fill", "color") else value)
    return made


# The schema wants the children of a paragraph's properties in its order.
_AFTER_SHADING: Final = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
