"""`hiu manage appraise_records`, daily: whose time has come joins the month's queue; what two
people agreed on, and whose days of cooling off have passed, is removed.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.retention import clear_by_clock, find_due, remove_due
from openhiu.web.assurance.actions.retention.replaying import look_again
from openhiu.web.assurance.retention import waits


class Command(BaseCommand):
    """For a timer, once a day; again does no harm. Prints counts and references, and nobody.

    Exit code 1 once an agreed removal has waited for three days without being held, and without
    somebody waiting for an answer about the record.
    """

    help = "Queue records whose time has come, and remove what two people agreed to remove"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to make the queue before the month's day."""
        parser.add_argument(
            "--now", action="store_true", help="make the queue now, also a second time this month"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """One transaction for each service's queue, and one for each record that is removed."""
        late: list[str] = []
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                found = find_due(service=service, at_once=options["now"])
                cleared = clear_by_clock(service=service)
            told = self._remove(service)
            self.stdout.write(
                f"{service}: {found} queued, {told.removed} removed, {told.overtaken} no longer "
                f"due, {cleared} passing rows cleared"
            )
            late += waits.note(service.pk, told.waiting, told.lawful)
            # As it is kept: what somebody typed as a hold's reference is in no log.
            for reference, why in waits.why(service.pk).items():
                self.stdout.write(f"  waits: {reference}: {why}")
            with transaction.atomic():
                set_service(service.pk)
                came_back = look_again(service=service)
            if came_back:
                self.stdout.write(f"  {came_back} came back with a backup and wait to be removed")
        if late:
            raise CommandError(f"agreed, and not removed for days: {', '.join(late)}")

    def _remove(self, service: Service) -> Any:
        return remove_due(service=service)
