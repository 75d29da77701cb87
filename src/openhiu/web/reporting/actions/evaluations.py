"""An evaluation arrives: the files of `hiu evaluate` come in, are checked and kept for good."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.permissions import Permission
from openhiu.web.design import words
from openhiu.web.reporting import policies, queries
from openhiu.web.reporting.actions.turns import one_at_a_time
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.keeping import keep_all
from openhiu.web.reporting.models import Evaluation
from openhiu.web.reporting.presenters.outcomes import NOT_DRAWN, outcomes_page
from openhiu.web.reporting.reading import Delivery, read_delivery


class OlderThanLast(NotUsable):
    """It knows less than the evaluation in force; it is taken in only when somebody insists."""


@transaction.atomic
def receive_evaluation(
    *,
    by: Actor,
    files: Mapping[str, bytes],
    way: str = "uploaded",
    although_older: bool = False,
) -> Evaluation:
    """Check and keep what `hiu evaluate` wrote: `files` by their names in its folder.

    Raises:
        NotAllowed: the role delivers no evaluation.
        NotUsable: with why; nothing is stored.
        OlderThanLast: it knows less than the one in force, and `although_older` is not set.
    """
    policies.must_hold(by, Permission.DELIVER_EVALUATION)
    delivery = read_delivery(files, sites=queries.hospitals(by))
    one_at_a_time(by)
    _refuse_again(by, delivery)
    older = _must_be_newer(by, delivery, although_older)
    evaluation = Evaluation(
        service=by.service,
        received_by=by.membership,
        way=way,
        as_of=delivery.as_of,
        cut=delivery.cut,
        made_with=delivery.made_with,
        plan_hash=delivery.plan_hash,
        sites=list(delivery.sites),
        warnings=delivery.warnings,
        content_hash=delivery.content_hash,
        older_than_last=older,
    )
    evaluation.left_out = delivery.left_out
    _must_be_drawn(by, evaluation, delivery)
    evaluation.files = keep_all(by.service_id, delivery.files)
    evaluation.save()
    record(
        by, Did.UPLOADED, about=evaluation, purpose=Purpose.EVALUATION, what="evaluation", way=way,
        files=len(delivery.files), sha256=delivery.content_hash, older_than_last=older,
        left_out=len(delivery.left_out),
    )  # fmt: skip
    tell_supervisors(by, _told(older), reverse("reporting:outcomes"))
    return evaluation


def _told(older: bool) -> str:
    if older:
        return "An older evaluation was put in use. Look at what it says before you quote it."
    return "A new evaluation has arrived."


def _must_be_newer(by: Actor, delivery: Delivery, although_older: bool) -> bool:
    """Whether it knows less than the one in force; that is taken in only where it was asked for."""
    last = queries.latest_evaluation(by)
    if last is None or (delivery.cut, delivery.as_of) >= (last.cut, last.as_of):
        return False
    if not although_older:
        raise OlderThanLast(
            f"This evaluation knows A&E up to {words.day(delivery.last_day)}; the one in use knows "
            f"it up to {words.day(last.last_day)}. Send a newer one, or tick the box to go back to "
            "this."
        )
    return True


def _must_be_drawn(by: Actor, evaluation: Evaluation, delivery: Delivery) -> None:
    """An evaluation that its page could not show is turned away while its sender is there."""
    evaluation.files = dict.fromkeys(delivery.files, "")
    try:
        outcomes_page(evaluation, delivery.result, delivery.manifest, queries.hospitals(by))
    except NOT_DRAWN:
        raise NotUsable(
            "It is not laid out as this workspace expects, so nothing of it could be shown. Make "
            "it again with the version of OpenHIU that runs here."
        ) from None


def _refuse_again(by: Actor, delivery: Delivery) -> None:
    before = Evaluation.objects.filter(service=by.service_id, content_hash=delivery.content_hash)
    found = before.first()
    if found:
        raise NotUsable(
            f"This evaluation was received on {words.day(found.received_at)} already. Nothing was "
            "changed."
        )
