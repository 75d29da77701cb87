"""`hiu manage watch`, hourly: silence, late answers, old signals and the health of the data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.monitoring.actions.watching import watch
from openhiu.web.monitoring.turns import give_turns


class Command(BaseCommand):
    """Goes through every service; running it again does nothing more."""

    help = "Raise what comes with time, pass on early warnings nobody answered, look at the data."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One transaction a service; a line for each, and its fault keeps no other waiting."""
        give_turns(list(Service.objects.order_by("name")), _turn, self.stdout, self.stderr)


def _turn(service: Service) -> str:
    with transaction.atomic():
        set_service(service.pk)
        done = watch(service)
    return ", ".join(f"{count} {what}" for what, count in done.items())
