"""`hiu manage remind_team`, hourly: actions that are due, copies of plans to be asked back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.mdt.actions import ask_back, remind


class Command(BaseCommand):
    """Goes through every service; nobody is told of the same thing twice a day."""

    help = "Remind members of team meetings of due actions, and ask old copies of plans back."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and print how many."""
        told = asked = 0
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                told += remind(service)
                asked += ask_back(service)
        self.stdout.write(f"{told} reminded, {asked} copies asked back")
