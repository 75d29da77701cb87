"""`hiu manage watch_visits`: every minute for an hour, tell who looks out of visits past their end.

A process that lasts is cheaper than one begun every minute. With `--once` it looks once and ends,
for a timer of one's own.
"""

from __future__ import annotations

import os
import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.actions.late_visits import empty_old_visits, tell_of_late_visits

_EVERY_SECONDS: Final = 60
_LOOKS: Final = 60


class Command(BaseCommand):
    """Goes through every service; each visit is told of once at each step."""

    help = "Tell buddies and managers of lone visits past their end"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to look once only."""
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, **options: Any) -> None:
        """Look, wait a minute, look again; a fault ends it, and the timetable begins it anew."""
        looks, parent = 1 if options["once"] else _LOOKS, os.getppid()
        for look in range(looks):
            if look:
                connection.close()
                if not _wait(parent):
                    return
            told = look_once()
            if told or options["once"]:
                self.stdout.write(f"{told} told of")


def _wait(parent: int) -> bool:
    """A minute; False as soon as the application that began this one has ended."""
    for _ in range(_EVERY_SECONDS):
        if os.getppid() != parent:
            return False
        time.sleep(1)
    return True


def look_once() -> int:
    """One pass over every service, a transaction for each; how many visits were told of."""
    told = 0
    for service in Service.objects.order_by("name"):
        with transaction.atomic():
            set_service(service.pk)
            told += tell_of_late_visits(service)
            empty_old_visits(service)
    return told
