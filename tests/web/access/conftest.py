"""Two services, to see what lies between them."""

from __future__ import annotations

from uuid import UUID

import pytest


@pytest.fixture
def two_services(db: None) -> tuple[UUID, UUID]:
    """Two services with one hospital each."""
    from openhiu.web.access.models import Hospital, Organisation, Service
    from openhiu.web.access.row_security import set_service

    body = Organisation.objects.create(kind="provider", name="A made-up charity")
    services = [Service.objects.create(name=name, provider=body) for name in ("East", "West")]
    for service in services:
        set_service(service.pk)
        Hospital.objects.create(
            service=service, organisation=body, site_code="RX901", name=f"{service.name} hospital"
        )
    set_service(None)
    return services[0].pk, services[1].pk
