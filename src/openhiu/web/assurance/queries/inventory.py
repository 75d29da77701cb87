"""Who answers for a service's data, and the texts that were published, for pages and the public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Hospital, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.inventory.record import Who
from openhiu.web.assurance.models import Officer, PublishedText

NOTICE, RECORD = PublishedText.Kind.NOTICE, PublishedText.Kind.RECORD


def who_answers(service: Service, signed: str = "") -> Who:
    """The service, its provider, its hospitals and its data protection officer; rows are open."""
    hospitals = Hospital.objects.filter(service=service).select_related("organisation")
    named = sorted({one.organisation.name for one in hospitals if one.organisation})
    dpo = Officer.objects.filter(service=service, post=Officer.Post.DPO, until=None).first()
    officer = ", ".join(filter(None, (dpo.name, dpo.contact))) if dpo else ""
    return Who(service.name, service.provider.name, " and ".join(named), officer, signed)


def published(service: Service, kind: Any) -> Any:
    """Every version of a text of a service, the newest first."""
    return PublishedText.objects.filter(service=service, kind=kind).order_by("-number")


def published_or_missing(service: Service, kind: Any, version_id: UUID) -> PublishedText:
    """One version."""
    found: PublishedText | None = published(service, kind).filter(pk=version_id).first()
    if found is None:
        raise Missing
    return found


def services_with_notices() -> list[Service]:
    """Every service, by name; names of services are no secret."""
    return list(Service.objects.select_related("provider").order_by("name"))


def service_for_public(service_id: UUID) -> Service | None:
    """One service with its rows open, for a page that anybody may read."""
    found: Service | None = Service.objects.select_related("provider").filter(pk=service_id).first()
    if found is not None:
        set_service(found.pk)
    return found
