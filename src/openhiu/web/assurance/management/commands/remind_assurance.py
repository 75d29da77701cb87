"""`hiu manage remind_assurance`, hourly: dates of assurance that come, told before they come."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.reminders import remind


class Command(BaseCommand):
    """Goes through every service; each threshold of a date is told of once. Prints counts."""

    help = "Tell of dates that come: agreements, checks, clocks of the registers, reviews"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One transaction a service."""
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                told = remind(service)
            self.stdout.write(f"{service}: {told} reminders")
