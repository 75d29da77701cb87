"""A made document is kept, every file by its hash; one that is no longer wanted is put away."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.permissions import Permission
from openhiu.web.commissioning import policies
from openhiu.web.commissioning.making import composing
from openhiu.web.commissioning.making.kinds import Kind
from openhiu.web.commissioning.models import Document
from openhiu.web.reporting.keeping import keep
from openhiu.web.reporting.reading import version


@transaction.atomic
def keep_document(
    *, by: Actor, kind: Kind, sources: composing.Sources, composed: composing.Composed
) -> Document:
    """Keep a made document, every file under its hash.

    Raises:
        NotAllowed: the role makes no documents.
    """
    policies.must_hold(by, Permission.MAKE_DOCUMENT)
    document: Document = Document.objects.create(
        service=by.service,
        what=kind.key,
        edition=_next_edition(by, kind.key),
        title=composed.title[:300],
        as_of=sources.as_of,
        made_by=by.membership,
        area=sources.area,
        tiers=sources.tiers,
        evaluation=sources.evaluation,
        made_with=version(),
        files=[
            {"name": name, "sha256": keep(by.service_id, data), "size": len(data)}
            for name, data in composed.files.items()
        ],
        inputs={name: keep(by.service_id, data) for name, data in composed.inputs.items()},
        manifest=keep(by.service_id, composed.manifest),
        page=keep(by.service_id, composed.page),
        missing=composed.missing,
        warnings=composed.warnings,
    )
    record(by, Did.ADDED, about=document, purpose=Purpose.COMMISSIONING, what=kind.key,
           edition=document.edition, sha256=document.manifest)  # fmt: skip
    return document


@transaction.atomic
def set_aside(*, by: Actor, document: Document, note: str) -> Document:
    """Put a document away for good; its files stay.

    Raises:
        NotAllowed: it was, or the role makes no documents.
    """
    policies.must(policies.why_not_set_aside(by, document))
    document.state = Document.State.SET_ASIDE
    document.set_aside_at, document.set_aside_by = timezone.now(), by.membership
    document.set_aside_note = note
    document.save(update_fields=["state", "set_aside_at", "set_aside_by", "set_aside_note"])
    record(by, Did.SET_ASIDE, about=document, purpose=Purpose.COMMISSIONING, what=document.what)
    return document


def _next_edition(by: Actor, what: str) -> int:
    same = Document.objects.filter(service=by.service_id, what=what)
    return int(same.aggregate(last=Max("edition"))["last"] or 0) + 1
