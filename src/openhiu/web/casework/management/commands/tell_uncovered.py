"""`hiu manage tell_uncovered`, hourly: clients without anybody come to who must know."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.actions.covering import tell_uncovered


class Command(BaseCommand):
    """Goes through every service; each leave without cover is told of once a working day."""

    help = "Tell supervisors of leave nobody covers and of clients whose lead has left."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and print how many."""
        told = 0
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                told += tell_uncovered(service)
        self.stdout.write(f"{told} told of")
