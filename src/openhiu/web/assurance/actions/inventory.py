"""A text made from the inventory is published: kept as it was, with who agreed it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Service
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.inventory import notice
from openhiu.web.assurance.inventory import record as processing
from openhiu.web.assurance.inventory.entries import fingerprint
from openhiu.web.assurance.inventory.keeping import as_data
from openhiu.web.assurance.models import PublishedText
from openhiu.web.assurance.queries.inventory import published, who_answers
from openhiu.web.casework.policies import must_hold

_MAKERS = {"notice": notice.blocks, "record": processing.blocks}


@transaction.atomic
def publish(*, by: Actor, kind: str, changes: str = "", signed_by: str = "") -> PublishedText:
    """Publish the text as the inventory says it now; unsigned, it says that it is a proposal.

    Raises:
        NotAllowed: not the role, or it would say the same as the version before.
    """
    must_hold(by, Permission.DECIDE_RIGHT)
    Service.objects.select_for_update().get(pk=by.service_id)  # versions count up one by one
    last = published(by.service, kind).first()
    blocks = drawn(by.service, kind, signed_by)
    if last is not None and last.blocks == blocks and last.signed_by == signed_by.strip():
        raise NotAllowed("Nothing has changed since the version before.")
    made = PublishedText.objects.create(
        service=by.service, kind=kind, number=(last.number if last else 0) + 1,
        published_on=timezone.localdate(), blocks=blocks, fingerprint=fingerprint(),
        changes=changes.strip(), signed_by=signed_by.strip(), by=by.membership,
    )  # fmt: skip
    record(by, Did.PUBLISHED, about=made, purpose=Purpose.IG_AUDIT, kind=str(kind),
           number=made.number, signed=bool(made.signed_by))  # fmt: skip
    return made


def drawn(service: Service, kind: str, signed_by: str = "") -> list[dict[str, Any]]:
    """The text as it would be published now."""
    return as_data(_MAKERS[kind](who_answers(service, signed_by.strip())))
