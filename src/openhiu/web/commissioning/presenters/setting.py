"""The area's settings in words: sections with what is set in them, what is missing, the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings as django_settings
from django.urls import reverse

from openhiu.web.access.models import Service
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.area.kinds import Field, in_words
from openhiu.web.commissioning.area.reading import FILE
from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.area.sections import ALL, GROUPS, SECTIONS
from openhiu.web.commissioning.making import asked
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.models import AreaVersion, Document

_SHOWN: Final = 90


@dataclass(frozen=True)
class Set:
    """One section in the contents: what is set in it in a few words."""

    section: Section
    words: str
    is_set: bool


@dataclass(frozen=True)
class Line:
    """Something that nobody has said: what, for which documents, and where to say it."""

    words: str
    where: str
    documents: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class Group:
    """What one document asks for; what others ask for as well stands with the first of them."""

    key: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Row:
    """One row of a list: its number, its name, and what else is set."""

    number: int
    name: str
    facts: list[tuple[str, str]]


def contents(settings: Mapping[str, Any]) -> list[tuple[str, list[Set]]]:
    """Every section by its group."""
    found = [Set(one, _in_short(one, settings), one.is_set(settings)) for one in ALL]
    return [(group, [one for one in found if one.section.group == group]) for group in GROUPS]


def rows(section: Section, settings: Mapping[str, Any]) -> list[Row]:
    """The rows of a list."""
    return [
        Row(number, section.row_name(row, number), _facts(section, row))
        for number, row in enumerate(section.values(settings), 1)
    ]


def still_missing(documents: Iterable[Document], area: AreaVersion | None) -> list[Line]:
    """What documents ask for and nobody has said, and what those made last could not tell."""
    settings = queries.settings_of(area)
    known = asked.wanted(settings)
    lines = [_line(one) for one in known]
    seen = {one.key for one in known}
    for document in _newest(documents):
        lines += _told_by(document, settings, seen)
    return lines


def missing_of(what: str, area: AreaVersion | None, newest: Document | None) -> list[Line]:
    """The same for one kind of document, before it is made."""
    settings = queries.settings_of(area)
    known = asked.wanted(settings, what)
    seen = {one.key for one in known}
    lines = [_line(one) for one in known]
    return lines + (_told_by(newest, settings, seen) if newest else [])


def by_document(lines: Sequence[Line]) -> list[Group]:
    """The same by the first document that asks for it, in the order of the documents."""
    found = [
        Group(kind.key, kind.title, [line for line in lines if line.documents[0] == kind.key])
        for kind in KINDS.values()
    ]
    return [group for group in found if group.lines]


def document_missing(document: Document) -> list[Line]:
    """What a document could not tell, each with the field that says it."""
    return [_said_to_be_missing(document, one) for one in document.missing]


def history(versions: Iterable[AreaVersion]) -> list[tuple[AreaVersion, str]]:
    """Each version with what was changed in it, in words."""
    return [(one, _changed(one)) for one in versions]


def service_file(service: Service) -> Path | None:
    """The locality file that the service itself has, if any."""
    beside = [Path(service.store) / FILE] if service.store else []
    homes = [*beside, django_settings.HOME / FILE]
    return next((path for path in homes if path.is_file()), None)


def _in_short(section: Section, settings: Mapping[str, Any]) -> str:
    if section.many:
        names = [row.name for row in rows(section, settings)]
        return _cut(", ".join(names)) if names else "None yet"
    said = [in_words(field, section.own(settings)) for field in section.fields
            if field.key in section.own(settings)]  # fmt: skip
    return _cut("; ".join(line.replace("\n", ", ") for line in said if line)) or "Nothing yet"


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} …"


def _facts(section: Section, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    named = section.name or "code"
    return [
        (field.label, _cut(in_words(field, row)))
        for field in section.fields
        if field.key != named and in_words(field, row)
    ]


def _line(one: asked.Wanted) -> Line:
    return Line(one.words, one.section.title, one.documents, _url(one.section, one.field))


def _url(section: Section, field: Field | None) -> str:
    page = reverse("commissioning:section", args=[section.key])
    return f"{page}#id_{field.key}" if field else page


def _newest(documents: Iterable[Document]) -> list[Document]:
    found: dict[str, Document] = {}
    for document in documents:
        found.setdefault(document.what, document)
    return list(found.values())


def _told_by(
    document: Document, settings: Mapping[str, Any], seen: set[tuple[str, str]]
) -> list[Line]:
    """What the document could not tell, unless it was said since or stands in the list already."""
    lines = []
    for one in document.missing:
        place = asked.place_of(one["remedy"])
        if place is not None:
            key = asked.key_of(*place)
            if key in seen or asked.is_set(*place, settings):
                continue
            seen.add(key)
        lines.append(_said_to_be_missing(document, one))
    return lines


def _said_to_be_missing(document: Document, one: Mapping[str, str]) -> Line:
    place = asked.place_of(one["remedy"])
    if place is None:
        return Line(f"{one['what']}. {one['remedy']}", "", (document.what,))
    return Line(one["what"], place[0].title, (document.what,), _url(*place))


def _changed(version: AreaVersion) -> str:
    if version.way != AreaVersion.Way.TYPED:
        return str(AreaVersion.Way(version.way).label)
    section = SECTIONS.get(version.section)
    return section.title if section else f"File {version.section}"
