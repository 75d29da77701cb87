"""`first_admin_link`: the one-time link with which a service's first administrator joins."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from openhiu.web.access.actions import first_admin_link
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Organisation, Service


class Command(BaseCommand):
    """Makes the service and its provider when they are not there yet."""

    help = "Prints a one-time link, good for one hour, for a service's first administrator."

    def add_arguments(self, parser: Any) -> None:
        """Whose service it is."""
        parser.add_argument("--service", required=True, help="the service's name")
        parser.add_argument("--provider", required=True, help="the name of who provides it")
        parser.add_argument("--at", default="http://localhost:8000", help="where it is served")

    def handle(self, *_args: Any, service: str, provider: str, at: str, **_options: Any) -> None:
        """Print the link."""
        body, _ = Organisation.objects.get_or_create(
            name=provider, defaults={"kind": Organisation.Kind.PROVIDER}
        )
        place, _ = Service.objects.get_or_create(name=service, defaults={"provider": body})
        try:
            invited = first_admin_link(service=place)
        except NotAllowed as why:
            raise CommandError(str(why)) from None
        self.stdout.write(at.rstrip("/") + reverse("access:join", args=[invited.token]))
