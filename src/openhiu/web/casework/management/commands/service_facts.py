"""`hiu manage service_facts --for EMAIL --quarter 2026-Q3 --out FILE`: a quarter's facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions.handing_out import hand_over_facts
from openhiu.web.casework.facts import quarter_period
from openhiu.web.casework.stand_in import actor_named


class Command(BaseCommand):
    """Recorded as the named member's export. Small numbers are in it: it is not for sending on."""

    help = "Write a quarter's facts of the service, for hiu report board."

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, of which service, which quarter, and where to."""
        parser.add_argument("--for", dest="email", required=True, help="a supervisor's e-mail")
        parser.add_argument("--service", default="", help="its name, where there are several")
        parser.add_argument("--quarter", required=True, help="like 2026-Q3")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, **options: Any) -> None:
        """Write them."""
        try:
            period = quarter_period(options["quarter"])
        except ValueError as why:
            raise CommandError(str(why)) from None
        with transaction.atomic():
            by = actor_named(options["email"], options["service"], Permission.EXPORT_FACTS)
            options["out"].write_text(hand_over_facts(by=by, period=period), "utf-8")
        self.stdout.write(f"the facts of {period.name}")
