"""The area is set: contents with what is missing, a form a section, files, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.commissioning import actions, presenters, queries
from openhiu.web.commissioning.area import kinds, merging, reading
from openhiu.web.commissioning.area.reading import NotSet
from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.area.sections import SECTIONS
from openhiu.web.commissioning.forms import SectionForm
from openhiu.web.commissioning.models import AreaVersion

_LONGEST_NUMBER: Final = 9


@allow(Permission.SEE_AREA)
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """Every section, what is set in it, and what documents still ask for."""
    actor = actor_of(request)
    area = queries.latest_area(actor)
    record(actor, Did.LOOKED, about=area, purpose=Purpose.COMMISSIONING, page="area settings")
    told = {
        "area": area,
        "groups": presenters.contents(queries.settings_of(area)),
        "missing": presenters.by_document(
            presenters.still_missing(queries.kept_documents(actor), area)
        ),
        "files": sorted(area.files) if area else [],
        "may_change": may(actor.role, Permission.CHANGE_AREA),
        "service_file": area is None and presenters.service_file(actor.service) is not None,
    }
    return render(request, "commissioning/settings.html", told)


@allow(Permission.CHANGE_AREA)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, key: str) -> HttpResponse:
    """One section: its form, or its rows."""
    actor, found = actor_of(request), _section(key)
    area = queries.latest_area(actor)
    if found.many:
        told = {"section": found, "rows": presenters.rows(found, queries.settings_of(area)),
                "area": area}  # fmt: skip
        return render(request, "commissioning/rows.html", told)

    version = _version(request, area)

    def save(cleaned: dict[str, Any]) -> None:
        actions.save_section(by=actor, section=found, version=version, values=cleaned["values"])

    def merge(cleaned: dict[str, Any]) -> dict[str, Any]:
        return merging.section(actor, area, found, version, cleaned["values"])

    row = found.values(queries.settings_of(area))
    asked = Asked(found, area, row, found.title, reverse("commissioning:settings"))
    return _ask(request, asked, save, merge)


@allow(Permission.CHANGE_AREA)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """One row more."""
    return _row(request, _section(key, many=True), None)


@allow(Permission.CHANGE_AREA)
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One row."""
    return _row(request, _section(key, many=True), number)


@allow(Permission.CHANGE_AREA)
@require_POST
def remove(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a row away; the history keeps it."""
    found = _section(key, many=True)
    actor, version = actor_of(request), _version(request, None)
    if not 1 <= number <= len(found.values(merging.drawn_from(actor, version))):
        raise Missing

    def act() -> None:
        try:
            actions.remove_row(by=actor, section=found, version=version, number=number)
        except NotSet as why:
            raise NotAllowed(why.words) from None
        except Stale:
            raise NotAllowed("Somebody else changed it or took it away. Look again.") from None

    back = reverse("commissioning:section", args=[key])
    return press(request, act, back, "Taken away. The history keeps it.")


@allow(Permission.SEE_AREA)
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Every version of the settings, with who and when."""
    actor = actor_of(request)
    record(actor, Did.LISTED, purpose=Purpose.COMMISSIONING, page="area history")
    told = {"versions": presenters.history(queries.areas(actor))}
    return render(request, "commissioning/history.html", told)


def _section(key: str, *, many: bool = False) -> Section:
    if key not in SECTIONS or (many and not SECTIONS[key].many):
        raise Missing
    return SECTIONS[key]


def _row(request: HttpRequest, found: Section, number: int | None) -> HttpResponse:
    actor = actor_of(request)
    area = queries.latest_area(actor)
    version = _version(request, area)
    rows = found.values(merging.drawn_from(actor, version))
    there = number is not None and 1 <= number <= len(rows)
    if number is not None and not there and not request.POST.get("called"):
        raise Missing
    now = rows[number - 1] if number is not None and there else {}

    def which(cleaned: dict[str, Any]) -> merging.Which | None:
        return None if number is None else merging.Which(number, cleaned.get("called") or "")

    def save(cleaned: dict[str, Any]) -> None:
        actions.save_row(by=actor, section=found, version=version, which=which(cleaned),
                         values=cleaned["values"])  # fmt: skip

    def merge(cleaned: dict[str, Any]) -> dict[str, Any]:
        return merging.row(actor, area, found, version, which(cleaned), cleaned["values"])

    title = found.row_name(now, number) if number is not None else f"Add a {found.one}"
    back = reverse("commissioning:section", args=[found.key])
    return _ask(request, Asked(found, area, now, title, back, number), save, merge)


def _version(request: HttpRequest, area: AreaVersion | None) -> int:
    """The version that a form was drawn from, or would be drawn from now."""
    sent = request.POST.get("version", "")
    is_one = sent.isdecimal() and len(sent) <= _LONGEST_NUMBER
    return int(sent) if is_one else area.number if area else 0


@dataclass(frozen=True)
class Asked:
    """What a form asks for: a section, or one row of it, as it is now."""

    section: Section
    area: AreaVersion | None
    row: Mapping[str, Any]
    title: str
    back: str
    number: int | None = None


def _ask(request: HttpRequest, asked: Asked, save: Any, merge: Any) -> HttpResponse:
    """One form, drawn from a version and read by the command line's own reader."""
    actor, found, area = actor_of(request), asked.section, asked.area
    files = queries.files_of(area)

    def check(cleaned: dict[str, Any]) -> None:
        try:
            settings = merge(cleaned)
        except Stale:
            return  # saving says so, with both texts
        reading.check(settings, files, found)

    page = Page(
        title=asked.title, back=asked.back, caption=found.title if found.many else found.group,
        note=found.about, draft=f"area-{found.key}-{asked.number or 'new'}",
        version=lambda: getattr(queries.latest_area(actor), "number", 0),
        template="commissioning/section.html", extra={"section": found},
    )  # fmt: skip
    initial = {field.key: kinds.drawn(field, asked.row) for field in found.fields}
    initial |= {"version": area.number if area else 0, "called": merging.called(found, asked.row)}
    return ask(request, SectionForm, page, save, initial=initial, section=found,
               files=tuple(sorted(files)), check=check)  # fmt: skip
