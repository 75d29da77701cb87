"""The record of processing activities (Article 30) from the inventory: a proposal until the data
protection officer signs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openhiu.paper.blocks import Block, Bullets, Fields, Heading, Note, Paragraph, Table
from openhiu.report.starter_pack.inventory import how_long, readers
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import CLIENTS, LISTED, NOBODY, STAFF, Holding
from openhiu.tables.leaving import DOORS
from openhiu.web.assurance.inventory.entries import STORE, Entry, entries

TITLE: Final = "Record of processing activities"
PROPOSAL: Final = "This is a proposal. It counts once the data protection officer has agreed it."
SECURITY: Final = (
    "Every account has a second factor; a session ends by itself.",
    (
        "Each role sees what it needs; each look, search, export and share is recorded in a "
        "chain that shows tampering."
    ),
    "The database keeps services apart by itself, besides the application.",
    "Notes, addresses and documents are sealed; their keys are kept outside the database.",
    "Backups are encrypted, and putting one back is rehearsed.",
    "Nothing about a person stands in logs, addresses of pages, titles, reminders or mails.",
)


@dataclass(frozen=True)
class Who:
    """Who answers for it. Empty where nobody has said."""

    service: str = ""
    controller: str = ""
    hospital: str = ""
    officer: str = ""  # the data protection officer and how to reach them
    signed: str = ""  # who agreed it and when


def blocks(who: Who) -> Iterator[Block]:
    """The record."""
    if not who.signed:
        yield Note("Proposal", (PROPOSAL,), warning=True)
    yield Heading("Who is responsible")
    yield Fields("Controllers", (
        ("Service", who.service or "To be named"),
        ("Controller of the workspace", who.controller or "To be named"),
        ("Controller of the hospital's store", who.hospital or "The hospital, to be named"),
        ("Data protection officer", who.officer or "To be named"),
        ("Agreed by", who.signed or "Nobody yet"),
    ))  # fmt: skip
    yield Heading("What is done, with whose data, for what")
    for about in (CLIENTS, LISTED, STAFF, NOBODY):
        yield Heading(f"About {about}", 3)
        yield from (_activity(one) for one in HOLDINGS if one.about == about)
    yield from _store()
    yield Heading("Who receives what")
    yield _crossing()
    yield Paragraph("Partners receive items that the person agreed to, under a sharing agreement "
                    "in force. Police and courts receive something case by case, and it is "
                    "recorded.")  # fmt: skip
    yield Heading("Transfers to other countries")
    yield Paragraph("None by the software: it runs where it is installed and sends nothing abroad. "
                    "Whoever installs it elsewhere adds that here.")  # fmt: skip
    yield Heading("How it is kept safe")
    yield Bullets(SECURITY)


def _activity(one: Holding) -> Fields:
    found = [entry for entry in entries() if entry.holding == one.key and entry.where != STORE]
    kinds = sorted({entry.kind for entry in found if entry.kind != _OURS})
    return Fields(one.words, (
        ("For what", one.purpose),
        ("Basis (proposed)", one.basis),
        ("Kinds of data", "; ".join(kinds) or "Only keys of ours"),
        ("Health data", "Yes" if one.health else "No"),
        ("Who reads it", readers(one)),
        ("Who else receives it", one.goes_to),
        ("How long", how_long(one)),
        ("Sealed fields", str(sum(entry.sealed for entry in found))),
    ))  # fmt: skip


_OURS: Final = "Our own key, or a link to another row"


def _store() -> Iterator[Block]:
    yield Heading("In the hospital's store", 3)
    found = [one for one in entries() if one.where == STORE]
    tables: dict[str, list[Entry]] = {}
    for one in found:
        tables.setdefault(one.model, []).append(one)
    first = found[0]
    yield Paragraph(f"For: {first.purpose}. Basis (proposed): {first.basis}. Kept: "
                    f"{first.retention}. Read by: {first.readers}.")  # fmt: skip
    yield Table(
        "Tables of the store", ("Table", "Columns", "Kinds of data"),
        tuple((name, ", ".join(one.field for one in rows),
               "; ".join(sorted({one.kind for one in rows}))) for name, rows in tables.items()),
        note="Beside them the store keeps an account of each delivery: which file came when, and "
        "how many rows were taken or turned away. It names nobody.",
        widths=(1, 3, 2),
    )  # fmt: skip


def _crossing() -> Table:
    rows = tuple(
        (door.words, door.giver, door.receiver, door.about,
         "; ".join(entry.words for entry in door.entries), door.guarded)
        for door in DOORS
    )  # fmt: skip
    return Table("What crosses between hospital and service",
                 ("What", "From", "To", "About", "What it tells", "Guarded"), rows,
                 widths=(1.2, 0.8, 0.8, 1, 2.2, 1.4))  # fmt: skip
