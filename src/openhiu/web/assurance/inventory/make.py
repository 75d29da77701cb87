"""`hiu inventory`: the inventory, the record of processing and the privacy notice as one folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from openhiu.paper.blocks import Block, Contents, Document
from openhiu.programme.documents import Made, put_down
from openhiu.report.folder import Folder, Missing, Written
from openhiu.web.assurance.inventory import notice, record, shown
from openhiu.web.assurance.inventory.entries import entries, fingerprint
from openhiu.web.assurance.inventory.record import Who

Say = Callable[[str], None]
WHAT: Final = "inventory"
MARKING: Final = "PROPOSAL: not agreed by a data protection officer"


@dataclass(frozen=True)
class InventoryOptions:
    """What `hiu inventory` was asked for; names are for the front pages."""

    out: Path
    as_of: date
    service: str = ""
    controller: str = ""
    hospital: str = ""
    officer: str = ""

    @property
    def who(self) -> Who:
        """Who answers for it."""
        return Who(self.service, self.controller, self.hospital, self.officer)


def make_inventory(options: InventoryOptions, *, say: Say) -> Made:
    """Write the folder. No database is asked: it is what the software keeps, not whose it is."""
    say("gathering every field")
    made = folder(options.as_of, options.who)
    fields = len(entries())
    return put_down(options.out, made, (f"{fields} fields, each with its purpose and rights.",))


def folder(as_of: date, who: Who) -> Folder:
    """Inventory, record of processing and privacy notice."""
    version = metadata.version("openhiu")

    def written(stem: str, title: str, blocks: list[Block], formats: tuple[str, ...]) -> Written:
        document = Document(
            title=title, subtitle=f"OpenHIU {version}, {as_of.day} {as_of:%B %Y}",
            organisation=who.service, summary=title, made_for=as_of,
            facts=(f"OpenHIU {version}", f"inventory {fingerprint()[:12]}"), blocks=tuple(blocks),
            marking="" if who.signed else MARKING,
        )  # fmt: skip
        return Written(stem, document, formats)

    both = ("docx", "html")
    return Folder(
        what=WHAT,
        title="Inventory of what is kept",
        documents=(
            written("inventory", "Inventory of what is kept",
                    [Contents(depth=2), *shown.blocks()], ("html",)),
            written("record-of-processing", record.TITLE,
                    [Contents(depth=2), *record.blocks(who)], both),
            written("privacy-notice", notice.TITLE, list(notice.blocks(who)), ("pdf", *both)),
        ),
        told={"fingerprint": fingerprint(), "fields": [one.as_dict() for one in entries()]},
        about={"version": version, "made_for": as_of.isoformat(), "service": who.service,
               "fingerprint": fingerprint()},
        beside={"inventory.csv": as_csv()},
        annex=(shown.all_fields(),),
        missing=tuple(_missing(who)),
    )  # fmt: skip


def as_csv() -> bytes:
    """One row a field."""
    text = io.StringIO(newline="")
    rows: list[dict[str, Any]] = [one.as_dict() for one in entries()]
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _missing(who: Who) -> list[Missing]:
    asked = (
        ("Who the service is", who.service, "--service"),
        ("Who is the controller of the workspace", who.controller, "--controller"),
        ("Who is the controller of the hospital's store", who.hospital, "--hospital"),
        ("Who the data protection officer is", who.officer, "--officer"),
    )
    return [Missing(what, f"Name them with {option}") for what, said, option in asked if not said]
