"""Write a kept report and what it was made from into a folder, so that it can be made again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.models import Report


class Command(BaseCommand):
    """For whoever runs the service: `hiu report board --again FOLDER` then makes the same bytes."""

    help = "Write a report's files and what it was made from into a new folder"

    def add_arguments(self, parser: CommandParser) -> None:
        """The report's key, as its address has it, and where to."""
        parser.add_argument("report", type=UUID)
        parser.add_argument("folder", type=Path)

    def handle(self, **options: Any) -> None:
        """Prove every file, then write it; the export stands in the audit."""
        folder: Path = options["folder"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError("That folder is not empty. Name a new one.")
        try:
            contents = _contents(options["report"])
        except Altered as why:
            raise CommandError(f"{why.name} is not as it was kept. Restore a backup.") from None
        for name, data in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.stdout.write(f"{len(contents)} files written.")


def _contents(key: UUID) -> dict[str, bytes]:
    """Every file of the report that some service here has, by its name."""
    for service in Service.objects.order_by("name"):
        with transaction.atomic():
            set_service(service.pk)
            report = Report.objects.filter(pk=key).first()
            if report is not None:
                record(None, Did.EXPORTED, about=report, purpose=Purpose.SYSTEM,
                       service_id=service.pk, what="report with inputs")  # fmt: skip
                hashes = {file["name"]: file["sha256"] for file in report.files}
                hashes |= {**report.inputs, "manifest.json": report.manifest}
                return {name: kept(service.pk, sha, name) for name, sha in hashes.items()}
    raise CommandError("There is no such report.")
