"""`hiu manage watch_openings`, every five minutes: overdue reviews and many looks are told of."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import openings


class Command(BaseCommand):
    """Goes through every service; each thing is told of once."""

    help = "Tell reviewers of overdue openings, and of anyone who looked at very many people."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and print how many."""
        told = 0
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                told += openings.tell_overdue_openings(service)
                told += openings.tell_of_many_looks(service)
        self.stdout.write(f"{told} told")
