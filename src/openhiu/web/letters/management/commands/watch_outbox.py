"""`hiu manage watch_outbox`, hourly: no letter sits in an outbox unseen."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.letters.actions.watching import watch

_LOG: Final = logging.getLogger(__name__)


class Command(BaseCommand):
    """Goes through every service; each letter that waits is told of once to each."""

    help = "Tell writers and supervisors of letters that wait; account for every outbox once a day"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and print how many and what did not add up."""
        broken = 0
        for service in Service.objects.order_by("name"):
            try:
                with transaction.atomic():
                    set_service(service.pk)
                    found = watch(service)
            except Exception:
                _LOG.exception("the outbox of a service broke")
                broken += 1
                continue
            told = f"{found.writers} writers and {found.supervisors} times supervisors told"
            self.stdout.write(" ".join([f"{service}: {told}.", *found.faults]))
        if broken:
            raise CommandError(f"{broken} of the services could not be gone through: see the log")
