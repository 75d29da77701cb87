"""The caseload file leaves, the activity feed arrives; what it warns of is raised with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from openhiu.tables.handover import CASELOAD_COLUMNS
from openhiu.web.access import lawful
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Hospital
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.actions.activity import keep_latest
from openhiu.web.casework.models import Case
from openhiu.web.design import words
from openhiu.web.monitoring import caseload, queries
from openhiu.web.monitoring.actions.health import look_at_health
from openhiu.web.monitoring.actions.raising import raise_for
from openhiu.web.monitoring.clock import By, Clock, note
from openhiu.web.monitoring.faults import Fault, NotUsable, SentBefore
from openhiu.web.monitoring.locking import one_at_a_time
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.monitoring.reading import Delivery
from openhiu.web.monitoring.telling import supervisors

_TOLD: Final = (
    "person_id", "began_at", "ended_at", "site_code", "by_ambulance", "admitted", "complaint",
    "outcome",
)  # fmt: skip
_BATCH: Final = 1000


class OlderThanLast(NotUsable):
    """The feed knows less than the one in force; it is taken in only when somebody insists."""


@transaction.atomic
def hand_over_caseload(*, by: By) -> str:
    """The caseload file, as CSV text: for each client, their reference and identifiers.

    Raises:
        NotAllowed: the role delivers no activity, there is nobody to ask about, or nothing in
            force covers it with the organisation that receives it.
    """
    _must_deliver(by)
    _must_be_covered(by, lawful.CASELOAD)
    clients = caseload.clients(by)
    rows = caseload.rows(by, clients)
    if not rows:
        raise NotAllowed("Nobody takes part yet, so there is nobody to ask the store about.")
    handed = {UUID(reference) for reference, _, _ in rows}
    for person in sorted(handed, key=str):
        note(by, Did.EXPORTED, person=person, what=caseload.FILE, columns=["identifiers"])
    note(by, Did.EXPORTED, what=caseload.FILE, people=len(handed), rows=len(rows))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CASELOAD_COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


@transaction.atomic
def receive(
    *,
    by: By,
    delivery: Delivery,
    way: str = "uploaded",
    although_older: bool = False,
) -> Feed:
    """Take a feed in: new events are added, corrected ones changed, withdrawn ones taken out.

    Only for people who are clients and take part now; others are passed over and counted. Nothing
    is stored about them. What it warns of is raised in the same transaction.

    Raises:
        NotAllowed: the role delivers no activity, or nothing in force covers it.
        NotUsable: it was received before, or it is about nobody of this service.
        OlderThanLast: it knows less than the feed in force, and `although_older` is not set.
    """
    _must_deliver(by)
    _must_be_covered(by, lawful.ACTIVITY)
    one_at_a_time(by.service_id)
    _refuse_again(by, delivery)
    last = queries.latest_feed(by)
    older = last is not None and _knows_less(delivery, last)
    if older and last is not None and not although_older:
        raise OlderThanLast(_older(delivery, last))
    clients = caseload.clients(by)
    covered = {ref: standing for ref, standing in delivery.standings.items() if ref in clients}
    if not covered:
        raise NotUsable(
            Fault("Nobody in this feed is a client of this service who takes part",
                  "Make it from the caseload file of this service")
        )  # fmt: skip
    feed = _make_feed(by, delivery, way, len(covered), older)
    _store(feed, delivery, covered)
    _note_coverage(feed, covered)
    _note_latest(by, clients, covered)
    note(
        by, Did.UPLOADED, about=feed, what="activity feed", way=way, people=len(covered),
        new=feed.new_rows, changed=feed.changed_rows, gone=feed.gone_rows,
        people_skipped=feed.people_skipped, older_than_last=older,
    )  # fmt: skip
    _tell(by, feed, clients)
    look_at_health(by.service)
    raise_for(by.service, feed=feed)
    return feed


def _must_deliver(by: By) -> None:
    if isinstance(by, Clock):
        return
    if not may(by.role, Permission.DELIVER_ACTIVITY):
        raise NotAllowed(f"Your role here cannot {Permission.DELIVER_ACTIVITY}.")


def _must_be_covered(by: By, what: str) -> None:
    """With whoever sends or receives; the clock works on the data of every hospital at once."""
    if isinstance(by, Clock):
        hospitals = Hospital.objects.filter(service=by.service_id)
        bodies = list(hospitals.order_by("organisation").values_list("organisation", flat=True))
        if not bodies:
            raise NotAllowed("No hospital is set up, so nothing is agreed, and nothing crosses.")
    else:
        bodies = [by.organisation.pk]
    for body in dict.fromkeys(bodies):
        if why := lawful.why_not_cross(by.service, body, what):
            raise NotAllowed(why)


def _refuse_again(by: By, delivery: Delivery) -> None:
    before = Feed.objects.filter(service=by.service_id, content_hash=delivery.content_hash).first()
    if before:
        raise SentBefore(
            Fault(f"This feed was received on {words.day(before.received_at)} already",
                  "Nothing was changed; make a new one")
        )  # fmt: skip


def _knows_less(delivery: Delivery, last: Feed) -> bool:
    if delivery.as_of != last.as_of:
        return delivery.as_of < last.as_of
    ours, theirs = delivery.data_cut_off, last.data_cut_off
    return theirs is not None and (ours is None or ours < theirs)


def _older(delivery: Delivery, last: Feed) -> Fault:
    return Fault(
        f"This feed knows A&E up to {words.day(delivery.data_cut_off) or 'no day at all'} (as of "
        f"{words.day(delivery.as_of)}); the one in use knows it up to "
        f"{words.day(last.data_cut_off) or 'no day at all'} (as of {words.day(last.as_of)})",
        "Send a newer one, or tick the box to go back to this one",
    )


def _make_feed(by: By, delivery: Delivery, way: str, people: int, older: bool) -> Feed:
    return Feed.objects.create(
        service=by.service,
        received_by=by.membership,
        way=way,
        since=delivery.since,
        as_of=delivery.as_of,
        data_cut_off=delivery.data_cut_off,
        cut_offs=delivery.cut_offs,
        site_cut_offs=delivery.site_cut_offs,
        warnings=delivery.warnings,
        health=delivery.health,
        content_hash=delivery.content_hash,
        rows=len(delivery.events),
        people=people,
        people_skipped=len(delivery.standings) - people,
        older_than_last=older,
    )


def _store(feed: Feed, delivery: Delivery, covered: Mapping[UUID, str]) -> None:
    """Bring the stored events of the people the store knows in line with what the feed tells."""
    found = {person for person, standing in covered.items() if standing == "found"}
    told = {
        (event["kind"], event["source_ref"]): event
        for event in delivery.events
        if event["person_ref"] in found
    }
    stored = Activity.objects.filter(service=feed.service_id)
    refs = [ref for _, ref in told]
    known = {(row.kind, row.source_ref): row for row in stored.filter(source_ref__in=refs)}
    fresh = [_row(feed, event) for key, event in told.items() if key not in known]
    changed = [row for key, row in known.items() if key in told and _correct(row, told[key])]
    Activity.objects.bulk_create(fresh, batch_size=_BATCH)
    Activity.objects.bulk_update(changed, _TOLD_FIELDS, batch_size=_BATCH)
    theirs = stored.filter(person__in=found, began_at__date__gte=delivery.since)
    gone = [pk for pk, kind, ref in theirs.values_list("pk", "kind", "source_ref")
            if (kind, ref) not in told]  # fmt: skip
    stored.filter(pk__in=gone).delete()
    feed.new_rows, feed.changed_rows, feed.gone_rows = len(fresh), len(changed), len(gone)
    feed.save(update_fields=["new_rows", "changed_rows", "gone_rows"])


_TOLD_FIELDS: Final = [name.removesuffix("_id") for name in _TOLD]


def _row(feed: Feed, event: Mapping[str, Any]) -> Activity:
    row = Activity(
        service_id=feed.service_id, feed=feed, kind=event["kind"], source_ref=event["source_ref"]
    )
    _correct(row, event)
    return row


def _correct(row: Activity, event: Mapping[str, Any]) -> bool:
    """Write what the feed says into a row; True when anything was different."""
    said = {**event, "person_id": event["person_ref"]}
    different = [name for name in _TOLD if getattr(row, name) != said[name]]
    for name in different:
        setattr(row, name, said[name])
    return bool(different)


def _note_coverage(feed: Feed, covered: Mapping[UUID, str]) -> None:
    Coverage.objects.bulk_create(
        [
            Coverage(service_id=feed.service_id, person_id=person, feed=feed, standing=standing)
            for person, standing in covered.items()
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["feed", "standing"],
    )


def _note_latest(by: By, clients: Mapping[UUID, Case], covered: Mapping[UUID, str]) -> None:
    known = [person for person, standing in covered.items() if standing == "found"]
    visits = Activity.objects.filter(
        service=by.service_id, person__in=known, kind=Activity.Kind.ATTENDANCE
    )
    newest = dict(visits.values("person").annotate(at=Max("began_at")).values_list("person", "at"))
    keep_latest(by.service_id, {clients[person].pk: newest.get(person) for person in known})


def _tell(by: By, feed: Feed, clients: Mapping[UUID, Case]) -> None:
    """Nobody rings the family of someone who died, and nobody overlooks that the feed went back."""
    if feed.older_than_last:
        day = words.day(feed.data_cut_off) or "an unknown day"
        link = reverse("monitoring:feeds")
        said = f"An older activity feed was taken in: A&E is known up to {day}."
        for member in supervisors(by.service).exclude(user=by.user):
            announce(to=member, words=said, link=link)
    died = Activity.objects.filter(service=by.service_id, feed=feed, outcome__contains="died")
    for person in set(died.values_list("person", flat=True)):
        case = clients[person]
        announce(
            to=case.lead,
            words="Hospital data say that a client has died. Please check before you call.",
            link=reverse("monitoring:activity", args=[case.pk]),
        )
