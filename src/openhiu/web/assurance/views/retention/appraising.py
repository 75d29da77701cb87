"""The queue of records whose time has come, and what two people decide about each."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.tables.delivery import write_csv
from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.actions import retention as actions
from openhiu.web.assurance.forms import retention as forms
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.policies import retention as policies
from openhiu.web.assurance.presenters import retention as words
from openhiu.web.assurance.queries import retention as queries
from openhiu.web.assurance.retention import waits
from openhiu.web.assurance.retention.standing import held, rules_of
from openhiu.web.reporting.views.serving import download

_SHOWN = 200
_S = Appraisal.State


@allow(Permission.APPRAISE_RECORD)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Records that wait for a decision, for a second person, or for their day."""
    actor = actor_of(request)
    rows = list(queries.appraisals(actor).filter(state__in=queries.OPEN)[:_SHOWN])
    record(actor, Did.LISTED, page="retention", rows=len(rows))
    ended = queries.appraisals(actor).exclude(state__in=queries.OPEN).order_by("-ended_at")
    told = {
        "parts": [(state, [_line(actor, one) for one in rows if one.state == state])
                  for state in queries.OPEN],
        "ended": [_line(actor, one) for one in ended[:20]],
        "holds": queries.holds(actor).filter(lifted_at=None).count(),
        "rules": rules_of(actor.service_id),
        "waits": waits.why(actor.service_id),
        "certificates": queries.certificates(actor).count(),
    }  # fmt: skip
    return render(request, "assurance/retention/queue.html", told)


def _line(actor: Actor, row: Appraisal) -> dict[str, Any]:
    return {
        "row": row, "tag": words.tag_of(row), "kind": words.class_words(row.record_class),
        "person": queries.visible_person(actor, row) if row.state in queries.OPEN else None,
    }  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_GET
def show_appraisal(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """One record: class, last contact, what stands against removing it, where else it is named."""
    actor = actor_of(request)
    row = queries.appraisal_or_missing(actor, appraisal_id)
    record(actor, Did.LOOKED, person=row.about, about=row)
    told = {
        **_line(actor, row),
        "named": queries.named_elsewhere(row),
        "holds": held(actor.service_id, row.records, row.record_class),
        "why_not_remove": policies.why_not_remove(row) if row.state in queries.OPEN else "",
        "why_not_decide": policies.why_not_propose(actor, row),
        "why_not_confirm": policies.why_not_confirm(actor, row),
        "certificate": queries.certificates(actor).filter(appraisal=row).first(),
    }
    return render(request, "assurance/retention/appraisal.html", told)


@allow(Permission.APPRAISE_RECORD)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Decide first: remove it, or keep it longer."""
    actor = actor_of(request)
    row = queries.appraisal_or_missing(actor, appraisal_id)
    page = Page(
        title="What becomes of this record", caption=row.reference, back=_page(row),
        submit="Decide", done="Decided. Somebody else has to confirm.",
        note=policies.why_not_propose(actor, row), version=lambda: _now(actor, row).version,
    )  # fmt: skip
    return ask(
        request, forms.DecideForm, page,
        lambda said: actions.propose(by=actor, appraisal=row, **said) and None,
        initial={"version": row.version},
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_POST
def confirm(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Decide second: as the first person did."""
    actor = actor_of(request)
    row = queries.appraisal_or_missing(actor, appraisal_id)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else 0
    return press(
        request, lambda: actions.confirm(by=actor, appraisal=row, version=version), _page(row),
        "Confirmed.",
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Take a decision back while the record is still there."""
    actor = actor_of(request)
    row = queries.appraisal_or_missing(actor, appraisal_id)
    page = Page(
        title="Take the decision back", caption=row.reference, back=_page(row),
        submit="Take it back", done="Taken back. The record waits for a first decision again.",
        note=policies.why_not_take_back(actor, row), version=lambda: _now(actor, row).version,
    )  # fmt: skip
    return ask(
        request, forms.TakeBackForm, page,
        lambda said: actions.take_back(by=actor, appraisal=row, **said) and None,
        initial={"version": row.version},
    )  # fmt: skip


@allow(Permission.APPRAISE_RECORD)
@require_http_methods(["GET", "POST"])
def put_in_class(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Say which class the record is in; only for whoever may open it."""
    actor = actor_of(request)
    row = queries.appraisal_or_missing(actor, appraisal_id)
    person = queries.visible_person(actor, row)
    if person is None:
        raise Missing
    page = Page(
        title="The class of this record", caption=row.reference, back=_page(row),
        done="Noted. It leaves the queue by itself if it is due later now.",
    )  # fmt: skip
    return ask(
        request, forms.ClassForm, page,
        lambda said: actions.put_in_class(by=actor, person=person, **said) and None,
        initial={"record_class": row.record_class},
    )  # fmt: skip


@allow(Permission.DELIVER_ACTIVITY)
@require_GET
def to_forget(request: HttpRequest) -> HttpResponse:
    """For the hospital's analyst: identifiers of everybody to be forgotten in the store as well."""
    actor = actor_of(request)
    keys = queries.to_forget(actor)
    record(actor, Did.EXPORTED, what="people to forget", rows=len(keys))
    with tempfile.TemporaryDirectory(prefix="openhiu-to-forget-") as folder:
        path = Path(folder) / "people-to-forget.csv"
        write_csv(path, ("issuer", "person_id", "birth_date"), keys)
        return download(path.read_bytes(), path.name)


def _page(row: Appraisal) -> str:
    return reverse("assurance:appraisal", args=[row.pk])


def _now(actor: Actor, row: Appraisal) -> Appraisal:
    return queries.appraisal_or_missing(actor, row.pk)
