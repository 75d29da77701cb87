"""What a document is made of: these blocks are filled with words and numbers by `evaluate` and
`report`; the four writers of this room turn them into PDF, Word, web page and workbook.

How to use it (everything is frozen data; nothing here has markup, so any text may be passed)::

    document = Document(
        title="What changed", subtitle="July to September 2026", organisation="Example HIU service",
        made_for=date(2026, 10, 1),            # the only date in the files: nothing asks the clock
        facts=("OpenHIU 0.1", "data up to 30 September 2026"),           # the footer of every page
        blocks=(
            Contents(),                        # every heading below, with a link to each
            Heading("In short"),               # level 2 to 4; the title is the only level 1
            Verdict(("Line one.", "Line two.", "Line three.")),
            KeyFigures((KeyFigure("60", "people supported", "since 1 April 2025"),)),
            Table("Outcomes", ("Outcome", "Expected", "Happened"), (("A&E", 704.1, 560),)),
            Figure("picture", drawing, alt="…", caption="…", table=Table(…)),
            Fields("Who decides", (("Body", "Board"), ("Contact", "A name"))),     # a form
        ),
        numbered=True,          # captions as "Table 1: …" and "Figure 1: …", real fields in Word
        marking="INTERNAL",     # stands in the header of every page
    )
    captions.labels(document) -> ("", …, "Table 1", "Figure 1"), to refer to one in words
    pdf.make(document), word.make(…), webpage.make(…) -> bytes    pdf.pictures(…) -> PNG of pages
    webpage.body(document, picture_of=lambda figure: url) -> the same words for a page of the web
    workbook.make(title, lines, tables, made_for) -> bytes      tables_of(blocks) -> its tables
    charts.ranges(…), timeline.gantt([Task("Recruit", start, end)]), … -> Drawing   no browser
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhiu.paper.short import short

Cell = str | int | float | None
LANGUAGE: Final = "en-GB"
NOTHING: Final = "–"  # noqa: RUF001 - what stands in a cell that holds no value


@dataclass(frozen=True)
class Heading:
    """A heading of level 2, 3 or 4. A level may not be skipped: the PDF would be refused."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Contents:
    """The headings that follow anywhere in the document, down to `depth`, each with a link.

    Its own title is in no list. The PDF has page numbers. In Word it is the field that Word itself
    makes: its entries stand there at once, and F9 adds the page numbers of that copy.
    """

    title: str = "Contents"
    depth: int = 3


@dataclass(frozen=True)
class Paragraph:
    """Plain words. `lead` is set in bold before them, as the name of what they are about."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True)
class Verdict:
    """The three lines that answer "did it help?", in their order. They stand out on the page.

    `strong` is the place of the line in bold, as in a list: -1 is the last.
    """

    lines: tuple[str, ...]
    strong: int = -1


@dataclass(frozen=True)
class KeyFigure:
    """One number to remember, what it counts, and on what it rests (numerator, window, method)."""

    value: str
    words: str
    basis: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """Two to four key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of sentences; `numbered` where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption. The first column names its rows.

    Numbers stay numbers in the workbook; floats are shown with `decimals` places. `None` is shown
    as a dash. `widths` are shares of the page, one a column (without them: the first is wider).
    `sheet` is the name of its sheet in a workbook; without it the caption is.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    decimals: int = 1
    widths: tuple[float, ...] = ()
    sheet: str = ""

    def __post_init__(self) -> None:
        """A row that does not fit its columns is a fault of the writer, found at once."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.caption!r} does not fit its columns")

    @property
    def short(self) -> bool:
        """Whether it stays on one page."""
        return short([[self.shown(cell) for cell in row] for row in self.rows])

    def numeric(self, column: int) -> bool:
        """Whether a column holds numbers (or what stands for a hidden one) and is set right."""
        cells = [self.shown(row[column]) for row in self.rows]
        return column > 0 and any(map(str.strip, cells)) and all(map(_NUMBER.fullmatch, cells))

    def shown(self, cell: Cell) -> str:
        """One cell as it is read."""
        match cell:
            case None:
                return NOTHING
            case str():
                return cell
            case int():
                return f"{cell:,}".replace("-", MINUS)
            case float():
                return f"{cell:,.{self.decimals}f}".replace("-", MINUS)


@dataclass(frozen=True)
class Fields:
    """A form: what is asked on the left, what was said on the right, a row each.

    An answer may have several lines. `columns` names the two sides.
    """

    caption: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, str] = ("Item", "Details")
    note: str = ""
    widths: tuple[float, float] = (1.0, 2.2)

    @property
    def short(self) -> bool:
        """Whether it stays on one page."""
        return short([row[1:] for row in self.rows])


MINUS: Final = "\N{MINUS SIGN}"
# A number with its sign, currency or percent; or what stands where none is shown.
_NUMBER: Final = re.compile(r"[*–]|[−-]?£?\d[\d,.]*[%m]?")  # noqa: RUF001


@dataclass(frozen=True)
class Drawing:
    """A chart as it was drawn. Width and height are in points."""

    svg: str
    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Figure:
    """A picture with its caption, its alternative text in sentences and the data it shows.

    `name` is the stem of its files. `table` goes into the workbook and, unless `data_in_print` is
    False (where a table of the same figures stands on the page anyway), below the picture.
    """

    name: str
    drawing: Drawing
    alt: str
    caption: str
    table: Table | None = None
    data_in_print: bool = True


@dataclass(frozen=True)
class Note:
    """A box with a title. `warning` has a heavier edge: something to read before the numbers."""

    title: str
    lines: tuple[str, ...]
    warning: bool = False


@dataclass(frozen=True)
class Quote:
    """What somebody said, in their words, and who they are to the reader ("a client, in July")."""

    words: str
    source: str = ""


@dataclass(frozen=True)
class EasyRow:
    """One short sentence of Easy Read, with its picture; without one its place stays free."""

    words: str
    picture: Drawing | None = None
    alt: str = ""


@dataclass(frozen=True)
class EasyRead:
    """Short sentences, one to a row, a picture before each."""

    rows: tuple[EasyRow, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page of the PDF and the Word document."""


Block = (
    Heading | Paragraph | Verdict | KeyFigures | Bullets | Table | Figure | Note | Quote | EasyRead
    | PageBreak | Contents | Fields
)  # fmt: skip


@dataclass(frozen=True)
class Correspondence:
    """What makes a document a letter: who writes, the one address, the day in words.

    `to` is set where the window of a DL envelope shows it; without it nothing is kept free there.
    """

    sender: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True)
class Document:
    """The whole. `made_for` is the date in the files' properties: the as-of date of the run.

    `compact` sets smaller type on paper, where so many pages are all there are. `points` sets a
    size of type (16 and more is large print, in every line). `letter` makes it a letter: its files
    then carry the name of nobody. `language` is of the words, as BCP 47. `numbered` numbers the
    captions of tables and figures; `marking` stands in the header of every page.
    """

    title: str
    blocks: tuple[Block, ...]
    made_for: date
    subtitle: str = ""
    organisation: str = ""
    summary: str = ""
    facts: tuple[str, ...] = ()
    compact: bool = False
    points: float = 0
    letter: Correspondence | None = None
    language: str = LANGUAGE
    numbered: bool = False
    marking: str = ""

    @property
    def contents(self) -> Contents | None:
        """Its table of contents, where it has one."""
        return next((block for block in self.blocks if isinstance(block, Contents)), None)


def tables_of(blocks: Sequence[Block]) -> Iterator[Table]:
    """Every table, those behind the figures too, in the order of the document."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.table is not None:
            yield block.table


def figures_of(blocks: Sequence[Block]) -> Iterator[Figure]:
    """Every figure, in the order of the document."""
    return (block for block in blocks if isinstance(block, Figure))
