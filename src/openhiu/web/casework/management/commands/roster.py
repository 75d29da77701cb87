"""`hiu manage roster --for EMAIL --out roster.csv`: the roster for `hiu evaluate`, into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions.handing_out import hand_over_roster
from openhiu.web.casework.stand_in import actor_named


class Command(BaseCommand):
    """Recorded as the named analyst's export, person by person."""

    help = "Write the roster for the evaluation."

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, of which service, and where to."""
        parser.add_argument("--for", dest="email", required=True, help="the analyst's e-mail")
        parser.add_argument("--service", default="", help="its name, where there are several")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, **options: Any) -> None:
        """Write it; say how many are on it and who is left out."""
        with transaction.atomic():
            by = actor_named(options["email"], options["service"], Permission.DELIVER_EVALUATION)
            try:
                roster = hand_over_roster(by=by)
            except NotAllowed as refused:
                raise CommandError(str(refused)) from None
            options["out"].write_text(roster.csv, "utf-8", newline="")
        self.stdout.write(f"{len(roster.rows)} rows")
        for why, number in sorted(roster.left_out.items()):
            self.stdout.write(f"left out, {why[0].lower()}{why[1:]}: {number}")
