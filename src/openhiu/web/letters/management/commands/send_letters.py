"""`hiu manage send_letters`: what waits in every outbox is sent, and what was left is settled."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from openhiu.web.access.models import Service
from openhiu.web.letters.actions.sending import reconcile, send_due

_LOG: Final = logging.getLogger(__name__)


class Command(BaseCommand):
    """For a timer, every few minutes. Two at once send nothing twice."""

    help = "Send the letters that wait; settle those that a stopped worker left"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Every service in turn, and print how each ended; one that breaks holds no other up."""
        broken = 0
        for service in Service.objects.order_by("name"):
            found, whole = _gone_through(service)
            broken += not whole
            if found:
                said = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
                self.stdout.write(f"{service}: {said}")
        if broken:
            raise CommandError(f"{broken} of the services could not be gone through: see the log")


def _gone_through(service: Service) -> tuple[dict[str, int], bool]:
    """How many ended in each way, and whether nothing of the service broke."""
    found: dict[str, int] = {}
    whole = True
    for part in (reconcile, send_due):
        try:
            for state, count in part(service.pk).items():
                found[state] = found.get(state, 0) + count
        except Exception:
            _LOG.exception("the outbox of a service broke")
            whole = False
    return found, whole and "fault" not in found
