"""Make a document somebody asked for: the keys of the service and the request come in."""

from __future__ import annotations

import signal
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from openhiu.web.commissioning import queries
from openhiu.web.commissioning.actions import making

# A little before the page says that it stopped.
_LONGEST: Final = int(queries.GIVE_UP_AFTER.total_seconds()) - 15


class Command(BaseCommand):
    """Started by the page that asks for a document; may be run by hand with the same keys."""

    help = "Make a document of the case for the service, as asked for on the page"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two keys."""
        parser.add_argument("service", type=UUID)
        parser.add_argument("making", type=UUID)

    def handle(self, **options: Any) -> None:
        """Make it; how it ended stands in the request itself."""
        signal.alarm(_LONGEST)  # whatever it is doing then, the process ends
        try:
            made = making.make(options["service"], options["making"])
        except Exception:  # what a library says may quote data
            raise CommandError("It could not be made; the log has what and where.") from None
        finally:
            signal.alarm(0)
        self.stdout.write(made.get_state_display())
