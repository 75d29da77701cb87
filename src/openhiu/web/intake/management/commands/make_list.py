"""Make a list that an analyst asked for: the keys of the service and the request come in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from openhiu.web.intake import rerun


class Command(BaseCommand):
    """Started by the page that asks for a list; may be run by hand with the same keys."""

    help = "Make a list from a service's store, as asked for on the page"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two keys."""
        parser.add_argument("service", type=UUID)
        parser.add_argument("rerun", type=UUID)

    def handle(self, **options: Any) -> None:
        """Make it; how it ended stands in the request itself."""
        made = rerun.make(options["service"], options["rerun"])
        self.stdout.write(made.get_state_display())
