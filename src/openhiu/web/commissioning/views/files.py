"""Files beside the settings, and the whole area as a file for the command line and back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.commissioning import actions, presenters, queries
from openhiu.web.commissioning.area import files
from openhiu.web.commissioning.area.reading import NotSet
from openhiu.web.commissioning.forms import AreaFileForm, FileForm
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.views import serving


@allow(Permission.SEE_AREA)
@require_GET
def download(request: HttpRequest, area_id: UUID | None = None) -> HttpResponse:
    """The settings as the command line reads them: in force, or one version of the history."""
    actor = actor_of(request)
    area = (
        queries.latest_area(actor) if area_id is None else queries.area_or_missing(actor, area_id)
    )
    try:
        name, data = files.pack(queries.settings_of(area), queries.files_of(area))
    except Altered as why:
        return serving.altered(request, why, area)
    record(actor, Did.EXPORTED, about=area, purpose=Purpose.COMMISSIONING, what="locality file")
    return serving.download(data, name)


@allow(Permission.CHANGE_AREA)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Set the whole area from a file."""

    def save(cleaned: dict[str, Any]) -> None:
        sent = cleaned["area"]
        try:
            settings, beside = files.unpack(sent.name, sent.read(files.MOST + 1))
            actions.take_file(by=actor_of(request), settings=settings, files=beside)
        except NotSet as why:
            raise NotAllowed(why.words) from None

    page = Page(
        title="Set the area from a file", back=reverse("commissioning:settings"),
        note="The file is read exactly as the command line reads it; where that would stop, "
        "nothing is changed.",
        submit="Take it over", done="The area is set as the file says.",
    )  # fmt: skip
    return ask(request, AreaFileForm, page, save)


@allow(Permission.CHANGE_AREA)
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Begin with the locality file that the service itself has."""

    def act() -> None:
        path = presenters.service_file(actor_of(request).service)
        if path is None:
            raise NotAllowed("The service has no locality file.")
        try:
            settings, beside = files.beside(path)
            actions.take_file(by=actor_of(request), settings=settings, files=beside, way="service")
        except NotSet as why:
            raise NotAllowed(why.words) from None

    return press(request, act, reverse("commissioning:settings"),
                 "Taken over. Now say what is missing.")  # fmt: skip


@allow(Permission.CHANGE_AREA)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a file that a setting can name."""

    def save(cleaned: dict[str, Any]) -> None:
        name, data = cleaned["file"]
        try:
            actions.keep_file(by=actor_of(request), name=name, data=data)
        except NotSet as why:
            raise NotAllowed(why.words) from None

    page = Page(
        title="Add a file", back=reverse("commissioning:settings"), submit="Add it",
        note="Afterwards choose it where it belongs. A file of the same name is replaced; the "
        "history keeps the one before.",
        done="Added. Now choose it in the section where it belongs.",
    )  # fmt: skip
    return ask(request, FileForm, page, save)


@allow(Permission.CHANGE_AREA)
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Leave a file out from now on."""

    def act() -> None:
        try:
            actions.remove_file(by=actor_of(request), name=request.POST.get("name", ""))
        except NotSet as why:
            raise NotAllowed(why.words) from None

    return press(request, act, reverse("commissioning:settings"), "Left out from now on.")
