"""Empty who was listed and not chosen, in every service, after its agreed number of days."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.intake.actions.purging import purge_unchosen


class Command(BaseCommand):
    """For a timer, once a day. Running it again does nothing more."""

    help = "Empty identifiers of listed people whom nobody chose; counts stay"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to count only."""
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, **options: Any) -> None:
        """One transaction a service; a line for each."""
        verb = "would be emptied" if options["dry_run"] else "emptied"
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                found = purge_unchosen(service=service, dry_run=options["dry_run"])
            self.stdout.write(
                f"{found.service}: {found.rows} rows and {found.changes} changes {verb}"
            )
