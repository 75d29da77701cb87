"""A report's way out: read by a second person, published, or set aside before that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle, tell_supervisors
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework.actions.telling import report_published
from openhiu.web.casework.quarter import in_words
from openhiu.web.reporting import policies, queries, standing
from openhiu.web.reporting.actions.turns import one_at_a_time
from openhiu.web.reporting.models import Report

State: Any = Report.State


@transaction.atomic
def review(*, by: Actor, report: Report, note: str = "") -> Report:
    """Say that a draft was read whole by someone who did not make it.

    Raises:
        NotAllowed: with why, as standing.why_not_review says it.
    """
    found = _held(by, report)
    policies.must(standing.why_not_review(by, found))
    _prove(found)
    found.state = State.REVIEWED
    found.reviewed_at, found.reviewed_by = timezone.now(), by.membership
    found.review_note = note.strip()
    found.save()
    _record(by, Did.REVIEWED, found)
    return found


@transaction.atomic
def publish(*, by: Actor, report: Report) -> Report:
    """Publish a reviewed report; commissioners are told. From here on nothing of it changes.

    Raises:
        NotAllowed: with why, as standing.why_not_publish says it: another report went out since, or
            a story was taken out.
        Altered: a file is not what was made and read.
    """
    one_at_a_time(by)
    found = _held(by, report)
    policies.must(standing.why_not_publish(by, found))
    _prove(found)
    report_published(by=by, report=found.pk)
    _decided(by, found, State.PUBLISHED, "")
    _record(by, Did.RELEASED, found)
    link = reverse("reporting:report", args=[found.pk])
    settle(by, link)
    told = f"The report for {in_words(found.quarter)} is published."
    tell_supervisors(by, told, link)
    _tell_commissioners(by, told, link)
    return found


@transaction.atomic
def set_aside(*, by: Actor, report: Report, note: str = "") -> Report:
    """Put a report away that is not published: it stays, and nobody is shown it as a report.

    Raises:
        NotAllowed: with why, as policies.why_not_set_aside says it.
    """
    found = _held(by, report)
    policies.must(policies.why_not_set_aside(by, found))
    _decided(by, found, State.SET_ASIDE, note)
    _record(by, Did.SET_ASIDE, found)
    settle(by, reverse("reporting:report", args=[found.pk]))
    return found


@transaction.atomic
def call_back(*, by: Actor, report: Report, note: str) -> Report:
    """Stop handing out a published report: its files stay, and readers are told that it is gone.

    Raises:
        NotAllowed: with why, as policies.why_not_call_back says it, or no reason was given.
    """
    found = _held(by, report)
    policies.must(policies.why_not_call_back(by, found))
    policies.must("" if note.strip() else "Say why it is called back.")
    found.state = State.CALLED_BACK
    found.called_back_at, found.called_back_by = timezone.now(), by.membership
    found.called_back_note = note.strip()
    found.save()
    _record(by, Did.WITHDREW, found)
    told = f"The report for {in_words(found.quarter)} was called back. Delete your copies."
    library = reverse("reporting:library")
    settle(by, reverse("reporting:report", args=[found.pk]))
    tell_supervisors(by, told, library)
    _tell_commissioners(by, told, library)
    return found


def _held(by: Actor, report: Report) -> Report:
    """The report as it is now, held: two decisions at once would each believe to be the first."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("made_by")
    found: Report = rows.get(service=by.service_id, pk=report.pk)
    return found


def _prove(report: Report) -> None:
    for file in report.files:
        queries.report_file(report, file["name"])


def _tell_commissioners(by: Actor, told: str, link: str) -> None:
    readers = Membership.objects.filter(
        service=by.service, role=Role.COMMISSIONER, ended_at=None, user__is_active=True
    )
    for membership in readers:
        announce(to=membership, words=told, link=link)


def _decided(by: Actor, report: Report, state: Any, note: str) -> None:
    report.state, report.decision_note = state, note.strip()
    report.decided_at, report.decided_by = timezone.now(), by.membership
    report.save()


def _record(by: Actor, did: Did, report: Report) -> None:
    record(
        by, did, about=report, purpose=Purpose.SERVICE_MANAGEMENT, quarter=report.quarter,
        edition=report.edition, sha256=report.manifest,
    )  # fmt: skip
