"""Someone's page, adding someone, and changing who they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.people import actions, doors, forms, match, presenters
from openhiu.web.people.beside import beside
from openhiu.web.people.models import OtherName, Person, Phone
from openhiu.web.people.queries import person_or_missing
from openhiu.web.people.views.asking import Page, actor_of, ask, press


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who they are, how to be in touch, and what to know first."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    record(actor, Did.LOOKED, person=person)
    told = {
        "person": person,
        "card": presenters.before_you_call(actor, person),
        "beside": beside(person),
        "where": presenters.location(person),
        "other_names": person.other_names.order_by("name"),
        "numbers": person.identifiers.order_by("issuer", "value"),
        "can": presenters.can(actor),
        "places": [door(actor, [person.pk]).get(person.pk) for door in doors.PLACES],
        "alike": [like for like in match.likely_for(actor, person) if like.visible],
    }
    return render(request, "people/person.html", told)


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter someone new; people alike are shown before anything is saved."""
    actor = actor_of(request)
    found: dict[str, Any] = {"likely": []}
    page = Page(
        "Add someone",
        reverse("people:search"),
        draft="person:new",
        done="They are added.",
        template="people/add.html",
        extra=found,
    )

    def save(values: dict[str, Any]) -> str:
        values.pop("version")
        phone = values.pop("phone"), values.pop("phone_label")
        try:
            person = actions.add_person(by=actor, phones=[phone] if phone[0] else [], **values)
        except match.MaybeKnown as maybe:
            found["likely"] = maybe.likely
            raise _ask_why() from None
        return reverse("people:person", args=[person.pk])

    return ask(request, forms.AddForm, page, save)


def _ask_why() -> ValidationError:
    return ValidationError({"despite": "Someone alike is known. Open them, or say why not"})


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change names, numbers and where they live."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    names = [name for name in forms.DetailsForm.base_fields if hasattr(person, name)]
    page = Page(
        "Change details",
        _page_of(person),
        caption=person.called,
        draft=f"details:{person.pk}:{person.version}",
        done="The details are saved.",
        note=presenters.HIDDEN if person.restricted else "",
        version=lambda: Person.objects.get(pk=person.pk).version,
    )
    return ask(
        request,
        forms.DetailsForm,
        page,
        lambda values: _change(actor, person, values),
        initial={name: getattr(person, name) for name in names},
        restricted=person.restricted,
    )


def _change(actor: Actor, person: Person, values: dict[str, Any]) -> None:
    version = values.pop("version") or 0
    actions.change_person(by=actor, person=person, version=version, **values)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def add_name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add another name."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page("Add another name", _page_of(person), caption=person.called)
    return ask(
        request,
        forms.OtherNameForm,
        page,
        lambda values: actions.add_other_name(by=actor, person=person, **values),
    )


@allow(Permission.WRITE_CLIENT)
@require_POST
def remove_name(request: HttpRequest, person_id: UUID, name_id: UUID) -> HttpResponse:
    """Take away a name entered in error."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    name = OtherName.objects.filter(person=person, pk=name_id).first()
    if name is None:
        raise Missing
    return press(
        request,
        lambda: actions.remove_other_name(by=actor, name=name),
        _page_of(person),
        "The name is taken away.",
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def add_phone(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add a telephone number."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page("Add a telephone number", _page_of(person), caption=person.called)
    return ask(
        request,
        forms.PhoneForm,
        page,
        lambda values: actions.add_phone(by=actor, person=person, **values),
    )


@allow(Permission.WRITE_CLIENT)
@require_POST
def stop_phone(request: HttpRequest, person_id: UUID, phone_id: UUID) -> HttpResponse:
    """Say that a number is no longer in use."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    phone = Phone.objects.filter(person=person, pk=phone_id).first()
    if phone is None:
        raise Missing
    return press(
        request,
        lambda: actions.stop_phone(by=actor, phone=phone),
        _page_of(person),
        "That number is not used any more.",
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def add_number(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add a hospital number or a former NHS number."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page("Add a number", _page_of(person), caption=person.called)

    def save(values: dict[str, Any]) -> None:
        issuer = "nhs" if values["kind"] == "nhs" else values["issuer"].upper()
        actions.add_number(by=actor, person=person, issuer=issuer, value=values["value"])

    return ask(request, forms.NumberForm, page, save)


@allow(Permission.WRITE_CLIENT)
@require_POST
def confirm_address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that the address was checked with them today."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    return press(
        request,
        lambda: actions.confirm_address(by=actor, person=person),
        _page_of(person),
        "The address is confirmed as of today.",
    )


def _page_of(person: Person) -> str:
    return reverse("people:person", args=[person.pk])
