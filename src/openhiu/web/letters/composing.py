"""A letter becomes a document: the facts around it come in; blocks for paper and screen go out.

What the record adds (who it is about, a plan's version) is read here, at the moment of making, and
never from what was typed; so what an organisation may not see is not on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

from openhiu.paper import pdf, pictograms, word
from openhiu.paper.blocks import (
    Block,
    Bullets,
    Correspondence,
    Document,
    EasyRead,
    EasyRow,
    Heading,
    Note,
    Paragraph,
)
from openhiu.web.casework.presenters.shared import facts_of
from openhiu.web.design.wording import check
from openhiu.web.design.words import day
from openhiu.web.letters import filling, languages, texts
from openhiu.web.letters.kinds import For
from openhiu.web.letters.models import Letter
from openhiu.web.letters.sheet import HAND, POST, Sheet
from openhiu.web.mdt.queries.plans import rows_of

Layout: Any = Letter.Layout
POINTS: Final = {Layout.USUAL: 12.0, Layout.LARGE: 16.0, Layout.LARGER: 18.0, Layout.EASY: 16.0}
_ALWAYS: Final = (
    "We are not there at night or at weekends. You are always welcome at A&E when you need it."
)
NEUTRAL_TITLE: Final = "A note for you"
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")


class NotKind(ValueError):
    """Words for a client hold one that hurts: nothing is made of them, whoever asks."""


def compose(sheet: Sheet) -> Document:
    """The letter as a document."""
    return Document(
        title=_title(sheet),
        blocks=tuple(_blocks(sheet)),
        made_for=sheet.today,
        facts=tuple(_foot(sheet)),
        points=POINTS[sheet.letter.layout],
        letter=Correspondence(_sender(sheet), address_of(sheet), day(sheet.today)),
        language="en-GB" if not sheet.foreign else sheet.letter.language,
    )


def make_pdf(document: Document, *, to_client: bool) -> bytes:
    """The accessible PDF. Raises NotKind where words for a client are not fit to be sent."""
    return pdf.make(_kind(document, to_client))


def make_word(document: Document, *, to_client: bool) -> bytes:
    """The Word file. Raises NotKind as above."""
    return word.make(_kind(document, to_client))


def said(document: Document) -> str:
    """Every word a reader of the document meets, a line each."""
    letter = document.letter or Correspondence()
    found = [document.title, *letter.sender, *document.facts]
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                found += [getattr(block, "lead", ""), block.text]
            case Bullets():
                found += block.items
            case Note():
                found += [block.title, *block.lines]
            case EasyRead():
                found += [row.words for row in block.rows]
            case _:
                raise TypeError("a block that letters do not use")
    return "\n".join(filter(None, found))


def fingerprint(sheet: Sheet, document: Document) -> str:
    """A hash of all that is said and to whom, whatever the day: has it changed since?"""
    told = {
        "kind": sheet.kind.key, "way": sheet.way, "to": address_of(sheet),
        "blocks": [_plain(block) for block in document.blocks], "title": document.title,
        "facts": document.facts, "points": document.points, "language": document.language,
        "sender": (document.letter or Correspondence()).sender,
    }  # fmt: skip
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def address_of(sheet: Sheet) -> tuple[str, ...]:
    """The one address on it: none in a hand, and never that of someone in hiding."""
    if sheet.to_client:
        if sheet.way == HAND or sheet.person.restricted:
            return ()
        person = sheet.person
        return tuple(_lines(person.full_name, person.address, person.postcode))
    organisation = sheet.letter.organisation
    postal = sheet.place.address if sheet.place and sheet.way == POST else ""
    return tuple(_lines(organisation.name if organisation else "", postal))


def _kind(document: Document, to_client: bool) -> Document:
    """The last net: checked in every word, however it came there."""
    if to_client and check(said(document)):
        raise NotKind("words for a client hold one that hurts")
    return document


def _plain(block: Block) -> Any:
    if isinstance(block, EasyRead):
        return [row.words for row in block.rows]
    return asdict(block)


def _title(sheet: Sheet) -> str:
    return NEUTRAL_TITLE if sheet.neutral else sheet.kind.title


def _sender(sheet: Sheet) -> tuple[str, ...]:
    """Who writes. In neutral post nobody can tell from it what service this is."""
    if sheet.neutral:
        return ()
    head = sheet.head
    name = filling.service_name(sheet.letter.service)
    ring = sheet.letter.ring or (head.phone if head else "")
    return tuple(_lines(name, head.address if head else "", ring))


def _lines(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _blocks(sheet: Sheet) -> Iterator[Block]:
    body = _body(sheet)
    if sheet.to_client and sheet.letter.layout == Layout.EASY:
        yield from _easy(body)
    else:
        yield from _parsed(body)
    if not sheet.to_client:
        yield from _about(sheet)
    yield from _close(sheet)


def _body(sheet: Sheet) -> str:
    if not sheet.neutral:
        return sheet.body
    writer = sheet.letter.written_by
    letter = sheet.letter
    known = filling.values(sheet.case, writer, letter.ring, **letter.asked)
    return texts.fill(sheet.body, known)


def _parsed(text: str) -> Iterator[Block]:
    """Plain text as blocks: "## " is a heading, "- " an item, an empty line ends a paragraph."""
    kept: list[str] = []
    items: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if not line.startswith("- ") and items:
            yield Bullets(tuple(items))
            items = []
        if line.startswith(("## ", "- ")) or not line:
            yield from _paragraph(kept)
            kept = []
        if line.startswith("## "):
            yield Heading(line.removeprefix("## "))
        elif line.startswith("- "):
            items.append(line.removeprefix("- "))
        elif line:
            kept.append(line)
    if items:
        yield Bullets(tuple(items))


def _paragraph(lines: list[str]) -> Iterator[Block]:
    """Lines of one paragraph run on; a line of a list somebody typed stays a line."""
    if not lines:
        return
    if len(lines) > 1 and all(len(line) < 70 for line in lines):
        yield from (Paragraph(line) for line in lines)
    else:
        yield Paragraph(" ".join(lines))


def _easy(text: str) -> Iterator[Block]:
    """One sentence to a row, each with the picture that fits."""
    rows: list[EasyRow] = []
    for line in [*text.splitlines(), "## "]:
        if line.startswith("## "):
            if rows:
                yield EasyRead(tuple(rows))
                rows = []
            if line.removeprefix("## "):
                yield Heading(line.removeprefix("## "))
        else:
            sentences = _SENTENCE.split(line.strip().removeprefix("- "))
            rows += [pictograms.row(one.strip()) for one in sentences if one.strip()]


def _about(sheet: Sheet) -> Iterator[Block]:
    """What the record tells this organisation of the client: what is permitted, and no more."""
    items = sheet.permit.items
    shown = [one for one in facts_of(sheet.person, items) if one.shared and one.lines]
    if sheet.kind.reader is For.PARTNER:
        for fact in shown:
            yield Heading(fact.title)
            yield from (Paragraph(line) for line in fact.lines)
    else:
        yield Heading("Who this is about")
        yield from (
            Paragraph(_run_on(fact.lines), lead=f"{fact.title}:")
            for fact in shown if fact.key != "agreed_plan"
        )  # fmt: skip
    if sheet.agreed is not None:
        yield from _agreed(sheet)
    yield Note(
        "How this may be used",
        (
            f"They agreed that you receive this, for: {sheet.permit.purpose}.",
            (
                "Keep it with those who need it. They can take their yes back at any time; then we "
                "tell you, and ask you to remove it."
            ),
        ),
    )


def _run_on(lines: Sequence[str]) -> str:
    """Several lines as one: a sentence that ended is followed by the next."""
    return " ".join(line if line.endswith((".", "!", "?")) or line is lines[-1] else f"{line};"
                    for line in lines)  # fmt: skip


def _agreed(sheet: Sheet) -> Iterator[Block]:
    plan = sheet.agreed
    for title, text in (
        ("Early signs that it is getting hard", plan.signs),
        ("What helps", plan.helps),
        ("When A&E is the right place", plan.come_if),
    ):
        if text.strip():
            yield Heading(title)
            yield from _parsed(text)
    rows = rows_of(plan, sheet.letter.organisation)
    if rows:
        yield Heading("Who does what")
        for row in rows:
            who = ", ".join(filter(None, [str(row.organisation or ""), row.who]))
            more = ". ".join(filter(None, [row.does, row.call, row.hours]))
            yield Paragraph(more, lead=f"{who}:")


def _close(sheet: Sheet) -> Iterator[Block]:
    writer = sheet.letter.written_by.user.name
    if sheet.neutral:
        yield Paragraph(writer.split(" ")[0])
        return
    if not sheet.kind.plan or not sheet.to_client:
        yield Paragraph("With kind wishes,")
        yield Paragraph(writer)
    if sheet.kind.always and sheet.kind.to_client:
        yield from _if_it_cannot_wait(sheet)


def _if_it_cannot_wait(sheet: Sheet) -> Iterator[Block]:
    lines = filling.night(sheet.letter.service, "" if sheet.person.restricted
                          else sheet.person.postcode).splitlines()  # fmt: skip
    told = (*(line.removeprefix("- ") for line in lines), _ALWAYS)
    if sheet.letter.layout != Layout.EASY:
        yield Note("If it cannot wait", told)
        return
    rows = [pictograms.row(one) for line in told for one in _SENTENCE.split(line)]
    yield Heading("If it cannot wait")
    yield EasyRead(tuple(rows))


def _foot(sheet: Sheet) -> Iterator[str]:
    """On every page: which version of a plan this is, and when to ask for a newer one."""
    if sheet.plan is not None and not sheet.neutral:
        plan = sheet.plan
        yield f"Plan version {plan.number}, written {day(plan.written_on)}"
        yield f"Ask for a newer one after {day(plan.until)}"
    if sheet.foreign and not sheet.neutral:
        letter = sheet.letter
        yield f"{languages.LANGUAGES[letter.language].label}: {letter.translator}"
