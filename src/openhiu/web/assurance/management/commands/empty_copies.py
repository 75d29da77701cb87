"""Empty copies of people's records that were made more than thirty days ago, in every service."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.rights import empty_expired


class Command(BaseCommand):
    """For a timer, once a day. Running it again does nothing more."""

    help = "Empty the files of copies given to people once their thirty days are over"

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """One transaction a service; a line for each."""
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                emptied = empty_expired(service=service, today=timezone.localdate())
            self.stdout.write(f"{service.name}: {emptied} copies emptied")
