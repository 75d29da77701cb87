"""The copy as files: what may be given comes in; one zip with a page to read and the same as data
goes out. The same record gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from openhiu.paper import webpage
from openhiu.paper.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
)
from openhiu.web.assurance.held import elsewhere, words
from openhiu.web.assurance.held.deciding import Decided, JudgedSection
from openhiu.web.assurance.held.gathering import TRACE, Fact, Item
from openhiu.web.assurance.models import ItemReview, RightsRequest
from openhiu.web.design.words import day
from openhiu.web.letters.models import Copy

PAGE: Final = "your-record.html"
DATA: Final = "your-record.json"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # what a zip says where no time is meant
# Long lists of one line each read better as a table.
_AS_TABLE: Final = {
    TRACE: ("at", "user", "organisation", "did", "purpose"),
    "monitoring.Activity": ("began_at", "kind", "site_code", "complaint", "outcome"),
}
_WHY: Final = {
    ItemReview.Why.OTHERS: "It tells of somebody else, who has not agreed that we pass it on.",
    ItemReview.Why.LAW: "The law asks us to hold it back, or lets us.",
    # That serious harm is feared may itself do harm.
    ItemReview.Why.HARM: "The law asks us to hold it back, or lets us.",
}


def pack(request: RightsRequest, decided: Decided) -> bytes:
    """The zip: a page, the same as data, and letters as they were printed."""
    files = {
        PAGE: webpage.make(document(request, decided)),
        DATA: (json.dumps(data(request, decided), indent=2, ensure_ascii=False) + "\n").encode(),
        **_letters(decided),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def document(request: RightsRequest, decided: Decided) -> Document:
    """The page."""
    service = request.service.name
    return Document(
        title="What we hold about you",
        subtitle=f"A copy for {_whom(request)}",
        organisation=service,
        made_for=request.received_on,
        blocks=tuple(_blocks(request, decided)),
        facts=(f"Request {request.reference}, received on {day(request.received_on)}",),
        marking="PERSONAL",
    )


def _whom(request: RightsRequest) -> str:
    return request.person.full_name if request.person else str(request.about_whom)


def data(request: RightsRequest, decided: Decided) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "what": "copy_of_personal_data",
        "service": request.service.name,
        "request": request.reference,
        "received_on": request.received_on.isoformat(),
        "sections": [_section_data(part) for part in decided.sections if _given(part)],
        "not_given": reasons(decided),
        "elsewhere": list(elsewhere.HOSPITAL),
    }


def tells_more(
    content: bytes, request: RightsRequest, decided: Decided, kinds: Collection[str]
) -> bool:
    """Whether a copy says something of these kinds (models' labels) that is not given now."""
    if not kinds:
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        said: dict[str, Any] = json.loads(archive.read(DATA))
    now = {part["kind"]: part["items"] for part in data(request, decided)["sections"]}
    return any(
        item not in now.get(part["kind"], ())
        for part in said["sections"]
        if part["kind"] in kinds
        for item in part["items"]
    )


def reasons(decided: Decided) -> list[str]:
    """Why some of it is not there, in general; nothing where all of it is."""
    return sorted({_WHY[ItemReview.Why(one)] for one in decided.reasons})


def _given(part: JudgedSection) -> list[Item]:
    return [one.allowed for one in part.judged if one.allowed is not None]


def _shown(item: Item) -> list[Fact]:
    """The fields of an item; of the trail, who, when, what and why only."""
    if item.model != TRACE:
        return list(item.facts)
    return [one for one in item.facts if one.name in _AS_TABLE[TRACE]]


def _section_data(part: JudgedSection) -> dict[str, Any]:
    return {
        "title": part.section.way.title,
        "kind": part.section.model,
        "items": [
            {
                "fields": {one.label: one.value for one in _shown(item)},
                "earlier": [
                    {"field": one.label, "said": one.said, "until": one.until.date().isoformat()}
                    for one in item.earlier
                ],
                **({"file": f"letters/{item.file}"} if item.file else {}),
            }
            for item in _given(part)
        ],
    }


def _blocks(request: RightsRequest, decided: Decided) -> Iterator[Block]:
    yield Paragraph(
        f"You asked on {day(request.received_on)} for a copy of what {request.service.name} holds "
        "about you. This is it. Ask us about anything that is not clear."
    )
    yield Contents("What is in this copy", depth=3)
    yield Heading("Words that may need explaining")
    yield Table("What words mean", ("Word", "What it means"), words.MEANINGS)
    yield from _parts("What we hold", [p for p in decided.sections if not p.section.way.received])
    received = [part for part in decided.sections if part.section.way.received]
    yield from _parts("Who has seen or received it", received)
    yield Heading("What others hold about you")
    yield Bullets(elsewhere.HOSPITAL)
    yield from _ending(decided)


def _ending(decided: Decided) -> Iterator[Block]:
    yield Heading("What is not in this copy")
    told = reasons(decided)
    if told:
        yield Paragraph("Some of what we hold is not in this copy, for these reasons:")
        yield Bullets(tuple(told))
        yield Paragraph("You can ask us to look at this again.")
    else:
        yield Paragraph("Nothing was held back.")
    yield Heading("What you can do now")
    yield Bullets(elsewhere.YOUR_RIGHTS)


def _parts(title: str, parts: list[JudgedSection]) -> Iterator[Block]:
    shown = [part for part in parts if _given(part)]
    if not shown:
        return
    yield Heading(title)
    for part in shown:
        yield Heading(part.section.way.title, 3)
        if part.section.way.told:
            yield Paragraph(part.section.way.told)
        yield from _rows(part)


def _rows(part: JudgedSection) -> Iterator[Block]:
    items = _given(part)
    columns = _AS_TABLE.get(part.section.model)
    if columns:
        yield _table(part.section.way.title, columns, items)
        return
    for number, item in enumerate(items, start=1):
        caption = part.section.way.title + (f" ({number} of {len(items)})" if items[1:] else "")
        rows = [(one.label, one.value) for one in item.facts]
        rows += [
            (f"{one.label}, until {_when(one.until.date())}", one.said) for one in item.earlier
        ]
        if item.file:
            rows.append(("File", f"letters/{item.file}"))
        if rows:
            yield Fields(caption, tuple(rows), ("What", "What it says"))


def _when(on: date) -> str:
    return day(on)


def _table(title: str, columns: tuple[str, ...], items: list[Item]) -> Table:
    labels = {one.name: one.label for item in items for one in item.facts}
    shown = [name for name in columns if name in labels]
    said = [{one.name: one.value for one in item.facts} for item in items]
    return Table(
        title,
        tuple(labels[name] for name in shown),
        tuple(tuple(row.get(name, "") for name in shown) for row in said),
    )


def _letters(decided: Decided) -> dict[str, bytes]:
    rows = {
        item.row: item.file
        for part in decided.sections
        if part.section.model == "letters.Copy"
        for item in _given(part)
    }
    found = Copy.objects.filter(pk__in=rows)
    return {f"letters/{rows[str(one.pk)]}": bytes(one.content) for one in found}
