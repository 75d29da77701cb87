"""`hiu manage write_forgetting`: the database's function that forgets, anew from its table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from openhiu.web.assurance.retention.script import write


class Command(BaseCommand):
    """For whoever changes the models; needs no database."""

    help = "Write sql/forget.sql anew from retention/forgetting.py"
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say which file was written."""
        self.stdout.write(f"{write().name} written")
