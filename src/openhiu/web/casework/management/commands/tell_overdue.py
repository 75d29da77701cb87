"""`hiu manage tell_overdue`, hourly: what is overdue in keeping people safe is told of."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.actions.following import escalate_follow_ups
from openhiu.web.casework.actions.safeguarding import escalate


class Command(BaseCommand):
    """Goes through every service; each overdue record is told of once."""

    help = "Tell supervisors and safeguarding leads of what is overdue in keeping people safe."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and print how many."""
        told = 0
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                told += escalate(service) + escalate_follow_ups(service)
        self.stdout.write(f"{told} overdue")
