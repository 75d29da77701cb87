"""How long records are kept, what a court or an inquiry holds, and certificates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.paper import pdf
from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import retention as actions
from openhiu.web.assurance.forms import retention as forms
from openhiu.web.assurance.policies import retention as policies
from openhiu.web.assurance.presenters import retention as words
from openhiu.web.assurance.queries import retention as queries
from openhiu.web.assurance.retention.classes import CLASSES, settable
from openhiu.web.assurance.retention.standing import rules_of
from openhiu.web.reporting.views.serving import download


@allow(Permission.APPRAISE_RECORD)
@require_GET
def schedules(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept here, who says so, and every version."""
    actor = actor_of(request)
    rules = rules_of(actor.service_id)
    versions = list(queries.schedules(actor))
    waiting = next((one for one in versions if one.decided_at is None), None)
    told = {
        "rules": rules, "periods": words.periods(rules), "versions": versions, "waiting": waiting,
        "changes": _changes(waiting) if waiting else [],
        "usual": words.class_words(rules.usual),
        "why_not_change": policies.why_not_write_rules(actor),
        "why_not_agree": policies.why_not_decide_rules(actor, waiting) if waiting else "",
    }  # fmt: skip
    return render(request, "assurance/retention/schedules.html", told)


def _changes(waiting: Any) -> list[tuple[str, str]]:
    """What the version that waits says otherwise than the default."""
    said = [
        (words.class_words(key), CLASSES[key].unit, number)
        for key, number in waiting.periods.items()
    ]
    return [
        *((label, f"{number} {unit}") for label, unit, number in said),
        ("A client's record is usually", words.class_words(waiting.usual)),
        ("Days of cooling off", str(waiting.cooling_days)),
    ]


@allow(Permission.APPRAISE_RECORD)
@require_http_methods(["GET", "POST"])
def change_schedules(request: HttpRequest) -> HttpResponse:
    """Write the next version; it counts once information governance agrees."""
    actor = actor_of(request)
    rules = rules_of(actor.service_id)
    page = Page(
        title="Change how long records are kept", back=reverse("assurance:schedules"),
        submit="Propose", done="Proposed. It counts once information governance agrees.",
        note=policies.why_not_write_rules(actor),
    )  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        numbers = {one.key: said[one.key] for one in settable()}
        changed = {key: n for key, n in numbers.items() if n != CLASSES[key].number}
        actions.write_rules(
            by=actor, periods=changed, usual=said["usual"], cooling_days=said["cooling_days"],
            reason=said["reason"],
        )  # fmt: skip

    return ask(request, forms.ScheduleForm, page, save, rules=rules)


@allow(Permission.APPRAISE_RECORD)
@require_POST
def agree_schedules(request: HttpRequest, rules_id: UUID) -> HttpResponse:
    """Agree to a version, or put it aside."""
    actor = actor_of(request)
    rules = queries.schedule_or_missing(actor, rules_id)
    agreed = request.POST.get("agreed") == "yes"
    return press(
        request, lambda: actions.agree_rules(by=actor, rules=rules, agreed=agreed),
        reverse("assurance:schedules"), "Agreed: it counts from now." if agreed else "Put aside.",
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """What courts and inquiries asked for: nothing of it is removed."""
    actor = actor_of(request)
    rows = [(one, words.held_words(one)) for one in queries.holds(actor)]
    told = {"rows": rows, "may_hold": may(actor.role, Permission.HOLD_RECORD)}
    return render(request, "assurance/retention/holds.html", told)


@allow(Permission.HOLD_RECORD)
@require_http_methods(["GET", "POST"])
def place_hold(request: HttpRequest) -> HttpResponse:
    """Hold one person's record, found by number, or every record of a kind."""
    actor = actor_of(request)
    page = Page(
        title="Hold records", back=reverse("assurance:holds"), submit="Hold",
        done="Held. Nothing it covers is removed until it is lifted.",
    )  # fmt: skip
    return ask(request, forms.HoldForm, page, lambda said: _place(actor, said))


def _place(actor: Actor, said: dict[str, Any]) -> None:
    person = None
    if said["what"] == "person":
        person = queries.person_with_number(actor, said["number"])
        if person is None:
            raise NotAllowed("No record here has this number.")
    actions.hold(
        by=actor, person=person, record_class="" if person else said["record_class"],
        reference=said["reference"], reason=said["reason"], review_on=said["review_on"],
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_GET
def show_hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold."""
    actor = actor_of(request)
    hold = queries.hold_or_missing(actor, hold_id)
    record(actor, Did.LOOKED, about=hold)
    told = {
        "hold": hold, "what": words.held_words(hold),
        "may_hold": may(actor.role, Permission.HOLD_RECORD),
    }  # fmt: skip
    return render(request, "assurance/retention/hold.html", told)


@allow(Permission.HOLD_RECORD)
@require_http_methods(["GET", "POST"])
def lift_hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Lift one hold."""
    actor = actor_of(request)
    hold = queries.hold_or_missing(actor, hold_id)
    page = Page(
        title="Lift this hold", caption=hold.reference, back=reverse("assurance:holds"),
        submit="Lift it", done="Lifted. What it covered is due again when its time has come.",
    )  # fmt: skip
    return ask(
        request, forms.LiftForm, page,
        lambda said: actions.lift(by=actor, held=hold, **said) and None,
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Everything that was removed, by reference."""
    rows = [
        (one, words.class_words(one.appraisal.record_class), sum(one.rows.values()))
        for one in queries.certificates(actor_of(request))[:500]
    ]
    return render(request, "assurance/retention/certificates.html", {"rows": rows})


@allow(Permission.APPRAISE_RECORD)
@require_GET
def show_certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One certificate."""
    row = queries.certificate_or_missing(actor_of(request), certificate_id)
    told = {"certificate": row, "facts": words.facts_of(row), "kinds": words.rows_by_kind(row.rows)}
    return render(request, "assurance/retention/certificate.html", told)


@allow(Permission.APPRAISE_RECORD)
@require_GET
def take_certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The same on paper."""
    actor = actor_of(request)
    row = queries.certificate_or_missing(actor, certificate_id)
    record(actor, Did.PRINTED, about=row)
    paper = pdf.make(words.document(row, actor.service.name))
    return download(paper, f"certificate-{row.number}.pdf")
