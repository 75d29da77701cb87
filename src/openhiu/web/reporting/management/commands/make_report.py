"""Make a report somebody asked for: the keys of the service and the request come in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from openhiu.web.reporting.actions import making


class Command(BaseCommand):
    """Started by the page that asks for a report; may be run by hand with the same keys."""

    help = "Make a quarterly report, as asked for on the page"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two keys."""
        parser.add_argument("service", type=UUID)
        parser.add_argument("making", type=UUID)

    def handle(self, **options: Any) -> None:
        """Make it; how it ended stands in the request itself."""
        try:
            made = making.make(options["service"], options["making"])
        except Exception:  # what a library says may quote data
            raise CommandError("It could not be made; the log has what and where.") from None
        self.stdout.write(made.get_state_display())
