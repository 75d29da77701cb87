"""The contact-safety plan, important notices, and the marks "died" and "restricted"."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.people import actions, forms, queries
from openhiu.web.people.models import ContactSafety, Person
from openhiu.web.people.queries import notice_or_missing, person_or_missing
from openhiu.web.people.views.asking import Page, actor_of, ask, press


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def contact_safety(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write how to be in touch without doing harm."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    plan = ContactSafety.objects.filter(person=person).first()
    page = Page(
        "How to be in touch safely",
        _page_of(person),
        caption=person.called,
        note="Before the first call, write what is safest. Then ask them, and change it.",
        draft=f"safety:{person.pk}:{plan.version if plan else 0}",
        done="The contact-safety plan is saved.",
        version=lambda: ContactSafety.objects.get(person=person).version,
    )

    def save(values: dict[str, Any]) -> None:
        version = values.pop("version") or 0
        actions.set_contact_safety(by=actor, person=person, version=version, **values)

    start = forms.ContactSafetyForm.start(person, plan)
    return ask(request, forms.ContactSafetyForm, page, save, initial=start)


@allow(Permission.PROPOSE_NOTICE)
@require_http_methods(["GET", "POST"])
def propose_notice(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Propose something important to know."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page(
        "Propose an important notice",
        _page_of(person),
        caption=person.called,
        note="Your supervisor agrees it before anyone else sees it. It ends within 12 months.",
        submit="Propose",
        draft=f"notice:{person.pk}",
        done="The notice is proposed. A supervisor decides.",
    )

    def save(values: dict[str, Any]) -> None:
        told = values.pop("told_person") == "yes"
        actions.propose_notice(by=actor, person=person, told_person=told, **values)

    return ask(request, forms.NoticeForm, page, save)


@allow(Permission.AGREE_NOTICE)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Notices waiting for someone to agree them."""
    waiting = queries.notices_waiting(actor_of(request))
    return render(request, "people/notices.html", {"waiting": waiting})


@allow(Permission.AGREE_NOTICE)
@require_POST
def agree_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Agree a notice."""
    actor = actor_of(request)
    notice = notice_or_missing(actor, notice_id)
    return press(
        request,
        lambda: actions.agree_notice(by=actor, notice=notice),
        reverse("people:notices"),
        "The notice is agreed and shows from now on.",
    )


@allow(Permission.OPEN_CLIENT)
@require_POST
def end_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """End a notice, or put a proposed one aside."""
    actor = actor_of(request)
    notice = notice_or_missing(actor, notice_id)
    back = reverse("people:person", args=[notice.person_id])
    return press(
        request, lambda: actions.end_notice(by=actor, notice=notice), back, "The notice has ended."
    )


@allow(Permission.OPEN_CLIENT)
@require_http_methods(["GET", "POST"])
def died(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that someone died."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page(
        "Say that they have died",
        _page_of(person),
        caption=person.called,
        note="From the moment you save, nobody is asked to call or write, and open tasks end.",
        submit="Save",
        done="It is recorded that they have died.",
    )

    def save(values: dict[str, Any]) -> None:
        actions.mark_died(
            by=actor,
            person=person,
            on=values["on"],
            registered=values["how"] == "formal",
            heard=values["heard"],
        )

    return ask(request, forms.DiedForm, page, save)


@allow(Permission.OPEN_CLIENT)
@require_http_methods(["GET", "POST"])
def not_died(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that a death was an error."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page(
        "They have not died",
        _page_of(person),
        caption=person.called,
        note="Tasks that ended stay ended. Look at what needs doing now.",
        done="The error is corrected.",
    )
    return ask(
        request,
        forms.ReasonForm,
        page,
        lambda values: actions.clear_died(by=actor, person=person, **values),
    )


@allow(Permission.OPEN_CLIENT)
@require_http_methods(["GET", "POST"])
def restricted(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Restrict someone's details."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page(
        "Restrict their details",
        _page_of(person),
        caption=person.called,
        note="Their address, telephone numbers and GP practice are hidden everywhere at once.",
        submit="Restrict",
        variant="warning",
        done="Their details are restricted.",
    )
    return ask(
        request,
        forms.RestrictedForm,
        page,
        lambda values: actions.mark_restricted(by=actor, person=person, **values),
    )


@allow(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def not_restricted(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Lift a restriction."""
    actor = actor_of(request)
    person = person_or_missing(actor, person_id)
    page = Page(
        "Show their details again",
        _page_of(person),
        caption=person.called,
        note="Someone may be looking for them. Be sure before you save.",
        submit="Show their details",
        variant="warning",
        done="Their details are shown again.",
    )
    return ask(
        request,
        forms.ReasonForm,
        page,
        lambda values: actions.clear_restricted(by=actor, person=person, **values),
    )


def _page_of(person: Person) -> str:
    return reverse("people:person", args=[person.pk])
