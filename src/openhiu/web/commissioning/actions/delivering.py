"""Tiers arrive: the files of `hiu report tiers` come in, are checked and kept for good."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.commissioning import policies, queries
from openhiu.web.commissioning.actions.turns import one_at_a_time
from openhiu.web.commissioning.area.delivery import Delivery, read_delivery
from openhiu.web.commissioning.models import Tiers
from openhiu.web.design import words
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.keeping import keep_all


@transaction.atomic
def receive_tiers(*, by: Actor, files: Mapping[str, bytes], although_older: bool = False) -> Tiers:
    """Check and keep what `hiu report tiers` wrote: `files` by their names in its folder.

    Raises:
        NotAllowed: the role delivers no tiers.
        NotUsable: with why; nothing is stored.
    """
    policies.must_hold(by, Permission.DELIVER_TIERS)
    delivery = read_delivery(files)
    one_at_a_time(by)
    _refuse_again(by, delivery)
    told = delivery.tiers
    tiers = Tiers(
        service=by.service,
        received_by=by.membership,
        area=told.area[:200],
        as_of=told.as_of,
        until=told.year.to_exclusive,
        year=told.year.name[:100],
        made_with=told.openhiu[:40],
        warnings=[one.replace("\0", "") for one in told.warnings],
        files=keep_all(by.service_id, delivery.files),
        content_hash=delivery.content_hash,
        older_than_last=_is_older(by, delivery, although_older),
    )
    tiers.left_out = delivery.left_out
    tiers.save()
    record(by, Did.UPLOADED, about=tiers, purpose=Purpose.COMMISSIONING, what="tiers",
           sha256=tiers.content_hash, older_than_last=tiers.older_than_last)  # fmt: skip
    _tell_commissioners(by)
    return tiers


def _refuse_again(by: Actor, delivery: Delivery) -> None:
    found = queries.deliveries(by).filter(content_hash=delivery.content_hash).first()
    if found:
        raise NotUsable(
            f"These tiers were received on {words.day(found.received_at)} already. Nothing was "
            "changed."
        )


def _is_older(by: Actor, delivery: Delivery, although_older: bool) -> bool:
    """Whether they tell of an earlier year; that is taken in only where it was asked for."""
    last, now = queries.latest_tiers(by), delivery.tiers
    if last is None or (now.year.to_exclusive, now.as_of) >= (last.until, last.as_of):
        return False
    if not although_older:
        raise NotUsable(
            f"These tiers are of {now.year.name}; those in use are of {last.year}. Send newer "
            "ones, or tick the box to go back to these."
        )
    return True


def _tell_commissioners(by: Actor) -> None:
    rows = Membership.objects.filter(service=by.service_id, role=Role.COMMISSIONER, ended_at=None)
    for membership in rows.select_related("user", "service"):
        announce(to=membership, words="New tiers of the area have arrived.",
                 link=reverse("commissioning:tiers"))  # fmt: skip
