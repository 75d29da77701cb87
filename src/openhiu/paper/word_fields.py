"""What Word counts and gathers itself: captions and headings come in; numbers and a table of
contents go out, as fields whose results are already there, so that nothing asks to be updated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from openhiu.paper.blocks import Block, Contents, Heading

_INDENT_CM: Final = 0.6
_EDGE_CM: Final = 17.0
_STYLE: Final = "toc {}"


def places(blocks: Sequence[Block], contents: Contents) -> list[tuple[Heading, str]]:
    """The headings that a table of contents names, each with the name of its bookmark."""
    listed = [one for one in blocks if isinstance(one, Heading) and one.level <= contents.depth]
    return [(one, f"_Toc{number:08d}") for number, one in enumerate(listed, start=1)]


def mark(paragraph: Any, place: str) -> None:
    """Set the bookmark `place` around the words of a heading."""
    number = str(int(place.removeprefix("_Toc")))
    begin, end = _made("w:bookmarkStart", id=number, name=place), _made("w:bookmarkEnd", id=number)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, begin)
    paragraph._p.append(end)


def numbered(paragraph: Any, label: str, text: str) -> None:
    """A caption such as "Table 1: words", its number a field that Word counts."""
    kind, number = label.rsplit(" ", 1)
    paragraph.add_run(f"{kind} ")
    _field(paragraph, f"SEQ {kind} \\* ARABIC", number)
    paragraph.add_run(f": {text}")


def contents(word: Any, block: Contents, found: list[tuple[Heading, str]]) -> None:
    """The table of contents: its title, and the field with a line for each heading."""
    like = word.styles["Heading 2"].font
    own = word.styles["TOC Heading"]
    own.font.size, own.font.name, own.font.color.rgb = like.size, like.name, like.color.rgb
    title = word.add_paragraph(block.title, style=own)
    title.paragraph_format.keep_with_next = True
    lines = []
    for heading, place in found:
        line = word.add_paragraph(style=_style(word, heading.level))
        _link(line, heading.text, place)
        lines.append(line)
    if not lines:
        return
    _open(lines[0], f'TOC \\o "2-{block.depth}" \\h \\z')
    lines[-1].add_run()._r.append(_made("w:fldChar", fldCharType="end"))
    _as_a_gallery(lines)


def _style(word: Any, level: int) -> Any:
    """The style Word gives the entries of a level, with room for the page numbers it may add."""
    name = _STYLE.format(level)
    if name in {style.name for style in word.styles}:
        return word.styles[name]
    made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    made.element.styleId = f"TOC{level}"
    made.base_style = word.styles["Normal"]
    form = made.paragraph_format
    form.left_indent, form.space_after = Cm(_INDENT_CM * (level - 2)), Pt(1)
    made.font.size, form.line_spacing = Pt(10), 1.0
    form.tab_stops.add_tab_stop(Cm(_EDGE_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return made


def _link(paragraph: Any, text: str, place: str) -> None:
    link = _made("w:hyperlink", anchor=place, history="1")
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _open(paragraph: Any, instruction: str) -> None:
    """Begin a field before the words of a paragraph."""
    runs = [_made("w:r") for _ in range(3)]
    runs[0].append(_made("w:fldChar", fldCharType="begin"))
    runs[1].append(_instruction(instruction))
    runs[2].append(_made("w:fldChar", fldCharType="separate"))
    at = 1 if paragraph._p.pPr is not None else 0
    for place, run in enumerate(runs):
        paragraph._p.insert(at + place, run)


def _field(paragraph: Any, instruction: str, result: str) -> None:
    """A field with its result, at the end of a paragraph."""
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = paragraph.add_run(result if kind == "result" else None)
        if kind == "instruction":
            run._r.append(_instruction(instruction))
        elif kind != "result":
            run._r.append(_made("w:fldChar", fldCharType=kind))


def _instruction(words: str) -> Any:
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {words} "
    return made


def _as_a_gallery(paragraphs: list[Any]) -> None:
    """Wrap them as Word's own table of contents, which has a button to update it."""
    block, properties = _made("w:sdt"), _made("w:sdtPr")
    part = _made("w:docPartObj")
    part.append(_made("w:docPartGallery", val="Table of Contents"))
    part.append(_made("w:docPartUnique"))
    properties.append(part)
    content = _made("w:sdtContent")
    paragraphs[0]._p.addprevious(block)
    for paragraph in paragraphs:
        content.append(paragraph._p)
    block.append(properties)
    block.append(content)


def _made(tag: str, **values: str) -> Any:
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
