"""The very first start: an empty database comes in; a service and a way in for one go out."""

from __future__ import annotations

import os

from django.db import transaction
from django.urls import reverse

from openhiu.web.access.actions import first_admin_link
from openhiu.web.access.models import Organisation, Service, User


def invite_first_administrator(address: str) -> list[str]:
    """Sentences with a one-time address for the first administrator; none once somebody is there.

    The names of provider and service are OPENHIU_PROVIDER and OPENHIU_SERVICE, or stand-ins that
    the administrator changes on the settings page.
    """
    if User.objects.exists():
        return []
    with transaction.atomic():
        token = first_admin_link(service=_service()).token
    return [
        "Nobody has an account yet. The first administrator makes theirs within an hour here:",
        f"    {address}{reverse('access:join', args=[token])}",
    ]


def _service() -> Service:
    existing = Service.objects.order_by("name").first()
    if existing is not None:
        return existing
    provider, _ = Organisation.objects.get_or_create(
        name=os.environ.get("OPENHIU_PROVIDER", "Our organisation"),
        defaults={"kind": Organisation.Kind.PROVIDER},
    )
    name = os.environ.get("OPENHIU_SERVICE", "Our High Intensity Use service")
    return Service.objects.create(name=name, provider=provider)
