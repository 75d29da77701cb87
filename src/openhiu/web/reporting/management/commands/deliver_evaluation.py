"""Deliver a folder of `hiu evaluate` on the server itself: it comes in; a sentence goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.reporting import actions, presenters
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.unpacking import read_folder


class Command(BaseCommand):
    """The same checks as on the page. It is recorded under the analyst who is named."""

    help = "Deliver the folder that hiu evaluate wrote; its file of people is not read"

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, whose it is, and who delivers it."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--service", default="", help="its name, where there are several")
        parser.add_argument(
            "--by", default="", help="the analyst's e-mail, where there are several"
        )
        parser.add_argument("--although-older", action="store_true",
                            help="take it in although it is older than the one in use")  # fmt: skip

    def handle(self, **options: Any) -> None:
        """Check, keep, and say what became of it."""
        service = _only(Service.objects.order_by("name"), "name", options["service"], "service")
        analysts = Membership.objects.filter(
            service=service, role=Role.ANALYST, ended_at=None, user__is_active=True
        ).select_related("user", "service", "organisation")
        member = _only(analysts, "user__email", options["by"].lower(), "by")
        try:
            with transaction.atomic():
                set_service(service.pk)
                evaluation = actions.receive_evaluation(
                    by=Actor(user=member.user, membership=member),
                    files=read_folder(options["folder"]),
                    way="command",
                    although_older=options["although_older"],
                )
        except NotUsable as why:
            raise CommandError(" ".join(why.sentences)) from None
        self.stdout.write(presenters.received(evaluation))


def _only(rows: Any, field: str, named: str, option: str) -> Any:
    """The one row there is, or the one that is named."""
    found = list(rows.filter(**{field: named}) if named else rows[:2])
    if len(found) != 1:
        words = "there is none of that name" if named or not found else "there are several"
        raise CommandError(f"Say which with --{option}: {words}.")
    return found[0]
