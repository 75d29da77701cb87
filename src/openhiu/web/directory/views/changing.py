"""Adding, correcting, verifying and ending a service, and noting whether it has room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Organisation
from openhiu.web.access.permissions import Permission
from openhiu.web.design.words import today
from openhiu.web.directory import actions, duplicates, forms, queries
from openhiu.web.directory.actions.listings import TYPED
from openhiu.web.directory.models import Listing

_CHANGE = Permission.CHANGE_DIRECTORY


def _partners() -> Any:
    return Organisation.objects.filter(kind=Organisation.Kind.PARTNER).order_by("name")


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def add_service(request: HttpRequest) -> HttpResponse:
    """A new service; one much like it is shown first."""
    actor = actor_of(request)

    def save(said: dict[str, Any]) -> str:
        return str(reverse("directory:service", args=[actions.add_listing(by=actor, **said).pk]))

    page = Page(
        title="Add a service",
        back=reverse("directory:services"),
        draft="service:new",
        template="directory/change.html",
        done="Added to the directory.",
    )
    look_for = _looker(actor)
    return ask(request, forms.AddListingForm, page, save, partners=_partners(), look_for=look_for)


def _looker(actor: Actor) -> Any:
    """Looks for services much like one, among those that run."""
    return lambda **told: duplicates.likely(queries.services(actor), **told)


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def change_service(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Correct what stands about a service."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)

    def save(said: dict[str, Any]) -> None:
        version = said.pop("version") or 0
        actions.change_listing(by=actor, listing=row, version=version, **said)

    page = Page(
        title="Change a service",
        caption=row.name,
        back=reverse("directory:service", args=[row.pk]),
        draft=f"service:{row.pk}:{row.version}",
        template="directory/change.html",
        version=lambda: Listing.objects.get(pk=row.pk).version,
    )
    return ask(request, forms.ListingForm, page, save, initial=_typed(row), partners=_partners())


def _typed(row: Listing) -> dict[str, Any]:
    """A row as the form shows it."""
    told = {name: getattr(row, name) for name in TYPED if name != "hours"}
    days = {name: row.hours.get(day) or [] for day, name in forms.HOURS_FIELDS.items()}
    return told | days | {"areas": "\n".join(row.areas), "version": row.version}


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def say_room(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Whether they have room now."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)
    page = Page(
        title="Do they have room?",
        caption=row.name,
        back=reverse("directory:service", args=[row.pk]),
    )
    return ask(
        request,
        forms.RoomForm,
        page,
        lambda said: actions.say_room(by=actor, listing=row, **said),
        initial={"heard_on": today(), "waiting_weeks": row.waiting_weeks},
    )


@allow(_CHANGE)
@require_POST
def verify_service(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Everything that stands here is still right."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)
    to_list = request.POST.get("from") == "list"
    back = (
        reverse("directory:to_verify") if to_list else reverse("directory:service", args=[row.pk])
    )
    return press(request, lambda: actions.verify(by=actor, listing=row), back, "Verified today.")


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def end_service(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """A service is no more."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)
    page = Page(
        title="This service has ended",
        caption=row.name,
        note="It leaves every search. What was said about it stays, and so do connections.",
        back=reverse("directory:service", args=[row.pk]),
        submit="Mark as ended",
        variant="warning",
        done="Marked as ended.",
    )
    return ask(
        request,
        forms.EndForm,
        page,
        lambda said: actions.end_listing(by=actor, listing=row, **said),
        initial={"ended_on": today()},
    )


@allow(_CHANGE)
@require_POST
def open_service_again(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """It runs after all."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)
    back = reverse("directory:service", args=[row.pk])
    return press(request, lambda: actions.open_again(by=actor, listing=row), back, "Open again.")
